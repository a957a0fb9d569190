#include "config.h"

/* A provider directory judged by number: ours as it is, ours damaged, and those of others. */

#include "tests/unit/advisory-fixture.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "advisory/csaf-format.h"
#include "advisory/provider.h"
#include "advisory/publish.h"
#include "base/file.h"
#include "base/utc.h"
#include "tests/support/gnupg-home.h"

typedef struct {
	Fixture *fixture;
	Story *story;
	PsTestHome *home;
	PsOpenpgp *openpgp;
	char *key, *dir;
} State;

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
	s->home = ps_test_home_new();
	s->key = ps_test_key(s->home, "Team <psirt@example.com>");
	s->openpgp = ps_openpgp_new(s->home->home);
	assert_done(ps_store_set_config(s->fixture->store, "provider.signing_key", s->key, &error),
		    error);
	assert_done(ps_advisory_publish(s->fixture->store, s->openpgp, s->story->advisory, NULL,
					NULL, NULL, &error),
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
	ps_test_home_free(s->home);
	story_free(s->story);
	g_free(s->key);
	g_free(s->dir);
	g_free(s);
	return fixture_teardown(&fixture);
}

static PsProviderReport *
check(const char *dir)
{
	g_autoptr(GError) error = NULL;
	PsProviderReport *report = ps_provider_check(dir, NULL, &error);

	assert_done(report, error);
	return report;
}

static PsRequirementState
state_of(const PsProviderReport *report, int number)
{
	return report->requirement[number - 1].state;
}

/* Exactly these requirements fail; `numbers` ends with 0. */
static void
assert_failed(const char *dir, const int *numbers)
{
	g_autoptr(PsProviderReport) report = check(dir);

	for (int number = 1; number <= PS_REQUIREMENTS; number++) {
		gboolean wanted = FALSE;
		for (const int *one = numbers; *one; one++)
			wanted = wanted || *one == number;
		gboolean failed = state_of(report, number) == PS_REQUIREMENT_FAILED;
		if (failed != wanted)
			fail_msg("requirement %d: %s", number,
				 failed ? (char *)report->requirement[number - 1].findings->pdata[0]
					: "did not fail");
	}
}
#define ASSERT_FAILED(dir, ...) assert_failed(dir, (const int[]){__VA_ARGS__, 0})

static char *
file_in(State *s, const char *suffix)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autofree char *name = ps_csaf_filename(s->story->case_number);

	return g_strdup_printf("%s/white/%.4s/%s%s", s->dir, now, name, suffix);
}

static void
write_text(const char *path, const char *text)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_file_write(path, text, -1, 0644, &error), error);
}

/* Replaces a piece of a file. */
static void
change(const char *path, const char *from, const char *to)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = ps_file_read(path, 1 << 24, NULL, &error);
	assert_done(text, error);
	g_autoptr(GString) changed = g_string_new(text);

	assert_true(g_string_replace(changed, from, to, 0) > 0);
	write_text(path, changed->str);
}

/* ---- ours ---- */

static void
check__our_tree__is_a_trusted_provider(void **state)
{
	State *s = *state;
	g_autoptr(PsProviderReport) report = check(s->dir);
	static const int met[] = {1, 2, 7, 11, 12, 13, 15, 18, 19, 20};

	assert_int_equal(report->documents, 1);
	assert_string_equal(report->role, "csaf_trusted_provider");
	for (gsize i = 0; i < G_N_ELEMENTS(met); i++)
		assert_int_equal(state_of(report, met[i]), PS_REQUIREMENT_MET);
	/* what only a web server shows is not claimed */
	assert_int_equal(state_of(report, 3), PS_REQUIREMENT_UNKNOWN);
	assert_int_equal(state_of(report, 6), PS_REQUIREMENT_UNKNOWN);
}

static void
check__damaged__fails_by_number(void **state)
{
	State *s = *state;
	g_autofree char *json = file_in(s, ""), *asc = file_in(s, ".asc");
	g_autofree char *sha256 = file_in(s, ".sha256"), *sha512 = file_in(s, ".sha512");
	g_autofree char *index = g_build_filename(s->dir, "white/index.txt", NULL);
	g_autofree char *changes = g_build_filename(s->dir, "white/changes.csv", NULL);
	g_autofree char *feed = g_build_filename(s->dir, "white/csaf-feed-tlp-white.json", NULL);
	g_autofree char *metadata = g_build_filename(s->dir, "provider-metadata.json", NULL);
	g_autofree char *keys = g_build_filename(s->dir, "openpgp", NULL);
	g_autoptr(GError) error = NULL;
	const struct {
		const char *path, *from, *to;
		int numbers[4];
	} damages[] = {
		/* the document itself: hash and signature are off, too */
		{json, "\"CVE-2026-12345\"", "\"CVE-26-1\"", {1, 18, 19}},
		{json, "Login without", "Login with", {18, 19}},
		{json, "\"WHITE\"", "\"RED\"", {15, 18, 19}},
		{sha256, "  ", "", {18}},
		{sha512, "0", "1", {18}},
		{asc, "-----BEGIN", "-----BEGUN", {19}},
		{index, ".json", ".jsn", {12}},
		{changes, "\",\"20", "\",\"19", {13}},
		{changes, "\"", "", {13}},
		{feed, "json.asc", "json.sig", {15}},
		{feed, "\"csaf\"", "\"cvrf\"", {15}},
		{feed, "https://", "http://", {3}},
		{metadata, "\"2.0\"", "\"3.0\"", {7}},
		{metadata, "\"vendor\"", "\"seller\"", {7}},
		{metadata, "\"fingerprint\": \"", "\"fingerprint\": \"AAAA", {20}},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(damages); i++) {
		g_autofree char *whole = ps_file_read(damages[i].path, 1 << 24, NULL, &error);
		assert_done(whole, error);
		change(damages[i].path, damages[i].from, damages[i].to);
		assert_failed(s->dir, damages[i].numbers);
		write_text(damages[i].path, whole);
	}
	assert_done(ps_dir_remove(keys, &error), error);
	ASSERT_FAILED(s->dir, 19, 20);
}

static void
check__missing_files__fail_by_number(void **state)
{
	State *s = *state;
	g_autofree char *asc = file_in(s, ".asc"), *json = file_in(s, "");
	g_autofree char *sha256 = file_in(s, ".sha256"), *sha512 = file_in(s, ".sha512");
	g_autofree char *index = g_build_filename(s->dir, "white/index.txt", NULL);
	g_autofree char *metadata = g_build_filename(s->dir, "provider-metadata.json", NULL);

	g_unlink(sha512);
	ASSERT_FAILED(s->dir, 0);
	g_unlink(sha256);
	ASSERT_FAILED(s->dir, 18);
	g_unlink(asc);
	ASSERT_FAILED(s->dir, 18, 19);
	g_unlink(index);
	ASSERT_FAILED(s->dir, 12, 18, 19);
	g_autofree char *well_known =
		g_build_filename(s->dir, ".well-known/csaf/provider-metadata.json", NULL);
	g_unlink(metadata);
	/* the same file stands at the well-known place */
	ASSERT_FAILED(s->dir, 12, 18, 19);
	g_unlink(well_known);
	ASSERT_FAILED(s->dir, 7, 12, 18, 19);
	assert_int_equal(chmod(json, 0600), 0);
	ASSERT_FAILED(s->dir, 4, 7, 12, 18, 19);
}

static void
check__wrong_places__fail_by_number(void **state)
{
	State *s = *state;
	g_autofree char *json = file_in(s, "");
	g_autofree char *year = g_path_get_dirname(json);
	g_autofree char *other = g_build_filename(s->dir, "white/1999", NULL);
	g_autofree char *named = g_build_filename(other, "Other-Name.json", NULL);
	g_autofree char *name = g_path_get_basename(json);
	g_autofree char *moved = g_build_filename(other, name, NULL);

	assert_int_equal(g_rename(year, other), 0);
	ASSERT_FAILED(s->dir, 11, 12, 13, 15);
	assert_int_equal(g_rename(moved, named), 0);
	ASSERT_FAILED(s->dir, 2, 11, 12, 13, 15, 18, 19);
}

static void
check__hostile_tree__is_a_list_of_findings(void **state)
{
	State *s = *state;
	g_autofree char *link = g_build_filename(s->dir, "white", "loop", NULL);
	g_autofree char *strange =
		g_build_filename(s->dir, "white", "a\033[31m\xe2\x80\xae.json", NULL);
	g_autofree char *deep = g_build_filename(s->dir, "white", "deep.json", NULL);
	g_autoptr(GString) nested = g_string_new(NULL);

	assert_int_equal(symlink("/", link), 0);
	for (int i = 0; i < 5000; i++)
		g_string_append_c(nested, '[');
	write_text(strange, "{\"document\": ");
	write_text(deep, nested->str);
	g_autoptr(PsProviderReport) report = check(s->dir);
	GPtrArray *findings = report->requirement[0].findings;
	/* two files, and the link that was not followed */
	assert_int_equal(findings->len, 3);
	for (guint i = 0; i < findings->len; i++)
		assert_null(strchr(findings->pdata[i], '\033'));
}

static void
check__no_such_directory__is_an_error(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(ps_provider_check("/nowhere/at/all", NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_IO));
}

/* ---- trees made by hand ---- */

static char *
make_dir(void)
{
	char *dir = g_dir_make_tmp("psirtdesk-tree-XXXXXX", NULL);

	assert_non_null(dir);
	return dir;
}

#define PUBLISHER(name)                                                                            \
	"{\"category\": \"vendor\", \"name\": \"" name "\", \"namespace\": \"https://" name "/\"}"
#define PARTY(name)                                                                                \
	"{\"metadata\": {\"last_updated\": \"2026-01-01T00:00:00Z\", \"publisher\": " PUBLISHER(   \
		name) ", \"url\": \"https://" name "/provider-metadata.json\"}, \"mirrors\": "     \
		      "[\"https://a.example/" name "/provider-metadata.json\"]}"
#define AGGREGATOR(parties)                                                                        \
	"{\"aggregator\": {\"category\": \"aggregator\", \"name\": \"A\", \"namespace\": "         \
	"\"https://a.example\"}, \"aggregator_version\": \"2.0\", \"canonical_url\": "             \
	"\"https://a.example/aggregator.json\", \"last_updated\": \"2026-01-01T00:00:00Z\", "      \
	"\"csaf_providers\": [" parties "]}"

static void
check__aggregator__is_judged(void **state)
{
	g_autofree char *dir = make_dir();
	g_autofree char *file = g_build_filename(dir, "aggregator.json", NULL),
			*mirror = g_build_filename(dir, "one", NULL),
			*metadata = g_build_filename(mirror, "provider-metadata.json", NULL);

	(void)state;
	write_text(file, AGGREGATOR(PARTY("one") "," PARTY("two")));
	assert_int_equal(g_mkdir(mirror, 0755), 0);
	write_text(metadata, "{\"metadata_version\": \"2.0\"}");
	g_autoptr(PsProviderReport) two = check(dir);
	assert_int_equal(state_of(two, 21), PS_REQUIREMENT_MET);
	assert_int_equal(state_of(two, 22), PS_REQUIREMENT_MET);
	/* that of the other is not there */
	assert_int_equal(two->requirement[22].findings->len, 1);
	assert_int_equal(g_unlink(metadata), 0);
	write_text(file, AGGREGATOR(PARTY("one")));
	g_autoptr(PsProviderReport) one = check(dir);
	assert_int_equal(state_of(one, 22), PS_REQUIREMENT_FAILED);
	write_text(file, "{\"aggregator_version\": \"2.1\"}");
	g_autoptr(PsProviderReport) none = check(dir);
	assert_int_equal(state_of(none, 21), PS_REQUIREMENT_FAILED);
	assert_null(none->role);
	ps_dir_remove(dir, NULL);
}

static void
check__links__are_followed_inside_only(void **state)
{
	g_autofree char *dir = make_dir(), *outside = make_dir();
	g_autofree char *secret = g_build_filename(outside, "provider-metadata.json", NULL),
			*out = g_build_filename(dir, "provider-metadata.json", NULL),
			*real = g_build_filename(dir, "real.json", NULL),
			*in = g_build_filename(dir, "in.json", NULL),
			*loop = g_build_filename(dir, "loop", NULL),
			*pipe = g_build_filename(dir, "pipe.json", NULL);

	(void)state;
	write_text(secret, "{}");
	write_text(real, "{");
	assert_int_equal(symlink(secret, out), 0);
	assert_int_equal(symlink("real.json", in), 0);
	assert_int_equal(symlink(".", loop), 0);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	g_autoptr(PsProviderReport) report = check(dir);
	/* the file is judged under both its names; what is outside is not there */
	g_autofree char *all = NULL;
	g_ptr_array_add(report->requirement[0].findings, NULL);
	all = g_strjoinv("\n", (char **)report->requirement[0].findings->pdata);
	g_ptr_array_set_size(report->requirement[0].findings,
			     (int)report->requirement[0].findings->len - 1);
	assert_non_null(strstr(all, "real.json: Line 1"));
	assert_non_null(strstr(all, "in.json: Line 1"));
	assert_non_null(strstr(all, "provider-metadata.json: this link"));
	assert_non_null(strstr(all, "loop: this link"));
	assert_null(strstr(all, "pipe"));
	assert_int_equal(state_of(report, 7), PS_REQUIREMENT_FAILED);
	ps_dir_remove(dir, NULL);
	ps_dir_remove(outside, NULL);
}

/* ---- those of others ---- */

static char *
foreign(const char *name)
{
	const char *shared = g_getenv("PSIRTDESK_SHARED");
	char *dir = g_build_filename(shared ? shared : "", "data/csaf/distribution", name, NULL);

	if (g_file_test(dir, G_FILE_TEST_IS_DIR))
		return dir;
	printf("# %s is not here\n", dir);
	g_free(dir);
	return NULL;
}

static void
check__foreign_directory_provider__is_judged(void **state)
{
	g_autofree char *dir = foreign("gocsaf-testdata/simple-directory-provider");

	(void)state;
	if (!dir)
		return;
	g_autoptr(PsProviderReport) report = check(dir);
	/* one document is signed with the key that lies beside it, the other has nothing */
	assert_int_equal(state_of(report, 20), PS_REQUIREMENT_MET);
	assert_int_equal(state_of(report, 15), PS_REQUIREMENT_UNUSED);
	/* of the other the lists know nothing, and no folder is a year's */
	assert_int_equal(state_of(report, 11), PS_REQUIREMENT_FAILED);
	assert_int_equal(state_of(report, 12), PS_REQUIREMENT_FAILED);
	assert_int_equal(state_of(report, 13), PS_REQUIREMENT_FAILED);
	assert_int_equal(report->requirement[18].findings->len, 1);
	assert_int_equal(report->requirement[17].findings->len, 1);
	assert_int_equal(report->documents, 2);
}

static void
check__foreign_rolie_provider__needs_no_folders(void **state)
{
	g_autofree char *dir = foreign("gocsaf-testdata/simple-rolie-provider");

	(void)state;
	if (!dir)
		return;
	g_autoptr(PsProviderReport) report = check(dir);
	for (int number = 11; number <= 14; number++)
		assert_int_equal(state_of(report, number), PS_REQUIREMENT_UNUSED);
	/* the feed is a template that is no JSON yet */
	assert_int_equal(state_of(report, 15), PS_REQUIREMENT_FAILED);
	assert_int_equal(state_of(report, 18), PS_REQUIREMENT_MET);
	assert_int_equal(state_of(report, 19), PS_REQUIREMENT_MET);
}

static void
check__foreign_full_provider__is_judged(void **state)
{
	g_autofree char *dir = foreign("csaf-testsuite/.well-known/csaf");

	(void)state;
	if (!dir)
		return;
	g_autoptr(PsProviderReport) report = check(dir);
	assert_true(report->documents >= 9);
	assert_int_equal(state_of(report, 2), PS_REQUIREMENT_MET);
	assert_int_equal(state_of(report, 16), PS_REQUIREMENT_MET);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(check__our_tree__is_a_trusted_provider),
		TEST(check__damaged__fails_by_number),
		TEST(check__missing_files__fail_by_number),
		TEST(check__wrong_places__fail_by_number),
		TEST(check__hostile_tree__is_a_list_of_findings),
		cmocka_unit_test(check__no_such_directory__is_an_error),
		cmocka_unit_test(check__foreign_directory_provider__is_judged),
		cmocka_unit_test(check__foreign_rolie_provider__needs_no_folders),
		cmocka_unit_test(check__aggregator__is_judged),
		cmocka_unit_test(check__links__are_followed_inside_only),
		cmocka_unit_test(check__foreign_full_provider__is_judged),
	};

	return cmocka_run_group_tests_name("provider_check", tests, NULL, NULL);
}
