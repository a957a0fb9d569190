#include "config.h"

/* A message as it arrives: the limits in front of GMime, the headers, the texts. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "workers/mail/guard.h"
#include "workers/mail/headers.h"
#include "workers/mail/text.h"

static void
parse(GBytes *bytes)
{
	gsize length = 0;
	const char *text = g_bytes_get_data(bytes, &length);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text ? text : "", length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	if (message) {
		GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
		g_autoptr(cJSON) headers = ps_headers_json(list), problems = cJSON_CreateArray();
		ps_headers_judge(list, problems);
		g_autofree char *json = ps_json_print(headers);
		/* it must cross the socket: the other side reads strictly */
		g_autoptr(cJSON) again = ps_json_parse(json, strlen(json), NULL, NULL);
		if (!again)
			abort();
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	static const char *const charsets[] = {NULL, "utf-8", "utf-16", "iso-2022-jp", "nonsense"};
	static gboolean ready;
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(cJSON) notes = cJSON_CreateArray();

	if (!ready)
		g_mime_init();
	ready = TRUE;
	g_autoptr(GBytes) guarded = ps_guard(bytes, notes);
	if (g_bytes_get_size(guarded) > size)
		abort();
	parse(guarded);
	g_free(ps_header_find((const char *)data, size, "Subject"));
	for (gsize i = 0; i < G_N_ELEMENTS(charsets); i++) {
		gboolean cut;
		gsize length;
		g_autofree char *text = ps_text_decode(bytes, charsets[i], 4096, &length, &cut);
		if (!g_utf8_validate(text, (gssize)length, NULL))
			abort();
		g_free(ps_text_unflow(text, TRUE));
	}
	return 0;
}
