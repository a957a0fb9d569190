#include "config.h"

/* What an approval is about: the document without what publishing sets, its digest, the statement.
 */

#include "advisory/review.h"

#include <string.h>

#include "advisory/internal.h"
#include "advisory/item.h"

#define STATEMENT_FORMAT "1"

static void
forget(cJSON *object, const char *member)
{
	if (object)
		cJSON_DeleteItemFromObjectCaseSensitive(object, member);
}

static void
forget_self_address(cJSON *document, const PsAdvisory *advisory)
{
	const PsEdition edition = {.at = advisory->at};
	g_autofree char *self = ps_build_self_url(advisory->facts, &edition);
	cJSON *reference;

	cJSON_ArrayForEach (reference, ps_json_at(document, "/document/references"))
		if (self && g_strcmp0(ps_json_text(reference, "category"), "self") == 0 &&
		    g_strcmp0(ps_json_text(reference, "url"), self) == 0)
			forget(reference, "url");
}

cJSON *
ps_review_document(const PsAdvisory *advisory)
{
	cJSON *document = cJSON_Duplicate(advisory->document, TRUE);
	cJSON *tracking = ps_json_at(document, "/document/tracking");
	cJSON *history = ps_json_at(document, "/document/tracking/revision_history");
	cJSON *revision = history && history->child ? history->child->prev : NULL;

	forget(tracking, "current_release_date");
	forget(tracking, "generator");
	forget(tracking, "status");
	if (advisory->facts->versions->len == 0)
		forget(tracking, "initial_release_date");
	forget(revision, "date");
	forget(revision, "summary");
	forget_self_address(document, advisory);
	return document;
}

char *
ps_review_digest(const PsAdvisory *advisory)
{
	g_autoptr(cJSON) document = ps_review_document(advisory);
	g_autofree char *text = ps_advisory_print(document);

	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* A line of the statement is one line, whatever a field of the document holds. */
static void
add_line(GString *text, const char *name, const char *value)
{
	g_autofree char *line = g_strdup(value ? value : "");

	g_strdelimit(line, "\r\n", ' ');
	g_string_append_printf(text, "%s: %s\n", name, line);
}

char *
ps_review_statement(const PsAdvisory *advisory)
{
	g_autofree char *digest = ps_review_digest(advisory);
	g_autoptr(GString) text = g_string_new(NULL);

	add_line(text, "psirtdesk-approval", STATEMENT_FORMAT);
	add_line(text, "tracking-id", ps_record_text(advisory->facts->advisory, "tracking_id"));
	add_line(text, "version", advisory->version);
	add_line(text, "publisher", advisory->facts->org_namespace);
	add_line(text, "sha256", digest);
	return g_string_free(g_steal_pointer(&text), FALSE);
}
