#include "config.h"

/* Bringing the list up to date with the index. */

#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "mail/internal.h"
#include "openpgp/answers.h"

#define PAGE_ROWS 1000
#define PAGE_ROWS_MIN 25
#define GONE_BATCH 500
#define LOCK_SECONDS 4

typedef struct {
	PsStore *store;
	PsOpenpgp *openpgp;
	PsProgress *progress;
	PsInboxSync *result;
	char *uuid, *root;
	gint64 revision, count; /* of the index */
} Sync;

typedef struct {
	char *id, *message_id, *thread, *from, *to, *subject, *path, *tags, *encryption;
	gint64 at, size;
	gboolean is_signed, attachment, unread;
} Row;

static void
row_free(Row *row)
{
	g_free(row->id);
	g_free(row->message_id);
	g_free(row->thread);
	g_free(row->from);
	g_free(row->to);
	g_free(row->subject);
	g_free(row->path);
	g_free(row->tags);
	g_free(row->encryption);
	g_free(row);
}

/* ---- the worker's answers ---- */

static gboolean
has_tag(const char *tags, const char *tag)
{
	g_auto(GStrv) words = g_strsplit(tags, " ", -1);

	return g_strv_contains((const char *const *)words, tag);
}

static Row *
row_from_json(const cJSON *object)
{
	const char *id = ps_json_text(object, "id"), *thread = ps_json_text(object, "thread"),
		   *path = ps_json_text(object, "path");
	Row *row;

	if (!id || !*id || !thread || !path)
		return NULL;
	row = g_new0(Row, 1);
	row->id = ps_mail_row_id(id);
	row->message_id = g_strdup(id);
	row->thread = g_strdup(thread);
	row->path = g_strdup(path);
	row->from = ps_json_safe(object, "from");
	row->to = ps_json_safe(object, "to");
	row->subject = ps_json_safe(object, "subject");
	row->tags = ps_json_safe(object, "tags");
	if (!row->tags)
		row->tags = g_strdup("");
	row->at = ps_json_time(object, "at");
	if (row->at == PS_NO_TIME)
		row->at = 0;
	row->size = MAX(ps_json_integer(object, "size", 0), 0);
	PsEncryption encryption = ps_encryption_from_token(ps_json_text(object, "encryption"));
	if (encryption == PS_ENCRYPTION_NONE && has_tag(row->tags, "encrypted"))
		encryption = PS_ENCRYPTION_PGP_MIME;
	if (encryption != PS_ENCRYPTION_NONE)
		row->encryption = g_strdup(ps_encryption_token(encryption));
	row->is_signed = ps_json_flag(object, "signed") || has_tag(row->tags, "signed");
	row->attachment = has_tag(row->tags, "attachment");
	row->unread = has_tag(row->tags, "unread");
	return row;
}

typedef struct {
	GPtrArray *rows;
	char *uuid;
	gint64 count, next;
} Page;

static gboolean
take_page(gpointer user, const cJSON *meta)
{
	Page *page = user;
	const cJSON *rows = cJSON_GetObjectItemCaseSensitive(meta, "rows"), *item;

	if (!rows) {
		g_free(page->uuid);
		page->uuid = g_strdup(ps_json_text(meta, "uuid"));
		page->count = ps_json_integer(meta, "count", 0);
		page->next = ps_json_integer(meta, "next", 0);
		return TRUE;
	}
	cJSON_ArrayForEach (item, rows) {
		Row *row = row_from_json(item);
		if (row)
			g_ptr_array_add(page->rows, row);
	}
	return TRUE;
}

static void
forget_page(gpointer user)
{
	Page *page = user;

	g_ptr_array_set_size(page->rows, 0);
	page->count = page->next = 0;
}

static gboolean
ask_info(Sync *sync, GError **error)
{
	g_autoptr(cJSON) arguments = ps_mail_index_arguments(sync->store);
	PsRequest request = {.method = "index-info",
			     .arguments = arguments,
			     .progress = sync->progress};
	PsAnswer answer;

	if (!ps_worker_call(ps_openpgp_worker(sync->openpgp), &request, &answer, error))
		return FALSE;
	g_free(sync->uuid);
	sync->uuid = g_strdup(ps_json_text(answer.meta, "uuid"));
	sync->revision = ps_json_integer(answer.meta, "revision", -1);
	sync->count = ps_json_integer(answer.meta, "count", -1);
	ps_answer_clear(&answer);
	if (sync->uuid && sync->revision >= 0 && sync->count >= 0)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_WORKER,
			    _("The mail worker did not say what the index holds."));
	return FALSE;
}

static gboolean
ask_page(Sync *sync, gint64 from, gint64 skip, gint64 limit, gint64 expected, Page *page,
	 GError **error)
{
	g_autoptr(cJSON) arguments = ps_mail_index_arguments(sync->store);
	PsRequest request = {.method = "index-page",
			     .arguments = arguments,
			     .on_meta = take_page,
			     .on_repeat = forget_page,
			     .user = page,
			     .progress = sync->progress};

	cJSON_AddNumberToObject(arguments, "from", (double)from);
	cJSON_AddNumberToObject(arguments, "to", (double)sync->revision);
	cJSON_AddNumberToObject(arguments, "skip", (double)skip);
	cJSON_AddNumberToObject(arguments, "limit", (double)limit);
	cJSON_AddNumberToObject(arguments, "expected", (double)expected);
	return ps_worker_call(ps_openpgp_worker(sync->openpgp), &request, NULL, error);
}

/* ---- writing ---- */

static const char upsert_sql[] =
	"INSERT INTO mail (id, message_id, thread, \"from\", \"to\", subject, at, size, path, "
	"tags, "
	"encryption, signed, attachment, unread) VALUES (:id, :message_id, :thread, :from, :to, "
	":subject, :at, :size, :path, :tags, :encryption, :signed, :attachment, :unread) "
	"ON CONFLICT (id) DO UPDATE SET thread = excluded.thread, \"from\" = excluded.\"from\", "
	"\"to\" = coalesce(excluded.\"to\", \"to\"), subject = excluded.subject, at = excluded.at, "
	"size = CASE WHEN excluded.size > 0 THEN excluded.size ELSE size END, "
	"path = excluded.path, tags = excluded.tags, "
	"encryption = coalesce(excluded.encryption, encryption), signed = excluded.signed, "
	"attachment = excluded.attachment, unread = excluded.unread";

/* The thread that a row belonged to before counts anew too. */
static gboolean
note_old_thread(Sync *sync, const char *id, GHashTable *threads, gboolean *known, GError **error)
{
	PS_STATEMENT rows =
		ps_store_statement(sync->store, "SELECT thread FROM mail WHERE id = :id", error);

	if (!rows)
		return FALSE;
	ps_mail_bind_text(rows, ":id", id);
	*known = sqlite3_step(rows) == SQLITE_ROW;
	if (*known && sqlite3_column_text(rows, 0))
		g_hash_table_add(threads, ps_mail_column_text(rows, 0));
	return TRUE;
}

static gboolean
upsert(Sync *sync, const Row *row, GError **error)
{
	PS_STATEMENT insert = ps_store_statement(sync->store, upsert_sql, error);

	if (!insert)
		return FALSE;
	ps_mail_bind_text(insert, ":id", row->id);
	ps_mail_bind_text(insert, ":message_id", row->message_id);
	ps_mail_bind_text(insert, ":thread", row->thread);
	ps_mail_bind_text(insert, ":from", row->from);
	ps_mail_bind_text(insert, ":to", row->to);
	ps_mail_bind_text(insert, ":subject", row->subject);
	ps_mail_bind_int(insert, ":at", row->at);
	ps_mail_bind_int(insert, ":size", row->size);
	ps_mail_bind_text(insert, ":path", row->path);
	ps_mail_bind_text(insert, ":tags", row->tags);
	ps_mail_bind_text(insert, ":encryption", row->encryption);
	ps_mail_bind_int(insert, ":signed", row->is_signed);
	ps_mail_bind_int(insert, ":attachment", row->attachment);
	ps_mail_bind_int(insert, ":unread", row->unread);
	return ps_mail_run(sync->store, insert, _("writing the inbox list"), error);
}

static gboolean
remember_revision(Sync *sync, GError **error)
{
	PS_STATEMENT insert = ps_store_statement(
		sync->store,
		"INSERT INTO mail_index (one, uuid, revision, synced_at) VALUES (1, :uuid, "
		":revision, "
		":now) ON CONFLICT (one) DO UPDATE SET uuid = excluded.uuid, revision = "
		"excluded.revision, synced_at = excluded.synced_at",
		error);

	if (!insert)
		return FALSE;
	ps_mail_bind_text(insert, ":uuid", sync->uuid);
	ps_mail_bind_int(insert, ":revision", sync->revision);
	ps_mail_bind_int(insert, ":now", ps_now_ms());
	return ps_mail_run(sync->store, insert, _("writing the inbox list"), error);
}

/* One short transaction: others are never kept waiting long. */
static gboolean
write_page(Sync *sync, const Page *page, gboolean last, GError **error)
{
	g_autoptr(GHashTable) threads =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(PsTxn) txn = ps_txn_begin(sync->store, "inbox.sync", error);

	if (!txn)
		return FALSE;
	for (guint i = 0; i < page->rows->len; i++) {
		const Row *row = page->rows->pdata[i];
		gboolean known = FALSE;
		if (!note_old_thread(sync, row->id, threads, &known, error) ||
		    !upsert(sync, row, error))
			return FALSE;
		g_hash_table_add(threads, g_strdup(row->thread));
		if (known)
			sync->result->changed++;
		else
			sync->result->added++;
	}
	return ps_mail_refresh_threads(sync->store, threads, error) &&
	       (!last || remember_revision(sync, error)) && ps_txn_commit(txn, error);
}

/* ---- pages ---- */

static gboolean
index_replaced(GError **error)
{
	g_set_error_literal(error, PS_ERROR, PS_ERROR_BUSY,
			    _("The mail index was replaced while it was read. Sync again."));
	return FALSE;
}

/* A page that another program keeps spoiling is asked for in smaller pieces. */
static gboolean
smaller(gint64 *limit, GError *failure)
{
	if (*limit <= PAGE_ROWS_MIN || (!g_error_matches(failure, PS_ERROR, PS_ERROR_BUSY) &&
					!g_error_matches(failure, PS_ERROR, PS_ERROR_WORKER)))
		return FALSE;
	*limit = MAX(*limit / 4, PAGE_ROWS_MIN);
	return TRUE;
}

static gboolean
take_pages(Sync *sync, gint64 from, GError **error)
{
	gint64 skip = 0, limit = PAGE_ROWS, expected = -1;
	gboolean more = TRUE;

	while (more) {
		g_autoptr(GPtrArray) rows =
			g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
		Page page = {rows, NULL, 0, 0};
		g_autoptr(GError) failure = NULL;
		gboolean got = ask_page(sync, from, skip, limit, expected, &page, &failure);
		g_autofree char *uuid = page.uuid;
		if (!got && smaller(&limit, failure))
			continue;
		if (!got) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return FALSE;
		}
		if (g_strcmp0(uuid, sync->uuid) != 0)
			return index_replaced(error);
		if (expected < 0)
			expected = page.count;
		/* the skip of the next page counts against what the first page told */
		skip = page.next + (expected - page.count);
		more = page.next < page.count;
		if (!write_page(sync, &page, !more, error))
			return FALSE;
		ps_progress_set(sync->progress, skip, expected, _("reading the mail index"));
		if (ps_progress_cancelled(sync->progress, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
stored_state(Sync *sync, char **uuid, gint64 *revision, GError **error)
{
	PS_STATEMENT rows =
		ps_store_statement(sync->store, "SELECT uuid, revision FROM mail_index", error);

	if (!rows)
		return FALSE;
	if (sqlite3_step(rows) == SQLITE_ROW) {
		*uuid = ps_mail_column_text(rows, 0);
		*revision = sqlite3_column_int64(rows, 1);
	}
	return TRUE;
}

static gboolean
take_changes(Sync *sync, GError **error)
{
	g_autofree char *uuid = NULL;
	gint64 revision = -1;

	if (!ask_info(sync, error) || !stored_state(sync, &uuid, &revision, error))
		return FALSE;
	/* a smaller revision under the same uuid: the index was restored from a copy */
	sync->result->full = g_strcmp0(uuid, sync->uuid) != 0 || revision > sync->revision;
	return take_pages(sync, sync->result->full ? 0 : revision + 1, error);
}

/* ---- what is gone ---- */

static gint64
listed(Sync *sync, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(sync->store, "SELECT count(*) FROM mail", error);

	if (!rows || sqlite3_step(rows) != SQLITE_ROW)
		return -1;
	return sqlite3_column_int64(rows, 0);
}

static gboolean
delete_one(Sync *sync, const char *message_id, GHashTable *threads, GError **error)
{
	g_autofree char *id = ps_mail_row_id(message_id);
	gboolean known = FALSE;

	if (!note_old_thread(sync, id, threads, &known, error))
		return FALSE;
	PS_STATEMENT remove =
		ps_store_statement(sync->store, "DELETE FROM mail WHERE id = :id", error);
	if (!remove)
		return FALSE;
	ps_mail_bind_text(remove, ":id", id);
	sync->result->removed += known;
	return ps_mail_run(sync->store, remove, _("writing the inbox list"), error);
}

static gboolean
delete_gone(Sync *sync, const cJSON *gone, GError **error)
{
	g_autoptr(GHashTable) threads =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const cJSON *item;

	if (cJSON_GetArraySize(gone) == 0)
		return TRUE;
	g_autoptr(PsTxn) txn = ps_txn_begin(sync->store, "inbox.sync", error);
	if (!txn)
		return FALSE;
	cJSON_ArrayForEach (item, gone) {
		if (cJSON_IsString(item) && !delete_one(sync, item->valuestring, threads, error))
			return FALSE;
	}
	return ps_mail_refresh_threads(sync->store, threads, error) && ps_txn_commit(txn, error);
}

static gboolean
check_batch(Sync *sync, GPtrArray *ids, GError **error)
{
	g_autoptr(cJSON) arguments = ps_mail_index_arguments(sync->store);
	PsRequest request = {.method = "index-gone",
			     .arguments = arguments,
			     .progress = sync->progress};
	PsAnswer answer;

	if (ids->len == 0)
		return TRUE;
	cJSON_AddItemToObject(arguments, "ids",
			      cJSON_CreateStringArray((const char *const *)ids->pdata,
						      (int)ids->len));
	if (!ps_worker_call(ps_openpgp_worker(sync->openpgp), &request, &answer, error))
		return FALSE;
	gboolean done =
		delete_gone(sync, cJSON_GetObjectItemCaseSensitive(answer.meta, "gone"), error);
	ps_answer_clear(&answer);
	g_ptr_array_set_size(ids, 0);
	return done;
}

static gboolean
file_is_there(const Sync *sync, const char *path)
{
	g_autofree char *full = g_path_is_absolute(path) ? g_strdup(path)
							 : g_build_filename(sync->root, path, NULL);

	return access(full, F_OK) == 0;
}

/* Asks for the rows whose file is gone (`all`: for every row) whether the index still has them.
 * Walks in batches by row, so that no statement stays open over a change. */
static gboolean
reconcile(Sync *sync, gboolean all, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	gint64 last = 0;
	gboolean more = TRUE;

	while (more) {
		PS_STATEMENT rows = ps_store_statement(
			sync->store,
			"SELECT row, message_id, path FROM mail WHERE row > :last ORDER BY row "
			"LIMIT 1000",
			error);
		if (!rows)
			return FALSE;
		ps_mail_bind_int(rows, ":last", last);
		more = FALSE;
		while (sqlite3_step(rows) == SQLITE_ROW) {
			last = sqlite3_column_int64(rows, 0);
			more = TRUE;
			if (all || !file_is_there(sync, (const char *)sqlite3_column_text(rows, 2)))
				g_ptr_array_add(ids, ps_mail_column_text(rows, 1));
		}
		sqlite3_reset(rows);
		if ((ids->len >= GONE_BATCH || !more) && !check_batch(sync, ids, error))
			return FALSE;
		if (ps_progress_cancelled(sync->progress, error))
			return FALSE;
	}
	return TRUE;
}

/* The index tells what is new and changed, but not what is gone: more rows than messages shows it.
 */
static gboolean
drop_what_is_gone(Sync *sync, GError **error)
{
	for (int all = 0; all <= 1; all++) {
		gint64 rows = ask_info(sync, error) ? listed(sync, error) : -1;
		if (rows < 0)
			return FALSE;
		sync->result->total = rows;
		if (rows <= sync->count)
			return TRUE;
		ps_progress_set(sync->progress, 0, 0, _("looking for what was deleted"));
		if (!reconcile(sync, all, error))
			return FALSE;
	}
	sync->result->total = listed(sync, error);
	return TRUE;
}

/* ---- what was read here ---- */

/* "-unread -- id:…" for each message that was opened here and still has the tag in the index. */
static GBytes *
read_marks(Sync *sync, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(sync->store,
					       "SELECT message_id FROM mail WHERE unread = 0 AND "
					       "instr(' ' || tags || ' ', ' unread ') > 0",
					       error);
	g_autoptr(GString) text = g_string_new(NULL);

	while (rows && sqlite3_step(rows) == SQLITE_ROW) {
		const char *id = (const char *)sqlite3_column_text(rows, 0);
		/* ids with quotes or blanks would need an encoding that batch files lack */
		if (!id || strpbrk(id, " \"\t\r\n%"))
			continue;
		g_string_append_printf(text, "-unread -- id:\"%s\"\n", id);
	}
	gsize length = text->len;
	return length ? g_bytes_new_take(g_string_free(g_steal_pointer(&text), FALSE), length)
		      : NULL;
}

static gboolean
push_read_marks(Sync *sync, GError **error)
{
	static const char *const arguments[] = {"tag", "--batch", NULL};
	g_autofree char *wanted = ps_store_config(sync->store, "mail.mark_read");
	g_autoptr(GBytes) marks = g_strcmp0(wanted, "no") != 0 ? read_marks(sync, error) : NULL;

	return !marks || ps_mail_run_notmuch(sync->store, arguments, marks, sync->progress, error);
}

gboolean
ps_inbox_sync(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress, PsInboxSync *result,
	      GError **error)
{
	static const char *const arguments[] = {"new", "--quiet", NULL};
	PsInboxSync unused;
	Sync sync = {.store = store,
		     .openpgp = openpgp,
		     .progress = progress,
		     .result = result ? result : &unused};

	*sync.result = (PsInboxSync){0};
	sync.root = ps_mail_root(store, openpgp, error);
	ps_progress_set(progress, 0, 0, _("indexing new mail"));
	gboolean done = sync.root &&
			ps_mail_wait_for_index(sync.root, LOCK_SECONDS, progress, error) &&
			push_read_marks(&sync, error) &&
			ps_mail_run_notmuch(store, arguments, NULL, progress, error) &&
			take_changes(&sync, error) && drop_what_is_gone(&sync, error) &&
			(sync.result->added == 0 || ps_mail_adopt_sent(store, error));
	g_free(sync.root);
	g_free(sync.uuid);
	return done;
}
