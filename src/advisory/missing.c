#include "config.h"

/* What a draft still needs. Every rule looks at the document as it would be published, so that it
 * does not matter whether a fact came from the case or was entered by hand. */

#include "advisory/advisory.h"

#include <string.h>

#include "advisory/internal.h"
#include "advisory/item.h"
#include "advisory/refresh.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"

typedef struct {
	const PsAdvisory *advisory;
	const cJSON *document;
	const char *name; /* of the case */
	GPtrArray *found;
} Look;

static void
missing_free(gpointer data)
{
	PsAdvisoryMissing *missing = data;

	g_free(missing->pointer);
	g_free(missing->sentence);
	g_free(missing->command);
	g_free(missing->record);
	g_free(missing);
}

/* Takes pointer, sentence and command. */
static void
add(Look *look, gboolean blocking, const char *place, char *pointer, char *sentence, char *command)
{
	PsAdvisoryMissing *missing = g_new0(PsAdvisoryMissing, 1);

	missing->pointer = pointer;
	missing->sentence = sentence;
	missing->place = place;
	missing->command = command;
	missing->blocking = blocking;
	g_ptr_array_add(look->found, missing);
}

/* What was added last opens this record. */
static void
name_record(const Look *look, const char *kind, const char *id)
{
	PsAdvisoryMissing *missing = look->found->pdata[look->found->len - 1];

	missing->record = g_strdup_printf("%s/%s", kind, id);
}

static const char *
text_at(const Look *look, const char *pointer)
{
	const cJSON *value = ps_json_at(look->document, pointer);

	return cJSON_IsString(value) && *value->valuestring ? value->valuestring : NULL;
}

/* ---- rules over the whole document: one row each ---- */

/* For which profiles it counts (CSAF 2.0 section 4), and whether it blocks there. */
typedef enum {
	ALWAYS,        /* of every document */
	ADVICE,        /* of every document, but it does not block */
	OF_FLAWS,      /* security advisory and VEX */
	WITHOUT_FLAWS, /* informational advisory and incident response; else it is advice */
} Scope;

typedef struct {
	const char *pointer;
	Scope scope;
	const char *place;
	const char *sentence; /* N_() */
	const char *command;  /* %s: the case's number */
} Simple;

static const Simple simple[] = {
	{"/document/title", ALWAYS, "case", N_("The advisory has no title."),
	 "set case %s title=…"},
	{"/document/publisher/name", ALWAYS, "settings",
	 N_("It is not set who publishes: the name of the manufacturer is missing."),
	 "config org.name …"},
	{"/document/publisher/namespace", ALWAYS, "settings",
	 N_("The web address that identifies the manufacturer is not set."),
	 "config org.namespace https://…"},
	{"/document/publisher/contact_details", ADVICE, "settings",
	 N_("It is not set how readers reach the team."), "config org.contact …"},
	{"/document/notes/summary", WITHOUT_FLAWS, "case",
	 N_("There is no summary: nobody reads in a sentence or two what this is about."),
	 "set case %s summary=…"},
	{"/product_tree", OF_FLAWS, "affected",
	 N_("No product is named: say which releases are affected, fixed or not affected."),
	 "case affect %s RELEASE known_affected"},
	{"/vulnerabilities", OF_FLAWS, "case", N_("The case has no vulnerability."),
	 "new vulnerability case=%s title=…"},
};

static gboolean
has_category(const Look *look, const char *first, const char *second)
{
	const char *category = text_at(look, "/document/category");

	return g_strcmp0(category, first) == 0 || g_strcmp0(category, second) == 0;
}

static gboolean
is_without_flaws(const Look *look)
{
	return has_category(look, "csaf_informational_advisory", "csaf_security_incident_response");
}

/* FALSE: it does not count. */
static gboolean
counts(const Look *look, Scope scope, gboolean *blocking)
{
	*blocking = scope == ALWAYS || scope == OF_FLAWS ||
		    (scope == WITHOUT_FLAWS && is_without_flaws(look));
	return scope != OF_FLAWS || has_category(look, "csaf_security_advisory", "csaf_vex");
}

/* A note that tells what it is about, whoever wrote it (test 6.1.27.1). */
static gboolean
has_summary(const Look *look)
{
	static const char *const told[] = {"summary", "description", "details", "general", NULL};
	const cJSON *note;

	cJSON_ArrayForEach (note, ps_json_at(look->document, "/document/notes")) {
		const char *category = ps_json_text(note, "category");
		if (category && g_strv_contains(told, category))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_there(const Look *look, const char *pointer)
{
	if (g_str_equal(pointer, "/document/notes/summary"))
		return has_summary(look);
	const cJSON *value = ps_json_at(look->document, pointer);
	return value && (!cJSON_IsString(value) || *value->valuestring);
}

static void
look_at_document(Look *look)
{
	for (gsize i = 0; i < G_N_ELEMENTS(simple); i++) {
		const Simple *rule = &simple[i];
		gboolean blocking;
		if (!counts(look, rule->scope, &blocking) || is_there(look, rule->pointer))
			continue;
		g_autoptr(GString) command = g_string_new(rule->command);
		g_string_replace(command, "%s", look->name, 1);
		add(look, blocking, rule->place, g_strdup(rule->pointer),
		    g_strdup(_(rule->sentence)), g_string_free(g_steal_pointer(&command), FALSE));
	}
}

/* Test 6.1.27.2 */
static void
look_at_references(Look *look)
{
	const cJSON *reference;

	if (!is_without_flaws(look))
		return;
	cJSON_ArrayForEach (reference, ps_json_at(look->document, "/document/references")) {
		if (g_strcmp0(ps_json_text(reference, "category"), "external") == 0)
			return;
	}
	add(look, TRUE, "case", g_strdup("/document/references"),
	    g_strdup(_("A document of this kind needs a link to something that others published.")),
	    g_strdup_printf("new reference case=%s url=https://… summary=…", look->name));
}

static void
look_at_address(Look *look)
{
	const char *url = look->advisory->facts->provider_url;

	if (url && g_str_has_prefix(url, "https://"))
		return;
	add(look, TRUE, "settings", g_strdup("/document/references"),
	    url ? g_strdup_printf(_("The public address “%s” does not begin with https://."), url)
		: g_strdup(_("The public address of the provider directory is not set, so the "
			     "advisory cannot refer to itself.")),
	    g_strdup("config provider.url https://…"));
}

/* ---- rules over each vulnerability ---- */

typedef struct {
	Look *look;
	const cJSON *value;
	int place;
	const char *called; /* for sentences: "Vulnerability 2", or the CVE */
	gboolean vex;
} Flaw;

static char *
flaw_pointer(const Flaw *flaw, const char *below)
{
	return g_strdup_printf("/vulnerabilities/%d%s", flaw->place, below);
}

/* A field of the vulnerability's own record is empty. */
static void
add_text(const Flaw *flaw, gboolean blocking, const char *below, const char *sentence,
	 const char *assignment)
{
	const char *id = flaw->value->string;

	add(flaw->look, blocking, "case", flaw_pointer(flaw, below),
	    g_strdup_printf(sentence, flaw->called),
	    g_strdup_printf("set vulnerability %s %s", id ? id : "ID", assignment));
	if (id)
		name_record(flaw->look, "vulnerability", id);
}

/* It must not stand in anything that leaves. */
static void
look_at_cve(const Flaw *flaw)
{
	const char *cve = ps_json_text(flaw->value, "cve");
	GHashTable *rejected = flaw->look->advisory->facts->rejected;

	if (cve && rejected && g_hash_table_contains(rejected, cve))
		add_text(flaw, TRUE, "/cve",
			 _("%s was rejected, as the register of CVE ids says: give the "
			   "vulnerability another id."),
			 "cve=");
	else if (!cve)
		add_text(flaw, FALSE, "/cve", _("%s has no CVE id."), "cve=CVE-…");
}

static void
look_at_texts(const Flaw *flaw)
{
	if (!ps_child(flaw->value, "notes", NULL))
		add_text(flaw, TRUE, "/notes", _("%s is not described."), "description=…");
	if (!ps_child(flaw->value, "title", NULL))
		add_text(flaw, FALSE, "/title", _("%s has no title."), "title=…");
	look_at_cve(flaw);
	if (!ps_child(flaw->value, "cwe", NULL))
		add_text(flaw, FALSE, "/cwe", _("%s has no CWE that we know."), "cwe=CWE-…");
}

/* Product ids named in a list member of every item: remediations, flags, threats. */
static gboolean
is_covered(const cJSON *list, const char *member, const char *category, const char *product)
{
	const cJSON *item, *id;

	cJSON_ArrayForEach (item, list) {
		const char *of = ps_json_text(item, "category");
		if (category && g_strcmp0(of, category) != 0)
			continue;
		/* Groups are only there when an analyst made them: they are trusted. */
		if (ps_child(item, "group_ids", NULL))
			return TRUE;
		cJSON_ArrayForEach (id, ps_child(item, member, NULL)) {
			if (cJSON_IsString(id) && g_str_equal(id->valuestring, product))
				return TRUE;
		}
	}
	return FALSE;
}

static char *
product_called(const Look *look, const char *id)
{
	char *name = ps_build_name_of(look->advisory->facts, id);

	return name ? name : g_strdup(id);
}

static void
look_at_affected(const Flaw *flaw, const char *status, const char *id)
{
	Look *look = flaw->look;
	g_autofree char *called = product_called(look, id);

	if (!is_covered(ps_child(flaw->value, "remediations", NULL), "product_ids", NULL, id))
		add(look, flaw->vex, "timeline", flaw_pointer(flaw, "/remediations"),
		    g_strdup_printf(_("Nothing tells users of “%s” what to do (%s)."), called,
				    flaw->called),
		    g_strdup_printf("case decide %s vendor_fix reason=… fixed_in=RELEASE",
				    look->name));
	if (ps_status_is_affected(status) &&
	    !is_covered(ps_child(flaw->value, "scores", NULL), "products", NULL, id))
		add(look, FALSE, "scoring", flaw_pointer(flaw, "/scores"),
		    g_strdup_printf(_("“%s” is affected by %s, but there is no CVSS 3.1 score of "
				      "ours for it."),
				    called, flaw->called),
		    g_strdup_printf("new score case=%s version=3.1 vector=CVSS:3.1/…", look->name));
}

static void
look_at_not_affected(const Flaw *flaw, const char *id)
{
	Look *look = flaw->look;
	g_autofree char *called = product_called(look, id);

	if (is_covered(ps_child(flaw->value, "flags", NULL), "product_ids", NULL, id) ||
	    is_covered(ps_child(flaw->value, "threats", NULL), "product_ids", "impact", id))
		return;
	add(look, flaw->vex, "affected", flaw_pointer(flaw, "/flags"),
	    g_strdup_printf(_("It is not said why “%s” is not affected by %s."), called,
			    flaw->called),
	    g_strdup_printf("case affect %s %s known_not_affected justification=…", look->name,
			    id));
}

static void
look_at_products(const Flaw *flaw)
{
	const cJSON *status = ps_child(flaw->value, "product_status", NULL), *list, *id;

	if (!status)
		add(flaw->look, TRUE, "affected", flaw_pointer(flaw, "/product_status"),
		    g_strdup_printf(_("It is not said which products %s is about."), flaw->called),
		    g_strdup_printf("case affect %s RELEASE known_affected", flaw->look->name));
	cJSON_ArrayForEach (list, status)
		cJSON_ArrayForEach (id, list) {
			if (!cJSON_IsString(id))
				continue;
			if (g_str_equal(list->string, "known_not_affected"))
				look_at_not_affected(flaw, id->valuestring);
			else if (ps_status_is_affected(list->string) ||
				 g_str_equal(list->string, "under_investigation"))
				look_at_affected(flaw, list->string, id->valuestring);
		}
}

static void
look_at_vulnerabilities(Look *look)
{
	const cJSON *list = ps_json_at(look->document, "/vulnerabilities"), *value;
	const char *category = text_at(look, "/document/category");
	int place = 0;

	cJSON_ArrayForEach (value, list) {
		const char *cve = ps_json_text(value, "cve");
		g_autofree char *numbered = g_strdup_printf(_("Vulnerability %d"), place + 1);
		const Flaw flaw = {.look = look,
				   .value = value,
				   .place = place++,
				   .called = cve ? cve : numbered,
				   .vex = g_strcmp0(category, "csaf_vex") == 0};
		look_at_texts(&flaw);
		look_at_products(&flaw);
	}
}

/* ---- rules over the case's records ---- */

static void
look_at_credit(Look *look)
{
	GPtrArray *participants = look->advisory->facts->participants;

	for (guint i = 0; i < participants->len; i++) {
		const PsRecord *one = participants->pdata[i];
		const char *role = ps_record_text(one, "role");
		const char *credit = ps_record_text(one, "credit");
		if ((g_strcmp0(role, "finder") != 0 && g_strcmp0(role, "reporter") != 0) ||
		    (credit && !g_str_equal(credit, "unknown")))
			continue;
		const char *name = ps_record_text(one, "name");
		add(look, FALSE, "case", g_strdup("/document/acknowledgments"),
		    g_strdup_printf(_("It is not known whether “%s” wants to be named; ask, or set "
				      "the credit."),
				    name ? name : ps_record_id(one)),
		    g_strdup_printf("set participant %s credit=yes|no|anonymous",
				    ps_record_id(one)));
		name_record(look, "participant", ps_record_id(one));
	}
}

static void
look_at_scores(Look *look)
{
	const PsFacts *facts = look->advisory->facts;

	for (guint i = 0; i < facts->scores->len && facts->vulnerabilities->len > 1; i++) {
		const PsRecord *score = facts->scores->pdata[i];
		if (ps_record_text(score, "vulnerability"))
			continue;
		add(look, FALSE, "scoring", g_strdup("/vulnerabilities"),
		    g_strdup_printf(_("The case has several vulnerabilities, but the score “%s” "
				      "does not say which one it rates; it is left out."),
				    ps_record_text(score, "vector")),
		    g_strdup_printf("set score %s vulnerability=ID", ps_record_id(score)));
		name_record(look, "score", ps_record_id(score));
	}
}

/* Of a product that is judged in combinations, the release that contains the fix is known without
 * any: nobody can tell which devices it is for, and CSAF 2.1 finds no affected version of it (test
 * 6.1.27.13). */
static void
look_at_lone_fix(Look *look, const PsRecord *fixed, GHashTable *looked_at)
{
	const PsFacts *facts = look->advisory->facts;

	for (guint i = 0; i < facts->relationships->len; i++) {
		const PsRecord *pair = facts->relationships->pdata[i];
		if (g_strcmp0(ps_record_text(pair, "release"), ps_record_id(fixed)) == 0)
			return;
	}
	for (guint i = 0; i < facts->relationships->len; i++) {
		const PsRecord *pair = facts->relationships->pdata[i];
		const PsRecord *product =
			ps_facts_product_of(facts, ps_record_text(pair, "release"));
		if (!product || product != ps_facts_product_of(facts, ps_record_id(fixed)) ||
		    !g_hash_table_add(looked_at, (gpointer)fixed))
			continue;
		g_autofree char *name = ps_build_product_name(facts, fixed);
		g_autofree char *other = ps_build_combination_name(facts, pair);
		add(look, FALSE, "case", g_strdup("/product_tree/relationships"),
		    g_strdup_printf(
			    _("“%s” contains the fix, but the registry does not say what it "
			      "runs on, as it does for “%s”."),
			    name, other),
		    g_strdup_printf("new relationship release=%s category=%s relates_to=%s",
				    ps_record_id(fixed), ps_record_text(pair, "category"),
				    ps_record_text(pair, "relates_to")));
	}
}

static void
look_at_lone_fixes(Look *look)
{
	const PsFacts *facts = look->advisory->facts;
	g_autoptr(GHashTable) looked_at = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < facts->decisions->len; i++) {
		const char *id = ps_record_text(facts->decisions->pdata[i], "fixed_in");
		const PsRecord *fixed = id ? ps_facts_release(facts, id) : NULL;
		if (fixed && !g_hash_table_contains(looked_at, fixed))
			look_at_lone_fix(look, fixed, looked_at);
	}
}

/* A release whose product is gone, or a decision that has no words. */
static void
look_at_decisions(Look *look)
{
	const cJSON *flaw, *remediation;
	int place = 0;

	cJSON_ArrayForEach (flaw, ps_json_at(look->document, "/vulnerabilities")) {
		int at = 0;
		cJSON_ArrayForEach (remediation, ps_child(flaw, "remediations", NULL)) {
			if (!ps_json_text(remediation, "details"))
				add(look, TRUE, "timeline",
				    g_strdup_printf("/vulnerabilities/%d/remediations/%d/details",
						    place, at),
				    g_strdup(_("A decision has no details for users: say what they "
					       "are to do.")),
				    g_strdup_printf("set decision %s details=…",
						    remediation->string ? remediation->string
									: "ID"));
			at++;
		}
		place++;
	}
}

static void
look_at_lost(Look *look)
{
	GPtrArray *lost = look->advisory->lost;

	for (guint i = 0; i < lost->len; i++) {
		const char *field = ps_record_text(lost->pdata[i], "pointer");
		add(look, FALSE, "advisory", g_strdup(field ? field : ""),
		    g_strdup_printf(_("The edit of “%s” has no place any more: what it belonged to "
				      "is gone from the case. Take it back or enter it elsewhere."),
				    field ? field : ""),
		    g_strdup_printf("delete advisory_item %s", ps_record_id(lost->pdata[i])));
	}
}

/* What came from the case since the analyst last looked. */
static void
look_at_changes(Look *look)
{
	guint count = ps_advisory_count_changes(look->advisory);

	if (count == 0)
		return;
	add(look, FALSE, "advisory", g_strdup(""),
	    g_strdup_printf(ngettext("%u change of the case was not looked at yet.",
				     "%u changes of the case were not looked at yet.", count),
			    count),
	    g_strdup_printf("advisory refresh %s", look->name));
}

/* ---- texts that would mislead ---- */

static void
look_at_characters(Look *look, const cJSON *value, const char *pointer)
{
	const cJSON *child;
	int place = 0;

	if (cJSON_IsString(value)) {
		g_autofree char *safe = ps_safe_text(value->valuestring, -1, PS_SAFE_LINES);
		if (!g_str_equal(safe, value->valuestring) && strstr(safe, "\xef\xbf\xbd"))
			add(look, FALSE, "advisory", g_strdup(pointer),
			    g_strdup_printf(_("“%s” holds characters that are invisible or could "
					      "mislead a reader; they are shown as � here."),
					    safe),
			    g_strdup_printf("advisory set %s '%s=…'", look->name, pointer));
		return;
	}
	cJSON_ArrayForEach (child, value) {
		g_autoptr(GString) below = g_string_new(pointer);
		if (cJSON_IsArray(value))
			g_string_append_printf(below, "/%d", place++);
		else
			ps_pointer_append(below, child->string);
		look_at_characters(look, child, below->str);
	}
}

/* ---- all of them ---- */

static int
blocking_first(gconstpointer a, gconstpointer b)
{
	const PsAdvisoryMissing *one = *(PsAdvisoryMissing *const *)a;
	const PsAdvisoryMissing *other = *(PsAdvisoryMissing *const *)b;

	return (int)other->blocking - (int)one->blocking;
}

GPtrArray *
ps_advisory_missing(const PsAdvisory *advisory)
{
	Look look = {advisory, advisory->document, ps_record_name(advisory->facts->case_record),
		     g_ptr_array_new_with_free_func(missing_free)};

	look_at_document(&look);
	look_at_references(&look);
	look_at_address(&look);
	look_at_vulnerabilities(&look);
	look_at_decisions(&look);
	look_at_credit(&look);
	look_at_scores(&look);
	look_at_lone_fixes(&look);
	look_at_lost(&look);
	look_at_changes(&look);
	look_at_characters(&look, look.document, "");
	g_ptr_array_sort(look.found, blocking_first); /* a merge sort: stable */
	return look.found;
}
