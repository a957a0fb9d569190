#ifndef PS_TEST_PUBLISH_FIXTURE_H
#define PS_TEST_PUBLISH_FIXTURE_H

/* A whole case, a key that signs, and an empty provider directory. */

#include "advisory/provider.h"
#include "advisory/publish.h"
#include "tests/support/gnupg-home.h"
#include "tests/unit/advisory-fixture.h"

/* Made once for the program by make_home(), as a group's set-up: keys are what takes time. */
typedef struct {
	PsTestHome *home;
	char *key; /* fingerprint of the team's */
} Signer;

typedef struct {
	Signer *signer; /* the group's */
	Fixture *fixture;
	Story *story;
	PsOpenpgp *openpgp;
	char *dir; /* of the provider */
} State;

/* The group's state is a Signer; set_up() finds it in *state, and tear_down() leaves it there. */
int make_home(void **state);
int free_home(void **state);
int set_up(void **state);
int tear_down(void **state);

void publish(State *s);
void publish_with(State *s, const PsPublishOptions *options, PsPublished *published);
void publish_wrong(State *s, const PsPublishOptions *options, PsErrorCode code, const char *part);

/* Paths are below the provider directory; new strings. */
char *read_file(State *s, const char *path);
gboolean there(State *s, const char *path);
char *path_of(State *s, const char *folder, const char *suffix); /* of this year's CSAF file */
guint count_versions(State *s);
/* Every file with its hash: two equal texts are two equal trees. */
char *tree(State *s);
/* Every requirement that a directory shows is met, and nothing lies aside. */
void assert_good_tree(State *s);

#endif
