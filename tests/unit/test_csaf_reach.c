#include "config.h"

/* Tests 6.3.6 and 6.3.7 against a real web server on the loopback. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "advisory/csaf-reach.h"
#include "base/error.h"
#include "base/file.h"
#include "tests/support/server.h"

typedef struct {
	char *dir;
	PsTestServer *server;
	PsNet *net;
	PsCsafReach *reach;
} Fixture;

static Fixture *
fixture_new(void)
{
	Fixture *fixture = g_new0(Fixture, 1);

	fixture->dir = g_dir_make_tmp("psXXXXXX", NULL);
	fixture->server =
		ps_test_web_new(fixture->dir, "location /moved { return 301 /page.txt; }\n"
					      "location /secret { return 403; }\n");
	ps_test_web_put(fixture->server, "page.txt", "hello\n");
	fixture->net = ps_net_new(NULL);
	ps_net_allow_http(fixture->net);
	fixture->reach = ps_csaf_reach_new(fixture->net);
	return fixture;
}

static void
fixture_free(Fixture *fixture)
{
	ps_csaf_reach_free(fixture->reach);
	ps_net_free(fixture->net);
	if (fixture->server)
		ps_test_server_free(fixture->server);
	ps_dir_remove(fixture->dir, NULL);
	g_free(fixture->dir);
	g_free(fixture);
}

static cJSON *
text_object(const char *first, const char *first_value, const char *second,
	    const char *second_value)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, first, first_value);
	cJSON_AddStringToObject(object, second, second_value);
	return object;
}

static void
add_reference(cJSON *list, const PsTestServer *server, const char *category, const char *path)
{
	g_autofree char *url = ps_test_http(server, path);

	cJSON_AddItemToArray(list, text_object("category", category, "url", url));
}

/* A document of which only the addresses matter. */
static cJSON *
document_with(const PsTestServer *server)
{
	g_autofree char *page = ps_test_http(server, "page.txt");
	cJSON *document = cJSON_CreateObject();
	cJSON *head = cJSON_AddObjectToObject(document, "document");
	cJSON_AddStringToObject(head, "csaf_version", "2.0");
	cJSON_AddItemToObject(head, "publisher", text_object("name", "x", "namespace", page));
	cJSON *list = cJSON_AddArrayToObject(head, "references");
	add_reference(list, server, "self", "page.txt");
	add_reference(list, server, "self", "gone.json");
	add_reference(list, server, "external", "moved");
	add_reference(list, server, "external", "secret");
	cJSON_AddItemToArray(list, text_object("category", "external", "url",
					       "http://localhost:1/nobody"));
	cJSON_AddItemToArray(list, text_object("category", "external", "url", "urn:x:y"));
	return document;
}

static PsCsafReport *
checked(Fixture *fixture, const cJSON *document, int levels)
{
	g_autoptr(GError) error = NULL;
	PsCsafReport *report = ps_csaf_check(document, levels, NULL, &error);

	assert_non_null(report);
	if (!ps_csaf_reach_check(fixture->reach, document, report, NULL, &error))
		fail_msg("%s", error->message);
	return report;
}

/* The findings of one test as "POINTER " words. */
static char *
places(const PsCsafReport *report, const char *test)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (g_str_equal(finding->test, test))
			g_string_append_printf(text, "%s ", finding->pointer);
	}
	return g_string_free(text, FALSE);
}

static void
csaf_reach__addresses_that_do_not_answer__are_found(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(cJSON) document = document_with(fixture->server);
	g_autoptr(PsCsafReport) report = checked(fixture, document, PS_CSAF_ALL);
	g_autofree char *others = places(report, "6.3.6"), *own = places(report, "6.3.7");

	(void)state;
	assert_string_equal(others, "/document/references/3/url /document/references/4/url ");
	assert_string_equal(own, "/document/references/1/url ");
	assert_false(g_ptr_array_find_with_equal_func(report->not_run, "6.3.6", g_str_equal, NULL));
	assert_false(g_ptr_array_find_with_equal_func(report->not_run, "6.3.7", g_str_equal, NULL));
	assert_true(g_ptr_array_find_with_equal_func(report->not_run, "6.3.8", g_str_equal, NULL));
	fixture_free(fixture);
}

static void
csaf_reach__findings__name_status_and_reason_in_their_place(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(cJSON) document = document_with(fixture->server);
	g_autoptr(PsCsafReport) report = checked(fixture, document, PS_CSAF_ALL);
	PsCsafLevel level = PS_CSAF_SCHEMA;
	gboolean refused = FALSE, silent = FALSE;

	(void)state;
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		assert_true(finding->level >= level);
		level = finding->level;
		refused |= strstr(finding->message, "HTTP status 403") != NULL;
		silent |= strstr(finding->message, "nothing answers") != NULL;
	}
	assert_true(refused);
	assert_true(silent);
	fixture_free(fixture);
}

/* The server is gone; what it said before still counts. */
static void
csaf_reach__an_address__is_asked_once(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(cJSON) document = document_with(fixture->server);
	g_autoptr(PsCsafReport) first = checked(fixture, document, PS_CSAF_ALL);

	(void)state;
	ps_test_server_free(g_steal_pointer(&fixture->server));
	g_autoptr(PsCsafReport) second = checked(fixture, document, PS_CSAF_ALL);
	g_autofree char *before = places(first, "6.3.6"), *after = places(second, "6.3.6");
	assert_string_equal(before, after);
	fixture_free(fixture);
}

static void
csaf_reach__tests_that_nobody_asked_for__are_left_out(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(cJSON) document = document_with(fixture->server);
	g_autoptr(PsCsafReport) report = checked(fixture, document, PS_CSAF_MANDATORY);
	g_autofree char *others = places(report, "6.3.6");

	(void)state;
	assert_string_equal(others, "");
	fixture_free(fixture);
}

static void
csaf_reach__stopped__leaves_the_report(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(cJSON) document = document_with(fixture->server);
	g_autoptr(PsCsafReport) report = ps_csaf_check(document, PS_CSAF_ALL, NULL, NULL);
	g_autoptr(PsProgress) progress = ps_progress_new();
	g_autoptr(GError) error = NULL;
	guint before = report->findings->len;

	(void)state;
	ps_progress_cancel(progress);
	assert_false(ps_csaf_reach_check(fixture->reach, document, report, progress, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CANCELLED));
	assert_int_equal(report->findings->len, before);
	fixture_free(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csaf_reach__addresses_that_do_not_answer__are_found),
		cmocka_unit_test(csaf_reach__findings__name_status_and_reason_in_their_place),
		cmocka_unit_test(csaf_reach__an_address__is_asked_once),
		cmocka_unit_test(csaf_reach__tests_that_nobody_asked_for__are_left_out),
		cmocka_unit_test(csaf_reach__stopped__leaves_the_report),
	};

	if (!ps_test_has_web())
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
