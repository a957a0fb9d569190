#include "config.h"

/* Tests over the profile that the document says it follows (CSAF 2.0 section 4). */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"

/* Profiles other than the base: their values, and their names without dashes and blanks. */
static const struct {
	const char *value, *name;
} profiles[] = {
	{"csaf_security_incident_response", "securityincidentresponse"},
	{"csaf_informational_advisory", "informationaladvisory"},
	{"csaf_security_advisory", "securityadvisory"},
	{"csaf_vex", "vex"},
};

typedef enum {
	RESPONSE = 1 << 0,
	INFORMATIONAL = 1 << 1,
	ADVISORY = 1 << 2,
	VEX = 1 << 3,
} Profile;

static int
profile_of(const PsCsafContext *context)
{
	for (guint i = 0; i < G_N_ELEMENTS(profiles); i++)
		if (g_strcmp0(context->category, profiles[i].value) == 0)
			return 1 << i;
	return 0;
}

/* Without white space, dashes of any kind and underscores; case folded. New string. */
static char *
squeezed(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		GUnicodeType type = g_unichar_type(c);
		if (!g_unichar_isspace(c) && type != G_UNICODE_DASH_PUNCTUATION &&
		    type != G_UNICODE_CONNECT_PUNCTUATION && type != G_UNICODE_FORMAT)
			g_string_append_unichar(out, c);
	}
	g_autofree char *plain = g_string_free(out, FALSE);
	return g_utf8_casefold(plain, -1);
}

/* 6.1.26 */
void
ps_csaf_test_category_prohibited(PsCsafContext *context)
{
	PsPlace place = {&ps_place_document, "category", 0};

	if (!context->category || profile_of(context) ||
	    g_str_equal(context->category, "csaf_base"))
		return;
	if (g_ascii_strncasecmp(context->category, "csaf_", 5) == 0) {
		ps_csaf_found(context, &place,
			      _("“%s” begins with “csaf_”, which is kept for profiles of the "
				"standard; choose one of them or another word."),
			      context->category);
		return;
	}
	g_autofree char *given = squeezed(context->category);
	const char *bare = g_str_has_prefix(given, "csaf") ? given + 4 : given;
	for (guint i = 0; i < G_N_ELEMENTS(profiles); i++)
		if (g_str_equal(bare, profiles[i].name))
			ps_csaf_found(context, &place,
				      _("“%s” looks like the profile “%s”, but is not; write it "
					"exactly so or choose another word."),
				      context->category, profiles[i].value);
}

/* 6.1.27.1 */
void
ps_csaf_test_profile_notes(PsCsafContext *context)
{
	static const char *const wanted[] = {"description", "details", "general", "summary", NULL};
	PsPlace place = {&ps_place_document, "notes", 0};

	if (!(profile_of(context) & (INFORMATIONAL | RESPONSE)))
		return;
	for (const cJSON *note = ps_csaf_items(context->document, "notes"); note;
	     note = note->next) {
		const char *category = ps_csaf_string(note, "category");
		if (category && g_strv_contains(wanted, category))
			return;
	}
	ps_csaf_found(context, &place,
		      _("This profile needs a note of category description, details, general or "
			"summary; add one."));
}

/* 6.1.27.2; without a category a reference is external (section 3.1.10) */
void
ps_csaf_test_profile_references(PsCsafContext *context)
{
	PsPlace place = {&ps_place_document, "references", 0};

	if (!(profile_of(context) & (INFORMATIONAL | RESPONSE)))
		return;
	for (const cJSON *item = ps_csaf_items(context->document, "references"); item;
	     item = item->next)
		if (cJSON_IsObject(item) &&
		    g_strcmp0(ps_csaf_string(item, "category"), "self") != 0)
			return;
	ps_csaf_found(context, &place,
		      _("This profile needs a reference of category external; add one."));
}

/* 6.1.27.3 */
void
ps_csaf_test_profile_no_vulnerabilities(PsCsafContext *context)
{
	if (profile_of(context) & INFORMATIONAL &&
	    cJSON_GetObjectItemCaseSensitive(context->root, "vulnerabilities"))
		ps_csaf_found(context, &ps_place_vulnerabilities,
			      _("An informational advisory has no vulnerabilities; remove them or "
				"choose another profile."));
}

static void
check_member(PsCsafContext *context, const PsPlace *place, const char *sentence)
{
	if (profile_of(context) & (ADVISORY | VEX) &&
	    !cJSON_GetObjectItemCaseSensitive(context->root, place->name))
		ps_csaf_found(context, place, "%s", sentence);
}

/* 6.1.27.4 */
void
ps_csaf_test_profile_product_tree(PsCsafContext *context)
{
	check_member(context, &ps_place_tree,
		     _("This profile needs a product tree; add the products."));
}

/* 6.1.27.11 */
void
ps_csaf_test_profile_vulnerabilities(PsCsafContext *context)
{
	check_member(context, &ps_place_vulnerabilities,
		     _("This profile needs vulnerabilities; add them or choose another profile."));
}

/* One of the members must be there in each vulnerability. */
static void
check_each(PsCsafContext *context, int in, const char *first, const char *second,
	   const char *sentence)
{
	if (!(profile_of(context) & in))
		return;
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace at = {&place, first, 0};
		if (!cJSON_GetObjectItemCaseSensitive(vulnerability, first) &&
		    !(second && cJSON_GetObjectItemCaseSensitive(vulnerability, second)))
			ps_csaf_found(context, &at, "%s", sentence);
	}
}

/* 6.1.27.5 */
void
ps_csaf_test_profile_vulnerability_notes(PsCsafContext *context)
{
	check_each(context, ADVISORY | VEX, "notes", NULL,
		   _("This profile needs notes in each vulnerability; describe it."));
}

/* 6.1.27.6 */
void
ps_csaf_test_profile_product_status(PsCsafContext *context)
{
	check_each(
		context, ADVISORY, "product_status", NULL,
		_("This profile needs a product status in each vulnerability; say which products "
		  "are affected or fixed."));
}

/* 6.1.27.8 */
void
ps_csaf_test_profile_vulnerability_id(PsCsafContext *context)
{
	check_each(context, VEX, "cve", "ids",
		   _("A VEX document needs a CVE or another id in each vulnerability; add one."));
}

/* 6.1.27.7 */
void
ps_csaf_test_profile_vex_status(PsCsafContext *context)
{
	static const char *const lists[] = {"fixed", "known_affected", "known_not_affected",
					    "under_investigation"};

	if (!(profile_of(context) & VEX))
		return;
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		const cJSON *status = ps_csaf_object(vulnerability, "product_status");
		PsPlace at = {&place, "product_status", 0};
		gboolean good = FALSE;
		for (guint i = 0; i < G_N_ELEMENTS(lists) && !good; i++)
			good = cJSON_GetObjectItemCaseSensitive(status, lists[i]) != NULL;
		if (!good)
			ps_csaf_found(context, &at,
				      _("A VEX document needs one of fixed, known_affected, "
					"known_not_affected and under_investigation in each "
					"vulnerability."));
	}
}
