#ifndef PS_BASE_JSON_PRINT_H
#define PS_BASE_JSON_PRINT_H

/* Texts of JSON: what json.h declares as printing and pointers, and the pieces that the reader
 * shares with it. */

#include <glib.h>

/* The text as it stands between the quotes of a printed string: quotes, backslashes and every
 * character that ps_safe_text() would remove are escapes, so that printed JSON is harmless on a
 * terminal and loses nothing. New string. */
char *ps_json_escape(const char *text);
void ps_json_escape_append(GString *out, const char *text);
/* TRUE: nothing in it would be an escape, nor changed by ps_safe_text(). FALSE: it may be. */
gboolean ps_json_is_plain(const char *text, gsize length);

/* Appends "/" and the key with "~" and "/" written as "~0" and "~1" (RFC 6901). */
void ps_json_pointer_add(GString *pointer, const char *key);
/* The keys of a pointer; "" gives none. One block, to be freed with g_free(). */
char **ps_json_pointer_split(const char *pointer);

#endif
