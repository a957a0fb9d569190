#include "config.h"

/* Fetching back what was published. */

#include "advisory/release-internal.h"

#include <string.h>

#include "advisory/picture.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"

typedef struct {
	const char *suffix;
	char *url;
	GBytes *expected;
	const char *result; /* token of the kind's choices */
	int status;
	char *sha256, *note;
} Receipt;

#define RECEIPTS 4

static void
receipts_clear(Receipt *receipts)
{
	for (int i = 0; i < RECEIPTS; i++) {
		g_free(receipts[i].url);
		g_clear_pointer(&receipts[i].expected, g_bytes_unref);
		g_free(receipts[i].sha256);
		g_free(receipts[i].note);
	}
}

static GBytes *
expected_bytes(PsStore *store, const PsRecord *version, const char *suffix, GError **error)
{
	gboolean signature = g_str_equal(suffix, ".asc");
	g_autoptr(GBytes) document =
		ps_store_document(store,
				  ps_record_text(version, signature ? "signature" : "document"),
				  error);

	if (!document || signature || !*suffix)
		return g_steal_pointer(&document);
	g_autofree char *name = g_path_get_basename(ps_record_text(version, "path"));
	char *text = ps_hash_file(document, suffix, name);
	return g_bytes_new_take(text, strlen(text));
}

static gboolean
prepare(PsStore *store, const PsRecord *version, Receipt *receipts, GError **error)
{
	static const char *const suffixes[RECEIPTS] = {"", ".sha256", ".sha512", ".asc"};
	const char *path = ps_record_text(version, "path");
	g_autofree char *base = ps_store_config(store, "provider.url");

	if (!base || !path) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("The public web address of the provider directory is not "
				      "known. Set it with “psirtdesk config provider.url …”."));
		return FALSE;
	}
	for (int i = 0; i < RECEIPTS; i++) {
		receipts[i].suffix = suffixes[i];
		receipts[i].url = g_strconcat(base, g_str_has_suffix(base, "/") ? "" : "/", path,
					      suffixes[i], NULL);
		receipts[i].expected = expected_bytes(store, version, suffixes[i], error);
		if (!receipts[i].expected)
			return FALSE;
	}
	return TRUE;
}

/* FALSE: the worker itself is not there, or it was cancelled. */
static gboolean
fetch_one(PsNet *net, Receipt *receipt, PsProgress *progress, GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsNetAnswer) answer = NULL;
	g_autoptr(GBytes) body = ps_net_fetch(net, receipt->url, 0, progress, &answer, &problem);

	if (!body && !g_error_matches(problem, PS_ERROR, PS_ERROR_IO) &&
	    !g_error_matches(problem, PS_ERROR, PS_ERROR_LIMIT)) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (!body) {
		receipt->result = "unreachable";
		receipt->note = g_strdup(problem->message);
		return TRUE;
	}
	receipt->status = answer->status;
	receipt->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, body);
	receipt->result = answer->status != 200                    ? "refused"
			  : g_bytes_equal(body, receipt->expected) ? "same"
								   : "differs";
	return TRUE;
}

static gboolean
keep(PsTxn *txn, const PsAdvisory *advisory, const Receipt *receipt, const char *at, GError **error)
{
	g_autofree char *expected =
		g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, receipt->expected);
	g_autofree char *status = receipt->status ? g_strdup_printf("%d", receipt->status) : NULL;
	g_autofree char *id =
		ps_txn_newv(txn, "receipt", error, "advisory", ps_advisory_id(advisory), "version",
			    ps_advisory_version(advisory), "url", receipt->url, "fetched_at", at,
			    "result", receipt->result, "expected", expected, "status", status,
			    "sha256", receipt->sha256, "note", receipt->note, NULL);

	return id != NULL;
}

static gboolean
keep_all(PsStore *store, const PsAdvisory *advisory, const Receipt *receipts, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.receipt", error);
	g_autofree char *at = ps_utc_format(ps_now_ms());

	for (int i = 0; txn && i < RECEIPTS; i++)
		if (!keep(txn, advisory, &receipts[i], at, error))
			return FALSE;
	if (!txn)
		return FALSE;
	/* what was seen can't be unseen */
	ps_txn_irreversible(txn);
	return ps_txn_commit(txn, error);
}

static gboolean
fetch_all(PsNet *net, Receipt *receipts, PsProgress *progress, gboolean *same, GError **error)
{
	*same = TRUE;
	for (int i = 0; i < RECEIPTS; i++) {
		ps_progress_set(progress, i, RECEIPTS, receipts[i].url);
		if (ps_progress_cancelled(progress, error) ||
		    !fetch_one(net, &receipts[i], progress, error))
			return FALSE;
		*same = *same && g_str_equal(receipts[i].result, "same");
	}
	return TRUE;
}

gboolean
ps_release_fetch_back(PsStore *store, PsNet *net, const char *id, PsProgress *progress,
		      gboolean *same, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, id, error);
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsRecord) version =
		advisory ? ps_release_published(store, advisory, &problem) : NULL;
	Receipt receipts[RECEIPTS] = {0};

	if (!advisory)
		return FALSE;
	if (!version) {
		if (problem)
			g_propagate_error(error, g_steal_pointer(&problem));
		else
			g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("Version %s of the advisory is not published yet; there is "
				      "nothing to fetch back."),
				    ps_advisory_version(advisory));
		return FALSE;
	}
	gboolean done = prepare(store, version, receipts, error) &&
			fetch_all(net, receipts, progress, same, error) &&
			keep_all(store, advisory, receipts, error);
	receipts_clear(receipts);
	return done;
}
