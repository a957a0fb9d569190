#ifndef PS_TESTS_SERVER_H
#define PS_TESTS_SERVER_H

/* Real servers on the loopback for tests: nginx (http and https with a certificate made on the
 * spot) and sshd with SFTP for the account that runs the test. What cannot be set up ends the
 * program with a message. */

#include <glib.h>

typedef struct {
	char *dir;  /* everything of the servers; given by the caller */
	char *root; /* DIR/www: what nginx serves */
	int http_port, https_port;
	char *ca_file; /* PEM; the certificate is for localhost, example.com, its www
			* and csaf.data.security */
	int ssh_port;
	char *known_hosts, *key; /* for SFTP; the host is localhost */
	GPid nginx, sshd;
} PsTestServer;

/* Whether the programs are installed; names the missing one on standard output as a skip. */
gboolean ps_test_has_web(void);
gboolean ps_test_has_sftp(void);

/* `dir` must exist and be short-lived. `extra`: further lines of nginx's server block; NULL: none.
 */
PsTestServer *ps_test_web_new(const char *dir, const char *extra);
/* Adds an SFTP server. */
void ps_test_sftp_start(PsTestServer *server);
void ps_test_server_free(PsTestServer *server);

/* "https://localhost:PORT/PATH"; new string. */
char *ps_test_https(const PsTestServer *server, const char *path);
char *ps_test_http(const PsTestServer *server, const char *path);
/* Puts a file below the root, with its folders. */
void ps_test_web_put(const PsTestServer *server, const char *path, const char *text);

#endif
