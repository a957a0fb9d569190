#include "config.h"

#include "advisory/csaf-place.h"

#include <string.h>

/* Pointers are made by the thousand: printf() would take most of the time, growing texts much of
 * the rest. They are written from their end, as places know only what is above them. */

#define INDEX_BYTES 12

/* At most. */
static gsize
bytes_of(const PsPlace *place)
{
	gsize bytes = 0;

	for (; place; place = place->up)
		bytes += place->name ? 2 * strlen(place->name) + 1 : INDEX_BYTES;
	return bytes;
}

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

static char *
write_step(char *end, const PsPlace *place)
{
	if (!place->name)
		return write_index(end, place->index);
	gsize length = strlen(place->name);
	if (place->index == PS_PLACE_POINTER)
		return memcpy(end - length, place->name, length);
	return write_key(end, place->name, length);
}

void
ps_place_write(const PsPlace *place, GString *pointer)
{
	gsize room = bytes_of(place);

	g_string_set_size(pointer, room);
	char *end = pointer->str + room, *start = end;
	for (; place; place = place->up)
		start = write_step(start, place);
	memmove(pointer->str, start, (gsize)(end - start));
	g_string_truncate(pointer, (gsize)(end - start));
}

char *
ps_place_pointer(const PsPlace *place)
{
	GString *pointer = g_string_new(NULL);

	ps_place_write(place, pointer);
	return g_string_free(pointer, FALSE);
}
