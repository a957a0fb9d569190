#ifndef PS_TEST_CASE_FIXTURE_H
#define PS_TEST_CASE_FIXTURE_H

/* Cases and their records for tests, at an instant that stands still. */

#include "tests/unit/store-fixture.h"

#define CASE_FIXTURE_NOW "2026-03-10T12:00:00Z"

/* field, value, … as the moves of a case take them. */
#define PAIRS(...) ((char *const *)(const char *const[]){__VA_ARGS__, NULL})

int case_fixture_setup(void **state); /* as fixture_setup(), with the clock pinned */

/* Must work; the new id. */
char *new_record(PsStore *store, const char *kind, char *const *pairs);
char *open_case(PsStore *store, const char *title);

#endif
