#ifndef PS_ADVISORY_CSAF_SUITE_H
#define PS_ADVISORY_CSAF_SUITE_H

/* The tests of one version of the standard: a row a number, in the standard's order, with the
 * function that runs it. ps_csaf_check() takes the suite that document.csaf_version names.
 *
 * A test joins by its row: PS_CSAF_TEST(name) in csaf-test.h (or the header of its subject), the
 * function in a csaf-test-*.c, and the row below. Numbers that mean the same in both versions share
 * one function, which reads the document through csaf-test.h and asks ps_csaf_is_2_1() only where
 * the versions differ. */

#include "advisory/csaf-test.h"

struct PsCsafSuite {
	const char *version;     /* "2.1" */
	const PsCsafNode *root;  /* what may stand where */
	const PsCsafTest *tests; /* `info.id` in the standard's order */
	gsize n_tests;
};

extern const PsCsafSuite ps_csaf_suite_2_0, ps_csaf_suite_2_1;

/* Rows of the tables. NOT_RUN: what can't be run here (network, word lists) or is not built; such a
 * test is always in `not_run`, never among the passed ones. */
#define PS_CSAF_ROW(level, id, title, func)                                                        \
	{                                                                                          \
		{id, level, title}, func                                                           \
	}
#define MANDATORY(id, title, name) PS_CSAF_ROW(PS_CSAF_MANDATORY, id, title, ps_csaf_test_##name)
#define OPTIONAL(id, title, name) PS_CSAF_ROW(PS_CSAF_OPTIONAL, id, title, ps_csaf_test_##name)
#define INFORMATIVE(id, title, name)                                                               \
	PS_CSAF_ROW(PS_CSAF_INFORMATIVE, id, title, ps_csaf_test_##name)
#define NOT_RUN(id, level, title) PS_CSAF_ROW(level, id, title, NULL)

#endif
