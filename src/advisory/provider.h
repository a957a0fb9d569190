#ifndef PS_ADVISORY_PROVIDER_H
#define PS_ADVISORY_PROVIDER_H

/* The provider directory (CSAF 2.0 section 7): what a web server shows to the world.
 *
 *   provider-metadata.json          requirement 7
 *   openpgp/FINGERPRINT.asc         requirement 20
 *   white/ green/ amber/ red/       a folder a TLP label; only white is for everybody
 *     index.txt changes.csv         requirements 12, 13
 *     csaf-feed-tlp-white.json      requirement 15
 *     2026/NAME.json .sha256 .sha512 .asc    requirements 2, 11, 18, 19
 *   service.json category-csaf.json requirements 16, 17
 *   policy.html acknowledgments.html
 *   .well-known/csaf/provider-metadata.json, .well-known/security.txt (signed): 8, 9
 *   .well-known/openpgpkey/         the team's key for mail programs
 *
 * The directory is a picture of the workspace's published versions: everything in it can be made
 * again from the database. Each TLP folder is exchanged as a whole, with one rename. Files of
 * others in it are kept. */

#include "base/job.h"
#include "openpgp/openpgp.h"
#include "store/store.h"

/* Absolute path of the directory (setting provider.dir, below the workspace where it is relative).
 * New string. */
char *ps_provider_dir(PsStore *store);
/* The fingerprint that signs: provider.signing_key, else that of who acts. New string. */
char *ps_provider_signing_key(PsStore *store, GError **error);
/* CSAF 2.0 section 5.1: file name of a tracking id. New string. */
char *ps_provider_filename(const char *tracking_id);

/* Makes the directory, or whatever of it is missing or differs from what the database says, and
 * takes away what an interrupted publication left. Needs org.name, org.namespace, provider.url and
 * a signing key; says which is missing. `changed` (may be NULL): number of folders and files that
 * had to be written; 0 when all was well. */
gboolean ps_provider_sync(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress, guint *changed,
			  GError **error);

typedef enum {
	PS_REQUIREMENT_MET,
	PS_REQUIREMENT_FAILED,
	PS_REQUIREMENT_UNKNOWN, /* cannot be judged from a directory; the finding says why */
	PS_REQUIREMENT_UNUSED,  /* optional, and not used here */
} PsRequirementState;

typedef struct {
	int number;        /* CSAF 2.0 section 7.1 */
	const char *title; /* N_() */
	PsRequirementState state;
	GPtrArray *findings; /* char*: "FILE: sentence"; of a met one: empty */
} PsRequirement;

typedef struct {
	PsRequirement requirement[20]; /* 1 to 20 */
	const char *role;              /* highest role whose judged requirements are met, or NULL */
	guint documents;
} PsProviderReport;
void ps_provider_report_free(PsProviderReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsProviderReport, ps_provider_report_free)

/* Judges any directory, ours or not; reads only. Signatures are verified with the keys that lie in
 * it, in a key ring of their own. */
PsProviderReport *ps_provider_check(const char *dir, PsProgress *progress, GError **error);

#endif
