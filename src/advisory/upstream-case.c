#include "config.h"

/* From a document that came in to a case. */

#include "advisory/upstream.h"

#include <string.h>

#include "advisory/upstream-internal.h"
#include "advisory/upstream-merge.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/edit.h"
#include "registry/own-product.h"

/* ---- what was taken over before ---- */

/* Versions that follow each other. */
#define CHAIN 100

static gboolean
was_taken(const PsRecord *record, const char *case_id)
{
	return g_strcmp0(ps_record_text(record, "case"), case_id) == 0 &&
	       (ps_record_text(record, "taken_at") ||
		g_strcmp0(ps_record_text(record, "state"), "taken_over") == 0);
}

/* The newest version of the document, itself included, that was taken over into the case: its id in
 * *found, NULL where there is none. */
static gboolean
find_taken(PsStore *store, const char *id, const char *case_id, char **found, GError **error)
{
	g_autofree char *at = g_strdup(id);

	for (int i = 0; at && i < CHAIN; i++) {
		g_autoptr(PsRecord) record = ps_store_get(store, "upstream_advisory", at, error);
		if (!record)
			return FALSE;
		if (was_taken(record, case_id)) {
			*found = g_steal_pointer(&at);
			return TRUE;
		}
		g_free(at);
		at = g_strdup(ps_record_text(record, "replaces"));
	}
	return TRUE;
}

static gboolean
is_ours(PsStore *store, const PsUpstream *upstream)
{
	g_autofree char *ours = ps_store_config(store, "org.namespace");

	return g_strcmp0(ours, upstream->namespace) == 0;
}

/* Items of the version that was taken over before; *items stays NULL where none was. */
static gboolean
items_before(PsStore *store, const char *id, const char *case_id, GPtrArray **items, GError **error)
{
	g_autofree char *taken = NULL;

	if (!find_taken(store, id, case_id, &taken, error))
		return FALSE;
	if (!taken)
		return TRUE;
	g_autoptr(PsUpstream) upstream = ps_upstream_load(store, taken, error);
	g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func(g_free);
	if (upstream)
		*items = ps_upstream_items(upstream, is_ours(store, upstream), left_out);
	return upstream != NULL;
}

/* ---- taking over ---- */

static void
tell_left_out(GPtrArray *changes, GPtrArray *left_out)
{
	for (guint i = 0; i < left_out->len; i++) {
		PsUpstreamChange *change = g_new0(PsUpstreamChange, 1);
		*change = (PsUpstreamChange){.how = PS_UPSTREAM_LEFT_OUT,
					     .what = g_strdup(left_out->pdata[i])};
		g_ptr_array_add(changes, change);
	}
}

/* More lines than anybody reads are counted only. */
#define LINES_LOGGED 200

static gboolean
log_changes(PsTxn *txn, const PsUpstream *upstream, const char *case_id, GPtrArray *changes,
	    GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_printf(text, _("Taken over from the upstream advisory “%s”, version %s, of %s."),
			upstream->tracking_id, upstream->version, upstream->publisher);
	if (changes->len == 0)
		g_string_append_printf(text, "\n%s", _("It says nothing new."));
	for (guint i = 0; i < changes->len && i < LINES_LOGGED; i++) {
		g_autofree char *line = ps_upstream_change_text(changes->pdata[i]);
		g_string_append_printf(text, "\n%s", line);
	}
	if (changes->len > LINES_LOGGED)
		g_string_append_printf(text, _("\n… and %u more."), changes->len - LINES_LOGGED);
	return ps_case_event(txn, case_id, "other", text->str, error);
}

static gboolean
mark_taken(PsTxn *txn, const char *id, const char *case_id, GError **error)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());

	return ps_txn_set(txn, "upstream_advisory", id, "case", case_id, PS_ANY, error) &&
	       ps_txn_set(txn, "upstream_advisory", id, "taken_at", now, PS_ANY, error) &&
	       ps_txn_set(txn, "upstream_advisory", id, "state", "taken_over", PS_ANY, error);
}

/* `before`: what was taken over already; NULL: nothing. */
static gboolean
take(PsTxn *txn, const PsUpstream *upstream, const char *id, const char *case_id, GPtrArray *before,
     GPtrArray *changes, GError **error)
{
	g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) items =
		ps_upstream_items(upstream, is_ours(ps_txn_store(txn), upstream), left_out);
	g_autoptr(GPtrArray) own = ps_upstream_changes_new();
	PsUpstreamMerge merge = {.txn = txn,
				 .case_id = case_id,
				 .upstream = id,
				 .changes = changes ? changes : own};

	if (!ps_upstream_merge(&merge, before, items, error))
		return FALSE;
	if (!before)
		tell_left_out(merge.changes, left_out);
	return mark_taken(txn, id, case_id, error) &&
	       log_changes(txn, upstream, case_id, merge.changes, error);
}

static char *
new_case(PsTxn *txn, const PsUpstream *upstream, GError **error)
{
	g_autofree char *title = ps_upstream_line(upstream->title);
	const char *pairs[] = {"title", title && *title ? title : upstream->tracking_id, "tlp",
			       upstream->tlp ? upstream->tlp : "AMBER", NULL};

	return ps_edit_new(txn, "case", (char *const *)pairs, error);
}

static gboolean
refuse_second(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "upstream_advisory", id, error);
	const char *of = record ? ps_record_text(record, "case") : NULL;
	g_autoptr(PsRecord) there = of ? ps_store_get(store, "case", of, NULL) : NULL;

	if (there)
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("The upstream advisory “%s” bears on case “%s” already."),
			    ps_record_text(record, "tracking_id"), ps_record_name(there));
	return record && !there;
}

char *
ps_upstream_open_case(PsStore *store, const char *id, GPtrArray *changes, GError **error)
{
	g_autofree char *upstream_id = ps_store_resolve(store, "upstream_advisory", id, error);
	g_autoptr(PsUpstream) upstream = upstream_id && refuse_second(store, upstream_id, error)
						 ? ps_upstream_load(store, upstream_id, error)
						 : NULL;
	g_autoptr(PsTxn) txn = upstream ? ps_txn_begin(store, "csaf.case", error) : NULL;
	g_autofree char *case_id = txn ? new_case(txn, upstream, error) : NULL;

	if (!case_id || !take(txn, upstream, upstream_id, case_id, NULL, changes, error) ||
	    !ps_txn_commit(txn, error))
		return NULL;
	return g_steal_pointer(&case_id);
}

gboolean
ps_upstream_into_case(PsStore *store, const char *id, const char *case_id, GPtrArray *changes,
		      GError **error)
{
	g_autofree char *upstream_id = ps_store_resolve(store, "upstream_advisory", id, error);
	g_autofree char *of = upstream_id ? ps_store_resolve(store, "case", case_id, error) : NULL;
	g_autoptr(PsUpstream) upstream = of ? ps_upstream_load(store, upstream_id, error) : NULL;
	GPtrArray *found = NULL;

	if (!upstream || !items_before(store, upstream_id, of, &found, error))
		return FALSE;
	g_autoptr(GPtrArray) before = found;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "csaf.case", error);
	return txn && take(txn, upstream, upstream_id, of, before, changes, error) &&
	       ps_txn_commit(txn, error);
}

/* ---- the analyst's own match ---- */

static gboolean
set_match(PsTxn *txn, const PsRecord *row, const PsOwnProduct *product, GError **error)
{
	const char *id = ps_record_id(row);
	const struct {
		const char *field, *value;
	} fields[] = {
		{"release", product->release},
		{"relationship", product->relationship},
		{"confidence", product->release ? "analyst" : NULL},
		{"reason", product->release ? _("An analyst said so.")
					    : _("It is none of ours, an analyst said.")},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
		if (!ps_txn_set(txn, "upstream_product", id, fields[i].field, fields[i].value,
				PS_ANY, error))
			return FALSE;
	return TRUE;
}

/* What the document says of the product goes into the case that it was taken over into. */
static gboolean
take_assigned(PsTxn *txn, const PsRecord *row, GPtrArray *before, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	const char *id = ps_record_text(row, "upstream");
	g_autoptr(PsUpstream) upstream = ps_upstream_load(store, id, error);
	g_autoptr(PsRecord) record =
		upstream ? ps_store_get(store, "upstream_advisory", id, error) : NULL;
	const char *of = record ? ps_record_text(record, "case") : NULL;

	return record && (!of || take(txn, upstream, id, of, before, NULL, error));
}

gboolean
ps_upstream_assign(PsStore *store, const char *id, const char *release, GError **error)
{
	g_auto(PsOwnProduct) product = {NULL, NULL};
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "csaf.match", error);
	g_autoptr(PsRecord) row = txn ? ps_store_get(store, "upstream_product", id, error) : NULL;
	GPtrArray *found = NULL;

	if (!row || (release && !ps_own_product_find(store, release, &product, error)))
		return FALSE;
	const char *of = ps_record_text(row, "upstream");
	g_autoptr(PsRecord) record = ps_store_get(store, "upstream_advisory", of, error);
	const char *case_id = record ? ps_record_text(record, "case") : NULL;
	if (!record || (case_id && !items_before(store, of, case_id, &found, error)))
		return FALSE;
	g_autoptr(GPtrArray) before = found;
	return set_match(txn, row, &product, error) &&
	       (!release || take_assigned(txn, row, before, error)) && ps_txn_commit(txn, error);
}
