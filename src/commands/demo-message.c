#include "config.h"

/* One message of the demo: a file with a recipe, headers and a MIME entity becomes a mail that is
 * signed and encrypted as the recipe says.
 *
 * Recipe (KEY: VALUE lines up to the first empty line)
 *   form      plain, signed, sealed, sealed-unsigned (all PGP/MIME), inline, inline-signed
 *   by        who signs; to-keys: for whom it is encrypted, comma-separated (default: the team)
 *   at        when it came, as -3d
 *   id        local part of its Message-ID; reply-to: of the one that it answers
 *   subject   protected subject; the outer one is then "..."
 *   tamper    A => B: after signing, A is replaced
 *   escapes   yes: \e \a \b \r \xNN \uNNNN \UNNNNNNNN in headers and entity are resolved
 *   box, flags: where it is filed (demo-mail.c) */

#include "commands/demo.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"

#define ID_DOMAIN "mail.example"

/* ---- reading ---- */

void
ps_demo_message_free(PsDemoMessage *message)
{
	g_hash_table_unref(message->recipe);
	g_free(message->headers);
	g_string_free(message->entity, TRUE);
	g_free(message);
}

const char *
ps_demo_recipe(const PsDemoMessage *message, const char *key, const char *fallback)
{
	const char *value = g_hash_table_lookup(message->recipe, key);

	return value ? value : fallback;
}

static void
read_recipe(const char *text, GHashTable *recipe)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++) {
		g_auto(GStrv) parts = g_strsplit(*line, ": ", 2);
		if (parts[0] && parts[1])
			g_hash_table_insert(recipe, g_strdup(parts[0]), g_strdup(parts[1]));
	}
}

/* A code point as UTF-8, or (\x) one raw byte. Gives what is left to read. */
static const char *
append_code(GString *out, const char *digits, int count, gboolean raw)
{
	char number[9] = "";

	for (int i = 0; i < count && g_ascii_isxdigit(digits[i]); i++)
		number[i] = digits[i];
	gunichar code = (gunichar)strtoul(number, NULL, 16);
	if (raw)
		g_string_append_c(out, (char)code);
	else
		g_string_append_unichar(out, code);
	return digits + strlen(number);
}

static void
unescape(GString *text)
{
	static const char controls[][2] = {{'e', 0x1b}, {'a', 0x07}, {'b', 0x08}, {'r', 0x0d}};
	GString *out = g_string_sized_new(text->len);
	const char *p = text->str;

	while (*p) {
		gboolean done = FALSE;
		if (*p != '\\') {
			g_string_append_c(out, *p++);
			continue;
		}
		p++;
		for (gsize i = 0; i < G_N_ELEMENTS(controls) && !done; i++) {
			if (*p != controls[i][0])
				continue;
			g_string_append_c(out, controls[i][1]);
			p++;
			done = TRUE;
		}
		if (done)
			continue;
		if (*p == 'x' || *p == 'u' || *p == 'U')
			p = append_code(out, p + 1, *p == 'x' ? 2 : *p == 'u' ? 4 : 8, *p == 'x');
		else
			g_string_append_c(out, '\\');
	}
	g_string_truncate(text, 0);
	g_string_append_len(text, out->str, (gssize)out->len);
	g_string_free(out, TRUE);
}

PsDemoMessage *
ps_demo_message_read(const char *text, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(text, "\n\n", 3);
	g_autoptr(PsDemoMessage) message = g_new0(PsDemoMessage, 1);

	message->recipe = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	message->entity = g_string_new(NULL);
	if (g_strv_length(parts) != 3) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("A message of the demo has no recipe, no headers or no text."));
		return NULL;
	}
	read_recipe(parts[0], message->recipe);
	message->headers = g_strdup(parts[1]);
	/* Other texts may speak of the year of the case numbers. */
	g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(ps_now_ms() / 1000);
	g_autofree char *year = g_strdup_printf("%d", g_date_time_get_year(now));
	g_string_assign(message->entity, parts[2]);
	g_string_replace(message->entity, "{{year}}", year, 0);
	if (g_str_equal(ps_demo_recipe(message, "escapes", "no"), "yes")) {
		GString *headers = g_string_new(message->headers);
		unescape(headers);
		g_free(message->headers);
		message->headers = g_string_free(headers, FALSE);
		unescape(message->entity);
	}
	if (!ps_utc_parse(ps_demo_recipe(message, "at", "now"), &message->at, error))
		return NULL;
	return g_steal_pointer(&message);
}

/* ---- building ---- */

/* RFC 5322 section 3.3; English in every locale. */
static char *
mail_date(gint64 at)
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / 1000);

	return g_strdup_printf("%s, %02d %s %d %02d:%02d:%02d +0000",
			       days[g_date_time_get_day_of_week(time) - 1],
			       g_date_time_get_day_of_month(time),
			       months[g_date_time_get_month(time) - 1], g_date_time_get_year(time),
			       g_date_time_get_hour(time), g_date_time_get_minute(time),
			       g_date_time_get_second(time));
}

/* Signatures are made over CR LF (RFC 3156 section 5). */
static GBytes *
with_crlf(const GString *text)
{
	GString *out = g_string_sized_new(text->len + text->len / 32);

	for (gsize i = 0; i < text->len; i++) {
		if (text->str[i] == '\n' && (i == 0 || text->str[i - 1] != '\r'))
			g_string_append_c(out, '\r');
		g_string_append_c(out, text->str[i]);
	}
	return g_string_free_to_bytes(out);
}

static char *
text_of(GBytes *bytes)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	GString *text = g_string_new_len(data, (gssize)size);

	g_string_replace(text, "\r\n", "\n", 0);
	return g_string_free(text, FALSE);
}

static PsOpenpgp *
ring_of(PsDemo *demo, const char *name)
{
	const cJSON *team = cJSON_GetObjectItemCaseSensitive(demo->cast, "team");

	return name && cJSON_HasObjectItem(team, name) ? demo->team : demo->outside;
}

static const char *
fingerprint_of(PsDemo *demo, const char *name)
{
	return name ? g_hash_table_lookup(demo->fingerprints, name) : NULL;
}

static char *
seal(PsDemo *demo, const PsDemoMessage *message, GBytes *plain, gboolean sign, GError **error)
{
	const char *by = ps_demo_recipe(message, "by", NULL);
	g_auto(GStrv) names =
		g_strsplit(ps_demo_recipe(message, "to-keys", ps_json_text(demo->cast, "team_key")),
			   ", ", -1);
	g_autoptr(GPtrArray) fingerprints = g_ptr_array_new();

	for (char **name = names; *name; name++)
		g_ptr_array_add(fingerprints, (gpointer)fingerprint_of(demo, *name));
	g_ptr_array_add(fingerprints, NULL);
	g_autoptr(GBytes) cipher =
		ps_openpgp_encrypt(ring_of(demo, by), plain,
				   (const char *const *)fingerprints->pdata,
				   sign ? fingerprint_of(demo, by) : NULL, error);
	return cipher ? text_of(cipher) : NULL;
}

static char *
sign_text(PsDemo *demo, const PsDemoMessage *message, GBytes *data, PsSignMode mode, GError **error)
{
	const char *by = ps_demo_recipe(message, "by", NULL);
	g_autoptr(GBytes) signature =
		ps_openpgp_sign(ring_of(demo, by), data, fingerprint_of(demo, by), mode, error);

	return signature ? text_of(signature) : NULL;
}

/* The real subject travels inside (protected headers). */
static void
protect_subject(PsDemoMessage *message)
{
	const char *subject = ps_demo_recipe(message, "subject", NULL);
	char *end = strchr(message->entity->str, '\n');

	if (!subject || !end)
		return;
	g_autofree char *more = g_strdup_printf("; protected-headers=\"v1\"\nSubject: %s", subject);
	g_string_insert(message->entity, end - message->entity->str, more);
}

static char *
build_sealed(PsDemo *demo, PsDemoMessage *message, gboolean sign, GError **error)
{
	protect_subject(message);
	g_autoptr(GBytes) plain = with_crlf(message->entity);
	g_autofree char *cipher = seal(demo, message, plain, sign, error);

	if (!cipher)
		return NULL;
	return g_strdup_printf("Content-Type: multipart/encrypted; "
			       "protocol=\"application/pgp-encrypted\";\n boundary=\"=_sealed\"\n\n"
			       "--=_sealed\nContent-Type: application/pgp-encrypted\n\n"
			       "Version: 1\n\n--=_sealed\nContent-Type: application/octet-stream; "
			       "name=\"encrypted.asc\"\n\n%s\n--=_sealed--\n",
			       cipher);
}

static char *
build_signed(PsDemo *demo, PsDemoMessage *message, GError **error)
{
	const char *tamper = ps_demo_recipe(message, "tamper", NULL);
	g_autoptr(GBytes) data = with_crlf(message->entity);
	g_autofree char *signature = sign_text(demo, message, data, PS_SIGN_DETACHED, error);

	if (!signature)
		return NULL;
	if (tamper) {
		g_auto(GStrv) sides = g_strsplit(tamper, " => ", 2);
		g_string_replace(message->entity, sides[0], sides[1], 0);
	}
	return g_strdup_printf("Content-Type: multipart/signed; micalg=pgp-sha512; "
			       "protocol=\"application/pgp-signature\";\n boundary=\"=_signed\"\n\n"
			       "--=_signed\n%s\n--=_signed\nContent-Type: "
			       "application/pgp-signature; name=\"signature.asc\"\n\n%s\n"
			       "--=_signed--\n",
			       message->entity->str, signature);
}

/* The text of the entity is replaced by armour; its headers stay. */
static char *
build_inline(PsDemo *demo, PsDemoMessage *message, gboolean sealed, GError **error)
{
	char *body = strstr(message->entity->str, "\n\n") + 2;
	g_autoptr(GString) text = g_string_new(body);
	g_autoptr(GBytes) plain = with_crlf(text);
	g_autofree char *armour = sealed ? seal(demo, message, plain, TRUE, error)
					 : sign_text(demo, message, plain, PS_SIGN_CLEAR, error);

	if (!armour)
		return NULL;
	*body = '\0';
	return g_strconcat(message->entity->str, armour, NULL);
}

static char *
build_headers(const PsDemoMessage *message)
{
	GString *headers = g_string_new(NULL);
	g_autofree char *date = mail_date(message->at);
	g_autofree char *received = mail_date(message->at + 2 * PS_SECOND_MS);
	const char *id = ps_demo_recipe(message, "id", "unknown");
	const char *parent = ps_demo_recipe(message, "reply-to", NULL);

	if (g_str_equal(ps_demo_recipe(message, "box", "inbox"), "inbox"))
		g_string_append_printf(headers,
				       "Received: from mx.example (mx.example [192.0.2.25])\n"
				       "\tby mail.brannvik.example with ESMTPS id %s;\n\t%s\n",
				       id, received);
	g_string_append_printf(headers, "%s\nDate: %s\nMessage-ID: <%s@" ID_DOMAIN ">\n",
			       message->headers, date, id);
	if (parent)
		g_string_append_printf(headers,
				       "In-Reply-To: <%s@" ID_DOMAIN ">\nReferences: <%s@" ID_DOMAIN
				       ">\n",
				       parent, parent);
	if (ps_demo_recipe(message, "subject", NULL))
		g_string_append(headers, "Subject: ...\n");
	g_string_append(headers, "MIME-Version: 1.0\n");
	return g_string_free(headers, FALSE);
}

static char *
build_body(PsDemo *demo, PsDemoMessage *message, GError **error)
{
	const char *form = ps_demo_recipe(message, "form", "plain");

	if (g_str_equal(form, "signed"))
		return build_signed(demo, message, error);
	if (g_str_has_prefix(form, "sealed"))
		return build_sealed(demo, message, g_str_equal(form, "sealed"), error);
	if (g_str_has_prefix(form, "inline"))
		return build_inline(demo, message, g_str_equal(form, "inline"), error);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("A message of the demo has the form “%s”, which is not known."), form);
	return NULL;
}

GBytes *
ps_demo_message_build(PsDemo *demo, PsDemoMessage *message, GError **error)
{
	g_autofree char *headers = build_headers(message);
	GString *mail = g_string_new(headers);

	if (g_str_equal(ps_demo_recipe(message, "form", "plain"), "plain")) {
		g_string_append_len(mail, message->entity->str, (gssize)message->entity->len);
		return g_string_free_to_bytes(mail);
	}
	g_autofree char *body = build_body(demo, message, error);
	if (!body) {
		g_string_free(mail, TRUE);
		return NULL;
	}
	g_string_append(mail, body);
	return g_string_free_to_bytes(mail);
}
