#include "config.h"

#include "ui/panes/inbox-rows.h"

#include <string.h>

#include "base/utc.h"

/* Rows that are skipped at once on a far jump. */
#define STRIDE 1000
#define THREAD_PREFIX "thread:"

/* Thread number `index` has this place in the order; -1 stands ahead of the first. */
typedef struct {
	gint64 index, at, row;
} Anchor;

/* A thread that is open. */
typedef struct {
	gint64 index; /* of the thread */
	char *thread;
	GPtrArray *mails; /* PsMailRow*, oldest first */
} Branch;

struct PsInboxRows {
	PsStore *store;
	PsInboxFilter filter;
	gint64 threads;   /* in the list */
	GArray *anchors;  /* Anchor, in no order */
	GPtrArray *open;  /* Branch*, by index */
	GPtrArray *found; /* PsMailRow*, NULL: no search */
	GError *failure;
};

static void
free_branch(gpointer data)
{
	Branch *branch = data;

	g_free(branch->thread);
	g_ptr_array_unref(branch->mails);
	g_free(branch);
}

static void
free_row(gpointer data)
{
	PsInboxRow *row = data;

	if (row->own)
		ps_mail_row_free(row->mail);
	g_free(row->id);
	g_free(row);
}

PsInboxRows *
ps_inbox_rows_new(PsStore *store)
{
	PsInboxRows *rows = g_new0(PsInboxRows, 1);

	rows->store = store;
	rows->anchors = g_array_new(FALSE, FALSE, sizeof(Anchor));
	rows->open = g_ptr_array_new_with_free_func(free_branch);
	return rows;
}

void
ps_inbox_rows_free(PsInboxRows *rows)
{
	if (!rows)
		return;
	g_array_unref(rows->anchors);
	g_ptr_array_unref(rows->open);
	g_clear_pointer(&rows->found, g_ptr_array_unref);
	g_clear_error(&rows->failure);
	g_free(rows);
}

PsInboxFilter
ps_inbox_rows_filter(const PsInboxRows *rows)
{
	return rows->filter;
}

gboolean
ps_inbox_rows_is_search(const PsInboxRows *rows)
{
	return rows->found != NULL;
}

const char *
ps_inbox_rows_failure(const PsInboxRows *rows)
{
	return rows->failure ? rows->failure->message : NULL;
}

/* ---- threads by number ---- */

static void
remember(PsInboxRows *rows, gint64 index, const PsMailRow *mail)
{
	const Anchor anchor = {index, mail->at, mail->row};

	for (guint i = 0; i < rows->anchors->len; i++)
		if (g_array_index(rows->anchors, Anchor, i).index == index)
			return;
	g_array_append_val(rows->anchors, anchor);
}

static GPtrArray *
read_page(PsInboxRows *rows, const Anchor *anchor, gboolean backwards, gint64 limit)
{
	const PsMailCursor cursor = {anchor->at, anchor->row, backwards};
	gboolean from_top = anchor->index < 0;

	g_clear_error(&rows->failure);
	GPtrArray *page = ps_inbox_threads(rows->store, rows->filter, from_top ? NULL : &cursor,
					   (int)limit, &rows->failure);
	return page ? page : g_ptr_array_new();
}

/* The nearest place from which `first` is reached forwards, and the nearest one from which the
 * window's end is reached backwards. */
static void
nearest(const PsInboxRows *rows, gint64 first, gint64 end, Anchor *below, Anchor *above)
{
	*below = (Anchor){-1, 0, 0};
	*above = (Anchor){rows->threads, G_MININT64, G_MININT64};
	for (guint i = 0; i < rows->anchors->len; i++) {
		const Anchor *anchor = &g_array_index(rows->anchors, Anchor, i);
		if (anchor->index < first && anchor->index > below->index)
			*below = *anchor;
		if (anchor->index >= end && anchor->index < above->index)
			*above = *anchor;
	}
}

/* Skips towards the window until the next page is the window itself. */
static Anchor
approach(PsInboxRows *rows, Anchor from, gint64 distance, gboolean backwards)
{
	while (distance > 0) {
		gint64 limit = MIN(distance, STRIDE);
		g_autoptr(GPtrArray) page = read_page(rows, &from, backwards, limit);
		if (page->len == 0)
			return from;
		const PsMailRow *last = g_ptr_array_index(page, backwards ? 0 : page->len - 1);
		from = (Anchor){from.index + (backwards ? -1 : 1) * (gint64)page->len, last->at,
				last->row};
		g_array_append_val(rows->anchors, from);
		distance -= page->len;
	}
	return from;
}

/* Threads first … end-1. */
static GPtrArray *
read_threads(PsInboxRows *rows, gint64 first, gint64 end)
{
	Anchor below, above;
	GPtrArray *page;

	nearest(rows, first, end, &below, &above);
	gint64 forwards = first - below.index - 1, backwards = above.index - end;
	if (forwards <= backwards) {
		below = approach(rows, below, forwards, FALSE);
		page = read_page(rows, &below, FALSE, end - first);
	} else {
		above = approach(rows, above, backwards, TRUE);
		page = read_page(rows, &above, TRUE, end - first);
	}
	if (page->len > 0) {
		remember(rows, first, g_ptr_array_index(page, 0));
		remember(rows, first + page->len - 1, g_ptr_array_index(page, page->len - 1));
	}
	return page;
}

/* ---- lines by number: threads, and the messages of those that are open ---- */

/* Where a line belongs: thread number, and message within it (-1: the thread's own line). */
typedef struct {
	gint64 thread, message;
	Branch *branch;
} Place;

static Place
place_of(const PsInboxRows *rows, gint64 index)
{
	gint64 before = 0; /* messages of open threads above */

	for (guint i = 0; i < rows->open->len; i++) {
		Branch *branch = g_ptr_array_index(rows->open, i);
		gint64 head = branch->index + before;
		if (index < head)
			break;
		if (index <= head + (gint64)branch->mails->len)
			return (Place){branch->index, index - head - 1, branch};
		before += branch->mails->len;
	}
	return (Place){index - before, -1, NULL};
}

static gint64
line_of_thread(const PsInboxRows *rows, gint64 thread)
{
	gint64 line = thread;

	for (guint i = 0; i < rows->open->len; i++) {
		const Branch *branch = g_ptr_array_index(rows->open, i);
		if (branch->index < thread)
			line += branch->mails->len;
	}
	return line;
}

gint64
ps_inbox_rows_count(const PsInboxRows *rows)
{
	gint64 count = rows->threads;

	if (rows->found)
		return rows->found->len;
	for (guint i = 0; i < rows->open->len; i++)
		count += ((Branch *)g_ptr_array_index(rows->open, i))->mails->len;
	return count;
}

static PsInboxRow *
new_row(PsMailRow *mail, gboolean own)
{
	PsInboxRow *row = g_new0(PsInboxRow, 1);

	row->mail = mail;
	row->own = own;
	return row;
}

static PsInboxRow *
message_row(PsMailRow *mail, gboolean child)
{
	PsInboxRow *row = new_row(mail, FALSE);

	row->id = g_strdup(mail->id);
	row->child = child;
	return row;
}

static PsInboxRow *
thread_row(PsMailRow *mail, gboolean open)
{
	PsInboxRow *row = new_row(mail, TRUE);

	row->thread = mail->messages > 1;
	row->open = open;
	/* It stays the same line when an answer comes. */
	row->id =
		mail->thread ? g_strconcat(THREAD_PREFIX, mail->thread, NULL) : g_strdup(mail->id);
	return row;
}

static GPtrArray *
found_part(PsInboxRows *rows, gint64 first, gint64 limit)
{
	GPtrArray *part = g_ptr_array_new_with_free_func(free_row);

	for (gint64 i = first; i < first + limit && i < (gint64)rows->found->len; i++)
		g_ptr_array_add(part, message_row(g_ptr_array_index(rows->found, i), FALSE));
	return part;
}

GPtrArray *
ps_inbox_rows_load(PsInboxRows *rows, gint64 first, gint64 limit)
{
	if (rows->found)
		return found_part(rows, first, limit);
	gint64 end = MIN(first + limit, ps_inbox_rows_count(rows));
	GPtrArray *lines = g_ptr_array_new_with_free_func(free_row);
	if (!rows->store || first >= end)
		return lines;
	Place top = place_of(rows, first), bottom = place_of(rows, end - 1);
	g_autoptr(GPtrArray) threads = read_threads(rows, top.thread, bottom.thread + 1);
	g_ptr_array_set_free_func(threads, NULL);
	for (gint64 line = line_of_thread(rows, top.thread), i = 0; i < (gint64)threads->len; i++) {
		PsMailRow *mail = g_ptr_array_index(threads, i);
		Branch *branch = place_of(rows, line).branch;
		PsInboxRow *row = thread_row(mail, branch != NULL);
		if (line++ >= first)
			g_ptr_array_add(lines, row);
		else
			free_row(row);
		for (guint m = 0; branch && m < branch->mails->len; m++, line++)
			if (line >= first && line < end)
				g_ptr_array_add(lines,
						message_row(g_ptr_array_index(branch->mails, m),
							    TRUE));
	}
	return lines;
}

/* ---- opening ---- */

static int
compare_branches(gconstpointer a, gconstpointer b)
{
	const Branch *x = *(Branch *const *)a, *y = *(Branch *const *)b;

	return x->index < y->index ? -1 : x->index > y->index;
}

gboolean
ps_inbox_rows_open(PsInboxRows *rows, gint64 index)
{
	Place place = place_of(rows, index);

	if (rows->found || place.branch || !rows->store)
		return FALSE;
	g_autoptr(GPtrArray) threads = read_threads(rows, place.thread, place.thread + 1);
	const PsMailRow *mail = threads->len > 0 ? g_ptr_array_index(threads, 0) : NULL;
	if (!mail || mail->messages < 2 || !mail->thread)
		return FALSE;
	g_clear_error(&rows->failure);
	GPtrArray *mails = ps_inbox_thread(rows->store, mail->thread, &rows->failure);
	if (!mails)
		return FALSE;
	Branch *branch = g_new0(Branch, 1);
	*branch = (Branch){place.thread, g_strdup(mail->thread), mails};
	g_ptr_array_add(rows->open, branch);
	g_ptr_array_sort(rows->open, compare_branches);
	return TRUE;
}

gboolean
ps_inbox_rows_close(PsInboxRows *rows, gint64 index, gint64 *thread_index)
{
	Place place = place_of(rows, index);

	if (rows->found || !place.branch)
		return FALSE;
	*thread_index = line_of_thread(rows, place.thread);
	g_ptr_array_remove(rows->open, place.branch);
	return TRUE;
}

void
ps_inbox_rows_close_all(PsInboxRows *rows)
{
	g_ptr_array_set_size(rows->open, 0);
}

/* ---- changes ---- */

/* Mail that came in moves threads, hardly ever by more than a page: that one page is looked
 * through, and what is not there any more is closed. */
static void
find_branch(PsInboxRows *rows, Branch *branch)
{
	gint64 first = MAX(branch->index - STRIDE / 8, 0);
	g_autoptr(GPtrArray) near =
		read_threads(rows, first, MIN(first + STRIDE / 4, rows->threads));

	branch->index = -1;
	for (guint i = 0; i < near->len && branch->index < 0; i++) {
		const PsMailRow *mail = g_ptr_array_index(near, i);
		if (g_strcmp0(mail->thread, branch->thread) == 0)
			branch->index = first + i;
	}
}

static void
renew_branches(PsInboxRows *rows)
{
	for (guint i = rows->open->len; i-- > 0;) {
		Branch *branch = g_ptr_array_index(rows->open, i);
		GPtrArray *mails = ps_inbox_thread(rows->store, branch->thread, NULL);
		find_branch(rows, branch);
		if (!mails || branch->index < 0) {
			g_clear_pointer(&mails, g_ptr_array_unref);
			g_ptr_array_remove_index(rows->open, i);
			continue;
		}
		g_ptr_array_unref(branch->mails);
		branch->mails = mails;
	}
	g_ptr_array_sort(rows->open, compare_branches);
}

/* What a search found stays as it was found; what we did to it since is read again. */
static void
renew_found(PsInboxRows *rows)
{
	for (guint i = 0; i < rows->found->len; i++) {
		PsMailRow *mail = g_ptr_array_index(rows->found, i);
		g_autoptr(PsRecord) record = ps_store_get(rows->store, "mail", mail->id, NULL);
		if (!record)
			continue;
		const char *verdict = ps_record_text(record, "verdict");
		const char *subject = ps_record_text(record, "protected_subject");
		gboolean in_case = ps_record_text(record, "case") != NULL;
		mail->marks &= ~(PsMailMarks)(PS_MAIL_UNREAD | PS_MAIL_IN_CASE);
		mail->marks |= (ps_record_flag(record, "unread") ? PS_MAIL_UNREAD : 0) |
			       (in_case ? PS_MAIL_IN_CASE : 0);
		mail->opened = verdict != NULL;
		mail->verdict = ps_verdict_from_token(verdict);
		if (subject) {
			g_free(mail->subject);
			mail->subject = g_strdup(subject);
		}
	}
}

void
ps_inbox_rows_refresh(PsInboxRows *rows)
{
	g_clear_error(&rows->failure);
	g_array_set_size(rows->anchors, 0);
	rows->threads =
		rows->store
			? MAX(ps_inbox_thread_count(rows->store, rows->filter, &rows->failure), 0)
			: 0;
	if (rows->store)
		renew_branches(rows);
	if (rows->store && rows->found)
		renew_found(rows);
}

void
ps_inbox_rows_set_filter(PsInboxRows *rows, PsInboxFilter filter)
{
	rows->filter = filter;
	ps_inbox_rows_close_all(rows);
	ps_inbox_rows_refresh(rows);
}

void
ps_inbox_rows_set_found(PsInboxRows *rows, GPtrArray *found)
{
	g_clear_pointer(&rows->found, g_ptr_array_unref);
	rows->found = found;
}

typedef struct {
	gint64 at;
	char *id;
} Dated;

static int
compare_dated(gconstpointer a, gconstpointer b)
{
	const Dated *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static void
add_dated(PsInboxRows *rows, GArray *dated, const char *id)
{
	g_autoptr(PsRecord) mail = ps_store_get(rows->store, "mail", id, NULL);
	Dated one = {mail ? ps_record_time(mail, "at") : PS_NO_TIME, g_strdup(id)};

	g_array_append_val(dated, one);
}

static void
add_thread(PsInboxRows *rows, GArray *dated, const char *thread)
{
	g_autoptr(GPtrArray) mails = ps_inbox_thread(rows->store, thread, NULL);

	for (guint i = 0; mails && i < mails->len; i++) {
		const PsMailRow *mail = g_ptr_array_index(mails, i);
		Dated one = {mail->at, g_strdup(mail->id)};
		g_array_append_val(dated, one);
	}
}

GPtrArray *
ps_inbox_rows_mails(PsInboxRows *rows, GPtrArray *ids)
{
	g_autoptr(GArray) dated = g_array_new(FALSE, FALSE, sizeof(Dated));
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *mails = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < ids->len; i++) {
		const char *id = g_ptr_array_index(ids, i);
		if (g_str_has_prefix(id, THREAD_PREFIX))
			add_thread(rows, dated, id + strlen(THREAD_PREFIX));
		else
			add_dated(rows, dated, id);
	}
	g_array_sort(dated, compare_dated);
	for (guint i = 0; i < dated->len; i++) {
		char *id = g_array_index(dated, Dated, i).id;
		/* A thread and a message of it may both be marked. */
		if (g_hash_table_add(seen, id))
			g_ptr_array_add(mails, id);
		else
			g_free(id);
	}
	return mails;
}
