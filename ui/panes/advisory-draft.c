#include "config.h"

/* Drafting an advisory from its case, with the template that the analyst chooses. */

#include "ui/panes/advisory-pane.h"

#include "base/i18n.h"
#include "ui/ask.h"

typedef struct {
	const char *case_id;
	PsDraftOptions options;
} Draft;

static gboolean
write_draft(PsStore *store, gpointer data, GError **error)
{
	const Draft *draft = data;
	g_autofree char *id = ps_advisory_draft_with(store, draft->case_id, &draft->options, error);

	return id != NULL;
}

/* FALSE: given up. *id stays NULL where there is nothing to choose: the default one is used. */
static gboolean
ask_template(PsApp *app, char **id, GError **error)
{
	g_autoptr(GPtrArray) templates = ps_advisory_templates(app->store, error);
	g_autoptr(GArray) options = g_array_new(FALSE, TRUE, sizeof(PsOption));

	if (!templates || templates->len < 2)
		return templates != NULL;
	for (guint i = 0; i < templates->len; i++) {
		const PsRecord *template = templates->pdata[i];
		const PsOption option = {.value = ps_record_id(template),
					 .label = ps_record_text(template, "name"),
					 .detail = ps_record_text(template, "publisher")};
		g_array_append_val(options, option);
	}
	PsAskChoice ask = {.title = _("Template of the advisory"),
			   .options = (const PsOption *)(void *)options->data,
			   .n_options = options->len};
	*id = ps_ask_choice(app, &ask);
	return *id != NULL;
}

PsChanged
advisory_run_draft(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	g_autofree char *template = NULL;

	(void)argument;
	if (!ask_template(app, &template, error))
		return PS_CHANGED_NOTHING;
	Draft draft = {self->case_id, {template, NULL, NULL}};
	if (!ps_app_write(app, write_draft, &draft, error))
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_GOOD, _("The advisory is drafted from the case."));
	return PS_CHANGED_DATA;
}
