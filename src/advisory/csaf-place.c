#include "config.h"

#include "advisory/csaf-place.h"

#include "base/json-print.h"

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
		g_string_append_printf(pointer, "/%d", place->index);
}

char *
ps_place_pointer(const PsPlace *place)
{
	GString *pointer = g_string_new(NULL);

	append(pointer, place);
	return g_string_free(pointer, FALSE);
}
