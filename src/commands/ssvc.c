#include "config.h"

/* ssvc: decision tables, and walks through them; “case ssvc” keeps one. */

#include "commands/ssvc.h"

#include <string.h>

#include "base/i18n.h"
#include "cases/ssvc.h"
#include "commands/command-table.h"

/* ---- the list of tables ---- */

/* "E (Exploitation)" parted by commas: parts of a point, or values. */
static char *
values_text(const PsSsvcPoint *point)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < point->values->len; i++) {
		const PsSsvcValue *value = ps_ssvc_value(point, (int)i);
		g_string_append_printf(text, "%s%s (%s)", i ? ", " : "", value->key, value->name);
	}
	return g_string_free(text, FALSE);
}

static char *
parts_text(const PsSsvcTable *part)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < part->points->len; i++) {
		const PsSsvcPoint *point = part->points->pdata[i];
		g_string_append_printf(text, "%s%s (%s)", i ? ", " : "", point->key, point->name);
	}
	return g_string_free(text, FALSE);
}

static void
print_head(PsCli *cli, const PsSsvcTable *table)
{
	ps_cli_line(cli, "%s  %s %s (%s:%s)", table->word, table->name, table->version,
		    table->space, table->key);
}

static void
print_table(PsCli *cli, const PsSsvcTable *table)
{
	print_head(cli, table);
	for (guint i = 0; i < table->points->len; i++) {
		const PsSsvcPoint *point = table->points->pdata[i];
		g_autofree char *values = values_text(point);
		ps_cli_line(cli, "  %-5s %s: %s", point->key, point->name, values);
	}
	g_autofree char *outcomes = values_text(table->outcome);
	ps_cli_line(cli, "  ->    %s", outcomes);
}

static void
print_meanings(PsCli *cli, const PsSsvcPoint *point)
{
	for (guint i = 0; i < point->values->len; i++) {
		const PsSsvcValue *value = ps_ssvc_value(point, (int)i);
		ps_cli_line(cli, "    %-4s %s: %s", value->key, value->name,
			    value->meaning ? value->meaning : "");
	}
}

/* One table with what its points ask and what the values mean. */
static void
explain_table(PsCli *cli, const PsSsvcTables *tables, const PsSsvcTable *table)
{
	g_autoptr(PsSsvcWalk) walk = ps_ssvc_walk_new(tables, table);

	print_head(cli, table);
	for (int i = 0; i < (int)walk->steps->len; i++) {
		const PsSsvcStep *step = ps_ssvc_step(walk, i);
		ps_cli_line(cli, "  %s  %s: %s", step->point->key, step->point->name,
			    step->point->question ? step->point->question : "");
		print_meanings(cli, step->point);
		if (step->part) {
			g_autofree char *parts = parts_text(step->part);
			ps_cli_line(cli, _("    or by its parts, which follow: %s"), parts);
		}
	}
	ps_cli_line(cli, "  ->  %s", table->meaning ? table->meaning : table->outcome->name);
	print_meanings(cli, table->outcome);
}

static cJSON *
value_json(const PsSsvcValue *value)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "key", value->key);
	cJSON_AddStringToObject(object, "name", value->name);
	if (value->meaning)
		cJSON_AddStringToObject(object, "meaning", value->meaning);
	return object;
}

static cJSON *
point_json(const PsSsvcPoint *point)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "namespace", point->space);
	cJSON_AddStringToObject(object, "key", point->key);
	cJSON_AddStringToObject(object, "version", point->version);
	cJSON_AddStringToObject(object, "name", point->name);
	if (point->question)
		cJSON_AddStringToObject(object, "question", point->question);
	cJSON *values = cJSON_AddArrayToObject(object, "values");
	for (guint i = 0; i < point->values->len; i++)
		cJSON_AddItemToArray(values, value_json(ps_ssvc_value(point, (int)i)));
	return object;
}

static void
add_table_names(cJSON *object, const PsSsvcTable *table)
{
	cJSON_AddStringToObject(object, "tree", table->word);
	cJSON_AddStringToObject(object, "namespace", table->space);
	cJSON_AddStringToObject(object, "key", table->key);
	cJSON_AddStringToObject(object, "version", table->version);
	cJSON_AddStringToObject(object, "name", table->name);
}

static void
print_table_json(PsCli *cli, const PsSsvcTable *table)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();

	add_table_names(object, table);
	cJSON *points = cJSON_AddArrayToObject(object, "points");
	for (guint i = 0; i < table->points->len; i++)
		cJSON_AddItemToArray(points, point_json(table->points->pdata[i]));
	cJSON_AddItemToObject(object, "outcome", point_json(table->outcome));
	ps_cli_array_add(cli, object);
}

static int
list_tables(PsCli *cli, const PsSsvcTables *tables, const PsSsvcTable *only)
{
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < ps_ssvc_count(tables); i++) {
		const PsSsvcTable *table = ps_ssvc_table(tables, i);
		if (only && table != only)
			continue;
		if (cli->json)
			print_table_json(cli, table);
		else if (only)
			explain_table(cli, tables, table);
		else
			print_table(cli, table);
	}
	if (cli->json)
		ps_cli_array_end(cli);
	return 0;
}

/* ---- a walk ---- */

/* Every point that has a value, and every one that is open; of a point with a value its parts only
 * where they give it. */
static gboolean
is_shown(const PsSsvcWalk *walk, int step)
{
	int parent = ps_ssvc_step(walk, step)->parent;

	if (parent < 0)
		return TRUE;
	return ps_ssvc_step(walk, parent)->chosen < 0 && ps_ssvc_step_value(walk, step) >= 0;
}

static char *
open_text(const PsSsvcStep *step)
{
	g_autofree char *values = values_text(step->point);
	g_autofree char *parts = step->part ? parts_text(step->part) : NULL;

	return parts ? g_strdup_printf(_("open: %s; or by its parts %s"), values, parts)
		     : g_strdup_printf(_("open: %s"), values);
}

static void
print_step(PsCli *cli, const PsSsvcWalk *walk, int index)
{
	const PsSsvcStep *step = ps_ssvc_step(walk, index);
	int value = ps_ssvc_step_value(walk, index);
	g_autofree char *indent = g_strnfill((gsize)(2 + 2 * step->depth), ' ');

	if (value < 0) {
		g_autofree char *open = open_text(step);
		ps_cli_line(cli, "%s%s  %s  %s", indent, step->point->key, step->point->name, open);
		return;
	}
	const PsSsvcValue *chosen = ps_ssvc_value(step->point, value);
	ps_cli_line(cli, "%s%s=%s  %s: %s", indent, step->point->key, chosen->key,
		    step->point->name, chosen->name);
}

static char *
possible_text(const PsSsvcWalk *walk)
{
	GString *text = g_string_new(NULL);
	guint32 outcomes;

	ps_ssvc_possible(walk, &outcomes, NULL);
	for (guint i = 0; i < walk->table->outcome->values->len; i++)
		if ((outcomes >> i) & 1)
			g_string_append_printf(text, "%s%s", text->len ? ", " : "",
					       ps_ssvc_value(walk->table->outcome, (int)i)->name);
	return g_string_free(text, FALSE);
}

static void
print_walk(PsCli *cli, const PsSsvcWalk *walk)
{
	int decision = ps_ssvc_decision(walk);

	if (decision >= 0) {
		ps_cli_line(cli, "%s", ps_ssvc_value(walk->table->outcome, decision)->name);
	} else {
		g_autofree char *possible = possible_text(walk);
		ps_cli_line(cli, _("no decision yet; still possible: %s"), possible);
	}
	for (int i = 0; i < (int)walk->steps->len; i++)
		if (is_shown(walk, i))
			print_step(cli, walk, i);
	ps_cli_line(cli, _("by %s %s (%s:%s)"), walk->table->name, walk->table->version,
		    walk->table->space, walk->table->key);
}

static cJSON *
step_json(const PsSsvcWalk *walk, int index)
{
	const PsSsvcStep *step = ps_ssvc_step(walk, index);
	const PsSsvcValue *value = ps_ssvc_value(step->point, ps_ssvc_step_value(walk, index));
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "namespace", step->point->space);
	cJSON_AddStringToObject(object, "key", step->point->key);
	cJSON_AddStringToObject(object, "version", step->point->version);
	cJSON_AddStringToObject(object, "name", step->point->name);
	cJSON_AddStringToObject(object, "value", value->key);
	cJSON_AddStringToObject(object, "value_name", value->name);
	if (step->parent >= 0)
		cJSON_AddStringToObject(object, "part_of",
					ps_ssvc_step(walk, step->parent)->point->key);
	return object;
}

static void
print_walk_json(PsCli *cli, const PsSsvcWalk *walk)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();
	int decision = ps_ssvc_decision(walk);
	const PsSsvcPoint *outcome = walk->table->outcome;
	guint32 outcomes;

	add_table_names(object, walk->table);
	cJSON_AddItemToObject(object, "decision",
			      decision >= 0
				      ? cJSON_CreateString(ps_ssvc_value(outcome, decision)->name)
				      : cJSON_CreateNull());
	cJSON_AddItemToObject(object, "outcome",
			      decision >= 0 ? value_json(ps_ssvc_value(outcome, decision))
					    : cJSON_CreateNull());
	cJSON *path = cJSON_AddArrayToObject(object, "path");
	cJSON *open = cJSON_AddArrayToObject(object, "open");
	for (int i = 0; i < (int)walk->steps->len; i++) {
		if (!is_shown(walk, i))
			continue;
		if (ps_ssvc_step_value(walk, i) >= 0)
			cJSON_AddItemToArray(path, step_json(walk, i));
		else
			cJSON_AddItemToArray(open, point_json(ps_ssvc_step(walk, i)->point));
	}
	cJSON *possible = cJSON_AddArrayToObject(object, "possible");
	ps_ssvc_possible(walk, &outcomes, NULL);
	for (guint i = 0; i < outcome->values->len; i++)
		if ((outcomes >> i) & 1)
			cJSON_AddItemToArray(possible,
					     cJSON_CreateString(
						     ps_ssvc_value(outcome, (int)i)->name));
	ps_cli_print_json(cli, object);
}

static gboolean
fill_walk(PsSsvcWalk *walk, char *const *pairs, GError **error)
{
	for (; *pairs; pairs += 2)
		if (!ps_ssvc_set(walk, pairs[0], pairs[1], error))
			return FALSE;
	return ps_ssvc_agrees(walk, error);
}

static int
run_ssvc(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	g_autoptr(PsSsvcTables) tables = ps_case_ssvc_tables(cli->workspace, error);
	if (!tables)
		return 2;
	const PsSsvcTable *table = argc > 1 ? ps_ssvc_find(tables, argv[1], error) : NULL;
	if (argc > 1 && !table)
		return 2;
	if (argc < 3)
		return list_tables(cli, tables, table);
	g_auto(GStrv) pairs = ps_cli_pairs(cli, argc - 2, argv + 2, error);
	if (!pairs)
		return 64;
	g_autoptr(PsSsvcWalk) walk = ps_ssvc_walk_new(tables, table);
	if (!fill_walk(walk, pairs, error))
		return 2;
	if (cli->json)
		print_walk_json(cli, walk);
	else
		print_walk(cli, walk);
	return ps_ssvc_decision(walk) >= 0 ? 0 : 1;
}

/* ---- kept in a case ---- */

/* Not a point of the walk. */
static gboolean
is_for_record(const char *name)
{
	return g_str_equal(name, "reason") || g_str_has_prefix(name, "reason.") ||
	       g_str_equal(name, "vulnerability");
}

/* Those for the record, or the others: lent pointers. */
static char **
some_pairs(char **pairs, gboolean for_record)
{
	GPtrArray *some = g_ptr_array_new();

	for (; *pairs; pairs += 2)
		if (is_for_record(pairs[0]) == for_record) {
			g_ptr_array_add(some, pairs[0]);
			g_ptr_array_add(some, pairs[1]);
		}
	g_ptr_array_add(some, NULL);
	return (char **)g_ptr_array_free(some, FALSE);
}

int
ps_ssvc_of_case(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc < 4)
		return ps_cli_usage(cli, error,
				    _("“case ssvc” needs a case, a decision table and its "
				      "points."));
	g_auto(GStrv) pairs = ps_cli_pairs(cli, argc - 3, argv + 3, error);
	if (!pairs)
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autoptr(PsSsvcTables) tables = ps_case_ssvc_tables(cli->workspace, error);
	const PsSsvcTable *table = tables ? ps_ssvc_find(tables, argv[2], error) : NULL;
	if (!table)
		return 2;
	g_autofree char **points = some_pairs(pairs, FALSE);
	g_autofree char **rest = some_pairs(pairs, TRUE);
	g_autoptr(PsSsvcWalk) walk = ps_ssvc_walk_new(tables, table);
	if (!fill_walk(walk, points, error))
		return 2;
	g_autofree char *id = ps_case_ssvc(cli->store, argv[1], walk, rest, error);
	if (!id)
		return 2;
	if (cli->json)
		return ps_cli_print_record(cli, "ssvc", id, error);
	print_walk(cli, walk);
	return 0;
}

const PsCommand ps_command_ssvc = {
	.name = "ssvc",
	.usage = "\nTREE\nTREE POINT=VALUE…",
	.summary = N_("Walks an SSVC decision table: decision and path."),
	.details =
		N_("Without points it lists the decision tables, or one of them, with their "
		   "points and values. TREE is supplier, coordinator-triage, publish or another "
		   "table of that list.\n\n"
		   "Points and values are given by key or name, in any case: E=A is "
		   "exploitation=active. A point that follows from others may be given by those: "
		   "A=Y VD=C gives U=S. While points are open they are listed with the outcomes "
		   "that are still possible, and the exit status is 1.\n\n"
		   "The tables are files in the JSON shape of the SSVC project. A workspace may "
		   "have its own in its directory ssvc/: a file with the name of one of ours "
		   "takes its place, another name adds a table. They are judged when they are "
		   "read: every combination of values needs one row."),
	.example = "ssvc\n"
		   "ssvc supplier E=A A=Y VD=C TI=T PSI=S\n"
		   "ssvc --json publish sinv=cooperative exploitation=active pva=precedence",
	.run = run_ssvc,
};
