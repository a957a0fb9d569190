#include "config.h"

/* Making the database's objects, and bringing an older database up to date.
 *
 * Migrations: a new kind or field needs one line in `migrations` (its SQL may be NULL): missing
 * tables and columns are added from the kinds, and views, indexes and triggers are made anew. SQL
 * is for what the generator can't know, as moving values; it runs before the generated part. */

#include "store/schema.h"

#include "base/error.h"
#include "base/i18n.h"

#define APPLICATION_ID 0x50534454 /* "PSDT" */

typedef struct {
	int version; /* PRAGMA user_version */
	const char *sql;
	const char *what;
} PsMigration;

static const PsMigration migrations[] = {
	{1, NULL, "first version"},
	{2, NULL, "who opens the workspace may change"},
	{3, NULL, "scores by product and metric, SSVC, CVE ids, review and release of advisories"},
	{4, NULL, "order in advisories, combinations, proposals, public state of CVE ids"},
};

#define SCHEMA_VERSION migrations[G_N_ELEMENTS(migrations) - 1].version

/* ---- making ---- */

static gboolean
make_objects(PsStore *store, GPtrArray *objects, const char *type, GError **error)
{
	for (guint i = 0; i < objects->len; i++) {
		const PsSchemaObject *object = objects->pdata[i];
		if ((!type || g_str_equal(type, object->type)) &&
		    !ps_db_exec(store, object->sql, _("making its tables"), error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
set_version(PsStore *store, GError **error)
{
	g_autofree char *sql =
		g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
				APPLICATION_ID, SCHEMA_VERSION);

	return ps_db_exec(store, sql, _("marking its version"), error);
}

gboolean
ps_schema_create(PsStore *store, GError **error)
{
	g_autoptr(GPtrArray) objects = ps_schema_objects();

	return make_objects(store, objects, NULL, error) && set_version(store, error);
}

/* ---- upgrade ---- */

static gboolean
drop_generated(PsStore *store, GError **error)
{
	g_autoptr(GString) drops = g_string_new(NULL);
	PS_STATEMENT names = ps_store_statement(
		store,
		"SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view', 'index') "
		"AND sql IS NOT NULL ORDER BY type",
		error);

	if (!names)
		return FALSE;
	while (sqlite3_step(names) == SQLITE_ROW)
		g_string_append_printf(drops, "DROP %s \"%s\";", ps_column_text(names, 0),
				       ps_column_text(names, 1));
	sqlite3_reset(names);
	return ps_db_exec(store, drops->str, _("renewing its triggers"), error);
}

static gboolean
read_columns(PsStore *store, const char *table, GHashTable *columns, GError **error)
{
	PS_STATEMENT info =
		ps_store_statement(store, "SELECT name, type FROM pragma_table_info(:table)",
				   error);

	if (!info)
		return FALSE;
	ps_bind_text(info, ":table", table);
	while (sqlite3_step(info) == SQLITE_ROW)
		g_hash_table_insert(columns, g_strdup(ps_column_text(info, 0)),
				    g_strdup(ps_column_text(info, 1)));
	return TRUE;
}

static gboolean
is_own_column(const PsKind *kind, const char *name)
{
	return g_str_equal(name, "row") || g_str_equal(name, "id") ||
	       (g_str_equal(name, "import") && ps_kind_is_staged(kind)) ||
	       (g_str_equal(name, "number") && kind->number_prefix);
}

/* Columns that this program does not know, or knows as another type, are another program's: going
 * on would drop them from the log. */
static gboolean
columns_known(PsStore *store, const PsKind *kind, GHashTable *columns, GError **error)
{
	GHashTableIter iter;
	gpointer name, type;

	g_hash_table_iter_init(&iter, columns);
	while (g_hash_table_iter_next(&iter, &name, &type)) {
		const PsField *field = ps_kind_field(kind, name);
		if (field ? g_str_equal(type, ps_schema_column_type(field))
			  : is_own_column(kind, name))
			continue;
		g_set_error(
			error, PS_ERROR, PS_ERROR_VERSION,
			_("The workspace “%s” was made by another version of psirtdesk: it "
			  "keeps “%s” of kind “%s” otherwise than this program. Use the "
			  "version that made it, or a newer one; the workspace was not touched."),
			store->dir, (const char *)name, kind->name);
		return FALSE;
	}
	return TRUE;
}

static gboolean
upgrade_table(PsStore *store, const PsKind *kind, GError **error)
{
	g_autoptr(GHashTable) columns =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autofree char *table = ps_kind_storage(kind);

	if (!read_columns(store, table, columns, error))
		return FALSE;
	if (!columns_known(store, kind, columns, error))
		return FALSE;
	for (gsize i = 0; i < kind->n_fields; i++) {
		const PsField *field = &kind->fields[i];
		if (g_hash_table_contains(columns, field->name))
			continue;
		g_autofree char *sql =
			g_strdup_printf("ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s", table,
					field->name, ps_schema_column_type(field));
		if (!ps_db_exec(store, sql, _("adding a field"), error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
is_virtual(const PsSchemaObject *object)
{
	return g_str_has_prefix(object->sql, "CREATE VIRTUAL");
}

static gboolean
make_missing_tables(PsStore *store, GPtrArray *objects, GError **error)
{
	for (guint i = 0; i < objects->len; i++) {
		const PsSchemaObject *object = objects->pdata[i];
		g_autoptr(GHashTable) columns =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
		if (!g_str_equal(object->type, "table") || is_virtual(object))
			continue;
		if (!read_columns(store, object->name, columns, error))
			return FALSE;
		if (g_hash_table_size(columns) == 0 &&
		    !ps_db_exec(store, object->sql, _("adding a table"), error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
run_migrations(PsStore *store, gint64 from, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(migrations); i++)
		if (migrations[i].version > from && migrations[i].sql &&
		    !ps_db_exec(store, migrations[i].sql, migrations[i].what, error))
			return FALSE;
	return TRUE;
}

static gboolean
upgrade_kinds(PsStore *store, GError **error)
{
	gsize count;
	const PsKind *kinds = ps_kinds_internal(&count);

	for (gsize i = 0; i < count; i++)
		if (!upgrade_table(store, &kinds[i], error))
			return FALSE;
	kinds = ps_kinds(&count);
	for (gsize i = 0; i < count; i++)
		if (!upgrade_table(store, &kinds[i], error))
			return FALSE;
	return TRUE;
}

/* Full-text indexes are made anew: they hold nothing of their own. */
static gboolean
upgrade_words(PsStore *store, GPtrArray *objects, GError **error)
{
	for (guint i = 0; i < objects->len; i++) {
		const PsSchemaObject *object = objects->pdata[i];
		if (!is_virtual(object))
			continue;
		g_autofree char *sql = g_strdup_printf(
			"DROP TABLE IF EXISTS \"%s\"; %s; INSERT INTO \"%s\" (\"%s\") VALUES "
			"('rebuild')",
			object->name, object->sql, object->name, object->name);
		if (!ps_db_exec(store, sql, _("renewing its index of words"), error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
remember_fingerprint(PsStore *store, const char *fingerprint, GError **error)
{
	PS_STATEMENT update =
		ps_store_statement(store, "UPDATE workspace SET schema = :schema WHERE one = 1",
				   error);

	if (!update)
		return FALSE;
	ps_bind_text(update, ":schema", fingerprint);
	return sqlite3_step(update) == SQLITE_DONE ||
	       ps_store_sql_error(store, _("marking its version"), error);
}

/* In one transaction: drop what is generated, add what is missing, make it anew. */
static gboolean
upgrade_in_transaction(PsStore *store, gint64 from, GPtrArray *objects, const char *fingerprint,
		       GError **error)
{
	return drop_generated(store, error) && make_missing_tables(store, objects, error) &&
	       run_migrations(store, from, error) && upgrade_kinds(store, error) &&
	       remember_fingerprint(store, fingerprint, error) &&
	       make_objects(store, objects, "index", error) &&
	       make_objects(store, objects, "view", error) &&
	       upgrade_words(store, objects, error) &&
	       make_objects(store, objects, "trigger", error) && set_version(store, error);
}

static gboolean
upgrade(PsStore *store, gint64 from, GPtrArray *objects, const char *fingerprint, GError **error)
{
	if (store->readonly) {
		g_set_error(
			error, PS_ERROR, PS_ERROR_VERSION,
			_("The workspace “%s” was made by an older version and can only be "
			  "read here. Open it once where it can be written, then read it here."),
			store->dir);
		return FALSE;
	}
	if (!ps_db_exec(store, "BEGIN IMMEDIATE", _("bringing it up to date"), error))
		return FALSE;
	if (upgrade_in_transaction(store, from, objects, fingerprint, error) &&
	    ps_db_exec(store, "COMMIT", _("bringing it up to date"), error))
		return TRUE;
	sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return FALSE;
}

static gboolean
stored_fingerprint(PsStore *store, char **fingerprint, GError **error)
{
	PS_STATEMENT select =
		ps_store_statement(store, "SELECT schema FROM workspace WHERE one = 1", error);

	if (!select)
		return FALSE;
	int code = sqlite3_step(select);
	if (code != SQLITE_ROW)
		return ps_store_sql_error(store, _("reading its version"), error);
	*fingerprint = g_strdup(ps_column_text(select, 0));
	return TRUE;
}

static gboolean
not_ours(PsStore *store, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("“%s” is no database of a psirtdesk workspace. Name another directory with "
		      "-w, or make a workspace with “psirtdesk init”."),
		    store->file);
	return FALSE;
}

gboolean
ps_schema_upgrade(PsStore *store, gboolean renew, GError **error)
{
	gint64 application, version;
	g_autofree char *stored = NULL;

	if (!ps_db_integer(store, "PRAGMA application_id", &application, error) ||
	    !ps_db_integer(store, "PRAGMA user_version", &version, error))
		return FALSE;
	if (application != APPLICATION_ID)
		return not_ours(store, error);
	if (version > SCHEMA_VERSION) {
		g_set_error(error, PS_ERROR, PS_ERROR_VERSION,
			    _("The workspace “%s” was made by a newer version of psirtdesk (its "
			      "format is %d, this program knows up to %d). Update psirtdesk; the "
			      "workspace was not touched."),
			    store->dir, (int)version, SCHEMA_VERSION);
		return FALSE;
	}
	if (!stored_fingerprint(store, &stored, error))
		return FALSE;
	g_autoptr(GPtrArray) objects = ps_schema_objects();
	g_autofree char *fingerprint = ps_schema_fingerprint(objects);
	if (!renew && version == SCHEMA_VERSION && g_strcmp0(stored, fingerprint) == 0)
		return TRUE;
	return upgrade(store, version, objects, fingerprint, error);
}
