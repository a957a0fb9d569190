#include "config.h"

#include "store/text-index.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

typedef struct {
	GHashTable *texts;      /* record id -> folded text */
	gint64 epoch, position; /* of the log, when it was last brought up to date */
} KindIndex;

struct PsTextIndex {
	GMutex mutex;
	GHashTable *kinds; /* name -> KindIndex */
};

static void
text_free(gpointer data)
{
	ps_wipe_free(data, strlen(data));
}

static void
kind_index_free(gpointer data)
{
	KindIndex *kind = data;

	g_hash_table_unref(kind->texts);
	g_free(kind);
}

PsTextIndex *
ps_text_index_new(void)
{
	PsTextIndex *index = g_new0(PsTextIndex, 1);

	g_mutex_init(&index->mutex);
	index->kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, kind_index_free);
	return index;
}

void
ps_text_index_wipe(PsTextIndex *index)
{
	g_mutex_lock(&index->mutex);
	g_hash_table_remove_all(index->kinds);
	g_mutex_unlock(&index->mutex);
}

void
ps_text_index_free(PsTextIndex *index)
{
	g_hash_table_unref(index->kinds);
	g_mutex_clear(&index->mutex);
	g_free(index);
}

/* ---- reading in ---- */

static char *
folded_text(const PsKind *kind, const PsRecord *record)
{
	GString *all = g_string_new(ps_record_number(record));

	for (gsize i = 0; i < kind->n_fields; i++) {
		const char *text = ps_field_is_text(&kind->fields[i])
					   ? ps_record_text(record, kind->fields[i].name)
					   : NULL;
		if (text)
			g_string_append_printf(all, "\n%s", text);
	}
	char *folded = g_utf8_casefold(all->str, (gssize)all->len);
	sodium_memzero(all->str, all->len);
	g_string_free(all, TRUE);
	return folded;
}

static gboolean
read_all(KindIndex *index, PsStore *store, const PsKind *kind, GError **error)
{
	g_autofree char *sql = ps_record_select(kind);
	PS_STATEMENT rows = ps_store_statement(store, sql, error);
	int code;

	if (!rows)
		return FALSE;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		g_autoptr(PsRecord) record = ps_record_from_row(store, kind, rows);
		g_hash_table_insert(index->texts, g_strdup(ps_record_id(record)),
				    folded_text(kind, record));
	}
	return code == SQLITE_DONE || ps_store_sql_error(store, _("searching"), error);
}

static GPtrArray *
changed_since(PsStore *store, const PsKind *kind, gint64 position, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	PS_STATEMENT rows = ps_store_statement(
		store,
		"SELECT DISTINCT record FROM log WHERE position > :position AND kind = :kind",
		error);
	int code;

	if (!rows)
		return NULL;
	ps_bind_int(rows, ":position", position);
	ps_bind_text(rows, ":kind", kind->name);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		g_ptr_array_add(ids, g_strdup(ps_column_text(rows, 0)));
	if (code == SQLITE_DONE)
		return g_steal_pointer(&ids);
	ps_store_sql_error(store, _("searching"), error);
	return NULL;
}

static gboolean
read_changed(KindIndex *index, PsStore *store, const PsKind *kind, GError **error)
{
	g_autoptr(GPtrArray) ids = changed_since(store, kind, index->position, error);

	if (!ids)
		return FALSE;
	for (guint i = 0; i < ids->len; i++) {
		const char *id = ids->pdata[i];
		g_autoptr(GError) gone = NULL;
		g_autoptr(PsRecord) record = ps_get_kind(store, kind, id, &gone);
		if (record)
			g_hash_table_insert(index->texts, g_strdup(id), folded_text(kind, record));
		else if (g_error_matches(gone, PS_ERROR, PS_ERROR_NOT_FOUND))
			g_hash_table_remove(index->texts, id);
		else {
			g_propagate_error(error, g_steal_pointer(&gone));
			return FALSE;
		}
	}
	return TRUE;
}

static KindIndex *
kind_index(PsTextIndex *index, const PsKind *kind, gint64 epoch, gboolean *made)
{
	KindIndex *found = g_hash_table_lookup(index->kinds, kind->name);

	*made = !found || found->epoch != epoch;
	if (!*made)
		return found;
	found = g_new0(KindIndex, 1);
	found->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, text_free);
	g_hash_table_insert(index->kinds, g_strdup(kind->name), found);
	return found;
}

static gboolean
refresh_locked(PsTextIndex *index, PsStore *store, const PsKind *kind, GError **error)
{
	gint64 epoch, position;
	gboolean made;

	/* read before the rows: what comes in between is read again next time */
	if (!ps_db_integer(store, "SELECT epoch FROM workspace", &epoch, error) ||
	    !ps_db_integer(store, "SELECT max(position) FROM log", &position, error))
		return FALSE;
	KindIndex *own = kind_index(index, kind, epoch, &made);
	if (!made && own->position == position)
		return TRUE;
	gboolean done =
		made ? read_all(own, store, kind, error) : read_changed(own, store, kind, error);
	if (!done) {
		g_hash_table_remove(index->kinds, kind->name);
		return FALSE;
	}
	own->epoch = epoch;
	own->position = position;
	return TRUE;
}

gboolean
ps_text_index_refresh(PsTextIndex *index, PsStore *store, const PsKind *kind, GError **error)
{
	g_mutex_lock(&index->mutex);
	gboolean done = refresh_locked(index, store, kind, error);
	g_mutex_unlock(&index->mutex);
	return done;
}

gboolean
ps_text_index_fits(PsTextIndex *index, const char *kind, const char *record, char **words)
{
	g_mutex_lock(&index->mutex);
	const KindIndex *own = g_hash_table_lookup(index->kinds, kind);
	const char *text = own ? g_hash_table_lookup(own->texts, record) : NULL;
	gboolean fits = text != NULL;
	for (gsize i = 0; fits && words[i]; i++)
		fits = strstr(text, words[i]) != NULL;
	g_mutex_unlock(&index->mutex);
	return fits;
}
