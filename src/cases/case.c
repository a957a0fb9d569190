#include "config.h"

/* The moves of a case. */

#include "cases/case.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/edit.h"
#include "cases/rules.h"
#include "cases/state.h"
#include "registry/own-product.h"

/* ---- opening ---- */

gboolean
ps_case_event(PsTxn *txn, const char *case_id, const char *type, const char *text, GError **error)
{
	g_autofree char *id = NULL;
	const char *pairs[] = {"case", case_id, "type", type, "text", text, NULL};

	id = ps_edit_new(txn, "event", (char *const *)pairs, error);
	return id != NULL;
}

char *
ps_case_make(PsTxn *txn, char *const *pairs, GError **error)
{
	g_autofree char *id = ps_edit_new(txn, "case", pairs, error);
	g_autofree char *vulnerability =
		id ? ps_txn_newv(txn, "vulnerability", error, "case", id, NULL) : NULL;

	return vulnerability ? g_steal_pointer(&id) : NULL;
}

char *
ps_case_open(PsStore *store, char *const *pairs, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.open", error);
	g_autofree char *id = txn ? ps_case_make(txn, pairs, error) : NULL;

	if (!id || !ps_case_event(txn, id, "opened", _("The case was opened."), error))
		return NULL;
	return ps_txn_commit(txn, error) ? g_steal_pointer(&id) : NULL;
}

/* ---- states ---- */

/* Times that follow a state, where they are not set yet. */
static const struct {
	const char *machine, *state; /* of cs: the capital */
	const char *field;
} state_times[] = {
	{"rm", "VALID", "validated_at"},
	{"rm", "ACCEPTED", "validated_at"},
	{"rm", "CLOSED", "closed_at"},
	{"cs", "F", "fixed_at"},
};

static gboolean
reached(const char *machine, const char *now, const char *state)
{
	return g_str_equal(machine, "cs") ? strchr(now, *state) != NULL : g_str_equal(now, state);
}

static gboolean
set_state_times(PsTxn *txn, const PsRecord *record, const char *machine, const char *now,
		GError **error)
{
	g_autofree char *at = ps_utc_format(ps_now_ms());

	for (gsize i = 0; i < G_N_ELEMENTS(state_times); i++) {
		if (!g_str_equal(state_times[i].machine, machine) ||
		    !reached(machine, now, state_times[i].state) ||
		    ps_record_text(record, state_times[i].field))
			continue;
		if (!ps_txn_set(txn, "case", ps_record_id(record), state_times[i].field, at, PS_ANY,
				error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
move_machine(PsTxn *txn, const PsRecord *record, const char *machine, const char *to, GString *said,
	     GError **error)
{
	const char *from = ps_record_text(record, machine);
	g_autofree char *next = ps_state_move(machine, from ? from : "", to, error);

	if (!next || !ps_txn_set(txn, "case", ps_record_id(record), machine, next, PS_ANY, error) ||
	    !set_state_times(txn, record, machine, next, error))
		return FALSE;
	g_autofree char *text = ps_state_text(machine, next);
	g_string_append_printf(said, "%s%s: %s → %s (%s)", said->len ? "; " : "", machine, from,
			       next, text);
	return TRUE;
}

/* What may come with a move, and where it goes. */
static const struct {
	const char *name, *field, *reference;
} companions[] = {
	{"outcome", "outcome", NULL},
	{"reason", "outcome_reason", NULL},
	{"duplicate_of", "duplicate_of", "case"},
	{"until", "embargo_until", NULL},
};

static gboolean
set_companion(PsTxn *txn, const char *case_id, const char *name, const char *value, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(companions); i++) {
		if (!g_str_equal(companions[i].name, name))
			continue;
		g_autofree char *id = NULL;
		if (companions[i].reference && *value) {
			id = ps_store_resolve(ps_txn_store(txn), companions[i].reference, value,
					      error);
			if (!id)
				return FALSE;
		}
		return ps_txn_set(txn, "case", case_id, companions[i].field, id ? id : value,
				  PS_ANY, error);
	}
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” does not belong to a move of a case: rm, em, cs, outcome, reason, "
		      "duplicate_of and until do."),
		    name);
	return FALSE;
}

gboolean
ps_case_move_in(PsTxn *txn, const char *case_id, char *const *pairs, GError **error)
{
	static const char *const machines[] = {"rm", "em", "cs", NULL};
	g_autoptr(PsRecord) record = ps_store_get(ps_txn_store(txn), "case", case_id, error);
	g_autoptr(GString) said = g_string_new(NULL);

	if (!record)
		return FALSE;
	for (; *pairs; pairs += 2) {
		gboolean done = g_strv_contains(machines, pairs[0])
					? move_machine(txn, record, pairs[0], pairs[1], said, error)
					: set_companion(txn, ps_record_id(record), pairs[0],
							pairs[1], error);
		if (!done)
			return FALSE;
	}
	return said->len == 0 ||
	       ps_case_event(txn, ps_record_id(record), "state", said->str, error);
}

gboolean
ps_case_move(PsStore *store, const char *case_id, char *const *pairs, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.state", error);

	return txn && ps_case_move_in(txn, case_id, pairs, error) && ps_txn_commit(txn, error);
}

/* ---- publishing ---- */

char *
ps_case_embargo_reason(const PsRecord *case_record, gint64 now)
{
	const char *em = ps_record_text(case_record, "em");
	gint64 until = ps_record_time(case_record, "embargo_until");
	gboolean active = em && (g_str_equal(em, "ACTIVE") || g_str_equal(em, "REVISE"));

	if (!active)
		return NULL;
	if (until == PS_NO_TIME)
		return g_strdup(_("The case is under an embargo that has no end yet."));
	if (until <= now)
		return NULL;
	g_autofree char *at = ps_utc_format(until);
	return g_strdup_printf(_("The case is under an embargo until %s."), at);
}

gboolean
ps_case_published(PsTxn *txn, const char *case_id, gint64 at, const char *text, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(ps_txn_store(txn), "case", case_id, error);
	g_autofree char *time = ps_utc_format(at);

	if (!record)
		return FALSE;
	const char *id = ps_record_id(record), *em = ps_record_text(record, "em");
	g_autofree char *cs = ps_state_move("cs", ps_record_text(record, "cs"), "P", NULL);
	if (!ps_record_text(record, "published_at") &&
	    !ps_txn_set(txn, "case", id, "published_at", time, PS_ANY, error))
		return FALSE;
	if (cs && !ps_txn_set(txn, "case", id, "cs", cs, PS_ANY, error))
		return FALSE;
	if ((g_strcmp0(em, "ACTIVE") == 0 || g_strcmp0(em, "REVISE") == 0) &&
	    !ps_txn_set(txn, "case", id, "em", "EXITED", PS_ANY, error))
		return FALSE;
	return ps_case_event(txn, id, "published", text, error);
}

/* ---- affected ---- */

/* The case's entries by what they judge: "vulnerability product" -> id. */
static char *
affected_key(const char *vulnerability, const char *release, const char *relationship)
{
	return g_strconcat(vulnerability ? vulnerability : "", " ",
			   relationship ? relationship : release, NULL);
}

static GHashTable *
read_affected(PsStore *store, const char *case_id, GError **error)
{
	g_autoptr(GPtrArray) entries = ps_store_children(store, "affected", case_id, error);
	GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	for (guint i = 0; entries && i < entries->len; i++) {
		const PsRecord *entry = entries->pdata[i];
		const char *release = ps_record_text(entry, "release");
		char *key =
			affected_key(ps_record_text(entry, "vulnerability"), release ? release : "",
				     ps_record_text(entry, "relationship"));
		if (g_hash_table_contains(ids, key))
			g_free(key);
		else
			g_hash_table_insert(ids, key, g_strdup(ps_record_id(entry)));
	}
	if (!entries)
		g_clear_pointer(&ids, g_hash_table_unref);
	return ids;
}

/* One transaction that judges releases and combinations. */
typedef struct {
	PsTxn *txn;
	const char *case_id, *vulnerability; /* resolved */
	const PsAffect *affect;
	GHashTable *entries;
} Judging;

/* The id of the entry; *made: it is new. */
static char *
need_affected(const Judging *judging, const PsOwnProduct *product, gboolean *made, GError **error)
{
	char *key = affected_key(judging->vulnerability, product->release, product->relationship);
	const char *there = g_hash_table_lookup(judging->entries, key);
	const char *vulnerability = judging->vulnerability ? judging->vulnerability : "";
	const char *relationship = product->relationship ? product->relationship : "";

	*made = !there;
	if (there) {
		g_free(key);
		return g_strdup(there);
	}
	char *id = ps_txn_newv(judging->txn, "affected", error, "case", judging->case_id, "release",
			       product->release, "relationship", relationship, "vulnerability",
			       vulnerability, "status", judging->affect->status, NULL);
	if (id)
		g_hash_table_insert(judging->entries, key, g_strdup(id));
	else
		g_free(key);
	return id;
}

static gboolean
judge_product(const Judging *judging, const PsOwnProduct *product, const char *seen, GError **error)
{
	const PsAffect *affect = judging->affect;
	const char *pairs[] = {"status",
			       affect->status,
			       "justification",
			       affect->justification,
			       "impact",
			       affect->impact,
			       "note",
			       affect->note,
			       NULL,
			       NULL};
	gboolean made;
	g_autofree char *entry = need_affected(judging, product, &made, error);

	if (!entry)
		return FALSE;
	/* A status that needs no justification drops an old one. */
	for (gsize i = 0; pairs[i]; i += 2)
		if ((pairs[i + 1] || i == 2) &&
		    !ps_txn_set(judging->txn, "affected", entry, pairs[i], pairs[i + 1],
				i == 0 && !made ? seen : PS_ANY, error))
			return FALSE;
	return TRUE;
}

static char *
affect_hint(const PsAffect *affect)
{
	if (g_strcmp0(affect->status, "known_not_affected") != 0 || affect->justification ||
	    affect->impact)
		return NULL;
	return g_strdup(
		_("“known_not_affected” still needs a justification or an impact statement: "
		  "a VEX document can't be published without one."));
}

static gboolean
judge_products(const Judging *judging, const char *const *products, GError **error)
{
	PsStore *store = ps_txn_store(judging->txn);
	const char *const *seen = judging->affect->seen;

	for (gsize i = 0; products[i]; i++) {
		g_auto(PsOwnProduct) product = {NULL, NULL};
		if (!ps_own_product_find(store, products[i], &product, error) ||
		    !judge_product(judging, &product, seen ? seen[i] : PS_ANY, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
ps_case_affect(PsStore *store, const char *case_id, const char *const *products,
	       const PsAffect *affect, char **hint, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.affect", error);
	g_autofree char *id = txn ? ps_store_resolve(store, "case", case_id, error) : NULL;
	g_autofree char *vulnerability =
		id && affect->vulnerability
			? ps_store_resolve(store, "vulnerability", affect->vulnerability, error)
			: NULL;

	if (!id || (affect->vulnerability && !vulnerability))
		return FALSE;
	g_autoptr(GHashTable) entries = read_affected(store, id, error);
	const Judging judging = {txn, id, vulnerability, affect, entries};
	if (!entries || !judge_products(&judging, products, error) || !ps_txn_commit(txn, error))
		return FALSE;
	if (hint)
		*hint = affect_hint(affect);
	return TRUE;
}

/* ---- task ---- */

char *
ps_case_add_child(PsStore *store, const char *action, const char *kind, const char *case_id,
		  GPtrArray *pairs, const char *type, const char *said, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, action, error);
	g_autofree char *parent = txn ? ps_store_resolve(store, "case", case_id, error) : NULL;

	if (!parent)
		return NULL;
	ps_pair_add(pairs, "case", parent);
	g_ptr_array_add(pairs, NULL);
	g_autofree char *id = ps_edit_new(txn, kind, (char *const *)pairs->pdata, error);
	if (!id || (said && !ps_case_event(txn, parent, type, said, error)))
		return NULL;
	return ps_txn_commit(txn, error) ? g_steal_pointer(&id) : NULL;
}

char *
ps_case_task(PsStore *store, const char *case_id, char *const *pairs, GError **error)
{
	g_autoptr(GPtrArray) all = ps_pairs_copy(pairs);

	return ps_case_add_child(store, "case.task", "task", case_id, all, NULL, NULL, error);
}

gboolean
ps_case_task_done(PsStore *store, const char *task_id, GError **error)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.task_done", error);
	g_autoptr(PsRecord) task = txn ? ps_store_get(store, "task", task_id, error) : NULL;

	if (!task)
		return FALSE;
	if (ps_record_text(task, "done_at")) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("The task was done at %s already."), ps_record_text(task, "done_at"));
		return FALSE;
	}
	const char *title = ps_record_text(task, "title");
	g_autofree char *said = g_strdup_printf(_("Task done: %s"), title ? title : task_id);
	return ps_txn_set(txn, "task", ps_record_id(task), "done_at", now, "", error) &&
	       ps_case_event(txn, ps_record_text(task, "case"), "other", said, error) &&
	       ps_txn_commit(txn, error);
}

/* ---- log, owner, signal ---- */

char *
ps_case_log(PsStore *store, const char *case_id, const char *text, GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);

	ps_pair_add(pairs, "text", text);
	return ps_case_add_child(store, "case.log", "event", case_id, pairs, NULL, NULL, error);
}

gboolean
ps_case_own(PsStore *store, const char *case_id, const char *person, GError **error)
{
	const char *who = person ? person : ps_store_person(store);
	g_autoptr(PsTxn) txn = NULL;

	if (!who) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("It is not known who you are: add yourself with “psirtdesk person "
			      "add”, with your account's name."));
		return FALSE;
	}
	if (!(txn = ps_txn_begin(store, "case.own", error)))
		return FALSE;
	g_autofree char *id = ps_store_resolve(store, "case", case_id, error);
	g_autoptr(PsRecord) owner = id ? ps_store_get(store, "person", who, error) : NULL;
	if (!owner)
		return FALSE;
	g_autofree char *said =
		g_strdup_printf(_("The case belongs to %s now."), ps_record_text(owner, "name"));
	return ps_txn_set(txn, "case", id, "owner", ps_record_id(owner), PS_ANY, error) &&
	       ps_case_event(txn, id, "other", said, error) && ps_txn_commit(txn, error);
}

char *
ps_case_signal(PsStore *store, const char *case_id, const char *kind, const char *source,
	       const char *text, GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);
	gboolean incident = g_strcmp0(kind, "incident") == 0;

	if (!incident && g_strcmp0(kind, "exploitation") != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no kind of signal: it is “exploitation” or “incident”."),
			    kind ? kind : "");
		return NULL;
	}
	if (!source || !*source) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("A signal needs its source: who says so, or where it was seen."));
		return NULL;
	}
	g_autofree char *said =
		g_strdup_printf(incident ? _("Signal of a severe incident, from %s. %s")
					 : _("Signal of exploitation, from %s. %s"),
				source, text ? text : "");
	ps_pair_add(pairs, "type", "other");
	ps_pair_add(pairs, "text", g_strchomp(said));
	return ps_case_add_child(store, "case.signal", "event", case_id, pairs, NULL, NULL, error);
}
