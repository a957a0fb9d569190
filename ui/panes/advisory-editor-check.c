#include "config.h"

#include "ui/panes/advisory-editor-check.h"

#include "advisory/overlay.h"
#include "base/error.h"

/* Fixes are looked for among the first findings: nobody mends more by hand at a time. */
#define FIXES_MOST 200

typedef struct {
	char *field;
	cJSON *value; /* NULL: removed */
} Patch;

struct PsEditorCheck {
	PsApp *app;
	PsEditorCheckDone done; /* NULL: nobody waits any more */
	gpointer user;
	cJSON *document;  /* that was checked last; NULL while it is being checked, or none */
	cJSON *waiting;   /* to be checked instead */
	Patch patch;      /* to be made in it first; `field` NULL: none */
	PsProgress *stop; /* of the check that runs; NULL: none does */
	gboolean forgotten;
	guint references; /* its owner and the job; only the main thread counts */
};

typedef struct {
	PsEditorCheck *check;
	cJSON *document;
	Patch patch;
	PsProgress *stop;
	PsEditorChecked *checked; /* here, for nobody takes it while the workstation leaves */
} Run;

static void
patch_clear(Patch *patch)
{
	g_clear_pointer(&patch->field, g_free);
	g_clear_pointer(&patch->value, cJSON_Delete);
}

static void
unref(PsEditorCheck *check)
{
	if (--check->references > 0)
		return;
	cJSON_Delete(check->document);
	cJSON_Delete(check->waiting);
	patch_clear(&check->patch);
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
	ps_progress_cancel(check->stop);
	unref(check);
}

void
ps_editor_check_forget(PsEditorCheck *check)
{
	check->forgotten = TRUE;
	g_clear_pointer(&check->waiting, cJSON_Delete);
	g_clear_pointer(&check->document, cJSON_Delete);
	patch_clear(&check->patch);
	ps_progress_cancel(check->stop);
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

	(void)progress;
	(void)error;
	if (run->patch.field)
		ps_overlay_put(run->document, run->patch.field, g_steal_pointer(&run->patch.value));
	checked->fixes = g_ptr_array_new_with_free_func(fix_free);
	checked->report = ps_csaf_check(run->document, PS_CSAF_ALL, run->stop, &checked->error);
	guint count = checked->report ? MIN(checked->report->findings->len, FIXES_MOST) : 0;
	for (guint i = 0; i < count; i++)
		g_ptr_array_add(checked->fixes,
				ps_csaf_fix(run->document, checked->report->findings->pdata[i],
					    NULL));
	checked->microseconds = g_get_monotonic_time() - begin;
	run->checked = checked;
	return NULL;
}

static void start(PsEditorCheck *check);

static void
run_done(gpointer result, gpointer data, const GError *error)
{
	Run *run = data;
	PsEditorCheck *check = run->check;
	const PsEditorChecked *checked = run->checked;

	(void)result;
	(void)error;
	check->stop = NULL;
	if (!check->done)
		return;
	/* Stopped, since something newer waits: what was found before stays. */
	gboolean wanted = checked && !check->forgotten &&
			  !g_error_matches(checked->error, PS_ERROR, PS_ERROR_CANCELLED);
	if (!check->forgotten)
		check->document = g_steal_pointer(&run->document);
	if (check->waiting || check->patch.field)
		start(check);
	else if (wanted)
		check->done(check->user, checked);
}

static void
run_free(gpointer data)
{
	Run *run = data;

	cJSON_Delete(run->document);
	patch_clear(&run->patch);
	/* While the workstation leaves, nobody was told that it is over. */
	if (run->check->stop == run->stop)
		run->check->stop = NULL;
	ps_progress_unref(run->stop);
	checked_free(run->checked);
	unref(run->check);
	g_free(run);
}

static void
start(PsEditorCheck *check)
{
	if (check->waiting) {
		cJSON_Delete(check->document);
		check->document = g_steal_pointer(&check->waiting);
	}
	if (!check->document)
		return;
	Run *run = g_new0(Run, 1);
	run->check = check;
	run->document = g_steal_pointer(&check->document);
	run->patch = check->patch;
	check->patch = (Patch){NULL, NULL};
	check->stop = run->stop = ps_progress_new();
	check->references++;
	check->forgotten = FALSE;
	ps_app_job(check->app, NULL, run_check, run_done, run, run_free);
}

static void
start_or_wait(PsEditorCheck *check)
{
	if (check->stop)
		ps_progress_cancel(check->stop);
	else
		start(check);
}

void
ps_editor_check_run(PsEditorCheck *check, cJSON *document)
{
	cJSON_Delete(check->waiting);
	check->waiting = document;
	patch_clear(&check->patch);
	start_or_wait(check);
}

void
ps_editor_check_patch(PsEditorCheck *check, const char *field, cJSON *value)
{
	patch_clear(&check->patch);
	check->patch = (Patch){g_strdup(field), value};
	start_or_wait(check);
}
