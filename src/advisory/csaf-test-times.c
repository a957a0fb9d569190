#include "config.h"

/* 6.1.37: every date and time by CSAF 2.1 section 2.3: RFC 3339 with “T” and “Z” in capitals, a
 * zone, and no leap second. Found by the document table, so that no place is forgotten. */

#include "advisory/csaf-node.h"
#include "advisory/csaf-suite.h"

#include <string.h>

#include "base/i18n.h"

static gboolean
is_right(const char *text)
{
	gint64 seconds;
	int nanoseconds;

	/* the ninth digit group of RFC 3339's grammar: seconds at 17 */
	return ps_csaf_time(text, &seconds, &nanoseconds) && !strpbrk(text, "tz") &&
	       strncmp(text + 17, "60", 2) != 0;
}

/* The nodes at or below which there may be a time: most of a document, such as its products, needs
 * no look. `seen`: in this round. */
static gboolean
add_nodes(GHashTable *nodes, const PsCsafNode *node, GHashTable *seen)
{
	gboolean has = node->format == PS_CSAF_TIME;

	if (!g_hash_table_add(seen, (gpointer)node))
		return g_hash_table_contains(nodes, node);
	for (int i = 0; i < node->n_members; i++)
		has |= add_nodes(nodes, &node->members[i], seen);
	if (has)
		g_hash_table_add(nodes, (gpointer)node);
	return has;
}

/* Nodes may stand below themselves (branches): rounds until nothing is added. */
static gpointer
open_nodes(GError **error)
{
	GHashTable *nodes = g_hash_table_new(NULL, NULL);
	guint before;

	(void)error;
	do {
		g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
		before = g_hash_table_size(nodes);
		add_nodes(nodes, ps_csaf_root("2.1"), seen);
	} while (g_hash_table_size(nodes) > before);
	return nodes;
}

static void
free_nodes(gpointer nodes)
{
	g_hash_table_unref(nodes);
}

static void
check(PsCsafContext *context, GHashTable *nodes, const PsCsafNode *node, const cJSON *value,
      const PsPlace *place)
{
	PsPlace at = {place, NULL, 0};
	int from = 0;

	if (node->format == PS_CSAF_TIME && cJSON_IsString(value) && !is_right(value->valuestring))
		ps_csaf_found(context, place,
			      _("“%s” is no date and time; write it as 2026-11-21T09:30:00Z, with "
				"a zone and without leap seconds."),
			      value->valuestring);
	if (cJSON_IsArray(value) != (node->type == PS_CSAF_LIST))
		return;
	for (const cJSON *item = value->child; item; item = item->next, at.index++) {
		const PsCsafNode *inner =
			ps_csaf_member_from(node, item->string ? item->string : "", &from);
		at.name = item->string;
		if (inner && g_hash_table_contains(nodes, inner))
			check(context, nodes, inner, item, &at);
	}
}

void
ps_csaf_test_times(PsCsafContext *context)
{
	gconstpointer nodes = ps_csaf_shared(context, "times", open_nodes, free_nodes);

	if (nodes)
		check(context, (GHashTable *)nodes, context->suite->root, context->root, NULL);
}
