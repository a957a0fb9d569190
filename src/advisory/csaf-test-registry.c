#include "config.h"

/* Tests of CSAF 2.1 over registers of words: systems of ids, hash algorithms; and over severity in
 * words and the vendor that is none. */

#include "advisory/csaf-test-2-1.h"

#include <string.h>

#include "base/i18n.h"

/* ---- 6.2.47, 6.3.18 ---- */

static gboolean
is_issuers(const PsCsafContext *context, const char *source)
{
	if (!source)
		return TRUE;
	for (const cJSON *item = ps_csaf_items(context->document, "references"); item;
	     item = item->next)
		if (ps_csaf_is_canonical(context, item) &&
		    g_strcmp0(ps_csaf_string(item, "url"), source) == 0)
			return TRUE;
	return FALSE;
}

static const char *
severity_of(const PsCsafMetric *metric)
{
	return ps_csaf_string(metric->content, "qualitative_severity_rating");
}

static void
check_issuer(PsCsafContext *context, const PsCsafMetric *metric)
{
	PsPlace at = {metric->content_place, "qualitative_severity_rating", 0};
	const char *severity = severity_of(metric);

	if (severity && is_issuers(context, metric->source))
		ps_csaf_found(context, &at,
			      _("The issuer of the document rates it with the word “%s” only; "
				"give a CVSS score."),
			      severity);
}

void
ps_csaf_test_severity_by_issuer(PsCsafContext *context)
{
	ps_csaf_each_metric(context, check_issuer);
}

static void
check_severity(PsCsafContext *context, const PsCsafMetric *metric)
{
	PsPlace at = {metric->content_place, "qualitative_severity_rating", 0};
	const char *severity = severity_of(metric);

	if (severity)
		ps_csaf_found(context, &at,
			      _("The severity “%s” says nothing about how it was assessed; a "
				"CVSS score would."),
			      severity);
}

void
ps_csaf_test_severity_in_words(PsCsafContext *context)
{
	ps_csaf_each_metric(context, check_severity);
}

/* ---- 6.2.48 ---- */

static void
check_vendor(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *name = branch->name;
	PsPlace at = {&branch->place, "name", 0};
	g_autoptr(GString) plain = g_string_new(NULL);

	if (!name || !g_str_equal(branch->category, "vendor"))
		return;
	for (const char *c = name; *c; c = g_utf8_next_char(c))
		if (!g_unichar_isspace(g_utf8_get_char(c)))
			g_string_append_unichar(plain, g_utf8_get_char(c));
	if (g_ascii_strcasecmp(plain->str, "opensource") == 0)
		ps_csaf_found(context, &at,
			      _("“%s” names no vendor; name the project or company that makes "
				"the product."),
			      name);
}

void
ps_csaf_test_vendor_open_source(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_vendor);
}

/* ---- 6.2.52 ---- */

/* Digests of OpenSSL 3.4 (section 3.1.4.3.2), sorted. */
static const char *const algorithms[] = {"blake2b512", "blake2s256", "md4",        "md5",
					 "md5-sha1",   "mdc2",       "ripemd",     "ripemd160",
					 "rmd160",     "sha1",       "sha224",     "sha256",
					 "sha3-224",   "sha3-256",   "sha3-384",   "sha3-512",
					 "sha384",     "sha512",     "sha512-224", "sha512-256",
					 "shake128",   "shake256",   "sm3",        "ssl3-md5",
					 "ssl3-sha1",  "whirlpool",  NULL};

static void
check_algorithm(PsCsafContext *context, const cJSON *item, const PsPlace *place)
{
	const char *name = ps_csaf_string(item, "algorithm");
	PsPlace at = {place, "algorithm", 0};

	if (name && !g_strv_contains(algorithms, name))
		ps_csaf_found(context, &at,
			      _("“%s” is not among the hash algorithms that the standard names, "
				"nor known here; use “sha256” or “sha512”."),
			      name);
}

static void
check_hashes(PsCsafContext *context, const PsCsafProduct *product)
{
	const cJSON *helper = product->helper;
	PsPlace outer = {&product->place, "product_identification_helper", 0};
	PsPlace list = {&outer, "hashes", 0}, file = {&list, NULL, 0};

	for (const cJSON *item = ps_csaf_items(helper, "hashes"); item;
	     item = item->next, file.index++) {
		PsPlace hashes = {&file, "file_hashes", 0}, at = {&hashes, NULL, 0};
		for (const cJSON *hash = ps_csaf_items(item, "file_hashes"); hash;
		     hash = hash->next, at.index++)
			check_algorithm(context, hash, &at);
	}
}

void
ps_csaf_test_hash_unknown(PsCsafContext *context)
{
	ps_csaf_each_product(context, check_hashes);
}

/* ---- 6.2.53, 6.3.20 ---- */

enum { SYSTEM_NAME, SYSTEM_PATTERN, SYSTEM_EXAMPLE };

typedef void (*IdFunc)(PsCsafContext *context, const PsTableFile *systems, const cJSON *id,
		       const PsPlace *place);

static void
each_id(PsCsafContext *context, IdFunc func)
{
	const PsTableFile *systems = ps_csaf_table(context, "id-systems.tsv");

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace list = {&place, "ids", 0}, at = {&list, NULL, 0};
		for (const cJSON *item = systems ? ps_csaf_member_items(vulnerability, PS_CSAF_IDS)
						 : NULL;
		     item; item = item->next, at.index++)
			if (ps_csaf_string(item, "system_name"))
				func(context, systems, item, &at);
	}
}

/* As ECMA-262 has it: "$" is the very end, \d the ten digits. `scratch` keeps what was compiled. */
static gboolean
matches(PsCsafContext *context, const char *pattern, const char *text)
{
	GRegex *regex = g_hash_table_lookup(context->scratch, pattern);

	if (!regex) {
		regex = g_regex_new(pattern, G_REGEX_DOLLAR_ENDONLY | G_REGEX_RAW, 0, NULL);
		if (regex)
			g_hash_table_insert(context->scratch, g_strdup(pattern), regex);
	}
	return !regex || g_regex_match(regex, text, 0, NULL);
}

static void
check_pattern(PsCsafContext *context, const PsTableFile *systems, const cJSON *id,
	      const PsPlace *place)
{
	const char *text = ps_csaf_string(id, "text");
	PsPlace at = {place, "text", 0};
	g_auto(GStrv) system = ps_table_file_find(systems, ps_csaf_string(id, "system_name"));

	if (text && system && !matches(context, system[SYSTEM_PATTERN], text))
		ps_csaf_found(context, &at, _("“%s” is no id of “%s”; its ids look like “%s”."),
			      text, system[SYSTEM_NAME], system[SYSTEM_EXAMPLE]);
}

void
ps_csaf_test_id_pattern(PsCsafContext *context)
{
	context->scratch = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						 (GDestroyNotify)g_regex_unref);
	each_id(context, check_pattern);
	g_clear_pointer(&context->scratch, g_hash_table_unref);
}

typedef struct {
	const char *given;
	char *registered;
} Lookup;

static gboolean
has_name(gpointer user, const char *key, char *const *cells)
{
	Lookup *lookup = user;

	if (g_ascii_strcasecmp(cells[SYSTEM_NAME], lookup->given) == 0)
		lookup->registered = g_strdup(key);
	return lookup->registered == NULL;
}

static void
check_system(PsCsafContext *context, const PsTableFile *systems, const cJSON *id,
	     const PsPlace *place)
{
	Lookup lookup = {ps_csaf_string(id, "system_name"), NULL};
	PsPlace at = {place, "system_name", 0};
	g_auto(GStrv) system = ps_table_file_find(systems, lookup.given);

	if (system)
		return;
	ps_table_file_each(systems, has_name, &lookup);
	if (lookup.registered)
		ps_csaf_found(context, &at, _("“%s” is registered as “%s”; write that name."),
			      lookup.given, lookup.registered);
	else
		ps_csaf_found(context, &at,
			      _("“%s” is not a registered system of vulnerability ids; programs "
				"can't tell what its ids mean."),
			      lookup.given);
	g_free(lookup.registered);
}

void
ps_csaf_test_id_system(PsCsafContext *context)
{
	each_id(context, check_system);
}
