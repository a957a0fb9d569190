#include "config.h"

/* Advisories are born here: from a case, with what a template gives. */

#include "advisory/advisory.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/internal.h"
#include "advisory/refresh.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"

char *
ps_advisory_of_case(PsStore *store, const char *case_id, GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autofree char *id = ps_store_resolve(store, "case", case_id, error);
	char *found = id ? ps_advisory_resolve(store, id, &problem) : NULL;

	if (problem && !g_error_matches(problem, PS_ERROR, PS_ERROR_NOT_FOUND))
		g_propagate_error(error, g_steal_pointer(&problem));
	return found;
}

static gboolean
refuse_second(PsStore *store, const PsRecord *of, GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autofree char *there = ps_advisory_of_case(store, ps_record_id(of), &problem);

	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (!there)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
		    _("Case “%s” has an advisory already; it follows the case, so there is nothing "
		      "to draft again. “psirtdesk advisory check %s” tells what is missing."),
		    ps_record_name(of), ps_record_name(of));
	return FALSE;
}

/* ---- templates ---- */

static int
default_first(gconstpointer a, gconstpointer b)
{
	const PsRecord *one = *(PsRecord *const *)a, *other = *(PsRecord *const *)b;
	int order = (int)ps_record_flag(other, "default") - (int)ps_record_flag(one, "default");

	if (order == 0)
		order = g_utf8_collate(ps_record_text(one, "name"), ps_record_text(other, "name"));
	return order ? order : strcmp(ps_record_id(one), ps_record_id(other));
}

GPtrArray *
ps_advisory_templates(PsStore *store, GError **error)
{
	const PsQuery query = {.kind = "advisory_template"};
	GPtrArray *templates = ps_store_list(store, &query, error);

	if (templates)
		g_ptr_array_sort(templates, default_first);
	return templates;
}

static const PsRecord *
template_named(GPtrArray *templates, const char *name, GError **error)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (guint i = 0; i < templates->len; i++) {
		const char *called = ps_record_text(templates->pdata[i], "name");
		if (g_str_equal(called, name) ||
		    g_str_equal(ps_record_id(templates->pdata[i]), name))
			return templates->pdata[i];
		g_string_append_printf(names, "%s“%s”", i ? ", " : "", called);
	}
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    names->len > 0
			    ? _("There is no advisory template “%s”; there is %s.")
			    : _("There is no advisory template “%s”, and no other; “psirtdesk "
				"new advisory_template name=…” makes one.%s"),
		    name, names->str);
	return NULL;
}

/* The one that is asked for, else the default one; *found may stay NULL. */
static gboolean
choose_template(GPtrArray *templates, const char *name, const PsRecord **found, GError **error)
{
	*found = NULL;
	if (name)
		return (*found = template_named(templates, name, error)) != NULL;
	if (templates->len > 0 && ps_record_flag(templates->pdata[0], "default"))
		*found = templates->pdata[0];
	return TRUE;
}

/* ---- drafting ---- */

static const char *
first_of(const char *given, const PsRecord *template, const char *field, const char *fallback)
{
	const char *text = template ? ps_record_text(template, field) : NULL;

	return given && *given ? given : text && *text ? text : fallback;
}

/* Given, of the template, of the settings; NULL: it is no language tag. New string. */
static char *
choose_language(PsStore *store, const PsRecord *template, const PsDraftOptions *options,
		GError **error)
{
	g_autofree char *usual = ps_store_config(store, "advisory.lang");
	const char *lang = first_of(options->lang, template, "lang", usual);

	if (ps_csaf_format_matches(PS_CSAF_LANG, lang))
		return g_strdup(lang);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” is no language of an advisory: write a tag such as en or de-AT."),
		    lang);
	return NULL;
}

static char *
make(PsTxn *txn, const PsRecord *of, const PsRecord *template, const PsDraftOptions *options,
     GError **error)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autofree char *lang = choose_language(ps_txn_store(txn), template, options, error);
	g_autofree char *versioning = ps_store_config(ps_txn_store(txn), "advisory.versioning");
	const char *pairs[] = {
		"case",
		ps_record_id(of),
		"tracking_id",
		ps_record_name(of),
		"profile",
		first_of(options->profile, template, "profile", "csaf_security_advisory"),
		"state",
		"draft",
		"version",
		"1",
		"tlp",
		first_of(NULL, template, "tlp", "CLEAR"),
		"lang",
		lang,
		"drafted_at",
		now,
		"template",
		template ? ps_record_id(template) : "",
		"versioning",
		versioning,
		NULL};

	/* An unknown word is refused there, with the words that it may be. */
	return lang ? ps_txn_new(txn, "advisory", pairs, error) : NULL;
}

char *
ps_advisory_draft_with(PsStore *store, const char *case_id, const PsDraftOptions *options,
		       GError **error)
{
	g_autoptr(PsRecord) of = ps_store_get(store, "case", case_id, error);
	const PsRecord *template = NULL;

	if (!of || !refuse_second(store, of, error))
		return NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.draft", error);
	g_autoptr(GPtrArray) templates = txn ? ps_advisory_templates(store, error) : NULL;
	if (!templates || !choose_template(templates, options->template, &template, error))
		return NULL;
	g_autofree char *id = make(txn, of, template, options, error);
	g_autofree char *text =
		g_strdup_printf(_("Advisory “%s” was drafted."), ps_record_name(of));
	if (!id || !ps_case_event(txn, ps_record_id(of), "other", text, error))
		return NULL;
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, id, error);
	if (!advisory || !ps_advisory_remember(txn, advisory, error) || !ps_txn_commit(txn, error))
		return NULL;
	return g_steal_pointer(&id);
}

char *
ps_advisory_draft(PsStore *store, const char *case_id, GError **error)
{
	static const PsDraftOptions nothing = {NULL, NULL, NULL};

	return ps_advisory_draft_with(store, case_id, &nothing, error);
}
