#ifndef PS_ADVISORY_PROVIDER_INTERNAL_H
#define PS_ADVISORY_PROVIDER_INTERNAL_H

/* What provider.c and publish.c share. */

#include "advisory/folder.h"
#include "advisory/provider.h"

/* The directory, open for a change: locked against other processes of this workspace, and free of
 * what an interrupted change left. */
typedef struct {
	PsStore *store;
	PsOpenpgp *openpgp;
	PsProgress *progress;
	PsProviderPlace place, place_2_1; /* point at the strings below */
	char *dir, *url, *publisher;
	char *dir_2_1, *url_2_1;
	char *signing_key;
	int lock;
	PsProviderTold *told; /* NULL: nobody asks */
} PsProvider;

PsProvider *ps_provider_open(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress,
			     GError **error);
void ps_provider_close(PsProvider *provider);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsProvider, ps_provider_close)

/* The lock alone: nobody of this workspace changes the directory meanwhile. -1: not to be had. */
int ps_provider_lock(PsStore *store, const char *dir, GError **error);
void ps_provider_unlock(int lock);

#define PS_DISTRIBUTIONS 2

/* The versions of CSAF that the directory shows; how many. */
int ps_provider_distributions(PsProvider *provider, const PsDistribution **distributions);
const PsProviderPlace *ps_provider_place(const PsProvider *provider,
					 const PsDistribution *distribution);
/* Where its metadata lies below the directory, which is its canonical address. New string. */
char *ps_provider_metadata_name(const PsProvider *provider, const PsDistribution *distribution);
/* Folders and head of every version. */
gboolean ps_provider_bring_all(PsProvider *provider, gboolean thorough, guint *changed,
			       GError **error);

/* Brings every folder of a picture to what the picture says; `thorough` compares all files.
 * `changed` (may be NULL) is counted up. */
gboolean ps_provider_bring(PsProvider *provider, const PsPicture *picture, gboolean thorough,
			   guint *changed, GError **error);
/* Writes a file for everybody, where it is not the same already. */
gboolean ps_provider_write(PsProvider *provider, const char *name, const void *data, gsize length,
			   guint *changed, GError **error);
/* Pages, ROLIE service and category documents, well-known files (provider-site.c). `metadata`: text
 * of provider-metadata.json. */
gboolean ps_provider_site(PsProvider *provider, const PsPicture *picture, const char *metadata,
			  guint *changed, GError **error);
/* provider-metadata.json, the public keys, and, of the leading version, the site. */
gboolean ps_provider_head(PsProvider *provider, const PsPicture *picture, guint *changed,
			  GError **error);

#endif
