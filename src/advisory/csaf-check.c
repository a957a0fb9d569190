#include "config.h"

#include "advisory/csaf-check.h"

#include <string.h>

#include "advisory/csaf-context.h"
#include "advisory/csaf-node.h"
#include "advisory/csaf-suite.h"
#include "base/i18n.h"

const PsJsonLimits ps_csaf_limits = {(gsize)64 << 20, 192, 5000000};

static const PsCsafSuite *const suites[] = {&ps_csaf_suite_2_0, &ps_csaf_suite_2_1};

static const PsCsafSuite *
suite_of(const char *version)
{
	for (gsize i = 0; i < G_N_ELEMENTS(suites); i++)
		if (g_strcmp0(suites[i]->version, version) == 0)
			return suites[i];
	return NULL;
}

const PsCsafTestInfo *
ps_csaf_test_info(const char *version, gsize index)
{
	const PsCsafSuite *suite = suite_of(version);

	return suite && index < suite->n_tests ? &suite->tests[index].info : NULL;
}

const char *
ps_csaf_level_word(PsCsafLevel level)
{
	switch (level) {
	case PS_CSAF_OPTIONAL:
		return "warning";
	case PS_CSAF_INFORMATIVE:
		return "information";
	default:
		return "error";
	}
}

typedef struct {
	PsCsafReport *report;
	guint count;
} Schema;

static void
found_in_schema(gpointer user, const char *pointer, const char *sentence)
{
	Schema *schema = user;

	if (++schema->count < PS_CSAF_FINDINGS_MAX)
		ps_csaf_report_add(schema->report, PS_CSAF_SCHEMA, "schema", pointer, sentence);
	else if (schema->count == PS_CSAF_FINDINGS_MAX)
		ps_csaf_report_add(schema->report, PS_CSAF_SCHEMA, "schema", "",
				   _("There is more of this; the rest is not listed."));
}

static gboolean
run_tests(PsCsafContext *context, int levels, PsProgress *progress, GError **error)
{
	const PsCsafSuite *suite = context->suite;

	for (gsize i = 0; i < suite->n_tests; i++) {
		const PsCsafTest *test = &suite->tests[i];
		if (!ps_csaf_is_asked(&test->info, levels))
			continue;
		if (progress && ps_progress_cancelled(progress, error))
			return FALSE;
		if (!test->func) {
			g_ptr_array_add(context->report->not_run, (gpointer)test->info.id);
			continue;
		}
		context->test = test;
		context->found = 0;
		test->func(context);
		if (context->error) {
			g_propagate_error(error, g_steal_pointer(&context->error));
			return FALSE;
		}
	}
	return TRUE;
}

/* Whatever names no version that we know is judged as 2.0: its schema says what is wrong. */
static const PsCsafSuite *
suite_for(const cJSON *document)
{
	const PsCsafSuite *suite =
		suite_of(ps_csaf_string(ps_csaf_object(document, "document"), "csaf_version"));

	return suite ? suite : &ps_csaf_suite_2_0;
}

PsCsafReport *
ps_csaf_check(const cJSON *document, int levels, PsProgress *progress, GError **error)
{
	g_autoptr(PsCsafTables) tables = ps_csaf_tables_new();
	g_autoptr(PsJsonTree) tree = ps_json_tree_copy(document);

	return ps_csaf_check_with(tables, tree, levels, progress, error);
}

PsCsafReport *
ps_csaf_check_with(PsCsafTables *tables, const PsJsonTree *document, int levels,
		   PsProgress *progress, GError **error)
{
	const cJSON *root = ps_json_tree_root(document);
	const PsCsafSuite *suite = suite_for(root);
	PsCsafContext context;
	gboolean known = FALSE;

	g_autoptr(PsCsafReport) report = ps_csaf_report_new(suite->version);
	if (levels & PS_CSAF_SCHEMA) {
		Schema schema = {report, 0};
		ps_csaf_check_tree(suite->root, document, found_in_schema, &schema, &known);
	}
	ps_csaf_context_init(&context, suite, tables, document, report);
	context.levels = levels;
	context.known = known;
	gboolean good = run_tests(&context, levels, progress, error);
	ps_csaf_context_clear(&context);
	return good ? g_steal_pointer(&report) : NULL;
}

guint
ps_csaf_report_count(const PsCsafReport *report, int levels)
{
	guint count = 0;

	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		count += (finding->level & (guint)levels) != 0;
	}
	return count;
}

gboolean
ps_csaf_report_is_valid(const PsCsafReport *report)
{
	return ps_csaf_report_count(report, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY) == 0;
}
