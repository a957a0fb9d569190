#include "config.h"

/* Texts, inline PGP, and files. */

#include <string.h>

#include "base/i18n.h"
#include "workers/mail/gpg.h"
#include "workers/mail/html.h"
#include "workers/mail/inline.h"
#include "workers/mail/text.h"
#include "workers/mail/walk.h"

#define TEXT_MAX ((gsize)1 << 20)
#define ALL_TEXTS_MAX ((gsize)8 << 20)

static gboolean
is_type(GMimeObject *object, const char *type, const char *subtype)
{
	return g_mime_content_type_is_type(g_mime_object_get_content_type(object), type, subtype);
}

static gboolean
is_attachment(GMimeObject *object)
{
	const char *disposition = g_mime_object_get_disposition(object);

	if (disposition && g_ascii_strcasecmp(disposition, "attachment") == 0)
		return TRUE;
	if (!is_type(object, "text", "*"))
		return TRUE;
	/* a text with a file's name that is neither plain nor HTML (a diff, a calendar) */
	return GMIME_IS_PART(object) && g_mime_part_get_filename(GMIME_PART(object)) &&
	       !is_type(object, "text", "plain") && !is_type(object, "text", "html");
}

static gboolean
parameter_is(GMimeObject *object, const char *name, const char *value)
{
	const char *is = g_mime_object_get_content_type_parameter(object, name);

	return is && g_ascii_strcasecmp(is, value) == 0;
}

/* ---- texts ---- */

static char *
plain_text(GMimeObject *object, const char *text, gboolean legacy)
{
	const char *from = legacy ? ps_text_without_legacy_display(text) : text;

	if (is_type(object, "text", "plain") && parameter_is(object, "format", "flowed"))
		return ps_text_unflow(from, parameter_is(object, "delsp", "yes"));
	return g_strdup(from);
}

static gboolean
emit_text(PsWalk *walk, GMimeObject *object, GBytes *bytes, PsPlace place, gboolean attachment,
	  GError **error)
{
	const char *charset = g_mime_object_get_content_type_parameter(object, "charset");
	gsize room = ALL_TEXTS_MAX - MIN(walk->text_at, ALL_TEXTS_MAX), length;
	gboolean html = is_type(object, "text", "html"), cut = FALSE, more = FALSE;
	gboolean legacy = place.layers > 0 && parameter_is(object, "hp-legacy-display", "1");
	g_autofree char *text =
		ps_text_decode(bytes, charset, MIN(html ? TEXT_MAX * 2 : TEXT_MAX, room), &length,
			       &cut);
	g_autofree char *shown = html ? ps_html_text(text, length, MIN(TEXT_MAX, room),
						     legacy ? PS_HTML_NO_LEGACY_DISPLAY : 0, &more)
				      : plain_text(object, text, legacy);

	if (legacy)
		ps_walk_say(walk->notes, _("Lines that only repeat the protected headers for old "
					   "programs are hidden."));
	PsPartFacts facts = {.size = (gint64)g_bytes_get_size(bytes),
			     .attachment = attachment,
			     .html = html,
			     .cut = cut || more,
			     .remark = cut || more
					       ? _("The text is longer than what is shown; export "
						   "the part to read all of it.")
					       : NULL,
			     .bytes = bytes,
			     .text = shown};
	return ps_walk_emit(walk, object, place, &facts, error) >= 0;
}

/* ---- inline PGP ---- */

typedef struct {
	GMimeObject *object;
	const char *charset;
	PsPlace place; /* of the segments */
} Inline;

static gboolean
emit_segment(PsWalk *walk, const Inline *in, PsPlace place, GBytes *bytes, const char *charset,
	     const char *description, const char *remark, GError **error)
{
	gboolean cut = FALSE;
	gsize room = ALL_TEXTS_MAX - MIN(walk->text_at, ALL_TEXTS_MAX);
	g_autofree char *text =
		bytes ? ps_text_decode(bytes, charset, MIN(TEXT_MAX, room), NULL, &cut) : NULL;
	PsPartFacts facts = {.type = "text/plain",
			     .size = bytes ? (gint64)g_bytes_get_size(bytes) : 0,
			     .cut = cut,
			     .description = description,
			     .remark = remark,
			     .bytes = bytes,
			     .text = text};

	return ps_walk_emit(walk, in->object, place, &facts, error) >= 0;
}

static gboolean
walk_inline_encrypted(PsWalk *walk, const Inline *in, GBytes *bytes, GError **error)
{
	PsPlace inside = in->place;
	g_autoptr(GBytes) plain = NULL;
	g_autofree char *why = NULL;

	if (!ps_walk_decrypt(walk, bytes, "pgp-inline", &inside, &plain, &why, error))
		return FALSE;
	return emit_segment(walk, in, inside, plain, NULL, _("encrypted text"), why, error);
}

static gboolean
walk_inline_signed(PsWalk *walk, const Inline *in, GBytes *bytes, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(GBytes) text = NULL;
	PsPlace inside = in->place;
	cJSON *signatures = ps_gpg_verify(walk->work, bytes, NULL, &text, &failure);

	if (!signatures && (g_error_matches(failure, PS_ERROR, PS_ERROR_CANCELLED) ||
			    g_error_matches(failure, PS_ERROR, PS_ERROR_NEED_TTY))) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	if (!signatures) {
		signatures = cJSON_CreateArray();
		cJSON *bad = cJSON_CreateObject();
		cJSON_AddStringToObject(bad, "verdict", "bad");
		ps_add_text(bad, "remark", failure->message);
		cJSON_AddItemToArray(signatures, bad);
	}
	inside.signature = ps_walk_add_signatures(walk, signatures, inside.signature);
	return emit_segment(walk, in, inside, text ? text : bytes, in->charset, _("signed text"),
			    NULL, error);
}

static gboolean
walk_segment(PsWalk *walk, const Inline *in, PsInlineKind kind, GBytes *bytes, GError **error)
{
	switch (kind) {
	case PS_INLINE_ENCRYPTED:
		return walk_inline_encrypted(walk, in, bytes, error);
	case PS_INLINE_SIGNED:
		return walk_inline_signed(walk, in, bytes, error);
	case PS_INLINE_KEY:
		ps_gpg_keys_in(walk->work, bytes, walk->keys);
		return emit_segment(walk, in, in->place, bytes, in->charset,
				    _("OpenPGP public key"), NULL, error);
	case PS_INLINE_BROKEN:
		ps_walk_say(walk->problems,
			    _("The text begins an OpenPGP block that has no end: the "
			      "message is cut off. Ask the sender to send it again."));
		break;
	case PS_INLINE_TEXT:
		break;
	}
	return emit_segment(walk, in, in->place, bytes, in->charset,
			    _("text outside the OpenPGP block"), NULL, error);
}

static gboolean
is_blank(const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isspace(text[i]))
			return FALSE;
	return TRUE;
}

/* Each segment is a part of its own below the text part: what was encrypted, what was signed and
 * what was neither is never joined. */
static gboolean
walk_inline(PsWalk *walk, GMimeObject *object, GBytes *bytes, PsPlace place, GError **error)
{
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	g_autoptr(GArray) segments = ps_inline_segments(text, length);
	PsPartFacts facts = {.size = (gint64)length,
			     .bytes = bytes,
			     .remark = _("It holds inline OpenPGP; its pieces follow.")};

	int number = ps_walk_emit(walk, object, place, &facts, error);
	if (number <= 0)
		return number == 0;
	Inline in = {object, g_mime_object_get_content_type_parameter(object, "charset"), place};
	in.place.parent = number;
	in.place.depth++;
	for (guint i = 0; i < segments->len; i++) {
		const PsInlineSegment *s = &g_array_index(segments, PsInlineSegment, i);
		g_autoptr(GBytes) piece =
			g_bytes_new_from_bytes(bytes, s->start, s->end - s->start);
		if (s->kind == PS_INLINE_TEXT && is_blank(text + s->start, s->end - s->start))
			continue;
		if (!walk_segment(walk, &in, s->kind, piece, error))
			return FALSE;
	}
	return TRUE;
}

/* ---- other leaves ---- */

static void
judge_smime(PsWalk *walk, GMimeObject *object, PsPlace place)
{
	const char *kind = g_mime_object_get_content_type_parameter(object, "smime-type");
	gboolean is_signed = kind && g_ascii_strcasecmp(kind, "signed-data") == 0;

	if (!place.attached && !is_signed && !walk->encryption)
		walk->encryption = "smime";
	if (is_signed)
		ps_walk_say(
			walk->problems,
			_("The message is an S/MIME signed one (opaque), which is not opened here. "
			  "Export the part and use “gpgsm --verify”, or ask the sender for "
			  "OpenPGP."));
	else
		ps_walk_say(
			walk->problems,
			_("The message is encrypted with S/MIME, which is not opened here. Export "
			  "the part and use “gpgsm --decrypt”, or ask the sender for OpenPGP."));
}

static gboolean
emit_file(PsWalk *walk, GMimeObject *object, GBytes *bytes, PsPlace place, GError **error)
{
	PsPartFacts facts = {.size = (gint64)g_bytes_get_size(bytes),
			     .attachment = TRUE,
			     .bytes = bytes};

	if (is_type(object, "application", "pkcs7-mime") ||
	    is_type(object, "application", "x-pkcs7-mime"))
		judge_smime(walk, object, place);
	if (is_type(object, "application", "pgp-keys"))
		ps_gpg_keys_in(walk->work, bytes, walk->keys);
	return ps_walk_emit(walk, object, place, &facts, error) >= 0;
}

gboolean
ps_walk_leaf(PsWalk *walk, GMimeObject *object, PsPlace place, GError **error)
{
	if (!GMIME_IS_PART(object)) {
		PsPartFacts facts = {.size = -1, .attachment = TRUE};
		return ps_walk_emit(walk, object, place, &facts, error) >= 0;
	}
	g_autoptr(GBytes) bytes = ps_part_content(GMIME_PART(object));
	gboolean attachment = is_attachment(object);
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	if (is_type(object, "text", "plain") && !attachment && length > 0 &&
	    ps_inline_any(text, length))
		return walk_inline(walk, object, bytes, place, error);
	if (is_type(object, "text", "*"))
		return emit_text(walk, object, bytes, place, attachment, error);
	return emit_file(walk, object, bytes, place, error);
}
