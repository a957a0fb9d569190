#include "config.h"

/* /product_tree/branches: what CSAF 2.1 section 9.1.18 does to categories that are stacked (test
 * 6.1.57), to versions and ranges in one path (6.1.58), and to ranges that are none (6.1.59,
 * 6.2.49).
 *
 * The tree is taken apart into its paths, one for each product; the rules speak of paths. Each path
 * is changed by itself, and the tree is put together again from neighbours that still agree. A
 * branch whose paths need different treatment so becomes two. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/item.h"
#include "base/i18n.h"

typedef struct {
	const cJSON *origin; /* the branch of the document that was given */
	const char *category;
	char *name;
	gsize pointer_length; /* of the path's pointer that leads to this branch */
} Step;

typedef struct {
	GPtrArray *steps; /* Step*, the vendor first */
	cJSON *product;
	char *pointer;
} Path;

typedef struct {
	PsConvert *convert;
	GPtrArray *open; /* const cJSON*: branches above the one that is read */
	GArray *lengths; /* gsize: their pointers' lengths */
	GString *pointer;
	GPtrArray *paths; /* Path* */
	GHashTable *told; /* branches that a note speaks of already */
} Tree;

/* ---- apart ---- */

static void
free_step(gpointer data)
{
	Step *step = data;

	g_free(step->name);
	g_free(step);
}

static void
free_path(gpointer data)
{
	Path *path = data;

	g_ptr_array_unref(path->steps);
	cJSON_Delete(path->product);
	g_free(path->pointer);
	g_free(path);
}

static void
add_path(Tree *tree, cJSON *branch)
{
	Path *path = g_new0(Path, 1);

	path->steps = g_ptr_array_new_with_free_func(free_step);
	for (guint i = 0; i < tree->open->len; i++) {
		const cJSON *origin = tree->open->pdata[i];
		Step *step = g_new0(Step, 1);
		step->origin = origin;
		step->category = ps_json_text(origin, "category");
		step->name = g_strdup(ps_json_text(origin, "name"));
		step->pointer_length = g_array_index(tree->lengths, gsize, i);
		g_ptr_array_add(path->steps, step);
	}
	path->product = cJSON_DetachItemFromObjectCaseSensitive(branch, "product");
	path->pointer = g_strdup(tree->pointer->str);
	g_ptr_array_add(tree->paths, path);
}

static void
take_apart(Tree *tree, cJSON *branches)
{
	gsize length = tree->pointer->len;
	cJSON *branch;
	int index = 0;

	cJSON_ArrayForEach (branch, branches) {
		g_string_append_printf(tree->pointer, "/branches/%d", index++);
		g_ptr_array_add(tree->open, branch);
		g_array_append_val(tree->lengths, tree->pointer->len);
		cJSON *inner = cJSON_GetObjectItemCaseSensitive(branch, "branches");
		if (inner)
			take_apart(tree, inner);
		else
			add_path(tree, branch);
		g_ptr_array_set_size(tree->open, (int)tree->open->len - 1);
		g_array_set_size(tree->lengths, tree->lengths->len - 1);
		g_string_truncate(tree->pointer, length);
	}
}

/* ---- together ---- */

static gboolean
same_step(const Step *a, const Step *b)
{
	return a->origin == b->origin && g_str_equal(a->category, b->category) &&
	       g_str_equal(a->name, b->name);
}

static cJSON *
new_branch(cJSON *list, const Step *step)
{
	cJSON *branch = cJSON_CreateObject();

	cJSON_AddStringToObject(branch, "category", step->category);
	cJSON_AddStringToObject(branch, "name", step->name);
	cJSON_AddItemToArray(list, branch);
	return branch;
}

static cJSON *
put_together(GPtrArray *paths)
{
	cJSON *top = cJSON_CreateArray();
	g_autoptr(GPtrArray) open = g_ptr_array_new(); /* cJSON*: branches of the last path */
	const Path *last = NULL;

	for (guint i = 0; i < paths->len; i++) {
		Path *path = paths->pdata[i];
		guint common = 0;
		while (last && common + 1 < path->steps->len && common + 1 < last->steps->len &&
		       same_step(path->steps->pdata[common], last->steps->pdata[common]))
			common++;
		g_ptr_array_set_size(open, (int)common);
		for (guint s = common; s < path->steps->len; s++) {
			cJSON *list = s ? ps_need(open->pdata[s - 1], "branches", TRUE) : top;
			g_ptr_array_add(open, new_branch(list, path->steps->pdata[s]));
		}
		if (path->product && open->len)
			cJSON_AddItemToObject(open->pdata[open->len - 1], "product",
					      g_steal_pointer(&path->product));
		last = path;
	}
	return top;
}

/* ---- looking at a path ---- */

static Step *
step_at(const Path *path, guint index)
{
	return path->steps->pdata[index];
}

static int
find(const Path *path, const char *category, guint from)
{
	for (guint i = from; i < path->steps->len; i++)
		if (g_str_equal(step_at(path, i)->category, category))
			return (int)i;
	return -1;
}

/* A category that is there twice, other than product_family; NULL: none. `second`: its place. */
static const char *
stacked_category(const Path *path, guint *second)
{
	for (guint i = 1; i < path->steps->len; i++) {
		const char *category = step_at(path, i)->category;
		int first = find(path, category, 0);
		if (first < (int)i && !g_str_equal(category, "product_family")) {
			*second = i;
			return category;
		}
	}
	return NULL;
}

/* "vendor “A” / product_name “B” / …" */
static char *
path_text(const Path *path)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < path->steps->len; i++)
		g_string_append_printf(text, "%s%s “%s”", i ? " / " : "",
				       step_at(path, i)->category, step_at(path, i)->name);
	return g_string_free(text, FALSE);
}

static gboolean
is_told(Tree *tree, const cJSON *origin)
{
	return !g_hash_table_add(tree->told, (gpointer)origin);
}

/* ---- legacy ---- */

static void
replace_legacy(Tree *tree, Path *path)
{
	for (guint i = 0; i < path->steps->len; i++) {
		Step *step = step_at(path, i);
		if (!g_str_equal(step->category, "legacy"))
			continue;
		step->category = "product_name";
		if (is_told(tree, step->origin))
			continue;
		g_autofree char *pointer = g_strndup(path->pointer, step->pointer_length);
		ps_convert_warn(tree->convert, pointer,
				_("The branch category “legacy” of “%s” does not exist in CSAF "
				  "2.1 and was replaced with “product_name”; check that it is "
				  "right."),
				step->name);
	}
}

/* ---- stacked categories ---- */

static gboolean
is_no_vendor(const char *name)
{
	static const char *const names[] = {"opensource", "noassertion", "undefined", "unknown"};
	g_autoptr(GString) plain = g_string_new(NULL);

	for (const char *at = name; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_unichar_tolower(g_utf8_get_char(at));
		if (!g_unichar_isspace(c) && g_unichar_type(c) != G_UNICODE_DASH_PUNCTUATION &&
		    c != '_' && c != 0x2212)
			g_string_append_unichar(plain, c);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_str_equal(names[i], plain->str))
			return TRUE;
	return FALSE;
}

/* A branch with the product itself stays. */
static gboolean
remove_no_vendors(Path *path)
{
	gboolean changed = FALSE;

	for (guint i = path->steps->len; i-- > 0;) {
		const Step *step = step_at(path, i);
		if (i + 1 < path->steps->len && g_str_equal(step->category, "vendor") &&
		    is_no_vendor(step->name)) {
			g_ptr_array_remove_index(path->steps, i);
			changed = TRUE;
		}
	}
	return changed;
}

/* The version before others becomes part of the product's name: "Name" and "1.0" are a family
 * "Name" and a product "Name 1.0". */
static gboolean
version_into_name(Path *path, gboolean below_family)
{
	int at = find(path, "product_version", 0);

	if (at < 1)
		return FALSE;
	Step *above = step_at(path, (guint)at - 1), *version = step_at(path, (guint)at);
	if (g_str_equal(above->category, "product_name"))
		above->category = "product_family";
	else if (!below_family || !g_str_equal(above->category, "product_family"))
		return FALSE;
	version->category = "product_name";
	char *name = g_strdup_printf("%s %s", above->name, version->name);
	g_free(version->name);
	version->name = name;
	return TRUE;
}

static void
resolve_stacked(Tree *tree, Path *path)
{
	guint second = 0;
	const char *category = stacked_category(path, &second);

	if (!category)
		return;
	g_autofree char *before = path_text(path), *first = g_strdup(category);
	const cJSON *origin = step_at(path, second)->origin;
	gboolean changed = TRUE;
	for (guint i = 0; category && changed && i < 64; i++) {
		changed = g_str_equal(category, "vendor") ? remove_no_vendors(path)
			  : g_str_equal(category, "product_version")
				  ? version_into_name(path, FALSE)
				  : FALSE;
		category = stacked_category(path, &second);
	}
	if (is_told(tree, origin))
		return;
	g_autofree char *after = path_text(path);
	if (category)
		ps_convert_fail(tree->convert, path->pointer,
				_("An invalid product tree with a stacked branch category was "
				  "detected and could not be resolved: the category “%s” is there "
				  "several times in the path of /product_tree/branches: %s. Give "
				  "each branch of the path a category of its own."),
				category, before);
	else
		ps_convert_warn(tree->convert, path->pointer,
				_("An invalid product tree with a stacked branch category was "
				  "detected and resolved: the category “%s” was there several "
				  "times in the path %s, which became %s."),
				first, before, after);
}

/* ---- a version and a range in one path ---- */

static gboolean
is_mixed(const Path *path)
{
	return find(path, "product_version", 0) >= 0 && find(path, "product_version_range", 0) >= 0;
}

static void
resolve_mixed(Tree *tree, Path *path)
{
	if (!is_mixed(path))
		return;
	g_autofree char *before = path_text(path);
	const cJSON *origin = step_at(path, (guint)find(path, "product_version", 0))->origin;
	for (guint i = 0; i < 64 && is_mixed(path) &&
			  find(path, "product_version", 0) < find(path, "product_version_range", 0);
	     i++)
		if (!version_into_name(path, TRUE))
			break;
	if (is_told(tree, origin))
		return;
	g_autofree char *after = path_text(path);
	if (is_mixed(path))
		ps_convert_fail(tree->convert, path->pointer,
				_("An invalid product tree with the branch categories "
				  "product_version and product_version_range in one path was "
				  "detected and could not be resolved: %s. Only one of them may "
				  "stand in a path."),
				before);
	else
		ps_convert_warn(tree->convert, path->pointer,
				_("An invalid product tree with the branch categories "
				  "product_version and product_version_range in one path was "
				  "detected and resolved: %s became %s."),
				before, after);
}

/* ---- ranges ---- */

static void
tell_range(Tree *tree, const Path *path, const Step *step, const PsRangeFate *fate)
{
	g_autofree char *pointer = g_strndup(path->pointer, step->pointer_length);
	PsConvert *convert = tree->convert;

	if (is_told(tree, step->origin))
		return;
	if (fate->found == PS_RANGE_FREE)
		ps_convert_warn(convert, pointer,
				_("The product_version_range “%s” is neither a vers nor a list of "
				  "its constraints and could not be read; it is kept as it is and "
				  "will fail test 6.1.50."),
				step->name);
	else if (fate->found == PS_RANGE_WORDS)
		ps_convert_warn(convert, pointer,
				_("The product_version_range “%s” has no form that CSAF 2.1 takes "
				  "and was replaced with “%s”; check that it says the same."),
				step->name, fate->name);
	else if (fate->found == PS_RANGE_SINGLE)
		ps_convert_warn(convert, pointer,
				_("An invalid product tree with a product_version declared as "
				  "product_version_range was detected and resolved: “%s” is just "
				  "one version; the branch became a product_version “%s”."),
				step->name, fate->name);
	else if (fate->name)
		ps_convert_warn(convert, pointer,
				_("An invalid product tree with an upper open ended "
				  "product_version_range was detected and resolved: “%s” became "
				  "the %s “%s”; check that it is what is meant."),
				step->name, fate->category, fate->name);
	else
		ps_convert_fail(convert, pointer,
				_("An invalid product tree with an upper open ended "
				  "product_version_range was detected and could not be resolved: "
				  "“%s” has no upper end, and an end cannot be set without a "
				  "change of what it includes."),
				step->name);
}

static void
convert_range(Tree *tree, Path *path)
{
	int at = find(path, "product_version_range", 0);
	PsRangeFate fate;

	if (at < 0)
		return;
	Step *step = step_at(path, (guint)at);
	ps_range_judge(step->name, &fate);
	if (fate.found != PS_RANGE_KEEP)
		tell_range(tree, path, step, &fate);
	if (fate.name) {
		step->category = g_intern_string(fate.category);
		g_free(step->name);
		step->name = g_steal_pointer(&fate.name);
	}
	ps_range_fate_clear(&fate);
}

/* ---- the tree ---- */

void
ps_convert_branches(PsConvert *convert)
{
	cJSON *tree_object = cJSON_GetObjectItemCaseSensitive(convert->root, "product_tree");
	cJSON *branches = cJSON_GetObjectItemCaseSensitive(tree_object, "branches");
	g_autoptr(GPtrArray) open = g_ptr_array_new();
	g_autoptr(GArray) lengths = g_array_new(FALSE, FALSE, sizeof(gsize));
	g_autoptr(GString) pointer = g_string_new("/product_tree");
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(free_path);
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	Tree tree = {convert, open, lengths, pointer, paths, told};
	static void (*const rules[])(Tree * tree, Path * path) = {replace_legacy, resolve_stacked,
								  resolve_mixed, convert_range};

	if (!branches)
		return;
	take_apart(&tree, branches);
	for (gsize r = 0; r < G_N_ELEMENTS(rules); r++) {
		for (guint i = 0; i < paths->len; i++)
			rules[r](&tree, paths->pdata[i]);
		g_hash_table_remove_all(told);
	}
	cJSON *rebuilt = put_together(paths);
	cJSON_ReplaceItemInObjectCaseSensitive(tree_object, "branches", rebuilt);
}
