#ifndef PS_BASE_JSON_ARENA_H
#define PS_BASE_JSON_ARENA_H

/* Memory for a JSON tree that is only read: handed out from a few large blocks and freed at once,
 * since most of the time of a small tree would go into malloc() and free(). */

#include <cjson/cJSON.h>
#include <glib.h>

typedef struct {
	cJSON *next; /* in the newest block */
	gsize left;  /* items there */
	/* private */
	GSList *blocks, *texts;
	gsize size; /* of the next block, in items */
} PsJsonArena;

/* `expected`: about how many items there will be. */
PsJsonArena *ps_json_arena_new(gsize expected);
void ps_json_arena_free(PsJsonArena *arena);
void ps_json_arena_grow(PsJsonArena *arena);
/* A zeroed item; never to be given to cJSON_Delete(). */
static inline cJSON *
ps_json_arena_item(PsJsonArena *arena)
{
	if (arena->left == 0)
		ps_json_arena_grow(arena);
	arena->left--;
	return arena->next++;
}
/* A copy of a text. */
char *ps_json_arena_text(PsJsonArena *arena, const char *text);

#endif
