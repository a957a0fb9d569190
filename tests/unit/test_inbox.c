#include "config.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "base/file.h"
#include "mail/inbox.h"
#include "tests/support/mail-workspace.h"

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

static void
assert_no_error(const GError *error)
{
	if (error)
		fail_msg("%s", error->message);
}

/* Message n of thread t, at minute n of 2026-11-01. */
static void
deliver(PsTestMail *mail, int n, int thread)
{
	g_autofree char *path = ps_test_deliver_text(
		mail,
		"From: Writer %d <w%d@example.net>\nTo: psirt@example.com\n"
		"Date: Sun, 01 Nov 2026 %02d:%02d:00 +0000\nSubject: Thread %d\n"
		"Message-ID: <m%d@example.net>\nReferences: <t%d@example.net>\n\nText %d\n",
		n, n, n / 60, n % 60, thread, n, thread, n);
}

static PsInboxSync
sync_now(PsTestMail *mail)
{
	PsInboxSync result;
	g_autoptr(GError) error = NULL;

	ps_inbox_sync(mail->store, mail->openpgp, NULL, &result, &error);
	assert_no_error(error);
	return result;
}

static void
inbox__sync__takes_over_new_changed_and_deleted_mail(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 12; i++)
		deliver(mail, i, i / 4);
	PsInboxSync first = sync_now(mail);
	assert_true(first.full);
	assert_int_equal(first.added, 12);
	assert_int_equal(first.total, 12);

	PsInboxSync nothing = sync_now(mail);
	assert_false(nothing.full);
	assert_int_equal(nothing.added + nothing.changed + nothing.removed, 0);

	deliver(mail, 12, 0);
	g_autofree char *gone = g_strdup_printf("%s/new/3.test", mail->root);
	assert_int_equal(g_unlink(gone), 0);
	PsInboxSync next = sync_now(mail);
	assert_int_equal(next.added, 1);
	assert_int_equal(next.removed, 1);
	assert_int_equal(next.total, 12);

	PsInboxCounts counts;
	assert_true(ps_inbox_counts(mail->store, &counts, &error));
	assert_int_equal(counts.messages, 12);
	assert_int_equal(counts.threads, 3);
	assert_int_equal(counts.unread, 12);
}

static void
inbox__threads__newest_first_in_pages_both_ways(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 30; i++)
		deliver(mail, i, i % 10);
	sync_now(mail);
	g_autoptr(GPtrArray) page = ps_inbox_threads(mail->store, PS_INBOX_ALL, NULL, 4, &error);
	assert_no_error(error);
	assert_int_equal(page->len, 4);
	const PsMailRow *top = page->pdata[0], *last = page->pdata[3];
	assert_string_equal(top->subject, "Thread 9");
	assert_string_equal(top->authors, "Writer 9, Writer 19, Writer 29");
	assert_int_equal(top->messages, 3);
	assert_int_equal(top->unread, 3);
	assert_string_equal(last->subject, "Thread 6");

	PsMailCursor behind = {last->at, last->row, FALSE};
	g_autoptr(GPtrArray) second =
		ps_inbox_threads(mail->store, PS_INBOX_ALL, &behind, 100, &error);
	assert_int_equal(second->len, 6);
	const PsMailRow *first_of_second = second->pdata[0];
	assert_string_equal(first_of_second->subject, "Thread 5");

	PsMailCursor ahead = {first_of_second->at, first_of_second->row, TRUE};
	g_autoptr(GPtrArray) back = ps_inbox_threads(mail->store, PS_INBOX_ALL, &ahead, 4, &error);
	assert_int_equal(back->len, 4);
	for (guint i = 0; i < 4; i++)
		assert_string_equal(((PsMailRow *)back->pdata[i])->id,
				    ((PsMailRow *)page->pdata[i])->id);
	assert_int_equal(ps_inbox_thread_count(mail->store, PS_INBOX_ALL, &error), 10);

	g_autoptr(GPtrArray) thread = ps_inbox_thread(mail->store, top->thread, &error);
	assert_int_equal(thread->len, 3);
	assert_string_equal(((PsMailRow *)thread->pdata[0])->from, "Writer 9");
	assert_int_equal(((PsMailRow *)thread->pdata[2])->depth, 1);
}

static void
inbox__search__speaks_notmuchs_language(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 8; i++)
		deliver(mail, i, i / 4);
	sync_now(mail);
	g_autoptr(GPtrArray) found =
		ps_inbox_search(mail->store, mail->openpgp,
				"from:w3 or (subject:thread and body:5)", 0, NULL, &error);
	assert_no_error(error);
	assert_int_equal(found->len, 2);
	assert_string_equal(((PsMailRow *)found->pdata[0])->message_id, "m5@example.net");
	g_autoptr(GPtrArray) wrong =
		ps_inbox_search(mail->store, mail->openpgp, "date:neverever..", 0, NULL, &error);
	assert_null(wrong);
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
}

static void
inbox__open__remembers_verdict_read_and_protected_subject(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = ps_test_encrypted(
		mail,
		"From: Rita Reporter <rita@example.org>\nTo: psirt@example.com\nSubject: ...\n"
		"Date: Sun, 01 Nov 2026 10:00:00 +0000\nMessage-ID: <secret@example.org>\n",
		"Content-Type: text/plain; protected-headers=\"v1\"\n"
		"Subject: Hole in the gateway\nFrom: Rita Reporter <rita@example.org>\n\nHello\n",
		mail->team, mail->reporter);
	g_autofree char *path = ps_test_deliver(mail, bytes);

	sync_now(mail);
	g_autofree char *id = ps_inbox_resolve(mail->store, "secret@example.org", &error);
	assert_no_error(error);
	g_autoptr(GPtrArray) before =
		ps_inbox_threads(mail->store, PS_INBOX_UNREAD, NULL, 9, &error);
	const PsMailRow *row = before->pdata[0];
	assert_string_equal(row->id, id);
	assert_string_equal(row->subject, "...");
	assert_false(row->opened);
	assert_int_equal(row->encryption, PS_ENCRYPTION_PGP_MIME);

	g_autoptr(PsMessage) message =
		ps_message_open(mail->store, mail->openpgp, id, NULL, &error);
	assert_no_error(error);
	assert_string_equal(message->subject, "Hole in the gateway");
	assert_int_equal(message->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_int_equal(message->problems->len, 0);

	assert_int_equal(ps_inbox_thread_count(mail->store, PS_INBOX_UNREAD, &error), 0);
	g_autoptr(GPtrArray) after = ps_inbox_threads(mail->store, PS_INBOX_ALL, NULL, 9, &error);
	row = after->pdata[0];
	assert_true(row->opened);
	assert_int_equal(row->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_false(row->marks & PS_MAIL_UNREAD);
	assert_string_equal(row->subject, "Hole in the gateway");

	/* locked, the protected subject is not readable */
	ps_store_lock(mail->store);
	g_autoptr(GPtrArray) locked = ps_inbox_threads(mail->store, PS_INBOX_ALL, NULL, 9, &error);
	assert_string_equal(((PsMailRow *)locked->pdata[0])->subject, "...");
	assert_true(ps_store_unlock(mail->store, &error));

	/* the mark goes back to the index, and the next sync keeps everything */
	sync_now(mail);
	sync_now(mail);
	g_autoptr(GPtrArray) unread =
		ps_inbox_search(mail->store, mail->openpgp, "tag:unread", 0, NULL, &error);
	assert_int_equal(unread->len, 0);
	g_autoptr(GPtrArray) again = ps_inbox_threads(mail->store, PS_INBOX_ALL, NULL, 9, &error);
	assert_string_equal(((PsMailRow *)again->pdata[0])->subject, "Hole in the gateway");
	assert_false(((PsMailRow *)again->pdata[0])->marks & PS_MAIL_UNREAD);
}

static void
inbox__open__finds_a_file_that_was_moved(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;

	deliver(mail, 1, 1);
	sync_now(mail);
	g_autofree char *from = g_strdup_printf("%s/new/1.test", mail->root),
			*to = g_strdup_printf("%s/cur/1.test:2,S", mail->root);
	assert_int_equal(g_rename(from, to), 0);
	g_autoptr(PsMessage) gone =
		ps_message_open(mail->store, mail->openpgp, "m1@example.net", NULL, &error);
	assert_null(gone);
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
	g_clear_error(&error);
	PsInboxSync moved = sync_now(mail);
	assert_int_equal(moved.removed, 0);
	g_autoptr(PsMessage) found =
		ps_message_open(mail->store, mail->openpgp, "m1@example.net", NULL, &error);
	assert_no_error(error);
	assert_string_equal(found->subject, "Thread 1");
}

static void
inbox__sync__another_index_is_read_from_the_beginning(void **state)
{
	PsTestMail *mail = *state;

	for (int i = 0; i < 5; i++)
		deliver(mail, i, i);
	sync_now(mail);
	g_autofree char *index = g_build_filename(mail->root, ".notmuch", NULL),
			*one = g_strdup_printf("%s/new/2.test", mail->root);
	assert_true(ps_dir_remove(index, NULL));
	assert_int_equal(g_unlink(one), 0);
	PsInboxSync again = sync_now(mail);
	assert_true(again.full);
	assert_int_equal(again.added, 0);
	assert_int_equal(again.changed, 4);
	assert_int_equal(again.removed, 1);
}

/* ---- an index that cannot be used ---- */

static gboolean
try_sync(PsTestMail *mail, GError **error)
{
	PsInboxSync result;

	return ps_inbox_sync(mail->store, mail->openpgp, NULL, &result, error);
}

static void
inbox__sync__a_missing_mail_directory_gets_its_sentence(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;

	ps_store_set_config(mail->store, "mail.root", "/nonexistent/mail", NULL);
	assert_false(try_sync(mail, &error));
	assert_non_null(strstr(error->message, "/nonexistent/mail"));
	g_clear_error(&error);
	assert_null(ps_inbox_search(mail->store, mail->openpgp, "*", 0, NULL, &error));
	assert_non_null(strstr(error->message, "/nonexistent/mail"));
}

/* Holds the lock of the index's writer, as a running “notmuch new” does. */
static void
inbox__sync__a_locked_index_is_said_and_the_list_stays(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
	int pipes[2];
	char byte;

	deliver(mail, 1, 1);
	sync_now(mail);
	g_autofree char *path = g_build_filename(mail->root, ".notmuch/xapian/flintlock", NULL);
	assert_int_equal(pipe(pipes), 0);
	pid_t child = fork();
	if (child == 0) {
		int fd = open(path, O_RDWR);
		if (fcntl(fd, F_SETLK, &lock) == 0 && write(pipes[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	assert_false(try_sync(mail, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_BUSY));
	assert_non_null(strstr(error->message, "another program"));
	g_clear_error(&error);
	/* reading goes on meanwhile */
	g_autoptr(PsMessage) message =
		ps_message_open(mail->store, mail->openpgp, "m1@example.net", NULL, &error);
	assert_no_error(error);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(pipes[0]);
	close(pipes[1]);
	sync_now(mail);
}

/* The version of the index is kept in its metadata: a number that no notmuch has yet. */
static void
inbox__sync__an_index_of_another_version_is_named(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;

	deliver(mail, 1, 1);
	sync_now(mail);
	g_autofree char *database = g_build_filename(mail->root, ".notmuch/xapian", NULL);
	g_autofree char *iamglass = g_build_filename(database, "iamglass", NULL);
	gsize length;
	g_autofree char *text = ps_file_read(iamglass, 1 << 20, &length, &error);
	assert_no_error(error);
	/* Xapian's own format version stands behind its magic string */
	text[14]++;
	text[15]++;
	assert_true(ps_file_write(iamglass, text, (gssize)length, 0600, &error));
	assert_false(try_sync(mail, &error));
	assert_non_null(strstr(error->message, "notmuch"));
	g_clear_error(&error);
	assert_null(ps_inbox_search(mail->store, mail->openpgp, "*", 0, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_VERSION) ||
		    g_error_matches(error, PS_ERROR, PS_ERROR_IO));
	/* the list does not need the index */
	g_autoptr(GPtrArray) rows = ps_inbox_threads(mail->store, PS_INBOX_ALL, NULL, 9, NULL);
	assert_int_equal(rows->len, 1);
}

static void
inbox__search__a_damaged_index_is_named(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;
	static const char *const tables[] = {"postlist.glass", "termlist.glass", "docdata.glass"};

	deliver(mail, 1, 1);
	sync_now(mail);
	for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autofree char *path =
			g_build_filename(mail->root, ".notmuch/xapian", tables[i], NULL);
		assert_true(ps_file_write(path, "rubbish", -1, 0600, NULL));
	}
	g_autoptr(GPtrArray) found =
		ps_inbox_search(mail->store, mail->openpgp, "*", 0, NULL, &error);
	assert_null(found);
	assert_non_null(strstr(error->message, "cannot be read"));
	assert_non_null(strstr(error->message, mail->root));
}

/* ---- import ---- */

static void
count_complaint(gpointer user, const char *sentence)
{
	(void)sentence;
	(*(int *)user)++;
}

static PsInboxImport
import(PsTestMail *mail, const char *path, int *complaints)
{
	g_autoptr(GError) error = NULL;
	PsInboxImport result;
	int unused = 0;

	ps_inbox_import(mail->store, mail->openpgp, path, NULL, count_complaint,
			complaints ? complaints : &unused, &result, &error);
	assert_no_error(error);
	return result;
}

#define IMPORTED "From: a@example.org\nSubject: One\nMessage-ID: <i1@example.org>\n\nText\n"

static void
inbox__import__eml_mbox_and_maildir_each_message_once(void **state)
{
	PsTestMail *mail = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *eml = g_build_filename(mail->home->dir, "one.eml", NULL),
			*mbox = g_build_filename(mail->home->dir, "all.mbox", NULL),
			*maildir = g_build_filename(mail->home->dir, "other", NULL),
			*cur = g_build_filename(maildir, ".Sub/cur", NULL),
			*file = g_build_filename(cur, "1.x:2,S", NULL);

	ps_test_sync(mail);
	assert_true(ps_file_write(eml, IMPORTED, -1, 0600, NULL));
	PsInboxImport first = import(mail, eml, NULL);
	assert_int_equal(first.added, 1);
	PsInboxImport again = import(mail, eml, NULL);
	assert_int_equal(again.added, 0);
	assert_int_equal(again.known, 1);

	static const char text[] =
		"From x Sun Nov  1 10:00:00 2026\n" IMPORTED "\nFrom y Sun Nov  1 10:00:00 2026\n"
		"From: b@example.org\nSubject: Two\nMessage-ID: <i2@example.org>\n\n"
		">From here on\nno \0 end\nFrom inside a paragraph\n"
		"\nFrom z Sun Nov  1 10:00:00 2026\n\x01 no message\n"
		"\nFrom z Sun Nov  1 10:00:00 2026\nSubject: No id\n\nx\n";
	assert_true(ps_file_write(mbox, text, sizeof text - 1, 0600, NULL));
	int complaints = 0;
	PsInboxImport box = import(mail, mbox, &complaints);
	assert_int_equal(box.found, 4);
	assert_int_equal(box.known, 1);
	assert_int_equal(box.added, 2);
	assert_int_equal(box.refused, 1);
	assert_int_equal(complaints, 1);
	assert_int_equal(import(mail, mbox, NULL).added, 0);
	g_autoptr(GBytes) raw =
		ps_message_raw(mail->store, mail->openpgp, "i2@example.org", &error);
	assert_no_error(error);
	gsize length;
	const char *bytes = g_bytes_get_data(raw, &length);
	assert_non_null(g_strstr_len(bytes, (gssize)length, "\nFrom here on\n"));
	assert_non_null(memmem(bytes, length, "no \0 end\nFrom inside", 20));

	assert_true(ps_dir_make(cur, 0700, NULL));
	assert_true(ps_file_write(file,
				  "From: c@example.org\nMessage-ID: <i3@example.org>\n\nThree\n",
				  -1, 0600, NULL));
	assert_int_equal(import(mail, maildir, NULL).added, 1);

	/* another text under a known id is kept */
	assert_true(ps_file_write(eml, IMPORTED "More\n", -1, 0600, NULL));
	assert_int_equal(import(mail, eml, NULL).added, 1);

	PsInboxImport unused;
	assert_false(ps_inbox_import(mail->store, mail->openpgp, "/nonexistent", NULL, NULL, NULL,
				     &unused, &error));
	assert_non_null(strstr(error->message, "/nonexistent"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(inbox__sync__takes_over_new_changed_and_deleted_mail),
		TEST(inbox__threads__newest_first_in_pages_both_ways),
		TEST(inbox__search__speaks_notmuchs_language),
		TEST(inbox__open__remembers_verdict_read_and_protected_subject),
		TEST(inbox__open__finds_a_file_that_was_moved),
		TEST(inbox__sync__another_index_is_read_from_the_beginning),
		TEST(inbox__sync__a_missing_mail_directory_gets_its_sentence),
		TEST(inbox__sync__a_locked_index_is_said_and_the_list_stays),
		TEST(inbox__sync__an_index_of_another_version_is_named),
		TEST(inbox__search__a_damaged_index_is_named),
		TEST(inbox__import__eml_mbox_and_maildir_each_message_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
