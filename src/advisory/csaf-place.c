#include "config.h"

#include "advisory/csaf-place.h"

#include "base/json-print.h"

/* Pointers are made by the thousand: printf() would take most of the time. */
static void
append_index(GString *pointer, int index)
{
	char digits[16], *start = digits + sizeof digits;

	do {
		*--start = (char)('0' + index % 10);
		index /= 10;
	} while (index > 0);
	g_string_append_c(pointer, '/');
	g_string_append_len(pointer, start, digits + sizeof digits - start);
}

static void
append(GString *pointer, const PsPlace *place)
{
	if (!place)
		return;
	append(pointer, place->up);
	if (place->name && place->index == PS_PLACE_POINTER)
		g_string_append(pointer, place->name);
	else if (place->name)
		ps_json_pointer_add(pointer, place->name);
	else
		append_index(pointer, place->index);
}

char *
ps_place_pointer(const PsPlace *place)
{
	GString *pointer = g_string_sized_new(96);

	append(pointer, place);
	return g_string_free(pointer, FALSE);
}
