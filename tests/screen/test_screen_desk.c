#include "config.h"

/* The desk in a real terminal: what is due, and one key to the work. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/case.h"
#include "mail/inbox.h"
#include "tests/screen/pty.h"
#include "tests/support/mail-workspace.h"

#define NOW "PSIRTDESK_NOW=2026-11-21T10:00:00Z"
/* Title bar, head line, heads of the columns. */
#define FIRST_ROW 3

static PsTestMail *mail;

static void
check(gboolean done, const GError *error)
{
	if (!done)
		fail_msg("%s", error ? error->message : "?");
}

static void
be_somebody(void)
{
	const char *const person[] = {"name", "Ada Test", "email", "ada@example.com", NULL};
	g_autoptr(GError) error = NULL;
	g_autofree char *id = ps_store_new(mail->store, "test", "person", person, &error);

	check(id != NULL, error);
	check(ps_store_set_config(mail->store, "user.person", id, &error), error);
	ps_store_set_person(mail->store, id);
}

/* A report that came by encrypted mail three days ago, and its case. */
static char *
open_case_from_mail(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = ps_test_encrypted(
		mail,
		"From: Rita Reporter <rita@example.org>\nTo: psirt@example.com\nSubject: ...\n"
		"Date: Wed, 18 Nov 2026 09:00:00 +0000\nMessage-ID: <report@example.org>\n"
		"Received: from a by b; Wed, 18 Nov 2026 09:00:00 +0000\n",
		"Content-Type: text/plain\n\nIt overflows.\n", mail->team, mail->reporter);
	g_autofree char *path = ps_test_deliver(mail, bytes);
	ps_test_sync(mail);
	g_autofree char *id = ps_inbox_resolve(mail->store, "report@example.org", &error);
	g_autoptr(PsMessage) message =
		id ? ps_message_open(mail->store, mail->openpgp, id, NULL, &error) : NULL;
	g_autoptr(PsReporter) reporter =
		message ? ps_mail_reporter(mail->openpgp, message, &error) : NULL;
	char *case_id = reporter ? ps_case_open_from_mail(mail->store, id, message, reporter,
							  "Overflow in the parser", &error)
				 : NULL;

	check(case_id != NULL, error);
	return case_id;
}

static int
set_up(void **state)
{
	g_autoptr(GError) error = NULL;
	char *const task[] = {(char *)"title", (char *)"Call the supplier", (char *)"due_at",
			      (char *)"2026-11-21T12:30:00Z", NULL};
	char *const other[] = {(char *)"title", (char *)"Nobody has this one", NULL};

	(void)state;
	mail = ps_test_mail_new();
	be_somebody();
	g_autofree char *case_id = open_case_from_mail();
	g_autofree char *id = ps_case_task(mail->store, case_id, task, &error);
	check(id != NULL, error);
	/* Another case, in which nobody waits for us. */
	g_autofree char *second = ps_case_open(mail->store, other, &error);
	check(second != NULL && ps_store_set(mail->store, "test", "case", second, "owner", NULL,
					     PS_ANY, &error),
	      error);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	ps_test_mail_free(mail);
	return 0;
}

static PsTerm *
open_desk(int rows, int cols, const char *variable)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", mail->dir, NULL};
	g_autofree char *home = g_strconcat("GNUPGHOME=", mail->home->home, NULL);
	const char *environment[] = {home, NOW, variable, NULL};
	PsTerm *term = ps_term_open(rows, cols, argv, environment);

	ps_term_expect(term, "Overflow in the parser");
	ps_term_expect_gone(term, "locked");
	ps_term_expect_cursor(term, FIRST_ROW);
	return term;
}

static void
desk__lines__most_urgent_first_in_words(void **state)
{
	static const struct {
		int rows, cols;
		const char *variable;
	} looks[] = {{24, 80, NULL},
		     {50, 160, NULL},
		     {15, 60, NULL},
		     {24, 80, "NO_COLOR=1"},
		     {24, 80, "TERM=vt100"}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(looks); i++) {
		PsTerm *term = open_desk(looks[i].rows, looks[i].cols, looks[i].variable);
		ps_term_expect_row(term, FIRST_ROW, "overdue 1 d");
		ps_term_expect_row(term, FIRST_ROW, "Acknowledge the report");
		ps_term_expect_row(term, FIRST_ROW + 1, "due in 2 h");
		ps_term_expect_row(term, FIRST_ROW + 1, "Call the supplier");
		ps_term_expect_row(term, 1, "1 overdue");
		ps_term_expect(term, "not started");
		/* The rule that the clock follows, for the row of the cursor. */
		ps_term_expect(term, "PSIRT-2026-0001");
		ps_term_expect(term, "own policy");
		assert_int_equal(ps_term_close(term), 0);
	}
}

static void
desk__acknowledge__opens_the_reply_in_one_key(void **state)
{
	PsTerm *term = open_desk(24, 80, NULL);

	(void)state;
	ps_term_send(term, "a");
	ps_term_expect(term, "Will be encrypted and signed · PSIRT-2026-0001");
	ps_term_expect(term, "Dear Rita Reporter,");
	ps_term_send(term, "q");
	ps_term_expect_cursor(term, FIRST_ROW);
	/* What has no acknowledgement to give says so. */
	ps_term_send(term, "ja");
	ps_term_expect(term, "Only a report that waits for its acknowledgement");
	ps_term_close(term);
}

static void
desk__task__is_marked_as_done_and_undone(void **state)
{
	PsTerm *term = open_desk(24, 80, NULL);

	(void)state;
	ps_term_send(term, "d");
	ps_term_expect(term, "Only tasks are marked as done");
	ps_term_send(term, "jd");
	ps_term_expect(term, "1 task is done.");
	ps_term_expect_gone(term, "Call the supplier");
	ps_term_send(term, "u");
	ps_term_expect(term, "Call the supplier");
	ps_term_close(term);
}

static void
desk__enter__goes_to_the_work(void **state)
{
	PsTerm *term = open_desk(24, 80, NULL);

	(void)state;
	ps_term_send(term, "\r");
	ps_term_expect_row(term, 1, "PSIRT-2026-0001");
	ps_term_expect_gone(term, "Call the supplier");
	ps_term_send(term, "q");
	ps_term_expect(term, "Call the supplier");
	ps_term_close(term);
}

static void
desk__mine__leaves_out_what_others_have(void **state)
{
	PsTerm *term = open_desk(50, 160, NULL);

	(void)state;
	ps_term_expect(term, "PSIRT-2026-0002");
	ps_term_send(term, "m");
	ps_term_expect_gone(term, "PSIRT-2026-0002");
	ps_term_expect_row(term, 1, "mine");
	ps_term_send(term, "m");
	ps_term_expect(term, "PSIRT-2026-0002");
	/* Taken, it is mine too. */
	ps_term_send(term, "Go");
	ps_term_expect(term, "is yours now.");
	ps_term_close(term);
}

static void
desk__waiting__clocks_can_be_left_out(void **state)
{
	PsTerm *term = open_desk(24, 80, NULL);

	(void)state;
	ps_term_expect(term, "not started");
	ps_term_send(term, "w");
	ps_term_expect_gone(term, "  not started  ");
	ps_term_close(term);
}

static int
set_up_empty(void **state)
{
	(void)state;
	mail = ps_test_mail_new();
	return 0;
}

static void
desk__empty__says_what_to_do_next(void **state)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", mail->dir, NULL};
	g_autofree char *home = g_strconcat("GNUPGHOME=", mail->home->home, NULL);
	const char *environment[] = {home, NOW, NULL};
	PsTerm *term = ps_term_open(24, 80, argv, environment);

	(void)state;
	ps_term_expect(term, "Nothing is due. 2 opens the inbox");
	ps_term_send(term, "2");
	ps_term_expect(term, "No mail yet.");
	ps_term_send(term, "o");
	ps_term_expect(term, "Nothing waits");
	ps_term_close(term);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(desk__lines__most_urgent_first_in_words),
		TEST(desk__acknowledge__opens_the_reply_in_one_key),
		TEST(desk__task__is_marked_as_done_and_undone),
		TEST(desk__enter__goes_to_the_work),
		TEST(desk__mine__leaves_out_what_others_have),
		TEST(desk__waiting__clocks_can_be_left_out),
		cmocka_unit_test_setup_teardown(desk__empty__says_what_to_do_next, set_up_empty,
						tear_down),
	};

	if (!g_getenv("PSIRTDESK")) {
		printf("1..0 # SKIP PSIRTDESK names no program\n");
		return 0;
	}
	g_setenv("PSIRTDESK_NOW", strchr(NOW, '=') + 1, TRUE);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
