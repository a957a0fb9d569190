#include "config.h"

#include "advisory/upstream-merge.h"

#include <string.h>

#include "advisory/upstream-internal.h"
#include "base/i18n.h"
#include "cases/edit.h"
#include "registry/own-product.h"
#include "scoring/cvss.h"

/* ---- kinds: what tells a record from others, and what is compared ---- */

#define FIELDS(...) ((const char *const[]){__VA_ARGS__, NULL})

typedef struct {
	const char *kind;
	const char *const *identity; /* of the record; a vulnerability is looked for by itself */
	const char *const *compared;
	gboolean goes;  /* a record that is not said any more is deleted */
	gboolean fills; /* what a record of ours lacks is filled in */
} Rule;

static const Rule *
rule_of(const char *kind)
{
	static const char *const product[] = {"release", "relationship", NULL};
	static const char *const score[] = {"version", "source",       "origin",
					    "release", "relationship", NULL};
	static const char *const decision[] = {"category", "details",      "url", "date",
					       "release",  "relationship", NULL};
	static const char *const participant[] = {"name", "organization", NULL};
	static const char *const reference[] = {"url", NULL};
	static const char *const title[] = {"title", NULL};
	static const char *const none[] = {NULL};
	static const char *const flaw[] = {"title",       "cve",           "cwe",
					   "description", "discovered_at", "public_at",
					   "exploited",   "exploited_at",  NULL};
	static const char *const status[] = {"status", "justification", "impact", NULL};
	static const char *const vector[] = {"vector", NULL};
	static const char *const proposed[] = {"proposed", NULL};
	static const char *const credit[] = {"credit_url", NULL};
	static const char *const words[] = {"summary", NULL};
	static const Rule rules[] = {
		{"case", none, words, FALSE, TRUE},
		{"vulnerability", none, flaw, FALSE, TRUE},
		{"affected", product, status, TRUE, FALSE},
		{"score", score, vector, TRUE, FALSE},
		{"decision", decision, proposed, TRUE, FALSE},
		{"participant", participant, credit, FALSE, TRUE},
		{"reference", reference, words, TRUE, FALSE},
		{"task", title, none, FALSE, FALSE},
		{"event", none, none, FALSE, FALSE},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
		if (g_str_equal(rules[i].kind, kind))
			return &rules[i];
	g_assert_not_reached();
}

/* ---- telling ---- */

static void
change_free(gpointer data)
{
	PsUpstreamChange *change = data;

	g_free(change->what);
	g_free(change->old_text);
	g_free(change->new_text);
	g_free(change);
}

GPtrArray *
ps_upstream_changes_new(void)
{
	return g_ptr_array_new_with_free_func(change_free);
}

static void
tell(PsUpstreamMerge *merge, PsUpstreamHow how, const PsUpstreamItem *item, const char *field,
     const char *old, const char *new)
{
	PsUpstreamChange *change = g_new0(PsUpstreamChange, 1);
	PsStore *store = ps_txn_store(merge->txn);
	gboolean product = g_str_equal(item->kind, "affected");

	*change = (PsUpstreamChange){
		how,
		item->kind,
		product ? ps_own_product_label(store, item->label) : g_strdup(item->label),
		field,
		g_strdup(old),
		g_strdup(new)};
	g_ptr_array_add(merge->changes, change);
}

/* ---- records of the case ---- */

static GPtrArray *
records_of(PsUpstreamMerge *merge, const char *kind, GError **error)
{
	GPtrArray *records = g_hash_table_lookup(merge->records, kind);

	if (records)
		return records;
	records = ps_store_children(ps_txn_store(merge->txn), kind, merge->case_id, error);
	if (records)
		g_hash_table_insert(merge->records, (gpointer)kind, records);
	return records;
}

/* The version of a score follows from its vector. */
static const char *
item_value(const PsUpstreamItem *item, const char *field)
{
	if (g_str_equal(item->kind, "score") && g_str_equal(field, "version")) {
		const char *vector = ps_upstream_item_value(item, "vector");
		PsCvss cvss;
		return vector && ps_cvss_parse_text(vector, &cvss, NULL)
			       ? ps_cvss_table(cvss.version)->name
			       : NULL;
	}
	return ps_upstream_item_value(item, field);
}

static gboolean
has_field(const char *kind, const char *field)
{
	return ps_kind_field(ps_kind_find(kind), field) != NULL;
}

/* Of the vulnerability, or of all. */
static gboolean
is_of_flaw(const PsUpstreamMerge *merge, const PsRecord *record, const PsUpstreamItem *item)
{
	const char *flaw = item->flaw ? g_hash_table_lookup(merge->flaws, item->flaw) : NULL;
	const char *of = has_field(item->kind, "vulnerability")
				 ? ps_record_text(record, "vulnerability")
				 : NULL;

	return !item->flaw || !of || g_strcmp0(of, flaw) == 0;
}

static gboolean
is_same_text(const char *kind, const char *a, const char *b)
{
	/* names are written in more than one way */
	if (g_str_equal(kind, "participant") && a && b) {
		g_autofree char *one = g_utf8_casefold(a, -1), *other = g_utf8_casefold(b, -1);
		return g_str_equal(one, other);
	}
	return g_strcmp0(a, b) == 0;
}

static gboolean
is_it(const PsUpstreamMerge *merge, const PsRecord *record, const PsUpstreamItem *item)
{
	const Rule *rule = rule_of(item->kind);

	if (!is_of_flaw(merge, record, item))
		return FALSE;
	for (const char *const *field = rule->identity; *field; field++)
		if (!is_same_text(item->kind, ps_record_text(record, *field),
				  item_value(item, *field)))
			return FALSE;
	return TRUE;
}

/* A vulnerability is the same by its CVE, else by its title; one that nobody wrote anything into
 * yet is taken for it. */
static gboolean
is_same_flaw(const PsRecord *record, const PsUpstreamItem *item)
{
	const char *cve = ps_upstream_item_value(item, "cve");
	const char *there = ps_record_text(record, "cve");

	if (cve && there)
		return g_str_equal(there, cve);
	return (!cve || !there) && g_strcmp0(ps_record_text(record, "title"),
					     ps_upstream_item_value(item, "title")) == 0;
}

static const PsRecord *
find_record(PsUpstreamMerge *merge, const PsUpstreamItem *item, GError **error)
{
	gboolean flaw = g_str_equal(item->kind, "vulnerability");
	GPtrArray *records;

	if (g_str_equal(item->kind, "event") || !(records = records_of(merge, item->kind, error)))
		return NULL;
	for (guint i = 0; i < records->len; i++)
		if (flaw ? is_same_flaw(records->pdata[i], item)
			 : is_it(merge, records->pdata[i], item))
			return records->pdata[i];
	return NULL;
}

/* ---- adding ---- */

static gboolean
add_record(PsUpstreamMerge *merge, const PsUpstreamItem *item, GError **error)
{
	const char *flaw = item->flaw ? g_hash_table_lookup(merge->flaws, item->flaw) : NULL;
	g_autoptr(GPtrArray) pairs = g_ptr_array_new();

	for (guint i = 0; i < item->pairs->len; i++)
		g_ptr_array_add(pairs, item->pairs->pdata[i]);
	const char *more[] = {"case", merge->case_id, "vulnerability",
			      flaw,   "upstream",     merge->upstream};
	for (gsize i = 0; i < G_N_ELEMENTS(more); i += 2)
		if (more[i + 1] && has_field(item->kind, more[i])) {
			g_ptr_array_add(pairs, (gpointer)more[i]);
			g_ptr_array_add(pairs, (gpointer)more[i + 1]);
		}
	g_ptr_array_add(pairs, NULL);
	g_autofree char *id =
		ps_edit_new(merge->txn, item->kind, (char *const *)pairs->pdata, error);
	if (!id)
		return FALSE;
	if (g_str_equal(item->kind, "vulnerability"))
		g_hash_table_replace(merge->flaws, g_strdup(item->key), g_strdup(id));
	g_hash_table_remove(merge->records, item->kind);
	tell(merge, PS_UPSTREAM_ADDED, item, NULL, NULL, NULL);
	return TRUE;
}

/* ---- changing ---- */

static gboolean
set_field(PsUpstreamMerge *merge, const PsUpstreamItem *item, const char *id, const char *field,
	  const char *old, const char *new, GError **error)
{
	if (!ps_edit_set(merge->txn, item->kind, id, field, new, PS_ANY, error))
		return FALSE;
	tell(merge, PS_UPSTREAM_CHANGED, item, field, old, new);
	return TRUE;
}

/* One field of a record that is there. `before` NULL: the item is new. */
static gboolean
merge_field(PsUpstreamMerge *merge, const PsUpstreamItem *before, const PsUpstreamItem *now,
	    const PsRecord *record, const char *field, GError **error)
{
	const Rule *rule = rule_of(now->kind);
	const char *is = ps_record_text(record, field);
	const char *new = item_value(now, field);
	const char *old = before ? item_value(before, field) : NULL;
	gboolean follows = before && g_strcmp0(is, old) == 0;

	if (g_strcmp0(is, new) == 0 || (before && g_strcmp0(old, new) == 0))
		return TRUE;
	if (follows || (!is && new && rule->fills))
		return set_field(merge, now, ps_record_id(record), field, is, new, error);
	if (new)
		tell(merge, PS_UPSTREAM_KEPT, now, field, is, new);
	return TRUE;
}

static gboolean
merge_record(PsUpstreamMerge *merge, const PsUpstreamItem *before, const PsUpstreamItem *now,
	     const PsRecord *record, GError **error)
{
	const Rule *rule = rule_of(now->kind);

	/* what was decided here is not proposed again */
	if (g_str_equal(now->kind, "decision"))
		return TRUE;
	for (const char *const *field = rule->compared; *field; field++)
		if (!merge_field(merge, before, now, record, *field, error))
			return FALSE;
	return TRUE;
}

/* ---- taking away ---- */

/* It came from there, and nobody changed it. */
static gboolean
is_untouched(const PsUpstreamItem *before, const PsRecord *record)
{
	const Rule *rule = rule_of(before->kind);

	if (!rule->goes || !has_field(before->kind, "upstream") ||
	    !ps_record_text(record, "upstream"))
		return FALSE;
	for (const char *const *field = rule->compared; *field; field++)
		if (g_strcmp0(ps_record_text(record, *field), item_value(before, *field)) != 0)
			return FALSE;
	return TRUE;
}

static gboolean
take_away(PsUpstreamMerge *merge, const PsUpstreamItem *before, GError **error)
{
	g_autoptr(GError) problem = NULL;
	const PsRecord *record = find_record(merge, before, &problem);

	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (!record)
		return TRUE;
	if (!is_untouched(before, record)) {
		if (rule_of(before->kind)->goes)
			tell(merge, PS_UPSTREAM_KEPT, before, NULL, NULL, NULL);
		return TRUE;
	}
	if (!ps_edit_delete(merge->txn, before->kind, ps_record_id(record), error))
		return FALSE;
	g_hash_table_remove(merge->records, before->kind);
	tell(merge, PS_UPSTREAM_REMOVED, before, NULL, NULL, NULL);
	return TRUE;
}

/* ---- all of it ---- */

static gboolean
merge_case(PsUpstreamMerge *merge, const PsUpstreamItem *before, const PsUpstreamItem *now,
	   GError **error)
{
	g_autoptr(PsRecord) record =
		ps_store_get(ps_txn_store(merge->txn), "case", merge->case_id, error);

	return record && merge_record(merge, before, now, record, error);
}

static gboolean
merge_item(PsUpstreamMerge *merge, const PsUpstreamItem *before, const PsUpstreamItem *now,
	   GError **error)
{
	g_autoptr(GError) problem = NULL;

	if (g_str_equal(now->kind, "case"))
		return merge_case(merge, before, now, error);
	const PsRecord *record = find_record(merge, now, &problem);
	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (record && g_str_equal(now->kind, "vulnerability"))
		g_hash_table_replace(merge->flaws, g_strdup(now->key),
				     g_strdup(ps_record_id(record)));
	if (record)
		return merge_record(merge, before, now, record, error);
	/* taken out here since: it stays out; but a vulnerability that others refer to */
	return (before && !g_str_equal(now->kind, "vulnerability")) ||
	       add_record(merge, now, error);
}

static GHashTable *
by_key(GPtrArray *items)
{
	GHashTable *found = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; items && i < items->len; i++) {
		PsUpstreamItem *item = items->pdata[i];
		g_hash_table_replace(found, item->key, item);
	}
	return found;
}

static gboolean
merge_all(PsUpstreamMerge *merge, GPtrArray *before, GPtrArray *now, GError **error)
{
	g_autoptr(GHashTable) old = by_key(before), new = by_key(now);

	for (guint i = 0; i < now->len; i++) {
		const PsUpstreamItem *item = now->pdata[i];
		if (g_hash_table_lookup(new, item->key) == item &&
		    !merge_item(merge, g_hash_table_lookup(old, item->key), item, error))
			return FALSE;
	}
	for (guint i = 0; before && i < before->len; i++) {
		const PsUpstreamItem *item = before->pdata[i];
		if (!g_hash_table_contains(new, item->key) && !take_away(merge, item, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
ps_upstream_merge(PsUpstreamMerge *merge, GPtrArray *before, GPtrArray *now, GError **error)
{
	merge->records = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
					       (GDestroyNotify)g_ptr_array_unref);
	merge->flaws = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	gboolean done = merge_all(merge, before, now, error);
	g_clear_pointer(&merge->records, g_hash_table_unref);
	g_clear_pointer(&merge->flaws, g_hash_table_unref);
	return done;
}

/* ---- words ---- */

/* More of a text than this is not shown in a line. */
#define BRIEF_CHARACTERS 160

/* One line; "–" for nothing. New string. */
static char *
brief(const char *text)
{
	g_autofree char *line = ps_upstream_line(text);

	if (!line)
		return g_strdup("–");
	if (g_utf8_strlen(line, -1) <= BRIEF_CHARACTERS)
		return g_steal_pointer(&line);
	g_autofree char *begin = g_utf8_substring(line, 0, BRIEF_CHARACTERS);
	return g_strconcat(begin, "…", NULL);
}

char *
ps_upstream_change_text(const PsUpstreamChange *change)
{
	static const char *const marks[] = {[PS_UPSTREAM_ADDED] = "+",
					    [PS_UPSTREAM_CHANGED] = "~",
					    [PS_UPSTREAM_REMOVED] = "-",
					    [PS_UPSTREAM_KEPT] = "=",
					    [PS_UPSTREAM_LEFT_OUT] = "!"};
	const PsKind *kind = change->kind ? ps_kind_find(change->kind) : NULL;
	const PsField *field = kind && change->field ? ps_kind_field(kind, change->field) : NULL;
	g_autofree char *what = brief(change->what), *old = brief(change->old_text);
	g_autofree char *new = brief(change->new_text);
	GString *text = g_string_new(marks[change->how]);

	if (kind)
		g_string_append_printf(text, " %s:", _(kind->label));
	g_string_append_printf(text, " %s", what);
	if (field)
		g_string_append_printf(text, " · %s:", _(field->label));
	if (change->how == PS_UPSTREAM_CHANGED)
		g_string_append_printf(text, " %s → %s", old, new);
	else if (change->how == PS_UPSTREAM_KEPT && field)
		g_string_append_printf(text, _(" %s stays; they say %s"), old, new);
	else if (change->how == PS_UPSTREAM_KEPT)
		g_string_append(text, _(" stays, though they do not say it any more"));
	return g_string_free(text, FALSE);
}

const char *
ps_upstream_how_token(PsUpstreamHow how)
{
	static const char *const tokens[] = {[PS_UPSTREAM_ADDED] = "added",
					     [PS_UPSTREAM_CHANGED] = "changed",
					     [PS_UPSTREAM_REMOVED] = "removed",
					     [PS_UPSTREAM_KEPT] = "kept",
					     [PS_UPSTREAM_LEFT_OUT] = "left_out"};

	return tokens[how];
}
