#include "config.h"

/* The advisory of a case in two views: the text as readers will see it, and the editor. What the
 * case gives shows at once; what was edited by hand carries a mark. */

#include "ui/panes/advisory-pane.h"
#include "ui/panes/advisory-review.h"

#include "advisory/refresh.h"
#include "advisory/render.h"
#include "base/i18n.h"
#include "base/safe-text.h"

/* A check that takes longer is said to be going on; others only would flicker. */
#define FELT_MICROSECONDS 150000

int
advisory_text_cells(PsApp *app)
{
	return CLAMP(ps_canvas_cols(app->canvas) - 2, 20, PS_RENDER_WIDTH);
}

void
advisory_add_lines(PsPager *pager, const GPtrArray *lines)
{
	static const PsStyle styles[] = {
		[PS_LINE_PLAIN] = PS_ROLE_NORMAL,    [PS_LINE_TITLE] = PS_ROLE_STRONG,
		[PS_LINE_HEADING] = PS_ROLE_HEADING, [PS_LINE_LABEL] = PS_ROLE_NORMAL,
		[PS_LINE_LINK] = PS_ROLE_LINK,
	};

	for (guint i = 0; i < lines->len; i++) {
		const PsRenderLine *line = lines->pdata[i];
		if (*line->text)
			ps_pager_add(pager, styles[line->sense], line->text);
		else
			ps_pager_blank(pager);
	}
}

static void
fill_text(AdvisoryPane *self)
{
	ps_pager_clear(self->pager);
	self->text_cells = advisory_text_cells(self->pane.app);
	if (!self->advisory) {
		ps_pager_blank(self->pager);
		ps_pager_add(self->pager, PS_ROLE_DIM, self->reason);
		return;
	}
	g_autoptr(GPtrArray) lines =
		ps_render_lines(ps_advisory_document(self->advisory), self->text_cells);
	advisory_add_lines(self->pager, lines);
}

static void
set_reason(AdvisoryPane *self, const char *sentence)
{
	g_free(self->reason);
	self->reason = g_strdup(sentence);
}

static void
load_advisory(AdvisoryPane *self)
{
	g_autoptr(GError) error = NULL;
	PsStore *store = self->pane.app->store;

	g_clear_pointer(&self->advisory, ps_advisory_free);
	self->advisory = ps_advisory_load(store, self->pane.argument, &error);
	if (self->advisory) {
		g_free(self->case_id);
		self->case_id = g_strdup(ps_record_id(ps_advisory_case(self->advisory)));
	} else if (g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND)) {
		g_autofree char *key = ps_app_key_of(self->pane.app, "advisory.draft");
		g_autofree char *sentence =
			g_strdup_printf(_("This case has no advisory yet. Press %s: it is drafted "
					  "from what the case holds."),
					key);
		set_reason(self, sentence);
	} else {
		set_reason(self, error->message);
	}
}

/* ---- the editor ---- */

static void
show_checked(gpointer user, const PsEditorChecked *checked)
{
	AdvisoryPane *self = user;

	if (!self->advisory)
		return;
	self->checked = TRUE;
	self->slow = checked->microseconds > FELT_MICROSECONDS;
	ps_editor_set_findings(self->editor, ps_editor_findings_new(self->missing, checked));
	ps_editor_set_checking(self->editor, FALSE);
	ps_app_redraw(self->pane.app);
}

void
advisory_pane_type(AdvisoryPane *self, const char *field, const char *text, cJSON *value)
{
	PsEditorModel *model = ps_editor_model(self->editor);

	if (!self->advisory || !model) {
		cJSON_Delete(value);
		return;
	}
	ps_editor_model_type(model, field, text);
	ps_editor_set_checking(self->editor, self->slow || !self->checked);
	ps_editor_check_patch(self->check, field, value);
}

static void
show_document(AdvisoryPane *self)
{
	const cJSON *document = ps_advisory_document(self->advisory);
	PsEditorModel *model = ps_editor_model_new(document, self->fields);
	advisory_count_comments(self, model);
	ps_editor_set_model(self->editor, model);
	ps_editor_set_checking(self->editor, self->slow || !self->checked);
	ps_editor_check_run(self->check, cJSON_Duplicate(document, TRUE));
}

/* Locked, or not drafted: nothing of it stays. */
static void
show_nothing(AdvisoryPane *self)
{
	ps_editor_check_forget(self->check);
	ps_editor_set_findings(self->editor, NULL);
	ps_editor_set_model(self->editor, NULL);
	self->checked = FALSE;
}

/* What was added last: its list's last item, or itself. */
static void
show_added(AdvisoryPane *self)
{
	g_autofree char *field = g_steal_pointer(&self->added);
	PsEditorModel *model = ps_editor_model(self->editor);
	PsEditorNode *node = field ? ps_editor_model_at_field(model, field, FALSE) : NULL;

	if (!node)
		return;
	GPtrArray *items = node->children->len > 0 ? node->children : node->fields;
	if (node->node && node->node->type == PS_CSAF_LIST && items->len > 0)
		node = items->pdata[items->len - 1];
	g_autofree char *of = g_strdup(node->field);
	ps_editor_jump_to_field(self->editor, of);
	ps_editor_set_focus(self->editor, PS_EDITOR_FIELDS);
}

static void
refresh(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	load_advisory(self);
	advisory_read_comments(self);
	advisory_read_review(self);
	self->changes = self->advisory ? ps_advisory_count_changes(self->advisory) : 0;
	g_clear_pointer(&self->fields, g_ptr_array_unref);
	g_clear_pointer(&self->missing, g_ptr_array_unref);
	if (self->advisory) {
		self->fields = ps_advisory_marks(self->advisory);
		self->missing = ps_advisory_missing(self->advisory);
		if (!self->checked)
			ps_editor_set_findings(self->editor,
					       ps_editor_findings_new(self->missing, NULL));
		show_document(self);
		show_added(self);
	} else {
		show_nothing(self);
	}
	fill_text(self);
}

PsEditorNode *
advisory_pane_place(AdvisoryPane *self)
{
	return self->view == VIEW_EDIT && self->advisory ? ps_editor_place(self->editor) : NULL;
}

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	self->pager = ps_pager_new();
	self->editor = ps_editor_new(advisory_note, self);
	self->check = ps_editor_check_new(pane->app, show_checked, self);
	pane->widget = ps_pager_widget(self->pager);
	if (!argument) {
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_USAGE,
			_("Open an advisory from its case or from the list of advisories."));
		return FALSE;
	}
	/* Opened with a case: the draft is made for it. */
	self->case_id = ps_store_resolve(pane->app->store, "case", argument, NULL);
	return TRUE;
}

static PsWidget *
widget_of(AdvisoryPane *self, AdvisoryView view)
{
	return view == VIEW_EDIT ? ps_editor_widget(self->editor) : ps_pager_widget(self->pager);
}

static void
close_pane(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	/* The framework has freed the widget that was shown. */
	ps_widget_free(widget_of(self, self->view == VIEW_EDIT ? VIEW_TEXT : VIEW_EDIT));
	ps_editor_check_free(self->check);
	g_clear_pointer(&self->fields, g_ptr_array_unref);
	g_clear_pointer(&self->missing, g_ptr_array_unref);
	g_clear_pointer(&self->comments, g_ptr_array_unref);
	ps_advisory_free(self->advisory);
	g_free(self->reason);
	g_free(self->case_id);
	g_free(self->added);
	g_clear_pointer(&self->hints, g_ptr_array_unref);
}

void
advisory_pane_show(AdvisoryPane *self, AdvisoryView view)
{
	self->view = view;
	self->pane.widget = widget_of(self, view);
}

void
advisory_pane_show_findings(AdvisoryPane *self)
{
	advisory_pane_show(self, VIEW_EDIT);
	ps_editor_set_focus(self->editor, PS_EDITOR_FINDINGS);
}

static void
draw(PsPane *pane, PsView view)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (self->text_cells != advisory_text_cells(pane->app))
		fill_text(self);
	ps_widget_draw(self->advisory ? pane->widget : ps_pager_widget(self->pager), view);
}

static char *
case_number(PsPane *pane)
{
	g_autoptr(PsRecord) record = ps_store_get(pane->app->store, "case", pane->argument, NULL);

	return record ? g_strdup(ps_record_name(record)) : NULL;
}

static char *
subject(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (!self->advisory)
		return case_number(pane);
	const PsRecord *record = ps_advisory_record(self->advisory);
	return g_strdup_printf("%s %s", ps_record_text(record, "tracking_id"),
			       ps_advisory_version(self->advisory));
}

/* What stands in the way of publishing, in a few words; NULL: not known yet. */
static char *
readiness(AdvisoryPane *self)
{
	const PsEditorFindings *findings = ps_editor_findings(self->editor);
	guint errors = findings ? findings->counts[PS_EDITOR_ERROR] : 0;

	if (ps_advisory_is_unchanged(self->advisory))
		return NULL;
	if (errors > 0)
		return g_strdup_printf(ngettext("%u thing stops it", "%u things stop it", errors),
				       errors);
	/* Nothing is said to be complete before what is new was looked at. */
	return self->checked && self->changes == 0 ? g_strdup(_("complete")) : NULL;
}

static char *
status(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (!self->advisory)
		return NULL;
	const PsRecord *record = ps_advisory_record(self->advisory);
	g_autofree char *ready = readiness(self);
	GString *text = g_string_new(NULL);
	g_string_printf(text, "TLP:%s · %s", ps_record_text(record, "tlp"),
			ps_record_text(record, "state"));
	if (ready)
		g_string_append_printf(text, " · %s", ready);
	/* What happens by itself goes first: a small screen cuts the end. */
	g_autofree char *review = advisory_review_status(self);
	g_string_append(text, review);
	if (self->changes > 0)
		g_string_append_printf(text, _(" · case: %u new"), self->changes);
	return g_string_free(text, FALSE);
}

static const char *
record(PsPane *pane, const char **kind)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	*kind = "advisory";
	return self->advisory ? ps_advisory_id(self->advisory) : NULL;
}

/* ---- actions ---- */

const char *
advisory_refuse_none(PsApp *app, PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	(void)app;
	/* Not drafted, or locked: the pane says it already. */
	return self->advisory ? NULL : self->reason;
}

const char *
advisory_refuse_draft(PsApp *app, PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	(void)app;
	if (self->advisory)
		return _("It is drafted already: what changes in the case shows here at once.");
	return self->case_id ? NULL : _("Open it from its case to draft it.");
}

static PsChanged
run_text(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	advisory_pane_show((AdvisoryPane *)pane, VIEW_TEXT);
	return PS_CHANGED_VIEW;
}

static PsChanged
go_to_region(PsPane *pane, int step)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	int region = (int)ps_editor_focus(self->editor) + step;

	/* From the text to where one was. */
	if (self->view == VIEW_EDIT)
		ps_editor_set_focus(self->editor, (PsEditorRegion)((region + PS_EDITOR_REGIONS) %
								   PS_EDITOR_REGIONS));
	advisory_pane_show(self, VIEW_EDIT);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_next(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	return go_to_region(pane, 1);
}

static PsChanged
run_previous(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	return go_to_region(pane, -1);
}

static PsChanged
run_findings(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	advisory_pane_show_findings((AdvisoryPane *)pane);
	return PS_CHANGED_VIEW;
}

static PsChanged
step_finding(PsPane *pane, gboolean forward)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	advisory_pane_show(self, VIEW_EDIT);
	if (!ps_editor_step_finding(self->editor, forward))
		ps_app_say(pane->app, PS_SAY_NOTE, _("Nothing is missing and no test complains."));
	return PS_CHANGED_VIEW;
}

static PsChanged
run_next_finding(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	return step_finding(pane, TRUE);
}

static PsChanged
run_previous_finding(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	return step_finding(pane, FALSE);
}

static PsChanged
run_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "case", ((AdvisoryPane *)pane)->case_id, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_refresh(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	(void)argument;
	ps_app_open(app, "advisory-changes", ps_advisory_id(self->advisory), error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_versions(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	(void)argument;
	ps_app_open(app, "advisory-versions", ps_advisory_id(self->advisory), error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_release(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	(void)argument;
	ps_app_open(app, "release", ps_advisory_id(self->advisory), error);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"advisory.draft", N_("Draft the advisory from the case"), N_("draft"), "n",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_FITTING,
	 advisory_refuse_draft, advisory_run_draft},
	{"advisory.next", N_("From the text to the editor; in it on to fields, findings, tree"),
	 N_("next"), "Tab", 0, PS_ACTION_HINT, advisory_refuse_none, run_next},
	{"advisory.previous", N_("In the editor back to findings, fields, tree"), NULL, "Shift-Tab",
	 0, 0, advisory_refuse_none, run_previous},
	{"advisory.text", N_("Show the advisory as its readers will see it"), N_("text"), "t", 0,
	 PS_ACTION_HINT, advisory_refuse_none, run_text},
	/* As the engine names the change, so that undo can tell it. */
	{"advisory.set", N_("Edit a field; go to what a finding names"), N_("edit"), "Enter e", 0,
	 PS_ACTION_HINT | PS_ACTION_STEADY, advisory_refuse_none, advisory_run_edit},
	{"advisory.findings", N_("Show what is missing and what the tests find"), N_("check"), "m",
	 0, PS_ACTION_HINT, advisory_refuse_none, run_findings},
	{"advisory.fix", N_("Make the fix of the finding under the cursor, or at this place"),
	 N_("fix"), "f", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_STEADY,
	 advisory_refuse_fix, advisory_run_fix},
	{"advisory.add", N_("Add what the standard allows here: a member or an item"), N_("add"),
	 "a", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED,
	 PS_ACTION_HINT | PS_ACTION_STEADY | PS_ACTION_ARGUMENT, advisory_refuse_place,
	 advisory_run_add},
	{"advisory.move", N_("Move the item down in its list"), NULL, ">", ADVISORY_WRITES,
	 PS_ACTION_ARGUMENT, advisory_refuse_item, advisory_run_move},
	{"advisory.move-up", N_("Move the item up in its list"), NULL, "<", ADVISORY_WRITES, 0,
	 advisory_refuse_item, advisory_run_move_up},
	{"advisory.copy", N_("Copy the item; the copy stands behind it"), NULL, "+",
	 ADVISORY_WRITES, 0, advisory_refuse_item, advisory_run_copy},
	{"advisory.json", N_("Edit what is under the cursor as JSON, in the editor"), NULL, "J",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, 0, advisory_refuse_place, advisory_run_json},
	{"advisory.next-finding", N_("To the next finding and its place"), NULL, "]", 0, 0,
	 advisory_refuse_none, run_next_finding},
	{"advisory.previous-finding", N_("To the finding before and its place"), NULL, "[", 0, 0,
	 advisory_refuse_none, run_previous_finding},
	{"advisory.remove", N_("Remove the field from the advisory"), NULL, "d",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, 0, advisory_refuse_place, advisory_run_remove},
	{"advisory.reset", N_("Take back what was edited here, so that the case shows again"), NULL,
	 "r", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, 0, advisory_refuse_place, advisory_run_reset},
	{"advisory.comment", N_("Read comments on this place, write one, deal with one"),
	 N_("comment"), "C", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, 0, advisory_refuse_place,
	 advisory_run_comment},
	{"advisory.refresh", N_("Changes of the case since you last looked: accept them or not"),
	 N_("refresh"), "R", 0, 0, advisory_refuse_none, run_refresh},
	{"advisory.versions", N_("Versions, and what changed between them"), N_("versions"), "V", 0,
	 0, advisory_refuse_none, run_versions},
	ADVISORY_REVIEW_ACTIONS,
	{"advisory.export", N_("Write the advisory to a file"), N_("export"), "x",
	 PS_NEEDS_UNLOCKED, PS_ACTION_ARGUMENT, advisory_refuse_none, advisory_run_export},
	{"advisory.release", N_("The steps of the release day, with their proof"), N_("release"),
	 "D", 0, PS_ACTION_HINT, advisory_refuse_none, run_release},
	{"advisory.case", N_("Open the case of the advisory"), N_("case"), "c", 0, 0,
	 advisory_refuse_none, run_case},
};

const PsPaneClass ps_advisory_pane = {
	.name = "advisory",
	.title = N_("Advisory"),
	.size = sizeof(AdvisoryPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.status = status,
	.record = record,
	.hints = advisory_hints,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
