#include "config.h"

#include "advisory/csaf-place.h"

#include <string.h>

/* Pointers are made by the thousand: printf() would take most of the time, growing texts much of
 * the rest. They are written from their end, as places know only what is above them. */

#define INDEX_BYTES 12 /* of an item, at most */
#define ROOM 128       /* enough for most */

static char *
write_index(char *end, int index)
{
	do {
		*--end = (char)('0' + index % 10);
		index /= 10;
	} while (index > 0);
	*--end = '/';
	return end;
}

/* One key (RFC 6901). */
static char *
write_key(char *end, const char *name, gsize length)
{
	while (length-- > 0) {
		char c = name[length];
		if (c != '~' && c != '/') {
			*--end = c;
			continue;
		}
		*--end = c == '~' ? '0' : '1';
		*--end = '~';
	}
	*--end = '/';
	return end;
}

/* NULL: it may not fit behind `start`. */
static char *
write_step(const char *start, char *end, const PsPlace *place)
{
	gsize room = (gsize)(end - start);

	if (!place->name)
		return room < INDEX_BYTES ? NULL : write_index(end, place->index);
	gsize length = strlen(place->name);
	if (room < 2 * length + 1)
		return NULL;
	if (place->index == PS_PLACE_POINTER)
		return memcpy(end - length, place->name, length);
	return write_key(end, place->name, length);
}

static char *
write_steps(const char *start, char *end, const PsPlace *place)
{
	for (; place && end; place = place->up)
		end = write_step(start, end, place);
	return end;
}

void
ps_place_write(const PsPlace *place, GString *pointer)
{
	gsize room = MAX(pointer->allocated_len - 1, ROOM);
	char *start;

	g_string_set_size(pointer, room);
	while (!(start = write_steps(pointer->str, pointer->str + room, place)))
		g_string_set_size(pointer, room *= 2);
	gsize length = (gsize)(pointer->str + room - start);
	memmove(pointer->str, start, length);
	g_string_truncate(pointer, length);
}

char *
ps_place_pointer(const PsPlace *place)
{
	GString *pointer = g_string_new(NULL);

	ps_place_write(place, pointer);
	return g_string_free(pointer, FALSE);
}
