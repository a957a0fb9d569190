#ifndef PS_ADVISORY_REVIEW_H
#define PS_ADVISORY_REVIEW_H

/* Review: draft -> in review -> approved -> published, with a second person.
 *
 * An approval is an OpenPGP signature over a statement, a few lines of text that name the document:
 *
 *	psirtdesk-approval: 1
 *	tracking-id: PSIRT-2026-0007
 *	version: 2
 *	publisher: https://www.example.com
 *	sha256: 9f86d081…
 *
 * each line ended by a line feed. The digest is that of the document's bytes as they will be
 * published (sorted keys, two blanks a level, UTF-8, a line feed at the end) without what
 *publishing itself sets, which is left out of it: /document/tracking/current_release_date,
 *generator and status; /document/tracking/initial_release_date while nothing was published; date
 *and summary of the last revision; the address of the reference to the document itself (its folder
 *is the year of publication). So the statement can be signed on another machine with nothing but
 *gpg, and anybody can compute it again (ps_review_document()).
 *
 * Invariants
 * - An approval holds for one document: when the digest or the version is another one, it is void,
 *   whether the advisory or the case was changed. Nothing has to notice the change.
 * - Authors are those who drafted or edited the advisory, or asked for its review, since the last
 *   approval or publication: as the change log says. An author does not approve, where a second
 *   person is needed (setting advisory.second_person). Where none is needed, the approval of an
 *   author says that it was given alone, and so do the case log and the published version's record.
 * - What was signed is verified again before it is published. */

#include "advisory/advisory.h"
#include "openpgp/openpgp.h"

/* What a person may approve: the document in the form that the digest is taken of. */
cJSON *ps_review_document(const PsAdvisory *advisory);
char *ps_review_digest(const PsAdvisory *advisory);    /* lower-case hex SHA-256; new string */
char *ps_review_statement(const PsAdvisory *advisory); /* new string */

typedef struct {
	char *id;      /* of the record */
	char *person;  /* id; NULL unknown */
	char *name;    /* of the person, safe; never NULL */
	char *version; /* that was approved */
	gint64 at;
	gboolean alone;
	char *signature, *fingerprint; /* NULL: it went with the publication's own signature */
} PsApproval;

typedef struct {
	gboolean needed;      /* a second person has to approve */
	gboolean holds;       /* `approval` is one for this document, and it suffices */
	PsApproval *approval; /* the newest since the last publication; NULL: none */
	GPtrArray *authors;   /* person ids (char*), each once; "" for somebody unknown */
	char *author_names;   /* "Ada, Ben", safe; "" nobody */
	char *sentence;       /* where it stands, for people */
	guint open_comments;
} PsReview;

PsReview *ps_review(PsStore *store, const PsAdvisory *advisory, GError **error);
void ps_review_free(PsReview *review);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsReview, ps_review_free)
/* A second person is needed in this workspace. An unknown setting is PS_ERROR_INPUT. */
gboolean ps_review_second_person(PsStore *store, gboolean *needed, GError **error);

/* ---- moves; each leaves an entry in the case log ---- */

/* Draft becomes "in review". Refused while something that blocks is missing or a mandatory test
 * fails (PS_ERROR_INVALID). */
gboolean ps_review_ask(PsStore *store, const char *id, GError **error);
/* Who acts approves it: signs the statement with their key. Refused for authors where a second
 * person is needed. Blocks for the signature. */
gboolean ps_advisory_approve(PsStore *store, PsOpenpgp *openpgp, const char *id, GError **error);
/* A detached signature over the statement, made elsewhere: by the key of somebody who works here.
 * `name` (may be NULL) gets who it was. */
gboolean ps_review_import(PsStore *store, PsOpenpgp *openpgp, const char *id, GBytes *signature,
			  char **name, GError **error);
/* Back to draft; an approval is taken back. `reason` (may be NULL) becomes a comment on the whole
 * document. */
gboolean ps_review_reject(PsStore *store, const char *id, const char *reason, GError **error);

/* ---- for publishing ---- */

/* The signature of the approval that holds is verified. TRUE too where none is needed. */
gboolean ps_review_verify(PsStore *store, PsOpenpgp *openpgp, const PsAdvisory *advisory,
			  GError **error);
/* The approval that the version goes out with: the one that holds, else one given alone by who
 * publishes, recorded now. New string; NULL: error. */
char *ps_review_settle(PsTxn *txn, const PsAdvisory *advisory, GError **error);

#endif
