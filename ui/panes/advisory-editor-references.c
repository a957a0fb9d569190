#include "config.h"

/* What a document defines and its fields may refer to: products and product groups. */

#include "ui/panes/advisory-editor-model.h"

#include "base/safe-text.h"

static void
reference_free(gpointer data)
{
	PsEditorReference *reference = data;

	g_free(reference->id);
	g_free(reference->name);
	g_free(reference);
}

static void
add_reference(GPtrArray *references, const cJSON *object, const char *id, const char *name)
{
	const char *text = ps_json_text(object, id), *called = ps_json_text(object, name);

	if (!text)
		return;
	PsEditorReference *reference = g_new0(PsEditorReference, 1);
	reference->id = g_strdup(text);
	reference->name = ps_safe_text(called ? called : "", -1, PS_SAFE_LINE);
	g_ptr_array_add(references, reference);
}

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static void
add_branches(GPtrArray *references, const cJSON *branches)
{
	const cJSON *branch;

	cJSON_ArrayForEach (branch, branches) {
		add_reference(references, member(branch, "product"), "product_id", "name");
		add_branches(references, member(branch, "branches"));
	}
}

static void
add_listed(GPtrArray *references, const cJSON *list, const char *inner, const char *id,
	   const char *name)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		add_reference(references, inner ? member(item, inner) : item, id, name);
}

GPtrArray *
ps_editor_references(const cJSON *document, PsCsafRole role)
{
	GPtrArray *references = g_ptr_array_new_with_free_func(reference_free);
	const cJSON *tree = member(document, "product_tree");

	if (role == PS_CSAF_GROUP_REF) {
		add_listed(references, member(tree, "product_groups"), NULL, "group_id", "summary");
		return references;
	}
	add_branches(references, member(tree, "branches"));
	add_listed(references, member(tree, "full_product_names"), NULL, "product_id", "name");
	/* CSAF 2.0 and 2.1 call them differently. */
	add_listed(references, member(tree, "relationships"), "full_product_name", "product_id",
		   "name");
	add_listed(references, member(tree, "product_paths"), "full_product_name", "product_id",
		   "name");
	return references;
}
