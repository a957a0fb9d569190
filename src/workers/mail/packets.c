#include "config.h"

#include "workers/mail/packets.h"

#include <string.h>

#include "base/i18n.h"

#define LOOK_AT 65536 /* bytes */
#define PACKETS_MAX 64

/* The base64 of an armoured message without its header lines and checksum. */
static GBytes *
dearmour(const char *text, gsize length)
{
	g_autofree char *copy = g_strndup(text, MIN(length, LOOK_AT * 2));
	char *begin = strstr(copy, "-----BEGIN PGP MESSAGE-----");

	if (!begin)
		return NULL;
	g_auto(GStrv) lines = g_strsplit(begin, "\n", -1);
	g_autoptr(GString) base64 = g_string_new(NULL);
	gboolean body = FALSE;
	for (gsize i = 1; lines[i]; i++) {
		g_strstrip(lines[i]);
		if (body && (lines[i][0] == '=' || lines[i][0] == '-'))
			break;
		if (body)
			g_string_append(base64, lines[i]);
		else if (lines[i][0] == '\0')
			body = TRUE;
	}
	gsize size = 0;
	guint8 *bytes = g_base64_decode(base64->str, &size);
	return g_bytes_new_take(bytes, size);
}

typedef struct {
	const guint8 *at, *end;
} Reader;

/* New-format lengths of section 4.2.2; a partial length ends the walk behind this packet. */
static gboolean
new_length(Reader *reader, gsize *length)
{
	if (reader->at >= reader->end)
		return FALSE;
	guint8 first = *reader->at++;
	if (first < 192) {
		*length = first;
	} else if (first < 224) {
		if (reader->at >= reader->end)
			return FALSE;
		*length = ((gsize)(first - 192) << 8) + *reader->at++ + 192;
	} else if (first == 255) {
		if (reader->end - reader->at < 4)
			return FALSE;
		*length = (gsize)reader->at[0] << 24 | (gsize)reader->at[1] << 16 |
			  (gsize)reader->at[2] << 8 | reader->at[3];
		reader->at += 4;
	} else {
		*length = G_MAXUINT32;
	}
	return TRUE;
}

static gboolean
old_length(Reader *reader, int type, gsize *length)
{
	int bytes = type == 3 ? 0 : 1 << type;

	*length = type == 3 ? G_MAXUINT32 : 0;
	if (reader->end - reader->at < bytes)
		return FALSE;
	for (int i = 0; i < bytes; i++)
		*length = *length << 8 | *reader->at++;
	return TRUE;
}

static gboolean
next_packet(Reader *reader, int *tag, gsize *length)
{
	if (reader->at >= reader->end || !(*reader->at & 0x80))
		return FALSE;
	guint8 head = *reader->at++;
	if (head & 0x40) {
		*tag = head & 0x3f;
		return new_length(reader, length);
	}
	*tag = head >> 2 & 0x0f;
	return old_length(reader, head & 3, length);
}

#define TAG_PUBLIC_KEY_SESSION 1
#define TAG_SYMMETRIC_SESSION 3
#define TAG_ENCRYPTED_INTEGRITY 18
#define TAG_AEAD 20

static const struct {
	int tag, version;
	const char *what; /* N_() */
} too_new[] = {
	{TAG_PUBLIC_KEY_SESSION, 6, N_("a version 6 session key (RFC 9580)")},
	{TAG_SYMMETRIC_SESSION, 6, N_("a version 6 passphrase key (RFC 9580)")},
	{TAG_ENCRYPTED_INTEGRITY, 2, N_("version 2 of the encrypted packet (AEAD, RFC 9580)")},
	{TAG_AEAD, 1, N_("the AEAD packet of newer GnuPG versions")},
};

char *
ps_packets_problem(GBytes *message)
{
	gsize length = 0;
	const char *text = g_bytes_get_data(message, &length);
	g_autoptr(GBytes) inside = length > 0 && !(text[0] & 0x80) ? dearmour(text, length) : NULL;

	if (inside)
		text = g_bytes_get_data(inside, &length);
	if (length == 0)
		return NULL;
	Reader reader = {(const guint8 *)text, (const guint8 *)text + MIN(length, LOOK_AT)};
	int tag = 0;
	gsize size = 0;
	for (int i = 0; i < PACKETS_MAX && next_packet(&reader, &tag, &size); i++) {
		if (reader.at >= reader.end)
			break;
		for (gsize k = 0; k < G_N_ELEMENTS(too_new); k++)
			if (too_new[k].tag == tag && too_new[k].version == *reader.at)
				return g_strdup_printf(
					_("The message uses %s, which this version of GnuPG cannot "
					  "read. Ask the sender to send it again with older "
					  "preferences (no AEAD, no version 6 keys)."),
					gettext(too_new[k].what));
		if (size > (gsize)(reader.end - reader.at))
			break;
		reader.at += size;
	}
	return NULL;
}
