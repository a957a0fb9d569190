#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "registry/vers.h"

static void
vers__parse__takes_the_canonical_form(void **state)
{
	static const char *const good[] = {
		"vers:npm/1.2.3|>=2.0.0|<5.0.0",
		"vers:gem/>=2.2.0|!=2.2.1|<2.3.0",
		"vers:pypi/0.0.0|0.0.1|0.0.2|0.0.3|1.0|2.0pre1",
		"vers:tomee/>=8.0.0-M1|<=8.0.1",
		"vers:all/*",
		"vers:none/*",
		"vers:intdot/>1.2|!=3.2.0|<3.91.1|>4.2.0",
		"vers:datetime/>=2012-06-30T23:59:60Z|<=2016-12-31T23:59:60Z",
		"vers:npm/1.0%252F0",
		"vers:deb/<1:2.0~rc1-3",
		/* the order of an unknown type is not insisted on */
		"vers:someweirdtype/<4.2.0|>3.91.1|!=3.2.0|<1.2",
		"vers:generic/>10a|<9b",
		"<V3.1.2.2",
		">abc|<=def",
		">10.9a|!=10.9c|!=10.9f|<=10.9k",
		"<2024-4-pabc0019|>2024-10-pefd0010|<2024-12-pjkl2010|>2024-12-pjkl5010",
		">2.1.0|<3.16.0|>3.16.0|<4.2.0",
		"<1.2.0|=4.2.0",
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(PsVers) vers = ps_vers_parse(good[i], &error);
		if (!vers)
			fail_msg("%s: %s", good[i], error->message);
	}
}

/* Part of the sentence that each must give. */
static void
vers__parse__names_the_rule_that_is_broken(void **state)
{
	static const char *const bad[][2] = {
		{"all versions < 4.2.0", "white space"},
		{"vers:npm/ >= 2.2.0| <2.3.0", "white space"},
		{"vers:npm/1\xc2\xa0", "white space"},
		{"vers:npm/1\xc3\xa4", "ASCII"},
		{"vers:npm/1\x01", "ASCII"},
		{"VERS:npm/1.0.0", "small letters"},
		{"vers:NPM/1.0.0", "small letters"},
		{"vers:/1.0.0", "lacks the type"},
		{"vers:npm", "lacks the type"},
		{"vers:1pm/1", "not written right"},
		{"vers:npm/", "no constraints"},
		{"", "no constraints"},
		{"vers:all/<V3.1.2.2", "only before"},
		{"vers:none/1", "only before"},
		{"vers:deb/*", "vers:all/*"},
		{"*", "vers:all/*"},
		{"vers:npm/|>=1.0.0|<2.0.0", "empty"},
		{"vers:npm/>=1.0.0||<2.0.0", "empty"},
		{"vers:npm/>=1.0.0|", "empty"},
		{"vers:npm/=1.0.0", "leaves out"},
		{"vers:npm/>=", "no version"},
		{"<", "no version"},
		{"vers:npm/1.0.*", "percent-encoded"},
		{">=1.0<2.0", "percent-encoded"},
		{"vers:npm/1.0%2", "two hexadecimal"},
		{"vers:npm/1.0%00", "two hexadecimal"},
		{"vers:npm/1%c3%a4", "two hexadecimal"},
		{"vers:npm/1%81", "UTF-8"},
		{"vers:npm/1%2E0", "needless"},
		{"vers:datetime/2024-01-01T00%3A00%3A00Z", "needless"},
		{"vers:datetime/2024-01-01t00:00:00Z", "“T”"},
		{"vers:datetime/2024-01-01T00:00:00z", "“Z”"},
		{"vers:npm/>=2.0.0|<1.0.0", "not sorted"},
		{"vers:semver/<10.0.0|>=9.0.0", "not sorted"},
		{"vers:generic/<10|>=9", "not sorted"},
		{"vers:npm/>=1.0.0|<1.0.0", "twice"},
		{"vers:nuget/1.0|1.0.0", "the same"},
		{"vers:npm/1.0.0|<2.0.0", "says nothing"},
		{"vers:npm/>1.0.0|2.0.0", "says nothing"},
		{"vers:npm/>1.0.0|!=1.5.0|>=2.0.0", "says nothing"},
		{"vers:npm/<1.0.0|<=2.0.0", "says nothing"},
		{"<1|<2", "says nothing"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(PsVers) vers = ps_vers_parse(bad[i][0], &error);
		if (vers || !strstr(error->message, bad[i][1]))
			fail_msg("%s: %s", bad[i][0], vers ? "taken" : error->message);
		assert_int_equal(error->code, PS_ERROR_INPUT);
	}
}

static void
vers__contains__follows_the_order_of_the_type(void **state)
{
	static const struct {
		const char *range, *version;
		gboolean in;
	} rows[] = {
		{"vers:npm/1.2.3|>=2.0.0|<5.0.0", "1.2.3", TRUE},
		{"vers:npm/1.2.3|>=2.0.0|<5.0.0", "1.2.4", FALSE},
		{"vers:npm/1.2.3|>=2.0.0|<5.0.0", "4.10.0", TRUE},
		{"vers:npm/1.2.3|>=2.0.0|<5.0.0", "5.0.0", FALSE},
		{"vers:gem/>=2.2.0|!=2.2.1|<2.3.0", "2.2.1", FALSE},
		{"vers:gem/>=2.2.0|!=2.2.1|<2.3.0", "2.2.2", TRUE},
		{"vers:all/*", "1", TRUE},
		{"vers:none/*", "1", FALSE},
		{"vers:pypi/<=1.3.0|3.0.0", "1.0.0", TRUE},
		{"vers:pypi/>=3.0.0|2.0.3", "2.0.3", TRUE},
		{"vers:pypi/>=1.0.0|<=2.0.0", "2.0.3", FALSE},
		{"vers:pypi/<=1.0.0|>=2.0.0", "1.5", FALSE},
		{"vers:pypi/!=5", "4", TRUE},
		{"vers:pypi/!=5", "5.0", FALSE},
		{"vers:deb/<2.0", "2.0~rc1", TRUE},
		{"vers:maven/<2.0", "2.0-rc1", TRUE},
		{"vers:npm/1.0.0|<2.0.0", "0.5.0", TRUE},
		{">10.9a|!=10.9c|<=10.9k", "10.9b", TRUE},
		{">10.9a|!=10.9c|<=10.9k", "10.9c", FALSE},
		{"<V3.0.29", "v3.0.3", TRUE},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(PsVers) vers = ps_vers_parse_loose(rows[i].range);
		assert_non_null(vers);
		if (ps_vers_contains(vers, rows[i].version) != rows[i].in)
			fail_msg("%s in %s", rows[i].version, rows[i].range);
	}
}

static void
vers__overlap__is_mutual_and_dense(void **state)
{
	static const struct {
		const char *a, *b;
		gboolean overlap;
	} rows[] = {
		{"vers:intdot/>2.1.0|<4.2.0", "vers:intdot/>1.2.0|<2.4.0", TRUE},
		{"vers:intdot/>2.4.0|<4.2.0", "vers:intdot/>1.2.0|<2.1.0", FALSE},
		{"vers:intdot/>=2.4.0|<4.2.0", "vers:intdot/>1.2.0|<2.4.0", FALSE},
		{"vers:intdot/>=2.4.0|<4.2.0", "vers:intdot/>1.2.0|<=2.4.0", TRUE},
		{"vers:intdot/>=2.4.0|<4.2.0", "vers:intdot/>1.2.0|!=2.4|<=2.4.0", FALSE},
		{"vers:intdot/1.0|2.0", "vers:intdot/2.0|3.0", TRUE},
		{"vers:intdot/1.0|2.0", "vers:intdot/>1.0|!=1.5|<2.0", FALSE},
		{"vers:intdot/<2.0", "vers:intdot/>1.0", TRUE},
		{"vers:intdot/<1.0", "vers:intdot/>=1.0", FALSE},
		{"vers:all/*", "vers:intdot/5", TRUE},
		{"vers:all/*", "vers:all/*", TRUE},
		{"vers:none/*", "vers:all/*", FALSE},
		{"vers:intdot/>1", ">2", TRUE},
		{">2.1.0|<4.2.0", ">1.2.0|<=2.1.0", FALSE},
		{">2.1.0|<4.2.0", ">1.2.0|<2.4.0", TRUE},
		{"vers:npm/>1", "vers:pypi/>1", FALSE},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(PsVers) a = ps_vers_parse_loose(rows[i].a);
		g_autoptr(PsVers) b = ps_vers_parse_loose(rows[i].b);
		if (ps_vers_overlap(a, b) != rows[i].overlap ||
		    ps_vers_overlap(b, a) != rows[i].overlap)
			fail_msg("%s and %s", rows[i].a, rows[i].b);
	}
}

static void
vers__single_and_open__are_told(void **state)
{
	static const struct {
		const char *range, *single;
		gboolean open;
	} rows[] = {
		{"vers:intdot/4.2.0", "4.2.0", FALSE},
		{"4.2.0", "4.2.0", FALSE},
		{"=4.2.0", "4.2.0", FALSE},
		{"vers:intdot/>=4.2.0|<=4.2.0", "4.2.0", FALSE},
		{"vers:intdot/<4.2.0", NULL, FALSE},
		{"vers:intdot/4.2.0|4.3.0", NULL, FALSE},
		{">=4.2.0", NULL, TRUE},
		{"vers:semver/<2.1.0|>4.2.0", NULL, TRUE},
		{"vers:semver/<2.1.0|>4.2.0|<=5.4.18", NULL, FALSE},
		{"vers:intdot/<2.1.0|>4.2.0|!=5.1|!=6.3.0", NULL, TRUE},
		{"<1.2.0|=4.2.0", NULL, FALSE},
		{"vers:all/*", NULL, TRUE},
		{"vers:none/*", NULL, FALSE},
		{"vers:npm/!=1.0.0", NULL, TRUE},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(PsVers) vers = ps_vers_parse_loose(rows[i].range);
		const char *single = ps_vers_single(vers);
		if (g_strcmp0(single, rows[i].single) != 0 ||
		    ps_vers_is_open_at_top(vers) != rows[i].open)
			fail_msg("%s", rows[i].range);
	}
}

static void
vers__canonical__puts_writing_right(void **state)
{
	static const char *const rows[][2] = {
		{"vers:npm/ >= 2.2.0| <2.3.0", "vers:npm/>=2.2.0|<2.3.0"},
		{"VERS:NPM/=1.0.0", "vers:npm/1.0.0"},
		{"vers:npm/<2.0.0|>=1.0.0", "vers:npm/>=1.0.0|<2.0.0"},
		{"vers:pypi/0.0.2|=0.0.10|0.0.1", "vers:pypi/0.0.1|0.0.2|0.0.10"},
		{"vers:deb/*", "vers:all/*"},
		{"vers:deb/>=1:2.0~rc1|<1:3", "vers:deb/>=1:2.0~rc1|<1:3"},
		{"vers:npm/1%252F0", "vers:npm/1%252F0"},
		{">= 1.0 | < 2", ">=1.0|<2"},
		/* these would mean something else */
		{"vers:npm/<1.0.0|<2.0.0", NULL},
		{"vers:npm/1.0.0|1.0.0", NULL},
		{"vers:npm/1.0.*", NULL},
		{"vers:none/1.0", NULL},
		{"", NULL},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *canonical = ps_vers_canonical(rows[i][0]);
		if (g_strcmp0(canonical, rows[i][1]) != 0)
			fail_msg("%s: %s", rows[i][0], canonical ? canonical : "none");
	}
}

/* Each stands before the next. */
static void
order__each_type__ascends(void **state)
{
	static const struct {
		const char *type, *versions[8];
	} rows[] = {
		{"semver",
		 {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.10.0"}},
		{"intdot", {"1", "1.2", "1.10", "10.234.5.12"}},
		{"deb", {"1.0~rc1", "1.0", "1.0-1", "1.0a", "1.0+b", "1:0.1"}},
		{"rpm", {"1.0~rc1", "1.0", "1.0^git1", "1.0.1", "1:0.1"}},
		{"apk", {"1.0_alpha1", "1.0_rc1", "1.0", "1.0-r1", "1.0_p1", "1.0a", "1.0.1"}},
		{"maven", {"1-alpha", "1-beta-2", "1-rc", "1-SNAPSHOT", "1", "1-sp", "1.1"}},
		{"pypi", {"1.dev0", "1a1", "1rc1", "1", "1.post1", "1.1", "1!0.5"}},
		{"gem", {"1.a", "1.0.b1", "1", "1.0.1"}},
		{"composer", {"1.0-dev", "1.0a1", "1.0RC1", "1.0", "1.0pl1", "1.1"}},
		{"cpan", {"1.002003", "v1.2.4", "1.10"}},
		{"nuget", {"1.0.0-Alpha", "1.0.0-beta", "1.0", "1.0.0.1"}},
		{"hackage", {"1", "1.0", "1.0.0", "1.1"}},
		{"datetime",
		 {"2024-01-01T00:00:00+02:00", "2023-12-31T23:00:00Z", "2023-12-31T23:00:00.5Z"}},
		{"openssl", {"1.0.1", "1.0.1a", "1.0.1g", "1.0.2", "3.0.0"}},
		{"generic", {"V1.0-beta2", "1.0rc1", "v1.0", "1.0a", "1.0.1", "1.2", "1.10"}},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		const PsVersionType *type = ps_version_type(rows[i].type);
		assert_non_null(type);
		for (int k = 0; k < 7 && rows[i].versions[k + 1]; k++) {
			const char *a = rows[i].versions[k], *b = rows[i].versions[k + 1];
			if (type->compare(a, b) >= 0 || type->compare(b, a) <= 0 ||
			    type->compare(a, a) != 0)
				fail_msg("%s: %s < %s", type->name, a, b);
		}
	}
}

/* No two texts may bring an order into trouble. */
static void
order__odd_texts__have_an_order(void **state)
{
	static const char *const odd[] = {"",   "-",    "_",   ".",   "..",     "~",
					  "^",  ":",    "1:",  "v",   "1-",     "-r",
					  "_p", "1__p", "+",   "1!",  "!1",     "\xff",
					  "é",  "0000", "1.-", "1.+", "-1.0-0", "1_"};

	(void)state;
	for (gsize t = 0; ps_version_type_at(t); t++)
		for (gsize i = 0; i < G_N_ELEMENTS(odd); i++)
			for (gsize k = 0; k < G_N_ELEMENTS(odd); k++) {
				const PsVersionType *type = ps_version_type_at(t);
				int order = type->compare(odd[i], odd[k]);
				int back = type->compare(odd[k], odd[i]);
				if ((order > 0) - (order < 0) != (back < 0) - (back > 0))
					fail_msg("%s: “%s” and “%s”", type->name, odd[i], odd[k]);
			}
}

/* The cases of the specification's own that concern parsing; those for ranges that are not
 * canonical belong to older drafts. */
static void
vers__cases_of_the_specification__as_they_say(void **state)
{
	const char *shared = g_getenv("PSIRTDESK_SHARED");
	g_autofree char *path = g_build_filename(shared ? shared : ".", "data", "vers",
						 "vers_canonical_parse_test.json", NULL);
	g_autoptr(cJSON) root = NULL;
	const cJSON *test;
	int run = 0;

	(void)state;
	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		printf("# the shared cases are not here\n");
		return;
	}
	root = ps_json_read_file(path, NULL, NULL);
	cJSON_ArrayForEach (test, cJSON_GetObjectItemCaseSensitive(root, "tests")) {
		const char *text = ps_json_text(test, "input");
		g_autoptr(PsVers) vers = ps_vers_parse(text, NULL);
		if ((vers == NULL) != ps_json_flag(test, "expected_failure"))
			fail_msg("%s", text);
		run++;
	}
	assert_true(run > 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vers__parse__takes_the_canonical_form),
		cmocka_unit_test(vers__parse__names_the_rule_that_is_broken),
		cmocka_unit_test(vers__contains__follows_the_order_of_the_type),
		cmocka_unit_test(vers__overlap__is_mutual_and_dense),
		cmocka_unit_test(vers__single_and_open__are_told),
		cmocka_unit_test(vers__canonical__puts_writing_right),
		cmocka_unit_test(order__each_type__ascends),
		cmocka_unit_test(order__odd_texts__have_an_order),
		cmocka_unit_test(vers__cases_of_the_specification__as_they_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
