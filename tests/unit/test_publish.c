#include "config.h"

/* Publishing: what it writes, and when it refuses. */

#include "advisory/ending.h"
#include "tests/unit/publish-fixture.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "advisory/item.h"
#include "base/file.h"
#include "base/utc.h"

/* ---- the ordinary way ---- */

static void
publish__whole_case__writes_everything(void **state)
{
	State *s = *state;
	PsPublished published;

	publish_with(s, NULL, &published);
	g_autofree char *path = path_of(s, "white", ""), *hash = path_of(s, "white", ".sha256");
	assert_string_equal(published.path, path);
	assert_string_equal(published.version, "1");
	assert_string_equal(published.signer, s->signer->key);
	assert_false(published.unchanged);
	g_autofree char *text = read_file(s, hash);
	g_autofree char *name = g_path_get_basename(path);
	g_autofree char *wanted = g_strdup_printf("%s  %s\n", published.sha256, name);
	assert_string_equal(text, wanted);
	assert_good_tree(s);
	ps_published_clear(&published);
}

static void
publish__whole_case__moves_case_and_advisory(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	publish(s);
	g_autoptr(PsRecord) of = ps_store_get(s->fixture->store, "case", s->story->case_id, &error);
	g_autoptr(PsRecord) advisory =
		ps_store_get(s->fixture->store, "advisory", s->story->advisory, &error);
	assert_non_null(ps_record_text(of, "published_at"));
	assert_non_null(strchr(ps_record_text(of, "cs"), 'P'));
	assert_string_equal(ps_record_text(advisory, "state"), "published");
	assert_string_equal(ps_record_text(of, "published_at"),
			    ps_record_text(advisory, "published_at"));
	assert_int_equal(count_versions(s), 1);
	g_autofree char *what = NULL;
	assert_false(ps_store_undo(s->fixture->store, &what, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
}

static void
publish__afterwards__the_document_is_the_published_file(void **state)
{
	State *s = *state;

	publish(s);
	g_autoptr(PsAdvisory) advisory = load(s->story);
	g_autofree char *path = path_of(s, "white", "");
	g_autofree char *file = read_file(s, path);
	g_autofree char *text = ps_advisory_print(ps_advisory_document(advisory));
	assert_true(ps_advisory_is_unchanged(advisory));
	assert_string_equal(text, file);
}

static void
publish__again__changes_nothing_and_says_so(void **state)
{
	State *s = *state;
	PsPublished published;

	publish(s);
	g_autofree char *before = tree(s);
	publish_with(s, NULL, &published);
	assert_true(published.unchanged);
	assert_string_equal(published.version, "1");
	g_autofree char *after = tree(s);
	assert_string_equal(before, after);
	assert_int_equal(count_versions(s), 1);
	ps_published_clear(&published);
}

static void
publish__after_a_change__is_a_new_version_with_its_history(void **state)
{
	State *s = *state;
	const PsPublishOptions with_summary = {.at = PS_NO_TIME, .summary = "Corrected."};

	publish(s);
	g_autofree char *path = path_of(s, "white", "");
	g_autofree char *first = read_file(s, path);
	put(s->fixture->store, "vulnerability", s->story->flaw, "description", "Corrected words.");
	assert_at(s->story, "/document/tracking/version", "2");
	assert_at(s->story, "/document/tracking/status", "draft");
	assert_at(s->story, "/document/tracking/revision_history/1/summary", "Texts revised.");
	publish_with(s, &with_summary, NULL);
	assert_at(s->story, "/document/tracking/version", "2");
	assert_at(s->story, "/document/tracking/status", "final");
	assert_at(s->story, "/document/tracking/revision_history/1/summary", "Corrected.");
	assert_at(s->story, "/document/tracking/revision_history/0/number", "1");
	g_autoptr(cJSON) was = ps_json_parse(first, strlen(first), NULL, NULL);
	assert_at(s->story, "/document/tracking/initial_release_date",
		  ps_json_text(ps_json_at(was, "/document/tracking"), "initial_release_date"));
	assert_good_tree(s);
	/* the first version is kept as it was */
	g_autoptr(GPtrArray) versions =
		ps_store_children(s->fixture->store, "advisory_version", s->story->advisory, NULL);
	g_autoptr(GBytes) kept =
		ps_store_document(s->fixture->store, ps_record_text(versions->pdata[0], "document"),
				  NULL);
	assert_int_equal(g_bytes_get_size(kept), strlen(first));
	assert_memory_equal(g_bytes_get_data(kept, NULL), first, strlen(first));
}

static void
publish__twice_in_a_second__has_two_instants(void **state)
{
	State *s = *state;
	PsPublishOptions options = {.at = ps_now_ms(), .summary = "More."};

	publish_with(s, &options, NULL);
	put(s->fixture->store, "vulnerability", s->story->flaw, "title", "Else");
	publish_with(s, &options, NULL);
	g_autofree char *one = at(s->story, "/document/tracking/revision_history/0/date");
	g_autofree char *other = at(s->story, "/document/tracking/revision_history/1/date");
	assert_true(strcmp(one, other) < 0);
	options.at -= PS_MINUTE_MS;
	put(s->fixture->store, "vulnerability", s->story->flaw, "title", "Third");
	publish_wrong(s, &options, PS_ERROR_REFUSED, "clock");
	/* without a time asked for, a third follows the second, which is ahead of the clock */
	g_autofree char *now = ps_utc_format(options.at + PS_MINUTE_MS);
	g_setenv("PSIRTDESK_NOW", now, TRUE);
	publish(s);
	g_unsetenv("PSIRTDESK_NOW");
	g_autofree char *third = at(s->story, "/document/tracking/revision_history/2/date");
	assert_true(strcmp(other, third) < 0);
}

static void
publish__interim__becomes_final_with_a_version_of_its_own(void **state)
{
	State *s = *state;
	const PsPublishOptions interim = {.at = PS_NO_TIME, .interim = TRUE};
	const PsPublishOptions final = {.at = PS_NO_TIME, .summary = "No further changes."};

	publish_with(s, &interim, NULL);
	assert_at(s->story, "/document/tracking/status", "interim");
	publish_with(s, &final, NULL);
	assert_at(s->story, "/document/tracking/status", "final");
	assert_at(s->story, "/document/tracking/version", "2");
}

/* ---- refusals ---- */

static void
publish__embargo__refuses_unless_lifted(void **state)
{
	State *s = *state;
	const PsPublishOptions lifted = {.at = PS_NO_TIME, .lift_reason = "The news is out."};
	g_autofree char *until = ps_utc_format(ps_now_ms() + 3 * PS_DAY_MS);

	put(s->fixture->store, "case", s->story->case_id, "em", "ACTIVE");
	put(s->fixture->store, "case", s->story->case_id, "embargo_until", until);
	publish_wrong(s, NULL, PS_ERROR_REFUSED, "--lift");
	assert_false(there(s, "white/index.txt") && count_versions(s) > 0);
	publish_with(s, &lifted, NULL);
	g_autoptr(GPtrArray) versions =
		ps_store_children(s->fixture->store, "advisory_version", s->story->advisory, NULL);
	assert_string_equal(ps_record_text(versions->pdata[0], "lifted"), "The news is out.");
	g_autoptr(GPtrArray) events =
		ps_store_children(s->fixture->store, "event", s->story->case_id, NULL);
	gboolean told = FALSE;
	for (guint i = 0; i < events->len; i++)
		told = told ||
		       (g_str_equal(ps_record_text(events->pdata[i], "type"), "lifted") &&
			strstr(ps_record_text(events->pdata[i], "text"), "The news is out."));
	assert_true(told);
}

static void
publish__reason_without_a_stop__lifts_nothing(void **state)
{
	State *s = *state;
	const PsPublishOptions lifted = {.at = PS_NO_TIME, .lift_reason = "Just in case."};

	publish_with(s, &lifted, NULL);
	g_autoptr(GPtrArray) versions =
		ps_store_children(s->fixture->store, "advisory_version", s->story->advisory, NULL);
	assert_null(ps_record_text(versions->pdata[0], "lifted"));
}

static void
publish__tlp_above_the_place__refuses_and_never_lands_in_white(void **state)
{
	State *s = *state;
	const PsPublishOptions lifted = {.at = PS_NO_TIME, .lift_reason = "Customers only."};
	struct stat st;
	g_autoptr(GError) error = NULL;

	put(s->fixture->store, "advisory", s->story->advisory, "tlp", "AMBER");
	publish_wrong(s, NULL, PS_ERROR_REFUSED, "TLP:AMBER");
	/* a limit that is no label opens nothing */
	assert_done(ps_store_set_config(s->fixture->store, "advisory.tlp_limit", "WHITE", &error),
		    error);
	publish_wrong(s, NULL, PS_ERROR_REFUSED, "advisory.tlp_limit");
	publish_with(s, &lifted, NULL);
	g_autofree char *amber = path_of(s, "amber", ""), *white = path_of(s, "white", "");
	assert_true(there(s, amber));
	assert_false(there(s, white));
	g_autofree char *index = read_file(s, "white/index.txt");
	assert_string_equal(index, "");
	g_autofree char *folder = g_build_filename(s->dir, "amber", NULL);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 0007, 0);
	assert_good_tree(s);
}

static void
publish__tlp_changes__moves_it_to_the_other_folder(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	const PsPublishOptions open = {.at = PS_NO_TIME, .summary = "Now for everybody."};

	assert_done(ps_store_set_config(s->fixture->store, "advisory.tlp_limit", "RED", &error),
		    error);
	put(s->fixture->store, "advisory", s->story->advisory, "tlp", "RED");
	publish(s);
	g_autofree char *red = path_of(s, "red", ""), *white = path_of(s, "white", "");
	assert_true(there(s, red));
	put(s->fixture->store, "advisory", s->story->advisory, "tlp", "CLEAR");
	publish_with(s, &open, NULL);
	assert_false(there(s, red));
	assert_true(there(s, white));
	assert_good_tree(s);
}

static void
publish__mandatory_test_fails__says_which(void **state)
{
	State *s = *state;

	g_free(make(s->fixture->store, "vulnerability", "case", s->story->case_id, "title", "Twin",
		    "cve", "CVE-2026-12345", "description", "The same number.", NULL));
	publish_wrong(s, NULL, PS_ERROR_INVALID, "6.1.23");
	assert_int_equal(count_versions(s), 0);
}

static void
publish__something_missing__says_what(void **state)
{
	State *s = *state;

	put(s->fixture->store, "vulnerability", s->story->flaw, "description", "");
	publish_wrong(s, NULL, PS_ERROR_INVALID, "not described");
}

static void
publish__withdrawal__is_the_last_version(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	publish(s);
	assert_done(ps_advisory_withdraw(s->fixture->store, s->story->advisory, "Wrong.", NULL,
					 &error),
		    error);
	publish(s);
	assert_at(s->story, "/document/tracking/version", "2");
	publish(s); /* again: nothing to do */
	assert_int_equal(count_versions(s), 2);
	put(s->fixture->store, "case", s->story->case_id, "title", "Another title");
	publish_wrong(s, NULL, PS_ERROR_REFUSED, "withdrawn");
	g_autofree char *path = path_of(s, "white", "");
	assert_true(there(s, path));
	assert_good_tree(s);
}

static void
publish__other_times__are_refused_but_for_now(void **state)
{
	State *s = *state;
	PsPublishOptions options = {.at = ps_now_ms() + PS_DAY_MS};
	g_autoptr(GError) error = NULL;

	publish_wrong(s, &options, PS_ERROR_REFUSED, "lies ahead");
	options.at = ps_now_ms() - PS_DAY_MS;
	publish_wrong(s, &options, PS_ERROR_REFUSED, "past");
	options.at = ps_now_ms() - 40 * PS_DAY_MS;
	options.backdate = TRUE;
	publish_with(s, &options, NULL);
	g_autofree char *at_text = ps_utc_format(options.at - options.at % 1000);
	assert_at(s->story, "/document/tracking/current_release_date", at_text);
}

static void
publish__file_name_of_another__is_a_conflict(void **state)
{
	State *s = *state;

	put(s->fixture->store, "advisory", s->story->advisory, "tracking_id", "A B");
	publish(s);
	g_autofree char *other_case = fixture_case(s->fixture->store, "Other");
	g_free(make(s->fixture->store, "vulnerability", "case", other_case, "title", "T",
		    "description", "D", NULL));
	g_free(make(s->fixture->store, "affected", "case", other_case, "release", s->story->old,
		    "status", "known_affected", NULL));
	g_autofree char *other =
		make(s->fixture->store, "advisory", "case", other_case, "tracking_id", "A_B",
		     "profile", "csaf_security_advisory", "state", "draft", "version", "1", "tlp",
		     "CLEAR", "drafted_at", "2026-11-01T00:00:00Z", NULL);
	g_autoptr(GError) error = NULL;
	assert_false(ps_advisory_publish(s->fixture->store, s->openpgp, other, NULL, NULL, NULL,
					 &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	assert_good_tree(s);
}

static void
publish__file_of_somebody_else__is_not_overwritten(void **state)
{
	State *s = *state;
	g_autofree char *path = path_of(s, "white", "");
	g_autofree char *whole = g_build_filename(s->dir, path, NULL);
	g_autofree char *year = g_path_get_dirname(whole);
	g_autoptr(GError) error = NULL;

	assert_done(ps_dir_make(year, 0755, &error) &&
			    ps_file_write(whole, "theirs", -1, 0644, &error),
		    error);
	publish_wrong(s, NULL, PS_ERROR_CONFLICT, "was not published by this workspace");
	g_autofree char *text = read_file(s, path);
	assert_string_equal(text, "theirs");
}

static void
publish__somebody_else_publishes__is_busy(void **state)
{
	State *s = *state;
	g_autofree char *path =
		g_build_filename(ps_store_dir(s->fixture->store), "provider.lock", NULL);
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	assert_int_equal(flock(lock, LOCK_EX), 0);
	publish_wrong(s, NULL, PS_ERROR_BUSY, "try again");
	close(lock);
	publish(s);
}

static void
publish__unusable_key__is_told(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(s->fixture->store, "provider.signing_key",
					"0123456789ABCDEF0123456789ABCDEF01234567", &error),
		    error);
	publish_wrong(s, NULL, PS_ERROR_NO_KEY, "0123456789ABCDEF");
	assert_int_equal(count_versions(s), 0);
}

static void
publish__files_of_others__are_kept(void **state)
{
	State *s = *state;
	g_autofree char *page = g_build_filename(s->dir, "white", "about.html", NULL);
	g_autofree char *link = g_build_filename(s->dir, "white", "latest", NULL);
	g_autofree char *folder = g_build_filename(s->dir, "white", NULL);
	g_autoptr(GError) error = NULL;
	const PsPublishOptions second = {.at = PS_NO_TIME, .summary = "More."};

	assert_done(ps_dir_make(folder, 0755, &error), error);
	assert_done(ps_file_write(page, "<p>", -1, 0644, &error), error);
	assert_int_equal(symlink("2026", link), 0);
	publish(s);
	put(s->fixture->store, "vulnerability", s->story->flaw, "title", "Else");
	publish_with(s, &second, NULL);
	assert_true(there(s, "white/about.html"));
	assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(publish__whole_case__writes_everything),
		TEST(publish__whole_case__moves_case_and_advisory),
		TEST(publish__afterwards__the_document_is_the_published_file),
		TEST(publish__again__changes_nothing_and_says_so),
		TEST(publish__after_a_change__is_a_new_version_with_its_history),
		TEST(publish__twice_in_a_second__has_two_instants),
		TEST(publish__interim__becomes_final_with_a_version_of_its_own),
		TEST(publish__embargo__refuses_unless_lifted),
		TEST(publish__reason_without_a_stop__lifts_nothing),
		TEST(publish__tlp_above_the_place__refuses_and_never_lands_in_white),
		TEST(publish__tlp_changes__moves_it_to_the_other_folder),
		TEST(publish__mandatory_test_fails__says_which),
		TEST(publish__something_missing__says_what),
		TEST(publish__withdrawal__is_the_last_version),
		TEST(publish__other_times__are_refused_but_for_now),
		TEST(publish__file_name_of_another__is_a_conflict),
		TEST(publish__file_of_somebody_else__is_not_overwritten),
		TEST(publish__somebody_else_publishes__is_busy),
		TEST(publish__unusable_key__is_told),
		TEST(publish__files_of_others__are_kept),
	};

	return cmocka_run_group_tests_name("publish", tests, make_home, free_home);
}
