#ifndef PS_ADVISORY_PUBLISH_COPY_H
#define PS_ADVISORY_PUBLISH_COPY_H

/* One copy of an advisory on its way into the provider directory: a version of CSAF, with its
 * bytes, its signature, and the picture of its tree. Inside publishing only. */

#include "advisory/provider-internal.h"

typedef struct {
	const PsDistribution *distribution;
	const PsProviderPlace *place; /* the provider's */
	PsPicture *picture;
	char *path; /* below the place: "white/2026/x.json" */
	GBytes *bytes, *asc;
} PsCopy;

gboolean ps_copy_open(PsCopy *copy, PsProvider *provider, const PsDistribution *distribution,
		      GError **error);
void ps_copy_clear(PsCopy *copy);
/* Takes `text`. `folder_label`: TLP label as that version of CSAF names it; `name`: what follows
 * the folder, "2026/x.json". */
void ps_copy_fill(PsCopy *copy, const char *folder_label, const char *name, char *text);
PsShelf *ps_copy_shelf(const PsCopy *copy);

/* Two tracking ids may give one file name; and what lies there may be somebody else's (unless
 * `published`: a version of this advisory was published before). */
gboolean ps_copy_check_path(const PsCopy *copy, const char *advisory, gboolean published,
			    GError **error);
gboolean ps_copy_sign(PsCopy *copy, PsProvider *provider, GError **error);
/* Makes the folder ready aside. */
gboolean ps_copy_stage(PsCopy *copy, PsProvider *provider, const char *advisory, gint64 first,
		       gint64 current, GError **error);
/* Adds document and signature to the workspace and their hashes to the pairs of an advisory_version
 * (texts of its own; NULL-terminated later by the caller). */
gboolean ps_copy_note(const PsCopy *copy, PsTxn *txn, GPtrArray *pairs, GError **error);
gboolean ps_copy_swap(const PsCopy *copy, GError **error);
gboolean ps_copy_recover(const PsCopy *copy, GError **error);

#endif
