#include "config.h"

/* Writing an advisory to a file in any form in which advisories leave. */

#include "ui/panes/advisory-pane.h"

#include <string.h>

#include "advisory/csaf-convert.h"
#include "advisory/cve-record.h"
#include "advisory/export.h"
#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "ui/ask.h"

/* "csaf", "csaf-2.1", "html": what the chooser and the palette call a form. New string. */
static char *
word_of(const PsExportForm *form)
{
	return g_strcmp0(form->csaf, "2.1") == 0
		       ? g_strdup_printf("%s-%s", form->format, form->csaf)
		       : g_strdup(form->format);
}

static const PsExportForm *
find_form(const char *word, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(word, "-", 2);

	return ps_export_form_find(*parts ? parts[0] : "", *parts ? parts[1] : NULL, error);
}

static const PsExportForm *
ask_form(PsApp *app, GError **error)
{
	gsize count;
	const PsExportForm *forms = ps_export_forms(&count);
	g_autofree PsOption *options = g_new0(PsOption, count);
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	for (gsize i = 0; i < count; i++) {
		g_ptr_array_add(words, word_of(&forms[i]));
		options[i].value = words->pdata[i];
		options[i].label = _(forms[i].title);
		options[i].detail = forms[i].extension;
	}
	PsAskChoice ask = {.title = _("Write as"), .options = options, .n_options = count};
	g_autofree char *word = ps_ask_choice(app, &ask);
	return word ? find_form(word, error) : NULL;
}

/* Which vulnerability a CVE record is of; NULL with FALSE in `*go`: given up. */
static char *
ask_cve(PsApp *app, const PsAdvisory *advisory, gboolean *go)
{
	g_autofree const char **ids = ps_cve_ids_of(advisory);
	guint count = g_strv_length((char **)ids);

	*go = TRUE;
	if (count < 2)
		return NULL;
	g_autofree PsOption *options = g_new0(PsOption, count);
	for (guint i = 0; i < count; i++)
		options[i].value = ids[i];
	PsAskChoice ask = {.title = _("Record of"), .options = options, .n_options = count};
	char *cve = ps_ask_choice(app, &ask);
	*go = cve != NULL;
	return cve;
}

static void
say_written(PsApp *app, const char *path, const GPtrArray *notes)
{
	const PsConvertNote *first = notes->len ? notes->pdata[0] : NULL;

	if (!first)
		ps_app_say(app, PS_SAY_GOOD, _("Written to %s."), path);
	else
		ps_app_say(app, PS_SAY_WARN,
			   ngettext("Written to %s. The conversion had %u remark: %s",
				    "Written to %s. The conversion had %u remarks, first: %s",
				    notes->len),
			   path, notes->len, first->sentence);
}

static gboolean
write_file(PsApp *app, const PsAdvisory *advisory, const PsExportForm *form, const char *cve,
	   const char *path, GError **error)
{
	const PsExportOptions options = {.cve = cve};
	g_autoptr(GPtrArray) notes = ps_convert_notes_new();
	g_autofree char *text =
		ps_advisory_export(app->store, advisory, form, &options, notes, error);

	if (!text || !ps_file_write(path, text, -1, 0600, error))
		return FALSE;
	say_written(app, path, notes);
	return TRUE;
}

/* The argument is a form: "csaf", "csaf-2.1", "html", "text", "md", "openvex", "cve". */
PsChanged
advisory_run_export(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsExportForm *form = argument ? find_form(argument, error) : ask_form(app, error);
	gboolean go = TRUE;

	if (!form)
		return PS_CHANGED_NOTHING;
	g_autofree char *cve =
		g_str_equal(form->format, "cve") ? ask_cve(app, self->advisory, &go) : NULL;
	if (!go)
		return PS_CHANGED_NOTHING;
	g_autofree char *initial = ps_export_filename(self->advisory, form, cve);
	PsAskLine ask = {.label = _("File"), .initial = initial, .history = "file"};
	g_autofree char *path = ps_ask_line(app, &ask);
	if (path && *path)
		write_file(app, self->advisory, form, cve, path, error);
	return PS_CHANGED_NOTHING;
}
