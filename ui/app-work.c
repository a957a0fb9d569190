#include "config.h"

#include <inttypes.h>

/* Writing through the writer thread, jobs, unlocking, and lending the terminal. */

#include "ui/app-private.h"

#include "base/i18n.h"
#include "cases/edit.h"

/* A job that does not stop when it is asked to may not keep us for longer. */
#define JOBS_END_SECONDS 5

/* ---- writing ---- */

typedef struct {
	PsWriteFunc func;
	gpointer data;
	GError *error;
	gboolean done;
} Write;

static gboolean
run_write(PsStore *store, gpointer data, GError **error)
{
	Write *write = data;

	return write->func(store, write->data, error);
}

static void
write_done(gpointer data, const GError *error)
{
	Write *write = data;

	write->done = TRUE;
	if (error)
		write->error = g_error_copy(error);
}

gboolean
ps_app_write(PsApp *app, PsWriteFunc func, gpointer data, GError **error)
{
	Write write = {.func = func, .data = data};

	if (!app->writer) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("The workspace is open for reading only."));
		return FALSE;
	}
	ps_app_hold_input(app);
	ps_writer_submit(app->writer, run_write, write_done, &write, NULL);
	/* Also while leaving: what was asked for is finished. */
	while (!write.done)
		ps_app_step(app);
	ps_app_let_input(app);
	if (!write.error)
		return TRUE;
	g_propagate_error(error, write.error);
	return FALSE;
}

typedef struct {
	const char *action, *kind, *field, *value, *seen;
	GPtrArray *ids;
	const char *const *pairs;
	char *id;
} Change;

static gboolean
write_fields(PsStore *store, gpointer data, GError **error)
{
	const Change *change = data;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, change->action, error);

	if (!txn)
		return FALSE;
	for (guint i = 0; i < change->ids->len; i++)
		if (!ps_edit_set(txn, change->kind, g_ptr_array_index(change->ids, i),
				 change->field, change->value, change->seen, error))
			return FALSE;
	return ps_txn_commit(txn, error);
}

gboolean
ps_app_set_field(PsApp *app, const char *action, const char *kind, GPtrArray *ids,
		 const char *field, const char *value, GError **error)
{
	Change change = {.action = action,
			 .kind = kind,
			 .ids = ids,
			 .field = field,
			 .value = value,
			 .seen = PS_ANY};

	return ps_app_write(app, write_fields, &change, error);
}

gboolean
ps_app_set_seen(PsApp *app, const char *action, const char *kind, const char *id, const char *field,
		const char *value, const char *seen, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	Change change = {.action = action,
			 .kind = kind,
			 .ids = ids,
			 .field = field,
			 .value = value,
			 .seen = seen};

	g_ptr_array_add(ids, (gpointer)id);
	return ps_app_write(app, write_fields, &change, error);
}

static gboolean
write_new(PsStore *store, gpointer data, GError **error)
{
	Change *change = data;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, change->action, error);

	if (txn)
		change->id = ps_edit_new(txn, change->kind, (char *const *)change->pairs, error);
	return change->id && ps_txn_commit(txn, error);
}

char *
ps_app_create(PsApp *app, const char *action, const char *kind, const char *const *pairs,
	      GError **error)
{
	Change change = {.action = action, .kind = kind, .pairs = pairs};

	if (ps_app_write(app, write_new, &change, error))
		return change.id;
	g_free(change.id);
	return NULL;
}

/* ---- jobs ---- */

typedef struct {
	PsApp *app;
	PsJob *job;
	PsJobFunc func;
	PsJobDone done;
	gpointer data;
	GDestroyNotify free_data;
} AppJob;

static gpointer
run_job(PsProgress *progress, gpointer data, GError **error)
{
	AppJob *job = data;

	return job->func(progress, job->data, error);
}

static void
job_done(gpointer result, gpointer data, const GError *error)
{
	AppJob *job = data;
	PsApp *app = job->app;

	g_ptr_array_remove(app->jobs, job);
	if (ps_job_title(job->job))
		ps_app_redraw(app);
	if (app->leaving)
		return;
	if (job->done)
		job->done(result, job->data, error);
	else if (error)
		ps_app_error(app, error);
}

static void
free_job(gpointer data)
{
	AppJob *job = data;

	if (job->free_data)
		job->free_data(job->data);
	g_free(job);
}

void
ps_app_job(PsApp *app, const char *title, PsJobFunc func, PsJobDone done, gpointer data,
	   GDestroyNotify free_data)
{
	AppJob *job = g_new0(AppJob, 1);

	*job = (AppJob){app, NULL, func, done, data, free_data};
	g_ptr_array_add(app->jobs, job);
	job->job = ps_job_start(title, run_job, job_done, job, free_job);
	if (title)
		ps_app_redraw(app);
}

void
ps_app_cancel_jobs(PsApp *app)
{
	for (guint i = 0; i < app->jobs->len; i++) {
		AppJob *job = g_ptr_array_index(app->jobs, i);
		ps_progress_cancel(ps_job_progress(job->job));
	}
}

static gboolean
wake(gpointer unused)
{
	(void)unused;
	return G_SOURCE_CONTINUE;
}

gboolean
ps_app_end_jobs(PsApp *app)
{
	gint64 end = g_get_monotonic_time() + JOBS_END_SECONDS * G_USEC_PER_SEC;

	ps_app_cancel_jobs(app);
	ps_app_add_source(app, g_timeout_source_new(100), G_PRIORITY_DEFAULT, wake);
	while (app->jobs->len > 0 && g_get_monotonic_time() < end)
		ps_app_step(app);
	return app->jobs->len == 0;
}

/* The newest one that is shown, or NULL. */
static AppJob *
shown_job(PsApp *app)
{
	for (guint i = app->jobs->len; i > 0; i--) {
		AppJob *job = g_ptr_array_index(app->jobs, i - 1);
		if (ps_job_title(job->job))
			return job;
	}
	return NULL;
}

guint
ps_app_work(PsApp *app)
{
	guint count = 0;

	for (guint i = 0; i < app->jobs->len; i++) {
		AppJob *job = g_ptr_array_index(app->jobs, i);
		count += ps_job_title(job->job) ? 1 : 0;
	}
	return count;
}

char *
ps_app_job_line(PsApp *app)
{
	g_autofree char *what = NULL;
	AppJob *job = shown_job(app);
	guint more = ps_app_work(app);
	gint64 done, total;

	if (!job)
		return NULL;
	ps_progress_get(ps_job_progress(job->job), &done, &total, &what);
	GString *line = g_string_new(ps_job_title(job->job));
	if (total > 0)
		g_string_append_printf(line, " %d%%", (int)(CLAMP(done, 0, total) * 100 / total));
	else if (done > 0)
		g_string_append_printf(line, " %" PRId64, done);
	if (what && *what)
		g_string_append_printf(line, " · %s", what);
	if (more > 1)
		g_string_append_printf(line, _(" · %u more"), more - 1);
	g_autofree char *key = ps_app_key_of(app, "job.cancel");
	g_string_append_printf(line, _("  (%s stops it)"), key);
	return g_string_free(line, FALSE);
}

/* ---- unlocking ---- */

typedef struct {
	PsStore *store;
	GError *error;
	gboolean done;
} Unlock;

static gpointer
run_unlock(PsProgress *progress, gpointer data, GError **error)
{
	Unlock *unlock = data;

	(void)progress;
	/* The main thread leaves the store alone as long as input is held. */
	ps_store_unlock(unlock->store, error);
	return NULL;
}

static void
unlock_done(gpointer result, gpointer data, const GError *error)
{
	Unlock *unlock = data;

	(void)result;
	unlock->done = TRUE;
	if (error)
		unlock->error = g_error_copy(error);
}

gboolean
ps_app_unlock(PsApp *app, GError **error)
{
	Unlock unlock = {.store = app->store};

	if (ps_store_is_unlocked(app->store))
		return TRUE;
	ps_app_hold_input(app);
	ps_job_start(_("Unlocking"), run_unlock, unlock_done, &unlock, NULL);
	while (!unlock.done)
		ps_app_step(app);
	ps_app_let_input(app);
	if (!unlock.error)
		return TRUE;
	g_propagate_error(error, unlock.error);
	return FALSE;
}

/* ---- the terminal ---- */

void
ps_app_release_tty(PsApp *app)
{
	ps_app_hold_input(app);
	if (app->screen)
		ps_screen_release(app->screen);
}

void
ps_app_reclaim_tty(PsApp *app)
{
	int rows, cols;

	if (app->screen) {
		ps_screen_reclaim(app->screen);
		ps_screen_resize(app->screen, &rows, &cols);
		ps_app_resize(app, rows, cols);
	}
	ps_app_let_input(app);
}

/* A call from another thread, done by the main one while that thread waits. */
typedef struct {
	PsApp *app;
	void (*func)(PsApp *app);
	GMutex mutex;
	GCond cond;
	gboolean done;
} Call;

static gboolean
run_call(gpointer data)
{
	Call *call = data;

	call->func(call->app);
	g_mutex_lock(&call->mutex);
	call->done = TRUE;
	g_cond_signal(&call->cond);
	g_mutex_unlock(&call->mutex);
	return G_SOURCE_REMOVE;
}

static void
call_main(PsApp *app, void (*func)(PsApp *app))
{
	Call call = {.app = app, .func = func};

	if (g_thread_self() == app->thread) {
		func(app);
		return;
	}
	g_mutex_init(&call.mutex);
	g_cond_init(&call.cond);
	g_main_context_invoke_full(app->context, G_PRIORITY_DEFAULT, run_call, &call, NULL);
	g_mutex_lock(&call.mutex);
	while (!call.done)
		g_cond_wait(&call.cond, &call.mutex);
	g_mutex_unlock(&call.mutex);
	g_mutex_clear(&call.mutex);
	g_cond_clear(&call.cond);
}

static gboolean
release_for_worker(gpointer user)
{
	PsApp *app = user;

	if (!app->screen || app->leaving)
		return FALSE;
	call_main(app, ps_app_release_tty);
	return TRUE;
}

static void
reclaim_for_worker(gpointer user)
{
	call_main(user, ps_app_reclaim_tty);
}

PsWorkerTty
ps_app_tty(PsApp *app)
{
	return (PsWorkerTty){release_for_worker, reclaim_for_worker, app};
}
