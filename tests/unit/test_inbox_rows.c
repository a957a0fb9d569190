#include "config.h"

/* The rows of the inbox: any window by number shows what one walk from the top would show. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/mail-workspace.h"
#include "ui/panes/inbox-rows.h"

/* More than is skipped at once on a far jump. */
#define THREADS 1150
/* Every so many a thread has a second and a third message. */
#define LONG_THREADS 50

static PsTestMail *mail;

static void
deliver(int number, int thread, int answer)
{
	int minute = number % 60, hour = number / 60 % 24, day = 1 + number / 1440;
	g_autofree char *refers =
		answer ? g_strdup_printf("References: <t%d.0@example.net>\n", thread)
		       : g_strdup("");
	g_autofree char *path =
		ps_test_deliver_text(mail,
				     "From: W%d <w%d@example.net>\nTo: psirt@example.com\n"
				     "Date: %d Oct 2026 %02d:%02d:00 +0000\nSubject: Thread %d\n"
				     "Message-ID: <t%d.%d@example.net>\n%s\nText\n",
				     thread, thread, day, hour, minute, thread, thread, answer,
				     refers);
}

static int
set_up(void **state)
{
	int number = 0;

	(void)state;
	mail = ps_test_mail_new();
	for (int thread = 0; thread < THREADS; thread++)
		for (int answer = 0; answer < (thread % LONG_THREADS == 0 ? 3 : 1); answer++)
			deliver(number++, thread, answer);
	ps_test_sync(mail);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	ps_test_mail_free(mail);
	return 0;
}

static PsInboxRows *
new_rows(void)
{
	PsInboxRows *rows = ps_inbox_rows_new(mail->store);

	ps_inbox_rows_refresh(rows);
	return rows;
}

/* Ids of all lines, read page after page from the top. */
static GPtrArray *
walk(PsInboxRows *rows)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	gint64 count = ps_inbox_rows_count(rows);

	while ((gint64)ids->len < count) {
		g_autoptr(GPtrArray) page = ps_inbox_rows_load(rows, ids->len, 100);
		assert_true(page->len > 0);
		for (guint i = 0; i < page->len; i++)
			g_ptr_array_add(ids, g_strdup(((PsInboxRow *)page->pdata[i])->id));
	}
	assert_int_equal(ids->len, count);
	return ids;
}

static void
assert_window(PsInboxRows *rows, GPtrArray *ids, gint64 first, gint64 limit)
{
	g_autoptr(GPtrArray) page = ps_inbox_rows_load(rows, first, limit);
	gint64 expected = CLAMP((gint64)ids->len - first, 0, limit);

	assert_int_equal(page->len, expected);
	for (guint i = 0; i < page->len; i++)
		assert_string_equal(((PsInboxRow *)page->pdata[i])->id, ids->pdata[first + i]);
}

/* Near and far, up and down, over both ends; each on rows that know no place yet, and on rows that
 * know some. */
static void
assert_all_windows(PsInboxRows *rows)
{
	static const int places[] = {0, 1149, 3, 600, 590, 860, 1100, 40, 1148, 300, 1200, 7};
	g_autoptr(GPtrArray) ids = walk(rows);

	for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
		assert_window(rows, ids, places[i], 64);
	for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
		PsInboxRows *fresh = new_rows();
		g_autoptr(GPtrArray) all = walk(fresh);
		ps_inbox_rows_refresh(fresh);
		assert_window(fresh, all, places[i], 64);
		ps_inbox_rows_free(fresh);
	}
}

static void
rows__any_window__is_part_of_one_walk(void **state)
{
	PsInboxRows *rows = new_rows();

	(void)state;
	assert_int_equal(ps_inbox_rows_count(rows), THREADS);
	assert_all_windows(rows);
	ps_inbox_rows_free(rows);
}

/* The line of a thread, by its number (the newest thread is the last that was delivered). */
static gint64
line_of(PsInboxRows *rows, int thread)
{
	g_autofree char *subject = g_strdup_printf("Thread %d", thread);
	gint64 count = ps_inbox_rows_count(rows);
	g_autoptr(GPtrArray) all = ps_inbox_rows_load(rows, 0, 1000);
	g_autoptr(GPtrArray) rest = ps_inbox_rows_load(rows, 1000, count);

	g_ptr_array_extend_and_steal(all, g_steal_pointer(&rest));
	for (guint i = 0; i < all->len; i++) {
		const PsInboxRow *row = all->pdata[i];
		if (!row->child && g_str_equal(row->mail->subject, subject))
			return i;
	}
	fail_msg("no line for thread %d", thread);
	return -1;
}

static void
rows__opened_threads__show_their_messages_in_place(void **state)
{
	PsInboxRows *rows = new_rows();
	gint64 late = line_of(rows, 1100), early = line_of(rows, 50), back;

	(void)state;
	assert_true(ps_inbox_rows_open(rows, early));
	assert_true(ps_inbox_rows_open(rows, late));
	assert_false(ps_inbox_rows_open(rows, late));
	assert_false(ps_inbox_rows_open(rows, late + 4)); /* a single message */
	assert_int_equal(ps_inbox_rows_count(rows), THREADS + 6);
	g_autoptr(GPtrArray) page = ps_inbox_rows_load(rows, late, 5);
	const PsInboxRow *head = page->pdata[0], *oldest = page->pdata[1], *after = page->pdata[4];
	assert_true(head->thread && head->open && !head->child);
	assert_true(oldest->child);
	assert_string_equal(oldest->mail->message_id, "t1100.0@example.net");
	assert_false(after->child);
	assert_all_windows(rows);
	/* A message of it closes the thread too. */
	assert_true(ps_inbox_rows_close(rows, late + 2, &back));
	assert_int_equal(back, late);
	assert_int_equal(ps_inbox_rows_count(rows), THREADS + 3);
	assert_false(ps_inbox_rows_close(rows, late, &back));
	ps_inbox_rows_free(rows);
}

static void
rows__thread_line__stands_for_all_its_messages(void **state)
{
	PsInboxRows *rows = new_rows();
	g_autoptr(GPtrArray) page = ps_inbox_rows_load(rows, line_of(rows, 100), 2);
	g_autoptr(GPtrArray) ids = g_ptr_array_new();

	(void)state;
	for (guint i = 0; i < page->len; i++)
		g_ptr_array_add(ids, ((PsInboxRow *)page->pdata[i])->id);
	g_autoptr(GPtrArray) mails = ps_inbox_rows_mails(rows, ids);
	assert_int_equal(mails->len, 4);
	ps_inbox_rows_free(rows);
}

static void
rows__new_mail__keeps_opened_threads_open(void **state)
{
	PsInboxRows *rows = new_rows();
	gint64 line = line_of(rows, 1050);

	(void)state;
	assert_true(ps_inbox_rows_open(rows, line));
	g_autofree char *path =
		ps_test_deliver_text(mail, "From: New <new@example.net>\nTo: psirt@example.com\n"
					   "Date: 30 Oct 2026 00:00:00 +0000\nSubject: Newest\n"
					   "Message-ID: <newest@example.net>\n\nText\n");
	ps_test_sync(mail);
	ps_inbox_rows_refresh(rows);
	assert_int_equal(ps_inbox_rows_count(rows), THREADS + 1 + 3);
	g_autoptr(GPtrArray) page = ps_inbox_rows_load(rows, line + 1, 2);
	assert_true(((PsInboxRow *)page->pdata[0])->open);
	assert_true(((PsInboxRow *)page->pdata[1])->child);
	ps_inbox_rows_free(rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows__any_window__is_part_of_one_walk),
		cmocka_unit_test(rows__opened_threads__show_their_messages_in_place),
		cmocka_unit_test(rows__thread_line__stands_for_all_its_messages),
		cmocka_unit_test(rows__new_mail__keeps_opened_threads_open),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
