#include "config.h"

#include "cases/cve.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/rules.h"

#define LARGEST_BLOCK 1000

/* ---- ids ---- */

gboolean
ps_cve_is_id(const char *text)
{
	if (!g_str_has_prefix(text, "CVE-"))
		return FALSE;
	gsize year = strspn(text + 4, "0123456789");
	if (year != 4 || text[8] != '-')
		return FALSE;
	gsize number = strspn(text + 9, "0123456789");
	return number >= 4 && number <= 19 && text[9 + number] == '\0';
}

static gboolean
check_id(const char *text, GError **error)
{
	if (ps_cve_is_id(text))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” is no CVE id; it looks like CVE-2026-12345."), text);
	return FALSE;
}

static char **
expand_block(const char *first, const char *last, GError **error)
{
	const char *end = g_str_has_prefix(last, "CVE-") ? strrchr(last, '-') + 1 : last;
	guint64 from = g_ascii_strtoull(first + 9, NULL, 10);
	guint64 to = g_ascii_strtoull(end, NULL, 10);
	GPtrArray *ids = g_ptr_array_new();

	if (to < from || to - from >= LARGEST_BLOCK || strspn(end, "0123456789") != strlen(end) ||
	    (end != last && strncmp(first, last, 9) != 0)) {
		g_ptr_array_free(ids, TRUE);
		g_set_error(
			error, PS_ERROR, PS_ERROR_INPUT,
			_("“%s..%s” is no block of CVE ids: write the first and the last number "
			  "of one year, at most %d, as CVE-2026-1000..1009."),
			first, last, LARGEST_BLOCK);
		return NULL;
	}
	for (guint64 n = from; n <= to; n++)
		g_ptr_array_add(ids, g_strdup_printf("%.9s%04" G_GUINT64_FORMAT, first, n));
	g_ptr_array_add(ids, NULL);
	return (char **)g_ptr_array_free(ids, FALSE);
}

char **
ps_cve_expand(const char *text, GError **error)
{
	g_auto(GStrv) ends = g_strsplit(text, "..", 2);

	if (!check_id(*ends ? ends[0] : "", error))
		return NULL;
	return ends[1] ? expand_block(ends[0], ends[1], error) : g_steal_pointer(&ends);
}

/* ---- records ---- */

/* The record of a CVE id; NULL without an error: it is not in the register. */
static PsRecord *
find_cve(PsStore *store, const char *cve, GError **error)
{
	const char *filters[] = {"cve", cve, NULL};
	const PsQuery query = {.kind = "cve_id", .filters = filters, .limit = 1};
	g_autoptr(GPtrArray) found = ps_store_list(store, &query, error);

	return found && found->len
		       ? ps_store_get(store, "cve_id", ps_record_id(found->pdata[0]), error)
		       : NULL;
}

static PsRecord *
get(PsStore *store, const char *id, GError **error)
{
	g_autoptr(GError) problem = NULL;
	PsRecord *record = ps_cve_is_id(id) ? find_cve(store, id, &problem)
					    : ps_store_get(store, "cve_id", id, &problem);

	if (problem)
		g_propagate_error(error, g_steal_pointer(&problem));
	else if (!record)
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("“%s” is not in the register of CVE ids; “psirtdesk cve reserve %s” "
			      "enters it."),
			    id, id);
	return record;
}

/* ---- moves ---- */

static const struct {
	const char *from, *to;
} moves[] = {
	{"requested", "reserved"}, {"requested", "rejected"}, {"reserved", "used"},
	{"reserved", "rejected"},  {"used", "rejected"},
};

static gboolean
may_move(const PsRecord *record, const char *to, GError **error)
{
	const char *from = ps_record_text(record, "state"), *cve = ps_record_text(record, "cve");

	for (gsize i = 0; i < G_N_ELEMENTS(moves); i++)
		if (g_str_equal(moves[i].from, from) && g_str_equal(moves[i].to, to))
			return TRUE;
	if (g_str_equal(from, to))
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED, _("%s is %s already."),
			    cve ? cve : _("This id"), from);
	else if (g_str_equal(from, "rejected"))
		g_set_error(
			error, PS_ERROR, PS_ERROR_REFUSED,
			_("%s was rejected, and a rejected id is never used again: take another "
			  "one."),
			cve ? cve : _("This id"));
	else if (g_str_equal(from, "requested"))
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED, "%s",
			    _("The CNA has not given this id yet: enter it first (“psirtdesk cve "
			      "reserve CVE-… --request ID”)."));
	else
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED, _("%s is %s; it can't become %s."),
			    cve ? cve : _("This id"), from, to);
	return FALSE;
}

/* State and the time that goes with it. */
static gboolean
set_state(PsTxn *txn, const PsRecord *record, const char *state, GError **error)
{
	g_autofree char *now = ps_utc_format(ps_now_ms()), *field = g_strconcat(state, "_at", NULL);
	const char *id = ps_record_id(record);

	return may_move(record, state, error) &&
	       ps_txn_set(txn, "cve_id", id, "state", state, ps_record_text(record, "state"),
			  error) &&
	       ps_txn_set(txn, "cve_id", id, field, now, PS_ANY, error);
}

static gboolean
set_text(PsTxn *txn, const char *id, const char *field, const char *value, GError **error)
{
	return !value || ps_txn_set(txn, "cve_id", id, field, value, PS_ANY, error);
}

static char *
cna_of(PsStore *store, const PsCveOptions *options)
{
	return options->cna ? g_strdup(options->cna) : ps_store_config(store, "cve.cna");
}

/* NULL without an error: none was given. */
static gboolean
resolve_case(PsStore *store, const PsCveOptions *options, char **id, GError **error)
{
	*id = options->case_id ? ps_store_resolve(store, "case", options->case_id, error) : NULL;
	return *id || !options->case_id;
}

static char *
new_record(PsTxn *txn, const char *state, const char *cve, const PsCveOptions *options,
	   GError **error)
{
	PsStore *store = ps_txn_store(txn);
	g_autofree char *now = ps_utc_format(ps_now_ms()), *cna = cna_of(store, options);
	g_autofree char *field = g_strconcat(state, "_at", NULL), *case_id = NULL;

	if (!resolve_case(store, options, &case_id, error))
		return NULL;
	return ps_txn_newv(txn, "cve_id", error, "state", state, field, now, "cve", cve, "cna", cna,
			   "case", case_id, "note", options->note, NULL);
}

char *
ps_cve_request(PsStore *store, const PsCveOptions *options, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "cve.request", error);
	g_autofree char *id = txn ? new_record(txn, "requested", NULL, options, error) : NULL;

	return id && ps_txn_commit(txn, error) ? g_steal_pointer(&id) : NULL;
}

static char *
fulfil(PsTxn *txn, const char *request, const char *cve, const PsCveOptions *options,
       GError **error)
{
	g_autoptr(PsRecord) record = get(ps_txn_store(txn), request, error);
	const char *id = record ? ps_record_id(record) : NULL;

	if (!record || !set_state(txn, record, "reserved", error) ||
	    !set_text(txn, id, "cve", cve, error) ||
	    !set_text(txn, id, "cna", options->cna, error) ||
	    !set_text(txn, id, "note", options->note, error))
		return NULL;
	return g_strdup(id);
}

static char *
reserve_one(PsTxn *txn, const char *cve, const char *request, const PsCveOptions *options,
	    GError **error)
{
	g_autoptr(GError) problem = NULL;

	if (!check_id(cve, error))
		return NULL;
	g_autoptr(PsRecord) there = find_cve(ps_txn_store(txn), cve, &problem);
	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return NULL;
	}
	if (there) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("%s is in the register already: it is %s."), cve,
			    ps_record_text(there, "state"));
		return NULL;
	}
	return request ? fulfil(txn, request, cve, options, error)
		       : new_record(txn, "reserved", cve, options, error);
}

char **
ps_cve_reserve(PsStore *store, char *const *cves, const char *request, const PsCveOptions *options,
	       GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

	if (request && cves[0] && cves[1]) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, "%s",
			    _("A request gets one id; enter the others without it."));
		return NULL;
	}
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "cve.reserve", error);
	for (char *const *cve = cves; txn && *cve; cve++) {
		char *id = reserve_one(txn, *cve, request, options, error);
		if (!id)
			return NULL;
		g_ptr_array_add(ids, id);
	}
	if (!txn || !ps_txn_commit(txn, error))
		return NULL;
	g_ptr_array_add(ids, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&ids), FALSE);
}

gboolean
ps_cve_use(PsStore *store, const char *id, const PsCveOptions *options, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "cve.use", error);
	g_autoptr(PsRecord) record = txn ? get(store, id, error) : NULL;
	g_autofree char *case_id = NULL;

	if (!record || !resolve_case(store, options, &case_id, error))
		return FALSE;
	return set_state(txn, record, "used", error) &&
	       set_text(txn, ps_record_id(record), "case", case_id, error) &&
	       set_text(txn, ps_record_id(record), "note", options->note, error) &&
	       ps_txn_commit(txn, error);
}

gboolean
ps_cve_reject(PsStore *store, const char *id, const char *note, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "cve.reject", error);
	g_autoptr(PsRecord) record = txn ? get(store, id, error) : NULL;

	return record && set_state(txn, record, "rejected", error) &&
	       set_text(txn, ps_record_id(record), "note", note, error) &&
	       ps_txn_commit(txn, error);
}

/* ---- what others do ---- */

/* Gives an id back that a vulnerability had but nobody has seen. */
static gboolean
give_back(PsTxn *txn, const char *vulnerability, const char *cve, GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsRecord) record = find_cve(ps_txn_store(txn), cve, &problem);

	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (!record || g_strcmp0(ps_record_text(record, "state"), "used") != 0 ||
	    g_strcmp0(ps_record_text(record, "vulnerability"), vulnerability) != 0 ||
	    ps_record_text(record, "published_at"))
		return TRUE;
	const char *id = ps_record_id(record);
	return ps_txn_set(txn, "cve_id", id, "state", "reserved", PS_ANY, error) &&
	       ps_txn_set(txn, "cve_id", id, "used_at", NULL, PS_ANY, error) &&
	       ps_txn_set(txn, "cve_id", id, "vulnerability", NULL, PS_ANY, error);
}

static gboolean
take(PsTxn *txn, const char *vulnerability, const char *cve, GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsRecord) record = find_cve(ps_txn_store(txn), cve, &problem);
	g_autoptr(PsRecord) flaw =
		ps_store_get(ps_txn_store(txn), "vulnerability", vulnerability, error);

	if (problem)
		g_propagate_error(error, g_steal_pointer(&problem));
	if (!flaw || problem)
		return FALSE;
	if (!record || g_strcmp0(ps_record_text(record, "state"), "reserved") != 0)
		return TRUE;
	const char *id = ps_record_id(record);
	return set_state(txn, record, "used", error) &&
	       set_text(txn, id, "vulnerability", vulnerability, error) &&
	       set_text(txn, id, "case", ps_record_text(flaw, "case"), error);
}

gboolean
ps_cve_changed(PsTxn *txn, const char *vulnerability, const char *was, const char *is,
	       GError **error)
{
	if (g_strcmp0(was, is) == 0)
		return TRUE;
	return (!was || !*was || give_back(txn, vulnerability, was, error)) &&
	       (!is || !*is || take(txn, vulnerability, is, error));
}

static gboolean
publish_one(PsTxn *txn, const char *cve, const char *at, GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsRecord) record = find_cve(ps_txn_store(txn), cve, &problem);

	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (!record || ps_record_text(record, "published_at") ||
	    g_strcmp0(ps_record_text(record, "state"), "rejected") == 0)
		return TRUE;
	if (g_strcmp0(ps_record_text(record, "state"), "reserved") == 0 &&
	    !set_state(txn, record, "used", error))
		return FALSE;
	return ps_txn_set(txn, "cve_id", ps_record_id(record), "published_at", at, PS_ANY, error);
}

gboolean
ps_cve_published(PsTxn *txn, const char *const *cves, gint64 at, GError **error)
{
	g_autofree char *text = ps_utc_format(at);

	for (; *cves; cves++)
		if (!publish_one(txn, *cves, text, error))
			return FALSE;
	return TRUE;
}

gboolean
ps_cve_seen(PsTxn *txn, const char *cve, const char *state, gint64 at, GError **error)
{
	g_autofree char *text = ps_utc_format(at);
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsRecord) record = find_cve(ps_txn_store(txn), cve, &problem);

	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	return !record || (set_text(txn, ps_record_id(record), "public_state", state, error) &&
			   set_text(txn, ps_record_id(record), "seen_at", text, error));
}
