#include "config.h"

#include "tests/unit/store-fixture.h"

#include <sodium.h>
#include <string.h>

#include "base/file.h"

static const guint8 pretend_key[32] = "a key that only the tests know.";

static GBytes *
pretend_wrap(void *user, GBytes *secret, const char *const *fingerprints, GError **error)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(secret, &length);
	guint8 *out = g_malloc(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length);

	(void)user;
	(void)error;
	assert_non_null(fingerprints[0]);
	randombytes_buf(out, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, data, length, out, pretend_key);
	return g_bytes_new_take(out,
				crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length);
}

static GBytes *
pretend_unwrap(void *user, GBytes *wrapped, GError **error)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(wrapped, &length);
	gsize head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;

	(void)user;
	if (length < head || g_getenv("PRETEND_NO_KEY")) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY, "No key opens it.");
		return NULL;
	}
	guint8 *out = g_malloc(length - head + 1);
	if (crypto_secretbox_open_easy(out, data + crypto_secretbox_NONCEBYTES,
				       length - crypto_secretbox_NONCEBYTES, data,
				       pretend_key) != 0) {
		g_free(out);
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY, "It does not open.");
		return NULL;
	}
	return g_bytes_new_take(out, length - head);
}

static char *
pretend_mac(GBytes *data)
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(data, &length);
	guint8 mac[crypto_auth_hmacsha256_BYTES];
	char *hex = g_malloc(2 * sizeof mac + 1);

	crypto_auth_hmacsha256(mac, bytes, length, pretend_key);
	return sodium_bin2hex(hex, 2 * sizeof mac + 1, mac, sizeof mac);
}

static GBytes *
pretend_sign(void *user, GBytes *data, const char *fingerprint, GError **error)
{
	g_autofree char *mac = pretend_mac(data);
	char *text = g_strdup_printf("%s\n%s\n", fingerprint, mac);

	(void)user;
	(void)error;
	return g_bytes_new_take(text, strlen(text));
}

static gboolean
pretend_verify(void *user, GBytes *data, GBytes *signature, char **fingerprint, GError **error)
{
	g_autofree char *mac = pretend_mac(data);
	g_autofree char *text =
		g_strndup(g_bytes_get_data(signature, NULL), g_bytes_get_size(signature));
	g_auto(GStrv) lines = g_strsplit(text, "\n", 0);

	(void)user;
	if (g_strv_length(lines) < 2 || !g_str_equal(lines[1], mac)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INVALID, "The signature is bad.");
		return FALSE;
	}
	*fingerprint = g_strdup(lines[0]);
	return TRUE;
}

const PsKeyOps *
fixture_ops(void)
{
	static const PsKeyOps ops = {.wrap = pretend_wrap,
				     .unwrap = pretend_unwrap,
				     .sign = pretend_sign,
				     .verify = pretend_verify};

	if (sodium_init() < 0)
		abort();
	return &ops;
}

int
fixture_setup(void **state)
{
	static const char *const fingerprints[] = {"0123456789ABCDEF0123456789ABCDEF01234567",
						   NULL};
	Fixture *fixture = g_new0(Fixture, 1);
	g_autoptr(GError) error = NULL;

	fixture->parent = g_dir_make_tmp("psirtdesk-test-XXXXXX", NULL);
	fixture->dir = g_build_filename(fixture->parent, "workspace", NULL);
	fixture->store = ps_store_create(fixture->dir, fingerprints, NULL, fixture_ops(), &error);
	if (!fixture->store)
		g_printerr("%s\n", error->message);
	*state = fixture;
	return fixture->store ? 0 : -1;
}

int
fixture_teardown(void **state)
{
	Fixture *fixture = *state;

	ps_store_close(fixture->store);
	ps_dir_remove(fixture->parent, NULL);
	g_free(fixture->parent);
	g_free(fixture->dir);
	g_free(fixture);
	return 0;
}

char *
fixture_case(PsStore *store, const char *title)
{
	const char *pairs[] = {"title", title,   "rm",          "RECEIVED",
			       "em",    "NONE",  "cs",          "Vfdpxa",
			       "tlp",   "AMBER", "received_at", "2026-11-20T08:00:00Z",
			       NULL};
	g_autoptr(GError) error = NULL;
	char *id = ps_store_new(store, "case.open", "case", pairs, &error);

	assert_done(id, error);
	return id;
}

char *
fixture_sql(PsStore *store, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	char *value = NULL;

	if (sqlite3_prepare_v2(ps_store_db(store), sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(ps_store_db(store)));
	int code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		value = g_strdup((const char *)sqlite3_column_text(statement, 0));
	else if (code != SQLITE_DONE)
		fail_msg("%s: %s", sql, sqlite3_errmsg(ps_store_db(store)));
	sqlite3_finalize(statement);
	return value;
}

static void
print_finding(gpointer user, const char *sentence)
{
	(void)user;
	print_message("# found: %s\n", sentence);
}

void
assert_verified(PsStore *store)
{
	g_autoptr(GError) error = NULL;
	int count = ps_store_verify(store, print_finding, NULL, &error);

	if (count != 0)
		fail_msg("verify: %d findings %s", count, error ? error->message : "");
}

void
fixture_keep(gpointer user, const char *sentence)
{
	g_ptr_array_add(user, g_strdup(sentence));
}

GPtrArray *
fixture_findings(PsStore *store)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;

	if (ps_store_verify(store, fixture_keep, found, &error) < 0)
		fail_msg("verify: %s", error->message);
	return found;
}

void
assert_found(PsStore *store, const char *part)
{
	g_autoptr(GPtrArray) found = fixture_findings(store);

	for (guint i = 0; i < found->len; i++)
		if (strstr(found->pdata[i], part))
			return;
	for (guint i = 0; i < found->len; i++)
		print_message("# found: %s\n", (char *)found->pdata[i]);
	fail_msg("none of %u findings names “%s”", found->len, part);
}

void
fixture_tamper(Fixture *fixture, const char *sql)
{
	g_autofree char *file = g_build_filename(fixture->dir, "psirtdesk.db", NULL);
	g_autoptr(GString) drops = g_string_new(NULL);
	g_autoptr(GString) again = g_string_new(NULL);
	sqlite3 *db = NULL;
	sqlite3_stmt *rows = NULL;
	char *message = NULL;

	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
				   -1, &rows, NULL),
		SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		g_string_append_printf(drops, "DROP TRIGGER \"%s\";",
				       (const char *)sqlite3_column_text(rows, 0));
		g_string_append_printf(again, "%s;", (const char *)sqlite3_column_text(rows, 1));
	}
	sqlite3_finalize(rows);
	if (sqlite3_exec(db, drops->str, NULL, NULL, &message) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK ||
	    sqlite3_exec(db, again->str, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(db);
}

char *
fixture_text(PsStore *store, const char *kind, const char *id, const char *field)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsRecord) record = ps_store_get(store, kind, id, &error);

	assert_done(record, error);
	return g_strdup(ps_record_text(record, field));
}

static gboolean
keep_line(gpointer user, const PsLogEntry *e)
{
	g_ptr_array_add(user,
			g_strdup_printf("%s %s %s %s|%s|%s|%s", e->action, e->operation, e->kind,
					e->field ? e->field : "*", e->old_text ? e->old_text : "-",
					e->new_text ? e->new_text : "-",
					e->state ? e->state : "-"));
	return TRUE;
}

GPtrArray *
fixture_log_limit(PsStore *store, const char *record, gint64 limit)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_log(store, record, limit, keep_line, lines, &error), error);
	return lines;
}

GPtrArray *
fixture_log(PsStore *store, const char *record)
{
	return fixture_log_limit(store, record, 0);
}
