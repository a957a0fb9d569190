#include "config.h"

/* Publishing is all or nothing, and the directory can be made again from the database. */

#include "tests/unit/publish-fixture.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/file.h"
#include "base/utc.h"

/* ---- all or nothing ---- */

static const char *const steps[] = {"recover",    "sign", "stage", "commit",
				    "committing", "swap", "clean", "head"};
#define COMMITTED 5 /* from this step on it is published */

static gboolean
fail_at(gpointer user, const char *step, GError **error)
{
	if (!g_str_equal(step, user))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_IO, "The step %s failed.", step);
	return FALSE;
}

/* A change, and what the tree was before it was published. */
static char *
prepare_second(State *s)
{
	publish(s);
	put(s->fixture->store, "vulnerability", s->story->flaw, "title", "A second version");
	return tree(s);
}

static void
assert_all_or_nothing(State *s, const char *before, gboolean all)
{
	g_autoptr(GError) error = NULL;
	guint changed;

	assert_int_equal(count_versions(s), all ? 2 : 1);
	assert_done(ps_provider_sync(s->fixture->store, s->openpgp, NULL, &changed, &error), error);
	g_autofree char *after = tree(s);
	g_autofree char *path = path_of(s, "white", "");
	g_autofree char *file = read_file(s, path);
	assert_int_equal(strstr(file, "A second version") != NULL, all);
	assert_int_equal(g_str_equal(before, after), !all);
	/* … and it goes on from there */
	const PsPublishOptions again = {.at = PS_NO_TIME, .summary = "Again."};
	publish_with(s, &again, NULL);
	assert_int_equal(count_versions(s), 2);
	assert_good_tree(s);
}

static void
publish__each_step_fails__leaves_all_or_nothing(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
		void *one = *state;
		assert_int_equal(set_up(&one), 0);
		State *s = one;
		const PsPublishOptions options = {.at = PS_NO_TIME,
						  .summary = "Second.",
						  .before_step = fail_at,
						  .user = (gpointer)steps[i]};
		g_autofree char *before = prepare_second(s);
		publish_wrong(s, &options, PS_ERROR_IO, steps[i]);
		if (i < COMMITTED) {
			/* nothing lies about, not even aside */
			g_autofree char *after = tree(s);
			assert_string_equal(before, after);
		}
		assert_all_or_nothing(s, before, i >= COMMITTED);
		tear_down(&one);
	}
}

static gboolean
die_at(gpointer user, const char *step, GError **error)
{
	(void)error;
	if (g_str_equal(step, user))
		_exit(77);
	return TRUE;
}

/* The child has its own connection: SQLite's does not survive a fork. */
static void
publish_and_die(State *s, const char *step)
{
	const PsPublishOptions options = {.at = PS_NO_TIME,
					  .summary = "Second.",
					  .before_step = die_at,
					  .user = (gpointer)step};
	int status;

	ps_store_close(s->fixture->store);
	pid_t child = fork();
	if (child == 0) {
		PsOpenpgp *openpgp = ps_openpgp_new(s->signer->home->home);
		PsStore *store = ps_store_open(s->fixture->dir, 0, fixture_ops(), NULL);
		if (store && ps_store_unlock(store, NULL))
			ps_advisory_publish(store, openpgp, s->story->advisory, &options, NULL,
					    NULL, NULL);
		_exit(1);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 77);
	g_autoptr(GError) error = NULL;
	s->fixture->store = ps_store_open(s->fixture->dir, 0, fixture_ops(), &error);
	assert_done(s->fixture->store, error);
	assert_done(ps_store_unlock(s->fixture->store, &error), error);
	s->story->store = s->fixture->store;
}

static void
publish__dies_at_each_step__leaves_all_or_nothing(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
		void *one = *state;
		assert_int_equal(set_up(&one), 0);
		State *s = one;
		g_autofree char *before = prepare_second(s);
		publish_and_die(s, steps[i]);
		assert_all_or_nothing(s, before, i >= COMMITTED);
		tear_down(&one);
	}
}

static void
publish__again_after_an_interruption__completes_the_directory(void **state)
{
	State *s = *state;
	PsPublished published;
	g_autofree char *before = prepare_second(s);

	publish_and_die(s, "swap");
	publish_with(s, NULL, &published);
	assert_true(published.unchanged);
	assert_string_equal(published.version, "2");
	g_autofree char *file = read_file(s, published.path);
	assert_non_null(strstr(file, "A second version"));
	assert_good_tree(s);
	ps_published_clear(&published);
}

static gboolean
embargo_meanwhile(gpointer user, const char *step, GError **error)
{
	State *s = user;
	g_autofree char *until = ps_utc_format(ps_now_ms() + PS_DAY_MS);

	(void)error;
	if (!g_str_equal(step, "commit"))
		return TRUE;
	g_autoptr(PsStore) other = ps_store_clone(s->fixture->store, NULL);
	put(other, "case", s->story->case_id, "em", "ACTIVE");
	put(other, "case", s->story->case_id, "embargo_until", until);
	return TRUE;
}

static void
publish__embargo_while_signing__stops_it(void **state)
{
	State *s = *state;
	const PsPublishOptions options = {.at = PS_NO_TIME,
					  .before_step = embargo_meanwhile,
					  .user = s};

	publish_wrong(s, &options, PS_ERROR_CONFLICT, "Nothing was published");
	assert_int_equal(count_versions(s), 0);
}

/* Nobody but us may enter what is not published yet. */
static gboolean
look_aside(gpointer user, const char *step, GError **error)
{
	State *s = user;
	struct stat st;
	g_autofree char *next = g_build_filename(s->dir, ".white.next", NULL);

	(void)error;
	if (!g_str_equal(step, "commit"))
		return TRUE;
	assert_int_equal(stat(next, &st), 0);
	assert_int_equal(st.st_mode & 0077, 0);
	return TRUE;
}

static void
publish__before_the_commit__is_hidden(void **state)
{
	State *s = *state;
	const PsPublishOptions options = {.at = PS_NO_TIME, .before_step = look_aside, .user = s};

	publish_with(s, &options, NULL);
}

static gboolean
change_meanwhile(gpointer user, const char *step, GError **error)
{
	State *s = user;

	(void)error;
	if (!g_str_equal(step, "commit"))
		return TRUE;
	g_autoptr(PsStore) other = ps_store_clone(s->fixture->store, NULL);
	put(other, "vulnerability", s->story->flaw, "title", "Changed meanwhile");
	return TRUE;
}

static void
publish__changed_while_signing__is_a_conflict(void **state)
{
	State *s = *state;
	const PsPublishOptions options = {.at = PS_NO_TIME,
					  .before_step = change_meanwhile,
					  .user = s};

	publish_wrong(s, &options, PS_ERROR_CONFLICT, "Nothing was published");
	assert_int_equal(count_versions(s), 0);
	assert_false(there(s, ".white.next"));
	publish(s);
}

/* ---- the directory from the database ---- */

static void
sync__lost_directory__comes_back_byte_for_byte(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	guint changed;

	publish(s);
	g_autofree char *before = tree(s);
	g_autofree char *metadata = read_file(s, "provider-metadata.json");
	g_autofree char *folder = g_build_filename(s->dir, "white", NULL);
	assert_done(ps_dir_remove(folder, &error), error);
	assert_done(ps_provider_sync(s->fixture->store, s->openpgp, NULL, &changed, &error), error);
	assert_int_equal(changed, 1);
	g_autofree char *after = tree(s);
	assert_string_equal(before, after);
	assert_done(ps_provider_sync(s->fixture->store, s->openpgp, NULL, &changed, &error), error);
	assert_int_equal(changed, 0);
}

static void
sync__changed_file__is_mended(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	g_auto(PsProviderTold) told = {0};

	publish(s);
	g_autofree char *before = tree(s);
	g_autofree char *path = path_of(s, "white", ".asc");
	g_autofree char *whole = g_build_filename(s->dir, path, NULL);
	assert_done(ps_file_write(whole, "no signature", -1, 0644, &error), error);
	assert_done(ps_provider_sync_told(s->fixture->store, s->openpgp, NULL, &told, &error),
		    error);
	assert_int_equal(told.changed, 1);
	assert_int_equal(told.mended->len, 1);
	assert_string_equal(told.mended->pdata[0], path);
	assert_int_equal(told.strangers->len, 0);
	g_autofree char *after = tree(s);
	assert_string_equal(before, after);
}

static void
sync__file_of_others__is_named_and_left(void **state)
{
	State *s = *state;
	g_auto(PsProviderTold) told = {0};
	g_autoptr(GError) error = NULL;

	publish(s);
	g_autofree char *path = path_of(s, "white", "");
	g_autofree char *whole = g_build_filename(s->dir, path, NULL);
	g_autofree char *year = g_path_get_dirname(whole);
	g_autofree char *theirs = g_build_filename(year, "theirs.json", NULL);
	assert_done(ps_file_write(theirs, "{}", -1, 0644, &error), error);
	assert_done(ps_provider_sync_told(s->fixture->store, s->openpgp, NULL, &told, &error),
		    error);
	assert_int_equal(told.changed, 0);
	assert_int_equal(told.mended->len, 0);
	assert_int_equal(told.strangers->len, 1);
	assert_true(g_str_has_suffix(told.strangers->pdata[0], "/theirs.json"));
	assert_true(g_file_test(theirs, G_FILE_TEST_IS_REGULAR));
}

static void
sync__interrupted_exchange__brings_the_folder_back(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	guint changed;

	publish(s);
	g_autofree char *before = tree(s);
	g_autofree char *now = g_build_filename(s->dir, "white", NULL);
	g_autofree char *old = g_build_filename(s->dir, ".white.old", NULL);
	assert_int_equal(g_rename(now, old), 0);
	assert_done(ps_provider_sync(s->fixture->store, s->openpgp, NULL, &changed, &error), error);
	assert_int_equal(changed, 0);
	g_autofree char *after = tree(s);
	assert_string_equal(before, after);
}

static void
sync__settings_missing__names_each(void **state)
{
	static const char *const keys[] = {"org.name", "org.namespace", "provider.url"};
	State *s = *state;

	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *was = ps_store_config(s->fixture->store, keys[i]);
		assert_done(ps_store_set_config(s->fixture->store, keys[i], NULL, &error), error);
		assert_false(ps_provider_sync(s->fixture->store, s->openpgp, NULL, NULL, &error));
		assert_non_null(strstr(error->message, keys[i]));
		g_clear_error(&error);
		assert_done(ps_store_set_config(s->fixture->store, keys[i], was, &error), error);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(publish__each_step_fails__leaves_all_or_nothing),
		cmocka_unit_test(publish__dies_at_each_step__leaves_all_or_nothing),
		TEST(publish__again_after_an_interruption__completes_the_directory),
		TEST(publish__embargo_while_signing__stops_it),
		TEST(publish__before_the_commit__is_hidden),
		TEST(publish__changed_while_signing__is_a_conflict),
		TEST(sync__lost_directory__comes_back_byte_for_byte),
		TEST(sync__changed_file__is_mended),
		TEST(sync__file_of_others__is_named_and_left),
		TEST(sync__interrupted_exchange__brings_the_folder_back),
		TEST(sync__settings_missing__names_each),
	};

	return cmocka_run_group_tests_name("publish_faults", tests, make_home, free_home);
}
