#include "config.h"

#include "advisory/facts.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "registry/own-product.h"

/* ---- which advisory ---- */

static GPtrArray *
advisories_where(PsStore *store, const char *field, const char *value, GError **error)
{
	const char *filters[] = {field, value, NULL};
	const PsQuery query = {.kind = "advisory", .filters = filters};

	return ps_store_list(store, &query, error);
}

static int
compare_ids(gconstpointer a, gconstpointer b)
{
	const PsRecord *const *one = a, *const *other = b;

	return strcmp(ps_record_id(*one), ps_record_id(*other));
}

static char *
newest_of(GPtrArray *advisories)
{
	if (!advisories || advisories->len == 0)
		return NULL;
	g_ptr_array_sort(advisories, compare_ids);
	return g_strdup(ps_record_id(advisories->pdata[advisories->len - 1]));
}

char *
ps_advisory_resolve(PsStore *store, const char *id, GError **error)
{
	g_autoptr(GPtrArray) tracked = advisories_where(store, "tracking_id", id, error);
	if (!tracked)
		return NULL;
	if (tracked->len > 0)
		return newest_of(tracked);
	char *found = ps_store_resolve(store, "advisory", id, NULL);
	if (found)
		return found;
	g_autofree char *case_id = ps_store_resolve(store, "case", id, NULL);
	if (case_id) {
		g_autoptr(GPtrArray) of_case = advisories_where(store, "case", case_id, error);
		if (!of_case)
			return NULL;
		found = newest_of(of_case);
		if (!found)
			g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
				    _("Case “%s” has no advisory yet; draft one with “psirtdesk "
				      "advisory draft %s”."),
				    id, id);
		return found;
	}
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    _("There is no advisory “%s”; “psirtdesk list advisory” shows them all."), id);
	return NULL;
}

/* ---- reading ---- */

static int
compare_versions(gconstpointer a, gconstpointer b)
{
	const PsRecord *const *one = a, *const *other = b;
	gint64 x = ps_record_time(*one, "published_at"), y = ps_record_time(*other, "published_at");

	if (x != y)
		return x < y ? -1 : 1;
	return compare_ids(a, b);
}

static GPtrArray *
children(PsStore *store, const char *kind, const char *parent, GError **error)
{
	GPtrArray *records = ps_store_children(store, kind, parent, error);

	if (records)
		g_ptr_array_sort(records, compare_ids);
	return records;
}

/* A reference that leads nowhere is left out: the document then says what is missing. */
static gboolean
remember(PsStore *store, GHashTable *records, const char *kind, const char *id, GError **error)
{
	g_autoptr(GError) problem = NULL;

	if (!id || g_hash_table_contains(records, id))
		return TRUE;
	PsRecord *record = ps_store_get(store, kind, id, &problem);
	if (record) {
		g_hash_table_insert(records, g_strdup(id), record);
		return TRUE;
	}
	if (g_error_matches(problem, PS_ERROR, PS_ERROR_NOT_FOUND))
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&problem));
	return FALSE;
}

static gboolean
read_release(PsFacts *facts, PsStore *store, const char *id, GError **error)
{
	if (!remember(store, facts->releases, "release", id, error))
		return FALSE;
	const PsRecord *release = id ? g_hash_table_lookup(facts->releases, id) : NULL;
	return !release || remember(store, facts->products, "product",
				    ps_record_text(release, "product"), error);
}

/* Appends the children of one record. */
static gboolean
append_children(GPtrArray *list, PsStore *store, const char *kind, const char *parent,
		GError **error)
{
	g_autoptr(GPtrArray) records = children(store, kind, parent, error);

	if (!records)
		return FALSE;
	for (guint i = 0; i < records->len; i++)
		g_ptr_array_add(list, g_steal_pointer(&records->pdata[i]));
	return TRUE;
}

/* Sorted by id, whatever the order of the hash table. */
static gboolean
append_children_of(GPtrArray *list, PsStore *store, const char *kind, GHashTable *parents,
		   GError **error)
{
	g_autoptr(GList) ids = g_hash_table_get_keys(parents);

	for (GList *id = ids; id; id = id->next)
		if (!append_children(list, store, kind, id->data, error))
			return FALSE;
	g_ptr_array_sort(list, compare_ids);
	return TRUE;
}

/* What the case speaks of as such: releases in every combination, and single combinations. */
static GHashTable *
spoken_of(const PsFacts *facts)
{
	GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < facts->affected->len; i++) {
		const char *product = ps_own_product_of(facts->affected->pdata[i]);
		if (product)
			g_hash_table_add(ids, (gpointer)product);
	}
	for (guint i = 0; i < facts->decisions->len; i++) {
		const char *fixed_in = ps_record_text(facts->decisions->pdata[i], "fixed_in");
		if (fixed_in)
			g_hash_table_add(ids, (gpointer)fixed_in);
	}
	return ids;
}

/* The same two in the same way may have been entered twice. New string. */
static char *
relationship_key(const PsRecord *one)
{
	return g_strjoin(" ", ps_record_text(one, "release"), ps_record_text(one, "category"),
			 ps_record_text(one, "relates_to"), NULL);
}

/* Combinations of what the case names, with what it runs on. One that leads nowhere is left out. */
static gboolean
read_relationships(PsFacts *facts, PsStore *store, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)ps_record_free);
	g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) spoken = spoken_of(facts);

	if (!append_children_of(found, store, "relationship", facts->releases, error))
		return FALSE;
	for (guint i = 0; i < found->len; i++) {
		const char *release = ps_record_text(found->pdata[i], "release");
		const char *other = ps_record_text(found->pdata[i], "relates_to");
		gboolean own = g_hash_table_contains(spoken, ps_record_id(found->pdata[i]));
		if ((!own && !g_hash_table_contains(spoken, release)) ||
		    g_str_equal(other, release))
			continue;
		if (!read_release(facts, store, other, error))
			return FALSE;
		/* the one that was judged by itself stands for its double */
		if (ps_facts_product_of(facts, other) &&
		    (g_hash_table_add(keys, relationship_key(found->pdata[i])) || own))
			g_ptr_array_add(facts->relationships, g_steal_pointer(&found->pdata[i]));
	}
	return TRUE;
}

static gboolean
read_registry(PsFacts *facts, PsStore *store, GError **error)
{
	return read_relationships(facts, store, error) &&
	       append_children_of(facts->identifiers, store, "identifier", facts->products, error);
}

static gboolean
read_reasons(PsFacts *facts, PsStore *store, GError **error)
{
	for (guint i = 0; i < facts->scores->len; i++)
		if (!append_children(facts->reasons, store, "score_reason",
				     ps_record_id(facts->scores->pdata[i]), error))
			return FALSE;
	return TRUE;
}

static gboolean
read_template(PsFacts *facts, PsStore *store, GError **error)
{
	const char *id = ps_record_text(facts->advisory, "template");
	g_autoptr(GError) problem = NULL;

	if (!id)
		return TRUE;
	facts->template = ps_store_get(store, "advisory_template", id, &problem);
	if (!facts->template && !g_error_matches(problem, PS_ERROR, PS_ERROR_NOT_FOUND)) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	return !facts->template ||
	       (append_children(facts->template_notes, store, "template_note", id, error) &&
		append_children(facts->template_references, store, "template_reference", id,
				error));
}

static gboolean
read_releases(PsFacts *facts, PsStore *store, GError **error)
{
	for (guint i = 0; i < facts->affected->len; i++)
		if (!read_release(facts, store,
				  ps_record_text(facts->affected->pdata[i], "release"), error))
			return FALSE;
	for (guint i = 0; i < facts->decisions->len; i++) {
		const PsRecord *decision = facts->decisions->pdata[i];
		if (!read_release(facts, store, ps_record_text(decision, "release"), error) ||
		    !read_release(facts, store, ps_record_text(decision, "fixed_in"), error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
read_rejected(PsFacts *facts, PsStore *store, GError **error)
{
	const char *filters[] = {"state", "rejected", NULL};
	const PsQuery query = {.kind = "cve_id", .filters = filters};
	g_autoptr(GPtrArray) ids = ps_store_list(store, &query, error);

	facts->rejected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; ids && i < ids->len; i++) {
		const char *cve = ps_record_text(ids->pdata[i], "cve");
		if (cve)
			g_hash_table_add(facts->rejected, g_strdup(cve));
	}
	return ids != NULL;
}

/* There is one; should two desks have made one each, the newer counts. */
static gboolean
read_base(PsFacts *facts, PsStore *store, GError **error)
{
	g_autoptr(GPtrArray) bases =
		children(store, "advisory_base", ps_record_id(facts->advisory), error);

	if (!bases)
		return FALSE;
	if (bases->len > 0)
		facts->base = ps_store_get(store, "advisory_base",
					   ps_record_id(bases->pdata[bases->len - 1]), error);
	return bases->len == 0 || facts->base;
}

/* The template's text, else the setting's. */
static char *
house_text(const PsFacts *facts, PsStore *store, const char *field, const char *setting)
{
	const char *text = facts->template && field ? ps_record_text(facts->template, field) : NULL;

	return text ? g_strdup(text) : ps_store_config(store, setting);
}

static void
read_settings(PsFacts *facts, PsStore *store)
{
	facts->org_name = house_text(facts, store, "publisher", "org.name");
	facts->org_namespace = house_text(facts, store, "namespace", "org.namespace");
	facts->org_category = house_text(facts, store, NULL, "org.category");
	facts->org_contact = house_text(facts, store, "contact", "org.contact");
	facts->org_authority = house_text(facts, store, "authority", "org.authority");
	facts->org_legal = house_text(facts, store, "legal", "org.legal");
	g_autofree char *follow = ps_store_config(store, "advisory.follow");
	facts->follow = g_strcmp0(follow, "no") != 0;
	g_autofree char *url = ps_store_config(store, "provider.url");
	if (url && *url)
		facts->provider_url = g_strconcat(url, g_str_has_suffix(url, "/") ? "" : "/", NULL);
}

static gboolean
read_records(PsFacts *facts, PsStore *store, const char *id, GError **error)
{
	facts->advisory = ps_store_get(store, "advisory", id, error);
	if (!facts->advisory)
		return FALSE;
	const char *of = ps_record_text(facts->advisory, "case");
	facts->case_record = ps_store_get(store, "case", of, error);
	const struct {
		const char *kind, *parent;
		GPtrArray **list;
	} lists[] = {
		{"vulnerability", of, &facts->vulnerabilities},
		{"affected", of, &facts->affected},
		{"score", of, &facts->scores},
		{"decision", of, &facts->decisions},
		{"participant", of, &facts->participants},
		{"reference", of, &facts->references},
		{"involvement", of, &facts->involvements},
		{"advisory_item", id, &facts->items},
		{"advisory_order", id, &facts->orders},
		{"advisory_version", id, &facts->versions},
	};
	for (gsize i = 0; facts->case_record && i < G_N_ELEMENTS(lists); i++) {
		*lists[i].list = children(store, lists[i].kind, lists[i].parent, error);
		if (!*lists[i].list)
			return FALSE;
	}
	return facts->case_record != NULL;
}

PsFacts *
ps_facts_load(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsFacts) facts = g_new0(PsFacts, 1);

	if (!ps_store_is_unlocked(store)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_LOCKED,
				    _("An advisory is made of texts that are sealed; unlock the "
				      "workspace first."));
		return NULL;
	}
	g_autofree char *advisory = ps_advisory_resolve(store, id, error);
	GPtrArray **lists[] = {&facts->relationships, &facts->identifiers, &facts->reasons,
			       &facts->template_notes, &facts->template_references};
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		*lists[i] = g_ptr_array_new_with_free_func((GDestroyNotify)ps_record_free);
	facts->releases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						(GDestroyNotify)ps_record_free);
	facts->products = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						(GDestroyNotify)ps_record_free);
	if (!advisory || !read_records(facts, store, advisory, error) ||
	    !read_releases(facts, store, error) || !read_registry(facts, store, error) ||
	    !read_reasons(facts, store, error) || !read_template(facts, store, error) ||
	    !read_base(facts, store, error) || !read_rejected(facts, store, error))
		return NULL;
	g_ptr_array_sort(facts->versions, compare_versions);
	read_settings(facts, store);
	return g_steal_pointer(&facts);
}

void
ps_facts_free(PsFacts *facts)
{
	if (!facts)
		return;
	GPtrArray **lists[] = {
		&facts->vulnerabilities, &facts->affected,       &facts->scores,
		&facts->decisions,       &facts->participants,   &facts->references,
		&facts->items,           &facts->versions,       &facts->orders,
		&facts->involvements,    &facts->relationships,  &facts->identifiers,
		&facts->reasons,         &facts->template_notes, &facts->template_references};
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		g_clear_pointer(lists[i], g_ptr_array_unref);
	g_clear_pointer(&facts->releases, g_hash_table_unref);
	g_clear_pointer(&facts->products, g_hash_table_unref);
	g_clear_pointer(&facts->rejected, g_hash_table_unref);
	g_clear_pointer(&facts->advisory, ps_record_free);
	g_clear_pointer(&facts->case_record, ps_record_free);
	g_clear_pointer(&facts->base, ps_record_free);
	g_clear_pointer(&facts->template, ps_record_free);
	char **texts[] = {&facts->org_name,    &facts->org_namespace, &facts->org_category,
			  &facts->org_contact, &facts->org_authority, &facts->org_legal,
			  &facts->provider_url};
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		g_clear_pointer(texts[i], g_free);
	g_free(facts);
}

/* ---- asking ---- */

const PsRecord *
ps_facts_release(const PsFacts *facts, const char *id)
{
	return id ? g_hash_table_lookup(facts->releases, id) : NULL;
}

const PsRecord *
ps_facts_product_of(const PsFacts *facts, const char *release_id)
{
	const PsRecord *release = ps_facts_release(facts, release_id);
	const char *product = release ? ps_record_text(release, "product") : NULL;

	return product ? g_hash_table_lookup(facts->products, product) : NULL;
}

const PsRecord *
ps_facts_relationship(const PsFacts *facts, const char *id)
{
	for (guint i = 0; id && i < facts->relationships->len; i++)
		if (g_str_equal(ps_record_id(facts->relationships->pdata[i]), id))
			return facts->relationships->pdata[i];
	return NULL;
}

const char *
ps_facts_lang(const PsFacts *facts)
{
	const char *lang = ps_record_text(facts->advisory, "lang");

	return lang && *lang ? lang : "en";
}

const PsRecord *
ps_facts_published(const PsFacts *facts)
{
	guint count = facts->versions->len;

	return count > 0 ? facts->versions->pdata[count - 1] : NULL;
}
