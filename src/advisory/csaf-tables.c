#include "config.h"

#include "advisory/csaf-tables.h"

typedef struct {
	gpointer table;
	GDestroyNotify free;
} Entry;

struct PsCsafTables {
	GMutex lock; /* of `entries` */
	GHashTable *entries;
};

static void
entry_free(gpointer data)
{
	Entry *entry = data;

	entry->free(entry->table);
	g_free(entry);
}

PsCsafTables *
ps_csaf_tables_new(void)
{
	PsCsafTables *tables = g_new0(PsCsafTables, 1);

	g_mutex_init(&tables->lock);
	tables->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
	return tables;
}

void
ps_csaf_tables_free(PsCsafTables *tables)
{
	if (!tables)
		return;
	g_hash_table_unref(tables->entries);
	g_mutex_clear(&tables->lock);
	g_free(tables);
}

static gconstpointer
keep(PsCsafTables *tables, const char *name, gpointer table, GDestroyNotify free)
{
	Entry *entry = g_new0(Entry, 1);

	entry->table = table;
	entry->free = free;
	g_hash_table_insert(tables->entries, g_strdup(name), entry);
	return table;
}

gconstpointer
ps_csaf_tables_get(PsCsafTables *tables, const char *name, PsCsafTableOpen open,
		   GDestroyNotify free, GError **error)
{
	g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&tables->lock);
	const Entry *entry = g_hash_table_lookup(tables->entries, name);

	(void)locker;
	if (entry)
		return entry->table;
	gpointer table = open(error);
	return table ? keep(tables, name, table, free) : NULL;
}

static void
free_file(gpointer file)
{
	ps_table_file_free(file);
}

const PsTableFile *
ps_csaf_tables_file(PsCsafTables *tables, const char *name, GError **error)
{
	g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&tables->lock);
	const Entry *entry = g_hash_table_lookup(tables->entries, name);

	(void)locker;
	if (entry)
		return entry->table;
	PsTableFile *file = ps_table_file_open(name, error);
	return file ? keep(tables, name, file, free_file) : NULL;
}
