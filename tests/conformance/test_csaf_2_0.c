#include "config.h"

/* The official cases of CSAF 2.0. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/conformance/csaf-cases.h"

static const PsCsafException exceptions[] = {
	{NULL, "optional/oasis_csaf_tc-csaf_2_0-2021-6-2-09-02.json", FALSE,
	 "its list of hashes holds sha1 twice, which test 6.1.25 (and its own case) forbids"},
	{NULL, NULL, FALSE, NULL},
};

static void
official_cases__each__as_testcases_json_says(void **state)
{
	const PsCsafCases cases = {"2.0", exceptions};
	int seen;

	(void)state;
	assert_int_equal(ps_csaf_cases_check(&cases, &seen), 0);
}

/* Every test of the standard is in the table, in its order. */
static void
table__numbers__are_those_of_the_standard(void **state)
{
	(void)state;
	assert_true(ps_csaf_cases_are_listed("2.0"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(official_cases__each__as_testcases_json_says),
		cmocka_unit_test(table__numbers__are_those_of_the_standard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
