#ifndef PS_CASES_CVE_H
#define PS_CASES_CVE_H

/* The register of CVE ids (kind cve_id): what was asked for, what we hold, which vulnerability has
 * which, what was given up.
 *
 *     requested ──> reserved ──> used ──> rejected
 *         └─────────────┴──────────────────────^
 *
 * An id is in the register at most once. A vulnerability that gets an id of the register marks it
 * as used; one that loses it before it was published gives it back. Ids that others gave (of a
 * component of somebody else) need not be in the register: nothing is said of them here.
 *
 * `id`: the CVE id, or the record's id or prefix. Every move is one transaction; a move that makes
 * no sense is PS_ERROR_REFUSED with a sentence. */

#include "store/store.h"

typedef struct {
	const char *cna;     /* NULL: the setting cve.cna */
	const char *case_id; /* id or number; NULL: for none yet */
	const char *note;
} PsCveOptions;

/* Asks for one (the request itself is made elsewhere); gives the record's id. */
char *ps_cve_request(PsStore *store, const PsCveOptions *options, GError **error);
/* Ids that the CNA gave: new records, or `request` (may be NULL) gets the only one of them. All or
 * none. Gives the records' ids; free with g_strfreev(). */
char **ps_cve_reserve(PsStore *store, char *const *cves, const char *request,
		      const PsCveOptions *options, GError **error);
/* Marks one as used without a vulnerability of ours: somebody else publishes it. */
gboolean ps_cve_use(PsStore *store, const char *id, const PsCveOptions *options, GError **error);
gboolean ps_cve_reject(PsStore *store, const char *id, const char *note, GError **error);
/* Gives a vulnerability of the case an id: `cve`, else the reserved one that is for this case, else
 * the lowest that is free. `vulnerability` NULL: the only one without an id. Gives the CVE id. */
char *ps_cve_assign(PsStore *store, const char *case_id, const char *vulnerability, const char *cve,
		    GError **error);

/* "CVE-2026-1000", "CVE-2026-1000..1009" or "CVE-2026-1000..CVE-2026-1009" as single ids, at most
 * 1,000; free with g_strfreev(). */
char **ps_cve_expand(const char *text, GError **error);
gboolean ps_cve_is_id(const char *text);

/* Inside somebody else's transaction: a vulnerability's field “cve” goes from `was` to `is` (either
 * may be NULL), or an advisory with these ids is published at `at`. */
gboolean ps_cve_changed(PsTxn *txn, const char *vulnerability, const char *was, const char *is,
			GError **error);
/* The CVE program showed the record as "published", "rejected" or "absent". An id that is not in
 * the register is passed over. */
gboolean ps_cve_seen(PsTxn *txn, const char *cve, const char *state, gint64 at, GError **error);
gboolean ps_cve_published(PsTxn *txn, const char *const *cves, gint64 at, GError **error);

#endif
