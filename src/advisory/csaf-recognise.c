#include "config.h"

#include "advisory/csaf-recognise.h"

#include "advisory/csaf-node.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"

/* Members by which other kinds of documents are known. */
static const struct {
	const char *member, *kind;
	gboolean provider;
} kinds[] = {
	{"feed", N_("a ROLIE feed"), TRUE},
	{"service", N_("a ROLIE service document"), TRUE},
	{"categories", N_("a ROLIE category document"), TRUE},
	{"csaf_providers", N_("the data of an aggregator"), TRUE},
	{"aggregator", N_("the data of an aggregator"), TRUE},
	{"metadata_version", N_("the data of a provider"), TRUE},
	{"bomFormat", N_("a CycloneDX document"), FALSE},
	{"spdxVersion", N_("an SPDX document"), FALSE},
	{"cveMetadata", N_("a CVE record"), FALSE},
	{"statements", N_("an OpenVEX document"), FALSE},
	{"schema_version", N_("an OSV record"), FALSE},
	{"cvrfdoc", N_("a CVRF document"), FALSE},
};

gboolean
ps_csaf_is_provider_file(const cJSON *value)
{
	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].provider && cJSON_GetObjectItemCaseSensitive(value, kinds[i].member))
			return !cJSON_GetObjectItemCaseSensitive(value, "document");
	return FALSE;
}

static const char *
kind_of(const cJSON *value)
{
	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (cJSON_GetObjectItemCaseSensitive(value, kinds[i].member))
			return _(kinds[i].kind);
	return NULL;
}

static gboolean
not_csaf(const cJSON *value, GError **error)
{
	const char *kind = cJSON_IsObject(value) ? kind_of(value) : NULL;

	if (kind)
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("This is %s, not a CSAF document; only CSAF documents can be "
			      "checked here."),
			    kind);
	else
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("This is JSON, but not a CSAF document: such a one is an "
				      "object with the member “document”."));
	return FALSE;
}

gboolean
ps_csaf_recognise(const cJSON *value, GError **error)
{
	const cJSON *head = cJSON_GetObjectItemCaseSensitive(value, "document");
	const cJSON *version = cJSON_GetObjectItemCaseSensitive(head, "csaf_version");

	if (!cJSON_IsObject(value) || !cJSON_IsObject(head))
		return not_csaf(value, error);
	if (!cJSON_IsString(version) || !*version->valuestring ||
	    ps_csaf_root(version->valuestring))
		return TRUE;
	g_autofree char *safe = ps_safe_text(version->valuestring, -1, PS_SAFE_LINE);
	g_autofree char *shown = ps_text_fit(safe, 40);
	g_set_error(
		error, PS_ERROR, PS_ERROR_INPUT,
		_("“document.csaf_version” is “%s”; versions 2.0 and 2.1 are known. Correct it, "
		  "or use a newer psirtdesk."),
		shown);
	return FALSE;
}
