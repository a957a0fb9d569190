#include "config.h"

/* The title that a mail's subject suggests. */

#include "cases/case.h"

#include <string.h>

#include "base/i18n.h"

/* Length of a prefix that mail programs add: "Re:", "AW:", "Fwd:", "[list]". */
static gsize
prefix_length(const char *subject)
{
	static const char *const prefixes[] = {"re:", "aw:", "sv:", "fwd:", "fw:", "wg:", "tr:"};

	for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_ascii_strncasecmp(subject, prefixes[i], strlen(prefixes[i])) == 0)
			return strlen(prefixes[i]);
	const char *end = *subject == '[' ? strchr(subject, ']') : NULL;
	return end ? (gsize)(end - subject) + 1 : 0;
}

char *
ps_case_title_from_subject(const char *subject)
{
	const char *rest = subject ? subject : "";
	gsize n;

	do {
		rest += strspn(rest, " \t");
		n = prefix_length(rest);
		/* A subject that is only "[thing]" keeps it. */
		if (n == 0 || rest[n + strspn(rest + n, " \t")] == '\0')
			break;
		rest += n;
	} while (TRUE);
	char *title = g_strchomp(g_strdup(rest));
	if (*title)
		return title;
	g_free(title);
	return g_strdup(_("Report without a subject"));
}
