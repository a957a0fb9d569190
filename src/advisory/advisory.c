#include "config.h"

#include "advisory/advisory.h"

#include <string.h>

#include "advisory/base.h"
#include "advisory/internal.h"
#include "advisory/item.h"
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
	advisory->generated = ps_build_document(facts, edition);
	ps_sort_members(advisory->generated);
	if (!facts->follow)
		hold_back(advisory);
	advisory->document = cJSON_Duplicate(advisory->generated, TRUE);
	ps_overlay_apply(advisory->document, facts->items, advisory->lost);
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

static cJSON *
published_document(PsStore *store, const PsRecord *version, GError **error)
{
	g_autoptr(GBytes) bytes =
		ps_store_document(store, ps_record_text(version, "document"), error);

	if (!bytes)
		return NULL;
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	return ps_json_parse(text, length, NULL, error);
}

/* The advisory as its last version was published, if it would still read so. */
static gboolean
compose_published(PsStore *store, PsFacts **facts, PsAdvisory **advisory, GError **error)
{
	const PsRecord *version = ps_facts_published(*facts);
	g_autoptr(cJSON) document = published_document(store, version, error);

	if (!document)
		return FALSE;
	const PsEdition edition = {
		.version = ps_record_text(version, "version"),
		.status = ps_json_text(ps_json_at(document, "/document/tracking"), "status"),
		.at = ps_record_time(version, "published_at"),
	};
	PsAdvisory *same = ps_advisory_compose(*facts, &edition);
	if (ps_same_content(same->document, document)) {
		same->unchanged = TRUE;
		*advisory = same;
	} else {
		*facts = take_apart(same);
	}
	return TRUE;
}

PsAdvisory *
ps_advisory_load(PsStore *store, const char *id, GError **error)
{
	PsFacts *facts = ps_facts_load(store, id, error);
	PsAdvisory *advisory = NULL;

	if (!facts)
		return NULL;
	if (ps_facts_published(facts) && !compose_published(store, &facts, &advisory, error)) {
		ps_facts_free(facts);
		return NULL;
	}
	if (advisory)
		return advisory;
	g_autofree char *version = ps_edition_next(facts);
	const PsEdition edition = {.version = version,
				   .status = "draft",
				   .at = ps_edition_draft_date(facts),
				   .pending = TRUE};
	return ps_advisory_compose(facts, &edition);
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

cJSON *
ps_advisory_build(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, id, error);

	return advisory ? g_steal_pointer(&advisory->document) : NULL;
}
