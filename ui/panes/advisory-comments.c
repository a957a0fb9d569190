#include "config.h"

/* Comments on the fields of an advisory: marked in the tree, read beside the cursor, written and
 * dealt with here. */

#include "ui/panes/advisory-pane.h"

#include "advisory/comment.h"
#include "advisory/item.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "ui/ask.h"

#define NEW_COMMENT "+"

void
advisory_read_comments(AdvisoryPane *self)
{
	g_clear_pointer(&self->comments, g_ptr_array_unref);
	if (self->advisory)
		self->comments = ps_comments(self->pane.app->store, self->advisory, FALSE, NULL);
}

void
advisory_count_comments(AdvisoryPane *self, PsEditorModel *model)
{
	for (guint i = 0; self->comments && i < self->comments->len; i++) {
		const PsComment *comment = self->comments->pdata[i];
		if (!comment->resolved)
			ps_editor_model_add_comment(model, comment->field);
	}
}

static char *
by_whom(const PsComment *comment)
{
	g_autofree char *at = ps_utc_brief(comment->at);

	return g_strdup_printf("%s, %s", comment->by ? comment->by : _("somebody"), at);
}

void
advisory_note_comments(AdvisoryPane *self, GString *text, const PsEditorNode *node)
{
	for (guint i = 0; node->comments > 0 && i < self->comments->len; i++) {
		const PsComment *comment = self->comments->pdata[i];
		if (comment->resolved || !g_str_equal(comment->field, node->field))
			continue;
		g_autofree char *by = by_whom(comment);
		g_string_append_printf(text, "%sc %s: %s", text->len ? "\n" : "", by,
				       comment->text);
	}
}

/* ---- writing ---- */

typedef struct {
	const char *advisory, *field, *text;
	const char *comment; /* to be dealt with, or opened again */
	gboolean resolved;
} Change;

static gboolean
write_comment(PsStore *store, gpointer data, GError **error)
{
	Change *change = data;
	g_autofree char *id = NULL;

	if (change->comment)
		return ps_comment_resolve(store, change->comment, change->resolved, error);
	id = ps_comment_add(store, change->advisory, change->field, change->text, error);
	return id != NULL;
}

static PsChanged
add_comment(AdvisoryPane *self, const char *field, const char *label, GError **error)
{
	g_autofree char *id = g_strdup(ps_advisory_id(self->advisory));
	g_autofree char *question = g_strdup_printf(_("Comment on “%s”"), label);
	PsAskLine ask = {.label = question};
	g_autofree char *text = ps_ask_line(self->pane.app, &ask);
	Change change = {.advisory = id, .field = field, .text = text};

	if (!text || !*text || !ps_app_write(self->pane.app, write_comment, &change, error))
		return PS_CHANGED_NOTHING;
	return PS_CHANGED_DATA;
}

static const PsComment *
find_comment(AdvisoryPane *self, const char *id)
{
	for (guint i = 0; self->comments && i < self->comments->len; i++) {
		const PsComment *comment = self->comments->pdata[i];
		if (g_str_equal(comment->id, id))
			return comment;
	}
	return NULL;
}

static PsChanged
answer_comment(AdvisoryPane *self, const char *id, GError **error)
{
	const PsComment *comment = find_comment(self, id);

	if (!comment)
		return PS_CHANGED_NOTHING;
	Change change = {.comment = id, .resolved = !comment->resolved};
	g_autofree char *by = by_whom(comment);
	g_autofree char *question =
		g_strdup_printf(comment->resolved ? _("%s: %s  o: open it again.")
						  : _("%s: %s  d: dealt with."),
				by, comment->text);
	if (ps_ask_key(self->pane.app, question, comment->resolved ? "o" : "d") != 0)
		return PS_CHANGED_NOTHING;
	return ps_app_write(self->pane.app, write_comment, &change, error) ? PS_CHANGED_DATA
									   : PS_CHANGED_NOTHING;
}

/* The comments at a place and below it, open ones first, or a new one. NULL: none of them. */
static char *
choose_comment(AdvisoryPane *self, const char *field, const char *label)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) options = g_array_new(FALSE, TRUE, sizeof(PsOption));
	g_autofree char *title = g_strdup_printf(_("Comments on “%s”"), label);
	PsOption fresh = {NEW_COMMENT, _("New comment"), _("on this place"), NULL};

	g_array_append_val(options, fresh);
	for (int resolved = 0; resolved <= 1; resolved++)
		for (guint i = 0; self->comments && i < self->comments->len; i++) {
			const PsComment *comment = self->comments->pdata[i];
			if (comment->resolved != resolved ||
			    !ps_pointer_within(comment->field, field))
				continue;
			char *detail =
				g_strdup_printf("%s%s: %s", resolved ? _("(dealt with) ") : "",
						comment->label, comment->text);
			PsOption option = {g_strdup(comment->id), by_whom(comment), detail, NULL};
			g_ptr_array_add(texts, (gpointer)option.value);
			g_ptr_array_add(texts, (gpointer)option.label);
			g_ptr_array_add(texts, detail);
			g_array_append_val(options, option);
		}
	PsAskChoice ask = {.title = title,
			   .options = (const PsOption *)(void *)options->data,
			   .n_options = options->len};
	return options->len > 1 ? ps_ask_choice(self->pane.app, &ask) : g_strdup(NEW_COMMENT);
}

PsChanged
advisory_run_comment(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsEditorNode *place = advisory_pane_place(self);

	(void)argument;
	if (!place || (!place->present && *place->field)) {
		ps_app_say(app, PS_SAY_WARN, _("A comment needs a place that is in the document."));
		return PS_CHANGED_NOTHING;
	}
	g_autofree char *field = g_strdup(place->field);
	g_autofree char *label = g_strdup(place->label);
	g_autofree char *chosen = choose_comment(self, field, label);
	if (!chosen || !self->advisory)
		return PS_CHANGED_NOTHING;
	return g_str_equal(chosen, NEW_COMMENT) ? add_comment(self, field, label, error)
						: answer_comment(self, chosen, error);
}
