#include "config.h"

/* What stands beside the cursor of the advisory editor: findings, comments, what the case gives,
 * and help, in this order, for there may be room for three lines only. */

#include "ui/panes/advisory-pane.h"

#include "base/i18n.h"
#include "ui/panes/advisory-editor-fields.h"

static void
add_line(GString *text, const char *line)
{
	if (line && *line)
		g_string_append_printf(text, "%s%s", text->len ? "\n" : "", line);
}

static void
add_case_value(AdvisoryPane *self, GString *text, const PsEditorNode *node)
{
	g_autofree char *key = ps_app_key_of(self->pane.app, "advisory.reset");

	if (node->case_value) {
		g_autofree char *line =
			g_strdup_printf(_("The case gives: %s (%s takes the edit back)"),
					node->case_value, key);
		add_line(text, line);
	} else if (node->reordered) {
		g_autofree char *line = g_strdup_printf(
			_("Its items were put in this order by hand (%s takes it back)."), key);
		add_line(text, line);
	} else if (node->origin == PS_ORIGIN_ADDED) {
		add_line(text, _("Added by hand; the case gives nothing here."));
	}
}

static void
add_findings(AdvisoryPane *self, GString *text, const PsEditorNode *node)
{
	const PsEditorFindings *all = ps_editor_findings(self->editor);

	for (guint i = 0; node->findings > 0 && all && i < all->findings->len; i++) {
		const PsEditorFinding *finding = all->findings->pdata[i];
		if (ps_editor_model_at_pointer(ps_editor_model(self->editor), finding->pointer,
					       TRUE) != node)
			continue;
		g_autofree char *line =
			g_strdup_printf("%s %s",
					ps_editor_grade_mark(ps_editor_grade(finding->level)),
					finding->sentence);
		add_line(text, line);
	}
}

static void
add_help(GString *text, const PsEditorNode *node)
{
	if (!node->node) {
		if (node->origin != PS_ORIGIN_LOST && node->present)
			add_line(text, _("The standard does not know this; it is kept as it is."));
		return;
	}
	const PsCsafNode *of = node->node;
	/* That a text is a text need not be said. */
	gboolean free_text = of->type == PS_CSAF_TEXT && of->format == PS_CSAF_ANY && !of->choices;
	g_autofree char *wanted = node->container || free_text ? NULL : ps_csaf_expectation(of);
	g_autofree char *help =
		wanted ? g_strdup_printf(_("%s Wanted: %s."), _(node->node->help), wanted)
		       : g_strdup(_(node->node->help));
	add_line(text, help);
	if (of->format == PS_CSAF_TIME && !node->kept)
		add_line(text, _("Also understood: 2026-11-21, now, +3d."));
}

static void
add_moves(AdvisoryPane *self, GString *text, const PsEditorNode *node)
{
	const PsEditorNode *list = node->parent;

	if (node->kept || !node->present || !list || !list->node ||
	    list->node->type != PS_CSAF_LIST)
		return;
	g_autofree char *up = ps_app_key_of(self->pane.app, "advisory.move-up");
	g_autofree char *down = ps_app_key_of(self->pane.app, "advisory.move");
	g_autofree char *copy = ps_app_key_of(self->pane.app, "advisory.copy");
	g_autofree char *line =
		g_strdup_printf(_("%s and %s move it in its list, %s copies it."), up, down, copy);
	add_line(text, line);
}

static char *
note_of_node(AdvisoryPane *self, const PsEditorNode *node)
{
	GString *text = g_string_new(NULL);

	if (!node)
		return g_string_free(text, FALSE);
	add_findings(self, text, node);
	advisory_note_comments(self, text, node);
	add_case_value(self, text, node);
	if (node->kept)
		add_line(text, _("The program keeps this field: it follows from versions and "
				 "publishing."));
	add_help(text, node);
	add_moves(self, text, node);
	return g_string_free(text, FALSE);
}

/* What opens when the finding is followed. */
static const char *
where_to(AdvisoryPane *self, const PsEditorFinding *finding)
{
	if (finding->record)
		return _("open the record that lacks it");
	if (finding->place && !g_str_equal(finding->place, self->pane.class->name))
		return _("go to where the case says it");
	return _("go to the field");
}

static char *
note_of_finding(AdvisoryPane *self, const PsEditorFinding *finding)
{
	GString *text = g_string_new(finding ? finding->sentence : NULL);

	if (finding && finding->fix_title) {
		g_autofree char *key = ps_app_key_of(self->pane.app, "advisory.fix");
		g_string_append_printf(text, "\n%s: %s", key, finding->fix_title);
	} else if (finding && finding->remedy) {
		g_autofree char *key = ps_app_key_of(self->pane.app, "advisory.set");
		g_string_append_printf(text, "\n%s: %s", key, where_to(self, finding));
	}
	return g_string_free(text, FALSE);
}

char *
advisory_note(gpointer user, PsEditorRegion region)
{
	AdvisoryPane *self = user;

	if (region == PS_EDITOR_FINDINGS)
		return note_of_finding(self, ps_editor_finding(self->editor));
	const PsEditorNode *field =
		region == PS_EDITOR_FIELDS ? ps_editor_field(self->editor) : NULL;
	return note_of_node(self, field ? field : ps_editor_node(self->editor));
}
