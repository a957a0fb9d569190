#include "config.h"

/* Encrypted and signed parts (RFC 3156). */

#include <string.h>

#include "base/i18n.h"
#include "workers/mail/gpg.h"
#include "workers/mail/walk.h"

#define PLAIN_MAX ((gsize)64 << 20)
#define LAYERS_MAX 2
#define DECRYPTIONS_MAX 10

/* ---- signatures ---- */

/* From best to worst. */
static int
badness(const cJSON *signature)
{
	static const char *const order[] = {"good-known", "good-unverified", "key-missing", "bad"};
	const char *verdict = ps_json_text(signature, "verdict");

	for (gsize i = 0; verdict && i < G_N_ELEMENTS(order); i++)
		if (g_str_equal(order[i], verdict))
			return (int)i;
	return G_N_ELEMENTS(order);
}

int
ps_walk_add_signatures(PsWalk *walk, cJSON *signatures, int fallback)
{
	int worst = fallback, depth = -1;
	cJSON *item;

	while ((item = cJSON_DetachItemFromArray(signatures, 0))) {
		cJSON_AddItemToArray(walk->signatures, item);
		if (badness(item) > depth) {
			depth = badness(item);
			worst = cJSON_GetArraySize(walk->signatures) - 1;
		}
	}
	cJSON_Delete(signatures);
	return worst;
}

static cJSON *
one_signature(const char *verdict, const char *remark)
{
	cJSON *array = cJSON_CreateArray(), *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "verdict", verdict);
	ps_add_text(object, "remark", remark);
	cJSON_AddItemToArray(array, object);
	return array;
}

/* ---- encrypted ---- */

static gboolean
ends_request(const GError *error)
{
	return g_error_matches(error, PS_ERROR, PS_ERROR_NEED_TTY) ||
	       g_error_matches(error, PS_ERROR, PS_ERROR_CANCELLED);
}

static void
remember(PsWalk *walk, PsPlain *plain, const char *token, gboolean opened)
{
	cJSON *item;

	if (walk->encryption && !g_str_equal(walk->encryption, token))
		return;
	walk->encryption = token;
	walk->decrypted = walk->decrypted || opened;
	walk->no_integrity = walk->no_integrity || plain->no_integrity;
	if (!walk->algorithm)
		walk->algorithm = g_steal_pointer(&plain->algorithm);
	if (cJSON_GetArraySize(walk->recipients) > 0)
		return;
	while (plain->recipients && (item = cJSON_DetachItemFromArray(plain->recipients, 0)))
		cJSON_AddItemToArray(walk->recipients, item);
}

/* A sentence when the limits forbid opening it. */
static const char *
refused(const PsWalk *walk, const PsPlace *place)
{
	if (place->layers >= LAYERS_MAX)
		return _("An encrypted part inside two others is not opened by itself. Export it "
			 "and decrypt it by hand if you trust its sender.");
	if (walk->decryptions >= DECRYPTIONS_MAX)
		return _("The message has too many encrypted parts; this one was not opened.");
	return NULL;
}

gboolean
ps_walk_decrypt(PsWalk *walk, GBytes *cipher, const char *token, PsPlace *place, GBytes **plain,
		char **why, GError **error)
{
	const char *limit = refused(walk, place);
	g_autoptr(GError) failure = NULL;
	PsPlain out = {0};

	*plain = NULL;
	*why = g_strdup(limit);
	if (limit) {
		ps_walk_say(walk->notes, "%s", limit);
		return TRUE;
	}
	walk->decryptions++;
	gboolean opened = ps_gpg_decrypt(walk->work, cipher, PLAIN_MAX, &out, &failure);
	if (!opened && ends_request(failure)) {
		ps_plain_clear(&out);
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	if (!place->attached)
		remember(walk, &out, token, opened);
	if (opened) {
		place->layers++;
		place->no_integrity = place->no_integrity || out.no_integrity;
		place->signature = ps_walk_add_signatures(walk, g_steal_pointer(&out.signatures),
							  place->signature);
		*plain = g_steal_pointer(&out.plain);
	} else {
		*why = g_strdup(failure->message);
		ps_walk_say(walk->problems, "%s", failure->message);
	}
	ps_plain_clear(&out);
	return TRUE;
}

static gboolean
says_pgp(GMimeObject *object)
{
	const char *protocol = g_mime_object_get_content_type_parameter(object, "protocol");

	return !protocol || g_ascii_strcasecmp(protocol, "application/pgp-encrypted") == 0;
}

/* In the mangled form the wrapping parts are shown too: they are there. */
static gboolean
emit_mangled(PsWalk *walk, GMimeMultipart *multipart, PsPlace place, GError **error)
{
	for (int i = 0; i < g_mime_multipart_get_count(multipart); i++)
		if (!ps_walk_leaf(walk, g_mime_multipart_get_part(multipart, i), place, error))
			return FALSE;
	return TRUE;
}

static gboolean
walk_plain(PsWalk *walk, GBytes *plain, PsPlace place, GError **error)
{
	GMimeObject *object = ps_parse_part(plain, walk->notes);

	if (!object) {
		ps_walk_say(walk->problems, _("The decrypted text is no mail part."));
		return TRUE;
	}
	gboolean done = ps_walk_object(walk, object, place, error);
	g_object_unref(object);
	return done;
}

gboolean
ps_walk_encrypted(PsWalk *walk, GMimeMultipart *multipart, int cipher_index, PsPlace place,
		  GError **error)
{
	GMimeObject *cipher_part = g_mime_multipart_get_part(multipart, cipher_index);
	g_autoptr(GBytes) cipher = NULL, plain = NULL;
	g_autofree char *why = NULL;
	PsPlace inside = place;
	gboolean mangled = cipher_index == 2;

	if (cipher_part && GMIME_IS_PART(cipher_part))
		cipher = ps_part_content(GMIME_PART(cipher_part));
	if (!cipher || !says_pgp(GMIME_OBJECT(multipart))) {
		why = g_strdup(_("The message says that it is encrypted, but not in a way that is "
				 "known here, or its encrypted part is missing."));
		ps_walk_say(walk->problems, "%s", why);
	} else if (!ps_walk_decrypt(walk, cipher, "pgp-mime", &inside, &plain, &why, error)) {
		return FALSE;
	}
	PsPartFacts facts = {.size = -1, .remark = why, .bytes = mangled ? NULL : cipher};
	int number = ps_walk_emit(walk, GMIME_OBJECT(multipart), place, &facts, error);
	if (number <= 0)
		return number == 0;
	place.parent = inside.parent = number;
	place.depth++;
	inside.depth++;
	if (mangled && !emit_mangled(walk, multipart, place, error))
		return FALSE;
	return !plain || walk_plain(walk, plain, inside, error);
}

/* ---- signed ---- */

/* The bytes that were signed: the part as it was sent, with CR LF (RFC 3156 section 5). */
static GBytes *
canonical(GMimeObject *part)
{
	GMimeStream *memory = g_mime_stream_mem_new(), *stream = g_mime_stream_filter_new(memory);
	GMimeFilter *filter = g_mime_filter_unix2dos_new(FALSE);

	g_mime_stream_filter_add(GMIME_STREAM_FILTER(stream), filter);
	g_object_unref(filter);
	g_mime_object_write_to_stream(part, NULL, stream);
	g_mime_stream_flush(stream);
	GByteArray *array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
	GBytes *bytes = g_bytes_new(array->data, array->len);
	g_object_unref(stream);
	g_object_unref(memory);
	return bytes;
}

static gboolean
verify_pgp(PsWalk *walk, GMimeMultipart *multipart, cJSON **signatures, GError **error)
{
	GMimeObject *signature_part = g_mime_multipart_get_part(multipart, 1);
	g_autoptr(GError) failure = NULL;

	if (!signature_part || !GMIME_IS_PART(signature_part)) {
		*signatures = one_signature(
			"bad",
			_("The message says that it is signed, but the signature is missing."));
		return TRUE;
	}
	g_autoptr(GBytes) data = canonical(g_mime_multipart_get_part(multipart, 0));
	g_autoptr(GBytes) signature = ps_part_content(GMIME_PART(signature_part));
	*signatures = ps_gpg_verify(walk->work, data, signature, NULL, &failure);
	if (*signatures)
		return TRUE;
	if (ends_request(failure)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	*signatures = one_signature("bad", failure->message);
	return TRUE;
}

static gboolean
verify(PsWalk *walk, GMimeMultipart *multipart, cJSON **signatures, GError **error)
{
	const char *protocol =
		g_mime_object_get_content_type_parameter(GMIME_OBJECT(multipart), "protocol");

	if (g_mime_multipart_get_count(multipart) == 0) {
		*signatures = one_signature("bad", _("There is nothing in the signed part."));
		return TRUE;
	}
	if (!protocol || g_ascii_strcasecmp(protocol, "application/pgp-signature") == 0)
		return verify_pgp(walk, multipart, signatures, error);
	if (g_ascii_strcasecmp(protocol, "application/pkcs7-signature") == 0 ||
	    g_ascii_strcasecmp(protocol, "application/x-pkcs7-signature") == 0) {
		*signatures =
			one_signature("key-missing",
				      _("It is an S/MIME signature, which is not checked here."));
		ps_walk_say(walk->problems, _("The message is signed with S/MIME. The signature is "
					      "not checked; “gpgsm” can do that by hand."));
		return TRUE;
	}
	*signatures =
		one_signature("key-missing",
			      _("The kind of signature is not known here, so it was not checked."));
	return TRUE;
}

gboolean
ps_walk_signed(PsWalk *walk, GMimeMultipart *multipart, PsPlace place, GError **error)
{
	PsPartFacts facts = {.size = -1};
	cJSON *signatures = NULL;
	int count = g_mime_multipart_get_count(multipart);

	int number = ps_walk_emit(walk, GMIME_OBJECT(multipart), place, &facts, error);
	if (number <= 0)
		return number == 0;
	if (!verify(walk, multipart, &signatures, error))
		return FALSE;
	place.parent = number;
	place.depth++;
	PsPlace covered = place;
	covered.signature = ps_walk_add_signatures(walk, signatures, place.signature);
	place.reach = PS_HEADERS_NONE;
	/* only the first part is signed; anything behind the signature is not */
	for (int i = 0; i < count; i++)
		if (!ps_walk_object(walk, g_mime_multipart_get_part(multipart, i),
				    i == 0 ? covered : place, error))
			return FALSE;
	return TRUE;
}
