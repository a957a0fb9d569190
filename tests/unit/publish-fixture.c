#include "config.h"

#include "tests/unit/publish-fixture.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "base/file.h"
#include "base/utc.h"

int
make_home(void **state)
{
	Signer *signer = g_new0(Signer, 1);

	signer->home = ps_test_home_new();
	signer->key = ps_test_key(signer->home, "Team <psirt@example.com>");
	*state = signer;
	return 0;
}

int
free_home(void **state)
{
	Signer *signer = *state;

	g_free(signer->key);
	ps_test_home_free(signer->home);
	g_free(signer);
	return 0;
}

int
set_up(void **state)
{
	State *s = g_new0(State, 1);
	void *fixture = NULL;
	g_autoptr(GError) error = NULL;

	if (fixture_setup(&fixture) != 0)
		return -1;
	s->signer = *state;
	s->fixture = fixture;
	s->story = story_new(s->fixture->store);
	s->openpgp = ps_openpgp_new(s->signer->home->home);
	assert_done(ps_store_set_config(s->fixture->store, "provider.signing_key", s->signer->key,
					&error),
		    error);
	s->dir = ps_provider_dir(s->fixture->store);
	*state = s;
	return 0;
}

int
tear_down(void **state)
{
	State *s = *state;
	void *fixture = s->fixture;

	*state = s->signer;
	ps_openpgp_free(s->openpgp);
	story_free(s->story);
	g_free(s->dir);
	g_free(s);
	return fixture_teardown(&fixture);
}

/* ---- helpers ---- */

void
publish_with(State *s, const PsPublishOptions *options, PsPublished *published)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_advisory_publish(s->fixture->store, s->openpgp, s->story->advisory, options,
					NULL, published, &error),
		    error);
}

void
publish(State *s)
{
	publish_with(s, NULL, NULL);
}

void
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

char *
read_file(State *s, const char *path)
{
	g_autofree char *whole = g_build_filename(s->dir, path, NULL);
	g_autoptr(GError) error = NULL;
	char *text = ps_file_read(whole, 1 << 24, NULL, &error);

	assert_done(text, error);
	return text;
}

gboolean
there(State *s, const char *path)
{
	g_autofree char *whole = g_build_filename(s->dir, path, NULL);

	return g_file_test(whole, G_FILE_TEST_EXISTS);
}

char *
path_of(State *s, const char *folder, const char *suffix)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autofree char *name = ps_csaf_filename(s->story->case_number);

	return g_strdup_printf("%s/%.4s/%s%s", folder, now, name, suffix);
}

guint
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

char *
tree(State *s)
{
	GString *out = g_string_new(NULL);

	list_tree(out, s->dir, "");
	return g_string_free(out, FALSE);
}

void
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
