#include "config.h"

/* Tests over the profile that the document says it follows (section 4 of CSAF 2.0 and 2.1). */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"

/* Profiles other than the base: their values, and their names without dashes and blanks. The last
 * three came with 2.1. */
static const struct {
	const char *value, *name;
} profiles[] = {
	{"csaf_security_incident_response", "securityincidentresponse"},
	{"csaf_informational_advisory", "informationaladvisory"},
	{"csaf_security_advisory", "securityadvisory"},
	{"csaf_vex", "vex"},
	{"csaf_deprecated_security_advisory", "deprecatedsecurityadvisory"},
	{"csaf_withdrawn", "withdrawn"},
	{"csaf_superseded", "superseded"},
};
#define N_PROFILES_2_0 4

typedef enum {
	RESPONSE = 1 << 0,
	INFORMATIONAL = 1 << 1,
	ADVISORY = 1 << 2,
	VEX = 1 << 3,
	DEPRECATED = 1 << 4, /* the security advisory of 2.0 */
	WITHDRAWN = 1 << 5,
	SUPERSEDED = 1 << 6,
} Profile;

static guint
n_profiles(const PsCsafContext *context)
{
	return ps_csaf_is_2_1(context) ? G_N_ELEMENTS(profiles) : N_PROFILES_2_0;
}

static int
profile_of(const PsCsafContext *context)
{
	for (guint i = 0; i < n_profiles(context); i++)
		if (g_strcmp0(context->category, profiles[i].value) == 0)
			return 1 << i;
	return 0;
}

/* Minus signs, hyphens and low lines that Unicode files elsewhere. */
static gboolean
is_other_line(gunichar c)
{
	static const gunichar lines[] = {0x00af, 0x02cd, 0x02d7, 0x0320, 0x0331,
					 0x0332, 0x0333, 0x203e, 0x2043, 0x207b,
					 0x208b, 0x2212, 0x2500, 0x2796, 0xff3f};

	for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
		if (lines[i] == c)
			return TRUE;
	return FALSE;
}

/* GLib leaves out two of Unicode's white space characters. */
static gboolean
is_blank(gunichar c)
{
	return g_unichar_isspace(c) || c == 0x0b || c == 0x85;
}

/* Without white space, dashes of any kind and underscores; case folded. New string. */
static char *
squeezed(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		GUnicodeType type = g_unichar_type(c);
		if (!is_blank(c) && type != G_UNICODE_DASH_PUNCTUATION &&
		    type != G_UNICODE_CONNECT_PUNCTUATION && type != G_UNICODE_FORMAT &&
		    !is_other_line(c))
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
	for (guint i = 0; i < n_profiles(context); i++)
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
	if (profile_of(context) & (INFORMATIONAL | WITHDRAWN | SUPERSEDED) &&
	    cJSON_GetObjectItemCaseSensitive(context->root, "vulnerabilities"))
		ps_csaf_found(
			context, &ps_place_vulnerabilities,
			_("This profile has no vulnerabilities; remove them or choose another "
			  "profile."));
}

static void
check_member(PsCsafContext *context, const PsPlace *place, const char *sentence)
{
	if (profile_of(context) & (ADVISORY | VEX | DEPRECATED) &&
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

/* One of the members must be there in each vulnerability; `name`: of the first. */
static void
check_each(PsCsafContext *context, int in, PsCsafMember first, PsCsafMember second,
	   const char *name, const char *sentence)
{
	if (!(profile_of(context) & in))
		return;
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace at = {&place, name, 0};
		if (!vulnerability->members[first] && !vulnerability->members[second])
			ps_csaf_found(context, &at, "%s", sentence);
	}
}

/* 6.1.27.5 */
void
ps_csaf_test_profile_vulnerability_notes(PsCsafContext *context)
{
	check_each(context, ADVISORY | VEX | DEPRECATED, PS_CSAF_NOTES, PS_CSAF_NOTES, "notes",
		   _("This profile needs notes in each vulnerability; describe it."));
}

/* 6.1.27.6 */
void
ps_csaf_test_profile_product_status(PsCsafContext *context)
{
	check_each(
		context, ADVISORY | DEPRECATED, PS_CSAF_PRODUCT_STATUS, PS_CSAF_PRODUCT_STATUS,
		"product_status",
		_("This profile needs a product status in each vulnerability; say which products "
		  "are affected or fixed."));
}

/* The products that have an id of their own; FALSE: some id is for all of them. */
static gboolean
products_with_id(const PsCsafContext *context, const PsCsafVulnerability *vulnerability,
		 PsCsafCover *covered)
{
	const PsCsafNamings *list = &vulnerability->named[PS_CSAF_NAMED_IDS];

	ps_csaf_cover_reset(covered);
	for (guint i = 0; i < list->n; i++) {
		const PsCsafNaming *id = ps_csaf_naming(&context->all, list, i);
		if (!cJSON_GetObjectItemCaseSensitive(id->item, "product_ids") &&
		    !cJSON_GetObjectItemCaseSensitive(id->item, "group_ids"))
			return FALSE;
		ps_csaf_cover_add(covered, id);
	}
	return TRUE;
}

static void
check_product_ids(PsCsafContext *context, const PsCsafVulnerability *vulnerability,
		  const PsCsafCover *covered, const PsPlace *place)
{
	const PsCsafVulnerabilities *all = &context->all;
	const cJSON *status = vulnerability->members[PS_CSAF_PRODUCT_STATUS];
	PsPlace up = {place, "product_status", 0};

	for (const cJSON *list = cJSON_IsObject(status) ? status->child : NULL; list;
	     list = list->next) {
		PsPlace list_at = {&up, list->string, 0}, at = {&list_at, NULL, 0};
		for (const cJSON *item = ps_csaf_items(status, list->string); item;
		     item = item->next, at.index++)
			if (cJSON_IsString(item) &&
			    !ps_csaf_cover_has(covered,
					       ps_csaf_ids_find(&all->products, item->valuestring)))
				ps_csaf_found(context, &at,
					      _("The product “%s” has no id of the vulnerability: "
						"there is no CVE, and every other id is for other "
						"products."),
					      item->valuestring);
	}
}

/* 6.1.27.8; in 2.1 ids may be for certain products. */
void
ps_csaf_test_profile_vulnerability_id(PsCsafContext *context)
{
	g_auto(PsCsafCover) covered = {0};

	check_each(context, VEX, PS_CSAF_CVE_MEMBER, PS_CSAF_IDS, "cve",
		   _("A VEX document needs a CVE or another id in each vulnerability; add one."));
	if (!(profile_of(context) & VEX) || !ps_csaf_is_2_1(context))
		return;
	ps_csaf_cover_init(&covered, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	if (!vulnerability->members[PS_CSAF_CVE_MEMBER] && vulnerability->members[PS_CSAF_IDS] &&
	    products_with_id(context, vulnerability, &covered))
		check_product_ids(context, vulnerability, &covered, &place);
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
		const cJSON *status = vulnerability->members[PS_CSAF_PRODUCT_STATUS];
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
