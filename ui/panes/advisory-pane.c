#include "config.h"

/* The advisory of a case in three views: the text as readers will see it, the tree of its fields,
 * and the findings. What the case gives shows at once; what was edited by hand carries a mark. */

#include "ui/panes/advisory-pane.h"
#include "ui/list.h"
#include "ui/panes/pane-table.h"

#include "advisory/csaf-check.h"
#include "advisory/render.h"
#include "base/i18n.h"
#include "base/safe-text.h"

/* ---- reading ---- */

static void
finding_free(gpointer data)
{
	AdvisoryFinding *finding = data;

	g_free(finding->id);
	g_free(finding->pointer);
	g_free(finding->sentence);
	g_free(finding->record);
	g_free(finding->remedy);
	g_free(finding);
}

static AdvisoryFinding *
add_finding(AdvisoryPane *self, const char *word, PsStyle style, const char *pointer,
	    const char *sentence, const char *place, const char *remedy)
{
	AdvisoryFinding *finding = g_new0(AdvisoryFinding, 1);

	finding->id = g_strdup_printf("%u:%s", self->findings->len, pointer);
	finding->word = word;
	finding->style = style;
	finding->pointer = g_strdup(pointer);
	finding->sentence = g_strdup(sentence);
	finding->place = ps_pane_class_find(place ? place : "") ? place : NULL;
	finding->remedy = g_strdup(remedy);
	g_ptr_array_add(self->findings, finding);
	return finding;
}

static void
collect_missing(AdvisoryPane *self)
{
	g_autoptr(GPtrArray) missing = ps_advisory_missing(self->advisory);

	for (guint i = 0; i < missing->len; i++) {
		const PsAdvisoryMissing *item = missing->pdata[i];
		AdvisoryFinding *finding =
			add_finding(self, item->blocking ? _("missing") : _("advice"),
				    item->blocking ? PS_ROLE_BAD : PS_ROLE_DIM, item->pointer,
				    item->sentence, item->place, item->command);
		finding->record = g_strdup(item->record);
		self->blocking += item->blocking ? 1 : 0;
	}
}

static void
collect_tests(AdvisoryPane *self)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(ps_advisory_document(self->advisory), PS_CSAF_ALL, NULL, &error);

	if (!report) {
		add_finding(self, _("error"), PS_ROLE_BAD, "", error->message, NULL, NULL);
		self->blocking++;
		return;
	}
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *found = report->findings->pdata[i];
		gboolean stops = (found->level & (PS_CSAF_SCHEMA | PS_CSAF_MANDATORY)) != 0;
		g_autofree char *sentence = g_strdup_printf("%s: %s", found->test, found->message);
		add_finding(self,
			    stops                              ? _("error")
			    : found->level == PS_CSAF_OPTIONAL ? _("warning")
							       : _("note"),
			    stops                              ? PS_ROLE_BAD
			    : found->level == PS_CSAF_OPTIONAL ? PS_ROLE_WARN
							       : PS_ROLE_DIM,
			    found->pointer, sentence, NULL, NULL);
		self->blocking += stops ? 1 : 0;
	}
}

static void
fill_text(AdvisoryPane *self)
{
	static const PsStyle styles[] = {
		[PS_LINE_PLAIN] = PS_ROLE_NORMAL,    [PS_LINE_TITLE] = PS_ROLE_STRONG,
		[PS_LINE_HEADING] = PS_ROLE_HEADING, [PS_LINE_LABEL] = PS_ROLE_NORMAL,
		[PS_LINE_LINK] = PS_ROLE_LINK,
	};

	ps_pager_clear(self->pager);
	if (!self->advisory) {
		ps_pager_blank(self->pager);
		ps_pager_add(self->pager, PS_ROLE_DIM, self->reason);
		return;
	}
	g_autoptr(GPtrArray) lines =
		ps_render_lines(ps_advisory_document(self->advisory), PS_RENDER_WIDTH);
	for (guint i = 0; i < lines->len; i++) {
		const PsRenderLine *line = lines->pdata[i];
		if (*line->text)
			ps_pager_add(self->pager, styles[line->sense], line->text);
		else
			ps_pager_blank(self->pager);
	}
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

static void
index_fields(AdvisoryPane *self)
{
	g_hash_table_remove_all(self->places);
	for (guint i = 0; i < self->fields->len; i++)
		g_hash_table_insert(self->places, self->fields->pdata[i], GUINT_TO_POINTER(i));
}

static void
refresh(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	/* The tree may still look at the old fields until its own refresh is over. */
	GPtrArray *old_fields = g_steal_pointer(&self->fields);

	load_advisory(self);
	g_ptr_array_set_size(self->findings, 0);
	self->blocking = 0;
	if (self->advisory) {
		self->fields = ps_advisory_fields(self->advisory);
		collect_missing(self);
		collect_tests(self);
	} else {
		self->fields = g_ptr_array_new();
	}
	index_fields(self);
	fill_text(self);
	ps_tree_refresh(self->tree);
	ps_list_refresh(self->list);
	g_ptr_array_unref(old_fields);
}

/* ---- the tree of fields ---- */

enum { COLUMN_FIELD, COLUMN_ORIGIN, COLUMN_VALUE };

static const PsColumn field_columns[] = {
	[COLUMN_FIELD] = {N_("Field"), 28, 1, 0, FALSE},
	[COLUMN_ORIGIN] = {N_("From"), 7, 0, 1, FALSE},
	[COLUMN_VALUE] = {N_("Value"), 20, 2, 0, FALSE},
};

/* The fields come flat with their depth: the children of one are the fields behind it that are one
 * step deeper, up to the next that is not deeper. */
static GPtrArray *
field_children(gpointer user, gpointer node)
{
	AdvisoryPane *self = user;
	GPtrArray *children = g_ptr_array_new();
	const PsAdvisoryField *parent = node;
	guint i = parent ? GPOINTER_TO_UINT(g_hash_table_lookup(self->places, parent)) + 1 : 0;
	int depth = parent ? parent->depth + 1 : 0;
	for (; i < self->fields->len; i++) {
		PsAdvisoryField *field = self->fields->pdata[i];
		if (field->depth < depth)
			break;
		if (field->depth == depth)
			g_ptr_array_add(children, field);
	}
	return children;
}

static gboolean
field_has_children(gpointer user, gpointer node)
{
	(void)user;
	return ((const PsAdvisoryField *)node)->container;
}

static const char *
field_id(gpointer user, gpointer node)
{
	(void)user;
	return ((const PsAdvisoryField *)node)->field;
}

static PsStyle
origin_style(PsOrigin origin)
{
	static const PsStyle styles[] = {
		[PS_ORIGIN_CASE] = PS_ROLE_DIM,   [PS_ORIGIN_EDITED] = PS_ROLE_MARK,
		[PS_ORIGIN_ADDED] = PS_ROLE_MARK, [PS_ORIGIN_REMOVED] = PS_ROLE_WARN,
		[PS_ORIGIN_LOST] = PS_ROLE_BAD,
	};

	return styles[origin];
}

static void
field_draw(gpointer user, gpointer node, PsCells *cells)
{
	const PsAdvisoryField *field = node;

	(void)user;
	ps_cell(cells, COLUMN_FIELD, field->container ? PS_ROLE_STRONG : PS_ROLE_LABEL,
		field->label);
	if (field->origin != PS_ORIGIN_CASE)
		ps_cell(cells, COLUMN_ORIGIN, origin_style(field->origin),
			ps_origin_text(field->origin));
	ps_cell(cells, COLUMN_VALUE, field->container || field->kept ? PS_ROLE_DIM : PS_ROLE_VALUE,
		field->value);
}

static const PsTreeModel field_model = {field_children, field_has_children, field_id, field_draw};

const PsCsafNode *
advisory_pane_node(const PsAdvisoryField *field)
{
	return field ? ps_csaf_node_at(ps_csaf_root("2.0"), field->field) : NULL;
}

/* ---- the findings ---- */

enum { COLUMN_LEVEL, COLUMN_SENTENCE };

static const PsColumn finding_columns[] = {
	[COLUMN_LEVEL] = {N_("Level"), 8, 0, 0, FALSE},
	[COLUMN_SENTENCE] = {N_("What"), 30, 1, 0, FALSE},
};

static gint64
finding_count(gpointer user)
{
	return ((AdvisoryPane *)user)->findings->len;
}

static GPtrArray *
finding_load(gpointer user, gint64 first, gint64 limit)
{
	return ps_list_part(((AdvisoryPane *)user)->findings, first, limit);
}

static const char *
finding_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const AdvisoryFinding *)row)->id;
}

static void
finding_draw(gpointer user, gconstpointer row, PsCells *cells)
{
	const AdvisoryFinding *finding = row;

	(void)user;
	ps_cell(cells, COLUMN_LEVEL, finding->style, finding->word);
	ps_cell(cells, COLUMN_SENTENCE, PS_ROLE_NORMAL, finding->sentence);
}

static const PsListModel finding_model = {finding_count, finding_load, finding_id,
					  finding_draw,  NULL,         NULL};

/* The field that a finding points to, or the nearest one above it that is there. */
static const PsAdvisoryField *
field_at_pointer(AdvisoryPane *self, const char *pointer)
{
	g_autofree char *place = g_strdup(pointer);

	for (;;) {
		for (guint i = 0; i < self->fields->len; i++) {
			const PsAdvisoryField *field = self->fields->pdata[i];
			if (g_str_equal(field->pointer, place))
				return field;
		}
		char *slash = strrchr(place, '/');
		if (!slash)
			return NULL;
		*slash = '\0';
	}
}

const PsAdvisoryField *
advisory_pane_field(AdvisoryPane *self)
{
	if (self->view == VIEW_FIELDS)
		return ps_tree_node(self->tree);
	const AdvisoryFinding *finding = advisory_pane_finding(self);
	return finding ? field_at_pointer(self, finding->pointer) : NULL;
}

const AdvisoryFinding *
advisory_pane_finding(AdvisoryPane *self)
{
	return self->view == VIEW_FINDINGS ? ps_list_row(self->list) : NULL;
}

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	self->findings = g_ptr_array_new_with_free_func(finding_free);
	self->fields = g_ptr_array_new();
	self->places = g_hash_table_new(NULL, NULL);
	self->pager = ps_pager_new();
	self->tree = ps_tree_new(field_columns, G_N_ELEMENTS(field_columns), &field_model, self);
	self->list =
		ps_list_new(finding_columns, G_N_ELEMENTS(finding_columns), &finding_model, self);
	ps_list_set_empty(self->list, _("Nothing is missing and no test complains."));
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
	switch (view) {
	case VIEW_FIELDS:
		return ps_tree_widget(self->tree);
	case VIEW_FINDINGS:
		return ps_list_widget(self->list);
	default:
		return ps_pager_widget(self->pager);
	}
}

static void
close_pane(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	/* The framework has freed the widget that was shown. */
	for (AdvisoryView view = 0; view < N_VIEWS; view++)
		if (view != self->view)
			ps_widget_free(widget_of(self, view));
	g_clear_pointer(&self->places, g_hash_table_destroy);
	g_clear_pointer(&self->fields, g_ptr_array_unref);
	g_clear_pointer(&self->findings, g_ptr_array_unref);
	ps_advisory_free(self->advisory);
	g_free(self->reason);
	g_free(self->case_id);
}

void
advisory_pane_show(AdvisoryPane *self, AdvisoryView view)
{
	self->view = view;
	self->pane.widget = widget_of(self, view);
}

static char *
detail_of_field(const PsAdvisoryField *field)
{
	const PsCsafNode *node = advisory_pane_node(field);
	GString *text = g_string_new(NULL);

	if (!field->container && *field->value)
		g_string_append_printf(text, "%s\n", field->value);
	if (field->case_value)
		g_string_append_printf(text, _("The case gives: %s\n"), field->case_value);
	if (node)
		g_string_append(text, _(node->help));
	if (field->kept)
		g_string_append_printf(text, " %s", _("The program keeps this field."));
	return g_string_free(text, FALSE);
}

static char *
detail(AdvisoryPane *self)
{
	if (self->view == VIEW_FIELDS) {
		const PsAdvisoryField *field = ps_tree_node(self->tree);
		return field ? detail_of_field(field) : NULL;
	}
	const AdvisoryFinding *finding = ps_list_row(self->list);
	if (!finding)
		return NULL;
	if (finding->remedy)
		return g_strdup_printf("%s\n%s: psirtdesk %s", finding->sentence,
				       _("On the command line"), finding->remedy);
	return g_strdup_printf("%s\n%s", finding->sentence, finding->pointer);
}

#define DETAIL_ROWS 6

static void
draw(PsPane *pane, PsView view)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	PsRect first, second;

	if (self->view == VIEW_TEXT || !self->advisory || view.area.rows < 3 * DETAIL_ROWS / 2) {
		ps_widget_draw(self->advisory ? pane->widget : ps_pager_widget(self->pager), view);
		return;
	}
	first = (PsRect){0, 0, view.area.rows - DETAIL_ROWS, view.area.cols};
	second = (PsRect){first.rows, 0, DETAIL_ROWS, view.area.cols};
	ps_widget_draw(pane->widget, ps_view_part(view, first));
	PsView below = ps_view_part(view, second);
	g_autofree char *text = detail(self);
	ps_view_rule(below, 0, PS_ROLE_BORDER,
		     self->view == VIEW_FIELDS ? _("Field") : _("Finding"));
	if (text)
		ps_view_wrapped(ps_view_part(below,
					     (PsRect){1, 2, DETAIL_ROWS - 1, view.area.cols - 3}),
				0, PS_ROLE_NORMAL, text);
}

static char *
subject(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (!self->advisory)
		return NULL;
	const PsRecord *record = ps_advisory_record(self->advisory);
	return g_strdup_printf("%s %s", ps_record_text(record, "tracking_id"),
			       ps_advisory_version(self->advisory));
}

static char *
status(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (!self->advisory)
		return NULL;
	const PsRecord *record = ps_advisory_record(self->advisory);
	const char *state = ps_record_text(record, "state");
	const char *label = ps_record_text(record, "tlp");
	if (ps_advisory_is_unchanged(self->advisory))
		return g_strdup_printf("TLP:%s · %s", label, state);
	if (self->blocking)
		return g_strdup_printf(ngettext("TLP:%s · %s · %u thing stops it",
						"TLP:%s · %s · %u things stop it", self->blocking),
				       label, state, self->blocking);
	return g_strdup_printf(_("TLP:%s · %s · complete"), label, state);
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
	(void)app;
	return ((AdvisoryPane *)pane)->advisory
		       ? NULL
		       : _("There is no advisory here yet: draft it first.");
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

static gboolean
write_draft(PsStore *store, gpointer data, GError **error)
{
	g_autofree char *id = ps_advisory_draft(store, data, error);

	return id != NULL;
}

static PsChanged
run_draft(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	(void)argument;
	if (!ps_app_write(app, write_draft, self->case_id, error))
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_GOOD, _("The advisory is drafted from the case."));
	return PS_CHANGED_DATA;
}

static PsChanged
show_view(PsPane *pane, AdvisoryView view)
{
	advisory_pane_show((AdvisoryPane *)pane, view);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_text(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	return show_view(pane, VIEW_TEXT);
}

static PsChanged
run_fields(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	(void)app;
	(void)argument;
	(void)error;
	if (!self->unfolded)
		ps_tree_open_depth(self->tree, 1);
	self->unfolded = TRUE;
	return show_view(pane, VIEW_FIELDS);
}

static PsChanged
run_findings(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	return show_view(pane, VIEW_FINDINGS);
}

static PsChanged
run_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "case", ((AdvisoryPane *)pane)->case_id, error);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"advisory.text", N_("Show the advisory as its readers will see it"), N_("text"), "t", 0,
	 PS_ACTION_HINT, advisory_refuse_none, run_text},
	{"advisory.fields", N_("Show the tree of fields"), N_("fields"), "f", 0, PS_ACTION_HINT,
	 advisory_refuse_none, run_fields},
	{"advisory.findings", N_("Show what is missing and what the tests find"), N_("check"), "m",
	 0, PS_ACTION_HINT, advisory_refuse_none, run_findings},
	{"advisory.draft", N_("Draft the advisory from the case"), N_("draft"), "n",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, advisory_refuse_draft, run_draft},
	{"advisory.edit", N_("Edit the field under the cursor; go to what a finding names"),
	 N_("edit"), "Enter e", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT,
	 advisory_refuse_place, advisory_run_edit},
	{"advisory.add", N_("Add a member or an item here"), NULL, "a",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, 0, advisory_refuse_field, advisory_run_add},
	{"advisory.remove", N_("Remove the field from the advisory"), NULL, "d",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, 0, advisory_refuse_field, advisory_run_remove},
	{"advisory.reset", N_("Take back what was edited here, so that the case shows again"), NULL,
	 "z", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, 0, advisory_refuse_field, advisory_run_reset},
	{"advisory.approve", N_("Approve the advisory for publishing"), N_("approve"), "A",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, advisory_refuse_none,
	 advisory_run_approve},
	{"advisory.publish", N_("Publish the advisory, signed"), N_("publish"), "P",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_IRREVERSIBLE,
	 advisory_refuse_none, advisory_run_publish},
	{"advisory.withdraw", N_("Withdraw the advisory: no further version of it is published"),
	 NULL, NULL, PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_IRREVERSIBLE,
	 advisory_refuse_none, advisory_run_withdraw},
	{"advisory.export", N_("Write the advisory to a file"), NULL, "x", PS_NEEDS_UNLOCKED,
	 PS_ACTION_ARGUMENT, advisory_refuse_none, advisory_run_export},
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
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
