#include "config.h"

/* The moves of a review, and what publishing asks of it. */

#include "advisory/review.h"

#include <string.h>

#include "advisory/authors.h"
#include "advisory/comment.h"
#include "advisory/internal.h"
#include "advisory/review-internal.h"
#include "advisory/stops.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"

static const char *
tracking_of(const PsAdvisory *advisory)
{
	return ps_record_text(advisory->facts->advisory, "tracking_id");
}

static gboolean
refuse(GError **error, PsErrorCode code, char *sentence)
{
	g_autofree char *owned = sentence;

	if (owned)
		g_set_error_literal(error, PS_ERROR, code, owned);
	return owned == NULL;
}

/* Nobody should read what can't be published anyway. */
static gboolean
check_ready(const PsAdvisory *advisory, GError **error)
{
	if (advisory->unchanged) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("Advisory “%s” is published as it stands; there is nothing to "
			      "approve."),
			    tracking_of(advisory));
		return FALSE;
	}
	return refuse(error, PS_ERROR_INVALID, ps_ended_sentence(advisory)) &&
	       refuse(error, PS_ERROR_INVALID, ps_missing_sentence(advisory)) &&
	       refuse(error, PS_ERROR_INVALID, ps_invalid_when_published(advisory));
}

static gboolean
note(PsTxn *txn, const PsAdvisory *advisory, const char *text, GError **error)
{
	return ps_case_event(txn, ps_record_id(advisory->facts->case_record), "state", text, error);
}

static gboolean
set_state(PsTxn *txn, const PsAdvisory *advisory, const char *state, GError **error)
{
	return ps_txn_set(txn, "advisory", ps_advisory_id(advisory), "state", state, PS_ANY, error);
}

/* ---- asking ---- */

static gboolean
ask(PsTxn *txn, const PsAdvisory *advisory, GError **error)
{
	const char *id = ps_advisory_id(advisory);
	const char *person = ps_store_person(ps_txn_store(txn));
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autofree char *name = ps_person_name(ps_txn_store(txn), person);
	g_autofree char *text =
		g_strdup_printf(_("%s asked for the review of version %s of advisory “%s”."), name,
				advisory->version, tracking_of(advisory));

	return set_state(txn, advisory, "review", error) &&
	       ps_txn_set(txn, "advisory", id, "asked_by", person, PS_ANY, error) &&
	       ps_txn_set(txn, "advisory", id, "asked_at", now, PS_ANY, error) &&
	       note(txn, advisory, text, error);
}

gboolean
ps_review_ask(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.review", error);
	g_autoptr(PsAdvisory) advisory = txn ? ps_advisory_load(store, id, error) : NULL;
	g_autoptr(PsReview) review = advisory ? ps_review(store, advisory, error) : NULL;

	if (!review || !check_ready(advisory, error))
		return FALSE;
	gboolean asked =
		g_strcmp0(ps_record_text(advisory->facts->advisory, "state"), "review") == 0;
	if (review->holds || (asked && !review->approval)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_CONFLICT, review->sentence);
		return FALSE;
	}
	return ask(txn, advisory, error) && ps_txn_commit(txn, error);
}

/* ---- approving ---- */

typedef struct {
	PsStore *store;
	PsAdvisory *advisory;
	PsReview *review;
	char *person, *name, *fingerprint; /* who approves */
	char *statement, *digest;
	char *signature; /* NULL: not signed by itself */
	gboolean alone;
} Approving;

static void
end_approving(Approving *a)
{
	ps_advisory_free(a->advisory);
	ps_review_free(a->review);
	g_free(a->person);
	g_free(a->name);
	g_free(a->fingerprint);
	g_free(a->statement);
	g_free(a->digest);
	g_free(a->signature);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Approving, end_approving)

static gboolean
begin_approving(Approving *a, PsStore *store, const char *id, GError **error)
{
	a->store = store;
	a->advisory = ps_advisory_load(store, id, error);
	if (!a->advisory || !check_ready(a->advisory, error))
		return FALSE;
	a->review = ps_review(store, a->advisory, error);
	if (!a->review)
		return FALSE;
	if (a->review->holds) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("Advisory “%s” is approved already. %s"), tracking_of(a->advisory),
			    a->review->sentence);
		return FALSE;
	}
	a->statement = ps_review_statement(a->advisory);
	a->digest = ps_review_digest(a->advisory);
	return TRUE;
}

/* Who wrote it does not approve it, but where nobody else is there. */
static gboolean
judge_person(Approving *a, GError **error)
{
	gboolean author = !a->person || ps_authors_has(a->review->authors, a->person);

	if (!a->review->needed) {
		guint others = 0;
		g_autoptr(GPtrArray) people =
			ps_store_list(a->store, &(PsQuery){.kind = "person"}, NULL);
		for (guint i = 0; people && i < people->len; i++)
			others += g_strcmp0(ps_record_id(people->pdata[i]), a->person) != 0;
		a->alone = author || others == 0;
		return TRUE;
	}
	if (!author)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    a->person ? _("%s wrote in advisory “%s” since it was last approved or "
				  "published, so somebody else has to approve it. (A team of one "
				  "sets advisory.second_person to no; the record then says so.)")
			      : _("It is not known who works here, so %s cannot be told from the "
				  "authors of advisory “%s”; add the person first (“psirtdesk "
				  "person add”)."),
		    a->name, tracking_of(a->advisory));
	return FALSE;
}

static gboolean
store_approval(const Approving *a, PsTxn *txn, char **id, GError **error)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());

	*id = ps_txn_newv(txn, "advisory_approval", error, "advisory", ps_advisory_id(a->advisory),
			  "version", a->advisory->version, "at", now, "person", a->person, "alone",
			  a->alone ? "yes" : "no", "digest", a->digest, "statement", a->statement,
			  "signature", a->signature, "fingerprint", a->fingerprint, NULL);
	g_autofree char *text =
		g_strdup_printf(a->alone ? _("%s approved version %s of advisory “%s” alone: no "
					     "second person looked at it.")
					 : _("%s approved version %s of advisory “%s”."),
				a->name, a->advisory->version, tracking_of(a->advisory));
	return *id && note(txn, a->advisory, text, error);
}

/* Signing may have taken long: what is approved must be what was signed. */
static gboolean
commit_approval(Approving *a, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(a->store, "advisory.approve", error);
	g_autoptr(PsAdvisory) now =
		txn ? ps_advisory_load(a->store, ps_advisory_id(a->advisory), error) : NULL;
	g_autofree char *statement = now ? ps_review_statement(now) : NULL;
	g_autofree char *id = NULL;

	if (!now)
		return FALSE;
	if (!g_str_equal(statement, a->statement)) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("Somebody changed the case or advisory “%s” meanwhile; it was not "
			      "approved. Look at it again."),
			    tracking_of(a->advisory));
		return FALSE;
	}
	return store_approval(a, txn, &id, error) &&
	       set_state(txn, a->advisory, "approved", error) && ps_txn_commit(txn, error);
}

static char *
own_key(PsStore *store, const char *person, gboolean needed, GError **error)
{
	g_autoptr(PsRecord) record = person ? ps_store_get(store, "person", person, NULL) : NULL;
	const char *own = record ? ps_record_text(record, "fingerprint") : NULL;
	g_autofree char *team = ps_store_config(store, "provider.signing_key");

	if (own)
		return g_strdup(own);
	if (!needed && team && *team)
		return g_steal_pointer(&team);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY,
			    _("An approval is a signature, but no OpenPGP key of yours is known "
			      "here: enter its fingerprint (“psirtdesk set person ID "
			      "fingerprint=…”)."));
	return NULL;
}

gboolean
ps_advisory_approve(PsStore *store, PsOpenpgp *openpgp, const char *id, GError **error)
{
	g_auto(Approving) a = {0};

	if (!begin_approving(&a, store, id, error))
		return FALSE;
	a.person = g_strdup(ps_store_person(store));
	a.name = ps_person_name(store, a.person);
	if (!judge_person(&a, error))
		return FALSE;
	a.fingerprint = own_key(store, a.person, a.review->needed, error);
	if (!a.fingerprint)
		return FALSE;
	g_autoptr(GBytes) statement = g_bytes_new(a.statement, strlen(a.statement));
	g_autoptr(GBytes) signature =
		ps_openpgp_sign(openpgp, statement, a.fingerprint, PS_SIGN_DETACHED, error);
	if (!signature)
		return FALSE;
	gsize length;
	const char *text = g_bytes_get_data(signature, &length);
	a.signature = g_strndup(text, length);
	return commit_approval(&a, error);
}

/* ---- signatures ---- */

/* The fingerprint of a good signature over a text; NULL: an error that says why not. */
static char *
good_signer(PsOpenpgp *openpgp, const char *statement, GBytes *signature, GError **error)
{
	g_autoptr(GBytes) data = g_bytes_new(statement, strlen(statement));
	g_autoptr(GPtrArray) found = ps_openpgp_verify(openpgp, data, signature, NULL, error);

	if (!found)
		return NULL;
	const PsSignature *first = found->len > 0 ? found->pdata[0] : NULL;
	PsVerdict verdict = first ? first->verdict : PS_VERDICT_NONE;
	if (found->len == 1 &&
	    (verdict == PS_VERDICT_GOOD_KNOWN || verdict == PS_VERDICT_GOOD_UNVERIFIED))
		return g_strdup(first->fingerprint);
	if (verdict == PS_VERDICT_KEY_MISSING)
		g_set_error(error, PS_ERROR, PS_ERROR_NO_KEY,
			    _("The signature was made with key %s, which is not here: import it "
			      "(gpg --import) and try again."),
			    first->fingerprint);
	else
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INVALID,
				    found->len > 1
					    ? _("There is more than one signature; an approval is "
						"one.")
					    : _("This is no good signature over the statement of "
						"this version: the document was changed since the "
						"statement was taken, or something else was "
						"signed. “psirtdesk advisory approval statement "
						"ID” prints what is to be signed now."));
	return NULL;
}

static char *
person_with_key(PsStore *store, const char *fingerprint, GError **error)
{
	g_autoptr(GPtrArray) people = ps_store_list(store, &(PsQuery){.kind = "person"}, error);

	for (guint i = 0; people && i < people->len; i++) {
		const char *own = ps_record_text(people->pdata[i], "fingerprint");
		if (own && g_ascii_strcasecmp(own, fingerprint) == 0)
			return g_strdup(ps_record_id(people->pdata[i]));
	}
	if (people)
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("The signature is good, but nobody who works here has the key %s; "
			      "only people of this workspace approve (“psirtdesk person list”)."),
			    fingerprint);
	return NULL;
}

gboolean
ps_review_import(PsStore *store, PsOpenpgp *openpgp, const char *id, GBytes *signature, char **name,
		 GError **error)
{
	g_auto(Approving) a = {0};

	if (name)
		*name = NULL;
	if (!begin_approving(&a, store, id, error))
		return FALSE;
	a.fingerprint = good_signer(openpgp, a.statement, signature, error);
	if (!a.fingerprint)
		return FALSE;
	a.person = person_with_key(store, a.fingerprint, error);
	if (!a.person)
		return FALSE;
	a.name = ps_person_name(store, a.person);
	gsize length;
	const char *text = g_bytes_get_data(signature, &length);
	if (!g_utf8_validate_len(text, length, NULL)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The signature is not armoured; make it with gpg --armor "
				      "--detach-sign."));
		return FALSE;
	}
	a.signature = g_strndup(text, length);
	if (!judge_person(&a, error) || !commit_approval(&a, error))
		return FALSE;
	if (name)
		*name = g_steal_pointer(&a.name);
	return TRUE;
}

/* ---- sending back ---- */

gboolean
ps_review_reject(PsStore *store, const char *id, const char *reason, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.reject", error);
	g_autoptr(PsAdvisory) advisory = txn ? ps_advisory_load(store, id, error) : NULL;
	g_autoptr(PsReview) review = advisory ? ps_review(store, advisory, error) : NULL;

	if (!review)
		return FALSE;
	const char *state = ps_record_text(advisory->facts->advisory, "state");
	if (g_strcmp0(state, "review") != 0 && g_strcmp0(state, "approved") != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("Nobody asked for a review of advisory “%s”; there is nothing to "
			      "send back."),
			    tracking_of(advisory));
		return FALSE;
	}
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autofree char *name = ps_person_name(store, ps_store_person(store));
	g_autofree char *text =
		g_strdup_printf(_("%s sent version %s of advisory “%s” back%s%s"), name,
				advisory->version, tracking_of(advisory),
				reason && *reason ? ": " : ".", reason ? reason : "");
	g_autofree char *comment =
		reason && *reason ? ps_comment_add_in(txn, advisory, "", reason, error) : NULL;
	if ((reason && *reason && !comment) ||
	    (review->approval && !ps_txn_set(txn, "advisory_approval", review->approval->id,
					     "revoked_at", now, PS_ANY, error)))
		return FALSE;
	return set_state(txn, advisory, "draft", error) && note(txn, advisory, text, error) &&
	       ps_txn_commit(txn, error);
}

/* ---- for publishing ---- */

static char *
unsigned_sentence(const PsReview *review)
{
	return g_strdup_printf(_("The approval was not signed with the key of %s, or they wrote in "
				 "the advisory since; somebody else has to approve it."),
			       review->approval->name);
}

gboolean
ps_review_verify(PsStore *store, PsOpenpgp *openpgp, const PsAdvisory *advisory, GError **error)
{
	g_autoptr(PsReview) review = ps_review(store, advisory, error);

	if (!review)
		return FALSE;
	if (!review->holds)
		return !review->needed ||
		       refuse(error, PS_ERROR_REFUSED, g_strdup(review->sentence));
	if (!review->approval->signature)
		return !review->needed ||
		       refuse(error, PS_ERROR_REFUSED, unsigned_sentence(review));
	const char *armour = review->approval->signature;
	g_autofree char *statement = ps_review_statement(advisory);
	g_autoptr(GBytes) signature = g_bytes_new(armour, strlen(armour));
	g_autofree char *signer = good_signer(openpgp, statement, signature, error);
	if (!signer)
		return FALSE;
	g_autofree char *person = review->needed ? person_with_key(store, signer, error) : NULL;
	if (!review->needed || (person && g_strcmp0(person, review->approval->person) == 0 &&
				!ps_authors_has(review->authors, person)))
		return TRUE;
	g_clear_error(error);
	return refuse(error, PS_ERROR_REFUSED, unsigned_sentence(review));
}

char *
ps_review_settle(PsTxn *txn, const PsAdvisory *advisory, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	g_autoptr(PsReview) review = ps_review(store, advisory, error);
	char *id = NULL;

	if (!review)
		return NULL;
	if (review->holds)
		return g_strdup(review->approval->id);
	if (review->needed) {
		refuse(error, PS_ERROR_REFUSED, g_strdup(review->sentence));
		return NULL;
	}
	const PsRecord *last = ps_facts_published(advisory->facts);
	if (last && ps_review_status_only(advisory) && ps_record_text(last, "approval"))
		return g_strdup(ps_record_text(last, "approval"));
	const char *person = ps_store_person(store);
	g_autofree char *name = ps_person_name(store, person);
	g_autofree char *statement = ps_review_statement(advisory);
	g_autofree char *digest = ps_review_digest(advisory);
	const Approving alone = {.store = store,
				 .advisory = (PsAdvisory *)advisory,
				 .person = (char *)person,
				 .name = name,
				 .statement = statement,
				 .digest = digest,
				 .alone = TRUE};
	return store_approval(&alone, txn, &id, error) ? id : NULL;
}
