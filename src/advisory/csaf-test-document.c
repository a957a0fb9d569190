#include "config.h"

/* Tests over languages, ids, weaknesses, references and the form of the document. */

#include "advisory/csaf-test.h"

#include <inttypes.h>
#include <string.h>

#include "advisory/csaf-suite.h"
#include "advisory/csaf-test-2-1.h"
#include "advisory/language.h"
#include "base/i18n.h"

static const char *const language_members[] = {"lang", "source_lang"};

/* Calls for each language of the document that has the right form. */
static void
each_language(PsCsafContext *context,
	      void (*func)(PsCsafContext *context, const char *tag, const PsLanguage *language,
			   const PsPlace *place))
{
	for (gsize i = 0; i < G_N_ELEMENTS(language_members); i++) {
		const char *tag = ps_csaf_string(context->document, language_members[i]);
		PsPlace place = {&ps_place_document, language_members[i], 0};
		PsLanguage language;
		if (tag && ps_language_parse(tag, &language))
			func(context, tag, &language, &place);
	}
}

/* 6.1.12 */
static void
check_language(PsCsafContext *context, const char *tag, const PsLanguage *language,
	       const PsPlace *place)
{
	const PsTableFile *subtags = ps_csaf_table(context, "language-subtags.tsv");
	g_autofree char *unknown = subtags ? ps_language_unknown(language, subtags) : NULL;
	g_autofree char *twice = ps_language_repeated(language);

	if (twice)
		ps_csaf_found(context, place,
			      _("“%s” is not a language tag: “%s” stands there twice."), tag,
			      twice);
	else if (unknown)
		ps_csaf_found(context, place,
			      _("“%s” is not a language: “%s” is not in the registry of subtags."),
			      tag, unknown);
}

void
ps_csaf_test_language(PsCsafContext *context)
{
	for (gsize i = 0; i < G_N_ELEMENTS(language_members); i++) {
		const char *tag = ps_csaf_string(context->document, language_members[i]);
		PsPlace place = {&ps_place_document, language_members[i], 0};
		if (tag && !ps_language_is_well_formed(tag))
			ps_csaf_found(
				context, &place,
				_("“%s” is not a language tag; write one such as en or de-AT."),
				tag);
	}
	each_language(context, check_language);
}

/* 6.2.14 */
static void
check_private(PsCsafContext *context, const char *tag, const PsLanguage *language,
	      const PsPlace *place)
{
	g_autofree char *private = ps_language_private(language);

	if (private)
		ps_csaf_found(
			context, place,
			_("“%s” holds “%s”, which is for private use; others do not know it."), tag,
			private);
}

void
ps_csaf_test_language_private(PsCsafContext *context)
{
	each_language(context, check_private);
}

/* 6.2.15 */
static void
check_default(PsCsafContext *context, const char *tag, const PsLanguage *language,
	      const PsPlace *place)
{
	(void)language;
	if (g_ascii_strcasecmp(tag, "i-default") == 0)
		ps_csaf_found(context, place, "%s",
			      _("“i-default” names no language; write which it is."));
}

void
ps_csaf_test_language_default(PsCsafContext *context)
{
	each_language(context, check_default);
}

static gboolean
is_there(const PsCsafContext *context, const char *member)
{
	return cJSON_GetObjectItemCaseSensitive(context->document, member) != NULL;
}

/* 6.2.12 */
void
ps_csaf_test_language_missing(PsCsafContext *context)
{
	const char *lang = ps_csaf_string(context->document, "lang");
	PsPlace place = {&ps_place_document, "lang", 0};

	if (!lang || !*lang)
		ps_csaf_found(
			context, &place, "%s",
			is_there(context, "lang")
				? _("The language of the document is empty; write which it is.")
				: _("The document does not say which language it is in."));
}

/* 6.1.15 */
void
ps_csaf_test_translator(PsCsafContext *context)
{
	const char *source = ps_csaf_string(context->document, "source_lang");
	const cJSON *publisher = ps_csaf_object(context->document, "publisher");
	PsPlace place = {&ps_place_document, "source_lang", 0};

	if (g_strcmp0(ps_csaf_string(publisher, "category"), "translator") == 0 &&
	    (!source || !*source))
		ps_csaf_found(context, &place, "%s",
			      is_there(context, "source_lang")
				      ? _("A translation must say which language it was made from, "
					  "but source_lang is empty; fill it in.")
				      : _("A translation must say which language it was made from; "
					  "add source_lang."));
}

/* 6.1.28 */
void
ps_csaf_test_translation(PsCsafContext *context)
{
	const char *lang = ps_csaf_string(context->document, "lang");
	const char *source = ps_csaf_string(context->document, "source_lang");
	PsPlace place = {&ps_place_document, "source_lang", 0};

	if (lang && source && g_ascii_strcasecmp(lang, source) == 0)
		ps_csaf_found(
			context, &place,
			_("The language of the original is “%s”, which is the document's own."),
			source);
}

/* ---- weaknesses and ids ---- */

static void
check_cwe(PsCsafContext *context, const cJSON *cwe, const PsPlace *place)
{
	const char *id = ps_csaf_string(cwe, "id"), *name = ps_csaf_string(cwe, "name");
	PsPlace id_at = {place, "id", 0}, name_at = {place, "name", 0};

	const PsTableFile *table = id ? ps_csaf_table(context, "cwe.tsv") : NULL;
	if (!table)
		return;
	g_auto(GStrv) cells = ps_table_file_find(table, id);
	if (!cells)
		ps_csaf_found(
			context, &id_at,
			_("“%s” is not a weakness of the CWE catalogue; views and categories do "
			  "not count."),
			id);
	else if (name && !g_str_equal(cells[0], name))
		ps_csaf_found(context, &name_at, _("%s is called “%s”, not “%s”."), id, cells[0],
			      name);
}

/* A release behind the newest that we know can only be named by a document that is younger. */
static gboolean
may_exist(const PsCsafContext *context, const PsCwe *catalogue, const char *version)
{
	const PsCsafRevision *newest = ps_csaf_newest_revision(context);
	g_autofree char *known =
		g_strconcat(ps_cwe_release_date(catalogue, ps_cwe_newest(catalogue)), "T00:00:00Z",
			    NULL);
	gint64 seconds;

	return ps_cwe_is_newer(catalogue, version) && newest &&
	       ps_csaf_time(known, &seconds, NULL) && newest->seconds > seconds;
}

/* Some releases have names with a blank at the end, which no document may have. */
static gboolean
is_name(const char *listed, const char *given)
{
	gsize length = strlen(listed);

	while (length > 0 && listed[length - 1] == ' ')
		length--;
	return strlen(given) == length && strncmp(listed, given, length) == 0;
}

/* In 2.1 a weakness says of which release of CWE it is. */
static void
check_cwe_version(PsCsafContext *context, const cJSON *cwe, const PsPlace *place)
{
	const char *id = ps_csaf_string(cwe, "id"), *name = ps_csaf_string(cwe, "name");
	const char *version = ps_csaf_string(cwe, "version");
	PsPlace id_at = {place, "id", 0}, name_at = {place, "name", 0};
	PsPlace version_at = {place, "version", 0};
	g_auto(PsCweEntry) entry = {0};
	const PsCwe *catalogue = id && version ? ps_csaf_cwe(context) : NULL;

	if (!catalogue)
		return;
	PsCweFound found = ps_cwe_lookup(catalogue, version, id, &entry);
	if (found == PS_CWE_NO_RELEASE && may_exist(context, catalogue, version))
		ps_csaf_remark(context, PS_CSAF_OPTIONAL, &version_at,
			       _("CWE %s is newer than the newest that is known here (%s); the "
				 "weakness was not tested."),
			       version, ps_cwe_newest(catalogue));
	else if (found == PS_CWE_NO_RELEASE)
		ps_csaf_found(context, &version_at,
			      _("“%s” is no version of CWE; the newest that is known here is %s."),
			      version, ps_cwe_newest(catalogue));
	else if (found == PS_CWE_NO_WEAKNESS)
		ps_csaf_found(context, &id_at,
			      _("“%s” is not a weakness of CWE %s; views and categories do not "
				"count."),
			      id, version);
	else if (name && !is_name(entry.name, name))
		ps_csaf_found(context, &name_at, _("%s is called “%s” in CWE %s, not “%s”."), id,
			      entry.name, version, name);
}

/* 6.1.11 */
void
ps_csaf_test_cwe(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace at = {&place, "cwe", 0};
		PsPlace list = {&place, "cwes", 0}, item_at = {&list, NULL, 0};
		if (!ps_csaf_is_2_1(context)) {
			check_cwe(context, vulnerability->members[PS_CSAF_CWE_MEMBER], &at);
			continue;
		}
		for (const cJSON *item = ps_csaf_member_items(vulnerability, PS_CSAF_CWES); item;
		     item = item->next, item_at.index++)
			check_cwe_version(context, item, &item_at);
	}
}

/* 6.1.23 */
void
ps_csaf_test_cve_twice(PsCsafContext *context)
{
	g_autoptr(GHashTable) seen = ps_csaf_set_new();

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		const char *cve = ps_csaf_item_string(vulnerability->members[PS_CSAF_CVE_MEMBER]);
		PsPlace at = {&place, "cve", 0};
		if (cve && !g_hash_table_add(seen, (gpointer)cve))
			ps_csaf_found(context, &at,
				      _("“%s” is used by two vulnerabilities; put them together."),
				      cve);
	}
}

/* 6.1.24: entries without a date are not at the same one. */
void
ps_csaf_test_involvement_twice(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) seen =
			g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
		PsPlace list = {&place, "involvements", 0}, at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_member_items(vulnerability, PS_CSAF_INVOLVEMENTS);
		     item; item = item->next, at.index++) {
			const char *party = ps_csaf_string(item, "party");
			const char *date = ps_csaf_string(item, "date");
			gint64 seconds;
			int nanoseconds;
			if (!party || !date || !ps_csaf_time(date, &seconds, &nanoseconds))
				continue;
			if (!g_hash_table_add(seen, g_strdup_printf("%s %" PRId64 " %d", party,
								    seconds, nanoseconds)))
				ps_csaf_found(context, &at,
					      _("The party “%s” is there twice at “%s”; keep one."),
					      party, date);
		}
	}
}

static void
check_each_has(PsCsafContext *context, PsCsafMember which, const char *member, const char *sentence)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace at = {&place, member, 0};
		if (!vulnerability->members[which])
			ps_csaf_found(context, &at, "%s", sentence);
	}
}

/* 6.3.3 */
void
ps_csaf_test_cve_missing(PsCsafContext *context)
{
	check_each_has(context, PS_CSAF_CVE_MEMBER, "cve",
		       _("The vulnerability has no CVE; with one, users find more about it."));
}

/* 6.3.4 */
void
ps_csaf_test_cwe_missing(PsCsafContext *context)
{
	check_each_has(context, ps_csaf_is_2_1(context) ? PS_CSAF_CWES : PS_CSAF_CWE_MEMBER,
		       ps_csaf_is_2_1(context) ? "cwes" : "cwe",
		       _("The vulnerability names no weakness (CWE)."));
}

/* 6.2.7 */
void
ps_csaf_test_involvement_date(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace list = {&place, "involvements", 0}, item_at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_member_items(vulnerability, PS_CSAF_INVOLVEMENTS);
		     item; item = item->next, item_at.index++) {
			PsPlace at = {&item_at, "date", 0};
			if (!cJSON_GetObjectItemCaseSensitive(item, "date"))
				ps_csaf_found(context, &at, "%s",
					      _("The involvement has no date; add it."));
		}
	}
}

/* 6.2.17 */
void
ps_csaf_test_cve_in_ids(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace list = {&place, "ids", 0}, at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_member_items(vulnerability, PS_CSAF_IDS); item;
		     item = item->next, at.index++) {
			const char *text = ps_csaf_string(item, "text");
			PsPlace text_at = {&at, "text", 0};
			if (text && ps_csaf_format_matches(PS_CSAF_CVE, text))
				ps_csaf_found(context, &text_at,
					      _("“%s” is a CVE; put it into the field “cve”."),
					      text);
		}
	}
}

/* ---- the document's form ---- */

/* 6.2.10 */
void
ps_csaf_test_tlp_missing(PsCsafContext *context)
{
	const cJSON *distribution = ps_csaf_object(context->document, "distribution");
	const char *label = ps_csaf_string(ps_csaf_object(distribution, "tlp"), "label");
	const PsCsafNode *node =
		ps_csaf_node_at(context->suite->root, "/document/distribution/tlp/label");
	PsPlace outer = {&ps_place_document, "distribution", 0}, tlp = {&outer, "tlp", 0};
	PsPlace place = {&tlp, "label", 0};

	if (!label || !g_strv_contains(node->choices, label))
		ps_csaf_found(
			context, &place, "%s",
			_("The document has no TLP label; add one, so that programs know how far "
			  "it may go."));
}

/* 6.2.11 */
void
ps_csaf_test_canonical_url(PsCsafContext *context)
{
	const char *id = ps_csaf_string(context->tracking, "id");
	PsPlace place = {&ps_place_document, "references", 0};

	if (!id)
		return;
	g_autofree char *name = ps_csaf_filename(id);
	for (const cJSON *item = ps_csaf_items(context->document, "references"); item;
	     item = item->next)
		if (ps_csaf_is_canonical(context, item))
			return;
	ps_csaf_found(context, &place,
		      _("No reference of category self leads to the document's own place; add one "
			"with https:// that ends in “%s”."),
		      name);
}

/* 6.2.13: the first member of each object that stands at the wrong place */
/* The first letter spares most calls. */
static gboolean
is_behind(const char *a, const char *b)
{
	return *a != *b ? (guchar)*a > (guchar)*b : strcmp(a, b) > 0;
}

static void
check_sorted(PsCsafContext *context, const cJSON *value, const PsPlace *place)
{
	PsPlace at = {place, NULL, 0};
	gboolean told = !cJSON_IsObject(value);

	for (const cJSON *item = value->child; item; item = item->next, at.index++) {
		if (!told && item != value->child && is_behind(item->prev->string, item->string)) {
			at.name = item->string;
			ps_csaf_found(
				context, &at,
				_("The key “%s” stands behind “%s”; keys are sorted by name."),
				item->string, item->prev->string);
			told = TRUE;
		}
		if (!item->child)
			continue;
		at.name = item->string;
		check_sorted(context, item, &at);
	}
}

void
ps_csaf_test_sorting(PsCsafContext *context)
{
	check_sorted(context, context->root, NULL);
}

/* 6.2.20 */

/* What should be a single value and is not has nothing that the standard could know. */
static gboolean
is_single(const PsCsafNode *node)
{
	return node->type != PS_CSAF_OBJECT && node->type != PS_CSAF_LIST &&
	       !(node->flags & PS_CSAF_OPEN);
}

static void
check_known(PsCsafContext *context, const PsCsafNode *node, const cJSON *value,
	    const PsPlace *place)
{
	PsPlace at = {place, NULL, 0};
	int from = 0;

	if (node->type == PS_CSAF_LIST && is_single(&node->members[0]))
		return;
	for (const cJSON *item = value->child; item; item = item->next, at.index++) {
		at.name = item->string;
		const PsCsafNode *inner =
			ps_csaf_member_from(node, item->string ? item->string : "", &from);
		if (inner && inner->flags & PS_CSAF_OPEN)
			ps_csaf_check_extension_members(context, value, place);
		else if (inner && is_single(inner))
			continue;
		else if (inner)
			check_known(context, inner, item, &at);
		else if (cJSON_IsObject(value) && node->type == PS_CSAF_OBJECT)
			ps_csaf_found(
				context, &at,
				_("The standard knows no “%s” here; others will not read it."),
				item->string);
	}
}

void
ps_csaf_test_additional_properties(PsCsafContext *context)
{
	if (!context->known)
		check_known(context, context->suite->root, context->root, NULL);
}
