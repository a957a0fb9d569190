#include "config.h"

#include "advisory/export.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/cve-record.h"
#include "advisory/document-2-1.h"
#include "advisory/openvex.h"
#include "advisory/render.h"
#include "base/error.h"
#include "base/i18n.h"

static const PsExportForm forms[] = {
	{"csaf", "2.0", ".json", N_("CSAF 2.0")}, {"csaf", "2.1", "-2.1.json", N_("CSAF 2.1")},
	{"html", NULL, ".html", N_("HTML page")}, {"text", NULL, ".txt", N_("Text")},
	{"md", NULL, ".md", N_("Markdown")},      {"openvex", NULL, ".vex.json", N_("OpenVEX")},
	{"cve", NULL, ".json", N_("CVE record")},
};

const PsExportForm *
ps_export_forms(gsize *count)
{
	*count = G_N_ELEMENTS(forms);
	return forms;
}

static gboolean
fits(const PsExportForm *form, const char *format, const char *csaf)
{
	return g_str_equal(form->format, format) &&
	       (!form->csaf || g_str_equal(form->csaf, csaf ? csaf : "2.0"));
}

const PsExportForm *
ps_export_form_find(const char *format, const char *csaf, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
		if (fits(&forms[i], format, csaf))
			return &forms[i];
	if (g_str_equal(format, "csaf"))
		g_set_error(error, PS_ERROR, PS_ERROR_USAGE,
			    _("CSAF “%s” cannot be written; this version writes CSAF 2.0 and 2.1."),
			    csaf);
	else
		g_set_error(
			error, PS_ERROR, PS_ERROR_USAGE,
			_("“%s” is no format; there are csaf, text, md, html, openvex and cve."),
			format);
	return NULL;
}

/* Takes `document`. */
static char *
print_json(cJSON *document)
{
	char *text = document ? ps_advisory_print(document) : NULL;

	cJSON_Delete(document);
	return text;
}

char *
ps_advisory_export(PsStore *store, const PsAdvisory *advisory, const PsExportForm *form,
		   const PsExportOptions *options, GPtrArray *notes, GError **error)
{
	const cJSON *document = ps_advisory_document(advisory);
	PsRenderFormat format;

	if (g_strcmp0(form->csaf, "2.1") == 0)
		return print_json(ps_advisory_document_2_1(store, advisory, notes, error));
	if (g_str_equal(form->format, "openvex"))
		return print_json(ps_openvex(document, error));
	if (g_str_equal(form->format, "cve"))
		return print_json(
			ps_cve_record(store, advisory, options ? options->cve : NULL, error));
	if (!ps_render_format_find(form->format, &format))
		format = PS_RENDER_CSAF;
	return ps_render(document, format, options ? options->width : 0);
}

char *
ps_export_filename(const PsAdvisory *advisory, const PsExportForm *form, const char *cve)
{
	g_autofree const char **ids = ps_cve_ids_of(advisory);
	const char *id = ps_record_text(ps_advisory_record(advisory), "tracking_id");

	if (g_str_equal(form->format, "cve") && (cve || ids[0]))
		id = cve ? cve : ids[0];
	g_autofree char *file = ps_csaf_filename(id ? id : "advisory");
	if (g_str_equal(form->format, "cve") && (cve || ids[0]))
		return g_strconcat(id, form->extension, NULL);
	return g_strdup_printf("%.*s%s", (int)(strlen(file) - strlen(".json")), file,
			       form->extension);
}
