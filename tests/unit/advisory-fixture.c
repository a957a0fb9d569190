#include "config.h"

#include "tests/unit/advisory-fixture.h"

#include <string.h>

#include "advisory/item.h"

char *
make(PsStore *store, const char *kind, ...)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const char *word;
	va_list list;

	va_start(list, kind);
	while ((word = va_arg(list, const char *)) != NULL)
		g_ptr_array_add(pairs, (gpointer)word);
	va_end(list);
	g_ptr_array_add(pairs, NULL);
	char *id = ps_store_new(store, "test.new", kind, (const char *const *)pairs->pdata, &error);
	assert_done(id, error);
	return id;
}

void
put(PsStore *store, const char *kind, const char *id, const char *field, const char *value)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set(store, "test.set", kind, id, field, value, PS_ANY, &error), error);
}

void
story_settings(PsStore *store)
{
	static const char *const settings[][2] = {
		{"org.name", "Example Gateways GmbH"},
		{"org.namespace", "https://www.example.com"},
		{"org.contact", "psirt@example.com"},
		{"org.legal", "Without warranty."},
		{"provider.url", "https://www.example.com/csaf"},
	};
	g_autoptr(GError) error = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
		assert_done(ps_store_set_config(store, settings[i][0], settings[i][1], &error),
			    error);
}

static void
make_products(Story *story)
{
	PsStore *store = story->store;

	story->product = make(store, "product", "name", "Edge Gateway", "vendor",
			      "Example Gateways GmbH", "family", "Industrial", "model", "EG-100",
			      "sku", "1234", "cpe", "cpe:2.3:h:example:edge:-:*:*:*:*:*:*:*", NULL);
	story->old = make(store, "release", "product", story->product, "version", "4.1",
			  "released_on", "2026-01-10", "purl", "pkg:generic/edge@4.1", NULL);
	story->new =
		make(store, "release", "product", story->product, "version", "4.2", "released_on",
		     "2026-06-01", "url", "https://dl.example.com/edge-4.2.bin", "sha256",
		     "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08", NULL);
	story->other = make(store, "release", "product", story->product, "version", "3.9",
			    "released_on", "2025-03-01", NULL);
}

static void
make_case(Story *story)
{
	PsStore *store = story->store;

	story->case_id = fixture_case(store, "Login can be bypassed");
	put(store, "case", story->case_id, "summary", "Whoever reaches it can log in.");
	story->flaw = make(store, "vulnerability", "case", story->case_id, "title",
			   "Login without password", "cve", "CVE-2026-12345", "cwe", "CWE-287",
			   "description", "An empty password is taken.", "exploited", "no", NULL);
	g_free(make(store, "affected", "case", story->case_id, "release", story->old, "status",
		    "known_affected", NULL));
	g_free(make(store, "affected", "case", story->case_id, "release", story->other, "status",
		    "known_not_affected", "justification", "component_not_present", "impact",
		    "It has no web page.", NULL));
	g_free(make(store, "score", "case", story->case_id, "version", "3.1", "vector",
		    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "source", "ours", NULL));
	story->decision = make(store, "decision", "case", story->case_id, "category", "vendor_fix",
			       "reason", "We can.", "fixed_in", story->new, "restart", "machine",
			       "decided_at", "2026-11-20T10:00:00Z", NULL);
	story->finder = make(store, "participant", "case", story->case_id, "role", "finder", "name",
			     "Rita Reporter", "credit", "yes", NULL);
	story->reference = make(store, "reference", "case", story->case_id, "url",
				"https://www.example.com/news", "summary", "Our news", NULL);
}

Story *
story_new(PsStore *store)
{
	Story *story = g_new0(Story, 1);
	g_autoptr(GError) error = NULL;

	story->store = store;
	story_settings(store);
	make_products(story);
	make_case(story);
	g_autoptr(PsRecord) record = ps_store_get(store, "case", story->case_id, &error);
	assert_done(record, error);
	story->case_number = g_strdup(ps_record_number(record));
	story->advisory = ps_advisory_draft(store, story->case_id, &error);
	assert_done(story->advisory, error);
	return story;
}

void
story_free(Story *story)
{
	char **texts[] = {&story->product,   &story->old,         &story->new,     &story->other,
			  &story->case_id,   &story->case_number, &story->flaw,    &story->decision,
			  &story->reference, &story->finder,      &story->advisory};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(*texts[i]);
	g_free(story);
}

void
edit(Story *story, const char *pointer, const char *value)
{
	char *pairs[] = {(char *)pointer, (char *)value, NULL};
	g_autoptr(GError) error = NULL;

	assert_done(ps_advisory_set(story->store, story->advisory, pairs, &error), error);
}

void
edit_wrong(Story *story, const char *pointer, const char *value, PsErrorCode code, const char *part)
{
	char *pairs[] = {(char *)pointer, (char *)value, NULL};
	g_autoptr(GError) error = NULL;

	assert_false(ps_advisory_set(story->store, story->advisory, pairs, &error));
	if (!g_error_matches(error, PS_ERROR, (int)code) || !strstr(error->message, part))
		fail_msg("error %d “%s” instead of %d “%s”", error->code, error->message, (int)code,
			 part);
}

PsAdvisory *
load(Story *story)
{
	g_autoptr(GError) error = NULL;
	PsAdvisory *advisory = ps_advisory_load(story->store, story->advisory, &error);

	assert_done(advisory, error);
	return advisory;
}

char *
at(Story *story, const char *pointer)
{
	g_autoptr(PsAdvisory) advisory = load(story);
	const cJSON *value = ps_field_at(ps_advisory_document(advisory), pointer);

	if (!value)
		return g_strdup("");
	return cJSON_IsString(value) ? g_strdup(value->valuestring) : ps_json_print(value);
}

void
assert_at(Story *story, const char *pointer, const char *text)
{
	g_autofree char *there = at(story, pointer);

	if (!g_str_equal(there, text))
		fail_msg("%s is “%s”, not “%s”", pointer, there, text);
}

int
story_set_up(void **state)
{
	StoryState *s = g_new0(StoryState, 1);
	void *fixture = NULL;

	if (fixture_setup(&fixture) != 0)
		return -1;
	s->fixture = fixture;
	s->story = story_new(s->fixture->store);
	*state = s;
	return 0;
}

int
story_tear_down(void **state)
{
	StoryState *s = *state;
	void *fixture = s->fixture;

	story_free(s->story);
	g_free(s);
	return fixture_teardown(&fixture);
}
