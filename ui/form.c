#include "config.h"

#include "ui/form.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "ui/ask.h"

#define PREFIX_CELLS 2
/* Lines of a long text that are shown. */
#define LONGTEXT_ROWS 3

typedef struct {
	PsFormField field;
	char *value, *shown, *placeholder;
	char *problem; /* what was wrong with the last edit */
} Entry;

struct PsForm {
	PsWidget widget;
	const PsFormModel *model;
	gpointer user;
	GPtrArray *entries;
	guint row;
	gint64 first;      /* top line of the screen */
	PsRect edit_place; /* of the current value on the screen, when it was last drawn */
	int page;
};

static void
free_entry(gpointer data)
{
	Entry *entry = data;

	ps_text_wipe(entry->value);
	ps_text_wipe(entry->shown);
	g_free(entry->placeholder);
	g_free(entry->problem);
	g_free(entry);
}

static const PsWidgetClass form_class;

PsForm *
ps_form_new(const PsFormModel *model, gpointer user)
{
	PsForm *form = g_new0(PsForm, 1);

	form->widget.class = &form_class;
	form->model = model;
	form->user = user;
	form->entries = g_ptr_array_new_with_free_func(free_entry);
	form->page = 1;
	return form;
}

PsWidget *
ps_form_widget(PsForm *form)
{
	return &form->widget;
}

void
ps_form_free(PsForm *form)
{
	if (!form)
		return;
	g_ptr_array_unref(form->entries);
	g_free(form);
}

static void
free_widget(PsWidget *widget)
{
	ps_form_free((PsForm *)widget);
}

PsFormOption *
ps_form_option_new(const char *value, const char *label, const char *detail)
{
	PsFormOption *option = g_new0(PsFormOption, 1);

	*option = (PsFormOption){g_strdup(value), g_strdup(label), g_strdup(detail)};
	return option;
}

void
ps_form_option_free(PsFormOption *option)
{
	if (!option)
		return;
	g_free(option->value);
	g_free(option->label);
	g_free(option->detail);
	g_free(option);
}

/* ---- values ---- */

static Entry *
entry_at(const PsForm *form, guint index)
{
	return index < form->entries->len ? g_ptr_array_index(form->entries, index) : NULL;
}

static Entry *
find_entry(const PsForm *form, const char *id)
{
	for (guint i = 0; i < form->entries->len; i++)
		if (g_str_equal(entry_at(form, i)->field.id, id))
			return entry_at(form, i);
	return NULL;
}

void
ps_form_add(PsForm *form, const PsFormField *field, const char *value)
{
	Entry *entry = g_new0(Entry, 1);

	entry->field = *field;
	entry->value = g_strdup(value ? value : "");
	g_ptr_array_add(form->entries, entry);
}

void
ps_form_set(PsForm *form, const char *id, const char *value, const char *shown)
{
	Entry *entry = find_entry(form, id);

	g_return_if_fail(entry);
	ps_text_wipe(entry->value);
	ps_text_wipe(entry->shown);
	entry->value = g_strdup(value ? value : "");
	entry->shown = g_strdup(shown);
}

void
ps_form_set_placeholder(PsForm *form, const char *id, const char *text)
{
	Entry *entry = find_entry(form, id);

	g_return_if_fail(entry);
	g_free(entry->placeholder);
	entry->placeholder = g_strdup(text);
}

const char *
ps_form_get(const PsForm *form, const char *id)
{
	Entry *entry = find_entry(form, id);

	return entry ? entry->value : "";
}

const char *
ps_form_field(const PsForm *form)
{
	Entry *entry = entry_at(form, form->row);

	return entry ? entry->field.id : NULL;
}

gboolean
ps_form_select(PsForm *form, const char *id)
{
	for (guint i = 0; i < form->entries->len; i++)
		if (g_str_equal(entry_at(form, i)->field.id, id)) {
			form->row = i;
			return TRUE;
		}
	return FALSE;
}

/* ---- drawing ---- */

static int
label_cells(const PsForm *form, int cols)
{
	int cells = 0;

	for (guint i = 0; i < form->entries->len; i++)
		cells = MAX(cells, ps_text_cells(entry_at(form, i)->field.label) + 1);
	return MIN(cells, cols / 3);
}

static const char *
shown_value(const Entry *entry)
{
	return entry->shown ? entry->shown : entry->value;
}

static int
value_rows(const Entry *entry, int cells)
{
	if (entry->field.type != PS_FORM_LONGTEXT || !*entry->value)
		return 1;
	g_autofree char *safe = ps_safe_text(entry->value, -1, PS_SAFE_LINES);
	g_auto(GStrv) lines = ps_text_wrap(safe, MAX(cells, 1));
	return (int)MIN(g_strv_length(lines), LONGTEXT_ROWS);
}

/* Lines that an entry takes: its head, its value, and under the cursor what is wrong or its help.
 */
static int
entry_rows(const PsForm *form, guint index, int cells)
{
	const Entry *entry = entry_at(form, index);

	return (entry->field.section ? 2 : 0) + value_rows(entry, cells) + (entry->problem ? 1 : 0);
}

static void
draw_value(const PsForm *form, PsView view, const Entry *entry, gboolean here)
{
	PsStyle style = here                                 ? PS_ROLE_SELECTED
			: entry->field.type == PS_FORM_FIXED ? PS_ROLE_DIM
							     : PS_ROLE_VALUE;
	const char *text = shown_value(entry);
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
	int rows = value_rows(entry, view.area.cols);

	(void)form;
	if (!*text)
		ps_view_field(view, 0, 0, view.area.cols, here ? style : PS_ROLE_DIM, FALSE,
			      entry->placeholder      ? entry->placeholder
			      : entry->field.required ? _("(required)")
						      : "–");
	else if (rows == 1)
		ps_view_field(view, 0, 0, view.area.cols, style, FALSE, safe);
	if (!*text || rows == 1)
		return;
	g_auto(GStrv) lines = ps_text_wrap(safe, MAX(view.area.cols, 1));
	gboolean more = (int)g_strv_length(lines) > rows;
	for (int i = 0; i < rows; i++)
		ps_view_field(view, i, 0, view.area.cols, style, FALSE,
			      more && i == rows - 1 ? "…" : lines[i]);
}

static int
draw_entry(PsForm *form, PsView view, int line, guint index, int cells)
{
	Entry *entry = entry_at(form, index);
	gboolean here = index == form->row;
	int col = PREFIX_CELLS + cells + 1;

	if (entry->field.section) {
		ps_view_text(view, line + 1, 0, PS_ROLE_HEADING, entry->field.section);
		line += 2;
	}
	ps_view_text(view, line, 0, PS_ROLE_KEY, here ? "›" : " ");
	ps_view_field(view, line, PREFIX_CELLS, cells, here ? PS_ROLE_STRONG : PS_ROLE_LABEL, FALSE,
		      entry->field.label);
	int rows = value_rows(entry, view.area.cols - col - 1);
	/* A part may not begin above the view. */
	PsRect place = {MAX(line, 0), col, rows, MAX(view.area.cols - col - 1, 1)};
	if (line >= 0)
		draw_value(form, ps_view_part(view, place), entry, here);
	if (entry->problem)
		ps_view_text(view, line + rows, col, PS_ROLE_BAD, entry->problem);
	if (here) {
		ps_view_cursor(view, line, 0, FALSE);
		form->edit_place = ps_view_part(view, place).area;
		form->edit_place.rows = MIN(form->edit_place.rows, 1);
	}
	return line + rows + (entry->problem ? 1 : 0);
}

static int
line_of(const PsForm *form, guint index, int value_cells)
{
	int line = 0;

	for (guint i = 0; i < index; i++)
		line += entry_rows(form, i, value_cells);
	return line;
}

static void
draw_help(PsForm *form, PsView view)
{
	const Entry *entry = entry_at(form, form->row);

	ps_view_rule(view, 0, PS_ROLE_BORDER, NULL);
	if (entry && entry->field.help)
		ps_view_wrapped(ps_view_below(view, 1), 0, PS_ROLE_DIM, entry->field.help);
}

static void
draw(PsWidget *widget, PsView view)
{
	PsForm *form = (PsForm *)widget;
	int help = view.area.rows >= 8 ? 2 : 0;
	PsView list = ps_view_part(view, (PsRect){0, 0, view.area.rows - help, view.area.cols});
	int cells = label_cells(form, view.area.cols);
	int value_cells = view.area.cols - PREFIX_CELLS - cells - 2;
	int total = line_of(form, form->entries->len, value_cells);
	int here = line_of(form, form->row, value_cells);

	form->page = MAX(list.area.rows, 1);
	if (form->row < form->entries->len)
		form->first = ps_layout_scroll(form->first,
					       here + entry_rows(form, form->row, value_cells) - 1,
					       total, list.area.rows);
	form->first = MIN(form->first, here);
	int line = -(int)form->first;
	for (guint i = 0; i < form->entries->len; i++)
		line = draw_entry(form, list, line, i, cells);
	if (help)
		draw_help(form, ps_view_below(view, view.area.rows - help));
}

/* ---- moving ---- */

static gboolean
step(PsForm *form, gint64 rows)
{
	gint64 last = (gint64)form->entries->len - 1;

	form->row = (guint)CLAMP((gint64)form->row + rows, 0, MAX(last, 0));
	return TRUE;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsForm *form = (PsForm *)widget;

	switch (what) {
	case PS_MOVE_UP:
		return step(form, -1);
	case PS_MOVE_DOWN:
		return step(form, 1);
	case PS_MOVE_PAGE_UP:
		return step(form, -form->page);
	case PS_MOVE_PAGE_DOWN:
		return step(form, form->page);
	case PS_MOVE_HOME:
		return step(form, -(gint64)form->entries->len);
	case PS_MOVE_END:
		return step(form, form->entries->len);
	default:
		return FALSE;
	}
}

static gboolean
is_empty(PsWidget *widget)
{
	return ((PsForm *)widget)->entries->len == 0;
}

static const PsWidgetClass form_class = {draw, move, NULL, NULL, NULL, NULL, is_empty, free_widget};

/* ---- editing ---- */

static gboolean
commit(PsForm *form, const char *id, const char *value, GError **error)
{
	Entry *entry = find_entry(form, id);
	g_autoptr(GError) problem = NULL;

	g_clear_pointer(&entry->problem, g_free);
	if (form->model->commit(form->user, id, value, &problem))
		return TRUE;
	/* The commit may have rebuilt the form. */
	entry = find_entry(form, id);
	if (entry && problem)
		entry->problem = g_strdup(problem->message);
	if (problem)
		g_propagate_error(error, g_steal_pointer(&problem));
	return FALSE;
}

typedef struct {
	PsForm *form;
	const char *id;
} Edit;

static gboolean
check_line(gpointer user, const char *text, GError **error)
{
	Edit *edit = user;

	return !edit->form->model->check ||
	       edit->form->model->check(edit->form->user, edit->id, text, error);
}

static gboolean
edit_line(PsForm *form, PsApp *app, Entry *entry, GError **error)
{
	g_autofree char *id = g_strdup(entry->field.id);
	Edit edit = {form, id};
	PsAskLine ask = {.label = entry->field.label,
			 .initial = entry->value,
			 .time = entry->field.type == PS_FORM_TIME,
			 .place = &form->edit_place,
			 .check = check_line,
			 .user = &edit};
	char *text = ps_ask_line(app, &ask);
	gboolean done = text && commit(form, id, text, error);

	ps_text_wipe(text);
	return done;
}

static gboolean
edit_choice(PsForm *form, PsApp *app, Entry *entry, GError **error)
{
	g_autofree char *id = g_strdup(entry->field.id);
	g_autoptr(GPtrArray) records = NULL;
	g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(PsOption));

	for (int i = 0; entry->field.choices && entry->field.choices[i]; i++) {
		PsOption option = {entry->field.choices[i], NULL, NULL, NULL};
		g_array_append_val(options, option);
	}
	if (!entry->field.choices && form->model->options)
		records = form->model->options(form->user, id);
	for (guint i = 0; records && i < records->len; i++) {
		const PsFormOption *record = g_ptr_array_index(records, i);
		PsOption option = {record->value, record->label, record->detail, NULL};
		g_array_append_val(options, option);
	}
	PsAskChoice ask = {.title = entry->field.label,
			   .options = (const PsOption *)options->data,
			   .n_options = options->len,
			   .initial = entry->value,
			   .optional = !entry->field.required};
	g_autofree char *value = ps_ask_choice(app, &ask);
	return value && commit(form, id, value, error);
}

static gboolean
edit_pick(PsForm *form, PsApp *app, Entry *entry, GError **error)
{
	g_autofree char *id = g_strdup(entry->field.id);
	g_autofree char *value = form->model->pick(form->user, app, id, entry->value);

	return value && commit(form, id, value, error);
}

static gboolean
store_text(PsApp *app, const char *text, gpointer user, GError **error)
{
	Edit *edit = user;
	gsize length = strlen(text);
	char *value;
	gboolean done;

	(void)app;
	/* Editors end the last line; the value does not need that. */
	while (length > 0 && text[length - 1] == '\n')
		length--;
	value = g_strndup(text, length);
	done = commit(edit->form, edit->id, value, error);
	ps_text_wipe(value);
	return done;
}

static gboolean
edit_text(PsForm *form, PsApp *app, Entry *entry, GError **error)
{
	g_autofree char *id = g_strdup(entry->field.id);
	Edit edit = {form, id};

	return ps_app_edit(app, ".txt", entry->value, store_text, &edit, error);
}

gboolean
ps_form_edit(PsForm *form, PsApp *app, GError **error)
{
	Entry *entry = entry_at(form, form->row);

	if (!entry)
		return FALSE;
	switch (entry->field.type) {
	case PS_FORM_TEXT:
	case PS_FORM_TIME:
		return edit_line(form, app, entry, error);
	case PS_FORM_CHOICE:
		return edit_choice(form, app, entry, error);
	case PS_FORM_PICK:
		return edit_pick(form, app, entry, error);
	case PS_FORM_LONGTEXT:
		return edit_text(form, app, entry, error);
	default:
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("“%s” is not changed by hand; it follows from other actions."),
			    entry->field.label);
		return FALSE;
	}
}
