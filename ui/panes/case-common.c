#include "config.h"

#include "ui/panes/case-common.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "ui/ask.h"

const char *
ps_shown_text(const PsRecord *record, const char *field)
{
	const char *text = record ? ps_record_text(record, field) : NULL;

	if (text)
		return text;
	return record && ps_record_is_sealed(record, field) ? _("(sealed)") : "";
}

char *
ps_pane_case(PsPane *pane, const char *argument, GError **error)
{
	if (!pane->app->store) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND,
				    _("No workspace is open."));
		return NULL;
	}
	if (!argument || !*argument) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("Give a case's number, as in “PSIRT-2026-0007”."));
		return NULL;
	}
	return ps_store_resolve(pane->app->store, "case", argument, error);
}

char *
ps_pane_case_subject(PsPane *pane, const char *case_id)
{
	g_autoptr(PsRecord) record = ps_store_get(pane->app->store, "case", case_id, NULL);

	if (!record)
		return g_strdup("");
	return g_strdup_printf("%s %s", ps_record_name(record), ps_shown_text(record, "title"));
}

char *
ps_vulnerability_label(const PsRecord *vulnerability, guint place)
{
	const char *cve = ps_record_text(vulnerability, "cve");
	const char *title = ps_shown_text(vulnerability, "title");

	if (cve)
		return g_strdup(cve);
	if (*title)
		return g_strdup(title);
	return g_strdup_printf(_("vulnerability %u"), place + 1);
}

char *
ps_ask_vulnerability(PsApp *app, GPtrArray *vulnerabilities, const char *title, const char *initial,
		     gboolean all)
{
	g_autofree PsOption *options = g_new0(PsOption, vulnerabilities->len + 1);
	g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
	gsize count = 0;

	if (all)
		options[count++] =
			(PsOption){"", _("every vulnerability"), _("also later ones"), NULL};
	for (guint i = 0; i < vulnerabilities->len; i++) {
		const PsRecord *one = g_ptr_array_index(vulnerabilities, i);
		g_ptr_array_add(labels, ps_vulnerability_label(one, i));
		options[count++] = (PsOption){ps_record_id(one), g_ptr_array_index(labels, i),
					      ps_shown_text(one, "title"), NULL};
	}
	PsAskChoice ask = {.title = title,
			   .options = options,
			   .n_options = count,
			   .initial = initial};
	return ps_ask_choice(app, &ask);
}

static gboolean
take_text(PsApp *app, const char *text, gpointer user, GError **error)
{
	char **to = user;
	g_autofree char *trimmed = g_strstrip(g_strdup(text));

	(void)app;
	(void)error;
	g_free(*to);
	*to = *trimmed ? g_steal_pointer(&trimmed) : NULL;
	return TRUE;
}

gboolean
ps_pane_edit(PsApp *app, char **text, GError **error)
{
	g_autofree char *initial = *text && **text ? g_strconcat(*text, "\n", NULL) : g_strdup("");

	return ps_app_edit(app, ".txt", initial, take_text, text, error);
}

char *
ps_distance_text(gint64 at)
{
	gint64 distance = at - ps_now_ms();
	g_autofree char *length = ps_duration_text(distance);

	if (ABS(distance) < PS_MINUTE_MS)
		return g_strdup(_("now"));
	return g_strdup_printf(distance > 0 ? _("in %s") : _("%s ago"), length);
}

PsStyle
ps_due_style(gint64 due, gboolean overdue)
{
	if (overdue)
		return PS_ROLE_BAD;
	return due != PS_NO_TIME && due - ps_now_ms() < PS_DAY_MS ? PS_ROLE_WARN : PS_ROLE_NORMAL;
}

GPtrArray *
ps_pane_children(PsPane *pane, const char *kind, const char *case_id)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *records = ps_store_children(pane->app->store, kind, case_id, &error);

	if (records)
		return records;
	ps_app_error(pane->app, error);
	return g_ptr_array_new();
}
