#include "config.h"

/* The Web Key Directory: where mail programs look for the team's key. */

#include "advisory/pages.h"

#include <string.h>

#define HASH_BYTES 20 /* SHA-1 */

/* z-base-32: five bits a character. */
static char *
z_base_32(const guint8 *bytes, gsize length)
{
	static const char alphabet[] = "ybndrfg8ejkmcpqxot1uwisza345h769";
	GString *text = g_string_new(NULL);
	guint32 bits = 0;
	int count = 0;

	for (gsize i = 0; i < length; i++) {
		bits = bits << 8 | bytes[i];
		count += 8;
		for (; count >= 5; count -= 5)
			g_string_append_c(text, alphabet[bits >> (count - 5) & 31]);
	}
	if (count > 0)
		g_string_append_c(text, alphabet[bits << (5 - count) & 31]);
	return g_string_free(text, FALSE);
}

char *
ps_wkd_name(const char *local_part)
{
	g_autofree char *lower = g_ascii_strdown(local_part, -1);
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA1);
	guint8 digest[HASH_BYTES];
	gsize length = sizeof digest;

	g_checksum_update(checksum, (const guchar *)lower, -1);
	g_checksum_get_digest(checksum, digest, &length);
	return z_base_32(digest, length);
}

gboolean
ps_wkd_address(const char *address, char **local_part, char **domain)
{
	const char *open = strrchr(address, '<'), *start = open ? open + 1 : address;
	gsize length = strcspn(start, ">");
	g_autofree char *bare = g_strstrip(g_strndup(start, length));
	const char *at = strrchr(bare, '@');

	/* the domain becomes a folder, both a line of security.txt */
	if (!at || at == bare || !at[1] || strpbrk(bare, "/\\ \t\r\n\"<>") || at[1] == '.')
		return FALSE;
	*local_part = g_strndup(bare, (gsize)(at - bare));
	*domain = g_ascii_strdown(at + 1, -1);
	return TRUE;
}

/* The body lies between the empty line behind the headers and the checksum. */
GBytes *
ps_dearmor(GBytes *armoured)
{
	gsize length;
	const char *data = g_bytes_get_data(armoured, &length);
	g_autofree char *text = g_strndup(data, length);
	const char *begin = strstr(text, "-----BEGIN PGP PUBLIC KEY BLOCK-----"),
		   *body = begin ? strstr(begin, "\n\n") : NULL,
		   *end = body ? strstr(body, "\n-----END") : NULL;

	if (!end)
		return NULL;
	g_autofree char *base64 = g_strndup(body, (gsize)(end - body));
	char *checksum = strstr(base64, "\n=");
	if (checksum)
		*checksum = '\0';
	gsize size;
	guchar *bytes = g_base64_decode(base64, &size);
	return g_bytes_new_take(bytes, size);
}
