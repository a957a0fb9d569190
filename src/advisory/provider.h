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
#include "net/net.h"
#include "openpgp/openpgp.h"
#include "store/store.h"

/* Absolute path of the directory (setting provider.dir, below the workspace where it is relative).
 * New string. */
char *ps_provider_dir(PsStore *store);
/* The fingerprint that signs: provider.signing_key, else that of who acts. New string. */
char *ps_provider_signing_key(PsStore *store, GError **error);

/* Makes the directory, or whatever of it is missing or differs from what the database says, and
 * takes away what an interrupted publication left. Needs org.name, org.namespace, provider.url and
 * a signing key; says which is missing. `changed` (may be NULL): number of folders and files that
 * had to be written; 0 when all was well. */
gboolean ps_provider_sync(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress, guint *changed,
			  GError **error);

/* What a sync found besides. */
typedef struct {
	guint changed;
	GPtrArray *mended;    /* char*: published files that somebody had changed, written anew */
	GPtrArray *strangers; /* char*: files beside ours that were left as they are */
} PsProviderTold;
void ps_provider_told_clear(PsProviderTold *told);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PsProviderTold, ps_provider_told_clear)
/* As ps_provider_sync(); fills `told`, also on failure. */
gboolean ps_provider_sync_told(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress,
			       PsProviderTold *told, GError **error);

/* ---- judging a tree (CSAF sections 7.1 and 7.2) ---- */

typedef enum {
	PS_REQUIREMENT_MET,
	PS_REQUIREMENT_WARNED, /* met, but not as the standard would like it (“SHOULD”) */
	PS_REQUIREMENT_FAILED,
	PS_REQUIREMENT_UNKNOWN, /* cannot be judged from here; the finding says why */
	PS_REQUIREMENT_UNUSED,  /* optional, or of another version, and not used here */
} PsRequirementState;

typedef struct {
	int number;
	const char *title; /* N_() */
	PsRequirementState state;
	char *looked;        /* what was looked at: a translated sentence */
	const char *advice;  /* N_(): what to do when it failed; NULL: the findings say it */
	GPtrArray *findings; /* char*: "FILE: sentence"; of a met one: empty */
} PsRequirement;

/* 1 to 20 are of both versions, 21 to 23 of aggregators, 24 and 25 of CSAF 2.1. */
#define PS_REQUIREMENTS 25

typedef struct {
	PsRequirement requirement[PS_REQUIREMENTS]; /* number 1 first */
	char *version;    /* newest of CSAF that the metadata speak: "2.0", "2.1" */
	const char *role; /* highest role whose judged requirements are met, or NULL */
	char *claimed;    /* role that the metadata claim, or NULL */
	guint documents;  /* that were judged */
	guint listed;     /* that the tree's lists name, where it was asked over the network */
} PsProviderReport;
void ps_provider_report_free(PsProviderReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsProviderReport, ps_provider_report_free)

/* Judges any directory, ours or not; reads only. Signatures are verified with the keys that lie in
 * it, in a key ring of their own. Links that lead out of it are not followed. */
PsProviderReport *ps_provider_check(const char *dir, PsProgress *progress, GError **error);

typedef struct {
	PsNet *net;
	PsNet *plain;      /* one that may ask without TLS, for requirement 3 */
	const char *where; /* domain, address of a provider-metadata.json or of its folder */
	guint sample;      /* documents at most, spread over the lists; 0: all */
	gboolean others;   /* hosts outside of that domain are asked too, when a file names them */
} PsServedTree;

/* The same of what a web server gives out: found as section 7.3.1 says, fetched into a private
 * directory, without a login, and judged with what only a server shows. PS_ERROR_INPUT: `where` is
 * no https address. */
PsProviderReport *ps_provider_check_served(const PsServedTree *tree, PsProgress *progress,
					   GError **error);

#endif
