#include "config.h"

#include "mail/mailbox.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"

#define ADDRESS_MAX 254 /* RFC 5321 section 4.5.3.1.3, less the brackets */

void
ps_mailbox_free(PsMailbox *mailbox)
{
	if (!mailbox)
		return;
	g_free(mailbox->name);
	g_free(mailbox->address);
	g_free(mailbox);
}

PsMailbox **
ps_mailboxes_new(void)
{
	return g_new0(PsMailbox *, 1);
}

void
ps_mailboxes_free(PsMailbox **mailboxes)
{
	for (gsize i = 0; mailboxes && mailboxes[i]; i++)
		ps_mailbox_free(mailboxes[i]);
	g_free(mailboxes);
}

gsize
ps_mailboxes_count(PsMailbox *const *mailboxes)
{
	gsize n = 0;

	while (mailboxes && mailboxes[n])
		n++;
	return n;
}

/* What would be read as something else on the way back is quoted. */
static void
append_name(GString *text, const char *name)
{
	if (!strpbrk(name, ",;:<>()@")) {
		g_string_append(text, name);
		return;
	}
	g_autofree char *plain = g_strdelimit(g_strdup(name), "\"", '\'');
	g_string_append_printf(text, "\"%s\"", plain);
}

char *
ps_mailboxes_text(PsMailbox *const *mailboxes)
{
	GString *text = g_string_new(NULL);

	for (gsize i = 0; mailboxes && mailboxes[i]; i++) {
		if (i > 0)
			g_string_append(text, ", ");
		if (!*mailboxes[i]->name) {
			g_string_append(text, mailboxes[i]->address);
			continue;
		}
		append_name(text, mailboxes[i]->name);
		g_string_append_printf(text, " <%s>", mailboxes[i]->address);
	}
	return g_string_free(text, FALSE);
}

gboolean
ps_address_valid(const char *address)
{
	const char *at = address ? strchr(address, '@') : NULL;

	if (!at || at == address || strchr(at + 1, '@') || strlen(address) > ADDRESS_MAX)
		return FALSE;
	for (const char *c = address; *c; c++)
		if (!g_ascii_isgraph(*c) || strchr("<>()[]\\,;:\"", *c))
			return FALSE;
	/* nothing that a send command could take for an option */
	return address[0] != '-' && at[1] != '\0' && at[1] != '.' && at[1] != '-' &&
	       !strstr(at, "..");
}

gboolean
ps_address_equal(const char *a, const char *b)
{
	return a && b && g_ascii_strcasecmp(a, b) == 0;
}

/* Splits at commas that stand outside quotes and angle brackets. */
static GPtrArray *
split(const char *text)
{
	GPtrArray *pieces = g_ptr_array_new_with_free_func(g_free);
	gboolean quoted = FALSE, angle = FALSE;
	const char *start = text;

	for (const char *c = text;; c++) {
		if (*c == '"')
			quoted = !quoted;
		else if (!quoted && (*c == '<' || *c == '>'))
			angle = *c == '<';
		if (*c && (*c != ',' || quoted || angle))
			continue;
		char *piece = g_strstrip(g_strndup(start, (gsize)(c - start)));
		if (*piece)
			g_ptr_array_add(pieces, piece);
		else
			g_free(piece);
		if (!*c)
			break;
		start = c + 1;
	}
	return pieces;
}

static char *
unquoted(const char *text)
{
	GString *out = g_string_new(NULL);

	for (const char *c = text; *c; c++)
		if (*c != '"')
			g_string_append_c(out, *c);
	return g_strstrip(g_string_free(out, FALSE));
}

static PsMailbox *
parse_one(const char *piece, GError **error)
{
	const char *open = strrchr(piece, '<'), *close = open ? strchr(open, '>') : NULL;
	g_autofree char *address = NULL, *name = NULL;

	if (open && close && close[1] == '\0') {
		g_autofree char *before = g_strndup(piece, (gsize)(open - piece));
		name = unquoted(before);
		address = g_strndup(open + 1, (gsize)(close - open - 1));
	} else {
		address = g_strdup(piece);
	}
	g_strstrip(address);
	if (!ps_address_valid(address)) {
		g_autofree char *safe = ps_safe_text(piece, -1, PS_SAFE_LINE);
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no mail address. Write “name@example.org” or “Name "
			      "<name@example.org>”."),
			    safe);
		return NULL;
	}
	PsMailbox *mailbox = g_new0(PsMailbox, 1);
	mailbox->name = ps_safe_text(name ? name : "", -1, PS_SAFE_LINE);
	char *at = strchr(address, '@');
	g_autofree char *local = g_strndup(address, (gsize)(at - address)),
			*domain = g_ascii_strdown(at, -1);
	mailbox->address = g_strconcat(local, domain, NULL);
	return mailbox;
}

PsMailbox **
ps_mailboxes_parse(const char *text, GError **error)
{
	g_autoptr(GPtrArray) pieces = split(text);
	PsMailbox **mailboxes = g_new0(PsMailbox *, pieces->len + 1);

	for (guint i = 0; i < pieces->len; i++) {
		mailboxes[i] = parse_one(pieces->pdata[i], error);
		if (!mailboxes[i]) {
			ps_mailboxes_free(mailboxes);
			return NULL;
		}
	}
	return mailboxes;
}
