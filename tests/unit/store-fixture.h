#ifndef PS_TEST_STORE_FIXTURE_H
#define PS_TEST_STORE_FIXTURE_H

/* A workspace in a directory of its own, with an in-process stand-in for OpenPGP. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>

#include "base/error.h"
#include "store/store.h"

typedef struct {
	char *parent, *dir;
	PsStore *store;
} Fixture;

/* Wraps by sealing with one fixed key, signs with HMAC-SHA-256; "locked" in the fingerprint list
 * makes unwrapping fail. */
const PsKeyOps *fixture_ops(void);

int fixture_setup(void **state);    /* *state: a Fixture with an open, unlocked store */
int fixture_teardown(void **state); /* removes it */

/* Fails the test with the message of an error. */
#define assert_done(expression, error)                                                             \
	do {                                                                                       \
		if (!(expression))                                                                 \
			fail_msg("%s: %s", #expression, (error) ? (error)->message : "no reason"); \
	} while (0)

/* A case with the fields that it needs; new id. */
char *fixture_case(PsStore *store, const char *title);
/* Runs SQL that must work, and gives its first value; new string or NULL. */
char *fixture_sql(PsStore *store, const char *sql);
/* A field in outside form; new string or NULL. */
char *fixture_text(PsStore *store, const char *kind, const char *id, const char *field);
/* Runs verify and fails on any finding. */
void assert_verified(PsStore *store);
/* Runs verify and fails when no finding holds `part`. */
void assert_found(PsStore *store, const char *part);
/* PsFinding that keeps the sentences in a GPtrArray. */
void fixture_keep(gpointer array, const char *sentence);
/* "ACTION OPERATION KIND FIELD|OLD|NEW|STATE" of each log entry, newest first. */
GPtrArray *fixture_log(PsStore *store, const char *record);
GPtrArray *fixture_log_limit(PsStore *store, const char *record, gint64 limit);
GPtrArray *fixture_findings(PsStore *store);
/* What somebody with a plain SQLite shell can do on purpose: takes the triggers off, runs `sql`,
 * and puts them back as they were. */
void fixture_tamper(Fixture *fixture, const char *sql);

#endif
