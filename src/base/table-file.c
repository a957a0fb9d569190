#include "config.h"

#include "base/table-file.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"

struct PsTableFile {
	GMappedFile *mapped;
	const char *start, *end;
};

PsTableFile *
ps_table_file_open(const char *name, GError **error)
{
	g_autofree char *path = ps_path_data(name);
	g_autoptr(GError) wrong = NULL;
	GMappedFile *mapped = g_mapped_file_new(path, FALSE, &wrong);

	if (!mapped) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("The data file “%s” could not be read: %s. It belongs to the "
			      "program; install it again."),
			    path, wrong->message);
		return NULL;
	}
	PsTableFile *file = g_new0(PsTableFile, 1);
	file->mapped = mapped;
	file->start = g_mapped_file_get_contents(mapped);
	file->end = file->start + g_mapped_file_get_length(mapped);
	while (file->start < file->end && *file->start == '#') {
		const char *line = memchr(file->start, '\n', (gsize)(file->end - file->start));
		file->start = line ? line + 1 : file->end;
	}
	return file;
}

void
ps_table_file_free(PsTableFile *file)
{
	if (!file)
		return;
	g_mapped_file_unref(file->mapped);
	g_free(file);
}

static const char *
line_end(const PsTableFile *file, const char *line)
{
	const char *end = memchr(line, '\n', (gsize)(file->end - line));

	return end ? end : file->end;
}

/* Order of a key against that of a line. */
static int
compare_key(const char *key, gsize length, const char *line, const char *end)
{
	const char *tab = memchr(line, '\t', (gsize)(end - line));
	gsize line_length = (gsize)((tab ? tab : end) - line);
	int order = memcmp(key, line, MIN(length, line_length));

	if (order != 0)
		return order;
	return length < line_length ? -1 : length > line_length;
}

static char **
cells_of(const char *line, const char *end)
{
	const char *tab = memchr(line, '\t', (gsize)(end - line));
	g_autofree char *rest = tab ? g_strndup(tab + 1, (gsize)(end - tab - 1)) : g_strdup("");

	return g_strsplit(rest, "\t", -1);
}

char **
ps_table_file_find(const PsTableFile *file, const char *key)
{
	const char *low = file->start, *high = file->end;
	gsize length = strlen(key);

	while (low < high) {
		const char *line = low + (high - low) / 2;
		while (line > low && line[-1] != '\n')
			line--;
		const char *end = line_end(file, line);
		int order = compare_key(key, length, line, end);
		if (order == 0)
			return cells_of(line, end);
		if (order < 0)
			high = line;
		else
			low = MIN(end + 1, file->end);
	}
	return NULL;
}

/* Calls for the lines from `line` on, as long as their keys begin with the prefix. */
static void
each_from(const PsTableFile *file, const char *line, const char *prefix, PsTableRow func,
	  gpointer user)
{
	while (line < file->end) {
		const char *end = line_end(file, line);
		const char *tab = memchr(line, '\t', (gsize)(end - line));
		g_autofree char *key = g_strndup(line, (gsize)((tab ? tab : end) - line));
		if (!g_str_has_prefix(key, prefix))
			return;
		g_auto(GStrv) cells = cells_of(line, end);
		if (!func(user, key, cells))
			return;
		line = end + 1;
	}
}

void
ps_table_file_each(const PsTableFile *file, PsTableRow func, gpointer user)
{
	each_from(file, file->start, "", func, user);
}

void
ps_table_file_prefix(const PsTableFile *file, const char *prefix, PsTableRow func, gpointer user)
{
	const char *low = file->start, *high = file->end;
	gsize length = strlen(prefix);

	/* the first line that is not before the prefix */
	while (low < high) {
		const char *line = low + (high - low) / 2;
		while (line > low && line[-1] != '\n')
			line--;
		const char *end = line_end(file, line);
		if (compare_key(prefix, length, line, end) > 0)
			low = MIN(end + 1, file->end);
		else
			high = line;
	}
	each_from(file, low, prefix, func, user);
}
