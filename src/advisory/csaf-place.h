#ifndef PS_ADVISORY_CSAF_PLACE_H
#define PS_ADVISORY_CSAF_PLACE_H

/* Where in a document a walk is: steps on the stack, a pointer is made only when something is found
 * there. NULL is the whole document. */

#include <glib.h>

typedef struct PsPlace PsPlace;
struct PsPlace {
	const PsPlace *up;
	const char *name; /* member; NULL: an item */
	int index;        /* of the item, from 0; PS_PLACE_POINTER beside a name */
};

/* The name is a JSON pointer of any number of steps ("", "/0/name"), not one key. */
#define PS_PLACE_POINTER (-1)

/* JSON pointer, in place of what `pointer` holds. */
void ps_place_write(const PsPlace *place, GString *pointer);
/* The same as a new string. */
char *ps_place_pointer(const PsPlace *place);

#endif
