#include "config.h"

#include "base/json-arena.h"

#include <sys/mman.h>

#define ITEMS_MIN ((gsize)64)
#define ITEMS_MAX ((gsize)262144) /* of one block: 16 MiB */
/* From here a block comes straight from the kernel: zeroed, untouched where it is not used, and on
 * large pages where there are some (half the time of reading a large document went into its
 * small ones). */
#define MAPPED_BYTES ((gsize)1 << 20)

typedef struct {
	gpointer memory;
	gsize bytes;
	gboolean mapped;
} Block;

PsJsonArena *
ps_json_arena_new(gsize expected)
{
	PsJsonArena *arena = g_new0(PsJsonArena, 1);

	arena->size = CLAMP(expected, ITEMS_MIN, ITEMS_MAX);
	return arena;
}

static void
block_free(gpointer data)
{
	Block *block = data;

	if (block->mapped)
		munmap(block->memory, block->bytes);
	else
		g_free(block->memory);
	g_free(block);
}

void
ps_json_arena_free(PsJsonArena *arena)
{
	if (!arena)
		return;
	g_slist_free_full(arena->blocks, block_free);
	g_slist_free_full(arena->texts, g_free);
	g_free(arena);
}

static gboolean
map_block(Block *block)
{
	gpointer memory = mmap(NULL, block->bytes, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return FALSE;
#ifdef MADV_HUGEPAGE
	madvise(memory, block->bytes, MADV_HUGEPAGE);
#endif
	block->memory = memory;
	return TRUE;
}

void
ps_json_arena_grow(PsJsonArena *arena)
{
	Block *block = g_new0(Block, 1);

	block->bytes = arena->size * sizeof(cJSON);
	block->mapped = block->bytes >= MAPPED_BYTES && map_block(block);
	if (!block->mapped)
		block->memory = g_malloc0(block->bytes);
	arena->blocks = g_slist_prepend(arena->blocks, block);
	arena->next = block->memory;
	arena->left = arena->size;
	arena->size = MIN(arena->size * 2, ITEMS_MAX);
}

char *
ps_json_arena_text(PsJsonArena *arena, const char *text)
{
	char *copy = g_strdup(text);

	arena->texts = g_slist_prepend(arena->texts, copy);
	return copy;
}
