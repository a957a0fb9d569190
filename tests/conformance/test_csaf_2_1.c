#include "config.h"

/* The official cases of CSAF 2.1. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/conformance/csaf-cases.h"

#define CASE(folder, number) folder "/oasis_csaf_tc-csaf_2_1-2024-" number ".json"

/* Cases whose flag or result does not agree with the standard's text. */
static const PsCsafException exceptions[] = {
	{"6.1.27.8", CASE("mandatory", "6-1-27-08-02"), TRUE,
	 "the result names the one product of the first vulnerability that has an id, and leaves "
	 "out the two that have none"},
	{NULL, CASE("mandatory", "6-1-10-13"), FALSE,
	 "its baseScore is the temporal score of the CVSS 2.0 vector: 6.1.9"},
	{NULL, CASE("mandatory", "6-1-27-13-16"), FALSE,
	 "one product id is defined twice and another not at all: 6.1.1, 6.1.2"},
	{NULL, CASE("mandatory", "6-1-50-15"), FALSE, "a product id is defined twice: 6.1.2"},
	{NULL, CASE("recommended", "6-2-09-02"), FALSE, "sha1 is there twice for one file: 6.1.25"},
	{NULL, CASE("recommended", "6-2-20-02"), FALSE,
	 "FIRST's schema of CVSS 4.0 forbids other properties, as cases of 6.1.8 want it: schema"},
	{NULL, CASE("recommended", "6-2-21-02"), FALSE,
	 "revision 6 is dated before revision 5: 6.1.14, 6.1.21"},
	{NULL, CASE("recommended", "6-2-39-02-01"), FALSE,
	 "a withdrawn document without a note of category description: 6.1.27.14"},
	{NULL, CASE("recommended", "6-2-42-02"), FALSE,
	 "package URLs of one product differ in name and version, and deb ones have no namespace: "
	 "6.1.13, 6.1.42"},
	{NULL, CASE("recommended", "6-2-54-03-01"), FALSE,
	 "a product is defined by a critical extension only, which we do not read: 6.1.1"},
	{NULL, CASE("informative", "6-3-21-01-02"), FALSE,
	 "a product is defined by a critical extension only, which we do not read: 6.1.1"},
	{NULL, NULL, FALSE, NULL},
};

static void
official_cases__each__as_testcases_json_says(void **state)
{
	const PsCsafCases cases = {"2.1", exceptions};
	int seen;

	(void)state;
	assert_int_equal(ps_csaf_cases_check(&cases, &seen), 0);
}

/* Every test of the standard is in the table, in its order. */
static void
table__numbers__are_those_of_the_standard(void **state)
{
	(void)state;
	assert_true(ps_csaf_cases_are_listed("2.1"));
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
