#include "config.h"

/* Tests over the shape of the product tree that came with CSAF 2.1: what may stand along a path of
 * branches, and what product paths refer to. */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"

/* Section 5.5. */
#define DEPTH_MAX 30

/* 6.1.34 */
static void
check_depth(PsCsafContext *context, const PsCsafProduct *product)
{
	const char *id = product->id;

	if (product->n_branches > DEPTH_MAX)
		ps_csaf_found(context, &product->place,
			      _("The product “%s” stands below %d branches; more than %d are too "
				"many."),
			      id ? id : "", product->n_branches, DEPTH_MAX);
}

void
ps_csaf_test_branch_depth(PsCsafContext *context)
{
	ps_csaf_each_product(context, check_depth);
}

/* 6.1.57: a category counts as one of these; few enough to look at each pair. */
static const char *
twice_in(const char *const *branches, int n_branches)
{
	for (int i = 1; i < n_branches; i++)
		for (int j = 0; j < i && !g_str_equal(branches[i], "product_family"); j++)
			if (g_str_equal(branches[i], branches[j]))
				return branches[i];
	return NULL;
}

static void
check_twice(PsCsafContext *context, const PsCsafProduct *product)
{
	const char *id = product->id;
	const char *category = twice_in(product->branches, product->n_branches);

	if (category)
		ps_csaf_found(context, &product->place,
			      _("The branches above the product “%s” hold the category “%s” twice; "
				"only product_family may be there more than once."),
			      id ? id : "", category);
}

void
ps_csaf_test_branch_twice(PsCsafContext *context)
{
	ps_csaf_each_product(context, check_twice);
}

/* 6.1.58 */
static gboolean
holds(const char *const *branches, int n_branches, const char *category)
{
	for (int i = 0; i < n_branches; i++)
		if (g_str_equal(branches[i], category))
			return TRUE;
	return FALSE;
}

static void
check_both(PsCsafContext *context, const PsCsafProduct *product)
{
	const char *id = product->id;

	if (holds(product->branches, product->n_branches, "product_version") &&
	    holds(product->branches, product->n_branches, "product_version_range"))
		ps_csaf_found(context, &product->place,
			      _("The branches above the product “%s” hold both a version and a "
				"range of versions; keep one."),
			      id ? id : "");
}

void
ps_csaf_test_branch_version_and_range(PsCsafContext *context)
{
	ps_csaf_each_product(context, check_both);
}

/* 6.3.22 */
void
ps_csaf_test_path_nested(PsCsafContext *context)
{
	g_autoptr(GHashTable) made = ps_csaf_set_new();
	PsPlace list = {&ps_place_tree, ps_csaf_relations(context), 0}, place = {&list, NULL, 0};
	const cJSON *first = ps_csaf_items(context->tree, list.name);

	for (const cJSON *item = first; item; item = item->next) {
		const char *id =
			ps_csaf_string(ps_csaf_object(item, "full_product_name"), "product_id");
		if (id)
			g_hash_table_add(made, (gpointer)id);
	}
	for (const cJSON *item = first; item; item = item->next, place.index++) {
		PsCsafParts parts;
		ps_csaf_parts_init(&parts, context, item, &place);
		for (const char *id; (id = ps_csaf_parts_next(&parts));)
			if (g_hash_table_contains(made, id))
				ps_csaf_found(context, &parts.at,
					      _("The product “%s” is made of others itself; a path "
						"over its own parts is easier to match."),
					      id);
	}
}

/* 6.2.22 */
void
ps_csaf_test_title_tracking_id(PsCsafContext *context)
{
	const char *title = ps_csaf_string(context->document, "title");
	const char *id = ps_csaf_string(context->tracking, "id");
	PsPlace place = {&ps_place_document, "title", 0};

	if (title && id && *id && strstr(title, id))
		ps_csaf_found(context, &place,
			      _("The title holds the tracking id “%s”; leave it out there."), id);
}
