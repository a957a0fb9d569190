#ifndef PS_UI_APP_H
#define PS_UI_APP_H

/* The application: what every pane and action may use. One thread (the main one) runs panes and
 * actions; nothing in it may wait for disk, mail or keys for longer than a blink:
 *
 * - Reading: straight from app->store (SQLite answers in microseconds; page long lists).
 * - Writing: ps_app_write() runs a function on the writer thread and returns when it is durable;
 *   the screen stays alive meanwhile.
 * - Long work: ps_app_job() runs it on a thread of its own, with progress and cancel in the message
 *   line.
 * - Texts of more than a line: ps_app_edit() ($EDITOR).
 * - Asking: ui/ask.h. A question returns its answer; while it is open, data is not refreshed, so
 *   what an action holds in its hands stays as it was.
 *
 * Everything that is shown passes safe text in the canvas; nobody needs to clean it first. */

#include "base/job.h"
#include "base/worker.h"
#include "commands/command.h"
#include "store/store.h"
#include "ui/action.h"
#include "ui/canvas.h"
#include "ui/key.h"
#include "ui/theme.h"

typedef struct PsPaneClass PsPaneClass;
typedef struct PsKeymap PsKeymap;
typedef struct PsScreen PsScreen;
typedef struct PsOverlay PsOverlay;
typedef struct PsScript PsScript;
typedef struct PsHistory PsHistory;

typedef enum { PS_SAY_NOTE, PS_SAY_GOOD, PS_SAY_WARN, PS_SAY_BAD } PsSay;

/* A tab of the title bar: a stack of panes, whose first is the tab's own. */
typedef struct {
	const PsPaneClass *class;
	const char *argument, *title; /* title: N_() */
	GPtrArray *panes;             /* the last one is shown; empty: never opened */
} PsTab;

/* To be read by everybody; changed only through the functions below. */
struct PsApp {
	PsCli *cli;
	PsStore *store;   /* NULL: no workspace is open */
	PsWriter *writer; /* NULL: read-only */
	gboolean readonly;

	PsScreen *screen; /* NULL: without a terminal (a script) */
	PsCanvas *canvas;
	PsTheme *theme;
	PsKeymap *keymap;

	GPtrArray *tabs; /* PsTab */
	guint tab;       /* the open one */
	GPtrArray *overlays;
	GPtrArray *jobs;
	GHashTable *histories; /* name: PsHistory */
	PsScript *script;      /* NULL: none */

	char *message;
	PsSay message_kind;
	GQueue messages; /* what was said, newest first: texts with their time */

	GMainContext *context;
	GThread *thread;  /* the main one */
	gboolean leaving; /* no new questions; everything unwinds */
	int exit_status;
	int busy;       /* > 0: keys wait, nothing is refreshed */
	gboolean stale; /* data changed while a question was open */
	gboolean redraw_queued;
	guint32 data_version;
	GSource *input_source, *signal_source, *tick_source;
	GHashTable *sources; /* every source of ours that is attached */
	int signal_fd;
	PsKeyCode last_key; /* that ran the current action */
	gint64 next_due;    /* armed publications are looked at then (UTC ms) */
};

/* ---- panes ---- */

/* Opens a pane on top of the open tab's stack. The same class with the same argument that is
 * already in the stack is gone back to instead. FALSE: not opened. */
gboolean ps_app_open(PsApp *app, const char *class_name, const char *argument, GError **error);
/* Closes the pane and goes back to the one below; at the bottom: leaves. */
void ps_app_back(PsApp *app);
/* Shows a tab (opened when it is shown for the first time). */
gboolean ps_app_switch(PsApp *app, guint tab, GError **error);
PsPane *ps_app_pane(PsApp *app); /* the one that is shown, NULL when none */
void ps_app_leave(PsApp *app, int exit_status);

/* ---- what is seen ---- */

/* The message line; stays until the next key. A translated, whole sentence. */
void ps_app_say(PsApp *app, PsSay kind, const char *format, ...) G_GNUC_PRINTF(3, 4);
void ps_app_error(PsApp *app, const GError *error);
/* Draws soon, once. */
void ps_app_redraw(PsApp *app);
/* Data changed: every pane reads again (after an open question). */
void ps_app_refresh(PsApp *app);

/* ---- actions and keys ---- */
gboolean ps_app_run(PsApp *app, const PsAction *action, const char *argument);
void ps_app_key(PsApp *app, PsKeyCode key);
void ps_app_paste(PsApp *app, const char *text);
/* The current key of an action for a sentence ("press U"): new string. */
char *ps_app_key_of(PsApp *app, const char *action_id);
PsHistory *ps_app_history(PsApp *app, const char *name);

/* ---- writing ---- */

/* Runs `func` on the writer thread and waits for it (keys wait too). FALSE: nothing was changed,
 * `error` says why. */
gboolean ps_app_write(PsApp *app, PsWriteFunc func, gpointer data, GError **error);
/* Short forms, one transaction each. `ids`: array of texts. */
gboolean ps_app_set_field(PsApp *app, const char *action, const char *kind, GPtrArray *ids,
			  const char *field, const char *value, GError **error);
/* With conflict detection: what was shown when the edit began. */
gboolean ps_app_set_seen(PsApp *app, const char *action, const char *kind, const char *id,
			 const char *field, const char *value, const char *seen, GError **error);
char *ps_app_create(PsApp *app, const char *action, const char *kind, const char *const *pairs,
		    GError **error);

/* ---- jobs ---- */

/* As ps_job_start(), shown in the message line; `done` runs on the main thread (never while the
 * workstation is leaving). Errors are shown when `done` is NULL. A job without a title (a check
 * that takes milliseconds) is not shown, and nobody is asked about it; `done` draws what it
 * changed. */
void ps_app_job(PsApp *app, const char *title, PsJobFunc func, PsJobDone done, gpointer data,
		GDestroyNotify free_data);
void ps_app_cancel_jobs(PsApp *app);
/* How many jobs with a title are running. */
guint ps_app_work(PsApp *app);
/* For ps_worker_set_tty(): lends the terminal to pinentry, from any thread. */
PsWorkerTty ps_app_tty(PsApp *app);

/* ---- other programs ---- */

/* Text in $VISUAL or $EDITOR (else vi). `suffix`: ".txt", for the editor's syntax. `store` is
 * called with the text (valid UTF-8); while it fails, the person may edit again, and nothing is
 * lost: the file is kept until store() succeeds. FALSE: nothing stored (an error, or given up). */
typedef gboolean (*PsStoreText)(PsApp *app, const char *text, gpointer user, GError **error);
gboolean ps_app_edit(PsApp *app, const char *suffix, const char *initial, PsStoreText store,
		     gpointer user, GError **error);
/* Lends and takes back the terminal; NULL screens are fine. */
void ps_app_release_tty(PsApp *app);
void ps_app_reclaim_tty(PsApp *app);

#endif
