#include "config.h"

/* The generator: every table, view, index and trigger of the database from the tables of kinds. */

#include "store/schema.h"

#include <string.h>

/* ---- tables that are no kinds ---- */

typedef struct {
	const char *type, *name, *sql;
} FixedObject;

static const FixedObject fixed_objects[] = {
	{"table", "workspace",
	 "CREATE TABLE workspace (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, "
	 "desk TEXT NOT NULL, epoch INTEGER NOT NULL, place TEXT, schema TEXT NOT NULL, "
	 "made_at INTEGER NOT NULL) STRICT"},
	{"table", "workspace_key",
	 "CREATE TABLE workspace_key (row INTEGER PRIMARY KEY, wrapped BLOB NOT NULL, "
	 "recipients TEXT NOT NULL, probe BLOB NOT NULL, made_at INTEGER NOT NULL) STRICT"},
	{"table", "record_key",
	 "CREATE TABLE record_key (record TEXT PRIMARY KEY, kind TEXT NOT NULL, "
	 "wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID"},
	{"table", "number_counter",
	 "CREATE TABLE number_counter (prefix TEXT NOT NULL, year INTEGER NOT NULL, "
	 "last INTEGER NOT NULL, PRIMARY KEY (prefix, year)) STRICT, WITHOUT ROWID"},
	{"table", "log",
	 "CREATE TABLE log (position INTEGER PRIMARY KEY, format INTEGER NOT NULL, "
	 "desk TEXT NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, "
	 "\"transaction\" TEXT NOT NULL, action TEXT NOT NULL, person TEXT, "
	 "clock INTEGER NOT NULL, pinned INTEGER NOT NULL, operation TEXT NOT NULL, "
	 "kind TEXT NOT NULL, record TEXT NOT NULL, hash TEXT NOT NULL, "
	 "UNIQUE (desk, epoch, sequence)) STRICT"},
	{"index", "log_record", "CREATE INDEX log_record ON log (record, kind, position)"},
	{"index", "log_transaction",
	 "CREATE INDEX log_transaction ON log (\"transaction\", position)"},
	{"table", "log_value",
	 "CREATE TABLE log_value (position INTEGER NOT NULL, field TEXT NOT NULL, "
	 "old ANY, old_salt BLOB, old_commitment TEXT, "
	 "new ANY, new_salt BLOB, new_commitment TEXT, "
	 "PRIMARY KEY (position, field)) STRICT, WITHOUT ROWID"},
	{"table", "document_chunk",
	 "CREATE TABLE document_chunk (document TEXT NOT NULL, position INTEGER NOT NULL, "
	 "bytes BLOB NOT NULL, PRIMARY KEY (document, position)) STRICT"},
	{"table", "staging",
	 "CREATE TABLE staging (row INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
	 "touched_at INTEGER NOT NULL) STRICT"},
	/* Which revision of the mail index the list shows, and the list's threads: for src/mail. */
	{"table", "mail_index",
	 "CREATE TABLE mail_index (one INTEGER PRIMARY KEY CHECK (one = 1), uuid TEXT NOT NULL, "
	 "revision INTEGER NOT NULL, synced_at INTEGER NOT NULL) STRICT"},
	{"table", "mail_thread",
	 "CREATE TABLE mail_thread (thread TEXT PRIMARY KEY, at INTEGER NOT NULL, "
	 "row INTEGER NOT NULL, messages INTEGER NOT NULL, unread INTEGER NOT NULL, "
	 "cases INTEGER NOT NULL) STRICT, WITHOUT ROWID"},
	{"index", "mail_thread_all", "CREATE INDEX mail_thread_all ON mail_thread (at, row)"},
	{"index", "mail_thread_unread",
	 "CREATE INDEX mail_thread_unread ON mail_thread (at, row) WHERE unread > 0"},
	{"index", "mail_thread_no_case",
	 "CREATE INDEX mail_thread_no_case ON mail_thread (at, row) WHERE cases = 0"},
};

/* Tables whose every change passes ps_guard(), so that a plain SQLite shell can't make one. */
static const char *const guarded[] = {
	"workspace", "workspace_key",  "record_key", "number_counter", "log",
	"log_value", "document_chunk", "staging",    "mail_index",     "mail_thread",
};

/* Indexes beyond those on references, for lists and look-ups that rooms make. */
static const char *const extra_indexes[][3] = {
	{"mail", "at"},           {"mail", "thread", "at"},
	{"mail", "unread", "at"}, {"mail", "message_id"},
	{"component", "purl"},    {"component", "name"},
	{"case", "received_at"},  {"report", "received_at"},
	{"report", "message_id"}, {"message", "message_id"},
	{"task", "due_at"},       {"vulnerability", "cve"},
	{"reversal", "undone"},   {"irreversible", "done"},
	{"erasure", "record"},
};

/* What is searched for words through an index on disk: the kinds that grow large, and never
 * anything sealed (deleted words stay in its blocks). */
static const char *const word_fields[][2] = {
	{"component", "name"}, {"component", "version"},  {"component", "purl"},
	{"component", "cpe"},  {"component", "supplier"}, {"part", "name"},
	{"part", "revision"},  {"part", "manufacturer"},  {"part", "part_number"},
	{"part", "firmware"},  {"mail", "subject"},       {"mail", "from"},
	{"mail", "to"},
};

gboolean
ps_schema_has_words(const PsKind *kind)
{
	for (gsize i = 0; i < G_N_ELEMENTS(word_fields); i++)
		if (g_str_equal(word_fields[i][0], kind->name))
			return TRUE;
	return FALSE;
}

/* ---- generator ---- */

static void
add_object(GPtrArray *objects, const char *type, char *name, char *sql)
{
	PsSchemaObject *object = g_new(PsSchemaObject, 1);

	*object = (PsSchemaObject){type, name, sql};
	g_ptr_array_add(objects, object);
}

static void
object_free(gpointer data)
{
	PsSchemaObject *object = data;

	g_free(object->name);
	g_free(object->sql);
	g_free(object);
}

const char *
ps_schema_column_type(const PsField *field)
{
	if (field->flags & PS_FIELD_SEALED)
		return "BLOB";
	return ps_field_is_number(field) ? "INTEGER" : "TEXT";
}

static void
add_table(GPtrArray *objects, const PsKind *kind)
{
	char *name = ps_kind_storage(kind);
	GString *sql = g_string_new(NULL);

	g_string_printf(sql, "CREATE TABLE \"%s\" (row INTEGER PRIMARY KEY, id TEXT NOT NULL%s",
			name, ps_kind_is_staged(kind) ? ", import INTEGER" : " UNIQUE");
	if (kind->number_prefix)
		g_string_append(sql, ", number TEXT UNIQUE");
	for (gsize i = 0; i < kind->n_fields; i++)
		g_string_append_printf(sql, ", \"%s\" %s", kind->fields[i].name,
				       ps_schema_column_type(&kind->fields[i]));
	g_string_append(sql, ") STRICT");
	add_object(objects, "table", name, g_string_free(sql, FALSE));
}

/* What readers of a staged kind see: rows by hand and those of complete imports. */
static void
add_view(GPtrArray *objects, const PsKind *kind)
{
	GString *sql = g_string_new(NULL);

	g_string_printf(sql, "CREATE VIEW \"%s\" AS SELECT row, id, import", kind->name);
	for (gsize i = 0; i < kind->n_fields; i++)
		g_string_append_printf(sql, ", \"%s\"", kind->fields[i].name);
	g_string_append_printf(sql,
			       " FROM \"%s_stored\" WHERE import IS NULL OR import IN "
			       "(SELECT batch FROM import WHERE state = 'done')",
			       kind->name);
	add_object(objects, "view", g_strdup(kind->name), g_string_free(sql, FALSE));
}

/* `second` NULL: one column only */
static void
add_index(GPtrArray *objects, const char *table, const char *kind, const char *column,
	  const char *second)
{
	char *name = g_strdup_printf("%s_by_%s", kind, column);
	g_autofree char *more = second ? g_strdup_printf(", \"%s\"", second) : g_strdup("");

	add_object(objects, "index", name,
		   g_strdup_printf("CREATE INDEX \"%s\" ON \"%s\" (\"%s\"%s)", name, table, column,
				   more));
}

static void
add_indexes(GPtrArray *objects, const PsKind *kind)
{
	g_autofree char *table = ps_kind_storage(kind);

	for (gsize i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].type == PS_TYPE_REF)
			add_index(objects, table, kind->name, kind->fields[i].name, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(extra_indexes); i++)
		if (g_str_equal(extra_indexes[i][0], kind->name))
			add_index(objects, table, kind->name, extra_indexes[i][1],
				  extra_indexes[i][2]);
	if (!ps_kind_is_staged(kind))
		return;
	add_index(objects, table, kind->name, "id", NULL);
	add_index(objects, table, kind->name, "import", NULL);
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The logged columns in ascending byte order, as the log's canonical form wants them. */
static GPtrArray *
logged_columns(const PsKind *kind)
{
	GPtrArray *columns = g_ptr_array_new();

	for (gsize i = 0; i < kind->n_fields; i++)
		g_ptr_array_add(columns, (gpointer)kind->fields[i].name);
	if (kind->number_prefix)
		g_ptr_array_add(columns, (gpointer) "number");
	g_ptr_array_sort(columns, compare_names);
	return columns;
}

static void
append_columns(GString *sql, const char *which, GPtrArray *columns)
{
	for (guint i = 0; i < columns->len; i++)
		g_string_append_printf(sql, ", %s.\"%s\"", which, (char *)columns->pdata[i]);
}

/* operation: insert | update | delete */
static void
add_log_trigger(GPtrArray *objects, const PsKind *kind, const char *operation)
{
	g_autoptr(GPtrArray) columns = logged_columns(kind);
	g_autofree char *table = ps_kind_storage(kind);
	gboolean is_insert = g_str_equal(operation, "insert");
	gboolean is_update = g_str_equal(operation, "update");
	const char *alive = g_str_equal(operation, "delete") ? "OLD" : "NEW";
	GString *sql = g_string_new(NULL);

	g_string_printf(sql, "CREATE TRIGGER \"%s_log_%s\" AFTER %s ON \"%s\"", kind->name,
			operation, operation, table);
	/* rows of an import come and go with their document; what a person changes is logged */
	if (ps_kind_is_staged(kind) && !is_update)
		g_string_append_printf(sql, " WHEN %s.import IS NULL", alive);
	g_string_append_printf(sql, " BEGIN SELECT ps_log('%s', '%s', %s.id, '", operation,
			       kind->name, alive);
	for (guint i = 0; i < columns->len; i++)
		g_string_append_printf(sql, "%s%s", i ? "," : "", (char *)columns->pdata[i]);
	g_string_append_c(sql, '\'');
	if (!is_insert)
		append_columns(sql, "OLD", columns);
	if (is_insert || is_update)
		append_columns(sql, "NEW", columns);
	g_string_append(sql, "); END");
	add_object(objects, "trigger", g_strdup_printf("%s_log_%s", kind->name, operation),
		   g_string_free(sql, FALSE));
}

static void
add_guard(GPtrArray *objects, const char *table, const char *operation, const char *more)
{
	char *name = g_strdup_printf("%s_guard_%s", table, operation);

	add_object(objects, "trigger", name,
		   g_strdup_printf("CREATE TRIGGER \"%s\" BEFORE %s ON \"%s\" BEGIN SELECT "
				   "ps_guard('%s', '%s');%s END",
				   name, operation, table, table, operation, more));
}

/* A BEFORE trigger runs before REPLACE removes what is in its way: so it can refuse. */
static char *
refuse_replace(const PsKind *kind, const char *table)
{
	const char *hand = ps_kind_is_staged(kind) ? "NEW.import IS NULL AND " : "";
	const char *row_hand = ps_kind_is_staged(kind) ? " AND import IS NULL" : "";
	const char *number = kind->number_prefix ? " OR number = NEW.number" : "";

	return g_strdup_printf(" SELECT RAISE(ABORT, 'a record with this id exists; REPLACE is "
			       "forbidden') WHERE %sEXISTS (SELECT 1 FROM \"%s\" WHERE (id = "
			       "NEW.id%s)%s OR row = NEW.row);",
			       hand, table, number, row_hand);
}

static char *
refuse_identity(const PsKind *kind)
{
	const char *number = kind->number_prefix ? " OR NEW.number IS NOT OLD.number" : "";
	const char *import = ps_kind_is_staged(kind) ? " OR NEW.import IS NOT OLD.import" : "";

	return g_strdup_printf(" SELECT RAISE(ABORT, 'the identity of a record never changes') "
			       "WHERE NEW.id IS NOT OLD.id OR NEW.row IS NOT OLD.row%s%s;",
			       number, import);
}

static void
add_triggers(GPtrArray *objects, const PsKind *kind)
{
	g_autofree char *table = ps_kind_storage(kind);
	gboolean list = (kind->flags & PS_KIND_LIST) != 0;
	g_autofree char *replace = list ? g_strdup("") : refuse_replace(kind, table);
	g_autofree char *identity = list ? g_strdup("") : refuse_identity(kind);

	add_guard(objects, table, "insert", replace);
	add_guard(objects, table, "update", identity);
	add_guard(objects, table, "delete", "");
	if (list)
		return;
	add_log_trigger(objects, kind, "insert");
	add_log_trigger(objects, kind, "update");
	add_log_trigger(objects, kind, "delete");
}

/* "a", "b" … with `before` in front of each name */
static char *
word_columns(const PsKind *kind, const char *before)
{
	GString *names = g_string_new(NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(word_fields); i++)
		if (g_str_equal(word_fields[i][0], kind->name))
			g_string_append_printf(names, ", %s\"%s\"", before, word_fields[i][1]);
	return g_string_free(names, FALSE);
}

static void
add_words_trigger(GPtrArray *objects, const PsKind *kind, const char *operation, const char *when,
		  const char *body)
{
	g_autofree char *table = ps_kind_storage(kind);
	char *name = g_strdup_printf("%s_words_%s", kind->name, operation);

	add_object(objects, "trigger", name,
		   g_strdup_printf("CREATE TRIGGER \"%s\" AFTER %s ON \"%s\"%s BEGIN %s END", name,
				   operation, table, when, body));
}

static char *
words_changed(const PsKind *kind)
{
	GString *when = g_string_new(NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(word_fields); i++)
		if (g_str_equal(word_fields[i][0], kind->name))
			g_string_append_printf(when, "%sOLD.\"%s\" IS NOT NEW.\"%s\"",
					       when->len ? " OR " : " WHEN ", word_fields[i][1],
					       word_fields[i][1]);
	return g_string_free(when, FALSE);
}

/* External content: the words of the rows, not their texts once more. */
static void
add_words(GPtrArray *objects, const PsKind *kind)
{
	g_autofree char *table = ps_kind_storage(kind), *when = words_changed(kind);
	g_autofree char *names = word_columns(kind, ""), *old = word_columns(kind, "OLD.");
	g_autofree char *new = word_columns(kind, "NEW.");
	g_autofree char *put = g_strdup_printf("INSERT INTO \"%s_words\" (rowid%s) VALUES "
					       "(NEW.row%s);",
					       kind->name, names, new);
	g_autofree char *take = g_strdup_printf("INSERT INTO \"%s_words\" (\"%s_words\", rowid%s) "
						"VALUES ('delete', OLD.row%s);",
						kind->name, kind->name, names, old);
	g_autofree char *both = g_strconcat(take, " ", put, NULL);

	add_object(objects, "table", g_strconcat(kind->name, "_words", NULL),
		   g_strdup_printf("CREATE VIRTUAL TABLE \"%s_words\" USING fts5(%s, content = "
				   "'%s', content_rowid = 'row', prefix = '2 3')",
				   kind->name, names + 2, table));
	add_words_trigger(objects, kind, "insert", "", put);
	add_words_trigger(objects, kind, "delete", "", take);
	add_words_trigger(objects, kind, "update", when, both);
}

static void
add_kinds(GPtrArray *objects, const PsKind *kinds, gsize count)
{
	for (gsize i = 0; i < count; i++) {
		add_table(objects, &kinds[i]);
		if (ps_kind_is_staged(&kinds[i]))
			add_view(objects, &kinds[i]);
		add_indexes(objects, &kinds[i]);
		add_triggers(objects, &kinds[i]);
		if (ps_schema_has_words(&kinds[i]))
			add_words(objects, &kinds[i]);
	}
}

GPtrArray *
ps_schema_objects(void)
{
	GPtrArray *objects = g_ptr_array_new_with_free_func(object_free);
	gsize count;

	for (gsize i = 0; i < G_N_ELEMENTS(fixed_objects); i++)
		add_object(objects, fixed_objects[i].type, g_strdup(fixed_objects[i].name),
			   g_strdup(fixed_objects[i].sql));
	for (gsize i = 0; i < G_N_ELEMENTS(guarded); i++) {
		add_guard(objects, guarded[i], "insert", "");
		add_guard(objects, guarded[i], "update", "");
		add_guard(objects, guarded[i], "delete", "");
	}
	const PsKind *kinds = ps_kinds_internal(&count);
	add_kinds(objects, kinds, count);
	kinds = ps_kinds(&count);
	add_kinds(objects, kinds, count);
	return objects;
}

char *
ps_schema_fingerprint(GPtrArray *objects)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < objects->len; i++) {
		const PsSchemaObject *object = objects->pdata[i];
		g_string_append_printf(all, "%s\n", object->sql);
	}
	return ps_sha256_hex(all->str, all->len);
}
