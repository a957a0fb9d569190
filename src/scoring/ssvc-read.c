#include "config.h"

/* SSVC decision tables from files, judged while they are read. */

#include "scoring/ssvc-private.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/safe-text.h"

#define ROWS_MAX 100000
static const PsJsonLimits limits = {16 * 1024 * 1024, 16, 2000000};

/* ---- life ---- */

static void
free_value(gpointer data)
{
	PsSsvcValue *value = data;

	g_free(value->key);
	g_free(value->name);
	g_free(value->meaning);
	g_free(value);
}

static void
free_point(gpointer data)
{
	PsSsvcPoint *point = data;

	if (!point)
		return;
	g_free(point->space);
	g_free(point->key);
	g_free(point->version);
	g_free(point->id);
	g_free(point->name);
	g_free(point->question);
	g_ptr_array_unref(point->values);
	g_free(point);
}

void
ps_ssvc_table_free(PsSsvcTable *table)
{
	if (!table)
		return;
	g_free(table->word);
	g_free(table->space);
	g_free(table->key);
	g_free(table->version);
	g_free(table->name);
	g_free(table->meaning);
	g_free(table->file);
	g_ptr_array_unref(table->points);
	free_point(table->outcome);
	g_free(table->decisions);
	g_free(table);
}

static void
free_table(gpointer data)
{
	ps_ssvc_table_free(data);
}

void
ps_ssvc_tables_free(PsSsvcTables *tables)
{
	if (!tables)
		return;
	g_ptr_array_unref(tables->list);
	g_free(tables);
}

/* ---- what is wrong ---- */

static gboolean refuse(const PsSsvcTable *table, GError **error, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* Always FALSE. */
static gboolean
refuse(const PsSsvcTable *table, GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *what = g_strdup_vprintf(format, args);
	va_end(args);
	g_autofree char *safe = ps_safe_text(what, -1, PS_SAFE_LINE);
	g_autofree char *file = ps_safe_text(table->file, -1, PS_SAFE_LINE);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("The SSVC table “%s” can't be used: %s"),
		    file, safe);
	return FALSE;
}

/* A member that must be a text with something in it. */
static char *
take_text(const PsSsvcTable *table, const cJSON *object, const char *of, const char *member,
	  GError **error)
{
	const char *text = ps_json_text(object, member);

	if (text && *text)
		return g_strdup(text);
	refuse(table, error, _("%s has no “%s”."), of, member);
	return NULL;
}

/* ---- points ---- */

static gboolean
read_value(const PsSsvcTable *table, PsSsvcPoint *point, const cJSON *item, GError **error)
{
	PsSsvcValue *value = g_new0(PsSsvcValue, 1);

	g_ptr_array_add(point->values, value);
	value->key = take_text(table, item, point->id, "key", error);
	value->name = value->key ? take_text(table, item, point->id, "name", error) : NULL;
	value->meaning = g_strdup(ps_json_text(item, "definition"));
	if (!value->name)
		return FALSE;
	for (guint i = 0; i + 1 < point->values->len; i++) {
		const PsSsvcValue *other = point->values->pdata[i];
		if (g_str_equal(other->key, value->key))
			return refuse(table, error, _("%s has the value “%s” twice."), point->id,
				      value->key);
	}
	return TRUE;
}

static gboolean
read_values(const PsSsvcTable *table, PsSsvcPoint *point, const cJSON *list, GError **error)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		if (!read_value(table, point, item, error))
			return FALSE;
	if (point->values->len < 1 || point->values->len > PS_SSVC_VALUES)
		return refuse(table, error, _("%s needs 1 to %d values."), point->id,
			      PS_SSVC_VALUES);
	return TRUE;
}

static PsSsvcPoint *
read_point(const PsSsvcTable *table, const cJSON *object, GError **error)
{
	const char *id = object->string;
	PsSsvcPoint *point = g_new0(PsSsvcPoint, 1);

	point->id = g_strdup(id);
	point->values = g_ptr_array_new_with_free_func(free_value);
	point->question = g_strdup(ps_json_text(object, "definition"));
	if ((point->space = take_text(table, object, id, "namespace", error)) &&
	    (point->key = take_text(table, object, id, "key", error)) &&
	    (point->version = take_text(table, object, id, "version", error)) &&
	    (point->name = take_text(table, object, id, "name", error)) &&
	    read_values(table, point, cJSON_GetObjectItemCaseSensitive(object, "values"), error)) {
		g_autofree char *own =
			g_strjoin(":", point->space, point->key, point->version, NULL);
		if (g_str_equal(own, id))
			return point;
		refuse(table, error, _("the point “%s” says of itself that it is “%s”."), id, own);
	}
	free_point(point);
	return NULL;
}

static gboolean
read_points(PsSsvcTable *table, const cJSON *root, GError **error)
{
	const char *outcome = ps_json_text(root, "outcome");
	const cJSON *item, *points = cJSON_GetObjectItemCaseSensitive(root, "decision_points");

	if (!cJSON_IsObject(points))
		return refuse(table, error, _("it has no object “decision_points”."));
	cJSON_ArrayForEach (item, points) {
		PsSsvcPoint *point = read_point(table, item, error);
		if (!point)
			return FALSE;
		if (g_strcmp0(point->id, outcome) == 0)
			table->outcome = point;
		else
			g_ptr_array_add(table->points, point);
	}
	if (!table->outcome)
		return refuse(table, error, _("its outcome is none of its decision points."));
	if (table->points->len < 1 || table->points->len > PS_SSVC_POINTS)
		return refuse(table, error,
			      _("it needs 1 to %d decision points beside the "
				"outcome."),
			      PS_SSVC_POINTS);
	return TRUE;
}

/* ---- mapping ---- */

#define OPEN_ROW 255

static int
value_with_key(const PsSsvcPoint *point, const char *key)
{
	for (guint i = 0; key && i < point->values->len; i++)
		if (g_str_equal(((const PsSsvcValue *)point->values->pdata[i])->key, key))
			return (int)i;
	return -1;
}

/* "E=N, U=L": the combination of a row. */
static char *
row_text(const PsSsvcTable *table, gsize row)
{
	GString *text = g_string_new(NULL);

	for (guint i = table->points->len; i-- > 0;) {
		const PsSsvcPoint *point = table->points->pdata[i];
		const PsSsvcValue *value = point->values->pdata[row % point->values->len];
		row /= point->values->len;
		g_autofree char *pair =
			g_strdup_printf("%s=%s%s", point->key, value->key, text->len ? ", " : "");
		g_string_prepend(text, pair);
	}
	return g_string_free(text, FALSE);
}

/* The value that a row of the mapping gives to a point; -1 with an error. */
static int
read_cell(const PsSsvcTable *table, const cJSON *row, int number, const PsSsvcPoint *point,
	  GError **error)
{
	const char *key = ps_json_text(row, point->id);
	int value = value_with_key(point, key);

	if (!key)
		refuse(table, error, _("row %d of its mapping says nothing about %s."), number,
		       point->id);
	else if (value < 0)
		refuse(table, error, _("row %d of its mapping has “%s”, which is no value of %s."),
		       number, key, point->id);
	return value;
}

static gboolean
read_row(PsSsvcTable *table, const cJSON *row, int number, GError **error)
{
	gsize place = 0;

	if ((guint)cJSON_GetArraySize(row) != table->points->len + 1)
		return refuse(table, error,
			      _("row %d of its mapping needs %u members, one a point."), number,
			      table->points->len + 1);
	for (guint i = 0; i < table->points->len; i++) {
		const PsSsvcPoint *point = table->points->pdata[i];
		int value = read_cell(table, row, number, point, error);
		if (value < 0)
			return FALSE;
		place = place * point->values->len + (gsize)value;
	}
	int outcome = read_cell(table, row, number, table->outcome, error);
	if (outcome < 0)
		return FALSE;
	if (table->decisions[place] != OPEN_ROW) {
		g_autofree char *text = row_text(table, place);
		return table->decisions[place] == outcome
			       ? refuse(table, error, _("its mapping has %s twice (row %d)."), text,
					number)
			       : refuse(table, error,
					_("its mapping contradicts itself about %s (row %d)."),
					text, number);
	}
	table->decisions[place] = (guint8)outcome;
	return TRUE;
}

static gboolean
refuse_gaps(const PsSsvcTable *table, GError **error)
{
	gsize gaps = 0, first = 0;

	for (gsize row = table->n_rows; row-- > 0;)
		if (table->decisions[row] == OPEN_ROW) {
			gaps++;
			first = row;
		}
	if (gaps == 0)
		return TRUE;
	g_autofree char *text = row_text(table, first);
	return refuse(table, error,
		      _("its mapping is incomplete; combinations without a row: %" G_GSIZE_FORMAT
			", the first is %s."),
		      gaps, text);
}

static gboolean
read_mapping(PsSsvcTable *table, const cJSON *mapping, GError **error)
{
	const cJSON *row;
	int number = 0;

	table->n_rows = 1;
	for (guint i = 0; i < table->points->len; i++) {
		table->n_rows *= ((PsSsvcPoint *)table->points->pdata[i])->values->len;
		if (table->n_rows > ROWS_MAX)
			return refuse(table, error, _("it has more than %d combinations."),
				      ROWS_MAX);
	}
	table->decisions = g_malloc(table->n_rows);
	memset(table->decisions, OPEN_ROW, table->n_rows);
	cJSON_ArrayForEach (row, mapping)
		if (!read_row(table, row, ++number, error))
			return FALSE;
	return refuse_gaps(table, error);
}

/* ---- a table ---- */

static gboolean
read_table(PsSsvcTable *table, const cJSON *root, GError **error)
{
	const char *schema = ps_json_text(root, "schemaVersion");
	const char *of = N_("the table");

	table->meaning = g_strdup(ps_json_text(root, "definition"));
	if (!(table->space = take_text(table, root, _(of), "namespace", error)) ||
	    !(table->key = take_text(table, root, _(of), "key", error)) ||
	    !(table->version = take_text(table, root, _(of), "version", error)) ||
	    !(table->name = take_text(table, root, _(of), "name", error)))
		return FALSE;
	if (!schema || !g_str_has_prefix(schema, "2."))
		return refuse(table, error,
			      _("its schemaVersion is not 2.0.0, the only one that is known."));
	return read_points(table, root, error) &&
	       read_mapping(table, cJSON_GetObjectItemCaseSensitive(root, "mapping"), error);
}

static PsSsvcTable *
table_of(const cJSON *root, const char *file, const char *word, GError **error)
{
	g_autoptr(PsSsvcTable) table = g_new0(PsSsvcTable, 1);

	table->word = g_strdup(word);
	table->file = g_strdup(file);
	table->points = g_ptr_array_new_with_free_func(free_point);
	return read_table(table, root, error) ? g_steal_pointer(&table) : NULL;
}

PsSsvcTable *
ps_ssvc_table_read(const char *file, const char *word, GError **error)
{
	g_autoptr(cJSON) root = ps_json_read_file(file, &limits, error);

	return root ? table_of(root, file, word, error) : NULL;
}

PsSsvcTable *
ps_ssvc_table_parse(const char *text, gsize length, const char *word, GError **error)
{
	g_autoptr(cJSON) root = ps_json_parse(text, length, &limits, error);

	return root ? table_of(root, word, word, error) : NULL;
}

/* ---- directories ---- */

static void
replace_table(PsSsvcTables *tables, PsSsvcTable *table)
{
	for (guint i = 0; i < tables->list->len; i++) {
		PsSsvcTable *there = tables->list->pdata[i];
		if (!g_str_equal(there->word, table->word))
			continue;
		tables->list->pdata[i] = table;
		ps_ssvc_table_free(there);
		return;
	}
	g_ptr_array_add(tables->list, table);
}

/* A directory that is not there has no tables. */
static gboolean
read_dir(PsSsvcTables *tables, const char *path, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);

	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		if (!g_str_has_suffix(name, ".json") || *name == '.')
			continue;
		g_autofree char *file = g_build_filename(path, name, NULL);
		g_autofree char *word = g_strndup(name, strlen(name) - strlen(".json"));
		PsSsvcTable *table = ps_ssvc_table_read(file, word, error);
		if (!table)
			return FALSE;
		replace_table(tables, table);
	}
	return TRUE;
}

static gboolean
is_part(const PsSsvcTables *tables, const PsSsvcTable *table)
{
	for (guint i = 0; i < tables->list->len; i++) {
		const PsSsvcTable *other = tables->list->pdata[i];
		for (guint p = 0; p < other->points->len; p++)
			if (ps_ssvc_part(tables, other->points->pdata[p]) == table)
				return TRUE;
	}
	return FALSE;
}

/* What a manufacturer decides comes first, what gives parts of others last. */
static int
rank(const PsSsvcTables *tables, const PsSsvcTable *table)
{
	static const char *const first[] = {"supplier", "coordinator-triage", "publish"};

	for (gsize i = 0; i < G_N_ELEMENTS(first); i++)
		if (g_str_equal(first[i], table->word))
			return (int)i;
	return is_part(tables, table) ? 100 : 50;
}

static int
compare_tables(gconstpointer a, gconstpointer b, gpointer user)
{
	const PsSsvcTable *left = *(PsSsvcTable *const *)a, *right = *(PsSsvcTable *const *)b;
	int by_rank = rank(user, left) - rank(user, right);

	return by_rank ? by_rank : strcmp(left->word, right->word);
}

PsSsvcTables *
ps_ssvc_tables_read(const char *own_dir, GError **error)
{
	g_autoptr(PsSsvcTables) tables = g_new0(PsSsvcTables, 1);
	g_autofree char *dir = ps_path_data("ssvc");

	tables->list = g_ptr_array_new_with_free_func(free_table);
	if (!read_dir(tables, dir, error) || (own_dir && !read_dir(tables, own_dir, error)))
		return NULL;
	if (tables->list->len == 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("There are no SSVC tables in “%s”. They belong to the program; "
			      "install it again."),
			    dir);
		return NULL;
	}
	/* rank() looks through the list, which is not whole while it is sorted */
	PsSsvcTables before = {g_ptr_array_copy(tables->list, NULL, NULL)};
	g_ptr_array_set_free_func(before.list, NULL);
	g_ptr_array_sort_with_data(tables->list, compare_tables, &before);
	g_ptr_array_unref(before.list);
	return g_steal_pointer(&tables);
}
