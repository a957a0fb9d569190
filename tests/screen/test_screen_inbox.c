#include "config.h"

/* The mail side of the workstation in a real terminal, on real mail and keys: reading, hostile
 * mail, search, a case, a reply. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "mail/inbox.h"
#include "tests/screen/pty.h"
#include "tests/support/mail-workspace.h"

/* Title bar, head line, heads of the columns. */
#define FIRST_ROW 3

/* What no byte stream to a terminal may hold: a window title, a bell, a colour that we never send,
 * right-to-left override and isolate, zero width, C1, a tag character. */
static const char *const forbidden[] = {
	"\033]",        "\a",           "\033[31m", "\342\200\256",
	"\342\201\247", "\342\200\213", "\302\233", "\363\240\201\201",
};

#define HOSTILE_TEXT                                                                               \
	"evil\033]0;pwned\a \033[31mred \342\200\256gnp.exe \342\201\247iso "                      \
	"zero\342\200\213width "                                                                   \
	"\302\23331m tag\363\240\201\201"

/* ---- mail ---- */

static void
deliver_thread(PsTestMail *mail)
{
	g_autofree char *first = ps_test_deliver_text(
		mail, "From: Ben Buyer <ben@example.net>\nTo: psirt@example.com\n"
		      "Date: Fri, 20 Nov 2026 06:00:00 +0000\nSubject: Camera visible outside\n"
		      "Message-ID: <cam1@example.net>\n\nThe camera answers from outside.\n");
	g_autofree char *second = ps_test_deliver_text(
		mail, "From: Ben Buyer <ben@example.net>\nTo: psirt@example.com\n"
		      "Date: Fri, 20 Nov 2026 07:00:00 +0000\nSubject: Re: Camera visible outside\n"
		      "Message-ID: <cam2@example.net>\nReferences: <cam1@example.net>\n"
		      "In-Reply-To: <cam1@example.net>\n\nAny news?\n> The camera answers\n");
}

/* Encrypted to a key that is gone. */
static void
deliver_unreadable(PsTestMail *mail)
{
	g_autofree char *key = ps_test_key(mail->home, "Gone <gone@example.com>");
	g_autoptr(GBytes) message = ps_test_encrypted(
		mail,
		"From: Old Friend <old@example.net>\nTo: psirt@example.com\nSubject: ...\n"
		"Date: Fri, 20 Nov 2026 07:30:00 +0000\nMessage-ID: <gone@example.net>\n",
		"Content-Type: text/plain\n\nnobody reads this\n", key, NULL);
	g_autofree char *path = ps_test_deliver(mail, message);
	g_autoptr(GBytes) out = ps_test_run(mail->home, NULL, "gpg", "--batch", "--yes",
					    "--delete-secret-and-public-key", key, NULL);
}

static void
deliver_hostile(PsTestMail *mail)
{
	g_autofree char *path = ps_test_deliver_text(
		mail,
		"From: \"" HOSTILE_TEXT "\" <mallory@example.net>\nTo: psirt@example.com\n"
		"Date: Fri, 20 Nov 2026 08:00:00 +0000\nSubject: Hostile " HOSTILE_TEXT "\n"
		"Message-ID: <hostile@example.net>\nMIME-Version: 1.0\n"
		"Content-Type: multipart/mixed; boundary=\"b\"\n\n"
		"--b\nContent-Type: text/plain; charset=utf-8\n\nHostile body " HOSTILE_TEXT "\n"
		"--b\nContent-Type: application/octet-stream\n"
		"Content-Disposition: attachment; filename=\"../" HOSTILE_TEXT ".sh\"\n\n"
		"attached " HOSTILE_TEXT "\n--b--\n");
}

static void
deliver_report(PsTestMail *mail)
{
	g_autoptr(GBytes) message = ps_test_encrypted(
		mail,
		"From: Rita Reporter <rita@example.org>\nTo: psirt@example.com\nSubject: ...\n"
		"Date: Fri, 20 Nov 2026 09:00:00 +0000\nMessage-ID: <report@example.org>\n",
		"Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\n"
		"Subject: Overflow in the parser\n\n"
		"The parser writes past the end of its buffer.\n",
		mail->team, mail->reporter);
	g_autofree char *path = ps_test_deliver(mail, message);
}

static void
set_config(PsTestMail *mail, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;

	if (!ps_store_set_config(mail->store, key, value, &error))
		fail_msg("%s", error->message);
}

static char *
below(PsTestMail *mail, const char *name)
{
	return g_build_filename(mail->home->dir, name, NULL);
}

/* A send command that keeps the message, and ends with `status`. */
static void
set_send_command(PsTestMail *mail, int status)
{
	g_autofree char *command = below(mail, "send"), *sent = below(mail, "sent.eml");
	g_autofree char *script = g_strdup_printf(
		"#!/bin/sh\ncat >'%s'\n[ %d = 0 ] || echo 'relay refused it' >&2\nexit %d\n", sent,
		status, status);
	g_autoptr(GError) error = NULL;

	if (!ps_file_write(command, script, -1, 0700, &error))
		fail_msg("%s", error->message);
	set_config(mail, "mail.send_command", command);
}

static int
set_up(void **state)
{
	PsTestMail *mail = ps_test_mail_new();
	g_autoptr(GError) error = NULL;
	const char *const person[] = {"name", "Ada Test", "email", "ada@example.com", NULL};

	g_autofree char *id = ps_store_new(mail->store, "test", "person", person, &error);
	if (!id)
		fail_msg("%s", error->message);
	set_config(mail, "user.person", id);
	set_send_command(mail, 0);
	deliver_thread(mail);
	deliver_unreadable(mail);
	deliver_hostile(mail);
	deliver_report(mail);
	ps_test_sync(mail);
	*state = mail;
	return 0;
}

static int
tear_down(void **state)
{
	ps_test_mail_free(*state);
	return 0;
}

/* ---- the workstation on it ---- */

typedef struct {
	int rows, cols;
	const char *variable;
} Look;

static const Look looks[] = {
	{24, 80, "TERM=xterm-256color"},
	{50, 160, "TERM=xterm-256color"},
	{24, 80, "NO_COLOR=1"},
	{50, 160, "TERM=vt100"},
};

/* Order of the rows: report, hostile, unreadable, thread. */
enum { ROW_REPORT = FIRST_ROW, ROW_HOSTILE, ROW_UNREADABLE, ROW_THREAD };

static PsTerm *
open_inbox(PsTestMail *mail, const Look *look, const char *option)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", mail->dir, option, NULL};
	g_autofree char *home = g_strconcat("GNUPGHOME=", mail->home->home, NULL);
	const char *environment[] = {home, "PSIRTDESK_NOW=2026-11-21T10:00:00Z", look->variable,
				     NULL};
	PsTerm *term = ps_term_open(look->rows, look->cols, argv, environment);

	ps_term_expect(term, "1 Desk");
	ps_term_send(term, "2");
	ps_term_expect_row(term, ROW_THREAD, "Camera visible outside");
	ps_term_expect_cursor(term, ROW_REPORT);
	ps_term_expect_gone(term, "locked");
	return term;
}

static void
open_row(PsTerm *term, int row)
{
	for (int i = ROW_REPORT; i < row; i++)
		ps_term_send(term, "j");
	ps_term_expect_cursor(term, row);
	ps_term_send(term, "\r");
}

/* ---- reading ---- */

static void
inbox__encrypted_message__shows_text_and_verdict(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(looks); i++) {
		PsTerm *term = open_inbox(*state, &looks[i], NULL);
		ps_term_send(term, "\r");
		ps_term_expect(term, "The parser writes past the end of its buffer.");
		ps_term_expect(term, "Overflow in the parser");
		ps_term_expect(term, "Encryption  encrypted (PGP/MIME)");
		ps_term_expect(term, "Signature   good signature, known key");
		ps_term_expect_gone(term, "Message-ID");
		/* Back: the row tells by now what was learned. */
		ps_term_send(term, "q");
		ps_term_expect_row(term, ROW_REPORT, "Overflow in the parser");
		ps_term_expect_row(term, ROW_REPORT, "› EG");
		assert_int_equal(ps_term_close(term), 0);
	}
}

static void
inbox__message_without_its_key__says_what_to_do(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	open_row(term, ROW_UNREADABLE);
	ps_term_expect(term, "There is no secret key for this message");
	ps_term_expect(term, "There is no text to read here.");
	ps_term_close(term);
}

static void
inbox__hostile_mail__never_reaches_the_terminal(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[1], NULL);

	open_row(term, ROW_HOSTILE);
	ps_term_expect(term, "Hostile body evil");
	ps_term_send(term, "\t");
	ps_term_expect(term, "application/octet-stream");
	ps_term_send(term, "\r");
	ps_term_expect(term, "attached evil");
	ps_term_send(term, "qS");
	ps_term_expect(term, "Content-Disposition");
	ps_term_send(term, "qH");
	ps_term_expect(term, "Message-ID: <hostile@example.net>");
	for (size_t i = 0; i < G_N_ELEMENTS(forbidden); i++)
		if (strstr(term->raw->str, forbidden[i]))
			fail_msg("bytes of pattern %zu were sent", i);
	/* What was taken out left a mark. */
	assert_non_null(strstr(term->raw->str, "\357\277\275"));
	ps_term_close(term);
}

static void
inbox__next_and_previous__walk_through_the_list(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "\r");
	ps_term_expect(term, "The parser writes past");
	ps_term_send(term, "n");
	ps_term_expect(term, "Hostile body");
	ps_term_send(term, "n");
	ps_term_expect(term, "There is no secret key");
	ps_term_send(term, "p");
	ps_term_expect(term, "Hostile body");
	/* The list followed. */
	ps_term_send(term, "q");
	ps_term_expect_cursor(term, ROW_HOSTILE);
	ps_term_close(term);
}

static void
inbox__text_search__finds_within_the_message(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "\r");
	ps_term_expect(term, "The parser writes past");
	ps_term_send(term, "/buffer\r");
	ps_term_expect_row(term, 1, "/buffer");
	/* While searching, n is the next match, not the next message. */
	ps_term_send(term, "n");
	ps_term_expect(term, "The parser writes past");
	ps_term_send(term, "\033");
	ps_term_expect_gone(term, "/buffer");
	ps_term_send(term, "n");
	ps_term_expect(term, "Hostile body");
	ps_term_close(term);
}

static void
inbox__resize__keeps_message_and_place(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "\r");
	ps_term_expect(term, "The parser writes past");
	ps_term_resize(term, 15, 60);
	ps_term_expect_row(term, 14, "help");
	ps_term_expect(term, "The parser writes past");
	ps_term_resize(term, 50, 160);
	ps_term_expect_row(term, 49, "help");
	ps_term_expect(term, "The parser writes past");
	ps_term_close(term);
}

/* ---- the list ---- */

static void
inbox__thread__opens_and_closes_in_place(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_expect_row(term, ROW_THREAD, "▸2");
	ps_term_send(term, "jjjl");
	ps_term_expect_row(term, ROW_THREAD, "▾2");
	ps_term_expect_row(term, ROW_THREAD + 1, "· Camera visible outside");
	ps_term_expect_row(term, ROW_THREAD + 2, "└ Re: Camera visible outside");
	ps_term_expect_row(term, 1, "4/6");
	ps_term_send(term, "jj\r");
	ps_term_expect(term, "Any news?");
	ps_term_send(term, "q");
	ps_term_expect_cursor(term, ROW_THREAD + 2);
	ps_term_send(term, "h");
	ps_term_expect_row(term, 1, "4/4");
	ps_term_expect_cursor(term, ROW_THREAD);
	ps_term_close(term);
}

static void
inbox__search__asks_the_index_and_escape_brings_all_back(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "/from:ben and subject:camera\r");
	ps_term_expect_row(term, 1, "/from:ben and subject:camera");
	ps_term_expect_row(term, 1, "1/2");
	ps_term_expect_row(term, FIRST_ROW, "Re: Camera visible outside");
	ps_term_expect_gone(term, "Hostile");
	ps_term_send(term, "\033");
	ps_term_expect_row(term, ROW_HOSTILE, "Hostile");
	ps_term_expect_row(term, 1, "1/4");
	ps_term_close(term);
}

static void
inbox__filters__show_unread_and_what_is_in_no_case(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "\r");
	ps_term_expect(term, "The parser writes past");
	ps_term_send(term, "qf");
	ps_term_expect_row(term, 1, "unread");
	ps_term_expect_row(term, 1, "1/3");
	ps_term_send(term, "f");
	ps_term_expect_row(term, 1, "no case");
	ps_term_expect_row(term, 1, "1/4");
	ps_term_send(term, "\033");
	ps_term_expect_gone(term, "no case");
	ps_term_close(term);
}

/* ---- a case and a reply ---- */

static void
open_case(PsTerm *term)
{
	ps_term_send(term, "c");
	ps_term_expect(term, "Title of the new case: Overflow in the parser");
	ps_term_send(term, "\r");
	ps_term_expect(term, "PSIRT-2026-0001 is open · from Rita Reporter");
}

static char *
sent_message(PsTestMail *mail)
{
	g_autofree char *path = below(mail, "sent.eml");
	g_autoptr(GError) error = NULL;
	char *text = ps_file_read(path, 1 << 20, NULL, &error);

	if (!text)
		fail_msg("%s", error->message);
	return text;
}

static void
assert_sent_encrypted(PsTestMail *mail)
{
	g_autofree char *text = sent_message(mail);

	assert_non_null(strstr(text, "multipart/encrypted"));
	assert_non_null(strstr(text, "BEGIN PGP MESSAGE"));
	assert_non_null(strstr(text, "rita@example.org"));
	assert_null(strstr(text, "PSIRT-2026-0001"));
	assert_null(strstr(text, "thank you"));
}

static void
inbox__case_and_acknowledgement__from_the_open_message(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "\r");
	ps_term_expect(term, "The parser writes past");
	open_case(term);
	ps_term_send(term, "\r");
	ps_term_expect(term, "Will be encrypted and signed · PSIRT-2026-0001");
	ps_term_expect(term, "rita@example.org");
	ps_term_expect(term, "Dear Rita Reporter,");
	ps_term_send(term, "s");
	ps_term_expect(term, "Send it, encrypted and signed, to rita@example.org?");
	/* Any other key is a no, also the one that asked. */
	ps_term_send(term, "s");
	ps_term_expect_gone(term, "Send it, encrypted");
	ps_term_send(term, "s");
	ps_term_expect(term, "Send it, encrypted");
	ps_term_send(term, "y");
	ps_term_expect(term, "Sent, and filed.");
	ps_term_expect(term, "Case        PSIRT-2026-0001");
	assert_sent_encrypted(*state);
	/* The same key leads to the case now. */
	ps_term_send(term, "c");
	ps_term_expect_row(term, 1, "PSIRT-2026-0001");
	ps_term_send(term, "qq");
	ps_term_expect_row(term, ROW_REPORT, "Overflow in the parser");
	ps_term_expect_row(term, ROW_REPORT, "▸2");
	assert_int_equal(ps_term_close(term), 0);
}

static void
inbox__case_from_the_list__takes_the_whole_thread(void **state)
{
	PsTestMail *mail = *state;
	PsTerm *term = open_inbox(mail, &looks[1], NULL);
	g_autoptr(GError) error = NULL;

	ps_term_send(term, "jjjc");
	ps_term_expect(term, "Title of the new case: Camera visible outside");
	/* A title of our own. */
	ps_term_send(term, "\025Camera open to the world\r");
	ps_term_expect(term, "PSIRT-2026-0001 is open · from Ben Buyer");
	ps_term_send(term, "\033");
	ps_term_expect_row(term, ROW_THREAD, "PSIRT-2026-0001");
	g_autoptr(PsRecord) record = ps_store_get(mail->store, "case", "PSIRT-2026-0001", &error);
	assert_non_null(record);
	assert_string_equal(ps_record_text(record, "title"), "Camera open to the world");
	g_autoptr(GPtrArray) messages =
		ps_store_children(mail->store, "message", ps_record_id(record), &error);
	assert_int_equal(messages->len, 2);
	ps_term_close(term);
}

static void
inbox__failed_send__keeps_the_draft_and_says_why(void **state)
{
	set_send_command(*state, 75);
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "r");
	ps_term_expect(term, "Reply with");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Will be encrypted and signed");
	ps_term_send(term, "s");
	ps_term_expect(term, "Send it");
	ps_term_send(term, "y");
	ps_term_expect(term, "Not sent:");
	ps_term_expect(term, "relay refused it");
	/* Still there, and sent once the way is open. */
	set_send_command(*state, 0);
	ps_term_send(term, "qo");
	ps_term_expect_row(term, FIRST_ROW, "failed");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Will be encrypted and signed");
	ps_term_send(term, "s");
	ps_term_expect(term, "Send it");
	ps_term_send(term, "y");
	ps_term_expect(term, "Sent, and filed.");
	ps_term_expect(term, "Nothing waits");
	ps_term_close(term);
}

static void
inbox__reply_in_clear__needs_a_typed_yes(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	open_row(term, ROW_THREAD);
	ps_term_expect(term, "The camera answers from outside.");
	ps_term_send(term, "r");
	ps_term_expect(term, "Reply with");
	ps_term_send(term, "\r");
	ps_term_expect(term, "NOT encrypted");
	ps_term_expect(term, "There is no OpenPGP key for “ben@example.net”.");
	ps_term_send(term, "s");
	ps_term_expect(term, "Type yes to confirm");
	ps_term_send(term, "y\r");
	ps_term_expect(term, "Type “yes” to do it");
	ps_term_send(term, "es\r");
	ps_term_expect(term, "Sent, and filed.");
	g_autofree char *text = sent_message(*state);
	assert_non_null(strstr(text, "ben@example.net"));
	ps_term_close(term);
}

static void
inbox__draft__survives_leaving_and_is_offered_again(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "r");
	ps_term_expect(term, "Reply with");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Will be encrypted and signed");
	ps_term_close(term);

	term = open_inbox(*state, &looks[0], NULL);
	ps_term_send(term, "r");
	ps_term_expect(term, "A reply to this message was begun");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Will be encrypted and signed");
	ps_term_send(term, "X");
	ps_term_expect(term, "The draft is gone");
	ps_term_send(term, "o");
	ps_term_expect(term, "Nothing waits");
	ps_term_close(term);
}

/* ---- keys ---- */

/* Signed by somebody whose key is not here but comes along. */
static void
deliver_with_key(PsTestMail *mail)
{
	PsTestHome *home = ps_test_home_new();
	g_autofree char *key = ps_test_key(home, "Nils Newcomer <nils@example.net>");
	g_autoptr(PsOpenpgp) openpgp = ps_openpgp_new(home->home);
	PsTestMail theirs = {.home = home, .openpgp = openpgp};
	g_autoptr(GBytes) armoured =
		ps_test_run(home, NULL, "gpg", "--batch", "--armor", "--export", key, NULL);
	g_autofree char *text = ps_test_string(armoured);
	g_autofree char *part =
		g_strdup_printf("Content-Type: multipart/mixed; boundary=\"k\"\n\n"
				"--k\nContent-Type: text/plain\n\nMy key is attached.\n"
				"--k\nContent-Type: application/pgp-keys\n\n%s\n--k--\n",
				text);
	g_autoptr(GBytes) message = ps_test_signed(
		&theirs,
		"From: Nils Newcomer <nils@example.net>\nTo: psirt@example.com\n"
		"Subject: Signed by a stranger\nDate: Fri, 20 Nov 2026 09:30:00 +0000\n"
		"Message-ID: <key@example.net>\n",
		part, key);

	g_autofree char *path = ps_test_deliver(mail, message);
	ps_test_sync(mail);
	ps_test_home_free(home);
}

static void
inbox__key_that_came_along__is_imported_but_not_believed(void **state)
{
	deliver_with_key(*state);
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", ((PsTestMail *)*state)->dir, NULL};
	g_autofree char *home = g_strconcat("GNUPGHOME=", ((PsTestMail *)*state)->home->home, NULL);
	const char *environment[] = {home, "PSIRTDESK_NOW=2026-11-21T10:00:00Z", NULL};
	PsTerm *term = ps_term_open(30, 100, argv, environment);

	ps_term_expect(term, "1 Desk");
	ps_term_send(term, "2");
	ps_term_expect_row(term, FIRST_ROW, "Signed by a stranger");
	ps_term_expect_gone(term, "locked");
	ps_term_send(term, "\r");
	ps_term_expect(term, "My key is attached.");
	ps_term_expect(term, "a key came along");
	ps_term_send(term, "i");
	ps_term_expect(term, "Compare the fingerprint");
	ps_term_expect(term, "good signature, key not verified");
	ps_term_send(term, "q");
	ps_term_expect_row(term, FIRST_ROW, " U");
	ps_term_close(term);
}

static void
inbox__locking__takes_what_was_decrypted_out_of_every_pane(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "\r");
	ps_term_expect(term, "The parser writes past");
	/* Also while another tab is shown. */
	ps_term_send(term, "1:app.lock\r");
	ps_term_expect(term, "Locked: sealed texts are out of memory.");
	ps_term_send(term, "2");
	ps_term_expect(term, "what was decrypted is out of memory");
	ps_term_send(term, "\r");
	ps_term_expect(term, "The parser writes past");
	ps_term_close(term);
}

static void
inbox__our_own_message__is_not_answered(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], NULL);

	ps_term_send(term, "r");
	ps_term_expect(term, "Reply with");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Will be encrypted and signed");
	ps_term_send(term, "s");
	ps_term_expect(term, "Send it");
	ps_term_send(term, "y");
	ps_term_expect(term, "Sent, and filed.");
	/* Closed, the thread is answered where somebody else wrote; our part of it is not. */
	ps_term_expect_row(term, ROW_REPORT, "▸2");
	ps_term_send(term, "r");
	ps_term_expect(term, "Reply with");
	ps_term_send(term, "\033");
	ps_term_expect_gone(term, "Reply with");
	ps_term_send(term, "ljj");
	ps_term_expect_cursor(term, ROW_REPORT + 2);
	ps_term_send(term, "r");
	ps_term_expect(term, "We sent this message ourselves");
	ps_term_close(term);
}

/* ---- other ---- */

static void
inbox__readonly__reads_but_says_why_nothing_changes(void **state)
{
	PsTerm *term = open_inbox(*state, &looks[0], "--readonly");

	ps_term_send(term, "\r");
	ps_term_expect(term, "The parser writes past");
	ps_term_send(term, "r");
	ps_term_expect(term, "The workspace is open for reading only.");
	ps_term_send(term, "c");
	ps_term_expect(term, "The workspace is open for reading only.");
	ps_term_close(term);
}

static void
inbox__part__is_saved_privately_under_a_name_of_ours(void **state)
{
	PsTestMail *mail = *state;
	PsTerm *term = open_inbox(mail, &looks[0], NULL);
	g_autofree char *path = below(mail, "saved.bin");
	g_autofree char *keys = g_strdup_printf("\025%s\r", path);
	g_autofree char *text = NULL;

	open_row(term, ROW_HOSTILE);
	ps_term_expect(term, "Hostile body");
	ps_term_send(term, "\ts");
	ps_term_expect(term, "-part3.bin");
	ps_term_send(term, keys);
	ps_term_expect(term, "readable by you only");
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_true(g_str_has_prefix(text, "attached evil\033]0;pwned\a"));
	ps_term_close(term);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(inbox__encrypted_message__shows_text_and_verdict),
		TEST(inbox__message_without_its_key__says_what_to_do),
		TEST(inbox__hostile_mail__never_reaches_the_terminal),
		TEST(inbox__next_and_previous__walk_through_the_list),
		TEST(inbox__text_search__finds_within_the_message),
		TEST(inbox__resize__keeps_message_and_place),
		TEST(inbox__thread__opens_and_closes_in_place),
		TEST(inbox__search__asks_the_index_and_escape_brings_all_back),
		TEST(inbox__filters__show_unread_and_what_is_in_no_case),
		TEST(inbox__case_and_acknowledgement__from_the_open_message),
		TEST(inbox__case_from_the_list__takes_the_whole_thread),
		TEST(inbox__failed_send__keeps_the_draft_and_says_why),
		TEST(inbox__reply_in_clear__needs_a_typed_yes),
		TEST(inbox__draft__survives_leaving_and_is_offered_again),
		TEST(inbox__key_that_came_along__is_imported_but_not_believed),
		TEST(inbox__locking__takes_what_was_decrypted_out_of_every_pane),
		TEST(inbox__our_own_message__is_not_answered),
		TEST(inbox__readonly__reads_but_says_why_nothing_changes),
		TEST(inbox__part__is_saved_privately_under_a_name_of_ours),
	};

	if (!g_getenv("PSIRTDESK")) {
		printf("1..0 # SKIP PSIRTDESK names no program\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
