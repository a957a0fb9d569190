#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/file.h"
#include "openpgp/generate.h"
#include "openpgp/openpgp.h"
#include "tests/support/gnupg-home.h"

typedef struct {
	PsTestHome *home;
	PsOpenpgp *openpgp;
	char *team, *reporter, *locked, *expired;
} Fixture;

static int
set_up(void **state)
{
	Fixture *f = g_new0(Fixture, 1);

	f->home = ps_test_home_new();
	f->team = ps_test_key(f->home, "Team <psirt@example.com>");
	f->reporter = ps_test_key(f->home, "Rita Reporter <rita@example.org>");
	f->locked =
		ps_test_key_with_passphrase(f->home, "Locked <locked@example.com>", "opensesame");
	f->expired = ps_test_key_expired(f->home, "Old <old@example.org>");
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
	g_free(f->team);
	g_free(f->reporter);
	g_free(f->locked);
	g_free(f->expired);
	g_free(f);
	return 0;
}

static void
assert_no_error(const GError *error)
{
	if (error)
		fail_msg("%s", error->message);
}

static void
assert_error(const GError *error, PsErrorCode code, const char *part)
{
	assert_non_null(error);
	if (!g_error_matches(error, PS_ERROR, (int)code) || (part && !strstr(error->message, part)))
		fail_msg("error %d “%s” instead of %d “%s”", error->code, error->message, (int)code,
			 part);
}

static GBytes *
encrypt_to(Fixture *f, const char *text, const char *key, const char *sign_with)
{
	g_autoptr(GBytes) plain = ps_test_text(text);
	const char *keys[] = {key, NULL};
	g_autoptr(GError) error = NULL;
	GBytes *cipher = ps_openpgp_encrypt(f->openpgp, plain, keys, sign_with, &error);

	assert_no_error(error);
	return cipher;
}

static void
openpgp__find_key__knows_validity_expiry_and_use(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsKey) key = ps_openpgp_find_key(f->openpgp, "RITA@example.org", &error);

	assert_no_error(error);
	assert_string_equal(key->fingerprint, f->reporter);
	assert_string_equal(key->name, "Rita Reporter");
	assert_string_equal(key->address, "rita@example.org");
	assert_int_equal(key->validity, PS_VALIDITY_ULTIMATE);
	assert_true(key->can_encrypt && key->can_sign && key->secret && !key->expired);
	assert_null(ps_key_problem(key));

	g_autoptr(PsKey) old = ps_openpgp_find_key(f->openpgp, f->expired, &error);
	assert_no_error(error);
	assert_true(old->expired && !old->can_encrypt);
	g_autofree char *problem = ps_key_problem(old);
	assert_non_null(strstr(problem, "2020-01-02"));

	assert_null(ps_openpgp_find_key(f->openpgp, "nobody@example.net", &error));
	assert_error(error, PS_ERROR_NO_KEY, "nobody@example.net");
}

static void
openpgp__find_key__takes_no_part_of_an_address(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;

	assert_null(ps_openpgp_find_key(f->openpgp, "ita@example.org", &error));
	assert_error(error, PS_ERROR_NO_KEY, NULL);
}

static void
openpgp__encrypt_and_decrypt__gives_back_every_byte(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) cipher = encrypt_to(f, "Grüße\r\n\r\n", f->team, f->reporter);
	PsDecrypted out;

	ps_openpgp_decrypt(f->openpgp, cipher, &out, &error);
	assert_no_error(error);
	gsize length;
	const char *text = g_bytes_get_data(out.plain, &length);
	assert_int_equal(length, strlen("Grüße\r\n\r\n"));
	assert_memory_equal(text, "Grüße\r\n\r\n", length);
	assert_false(out.no_integrity);
	assert_non_null(out.algorithm);
	assert_int_equal(g_strv_length(out.recipients), 1);
	assert_int_equal(out.signatures->len, 1);
	const PsSignature *signature = out.signatures->pdata[0];
	assert_int_equal(signature->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_string_equal(signature->fingerprint, f->reporter);
	assert_string_equal(signature->addresses[0], "rita@example.org");
	ps_decrypted_clear(&out);
}

static void
openpgp__encrypt__names_the_key_that_cannot_be_used(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) plain = ps_test_text("x");
	const char *keys[] = {f->team, f->expired, NULL};

	assert_null(ps_openpgp_encrypt(f->openpgp, plain, keys, NULL, &error));
	assert_error(error, PS_ERROR_NO_KEY, f->expired);
}

static void
openpgp__decrypt__without_the_secret_key_names_the_key_ids(void **state)
{
	Fixture *f = *state;
	PsTestHome *other = ps_test_home_new();
	g_autofree char *stranger = ps_test_key(other, "Stranger <s@example.net>");
	g_autoptr(GBytes) plain = ps_test_text("secret");
	g_autoptr(GBytes) cipher =
		ps_test_run(other, plain, "gpg", "--batch", "-q", "--armor", "--trust-model",
			    "always", "-r", stranger, "--encrypt", NULL);
	g_autoptr(GBytes) listing = ps_test_run(other, NULL, "gpg", "--batch", "--with-colons",
						"--list-keys", stranger, NULL);
	g_autoptr(GError) error = NULL;
	PsDecrypted out;

	assert_false(ps_openpgp_decrypt(f->openpgp, cipher, &out, &error));
	assert_error(error, PS_ERROR_NO_KEY, "encrypted to");
	g_autofree char *colons =
		g_strndup(g_bytes_get_data(listing, NULL), g_bytes_get_size(listing));
	g_auto(GStrv) fields = g_strsplit(strstr(colons, "\nsub:"), ":", 6);
	assert_non_null(strstr(error->message, fields[4]));
	ps_test_home_free(other);
}

/* Pinentry is tried only when a passphrase is needed; the terminal is released around it. */
typedef struct {
	int released, reclaimed;
	gboolean allow;
} Terminal;

static gboolean
release(gpointer user)
{
	Terminal *terminal = user;

	terminal->released++;
	return terminal->allow;
}

static void
reclaim(gpointer user)
{
	((Terminal *)user)->reclaimed++;
}

static gboolean
decrypt_locked(Fixture *f, GBytes *cipher, Terminal *terminal, GError **error)
{
	PsWorkerTty tty = {release, reclaim, terminal};
	PsDecrypted out;

	ps_test_forget_passphrases(f->home);
	ps_openpgp_set_tty(f->openpgp, &tty);
	gboolean done = ps_openpgp_decrypt(f->openpgp, cipher, &out, error);
	if (done)
		assert_memory_equal(g_bytes_get_data(out.plain, NULL), "locked text", 11);
	ps_decrypted_clear(&out);
	ps_openpgp_set_tty(f->openpgp, NULL);
	return done;
}

static void
openpgp__passphrase__right_wrong_cancelled_and_no_terminal(void **state)
{
	Fixture *f = *state;
	g_autoptr(GBytes) cipher = encrypt_to(f, "locked text", f->locked, NULL);
	g_autoptr(GError) error = NULL;

	Terminal none = {.allow = FALSE};
	assert_false(decrypt_locked(f, cipher, &none, &error));
	assert_error(error, PS_ERROR_NEED_TTY, NULL);
	assert_int_equal(none.released, 1);
	assert_int_equal(none.reclaimed, 0);
	g_clear_error(&error);

	Terminal terminal = {.allow = TRUE};
	ps_test_pinentry(f->home, "wrong");
	assert_false(decrypt_locked(f, cipher, &terminal, &error));
	assert_error(error, PS_ERROR_PASSPHRASE, NULL);
	g_clear_error(&error);

	ps_test_pinentry(f->home, NULL);
	assert_false(decrypt_locked(f, cipher, &terminal, &error));
	assert_error(error, PS_ERROR_PASSPHRASE, "not given");
	g_clear_error(&error);

	ps_test_pinentry(f->home, "opensesame");
	assert_true(decrypt_locked(f, cipher, &terminal, &error));
	assert_no_error(error);
	assert_int_equal(terminal.released, 3);
	assert_int_equal(terminal.reclaimed, 3);

	/* now the agent remembers: nobody is asked */
	PsDecrypted out;
	Terminal unasked = {.allow = TRUE};
	PsWorkerTty tty = {release, reclaim, &unasked};
	ps_openpgp_set_tty(f->openpgp, &tty);
	assert_true(ps_openpgp_decrypt(f->openpgp, cipher, &out, &error));
	assert_int_equal(unasked.released, 0);
	ps_decrypted_clear(&out);
	ps_openpgp_set_tty(f->openpgp, NULL);
}

static void
openpgp__agent__gone_is_started_again_outside_the_limits(void **state)
{
	Fixture *f = *state;
	g_autoptr(GBytes) cipher = encrypt_to(f, "x", f->team, NULL);
	g_autoptr(GError) error = NULL;
	PsDecrypted out;

	ps_openpgp_kill_agents(f->home->home);
	assert_true(ps_openpgp_decrypt(f->openpgp, cipher, &out, &error));
	assert_no_error(error);
	ps_decrypted_clear(&out);

	g_autoptr(GBytes) said =
		ps_test_run(f->home, NULL, "gpg-connect-agent", "GETINFO pid", "/bye", NULL);
	int pid = atoi((const char *)g_bytes_get_data(said, NULL) + 2);
	assert_true(pid > 1);
	g_autofree char *path = g_strdup_printf("/proc/%d/limits", pid), *limits = NULL;
	assert_true(g_file_get_contents(path, &limits, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(limits, "\n", -1);
	for (gsize i = 0; lines[i]; i++)
		if (g_str_has_prefix(lines[i], "Max cpu time") ||
		    g_str_has_prefix(lines[i], "Max address space"))
			assert_non_null(strstr(lines[i], "unlimited"));
}

static void
openpgp__sign_and_verify__detached_clear_changed_and_unknown(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) data = ps_test_text("The text.\n"), other = ps_test_text("The test.\n");
	g_autoptr(GBytes) signature =
		ps_openpgp_sign(f->openpgp, data, f->team, PS_SIGN_DETACHED, &error);
	assert_no_error(error);

	g_autoptr(GPtrArray) good = ps_openpgp_verify(f->openpgp, data, signature, NULL, &error);
	assert_no_error(error);
	assert_int_equal(((PsSignature *)good->pdata[0])->verdict, PS_VERDICT_GOOD_KNOWN);
	g_autoptr(GPtrArray) bad = ps_openpgp_verify(f->openpgp, other, signature, NULL, &error);
	assert_no_error(error);
	assert_int_equal(((PsSignature *)bad->pdata[0])->verdict, PS_VERDICT_BAD);

	g_autoptr(GBytes) clear = ps_openpgp_sign(f->openpgp, data, f->team, PS_SIGN_CLEAR, &error);
	assert_no_error(error);
	g_autoptr(GBytes) text = NULL;
	g_autoptr(GPtrArray) inside = ps_openpgp_verify(f->openpgp, clear, NULL, &text, &error);
	assert_no_error(error);
	assert_int_equal(((PsSignature *)inside->pdata[0])->verdict, PS_VERDICT_GOOD_KNOWN);
	assert_memory_equal(g_bytes_get_data(text, NULL), "The text.\n", 10);

	PsTestHome *elsewhere = ps_test_home_new();
	g_autoptr(PsOpenpgp) stranger = ps_openpgp_new(elsewhere->home);
	g_autoptr(GPtrArray) missing = ps_openpgp_verify(stranger, data, signature, NULL, &error);
	assert_no_error(error);
	assert_int_equal(((PsSignature *)missing->pdata[0])->verdict, PS_VERDICT_KEY_MISSING);

	/* imported, but nobody said whose key it is */
	g_autoptr(GBytes) key = ps_openpgp_export(f->openpgp, f->team, &error);
	assert_no_error(error);
	PsKeyImport import;
	assert_true(ps_openpgp_import(stranger, key, FALSE, &import, &error));
	assert_int_equal(import.imported, 1);
	assert_string_equal(import.fingerprints[0], f->team);
	ps_key_import_clear(&import);
	g_autoptr(GPtrArray) unverified =
		ps_openpgp_verify(stranger, data, signature, NULL, &error);
	assert_no_error(error);
	assert_int_equal(((PsSignature *)unverified->pdata[0])->verdict,
			 PS_VERDICT_GOOD_UNVERIFIED);
	ps_openpgp_free(g_steal_pointer(&stranger));
	ps_test_home_free(elsewhere);
}

static void
openpgp__import__refuses_secret_keys_and_rubbish(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) secret = ps_test_run(f->home, NULL, "gpg", "--batch", "--armor",
					       "--export-secret-keys", f->team, NULL);
	g_autoptr(GBytes) binary =
		ps_test_run(f->home, NULL, "gpg", "--batch", "--export-secret-keys", f->team, NULL);
	g_autoptr(GBytes) rubbish = ps_test_text("no key at all");
	PsKeyImport import;

	assert_false(ps_openpgp_import(f->openpgp, secret, FALSE, &import, &error));
	assert_error(error, PS_ERROR_REFUSED, NULL);
	g_clear_error(&error);
	assert_false(ps_openpgp_import(f->openpgp, binary, FALSE, &import, &error));
	assert_error(error, PS_ERROR_REFUSED, NULL);
	g_clear_error(&error);
	assert_false(ps_openpgp_import(f->openpgp, rubbish, FALSE, &import, &error));
	assert_error(error, PS_ERROR_INPUT, NULL);
}

static void
openpgp__decrypt__damaged_and_newer_formats_get_their_sentence(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	PsDecrypted out;
	static const struct {
		const char *bytes;
		gsize length;
		const char *part;
	} rows[] = {
		{"no message", 10, "damaged"},
		{"", 0, "damaged"},
		{"\xc1\x06\x06\x15\x04\x01\x02\x03", 8, "version 6"},
		{"\xd2\x05\x02\x09\x02\x06\x01", 7, "AEAD"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) cipher = g_bytes_new(rows[i].bytes, rows[i].length);
		assert_false(ps_openpgp_decrypt(f->openpgp, cipher, &out, &error));
		assert_error(error, PS_ERROR_INPUT, rows[i].part);
		g_clear_error(&error);
	}
	/* one flipped byte in the middle */
	g_autoptr(GBytes) cipher =
		encrypt_to(f, "some text that is longer than a block", f->team, NULL);
	gsize length = g_bytes_get_size(cipher);
	g_autofree char *text = g_memdup2(g_bytes_get_data(cipher, NULL), length);
	char *at = text + length / 2;
	*at = *at == 'A' ? 'B' : 'A';
	g_autoptr(GBytes) damaged = g_bytes_new(text, length);
	assert_false(ps_openpgp_decrypt(f->openpgp, damaged, &out, &error));
	assert_error(error, PS_ERROR_INPUT, NULL);
}

static void
openpgp__key_ops__wrap_unwrap_and_sign(void **state)
{
	Fixture *f = *state;
	const PsKeyOps *ops = ps_openpgp_key_ops(f->openpgp);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) secret = g_bytes_new("0123456789abcdef0123456789abcdef", 32);
	const char *keys[] = {f->team, f->reporter, NULL};
	g_autoptr(GBytes) wrapped = ops->wrap(ops->user, secret, keys, &error);

	assert_no_error(error);
	g_autoptr(GBytes) again = ops->unwrap(ops->user, wrapped, &error);
	assert_no_error(error);
	assert_true(g_bytes_equal(secret, again));
	g_autoptr(GBytes) signature = ops->sign(ops->user, secret, f->team, &error);
	assert_no_error(error);
	assert_non_null(g_strstr_len(g_bytes_get_data(signature, NULL), 40, "BEGIN PGP SIGNATURE"));
}

static void
openpgp__check_home__refuses_a_path_too_long_for_the_agent(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) path = g_string_new(f->home->dir);

	assert_false(ps_openpgp_check_home("/nonexistent/psirtdesk", &error));
	assert_error(error, PS_ERROR_INPUT, "/nonexistent/psirtdesk");
	g_clear_error(&error);
	while (path->len <= 90)
		g_string_append(path, "/a-directory");
	assert_true(ps_dir_make(path->str, 0700, NULL));
	g_autofree char *run = g_strdup_printf("/run/user/%u", (unsigned)getuid());
	if (g_file_test(run, G_FILE_TEST_IS_DIR)) {
		printf("# %s is there: a long path works\n", run);
		assert_true(ps_openpgp_check_home(path->str, &error));
	} else {
		assert_false(ps_openpgp_check_home(path->str, &error));
		assert_error(error, PS_ERROR_INPUT, "too long");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(openpgp__find_key__knows_validity_expiry_and_use),
		cmocka_unit_test(openpgp__find_key__takes_no_part_of_an_address),
		cmocka_unit_test(openpgp__encrypt_and_decrypt__gives_back_every_byte),
		cmocka_unit_test(openpgp__encrypt__names_the_key_that_cannot_be_used),
		cmocka_unit_test(openpgp__decrypt__without_the_secret_key_names_the_key_ids),
		cmocka_unit_test(openpgp__passphrase__right_wrong_cancelled_and_no_terminal),
		cmocka_unit_test(openpgp__agent__gone_is_started_again_outside_the_limits),
		cmocka_unit_test(openpgp__sign_and_verify__detached_clear_changed_and_unknown),
		cmocka_unit_test(openpgp__import__refuses_secret_keys_and_rubbish),
		cmocka_unit_test(openpgp__decrypt__damaged_and_newer_formats_get_their_sentence),
		cmocka_unit_test(openpgp__key_ops__wrap_unwrap_and_sign),
		cmocka_unit_test(openpgp__check_home__refuses_a_path_too_long_for_the_agent),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
