#ifndef PS_ADVISORY_PICTURE_H
#define PS_ADVISORY_PICTURE_H

/* What the provider directory must look like, computed from the published versions in the database:
 * a shelf for each TLP label, on it the current version of each advisory. There is one picture a
 * version of CSAF; that of 2.1 has a tree of its own beside the other (CSAF 2.1 section 7.4). */

#include "base/job.h"
#include "base/json.h"
#include "store/store.h"

#define PS_SHELVES_MAX 5

/* A version of CSAF that advisories are handed out in. */
typedef struct {
	const char *version;  /* "2.0" */
	const char *below;    /* its folder below the provider directory: "", "v2.1/" */
	const char *schema;   /* of the documents, for feeds */
	const char *metadata; /* schema of provider-metadata.json, where that names it; NULL */
	/* fields of kind advisory_version */
	const char *path, *document, *signature;
	gboolean quoted; /* values of changes.csv stand in quotes */
	const struct PsShelfKind *kinds;
	int n_kinds;
} PsDistribution;
extern const PsDistribution ps_distribution_2_0, ps_distribution_2_1;
/* Setting provider.csaf_2_1. */
gboolean ps_distribution_2_1_is_used(PsStore *store);

/* One advisory in its current version. */
typedef struct {
	char *advisory;             /* id of the record */
	char *path;                 /* below the shelf's folder: "2026/psirt-2026-0007.json" */
	gint64 first, current;      /* release dates */
	char *document, *signature; /* SHA-256 of the documents kept in the workspace */
	GBytes *bytes, *asc;        /* the same bytes, where they are not in the workspace yet */
	char *signer;
} PsEntry;

typedef struct {
	const PsDistribution *distribution;
	const char *label;   /* "WHITE", as that version of CSAF names it */
	const char *folder;  /* "white" */
	gboolean open;       /* for everybody */
	GPtrArray *entries;  /* PsEntry*, the newest first */
	GHashTable *gone;    /* paths below the folder that were current once and are no more */
	GHashTable *rewrite; /* paths below the folder that are to be written anew */
} PsShelf;

typedef struct {
	const PsDistribution *distribution;
	PsShelf shelf[PS_SHELVES_MAX]; /* white, green, amber, red */
	int n_shelves;
	gint64 newest;      /* PS_NO_TIME: nothing is published */
	GPtrArray *signers; /* char*: fingerprints of current versions, sorted */
} PsPicture;

PsPicture *ps_picture_load(PsStore *store, const PsDistribution *distribution, GError **error);
void ps_picture_free(PsPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsPicture, ps_picture_free)
void ps_entry_free(PsEntry *entry);

/* A version that is about to be published takes the place of the advisory's earlier one. `folder`:
 * of the shelf. Takes `entry`. */
void ps_picture_add(PsPicture *picture, const char *folder, PsEntry *entry);
PsShelf *ps_picture_shelf(PsPicture *picture, const char *folder);
/* An empty folder is made for what is public only; one that is there stays. `dir`: the provider's.
 */
gboolean ps_shelf_is_shown(const PsShelf *shelf, const char *dir);
/* The folder of a TLP label that is not for everybody. */
gboolean ps_folder_is_restricted(const char *folder);

/* The bytes of an entry's document and signature. */
GBytes *ps_entry_document(PsStore *store, const PsEntry *entry, GError **error);
GBytes *ps_entry_signature(PsStore *store, const PsEntry *entry, GError **error);

/* ---- the files that follow from a shelf (CSAF 2.0 sections 7.1.12, 7.1.13, 7.1.15, 7.1.18) ----
 * New strings. */
char *ps_shelf_index(const PsShelf *shelf);
char *ps_shelf_changes(const PsShelf *shelf);
char *ps_shelf_feed_name(const PsShelf *shelf); /* "csaf-feed-tlp-white.json" */
/* `url`: of the provider directory, with a slash at its end. */
char *ps_shelf_feed(PsStore *store, const PsShelf *shelf, const char *url, const char *publisher,
		    PsProgress *progress, GError **error);
/* "HEX  NAME\n"; `suffix`: ".sha256" or ".sha512". */
char *ps_hash_file(GBytes *bytes, const char *suffix, const char *name);

#endif
