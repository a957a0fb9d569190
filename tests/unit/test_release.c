#include "config.h"

/* The release day: its steps and their proof, and fetching back over a real web server. */

#include "tests/unit/web-fixture.h"

#include <string.h>

#include "advisory/next.h"
#include "advisory/push.h"
#include "advisory/release.h"
#include "base/utc.h"

static const PsReleaseStep *
step_of(const PsRelease *release, const char *id)
{
	for (guint i = 0; i < release->steps->len; i++) {
		const PsReleaseStep *step = release->steps->pdata[i];
		if (g_str_equal(step->id, id))
			return step;
	}
	fail_msg("there is no step %s", id);
	return NULL;
}

static PsRelease *
load_release(State *s)
{
	g_autoptr(GError) error = NULL;
	PsRelease *release = ps_release_load(s->fixture->store, s->story->advisory, &error);

	if (!release)
		fail_msg("%s", error->message);
	return release;
}

static void
assert_state(State *s, const char *id, PsReleaseState state)
{
	g_autoptr(PsRelease) release = load_release(s);
	const PsReleaseStep *step = step_of(release, id);

	if (step->state != state)
		fail_msg("%s: %s (%s, %s)", id, ps_release_state_word(step->state), step->proof,
			 step->advice);
	assert_int_equal(step->advice != NULL,
			 state == PS_RELEASE_OPEN || state == PS_RELEASE_FAILED);
	assert_true(step->proof || state == PS_RELEASE_OPEN);
}

static gboolean
note(State *s, const char *step, gboolean skipped, const char *proof, GError **error)
{
	return ps_release_note(s->fixture->store, s->story->advisory, step, skipped, proof, error);
}

static void
release__draft__has_everything_before_it(void **state)
{
	State *s = *state;
	g_autoptr(PsRelease) release = load_release(s);

	assert_int_equal(release->steps->len, 8);
	assert_string_equal(release->version, "1");
	assert_state(s, "csaf", PS_RELEASE_OPEN);
	assert_state(s, "receipt", PS_RELEASE_OPEN);
	assert_state(s, "users", PS_RELEASE_OPEN);
}

/* The sentence of a step of the case's Next list; NULL: it is not there. */
static char *
next_step(State *s, const char *token)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) steps = ps_case_next(s->fixture->store, s->story->case_id, &error);

	if (!steps)
		fail_msg("%s", error->message);
	for (guint i = 0; i < steps->len; i++) {
		const PsCaseStep *step = steps->pdata[i];
		if (g_str_equal(step->token, token))
			return g_strdup(step->text);
	}
	return NULL;
}

static void
next__published__tells_of_open_steps_and_of_changes(void **state)
{
	State *s = *state;

	assert_null(next_step(s, "release"));
	publish(s);
	g_autofree char *release = next_step(s, "release");
	assert_non_null(release);
	assert_null(next_step(s, "refresh"));
	assert_null(next_step(s, "close"));
	put(s->fixture->store, "vulnerability", s->story->flaw, "title", "Another title");
	g_autofree char *refresh = next_step(s, "refresh");
	assert_non_null(refresh);
}

static void
release__published__csaf_is_done_with_its_hash(void **state)
{
	State *s = *state;

	publish(s);
	g_autoptr(PsRelease) release = load_release(s);
	const PsReleaseStep *step = step_of(release, "csaf");
	assert_int_equal(step->state, PS_RELEASE_DONE);
	assert_non_null(strstr(step->proof, "SHA-256 "));
	assert_true(step->at != PS_NO_TIME);
}

static void
release__note__is_kept_replaced_and_taken_back(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	assert_true(note(s, "users", FALSE, "mail of the 3rd", &error));
	assert_true(note(s, "users", FALSE, "ticket 17", &error));
	g_autoptr(PsRelease) release = load_release(s);
	assert_string_equal(step_of(release, "users")->proof, "ticket 17");
	assert_non_null(step_of(release, "users")->record);
	assert_true(note(s, "users", TRUE, "nobody has it yet", &error));
	assert_state(s, "users", PS_RELEASE_SKIPPED);
	assert_true(ps_release_forget(s->fixture->store, s->story->advisory, "users", &error));
	assert_state(s, "users", PS_RELEASE_OPEN);
	assert_null(error);
}

static void
release__note__refuses_what_it_sees_itself(void **state)
{
	State *s = *state;
	static const struct {
		const char *step, *proof, *words;
		int code;
	} cases[] = {
		{"csaf", "I saw it", "seen by itself", PS_ERROR_REFUSED},
		{"party", "x", "There are: update, csaf", PS_ERROR_INPUT},
		{"users", "", "how it can be shown", PS_ERROR_INPUT},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		assert_false(note(s, cases[i].step, FALSE, cases[i].proof, &error));
		assert_true(g_error_matches(error, PS_ERROR, cases[i].code));
		assert_non_null(strstr(error->message, cases[i].words));
	}
	g_autoptr(GError) error = NULL;
	assert_false(ps_release_forget(s->fixture->store, s->story->advisory, "users", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
}

static void
push_tree(State *s)
{
	const PsPushOptions plain = {FALSE, FALSE, FALSE};
	g_auto(PsPushed) pushed = {NULL, NULL, 0};
	g_autoptr(GError) error = NULL;

	if (!ps_provider_push(s->fixture->store, &plain, NULL, &pushed, &error))
		fail_msg("%s", error->message);
}

static gboolean
fetch_back(State *s)
{
	g_autoptr(PsNet) net = ps_net_new(s->fixture->store);
	g_autoptr(GError) error = NULL;
	gboolean same = FALSE;

	if (!ps_release_fetch_back(s->fixture->store, net, s->story->advisory, NULL, &same, &error))
		fail_msg("%s", error->message);
	return same;
}

static void
release__fetch_back__keeps_what_the_web_server_gave(void **state)
{
	State *s = *state;
	Web *web = web_new(s);
	g_autoptr(GError) error = NULL;
	g_autofree char *url = ps_test_https(web->server, "");

	assert_true(ps_store_set_config(s->fixture->store, "provider.url", url, &error));
	publish(s);
	assert_state(s, "push", PS_RELEASE_OPEN);
	assert_false(fetch_back(s));
	assert_state(s, "receipt", PS_RELEASE_FAILED);
	push_tree(s);
	assert_state(s, "push", PS_RELEASE_DONE);
	assert_true(fetch_back(s));
	assert_state(s, "receipt", PS_RELEASE_DONE);
	g_autofree char *path = path_of(s, "white", "");
	ps_test_web_put(web->server, path, "{}\n");
	assert_false(fetch_back(s));
	assert_state(s, "receipt", PS_RELEASE_FAILED);
	const PsQuery query = {.kind = "receipt"};
	g_autoptr(GPtrArray) receipts = ps_store_list(s->fixture->store, &query, &error);
	assert_int_equal(receipts->len, 12);
	web_free(web);
}

static void
release__fetch_back__needs_something_published(void **state)
{
	State *s = *state;
	g_autoptr(PsNet) net = ps_net_new(s->fixture->store);
	g_autoptr(GError) error = NULL;
	gboolean same = FALSE;

	assert_false(ps_release_fetch_back(s->fixture->store, net, s->story->advisory, NULL, &same,
					   &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(release__draft__has_everything_before_it),
		TEST(next__published__tells_of_open_steps_and_of_changes),
		TEST(release__published__csaf_is_done_with_its_hash),
		TEST(release__note__is_kept_replaced_and_taken_back),
		TEST(release__note__refuses_what_it_sees_itself),
		TEST(release__fetch_back__keeps_what_the_web_server_gave),
		TEST(release__fetch_back__needs_something_published),
	};

	if (!ps_test_has_web() || !ps_test_has_sftp())
		return 0;
	return cmocka_run_group_tests_name("release", tests, make_home, free_home);
}
