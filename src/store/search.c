#include "config.h"

/* Words: every word must be in some text of a record, whatever its case. */

#include <string.h>

#include "store/internal.h"

char **
ps_search_words(const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text ? text : "", -1);
	g_auto(GStrv) parts = g_strsplit_set(folded, " \t\r\n", 0);
	GPtrArray *words = g_ptr_array_new();

	for (gsize i = 0; parts[i]; i++)
		if (*parts[i])
			g_ptr_array_add(words, g_strdup(parts[i]));
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

gboolean
ps_search_fits(char **words, const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	gboolean fits = TRUE;

	for (gsize i = 0; fits && words[i]; i++)
		fits = strstr(folded, words[i]) != NULL;
	sodium_memzero(folded, strlen(folded));
	return fits;
}
