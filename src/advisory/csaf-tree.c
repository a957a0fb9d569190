#include "config.h"

#include "advisory/csaf-tree.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json-print.h"
#include "base/safe-text.h"

/* Cells of a name beside an item's number. */
#define NAME_CELLS 40

typedef struct {
	guint here, below;
	PsCsafLevel worst;
} Marks;

typedef struct {
	GPtrArray *rows;
	GHashTable *marks; /* pointer -> Marks */
	PsCsafTreeFlags flags;
	GString *pointer;
} Tree;

static void
row_free(gpointer data)
{
	PsCsafTreeRow *row = data;

	g_free(row->pointer);
	g_free(row->label);
	g_free(row->value);
	g_free(row);
}

/* ---- findings by place ---- */

static Marks *
marks_at(GHashTable *table, const char *pointer)
{
	Marks *marks = g_hash_table_lookup(table, pointer);

	if (!marks) {
		marks = g_new0(Marks, 1);
		g_hash_table_insert(table, g_strdup(pointer), marks);
	}
	return marks;
}

/* The lower bit is the graver level. */
static PsCsafLevel
worse(PsCsafLevel a, PsCsafLevel b)
{
	if (a == 0 || b == 0)
		return a | b;
	return MIN(a, b);
}

static void
add_finding(GHashTable *table, const PsCsafFinding *finding)
{
	g_autofree char *pointer = g_strdup(finding->pointer);
	Marks *marks = marks_at(table, pointer);

	marks->here++;
	marks->worst = worse(marks->worst, finding->level);
	for (char *slash; (slash = strrchr(pointer, '/'));) {
		*slash = '\0';
		marks = marks_at(table, pointer);
		marks->below++;
		marks->worst = worse(marks->worst, finding->level);
	}
}

/* ---- rows ---- */

static const char *const naming_members[] = {
	"cve",          "title",     "name",        "filename",  "product_id",
	"group_id",     "number",    "id",          "summary",   "text",
	"party",        "label",     "category",    "details",   "url",
	"organization", "algorithm", "system_name", "namespace", "beginning_product_reference"};

char *
ps_csaf_item_name(const cJSON *item)
{
	const char *text = cJSON_GetStringValue(item);

	for (gsize i = 0; !text && i < G_N_ELEMENTS(naming_members); i++)
		text = cJSON_IsObject(item) ? ps_json_text(item, naming_members[i]) : NULL;
	if (!text || !*text)
		return NULL;
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);
	return ps_text_fit(safe, NAME_CELLS);
}

/* index -1: a member. */
static char *
label_of(const PsCsafNode *node, const char *name, const cJSON *value, int index)
{
	if (index < 0)
		return node ? g_strdup(_(node->label)) : ps_safe_text(name, -1, PS_SAFE_LINE);
	const char *what = node ? _(node->label) : _("Item");
	g_autofree char *own = cJSON_IsObject(value) ? ps_csaf_item_name(value) : NULL;
	return own ? g_strdup_printf("%s %d: %s", what, index + 1, own)
		   : g_strdup_printf("%s %d", what, index + 1);
}

static char *
value_of(const PsCsafNode *node, const cJSON *value, PsCsafTreeFlags flags)
{
	gboolean lines = flags & PS_CSAF_TREE_LINES && node && node->flags & PS_CSAF_LONG;

	if (!value)
		return g_strdup("");
	if (cJSON_IsString(value))
		return ps_safe_text(value->valuestring, -1, lines ? PS_SAFE_LINES : PS_SAFE_LINE);
	int count = cJSON_GetArraySize(value);
	if (cJSON_IsArray(value))
		return g_strdup_printf(ngettext("%d item", "%d items", (gulong)count), count);
	if (cJSON_IsObject(value)) {
		g_autofree char *name = node && node->name[0] ? ps_csaf_item_name(value) : NULL;
		return name ? g_steal_pointer(&name) : g_strdup("");
	}
	return ps_json_print(value);
}

static void
add_row(Tree *tree, const PsCsafNode *node, const char *name, const cJSON *value, int index,
	int depth)
{
	PsCsafTreeRow *row = g_new0(PsCsafTreeRow, 1);
	const Marks *marks = g_hash_table_lookup(tree->marks, tree->pointer->str);

	row->pointer = g_strdup(tree->pointer->str);
	row->node = node;
	row->label = label_of(node, name, value, index);
	row->value = value_of(node, value, tree->flags);
	row->key = index >= 0 && value ? value->string : NULL;
	row->depth = depth;
	row->present = value != NULL;
	row->required = node && (node->flags & PS_CSAF_REQUIRED);
	row->container =
		value ? cJSON_IsObject(value) || cJSON_IsArray(value)
		      : node && (node->type == PS_CSAF_OBJECT || node->type == PS_CSAF_LIST);
	if (marks) {
		row->findings = marks->here;
		row->below = marks->below;
		row->worst = marks->worst;
	}
	g_ptr_array_add(tree->rows, row);
}

static void add_value(Tree *tree, const PsCsafNode *node, const char *name, const cJSON *value,
		      int index, int depth);

static void
add_member(Tree *tree, const PsCsafNode *node, const char *name, const cJSON *value, int depth)
{
	gsize length = tree->pointer->len;

	ps_json_pointer_add(tree->pointer, name);
	gboolean wanted = value || tree->flags & PS_CSAF_TREE_ABSENT ||
			  node->flags & PS_CSAF_REQUIRED ||
			  g_hash_table_contains(tree->marks, tree->pointer->str);
	if (wanted)
		add_value(tree, node, name, value, -1, depth);
	g_string_truncate(tree->pointer, length);
}

/* Members in the table's order, then those that the standard does not know. */
static void
add_object(Tree *tree, const PsCsafNode *node, const cJSON *value, int depth)
{
	gboolean known = node && node->type == PS_CSAF_OBJECT;

	for (int i = 0; known && i < node->n_members; i++) {
		const PsCsafNode *member = &node->members[i];
		add_member(tree, member, member->name,
			   cJSON_GetObjectItemCaseSensitive(value, member->name), depth);
	}
	for (const cJSON *item = value->child; item; item = item->next)
		if (!known || !ps_csaf_member(node, item->string))
			add_member(tree, NULL, item->string, item, depth);
}

static void
add_list(Tree *tree, const PsCsafNode *node, const cJSON *value, int depth)
{
	const PsCsafNode *inner = node && node->type == PS_CSAF_LIST ? &node->members[0] : NULL;
	gsize length = tree->pointer->len;
	int index = 0;

	for (const cJSON *item = value->child; item; item = item->next, index++) {
		g_string_append_printf(tree->pointer, "/%d", index);
		add_value(tree, inner, "", item, index, depth);
		g_string_truncate(tree->pointer, length);
	}
}

static void
add_value(Tree *tree, const PsCsafNode *node, const char *name, const cJSON *value, int index,
	  int depth)
{
	add_row(tree, node, name, value, index, depth);
	if (cJSON_IsObject(value))
		add_object(tree, node, value, depth + 1);
	else if (cJSON_IsArray(value))
		add_list(tree, node, value, depth + 1);
}

GPtrArray *
ps_csaf_tree(const cJSON *document, const PsCsafReport *report, PsCsafTreeFlags flags)
{
	g_autoptr(GHashTable) marks =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GString) pointer = g_string_new(NULL);
	Tree tree = {g_ptr_array_new_with_free_func(row_free), marks, flags, pointer};

	for (guint i = 0; report && i < report->findings->len; i++)
		add_finding(marks, report->findings->pdata[i]);
	add_value(&tree, ps_csaf_root_of(document), "", document, -1, 0);
	return tree.rows;
}

int
ps_csaf_tree_find(const GPtrArray *rows, const char *pointer)
{
	int best = -1;
	gsize longest = 0;

	for (guint i = 0; i < rows->len; i++) {
		const PsCsafTreeRow *row = rows->pdata[i];
		gsize length = strlen(row->pointer);
		if (strncmp(row->pointer, pointer, length) != 0 ||
		    (pointer[length] && pointer[length] != '/'))
			continue;
		if (best < 0 || length > longest) {
			best = (int)i;
			longest = length;
		}
	}
	return best;
}
