#include "config.h"

/* The tab of products: a tree of products, their releases, and what a release contains. Typing
 * after
 * "/" finds products, releases, components and parts alike; the tree then shows what was found. */

#include "ui/list.h"
#include "ui/panes/pane-table.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "registry/registry.h"
#include "ui/ask.h"
#include "ui/tree.h"

#define FOUND_MAX 500

typedef enum { NODE_PRODUCT, NODE_RELEASE, NODE_CONTENT } NodeSort;

/* A row of the tree. What was found may stand in it twice, alone and below its release: `path`, the
 * ids from the root on, tells the two apart. */
typedef struct {
	NodeSort sort;
	const char *kind;
	char *id; /* of the record */
	char *path;
	char *label, *detail, *support;
	gboolean has_children;
} Node;

typedef struct {
	PsPane pane;
	PsTree *tree;
	GPtrArray *nodes; /* Node*: what the tree points to until its next refresh */
	char *words;
} Products;

enum { COLUMN_NAME, COLUMN_DETAIL, COLUMN_SUPPORT };

static const PsColumn columns[] = {
	[COLUMN_NAME] = {N_("Product, release, component"), 30, 2, 0, FALSE},
	[COLUMN_DETAIL] = {N_("Identifier"), 16, 1, 1, FALSE},
	[COLUMN_SUPPORT] = {N_("Support ends"), 12, 0, 0, FALSE},
};

static void
node_free(gpointer data)
{
	Node *node = data;

	g_free(node->id);
	g_free(node->path);
	g_free(node->label);
	g_free(node->detail);
	g_free(node->support);
	g_free(node);
}

static Node *
node_keep(Products *self, const Node *parent, Node *node)
{
	node->path = parent ? g_strconcat(parent->path, "/", node->id, NULL) : g_strdup(node->id);
	g_ptr_array_add(self->nodes, node);
	return node;
}

static Node *
node_of_record(Products *self, const Node *parent, NodeSort sort, const PsRecord *record,
	       const char *detail_field)
{
	const char *version = sort == NODE_CONTENT ? ps_record_text(record, "version") : NULL;
	g_autofree char *title = sort == NODE_RELEASE
					 ? g_strdup(ps_record_text(record, "version"))
					 : ps_record_title(self->pane.app->store, record);
	Node *node = g_new0(Node, 1);

	node->sort = sort;
	node->kind = ps_record_kind(record)->name;
	node->id = g_strdup(ps_record_id(record));
	node->label = version ? g_strdup_printf("%s %s", title, version) : g_steal_pointer(&title);
	node->detail = g_strdup(ps_record_text(record, detail_field));
	if (ps_kind_field(ps_record_kind(record), "support_end"))
		node->support = g_strdup(ps_record_text(record, "support_end"));
	node->has_children = sort != NODE_CONTENT;
	return node_keep(self, parent, node);
}

static void
add_children(Products *self, GPtrArray *nodes, const Node *parent, NodeSort sort, const char *kind,
	     const char *detail_field)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) records =
		ps_store_children(self->pane.app->store, kind, parent->id, &error);

	if (!records) {
		ps_app_error(self->pane.app, error);
		return;
	}
	for (guint i = 0; i < records->len; i++)
		g_ptr_array_add(nodes, node_of_record(self, parent, sort, records->pdata[i],
						      detail_field));
}

static void
add_products(Products *self, GPtrArray *nodes)
{
	PsQuery query = {.kind = "product", .order_by = "name"};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) records = ps_store_list(self->pane.app->store, &query, &error);

	if (!records) {
		ps_app_error(self->pane.app, error);
		return;
	}
	for (guint i = 0; i < records->len; i++)
		if (!ps_record_flag(records->pdata[i], "archived"))
			g_ptr_array_add(nodes, node_of_record(self, NULL, NODE_PRODUCT,
							      records->pdata[i], "model"));
}

static void
add_found(Products *self, GPtrArray *nodes)
{
	g_autoptr(GError) error = NULL;
	PsFindKinds kinds =
		PS_FIND_PRODUCTS | PS_FIND_RELEASES | PS_FIND_COMPONENTS | PS_FIND_PARTS;
	g_autoptr(GPtrArray) found =
		ps_registry_find(self->pane.app->store, kinds, self->words, 0, FOUND_MAX, &error);

	if (!found) {
		ps_app_error(self->pane.app, error);
		return;
	}
	for (guint i = 0; i < found->len; i++) {
		const PsFound *hit = found->pdata[i];
		Node *node = g_new0(Node, 1);
		node->sort = g_str_equal(hit->kind, "product")   ? NODE_PRODUCT
			     : g_str_equal(hit->kind, "release") ? NODE_RELEASE
								 : NODE_CONTENT;
		node->kind = hit->kind;
		node->id = g_strdup(hit->id);
		node->label = g_strdup(hit->label);
		node->detail = g_strdup(*hit->where ? hit->where : hit->detail);
		node->support = g_strdup(hit->support_end);
		node->has_children = node->sort != NODE_CONTENT;
		g_ptr_array_add(nodes, node_keep(self, NULL, node));
	}
}

static GPtrArray *
children(gpointer user, gpointer parent)
{
	Products *self = user;
	const Node *node = parent;
	GPtrArray *nodes = g_ptr_array_new();

	if (!self->pane.app->store)
		return nodes;
	if (!node && self->words)
		add_found(self, nodes);
	else if (!node)
		add_products(self, nodes);
	else if (node->sort == NODE_PRODUCT)
		add_children(self, nodes, node, NODE_RELEASE, "release", "purl");
	else if (node->sort == NODE_RELEASE) {
		add_children(self, nodes, node, NODE_CONTENT, "component", "purl");
		add_children(self, nodes, node, NODE_CONTENT, "part", "part_number");
	}
	return nodes;
}

static gboolean
has_children(gpointer user, gpointer node)
{
	(void)user;
	return ((const Node *)node)->has_children;
}

static const char *
node_id(gpointer user, gpointer node)
{
	(void)user;
	return ((const Node *)node)->path;
}

static void
draw_node(gpointer user, gpointer data, PsCells *cells)
{
	static const PsStyle styles[] = {PS_ROLE_STRONG, PS_ROLE_NORMAL, PS_ROLE_DIM};
	const Node *node = data;
	g_autofree char *today = ps_date_parse("today", NULL);
	gboolean ended = node->support && strcmp(node->support, today) < 0;

	(void)user;
	ps_cell(cells, COLUMN_NAME, styles[node->sort], node->label);
	ps_cell(cells, COLUMN_DETAIL, PS_ROLE_DIM, node->detail ? node->detail : "");
	if (node->support)
		ps_cell_format(cells, COLUMN_SUPPORT, ended ? PS_ROLE_WARN : PS_ROLE_NORMAL, "%s%s",
			       node->support, ended ? "!" : "");
}

static const PsTreeModel model = {children, has_children, node_id, draw_node};

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	Products *self = (Products *)pane;

	(void)argument;
	(void)error;
	self->nodes = g_ptr_array_new_with_free_func(node_free);
	self->tree = ps_tree_new(columns, G_N_ELEMENTS(columns), &model, self);
	pane->widget = ps_tree_widget(self->tree);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	Products *self = (Products *)pane;

	g_clear_pointer(&self->nodes, g_ptr_array_unref);
	g_free(self->words);
}

static void
refresh(PsPane *pane)
{
	Products *self = (Products *)pane;
	GPtrArray *old = g_steal_pointer(&self->nodes);

	/* The tree may compare with what it holds until its refresh is over. */
	self->nodes = g_ptr_array_new_with_free_func(node_free);
	ps_tree_refresh(self->tree);
	g_ptr_array_unref(old);
}

static const char *
record(PsPane *pane, const char **kind)
{
	const Node *node = ps_tree_node(((Products *)pane)->tree);

	*kind = node ? node->kind : "product";
	return node ? node->id : NULL;
}

static void
draw(PsPane *pane, PsView view)
{
	Products *self = (Products *)pane;

	if (!ps_tree_node(self->tree)) {
		ps_view_wrapped(
			view, 1, PS_ROLE_DIM,
			self->words
				? _("Nothing in the registry matches. Esc shows everything again.")
				: _("The registry is empty. Press n to enter a product, or run "
				    "“psirtdesk new product name=… vendor=…”."));
		return;
	}
	ps_widget_draw(pane->widget, view);
}

static PsChanged
run_edit(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const Node *node = ps_tree_node(((Products *)pane)->tree);
	g_autofree char *place = g_strdup_printf("%s/%s", node->kind, node->id);

	(void)argument;
	ps_app_open(app, "record", place, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
make(PsApp *app, Products *self, const char *parent_path, const char *kind,
     const char *const *pairs, GError **error)
{
	g_autofree char *action = g_strconcat(kind, ".new", NULL);
	g_autofree char *id = ps_app_create(app, action, kind, pairs, error);

	if (!id)
		return PS_CHANGED_NOTHING;
	g_autofree char *path =
		parent_path ? g_strconcat(parent_path, "/", id, NULL) : g_strdup(id);
	if (parent_path)
		ps_tree_open(self->tree, parent_path, TRUE);
	refresh(&self->pane);
	ps_tree_select(self->tree, path);
	return PS_CHANGED_DATA;
}

static PsChanged
run_new_product(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *vendor = ps_store_config(app->store, "org.name");
	PsAskLine ask_name = {.label = _("Product name")};
	g_autofree char *name = argument ? g_strdup(argument) : ps_ask_line(app, &ask_name);
	PsAskLine ask_vendor = {.label = _("Manufacturer"), .initial = vendor};

	if (!name)
		return PS_CHANGED_NOTHING;
	g_autofree char *maker = ps_ask_line(app, &ask_vendor);
	if (!maker)
		return PS_CHANGED_NOTHING;
	const char *pairs[] = {"name", name, "vendor", maker, NULL};
	return make(app, (Products *)pane, NULL, "product", pairs, error);
}

/* Path of the row of sort `wanted` at or above the cursor: where a new child goes. */
static char *
parent_for(Products *self, NodeSort wanted, GError **error)
{
	const Node *node = ps_tree_node(self->tree);
	g_auto(GStrv) steps = node ? g_strsplit(node->path, "/", -1) : NULL;
	int up = node ? (int)node->sort - (int)wanted : -1;
	int depth = steps ? (int)g_strv_length(steps) : 0;

	if (up < 0 || up >= depth) {
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_REFUSED,
			wanted == NODE_PRODUCT
				? _("Move the cursor to the product that gets the release.")
				: _("Move the cursor to the release that contains it."));
		return NULL;
	}
	for (int i = depth - up; i < depth; i++)
		g_clear_pointer(&steps[i], g_free);
	return g_strjoinv("/", steps);
}

static const char *
last_step(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static PsChanged
run_new_release(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Products *self = (Products *)pane;
	g_autofree char *product = parent_for(self, NODE_PRODUCT, error);
	PsAskLine ask = {.label = _("Version")};

	if (!product)
		return PS_CHANGED_NOTHING;
	g_autofree char *version = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	if (!version)
		return PS_CHANGED_NOTHING;
	const char *pairs[] = {"product", last_step(product), "version",
			       version,   "released_on",      "today",
			       NULL};
	return make(app, self, product, "release", pairs, error);
}

static PsChanged
run_new_component(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Products *self = (Products *)pane;
	g_autofree char *release = parent_for(self, NODE_RELEASE, error);
	PsAskLine ask_name = {.label = _("Component name")};
	PsAskLine ask_version = {.label = _("Version")};

	(void)argument;
	if (!release)
		return PS_CHANGED_NOTHING;
	g_autofree char *name = ps_ask_line(app, &ask_name);
	if (!name)
		return PS_CHANGED_NOTHING;
	g_autofree char *version = ps_ask_line(app, &ask_version);
	if (!version)
		return PS_CHANGED_NOTHING;
	const char *pairs[] = {"release", last_step(release), "name", name, "version", version,
			       NULL};
	return make(app, self, release, "component", pairs, error);
}

/* The records of a kind that belong to the product or release under the cursor. */
static PsChanged
open_related(PsApp *app, PsPane *pane, NodeSort sort, const char *kind, const char *field,
	     GError **error)
{
	g_autofree char *path = parent_for((Products *)pane, sort, error);

	if (!path)
		return PS_CHANGED_NOTHING;
	g_autofree char *argument = g_strdup_printf("%s %s=%s", kind, field, last_step(path));
	ps_app_open(app, "list", argument, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_combinations(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	return open_related(app, pane, NODE_RELEASE, "relationship", "release", error);
}

static PsChanged
run_identifiers(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	return open_related(app, pane, NODE_PRODUCT, "identifier", "product", error);
}

/* The tree has no filter of its own: what is found comes from the registry. */
static PsChanged
run_find(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Products *self = (Products *)pane;
	PsAskLine ask = {.label = _("Find"), .initial = self->words, .history = "registry"};
	g_autofree char *words = argument ? g_strdup(argument) : ps_ask_line(app, &ask);

	(void)error;
	if (!words)
		return PS_CHANGED_NOTHING;
	g_free(self->words);
	self->words = *words ? g_steal_pointer(&words) : NULL;
	refresh(pane);
	return PS_CHANGED_VIEW;
}

static const char *
refuse_show_all(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((Products *)pane)->words ? NULL : _("Everything is shown already.");
}

static PsChanged
run_show_all(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Products *self = (Products *)pane;

	(void)app;
	(void)argument;
	(void)error;
	g_clear_pointer(&self->words, g_free);
	refresh(pane);
	return PS_CHANGED_VIEW;
}

static char *
subject(PsPane *pane)
{
	const char *words = ((Products *)pane)->words;

	return words ? g_strdup_printf("/%s", words) : NULL;
}

static const PsAction actions[] = {
	{"products.edit", N_("Show and edit every field"), N_("edit"), "Enter e", PS_NEEDS_RECORD,
	 PS_ACTION_HINT, NULL, run_edit},
	{"products.find", N_("Find products, releases, components and parts"), N_("find"), "/",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, run_find},
	{"products.all", N_("Show the whole registry again"), N_("all"), "A", PS_NEEDS_WORKSPACE, 0,
	 refuse_show_all, run_show_all},
	{"product.new", N_("Enter a product"), N_("product"), "n", PS_NEEDS_WRITABLE,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, run_new_product},
	{"release.new", N_("Enter a release of this product"), N_("release"), "r",
	 PS_NEEDS_WRITABLE, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, run_new_release},
	{"component.new", N_("Enter a component of this release"), N_("component"), "c",
	 PS_NEEDS_WRITABLE, 0, NULL, run_new_component},
	{"products.combinations", N_("What the release runs on or with, as firmware on a device"),
	 N_("runs on"), "o", PS_NEEDS_ROW, 0, NULL, run_combinations},
	{"products.identifiers", N_("Serial numbers, SKUs, hashes and more of the product"),
	 N_("identifiers"), "i", PS_NEEDS_ROW, 0, NULL, run_identifiers},
};

const PsPaneClass ps_products_pane = {
	.name = "products",
	.title = N_("Products"),
	.size = sizeof(Products),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
