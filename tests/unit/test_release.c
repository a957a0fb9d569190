#include "config.h"

/* The release day: its steps and their proof, and fetching back over a real web server. */

#include "tests/unit/web-fixture.h"

#include <string.h>

#include "advisory/next.h"
#include "advisory/push.h"
#include "advisory/release.h"
#include "base/utc.h"
#include "cases/cve.h"

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

/* ---- what the network shows ---- */

static gboolean
prove(State *s, const char *step, int code, const char *words)
{
	g_autoptr(PsNet) net = ps_net_new(s->fixture->store);
	g_autoptr(GError) error = NULL;
	g_autofree char *said = NULL;
	gboolean done = ps_release_prove(s->fixture->store, net, s->story->advisory, step, NULL,
					 &said, &error);

	if (done != (code < 0) || (error && error->code != code))
		fail_msg("%s: %s", step, error ? error->message : said);
	assert_non_null(strstr(error ? error->message : said, words));
	return done;
}

/* What the CVE program shows of the story's id. */
static void
show_record(Web *web, const char *json)
{
	ps_test_web_put(web->server, "api/CVE-2026-12345", json);
}

static void
assert_register(State *s, const char *state)
{
	const PsQuery query = {.kind = "cve_id"};
	g_autoptr(GPtrArray) ids = ps_store_list(s->fixture->store, &query, NULL);

	assert_int_equal(ids->len, 1);
	assert_string_equal(ps_record_text(ids->pdata[0], "public_state"), state);
	assert_true(ps_record_time(ids->pdata[0], "seen_at") != PS_NO_TIME);
}

static void
release__cve__is_proved_by_the_public_record(void **state)
{
	State *s = *state;
	Web *web = web_new(s);
	g_autoptr(GError) error = NULL;
	g_autofree char *url = ps_test_https(web->server, "api/{id}");
	const PsCveOptions options = {NULL, NULL, NULL};
	char *ids[] = {(char *)"CVE-2026-12345", NULL};
	g_auto(GStrv) records = ps_cve_reserve(s->fixture->store, ids, NULL, &options, &error);

	assert_non_null(records);
	assert_true(ps_store_set_config(s->fixture->store, "cve.record_url", url, &error));
	prove(s, "cve", PS_ERROR_INVALID, "CVE-2026-12345 is not public yet");
	assert_register(s, "absent");
	assert_state(s, "cve", PS_RELEASE_OPEN);
	show_record(web, "{\"cveMetadata\": {\"cveId\": \"CVE-2026-12345\", \"state\": "
			 "\"RESERVED\"}}");
	prove(s, "cve", PS_ERROR_INVALID, "not public yet");
	/* a page that is no record, and the record of another */
	show_record(web, "<html>");
	prove(s, "cve", PS_ERROR_INVALID, "not public yet");
	show_record(web, "{\"cveMetadata\": {\"cveId\": \"CVE-2026-99999\", \"state\": "
			 "\"PUBLISHED\"}}");
	prove(s, "cve", PS_ERROR_INVALID, "not public yet");
	show_record(web, "{\"cveMetadata\": {\"cveId\": \"CVE-2026-12345\", \"state\": "
			 "\"REJECTED\"}}");
	prove(s, "cve", PS_ERROR_INVALID, "rejected");
	assert_register(s, "rejected");
	show_record(web, "{\"cveMetadata\": {\"cveId\": \"CVE-2026-12345\", \"state\": "
			 "\"PUBLISHED\", \"datePublished\": \"2026-11-20T08:00:00.000Z\"}}");
	prove(s, "cve", -1, "public since 2026-11-20");
	assert_register(s, "published");
	assert_state(s, "cve", PS_RELEASE_DONE);
	web_free(web);
}

static void
release__cve__unreachable_is_not_an_answer(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	assert_true(ps_store_set_config(s->fixture->store, "cve.record_url",
					"https://localhost:1/{id}", &error));
	prove(s, "cve", PS_ERROR_IO, "localhost:1/CVE-2026-12345");
	assert_state(s, "cve", PS_RELEASE_OPEN);
	prove(s, "users", PS_ERROR_INPUT, "only “update” and “cve”");
}

static void
set_fix_link(State *s, Web *web, const char *path)
{
	g_autofree char *url = ps_test_https(web->server, path);

	put(s->fixture->store, "release", s->story->new, "url", url);
}

static void
release__update__is_proved_by_its_link(void **state)
{
	State *s = *state;
	Web *web = web_new(s);
	g_autoptr(GError) error = NULL;
	g_autofree char *target =
		g_strdup_printf("dl.example.com:443:localhost:%d", web->server->https_port);

	assert_true(ps_store_set_config(s->fixture->store, "net.connect_to", target, &error));
	ps_test_web_put(web->server, "edge-4.2.bin", "firmware");
	/* the certificate is of other names */
	prove(s, "update", PS_ERROR_INVALID, "does not answer");
	set_fix_link(s, web, "edge-4.2.bin");
	prove(s, "update", -1, "answers (HTTP 200)");
	assert_state(s, "update", PS_RELEASE_DONE);
	set_fix_link(s, web, "nothing.bin");
	prove(s, "update", PS_ERROR_INVALID, "HTTP 404");
	web_free(web);
}

/* ---- messages as proof ---- */

static char *
make_message(State *s, const char *state, const char *to, const char *message_id)
{
	g_autofree char *later = ps_utc_format(ps_now_ms() + 1000);

	return make(s->fixture->store, "message", "case", s->story->case_id, "direction", "out",
		    "state", state, "at", later, "to", to, "subject", "Fixed", "message_id",
		    message_id, NULL);
}

static void
release__message__that_left_is_a_proof(void **state)
{
	State *s = *state;
	PsStore *store = s->fixture->store;
	g_autofree char *draft = make_message(s, "queued", "users@example.com", "<q@x>");
	g_autofree char *sent = make_message(s, "sent", "users@example.com", "<s@x>");
	g_autoptr(GError) queued = NULL;
	g_autoptr(GError) none = NULL;
	g_autoptr(GError) error = NULL;

	assert_false(ps_release_note_message(store, s->story->advisory, "users", "<q@x>", &queued));
	assert_true(g_error_matches(queued, PS_ERROR, PS_ERROR_REFUSED));
	assert_false(ps_release_note_message(store, s->story->advisory, "users", "<n@x>", &none));
	assert_true(g_error_matches(none, PS_ERROR, PS_ERROR_NOT_FOUND));
	assert_true(ps_release_note_message(store, s->story->advisory, "users", "<s@x>", &error));
	g_autoptr(PsRelease) release = load_release(s);
	const PsReleaseStep *step = step_of(release, "users");
	assert_int_equal(step->state, PS_RELEASE_DONE);
	assert_non_null(strstr(step->proof, "<s@x> → users@example.com: Fixed"));
	g_autoptr(PsRecord) message = ps_store_get(store, "message", sent, &error);
	assert_true(step->at == ps_record_time(message, "at"));
	assert_false(ps_release_note_message(store, s->story->advisory, "csaf", "<s@x>", &error));
}

static void
release__reporter__is_told_by_a_message_to_the_very_address(void **state)
{
	State *s = *state;
	publish(s);
	put(s->fixture->store, "participant", s->story->finder, "address", "rita@example.com");
	/* somebody else, whose address ends the same way */
	g_autofree char *other = make_message(s, "sent", "not.rita@example.com", "<o@x>");
	assert_state(s, "reporter", PS_RELEASE_OPEN);
	g_autofree char *right = make_message(s, "sent", "Rita <Rita@Example.com>", "<r@x>");
	assert_state(s, "reporter", PS_RELEASE_DONE);
	g_autoptr(PsRelease) release = load_release(s);
	assert_non_null(strstr(step_of(release, "reporter")->proof, "<r@x>"));
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
		TEST(release__cve__is_proved_by_the_public_record),
		TEST(release__cve__unreachable_is_not_an_answer),
		TEST(release__update__is_proved_by_its_link),
		TEST(release__message__that_left_is_a_proof),
		TEST(release__reporter__is_told_by_a_message_to_the_very_address),
		TEST(release__fetch_back__needs_something_published),
	};

	if (!ps_test_has_web() || !ps_test_has_sftp())
		return 0;
	return cmocka_run_group_tests_name("release", tests, make_home, free_home);
}
