#include "config.h"

/* What the mail worker says about a message, believed in nothing: {"message": …, "parts": […]}. And
 * addresses as people type them. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "mail/mailbox.h"
#include "mail/message-parse.h"

static void
read_answer(const cJSON *object)
{
	g_autoptr(GPtrArray) parts =
		g_ptr_array_new_with_free_func((GDestroyNotify)ps_raw_part_free);
	g_autoptr(GBytes) texts = g_bytes_new_static("text \033[31m of all parts", 23);
	const cJSON *item;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(object, "parts")) {
		PsRawPart *raw = ps_raw_part_from_json(item);
		if (raw)
			g_ptr_array_add(parts, raw);
	}
	g_autoptr(PsMessage) message =
		ps_message_from_json(cJSON_GetObjectItemCaseSensitive(object, "message"), parts,
				     texts);
	g_autofree char *text = ps_message_text(message),
			*line = ps_message_signature_line(message),
			*other = ps_message_encryption_line(message);
	g_autoptr(cJSON) json = ps_message_json(message);
	if (!json || strchr(text, 0x1b) || strchr(line, 0x1b) || strchr(other, 0x1b))
		abort();
	ps_message_quotable(message);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(cJSON) object = ps_json_parse((const char *)data, size, NULL, NULL);
	g_autofree char *typed = g_strndup(size ? (const char *)data : "", size);
	PsMailbox **mailboxes = ps_mailboxes_parse(typed, NULL);

	if (object)
		read_answer(object);
	if (!mailboxes)
		return 0;
	/* what was taken is taken again, the same */
	g_autofree char *text = ps_mailboxes_text(mailboxes);
	PsMailbox **again = ps_mailboxes_parse(text, NULL);
	if (!again || ps_mailboxes_count(again) != ps_mailboxes_count(mailboxes))
		abort();
	for (gsize i = 0; again[i]; i++)
		if (!g_str_equal(again[i]->address, mailboxes[i]->address))
			abort();
	ps_mailboxes_free(again);
	ps_mailboxes_free(mailboxes);
	return 0;
}
