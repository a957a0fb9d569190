#include "config.h"

#include "advisory/advisory.h"

#include <string.h>

#include "advisory/base.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "advisory/order.h"
#include "advisory/overlay.h"

/* ---- composing ---- */

/* What was accepted of the case stands for what the case gives. */
static void
hold_back(PsAdvisory *advisory)
{
	const PsRecord *base = advisory->facts->base;
	cJSON *accepted = base ? ps_base_parse(ps_record_text(base, "content")) : NULL;

	if (!accepted)
		return;
	ps_base_put_own(accepted, advisory->generated);
	ps_sort_members(accepted);
	advisory->fresh = advisory->generated;
	advisory->generated = accepted;
}

PsAdvisory *
ps_advisory_compose(PsFacts *facts, const PsEdition *edition)
{
	PsAdvisory *advisory = g_new0(PsAdvisory, 1);

	advisory->facts = facts;
	advisory->lost = g_ptr_array_new();
	advisory->version = g_strdup(edition->version);
	advisory->at = edition->at;
	advisory->generated = ps_build_document(facts, edition);
	ps_sort_members(advisory->generated);
	if (!facts->follow)
		hold_back(advisory);
	advisory->document = cJSON_Duplicate(advisory->generated, TRUE);
	ps_overlay_apply(advisory->document, facts->items, advisory->lost);
	ps_order_apply(advisory->document, facts->orders);
	ps_ending_apply(advisory->document, facts);
	ps_prune_empty(advisory->document);
	ps_sort_members(advisory->document);
	return advisory;
}

/* Gives the facts back to the caller. */
static PsFacts *
take_apart(PsAdvisory *advisory)
{
	PsFacts *facts = g_steal_pointer(&advisory->facts);

	ps_advisory_free(advisory);
	return facts;
}

/* The advisory as its last version was published, if it would still read so; else NULL, and the
 * facts are given back. Takes `published` when it succeeds. */
static PsAdvisory *
compose_published(PsFacts **facts, cJSON *published)
{
	const PsRecord *version = ps_facts_published(*facts);
	const PsEdition edition = {
		.version = ps_record_text(version, "version"),
		.status = ps_json_text(ps_json_at(published, "/document/tracking"), "status"),
		.at = ps_record_time(version, "published_at"),
	};
	PsAdvisory *same = ps_advisory_compose(*facts, &edition);

	if (!ps_same_content(same->document, published)) {
		*facts = take_apart(same);
		return NULL;
	}
	same->unchanged = TRUE;
	same->published = published;
	return same;
}

PsAdvisory *
ps_advisory_load(PsStore *store, const char *id, GError **error)
{
	PsFacts *facts = ps_facts_load(store, id, error);
	cJSON *published = NULL;

	if (!facts)
		return NULL;
	if (!ps_advisory_read_published(store, facts, &published, error)) {
		ps_facts_free(facts);
		return NULL;
	}
	PsAdvisory *advisory = published ? compose_published(&facts, published) : NULL;
	if (advisory)
		return advisory;
	const PsEdition edition = {.status = "draft", .at = ps_edition_draft_date(facts)};
	return ps_advisory_compose_next(facts, &edition, published);
}

void
ps_advisory_free(PsAdvisory *advisory)
{
	if (!advisory)
		return;
	ps_facts_free(advisory->facts);
	cJSON_Delete(advisory->generated);
	cJSON_Delete(advisory->document);
	cJSON_Delete(advisory->fresh);
	g_clear_pointer(&advisory->lost, g_ptr_array_unref);
	g_clear_pointer(&advisory->changes, g_ptr_array_unref);
	cJSON_Delete(advisory->published);
	g_free(advisory->summary);
	g_free(advisory->version);
	g_free(advisory);
}

/* ---- asking ---- */

const char *
ps_advisory_id(const PsAdvisory *advisory)
{
	return ps_record_id(advisory->facts->advisory);
}

const PsRecord *
ps_advisory_record(const PsAdvisory *advisory)
{
	return advisory->facts->advisory;
}

const PsRecord *
ps_advisory_case(const PsAdvisory *advisory)
{
	return advisory->facts->case_record;
}

const cJSON *
ps_advisory_document(const PsAdvisory *advisory)
{
	return advisory->document;
}

const cJSON *
ps_advisory_generated(const PsAdvisory *advisory)
{
	return advisory->generated;
}

const char *
ps_advisory_version(const PsAdvisory *advisory)
{
	return advisory->version;
}

gboolean
ps_advisory_is_unchanged(const PsAdvisory *advisory)
{
	return advisory->unchanged;
}

gboolean
ps_advisory_was_published(const PsAdvisory *advisory)
{
	return advisory->facts->versions->len > 0;
}

const cJSON *
ps_advisory_published(const PsAdvisory *advisory)
{
	return advisory->published;
}

const GPtrArray *
ps_advisory_since_published(const PsAdvisory *advisory)
{
	return advisory->changes;
}

const char *
ps_advisory_summary(const PsAdvisory *advisory)
{
	return advisory->summary;
}

cJSON *
ps_advisory_build(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, id, error);

	return advisory ? g_steal_pointer(&advisory->document) : NULL;
}
