#include "config.h"

/* SSVC: the registry of decision points, decision tables and walks through them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "scoring/ssvc-registry.h"
#include "scoring/ssvc.h"

static PsSsvcRegistry *
open_registry(void)
{
	g_autoptr(GError) error = NULL;
	PsSsvcRegistry *registry = ps_ssvc_registry_open(&error);

	assert_null(error);
	return registry;
}

static void
registry__point__has_name_and_values_in_order(void **state)
{
	g_autoptr(PsSsvcRegistry) registry = open_registry();
	g_auto(GStrv) point = ps_ssvc_registry_point(registry, "ssvc", "E", "1.1.0");

	(void)state;
	assert_non_null(point);
	g_autofree char *all = g_strjoinv("|", point);
	assert_string_equal(all, "Exploitation|N=None|P=Public PoC|A=Active");
	assert_null(ps_ssvc_registry_point(registry, "ssvc", "E", "9.0.0"));
	assert_null(ps_ssvc_registry_point(registry, "ssvc", "", ""));
}

static void
registry__versions__are_listed_oldest_first(void **state)
{
	g_autoptr(PsSsvcRegistry) registry = open_registry();
	g_auto(GStrv) versions = ps_ssvc_registry_versions(registry, "ssvc", "MI");
	g_auto(GStrv) none = ps_ssvc_registry_versions(registry, "ssvc", "M");

	(void)state;
	g_autofree char *all = g_strjoinv(" ", versions);
	assert_string_equal(all, "1.0.0 2.0.0");
	assert_null(none[0]);
}

static void
registry__namespace__is_known_whole(void **state)
{
	g_autoptr(PsSsvcRegistry) registry = open_registry();

	(void)state;
	assert_true(ps_ssvc_registry_has_namespace(registry, "ssvc"));
	assert_true(ps_ssvc_registry_has_namespace(registry, "nist#800-30"));
	assert_false(ps_ssvc_registry_has_namespace(registry, "nist"));
	assert_false(ps_ssvc_registry_has_namespace(registry, "ss"));
}

/* ---- tables and walks ---- */

static PsSsvcTables *
read_tables(const char *own)
{
	g_autoptr(GError) error = NULL;
	PsSsvcTables *tables = ps_ssvc_tables_read(own, &error);

	if (!tables)
		fail_msg("%s", error->message);
	return tables;
}

/* The decision of "E=A U=S …"; "-" while points are open, "!" for what is refused. */
static char *
decide(const PsSsvcTables *tables, const char *tree, const char *points)
{
	const PsSsvcTable *table = ps_ssvc_find(tables, tree, NULL);
	assert_non_null(table);
	g_autoptr(PsSsvcWalk) walk = ps_ssvc_walk_new(tables, table);
	g_auto(GStrv) words = g_strsplit(points, " ", -1);

	for (char **word = words; *word && **word; word++) {
		g_auto(GStrv) pair = g_strsplit(*word, "=", 2);
		if (!ps_ssvc_set(walk, pair[0], pair[1], NULL))
			return g_strdup("!");
	}
	if (!ps_ssvc_agrees(walk, NULL))
		return g_strdup("!");
	int decision = ps_ssvc_decision(walk);
	return g_strdup(decision < 0 ? "-" : ps_ssvc_value(table->outcome, decision)->name);
}

static void
walk__decision__is_that_of_the_table(void **state)
{
	static const struct {
		const char *tree, *points, *decision;
	} cases[] = {
		{"supplier", "E=N U=L TI=P PSI=M", "Defer"},
		{"supplier", "E=A U=S TI=T PSI=S", "Immediate"},
		{"ssvc:dt_sp", "exploitation=active utility=super-effective ti=total psi=s",
		 "Immediate"},
		{"Supplier Patch Development Priority", "ssvc:E:1.1.0=public_poc U=e TI=T PSI=M",
		 "Out-of-Cycle"},
		/* points by their parts, in any order */
		{"supplier", "SI=N VD=D E=N TI=P A=N", "Defer"},
		{"supplier", "E=A A=Y VD=C U=S TI=T SI=C", "Immediate"},
		{"supplier", "E=A A=Y VD=C U=L TI=T SI=C", "!"},
		{"supplier", "E=A A=Y VD=D U=S", "!"},
		{"supplier", "E=A A=Y U=E", "-"},
		{"supplier", "E=A E=N", "!"},
		{"supplier", "E=A E=A", "-"},
		{"supplier", "E=X", "!"},
		{"supplier", "X=A", "!"},
		{"publish", "SINV=FR E=N PVA=L", "Do Not Publish"},
		{"publish", "SINV=UU E=A PVA=P", "Publish"},
		{"utility", "A=Y VD=C", "Super Effective"},
	};
	g_autoptr(PsSsvcTables) tables = read_tables(NULL);

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = decide(tables, cases[i].tree, cases[i].points);
		if (!g_str_equal(got, cases[i].decision))
			fail_msg("%s %s: %s instead of %s", cases[i].tree, cases[i].points, got,
				 cases[i].decision);
	}
}

/* What the walk gives for a row of the project's own table. */
static void
assert_row(const PsSsvcTables *tables, const PsSsvcTable *table, const cJSON *row)
{
	g_autoptr(PsSsvcWalk) walk = ps_ssvc_walk_new(tables, table);
	const cJSON *cell;

	cJSON_ArrayForEach (cell, row)
		if (!g_str_equal(cell->string, table->outcome->id))
			assert_true(ps_ssvc_set(walk, cell->string, cell->valuestring, NULL));
	int decision = ps_ssvc_decision(walk);
	assert_true(decision >= 0);
	assert_string_equal(ps_ssvc_value(table->outcome, decision)->key,
			    ps_json_text(row, table->outcome->id));
}

static void
table__every_row__is_that_of_the_project(void **state)
{
	static const char *const files[][2] = {
		{"supplier", "supplier_patch_development_priority_1_0_0"},
		{"coordinator-triage", "coordinator_triage_1_0_0"},
		{"publish", "coordinator_publish_decision_table_1_0_0"},
		{"utility", "utility_1_0_0"},
		{"public-safety-impact", "public_safety_impact_1_0_0"},
	};
	const char *shared = g_getenv("PSIRTDESK_SHARED");
	g_autoptr(PsSsvcTables) tables = read_tables(NULL);

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *file = g_strdup_printf("%s/data/ssvc/decision_tables/ssvc/%s.json",
							shared ? shared : "../shared", files[i][1]);
		g_autoptr(cJSON) root = ps_json_read_file(file, NULL, NULL);
		if (!root) {
			printf("# %s is not there: not compared\n", file);
			continue;
		}
		const PsSsvcTable *table = ps_ssvc_find(tables, files[i][0], NULL);
		const cJSON *row, *mapping = cJSON_GetObjectItem(root, "mapping");
		assert_string_equal(table->version, ps_json_text(root, "version"));
		assert_int_equal(table->n_rows, cJSON_GetArraySize(mapping));
		cJSON_ArrayForEach (row, mapping)
			assert_row(tables, table, row);
	}
}

static void
walk__possible_outcomes__shrink_with_every_answer(void **state)
{
	g_autoptr(PsSsvcTables) tables = read_tables(NULL);
	g_autoptr(PsSsvcWalk) walk =
		ps_ssvc_walk_new(tables, ps_ssvc_find(tables, "supplier", NULL));
	guint32 outcomes;
	gsize rows;

	(void)state;
	assert_int_equal(ps_ssvc_possible(walk, &outcomes, &rows), 4);
	assert_int_equal(rows, 36);
	assert_true(ps_ssvc_set(walk, "E", "A", NULL));
	assert_int_equal(ps_ssvc_possible(walk, &outcomes, &rows), 2);
	assert_int_equal(rows, 12);
	/* half of the parts already rules Laborious out */
	assert_true(ps_ssvc_set(walk, "VD", "C", NULL));
	ps_ssvc_possible(walk, &outcomes, &rows);
	assert_int_equal(rows, 8);
}

static void
walk__choosing__takes_back_what_it_contradicts(void **state)
{
	g_autoptr(PsSsvcTables) tables = read_tables(NULL);
	g_autoptr(PsSsvcWalk) walk =
		ps_ssvc_walk_new(tables, ps_ssvc_find(tables, "supplier", NULL));
	int utility = ps_ssvc_step_find(walk, "U"), automatable = ps_ssvc_step_find(walk, "A"),
	    density = ps_ssvc_step_find(walk, "VD");

	(void)state;
	ps_ssvc_choose(walk, utility, 0);
	assert_int_equal(ps_ssvc_step_value(walk, utility), 0);
	ps_ssvc_choose(walk, automatable, 1);
	assert_int_equal(ps_ssvc_step_value(walk, utility), -1);
	ps_ssvc_choose(walk, density, 1);
	assert_int_equal(ps_ssvc_step_value(walk, utility), 2);
	ps_ssvc_choose(walk, utility, 1);
	assert_int_equal(ps_ssvc_step_value(walk, automatable), -1);
	ps_ssvc_choose(walk, utility, -1);
	assert_int_equal(ps_ssvc_step_value(walk, utility), -1);
}

/* ---- files of a workspace ---- */

typedef struct {
	const char *from, *to; /* a change of utility.json */
	const char *sentence;  /* a part of what is said then; NULL: it is fine */
} Change;

/* The data file with the change, written as NAME.json into a new directory. */
static char *
changed_table(const char *name, const char *from, const char *to)
{
	g_autofree char *file = ps_path_data("ssvc/utility.json"), *text = NULL;
	g_autofree char *base = g_strconcat(name, ".json", NULL);
	char *dir = g_dir_make_tmp("ssvcXXXXXX", NULL);

	assert_true(g_file_get_contents(file, &text, NULL, NULL));
	assert_non_null(strstr(text, from));
	g_auto(GStrv) parts = g_strsplit(text, from, 2);
	g_autofree char *changed = g_strjoinv(to, parts);
	g_autofree char *path = g_build_filename(dir, base, NULL);
	assert_true(g_file_set_contents(path, changed, -1, NULL));
	return dir;
}

static void
tables__broken_file__is_refused_with_a_sentence(void **state)
{
	static const Change changes[] = {
		{"\"Utility\"", "\"Usefulness\"", NULL},
		{"    {\"ssvc:A:2.0.0\": \"N\", \"ssvc:VD:1.0.0\": \"D\", \"ssvc:U:1.0.1\": "
		 "\"L\"},\n",
		 "", "combinations without a row: 1, the first is A=N, VD=D"},
		{"\"ssvc:VD:1.0.0\": \"C\", \"ssvc:U:1.0.1\": \"E\"",
		 "\"ssvc:VD:1.0.0\": \"D\", \"ssvc:U:1.0.1\": \"E\"",
		 "contradicts itself about A=N, VD=D (row 2)"},
		{"\"ssvc:VD:1.0.0\": \"C\", \"ssvc:U:1.0.1\": \"E\"",
		 "\"ssvc:VD:1.0.0\": \"D\", \"ssvc:U:1.0.1\": \"L\"", "twice"},
		{"\"ssvc:U:1.0.1\": \"S\"", "\"ssvc:U:1.0.1\": \"Q\"",
		 "row 4 of its mapping has “Q”, which is no value of ssvc:U:1.0.1"},
		{"\"ssvc:U:1.0.1\": \"S\"", "\"ssvc:X:1.0.1\": \"S\"",
		 "row 4 of its mapping says nothing about ssvc:U:1.0.1"},
		{"\"outcome\": \"ssvc:U:1.0.1\"", "\"outcome\": \"ssvc:Q:1.0.1\"",
		 "outcome is none"},
		{"\"key\": \"Y\"", "\"key\": \"N\"", "has the value “N” twice"},
		{"\"key\": \"VD\"", "\"key\": \"DV\"", "says of itself that it is “ssvc:DV:1.0.0”"},
		{"\"schemaVersion\": \"2.0.0\"", "\"schemaVersion\": \"1\"", "schemaVersion"},
		{"\"name\": \"Yes\"", "\"label\": \"Yes\"", "has no “name”"},
		{"\"mapping\": [", "\"mapping\": [[],", "row 1 of its mapping needs 3 members"},
		{"{", "{]", "Line 1"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *dir = changed_table("own", changes[i].from, changes[i].to);
		g_autoptr(PsSsvcTables) tables = ps_ssvc_tables_read(dir, &error);
		ps_dir_remove(dir, NULL);
		if (!changes[i].sentence) {
			assert_null(error);
			continue;
		}
		assert_null(tables);
		assert_int_equal(error->code, PS_ERROR_INPUT);
		if (!strstr(error->message, changes[i].sentence))
			fail_msg("%s: %s", changes[i].sentence, error->message);
	}
}

static void
tables__file_of_the_workspace__takes_the_place_of_ours(void **state)
{
	g_autofree char *dir =
		changed_table("utility", "\"ssvc:U:1.0.1\": \"S\"", "\"ssvc:U:1.0.1\": \"L\"");
	g_autoptr(PsSsvcTables) ours = read_tables(NULL), tables = read_tables(dir);
	g_autofree char *decision = decide(tables, "supplier", "E=N A=Y VD=C TI=P PSI=M");

	(void)state;
	ps_dir_remove(dir, NULL);
	assert_int_equal(ps_ssvc_count(tables), ps_ssvc_count(ours));
	assert_string_equal(decision, "Defer");
	assert_string_equal(ps_ssvc_table(tables, 0)->word, "supplier");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registry__point__has_name_and_values_in_order),
		cmocka_unit_test(registry__versions__are_listed_oldest_first),
		cmocka_unit_test(registry__namespace__is_known_whole),
		cmocka_unit_test(walk__decision__is_that_of_the_table),
		cmocka_unit_test(table__every_row__is_that_of_the_project),
		cmocka_unit_test(walk__possible_outcomes__shrink_with_every_answer),
		cmocka_unit_test(walk__choosing__takes_back_what_it_contradicts),
		cmocka_unit_test(tables__broken_file__is_refused_with_a_sentence),
		cmocka_unit_test(tables__file_of_the_workspace__takes_the_place_of_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
