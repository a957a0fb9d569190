#include "config.h"

#include "base/json-tree.h"

#include <string.h>

#include "base/json-parser.h"

/* Bytes of text for each item, about, in documents of our kind. */
#define BYTES_AN_ITEM 32

struct PsJsonTree {
	char *text; /* NULL: a copy */
	PsJsonArena *arena;
	PsJsonTexts texts;
	const cJSON *root;
};

PsJsonTree *
ps_json_tree_new(char *text, gsize length, const PsJsonLimits *limits, GError **error)
{
	PsJsonTree *tree = g_new0(PsJsonTree, 1);
	PsJsonParser parser;

	tree->text = text;
	tree->arena = ps_json_arena_new(length / BYTES_AN_ITEM);
	ps_json_parser_init(&parser, limits, error);
	parser.arena = tree->arena;
	parser.texts = &tree->texts;
	tree->root = ps_json_build_text(&parser, text, length);
	ps_json_parser_clear(&parser);
	if (!tree->root)
		g_clear_pointer(&tree, ps_json_tree_free);
	return tree;
}

static cJSON *
copy_item(PsJsonTree *tree, const cJSON *from)
{
	cJSON *item = ps_json_arena_item(tree->arena), *last = NULL;

	*item = *from;
	item->next = item->prev = item->child = NULL;
	if (cJSON_IsString(item)) {
		item->valueint = (int)ps_json_texts_add(&tree->texts, &item->valuestring,
							strlen(item->valuestring));
		return item;
	}
	if (!from->child)
		return item;
	item->valueint = 0;
	for (const cJSON *child = from->child; child; child = child->next, item->valueint++) {
		cJSON *copy = copy_item(tree, child);
		copy->prev = last;
		if (last)
			last->next = copy;
		else
			item->child = copy;
		last = copy;
	}
	item->child->prev = last;
	return item;
}

PsJsonTree *
ps_json_tree_copy(const cJSON *root)
{
	PsJsonTree *tree = g_new0(PsJsonTree, 1);

	tree->arena = ps_json_arena_new(0);
	tree->root = copy_item(tree, root);
	return tree;
}

void
ps_json_tree_free(PsJsonTree *tree)
{
	if (!tree)
		return;
	ps_json_texts_clear(&tree->texts);
	ps_json_arena_free(tree->arena);
	g_free(tree->text);
	g_free(tree);
}

const cJSON *
ps_json_tree_root(const PsJsonTree *tree)
{
	return tree->root;
}

guint
ps_json_tree_texts(const PsJsonTree *tree)
{
	return tree->texts.count;
}

guint
ps_json_tree_find(const PsJsonTree *tree, const char *text)
{
	return ps_json_texts_find(&tree->texts, text);
}
