#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "mail/compose-internal.h"

#define TEMPLATE_MAX 65536

void
ps_template_free(PsTemplate *template)
{
	if (!template)
		return;
	g_free(template->name);
	g_free(template->title);
	g_free(template->subject);
	g_free(template->body);
	g_free(template);
}

static char *
templates_dir(void)
{
	return ps_path_data("templates");
}

/* The value of a "Name: value" line of the head; "" when it is not there. */
static char *
head_value(const char *head, const char *name)
{
	g_auto(GStrv) lines = g_strsplit(head, "\n", -1);
	gsize n = strlen(name);

	for (gsize i = 0; lines[i]; i++)
		if (g_str_has_prefix(lines[i], name) && lines[i][n] == ':')
			return g_strstrip(g_strdup(lines[i] + n + 1));
	return g_strdup("");
}

static PsTemplate *
parse(const char *name, const char *text, int *order)
{
	const char *empty = strstr(text, "\n\n");
	g_autofree char *head = empty ? g_strndup(text, (gsize)(empty - text)) : g_strdup(text);
	g_autofree char *position = head_value(head, "Order");
	PsTemplate *template = g_new0(PsTemplate, 1);

	template->name = g_strdup(name);
	template->title = head_value(head, "Title");
	template->subject = head_value(head, "Subject");
	template->body = g_strdup(empty ? empty + 2 : "");
	if (order)
		*order = atoi(position);
	return template;
}

static gboolean
name_is_plain(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!g_ascii_isalnum(*c) && *c != '-')
			return FALSE;
	return *name != '\0';
}

static PsTemplate *
load(const char *name, int *order, GError **error)
{
	g_autofree char *dir = templates_dir(), *file = g_strconcat(name, ".txt", NULL),
			*path = g_build_filename(dir, file, NULL), *safe = NULL;
	gsize length;

	if (!name_is_plain(name) || !g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_autofree char *shown = ps_safe_text(name, -1, PS_SAFE_LINE);
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("There is no template “%s” in “%s”."), shown, dir);
		return NULL;
	}
	g_autofree char *text = ps_file_read(path, TEMPLATE_MAX, &length, error);
	if (!text)
		return NULL;
	safe = ps_safe_text(text, (gssize)length, PS_SAFE_LINES);
	return parse(name, safe, order);
}

PsTemplate *
ps_template_load(const char *name, GError **error)
{
	return load(name, NULL, error);
}

typedef struct {
	PsTemplate *template;
	int order;
} Ordered;

static gint
compare_order(gconstpointer a, gconstpointer b)
{
	const Ordered *x = a, *y = b;

	return x->order != y->order ? x->order - y->order
				    : strcmp(x->template->name, y->template->name);
}

GPtrArray *
ps_templates(GError **error)
{
	g_autofree char *dir_name = templates_dir();
	g_autoptr(GArray) ordered = g_array_new(FALSE, FALSE, sizeof(Ordered));
	GPtrArray *templates = g_ptr_array_new_with_free_func((GDestroyNotify)ps_template_free);
	GDir *dir = g_dir_open(dir_name, 0, NULL);
	const char *file;

	if (!dir) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("The templates in “%s” cannot be read. Install this program again."),
			    dir_name);
		g_ptr_array_unref(templates);
		return NULL;
	}
	while ((file = g_dir_read_name(dir))) {
		g_autofree char *name = g_strdup(file);
		Ordered item = {NULL, 0};
		if (!g_str_has_suffix(name, ".txt"))
			continue;
		name[strlen(name) - strlen(".txt")] = '\0';
		item.template = load(name, &item.order, NULL);
		if (item.template)
			g_array_append_val(ordered, item);
	}
	g_dir_close(dir);
	g_array_sort(ordered, compare_order);
	for (guint i = 0; i < ordered->len; i++)
		g_ptr_array_add(templates, g_array_index(ordered, Ordered, i).template);
	return templates;
}

/* ---- filling ---- */

/* One line with its fields; `*empty` says that one of them had no value. */
static char *
fill_line(const char *line, GHashTable *fields, gboolean *empty)
{
	GString *out = g_string_new(NULL);

	*empty = FALSE;
	for (;;) {
		const char *open = strstr(line, "{{"), *close = open ? strstr(open, "}}") : NULL;
		if (!close)
			break;
		g_autofree char *name = g_strndup(open + 2, (gsize)(close - open - 2));
		const char *value = g_hash_table_lookup(fields, name);
		*empty = *empty || !value || !*value;
		g_string_append_len(out, line, open - line);
		g_string_append(out, value ? value : "");
		line = close + 2;
	}
	g_string_append(out, line);
	return g_string_free(out, FALSE);
}

char *
ps_template_fill(const char *text, GHashTable *fields)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *out = g_string_new(NULL);

	for (gsize i = 0; lines[i]; i++) {
		gboolean optional = g_str_has_prefix(lines[i], "? "), empty;
		g_autofree char *line = fill_line(lines[i] + (optional ? 2 : 0), fields, &empty);
		if (optional && empty)
			continue;
		g_string_append(out, line);
		if (lines[i + 1])
			g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}

char *
ps_template_unfilled(const PsTemplate *template, const char *body)
{
	g_auto(GStrv) asked = g_strsplit(template->body, "\n", -1);
	g_auto(GStrv) lines = g_strsplit(body, "\n", -1);

	for (gsize i = 0; asked[i]; i++)
		if (asked[i][0] == '[' && g_strv_contains((const char *const *)lines, asked[i]))
			return g_strdup(asked[i]);
	return NULL;
}
