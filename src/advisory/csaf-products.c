#include "config.h"

#include "advisory/csaf-products.h"

#include <string.h>

#include "advisory/csaf-test.h"

static void
read_members(PsCsafProducts *products, PsCsafProduct *entry, PsCsafIds *ids)
{
	const cJSON *id = NULL;

	for (const cJSON *member = entry->product->child; member; member = member->next)
		if (*member->string == 'x')
			products->has_extensions |= strcmp(member->string, "x_extensions") == 0;
		else if (*member->string != 'p')
			continue;
		else if (!id && strcmp(member->string, "product_id") == 0)
			id = member;
		else if (!entry->any_helper &&
			 strcmp(member->string, "product_identification_helper") == 0)
			entry->any_helper = member;
	entry->helper = cJSON_IsObject(entry->any_helper) ? entry->any_helper : NULL;
	entry->hashes = ps_csaf_items(entry->helper, "hashes");
	entry->id = ps_csaf_item_string(id);
	entry->number = ps_csaf_ids_mark(ids, id, PS_CSAF_ID_DEFINED);
}

static PsCsafProduct *
add(PsCsafProducts *products, const cJSON *product, PsCsafIds *ids)
{
	PsCsafProduct *entry = &products->items[products->n++];

	entry->product = product;
	read_members(products, entry, ids);
	return entry;
}

static void
add_of_branches(PsCsafProducts *products, const PsCsafBranches *branches, PsCsafIds *ids)
{
	const char *path[PS_CSAF_BRANCHES_MAX], **to = products->categories;
	const PsCsafProduct *last = NULL;

	for (gsize i = 0; i < branches->n; i++) {
		const PsCsafBranch *branch = &branches->items[i];
		int n = branch->depth + 1;
		path[branch->depth] = branch->category;
		if (!branch->product)
			continue;
		PsCsafProduct *entry = add(products, branch->product, ids);
		entry->place = (PsPlace){&branch->place, "product", 0};
		entry->n_branches = n;
		/* brothers share their path: deep trees of many would take much memory */
		if (last && last->n_branches == n &&
		    memcmp(last->branches, path, (gsize)n * sizeof *path) == 0) {
			entry->branches = last->branches;
		} else {
			entry->branches = memcpy(to, path, (gsize)n * sizeof *path);
			to += n;
		}
		last = entry;
	}
}

static void
add_names(PsCsafProducts *products, const cJSON *tree, PsCsafIds *ids)
{
	int index = 0;

	for (const cJSON *item = ps_csaf_items(tree, products->names.name); item;
	     item = item->next, index++)
		if (cJSON_IsObject(item))
			add(products, item, ids)->place = (PsPlace){&products->names, NULL, index};
}

static void
add_of_relations(PsCsafProducts *products, const cJSON *tree, PsCsafIds *ids)
{
	int index = 0;

	for (const cJSON *item = ps_csaf_items(tree, products->relations.name); item;
	     item = item->next, index++) {
		const cJSON *product = ps_csaf_object(item, "full_product_name");
		if (!product)
			continue;
		PsCsafProduct *entry = add(products, product, ids);
		entry->holder = (PsPlace){&products->relations, NULL, index};
		entry->place = (PsPlace){&entry->holder, "full_product_name", 0};
	}
}

static gsize
count(const cJSON *tree, const char *name)
{
	gsize n = 0;

	for (const cJSON *item = ps_csaf_items(tree, name); item; item = item->next)
		n++;
	return n;
}

/* Room for all that there may be. */
static void
make_room(PsCsafProducts *products, const cJSON *tree, const PsCsafBranches *branches)
{
	gsize n = count(tree, products->names.name) + count(tree, products->relations.name);
	gsize n_categories = 0;

	for (gsize i = 0; i < branches->n; i++)
		if (branches->items[i].product) {
			n++;
			n_categories += (gsize)branches->items[i].depth + 1;
		}
	products->items = g_new0(PsCsafProduct, n);
	products->categories = g_new(const char *, n_categories);
}

PsCsafProducts *
ps_csaf_products_new(const cJSON *tree, const PsCsafBranches *branches, const char *relations,
		     PsCsafIds *ids)
{
	PsCsafProducts *products = g_new0(PsCsafProducts, 1);

	products->names = (PsPlace){&ps_place_tree, "full_product_names", 0};
	products->relations = (PsPlace){&ps_place_tree, relations, 0};
	make_room(products, tree, branches);
	add_of_branches(products, branches, ids);
	add_names(products, tree, ids);
	products->n_single = products->n;
	add_of_relations(products, tree, ids);
	return products;
}

void
ps_csaf_products_free(PsCsafProducts *products)
{
	if (!products)
		return;
	g_free(products->items);
	g_free(products->categories);
	g_free(products);
}
