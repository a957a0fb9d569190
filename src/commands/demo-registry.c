#include "config.h"

/* The demo's products, releases, components and parts. */

#include "commands/demo.h"

#include "cases/edit.h"

static char *
make_record(PsTxn *txn, const char *kind, const cJSON *fields, const char *parent_field,
	    const char *parent, GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new();

	ps_demo_pairs(fields, pairs);
	if (parent) {
		g_ptr_array_add(pairs, (gpointer)parent_field);
		g_ptr_array_add(pairs, (gpointer)parent);
	}
	g_ptr_array_add(pairs, NULL);
	return ps_edit_new(txn, kind, (char *const *)pairs->pdata, error);
}

static gboolean
make_list(PsTxn *txn, const char *kind, const cJSON *list, const char *parent_field,
	  const char *parent, GError **error)
{
	const cJSON *fields;

	cJSON_ArrayForEach (fields, list) {
		g_autofree char *id = make_record(txn, kind, fields, parent_field, parent, error);
		if (!id)
			return FALSE;
	}
	return TRUE;
}

static gboolean
make_all(PsTxn *txn, const char *kind, const cJSON *list, const char *release, GError **error)
{
	return make_list(txn, kind, list, "release", release, error);
}

/* `names`: a text or a list of texts, each a list in the book. */
static gboolean
make_inventory(PsTxn *txn, const char *kind, const cJSON *book, const cJSON *names,
	       const char *release, GError **error)
{
	const cJSON *name;

	if (cJSON_IsString(names))
		return make_all(txn, kind,
				cJSON_GetObjectItemCaseSensitive(book, names->valuestring), release,
				error);
	cJSON_ArrayForEach (name, names) {
		const cJSON *list = cJSON_GetObjectItemCaseSensitive(book, name->valuestring);
		if (!make_all(txn, kind, list, release, error))
			return FALSE;
	}
	return TRUE;
}

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static gboolean
make_release(PsTxn *txn, const cJSON *registry, const cJSON *product, const cJSON *release,
	     const char *product_id, GError **error)
{
	g_autofree char *id = make_record(txn, "release", release, "product", product_id, error);

	if (!id)
		return FALSE;
	if (ps_json_flag(release, "components") &&
	    !make_inventory(txn, "component", member(registry, "components"),
			    member(product, "components"), id, error))
		return FALSE;
	return !ps_json_flag(release, "parts") ||
	       make_inventory(txn, "part", member(registry, "parts"), member(product, "parts"), id,
			      error);
}

static gboolean
make_product(PsTxn *txn, const cJSON *registry, const cJSON *product, GError **error)
{
	g_autofree char *id =
		make_record(txn, "product", member(product, "fields"), NULL, NULL, error);
	const cJSON *release;

	if (!id)
		return FALSE;
	cJSON_ArrayForEach (release, member(product, "releases")) {
		if (!make_release(txn, registry, product, release, id, error))
			return FALSE;
	}
	return make_list(txn, "identifier", member(product, "identifiers"), "product", id, error);
}

/* A firmware on a device; both are named by words that find one release. */
static gboolean
make_combination(PsTxn *txn, const cJSON *entry, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	g_autofree char *release = ps_demo_release(store, ps_json_text(entry, "release"), error);
	g_autofree char *other =
		release ? ps_demo_release(store, ps_json_text(entry, "relates_to"), error) : NULL;
	const char *pairs[] = {"release",    release, "category", ps_json_text(entry, "category"),
			       "relates_to", other,   NULL};
	g_autofree char *id =
		other ? ps_edit_new(txn, "relationship", (char *const *)pairs, error) : NULL;

	return id != NULL;
}

static gboolean
make_template(PsTxn *txn, const cJSON *entry, GError **error)
{
	g_autofree char *id =
		make_record(txn, "advisory_template", member(entry, "fields"), NULL, NULL, error);

	return id &&
	       make_list(txn, "template_note", member(entry, "notes"), "template", id, error) &&
	       make_list(txn, "template_reference", member(entry, "references"), "template", id,
			 error);
}

static gboolean
make_others(PsTxn *txn, const cJSON *registry, GError **error)
{
	const cJSON *entry;

	cJSON_ArrayForEach (entry, member(registry, "combinations"))
		if (!make_combination(txn, entry, error))
			return FALSE;
	cJSON_ArrayForEach (entry, member(registry, "templates"))
		if (!make_template(txn, entry, error))
			return FALSE;
	return TRUE;
}

gboolean
ps_demo_registry(PsDemo *demo, GError **error)
{
	g_autoptr(cJSON) registry = ps_demo_json("registry.json", error);
	g_autoptr(PsTxn) txn =
		registry ? ps_txn_begin(demo->cli->store, "demo.registry", error) : NULL;
	const cJSON *product;

	if (!txn)
		return FALSE;
	cJSON_ArrayForEach (product, member(registry, "products")) {
		if (!make_product(txn, registry, product, error))
			return FALSE;
	}
	return make_others(txn, registry, error) && ps_txn_commit(txn, error);
}
