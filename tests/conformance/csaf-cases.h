#ifndef PS_TESTS_CSAF_CASES_H
#define PS_TESTS_CSAF_CASES_H

/* The official cases of a version of CSAF (testcases.json of $PSIRTDESK_SHARED/data/csaf/VERSION):
 * a file under "failures" must fail its test, one under "valid" must not, and the flag "valid" says
 * whether schema and mandatory tests pass. Where a file with the expected result stands beside it,
 * the places of the findings must be the same. */

#include "advisory/csaf-check.h"

typedef struct {
	const char *test; /* NULL: the flag "valid" */
	const char *file; /* below test/validator/data */
	gboolean places;  /* only the places of its findings */
	const char *why;
} PsCsafException;

typedef struct {
	const char *version;
	const PsCsafException *exceptions; /* ends with file NULL: not compared */
} PsCsafCases;

/* Checks every case and prints what is not as it should be; gives the number of those. Prints how
 * many tests are not built. `seen`: number of cases, 0 where the data is not here. */
int ps_csaf_cases_check(const PsCsafCases *cases, int *seen);
/* The table of tests has the numbers of testcases.json in its order. TRUE without the data. */
gboolean ps_csaf_cases_are_listed(const char *version);

#endif
