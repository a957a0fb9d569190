#include "config.h"

#include "advisory/advisory.h"

#include <string.h>

#include "advisory/base.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "advisory/overlay.h"
#include "advisory/refresh.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"

/* ---- drafting ---- */

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

char *
ps_advisory_draft(PsStore *store, const char *case_id, GError **error)
{
	g_autoptr(PsRecord) of = ps_store_get(store, "case", case_id, error);

	if (!of || !refuse_second(store, of, error))
		return NULL;
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autofree char *lang = ps_store_config(store, "advisory.lang");
	const char *pairs[] = {"case",        ps_record_id(of),
			       "tracking_id", ps_record_name(of),
			       "profile",     "csaf_security_advisory",
			       "state",       "draft",
			       "version",     "1",
			       "tlp",         "CLEAR",
			       "lang",        lang && *lang ? lang : "en",
			       "drafted_at",  now,
			       NULL};
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.draft", error);
	g_autofree char *id = txn ? ps_txn_new(txn, "advisory", pairs, error) : NULL;
	g_autofree char *text = g_strdup_printf(_("Advisory “%s” was drafted."), pairs[3]);
	if (!id || !ps_case_event(txn, ps_record_id(of), "other", text, error))
		return NULL;
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, id, error);
	if (!advisory || !ps_advisory_remember(txn, advisory, error) || !ps_txn_commit(txn, error))
		return NULL;
	return g_steal_pointer(&id);
}

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
