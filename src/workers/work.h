#ifndef PS_WORKERS_WORK_H
#define PS_WORKERS_WORK_H

/* A worker's side of the protocol (doc/worker-protocol.txt): requests come from a thread that reads
 * the socket, so that a CANCEL is heard while a request runs, and so that the worker ends at once
 * when its parent does.
 */

#include <glib.h>

#include "base/error.h"
#include "base/json.h"

typedef struct PsChannel PsChannel;

/* One request while it is served. */
typedef struct {
	PsChannel *channel;
	gpointer service; /* what the worker keeps between requests; lent */
	guint32 id;
	char *method;
	cJSON *object;          /* the whole request */
	const cJSON *arguments; /* lent from it; an object, or NULL */
	GBytes *input;          /* never NULL */
	int attempt;            /* 1, 2, 3: the worker died over it before */
	gboolean tty;           /* pinentry may use the terminal */
} PsWork;

/* Takes over `fd`, and says hello as `worker`. The parent is gone: the process exits. */
PsChannel *ps_channel_new(int fd, const char *worker);
/* Blocks until there is a request. */
PsWork *ps_channel_next(PsChannel *channel);
void ps_work_free(PsWork *work);
/* Ends the request: END, or NEED_TTY or ERROR as the error says. */
void ps_work_finish(PsWork *work, const GError *error);

/* Sends one META object; takes it. Larger than a frame: PS_ERROR_LIMIT. */
gboolean ps_work_meta(PsWork *work, cJSON *meta, GError **error);
void ps_work_data(PsWork *work, GBytes *bytes);
void ps_work_progress(PsWork *work, gint64 done, gint64 total, const char *what);
gboolean ps_work_cancelled(PsWork *work, GError **error);
/* `cancel` runs on the reading thread when this request is cancelled; NULL: no more. */
void ps_work_on_cancel(PsWork *work, void (*cancel)(gpointer user), gpointer user);

const char *ps_work_text(const PsWork *work, const char *name); /* NULL: not given */
gint64 ps_work_number(const PsWork *work, const char *name, gint64 fallback);

/* JSON text from bytes of any origin: valid UTF-8, no NUL. */
void ps_add_text(cJSON *object, const char *name, const char *text);
cJSON *ps_text_item(const char *text, gssize length);

#endif
