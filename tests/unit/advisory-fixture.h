#ifndef PS_TEST_ADVISORY_FIXTURE_H
#define PS_TEST_ADVISORY_FIXTURE_H

/* A case from which a complete advisory can be built: one product line with three releases, a
 * vulnerability, scores, a fix, a finder who wants to be named, a reference. */

#include "advisory/advisory.h"
#include "tests/unit/store-fixture.h"

typedef struct {
	PsStore *store;                    /* lent */
	char *product, *old, *new, *other; /* releases 4.1 (affected), 4.2 (fixed), 3.9 (not) */
	char *case_id, *case_number, *flaw, *decision, *finder, *reference;
	char *advisory;
} Story;

Story *story_new(PsStore *store);
void story_free(Story *story);

/* The state of a test that needs a story and nothing else. */
typedef struct {
	Fixture *fixture;
	Story *story;
} StoryState;

int story_set_up(void **state);
int story_tear_down(void **state);
#define STORY(state) (((StoryState *)*(state))->story)

/* The settings that a publisher needs. */
void story_settings(PsStore *store);

/* A record of a kind from field, value, …, NULL; its id. */
char *make(PsStore *store, const char *kind, ...) G_GNUC_NULL_TERMINATED;
void put(PsStore *store, const char *kind, const char *id, const char *field, const char *value);
/* ps_advisory_set() of one field that must work. */
void edit(Story *story, const char *pointer, const char *value);
/* … and one that must fail with `code` and name `part`. */
void edit_wrong(Story *story, const char *pointer, const char *value, PsErrorCode code,
		const char *part);

PsAdvisory *load(Story *story);
/* Text (or printed JSON) at a pointer of the document; "" where there is nothing. New string. */
char *at(Story *story, const char *pointer);
void assert_at(Story *story, const char *pointer, const char *text);

#endif
