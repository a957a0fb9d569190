#include "config.h"

/* The list while another program writes the index all the time. The index is compacted first: on a
 * fresh one old blocks are reused late, and a stale reader would not notice. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/spawn.h"
#include "mail/inbox.h"
#include "tests/support/mail-workspace.h"

#define MESSAGES 1500
#define ROUNDS 8
#define BATCH 200
#define PAGES 400
#define PAGE_ROWS 60

typedef struct {
	PsTestMail *mail;
	char *config; /* NOTMUCH_CONFIG=… */
	gint stop;
	gint commits;
} Writer;

static int
run_notmuch(Writer *writer, const char *const *arguments)
{
	const char *environment[] = {writer->config, NULL};
	PsSpawn spawn = {.argv = arguments, .environment = environment};
	PsSpawnResult result;

	if (!ps_spawn_run(&spawn, &result, NULL))
		return -1;
	int status = result.status;
	ps_spawn_result_clear(&result);
	return status;
}

/* One message after the other is tagged, each a commit of its own. */
static gpointer
write_all_the_time(gpointer user)
{
	Writer *writer = user;

	for (int i = 0; !g_atomic_int_get(&writer->stop); i++) {
		g_autofree char *id = g_strdup_printf("id:m%d@example.net", (i * 7) % MESSAGES),
				*tag = g_strdup_printf("+t%d", i % 5);
		const char *arguments[] = {"notmuch", "tag", tag, "--", id, NULL};
		if (run_notmuch(writer, arguments) == 0)
			g_atomic_int_inc(&writer->commits);
	}
	return NULL;
}

/* The same, many commits a second: notmuch commits each line of a batch under this threshold. */
static gpointer
write_in_batches(gpointer user)
{
	Writer *writer = user;
	static const char *const arguments[] = {"notmuch", "tag", "--batch", NULL};
	const char *environment[] = {writer->config, "XAPIAN_FLUSH_THRESHOLD=1", NULL};

	for (int round = 0; !g_atomic_int_get(&writer->stop); round++) {
		g_autoptr(GString) lines = g_string_new(NULL);
		PsSpawnResult result;
		for (int i = 0; i < BATCH; i++)
			g_string_append_printf(lines, "%cb%d -- id:m%d@example.net\n",
					       round & 1 ? '-' : '+', i % 7,
					       (round * BATCH + i * 11) % MESSAGES);
		g_autoptr(GBytes) input = g_bytes_new(lines->str, lines->len);
		PsSpawn spawn = {.argv = arguments, .environment = environment, .input = input};
		if (ps_spawn_run(&spawn, &result, NULL)) {
			g_atomic_int_add(&writer->commits, BATCH);
			ps_spawn_result_clear(&result);
		}
	}
	return NULL;
}

static void
deliver_all(PsTestMail *mail)
{
	for (int i = 0; i < MESSAGES; i++) {
		g_autofree char *path = ps_test_deliver_text(
			mail,
			"From: Writer %d <w%d@example.net>\nTo: psirt@example.com\n"
			"Date: Sun, 01 Nov 2026 %02d:%02d:00 +0000\nSubject: Subject %d\n"
			"Message-ID: <m%d@example.net>\n\nText %d\n",
			i, i, (i / 60) % 24, i % 60, i, i, i);
	}
}

/* Every message is in the list, once, with its own sender and subject. */
static void
assert_list_is_right(PsTestMail *mail)
{
	g_autoptr(GError) error = NULL;
	g_autofree gboolean *seen = g_new0(gboolean, MESSAGES);
	PsMailCursor cursor = {G_MAXINT64, G_MAXINT64, FALSE};
	int count = 0;

	for (;;) {
		g_autoptr(GPtrArray) rows =
			ps_inbox_messages(mail->store, PS_INBOX_ALL, &cursor, 100, &error);
		assert_non_null(rows);
		if (rows->len == 0)
			break;
		for (guint i = 0; i < rows->len; i++) {
			const PsMailRow *row = rows->pdata[i];
			int n = atoi(row->message_id + 1);
			g_autofree char *subject = g_strdup_printf("Subject %d", n),
					*from = g_strdup_printf("Writer %d", n);
			assert_string_equal(row->subject, subject);
			assert_string_equal(row->from, from);
			assert_false(seen[n]);
			seen[n] = TRUE;
			count++;
			cursor.at = row->at;
			cursor.row = row->row;
		}
	}
	assert_int_equal(count, MESSAGES);
}

static void
read_it_all_again(PsTestMail *mail)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(mail->store, "test", &error);
	PS_STATEMENT forget =
		ps_store_statement(mail->store, "UPDATE mail_index SET uuid = 'other'", &error);

	assert_true(txn && forget);
	assert_int_equal(sqlite3_step(forget), SQLITE_DONE);
	assert_true(ps_txn_commit(txn, &error));
}

static void
assert_tags_are_those_of_the_index(Writer *writer)
{
	PsTestMail *mail = writer->mail;
	g_autoptr(GError) error = NULL;
	char query[] = "tag:t0";

	for (int t = 0; t < 5; t++) {
		query[5] = (char)('0' + t);
		g_autoptr(GPtrArray) found =
			ps_inbox_search(mail->store, mail->openpgp, query, MESSAGES, NULL, &error);
		assert_non_null(found);
		for (guint i = 0; i < found->len; i++) {
			const PsMailRow *row = found->pdata[i];
			g_auto(GStrv) tags = g_strsplit(row->tags, " ", -1);
			if (!g_strv_contains((const char *const *)tags, query + 4))
				fail_msg("%s lacks %s", row->message_id, query + 4);
		}
	}
}

/* ---- single pages ---- */

typedef struct {
	int rows, wrong;
} Page;

static gboolean
check_rows(gpointer user, const cJSON *meta)
{
	Page *page = user;
	const cJSON *item;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(meta, "rows")) {
		const char *id = ps_json_text(item, "id");
		int n = atoi(id + 1);
		g_autofree char *subject = g_strdup_printf("Subject %d", n),
				*from = g_strdup_printf("Writer %d <w%d@example.net>", n, n);
		page->rows++;
		if (g_strcmp0(ps_json_text(item, "subject"), subject) != 0 ||
		    g_strcmp0(ps_json_text(item, "from"), from) != 0 ||
		    !strstr(ps_json_text(item, "tags"), "inbox"))
			page->wrong++;
	}
	return TRUE;
}

static void
forget_rows(gpointer user)
{
	*(Page *)user = (Page){0};
}

/* An error is handed back: the writer has to be stopped before the test may fail. */
static gboolean
read_page(PsTestMail *mail, int skip, Page *page, GError **error)
{
	g_autoptr(cJSON) arguments = cJSON_CreateObject();
	PsRequest request = {.method = "index-page",
			     .arguments = arguments,
			     .on_meta = check_rows,
			     .on_repeat = forget_rows,
			     .user = page};

	*page = (Page){0};
	cJSON_AddStringToObject(arguments, "root", mail->root);
	cJSON_AddStringToObject(arguments, "config", "");
	cJSON_AddNumberToObject(arguments, "from", 0);
	cJSON_AddNumberToObject(arguments, "to", 1e9);
	cJSON_AddNumberToObject(arguments, "skip", skip);
	cJSON_AddNumberToObject(arguments, "limit", PAGE_ROWS);
	return ps_worker_call(ps_openpgp_worker(mail->openpgp), &request, NULL, error);
}

static void
inbox_stress__pages_beside_many_commits__are_whole_or_read_again(void **state)
{
	PsTestMail *mail = ps_test_mail_new();
	static Writer writer; /* outlives a failing test: its thread goes on */
	static const char *const compact[] = {"notmuch", "compact", "--quiet", NULL};

	(void)state;
	writer = (Writer){.mail = mail};
	deliver_all(mail);
	ps_test_sync(mail);
	writer.config = g_strdup_printf("NOTMUCH_CONFIG=%s/notmuch-config", mail->dir);
	assert_int_equal(run_notmuch(&writer, compact), 0);
	GThread *thread = g_thread_new("writer", write_in_batches, &writer);
	g_autoptr(GError) error = NULL;
	int lost = 0, wrong = 0;
	for (int i = 0; i < PAGES && !error; i++) {
		Page page;
		read_page(mail, (i * 97) % (MESSAGES - PAGE_ROWS), &page, &error);
		lost += page.rows != PAGE_ROWS;
		wrong += page.wrong;
	}
	g_atomic_int_set(&writer.stop, 1);
	g_thread_join(thread);
	if (error)
		fail_msg("%s", error->message);
	assert_int_equal(lost, 0);
	assert_int_equal(wrong, 0);
	printf("# %d commits beside %d pages\n", writer.commits, PAGES);
	assert_true(writer.commits > PAGES);
	g_free(writer.config);
	ps_test_mail_free(mail);
}

static void
inbox_stress__reading_beside_a_writer__loses_and_mixes_nothing(void **state)
{
	PsTestMail *mail = ps_test_mail_new();
	static Writer writer; /* outlives a failing test: its thread goes on */
	static const char *const compact[] = {"notmuch", "compact", "--quiet", NULL};

	(void)state;
	writer = (Writer){.mail = mail};
	deliver_all(mail);
	ps_test_sync(mail);
	assert_list_is_right(mail);
	writer.config = g_strdup_printf("NOTMUCH_CONFIG=%s/notmuch-config", mail->dir);
	assert_int_equal(run_notmuch(&writer, compact), 0);
	GThread *thread = g_thread_new("writer", write_all_the_time, &writer);
	int busy = 0;
	for (int i = 0; i < ROUNDS; i++) {
		g_autoptr(GError) error = NULL;
		PsInboxSync result;
		read_it_all_again(mail);
		if (!ps_inbox_sync(mail->store, mail->openpgp, NULL, &result, &error)) {
			if (!g_error_matches(error, PS_ERROR, PS_ERROR_BUSY))
				fail_msg("%s", error->message);
			busy++;
		}
		assert_list_is_right(mail);
		g_autoptr(GPtrArray) found = ps_inbox_search(mail->store, mail->openpgp,
							     "from:example.net", 200, NULL, &error);
		if (!found)
			fail_msg("%s", error->message);
		assert_int_equal(found->len, 200);
	}
	g_atomic_int_set(&writer.stop, 1);
	g_thread_join(thread);
	ps_test_sync(mail);
	assert_list_is_right(mail);
	assert_tags_are_those_of_the_index(&writer);
	printf("# %d commits beside %d full readings, %d put off\n", writer.commits, ROUNDS, busy);
	assert_true(writer.commits > ROUNDS);
	g_free(writer.config);
	ps_test_mail_free(mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inbox_stress__pages_beside_many_commits__are_whole_or_read_again),
		cmocka_unit_test(inbox_stress__reading_beside_a_writer__loses_and_mixes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
