#include "config.h"

#include "workers/mail/open.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "workers/mail/guard.h"
#include "workers/mail/headers.h"
#include "workers/mail/walk.h"

static GBytes *
message_bytes(PsWork *work, GError **error)
{
	const char *path = ps_work_text(work, "path");
	gsize length = 0;

	if (!path)
		return g_bytes_ref(work->input);
	char *text = ps_file_read(path, PS_MESSAGE_MAX, &length, error);
	return text ? g_bytes_new_take(text, length) : NULL;
}

/* Lines before the first header that are none: "From " of mbox. */
static GBytes *
without_mbox_line(GBytes *bytes)
{
	gsize length = 0;
	const char *text = g_bytes_get_data(bytes, &length),
		   *newline = length > 5 && memcmp(text, "From ", 5) == 0
				      ? memchr(text, '\n', length)
				      : NULL;
	gsize skip = newline ? (gsize)(newline - text) + 1 : 0;

	return g_bytes_new_from_bytes(bytes, skip, length - skip);
}

static GMimeMessage *
parse(GBytes *bytes, cJSON *notes)
{
	g_autoptr(GBytes) guarded = ps_guard(bytes, notes);
	gsize length = 0;
	const char *text = g_bytes_get_data(guarded, &length);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text ? text : "", length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	g_object_unref(parser);
	g_object_unref(stream);
	return message;
}

static void
move(cJSON *object, const char *name, cJSON **item)
{
	if (*item)
		cJSON_AddItemToObject(object, name, g_steal_pointer(item));
}

static gboolean
send_message(PsWork *work, PsWalk *walk, GBytes *bytes, GMimeMessage *message, GError **error)
{
	cJSON *meta = cJSON_CreateObject(), *object = cJSON_AddObjectToObject(meta, "message");
	GMimeHeaderList *headers =
		message ? g_mime_object_get_header_list(GMIME_OBJECT(message)) : NULL;
	g_autofree char *sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);

	cJSON_AddStringToObject(object, "sha256", sha256);
	cJSON_AddNumberToObject(object, "size", (double)g_bytes_get_size(bytes));
	if (headers)
		cJSON_AddItemToObject(object, "headers", ps_headers_json(headers));
	move(object, "inner", &walk->inner);
	if (walk->encryption)
		cJSON_AddStringToObject(object, "encryption", walk->encryption);
	cJSON_AddBoolToObject(object, "decrypted", walk->decrypted);
	cJSON_AddBoolToObject(object, "no_integrity", walk->no_integrity);
	ps_add_text(object, "algorithm", walk->algorithm);
	move(object, "recipients", &walk->recipients);
	move(object, "signatures", &walk->signatures);
	move(object, "problems", &walk->problems);
	move(object, "notes", &walk->notes);
	move(object, "keys", &walk->keys);
	return ps_work_meta(work, meta, error);
}

static gboolean
walk_message(PsWalk *walk, GBytes *bytes, GMimeMessage **message, GError **error)
{
	PsPlace place = {.signature = -1, .reach = PS_HEADERS_ALL};

	*message = parse(bytes, walk->notes);
	if (!*message) {
		ps_walk_say(walk->problems,
			    _("This is no mail message: it has no headers. Its source "
			      "can be shown."));
		return TRUE;
	}
	ps_headers_judge(g_mime_object_get_header_list(GMIME_OBJECT(*message)), walk->problems);
	GMimeObject *root = g_mime_message_get_mime_part(*message);
	return !root || ps_walk_object(walk, root, place, error);
}

gboolean
ps_serve_open(PsWork *work, GError **error)
{
	g_autoptr(GBytes) raw = message_bytes(work, error);
	GMimeMessage *message = NULL;
	PsWalk walk;

	if (!raw)
		return FALSE;
	g_autoptr(GBytes) bytes = without_mbox_line(raw);
	ps_walk_init(&walk, work, 0);
	gboolean done = walk_message(&walk, bytes, &message, error) &&
			send_message(work, &walk, raw, message, error);
	ps_walk_clear(&walk);
	g_clear_object(&message);
	return done;
}

gboolean
ps_serve_part(PsWork *work, GError **error)
{
	g_autoptr(GBytes) raw = message_bytes(work, error);
	int number = (int)ps_work_number(work, "number", 0);
	GMimeMessage *message = NULL;
	PsWalk walk;

	if (!raw)
		return FALSE;
	g_autoptr(GBytes) bytes = without_mbox_line(raw);
	ps_walk_init(&walk, work, MAX(number, 1));
	gboolean done = walk_message(&walk, bytes, &message, error);
	if (done && !walk.found) {
		g_set_error(
			error, PS_ERROR, PS_ERROR_NOT_FOUND,
			_("The message has no part %d that can be exported (it has %d parts; those "
			  "that only hold others have no bytes of their own)."),
			number, walk.parts);
		done = FALSE;
	}
	if (done)
		ps_work_data(work, walk.found);
	ps_walk_clear(&walk);
	g_clear_object(&message);
	return done;
}

/* Only the headers, without GMime's parser: for a message that breaks the worker. */
gboolean
ps_serve_headers(PsWork *work, GError **error)
{
	static const char *const names[] = {"From", "To", "Subject", "Date", "Message-ID"};
	g_autoptr(GBytes) raw = message_bytes(work, error);
	gsize length = 0;

	if (!raw)
		return FALSE;
	g_autofree char *sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, raw);
	const char *text = g_bytes_get_data(raw, &length);
	cJSON *meta = cJSON_CreateObject(), *object = cJSON_AddObjectToObject(meta, "message");
	cJSON_AddStringToObject(object, "sha256", sha256);
	cJSON_AddNumberToObject(object, "size", (double)length);
	cJSON *headers = cJSON_AddObjectToObject(object, "headers"),
	      *texts = cJSON_AddObjectToObject(headers, "texts");
	length = MIN(length, (gsize)1 << 20);
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *value = ps_header_find(text ? text : "", length, names[i]);
		ps_add_text(texts, names[i], value);
		if (value && g_str_equal(names[i], "Subject"))
			ps_add_text(headers, "subject", value);
	}
	return ps_work_meta(work, meta, error);
}

gboolean
ps_serve_raw(PsWork *work, GError **error)
{
	g_autoptr(GBytes) raw = message_bytes(work, error);

	if (!raw)
		return FALSE;
	ps_work_data(work, raw);
	return TRUE;
}
