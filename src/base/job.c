#include "config.h"

#include "base/job.h"

#include "base/error.h"
#include "base/i18n.h"

struct PsProgress {
	gint references;
	gint cancelled;
	gint64 done, total;
	GMutex lock; /* held only to swap or to take a reference of `what` */
	char *what;  /* GRefString */
};

PsProgress *
ps_progress_new(void)
{
	PsProgress *progress = g_new0(PsProgress, 1);

	progress->references = 1;
	g_mutex_init(&progress->lock);
	return progress;
}

PsProgress *
ps_progress_ref(PsProgress *progress)
{
	g_atomic_int_inc(&progress->references);
	return progress;
}

void
ps_progress_unref(PsProgress *progress)
{
	if (!progress || !g_atomic_int_dec_and_test(&progress->references))
		return;
	g_mutex_clear(&progress->lock);
	g_clear_pointer(&progress->what, g_ref_string_release);
	g_free(progress);
}

void
ps_progress_set(PsProgress *progress, gint64 done, gint64 total, const char *what)
{
	if (!progress)
		return;
	__atomic_store_n(&progress->done, done, __ATOMIC_RELAXED);
	__atomic_store_n(&progress->total, total, __ATOMIC_RELAXED);
	if (!what)
		return;
	char *fresh = g_ref_string_new(what);
	g_mutex_lock(&progress->lock);
	char *old = progress->what;
	progress->what = fresh;
	g_mutex_unlock(&progress->lock);
	if (old)
		g_ref_string_release(old);
}

void
ps_progress_get(PsProgress *progress, gint64 *done, gint64 *total, char **what)
{
	if (done)
		*done = __atomic_load_n(&progress->done, __ATOMIC_RELAXED);
	if (total)
		*total = __atomic_load_n(&progress->total, __ATOMIC_RELAXED);
	if (!what)
		return;
	g_mutex_lock(&progress->lock);
	char *text = progress->what ? g_ref_string_acquire(progress->what) : NULL;
	g_mutex_unlock(&progress->lock);
	*what = g_strdup(text);
	if (text)
		g_ref_string_release(text);
}

void
ps_progress_cancel(PsProgress *progress)
{
	if (progress)
		g_atomic_int_set(&progress->cancelled, 1);
}

gboolean
ps_progress_cancelled(PsProgress *progress, GError **error)
{
	if (!progress || !g_atomic_int_get(&progress->cancelled))
		return FALSE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_CANCELLED, _("Stopped, as you asked."));
	return TRUE;
}

struct PsJob {
	char *title;
	PsJobFunc func;
	PsJobDone done;
	gpointer data;
	GDestroyNotify free_data;
	PsProgress *progress;
	GMainContext *context;
	GThread *thread;
	gpointer result;
	GError *error;
};

static void
job_free(PsJob *job)
{
	if (job->free_data)
		job->free_data(job->data);
	ps_progress_unref(job->progress);
	g_main_context_unref(job->context);
	g_clear_error(&job->error);
	g_free(job->title);
	g_free(job);
}

static gboolean
job_finished(gpointer user)
{
	PsJob *job = user;

	g_thread_join(job->thread);
	if (job->done)
		job->done(job->result, job->data, job->error);
	job_free(job);
	return G_SOURCE_REMOVE;
}

static gpointer
job_thread(gpointer user)
{
	PsJob *job = user;

	job->result = job->func(job->progress, job->data, &job->error);
	g_autoptr(GSource) source = g_idle_source_new();
	g_source_set_priority(source, G_PRIORITY_DEFAULT);
	g_source_set_callback(source, job_finished, job, NULL);
	g_source_attach(source, job->context);
	return NULL;
}

PsJob *
ps_job_start(const char *title, PsJobFunc func, PsJobDone done, gpointer data,
	     GDestroyNotify free_data)
{
	PsJob *job = g_new0(PsJob, 1);

	job->title = g_strdup(title);
	job->func = func;
	job->done = done;
	job->data = data;
	job->free_data = free_data;
	job->progress = ps_progress_new();
	job->context = g_main_context_ref_thread_default();
	job->thread = g_thread_new("job", job_thread, job);
	return job;
}

PsProgress *
ps_job_progress(PsJob *job)
{
	return job->progress;
}

const char *
ps_job_title(const PsJob *job)
{
	return job->title;
}
