#include "config.h"

/* The edition that comes next: version and summary from the difference to the published one. */

#include "advisory/advisory.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "advisory/phrase.h"

gboolean
ps_advisory_read_published(PsStore *store, const PsFacts *facts, cJSON **document, GError **error)
{
	const PsRecord *version = ps_facts_published(facts);

	*document = NULL;
	if (!version)
		return TRUE;
	g_autoptr(GBytes) bytes =
		ps_store_document(store, ps_record_text(version, "document"), error);
	gsize length = 0;
	const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
	*document = text ? ps_json_parse(text, length, &ps_csaf_limits, error) : NULL;
	return *document != NULL;
}

/* Replaces a text that is there. */
static void
put(cJSON *object, const char *name, const char *text)
{
	cJSON *old = cJSON_GetObjectItemCaseSensitive(object, name);

	if (old && text)
		cJSON_SetValuestring(old, text);
}

static void
stamp(cJSON *document, const char *version, const char *summary)
{
	cJSON *tracking = ps_json_at(document, "/document/tracking");
	cJSON *history = cJSON_GetObjectItemCaseSensitive(tracking, "revision_history");
	cJSON *revision = history && history->child ? history->child->prev : NULL;
	g_autofree char *key = g_strconcat("r", version, NULL);

	put(tracking, "version", version);
	if (!revision)
		return;
	put(revision, "number", version);
	put(revision, "summary", summary);
	ps_item_rekey(revision, key);
}

/* The step that the changes call for; the person may ask for a larger one. */
static PsVersionStep
step_of(const PsAdvisory *advisory)
{
	PsVersionStep wanted = PS_STEP_NONE;

	ps_version_step_find(ps_record_text(advisory->facts->advisory, "step"), &wanted);
	return MAX(wanted, ps_version_step(advisory->changes));
}

static char *
propose(const PsAdvisory *advisory)
{
	const char *lang = ps_facts_lang(advisory->facts);
	char *summary = ps_version_summary(lang, advisory->changes, advisory->published,
					   advisory->document);

	return summary ? summary : g_strdup(ps_phrase(lang, PS_PHRASE_CHANGE_NOTHING));
}

static void
follow_published(PsAdvisory *advisory, const PsEdition *edition, const char *last)
{
	const PsRecord *record = advisory->facts->advisory;
	const char *entered =
		edition->summary ? edition->summary : ps_record_text(record, "summary");

	advisory->changes = ps_diff(advisory->published, advisory->document, PS_DIFF_CONTENT);
	advisory->step = step_of(advisory);
	g_free(advisory->version);
	advisory->version = ps_version_after(last, FALSE, advisory->step);
	advisory->summary = entered && *entered ? g_strdup(entered) : propose(advisory);
}

PsAdvisory *
ps_advisory_compose_next(PsFacts *facts, const PsEdition *edition, cJSON *published)
{
	const PsRecord *last = ps_facts_published(facts);
	gboolean semantic = g_strcmp0(ps_record_text(facts->advisory, "versioning"), "semver") == 0;
	g_autofree char *first = ps_version_after(NULL, semantic, PS_STEP_NONE);
	PsEdition pending = *edition;

	pending.version = first;
	pending.pending = TRUE;
	PsAdvisory *advisory = ps_advisory_compose(facts, &pending);
	advisory->published = published;
	if (!last || !published) {
		advisory->summary = g_strdup(edition->summary);
		return advisory;
	}
	follow_published(advisory, edition, ps_record_text(last, "version"));
	stamp(advisory->generated, advisory->version, advisory->summary);
	stamp(advisory->document, advisory->version, advisory->summary);
	return advisory;
}
