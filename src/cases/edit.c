#include "config.h"

/* What a person's edit entails: defaults, computed fields, states that only move along their
 * machines, and what must not be deleted. */

#include "cases/edit.h"

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/cve.h"
#include "cases/rules.h"
#include "cases/state.h"
#include "scoring/cvss.h"
#include "scoring/cwe-list.h"

/* ---- what goes without saying ---- */

typedef struct {
	const char *kind, *field;
	const char *value; /* "now" and "me" are resolved */
} Default;

static const Default defaults[] = {
	{"case", "rm", "RECEIVED"},
	{"case", "em", "NONE"},
	{"case", "cs", "Vfdpxa"},
	{"case", "tlp", "AMBER"},
	{"case", "received_at", "now"},
	{"case", "owner", "me"},
	{"report", "received_at", "now"},
	{"decision", "decided_at", "now"},
	{"decision", "decided_by", "me"},
	{"score", "source", "ours"},
	{"ssvc", "decided_at", "now"},
	{"ssvc", "decided_by", "me"},
	{"message", "at", "now"},
	{"event", "at", "now"},
	{"event", "type", "note"},
	{"event", "person", "me"},
	{"person", "role", "analyst"},
	{"person", "active", "yes"},
	{"reference", "category", "external"},
	{"cve_id", "state", "requested"},
	{"cve_id", "requested_at", "now"},
};

static char *
default_value(PsTxn *txn, const char *value)
{
	if (g_str_equal(value, "now"))
		return ps_utc_format(ps_now_ms());
	if (g_str_equal(value, "me"))
		return g_strdup(ps_store_person(ps_txn_store(txn)));
	return g_strdup(value);
}

const char *
ps_pair_value(char *const *pairs, const char *field)
{
	const char *value = NULL;

	for (; pairs && *pairs; pairs += 2)
		if (g_str_equal(pairs[0], field))
			value = pairs[1];
	return value && *value ? value : NULL;
}

void
ps_pair_add(GPtrArray *pairs, const char *field, const char *value)
{
	if (!value || !*value)
		return;
	g_ptr_array_add(pairs, g_strdup(field));
	g_ptr_array_add(pairs, g_strdup(value));
}

GPtrArray *
ps_pairs_copy(char *const *pairs)
{
	GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);

	for (; pairs && *pairs; pairs += 2)
		ps_pair_add(copy, pairs[0], pairs[1]);
	return copy;
}

char *
ps_new_from(PsTxn *txn, const char *kind, GPtrArray *pairs, GError **error)
{
	g_ptr_array_add(pairs, NULL);
	return ps_txn_new(txn, kind, (const char *const *)pairs->pdata, error);
}

void
ps_edit_defaults(PsTxn *txn, const char *kind, char *const *given, GPtrArray *pairs)
{
	for (gsize i = 0; i < G_N_ELEMENTS(defaults); i++) {
		if (!g_str_equal(defaults[i].kind, kind) || ps_pair_value(given, defaults[i].field))
			continue;
		g_autofree char *value = default_value(txn, defaults[i].value);
		ps_pair_add(pairs, defaults[i].field, value);
	}
}

/* ---- rules of kinds ---- */

static gboolean
refuse_fixed(const PsField *field, GError **error)
{
	if (!field || !(field->flags & PS_FIELD_FIXED))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("“%s” is set by the program itself and can't be edited."), _(field->label));
	return FALSE;
}

/* Version, canonical vector, score and severity follow from the vector. */
gboolean
ps_score_pairs(const char *vector, const char *version, GPtrArray *pairs, GError **error)
{
	PsCvss cvss;
	PsCvssScores scores;
	char canonical[PS_CVSS_VECTOR_MAX], score[PS_CVSS_TENTHS_MAX];

	if (!ps_cvss_parse_text(vector, &cvss, error))
		return FALSE;
	const char *name = ps_cvss_table(cvss.version)->name;
	if (version && !g_str_equal(version, name)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The vector is of CVSS %s, not of %s: leave the version out."), name,
			    version);
		return FALSE;
	}
	/* What was parsed is complete. */
	ps_cvss_score(&cvss, &scores);
	ps_cvss_format(&cvss, canonical);
	ps_cvss_tenths(scores.overall, score);
	ps_pair_add(pairs, "version", name);
	ps_pair_add(pairs, "vector", canonical);
	ps_pair_add(pairs, "score", score);
	ps_pair_add(pairs, "severity", scores.severity);
	return TRUE;
}

/* The weakness of a vulnerability as it is written: new string; NULL: refused, or none. */
static gboolean
take_weakness(const char *kind, const char *field, const char *value, char **checked,
	      GError **error)
{
	*checked = NULL;
	if (!g_str_equal(kind, "vulnerability") || !g_str_equal(field, "cwe") || !value || !*value)
		return TRUE;
	*checked = ps_cwe_check(value, error);
	return *checked != NULL;
}

static gboolean
check_case_state(const char *cs, GError **error)
{
	if (!cs || ps_case_state_valid(cs))
		return TRUE;
	g_set_error(
		error, PS_ERROR, PS_ERROR_INPUT,
		_("“%s” is no case state: write six letters as VFdPxa; F needs V, and D needs F."),
		cs);
	return FALSE;
}

char *
ps_edit_new(PsTxn *txn, const char *kind_name, char *const *pairs, GError **error)
{
	const PsKind *kind = ps_kind_find(kind_name);
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	const char *vector = NULL;

	for (char *const *pair = pairs; kind && *pair; pair += 2)
		if (!refuse_fixed(ps_kind_field(kind, pair[0]), error))
			return NULL;
	if (g_str_equal(kind_name, "score"))
		vector = ps_pair_value(pairs, "vector");
	for (char *const *pair = pairs; *pair; pair += 2) {
		g_autofree char *weakness = NULL;
		if (!take_weakness(kind_name, pair[0], pair[1], &weakness, error))
			return NULL;
		if (!vector ||
		    (!g_str_equal(pair[0], "vector") && !g_str_equal(pair[0], "version")))
			ps_pair_add(all, pair[0], weakness ? weakness : pair[1]);
	}
	if (vector && !ps_score_pairs(vector, ps_pair_value(pairs, "version"), all, error))
		return NULL;
	if (g_str_equal(kind_name, "case") && !check_case_state(ps_pair_value(pairs, "cs"), error))
		return NULL;
	ps_edit_defaults(txn, kind_name, pairs, all);
	g_ptr_array_add(all, NULL);
	if (vector && !ps_score_check_release(ps_txn_store(txn), (char *const *)all->pdata, error))
		return NULL;
	g_ptr_array_set_size(all, (int)all->len - 1);
	char *id = ps_new_from(txn, kind_name, all, error);
	if (id && g_str_equal(kind_name, "vulnerability") &&
	    !ps_cve_changed(txn, id, NULL, ps_pair_value(pairs, "cve"), error))
		g_clear_pointer(&id, g_free);
	return id;
}

/* ---- set ---- */

static gboolean
is_state_field(const char *kind, const char *field)
{
	static const char *const machines[] = {"rm", "em", "cs", NULL};

	return g_str_equal(kind, "case") && g_strv_contains(machines, field);
}

static gboolean
set_state(PsTxn *txn, const char *id, const char *field, const char *value, const char *seen,
	  GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(ps_txn_store(txn), "case", id, error);

	if (!record)
		return FALSE;
	const char *is = ps_record_text(record, field);
	/* The store words the conflict. */
	if (seen != PS_ANY && g_strcmp0(is, seen ? seen : "") != 0)
		return ps_txn_set(txn, "case", id, field, value, seen, error);
	if (g_strcmp0(is, value) == 0)
		return TRUE;
	const char *pairs[] = {field, value ? value : "", NULL};
	return ps_case_move_in(txn, id, (char *const *)pairs, error);
}

static gboolean
set_vector(PsTxn *txn, const char *id, const char *value, const char *seen, GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);

	if (!ps_score_pairs(value ? value : "", NULL, pairs, error))
		return FALSE;
	for (guint i = 0; i < pairs->len; i += 2) {
		const char *field = pairs->pdata[i];
		const char *was = g_str_equal(field, "vector") ? seen : PS_ANY;
		if (!ps_txn_set(txn, "score", id, field, pairs->pdata[i + 1], was, error))
			return FALSE;
	}
	return ps_score_follow(txn, id, error);
}

/* The register of CVE ids follows. */
static gboolean
set_cve(PsTxn *txn, const char *id, const char *value, const char *seen, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(ps_txn_store(txn), "vulnerability", id, error);

	return record && ps_txn_set(txn, "vulnerability", id, "cve", value, seen, error) &&
	       ps_cve_changed(txn, ps_record_id(record), ps_record_text(record, "cve"), value,
			      error);
}

gboolean
ps_edit_set(PsTxn *txn, const char *kind_name, const char *id, const char *field, const char *value,
	    const char *seen, GError **error)
{
	const PsKind *kind = ps_kind_find(kind_name);

	if (kind && !refuse_fixed(ps_kind_field(kind, field), error))
		return FALSE;
	if (is_state_field(kind_name, field))
		return set_state(txn, id, field, value, seen, error);
	if (g_str_equal(kind_name, "score") && g_str_equal(field, "vector"))
		return set_vector(txn, id, value, seen, error);
	if (g_str_equal(kind_name, "score") && g_str_equal(field, "version")) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("The version of a score follows from its vector: set “vector”."));
		return FALSE;
	}
	if (g_str_equal(kind_name, "vulnerability") && g_str_equal(field, "cve"))
		return set_cve(txn, id, value, seen, error);
	if (g_str_equal(kind_name, "score") &&
	    (g_str_equal(field, "release") || g_str_equal(field, "relationship"))) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("A score stays with its release: score the other one with “case "
			      "score”."));
		return FALSE;
	}
	g_autofree char *weakness = NULL;
	return take_weakness(kind_name, field, value, &weakness, error) &&
	       ps_txn_set(txn, kind_name, id, field, weakness ? weakness : value, seen, error);
}

gboolean
ps_edit_apply(PsStore *store, const char *action, const char *kind, const char *id,
	      char *const *pairs, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, action, error);
	g_autofree char *full = txn ? ps_store_resolve(store, kind, id, error) : NULL;

	if (!full)
		return FALSE;
	for (; *pairs; pairs += 2)
		if (!ps_edit_set(txn, kind, full, pairs[0], pairs[1], PS_ANY, error))
			return FALSE;
	return ps_txn_commit(txn, error);
}

/* ---- delete ---- */

static gboolean
has_left_the_house(const PsRecord *record, GError **error)
{
	static const struct {
		const char *kind, *field, *value;
		const char *sentence;
	} rules[] = {
		{"advisory_version", NULL, NULL,
		 N_("A published version stays: withdraw the advisory instead.")},
		{"advisory", "state", "published",
		 N_("The advisory is published: withdraw it instead.")},
		{"advisory", "state", "withdrawn", N_("The advisory was published and stays.")},
		{"advisory", "state", "superseded", N_("The advisory was published and stays.")},
		{"message", "state", "sent", N_("The message was sent and stays.")},
	};
	const char *kind = ps_record_kind(record)->name;

	for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
		if (!g_str_equal(rules[i].kind, kind))
			continue;
		if (rules[i].field &&
		    g_strcmp0(ps_record_text(record, rules[i].field), rules[i].value) != 0)
			continue;
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED, _(rules[i].sentence));
		return TRUE;
	}
	return FALSE;
}

/* How many records of `kind` refer to the one that is to go; -1 on error. */
static gint64
count_references(PsStore *store, const PsKind *kind, const char *to_kind, const char *id,
		 GError **error)
{
	gint64 sum = 0;

	for (gsize i = 0; i < kind->n_fields; i++) {
		const PsField *field = &kind->fields[i];
		if (field->type != PS_TYPE_REF || !g_str_equal(field->refers_to, to_kind))
			continue;
		const char *filters[] = {field->name, id, NULL};
		const PsQuery query = {.kind = kind->name, .filters = filters};
		gint64 count = ps_store_count(store, &query, error);
		if (count < 0)
			return -1;
		sum += count;
	}
	return sum;
}

static gboolean
is_referred_to(PsStore *store, const PsRecord *record, GError **error)
{
	gsize n_kinds;
	const PsKind *kinds = ps_kinds(&n_kinds);

	for (gsize i = 0; i < n_kinds; i++) {
		gint64 count = count_references(store, &kinds[i], ps_record_kind(record)->name,
						ps_record_id(record), error);
		if (count == 0)
			continue;
		if (count > 0)
			g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("“%s” can't be deleted, because records refer to it: %s "
				      "(%" PRId64 "). Delete or change those first."),
				    ps_record_name(record), _(kinds[i].plural), count);
		return TRUE;
	}
	return FALSE;
}

const char *
ps_edit_part_kind(const char *kind)
{
	static const char *const parts[][2] = {{"score", "score_reason"}, {"ssvc", "ssvc_point"}};

	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
		if (g_str_equal(parts[i][0], kind))
			return parts[i][1];
	return NULL;
}

static gboolean
delete_parts(PsTxn *txn, const char *kind, const char *id, GError **error)
{
	const char *part = ps_edit_part_kind(kind);
	g_autoptr(GPtrArray) records = NULL;

	if (part && !(records = ps_store_children(ps_txn_store(txn), part, id, error)))
		return FALSE;
	for (guint i = 0; records && i < records->len; i++)
		if (!ps_txn_delete(txn, part, ps_record_id(records->pdata[i]), error))
			return FALSE;
	return TRUE;
}

gboolean
ps_edit_delete(PsTxn *txn, const char *kind, const char *id, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	g_autoptr(PsRecord) record = ps_store_get(store, kind, id, error);

	if (!record || has_left_the_house(record, error) ||
	    !delete_parts(txn, kind, ps_record_id(record), error) ||
	    is_referred_to(store, record, error))
		return FALSE;
	return ps_txn_delete(txn, kind, ps_record_id(record), error);
}
