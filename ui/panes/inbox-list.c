#include "config.h"

#include "ui/panes/inbox-list.h"

#include "base/i18n.h"
#include "base/utc.h"

struct PsInboxList {
	PsWidget widget;
	PsList *list;
	PsInboxRows *rows;
	char *query;
	const char *empty;
};

enum { COLUMN_MARKS, COLUMN_DATE, COLUMN_FROM, COLUMN_COUNT, COLUMN_SUBJECT, COLUMN_CASE };
static const PsColumn columns[] = {
	[COLUMN_MARKS] = {N_("ESAC"), 4, 0, 0, FALSE},
	[COLUMN_DATE] = {N_("Date"), 12, 0, 2, FALSE},
	[COLUMN_FROM] = {N_("From"), 14, 1, 0, FALSE},
	[COLUMN_COUNT] = {"", 4, 0, 1, TRUE},
	[COLUMN_SUBJECT] = {N_("Subject"), 20, 3, 0, FALSE},
	[COLUMN_CASE] = {N_("Case"), 15, 0, 3, FALSE},
};

/* ---- marks: each has its place, so that a glance down a column tells ---- */

/* Capital once it was opened: then it is a verdict. */
static const struct {
	char letter;
	PsStyle style;
} verdicts[] = {
	[PS_VERDICT_NONE] = {'s', PS_ROLE_NORMAL},
	[PS_VERDICT_GOOD_KNOWN] = {'G', PS_ROLE_GOOD},
	[PS_VERDICT_GOOD_UNVERIFIED] = {'U', PS_ROLE_WARN},
	[PS_VERDICT_KEY_MISSING] = {'?', PS_ROLE_WARN},
	[PS_VERDICT_BAD] = {'!', PS_ROLE_BAD},
};

static char
signature_mark(const PsMailRow *mail)
{
	if (mail->opened && mail->verdict != PS_VERDICT_NONE)
		return verdicts[mail->verdict].letter;
	return mail->marks & PS_MAIL_SIGNED ? 's' : ' ';
}

static void
draw_marks(const PsMailRow *mail, PsCells *cells)
{
	PsStyle style = mail->opened ? verdicts[mail->verdict].style : PS_ROLE_NORMAL;

	ps_cell_format(cells, COLUMN_MARKS, style, "%c%c%c%c",
		       mail->encryption != PS_ENCRYPTION_NONE ? 'E' : ' ', signature_mark(mail),
		       mail->marks & PS_MAIL_ATTACHMENT ? 'A' : ' ',
		       mail->marks & PS_MAIL_IN_CASE ? 'C' : ' ');
}

/* ---- the list's model ---- */

static gint64
count(gpointer user)
{
	return ps_inbox_rows_count(((PsInboxList *)user)->rows);
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return ps_inbox_rows_load(((PsInboxList *)user)->rows, first, limit);
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const PsInboxRow *)row)->id;
}

static void
draw_subject(const PsInboxRow *row, PsStyle style, PsCells *cells)
{
	const PsMailRow *mail = row->mail;
	const char *subject = mail->subject && *mail->subject ? mail->subject : _("(no subject)");

	if (!row->child) {
		ps_cell(cells, COLUMN_SUBJECT, style, subject);
		return;
	}
	int depth = CLAMP(mail->depth, 0, 8);
	ps_cell_format(cells, COLUMN_SUBJECT, style, "%*s%s%s", depth * 2, "",
		       depth > 0 ? "└ " : "· ", subject);
}

static void
draw_row(gpointer user, gconstpointer data, PsCells *cells)
{
	const PsInboxRow *row = data;
	const PsMailRow *mail = row->mail;
	gboolean unread =
		row->thread && !row->open ? mail->unread > 0 : (mail->marks & PS_MAIL_UNREAD) != 0;
	PsStyle style = unread ? PS_ROLE_STRONG : PS_ROLE_NORMAL;
	g_autofree char *date = ps_utc_brief(mail->at);

	(void)user;
	draw_marks(mail, cells);
	ps_cell(cells, COLUMN_DATE, unread ? PS_ROLE_STRONG : PS_ROLE_DIM, date);
	ps_cell(cells, COLUMN_FROM, style,
		row->thread && mail->authors ? mail->authors : mail->from);
	if (row->thread)
		ps_cell_format(cells, COLUMN_COUNT, PS_ROLE_DIM, "%s%d", row->open ? "▾" : "▸",
			       mail->messages);
	draw_subject(row, style, cells);
	ps_cell(cells, COLUMN_CASE, PS_ROLE_LINK, mail->case_number);
}

static const PsListModel model = {count, load, row_id, draw_row, NULL, NULL};

/* ---- life ---- */

static const PsWidgetClass inbox_class;

PsInboxList *
ps_inbox_list_new(PsStore *store)
{
	PsInboxList *inbox = g_new0(PsInboxList, 1);

	inbox->widget.class = &inbox_class;
	inbox->rows = ps_inbox_rows_new(store);
	inbox->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, inbox);
	return inbox;
}

static void
free_widget(PsWidget *widget)
{
	PsInboxList *inbox = (PsInboxList *)widget;

	ps_list_free(inbox->list);
	ps_inbox_rows_free(inbox->rows);
	g_free(inbox->query);
	g_free(inbox);
}

PsWidget *
ps_inbox_list_widget(PsInboxList *inbox)
{
	return &inbox->widget;
}

PsInboxRows *
ps_inbox_list_rows(PsInboxList *inbox)
{
	return inbox->rows;
}

PsList *
ps_inbox_list_list(PsInboxList *inbox)
{
	return inbox->list;
}

const PsInboxRow *
ps_inbox_list_row(PsInboxList *inbox)
{
	return ps_list_row(inbox->list);
}

/* ---- content ---- */

static void
show_empty(PsInboxList *inbox)
{
	static const char *const filtered[] = {
		[PS_INBOX_ALL] = NULL,
		[PS_INBOX_UNREAD] = N_("Everything is read. Esc shows all mail again."),
		[PS_INBOX_NO_CASE] = N_("Every message is in a case. Esc shows all mail again."),
	};
	const char *sentence = filtered[ps_inbox_rows_filter(inbox->rows)];

	if (inbox->query)
		sentence = N_("Nothing matches this search. Esc shows all mail again.");
	ps_list_set_empty(inbox->list, sentence ? sentence : inbox->empty);
}

void
ps_inbox_list_refresh(PsInboxList *inbox)
{
	ps_inbox_rows_refresh(inbox->rows);
	show_empty(inbox);
	ps_list_refresh(inbox->list);
}

void
ps_inbox_list_set_empty(PsInboxList *inbox, const char *sentence)
{
	inbox->empty = sentence;
	show_empty(inbox);
}

/* Another list: marks of the old one mean nothing in it. */
static void
start_again(PsInboxList *inbox)
{
	ps_list_unmark(inbox->list);
	show_empty(inbox);
	ps_list_refresh(inbox->list);
	ps_widget_move(ps_list_widget(inbox->list), PS_MOVE_HOME);
}

void
ps_inbox_list_set_filter(PsInboxList *inbox, PsInboxFilter filter)
{
	ps_inbox_rows_set_filter(inbox->rows, filter);
	start_again(inbox);
}

void
ps_inbox_list_set_found(PsInboxList *inbox, const char *query, GPtrArray *found)
{
	char *own = g_strdup(query);

	g_free(inbox->query);
	inbox->query = own;
	ps_inbox_rows_set_found(inbox->rows, found);
	start_again(inbox);
}

/* ---- moving ---- */

static gboolean
open_thread(PsInboxList *inbox)
{
	if (!ps_inbox_rows_open(inbox->rows, ps_list_index(inbox->list)))
		return FALSE;
	ps_list_refresh(inbox->list);
	return TRUE;
}

static gboolean
close_thread(PsInboxList *inbox)
{
	gint64 thread;

	if (!ps_inbox_rows_close(inbox->rows, ps_list_index(inbox->list), &thread))
		return FALSE;
	ps_list_refresh(inbox->list);
	return ps_widget_go(ps_list_widget(inbox->list), thread + 1);
}

static gboolean
close_all(PsInboxList *inbox)
{
	g_autofree char *id = g_strdup(ps_list_id(inbox->list));

	ps_inbox_rows_close_all(inbox->rows);
	ps_list_refresh(inbox->list);
	return id != NULL;
}

/* What was done last goes first. */
static gboolean
clear(PsInboxList *inbox)
{
	if (ps_widget_move(ps_list_widget(inbox->list), PS_MOVE_CLEAR))
		return TRUE;
	if (inbox->query) {
		ps_inbox_list_set_found(inbox, NULL, NULL);
		return TRUE;
	}
	if (ps_inbox_rows_filter(inbox->rows) == PS_INBOX_ALL)
		return FALSE;
	ps_inbox_list_set_filter(inbox, PS_INBOX_ALL);
	return TRUE;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsInboxList *inbox = (PsInboxList *)widget;

	switch (what) {
	case PS_MOVE_RIGHT:
		return open_thread(inbox);
	case PS_MOVE_LEFT:
		return close_thread(inbox);
	case PS_MOVE_FOLD:
		return close_all(inbox);
	case PS_MOVE_CLEAR:
		return clear(inbox);
	default:
		return ps_widget_move(ps_list_widget(inbox->list), what);
	}
}

/* ---- the rest of a widget ---- */

static void
draw(PsWidget *widget, PsView view)
{
	ps_widget_draw(ps_list_widget(((PsInboxList *)widget)->list), view);
}

static gboolean
go(PsWidget *widget, gint64 number)
{
	return ps_widget_go(ps_list_widget(((PsInboxList *)widget)->list), number);
}

static char *
chip(PsWidget *widget)
{
	static const char *const filters[] = {
		[PS_INBOX_ALL] = NULL,
		[PS_INBOX_UNREAD] = N_("unread"),
		[PS_INBOX_NO_CASE] = N_("no case"),
	};
	PsInboxList *inbox = (PsInboxList *)widget;
	const char *filter = inbox->query ? NULL : filters[ps_inbox_rows_filter(inbox->rows)];
	g_autofree char *inner = ps_widget_chip(ps_list_widget(inbox->list));
	GString *text = g_string_new(NULL);

	if (inbox->query)
		g_string_append_printf(text, "/%s", inbox->query);
	if (filter)
		g_string_append(text, _(filter));
	if (inner)
		g_string_append_printf(text, "%s%s", text->len ? "  " : "", inner);
	return g_string_free(text, text->len == 0);
}

static char *
place(PsWidget *widget)
{
	return ps_widget_place(ps_list_widget(((PsInboxList *)widget)->list));
}

static gboolean
is_empty(PsWidget *widget)
{
	return ps_widget_is_empty(ps_list_widget(((PsInboxList *)widget)->list));
}

static const PsWidgetClass inbox_class = {draw, move, NULL, go, chip, place, is_empty, free_widget};
