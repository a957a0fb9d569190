#ifndef PS_ADVISORY_FOLDER_H
#define PS_ADVISORY_FOLDER_H

/* One TLP folder of the provider directory on disk. It is never changed file by file: the new one
 * is made ready aside, ".white.next" beside "white", with hard links for what stays, and takes the
 * old one's place in one rename. Until then only its owner can enter it. */

#include "advisory/picture.h"

typedef struct {
	const char *dir;       /* of the provider */
	const char *url;       /* with a slash at its end */
	const char *publisher; /* for the feed's title */
} PsProviderPlace;

/* index.txt and changes.csv are as they must be; a folder is exchanged as a whole, so this tells
 * whether the last exchange took place. */
gboolean ps_folder_is_current(const PsProviderPlace *place, const PsShelf *shelf);
/* All files of all entries are as they must be. FALSE without an error: they are not. */
gboolean ps_folder_is_whole(PsStore *store, const PsProviderPlace *place, const PsShelf *shelf,
			    PsProgress *progress, GError **error);
/* `thorough`: files that stay are compared, not trusted; those that somebody changed are written
 * anew, and their paths go to `mended` (char*; may be NULL). */
gboolean ps_folder_stage(PsStore *store, const PsProviderPlace *place, const PsShelf *shelf,
			 gboolean thorough, GPtrArray *mended, PsProgress *progress,
			 GError **error);
/* Files in it that the picture knows nothing of: their paths go to `strangers`. */
void ps_folder_strangers(const PsProviderPlace *place, const PsShelf *shelf, GPtrArray *strangers);
gboolean ps_folder_swap(const PsProviderPlace *place, const PsShelf *shelf, GError **error);
/* What an interrupted run left: the old folder comes back if the new one is not in its place, and
 * what lay aside is removed. */
gboolean ps_folder_recover(const PsProviderPlace *place, const PsShelf *shelf, GError **error);

#endif
