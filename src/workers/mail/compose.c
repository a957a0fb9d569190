#include "config.h"

#include "workers/mail/compose.h"

#include <string.h>

#include <gmime/gmime.h>

#include "base/i18n.h"
#include "workers/mail/gpg.h"

#define OUTER_SUBJECT "..."

/* ---- headers ---- */

static void
add_mailboxes(InternetAddressList *list, const cJSON *array)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, array) {
		const char *name = ps_json_text(item, "name"),
			   *address = ps_json_text(item, "address");
		if (!address)
			continue;
		InternetAddress *mailbox =
			internet_address_mailbox_new(name && *name ? name : NULL, address);
		internet_address_list_add(list, mailbox);
		g_object_unref(mailbox);
	}
}

/* A header of addresses as it stands in a message, encoded and folded by GMime. */
static void
add_address_header(GMimeObject *object, const char *name, const cJSON *array)
{
	InternetAddressList *list = internet_address_list_new();

	add_mailboxes(list, array);
	g_autofree char *text = internet_address_list_to_string(list, NULL, TRUE);
	if (text && *text)
		g_mime_object_set_header(object, name, text, NULL);
	g_object_unref(list);
}

static char *
date_text(gint64 ms)
{
	GDateTime *date = g_date_time_new_from_unix_utc(ms / 1000);
	char *text = g_mime_utils_header_format_date(date);

	g_date_time_unref(date);
	return text;
}

static void
add_references(PsWork *work, GMimeObject *object)
{
	const cJSON *array = cJSON_GetObjectItemCaseSensitive(work->arguments, "references"), *item;
	const char *answered = ps_work_text(work, "in_reply_to");
	g_autoptr(GString) text = g_string_new(NULL);

	if (answered) {
		g_autofree char *id = g_strdup_printf("<%s>", answered);
		g_mime_object_set_header(object, "In-Reply-To", id, NULL);
	}
	cJSON_ArrayForEach (item, array) {
		if (cJSON_IsString(item))
			g_string_append_printf(text, "%s<%s>", text->len ? " " : "",
					       item->valuestring);
	}
	if (text->len > 0)
		g_mime_object_set_header(object, "References", text->str, NULL);
}

/* From, To, Cc, Date, Message-ID and Subject: outside, and again inside what is protected. */
static void
add_headers(PsWork *work, GMimeObject *object, const char *subject)
{
	g_autofree char *date = date_text(ps_work_number(work, "date", 0)),
			*id = g_strdup_printf("<%s>", ps_work_text(work, "message_id"));
	cJSON *from = cJSON_CreateArray();

	cJSON_AddItemReferenceToArray(from,
				      cJSON_GetObjectItemCaseSensitive(work->arguments, "from"));
	add_address_header(object, "From", from);
	cJSON_Delete(from);
	add_address_header(object, "To", cJSON_GetObjectItemCaseSensitive(work->arguments, "to"));
	add_address_header(object, "Cc", cJSON_GetObjectItemCaseSensitive(work->arguments, "cc"));
	g_mime_object_set_header(object, "Date", date, NULL);
	g_mime_object_set_header(object, "Message-ID", id, NULL);
	g_mime_object_set_header(object, "Subject", subject, "utf-8");
}

/* ---- parts ---- */

/* "From " at the start of a line is changed on the way by some servers, which breaks signatures. */
static char *
without_from_lines(const char *text)
{
	g_auto(GStrv) pieces = g_strsplit(text, "\nFrom ", -1);

	return g_strjoinv("\n=46rom ", pieces);
}

static char *
text_part(PsWork *work, gboolean protected)
{
	gsize length = 0;
	const char *bytes = g_bytes_get_data(work->input, &length);
	g_autofree char *text = g_utf8_make_valid(bytes ? bytes : "", (gssize)length);
	GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
	GMimeObject *object = GMIME_OBJECT(part);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, text);
	g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	if (protected) {
		g_mime_object_set_content_type_parameter(object, "protected-headers", "v1");
		add_headers(work, object, ps_work_text(work, "subject"));
	}
	g_autofree char *whole = g_mime_object_to_string(object, NULL);
	g_object_unref(part);
	return without_from_lines(whole);
}

static GBytes *
with_crlf(const char *text)
{
	GString *out = g_string_sized_new(strlen(text) + 256);

	for (const char *c = text; *c; c++) {
		if (*c == '\n' && (c == text || c[-1] != '\r'))
			g_string_append_c(out, '\r');
		g_string_append_c(out, *c);
	}
	gsize length = out->len;
	return g_bytes_new_take(g_string_free(out, FALSE), length);
}

static char *
boundary(void)
{
	g_autofree char *uuid = g_uuid_string_random();

	return g_strdup_printf("=-%s", uuid);
}

static char *
bytes_text(GBytes *bytes)
{
	gsize length = 0;
	const char *text = g_bytes_get_data(bytes, &length);
	g_autofree char *copy = g_strndup(text ? text : "", length);
	g_auto(GStrv) lines = g_strsplit(copy, "\r\n", -1);

	return g_strjoinv("\n", lines);
}

static char *
encrypted_body(PsWork *work, const cJSON *fingerprints, GError **error)
{
	g_autofree char *part = text_part(work, TRUE), *mark = boundary();
	g_autoptr(GBytes) plain = with_crlf(part);
	g_autoptr(GBytes) cipher =
		ps_gpg_encrypt(work, plain, fingerprints, ps_work_text(work, "sign_with"), error);

	if (!cipher)
		return NULL;
	g_autofree char *armour = bytes_text(cipher);
	return g_strdup_printf(
		"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";\n"
		" boundary=\"%s\"\n\n"
		"--%s\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n"
		"--%s\nContent-Type: application/octet-stream; name=\"encrypted.asc\"\n"
		"Content-Disposition: inline; filename=\"encrypted.asc\"\n\n%s\n--%s--\n",
		mark, mark, mark, armour, mark);
}

static char *
signed_body(PsWork *work, const char *sign_with, GError **error)
{
	g_autofree char *part = text_part(work, TRUE), *mark = boundary();
	const char *hash = NULL;
	gsize length = strlen(part);

	/* the last line end belongs to the boundary, not to what is signed */
	if (length > 0 && part[length - 1] == '\n')
		part[length - 1] = '\0';
	g_autoptr(GBytes) data = with_crlf(part);
	g_autoptr(GBytes) signature =
		ps_gpg_sign(work, data, sign_with, GPGME_SIG_MODE_DETACH, &hash, error);
	if (!signature)
		return NULL;
	g_autofree char *armour = bytes_text(signature),
			*lower = g_ascii_strdown(hash ? hash : "sha256", -1);
	return g_strdup_printf("Content-Type: multipart/signed; micalg=pgp-%s;\n"
			       " protocol=\"application/pgp-signature\"; boundary=\"%s\"\n\n"
			       "--%s\n%s\n--%s\nContent-Type: application/pgp-signature; "
			       "name=\"signature.asc\"\n\n"
			       "%s\n--%s--\n",
			       lower, mark, mark, part, mark, armour, mark);
}

/* ---- the whole ---- */

static gboolean
complete(PsWork *work, GError **error)
{
	static const char *const needed[] = {"subject", "message_id"};
	const cJSON *from = cJSON_GetObjectItemCaseSensitive(work->arguments, "from");

	for (gsize i = 0; i < G_N_ELEMENTS(needed); i++)
		if (!ps_work_text(work, needed[i]) ||
		    strpbrk(ps_work_text(work, needed[i]), "\r\n"))
			goto missing;
	if (ps_json_text(from, "address"))
		return TRUE;
missing:
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The message lacks its sender, subject or Message-ID."));
	return FALSE;
}

static char *
outer_headers(PsWork *work, const char *subject)
{
	GMimeMessage *message = g_mime_message_new(FALSE);
	GMimeObject *object = GMIME_OBJECT(message);

	add_headers(work, object, subject);
	add_references(work, object);
	g_mime_object_set_header(object, "MIME-Version", "1.0", NULL);
	g_autofree char *text = g_mime_object_get_headers(object, NULL);
	g_object_unref(message);
	return g_strchomp(g_steal_pointer(&text));
}

gboolean
ps_serve_compose(PsWork *work, GError **error)
{
	const cJSON *keys = cJSON_GetObjectItemCaseSensitive(work->arguments, "fingerprints");
	const char *sign_with = ps_work_text(work, "sign_with");
	gboolean encrypt = cJSON_GetArraySize(keys) > 0;

	if (!complete(work, error))
		return FALSE;
	g_autofree char *body = encrypt     ? encrypted_body(work, keys, error)
				: sign_with ? signed_body(work, sign_with, error)
					    : text_part(work, FALSE);
	if (!body)
		return FALSE;
	g_autofree char *headers =
		outer_headers(work, encrypt ? OUTER_SUBJECT : ps_work_text(work, "subject"));
	char *whole = g_strconcat(headers, "\n", body, NULL);
	g_autoptr(GBytes) bytes = g_bytes_new_take(whole, strlen(whole));
	ps_work_data(work, bytes);
	return TRUE;
}
