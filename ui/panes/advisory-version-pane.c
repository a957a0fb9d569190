#include "config.h"

/* One version of an advisory as its readers see it. Opened with "ADVISORY VERSION". */

#include "advisory/history.h"
#include "advisory/render.h"
#include "base/error.h"
#include "base/i18n.h"
#include "ui/pager.h"
#include "ui/pane.h"
#include "ui/panes/advisory-pane.h"
#include "ui/panes/pane-table.h"

typedef struct {
	PsPane pane;
	PsPager *pager;
	char **words; /* advisory, version */
	char *subject;
} VersionPane;

static void
show(VersionPane *self, const cJSON *document)
{
	g_autoptr(GPtrArray) lines = ps_render_lines(document, advisory_text_cells(self->pane.app));

	advisory_add_lines(self->pager, lines);
}

static void
refresh(PsPane *pane)
{
	VersionPane *self = (VersionPane *)pane;
	PsStore *store = pane->app->store;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, self->words[0], &error);
	g_autoptr(cJSON) document =
		advisory ? ps_history_document(store, advisory, self->words[1], &error) : NULL;

	ps_pager_clear(self->pager);
	g_clear_pointer(&self->subject, g_free);
	if (!document) {
		ps_pager_add(self->pager, PS_ROLE_DIM, error->message);
		return;
	}
	self->subject = g_strdup_printf("%s %s",
					ps_record_text(ps_advisory_record(advisory), "tracking_id"),
					self->words[1]);
	show(self, document);
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	VersionPane *self = (VersionPane *)pane;

	self->pager = ps_pager_new();
	pane->widget = ps_pager_widget(self->pager);
	self->words = g_strsplit(argument ? argument : "", " ", 2);
	if (g_strv_length(self->words) == 2)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_USAGE,
			    _("Open it from the versions of an advisory."));
	return FALSE;
}

static void
close_pane(PsPane *pane)
{
	VersionPane *self = (VersionPane *)pane;

	g_strfreev(self->words);
	g_free(self->subject);
}

static char *
subject(PsPane *pane)
{
	return g_strdup(((VersionPane *)pane)->subject);
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "advisory";
	return ((VersionPane *)pane)->words[0];
}

const PsPaneClass ps_advisory_version_pane = {
	.name = "advisory-version",
	.title = N_("Version"),
	.size = sizeof(VersionPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.subject = subject,
	.record = record,
};
