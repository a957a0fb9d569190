#include "config.h"

#include "advisory/upstream-items.h"

#include <string.h>

#include "advisory/build.h"
#include "advisory/upstream-internal.h"
#include "base/i18n.h"
#include "base/utc.h"

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- items ---- */

static void
item_free(gpointer data)
{
	PsUpstreamItem *item = data;

	g_free(item->key);
	g_free(item->flaw);
	g_free(item->label);
	g_ptr_array_unref(item->pairs);
	g_free(item);
}

PsUpstreamItem *
ps_upstream_add(PsUpstreamTaking *taking, const char *kind, char *key, char *label, ...)
{
	PsUpstreamItem *item = g_new0(PsUpstreamItem, 1);
	const char *field;
	va_list pairs;

	*item = (PsUpstreamItem){kind, key, g_strdup(taking->flaw_key),
				 g_ptr_array_new_with_free_func(g_free), label};
	va_start(pairs, label);
	while ((field = va_arg(pairs, const char *))) {
		const char *value = va_arg(pairs, const char *);
		if (!value || !*value)
			continue;
		g_ptr_array_add(item->pairs, g_strdup(field));
		g_ptr_array_add(item->pairs, g_strdup(value));
	}
	va_end(pairs);
	g_ptr_array_add(taking->items, item);
	return item;
}

const char *
ps_upstream_item_value(const PsUpstreamItem *item, const char *field)
{
	for (guint i = 0; i + 1 < item->pairs->len; i += 2)
		if (g_str_equal(item->pairs->pdata[i], field))
			return item->pairs->pdata[i + 1];
	return NULL;
}

/* ---- texts ---- */

/* A date of the document in our form; NULL where there is none that can be read. New string. */
char *
ps_upstream_date(const cJSON *object, const char *first, const char *second)
{
	const char *text = ps_json_text(object, first);
	gint64 at;

	if (!text && second)
		text = ps_json_text(object, second);
	return text && ps_utc_parse(text, &at, NULL) ? ps_utc_format(at) : NULL;
}

/* What describes it comes first, what goes further after it, under its title. Terms of use are
 * theirs, not ours. New string or NULL. */
static char *
note_text(const cJSON *notes)
{
	static const char *const categories[] = {"description", "summary", "details", "general",
						 "faq"};
	g_autoptr(GString) text = g_string_new(NULL);
	const cJSON *note;

	for (gsize i = 0; i < G_N_ELEMENTS(categories); i++)
		cJSON_ArrayForEach (note, notes) {
			const char *words = ps_json_text(note, "text");
			const char *title = ps_json_text(note, "title");
			if (!words || g_strcmp0(ps_json_text(note, "category"), categories[i]) != 0)
				continue;
			if (text->len > 0 && title && *title)
				g_string_append_printf(text, "\n\n%s:", title);
			g_string_append_printf(text, "%s%s", text->len > 0 ? "\n\n" : "", words);
		}
	return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

/* ---- products ---- */

const char *
ps_upstream_match_id(const PsUpstreamMatch *match)
{
	return match->relationship ? match->relationship : match->release;
}

static gboolean
is_sure(const PsUpstreamMatch *match)
{
	return ps_upstream_confidence_rank(match->confidence) >= 1;
}

static void
add_matches(const PsUpstreamTaking *taking, const char *product_id, GHashTable *known,
	    GPtrArray *matches)
{
	const PsUpstreamProduct *product = ps_upstream_product_find(taking->upstream, product_id);

	for (guint i = 0; product && i < product->matches->len; i++) {
		PsUpstreamMatch *match = product->matches->pdata[i];
		if (is_sure(match) &&
		    g_hash_table_add(known, (gpointer)ps_upstream_match_id(match)))
			g_ptr_array_add(matches, match);
	}
}

static void
add_group(const PsUpstreamTaking *taking, const char *group_id, GHashTable *known,
	  GPtrArray *matches)
{
	const cJSON *group, *id;

	cJSON_ArrayForEach (group, ps_json_at(taking->upstream->document,
					      "/product_tree/product_groups")) {
		if (g_strcmp0(ps_json_text(group, "group_id"), group_id) != 0)
			continue;
		cJSON_ArrayForEach (id, member(group, "product_ids"))
			if (cJSON_IsString(id))
				add_matches(taking, id->valuestring, known, matches);
	}
}

GPtrArray *
ps_upstream_spoken_of(const PsUpstreamTaking *taking, const cJSON *object, const char *products)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *matches = g_ptr_array_new();
	const cJSON *id;

	cJSON_ArrayForEach (id, member(object, products))
		if (cJSON_IsString(id))
			add_matches(taking, id->valuestring, known, matches);
	cJSON_ArrayForEach (id, member(object, "group_ids"))
		if (cJSON_IsString(id))
			add_group(taking, id->valuestring, known, matches);
	return matches;
}

gboolean
ps_upstream_speaks_of_all(const PsUpstreamTaking *taking, const cJSON *object, const char *products)
{
	g_autoptr(GPtrArray) matches = ps_upstream_spoken_of(taking, object, products);
	guint found = 0;

	if (!member(object, products) && !member(object, "group_ids"))
		return TRUE;
	for (guint i = 0; i < matches->len; i++)
		found += g_hash_table_contains(taking->concerned,
					       ps_upstream_match_id(matches->pdata[i]));
	return found == g_hash_table_size(taking->concerned);
}

/* ---- vulnerabilities ---- */

/* Only those that are in the catalogue. Lent. */
static const char *
weakness_of(PsUpstreamTaking *taking)
{
	const cJSON *list = member(taking->flaw, "cwes"), *one;
	const char *found = NULL;

	if (!list) {
		const char *id = ps_json_text(member(taking->flaw, "cwe"), "id");
		g_autoptr(cJSON) known = id ? ps_build_cwe(id) : NULL;
		return known ? id : NULL;
	}
	cJSON_ArrayForEach (one, list) {
		const char *id = ps_json_text(one, "id");
		g_autoptr(cJSON) known = id ? ps_build_cwe(id) : NULL;
		if (known && !found)
			found = id;
		else if (id)
			g_ptr_array_add(taking->left_out,
					g_strdup_printf(_("%s, a further weakness: a vulnerability "
							  "has one here"),
							id));
	}
	return found;
}

static char *
flaw_title(const PsUpstreamTaking *taking)
{
	char *title = ps_upstream_line(ps_json_text(taking->flaw, "title"));

	if (!title)
		title = ps_upstream_line(ps_json_text(taking->flaw, "cve"));
	return title ? title : ps_upstream_line(taking->upstream->title);
}

/* "CVE-…" of the document, if it is one. */
static const char *
cve_of(const cJSON *flaw)
{
	const char *cve = ps_json_text(flaw, "cve");

	return cve && g_regex_match_simple("^CVE-[0-9]{4}-[0-9]{4,}$", cve, 0, 0) ? cve : NULL;
}

/* The earliest day of exploitation that the document knows (2.1); NULL: none. New string. */
static char *
first_exploited(const cJSON *flaw)
{
	const cJSON *item;
	char *first = NULL;

	cJSON_ArrayForEach (item, member(flaw, "first_known_exploitation_dates")) {
		g_autofree char *at = ps_upstream_date(item, "exploitation_date", "date");
		/* in one form, times compare as texts */
		if (at && (!first || strcmp(at, first) < 0)) {
			g_free(first);
			first = g_steal_pointer(&at);
		}
	}
	return first;
}

static void
take_vulnerability(PsUpstreamTaking *taking)
{
	const cJSON *flaw = taking->flaw;
	g_autofree char *title = flaw_title(taking);
	g_autofree char *description = note_text(member(flaw, "notes"));
	g_autofree char *discovered = ps_upstream_date(flaw, "discovery_date", NULL);
	g_autofree char *public = ps_upstream_date(flaw, "release_date", "disclosure_date");
	g_autofree char *exploited = first_exploited(flaw);
	const cJSON *known = member(flaw, "first_known_exploitation_dates");
	const char *cve = cve_of(flaw);

	ps_upstream_add(taking, "vulnerability", g_strdup(taking->flaw_key),
			g_strdup(cve ? cve : title), "title", title, "cve", cve, "cwe",
			weakness_of(taking), "description", description, "discovered_at",
			discovered, "public_at", public, "exploited",
			known && known->child ? "active" : NULL, "exploited_at", exploited, NULL);
}

/* ---- status ---- */

/* Where several products are the same one of ours, the graver status counts. */
static const char *const gravest_first[] = {
	"known_affected", "first_affected",      "last_affected",
	"unknown",        "under_investigation", "first_fixed",
	"fixed",          "known_not_affected",  "recommended"};

static gboolean
speaks_of(const PsUpstreamTaking *taking, const cJSON *object, const char *id)
{
	g_autoptr(GPtrArray) matches = ps_upstream_spoken_of(taking, object, "product_ids");

	for (guint i = 0; i < matches->len; i++)
		if (g_str_equal(ps_upstream_match_id(matches->pdata[i]), id))
			return TRUE;
	return FALSE;
}

static const char *
justification_of(const PsUpstreamTaking *taking, const char *id)
{
	const PsField *field = ps_kind_field(ps_kind_find("affected"), "justification");
	const cJSON *flag;

	cJSON_ArrayForEach (flag, member(taking->flaw, "flags")) {
		const char *label = ps_json_text(flag, "label");
		if (label && g_strv_contains(field->choices, label) && speaks_of(taking, flag, id))
			return label;
	}
	return NULL;
}

static const char *
impact_of(const PsUpstreamTaking *taking, const char *id)
{
	const cJSON *threat;

	cJSON_ArrayForEach (threat, member(taking->flaw, "threats"))
		if (g_strcmp0(ps_json_text(threat, "category"), "impact") == 0 &&
		    speaks_of(taking, threat, id))
			return ps_json_text(threat, "details");
	return NULL;
}

static void
take_match(PsUpstreamTaking *taking, const char *status, const PsUpstreamMatch *match)
{
	const char *id = ps_upstream_match_id(match);
	gboolean harmless = g_str_equal(status, "known_not_affected");
	/* 2.0 and our records have no word for what 2.1 calls unknown */
	const char *ours = g_str_equal(status, "unknown") ? "under_investigation" : status;

	ps_upstream_add(taking, "affected", g_strjoin(" ", taking->flaw_key, id, NULL),
			g_strdup(id), "release", match->release, "relationship",
			match->relationship, "status", ours, "justification",
			harmless ? justification_of(taking, id) : NULL, "impact",
			harmless ? impact_of(taking, id) : NULL, NULL);
}

static gboolean
is_concerned(const char *status)
{
	return ps_status_is_affected(status) || g_str_equal(status, "under_investigation") ||
	       g_str_equal(status, "unknown");
}

static void
take_status(PsUpstreamTaking *taking)
{
	const cJSON *status = member(taking->flaw, "product_status");
	g_autoptr(GHashTable) judged = g_hash_table_new(g_str_hash, g_str_equal);

	for (gsize i = 0; i < G_N_ELEMENTS(gravest_first); i++) {
		g_autoptr(GPtrArray) matches =
			ps_upstream_spoken_of(taking, status, gravest_first[i]);
		for (guint j = 0; j < matches->len; j++) {
			const PsUpstreamMatch *match = matches->pdata[j];
			gpointer id = (gpointer)ps_upstream_match_id(match);
			if (!g_hash_table_add(judged, id))
				continue;
			taking->ours_named = TRUE;
			take_match(taking, gravest_first[i], match);
			if (is_concerned(gravest_first[i]))
				g_hash_table_add(taking->concerned, id);
		}
	}
}

/* ---- exploitation ---- */

/* What the document knows is a signal; what it merely says in words is for somebody to judge. */
static void
take_exploitation(PsUpstreamTaking *taking)
{
	const char *publisher = taking->upstream->publisher;
	const char *cve = cve_of(taking->flaw);
	g_autofree char *at = first_exploited(taking->flaw);
	const cJSON *threat;

	if (at) {
		g_autofree char *text = g_strdup_printf(
			_("Signal of exploitation, from %s. %s was exploited on %s."), publisher,
			cve ? cve : _("The vulnerability"), at);
		ps_upstream_add(taking, "event", g_strjoin(" ", "signal", taking->flaw_key, NULL),
				g_strdup(cve ? cve : at), "text", text, NULL);
	}
	cJSON_ArrayForEach (threat, member(taking->flaw, "threats")) {
		g_autofree char *details = ps_upstream_line(ps_json_text(threat, "details"));
		if (!details || g_strcmp0(ps_json_text(threat, "category"), "exploit_status") != 0)
			continue;
		g_autofree char *text =
			g_strdup_printf(_("Judge what %s says of exploitation (%s): “%s”"),
					publisher, cve ? cve : taking->upstream->tracking_id,
					details);
		g_autofree char *title = ps_upstream_line(text);
		ps_upstream_add(taking, "task",
				g_strjoin(" ", "judge", taking->flaw_key, details, NULL),
				g_strdup(details), "title", title, NULL);
	}
}

/* ---- references ---- */

static void
take_references(PsUpstreamTaking *taking, const cJSON *list, GHashTable *known)
{
	const cJSON *reference;

	cJSON_ArrayForEach (reference, list) {
		g_autofree char *url = ps_upstream_line(ps_json_text(reference, "url"));
		g_autofree char *summary = ps_upstream_line(ps_json_text(reference, "summary"));
		if (!url || g_hash_table_contains(known, url))
			continue;
		ps_upstream_add(taking, "reference", g_strjoin(" ", "reference", url, NULL),
				g_strdup(url), "url", url, "summary", summary ? summary : url,
				"category", "external", NULL);
		g_hash_table_add(known, g_steal_pointer(&url));
	}
}

/* ---- all of it ---- */

static void
take_flaw(PsUpstreamTaking *taking, GHashTable *links)
{
	g_autofree char *title = flaw_title(taking);
	const char *cve = cve_of(taking->flaw);
	g_autofree char *key = g_strconcat("flaw ", cve ? cve : title, NULL);

	taking->flaw_key = key;
	taking->ours_named = FALSE;
	taking->concerned = g_hash_table_new(g_str_hash, g_str_equal);
	take_vulnerability(taking);
	take_status(taking);
	ps_upstream_take_scores(taking);
	ps_upstream_take_remediations(taking);
	take_exploitation(taking);
	taking->flaw_key = NULL;
	ps_upstream_take_credits(taking, member(taking->flaw, "acknowledgments"));
	take_references(taking, member(taking->flaw, "references"), links);
	g_clear_pointer(&taking->concerned, g_hash_table_unref);
}

GPtrArray *
ps_upstream_items(const PsUpstream *upstream, gboolean ours, GPtrArray *left_out)
{
	const cJSON *document = upstream->document;
	PsUpstreamTaking taking = {.upstream = upstream,
				   .ours = ours,
				   .items = g_ptr_array_new_with_free_func(item_free),
				   .left_out = left_out};
	g_autoptr(GHashTable) links = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *summary = note_text(ps_json_at(document, "/document/notes"));

	ps_upstream_add(&taking, "case", g_strdup("case"), g_strdup(upstream->tracking_id),
			"summary", summary, NULL);
	ps_upstream_take_credits(&taking, ps_json_at(document, "/document/acknowledgments"));
	take_references(&taking, ps_json_at(document, "/document/references"), links);
	cJSON_ArrayForEach (taking.flaw, member(document, "vulnerabilities"))
		take_flaw(&taking, links);
	return taking.items;
}
