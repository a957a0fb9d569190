#include "config.h"

#include "base/json-arena.h"

#define ITEMS_MIN ((gsize)64)
#define ITEMS_MAX ((gsize)8192) /* of one block: 512 KiB */

struct PsJsonArena {
	GPtrArray *blocks;
	cJSON *next; /* in the last block */
	gsize left;  /* items there */
	gsize size;  /* of the next block */
};

PsJsonArena *
ps_json_arena_new(gsize expected)
{
	PsJsonArena *arena = g_new0(PsJsonArena, 1);

	arena->blocks = g_ptr_array_new_with_free_func(g_free);
	arena->size = CLAMP(expected, ITEMS_MIN, ITEMS_MAX);
	return arena;
}

void
ps_json_arena_free(PsJsonArena *arena)
{
	if (!arena)
		return;
	g_ptr_array_unref(arena->blocks);
	g_free(arena);
}

cJSON *
ps_json_arena_item(PsJsonArena *arena)
{
	if (arena->left == 0) {
		arena->next = g_new0(cJSON, arena->size);
		arena->left = arena->size;
		arena->size = MIN(arena->size * 2, ITEMS_MAX);
		g_ptr_array_add(arena->blocks, arena->next);
	}
	arena->left--;
	return arena->next++;
}

char *
ps_json_arena_text(PsJsonArena *arena, const char *text)
{
	char *copy = g_strdup(text);

	g_ptr_array_add(arena->blocks, copy);
	return copy;
}
