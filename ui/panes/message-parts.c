#include "config.h"

#include "ui/panes/message-parts.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "ui/panes/message-view.h"

struct PsMessageParts {
	PsTree *tree;
	const PsMessage *message;
	GHashTable *children; /* number of the parent: GPtrArray of PsPart */
	GHashTable *ids;      /* number: its text, for the tree */
};

enum { COLUMN_TYPE, COLUMN_SIZE, COLUMN_NAME, COLUMN_PROTECTION };
static const PsColumn columns[] = {
	[COLUMN_TYPE] = {N_("Part"), 31, 1, 0, FALSE},
	[COLUMN_SIZE] = {N_("Size"), 8, 0, 2, TRUE},
	[COLUMN_NAME] = {N_("Name"), 12, 2, 0, FALSE},
	[COLUMN_PROTECTION] = {N_("Protection"), 17, 0, 1, FALSE},
};

/* ---- the tree's model ---- */

static GPtrArray *
children_of(PsMessageParts *parts, gpointer node)
{
	int number = node ? ((PsPart *)node)->number : 0;

	return g_hash_table_lookup(parts->children, GINT_TO_POINTER(number));
}

static GPtrArray *
children(gpointer user, gpointer node)
{
	GPtrArray *found = children_of(user, node);

	return found ? g_ptr_array_ref(found) : NULL;
}

static gboolean
has_children(gpointer user, gpointer node)
{
	return children_of(user, node) != NULL;
}

static const char *
part_id(gpointer user, gpointer node)
{
	PsMessageParts *parts = user;

	return g_hash_table_lookup(parts->ids, GINT_TO_POINTER(((PsPart *)node)->number));
}

char *
ps_part_size_text(gint64 size)
{
	if (size < 0)
		return g_strdup("");
	return size < 1024 ? g_strdup_printf("%" PRId64 " B", size)
			   : g_format_size_full((guint64)size, G_FORMAT_SIZE_IEC_UNITS);
}

static void
draw_part(gpointer user, gpointer node, PsCells *cells)
{
	const PsPart *part = node;
	gboolean container = part->size < 0;
	PsStyle style = part->flags & PS_PART_HIDDEN || container ? PS_ROLE_DIM : PS_ROLE_NORMAL;
	g_autofree char *size = ps_part_size_text(part->size);
	const char *protection = container ? NULL : ps_part_protection(part);

	(void)user;
	ps_cell_format(cells, COLUMN_TYPE, style, "%d %s", part->number, part->type);
	ps_cell(cells, COLUMN_SIZE, style, size);
	ps_cell(cells, COLUMN_NAME, part->flags & PS_PART_ATTACHMENT ? PS_ROLE_STRONG : style,
		part->filename ? part->filename : part->description);
	ps_cell(cells, COLUMN_PROTECTION, PS_ROLE_DIM, protection);
}

static const PsTreeModel model = {children, has_children, part_id, draw_part};

/* ---- life and content ---- */

PsMessageParts *
ps_message_parts_new(void)
{
	PsMessageParts *parts = g_new0(PsMessageParts, 1);

	parts->children =
		g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	parts->ids = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	parts->tree = ps_tree_new(columns, G_N_ELEMENTS(columns), &model, parts);
	return parts;
}

void
ps_message_parts_free(PsMessageParts *parts)
{
	if (!parts)
		return;
	ps_tree_free(parts->tree);
	g_hash_table_unref(parts->children);
	g_hash_table_unref(parts->ids);
	g_free(parts);
}

PsWidget *
ps_message_parts_widget(PsMessageParts *parts)
{
	return ps_tree_widget(parts->tree);
}

static void
add_part(PsMessageParts *parts, PsPart *part)
{
	gpointer parent = GINT_TO_POINTER(part->parent);
	GPtrArray *siblings = g_hash_table_lookup(parts->children, parent);

	if (!siblings) {
		siblings = g_ptr_array_new();
		g_hash_table_insert(parts->children, parent, siblings);
	}
	g_ptr_array_add(siblings, part);
	g_hash_table_insert(parts->ids, GINT_TO_POINTER(part->number),
			    g_strdup_printf("%d", part->number));
}

void
ps_message_parts_set(PsMessageParts *parts, const PsMessage *message)
{
	parts->message = message;
	g_hash_table_remove_all(parts->children);
	g_hash_table_remove_all(parts->ids);
	for (guint i = 0; message && i < message->parts->len; i++)
		add_part(parts, g_ptr_array_index(message->parts, i));
	ps_tree_open_depth(parts->tree, message ? 8 : 0);
}

const PsPart *
ps_message_parts_current(PsMessageParts *parts)
{
	return ps_tree_node(parts->tree);
}

void
ps_message_parts_go_to_content(PsMessageParts *parts)
{
	const PsPart *current = ps_message_parts_current(parts), *wanted = NULL;

	if (!current || current->size >= 0)
		return;
	for (guint i = parts->message->parts->len; i-- > 0;) {
		const PsPart *part = g_ptr_array_index(parts->message->parts, i);
		gboolean attached = (part->flags & PS_PART_ATTACHMENT) != 0;
		if (part->size >= 0 &&
		    (attached || !wanted || !(wanted->flags & PS_PART_ATTACHMENT)))
			wanted = part;
	}
	if (wanted)
		ps_tree_select(parts->tree, part_id(parts, (gpointer)wanted));
}

int
ps_message_parts_rows(const PsMessageParts *parts)
{
	/* one more for the heads of the columns */
	return parts->message ? (int)MIN(parts->message->parts->len, 1000) + 1 : 0;
}

gboolean
ps_message_parts_worth(const PsMessageParts *parts)
{
	for (guint i = 0; parts->message && i < parts->message->parts->len; i++) {
		const PsPart *part = g_ptr_array_index(parts->message->parts, i);
		if ((part->flags & PS_PART_ATTACHMENT &&
		     !g_str_has_prefix(part->type, "application/pgp-")) ||
		    g_str_equal(part->type, "message/rfc822"))
			return TRUE;
	}
	return FALSE;
}

/* ---- names for saving ---- */

static const struct {
	const char *type, *suffix;
} suffixes[] = {
	{"text/plain", "txt"},        {"text/html", "html"},      {"text/x-patch", "patch"},
	{"text/x-diff", "patch"},     {"text/csv", "csv"},        {"application/json", "json"},
	{"application/pdf", "pdf"},   {"application/zip", "zip"}, {"application/gzip", "gz"},
	{"application/xml", "xml"},   {"text/xml", "xml"},        {"image/png", "png"},
	{"image/jpeg", "jpg"},        {"message/rfc822", "eml"},  {"application/pgp-keys", "asc"},
	{"application/x-tar", "tar"},
};

static const char *
suffix_of(const char *type)
{
	for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (g_str_equal(suffixes[i].type, type))
			return suffixes[i].suffix;
	return "bin";
}

char *
ps_part_file_name(const PsMessage *message, const PsPart *part)
{
	g_autofree char *time = ps_utc_format(message->received_at);

	return g_strdup_printf("mail-%.10s-%.8s-part%d.%s", time ? time : "undated",
			       message->sha256 ? message->sha256 : "00000000", part->number,
			       suffix_of(part->type));
}
