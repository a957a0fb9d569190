#include "config.h"

/* Public test mails of other projects: each must open with the structure that was recorded for it,
 * or say why not. None of their secret keys is here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/safe-text.h"
#include "mail/message.h"
#include "tests/support/gnupg-home.h"

typedef struct {
	PsTestHome *home;
	PsOpenpgp *openpgp;
} Fixture;

static int
set_up(void **state)
{
	Fixture *f = g_new0(Fixture, 1);

	f->home = ps_test_home_new();
	f->openpgp = ps_openpgp_new(f->home->home);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	Fixture *f = *state;

	ps_openpgp_free(f->openpgp);
	ps_test_home_free(f->home);
	g_free(f);
	return 0;
}

static char *
shared(const char *name)
{
	const char *dir = g_getenv("PSIRTDESK_SHARED");

	return g_build_filename(dir ? dir : "", "data", "mail", name, NULL);
}

static PsMessage *
open_file(Fixture *f, const char *path)
{
	g_autoptr(GError) error = NULL;
	gsize length;
	g_autofree char *text = ps_file_read(path, 64 << 20, &length, &error);

	if (!text)
		fail_msg("%s", error->message);
	g_autoptr(GBytes) bytes = g_bytes_new(text, length);
	PsMessage *message = ps_message_open_bytes(f->openpgp, bytes, NULL, &error);
	if (!message)
		fail_msg("%s: %s", path, error->message);
	return message;
}

/* The types in the order of the walk, without the pieces of inline PGP. */
static char *
tree_of(const PsMessage *message)
{
	GString *tree = g_string_new(NULL);

	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		g_string_append_printf(tree, "%s%s", tree->len ? " " : "", part->type);
	}
	return g_string_free(tree, FALSE);
}

static void
assert_text_is_safe(const char *file, const char *text)
{
	if (!text)
		return;
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
	if (!g_str_equal(safe, text))
		fail_msg("%s: unsafe text “%s”", file, safe);
}

static void
assert_message_is_safe(const char *file, const PsMessage *message)
{
	assert_text_is_safe(file, message->subject);
	assert_text_is_safe(file, message->from_name);
	assert_text_is_safe(file, message->from_address);
	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		assert_text_is_safe(file, part->text);
		assert_text_is_safe(file, part->filename);
		assert_text_is_safe(file, part->description);
	}
	for (guint i = 0; i < message->problems->len; i++)
		assert_text_is_safe(file, message->problems->pdata[i]);
	g_autofree char *text = ps_message_text(message);
	assert_text_is_safe(file, text);
	g_autoptr(cJSON) json = ps_message_json(message);
	assert_non_null(json);
}

static gboolean
has_sentence(const GPtrArray *sentences, const char *part)
{
	for (guint i = 0; i < sentences->len; i++)
		if (strstr(sentences->pdata[i], part))
			return TRUE;
	return FALSE;
}

enum { TSV_FILE, TSV_DECRYPT = 8, TSV_SIGNATURE, TSV_SUBJECT, TSV_TREE, TSV_COLUMNS };

/* What was decrypted when the structure was recorded cannot be here: it ends at the encrypted part,
 * with a sentence. */
static void
check_encrypted(char **row, const PsMessage *message, const char *tree)
{
	gsize n = strlen("multipart/encrypted");
	const char *at = strstr(row[TSV_TREE], "multipart/encrypted");
	g_autofree char *upto = at ? g_strndup(row[TSV_TREE], (gsize)(at - row[TSV_TREE]) + n)
				   : g_strdup(row[TSV_TREE]);

	if (!g_str_has_prefix(tree, upto))
		fail_msg("%s: “%s” instead of “%s”", row[TSV_FILE], tree, upto);
	if (!has_sentence(message->problems, "secret key") &&
	    !has_sentence(message->problems, "version of GnuPG") &&
	    !has_sentence(message->problems, "damaged"))
		fail_msg("%s: no sentence about decryption", row[TSV_FILE]);
	if (!strstr(row[TSV_TREE], "message/rfc822")) {
		assert_int_equal(message->encryption, PS_ENCRYPTION_PGP_MIME);
		assert_false(message->decrypted);
	}
}

static gboolean
begins_alike(const char *tree, const char *recorded)
{
	/* one recorded tree was cut at 160 bytes */
	return strlen(recorded) > 155 ? g_str_has_prefix(tree, recorded)
				      : g_str_equal(tree, recorded);
}

static void
check_row(Fixture *f, char **row)
{
	g_autofree char *name = g_build_filename("eml", row[TSV_FILE], NULL), *path = shared(name);
	g_autoptr(PsMessage) message = open_file(f, path);
	g_autofree char *tree = tree_of(message);

	assert_message_is_safe(row[TSV_FILE], message);
	if (*row[TSV_DECRYPT]) {
		check_encrypted(row, message, tree);
		return;
	}
	if (!begins_alike(tree, row[TSV_TREE]))
		fail_msg("%s: “%s” instead of “%s”", row[TSV_FILE], tree, row[TSV_TREE]);
	if (*row[TSV_SIGNATURE] && message->verdict != PS_VERDICT_KEY_MISSING)
		fail_msg("%s: verdict %s", row[TSV_FILE], ps_verdict_token(message->verdict));
	/* protected headers of a signed message count while its signature is not BAD */
	if (*row[TSV_SUBJECT])
		assert_string_equal(message->subject, row[TSV_SUBJECT]);
}

static void
message_corpus__all_mails__open_with_their_structure_or_a_sentence(void **state)
{
	g_autofree char *path = shared("SOURCES.tsv"), *table = NULL;
	int count = 0;

	if (!g_file_get_contents(path, &table, NULL, NULL)) {
		printf("# %s is not here: nothing to compare with\n", path);
		return;
	}
	g_auto(GStrv) lines = g_strsplit(table, "\n", -1);
	for (gsize i = 1; lines[i]; i++) {
		g_auto(GStrv) row = g_strsplit(lines[i], "\t", -1);
		if (g_strv_length(row) < TSV_COLUMNS)
			continue;
		check_row(*state, row);
		count++;
	}
	printf("# %d mails\n", count);
	assert_true(count > 100);
}

static void
message_corpus__hostile_mails__open_bounded_and_safe(void **state)
{
	g_autofree char *path = shared("hostile");
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;

	if (!dir) {
		printf("# %s is not here\n", path);
		return;
	}
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *file = g_build_filename(path, name, NULL);
		g_autoptr(PsMessage) message = open_file(*state, file);
		assert_message_is_safe(name, message);
		if (g_str_has_prefix(name, "nest1000") || g_str_has_prefix(name, "rfc822nest"))
			assert_true(has_sentence(message->notes, "deeper than"));
		if (g_str_equal(name, "nul.eml"))
			assert_true(has_sentence(message->notes, "NUL"));
	}
	g_dir_close(dir);
}

static void
message_corpus__newer_packets__are_named(void **state)
{
	g_autofree char *path = shared("eml/core__hp_legacy_display.eml");

	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		printf("# %s is not here\n", path);
		return;
	}
	g_autoptr(PsMessage) message = open_file(*state, path);
	assert_true(has_sentence(message->problems, "version 6"));
}

static void
message_corpus__no_secret_key__names_the_key_ids(void **state)
{
	g_autofree char *path = shared("eml/protected-headers__pgpmime-sign_enc.eml");

	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		printf("# %s is not here\n", path);
		return;
	}
	g_autoptr(PsMessage) message = open_file(*state, path);
	assert_true(has_sentence(message->problems, "no secret key"));
	assert_true(g_strv_length(message->recipients) >= 1);
	assert_true(has_sentence(message->problems, message->recipients[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			message_corpus__all_mails__open_with_their_structure_or_a_sentence),
		cmocka_unit_test(message_corpus__hostile_mails__open_bounded_and_safe),
		cmocka_unit_test(message_corpus__newer_packets__are_named),
		cmocka_unit_test(message_corpus__no_secret_key__names_the_key_ids),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
