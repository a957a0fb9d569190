#include "config.h"

#include "workers/mail/index.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <notmuch.h>

#include "base/i18n.h"
#include "workers/mail/index-row.h"

#define FREE_TRIES 4
#define LOCKED_TRIES 40
#define LAST_ATTEMPT 3
#define STAMP_MAX 65536
#define ROWS_IN_FRAME 100
#define PAGE_MAX 5000
#define SEARCH_MAX 20000
#define IDS_IN_FRAME 1000

/* ---- opening ---- */

static gboolean
open_failed(notmuch_status_t status, const char *said, const char *root, GError **error)
{
	const char *where = root ? root : _("the place that the notmuch configuration names");
	g_autofree char *why = g_strdup(said && *said ? said : notmuch_status_to_string(status));

	g_strdelimit(g_strstrip(why), "\n", ' ');
	while (g_str_has_suffix(why, "."))
		why[strlen(why) - 1] = '\0';
	if (status == NOTMUCH_STATUS_UPGRADE_REQUIRED || strstr(why, "version") ||
	    strstr(why, "features"))
		g_set_error(
			error, PS_ERROR, PS_ERROR_VERSION,
			_("The mail index at %s was made by another version of notmuch: %s. Use "
			  "that version, or “notmuch new” of a newer one."),
			where, why);
	else if (status == NOTMUCH_STATUS_NO_CONFIG || status == NOTMUCH_STATUS_NO_DATABASE)
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("There is no mail index at %s: %s. Set mail.root or "
			      "mail.notmuch_config, then run “psirtdesk inbox sync”."),
			    where, why);
	else
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("The mail index at %s cannot be read: %s."), where, why);
	return FALSE;
}

/* A writer that commits while we open leaves us blocks of two revisions; an index of another format
 * stays what it is. */
static gboolean
changed_while_opening(notmuch_status_t status, const char *said)
{
	/* it has no words for what it stumbles over in the configuration that the index holds */
	if (status != NOTMUCH_STATUS_XAPIAN_EXCEPTION || !said)
		return status == NOTMUCH_STATUS_XAPIAN_EXCEPTION;
	return !strstr(said, "version") && !strstr(said, "No such file");
}

static notmuch_database_t *
open_index(PsWork *work, notmuch_database_mode_t mode, gboolean *again, GError **error)
{
	const char *config = ps_work_text(work, "config"), *root = ps_work_text(work, "root");
	notmuch_database_t *database = NULL;
	char *said = NULL;
	notmuch_status_t status =
		notmuch_database_open_with_config(root, mode, config, NULL, &database, &said);

	/* Even with the lock: the library reads first and locks then, so that a commit in between
	 * leaves it blocks of two revisions. */
	*again = changed_while_opening(status, said);
	if (status != NOTMUCH_STATUS_SUCCESS) {
		open_failed(status, said, root, error);
		if (database)
			notmuch_database_destroy(database);
		database = NULL;
	}
	free(said);
	return database;
}

/* ---- what a commit changes ---- */

/* Each commit replaces this small file of the index. */
static char *
stamp_path(notmuch_database_t *database)
{
	static const char *const places[] = {"/.notmuch/xapian/iamglass", "/xapian/iamglass"};
	const char *path = notmuch_database_get_path(database);

	for (gsize i = 0; path && i < G_N_ELEMENTS(places); i++) {
		g_autofree char *stamp = g_strconcat(path, places[i], NULL);
		if (g_file_test(stamp, G_FILE_TEST_IS_REGULAR))
			return g_steal_pointer(&stamp);
	}
	return NULL;
}

/* NULL: there is no such file to go by. */
static GBytes *
read_stamp(const char *path)
{
	char buffer[STAMP_MAX];
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0)
		return NULL;
	ssize_t n = read(fd, buffer, sizeof(buffer));
	close(fd);
	return n >= 0 ? g_bytes_new(buffer, (gsize)n) : NULL;
}

static gboolean
same_stamp(GBytes *before, const char *path)
{
	g_autoptr(GBytes) now = read_stamp(path);

	return !path || (before && now && g_bytes_equal(before, now));
}

/* ---- reading again ---- */

typedef enum {
	READ_DONE,
	READ_AGAIN, /* the index changed under us */
	READ_FAILED,
} ReadState;

/* Collects into `answer`; what it holds counts only when nothing was committed meanwhile. */
typedef ReadState (*ReadFunc)(PsWork *work, notmuch_database_t *database, gpointer user,
			      GPtrArray *answer, GError **error);

/* One try. The library tells of most blocks that changed under it, but not of all: only when the
 * stamp is the same before opening and after reading is the answer one picture. With the lock it is
 * enough that nothing changed since opening: it is taken before the first block is read. */
static ReadState
try_reading(PsWork *work, gboolean locked, char **stamp_file, ReadFunc func, gpointer user,
	    GPtrArray *answer, GError **error)
{
	notmuch_database_mode_t mode =
		locked ? NOTMUCH_DATABASE_MODE_READ_WRITE : NOTMUCH_DATABASE_MODE_READ_ONLY;
	g_autoptr(GBytes) stamp = read_stamp(*stamp_file);
	gboolean again = FALSE;
	notmuch_database_t *database = open_index(work, mode, &again, error);

	if (!database)
		return again ? READ_AGAIN : READ_FAILED;
	ReadState state = READ_AGAIN;
	gboolean known = *stamp_file != NULL || locked;
	if (!*stamp_file)
		*stamp_file = stamp_path(database);
	if (locked) {
		g_clear_pointer(&stamp, g_bytes_unref);
		stamp = read_stamp(*stamp_file);
	}
	/* The first time, the stamp is only known by now: open once more. */
	if (known || !*stamp_file)
		state = func(work, database, user, answer, error);
	gboolean same = same_stamp(stamp, *stamp_file);
	if (state == READ_DONE && !same)
		state = READ_AGAIN;
	/* a query that is wrong, not one that stumbled over a commit */
	if (state == READ_AGAIN && *error && known && same)
		state = READ_FAILED;
	notmuch_database_destroy(database);
	return state;
}

static gboolean
send_answer(PsWork *work, GPtrArray *answer, GError **error)
{
	for (guint i = 0; i < answer->len; i++)
		if (!ps_work_meta(work, g_steal_pointer(&answer->pdata[i]), error))
			return FALSE;
	return TRUE;
}

static gboolean
read_index(PsWork *work, ReadFunc func, gpointer user, GError **error)
{
	g_autoptr(GPtrArray) answer = g_ptr_array_new_with_free_func((GDestroyNotify)cJSON_Delete);
	g_autofree char *stamp_file = NULL;
	/* It died while reading beside a writer (the library does that): now with the lock. */
	int free_tries = work->attempt < LAST_ATTEMPT ? FREE_TRIES : 1;

	for (int i = 0; i < free_tries + LOCKED_TRIES; i++) {
		g_clear_error(error);
		g_ptr_array_set_size(answer, 0);
		if (ps_work_cancelled(work, error))
			return FALSE;
		gboolean locked = i >= free_tries || work->attempt >= LAST_ATTEMPT;
		ReadState state = try_reading(work, locked, &stamp_file, func, user, answer, error);
		if (state == READ_DONE)
			return send_answer(work, answer, error);
		if (state == READ_FAILED)
			return FALSE;
	}
	/* What is still so after many tries with the lock is no writer's doing. */
	if (!*error)
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_BUSY,
			_("The mail index is changed all the time by another program, so it could "
			  "not be read whole. Try again in a moment."));
	return FALSE;
}

/* A query; the excluded tags of the configuration are not applied: the list shows everything. */
static ReadState
start_query(notmuch_database_t *database, const char *text, notmuch_sort_t sort,
	    notmuch_query_t **query, unsigned *count, GError **error)
{
	notmuch_status_t status =
		notmuch_query_create_with_syntax(database, text, NOTMUCH_QUERY_SYNTAX_XAPIAN,
						 query);

	if (status == NOTMUCH_STATUS_SUCCESS) {
		notmuch_query_set_sort(*query, sort);
		notmuch_query_set_omit_excluded(*query, NOTMUCH_EXCLUDE_FALSE);
		status = notmuch_query_count_messages(*query, count);
	}
	if (status == NOTMUCH_STATUS_SUCCESS)
		return READ_DONE;
	/* A query that is wrong stays wrong; a revision that was discarded does not. */
	const char *said = notmuch_database_status_string(database);
	g_autofree char *why = g_strdup(said ? said : notmuch_status_to_string(status));
	g_strdelimit(g_strstrip(why), "\n", ' ');
	if (!strstr(why, "discarded"))
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("notmuch does not understand the search: %s"), why);
	return READ_AGAIN;
}

/* ---- info ---- */

static ReadState
read_info(PsWork *work, notmuch_database_t *database, gpointer user, GPtrArray *answer,
	  GError **error)
{
	const char *uuid = NULL;
	unsigned long revision = notmuch_database_get_revision(database, &uuid);
	notmuch_query_t *query = NULL;
	unsigned count = 0;
	ReadState state = start_query(database, "*", NOTMUCH_SORT_UNSORTED, &query, &count, error);

	(void)work;
	(void)user;
	if (state == READ_DONE) {
		cJSON *meta = cJSON_CreateObject();
		ps_add_text(meta, "uuid", uuid);
		cJSON_AddNumberToObject(meta, "revision", (double)revision);
		cJSON_AddNumberToObject(meta, "count", count);
		ps_add_text(meta, "root", notmuch_config_get(database, NOTMUCH_CONFIG_MAIL_ROOT));
		g_ptr_array_add(answer, meta);
	}
	if (query)
		notmuch_query_destroy(query);
	return state;
}

gboolean
ps_serve_index_info(PsWork *work, GError **error)
{
	return read_index(work, read_info, NULL, error);
}

/* ---- page ---- */

typedef struct {
	gint64 from, to, skip, limit, expected;
} Page;

static void
add_rows(GPtrArray *rows, GPtrArray *answer)
{
	for (guint at = 0; at < rows->len; at += ROWS_IN_FRAME) {
		cJSON *meta = cJSON_CreateObject(), *array = cJSON_AddArrayToObject(meta, "rows");
		for (guint i = at; i < MIN(at + ROWS_IN_FRAME, rows->len); i++)
			cJSON_AddItemToArray(array, g_steal_pointer(&rows->pdata[i]));
		g_ptr_array_add(answer, meta);
	}
}

/* Rows behind the first `skip` matches, in the order of the index. Every row must be whole. */
static ReadState
collect_rows(notmuch_query_t *query, const char *root, gint64 skip, gint64 wanted, GPtrArray *rows)
{
	notmuch_messages_t *messages = NULL;

	if (notmuch_query_search_messages(query, &messages) != NOTMUCH_STATUS_SUCCESS)
		return READ_AGAIN;
	for (gint64 i = 0; i < skip && notmuch_messages_valid(messages); i++)
		notmuch_messages_move_to_next(messages);
	while ((gint64)rows->len < wanted && notmuch_messages_valid(messages)) {
		notmuch_message_t *message = notmuch_messages_get(messages);
		cJSON *row = message ? ps_index_row(message, root) : NULL;
		if (message)
			notmuch_message_destroy(message);
		if (!row)
			break;
		g_ptr_array_add(rows, row);
		notmuch_messages_move_to_next(messages);
	}
	notmuch_messages_destroy(messages);
	return (gint64)rows->len == wanted ? READ_DONE : READ_AGAIN;
}

static ReadState
read_page(PsWork *work, notmuch_database_t *database, gpointer user, GPtrArray *answer,
	  GError **error)
{
	const Page *page = user;
	g_autofree char *text =
		g_strdup_printf("lastmod:%" PRId64 "..%" PRId64, page->from, page->to);
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)cJSON_Delete);
	notmuch_query_t *query = NULL;
	unsigned count = 0;
	const char *uuid = NULL;
	ReadState state = start_query(database, text, NOTMUCH_SORT_UNSORTED, &query, &count, error);

	(void)work;
	if (state == READ_DONE) {
		/* A message that changed since left the range, and those behind it moved up: going
		 * back by as many as left reads some twice, and none never. */
		gint64 left = page->expected >= 0 ? MAX(page->expected - (gint64)count, 0) : 0;
		gint64 skip = MAX(page->skip - left, 0);
		gint64 wanted = CLAMP((gint64)count - skip, 0, page->limit);
		state = collect_rows(query, notmuch_config_get(database, NOTMUCH_CONFIG_MAIL_ROOT),
				     skip, wanted, rows);
		if (state == READ_DONE) {
			cJSON *meta = cJSON_CreateObject();
			notmuch_database_get_revision(database, &uuid);
			ps_add_text(meta, "uuid", uuid);
			cJSON_AddNumberToObject(meta, "count", count);
			cJSON_AddNumberToObject(meta, "next", (double)(skip + wanted));
			g_ptr_array_add(answer, meta);
			add_rows(rows, answer);
		}
	}
	if (query)
		notmuch_query_destroy(query);
	return state;
}

gboolean
ps_serve_index_page(PsWork *work, GError **error)
{
	Page page = {ps_work_number(work, "from", 0), ps_work_number(work, "to", 0),
		     ps_work_number(work, "skip", 0),
		     CLAMP(ps_work_number(work, "limit", 1000), 1, PAGE_MAX),
		     ps_work_number(work, "expected", -1)};

	return read_index(work, read_page, &page, error);
}

/* ---- search ---- */

static void
add_ids(GPtrArray *ids, unsigned count, GPtrArray *answer)
{
	for (guint at = 0; at == 0 || at < ids->len; at += IDS_IN_FRAME) {
		cJSON *meta = cJSON_CreateObject(), *array = cJSON_AddArrayToObject(meta, "ids");
		cJSON_AddNumberToObject(meta, "count", count);
		for (guint i = at; i < MIN(at + IDS_IN_FRAME, ids->len); i++)
			cJSON_AddItemToArray(array, ps_text_item(ids->pdata[i], -1));
		g_ptr_array_add(answer, meta);
	}
}

static ReadState
read_search(PsWork *work, notmuch_database_t *database, gpointer user, GPtrArray *answer,
	    GError **error)
{
	const char *text = ps_work_text(work, "query");
	guint limit = (guint)CLAMP(ps_work_number(work, "limit", 500), 1, SEARCH_MAX);
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	notmuch_query_t *query = NULL;
	notmuch_messages_t *messages = NULL;
	unsigned count = 0;
	ReadState state = start_query(database, text ? text : "*", NOTMUCH_SORT_NEWEST_FIRST,
				      &query, &count, error);

	(void)user;
	if (state == READ_DONE &&
	    notmuch_query_search_messages(query, &messages) != NOTMUCH_STATUS_SUCCESS)
		state = READ_AGAIN;
	while (state == READ_DONE && ids->len < MIN(limit, count)) {
		notmuch_message_t *message =
			notmuch_messages_valid(messages) ? notmuch_messages_get(messages) : NULL;
		const char *id = message ? notmuch_message_get_message_id(message) : NULL;
		if (id)
			g_ptr_array_add(ids, g_strdup(id));
		else
			state = READ_AGAIN;
		if (message)
			notmuch_message_destroy(message);
		if (state == READ_DONE)
			notmuch_messages_move_to_next(messages);
	}
	if (messages)
		notmuch_messages_destroy(messages);
	if (query)
		notmuch_query_destroy(query);
	if (state == READ_DONE)
		add_ids(ids, count, answer);
	return state;
}

gboolean
ps_serve_index_search(PsWork *work, GError **error)
{
	return read_index(work, read_search, NULL, error);
}

/* ---- gone, paths ---- */

/* A message that was deleted while its thread goes on leaves a ghost behind. */
static gboolean
is_ghost(notmuch_message_t *message)
{
	notmuch_bool_t ghost = FALSE;

	return notmuch_message_get_flag_st(message, NOTMUCH_MESSAGE_FLAG_GHOST, &ghost) ==
		       NOTMUCH_STATUS_SUCCESS &&
	       ghost;
}

static ReadState
read_gone(PsWork *work, notmuch_database_t *database, gpointer user, GPtrArray *answer,
	  GError **error)
{
	const cJSON *ids = cJSON_GetObjectItemCaseSensitive(work->arguments, "ids"), *item;
	g_autoptr(cJSON) meta = cJSON_CreateObject();
	cJSON *gone = cJSON_AddArrayToObject(meta, "gone");

	(void)error;
	(void)user;
	cJSON_ArrayForEach (item, ids) {
		notmuch_message_t *message = NULL;
		/* an id that is no valid UTF-8 came to us repaired: it cannot be looked up */
		if (!cJSON_IsString(item) || strstr(item->valuestring, "\xef\xbf\xbd"))
			continue;
		if (notmuch_database_find_message(database, item->valuestring, &message) !=
		    NOTMUCH_STATUS_SUCCESS)
			return READ_AGAIN;
		gboolean here = message && !is_ghost(message);
		if (message)
			notmuch_message_destroy(message);
		if (!here)
			cJSON_AddItemToArray(gone, ps_text_item(item->valuestring, -1));
	}
	g_ptr_array_add(answer, g_steal_pointer(&meta));
	return READ_DONE;
}

gboolean
ps_serve_index_gone(PsWork *work, GError **error)
{
	return read_index(work, read_gone, NULL, error);
}

static ReadState
read_paths(PsWork *work, notmuch_database_t *database, gpointer user, GPtrArray *answer,
	   GError **error)
{
	const char *id = ps_work_text(work, "id");
	notmuch_message_t *message = NULL;
	cJSON *meta = cJSON_CreateObject(), *paths = cJSON_AddArrayToObject(meta, "paths");

	(void)error;
	(void)user;
	if (!id ||
	    notmuch_database_find_message(database, id, &message) != NOTMUCH_STATUS_SUCCESS) {
		cJSON_Delete(meta);
		return id ? READ_AGAIN : READ_FAILED;
	}
	notmuch_filenames_t *names = message ? notmuch_message_get_filenames(message) : NULL;
	for (; names && notmuch_filenames_valid(names); notmuch_filenames_move_to_next(names))
		cJSON_AddItemToArray(paths, ps_text_item(notmuch_filenames_get(names), -1));
	if (names)
		notmuch_filenames_destroy(names);
	if (message)
		notmuch_message_destroy(message);
	g_ptr_array_add(answer, meta);
	return READ_DONE;
}

gboolean
ps_serve_index_paths(PsWork *work, GError **error)
{
	if (ps_work_text(work, "id"))
		return read_index(work, read_paths, NULL, error);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, _("The request lacks “id”."));
	return FALSE;
}
