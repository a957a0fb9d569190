#include "config.h"

/* Versions as they are published: numbers, history, the end, and publication at a later time. */

#include <string.h>

#include "advisory/arm.h"
#include "advisory/csaf-check.h"
#include "advisory/csaf-convert.h"
#include "advisory/ending.h"
#include "advisory/history.h"
#include "base/utc.h"
#include "cases/desk.h"
#include "tests/unit/publish-fixture.h"

static PsStore *
store_of(State *s)
{
	return s->fixture->store;
}

static void
set_config(State *s, const char *name, const char *value)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(store_of(s), name, value, &error), error);
}

static void
at_time(const char *now)
{
	g_setenv("PSIRTDESK_NOW", now, TRUE);
}

static int
tear_down_clock(void **state)
{
	g_unsetenv("PSIRTDESK_NOW");
	return tear_down(state);
}

static void
assert_valid(State *s)
{
	g_autoptr(PsAdvisory) advisory = load(s->story);
	g_autoptr(GError) error = NULL;
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(ps_advisory_document(advisory), PS_CSAF_SCHEMA | PS_CSAF_MANDATORY,
			      NULL, &error);

	assert_done(report, error);
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		print_message("# %s %s %s\n", finding->test, finding->pointer, finding->message);
	}
	assert_true(ps_csaf_report_is_valid(report));
}

/* ---- versions ---- */

static void
edition__semver__follows_what_changed(void **state)
{
	State *s = *state;

	at_time("2026-03-01T10:00:00Z");
	put(store_of(s), "advisory", s->story->advisory, "versioning", "semver");
	publish(s);
	assert_at(s->story, "/document/tracking/version", "1.0.0");
	at_time("2026-03-02T10:00:00Z");
	put(store_of(s), "vulnerability", s->story->flaw, "description",
	    "An empty passsword is taken.");
	assert_at(s->story, "/document/tracking/version", "1.0.1");
	publish(s);
	at_time("2026-03-03T10:00:00Z");
	put(store_of(s), "vulnerability", s->story->flaw, "description", "Any password is taken.");
	assert_at(s->story, "/document/tracking/version", "1.1.0");
	publish(s);
	at_time("2026-03-04T10:00:00Z");
	put(store_of(s), "release", s->story->other, "version", "3.8");
	assert_at(s->story, "/document/tracking/version", "2.0.0");
	assert_at(s->story, "/document/tracking/revision_history/3/number", "2.0.0");
	publish(s);
	assert_valid(s);
	assert_good_tree(s);
}

static void
edition__person_asks_for_more__it_is_raised_so_far(void **state)
{
	State *s = *state;

	put(store_of(s), "advisory", s->story->advisory, "versioning", "semver");
	publish(s);
	put(store_of(s), "vulnerability", s->story->flaw, "description",
	    "An empty passsword is taken.");
	put(store_of(s), "advisory", s->story->advisory, "step", "major");
	assert_at(s->story, "/document/tracking/version", "2.0.0");
	publish(s);
	put(store_of(s), "vulnerability", s->story->flaw, "description",
	    "An empty password is taken.");
	assert_at(s->story, "/document/tracking/version", "2.0.1");
}

static void
edition__scheme__stays_once_published(void **state)
{
	State *s = *state;

	publish(s);
	put(store_of(s), "advisory", s->story->advisory, "versioning", "semver");
	put(store_of(s), "case", s->story->case_id, "title", "Another title");
	assert_at(s->story, "/document/tracking/version", "2");
}

static void
edition__summary__is_proposed_or_entered(void **state)
{
	State *s = *state;

	publish(s);
	put(store_of(s), "case", s->story->case_id, "title", "Something else entirely");
	assert_at(s->story, "/document/tracking/revision_history/1/summary", "Texts revised.");
	put(store_of(s), "advisory", s->story->advisory, "summary", "The title says it better.");
	assert_at(s->story, "/document/tracking/revision_history/1/summary",
		  "The title says it better.");
	publish(s);
	assert_at(s->story, "/document/tracking/revision_history/1/summary",
		  "The title says it better.");
	put(store_of(s), "case", s->story->case_id, "title", "And once more");
	assert_at(s->story, "/document/tracking/revision_history/2/summary", "Texts revised.");
}

static void
edition__new_draft__takes_the_setting(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *other = fixture_case(store_of(s), "Other");

	set_config(s, "advisory.versioning", "dates");
	assert_null(ps_advisory_draft(store_of(s), other, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	g_clear_error(&error);
	set_config(s, "advisory.versioning", "semver");
	g_autofree char *id = ps_advisory_draft(store_of(s), other, &error);
	assert_done(id, error);
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store_of(s), id, &error);
	assert_string_equal(ps_advisory_version(advisory), "1.0.0");
}

static void
history__versions__are_kept_and_listed(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	publish(s);
	put(store_of(s), "case", s->story->case_id, "title", "Something else entirely");
	g_autoptr(PsAdvisory) advisory = load(s->story);
	g_autoptr(GPtrArray) entries = ps_history(store_of(s), advisory, &error);
	assert_done(entries, error);
	assert_int_equal(entries->len, 2);
	const PsEditionEntry *first = entries->pdata[0], *draft = entries->pdata[1];
	assert_string_equal(first->version, "1");
	assert_string_equal(first->status, "final");
	assert_true(first->published);
	assert_string_equal(draft->version, "2");
	assert_string_equal(draft->step, "minor");
	assert_false(draft->published);
	g_autoptr(GBytes) bytes = ps_history_bytes(store_of(s), advisory, "1", &error);
	g_autofree char *path = path_of(s, "white", "");
	g_autofree char *file = read_file(s, path);
	assert_int_equal(g_bytes_get_size(bytes), strlen(file));
	assert_memory_equal(g_bytes_get_data(bytes, NULL), file, strlen(file));
	assert_null(ps_history_bytes(store_of(s), advisory, "7", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
	assert_non_null(strstr(error->message, "1, draft"));
}

static void
history__hints__are_those_of_the_standard(void **state)
{
	State *s = *state;
	const PsPublishOptions interim = {.at = PS_NO_TIME, .interim = TRUE};

	at_time("2026-03-01T10:00:00Z");
	publish_with(s, &interim, NULL);
	g_autoptr(PsAdvisory) same = load(s->story);
	g_autofree char *none = ps_history_hint(store_of(s), same, ps_now_ms() + 40 * PS_DAY_MS);
	assert_null(none);
	g_autofree char *final = ps_history_hint(store_of(s), same, ps_now_ms() + 42 * PS_DAY_MS);
	assert_non_null(strstr(final, "final"));
	at_time("2026-03-05T10:00:00Z");
	publish(s);
	put(store_of(s), "case", s->story->case_id, "title", "Something else entirely");
	g_autoptr(PsAdvisory) changed = load(s->story);
	g_autofree char *close = ps_history_hint(store_of(s), changed, ps_now_ms() + PS_DAY_MS);
	assert_non_null(strstr(close, "interim"));
	g_autofree char *far = ps_history_hint(store_of(s), changed, ps_now_ms() + 21 * PS_DAY_MS);
	assert_null(far);
}

/* ---- the end ---- */

static void
ending__withdrawal__says_so_and_why(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	publish(s);
	assert_done(ps_advisory_withdraw(store_of(s), s->story->advisory, NULL, NULL, &error),
		    error);
	assert_valid(s);
	assert_done(ps_advisory_keep_alive(store_of(s), s->story->advisory, &error), error);
	assert_done(ps_advisory_withdraw(store_of(s), s->story->advisory, "It was a mistake.", NULL,
					 &error),
		    error);
	assert_at(s->story, "/document/category", "Withdrawn");
	assert_at(s->story, "/document/title", "Withdrawn: Login can be bypassed");
	assert_at(s->story, "/product_tree", "");
	assert_at(s->story, "/vulnerabilities", "");
	assert_at(s->story, "/document/notes/ending/title", "Reasoning for Withdrawal");
	assert_at(s->story, "/document/notes/ending/category", "description");
	assert_at(s->story, "/document/tracking/revision_history/1/summary",
		  "This advisory was withdrawn.");
	assert_valid(s);
	publish(s);
	g_autofree char *now = fixture_text(store_of(s), "advisory", s->story->advisory, "state");
	assert_string_equal(now, "withdrawn");
	edit_wrong(s->story, "/document/title", "x", PS_ERROR_REFUSED, "withdrawn");
	assert_false(ps_advisory_withdraw(store_of(s), s->story->advisory, "x", NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
}

static void
ending__called_off__is_as_before(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	publish(s);
	assert_false(ps_advisory_keep_alive(store_of(s), s->story->advisory, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
	g_clear_error(&error);
	assert_done(ps_advisory_withdraw(store_of(s), s->story->advisory, "Oh.", NULL, &error),
		    error);
	assert_done(ps_advisory_keep_alive(store_of(s), s->story->advisory, &error), error);
	g_autoptr(PsAdvisory) advisory = load(s->story);
	assert_true(ps_advisory_is_unchanged(advisory));
}

static void
ending__draft_that_nobody_read__goes_at_once(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	gboolean at_once = FALSE;

	assert_done(ps_advisory_withdraw(store_of(s), s->story->advisory, NULL, &at_once, &error),
		    error);
	assert_true(at_once);
	publish_wrong(s, NULL, PS_ERROR_REFUSED, "withdrawn");
}

static void
supersede_wrong(State *s, const char *successor, PsErrorCode code, const char *part)
{
	g_autoptr(GError) error = NULL;

	assert_false(
		ps_advisory_supersede(store_of(s), s->story->advisory, successor, NULL, &error));
	if (!g_error_matches(error, PS_ERROR, (int)code) || !strstr(error->message, part))
		fail_msg("error %d “%s” instead of %d “%s”", error->code, error->message, (int)code,
			 part);
}

static void
ending__supersession__refers_to_the_successor(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	static const char url[] = "https://www.example.com/csaf/white/2026/new.json";

	supersede_wrong(s, url, PS_ERROR_REFUSED, "never published");
	publish(s);
	supersede_wrong(s, "nothing", PS_ERROR_NOT_FOUND, "nothing");
	supersede_wrong(s, "http:// x", PS_ERROR_INPUT, "web address");
	supersede_wrong(s, s->story->advisory, PS_ERROR_REFUSED, "itself");
	assert_done(ps_advisory_supersede(store_of(s), s->story->advisory, url, NULL, &error),
		    error);
	assert_at(s->story, "/document/references/successor/url", url);
	assert_at(s->story, "/document/references/successor/summary", "Superseding Document");
	assert_at(s->story, "/document/references/successor/category", "external");
	assert_at(s->story, "/document/notes/ending/title", "Reasoning for Supersession");
	assert_valid(s);
	supersede_wrong(s, url, PS_ERROR_CONFLICT, "already");
	publish(s);
	g_autofree char *now = fixture_text(store_of(s), "advisory", s->story->advisory, "state");
	assert_string_equal(now, "superseded");
}

/* Another case with what a document needs, published. */
static char *
publish_other(State *s)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *other = fixture_case(store_of(s), "Other");

	g_free(make(store_of(s), "vulnerability", "case", other, "title", "T", "description", "D",
		    NULL));
	g_free(make(store_of(s), "affected", "case", other, "release", s->story->old, "status",
		    "known_affected", NULL));
	char *id = ps_advisory_draft(store_of(s), other, &error);
	assert_done(id, error);
	assert_done(ps_advisory_publish(store_of(s), s->openpgp, id, NULL, NULL, NULL, &error),
		    error);
	return id;
}

static void
ending__successor_of_ours__is_linked_where_it_is_published(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *draft = fixture_case(store_of(s), "Draft");

	publish(s);
	g_free(ps_advisory_draft(store_of(s), draft, &error));
	supersede_wrong(s, draft, PS_ERROR_REFUSED, "not published yet");
	g_autofree char *other = publish_other(s);
	g_autofree char *tracking = fixture_text(store_of(s), "advisory", other, "tracking_id");
	g_autofree char *path =
		fixture_sql(store_of(s), "SELECT path FROM advisory_version ORDER BY row DESC");
	g_autofree char *url = g_strconcat("https://www.example.com/csaf/", path, NULL);
	g_autofree char *summary = g_strdup_printf("This advisory was superseded by %s.", tracking);
	assert_done(ps_advisory_supersede(store_of(s), s->story->advisory, tracking, NULL, &error),
		    error);
	assert_at(s->story, "/document/references/successor/url", url);
	assert_at(s->story, "/document/tracking/revision_history/1/summary", summary);
	assert_valid(s);
}

/* A converter makes the profile of CSAF 2.1 of it, whatever the language. */
static void
assert_profile(State *s, const char *lang, const char *category)
{
	g_autoptr(GPtrArray) notes = ps_convert_notes_new();
	g_autoptr(GError) error = NULL;

	put(store_of(s), "advisory", s->story->advisory, "lang", lang);
	g_autoptr(PsAdvisory) advisory = load(s->story);
	g_autoptr(cJSON) newer = ps_csaf_convert(ps_advisory_document(advisory), notes, &error);
	assert_done(newer, error);
	assert_string_equal(ps_json_text(ps_json_at(newer, "/document"), "category"), category);
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(newer, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY, NULL, &error);
	assert_done(report, error);
	assert_true(ps_csaf_report_is_valid(report));
}

static void
ending__as_csaf_2_1__is_of_the_profile(void **state)
{
	static const char *const languages[] = {"en", "de"};
	State *s = *state;
	g_autoptr(GError) error = NULL;

	publish(s);
	for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
		put(store_of(s), "advisory", s->story->advisory, "lang", languages[i]);
		assert_done(ps_advisory_withdraw(store_of(s), s->story->advisory, "W.", NULL,
						 &error),
			    error);
		assert_profile(s, languages[i], "csaf_withdrawn");
		assert_done(ps_advisory_keep_alive(store_of(s), s->story->advisory, &error), error);
		assert_done(ps_advisory_supersede(store_of(s), s->story->advisory,
						  "https://www.example.com/new.json", NULL, &error),
			    error);
		assert_profile(s, languages[i], "csaf_superseded");
		assert_done(ps_advisory_keep_alive(store_of(s), s->story->advisory, &error), error);
	}
}

/* ---- at a later time ---- */

typedef struct {
	guint published, failed;
	char *message;
} Told;

static void
tell(gpointer user, const PsArmed *armed, const PsPublished *published, const GError *problem)
{
	Told *told = user;

	(void)armed;
	(void)published;
	told->published += problem ? 0 : 1;
	told->failed += problem ? 1 : 0;
	if (problem) {
		g_free(told->message);
		told->message = g_strdup(problem->message);
	}
}

static void
assert_due(State *s, guint published, guint failed, const char *part)
{
	g_autoptr(GError) error = NULL;
	Told told = {0};

	assert_done(ps_publish_due(store_of(s), s->openpgp, NULL, tell, &told, &error), error);
	assert_int_equal(told.published, published);
	assert_int_equal(told.failed, failed);
	if (part && !strstr(told.message, part))
		fail_msg("“%s” does not say “%s”", told.message, part);
	g_free(told.message);
}

static void
arm(State *s, const char *at)
{
	g_autoptr(GError) error = NULL;
	PsPublishOptions options = {.at = PS_NO_TIME};

	assert_done(ps_utc_parse(at, &options.at, &error) &&
			    ps_advisory_arm(store_of(s), s->story->advisory, &options, &error),
		    error);
}

static char *
armed_at(State *s)
{
	char *text = fixture_text(store_of(s), "advisory", s->story->advisory, "armed_at");

	return text ? text : g_strdup("");
}

static void
arm__due__is_published_once(void **state)
{
	State *s = *state;

	at_time("2026-03-01T10:00:00Z");
	arm(s, "2026-03-01T11:29:10Z");
	g_autofree char *at = armed_at(s);
	assert_string_equal(at, "2026-03-01T11:30:00Z");
	assert_due(s, 0, 0, NULL);
	at_time("2026-03-01T11:30:20Z");
	assert_true(ps_armed_is_due(store_of(s), ps_now_ms()));
	assert_due(s, 1, 0, NULL);
	assert_at(s->story, "/document/tracking/current_release_date", "2026-03-01T11:30:20Z");
	assert_due(s, 0, 0, NULL);
	assert_int_equal(count_versions(s), 1);
	g_autofree char *after = armed_at(s);
	assert_string_equal(after, "");
}

static void
arm__desk__shows_it_with_its_time(void **state)
{
	State *s = *state;
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;
	const PsDeskLine *found = NULL;

	at_time("2026-03-01T10:00:00Z");
	arm(s, "+1h");
	ps_store_lock(store_of(s));
	g_autoptr(GPtrArray) lines = ps_desk_lines(store_of(s), &query, &error);
	assert_done(lines, error);
	for (guint i = 0; i < lines->len; i++)
		if (g_str_equal(((PsDeskLine *)lines->pdata[i])->token, "armed"))
			found = lines->pdata[i];
	assert_non_null(found);
	assert_string_equal(found->record, s->story->advisory);
	assert_string_equal(found->case_id, s->story->case_id);
	assert_int_equal(found->due_at, ps_now_ms() + PS_HOUR_MS);
}

static void
arm__cancelled__is_not_published(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	at_time("2026-03-01T10:00:00Z");
	assert_false(ps_advisory_disarm(store_of(s), s->story->advisory, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	g_clear_error(&error);
	arm(s, "+1h");
	assert_done(ps_advisory_disarm(store_of(s), s->story->advisory, &error), error);
	at_time("2026-03-01T12:00:00Z");
	assert_due(s, 0, 0, NULL);
	assert_int_equal(count_versions(s), 0);
}

static void
arm__changed_since__is_void_and_says_so(void **state)
{
	State *s = *state;
	gboolean is_void;

	at_time("2026-03-01T10:00:00Z");
	arm(s, "+1h");
	put(store_of(s), "case", s->story->case_id, "title", "Something else entirely");
	g_autoptr(PsAdvisory) advisory = load(s->story);
	g_autofree char *sentence = ps_armed_sentence(store_of(s), advisory, ps_now_ms(), &is_void);
	assert_true(is_void);
	assert_non_null(strstr(sentence, "void"));
	at_time("2026-03-01T11:00:00Z");
	assert_due(s, 0, 1, "void");
	assert_int_equal(count_versions(s), 0);
	assert_due(s, 0, 0, NULL);
}

static void
arm__embargo__is_looked_at_twice(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	PsPublishOptions options = {.at = PS_NO_TIME};

	at_time("2026-03-01T10:00:00Z");
	put(store_of(s), "case", s->story->case_id, "em", "ACTIVE");
	put(store_of(s), "case", s->story->case_id, "embargo_until", "2026-03-02T00:00:00Z");
	options.at = ps_now_ms() + PS_HOUR_MS;
	assert_false(ps_advisory_arm(store_of(s), s->story->advisory, &options, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	arm(s, "2026-03-02T00:00:00Z");
	put(store_of(s), "case", s->story->case_id, "embargo_until", "2026-03-09T00:00:00Z");
	at_time("2026-03-02T00:00:00Z");
	assert_due(s, 0, 1, "embargo");
	g_autofree char *after = armed_at(s);
	assert_string_equal(after, "");
}

static void
arm__key_away__stays_armed(void **state)
{
	State *s = *state;

	at_time("2026-03-01T10:00:00Z");
	arm(s, "+1h");
	set_config(s, "provider.signing_key", "0123456789ABCDEF0123456789ABCDEF01234567");
	at_time("2026-03-01T11:00:00Z");
	assert_due(s, 0, 1, NULL);
	g_autofree char *still = armed_at(s);
	assert_string_equal(still, "2026-03-01T11:00:00Z");
	set_config(s, "provider.signing_key", s->signer->key);
	assert_due(s, 1, 0, NULL);
}

static void
arm__time_that_is_past__is_refused(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	const PsPublishOptions past = {.at = ps_now_ms() - PS_HOUR_MS};
	const PsPublishOptions never = {.at = PS_NO_TIME};

	assert_false(ps_advisory_arm(store_of(s), s->story->advisory, &past, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	g_clear_error(&error);
	assert_false(ps_advisory_arm(store_of(s), s->story->advisory, &never, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down_clock)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(edition__semver__follows_what_changed),
		TEST(edition__person_asks_for_more__it_is_raised_so_far),
		TEST(edition__scheme__stays_once_published),
		TEST(edition__summary__is_proposed_or_entered),
		TEST(edition__new_draft__takes_the_setting),
		TEST(history__versions__are_kept_and_listed),
		TEST(history__hints__are_those_of_the_standard),
		TEST(ending__withdrawal__says_so_and_why),
		TEST(ending__called_off__is_as_before),
		TEST(ending__draft_that_nobody_read__goes_at_once),
		TEST(ending__supersession__refers_to_the_successor),
		TEST(ending__successor_of_ours__is_linked_where_it_is_published),
		TEST(ending__as_csaf_2_1__is_of_the_profile),
		TEST(arm__due__is_published_once),
		TEST(arm__desk__shows_it_with_its_time),
		TEST(arm__cancelled__is_not_published),
		TEST(arm__changed_since__is_void_and_says_so),
		TEST(arm__embargo__is_looked_at_twice),
		TEST(arm__key_away__stays_armed),
		TEST(arm__time_that_is_past__is_refused),
	};

	return cmocka_run_group_tests(tests, make_home, free_home);
}
