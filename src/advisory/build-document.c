#include "config.h"

/* The document as a whole and its /document part: CSAF 2.0 section 3.2.1. */

#include "advisory/build.h"

#include <string.h>

#include "advisory/item.h"
#include "advisory/phrase.h"

/* `audience` may be NULL. */
static void
add_note(cJSON *document, const char *key, const char *category, const char *title,
	 const char *text, const char *audience)
{
	if (!text || !*text)
		return;
	cJSON *note = ps_item_new(ps_need(document, "notes", TRUE), key);
	ps_put_text(note, "audience", audience);
	ps_put_text(note, "category", category);
	ps_put_text(note, "text", text);
	ps_put_text(note, "title", title);
}

static void
add_notes(cJSON *document, const PsFacts *facts)
{
	const char *lang = ps_facts_lang(facts);

	add_note(document, "summary", "summary", ps_phrase(lang, PS_PHRASE_SUMMARY),
		 ps_record_text(facts->case_record, "summary"), NULL);
	for (guint i = 0; i < facts->template_notes->len; i++) {
		const PsRecord *note = facts->template_notes->pdata[i];
		add_note(document, ps_record_id(note), ps_record_text(note, "category"),
			 ps_record_text(note, "title"), ps_record_text(note, "text"),
			 ps_record_text(note, "audience"));
	}
	add_note(document, "legal", "legal_disclaimer", ps_phrase(lang, PS_PHRASE_LEGAL),
		 facts->org_legal, NULL);
}

/* ---- acknowledgments: CSAF 2.0 section 3.1.1, as each of them wished ---- */

static PsPhrase
credit_for(const char *role)
{
	if (g_strcmp0(role, "finder") == 0 || g_strcmp0(role, "reporter") == 0)
		return PS_PHRASE_CREDIT_REPORT;
	return g_strcmp0(role, "coordinator") == 0 ? PS_PHRASE_CREDIT_COORDINATION
						   : PS_PHRASE_CREDIT_OTHER;
}

static void
add_named(cJSON *list, const PsFacts *facts, const PsRecord *participant)
{
	const char *name = ps_record_text(participant, "credit_name");
	const char *organization = ps_record_text(participant, "organization");

	if (!name)
		name = ps_record_text(participant, "name");
	if (!name && !organization)
		return;
	cJSON *item = ps_item_new(list, ps_record_id(participant));
	if (name)
		ps_item_text(ps_need(item, "names", TRUE), "name", name);
	ps_put_text(item, "organization", organization);
	const char *url = ps_record_text(participant, "credit_url");
	if (url)
		ps_item_text(ps_need(item, "urls", TRUE), "url", url);
	ps_put_text(item, "summary",
		    ps_phrase(ps_facts_lang(facts),
			      credit_for(ps_record_text(participant, "role"))));
}

static cJSON *
build_acknowledgments(const PsFacts *facts)
{
	cJSON *list = cJSON_CreateArray();

	for (guint i = 0; i < facts->participants->len; i++) {
		const PsRecord *participant = facts->participants->pdata[i];
		const char *credit = ps_record_text(participant, "credit");
		if (g_strcmp0(credit, "yes") == 0) {
			add_named(list, facts, participant);
		} else if (g_strcmp0(credit, "anonymous") == 0) {
			cJSON *item = ps_item_new(list, ps_record_id(participant));
			ps_put_text(item, "summary",
				    ps_phrase(ps_facts_lang(facts), PS_PHRASE_ANONYMOUS));
		}
	}
	return list;
}

/* ---- the other members ---- */

static cJSON *
build_distribution(const PsFacts *facts)
{
	const char *label = ps_record_text(facts->advisory, "tlp");
	cJSON *distribution = cJSON_CreateObject();

	/* TLP 1 of CSAF 2.0 knows no AMBER+STRICT: the words carry it. */
	const char *strict = g_strcmp0(label, "AMBER+STRICT") == 0
				     ? ps_phrase(ps_facts_lang(facts), PS_PHRASE_AMBER_STRICT)
				     : NULL;
	const char *own = facts->template ? ps_record_text(facts->template, "distribution") : NULL;
	g_autofree char *both = strict && own ? g_strdup_printf("%s\n%s", strict, own) : NULL;
	ps_put_text(distribution, "text", both ? both : strict ? strict : own);
	cJSON *tlp = ps_need(distribution, "tlp", FALSE);
	ps_put_text(tlp, "label", ps_tlp_csaf(label));
	ps_put_text(tlp, "url", "https://www.first.org/tlp/");
	return distribution;
}

static cJSON *
build_publisher(const PsFacts *facts)
{
	cJSON *publisher = cJSON_CreateObject();

	ps_put_text(publisher, "category", facts->org_category);
	ps_put_text(publisher, "contact_details", facts->org_contact);
	ps_put_text(publisher, "issuing_authority", facts->org_authority);
	ps_put_text(publisher, "name", facts->org_name);
	ps_put_text(publisher, "namespace", facts->org_namespace);
	return publisher;
}

static void
add_reference(cJSON *list, const char *key, const char *category, const char *summary,
	      const char *url)
{
	cJSON *reference = ps_item_new(list, key);

	ps_put_text(reference, "category", category ? category : "external");
	ps_put_text(reference, "summary", summary);
	ps_put_text(reference, "url", url);
}

static cJSON *
build_references(const PsFacts *facts, const PsEdition *edition)
{
	cJSON *list = cJSON_CreateArray();
	g_autofree char *self = ps_build_self_url(facts, edition);

	if (self)
		add_reference(list, "self", "self",
			      ps_phrase(ps_facts_lang(facts), PS_PHRASE_SELF_REFERENCE), self);
	for (guint i = 0; i < facts->references->len; i++) {
		const PsRecord *reference = facts->references->pdata[i];
		add_reference(list, ps_record_id(reference), ps_record_text(reference, "category"),
			      ps_record_text(reference, "summary"),
			      ps_record_text(reference, "url"));
	}
	for (guint i = 0; i < facts->template_references->len; i++) {
		const PsRecord *reference = facts->template_references->pdata[i];
		add_reference(list, ps_record_id(reference), "external",
			      ps_record_text(reference, "summary"),
			      ps_record_text(reference, "url"));
	}
	return list;
}

/* Section 4.3: this profile speaks of no vulnerabilities. */
static gboolean
is_informational(const PsFacts *facts)
{
	return g_strcmp0(ps_record_text(facts->advisory, "profile"),
			 "csaf_informational_advisory") == 0;
}

static cJSON *
build_head(const PsFacts *facts, const PsEdition *edition)
{
	cJSON *document = cJSON_CreateObject();
	const char *title = ps_record_text(facts->advisory, "title");

	ps_put(document, "acknowledgments", build_acknowledgments(facts));
	if (!is_informational(facts))
		ps_put(document, "aggregate_severity", ps_build_severity(facts));
	ps_put_text(document, "category", ps_record_text(facts->advisory, "profile"));
	ps_put_text(document, "csaf_version", "2.0");
	ps_put(document, "distribution", build_distribution(facts));
	ps_put_text(document, "lang", ps_facts_lang(facts));
	add_notes(document, facts);
	ps_put(document, "publisher", build_publisher(facts));
	ps_put(document, "references", build_references(facts, edition));
	ps_put_text(document, "title",
		    title && *title ? title : ps_record_text(facts->case_record, "title"));
	ps_put(document, "tracking", ps_build_tracking(facts, edition));
	return document;
}

cJSON *
ps_build_document(const PsFacts *facts, const PsEdition *edition)
{
	cJSON *root = cJSON_CreateObject();
	cJSON *vulnerabilities = cJSON_CreateArray();
	g_autoptr(GPtrArray) releases = ps_build_releases(facts);

	cJSON_AddItemToObject(root, "document", build_head(facts, edition));
	ps_put(root, "product_tree", ps_build_product_tree(facts, releases));
	for (guint i = 0; i < facts->vulnerabilities->len && !is_informational(facts); i++) {
		const PsRecord *vulnerability = facts->vulnerabilities->pdata[i];
		ps_item_add(vulnerabilities, ps_record_id(vulnerability),
			    ps_build_vulnerability(facts, releases, vulnerability));
	}
	ps_put(root, "vulnerabilities", vulnerabilities);
	ps_build_groups(root);
	return root;
}
