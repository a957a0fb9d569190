#include "config.h"

/* What is decided about a case: by people here, or proposed by a document that came in. */

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/edit.h"
#include "cases/rules.h"
#include "registry/own-product.h"

gboolean
ps_pair_add_product(PsStore *store, char *const *given, GPtrArray *pairs, GError **error)
{
	const char *name = ps_pair_value(given, "release");
	g_auto(PsOwnProduct) product = {NULL, NULL};

	if (!name)
		return TRUE;
	if (!ps_own_product_find(store, name, &product, error))
		return FALSE;
	ps_pair_add(pairs, "release", product.release);
	ps_pair_add(pairs, "relationship", product.relationship);
	return TRUE;
}

char *
ps_case_decide(PsStore *store, const char *case_id, const char *category, char *const *pairs,
	       GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	const char *reason = ps_pair_value(pairs, "reason");

	if (!reason) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("A decision needs its reason: reason=…"));
		return NULL;
	}
	for (char *const *pair = pairs; *pair; pair += 2)
		if (!g_str_equal(pair[0], "release"))
			ps_pair_add(all, pair[0], pair[1]);
	if (!ps_pair_add_product(store, pairs, all, error))
		return NULL;
	ps_pair_add(all, "category", category);
	g_autofree char *said = g_strdup_printf(_("Decided: %s. %s"), category, reason);
	return ps_case_add_child(store, "case.decide", "decision", case_id, all, "decision", said,
				 error);
}

/* ---- proposals ---- */

/* The decision that still is a proposal; NULL with an error. */
static PsRecord *
get_proposal(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsRecord) decision = ps_store_get(store, "decision", id, error);

	if (!decision || ps_record_flag(decision, "proposed"))
		return g_steal_pointer(&decision);
	g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
		    _("“%s” is no proposal: it was decided at %s."),
		    ps_record_text(decision, "category"), ps_record_text(decision, "decided_at"));
	return NULL;
}

/* Who proposed it, for the log. New string. */
static char *
proposer(PsStore *store, const PsRecord *decision)
{
	const char *of = ps_record_text(decision, "upstream");
	g_autoptr(PsRecord) upstream =
		of ? ps_store_get(store, "upstream_advisory", of, NULL) : NULL;

	return upstream ? g_strdup_printf("%s, “%s”", ps_record_text(upstream, "publisher"),
					  ps_record_text(upstream, "tracking_id"))
			: g_strdup(_("an upstream advisory"));
}

static gboolean
make_ours(PsTxn *txn, const PsRecord *decision, GError **error)
{
	const char *id = ps_record_id(decision), *me = ps_store_person(ps_txn_store(txn));
	g_autofree char *now = ps_utc_format(ps_now_ms());

	return ps_txn_set(txn, "decision", id, "proposed", NULL, "yes", error) &&
	       ps_txn_set(txn, "decision", id, "decided_at", now, PS_ANY, error) &&
	       ps_txn_set(txn, "decision", id, "decided_by", me, PS_ANY, error);
}

gboolean
ps_case_accept(PsStore *store, const char *decision_id, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.accept", error);
	g_autoptr(PsRecord) decision = txn ? get_proposal(store, decision_id, error) : NULL;

	if (!decision)
		return FALSE;
	g_autofree char *from = proposer(store, decision);
	g_autofree char *said = g_strdup_printf(_("Decided: %s, as proposed by %s."),
						ps_record_text(decision, "category"), from);
	return make_ours(txn, decision, error) &&
	       ps_case_event(txn, ps_record_text(decision, "case"), "decision", said, error) &&
	       ps_txn_commit(txn, error);
}

gboolean
ps_case_decline(PsStore *store, const char *decision_id, const char *reason, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.decline", error);
	g_autoptr(PsRecord) decision = txn ? get_proposal(store, decision_id, error) : NULL;

	if (!decision)
		return FALSE;
	g_autofree char *from = proposer(store, decision);
	g_autofree char *said = g_strdup_printf(_("Declined: %s, proposed by %s.%s%s"),
						ps_record_text(decision, "category"), from,
						reason && *reason ? " " : "", reason ? reason : "");
	return ps_edit_delete(txn, "decision", ps_record_id(decision), error) &&
	       ps_case_event(txn, ps_record_text(decision, "case"), "decision", said, error) &&
	       ps_txn_commit(txn, error);
}
