#ifndef PS_BASE_JOB_H
#define PS_BASE_JOB_H

/* Work off the screen's thread: import, match, index, decrypt, publish. A job runs a function on a
 * thread of its own, reports progress without locks that the screen could wait for, and stops soon
 * after ps_cancel(). Engine functions that may take long have a PsProgress * parameter; NULL is
 * allowed and means "nobody watches". */

#include <glib.h>

typedef struct PsProgress PsProgress;

PsProgress *ps_progress_new(void);
PsProgress *ps_progress_ref(PsProgress *progress);
void ps_progress_unref(PsProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsProgress, ps_progress_unref)

/* total 0: unknown. `what` is one line for people; NULL keeps the last. */
void ps_progress_set(PsProgress *progress, gint64 done, gint64 total, const char *what);
void ps_progress_get(PsProgress *progress, gint64 *done, gint64 *total, char **what);
void ps_progress_cancel(PsProgress *progress);
/* TRUE and PS_ERROR_CANCELLED when the user asked to stop. */
gboolean ps_progress_cancelled(PsProgress *progress, GError **error);

/* The work; runs on a thread. Returns a result (or NULL) for `done`. */
typedef gpointer (*PsJobFunc)(PsProgress *progress, gpointer data, GError **error);
/* Runs in the thread-default main context that started the job. */
typedef void (*PsJobDone)(gpointer result, gpointer data, const GError *error);

typedef struct PsJob PsJob;
/* The job frees itself (and data with `free_data`) after `done`. */
PsJob *ps_job_start(const char *title, PsJobFunc func, PsJobDone done, gpointer data,
		    GDestroyNotify free_data);
PsProgress *ps_job_progress(PsJob *job);
const char *ps_job_title(const PsJob *job);

#endif
