#ifndef PS_REGISTRY_OWN_PRODUCT_H
#define PS_REGISTRY_OWN_PRODUCT_H

/* What of ours is judged, scored or decided on: a release, or a release in a combination (kind
 * relationship), as a firmware on one device. */

#include "store/store.h"

typedef struct {
	char *release;      /* id; of a combination: the release that is used with the other */
	char *relationship; /* id; NULL: the release itself, in every combination */
} PsOwnProduct;

/* `text`: id or unique prefix of a release or of a combination; the name of a combination; words
 * that fit one release ("gateway 4.2"); or two of these with “+” between them, whose combination is
 * meant ("firmware 2.3 + gateway rev. B", in either order). What fits nothing is
 * PS_ERROR_NOT_FOUND, what fits several things too: both with a sentence. */
gboolean ps_own_product_find(PsStore *store, const char *text, PsOwnProduct *found, GError **error);
void ps_own_product_clear(PsOwnProduct *product);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PsOwnProduct, ps_own_product_clear)

/* What a combination is called: its own name, else made from both ("Vendor Firmware 2.3 installed
 * on Vendor Device 1"). New string, never NULL. */
char *ps_combination_label(PsStore *store, const PsRecord *relationship);
/* The short form beside the release that it belongs to: "on Vendor Device 1". New string. */
char *ps_combination_short(PsStore *store, const PsRecord *relationship);
/* What the release or combination of that id is called; the id where there is none. New string. */
char *ps_own_product_label(PsStore *store, const char *id);
/* The same without manufacturers, where there is little room: "Firmware 2.3 on Device 1". */
char *ps_own_product_brief(PsStore *store, const char *id);
/* The id of the release or combination that an affected entry, score or decision is about; NULL:
 * none. Lent. */
const char *ps_own_product_of(const PsRecord *record);

#endif
