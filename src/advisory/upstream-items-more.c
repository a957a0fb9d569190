#include "config.h"

/* Scores, remedies and credits of a document that came in. */

#include "advisory/upstream-items.h"

#include <string.h>

#include "advisory/upstream-internal.h"
#include "base/i18n.h"
#include "scoring/cvss.h"

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- scores: each by its source and the products that it is for ---- */

typedef struct {
	PsCvss cvss;
	PsCvssScores scores;
	char vector[PS_CVSS_VECTOR_MAX];
	const char *source; /* "ours", "CNA", "NVD" */
	char *origin;       /* NULL: ours */
	const cJSON *of;    /* the object that names the products */
	int products;       /* how many it names */
	gboolean all;       /* of ours, it speaks of each */
} Given;

/* Scores beyond this are no assessment. */
#define SCORES_READ 2000

static void
given_free(gpointer data)
{
	Given *given = data;

	g_free(given->origin);
	g_free(given);
}

/* CSAF 2.1 may say where a metric comes from; what does not is the publisher's own. */
static void
read_source(const PsUpstreamTaking *taking, const cJSON *item, Given *given)
{
	const char *said = ps_json_text(item, "source");

	if (said && strstr(said, "nvd.nist.gov"))
		given->source = "NVD";
	else
		given->source = taking->ours && !said ? "ours" : "CNA";
	if (!g_str_equal(given->source, "ours"))
		given->origin = ps_upstream_line(said ? said : taking->upstream->publisher);
}

static void
read_score(const PsUpstreamTaking *taking, const cJSON *item, const cJSON *object, GPtrArray *all)
{
	const char *vector = ps_json_text(object, "vectorString");
	Given *given = g_new0(Given, 1);

	if (!vector || all->len >= SCORES_READ || !ps_cvss_parse_text(vector, &given->cvss, NULL) ||
	    !ps_cvss_score(&given->cvss, &given->scores)) {
		g_free(given);
		return;
	}
	ps_cvss_format(&given->cvss, given->vector);
	read_source(taking, item, given);
	given->of = item;
	given->products = cJSON_GetArraySize(member(item, "products"));
	given->all = ps_upstream_speaks_of_all(taking, item, "products");
	g_ptr_array_add(all, given);
}

static GPtrArray *
read_scores(const PsUpstreamTaking *taking)
{
	static const char *const members[] = {"cvss_v2", "cvss_v3", "cvss_v4"};
	GPtrArray *all = g_ptr_array_new_with_free_func(given_free);
	const cJSON *item;

	cJSON_ArrayForEach (item, member(taking->flaw, "scores"))
		for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
			read_score(taking, item, member(item, members[i]), all);
	cJSON_ArrayForEach (item, member(taking->flaw, "metrics"))
		for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
			read_score(taking, item, member(member(item, "content"), members[i]), all);
	return all;
}

static gboolean
same_giver(const Given *a, const Given *b)
{
	return a->cvss.version == b->cvss.version && g_str_equal(a->source, b->source) &&
	       g_strcmp0(a->origin, b->origin) == 0;
}

/* Of one giver and version: what is said of all of ours, else of the most products, else the
 * highest, is the score of the vulnerability; the others are of single releases. */
static gboolean
is_more_general(const Given *a, const Given *b)
{
	if (a->all != b->all)
		return a->all;
	if (a->products != b->products)
		return a->products > b->products;
	return a->scores.overall > b->scores.overall;
}

static const Given *
most_general(GPtrArray *all, const Given *like)
{
	const Given *best = like;

	for (guint i = 0; i < all->len; i++)
		if (same_giver(all->pdata[i], like) && is_more_general(all->pdata[i], best))
			best = all->pdata[i];
	return best;
}

static void
add_score(PsUpstreamTaking *taking, const Given *given, const PsUpstreamMatch *match)
{
	const char *version = ps_cvss_table(given->cvss.version)->name;
	const char *product = match ? ps_upstream_match_id(match) : "";
	char *key = g_strjoin(" ", "score", taking->flaw_key, version, given->source,
			      given->origin ? given->origin : "", product, NULL);

	ps_upstream_add(taking, "score", key, g_strdup(given->vector), "vector", given->vector,
			"source", given->source, "origin", given->origin, "release",
			match ? match->release : NULL, "relationship",
			match ? match->relationship : NULL, NULL);
}

/* A score of ours for a release may differ in environmental metrics only. */
static gboolean
may_stand_beside(const Given *given, const Given *general)
{
	const PsCvssTable *table = ps_cvss_table(given->cvss.version);

	for (int i = 0; g_str_equal(given->source, "ours") && i < table->n_metrics; i++)
		if (table->metrics[i].group != PS_CVSS_ENVIRONMENTAL &&
		    ps_cvss_get(&given->cvss, i) != ps_cvss_get(&general->cvss, i))
			return FALSE;
	return TRUE;
}

static void
add_single_scores(PsUpstreamTaking *taking, const Given *given, const Given *general,
		  GHashTable *known)
{
	g_autoptr(GPtrArray) matches = ps_upstream_spoken_of(taking, given->of, "products");

	if (g_str_equal(given->vector, general->vector))
		return;
	if (matches->len == 0 || !may_stand_beside(given, general))
		g_ptr_array_add(taking->left_out,
				g_strdup_printf(_("%s, which is of no product of ours by itself"),
						given->vector));
	for (guint i = 0; i < matches->len && may_stand_beside(given, general); i++) {
		char *once = g_strjoin(" ", ps_cvss_table(given->cvss.version)->name, given->source,
				       given->origin ? given->origin : "",
				       ps_upstream_match_id(matches->pdata[i]), NULL);
		if (g_hash_table_add(known, once))
			add_score(taking, given, matches->pdata[i]);
	}
}

void
ps_upstream_take_scores(PsUpstreamTaking *taking)
{
	g_autoptr(GPtrArray) all = read_scores(taking);
	g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < all->len; i++)
		if (most_general(all, all->pdata[i]) == all->pdata[i])
			add_score(taking, all->pdata[i], NULL);
	for (guint i = 0; i < all->len; i++) {
		const Given *general = most_general(all, all->pdata[i]);
		if (general != all->pdata[i])
			add_single_scores(taking, all->pdata[i], general, known);
	}
}

/* ---- remedies: proposals, until somebody here accepts them ---- */

/* The only release of ours that the document calls fixed; NULL: none, or several. */
static const char *
only_fixed(const PsUpstreamTaking *taking)
{
	static const char *const groups[] = {"fixed", "first_fixed"};
	const cJSON *status = member(taking->flaw, "product_status");
	const char *found = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(groups); i++) {
		g_autoptr(GPtrArray) matches = ps_upstream_spoken_of(taking, status, groups[i]);
		for (guint j = 0; j < matches->len; j++) {
			const PsUpstreamMatch *match = matches->pdata[j];
			if (found && !g_str_equal(found, match->release))
				return NULL;
			found = match->release;
		}
	}
	return found;
}

/* One a line. New string or NULL. */
static char *
entitlements_of(const cJSON *remediation)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const cJSON *line;

	cJSON_ArrayForEach (line, member(remediation, "entitlements")) {
		g_autofree char *words =
			cJSON_IsString(line) ? ps_upstream_line(line->valuestring) : NULL;
		if (words)
			g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", words);
	}
	return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

static const char *
restart_of(const cJSON *restart)
{
	const PsField *field = ps_kind_field(ps_kind_find("decision"), "restart");
	const char *category = ps_json_text(restart, "category");

	return category && g_strv_contains(field->choices, category) ? category : NULL;
}

static void
add_remediation(PsUpstreamTaking *taking, const cJSON *remediation, const PsUpstreamMatch *match)
{
	const char *category = ps_json_text(remediation, "category");
	const char *details = ps_json_text(remediation, "details");
	const char *restart_words =
		ps_json_text(member(remediation, "restart_required"), "details");
	const char *restart = restart_of(member(remediation, "restart_required"));
	const char *product = match ? ps_upstream_match_id(match) : "";
	gboolean fix = g_str_equal(category, "vendor_fix");
	g_autofree char *url = ps_upstream_line(ps_json_text(remediation, "url"));
	g_autofree char *date = ps_upstream_date(remediation, "date", NULL);
	g_autofree char *entitlements = entitlements_of(remediation);
	g_autofree char *reason =
		g_strdup_printf(_("Proposed by %s in “%s”."), taking->upstream->publisher,
				taking->upstream->tracking_id);
	char *key = g_strjoin(" ", "remedy", taking->flaw_key, category, details ? details : "",
			      url ? url : "", date ? date : "", restart ? restart : "",
			      restart_words ? restart_words : "", product, NULL);

	ps_upstream_add(taking, "decision", key,
			g_strdup_printf("%s: %s", category, details ? details : ""), "category",
			category, "details", details, "url", url, "date", date, "reason", reason,
			"restart", restart, "restart_details", restart_words, "entitlements",
			entitlements, "fixed_in", fix ? only_fixed(taking) : NULL, "release",
			match ? match->release : NULL, "relationship",
			match ? match->relationship : NULL, "proposed", "yes", NULL);
}

void
ps_upstream_take_remediations(PsUpstreamTaking *taking)
{
	const PsField *field = ps_kind_field(ps_kind_find("decision"), "category");
	const cJSON *remediation;

	cJSON_ArrayForEach (remediation, member(taking->flaw, "remediations")) {
		const char *category = ps_json_text(remediation, "category");
		if (!category || !g_strv_contains(field->choices, category)) {
			g_ptr_array_add(taking->left_out,
					g_strdup_printf(_("A remedy of the kind “%s”: there is no "
							  "such decision here"),
							category ? category : "?"));
			continue;
		}
		g_autoptr(GPtrArray) matches =
			ps_upstream_spoken_of(taking, remediation, "product_ids");
		/* ours are named, and none of them needs it */
		if (taking->ours_named && g_hash_table_size(taking->concerned) == 0 &&
		    matches->len == 0)
			continue;
		if (ps_upstream_speaks_of_all(taking, remediation, "product_ids")) {
			add_remediation(taking, remediation, NULL);
			continue;
		}
		for (guint i = 0; i < matches->len; i++)
			add_remediation(taking, remediation, matches->pdata[i]);
	}
}

/* ---- credits ---- */

/* Whom a public document names may be named again; of another one, they are asked. */
static void
add_credit(PsUpstreamTaking *taking, const cJSON *item, const char *name)
{
	gboolean open = g_strcmp0(taking->upstream->tlp, "CLEAR") == 0;
	const cJSON *urls = member(item, "urls");
	g_autofree char *person = ps_upstream_line(name);
	g_autofree char *company = ps_upstream_line(ps_json_text(item, "organization"));
	g_autofree char *url = urls && cJSON_IsString(urls->child)
				       ? ps_upstream_line(urls->child->valuestring)
				       : NULL;
	g_autofree char *plain =
		g_strjoin(" ", "credit", person ? person : "", company ? company : "", NULL);

	if (person || company)
		ps_upstream_add(taking, "participant", g_utf8_casefold(plain, -1),
				g_strdup(person ? person : company), "role", "finder", "name",
				person, "organization", company, "credit", open ? "yes" : "unknown",
				"credit_url", url, NULL);
}

void
ps_upstream_take_credits(PsUpstreamTaking *taking, const cJSON *list)
{
	const cJSON *item, *name;

	cJSON_ArrayForEach (item, list) {
		cJSON_ArrayForEach (name, member(item, "names"))
			if (cJSON_IsString(name))
				add_credit(taking, item, name->valuestring);
		if (!member(item, "names"))
			add_credit(taking, item, NULL);
	}
}
