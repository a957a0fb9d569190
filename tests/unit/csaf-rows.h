#ifndef PS_TESTS_CSAF_ROWS_H
#define PS_TESTS_CSAF_ROWS_H

/* Tests of the CSAF tests: a document of our own that passes all of them, and one change each that
 * makes one of them fail. */

#include "advisory/csaf-check.h"

#define PS_CSAF_CHANGES 4

typedef struct {
	const char *test;
	struct {
		const char *pointer, *value; /* JSON; NULL: removed */
	} changes[PS_CSAF_CHANGES];
} PsCsafRow;

/* A document below tests/fixtures/csaf. */
cJSON *ps_csaf_fixture(const char *name);
/* Sets or removes what a pointer names; ".." steps up. */
void ps_csaf_change(cJSON *document, const char *pointer, const char *value);
PsCsafReport *ps_csaf_check_or_fail(const cJSON *document, int levels);
/* Every test that is run passes. */
void ps_csaf_assert_clean(const cJSON *document);
/* Each row's test fails after its changes, and not before; every finding's place is one that the
 * standard has, or is there. */
void ps_csaf_assert_rows(const char *fixture, const PsCsafRow *rows, gsize n);
/* Each row's test does not fail after its changes. */
void ps_csaf_assert_passes(const char *fixture, const PsCsafRow *rows, gsize n);
/* A row names the test. */
gboolean ps_csaf_has_row(const PsCsafRow *rows, gsize n, const char *test);
/* Members of any type at any place are survived. */
void ps_csaf_assert_survives(const char *fixture);

#endif
