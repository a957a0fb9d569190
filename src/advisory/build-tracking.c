#include "config.h"

/* What identifies a document and its versions: CSAF 2.0 sections 3.1.11.1 (integer versions),
 * 3.2.1.5.2 (TLP), 3.2.1.12 (tracking), 5.1 (file name). */

#include "advisory/build.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/item.h"
#include "advisory/phrase.h"
#include "advisory/provider.h"
#include "base/utc.h"

/* ---- TLP ---- */

/* From the least to the most confidential. */
static const struct {
	const char *label, *csaf;
} tlp[] = {
	{"CLEAR", "WHITE"},        {"GREEN", "GREEN"}, {"AMBER", "AMBER"},
	{"AMBER+STRICT", "AMBER"}, {"RED", "RED"},
};

static int
find_label(const char *label)
{
	for (gsize i = 0; label && i < G_N_ELEMENTS(tlp); i++)
		if (g_str_equal(tlp[i].label, label))
			return (int)i;
	return -1;
}

gboolean
ps_tlp_is_label(const char *label)
{
	return find_label(label) >= 0;
}

int
ps_tlp_rank(const char *label)
{
	int rank = find_label(label);

	return rank >= 0 ? rank : (int)G_N_ELEMENTS(tlp) - 1;
}

const char *
ps_tlp_csaf(const char *label)
{
	return tlp[ps_tlp_rank(label)].csaf;
}

const char *
ps_tlp_from_csaf(const char *label)
{
	for (gsize i = 0; label && i < G_N_ELEMENTS(tlp); i++)
		if (g_str_equal(tlp[i].csaf, label))
			return tlp[i].label;
	return NULL;
}

/* ---- versions ---- */

gint64
ps_edition_draft_date(const PsFacts *facts)
{
	const PsRecord *published = ps_facts_published(facts);
	gint64 drafted = ps_record_time(facts->advisory, "drafted_at");
	gint64 last = published ? ps_record_time(published, "published_at") : PS_NO_TIME;

	return MAX(drafted, last);
}

gint64
ps_build_initial_date(const PsFacts *facts, const PsEdition *edition)
{
	return facts->versions->len > 0 ? ps_record_time(facts->versions->pdata[0], "published_at")
					: edition->at;
}

/* ---- file ---- */

char *
ps_build_path(const PsFacts *facts, const PsEdition *edition)
{
	g_autofree char *date = ps_utc_format(ps_build_initial_date(facts, edition));
	g_autofree char *name = ps_csaf_filename(ps_record_text(facts->advisory, "tracking_id"));
	g_autofree char *folder =
		g_ascii_strdown(ps_tlp_csaf(ps_record_text(facts->advisory, "tlp")), -1);

	return g_strdup_printf("%s/%.4s/%s", folder, date, name);
}

char *
ps_build_self_url(const PsFacts *facts, const PsEdition *edition)
{
	if (!facts->provider_url)
		return NULL;
	g_autofree char *path = ps_build_path(facts, edition);
	return g_strconcat(facts->provider_url, path, NULL);
}

/* ---- tracking ---- */

static void
add_revision(cJSON *history, const char *number, gint64 date, const char *summary)
{
	g_autofree char *key = g_strconcat("r", number, NULL);
	cJSON *revision = ps_item_new(history, key);

	ps_put_time(revision, "date", date);
	ps_put_text(revision, "number", number);
	ps_put_text(revision, "summary", summary);
}

static void
add_pending_revision(cJSON *history, const PsFacts *facts, const PsEdition *edition)
{
	const char *lang = ps_facts_lang(facts);
	const PsRecord *published = ps_facts_published(facts);
	g_autofree char *summary = NULL;

	if (edition->summary && *edition->summary)
		summary = g_strdup(edition->summary);
	else if (published)
		summary = g_strdup_printf(ps_phrase(lang, PS_PHRASE_DRAFT_SUMMARY),
					  ps_record_text(published, "version"));
	else
		summary = g_strdup(ps_phrase(lang, PS_PHRASE_INITIAL_VERSION));
	add_revision(history, edition->version, edition->at, summary);
}

static cJSON *
build_history(const PsFacts *facts, const PsEdition *edition)
{
	cJSON *history = cJSON_CreateArray();

	for (guint i = 0; i < facts->versions->len; i++) {
		const PsRecord *version = facts->versions->pdata[i];
		const char *summary = ps_record_text(version, "summary");
		add_revision(history, ps_record_text(version, "version"),
			     ps_record_time(version, "published_at"),
			     summary ? summary
				     : ps_phrase(ps_facts_lang(facts), PS_PHRASE_INITIAL_VERSION));
	}
	if (edition->pending)
		add_pending_revision(history, facts, edition);
	return history;
}

cJSON *
ps_build_tracking(const PsFacts *facts, const PsEdition *edition)
{
	cJSON *tracking = cJSON_CreateObject();

	ps_put_time(tracking, "current_release_date", edition->at);
	cJSON *engine = cJSON_AddObjectToObject(ps_need(tracking, "generator", FALSE), "engine");
	ps_put_text(engine, "name", PACKAGE_NAME);
	ps_put_text(engine, "version", PACKAGE_VERSION);
	ps_put_text(tracking, "id", ps_record_text(facts->advisory, "tracking_id"));
	ps_put_time(tracking, "initial_release_date", ps_build_initial_date(facts, edition));
	ps_put(tracking, "revision_history", build_history(facts, edition));
	ps_put_text(tracking, "status", edition->status);
	ps_put_text(tracking, "version", edition->version);
	return tracking;
}
