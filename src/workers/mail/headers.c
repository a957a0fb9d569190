#include "config.h"

#include "workers/mail/headers.h"

#include <string.h>

#include "base/i18n.h"
#include "workers/work.h"

#define VALUE_MAX 4096
#define ADDRESSES_MAX 200
#define REFERENCES_MAX 100
#define NAME_MAX_LENGTH 400

/* What people see, by name. */
static const char *const shown[] = {
	"From",    "Sender",         "To",          "Cc",      "Reply-To",   "Date",
	"Subject", "Message-ID",     "In-Reply-To", "List-Id", "User-Agent", "X-Mailer",
	"X-VINCE", "Auto-Submitted",
};

/* ---- texts ---- */

static char *
cut(const char *text, gsize limit)
{
	gsize length = strlen(text);

	if (length <= limit)
		return g_strdup(text);
	g_autofree char *start = g_strndup(text, limit);
	g_autofree char *valid = g_utf8_make_valid(start, -1);
	return g_strconcat(valid, "…", NULL);
}

/* RFC 2047 with what is broken left as it stands. */
static char *
decode(const char *raw)
{
	g_autofree char *short_raw = cut(raw, VALUE_MAX * 4);
	g_autofree char *unfolded = g_mime_utils_header_unfold(short_raw);
	g_autofree char *decoded =
		g_mime_utils_header_decode_text(NULL, unfolded ? unfolded : short_raw);
	g_autofree char *valid = g_utf8_make_valid(decoded ? decoded : short_raw, -1);

	return cut(g_strstrip(valid), VALUE_MAX);
}

static const char *
raw_value(GMimeHeaderList *list, const char *name)
{
	GMimeHeader *header = g_mime_header_list_get_header(list, name);

	return header ? g_mime_header_get_raw_value(header) : NULL;
}

/* ---- addresses ---- */

static void
add_mailbox(cJSON *array, InternetAddress *address)
{
	const char *name = internet_address_get_name(address),
		   *box = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
	cJSON *object = cJSON_CreateObject();

	g_autofree char *short_name = cut(name ? name : "", NAME_MAX_LENGTH);
	g_autofree char *short_box = cut(box ? box : "", NAME_MAX_LENGTH);
	ps_add_text(object, "name", short_name);
	ps_add_text(object, "address", short_box);
	cJSON_AddItemToArray(array, object);
}

/* Groups are taken apart (one level: they do not nest). */
static void
add_addresses(cJSON *array, InternetAddressList *list, int depth, int *count)
{
	int n = list ? internet_address_list_length(list) : 0;

	for (int i = 0; i < n && *count < ADDRESSES_MAX; i++) {
		InternetAddress *address = internet_address_list_get_address(list, i);
		if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
			add_mailbox(array, address);
			(*count)++;
		} else if (depth == 0 && INTERNET_ADDRESS_IS_GROUP(address)) {
			add_addresses(array,
				      internet_address_group_get_members(
					      INTERNET_ADDRESS_GROUP(address)),
				      1, count);
		}
	}
}

static void
add_address_header(cJSON *object, const char *name, GMimeHeaderList *headers, const char *header)
{
	const char *raw = raw_value(headers, header);
	int count = 0;

	if (!raw)
		return;
	g_autofree char *text = cut(raw, (gsize)64 << 10);
	InternetAddressList *list = internet_address_list_parse(NULL, text);
	cJSON *array = cJSON_AddArrayToObject(object, name);
	if (!list)
		return;
	add_addresses(array, list, 0, &count);
	g_object_unref(list);
}

/* ---- ids and times ---- */

static void
add_message_id(cJSON *object, const char *name, const char *raw)
{
	g_autofree char *text = raw ? cut(raw, VALUE_MAX) : NULL;
	g_autofree char *id = text ? g_mime_utils_decode_message_id(text) : NULL;

	if (id && *id)
		ps_add_text(object, name, id);
}

static void
add_references(cJSON *object, const char *raw)
{
	g_autofree char *text = raw ? g_strndup(raw, VALUE_MAX * 8) : NULL;
	GMimeReferences *references = text ? g_mime_references_parse(NULL, text) : NULL;

	if (!references)
		return;
	cJSON *array = cJSON_AddArrayToObject(object, "references");
	int length = g_mime_references_length(references);
	/* the oldest and the newest matter most to other programs; RFC 5322 lets the middle go */
	for (int i = MAX(0, length - REFERENCES_MAX); i < length; i++)
		cJSON_AddItemToArray(array,
				     ps_text_item(g_mime_references_get_message_id(references, i),
						  -1));
	g_mime_references_free(references);
}

static void
add_date(cJSON *object, const char *name, const char *raw)
{
	g_autofree char *text = raw ? g_strndup(raw, 200) : NULL;
	GDateTime *date = text ? g_mime_utils_header_decode_date(text) : NULL;

	if (!date)
		return;
	gint64 ms = g_date_time_to_unix(date) * 1000;
	if (ms >= 0)
		cJSON_AddNumberToObject(object, name, (double)ms);
	g_date_time_unref(date);
}

/* The newest Received header is the first one; its time stands behind the last ";". */
static void
add_received(cJSON *object, GMimeHeaderList *list)
{
	const char *raw = raw_value(list, "Received"), *last = raw ? strrchr(raw, ';') : NULL;

	if (last)
		add_date(object, "received", last + 1);
}

cJSON *
ps_headers_json(GMimeHeaderList *list)
{
	cJSON *object = cJSON_CreateObject();
	const char *subject = raw_value(list, "Subject");
	g_autofree char *decoded = subject ? decode(subject) : NULL;

	ps_add_text(object, "subject", decoded);
	add_address_header(object, "from", list, "From");
	add_address_header(object, "to", list, "To");
	add_address_header(object, "cc", list, "Cc");
	add_address_header(object, "reply_to", list, "Reply-To");
	add_date(object, "date", raw_value(list, "Date"));
	add_received(object, list);
	add_message_id(object, "message_id", raw_value(list, "Message-ID"));
	add_message_id(object, "in_reply_to", raw_value(list, "In-Reply-To"));
	add_references(object, raw_value(list, "References"));
	cJSON *texts = cJSON_AddObjectToObject(object, "texts");
	for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
		const char *raw = raw_value(list, shown[i]);
		g_autofree char *text = raw ? decode(raw) : NULL;
		ps_add_text(texts, shown[i], text);
	}
	return object;
}

void
ps_headers_judge(GMimeHeaderList *list, cJSON *problems)
{
	static const char *const once[] = {"From", "Subject", "Date", "Message-ID", "To"};
	int count = g_mime_header_list_get_count(list);
	int seen[G_N_ELEMENTS(once)] = {0};

	for (int i = 0; i < count; i++) {
		const char *name =
			g_mime_header_get_name(g_mime_header_list_get_header_at(list, i));
		for (gsize k = 0; name && k < G_N_ELEMENTS(once); k++)
			seen[k] += g_ascii_strcasecmp(name, once[k]) == 0;
	}
	for (gsize k = 0; k < G_N_ELEMENTS(once); k++) {
		if (seen[k] < 2)
			continue;
		g_autofree char *sentence = g_strdup_printf(
			_("The message has %d headers “%s” where only one is allowed; the first is "
			  "shown, other programs may show another."),
			seen[k], once[k]);
		cJSON_AddItemToArray(problems, ps_text_item(sentence, -1));
	}
}

/* ---- by hand ---- */

static gsize
line_end(const char *text, gsize length, gsize at)
{
	const char *newline = memchr(text + at, '\n', length - at);

	return newline ? (gsize)(newline - text) + 1 : length;
}

char *
ps_header_find(const char *text, gsize length, const char *name)
{
	gsize n = strlen(name), at = 0;

	while (at < length && text[at] != '\n' && text[at] != '\r') {
		gsize end = line_end(text, length, at);
		/* continuation lines belong to it */
		while (end < length && (text[end] == ' ' || text[end] == '\t'))
			end = line_end(text, length, end);
		if (end - at > n && text[at + n] == ':' &&
		    g_ascii_strncasecmp(text + at, name, n) == 0) {
			g_autofree char *raw =
				g_strndup(text + at + n + 1, MIN(end - at - n - 1, VALUE_MAX * 4));
			return decode(raw);
		}
		at = end;
	}
	return NULL;
}
