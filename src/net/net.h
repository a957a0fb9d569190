#ifndef PS_NET_NET_H
#define PS_NET_NET_H

/* The network, seen from a desk: the client side of the net worker. Nothing here runs unless a
 * person or a timer asked for it; the address always comes from the caller.
 *
 * Invariants
 * - https only, with certificates that verify, unless the setting net.http says "yes" (a staging
 *   server on the loopback).
 * - What comes back is bytes and numbers of an untrusted peer; texts are made safe here.
 * - Every call blocks: from a job or a headless command. A PsNet may be used from any thread; its
 *   calls queue.
 *
 * Errors: PS_ERROR_IO (not reached; the sentence has address and reason), PS_ERROR_LIMIT,
 * PS_ERROR_CANCELLED, PS_ERROR_WORKER (also: the net worker is not installed). */

#include "base/job.h"
#include "store/store.h"

typedef struct PsNet PsNet;

/* Reads the settings net.*; `store` NULL: none of them. Starts nothing yet. */
PsNet *ps_net_new(PsStore *store);
void ps_net_free(PsNet *net);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsNet, ps_net_free)

/* Asks http:// addresses too, whatever the setting says: for telling whether the addresses in a
 * stranger's document answer. Nothing that was fetched so may be used. */
void ps_net_allow_http(PsNet *net);

/* What an address answered. */
typedef struct {
	char *asked;        /* the address that was asked for */
	char *url;          /* the one that answered in the end, safe */
	char *type;         /* Content-Type, safe; NULL: none */
	char *allow_origin; /* Access-Control-Allow-Origin, safe; NULL: none */
	int status;         /* of HTTP; 0: there was no answer */
	int redirects;      /* how many were followed */
	char *error;        /* why there was no answer, safe; NULL: there was one */
} PsNetAnswer;
void ps_net_answer_free(PsNetAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsNetAnswer, ps_net_answer_free)

/* Fetches one address whole, at most `limit` bytes (0: 64 MiB). Any HTTP status is an answer, not
 * an error: look at it. `answer` may be NULL; then a status other than 200 is PS_ERROR_NOT_FOUND.
 */
GBytes *ps_net_fetch(PsNet *net, const char *url, gsize limit, PsProgress *progress,
		     PsNetAnswer **answer, GError **error);

/* How it is asked for. */
typedef struct {
	gsize limit;        /* bytes; 0: 64 MiB */
	const char *agent;  /* User-Agent; "": none; NULL: ours */
	const char *origin; /* Origin, as a page's script sends it; NULL: none */
} PsNetWish;
/* As ps_net_fetch(), which is this with a limit alone. */
GBytes *ps_net_fetch_as(PsNet *net, const char *url, const PsNetWish *wish, PsProgress *progress,
			PsNetAnswer **answer, GError **error);

/* Asks each address whether it answers, several at a time, following no redirect; PsNetAnswer* in
 * the order of `urls`. An address that does not answer has `error`; NULL only when nothing could be
 * asked at all. */
GPtrArray *ps_net_probe(PsNet *net, const char *const *urls, PsProgress *progress, GError **error);

typedef struct {
	const char *target;      /* sftp://USER@HOST[:PORT]/DIRECTORY; below /~/ for the home */
	const char *known_hosts; /* file; the host's key must be in it */
	const char *key;         /* private key file; NULL: ssh-agent */
} PsNetTarget;

typedef struct {
	char *local;  /* file here; NULL: `remote` is removed there */
	char *remote; /* below the target */
} PsNetFile;
PsNetFile *ps_net_file_new(const char *local, const char *remote);
void ps_net_file_free(PsNetFile *file);

/* Uploads PsNetFile* in their order, each whole or not at all (beside its place first, then
 * renamed). `placed` is called for each file that is in place; after an error the ones before
 * stay. */
typedef void (*PsNetPlaced)(gpointer user, const char *remote);
gboolean ps_net_push(PsNet *net, const PsNetTarget *target, const GPtrArray *files,
		     PsNetPlaced placed, gpointer user, PsProgress *progress, GError **error);

#endif
