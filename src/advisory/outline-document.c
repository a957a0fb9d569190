#include "config.h"

/* What a reader is told, in which order: what it is, how bad, who is affected, what to do, and then
 * the rest. */

#include "advisory/outline-internal.h"

#include <string.h>

#include "advisory/build.h"
#include "base/utc.h"

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- notes, references, thanks: the same for document and vulnerability ---- */

static const char *
title_of_note(const PsWriting *writing, const cJSON *note)
{
	const char *title = ps_json_text(note, "title"), *category = ps_json_text(note, "category");

	return title || !category ? title : ps_write_token(writing, category);
}

/* `before`: heading of the note above; the same is not written again. */
static void
write_note(PsWriting *writing, const cJSON *note, int level, const char *before)
{
	const char *title = title_of_note(writing, note);
	const char *audience = ps_json_text(note, "audience");

	if (title && g_strcmp0(title, before) != 0)
		ps_write_heading(writing, level, title);
	g_autofree char *products = ps_write_products(writing, note);
	if (audience)
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_AUDIENCE), audience);
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_APPLIES_TO), products);
	ps_write_text(writing, PS_BLOCK_PARAGRAPH, ps_json_text(note, "text"));
}

static gboolean
is_legal(const cJSON *note)
{
	return g_strcmp0(ps_json_text(note, "category"), "legal_disclaimer") == 0;
}

/* Terms of use come last: they are long, and the same each time. */
static void
write_notes(PsWriting *writing, const cJSON *notes, gboolean legal, int level)
{
	const char *before = NULL;
	const cJSON *note;

	cJSON_ArrayForEach (note, notes) {
		if (is_legal(note) != legal)
			continue;
		write_note(writing, note, level, before);
		before = title_of_note(writing, note);
	}
}

static void
write_references(PsWriting *writing, const cJSON *references, int level)
{
	const cJSON *reference;

	if (!references || !references->child)
		return;
	ps_write_heading(writing, level, ps_write_phrase(writing, PS_PHRASE_REFERENCES));
	cJSON_ArrayForEach (reference, references)
		ps_write_link(writing, PS_BLOCK_ITEM, ps_json_text(reference, "summary"),
			      ps_json_text(reference, "url"));
}

/* "A, B from C for D (see: E)": CSAF 2.0 section 3.1.1.5 */
static char *
thanks_to(const PsWriting *writing, const cJSON *item)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const char *organization = ps_json_text(item, "organization");
	const char *summary = ps_json_text(item, "summary");
	const cJSON *name;

	cJSON_ArrayForEach (name, member(item, "names")) {
		if (cJSON_IsString(name))
			g_string_append_printf(text, "%s%s", text->len ? ", " : "",
					       name->valuestring);
	}
	if (organization && text->len)
		g_string_append_printf(text, " %s ", ps_write_phrase(writing, PS_PHRASE_FROM));
	g_string_append(text, organization ? organization : "");
	if (summary && text->len)
		g_string_append_printf(text, " %s ", ps_write_phrase(writing, PS_PHRASE_FOR));
	g_string_append(text, summary ? summary : "");
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
write_thanks(PsWriting *writing, const cJSON *acknowledgments, int level)
{
	const cJSON *item, *url;

	if (!acknowledgments || !acknowledgments->child)
		return;
	ps_write_heading(writing, level, ps_write_phrase(writing, PS_PHRASE_ACKNOWLEDGMENTS));
	ps_write_text(writing, PS_BLOCK_PARAGRAPH, ps_write_phrase(writing, PS_PHRASE_THANKS_LEAD));
	cJSON_ArrayForEach (item, acknowledgments) {
		g_autofree char *text = thanks_to(writing, item);
		ps_write_text(writing, PS_BLOCK_ITEM, text);
		cJSON_ArrayForEach (url, member(item, "urls")) {
			if (cJSON_IsString(url))
				ps_write_link(writing, PS_BLOCK_ITEM, NULL, url->valuestring);
		}
	}
}

/* ---- a vulnerability ---- */

static void
write_status(PsWriting *writing, const cJSON *status)
{
	static const char *const order[] = {
		"known_affected",      "first_affected", "last_affected",
		"under_investigation", "fixed",          "first_fixed",
		"known_not_affected",  "recommended",    "unknown"};
	const cJSON *id;

	if (!status || !status->child)
		return;
	ps_write_heading(writing, 3, ps_write_phrase(writing, PS_PHRASE_AFFECTED_PRODUCTS));
	GPtrArray *table =
		ps_write_table(writing, ps_write_phrase(writing, PS_PHRASE_AFFECTED_PRODUCTS), 2);
	ps_write_row(table, ps_write_phrase(writing, PS_PHRASE_STATUS),
		     ps_write_phrase(writing, PS_PHRASE_VERSION),
		     ps_write_phrase(writing, PS_PHRASE_PRODUCT));
	for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
		cJSON_ArrayForEach (id, member(status, order[i])) {
			if (!cJSON_IsString(id))
				continue;
			g_autofree char *version = ps_write_version(writing, id->valuestring);
			ps_write_row(table, ps_write_token(writing, order[i]), version,
				     ps_write_product(writing, id->valuestring));
		}
}

static void
write_entitlements(PsWriting *writing, const cJSON *list)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list) {
		if (cJSON_IsString(item))
			ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_ENTITLEMENTS),
				      item->valuestring);
	}
}

static void
write_remediation(PsWriting *writing, const cJSON *item)
{
	const char *category = ps_json_text(item, "category");
	const char *restart = ps_json_text(member(item, "restart_required"), "category");
	g_autofree char *date = ps_write_date(ps_json_text(item, "date"));
	g_autofree char *products = ps_write_products(writing, item);
	g_autofree char *text = g_strdup_printf("%s: %s", ps_write_token(writing, category),
						ps_json_text(item, "details"));

	if (category && ps_json_text(item, "details"))
		ps_write_text(writing, PS_BLOCK_PARAGRAPH, text);
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_APPLIES_TO), products);
	ps_write_link(writing, PS_BLOCK_FACT, ps_write_phrase(writing, PS_PHRASE_LINK),
		      ps_json_text(item, "url"));
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_DATE), date);
	write_entitlements(writing, member(item, "entitlements"));
	if (restart) {
		const char *details = ps_json_text(member(item, "restart_required"), "details");
		g_autofree char *whole =
			g_strdup_printf("%s%s%s", ps_write_token(writing, restart),
					details ? ". " : "", details ? details : "");
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_RESTART), whole);
	}
}

static void
write_remediations(PsWriting *writing, const cJSON *list)
{
	const cJSON *item;

	if (!list || !list->child)
		return;
	ps_write_heading(writing, 3, ps_write_phrase(writing, PS_PHRASE_REMEDIATIONS));
	cJSON_ArrayForEach (item, list)
		write_remediation(writing, item);
}

static void
write_statement(PsWriting *writing, const cJSON *item, const char *lead, const char *text)
{
	g_autofree char *products = ps_write_products(writing, item);
	g_autofree char *sentence =
		lead ? g_strdup_printf("%s: %s", lead, text ? text : "") : g_strdup(text);

	g_autofree char *date = ps_write_date(ps_json_text(item, "date"));

	ps_write_text(writing, PS_BLOCK_PARAGRAPH, sentence);
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_APPLIES_TO), products);
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_DATE), date);
}

static void
write_threats(PsWriting *writing, const cJSON *threats, const cJSON *flags)
{
	const cJSON *item;

	if ((!threats || !threats->child) && (!flags || !flags->child))
		return;
	ps_write_heading(writing, 3, ps_write_phrase(writing, PS_PHRASE_THREATS));
	cJSON_ArrayForEach (item, threats) {
		const char *category = ps_json_text(item, "category");
		write_statement(writing, item, category ? ps_write_token(writing, category) : NULL,
				ps_json_text(item, "details"));
	}
	cJSON_ArrayForEach (item, flags) {
		const char *label = ps_json_text(item, "label");
		if (label)
			write_statement(writing, item, NULL, ps_write_token(writing, label));
	}
}

/* "cwe" of 2.0, an item of "cwes" of 2.1. */
static void
write_weakness(PsWriting *writing, const cJSON *cwe)
{
	const char *id = ps_json_text(cwe, "id"), *name = ps_json_text(cwe, "name");
	const char *version = ps_json_text(cwe, "version");

	if (!id)
		return;
	g_autofree char *text = g_strdup_printf("%s%s%s%s%s%s", id, name ? ": " : "",
						name ? name : "", version ? " (CWE " : "",
						version ? version : "", version ? ")" : "");
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_WEAKNESS), text);
}

static void
write_exploitation(PsWriting *writing, const cJSON *flaw)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, member(flaw, "first_known_exploitation_dates")) {
		g_autofree char *date = ps_write_date(ps_json_text(item, "exploitation_date"));
		g_autofree char *products = ps_write_products(writing, item);
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_EXPLOITED_SINCE), date);
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_APPLIES_TO), products);
	}
}

static void
write_flaw_facts(PsWriting *writing, const cJSON *flaw)
{
	g_autofree char *found = ps_write_date(ps_json_text(flaw, "discovery_date"));
	const char *public = ps_json_text(flaw, "release_date");
	const cJSON *id, *cwe;

	g_autofree char *released =
		ps_write_date(public ? public : ps_json_text(flaw, "disclosure_date"));
	write_weakness(writing, member(flaw, "cwe"));
	cJSON_ArrayForEach (cwe, member(flaw, "cwes"))
		write_weakness(writing, cwe);
	cJSON_ArrayForEach (id, member(flaw, "ids")) {
		const char *system = ps_json_text(id, "system_name");
		const char *text = ps_json_text(id, "text");
		g_autofree char *whole = g_strdup_printf("%s%s%s", system ? system : "",
							 system ? ": " : "", text ? text : "");
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_IDS), whole);
	}
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_DISCOVERED), found);
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_RELEASED), released);
	write_exploitation(writing, flaw);
}

/* "vendor, completed, 2026-10-01: summary" */
static void
write_involvements(PsWriting *writing, const cJSON *list)
{
	const cJSON *item;

	if (!cJSON_IsArray(list) || !list->child)
		return;
	ps_write_heading(writing, 3, ps_write_phrase(writing, PS_PHRASE_INVOLVEMENTS));
	cJSON_ArrayForEach (item, list) {
		const char *party = ps_json_text(item, "party");
		const char *status = ps_json_text(item, "status");
		const char *summary = ps_json_text(item, "summary");
		g_autofree char *date = ps_write_date(ps_json_text(item, "date"));
		g_autofree char *text =
			g_strdup_printf("%s, %s%s%s%s%s", party ? party : "?",
					status ? ps_write_token(writing, status) : "?",
					date ? ", " : "", date ? date : "", summary ? ": " : "",
					summary ? summary : "");
		ps_write_text(writing, PS_BLOCK_ITEM, text);
		g_autofree char *products = ps_write_products(writing, item);
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_CONTACT),
			      ps_json_text(item, "contact"));
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_APPLIES_TO), products);
	}
}

static void
write_flaw(PsWriting *writing, const cJSON *flaw, int place)
{
	const char *cve = ps_json_text(flaw, "cve"), *title = ps_json_text(flaw, "title");
	if (g_strcmp0(cve, title) == 0)
		title = NULL;
	g_autofree char *numbered =
		g_strdup_printf("%s %d", ps_write_phrase(writing, PS_PHRASE_VULNERABILITY), place);
	g_autofree char *heading = g_strdup_printf("%s%s%s",
						   cve     ? cve
						   : title ? ""
							   : numbered,
						   cve && title ? ": " : "", title ? title : "");

	ps_write_heading(writing, 2, heading);
	write_flaw_facts(writing, flaw);
	write_notes(writing, member(flaw, "notes"), FALSE, 3);
	ps_write_scores(writing, flaw);
	write_status(writing, member(flaw, "product_status"));
	write_remediations(writing, member(flaw, "remediations"));
	write_threats(writing, member(flaw, "threats"), member(flaw, "flags"));
	write_involvements(writing, member(flaw, "involvements"));
	write_references(writing, member(flaw, "references"), 3);
	write_thanks(writing, member(flaw, "acknowledgments"), 3);
	write_notes(writing, member(flaw, "notes"), TRUE, 3);
}

/* ---- the document ---- */

/* Where the rules of a label are found; those that everybody means need not be told. */
static void
write_unless_usual(PsWriting *writing, const char *label, const char *url, const char *usual)
{
	if (url && !g_str_has_prefix(url, usual))
		ps_write_link(writing, PS_BLOCK_FACT, label, url);
}

static void
write_severity(PsWriting *writing, const cJSON *document)
{
	const cJSON *aggregate = member(member(document, "document"), "aggregate_severity");
	const char *severity = ps_json_text(aggregate, "text");

	if (!severity) {
		severity = ps_worst_severity(document);
		severity = severity ? ps_write_token(writing, severity) : NULL;
	}
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_SEVERITY), severity);
	write_unless_usual(writing, ps_write_phrase(writing, PS_PHRASE_SCALE),
			   ps_json_text(aggregate, "namespace"), "https://www.first.org/cvss");
}

static char *
aliases_of(const cJSON *tracking)
{
	g_autoptr(GString) all = g_string_new(NULL);
	const cJSON *alias;

	cJSON_ArrayForEach (alias, member(tracking, "aliases")) {
		if (cJSON_IsString(alias))
			g_string_append_printf(all, "%s%s", all->len ? ", " : "",
					       alias->valuestring);
	}
	return g_string_free(g_steal_pointer(&all), FALSE);
}

/* CSAF 2.0 has the labels of TLP 1: people read that of TLP 2, and which word the document has. */
static char *
tlp_words(const char *label)
{
	const char *today = label ? ps_tlp_from_csaf(label) : NULL;

	if (!label)
		return g_strdup("");
	return today && !g_str_equal(today, label)
		       ? g_strdup_printf("TLP:%s (CSAF 2.0: %s)", today, label)
		       : g_strdup_printf("TLP:%s", label);
}

static void
write_tlp(PsWriting *writing, const cJSON *head)
{
	const cJSON *distribution = member(head, "distribution");
	const char *label = ps_json_text(member(distribution, "tlp"), "label");
	const char *text = ps_json_text(distribution, "text");
	g_autofree char *words = tlp_words(label);
	g_autofree char *whole =
		g_strdup_printf("%s%s%s", words, label && text ? ". " : "", text ? text : "");

	const cJSON *group = member(distribution, "sharing_group");
	const char *id = ps_json_text(group, "id"), *name = ps_json_text(group, "name");
	g_autofree char *sharing =
		g_strdup_printf("%s%s%s", name ? name : "", name && id ? ", " : "", id ? id : "");

	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_TLP), whole);
	write_unless_usual(writing, "TLP", ps_json_text(member(distribution, "tlp"), "url"),
			   "https://www.first.org/tlp");
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_SHARING_GROUP), sharing);
}

static void
write_overview(PsWriting *writing, const cJSON *document)
{
	const cJSON *head = member(document, "document"), *tracking = member(head, "tracking");
	const char *status = ps_json_text(tracking, "status");
	const char *version = ps_json_text(tracking, "version");
	g_autofree char *first = ps_write_date(ps_json_text(tracking, "initial_release_date"));
	g_autofree char *current = ps_write_date(ps_json_text(tracking, "current_release_date"));
	g_autofree char *aliases = aliases_of(tracking);
	g_autofree char *edition =
		g_strdup_printf("%s%s%s%s", version ? version : "", status ? " (" : "",
				status ? ps_write_token(writing, status) : "", status ? ")" : "");

	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_IDENTIFIER),
		      ps_json_text(tracking, "id"));
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_ALIASES), aliases);
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_VERSION), edition);
	/* A draft is not published, whatever its dates are. */
	if (g_strcmp0(status, "draft") != 0) {
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_PUBLISHED), first);
		if (g_strcmp0(first, current) != 0)
			ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_UPDATED),
				      current);
	}
	write_severity(writing, document);
	write_tlp(writing, head);
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_LICENSE),
		      ps_json_text(head, "license_expression"));
}

static void
write_publisher(PsWriting *writing, const cJSON *publisher)
{
	if (!publisher)
		return;
	ps_write_heading(writing, 2, ps_write_phrase(writing, PS_PHRASE_PUBLISHER));
	ps_write_text(writing, PS_BLOCK_PARAGRAPH, ps_json_text(publisher, "name"));
	ps_write_link(writing, PS_BLOCK_FACT, ps_write_phrase(writing, PS_PHRASE_LINK),
		      ps_json_text(publisher, "namespace"));
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_CONTACT),
		      ps_json_text(publisher, "contact_details"));
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_AUTHORITY),
		      ps_json_text(publisher, "issuing_authority"));
}

static void
write_history(PsWriting *writing, const cJSON *history)
{
	const cJSON *revision;

	if (!history || !history->child)
		return;
	ps_write_heading(writing, 2, ps_write_phrase(writing, PS_PHRASE_REVISIONS));
	GPtrArray *table =
		ps_write_table(writing, ps_write_phrase(writing, PS_PHRASE_REVISIONS), 0);
	ps_write_row(table, ps_write_phrase(writing, PS_PHRASE_VERSION),
		     ps_write_phrase(writing, PS_PHRASE_DATE),
		     ps_write_phrase(writing, PS_PHRASE_SUMMARY));
	cJSON_ArrayForEach (revision, history) {
		const char *number = ps_json_text(revision, "number");
		const char *summary = ps_json_text(revision, "summary");
		const char *legacy = ps_json_text(revision, "legacy_version");
		g_autofree char *date = ps_write_date(ps_json_text(revision, "date"));
		g_autofree char *both =
			g_strdup_printf("%s%s%s%s", number ? number : "", legacy ? " (" : "",
					legacy ? legacy : "", legacy ? ")" : "");
		ps_write_row(table, both, date ? date : "", summary ? summary : "");
	}
}

static void
write_foot(PsWriting *writing, const cJSON *tracking)
{
	const cJSON *engine = member(member(tracking, "generator"), "engine");
	const char *name = ps_json_text(engine, "name"), *version = ps_json_text(engine, "version");

	if (!name)
		return;
	g_autofree char *whole =
		g_strdup_printf("%s%s%s", name, version ? " " : "", version ? version : "");
	g_autofree char *text =
		g_strdup_printf(ps_write_phrase(writing, PS_PHRASE_GENERATED), whole);
	ps_write_text(writing, PS_BLOCK_FOOT, text);
}

void
ps_write_document(PsWriting *writing, const cJSON *document)
{
	const cJSON *head = member(document, "document"), *flaw;
	const char *title = ps_json_text(head, "title");
	int place = 0;

	ps_write_heading(writing, 1,
			 title && *title ? title : ps_write_phrase(writing, PS_PHRASE_UNTITLED));
	write_overview(writing, document);
	write_notes(writing, member(head, "notes"), FALSE, 2);
	cJSON_ArrayForEach (flaw, member(document, "vulnerabilities"))
		write_flaw(writing, flaw, ++place);
	ps_write_product_section(writing, document);
	write_thanks(writing, member(head, "acknowledgments"), 2);
	write_references(writing, member(head, "references"), 2);
	write_history(writing, member(member(head, "tracking"), "revision_history"));
	write_publisher(writing, member(head, "publisher"));
	write_notes(writing, member(head, "notes"), TRUE, 2);
	write_foot(writing, member(head, "tracking"));
}
