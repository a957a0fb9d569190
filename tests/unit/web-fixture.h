#ifndef PS_TEST_WEB_FIXTURE_H
#define PS_TEST_WEB_FIXTURE_H

/* A publishing workspace with a web server that shows what went to it over SFTP. */

#include "tests/support/server.h"
#include "tests/unit/publish-fixture.h"

typedef struct {
	State *state;
	PsTestServer *server;
	char *dir; /* the servers' own */
} Web;

/* Sets provider.push_… and net.ca_file of the workspace. */
Web *web_new(State *s);
void web_free(Web *web);

#endif
