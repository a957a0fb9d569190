#ifndef PS_ADVISORY_PUSH_H
#define PS_ADVISORY_PUSH_H

/* Carrying the provider directory to the web server, over SFTP.
 *
 * Only what changed since the last push to the same target goes over; what was pushed and is gone
 * here is removed there. Order, so that a reader of the server never finds an index or a feed that
 * names what is not there yet: keys; signatures and hashes before their documents; index.txt and
 * changes.csv; feeds; pages; provider-metadata.json; removals.
 *
 * Only the folder that is free for everybody goes over, unless `restricted` says that the server
 * protects the others (CSAF 2.0 section 7.1.5).
 *
 * What stands on the server is remembered in the workspace, a file a target ("pushed-….tsv"); after
 * an interrupted push the next one goes on where it stopped. */

#include "base/job.h"
#include "net/net.h"
#include "store/store.h"

typedef struct {
	gboolean everything; /* also what did not change */
	gboolean restricted; /* folders that are not free for everybody too */
	gboolean dry_run;    /* only tell */
} PsPushOptions;

typedef struct {
	GPtrArray *placed;  /* char*: paths below the target, in the order in which they went */
	GPtrArray *removed; /* char* */
	guint unchanged;    /* files that were there already */
} PsPushed;
void ps_pushed_clear(PsPushed *pushed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PsPushed, ps_pushed_clear)

/* Settings provider.push_target, provider.push_known_hosts, provider.push_key. `pushed` is filled
 * on failure too, with what is in place. Blocking. */
gboolean ps_provider_push(PsStore *store, const PsPushOptions *options, PsProgress *progress,
			  PsPushed *pushed, GError **error);

/* Whether a file with this hash went to the target that is set now. */
gboolean ps_push_stands(PsStore *store, const char *path, const char *sha256, gboolean *stands,
			GError **error);

/* For tests and the order's description: which of two paths goes first. */
int ps_push_compare(const char *one, const char *other);

#endif
