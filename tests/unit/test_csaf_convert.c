#include "config.h"

/* From CSAF 2.0 to 2.1, rule by rule: the result, and what is told. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/csaf-convert.h"
#include "advisory/csaf-range.h"
#include "base/error.h"
#include "base/utc.h"

typedef struct {
	cJSON *result;
	GPtrArray *notes;
	GError *error;
} Converted;

static void
clear_converted(Converted *converted)
{
	cJSON_Delete(converted->result);
	g_ptr_array_unref(converted->notes);
	g_clear_error(&converted->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Converted, clear_converted)

/* `head`, `tree` and `rest` are members that are added, with a comma before them. */
static char *
document_text(const char *head, const char *tree, const char *flaw)
{
	return g_strdup_printf(
		"{\"document\":{\"category\":\"csaf_base\",\"csaf_version\":\"2.0\",\"title\":"
		"\"T\","
		"\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},\"publisher\":{\"category\":"
		"\"vendor\",\"name\":\"V\",\"namespace\":\"https://v.example\"},\"tracking\":{"
		"\"current_release_date\":\"2024-02-01T10:00:00Z\",\"id\":\"ID-1\","
		"\"initial_release_date\":\"2024-02-01T10:00:00Z\",\"revision_history\":[{\"date\":"
		"\"2024-02-01T10:00:00Z\",\"number\":\"1\",\"summary\":\"First.\"}],\"status\":"
		"\"final\",\"version\":\"1\"}%s},\"product_tree\":{%s},\"vulnerabilities\":[{%s}]}",
		head, tree, flaw);
}

#define PLAIN_TREE                                                                                 \
	"\"branches\":[{\"category\":\"vendor\",\"name\":\"V\",\"branches\":[{\"category\":"       \
	"\"product_name\",\"name\":\"P\",\"branches\":[{\"category\":\"product_version\","         \
	"\"name\":\"1\",\"product\":{\"name\":\"V P 1\",\"product_id\":\"a\"}},{\"category\":"     \
	"\"product_version\",\"name\":\"2\",\"product\":{\"name\":\"V P 2\",\"product_id\":"       \
	"\"b\"}}]}]}]"
#define PLAIN_FLAW "\"notes\":[{\"category\":\"description\",\"text\":\"D\"}]"

static Converted
convert_with(const char *text, PsConvertOptions options)
{
	Converted converted = {NULL, ps_convert_notes_new(), NULL};
	g_autoptr(cJSON) document = ps_json_parse(text, strlen(text), NULL, &converted.error);

	assert_non_null(document);
	converted.result =
		ps_csaf_convert_with(document, &options, converted.notes, &converted.error);
	return converted;
}

static Converted
convert(const char *head, const char *tree, const char *flaw)
{
	g_autofree char *text = document_text(head, tree, flaw);
	const PsConvertOptions options = {.now = PS_NO_TIME};

	return convert_with(text, options);
}

static const PsConvertNote *
note_with(const Converted *converted, const char *part)
{
	for (guint i = 0; i < converted->notes->len; i++) {
		const PsConvertNote *note = converted->notes->pdata[i];
		if (strstr(note->sentence, part))
			return note;
	}
	return NULL;
}

static void
assert_told(const Converted *converted, const char *pointer, const char *part)
{
	const PsConvertNote *note = note_with(converted, part);

	if (!note)
		fail_msg("nobody says “%s”", part);
	assert_string_equal(note->pointer, pointer);
}

static void
assert_at(const Converted *converted, const char *pointer, const char *json)
{
	const cJSON *value = ps_json_at(converted->result, pointer);
	g_autofree char *text = value ? ps_json_print(value) : g_strdup("nothing");

	if (!converted->result)
		fail_msg("not converted: %s", converted->error->message);
	if (strcmp(text, json) != 0)
		fail_msg("%s is %s, not %s", pointer, text, json);
}

static void
assert_valid(const Converted *converted)
{
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(converted->result, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY, NULL, NULL);

	assert_non_null(report);
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		print_error("%s %s %s\n", finding->test, finding->pointer, finding->message);
	}
	assert_int_equal(report->findings->len, 0);
}

/* ---- the document ---- */

static void
convert__plain_document__is_valid_and_tells_nothing(void **state)
{
	(void)state;
	g_auto(Converted) converted = convert("", PLAIN_TREE, PLAIN_FLAW);

	assert_at(&converted, "/$schema",
		  "\"https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json\"");
	assert_at(&converted, "/document/csaf_version", "\"2.1\"");
	assert_at(&converted, "/document/distribution/tlp/label", "\"CLEAR\"");
	assert_int_equal(converted.notes->len, 0);
	assert_valid(&converted);
}

static void
convert__other_input__is_refused(void **state)
{
	static const char *const texts[] = {
		"{}",
		"[]",
		"7",
		"{\"document\":[]}",
		"{\"document\":{\"csaf_version\":\"2.1\"}}",
		"{\"document\":{\"csaf_version\":\"1.2\"}}",
		"{\"document\":{\"csaf_version\":\"2.0\",\"tracking\":{\"current_release_date\":5}}"
		"}",
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		const PsConvertOptions options = {.now = PS_NO_TIME};
		g_auto(Converted) converted = convert_with(texts[i], options);
		assert_null(converted.result);
		assert_true(g_error_matches(converted.error, PS_ERROR, PS_ERROR_INPUT));
	}
}

static void
convert__title__loses_the_tracking_id_and_what_parts_it(void **state)
{
	static const char *const titles[][2] = {
		{"ID-1: A flaw", "A flaw"},
		{"A flaw (ID-1)", "A flaw"},
		{"A flaw - ID-1", "A flaw"},
		{"[ID-1] A flaw", "A flaw"},
		{"A flaw (see ID-1)", "A flaw (see)"},
		{"A ID-1 flaw", "A flaw"},
		{"ID-1", "ID-1"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(titles); i++) {
		g_autofree char *text = document_text("", PLAIN_TREE, PLAIN_FLAW);
		g_autofree char *quoted = g_strdup_printf("\"%s\"", titles[i][0]);
		g_auto(GStrv) halves = g_strsplit(text, "\"T\"", 2);
		g_autofree char *whole = g_strconcat(halves[0], quoted, halves[1], NULL);
		const PsConvertOptions options = {.now = PS_NO_TIME};
		g_auto(Converted) converted = convert_with(whole, options);
		g_autofree char *wanted = g_strdup_printf("\"%s\"", titles[i][1]);
		assert_at(&converted, "/document/title", wanted);
	}
}

static void
convert__unknown_members__are_dropped_and_told(void **state)
{
	(void)state;
	g_auto(Converted) converted =
		convert(",\"x_extra\":{\"a\":1}", PLAIN_TREE, PLAIN_FLAW ",\"own\":true");

	assert_told(&converted, "/document/x_extra", "additional property “x_extra”");
	assert_told(&converted, "/vulnerabilities/0/own", "additional property “own”");
	assert_at(&converted, "/document/x_extra", "nothing");
	assert_valid(&converted);
}

static void
convert__leap_seconds__are_replaced(void **state)
{
	(void)state;
	g_auto(Converted) converted =
		convert("", PLAIN_TREE,
			PLAIN_FLAW ",\"discovery_date\":\"2016-12-31T23:59:60.5Z\","
				   "\"release_date\":\"2017-01-01t12:00:60z\"");

	assert_told(&converted, "/vulnerabilities/0/discovery_date", "is a valid leap second");
	assert_told(&converted, "/vulnerabilities/0/release_date", "no valid leap second");
	assert_at(&converted, "/vulnerabilities/0/discovery_date",
		  "\"2016-12-31T23:59:59.999999Z\"");
	assert_at(&converted, "/vulnerabilities/0/disclosure_date",
		  "\"2017-01-01T12:00:59.999999Z\"");
}

static void
convert__licence__is_found_in_legal_notes(void **state)
{
	(void)state;
	g_auto(Converted) one =
		convert(",\"notes\":[{\"category\":\"legal_disclaimer\",\"text\":\"Licensed under "
			"“CC-BY-4.0”. Intel and Ruby are no licences here.\"}]",
			PLAIN_TREE, PLAIN_FLAW);
	g_auto(Converted) two = convert(
		",\"notes\":[{\"category\":\"legal_disclaimer\",\"text\":\"Apache-2.0 OR MIT\"},"
		"{\"category\":\"legal_disclaimer\",\"text\":\"CC0-1.0\"},"
		"{\"category\":\"general\",\"text\":\"BSD-3-Clause\"}]",
		PLAIN_TREE, PLAIN_FLAW);

	assert_at(&one, "/document/license_expression", "\"CC-BY-4.0\"");
	assert_at(&two, "/document/license_expression", "nothing");
	assert_told(&two, "/document/notes", "“Apache-2.0 OR MIT” (/document/notes/0)");
}

static void
convert__note_with_a_product_in_its_title__is_bound(void **state)
{
	(void)state;
	g_auto(Converted) converted = convert(
		",\"notes\":[{\"category\":\"description\",\"title\":\"Product Description for P "
		"2\",\"text\":\"X\"},{\"category\":\"summary\",\"title\":\"Summary of it\","
		"\"text\":\"Y\"}]",
		PLAIN_TREE, PLAIN_FLAW);

	assert_at(&converted, "/document/notes/0/product_ids", "[\"b\"]");
	assert_at(&converted, "/document/notes/1/product_ids", "nothing");
	assert_told(&converted, "/document/notes/1", "no products could be assigned");
	assert_valid(&converted);
}

/* ---- the product tree ---- */

#define LEAF(version)                                                                              \
	"{\"category\":\"product_version_range\",\"name\":\"" version                              \
	"\",\"product\":{\"name\":\"N\",\"product_id\":\"a\"}}"
#define BRANCH(category, name, inner)                                                              \
	"{\"category\":\"" category "\",\"name\":\"" name "\",\"branches\":[" inner "]}"

static void
convert__stacked_vendors__without_meaning_go(void **state)
{
	(void)state;
	g_auto(Converted) converted =
		convert("",
			"\"branches\":[" BRANCH("vendor", "NO ASSERTION",
						BRANCH("vendor", "open-source",
						       BRANCH("vendor", "V", LEAF("<2")))) "]",
			PLAIN_FLAW);
	g_auto(Converted) other =
		convert("",
			"\"branches\":[" BRANCH("vendor", "A",
						BRANCH("vendor", "B", LEAF("<2"))) "]",
			PLAIN_FLAW);

	assert_at(&converted, "/product_tree/branches/0/name", "\"V\"");
	assert_told(&converted, "/product_tree/branches/0/branches/0/branches/0/branches/0",
		    "stacked branch");
	assert_valid(&converted);
	assert_null(other.result);
	assert_true(note_with(&other, "could not be resolved")->error);
}

static void
convert__version_before_others__joins_the_name(void **state)
{
	(void)state;
	g_auto(Converted) stacked = convert(
		"",
		"\"branches\":[" BRANCH(
			"product_name", "P",
			BRANCH("product_version", "1",
			       "{\"category\":\"product_version\",\"name\":\"1.1\",\"product\":{"
			       "\"name\":\"N\",\"product_id\":\"a\"}}") ",{\"category\":\"product_"
									"version\",\"name\":\"3\","
									"\"product\":{\"name\":"
									"\"O\",\"product_id\":"
									"\"b\"}}") "]",
		PLAIN_FLAW);
	g_auto(Converted) mixed =
		convert("",
			"\"branches\":[" BRANCH("product_family", "F",
						BRANCH("product_version", "1", LEAF("<1.5"))) "]",
			PLAIN_FLAW);

	assert_at(&stacked, "/product_tree/branches/0/category", "\"product_family\"");
	assert_at(&stacked, "/product_tree/branches/0/branches/0/name", "\"P 1\"");
	/* a path that was right keeps its product name */
	assert_at(&stacked, "/product_tree/branches/1/category", "\"product_name\"");
	assert_valid(&stacked);
	assert_at(&mixed, "/product_tree/branches/0/branches/0/category", "\"product_name\"");
	assert_at(&mixed, "/product_tree/branches/0/branches/0/name", "\"F 1\"");
	assert_valid(&mixed);
}

static const struct {
	const char *given, *category, *name; /* category NULL: kept; name NULL: can't be */
} ranges[] = {
	{"<4.2", NULL, NULL},
	{"vers:all/*", NULL, NULL},
	{"vers:npm/>=1.0.0|<2.0.0", NULL, NULL},
	{"vers:all/<V3.1.4", "product_version_range", "<V3.1.4"},
	{"All versions < V4.8 SP2", "product_version_range", "<V4.8%20SP2"},
	{"prior to 4.2", "product_version_range", "<4.2"},
	{"4.2 and earlier", "product_version_range", "<=4.2"},
	{">= 1.9 | <= 3.1", "product_version_range", ">=1.9|<=3.1"},
	{"1.0 - 2.0", "product_version_range", ">=1.0|<=2.0"},
	{"all versions", "product_version_range", "vers:all/*"},
	{"4.2", "product_version", "4.2"},
	{"vers:npm/4.2.0", "product_version", "4.2.0"},
	{">=4.2", "product_version", "4.2"},
	{"4.2 and later", "product_version", "4.2"},
	{">=1|<2|>=3", "product_version_range", ">=1|<2|3"},
};

static void
range__texts__get_a_form_of_the_standard(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(ranges); i++) {
		PsRangeFate fate;
		ps_range_judge(ranges[i].given, &fate);
		if (g_strcmp0(fate.category, ranges[i].category) != 0 ||
		    g_strcmp0(fate.name, ranges[i].name) != 0)
			fail_msg("“%s” became %s “%s”", ranges[i].given,
				 fate.category ? fate.category : "-", fate.name ? fate.name : "-");
		ps_range_fate_clear(&fate);
	}
}

static void
range__without_a_form__is_kept_or_refused(void **state)
{
	PsRangeFate fate;

	(void)state;
	ps_range_judge("the versions of spring, but not those of autumn", &fate);
	assert_int_equal(fate.found, PS_RANGE_FREE);
	ps_range_judge(">=1|<2|>3", &fate);
	assert_int_equal(fate.found, PS_RANGE_OPEN);
	assert_null(fate.name);
}

static void
convert__identification_helpers__follow_the_new_rules(void **state)
{
	(void)state;
	g_auto(Converted) converted = convert(
		"",
		"\"full_product_names\":[{\"name\":\"N\",\"product_id\":\"a\","
		"\"product_identification_helper\":{\"purl\":\"pkg:NPM/left@1\",\"model_numbers\":["
		"\"m\\\\1\",\"a*b*\",\"m\\\\1*\"],\"serial_numbers\":[\"s*\"],\"skus\":[\"k\"],"
		"\"hashes\":[{\"filename\":\"f\",\"file_hashes\":[{\"algorithm\":\"SHA-256\","
		"\"value\":\"AA00000000000000000000000000000000000000000000000000000000000000\"},"
		"{\"algorithm\":\"sha256\",\"value\":"
		"\"aa00000000000000000000000000000000000000000000000000000000000000\"},"
		"{\"algorithm\":\"My "
		"Hash\",\"value\":\"AA00000000000000000000000000000000\"}]}]}}]",
		PLAIN_FLAW);

#define HELPER "/product_tree/full_product_names/0/product_identification_helper"
	assert_at(&converted, HELPER "/purls", "[\"pkg:npm/left@1\"]");
	assert_at(&converted, HELPER "/model_numbers", "[\"m\\\\\\\\1*\"]");
	assert_told(&converted, HELPER "/model_numbers/1", "multiple stars");
	assert_told(&converted, HELPER "/skus/0", "partial stock keeping unit");
	assert_at(&converted, HELPER "/serial_numbers", "[\"s*\"]");
	assert_at(&converted, HELPER "/hashes/0/file_hashes/0/algorithm", "\"sha256\"");
	assert_at(&converted, HELPER "/hashes/0/file_hashes/1/algorithm", "\"my-hash\"");
	assert_told(&converted, HELPER "/hashes/0/file_hashes/2/algorithm",
		    "unknown hash algorithm");
	assert_valid(&converted);
}

static void
convert__relationships__become_paths(void **state)
{
	(void)state;
	g_auto(Converted) converted =
		convert("",
			PLAIN_TREE
			",\"relationships\":[{\"category\":\"installed_on\",\"full_product_name\":"
			"{\"name\":\"C\",\"product_id\":\"c\"},\"product_reference\":\"a\","
			"\"relates_to_product_reference\":\"b\"}]",
			PLAIN_FLAW);

	assert_at(&converted, "/product_tree/product_paths/0/beginning_product_reference", "\"a\"");
	assert_at(&converted, "/product_tree/product_paths/0/subpaths",
		  "[{\"category\":\"installed_on\",\"next_product_reference\":\"b\"}]");
	assert_valid(&converted);
}

/* ---- vulnerabilities ---- */

static void
convert__weakness__gets_the_release_of_its_time(void **state)
{
	(void)state;
	g_auto(Converted) converted =
		convert("", PLAIN_TREE,
			PLAIN_FLAW
			",\"cwe\":{\"id\":\"CWE-79\",\"name\":\"Improper Neutralization of Input "
			"During Web Page Generation ('Cross-site Scripting')\"}");
	g_auto(Converted) unknown =
		convert("", PLAIN_TREE,
			PLAIN_FLAW ",\"cwe\":{\"id\":\"CWE-79\",\"name\":\"Scripts\"}");

	assert_at(&converted, "/vulnerabilities/0/cwes/0/version", "\"4.13\"");
	assert_at(&unknown, "/vulnerabilities/0/cwes", "nothing");
	assert_told(&unknown, "/vulnerabilities/0/cwe", "invalid CWE");
}

static void
convert__ids__of_known_systems_are_mapped(void **state)
{
	(void)state;
	g_auto(Converted) converted =
		convert("", PLAIN_TREE,
			PLAIN_FLAW
			",\"ids\":[{\"system_name\":\"OASIS Open CSAF TC GitHub Issues\","
			"\"text\":\"Issue 0210\"},{\"system_name\":\"Ours\",\"text\":\"1\"}]");

	assert_at(&converted, "/vulnerabilities/0/ids/0",
		  "{\"system_name\":\"https://github.com/oasis-tcs/csaf\",\"text\":\"#210\"}");
	assert_told(&converted, "/vulnerabilities/0/ids/1", "potentially unregistered");
}

static void
convert__calculator_link_and_ssvc_note__become_metrics(void **state)
{
	(void)state;
	g_auto(Converted) converted = convert(
		"", PLAIN_TREE,
		"\"cve\":\"CVE-2024-1000\",\"product_status\":{\"known_affected\":[\"a\"]},"
		"\"references\":[{\"category\":\"external\",\"summary\":\"S\",\"url\":"
		"\"https://www.first.org/cvss/calculator/4.0#CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/"
		"VC:H/"
		"VI:H/VA:H/SC:N/SI:N/"
		"SA:N\"}],\"notes\":[{\"category\":\"other\",\"title\":\"SSVC\","
		"\"text\":\"SSVCv2/E:A/TI:T/2024-01-31T00:00:00Z/\"},{\"category\":\"other\","
		"\"title\":\"SSVC\",\"text\":\"we do not know\"}]");

	assert_at(&converted, "/vulnerabilities/0/metrics/0/content/cvss_v4/baseScore", "9.3");
	assert_at(&converted, "/vulnerabilities/0/metrics/1/content/ssvc_v2/target_ids",
		  "[\"CVE-2024-1000\"]");
	assert_at(&converted, "/vulnerabilities/0/notes/0/text", "\"we do not know\"");
	assert_told(&converted, "/vulnerabilities/0/notes/1", "SSVC data failed");
	assert_valid(&converted);
}

#define REMEDY(category, more)                                                                     \
	"{\"category\":\"" category "\",\"details\":\"D\",\"product_ids\":[\"a\",\"b\"]" more "}"

static void
convert__remedies__fit_the_status_of_each_product(void **state)
{
	(void)state;
	g_auto(Converted) converted =
		convert("", PLAIN_TREE,
			PLAIN_FLAW
			",\"product_status\":{\"known_affected\":[\"a\"],\"fixed\":[\"b\"]},"
			"\"remediations\":[" REMEDY("vendor_fix", "") "," REMEDY("workaround",
										 "") "]");

	assert_at(&converted, "/vulnerabilities/0/remediations/0/product_ids", "[\"a\"]");
	assert_at(&converted, "/vulnerabilities/0/remediations/1/product_ids", "[\"a\"]");
	assert_at(&converted, "/vulnerabilities/0/remediations/2/category", "\"optional_patch\"");
	assert_at(&converted, "/vulnerabilities/0/remediations/2/product_ids", "[\"b\"]");
	assert_valid(&converted);
}

static void
convert__no_fix_beside_a_fix__follows_its_date(void **state)
{
	static const struct {
		const char *date, *categories;
	} cases[] = {
		{"", "fix_planned"},
		{",\"date\":\"2024-03-01T00:00:00Z\"", "fix_planned"},
		{",\"date\":\"2024-01-01T00:00:00Z\"", "vendor_fix"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *flaw = g_strdup_printf(
			PLAIN_FLAW
			",\"product_status\":{\"known_affected\":[\"a\",\"b\"]},\"remediations\":["
			"{\"category\":\"none_available\",\"details\":\"D\",\"product_ids\":[\"a\","
			"\"b\"]},{\"category\":\"vendor_fix\",\"details\":\"D\",\"product_ids\":["
			"\"a\",\"b\"]%s}]",
			cases[i].date);
		g_autofree char *wanted = g_strdup_printf("\"%s\"", cases[i].categories);
		g_auto(Converted) converted = convert("", PLAIN_TREE, flaw);
		assert_at(&converted, "/vulnerabilities/0/remediations/0/category", wanted);
		assert_at(&converted, "/vulnerabilities/0/remediations/1", "nothing");
		assert_valid(&converted);
	}
}

/* ---- profiles ---- */

static Converted
convert_profile(const char *category, const char *title, const char *flaw)
{
	g_autofree char *text =
		document_text("", "\"branches\":[" BRANCH("product_name", "P", LEAF("<2.0")) "]",
			      flaw);
	g_auto(GStrv) halves = g_strsplit(text, "\"csaf_base\"", 2);
	g_autofree char *first = g_strconcat(halves[0], "\"", category, "\"", halves[1], NULL);
	g_auto(GStrv) parts = g_strsplit(first, "\"T\"", 2);
	g_autofree char *whole = g_strconcat(parts[0], "\"", title, "\"", parts[1], NULL);
	const PsConvertOptions options = {.now = PS_NO_TIME};

	return convert_with(whole, options);
}

static void
convert__security_advisory__gets_the_fixed_version_or_is_deprecated(void **state)
{
	(void)state;
	g_auto(Converted) affected =
		convert_profile("csaf_security_advisory", "T",
				PLAIN_FLAW ",\"product_status\":{\"known_affected\":[\"a\"]}");
	g_auto(Converted) fixed =
		convert_profile("csaf_security_advisory", "T",
				PLAIN_FLAW ",\"product_status\":{\"known_not_affected\":[\"a\"]}");

	assert_at(&affected, "/document/category", "\"csaf_security_advisory\"");
	assert_at(&affected, "/vulnerabilities/0/product_status/fixed", "[\"a-fixed\"]");
	assert_at(&affected, "/product_tree/branches/0/branches/1/name", "\"2.0\"");
	assert_non_null(note_with(&affected, "A product was added to the product_tree"));
	assert_valid(&affected);
	assert_at(&fixed, "/document/category", "\"csaf_deprecated_security_advisory\"");
	assert_valid(&fixed);
}

static void
convert__withdrawn_title_on_a_full_document__keeps_the_category(void **state)
{
	(void)state;
	g_auto(Converted) converted = convert_profile("csaf_base", "Withdrawn: T", PLAIN_FLAW);

	assert_at(&converted, "/document/category", "\"csaf_base\"");
	assert_told(&converted, "/document/category", "invalid CSAF");
	assert_valid(&converted);
}

static void
convert__same_input__gives_the_same_bytes(void **state)
{
	(void)state;
	g_auto(Converted) one = convert("", PLAIN_TREE, PLAIN_FLAW);
	g_auto(Converted) other = convert("", PLAIN_TREE, PLAIN_FLAW);
	g_autofree char *a = ps_json_print(one.result), *b = ps_json_print(other.result);

	assert_string_equal(a, b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(convert__plain_document__is_valid_and_tells_nothing),
		cmocka_unit_test(convert__other_input__is_refused),
		cmocka_unit_test(convert__title__loses_the_tracking_id_and_what_parts_it),
		cmocka_unit_test(convert__unknown_members__are_dropped_and_told),
		cmocka_unit_test(convert__leap_seconds__are_replaced),
		cmocka_unit_test(convert__licence__is_found_in_legal_notes),
		cmocka_unit_test(convert__note_with_a_product_in_its_title__is_bound),
		cmocka_unit_test(convert__stacked_vendors__without_meaning_go),
		cmocka_unit_test(convert__version_before_others__joins_the_name),
		cmocka_unit_test(range__texts__get_a_form_of_the_standard),
		cmocka_unit_test(range__without_a_form__is_kept_or_refused),
		cmocka_unit_test(convert__identification_helpers__follow_the_new_rules),
		cmocka_unit_test(convert__relationships__become_paths),
		cmocka_unit_test(convert__weakness__gets_the_release_of_its_time),
		cmocka_unit_test(convert__ids__of_known_systems_are_mapped),
		cmocka_unit_test(convert__calculator_link_and_ssvc_note__become_metrics),
		cmocka_unit_test(convert__remedies__fit_the_status_of_each_product),
		cmocka_unit_test(convert__no_fix_beside_a_fix__follows_its_date),
		cmocka_unit_test(
			convert__security_advisory__gets_the_fixed_version_or_is_deprecated),
		cmocka_unit_test(convert__withdrawn_title_on_a_full_document__keeps_the_category),
		cmocka_unit_test(convert__same_input__gives_the_same_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
