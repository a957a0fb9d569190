#include "config.h"

/* FIELD=VALUE words of a command line. */

#include "commands/command.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

/* A field is a text for people; documents go another way. */
#define VALUE_LIMIT (16 * 1024 * 1024)

/* "@FILE" reads a file, "@-" standard input; "@@text" stands for "@text". */
static char *
value_of(const char *text, GError **error)
{
	gsize length;

	if (*text != '@')
		return g_strdup(text);
	if (text[1] == '@')
		return g_strdup(text + 1);
	g_autofree char *content = ps_file_read(text + 1, VALUE_LIMIT, &length, error);
	if (!content)
		return NULL;
	if (strlen(content) != length || !g_utf8_validate(content, -1, NULL)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is not UTF-8 text, so it can't become a field's value."),
			    text + 1);
		return NULL;
	}
	/* Editors end the last line; the value does not have that end. */
	if (length > 0 && content[length - 1] == '\n')
		content[length - 1] = '\0';
	return g_steal_pointer(&content);
}

char **
ps_cli_pairs(PsCli *cli, int count, char **words, GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);

	for (int i = 0; i < count; i++) {
		const char *sign = strchr(words[i], '=');
		if (!sign || sign == words[i]) {
			ps_cli_usage(cli, error, _("“%s” is not FIELD=VALUE."), words[i]);
			return NULL;
		}
		char *value = value_of(sign + 1, error);
		if (!value)
			return NULL;
		g_ptr_array_add(pairs, g_strndup(words[i], (gsize)(sign - words[i])));
		g_ptr_array_add(pairs, value);
	}
	g_ptr_array_add(pairs, NULL);
	g_ptr_array_set_free_func(pairs, NULL);
	return (char **)g_ptr_array_steal(pairs, NULL);
}

const char *
ps_pairs_get(char *const *pairs, const char *name)
{
	const char *value = NULL;

	for (; *pairs; pairs += 2)
		if (g_str_equal(pairs[0], name))
			value = pairs[1];
	return value;
}

gboolean
ps_cli_pairs_known(PsCli *cli, char *const *pairs, const char *const *names, GError **error)
{
	for (; *pairs; pairs += 2) {
		if (g_strv_contains(names, pairs[0]))
			continue;
		g_autofree char *known = g_strjoinv(" ", (char **)names);
		ps_cli_usage(cli, error, _("“%s” is not known here; known are: %s."), pairs[0],
			     known);
		return FALSE;
	}
	return TRUE;
}
