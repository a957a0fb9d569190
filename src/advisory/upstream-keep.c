#include "config.h"

/* Documents that came in, as records. */

#include "advisory/upstream.h"

#include <string.h>

#include "advisory/build.h"
#include "advisory/upstream-internal.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "registry/version-order.h"

/* More products than this are not kept as records; those that are ours come first. The document
 * itself is whole. */
#define PRODUCTS_KEPT 500

/* ---- what is there ---- */

static GPtrArray *
records_where(PsStore *store, const char *field, const char *value, GError **error)
{
	const char *filters[] = {field, value, NULL};
	const PsQuery query = {.kind = "upstream_advisory", .filters = filters};

	return ps_store_list(store, &query, error);
}

static gboolean
is_newer(const PsUpstream *upstream, const PsRecord *there)
{
	const char *version = ps_record_text(there, "version");
	int order = ps_version_type_unknown()->compare(upstream->version, version);

	if (order != 0)
		return order > 0;
	return upstream->released_at >= ps_record_time(there, "released_at");
}

/* The newest version of the same document; *found may stay NULL. */
static gboolean
find_earlier(PsStore *store, const PsUpstream *upstream, PsRecord **found, GError **error)
{
	g_autoptr(GPtrArray) records =
		records_where(store, "tracking_id", upstream->tracking_id, error);

	if (!records)
		return FALSE;
	for (guint i = 0; i < records->len; i++) {
		PsRecord *record = records->pdata[i];
		if (g_strcmp0(ps_record_text(record, "namespace"), upstream->namespace) == 0 &&
		    g_strcmp0(ps_record_text(record, "state"), "replaced") != 0) {
			*found = ps_store_get(store, "upstream_advisory", ps_record_id(record),
					      error);
			return *found != NULL;
		}
	}
	return TRUE;
}

/* ---- products ---- */

static char *
identifiers_text(const PsUpstreamProduct *product)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < product->identifiers->len && i < 100; i++)
		g_string_append_printf(text, "%s%s", i ? "\n" : "",
				       (char *)product->identifiers->pdata[i]);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean
keep_product(PsTxn *txn, const char *upstream, const PsUpstreamProduct *product,
	     const PsUpstreamMatch *match, GError **error)
{
	g_autofree char *name = ps_upstream_line(product->name);
	g_autofree char *product_id = ps_upstream_line(product->product_id);
	g_autofree char *identifiers = identifiers_text(product);
	g_autofree char *reason = ps_upstream_line(match ? match->reason : product->reason);
	g_autofree char *id =
		ps_txn_newv(txn, "upstream_product", error, "upstream", upstream, "name",
			    name ? name : "?", "product_id", product_id ? product_id : "?",
			    "identifiers", identifiers, "release", match ? match->release : NULL,
			    "confidence", match ? match->confidence : NULL, "reason", reason,
			    "relationship", match ? match->relationship : NULL, NULL);

	return id != NULL;
}

static gboolean
keep_products(PsTxn *txn, const PsUpstream *upstream, PsUpstreamKept *kept, GError **error)
{
	for (int ours = 1; ours >= 0; ours--)
		for (guint i = 0; i < upstream->products->len; i++) {
			const PsUpstreamProduct *product = upstream->products->pdata[i];
			if ((product->matches->len > 0) != (ours != 0))
				continue;
			kept->matched += ours ? 1 : 0;
			kept->unmatched += ours ? 0 : 1;
			if (kept->matched + kept->unmatched > PRODUCTS_KEPT) {
				kept->left_out++;
				continue;
			}
			if (!ours && !keep_product(txn, kept->id, product, NULL, error))
				return FALSE;
			for (guint j = 0; j < product->matches->len; j++)
				if (!keep_product(txn, kept->id, product,
						  product->matches->pdata[j], error))
					return FALSE;
		}
	return TRUE;
}

/* ---- the record ---- */

static const char *
known_status(const char *status)
{
	static const char *const known[] = {"draft", "interim", "final", NULL};

	return status && g_strv_contains(known, status) ? status : NULL;
}

static char *
new_record(PsTxn *txn, const PsUpstream *upstream, const char *case_id, const char *replaces,
	   gboolean older, GError **error)
{
	g_autofree char *publisher = ps_upstream_line(upstream->publisher);
	g_autofree char *namespace = ps_upstream_line(upstream->namespace);
	g_autofree char *title = ps_upstream_line(upstream->title);
	g_autofree char *category = ps_upstream_line(upstream->category);
	g_autofree char *source = ps_upstream_line(upstream->source);
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autofree char *findings = g_strdup_printf("%u", upstream->findings);
	g_autofree char *released =
		upstream->released_at == PS_NO_TIME ? NULL : ps_utc_format(upstream->released_at);
	gboolean open = ps_tlp_rank(upstream->tlp) == 0;
	g_autofree char *document =
		ps_txn_add_document(txn, upstream->bytes, "application/json", !open, error);

	if (!document)
		return NULL;
	return ps_txn_newv(txn, "upstream_advisory", error, "case", case_id, "publisher",
			   publisher ? publisher : "?", "namespace", namespace, "tracking_id",
			   upstream->tracking_id, "version", upstream->version, "title", title,
			   "state", older ? "replaced" : "new", "status",
			   known_status(upstream->status), "profile", category, "tlp",
			   upstream->tlp, "released_at", released, "received_at", now, "source",
			   source, "document", document, "findings", findings, "hash",
			   upstream->hash, "verdict", ps_verdict_token(upstream->verdict), "signer",
			   upstream->signer, "replaces", replaces, NULL);
}

/* The earlier version gives way, and its case hears of the new one. */
static gboolean
follow_earlier(PsTxn *txn, const PsUpstream *upstream, const PsRecord *earlier, const char *case_id,
	       GError **error)
{
	g_autofree char *text =
		g_strdup_printf(_("Version %s of the upstream advisory “%s” (%s) arrived; it was "
				  "%s before."),
				upstream->version, upstream->tracking_id, upstream->publisher,
				ps_record_text(earlier, "version"));

	return ps_txn_set(txn, "upstream_advisory", ps_record_id(earlier), "state", "replaced",
			  PS_ANY, error) &&
	       (!case_id || ps_case_event(txn, case_id, "other", text, error));
}

/* What an analyst said of a product of the version before holds for the same product of this one.
 */
static gboolean
inherit_matches(PsStore *store, PsUpstream *upstream, const char *earlier, GError **error)
{
	g_autoptr(GPtrArray) rows = ps_store_children(store, "upstream_product", earlier, error);

	for (guint i = 0; rows && i < rows->len; i++) {
		const PsRecord *row = rows->pdata[i];
		PsUpstreamProduct *product =
			ps_upstream_product_find(upstream, ps_record_text(row, "product_id"));
		const char *release = ps_record_text(row, "release");
		if (!product || !release ||
		    g_strcmp0(ps_record_text(row, "confidence"), "analyst") != 0 ||
		    g_strcmp0(ps_record_text(row, "name"), product->name) != 0)
			continue;
		ps_upstream_add_match(product, release, ps_record_text(row, "relationship"),
				      "analyst", g_strdup(ps_record_text(row, "reason")));
	}
	return rows != NULL;
}

static gboolean
keep_new(PsTxn *txn, PsUpstream *upstream, const char *case_id, PsUpstreamKept *kept,
	 GError **error)
{
	PsStore *store = ps_txn_store(txn);
	PsRecord *found = NULL;

	if (!find_earlier(store, upstream, &found, error))
		return FALSE;
	g_autoptr(PsRecord) earlier = found;
	kept->older = earlier && !is_newer(upstream, earlier);
	if (earlier && !inherit_matches(store, upstream, ps_record_id(earlier), error))
		return FALSE;
	if (earlier && !kept->older) {
		kept->replaces = g_strdup(ps_record_text(earlier, "version"));
		kept->case_id = g_strdup(ps_record_text(earlier, "case"));
	}
	if (case_id) {
		g_free(kept->case_id);
		kept->case_id = g_strdup(case_id);
	}
	kept->id = new_record(txn, upstream, kept->case_id,
			      kept->replaces ? ps_record_id(earlier) : NULL, kept->older, error);
	return kept->id && keep_products(txn, upstream, kept, error) &&
	       (!kept->replaces || follow_earlier(txn, upstream, earlier, kept->case_id, error));
}

gboolean
ps_upstream_keep(PsStore *store, PsUpstream *upstream, const char *case_id, PsUpstreamKept *kept,
		 GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "csaf.import", error);
	g_autoptr(GPtrArray) same =
		txn ? records_where(store, "document", upstream->sha256, error) : NULL;

	*kept = (PsUpstreamKept){0};
	if (!same)
		return FALSE;
	if (same->len > 0) {
		kept->already = TRUE;
		kept->id = g_strdup(ps_record_id(same->pdata[0]));
		kept->case_id = g_strdup(ps_record_text(same->pdata[0], "case"));
		return TRUE;
	}
	g_autofree char *of = case_id ? ps_store_resolve(store, "case", case_id, error) : NULL;
	if ((case_id && !of) || !ps_upstream_match(upstream, store, error) ||
	    !keep_new(txn, upstream, of, kept, error) || !ps_txn_commit(txn, error)) {
		ps_upstream_kept_clear(kept);
		return FALSE;
	}
	return TRUE;
}

void
ps_upstream_kept_clear(PsUpstreamKept *kept)
{
	g_free(kept->id);
	g_free(kept->replaces);
	g_free(kept->case_id);
	*kept = (PsUpstreamKept){0};
}

/* ---- reading back ---- */

/* As it was kept, which an analyst may have changed since. */
static gboolean
take_matches(PsUpstream *upstream, PsStore *store, const char *id, GError **error)
{
	g_autoptr(GPtrArray) records = ps_store_children(store, "upstream_product", id, error);

	for (guint i = 0; records && i < records->len; i++) {
		const PsRecord *record = records->pdata[i];
		const char *release = ps_record_text(record, "release");
		const char *confidence = ps_record_text(record, "confidence");
		const char *reason = ps_record_text(record, "reason");
		PsUpstreamProduct *product =
			ps_upstream_product_find(upstream, ps_record_text(record, "product_id"));
		static const char *const words[] = {"possible", "likely", "exact", "analyst"};
		int rank = ps_upstream_confidence_rank(confidence);
		if (product && release)
			ps_upstream_add_match(product, release,
					      ps_record_text(record, "relationship"),
					      words[MAX(rank, 0)], g_strdup(reason));
		else if (product && !product->reason)
			product->reason = g_strdup(reason);
	}
	return records != NULL;
}

PsUpstream *
ps_upstream_load(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "upstream_advisory", id, error);
	g_autoptr(GBytes) bytes =
		record ? ps_store_document(store, ps_record_text(record, "document"), error) : NULL;
	const char *source = record ? ps_record_text(record, "source") : NULL;
	g_autoptr(PsUpstream) upstream =
		bytes ? ps_upstream_read(bytes, source ? source : ps_record_id(record), error)
		      : NULL;

	if (!upstream || !take_matches(upstream, store, ps_record_id(record), error))
		return NULL;
	return g_steal_pointer(&upstream);
}
