#include "config.h"

#include "ui/panes/advisory-editor-check.h"

#include "base/error.h"

/* Fixes are looked for among the first findings: nobody mends more by hand at a time. */
#define FIXES_MOST 200

struct PsEditorCheck {
	PsApp *app;
	PsEditorCheckDone done; /* NULL: nobody waits any more */
	gpointer user;
	cJSON *waiting;
	gboolean running, forgotten;
	guint references; /* its owner and the job; only the main thread counts */
};

typedef struct {
	PsEditorCheck *check;
	cJSON *document;
	PsEditorChecked *checked; /* here, for nobody takes it while the workstation leaves */
} Run;

static void
unref(PsEditorCheck *check)
{
	if (--check->references > 0)
		return;
	cJSON_Delete(check->waiting);
	g_free(check);
}

PsEditorCheck *
ps_editor_check_new(PsApp *app, PsEditorCheckDone done, gpointer user)
{
	PsEditorCheck *check = g_new0(PsEditorCheck, 1);

	*check = (PsEditorCheck){.app = app, .done = done, .user = user, .references = 1};
	return check;
}

void
ps_editor_check_free(PsEditorCheck *check)
{
	if (!check)
		return;
	check->done = NULL;
	unref(check);
}

void
ps_editor_check_forget(PsEditorCheck *check)
{
	check->forgotten = TRUE;
	g_clear_pointer(&check->waiting, cJSON_Delete);
}

static void
checked_free(PsEditorChecked *checked)
{
	if (!checked)
		return;
	if (checked->report)
		ps_csaf_report_free(checked->report);
	g_clear_pointer(&checked->fixes, g_ptr_array_unref);
	g_clear_error(&checked->error);
	g_free(checked);
}

/* ---- the job ---- */

static void
fix_free(gpointer data)
{
	if (data)
		ps_csaf_fix_free(data);
}

static gpointer
run_check(PsProgress *progress, gpointer data, GError **error)
{
	Run *run = data;
	PsEditorChecked *checked = g_new0(PsEditorChecked, 1);
	gint64 begin = g_get_monotonic_time();

	(void)error;
	checked->fixes = g_ptr_array_new_with_free_func(fix_free);
	checked->report = ps_csaf_check(run->document, PS_CSAF_ALL, progress, &checked->error);
	guint count = checked->report ? MIN(checked->report->findings->len, FIXES_MOST) : 0;
	for (guint i = 0; i < count; i++)
		g_ptr_array_add(checked->fixes,
				ps_csaf_fix(run->document, checked->report->findings->pdata[i],
					    NULL));
	checked->microseconds = g_get_monotonic_time() - begin;
	run->checked = checked;
	return NULL;
}

static void start(PsEditorCheck *check, cJSON *document);

static void
run_done(gpointer result, gpointer data, const GError *error)
{
	PsEditorCheck *check = ((Run *)data)->check;
	const PsEditorChecked *checked = ((Run *)data)->checked;

	(void)result;
	(void)error;
	check->running = FALSE;
	/* Somebody stopped all that was running: what was found before stays. */
	gboolean wanted = checked && !check->forgotten &&
			  !g_error_matches(checked->error, PS_ERROR, PS_ERROR_CANCELLED);
	if (check->done && check->waiting)
		start(check, g_steal_pointer(&check->waiting));
	else if (check->done && wanted)
		check->done(check->user, checked);
}

static void
run_free(gpointer data)
{
	Run *run = data;

	cJSON_Delete(run->document);
	checked_free(run->checked);
	unref(run->check);
	g_free(run);
}

static void
start(PsEditorCheck *check, cJSON *document)
{
	Run *run = g_new(Run, 1);

	*run = (Run){check, document, NULL};
	check->references++;
	check->running = TRUE;
	check->forgotten = FALSE;
	ps_app_job(check->app, NULL, run_check, run_done, run, run_free);
}

void
ps_editor_check_run(PsEditorCheck *check, cJSON *document)
{
	if (!check->running) {
		start(check, document);
		return;
	}
	cJSON_Delete(check->waiting);
	check->waiting = document;
}
