#include "config.h"

#include "workers/mail/walk.h"

#include <string.h>

#include "base/i18n.h"
#include "workers/mail/guard.h"
#include "workers/mail/headers.h"

#define PARTS_MAX 2000
#define DEPTH_MAX 30
#define SENTENCES_MAX 40
#define PROLOGUE_MAX 65536

void
ps_walk_init(PsWalk *walk, PsWork *work, int wanted)
{
	*walk = (PsWalk){.work = work, .wanted = wanted};
	walk->recipients = cJSON_CreateArray();
	walk->signatures = cJSON_CreateArray();
	walk->problems = cJSON_CreateArray();
	walk->notes = cJSON_CreateArray();
	walk->keys = cJSON_CreateArray();
}

void
ps_walk_clear(PsWalk *walk)
{
	cJSON **items[] = {&walk->recipients, &walk->signatures, &walk->problems,
			   &walk->notes,      &walk->keys,       &walk->inner};

	for (gsize i = 0; i < G_N_ELEMENTS(items); i++)
		g_clear_pointer(items[i], cJSON_Delete);
	g_clear_pointer(&walk->algorithm, g_free);
	g_clear_pointer(&walk->found, g_bytes_unref);
}

void
ps_walk_say(cJSON *sentences, const char *format, ...)
{
	va_list arguments;

	if (cJSON_GetArraySize(sentences) >= SENTENCES_MAX)
		return;
	va_start(arguments, format);
	g_autofree char *sentence = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	const cJSON *item;
	cJSON_ArrayForEach (item, sentences) {
		if (g_strcmp0(item->valuestring, sentence) == 0)
			return;
	}
	cJSON_AddItemToArray(sentences, ps_text_item(sentence, -1));
}

/* ---- one part ---- */

static char *
mime_type(GMimeObject *object)
{
	GMimeContentType *type = object ? g_mime_object_get_content_type(object) : NULL;

	if (!type)
		return g_strdup("application/octet-stream");
	g_autofree char *text = g_mime_content_type_get_mime_type(type);
	return g_ascii_strdown(text, -1);
}

static void
add_flags(cJSON *part, PsPlace place, const PsPartFacts *facts)
{
	const struct {
		gboolean set;
		const char *name;
	} flags[] = {
		{place.layers > 0, "encrypted"},
		{place.signature >= 0, "signed"},
		{facts->attachment, "attachment"},
		{place.hidden, "hidden"},
		{facts->html, "html"},
		{facts->cut, "cut"},
		{place.no_integrity, "no-integrity"},
		{place.alternative, "alternative"},
		{place.attached, "attached"},
		{place.layers > 1, "nested"},
	};
	cJSON *array = cJSON_AddArrayToObject(part, "flags");

	for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
		if (flags[i].set)
			cJSON_AddItemToArray(array, cJSON_CreateString(flags[i].name));
}

static cJSON *
part_json(PsWalk *walk, GMimeObject *object, PsPlace place, const PsPartFacts *facts)
{
	cJSON *part = cJSON_CreateObject();
	g_autofree char *type = facts->type ? g_strdup(facts->type) : mime_type(object);

	cJSON_AddNumberToObject(part, "number", walk->parts);
	cJSON_AddNumberToObject(part, "parent", place.parent);
	cJSON_AddNumberToObject(part, "depth", place.depth);
	ps_add_text(part, "type", type);
	if (object && GMIME_IS_PART(object) && !facts->type) {
		ps_add_text(part, "filename", g_mime_part_get_filename(GMIME_PART(object)));
		ps_add_text(part, "charset",
			    g_mime_object_get_content_type_parameter(object, "charset"));
		ps_add_text(part, "description",
			    g_mime_part_get_content_description(GMIME_PART(object)));
	}
	if (facts->description && !cJSON_HasObjectItem(part, "description"))
		ps_add_text(part, "description", facts->description);
	cJSON_AddNumberToObject(part, "size", (double)facts->size);
	cJSON_AddNumberToObject(part, "signature", place.signature);
	ps_add_text(part, "remark", facts->remark);
	add_flags(part, place, facts);
	return part;
}

int
ps_walk_emit(PsWalk *walk, GMimeObject *object, PsPlace place, const PsPartFacts *facts,
	     GError **error)
{
	if (walk->parts >= PARTS_MAX) {
		if (!walk->too_many)
			ps_walk_say(walk->notes,
				    _("The message has more than %d parts; the rest is not shown."),
				    PARTS_MAX);
		walk->too_many = TRUE;
		return 0;
	}
	walk->parts++;
	if (walk->wanted) {
		if (walk->wanted == walk->parts && facts->bytes)
			walk->found = g_bytes_ref(facts->bytes);
		return walk->parts;
	}
	cJSON *part = part_json(walk, object, place, facts), *meta = cJSON_CreateObject();
	gsize length = facts->text ? strlen(facts->text) : 0;
	if (facts->text) {
		cJSON_AddNumberToObject(part, "text_at", (double)walk->text_at);
		cJSON_AddNumberToObject(part, "text_length", (double)length);
	}
	cJSON_AddItemToObject(meta, "part", part);
	if (!ps_work_meta(walk->work, meta, error))
		return -1;
	if (length > 0) {
		g_autoptr(GBytes) text = g_bytes_new_static(facts->text, length);
		ps_work_data(walk->work, text);
		walk->text_at += length;
	}
	return walk->parts;
}

/* ---- protected headers ---- */

static gboolean
has_parameter(GMimeObject *object, const char *name, const char *const *values)
{
	const char *value = g_mime_object_get_content_type_parameter(object, name);

	for (gsize i = 0; value && values[i]; i++)
		if (g_ascii_strcasecmp(value, values[i]) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
protects_headers(GMimeObject *object)
{
	static const char *const v1[] = {"v1", NULL}, *const hp[] = {"cipher", "clear", NULL};

	return has_parameter(object, "protected-headers", v1) || has_parameter(object, "hp", hp);
}

static gboolean
signature_is_bad(PsWalk *walk, int index)
{
	const cJSON *signature;

	cJSON_ArrayForEach (signature, walk->signatures)
		if (index-- == 0)
			return g_strcmp0(ps_json_text(signature, "verdict"), "bad") == 0;
	return FALSE;
}

/* The payload's own headers, from the innermost payload that has them. A bad signature protects
 * nothing. */
static void
take_protected_headers(PsWalk *walk, GMimeObject *object, PsPlace place)
{
	if (place.reach == PS_HEADERS_NONE || (place.layers == 0 && place.signature < 0) ||
	    !protects_headers(object))
		return;
	if (place.layers == 0 && signature_is_bad(walk, place.signature))
		return;
	cJSON_Delete(walk->inner);
	walk->inner = ps_headers_json(g_mime_object_get_header_list(object));
	cJSON_AddBoolToObject(walk->inner, "encrypted", place.layers > 0);
	cJSON_AddNumberToObject(walk->inner, "signature", place.signature);
	if (place.reach == PS_HEADERS_SUBJECT)
		cJSON_AddBoolToObject(walk->inner, "subject_only", TRUE);
}

/* ---- multiparts ---- */

static gboolean
is_type(GMimeObject *object, const char *type, const char *subtype)
{
	GMimeContentType *content = object ? g_mime_object_get_content_type(object) : NULL;

	return content && g_mime_content_type_is_type(content, type, subtype);
}

static gboolean
is_blank_text(GMimeObject *object)
{
	if (!is_type(object, "text", "plain") || !GMIME_IS_PART(object))
		return FALSE;
	g_autoptr(GBytes) content = ps_part_content(GMIME_PART(object));
	gsize length = 0;
	const char *text = g_bytes_get_data(content, &length);
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isspace(text[i]))
			return FALSE;
	return TRUE;
}

/* What some Exchange servers make of PGP/MIME: multipart/mixed of an empty text, the version part
 * and the ciphertext. */
static gboolean
is_mixed_up(GMimeMultipart *multipart)
{
	return is_type(GMIME_OBJECT(multipart), "multipart", "mixed") &&
	       g_mime_multipart_get_count(multipart) == 3 &&
	       is_blank_text(g_mime_multipart_get_part(multipart, 0)) &&
	       is_type(g_mime_multipart_get_part(multipart, 1), "application", "pgp-encrypted") &&
	       is_type(g_mime_multipart_get_part(multipart, 2), "application", "octet-stream");
}

/* One encrypted or signed part among text/plain parts: a mailing list added its footer, or a server
 * an empty text. */
static PsHeaderReach
wrapped_reach(GMimeMultipart *multipart)
{
	int count = g_mime_multipart_get_count(multipart), crypto = 0;
	gboolean blank = TRUE;

	if (!is_type(GMIME_OBJECT(multipart), "multipart", "mixed") || count > 4)
		return PS_HEADERS_NONE;
	for (int i = 0; i < count; i++) {
		GMimeObject *child = g_mime_multipart_get_part(multipart, i);
		if (GMIME_IS_MULTIPART_ENCRYPTED(child) || GMIME_IS_MULTIPART_SIGNED(child))
			crypto++;
		else if (!is_type(child, "text", "plain"))
			return PS_HEADERS_NONE;
		else
			blank = blank && is_blank_text(child);
	}
	if (crypto != 1)
		return PS_HEADERS_NONE;
	return blank ? PS_HEADERS_ALL : PS_HEADERS_SUBJECT;
}

/* Which child of multipart/alternative is read: plain text, else HTML, else the last (RFC 2046
 * section 5.1.4 puts the richest last). */
static int
preferred(GMimeMultipart *multipart)
{
	int count = g_mime_multipart_get_count(multipart), html = -1;

	for (int i = 0; i < count; i++) {
		GMimeObject *child = g_mime_multipart_get_part(multipart, i);
		if (is_type(child, "text", "plain") && !is_blank_text(child))
			return i;
		if (is_type(child, "text", "html"))
			html = i;
	}
	return html >= 0 ? html : count - 1;
}

/* The first child of a payload with protected headers repeats them for old programs. */
static gboolean
is_legacy_display(GMimeMultipart *multipart, GMimeObject *child, int index)
{
	static const char *const v1[] = {"v1", NULL};

	return index == 0 && has_parameter(GMIME_OBJECT(multipart), "protected-headers", v1) &&
	       is_type(GMIME_OBJECT(multipart), "multipart", "mixed") &&
	       g_mime_multipart_get_count(multipart) > 1 &&
	       has_parameter(child, "protected-headers", v1) && is_type(child, "text", "*");
}

gboolean
ps_walk_multipart_children(PsWalk *walk, GMimeMultipart *multipart, PsPlace place, GError **error)
{
	gboolean alternative = is_type(GMIME_OBJECT(multipart), "multipart", "alternative"),
		 outermost =
			 place.reach == PS_HEADERS_ALL && place.layers == 0 && place.signature < 0;
	PsHeaderReach reach = outermost ? wrapped_reach(multipart) : PS_HEADERS_NONE;
	int count = g_mime_multipart_get_count(multipart),
	    best = alternative ? preferred(multipart) : -1;

	for (int i = 0; i < count && !walk->too_many; i++) {
		GMimeObject *child = g_mime_multipart_get_part(multipart, i);
		PsPlace inside = place;
		if (alternative && i != best)
			inside.alternative = TRUE;
		inside.reach = reach;
		if (place.layers + (place.signature >= 0) > 0 &&
		    is_legacy_display(multipart, child, i)) {
			inside.hidden = TRUE;
			ps_walk_say(walk->notes, _("A part that only repeats the protected headers "
						   "for old programs is hidden."));
		}
		if (!ps_walk_object(walk, child, inside, error))
			return FALSE;
	}
	return TRUE;
}

/* A multipart whose boundary never comes: what was meant as parts stands in front of them. */
static char *
text_instead_of_parts(PsWalk *walk, GMimeMultipart *multipart)
{
	const char *prologue = g_mime_multipart_get_prologue(multipart);

	if (g_mime_multipart_get_count(multipart) > 0)
		return NULL;
	ps_walk_say(walk->problems,
		    _("The message is broken: it announces parts, but none begins as "
		      "announced. What stands in their place is shown as it is."));
	if (!prologue || !*prologue)
		return NULL;
	g_autofree char *start = g_strndup(prologue, PROLOGUE_MAX);
	return g_utf8_make_valid(start, -1);
}

static gboolean
walk_multipart(PsWalk *walk, GMimeMultipart *multipart, PsPlace place, GError **error)
{
	g_autofree char *instead = text_instead_of_parts(walk, multipart);
	PsPartFacts facts = {.size = -1, .text = instead};

	if (is_mixed_up(multipart)) {
		ps_walk_say(walk->notes,
			    _("A mail server had taken the encrypted message apart; it "
			      "was put together again."));
		return ps_walk_encrypted(walk, multipart, 2, place, error);
	}
	int number = ps_walk_emit(walk, GMIME_OBJECT(multipart), place, &facts, error);
	if (number <= 0)
		return number == 0;
	place.parent = number;
	place.depth++;
	return ps_walk_multipart_children(walk, multipart, place, error);
}

static gboolean
walk_attached_message(PsWalk *walk, GMimeMessagePart *part, PsPlace place, GError **error)
{
	GMimeMessage *message = g_mime_message_part_get_message(part);
	const char *subject = message ? g_mime_message_get_subject(message) : NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (message && walk->wanted) {
		g_autofree char *text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
		bytes = g_bytes_new(text, strlen(text));
	}
	PsPartFacts facts = {.size = -1,
			     .attachment = TRUE,
			     .description = subject,
			     .bytes = bytes};
	int number = ps_walk_emit(walk, GMIME_OBJECT(part), place, &facts, error);
	if (number <= 0)
		return number == 0;
	GMimeObject *inside = message ? g_mime_message_get_mime_part(message) : NULL;
	if (!inside)
		return TRUE;
	place.parent = number;
	place.depth++;
	place.attached = TRUE;
	place.reach = PS_HEADERS_NONE;
	return ps_walk_object(walk, inside, place, error);
}

static gboolean
too_deep(PsWalk *walk, GMimeObject *object, PsPlace place, GError **error)
{
	PsPartFacts facts = {.size = -1,
			     .cut = TRUE,
			     .attachment = TRUE,
			     .remark = _("Nested too deeply; what is inside is not shown.")};

	if (!walk->too_deep)
		ps_walk_say(walk->notes, _("Parts nested deeper than %d levels are not shown."),
			    DEPTH_MAX);
	walk->too_deep = TRUE;
	return ps_walk_emit(walk, object, place, &facts, error) >= 0;
}

gboolean
ps_walk_object(PsWalk *walk, GMimeObject *object, PsPlace place, GError **error)
{
	if (!object || (walk->wanted && walk->found))
		return TRUE;
	if (ps_work_cancelled(walk->work, error))
		return FALSE;
	if (place.depth >= DEPTH_MAX)
		return too_deep(walk, object, place, error);
	take_protected_headers(walk, object, place);
	if (GMIME_IS_MULTIPART_ENCRYPTED(object))
		return ps_walk_encrypted(walk, GMIME_MULTIPART(object), 1, place, error);
	if (GMIME_IS_MULTIPART_SIGNED(object))
		return ps_walk_signed(walk, GMIME_MULTIPART(object), place, error);
	if (GMIME_IS_MULTIPART(object))
		return walk_multipart(walk, GMIME_MULTIPART(object), place, error);
	if (GMIME_IS_MESSAGE_PART(object))
		return walk_attached_message(walk, GMIME_MESSAGE_PART(object), place, error);
	return ps_walk_leaf(walk, object, place, error);
}

/* ---- help for the other files ---- */

GBytes *
ps_part_content(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);

	if (!content)
		return g_bytes_new(NULL, 0);
	GMimeStream *stream = g_mime_stream_mem_new();
	g_mime_data_wrapper_write_to_stream(content, stream);
	GByteArray *array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	GBytes *bytes = g_bytes_new(array->data, array->len);
	g_object_unref(stream);
	return bytes;
}

GMimeObject *
ps_parse_part(GBytes *bytes, cJSON *notes)
{
	g_autoptr(GBytes) guarded = ps_guard(bytes, notes);
	gsize length = 0;
	const char *text = g_bytes_get_data(guarded, &length);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text ? text : "", length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeObject *object = g_mime_parser_construct_part(parser, NULL);

	g_object_unref(parser);
	g_object_unref(stream);
	return object;
}
