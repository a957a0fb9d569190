#include "config.h"

/* Replies: from a template to the send command, read again by their reader. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/file.h"
#include "base/utc.h"
#include "mail/compose.h"
#include "mail/inbox.h"
#include "tests/support/mail-workspace.h"

#define HEADERS(id)                                                                                \
	"From: Rita Reporter <rita@example.org>\nTo: psirt@example.com\n"                          \
	"Date: Sun, 01 Nov 2026 10:00:00 +0000\nSubject: Hole\nMessage-ID: <" id "@example.org>\n"

typedef struct {
	PsTestMail *mail;
	char *case_id, *report_id;
	char *sent; /* file that the send command writes */
} Fixture;

static void
assert_no_error(const GError *error)
{
	if (error)
		fail_msg("%s", error->message);
}

static char *
new_record(PsStore *store, const char *kind, const char *const *pairs)
{
	g_autoptr(GError) error = NULL;
	char *id = ps_store_new(store, "test", kind, pairs, &error);

	assert_no_error(error);
	return id;
}

/* A send command that keeps what it gets, or fails as it is told. */
static void
write_send_command(Fixture *f)
{
	g_autofree char *path = g_build_filename(f->mail->home->dir, "send", NULL),
			*text = g_strdup_printf("#!/bin/sh\n"
						"if [ \"$1\" = fail ]; then\n"
						"	echo 'no route \033[31m' >&2; exit 75\n"
						"fi\n"
						"cat > %s\n",
						f->sent);

	assert_true(ps_file_write(path, text, -1, 0700, NULL));
	assert_true(ps_store_set_config(f->mail->store, "mail.send_command", path, NULL));
}

static int
set_up(void **state)
{
	Fixture *f = g_new0(Fixture, 1);
	PsTestMail *mail = f->mail = ps_test_mail_new();

	f->sent = g_build_filename(mail->home->dir, "sent.eml", NULL);
	write_send_command(f);
	g_autoptr(GBytes) secret = ps_test_encrypted(
		mail, HEADERS("secret"),
		"Content-Type: text/plain; protected-headers=\"v1\"\nSubject: Hole in the gateway\n"
		"From: Rita Reporter <rita@example.org>\n\nThe secret way in\n",
		mail->team, mail->reporter);
	g_autofree char *one = ps_test_deliver(mail, secret);
	g_autofree char *two = ps_test_deliver_text(
		mail, "From: Clara Clear <clara@example.net>\nTo: psirt@example.com\nSubject: Re: "
		      "Question\nMessage-ID: <clear@example.net>\n\nCan you help?\n");
	g_autoptr(GBytes) unknown = ps_test_encrypted(
		mail,
		"From: Nora Nokey <nora@example.net>\nTo: psirt@example.com\nSubject: x\n"
		"Message-ID: <nokey@example.net>\n",
		"Content-Type: text/plain\n\nYour secret\n", mail->team, NULL);
	g_autofree char *three = ps_test_deliver(mail, unknown);
	ps_test_sync(mail);

	const char *case_pairs[] = {"title", "Gateway", "rm",          "RECEIVED",
				    "em",    "NONE",    "cs",          "Vfdpxa",
				    "tlp",   "AMBER",   "received_at", "2026-11-01T10:00:00Z",
				    NULL};
	f->case_id = new_record(mail->store, "case", case_pairs);
	const char *report_pairs[] = {"case",
				      f->case_id,
				      "received_at",
				      "2026-11-01T10:00:00Z",
				      "channel",
				      "email",
				      "message_id",
				      "secret@example.org",
				      "reporter_address",
				      "rita@example.org",
				      NULL};
	f->report_id = new_record(mail->store, "report", report_pairs);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	Fixture *f = *state;

	ps_test_mail_free(f->mail);
	g_free(f->case_id);
	g_free(f->report_id);
	g_free(f->sent);
	g_free(f);
	return 0;
}

static PsDraft *
reply(Fixture *f, const char *id, const char *template_name, const char *case_id)
{
	g_autoptr(GError) error = NULL;
	PsDraft *draft = ps_reply_draft(f->mail->store, f->mail->openpgp, id, template_name,
					case_id, NULL, &error);

	assert_no_error(error);
	return draft;
}

static gboolean
send_draft(Fixture *f, PsDraft *draft, const PsSendOptions *options, GError **error)
{
	return ps_draft_send(f->mail->store, f->mail->openpgp, draft, options, NULL, error);
}

static GBytes *
sent_bytes(Fixture *f)
{
	gsize length;
	char *text = ps_file_read(f->sent, 1 << 20, &length, NULL);

	assert_non_null(text);
	return g_bytes_new_take(text, length);
}

static const char *
state_of(Fixture *f, const char *id)
{
	g_autoptr(PsRecord) record = ps_store_get(f->mail->store, "message", id, NULL);

	return g_intern_string(record ? ps_record_text(record, "state") : "gone");
}

static void
compose__acknowledgement__is_encrypted_signed_sent_and_filed(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsDraft) draft = reply(f, "secret@example.org", "acknowledgement", f->case_id);

	assert_true(draft->encrypt && draft->sign);
	assert_int_equal(draft->recipients->len, 2);
	const PsRecipient *to = draft->recipients->pdata[0];
	assert_string_equal(to->key->fingerprint, f->mail->reporter);
	assert_null(to->problem);
	g_autoptr(PsRecord) record = ps_store_get(f->mail->store, "case", f->case_id, &error);
	assert_non_null(strstr(draft->subject, "Re: Hole in the gateway ["));
	assert_non_null(strstr(draft->subject, ps_record_number(record)));
	assert_non_null(strstr(draft->body, "Dear Rita Reporter"));
	assert_non_null(strstr(draft->body, "> The secret way in"));
	assert_null(strstr(draft->body, "{{"));
	assert_string_equal(state_of(f, draft->id), "draft");

	send_draft(f, draft, NULL, &error);
	assert_no_error(error);
	assert_string_equal(state_of(f, draft->id), "sent");
	for (guint i = 0; i < draft->warnings->len; i++)
		fail_msg("%s", (char *)draft->warnings->pdata[i]);

	/* nothing of it is readable outside, and the reader gets all of it */
	g_autoptr(GBytes) raw = sent_bytes(f);
	g_autofree char *text = ps_test_string(raw);
	assert_non_null(strstr(text, "\nSubject: ...\n"));
	assert_null(strstr(text, "gateway"));
	assert_null(strstr(text, "\r"));
	assert_non_null(strstr(text, "In-Reply-To: <secret@example.org>"));
	g_autoptr(PsMessage) read = ps_message_open_bytes(f->mail->openpgp, raw, NULL, &error);
	assert_no_error(error);
	assert_true(read->decrypted && read->subject_protected);
	assert_string_equal(read->subject, draft->subject);
	assert_int_equal(read->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_string_equal(read->signer, f->mail->team);
	assert_int_equal(g_strv_length(read->recipients), 2);
	assert_int_equal(read->problems->len, 0);
	g_autofree char *body = ps_message_text(read);
	assert_string_equal(body, draft->body);

	/* the case knows */
	g_autoptr(PsRecord) after = ps_store_get(f->mail->store, "case", f->case_id, &error);
	assert_true(ps_record_time(after, "acknowledged_at") != PS_NO_TIME);
	g_autoptr(PsRecord) report = ps_store_get(f->mail->store, "report", f->report_id, &error);
	assert_true(ps_record_time(report, "acknowledged_at") != PS_NO_TIME);
	g_autoptr(GPtrArray) events =
		ps_store_children(f->mail->store, "event", f->case_id, &error);
	assert_int_equal(events->len, 1);
	assert_string_equal(ps_record_text(events->pdata[0], "type"), "sent");

	/* it cannot be taken back, changed, or sent twice */
	assert_false(ps_store_undo(f->mail->store, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	g_clear_error(&error);
	assert_null(ps_draft_load(f->mail->store, f->mail->openpgp, draft->id, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));

	/* the copy is in the list, in its case, with its subject */
	g_autofree char *copy = ps_inbox_resolve(f->mail->store, draft->message_id, NULL);
	assert_non_null(copy);
	g_autoptr(PsRecord) row = ps_store_get(f->mail->store, "mail", copy, NULL);
	assert_string_equal(ps_record_text(row, "case"), f->case_id);
	assert_string_equal(ps_record_text(row, "protected_subject"), draft->subject);
	assert_string_equal(ps_record_text(row, "unread"), "no");
}

static void
compose__send__failure_keeps_the_message_and_names_status_and_words(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *good = ps_store_config(f->mail->store, "mail.send_command"),
			*bad = g_strdup_printf("%s fail", good);
	g_autoptr(PsDraft) draft = reply(f, "secret@example.org", "acknowledgement", f->case_id);

	ps_store_set_config(f->mail->store, "mail.send_command", bad, NULL);
	assert_false(send_draft(f, draft, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_IO));
	assert_non_null(strstr(error->message, "75"));
	assert_non_null(strstr(error->message, "no route"));
	assert_null(strchr(error->message, 0x1b));
	assert_string_equal(state_of(f, draft->id), "failed");
	g_autoptr(PsRecord) record = ps_store_get(f->mail->store, "case", f->case_id, NULL);
	assert_true(ps_record_time(record, "acknowledged_at") == PS_NO_TIME);
	g_autoptr(GPtrArray) waiting = ps_outbox_list(f->mail->store, NULL);
	assert_int_equal(waiting->len, 1);
	g_clear_error(&error);

	ps_store_set_config(f->mail->store, "mail.send_command", good, NULL);
	g_autoptr(PsDraft) again =
		ps_draft_load(f->mail->store, f->mail->openpgp, draft->id, &error);
	assert_no_error(error);
	assert_string_equal(again->message_id, draft->message_id);
	assert_true(send_draft(f, again, NULL, &error));
	assert_string_equal(state_of(f, draft->id), "sent");
}

static void
compose__without_a_key__clear_mail_is_answered_in_clear_encrypted_mail_is_not(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsDraft) clear = reply(f, "clear@example.net", "acknowledgement", NULL);

	assert_false(clear->encrypt);
	assert_true(clear->sign);
	assert_true(clear->warnings->len > 0);
	assert_string_equal(clear->subject, "Re: Question");
	assert_true(send_draft(f, clear, NULL, &error));
	g_autoptr(GBytes) raw = sent_bytes(f);
	g_autoptr(PsMessage) read = ps_message_open_bytes(f->mail->openpgp, raw, NULL, &error);
	assert_int_equal(read->encryption, PS_ENCRYPTION_NONE);
	assert_int_equal(read->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_string_equal(read->subject, "Re: Question");

	g_autoptr(PsDraft) secret = reply(f, "nokey@example.net", "acknowledgement", NULL);
	assert_true(secret->answers_encrypted);
	assert_false(send_draft(f, secret, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NO_KEY));
	assert_non_null(strstr(error->message, "nora@example.net"));
	assert_string_equal(state_of(f, secret->id), "draft");
	g_clear_error(&error);
	const PsSendOptions anyway = {.clear = TRUE};
	assert_true(send_draft(f, secret, &anyway, &error));
}

static void
compose__expired_key__blocks_and_is_named(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *old = ps_test_key_expired(f->mail->home, "Clara <clara@example.net>");
	g_autoptr(PsDraft) draft = reply(f, "clear@example.net", "acknowledgement", NULL);

	assert_false(draft->encrypt);
	assert_false(send_draft(f, draft, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NO_KEY));
	assert_non_null(strstr(error->message, "2020-01-02"));
}

static void
compose__edit__takes_recipients_subject_and_text(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsDraft) draft = reply(f, "clear@example.net", NULL, NULL);
	g_autofree char *text = ps_draft_editor_text(draft);

	assert_true(g_str_has_prefix(text,
				     "To: Clara Clear <clara@example.net>\nCc: \nSubject: Re: "
				     "Question\n\n"));
	assert_non_null(strstr(text, "> Can you help?"));
	assert_true(ps_draft_edit(
		f->mail->store, f->mail->openpgp, draft,
		"To: \"Rita, R.\" <rita@example.org>, psirt@example.com\n"
		"Cc: clara@example.net\nSubject: New\n\nFrom me\n\nTo: not a header\n",
		&error));
	assert_no_error(error);
	assert_int_equal(ps_mailboxes_count(draft->to), 2);
	assert_string_equal(draft->to[0]->name, "Rita, R.");
	assert_string_equal(draft->body, "From me\n\nTo: not a header\n");
	assert_int_equal(draft->recipients->len, 4);
	assert_false(draft->encrypt);

	assert_false(ps_draft_edit(f->mail->store, f->mail->openpgp, draft,
				   "To: rita@example.org, -oQ/tmp\nSubject: x\n\ny\n", &error));
	assert_non_null(strstr(error->message, "-oQ/tmp"));
	g_clear_error(&error);
	assert_false(ps_draft_edit(f->mail->store, f->mail->openpgp, draft, "Subject: x\n\ny\n",
				   &error));
	g_clear_error(&error);

	/* a stored draft comes back as it was left */
	g_autoptr(PsDraft) again =
		ps_draft_load(f->mail->store, f->mail->openpgp, draft->id, &error);
	assert_no_error(error);
	assert_string_equal(again->subject, "New");
	assert_string_equal(again->body, draft->body);
	assert_int_equal(ps_mailboxes_count(again->cc), 1);
	assert_true(ps_draft_discard(f->mail->store, draft->id, &error));
	assert_string_equal(state_of(f, draft->id), "gone");
}

static void
compose__template__places_to_fill_in_must_be_filled_in(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsDraft) draft = reply(f, "clear@example.net", "rejected", NULL);

	assert_false(send_draft(f, draft, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	assert_non_null(strstr(error->message, "[Explain why"));
}

static void
compose__templates__all_fill_and_none_is_missing(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) templates = ps_templates(&error);

	assert_no_error(error);
	assert_int_equal(templates->len, 8);
	assert_string_equal(((PsTemplate *)templates->pdata[0])->name, "acknowledgement");
	for (guint i = 0; i < templates->len; i++) {
		const PsTemplate *template = templates->pdata[i];
		g_autoptr(PsDraft) draft =
			reply(f, "secret@example.org", template->name, f->case_id);
		assert_true(*template->title != '\0');
		if (strstr(draft->body, "{{") || strstr(draft->subject, "{{"))
			fail_msg("%s has an unknown field", template->name);
	}
	assert_null(ps_template_load("../../etc/passwd", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
}

static void
outbox__export_and_sent__carry_a_message_over_the_gap(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *dir = g_build_filename(f->mail->home->dir, "stick", NULL);
	gint64 count = 0;

	ps_store_set_config(f->mail->store, "mail.send_command", "", NULL);
	g_autoptr(PsDraft) draft = reply(f, "secret@example.org", "acknowledgement", f->case_id);
	assert_true(send_draft(f, draft, NULL, &error));
	assert_string_equal(state_of(f, draft->id), "queued");
	assert_true(ps_outbox_export(f->mail->store, f->mail->openpgp, dir, &count, NULL, &error));
	assert_no_error(error);
	assert_int_equal(count, 1);
	g_autofree char *name = g_strconcat(draft->id, ".eml", NULL),
			*path = g_build_filename(dir, name, NULL);
	g_autofree char *text = ps_file_read(path, 1 << 20, NULL, &error);
	assert_non_null(strstr(text, "BEGIN PGP MESSAGE"));

	g_autofree char *id = ps_outbox_sent(f->mail->store, f->mail->openpgp, path, &error);
	assert_no_error(error);
	assert_string_equal(id, draft->id);
	assert_string_equal(state_of(f, draft->id), "sent");
	g_autoptr(PsRecord) after = ps_store_get(f->mail->store, "case", f->case_id, &error);
	assert_true(ps_record_time(after, "acknowledged_at") != PS_NO_TIME);
	assert_null(ps_outbox_sent(f->mail->store, f->mail->openpgp, path, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
}

static void
mailboxes__parse__takes_addresses_and_refuses_what_is_none(void **state)
{
	static const char *const bad[] = {"rita",
					  "rita@",
					  "@example.org",
					  "a b@example.org",
					  "-x@example.org",
					  "a@b@c",
					  "<rita@example.org",
					  "a@-b",
					  "a@example.org>",
					  "grüße@example.org"};
	g_autoptr(GError) error = NULL;

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		if (ps_mailboxes_parse(bad[i], &error))
			fail_msg("%s was taken", bad[i]);
		g_clear_error(&error);
	}
	PsMailbox **two = ps_mailboxes_parse(" \"A, b\" <A@Example.ORG> , c@d.example,", &error);
	assert_no_error(error);
	assert_int_equal(ps_mailboxes_count(two), 2);
	assert_string_equal(two[0]->address, "A@example.org");
	assert_string_equal(two[0]->name, "A, b");
	ps_mailboxes_free(two);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(compose__acknowledgement__is_encrypted_signed_sent_and_filed),
		TEST(compose__send__failure_keeps_the_message_and_names_status_and_words),
		TEST(compose__without_a_key__clear_mail_is_answered_in_clear_encrypted_mail_is_not),
		TEST(compose__expired_key__blocks_and_is_named),
		TEST(compose__edit__takes_recipients_subject_and_text),
		TEST(compose__template__places_to_fill_in_must_be_filled_in),
		TEST(compose__templates__all_fill_and_none_is_missing),
		TEST(outbox__export_and_sent__carry_a_message_over_the_gap),
		cmocka_unit_test(mailboxes__parse__takes_addresses_and_refuses_what_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
