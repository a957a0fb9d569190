#ifndef PS_ADVISORY_UPSTREAM_H
#define PS_ADVISORY_UPSTREAM_H

/* CSAF documents that come in: of a supplier, a coordinator, or our own from elsewhere.
 *
 * A document is read strictly (limits of base/json.h), judged by the standard's tests, and its
 * products are looked for in the registry. It is then kept as a record of kind upstream_advisory
 * with its bytes (sealed unless its TLP label frees it) and a record of kind upstream_product for
 * each product, matched to a release of ours or not. From there a case can be opened, or it is
 * taken into a case that exists. Both CSAF 2.0 and 2.1 are read.
 *
 * Nothing of the document is trusted: every text passes the checks of the fields that it goes into.
 */

#include "base/json.h"
#include "openpgp/openpgp.h"
#include "store/store.h"

/* ---- reading ---- */

typedef struct {
	char *release;          /* id of a release of ours */
	char *relationship;     /* id of a combination with it; NULL: the release itself */
	const char *confidence; /* "exact", "likely", "possible" */
	char *reason;           /* what it rests on, a sentence */
} PsUpstreamMatch;

typedef struct {
	char *product_id, *name;
	char *vendor, *product, *version; /* from its branches; NULL: not given */
	char *range;                      /* VERS or other text of a version range; NULL: none */
	char *part, *with;      /* ids of the products that a combination is made of; NULL */
	GPtrArray *identifiers; /* char*: "purl pkg:…", "cpe …", "model_number …", … */
	GPtrArray *matches;     /* PsUpstreamMatch*; empty: none found */
	char *reason;           /* why there is none; NULL */
} PsUpstreamProduct;

typedef struct {
	GBytes *bytes;
	char *sha256;
	char *source; /* file or message that it came from */
	cJSON *document;
	/* lent by `document`; never NULL but where it says so */
	const char *csaf_version, *publisher, *namespace, *tracking_id, *version, *title;
	const char *status, *category; /* NULL: absent */
	const char *tlp;               /* our label; NULL: the document has none */
	gint64 released_at;            /* PS_NO_TIME: absent */
	guint findings;                /* of schema and mandatory tests */
	char *first_finding;           /* one of them; NULL: none */
	GPtrArray *products;           /* PsUpstreamProduct* */
	GHashTable *by_id;             /* private: product id -> PsUpstreamProduct* */
	const char *hash;              /* "none", "good", "bad": the hash file beside it */
	PsVerdict verdict;             /* of the signature beside it */
	char *signer;                  /* NULL: none */
} PsUpstream;

/* `source`: for people. Not JSON, or no CSAF document (no csaf_version, tracking id or publisher),
 * is PS_ERROR_INPUT. */
PsUpstream *ps_upstream_read(GBytes *bytes, const char *source, GError **error);
/* A file ("-": standard input), with FILE.sha512 or FILE.sha256 and FILE.asc beside it where they
 * are. `openpgp` NULL: signatures are not looked at. */
PsUpstream *ps_upstream_read_file(PsOpenpgp *openpgp, const char *path, GError **error);
void ps_upstream_free(PsUpstream *upstream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsUpstream, ps_upstream_free)
/* The first bytes look like a CSAF document; cheap, for offering it. */
gboolean ps_upstream_is_likely(const char *text, gsize length);

/* Looks for the products in the registry: by purl, CPE, hash, model number, SKU, serial number,
 * then by manufacturer, name and version. */
gboolean ps_upstream_match(PsUpstream *upstream, PsStore *store, GError **error);

/* ---- keeping (needs an unlocked store) ---- */

typedef struct {
	char *id;         /* of the upstream_advisory */
	gboolean already; /* this very document was there; nothing was done */
	char *replaces;   /* version that it follows; NULL */
	gboolean older;   /* a newer version was there */
	char *case_id;    /* of the case that the earlier version bears on, taken over; NULL */
	guint matched, unmatched, left_out; /* products; left out: too many to keep */
} PsUpstreamKept;
void ps_upstream_kept_clear(PsUpstreamKept *kept);

/* `case_id`: NULL, or the case that it bears on. */
gboolean ps_upstream_keep(PsStore *store, PsUpstream *upstream, const char *case_id,
			  PsUpstreamKept *kept, GError **error);
/* The document of a record, matched as it was kept. */
PsUpstream *ps_upstream_load(PsStore *store, const char *id, GError **error);

/* ---- into cases ---- */

typedef enum {
	PS_UPSTREAM_ADDED,
	PS_UPSTREAM_CHANGED,
	PS_UPSTREAM_REMOVED,
	PS_UPSTREAM_KEPT,     /* what the case says stays, though the document says otherwise */
	PS_UPSTREAM_LEFT_OUT, /* a case has no place for it */
} PsUpstreamHow;

typedef struct {
	PsUpstreamHow how;
	const char *kind;          /* record kind; NULL: left out */
	char *what;                /* not safe text */
	const char *field;         /* changed or kept; NULL: the whole record */
	char *old_text, *new_text; /* values of the field; NULL: none */
} PsUpstreamChange;
/* An empty list of them, with its free function. */
GPtrArray *ps_upstream_changes_new(void);
/* "~ Affected product: Example Gateway 4.1 · Status: known_affected → fixed". New string. */
char *ps_upstream_change_text(const PsUpstreamChange *change);
const char *ps_upstream_how_token(PsUpstreamHow how); /* "added" … for JSON */

/* Opens a case from a document that was kept: title, TLP, summary, vulnerabilities with CVE, CWE,
 * description, dates and every score by its source, references, credits, the status of each product
 * of ours that was matched surely enough (exact or likely), remedies as proposals, and what it says
 * of exploitation as a signal or a task. One that has a case already is PS_ERROR_CONFLICT and names
 * it. `changes` (may be NULL) gets what was done, which is in the case log too. Gives the id of the
 * case. */
char *ps_upstream_open_case(PsStore *store, const char *id, GPtrArray *changes, GError **error);
/* The same into a case that is there, or a newer version into the case of the one before: nothing
 * is doubled, and nothing that people here said is overwritten (upstream-merge.h). */
gboolean ps_upstream_into_case(PsStore *store, const char *id, const char *case_id,
			       GPtrArray *changes, GError **error);
/* The analyst says which release a product is (release NULL: none of ours); where the document
 * bears on a case, the release gets the status there that the document gives. `id`: of an
 * upstream_product. */
gboolean ps_upstream_assign(PsStore *store, const char *id, const char *release, GError **error);

#endif
