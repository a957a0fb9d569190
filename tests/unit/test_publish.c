#include "config.h"

/* Publishing: all or nothing, with real signatures. */

#include "tests/unit/advisory-fixture.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "advisory/item.h"
#include "advisory/provider.h"
#include "advisory/publish.h"
#include "base/file.h"
#include "base/utc.h"
#include "tests/support/gnupg-home.h"

typedef struct {
	Fixture *fixture;
	Story *story;
	PsOpenpgp *openpgp;
	char *dir;
} State;

static PsTestHome *home;
static char *key;

/* Keys are made once: that is what takes time. */
static int
make_home(void **state)
{
	(void)state;
	home = ps_test_home_new();
	key = ps_test_key(home, "Team <psirt@example.com>");
	return 0;
}

static int
free_home(void **state)
{
	(void)state;
	g_free(key);
	ps_test_home_free(home);
	return 0;
}

static int
set_up(void **state)
{
	State *s = g_new0(State, 1);
	void *fixture = NULL;
	g_autoptr(GError) error = NULL;

	if (fixture_setup(&fixture) != 0)
		return -1;
	s->fixture = fixture;
	s->story = story_new(s->fixture->store);
	s->openpgp = ps_openpgp_new(home->home);
	assert_done(ps_store_set_config(s->fixture->store, "provider.signing_key", key, &error),
		    error);
	s->dir = ps_provider_dir(s->fixture->store);
	*state = s;
	return 0;
}

static int
tear_down(void **state)
{
	State *s = *state;
	void *fixture = s->fixture;

	ps_openpgp_free(s->openpgp);
	story_free(s->story);
	g_free(s->dir);
	g_free(s);
	return fixture_teardown(&fixture);
}

/* ---- helpers ---- */

static void
publish_with(State *s, const PsPublishOptions *options, PsPublished *published)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_advisory_publish(s->fixture->store, s->openpgp, s->story->advisory, options,
					NULL, published, &error),
		    error);
}

static void
publish(State *s)
{
	publish_with(s, NULL, NULL);
}

static void
publish_wrong(State *s, const PsPublishOptions *options, PsErrorCode code, const char *part)
{
	g_autoptr(GError) error = NULL;
	PsPublished published;

	assert_false(ps_advisory_publish(s->fixture->store, s->openpgp, s->story->advisory, options,
					 NULL, &published, &error));
	if (!g_error_matches(error, PS_ERROR, (int)code) || !strstr(error->message, part))
		fail_msg("error %d “%s” instead of %d “%s”", error->code, error->message, (int)code,
			 part);
}

static char *
read_file(State *s, const char *path)
{
	g_autofree char *whole = g_build_filename(s->dir, path, NULL);
	g_autoptr(GError) error = NULL;
	char *text = ps_file_read(whole, 1 << 24, NULL, &error);

	assert_done(text, error);
	return text;
}

static gboolean
there(State *s, const char *path)
{
	g_autofree char *whole = g_build_filename(s->dir, path, NULL);

	return g_file_test(whole, G_FILE_TEST_EXISTS);
}

/* The CSAF file's path below the directory, as of this year. */
static char *
path_of(State *s, const char *folder, const char *suffix)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autofree char *name = ps_provider_filename(s->story->case_number);

	return g_strdup_printf("%s/%.4s/%s%s", folder, now, name, suffix);
}

static guint
count_versions(State *s)
{
	g_autoptr(GPtrArray) versions =
		ps_store_children(s->fixture->store, "advisory_version", s->story->advisory, NULL);

	return versions->len;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
list_tree(GString *out, const char *dir, const char *below)
{
	g_autofree char *path = g_build_filename(dir, below, NULL);
	g_autoptr(GDir) open = g_dir_open(path, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	while (open && (name = g_dir_read_name(open)) != NULL)
		g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *one = g_build_filename(below, names->pdata[i], NULL);
		g_autofree char *whole = g_build_filename(dir, one, NULL);
		g_autofree char *text = NULL;
		gsize length;
		if (g_file_test(whole, G_FILE_TEST_IS_DIR)) {
			list_tree(out, dir, one);
		} else if (g_file_get_contents(whole, &text, &length, NULL)) {
			g_autofree char *hash =
				g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text,
							    length);
			g_string_append_printf(out, "%s %s\n", one, hash);
		}
	}
}

/* Every file with its hash: two equal texts are two equal trees. */
static char *
tree(State *s)
{
	GString *out = g_string_new(NULL);

	list_tree(out, s->dir, "");
	return g_string_free(out, FALSE);
}

/* Every requirement that a directory shows is met. */
static void
assert_good_tree(State *s)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsProviderReport) report = ps_provider_check(s->dir, NULL, &error);

	assert_done(report, error);
	for (gsize i = 0; i < G_N_ELEMENTS(report->requirement); i++)
		if (report->requirement[i].state == PS_REQUIREMENT_FAILED)
			fail_msg("%d: %s", report->requirement[i].number,
				 (char *)report->requirement[i].findings->pdata[0]);
	g_autofree char *listing = tree(s);
	assert_null(strstr(listing, ".next"));
	assert_null(strstr(listing, ".old"));
}

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
	assert_string_equal(published.signer, key);
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
	publish_wrong(s, NULL, PS_ERROR_INPUT, "--summary");
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

	put(s->fixture->store, "advisory", s->story->advisory, "tlp", "AMBER");
	publish_wrong(s, NULL, PS_ERROR_REFUSED, "TLP:AMBER");
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
publish__withdrawn__is_refused(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	publish(s);
	assert_done(ps_advisory_withdraw(s->fixture->store, s->story->advisory, "Wrong.", &error),
		    error);
	publish_wrong(s, NULL, PS_ERROR_REFUSED, "withdrawn");
	g_autofree char *path = path_of(s, "white", "");
	assert_true(there(s, path));
}

static void
publish__other_times__are_refused_but_for_now(void **state)
{
	State *s = *state;
	PsPublishOptions options = {.at = ps_now_ms() + PS_DAY_MS};
	g_autoptr(GError) error = NULL;

	publish_wrong(s, &options, PS_ERROR_REFUSED, "future");
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
		void *one = NULL;
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
	(void)state;
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
		PsOpenpgp *openpgp = ps_openpgp_new(home->home);
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
		void *one = NULL;
		assert_int_equal(set_up(&one), 0);
		State *s = one;
		g_autofree char *before = prepare_second(s);
		publish_and_die(s, steps[i]);
		assert_all_or_nothing(s, before, i >= COMMITTED);
		tear_down(&one);
	}
	(void)state;
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
	guint changed;

	publish(s);
	g_autofree char *before = tree(s);
	g_autofree char *path = path_of(s, "white", ".asc");
	g_autofree char *whole = g_build_filename(s->dir, path, NULL);
	assert_done(ps_file_write(whole, "no signature", -1, 0644, &error), error);
	assert_done(ps_provider_sync(s->fixture->store, s->openpgp, NULL, &changed, &error), error);
	assert_int_equal(changed, 1);
	g_autofree char *after = tree(s);
	assert_string_equal(before, after);
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

static void
filename__tracking_id__follows_section_5_1(void **state)
{
	static const char *const names[][2] = {
		{"Example Company - 2019-YH3234", "example_company_-_2019-yh3234.json"},
		{"RHBA-2019:0024", "rhba-2019_0024.json"},
		{"2022_#01-A", "2022_01-a.json"},
		{"../../etc/passwd", "_etc_passwd.json"},
		{"\xc3\x84+B", "_+b.json"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *name = ps_provider_filename(names[i][0]);
		assert_string_equal(name, names[i][1]);
	}
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
		TEST(publish__interim__becomes_final_with_a_version_of_its_own),
		TEST(publish__embargo__refuses_unless_lifted),
		TEST(publish__reason_without_a_stop__lifts_nothing),
		TEST(publish__tlp_above_the_place__refuses_and_never_lands_in_white),
		TEST(publish__tlp_changes__moves_it_to_the_other_folder),
		TEST(publish__mandatory_test_fails__says_which),
		TEST(publish__something_missing__says_what),
		TEST(publish__withdrawn__is_refused),
		TEST(publish__other_times__are_refused_but_for_now),
		TEST(publish__file_name_of_another__is_a_conflict),
		TEST(publish__file_of_somebody_else__is_not_overwritten),
		TEST(publish__somebody_else_publishes__is_busy),
		TEST(publish__unusable_key__is_told),
		TEST(publish__files_of_others__are_kept),
		cmocka_unit_test(publish__each_step_fails__leaves_all_or_nothing),
		cmocka_unit_test(publish__dies_at_each_step__leaves_all_or_nothing),
		TEST(publish__again_after_an_interruption__completes_the_directory),
		TEST(publish__embargo_while_signing__stops_it),
		TEST(publish__before_the_commit__is_hidden),
		TEST(publish__changed_while_signing__is_a_conflict),
		TEST(sync__lost_directory__comes_back_byte_for_byte),
		TEST(sync__changed_file__is_mended),
		TEST(sync__interrupted_exchange__brings_the_folder_back),
		TEST(sync__settings_missing__names_each),
		cmocka_unit_test(filename__tracking_id__follows_section_5_1),
	};

	return cmocka_run_group_tests_name("publish", tests, make_home, free_home);
}
