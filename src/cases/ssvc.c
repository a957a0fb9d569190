#include "config.h"

#include "cases/ssvc.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "cases/case.h"
#include "cases/edit.h"
#include "cases/rules.h"

PsSsvcTables *
ps_case_ssvc_tables(const char *workspace, GError **error)
{
	g_autofree char *own = workspace ? g_build_filename(workspace, "ssvc", NULL) : NULL;

	return ps_ssvc_tables_read(own, error);
}

/* ---- a walk as text ---- */

/* Steps that carry the decision: parts of a point that was chosen itself do not. */
static gboolean
counts(const PsSsvcWalk *walk, int step)
{
	for (int at = ps_ssvc_step(walk, step)->parent; at >= 0;
	     at = ps_ssvc_step(walk, at)->parent)
		if (ps_ssvc_step(walk, at)->chosen >= 0)
			return FALSE;
	return ps_ssvc_step_value(walk, step) >= 0;
}

char *
ps_ssvc_path_text(const PsSsvcWalk *walk)
{
	GString *text = g_string_new(NULL);
	int depth = 0;

	for (int i = 0; i < (int)walk->steps->len; i++) {
		const PsSsvcStep *step = ps_ssvc_step(walk, i);
		if (!counts(walk, i))
			continue;
		for (; depth > step->depth; depth--)
			g_string_append_c(text, ')');
		if (text->len)
			g_string_append_c(text, ' ');
		for (; depth < step->depth; depth++)
			g_string_append_c(text, '(');
		const PsSsvcValue *value = ps_ssvc_value(step->point, ps_ssvc_step_value(walk, i));
		g_string_append_printf(text, "%s=%s", step->point->key, value->key);
	}
	for (; depth > 0; depth--)
		g_string_append_c(text, ')');
	return g_string_free(text, FALSE);
}

/* ---- storing ---- */

static gboolean
store_point(PsTxn *txn, const char *ssvc_id, const PsSsvcWalk *walk, int step, int position,
	    char *const *pairs, GError **error)
{
	const PsSsvcPoint *point = ps_ssvc_step(walk, step)->point;
	const PsSsvcValue *value = ps_ssvc_value(point, ps_ssvc_step_value(walk, step));
	g_autofree char *reason = g_strconcat("reason.", point->key, NULL);
	g_autofree char *place = g_strdup_printf("%d", position);
	g_autofree char *id =
		ps_txn_newv(txn, "ssvc_point", error, "ssvc", ssvc_id, "namespace", point->space,
			    "key", point->key, "version", point->version, "value", value->key,
			    "position", place, "reason", ps_pair_value(pairs, reason), "name",
			    point->name, "value_name", value->name, NULL);

	return id != NULL;
}

static gboolean
store_points(PsTxn *txn, const char *ssvc_id, const PsSsvcWalk *walk, char *const *pairs,
	     GError **error)
{
	int position = 0;

	for (int i = 0; i < (int)walk->steps->len; i++)
		if (counts(walk, i) &&
		    !store_point(txn, ssvc_id, walk, i, ++position, pairs, error))
			return FALSE;
	return TRUE;
}

static gboolean
walk_pairs(PsTxn *txn, const char *case_id, const PsSsvcWalk *walk, char *const *given,
	   GPtrArray *pairs, GError **error)
{
	const PsSsvcTable *table = walk->table;
	const PsSsvcValue *decision = ps_ssvc_value(table->outcome, ps_ssvc_decision(walk));
	g_autofree char *tree = g_strjoin(":", table->space, table->key, NULL);
	g_autofree char *outcome = g_strjoin("=", table->outcome->id, decision->key, NULL);
	const char *vulnerability = ps_pair_value(given, "vulnerability");

	ps_pair_add(pairs, "case", case_id);
	ps_pair_add(pairs, "tree", tree);
	ps_pair_add(pairs, "tree_version", table->version);
	ps_pair_add(pairs, "decision", decision->name);
	ps_pair_add(pairs, "outcome", outcome);
	ps_pair_add(pairs, "tree_name", table->name);
	ps_pair_add(pairs, "outcome_name", table->outcome->name);
	ps_pair_add(pairs, "reason", ps_pair_value(given, "reason"));
	ps_edit_defaults(txn, "ssvc", given, pairs);
	if (!vulnerability)
		return TRUE;
	g_autofree char *id =
		ps_store_resolve(ps_txn_store(txn), "vulnerability", vulnerability, error);
	ps_pair_add(pairs, "vulnerability", id);
	return id != NULL;
}

/* Every point needs a value, and every given reason a point. */
static gboolean
refuse_unfit(const PsSsvcWalk *walk, char *const *pairs, GError **error)
{
	if (!ps_ssvc_agrees(walk, error))
		return FALSE;
	if (ps_ssvc_decision(walk) < 0) {
		const PsSsvcPoint *open = ps_ssvc_step(walk, ps_ssvc_next(walk, 0))->point;
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("%s (%s) has no value yet: a decision needs every point."),
			    open->name, open->key);
		return FALSE;
	}
	for (; pairs && *pairs; pairs += 2) {
		const char *key = g_str_has_prefix(pairs[0], "reason.") ? pairs[0] + 7 : NULL;
		if (!key || ps_ssvc_step_find(walk, key) >= 0)
			continue;
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("A reason is given for “%s”, which is no point of “%s”."), key,
			    walk->table->word);
		return FALSE;
	}
	return TRUE;
}

char *
ps_case_ssvc(PsStore *store, const char *case_id, const PsSsvcWalk *walk, char *const *given,
	     GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);

	if (!refuse_unfit(walk, given, error))
		return NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.ssvc", error);
	g_autofree char *parent = txn ? ps_store_resolve(store, "case", case_id, error) : NULL;
	if (!parent || !walk_pairs(txn, parent, walk, given, pairs, error))
		return NULL;
	g_autofree char *id = ps_new_from(txn, "ssvc", pairs, error);
	if (!id || !store_points(txn, id, walk, given, error))
		return NULL;
	g_autofree char *path = ps_ssvc_path_text(walk);
	g_autofree char *said =
		g_strdup_printf(_("SSVC %s %s: %s (%s)."), walk->table->name, walk->table->version,
				ps_pair_value((char *const *)pairs->pdata, "decision"), path);
	if (!ps_case_event(txn, parent, "decision", said, error))
		return NULL;
	return ps_txn_commit(txn, error) ? g_steal_pointer(&id) : NULL;
}

/* ---- a stored walk for others ---- */

static void
add_name(cJSON *object, const char *name)
{
	if (name && *name)
		cJSON_AddStringToObject(object, "name", name);
}

/* What a point and its value are called is for people: `name` and `value_name` may be NULL. */
typedef struct {
	const char *space, *key, *version, *value, *name, *value_name;
} Selection;

static void
add_selection(cJSON *list, const Selection *one)
{
	cJSON *selection = cJSON_CreateObject(), *item = cJSON_CreateObject();

	cJSON_AddStringToObject(selection, "namespace", one->space);
	cJSON_AddStringToObject(selection, "key", one->key);
	cJSON_AddStringToObject(selection, "version", one->version);
	add_name(selection, one->name);
	cJSON_AddStringToObject(item, "key", one->value);
	add_name(item, one->value_name);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(selection, "values"), item);
	cJSON_AddItemToArray(list, selection);
}

/* "ssvc:DSOI:1.0.0=I" */
static void
add_outcome(cJSON *list, const PsRecord *record)
{
	const char *outcome = ps_record_text(record, "outcome");
	g_auto(GStrv) parts = g_strsplit_set(outcome ? outcome : "", ":=", 4);
	const Selection selection = {parts[0],
				     parts[0] ? parts[1] : NULL,
				     g_strv_length(parts) == 4 ? parts[2] : NULL,
				     g_strv_length(parts) == 4 ? parts[3] : NULL,
				     ps_record_text(record, "outcome_name"),
				     ps_record_text(record, "decision")};

	if (selection.value)
		add_selection(list, &selection);
}

static int
compare_positions(gconstpointer a, gconstpointer b)
{
	gint64 left = ps_record_integer(*(PsRecord *const *)a, "position", 0);
	gint64 right = ps_record_integer(*(PsRecord *const *)b, "position", 0);

	return (left > right) - (left < right);
}

/* A point whose value was erased is left out. */
static void
add_points(cJSON *selections, GPtrArray *points)
{
	g_ptr_array_sort(points, compare_positions);
	for (guint i = 0; i < points->len; i++) {
		const PsRecord *point = points->pdata[i];
		const Selection selection = {ps_record_text(point, "namespace"),
					     ps_record_text(point, "key"),
					     ps_record_text(point, "version"),
					     ps_record_text(point, "value"),
					     ps_record_text(point, "name"),
					     ps_record_text(point, "value_name")};
		if (selection.space && selection.key && selection.version && selection.value)
			add_selection(selections, &selection);
	}
}

cJSON *
ps_ssvc_selection_list(PsStore *store, const char *ssvc_id, const char *target,
		       gboolean with_outcome, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "ssvc", ssvc_id, error);
	g_autoptr(GPtrArray) points =
		record ? ps_store_children(store, "ssvc_point", ps_record_id(record), error) : NULL;

	if (!points)
		return NULL;
	cJSON *list = cJSON_CreateObject();
	cJSON_AddStringToObject(list, "timestamp", ps_record_text(record, "decided_at"));
	cJSON_AddStringToObject(list, "schemaVersion", "2.0.0");
	if (target && *target)
		cJSON_AddItemToArray(cJSON_AddArrayToObject(list, "target_ids"),
				     cJSON_CreateString(target));
	cJSON *selections = cJSON_AddArrayToObject(list, "selections");
	add_points(selections, points);
	if (with_outcome)
		add_outcome(selections, record);
	return list;
}

char *
ps_ssvc_table_text(const PsRecord *walk)
{
	const char *name = ps_record_text(walk, "tree_name"), *id = ps_record_text(walk, "tree");
	const char *version = ps_record_text(walk, "tree_version");

	return g_strdup_printf(_("%s, version %s"),
			       name ? name
			       : id ? id
				    : "?",
			       version ? version : "?");
}
