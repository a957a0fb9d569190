#include "config.h"

/* Opening messages that were made on the spot with real GnuPG. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "mail/message.h"
#include "openpgp/generate.h"
#include "tests/support/mail-workspace.h"

#define HEADERS                                                                                    \
	"From: Rita Reporter <rita@example.org>\nTo: psirt@example.com\n"                          \
	"Date: Sun, 01 Nov 2026 10:00:00 +0000\nSubject: Outer\nMessage-ID: <m@example.org>\n"
#define PLAIN "Content-Type: text/plain\n\n"

static int
set_up(void **state)
{
	*state = ps_test_mail_new();
	return 0;
}

static int
tear_down(void **state)
{
	ps_test_mail_free(*state);
	return 0;
}

static PsMessage *
open_bytes(PsTestMail *mail, GBytes *bytes)
{
	g_autoptr(GError) error = NULL;
	PsMessage *message = ps_message_open_bytes(mail->openpgp, bytes, NULL, &error);

	if (!message)
		fail_msg("%s", error->message);
	return message;
}

static PsMessage *
open_text(PsTestMail *mail, const char *text)
{
	g_autoptr(GBytes) bytes = ps_test_text(text);

	return open_bytes(mail, bytes);
}

static gboolean
says(const GPtrArray *sentences, const char *part)
{
	for (guint i = 0; i < sentences->len; i++)
		if (strstr(sentences->pdata[i], part))
			return TRUE;
	return FALSE;
}

static const PsPart *
part_with(const PsMessage *message, const char *text)
{
	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		if (part->text && strstr(part->text, text))
			return part;
	}
	fail_msg("no part says “%s”", text);
	return NULL;
}

static gboolean
any_text_has(const PsMessage *message, const char *text)
{
	g_autofree char *all = ps_message_text(message);

	return strstr(all, text) != NULL;
}

static const PsMessageHeader *
header(const PsMessage *message, const char *name)
{
	for (guint i = 0; i < message->headers->len; i++) {
		const PsMessageHeader *h = message->headers->pdata[i];
		if (g_str_equal(h->name, name))
			return h;
	}
	fail_msg("no header %s", name);
	return NULL;
}

/* ---- signatures ---- */

static void
message__signed__four_states_and_who_signed(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) good = ps_test_signed(mail, HEADERS, PLAIN "Signed text", mail->reporter);
	g_autoptr(PsMessage) message = open_bytes(mail, good);

	assert_int_equal(message->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_string_equal(message->signer, mail->reporter);
	assert_false(message->signer_differs || message->partly_signed);
	assert_int_equal(message->problems->len, 0);

	g_autofree char *text = ps_test_string(good);
	g_auto(GStrv) pieces = g_strsplit(text, "Signed text", 2);
	g_autofree char *changed = g_strjoinv("Signed test", pieces);
	g_autoptr(PsMessage) bad = open_text(mail, changed);
	assert_int_equal(bad->verdict, PS_VERDICT_BAD);
	assert_true(says(bad->problems, "does not match"));

	/* the same with a From that is not the signer's */
	g_auto(GStrv) heads = g_strsplit(text, "rita@example.org", 2);
	g_autofree char *other = g_strjoinv("boss@example.com", heads);
	g_autoptr(PsMessage) differs = open_text(mail, other);
	assert_int_equal(differs->verdict, PS_VERDICT_GOOD_UNVERIFIED);
	assert_true(differs->signer_differs);
	assert_true(says(differs->problems, "not the sender"));

	/* in a home without the key, and with the key but nobody who vouches for it */
	PsTestHome *elsewhere = ps_test_home_new();
	PsOpenpgp *mine = mail->openpgp;
	g_autoptr(GBytes) key = ps_openpgp_export(mine, mail->reporter, NULL);
	mail->openpgp = ps_openpgp_new(elsewhere->home);
	g_autoptr(PsMessage) missing = open_bytes(mail, good);
	assert_int_equal(missing->verdict, PS_VERDICT_KEY_MISSING);
	PsKeyImport import;
	assert_true(ps_openpgp_import(mail->openpgp, key, FALSE, &import, NULL));
	ps_key_import_clear(&import);
	g_autoptr(PsMessage) unverified = open_bytes(mail, good);
	assert_int_equal(unverified->verdict, PS_VERDICT_GOOD_UNVERIFIED);
	assert_false(unverified->signer_differs);
	ps_openpgp_free(mail->openpgp);
	mail->openpgp = mine;
	ps_test_home_free(elsewhere);
}

static void
message__signed__by_a_key_that_expired_is_remarked(void **state)
{
	PsTestMail *mail = *state;
	g_autofree char *old = ps_test_key_expired(mail->home, "Rita Reporter <rita@example.org>");
	g_autoptr(GBytes) data = ps_test_text("Content-Type: text/plain\r\n\r\nOld text");
	g_autoptr(GBytes) signature =
		ps_test_run(mail->home, data, "gpg", "--batch", "-q", "--armor",
			    "--faked-system-time", "20200101T100000", "--local-user", old,
			    "--detach-sign", NULL);
	g_autofree char *armour = ps_test_string(signature);
	g_autofree char *text = g_strdup_printf(
		HEADERS "MIME-Version: 1.0\nContent-Type: multipart/signed; micalg=pgp-sha512; "
			"protocol=\"application/pgp-signature\"; boundary=\"b\"\n\n--b\n" PLAIN
			"Old text\n--b\nContent-Type: application/pgp-signature\n\n%s\n--b--\n",
		armour);
	g_autoptr(PsMessage) message = open_text(mail, text);

	assert_int_equal(message->verdict, PS_VERDICT_GOOD_UNVERIFIED);
	assert_non_null(strstr(((PsSignature *)message->signatures->pdata[0])->remark, "expired"));
}

static void
message__signed__text_behind_the_signature_is_not_covered(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) good = ps_test_signed(mail, HEADERS, PLAIN "Signed text", mail->reporter);
	g_autofree char *text = ps_test_string(good);
	g_auto(GStrv) pieces = g_strsplit(text, "\n--sig--", 2);
	g_autofree char *more = g_strjoinv("\n--sig\n" PLAIN "Added text\n--sig--", pieces);
	g_autoptr(PsMessage) message = open_text(mail, more);

	assert_true(part_with(message, "Signed text")->signature >= 0);
	assert_int_equal(part_with(message, "Added text")->signature, -1);
	assert_true(message->partly_signed);
}

static void
message__signed__damaged_or_missing_signature_is_bad(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(PsMessage) damaged =
		open_text(mail, HEADERS
			  "MIME-Version: 1.0\nContent-Type: multipart/signed; micalg=pgp-sha256; "
			  "protocol=\"application/pgp-signature\"; boundary=\"b\"\n\n--b\n" PLAIN
			  "Text\n--b\nContent-Type: application/pgp-signature\n\nnothing\n--b--\n");
	assert_int_equal(damaged->verdict, PS_VERDICT_BAD);

	g_autoptr(PsMessage) missing =
		open_text(mail, HEADERS
			  "MIME-Version: 1.0\nContent-Type: multipart/signed; micalg=pgp-sha256; "
			  "protocol=\"application/pgp-signature\"; boundary=\"b\"\n\n--b\n" PLAIN
			  "Text\n--b--\n");
	assert_int_equal(missing->verdict, PS_VERDICT_BAD);
}

/* ---- encryption and protected headers ---- */

static void
message__encrypted__protected_headers_v1_and_hidden_legacy_display(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) bytes = ps_test_encrypted(
		mail, HEADERS,
		"Content-Type: multipart/mixed; boundary=\"in\"; protected-headers=\"v1\"\n"
		"Subject: =?utf-8?q?L=C3=BCcke?=\nFrom: Rita Reporter <rita@example.org>\n"
		"Reply-To: safe@example.org\n\n"
		"--in\nContent-Type: text/plain; protected-headers=\"v1\"\n\nSubject: legacy\n"
		"--in\n" PLAIN "The body\n--in--\n",
		mail->team, mail->reporter);
	g_autoptr(PsMessage) message = open_bytes(mail, bytes);
	g_autoptr(GError) error = NULL;

	assert_int_equal(message->encryption, PS_ENCRYPTION_PGP_MIME);
	assert_true(message->decrypted && message->subject_protected);
	assert_string_equal(message->subject, "Lücke");
	assert_true(header(message, "Subject")->differs);
	assert_string_equal(header(message, "Subject")->outer, "Outer");
	assert_int_equal(message->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_true(part_with(message, "Subject: legacy")->flags & PS_PART_HIDDEN);
	assert_false(any_text_has(message, "legacy"));
	assert_true(any_text_has(message, "The body"));
	assert_string_equal(message->algorithm, "AES256.CFB");

	/* a protected Reply-To says where to answer */
	g_autoptr(PsReporter) reporter = ps_mail_reporter(mail->openpgp, message, &error);
	assert_string_equal(reporter->address, "safe@example.org");
}

static void
message__encrypted__header_protection_hp_with_legacy_lines(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) bytes = ps_test_encrypted(
		mail, HEADERS,
		"Content-Type: text/plain; hp=\"cipher\"; hp-legacy-display=\"1\"\n"
		"Subject: Inner\nHP-Outer: Subject: Outer\n\nSubject: Inner\n\nThe body\n",
		mail->team, NULL);
	g_autoptr(PsMessage) message = open_bytes(mail, bytes);

	assert_string_equal(message->subject, "Inner");
	g_autofree char *text = ps_message_text(message);
	assert_string_equal(text, "The body\n");
}

static void
message__encrypted__unsigned_inner_from_does_not_replace_the_outer(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) bytes =
		ps_test_encrypted(mail, HEADERS,
				  "Content-Type: text/plain; protected-headers=\"v1\"\n"
				  "Subject: Inner\nFrom: Boss <boss@example.com>\n\nPay\n",
				  mail->team, NULL);
	g_autoptr(PsMessage) message = open_bytes(mail, bytes);

	assert_string_equal(message->from_address, "rita@example.org");
	assert_true(says(message->problems, "boss@example.com"));
}

static void
message__encrypted__without_the_parameter_inner_headers_do_not_count(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) bytes =
		ps_test_encrypted(mail, HEADERS, "Content-Type: text/plain\nSubject: Inner\n\nx\n",
				  mail->team, NULL);
	g_autoptr(PsMessage) message = open_bytes(mail, bytes);

	assert_string_equal(message->subject, "Outer");
	assert_false(message->subject_protected);
}

static char *
nest(PsTestMail *mail, const char *part, int layers)
{
	char *text = g_strdup(part);

	for (int i = 0; i < layers; i++) {
		g_autoptr(GBytes) bytes = ps_test_encrypted(mail, i + 1 < layers ? "" : HEADERS,
							    text, mail->team, NULL);
		g_free(text);
		text = ps_test_string(bytes);
	}
	return text;
}

static void
message__encrypted__one_nested_layer_is_opened_and_no_more(void **state)
{
	PsTestMail *mail = *state;
	g_autofree char *two = nest(mail, PLAIN "Deep", 2), *three = nest(mail, PLAIN "Deep", 3);
	g_autoptr(PsMessage) nested = open_text(mail, two);

	assert_true(any_text_has(nested, "Deep"));
	/* what came out of the second layer is never quoted */
	assert_null(ps_message_quotable(nested));
	g_autoptr(PsMessage) third = open_text(mail, three);
	assert_false(any_text_has(third, "Deep"));
	assert_true(says(third->notes, "inside two others"));
}

static void
message__encrypted__mixed_up_form_is_put_together_again(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) bytes = ps_test_encrypted(
		mail, HEADERS,
		"Content-Type: text/plain; protected-headers=\"v1\"\nSubject: Inner\n\nThe body\n",
		mail->team, mail->reporter);
	g_autofree char *text = ps_test_string(bytes);
	g_auto(GStrv) one =
		g_strsplit(text, "multipart/encrypted; protocol=\"application/pgp-encrypted\";", 2);
	g_autofree char *mixed = g_strjoinv("multipart/mixed;", one);
	g_auto(GStrv) two = g_strsplit(mixed, "--enc\n", 2);
	g_autofree char *mangled = g_strjoinv("--enc\n" PLAIN "\n--enc\n", two);
	g_autoptr(PsMessage) message = open_text(mail, mangled);

	assert_true(message->decrypted);
	assert_string_equal(message->subject, "Inner");
	assert_int_equal(message->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_true(says(message->notes, "put together again"));
	assert_false(message->partly_encrypted);
}

static void
message__efail__parts_are_never_joined(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) inner =
		ps_test_encrypted(mail, "", PLAIN "top secret words\n", mail->team, NULL);
	g_autofree char *encrypted = ps_test_string(inner);
	g_autofree char *text = g_strdup_printf(
		HEADERS "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"out\"\n\n"
			"--out\nContent-Type: text/html\n\n<p>Hello<img src=\"http://evil.example/"
			"\n--out\n%s\n--out\nContent-Type: text/html\n\n\"></p>\n--out--\n",
		encrypted);
	g_autoptr(PsMessage) message = open_text(mail, text);
	const PsPart *secret = part_with(message, "top secret words");

	assert_true(secret->flags & PS_PART_ENCRYPTED);
	assert_false(secret->flags & PS_PART_HTML);
	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		if (part != secret && part->text)
			assert_null(strstr(part->text, "secret"));
	}
	assert_true(message->partly_encrypted);
	g_autofree char *all = ps_message_text(message);
	assert_non_null(strstr(all, "NOT encrypted"));
	/* a reply would carry the secret to whoever wrapped it */
	const PsPart *quotable = ps_message_quotable(message);
	assert_true(!quotable || !strstr(quotable->text, "secret"));
}

static void
message__no_integrity__is_refused_and_named(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GBytes) plain = ps_test_text(PLAIN "Changed on its way");
	g_autoptr(GBytes) cipher =
		ps_test_run(mail->home, plain, "gpg", "--batch", "-q", "--armor", "--trust-model",
			    "always", "-r", mail->team, "--rfc2440", "--disable-mdc",
			    "--cipher-algo", "CAST5", "--encrypt", NULL);
	g_autofree char *armour = ps_test_string(cipher);
	g_autofree char *text =
		g_strdup_printf(HEADERS
				"MIME-Version: 1.0\nContent-Type: multipart/encrypted; "
				"protocol=\"application/pgp-encrypted\"; boundary=\"b\"\n\n"
				"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n"
				"--b\nContent-Type: application/octet-stream\n\n%s\n--b--\n",
				armour);
	g_autoptr(PsMessage) message = open_text(mail, text);

	assert_false(message->decrypted);
	assert_true(message->no_integrity);
	assert_true(says(message->problems, "not protected against modification"));
	assert_false(any_text_has(message, "Changed"));
}

/* ---- inline PGP ---- */

static void
message__inline__each_piece_says_for_itself_what_it_is(void **state)
{
	PsTestMail *mail = *state;
	const char *keys[] = {mail->team, NULL};
	g_autoptr(GBytes) secret = ps_test_text("inline secret"),
			  public = ps_test_text("Clear words\n");
	g_autoptr(GBytes) cipher =
		ps_openpgp_encrypt(mail->openpgp, secret, keys, mail->reporter, NULL);
	g_autoptr(GBytes) clear =
		ps_openpgp_sign(mail->openpgp, public, mail->reporter, PS_SIGN_CLEAR, NULL);
	g_autofree char *armour = ps_test_string(cipher), *signed_text = ps_test_string(clear);
	g_autofree char *text =
		g_strdup_printf(HEADERS "\nBefore it\n\n%s\nBetween\n%s\nBehind it\n", armour,
				signed_text);
	g_autoptr(PsMessage) message = open_text(mail, text);

	assert_int_equal(message->encryption, PS_ENCRYPTION_PGP_INLINE);
	assert_true(message->decrypted && message->partly_encrypted && message->partly_signed);
	const PsPart *inside = part_with(message, "inline secret");
	assert_true(inside->flags & PS_PART_ENCRYPTED);
	assert_true(inside->signature >= 0);
	assert_true(part_with(message, "Clear words")->signature >= 0);
	assert_false(part_with(message, "Clear words")->flags & PS_PART_ENCRYPTED);
	assert_int_equal(part_with(message, "Before it")->signature, -1);
	assert_int_equal(part_with(message, "Behind it")->signature, -1);
	assert_null(strstr(part_with(message, "Before it")->text, "secret"));
	assert_int_equal(message->verdict, PS_VERDICT_GOOD_KNOWN);
}

static void
message__inline__a_block_that_is_cut_off_is_named(void **state)
{
	g_autoptr(PsMessage) message =
		open_text(*state, HEADERS "\n-----BEGIN PGP MESSAGE-----\n\nhQEMAwAAAAAA\n");

	assert_true(says(message->problems, "cut off"));
}

/* ---- keys that are not here, locked, gone ---- */

static void
message__locked_key__needs_a_terminal_or_names_the_passphrase(void **state)
{
	PsTestMail *mail = *state;
	g_autofree char *locked =
		ps_test_key_with_passphrase(mail->home, "Locked <locked@example.com>",
					    "opensesame");
	g_autoptr(GBytes) bytes = ps_test_encrypted(mail, HEADERS, PLAIN "Hello\n", locked, NULL);
	g_autoptr(GError) error = NULL;

	ps_test_forget_passphrases(mail->home);
	ps_worker_set_tty(ps_openpgp_worker(mail->openpgp), NULL);
	assert_null(ps_message_open_bytes(mail->openpgp, bytes, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NEED_TTY));

	g_setenv("GPG_TTY", "/dev/null", TRUE); /* a terminal that the test's pinentry ignores */
	ps_openpgp_set_tty(mail->openpgp, NULL);
	ps_test_pinentry(mail->home, "wrong");
	g_autoptr(PsMessage) wrong = open_bytes(mail, bytes);
	assert_false(wrong->decrypted);
	assert_true(says(wrong->problems, "passphrase"));
	ps_test_pinentry(mail->home, "opensesame");
	g_autoptr(PsMessage) right = open_bytes(mail, bytes);
	assert_true(right->decrypted);
	g_unsetenv("GPG_TTY");
}

/* ---- texts and files ---- */

static void
message__parts__names_types_and_bytes(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = ps_test_deliver_text(
		mail, HEADERS
		"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n"
		"--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: "
		"quoted-printable\n\nGr=FC=DFe\n"
		"--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; "
		"filename=\"../../etc/passwd\"\nContent-Transfer-Encoding: base64\n\nAAECAw==\n"
		"--b--\n");
	ps_test_sync(mail);
	g_autoptr(PsMessage) message =
		ps_message_open(mail->store, mail->openpgp, "m@example.org", NULL, &error);

	assert_non_null(message);
	assert_string_equal(part_with(message, "Grüße")->charset, "iso-8859-1");
	const PsPart *file = message->parts->pdata[2];
	assert_true(file->flags & PS_PART_ATTACHMENT);
	assert_null(strchr(file->filename, '/'));
	assert_true(file->filename[0] != '.');
	assert_int_equal(file->size, 4);
	g_autoptr(GBytes) bytes =
		ps_message_part_bytes(mail->store, mail->openpgp, message->id, 3, NULL, &error);
	assert_non_null(bytes);
	assert_int_equal(g_bytes_get_size(bytes), 4);
	assert_memory_equal(g_bytes_get_data(bytes, NULL), "\0\1\2\3", 4);
	assert_null(
		ps_message_part_bytes(mail->store, mail->openpgp, message->id, 99, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
	g_autoptr(GBytes) raw = ps_message_raw(mail->store, mail->openpgp, message->id, NULL);
	assert_non_null(raw);
}

static void
message__html__becomes_text_with_numbered_links(void **state)
{
	g_autoptr(PsMessage) message = open_text(
		*state,
		HEADERS "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
			"<html><head><title>x</title><style>p{}</style></head><body><h1>Title</h1>"
			"<p>One <b>two</b>\nthree.<br>Four</p><ul><li>a<li>b</ul>"
			"<a href=\"http://evil.example/login\">https://bank.example/</a>"
			"<script>alert(1)</script><table><tr><td>A</td><td>B</td></tr></table></"
			"body></html>");
	const PsPart *part = part_with(message, "One two three.\nFour");

	assert_true(part->flags & PS_PART_HTML);
	assert_non_null(strstr(part->text, "• a\n• b"));
	assert_non_null(strstr(part->text, "leads to evil.example"));
	assert_non_null(strstr(part->text, "[1] http://evil.example/login"));
	assert_non_null(strstr(part->text, "A | B"));
	assert_null(strstr(part->text, "alert"));
	assert_null(strstr(part->text, "p{}"));
}

static void
message__alternative__plain_text_is_read_and_the_other_marked(void **state)
{
	g_autoptr(PsMessage) message =
		open_text(*state,
			  HEADERS "MIME-Version: 1.0\nContent-Type: multipart/alternative; "
				  "boundary=\"b\"\n\n--b\n" PLAIN "Plain form\n--b\nContent-Type: "
				  "text/html\n\n<p>Rich form</p>\n--b--\n");
	g_autofree char *text = ps_message_text(message);

	assert_string_equal(text, "Plain form\n");
	assert_true(part_with(message, "Rich form")->flags & PS_PART_ALTERNATIVE);
}

static void
message__two_from_headers__are_named(void **state)
{
	g_autoptr(PsMessage) message =
		open_text(*state, "From: a@example.org\nFrom: b@example.org\nSubject: x\n\ny\n");

	assert_string_equal(message->from_address, "a@example.org");
	assert_true(says(message->problems, "2 headers “From”"));
}

/* ---- bombs ---- */

static PsMessage *
open_bomb(PsTestMail *mail, GString *text)
{
	gsize length = text->len;
	g_autoptr(GBytes) bytes = g_bytes_new_take(g_string_free(text, FALSE), length);
	gint64 started = g_get_monotonic_time();
	PsMessage *message = open_bytes(mail, bytes);

	/* far more than is needed: that it ends at all is the promise */
	assert_true(g_get_monotonic_time() - started < 100 * G_USEC_PER_SEC);
	assert_string_equal(message->from_address, "rita@example.org");
	return message;
}

static void
message__bombs__open_bounded_with_a_sentence(void **state)
{
	GString *text = g_string_new(HEADERS "X-Long: ");

	for (int i = 0; i < 2000000; i++)
		g_string_append(text, "0123456789");
	g_string_append(text, "\n\nLong header\n");
	g_autoptr(PsMessage) long_header = open_bomb(*state, text);
	assert_true(any_text_has(long_header, "Long header"));

	text = g_string_new(HEADERS);
	for (int i = 0; i < 400000; i++)
		g_string_append_printf(text, "X-%d: y\n", i);
	g_string_append(text, "\nMany headers\n");
	g_autoptr(PsMessage) headers = open_bomb(*state, text);
	assert_true(any_text_has(headers, "Many headers"));
	assert_true(says(headers->notes, "header lines"));

	text = g_string_new(HEADERS "Content-Type: multipart/mixed; boundary=\"b\"\n\n");
	for (int i = 0; i < 200000; i++)
		g_string_append(text, "--b\n\nx\n");
	g_string_append(text, "--b--\n");
	g_autoptr(PsMessage) parts = open_bomb(*state, text);
	assert_true(parts->parts->len <= 2000);
	assert_true(says(parts->notes, "parts"));

	text = g_string_new(HEADERS "References:");
	for (int i = 0; i < 100000; i++)
		g_string_append_printf(text, " <r%d@example.org>\n", i);
	g_string_append(text, "\nMany references\n");
	g_autoptr(PsMessage) references = open_bomb(*state, text);
	assert_true(g_strv_length(references->references) <= 1000);

	text = g_string_new(HEADERS);
	for (int i = 0; i < 20000; i++)
		g_string_append_printf(text,
				       "Content-Type: multipart/mixed; boundary=\"b%d\"\n\n--b%d\n",
				       i, i);
	g_autoptr(PsMessage) deep = open_bomb(*state, text);
	assert_true(says(deep->notes, "deeper"));
}

static void
message__compressed_bomb__is_not_opened(void **state)
{
	PsTestMail *mail = *state;
	gsize size = (gsize)100 << 20;
	g_autoptr(GBytes) zeros = g_bytes_new_take(g_malloc0(size), size);
	g_autoptr(GBytes) cipher =
		ps_test_run(mail->home, zeros, "gpg", "--batch", "-q", "--armor", "-z", "9",
			    "--trust-model", "always", "-r", mail->team, "--encrypt", NULL);
	g_autofree char *armour = ps_test_string(cipher);
	g_autofree char *text =
		g_strdup_printf(HEADERS
				"MIME-Version: 1.0\nContent-Type: multipart/encrypted; "
				"protocol=\"application/pgp-encrypted\"; boundary=\"b\"\n\n"
				"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n"
				"--b\nContent-Type: application/octet-stream\n\n%s\n--b--\n",
				armour);
	g_autoptr(PsMessage) message = open_text(mail, text);

	assert_false(message->decrypted);
	assert_true(says(message->problems, "compression bomb"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(message__signed__four_states_and_who_signed),
		cmocka_unit_test(message__signed__by_a_key_that_expired_is_remarked),
		cmocka_unit_test(message__signed__text_behind_the_signature_is_not_covered),
		cmocka_unit_test(message__signed__damaged_or_missing_signature_is_bad),
		cmocka_unit_test(
			message__encrypted__protected_headers_v1_and_hidden_legacy_display),
		cmocka_unit_test(message__encrypted__header_protection_hp_with_legacy_lines),
		cmocka_unit_test(
			message__encrypted__unsigned_inner_from_does_not_replace_the_outer),
		cmocka_unit_test(
			message__encrypted__without_the_parameter_inner_headers_do_not_count),
		cmocka_unit_test(message__encrypted__one_nested_layer_is_opened_and_no_more),
		cmocka_unit_test(message__encrypted__mixed_up_form_is_put_together_again),
		cmocka_unit_test(message__efail__parts_are_never_joined),
		cmocka_unit_test(message__no_integrity__is_refused_and_named),
		cmocka_unit_test(message__inline__each_piece_says_for_itself_what_it_is),
		cmocka_unit_test(message__inline__a_block_that_is_cut_off_is_named),
		cmocka_unit_test(message__locked_key__needs_a_terminal_or_names_the_passphrase),
		cmocka_unit_test(message__parts__names_types_and_bytes),
		cmocka_unit_test(message__html__becomes_text_with_numbered_links),
		cmocka_unit_test(message__alternative__plain_text_is_read_and_the_other_marked),
		cmocka_unit_test(message__two_from_headers__are_named),
		cmocka_unit_test(message__bombs__open_bounded_with_a_sentence),
		cmocka_unit_test(message__compressed_bomb__is_not_opened),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
