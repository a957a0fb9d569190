#include "config.h"

#include "advisory/csaf-check.h"

#include <string.h>

#include "advisory/csaf-context.h"
#include "advisory/csaf-node.h"
#include "base/error.h"
#include "base/i18n.h"

/* What the network tests need is not here; a spelling test needs word lists. */
#define NOT_RUN NULL

#define MANDATORY(id, title, name)                                                                 \
	{                                                                                          \
		{id, PS_CSAF_MANDATORY, title}, ps_csaf_test_##name                                \
	}
#define OPTIONAL(id, title, name)                                                                  \
	{                                                                                          \
		{id, PS_CSAF_OPTIONAL, title}, ps_csaf_test_##name                                 \
	}
#define INFORMATIVE(id, title, name)                                                               \
	{                                                                                          \
		{id, PS_CSAF_INFORMATIVE, title}, ps_csaf_test_##name                              \
	}

static const PsCsafTest tests[] = {
	MANDATORY("6.1.1", N_("Products that are used are defined"), product_missing),
	MANDATORY("6.1.2", N_("No product is defined twice"), product_twice),
	MANDATORY("6.1.3", N_("No product is made of itself"), product_circle),
	MANDATORY("6.1.4", N_("Product groups that are used are defined"), group_missing),
	MANDATORY("6.1.5", N_("No product group is defined twice"), group_twice),
	MANDATORY("6.1.6", N_("Product status does not contradict itself"), status_contradiction),
	MANDATORY("6.1.7", N_("One score a product and CVSS version"), scores_twice),
	MANDATORY("6.1.8", N_("CVSS objects follow their schema"), cvss_invalid),
	MANDATORY("6.1.9", N_("Scores are computed right"), cvss_computation),
	MANDATORY("6.1.10", N_("CVSS properties agree with the vector"), cvss_inconsistent),
	MANDATORY("6.1.11", N_("Weaknesses exist and are named right"), cwe),
	MANDATORY("6.1.12", N_("Languages exist"), language),
	MANDATORY("6.1.13", N_("Package URLs are valid"), purl),
	MANDATORY("6.1.14", N_("The history ascends with its dates"), history_sorted),
	MANDATORY("6.1.15", N_("Translations name their source"), translator),
	MANDATORY("6.1.16", N_("The version is that of the latest revision"), latest_version),
	MANDATORY("6.1.17", N_("Draft versions are drafts"), status_draft),
	MANDATORY("6.1.18", N_("No draft in the history of a release"), released_history),
	MANDATORY("6.1.19", N_("No pre-release in the history"), history_pre_release),
	MANDATORY("6.1.20", N_("No pre-release version after the draft"), version_pre_release),
	MANDATORY("6.1.21", N_("The history leaves out no number"), history_gap),
	MANDATORY("6.1.22", N_("No revision number twice"), history_twice),
	MANDATORY("6.1.23", N_("No CVE twice"), cve_twice),
	MANDATORY("6.1.24", N_("No party twice at one date"), involvement_twice),
	MANDATORY("6.1.25", N_("No hash algorithm twice for one file"), hash_twice),
	MANDATORY("6.1.26", N_("The category does not imitate a profile"), category_prohibited),
	MANDATORY("6.1.27.1", N_("The profile's notes"), profile_notes),
	MANDATORY("6.1.27.2", N_("The profile's references"), profile_references),
	MANDATORY("6.1.27.3", N_("No vulnerabilities in an informational advisory"),
		  profile_no_vulnerabilities),
	MANDATORY("6.1.27.4", N_("The profile's product tree"), profile_product_tree),
	MANDATORY("6.1.27.5", N_("The profile's vulnerability notes"), profile_vulnerability_notes),
	MANDATORY("6.1.27.6", N_("The profile's product status"), profile_product_status),
	MANDATORY("6.1.27.7", N_("VEX product status"), profile_vex_status),
	MANDATORY("6.1.27.8", N_("VEX vulnerability id"), profile_vulnerability_id),
	MANDATORY("6.1.27.9", N_("VEX impact statements"), profile_impact),
	MANDATORY("6.1.27.10", N_("VEX action statements"), profile_action),
	MANDATORY("6.1.27.11", N_("The profile's vulnerabilities"), profile_vulnerabilities),
	MANDATORY("6.1.28", N_("A translation differs from its source language"), translation),
	MANDATORY("6.1.29", N_("Remedies name products"), remediation_products),
	MANDATORY("6.1.30", N_("One way of counting versions"), version_schemes),
	MANDATORY("6.1.31", N_("No range in a product version"), version_range),
	MANDATORY("6.1.32", N_("Flags name products"), flag_products),
	MANDATORY("6.1.33", N_("One justification a product"), flags_twice),
	OPTIONAL("6.2.1", N_("Defined products are used"), product_unused),
	OPTIONAL("6.2.2", N_("Affected products have a remedy"), remediation_missing),
	OPTIONAL("6.2.3", N_("Affected products have a score"), score_missing),
	OPTIONAL("6.2.4", N_("No build metadata in the history"), build_metadata),
	OPTIONAL("6.2.5", N_("First release not before the history"), initial_release),
	OPTIONAL("6.2.6", N_("Current release not before the history's end"), current_release),
	OPTIONAL("6.2.7", N_("Involvements have dates"), involvement_date),
	OPTIONAL("6.2.8", N_("MD5 is not the only hash"), hash_md5),
	OPTIONAL("6.2.9", N_("SHA-1 is not the only hash"), hash_sha1),
	OPTIONAL("6.2.10", N_("TLP label"), tlp_missing),
	OPTIONAL("6.2.11", N_("Canonical address"), canonical_url),
	OPTIONAL("6.2.12", N_("Language of the document"), language_missing),
	OPTIONAL("6.2.13", N_("Keys are sorted"), sorting),
	OPTIONAL("6.2.14", N_("No private language"), language_private),
	OPTIONAL("6.2.15", N_("No default language"), language_default),
	OPTIONAL("6.2.16", N_("Products can be identified"), helper_missing),
	OPTIONAL("6.2.17", N_("CVEs are not among other ids"), cve_in_ids),
	OPTIONAL("6.2.18", N_("Version ranges are written as VERS"), range_vers),
	OPTIONAL("6.2.19", N_("Fixed products score 0"), cvss_fixed),
	OPTIONAL("6.2.20", N_("Nothing beyond the standard"), additional_properties),
	INFORMATIVE("6.3.1", N_("More than CVSS 2.0"), cvss_2_only),
	INFORMATIVE("6.3.2", N_("Newer than CVSS 3.0"), cvss_3_0),
	INFORMATIVE("6.3.3", N_("Vulnerabilities have a CVE"), cve_missing),
	INFORMATIVE("6.3.4", N_("Vulnerabilities have a CWE"), cwe_missing),
	INFORMATIVE("6.3.5", N_("Hashes are long"), hash_short),
	{{"6.3.6", PS_CSAF_INFORMATIVE, N_("Other addresses can be reached")}, NOT_RUN},
	{{"6.3.7", PS_CSAF_INFORMATIVE, N_("Own addresses can be reached")}, NOT_RUN},
	{{"6.3.8", PS_CSAF_INFORMATIVE, N_("Spelling")}, NOT_RUN},
	INFORMATIVE("6.3.9", N_("Vendor, product and version above each product"),
		    branch_categories),
	INFORMATIVE("6.3.10", N_("Single versions rather than ranges"), range_used),
	INFORMATIVE("6.3.11", N_("Versions without a leading v"), version_v),
};

const PsCsafTestInfo *
ps_csaf_test_info(gsize index)
{
	return index < G_N_ELEMENTS(tests) ? &tests[index].info : NULL;
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

/* More findings against the schema are counted, not kept. */
#define SCHEMA_FINDINGS_MAX 1000

typedef struct {
	PsCsafReport *report;
	guint count;
} Schema;

static void
found_in_schema(gpointer user, const char *pointer, const char *sentence)
{
	Schema *schema = user;

	if (++schema->count < SCHEMA_FINDINGS_MAX)
		ps_csaf_report_add(schema->report, PS_CSAF_SCHEMA, "schema", pointer, sentence);
	else if (schema->count == SCHEMA_FINDINGS_MAX)
		ps_csaf_report_add(schema->report, PS_CSAF_SCHEMA, "schema", "",
				   _("There is more of this; the rest is not listed."));
}

static gboolean
run_tests(PsCsafContext *context, int levels, PsProgress *progress, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
		const PsCsafTest *test = &tests[i];
		if (!(test->info.level & (guint)levels))
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
	}
	return TRUE;
}

/* Whatever is no document of a later version is judged as 2.0: its schema says what is wrong. */
static const char *
version_of(const cJSON *document, GError **error)
{
	const char *version = ps_csaf_string(ps_csaf_object(document, "document"), "csaf_version");

	if (g_strcmp0(version, "2.1") != 0)
		return "2.0";
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
			    _("Documents of CSAF 2.1 can't be checked yet, only those of 2.0."));
	return NULL;
}

PsCsafReport *
ps_csaf_check(const cJSON *document, int levels, PsProgress *progress, GError **error)
{
	const char *version = version_of(document, error);
	PsCsafContext context;

	if (!version)
		return NULL;
	g_autoptr(PsCsafReport) report = ps_csaf_report_new(version);
	if (levels & PS_CSAF_SCHEMA) {
		Schema schema = {report, 0};
		ps_csaf_check_value(ps_csaf_root(version), document, found_in_schema, &schema);
	}
	ps_csaf_context_init(&context, document, report);
	gboolean good = TRUE;
	if (levels & PS_CSAF_MANDATORY) {
		context.cwe = ps_table_file_open("cwe.tsv", error);
		context.languages =
			context.cwe ? ps_table_file_open("language-subtags.tsv", error) : NULL;
		good = context.languages != NULL;
	}
	good = good && run_tests(&context, levels, progress, error);
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
