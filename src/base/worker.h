#ifndef PS_BASE_WORKER_H
#define PS_BASE_WORKER_H

/* The client's side of the worker protocol (doc/worker-protocol.txt): a worker program is started
 * on demand, answers framed requests over a pipe, and is restarted when it dies; a request that saw
 * the death is repeated (three times in all). Answers are untrusted: they are parsed strictly and
 * bounded.
 *
 * Frames: u32 length (<= 1 MiB, little-endian) u8 type u32 request id, then payload. Types HELLO
 * REQ META DATA PROGRESS NEED_TTY CANCEL END ERROR. Blocking; call it from a job or a headless
 * command. One request at a time per PsWorker; it may be used from any thread (it locks itself). */

#include <glib.h>

#include "base/job.h"
#include "base/json.h"

typedef struct PsWorker PsWorker;

/* The worker wants the terminal for pinentry: release it, call `again`-side simply by returning
 * TRUE (the request then runs once more with the terminal); FALSE: give up with PS_ERROR_NEED_TTY.
 * When the request is over `reclaim` is called. Both run on the calling thread. */
typedef struct {
	gboolean (*release)(gpointer user);
	void (*reclaim)(gpointer user);
	gpointer user;
} PsWorkerTty;

/* `name`: "mail". `environment`: NULL-terminated NAME=VALUE added to ours (GNUPGHOME=…). */
PsWorker *ps_worker_new(const char *name, const char *const *environment);
void ps_worker_free(PsWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsWorker, ps_worker_free)
void ps_worker_set_tty(PsWorker *worker, const PsWorkerTty *tty);

/* One META object of the answer, in order. FALSE stops (the rest is discarded). */
typedef gboolean (*PsWorkerMeta)(gpointer user, const cJSON *meta);

typedef struct {
	const char *method;   /* "decrypt" */
	cJSON *arguments;     /* object; lent; NULL: none */
	GBytes *input;        /* raw bytes sent after the arguments; NULL: none */
	PsWorkerMeta on_meta; /* NULL: only the last META is kept */
	gpointer user;
	gsize output_limit;   /* of DATA; 0: 64 MiB */
	PsProgress *progress; /* NULL: none */
	/* The worker died and the request starts again: forget what on_meta got. NULL: nothing. */
	void (*on_repeat)(gpointer user);
	int timeout_seconds; /* of silence; 0: 120. Not counted while a person types a passphrase.
			      */
} PsRequest;

typedef struct {
	cJSON *meta;    /* last META object, or NULL */
	GBytes *output; /* all DATA, never NULL */
} PsAnswer;

gboolean ps_worker_call(PsWorker *worker, const PsRequest *request, PsAnswer *answer,
			GError **error);
void ps_answer_clear(PsAnswer *answer);

#endif
