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

/* ---- writing: a job, since a large document takes a while ---- */

typedef struct {
	PsApp *app;
	PsStore *store; /* of the job's own thread */
	const PsExportForm *form;
	char *id, *cve, *path;
	GPtrArray *notes; /* PsConvertNote* */
} Export;

static void
export_free(gpointer data)
{
	Export *job = data;

	ps_store_close(job->store);
	g_free(job->id);
	g_free(job->cve);
	g_free(job->path);
	g_ptr_array_unref(job->notes);
	g_free(job);
}

static gpointer
write_file(PsProgress *progress, gpointer data, GError **error)
{
	Export *job = data;
	const PsExportOptions options = {.cve = job->cve};
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(job->store, job->id, error);
	g_autofree char *text = advisory ? ps_advisory_export(job->store, advisory, job->form,
							      &options, job->notes, error)
					 : NULL;

	if (!text || ps_progress_cancelled(progress, error))
		return NULL;
	return ps_file_write(job->path, text, -1, 0600, error) ? job : NULL;
}

static void
written(gpointer result, gpointer data, const GError *error)
{
	const Export *job = data;
	const PsConvertNote *first = job->notes->len ? job->notes->pdata[0] : NULL;

	(void)result;
	if (error)
		ps_app_error(job->app, error);
	else if (!first)
		ps_app_say(job->app, PS_SAY_GOOD, _("Written to %s."), job->path);
	else
		ps_app_say(job->app, PS_SAY_WARN,
			   ngettext("Written to %s. The conversion had %u remark: %s",
				    "Written to %s. The conversion had %u remarks, first: %s",
				    job->notes->len),
			   job->path, job->notes->len, first->sentence);
}

/* Takes `cve` and `path`. */
static PsChanged
start_writing(AdvisoryPane *self, const PsExportForm *form, char *cve, char *path, GError **error)
{
	PsApp *app = self->pane.app;
	Export *job = g_new0(Export, 1);

	*job = (Export){app,
			ps_store_clone(app->store, error),
			form,
			g_strdup(ps_advisory_id(self->advisory)),
			cve,
			path,
			ps_convert_notes_new()};
	if (!job->store) {
		export_free(job);
		return PS_CHANGED_NOTHING;
	}
	ps_app_job(app, _("Writing"), write_file, written, job, export_free);
	return PS_CHANGED_VIEW;
}

/* The argument is a form: "csaf", "csaf-2.1", "html", "text", "md", "openvex", "cve". */
PsChanged
advisory_run_export(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsExportForm *form = argument ? find_form(argument, error) : ask_form(app, error);
	gboolean go = TRUE;

	if (!form || !self->advisory)
		return PS_CHANGED_NOTHING;
	g_autofree char *cve =
		g_str_equal(form->format, "cve") ? ask_cve(app, self->advisory, &go) : NULL;
	if (!go || !self->advisory)
		return PS_CHANGED_NOTHING;
	g_autofree char *initial = ps_export_filename(self->advisory, form, cve);
	PsAskLine ask = {.label = _("File"), .initial = initial, .history = "file"};
	g_autofree char *path = ps_ask_line(app, &ask);
	if (!path || !*path || !self->advisory)
		return PS_CHANGED_NOTHING;
	return start_writing(self, form, g_steal_pointer(&cve), g_steal_pointer(&path), error);
}
