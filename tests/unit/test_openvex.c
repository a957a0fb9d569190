#include "config.h"

/* CSAF documents as OpenVEX, and the products that a CVE record names. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "advisory/cve-affected.h"
#include "advisory/openvex.h"
#include "base/error.h"

#define HEAD(more)                                                                                 \
	"{\"document\":{\"publisher\":{\"category\":\"vendor\",\"name\":\"V\",\"namespace\":"      \
	"\"https://v.example/\"},\"tracking\":{\"current_release_date\":\"2024-02-01T10:00:00Z\"," \
	"\"id\":\"ID 1\",\"version\":\"1.2.0\",\"revision_history\":[{},{},{}]}}" more "}"

static const char ordinary[] = HEAD(
	",\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"V\",\"branches\":[{"
	"\"category\":\"product_name\",\"name\":\"P\",\"branches\":[{\"category\":"
	"\"product_version\",\"name\":\"1\",\"product\":{\"name\":\"P 1\",\"product_id\":\"a\","
	"\"product_identification_helper\":{\"purl\":\"pkg:generic/p@1\",\"cpe\":"
	"\"cpe:2.3:a:v:p:1:*:*:*:*:*:*:*\"}}},{\"category\":\"product_version_range\",\"name\":"
	"\"vers:generic/>=2|<3\",\"product\":{\"name\":\"P "
	"2\",\"product_id\":\"b\"}},{\"category\":"
	"\"product_version\",\"name\":\"3\",\"product\":{\"name\":\"P "
	"3\",\"product_id\":\"c\"}}]}]}],"
	"\"full_product_names\":[{\"name\":\"Host\",\"product_id\":\"h\","
	"\"product_identification_helper\":{\"purl\":\"pkg:generic/host@1\"}}],"
	"\"relationships\":[{\"category\":\"default_component_of\",\"product_reference\":\"a\","
	"\"relates_to_product_reference\":\"h\",\"full_product_name\":{\"name\":\"P in H\","
	"\"product_id\":\"r\"}}],\"product_groups\":[{\"group_id\":\"g\",\"product_ids\":[\"a\","
	"\"b\"]}]},"
	"\"vulnerabilities\":[{\"cve\":\"CVE-2024-1000\",\"ids\":[{\"system_name\":\"X\",\"text\":"
	"\"X-1\"}],\"product_status\":{\"known_affected\":[\"a\",\"b\",\"r\"],\"fixed\":[\"c\"],"
	"\"known_not_affected\":[\"h\"],\"under_investigation\":[\"gone\"]},\"flags\":[{\"label\":"
	"\"component_not_present\",\"product_ids\":[\"h\"]}],\"remediations\":[{\"category\":"
	"\"vendor_fix\",\"details\":\"Update.\",\"url\":\"https://v.example/3\",\"group_ids\":["
	"\"g\"]}]}]");

static cJSON *
parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	cJSON *value = ps_json_parse(text, strlen(text), NULL, &error);

	if (!value)
		fail_msg("%s", error->message);
	return value;
}

static void
assert_at(const cJSON *document, const char *pointer, const char *json)
{
	const cJSON *value = ps_json_at(document, pointer);
	g_autofree char *text = value ? ps_json_print(value) : g_strdup("nothing");

	if (strcmp(text, json) != 0)
		fail_msg("%s is %s, not %s", pointer, text, json);
}

static void
openvex__ordinary_document__has_a_statement_for_each_status_and_reason(void **state)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(cJSON) document = parse(ordinary);
	g_autoptr(cJSON) vex = ps_openvex(document, &error);

	(void)state;
	assert_non_null(vex);
	assert_at(vex, "/@id", "\"https://v.example/openvex/id_1.json\"");
	assert_at(vex, "/timestamp", "\"2024-02-01T10:00:00Z\"");
	/* a semantic version: the third revision */
	assert_at(vex, "/version", "3");
	assert_at(vex, "/statements/0/vulnerability",
		  "{\"aliases\":[\"X-1\"],\"name\":\"CVE-2024-1000\"}");
	assert_at(vex, "/statements/0/status", "\"affected\"");
	assert_at(vex, "/statements/0/action_statement", "\"Update. https://v.example/3\"");
	assert_at(vex, "/statements/0/products/0/@id", "\"pkg:generic/p@1\"");
	assert_at(vex, "/statements/0/products/1/@id", "\"https://v.example/openvex/id_1.json#b\"");
	/* a component is named below the product that holds it */
	assert_at(vex, "/statements/1/products/0/@id", "\"pkg:generic/host@1\"");
	assert_at(vex, "/statements/1/products/0/subcomponents/0/identifiers/purl",
		  "\"pkg:generic/p@1\"");
	assert_at(vex, "/statements/2/status", "\"fixed\"");
	assert_at(vex, "/statements/3/justification", "\"component_not_present\"");
	assert_at(vex, "/statements/4", "nothing");
}

static void
openvex__nothing_to_say__is_refused(void **state)
{
	static const char *const documents[] = {
		"{}",
		"[]",
		"5",
		HEAD(""),
		HEAD(",\"vulnerabilities\":[{}]"),
		HEAD(",\"vulnerabilities\":[5,{\"product_status\":[1]}]"),
		"{\"document\":{\"publisher\":7,\"tracking\":[]}}",
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(documents); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(cJSON) document = parse(documents[i]);
		assert_null(ps_openvex(document, &error));
		assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INVALID));
	}
}

static void
cve_affected__versions_and_ranges__stand_with_their_product(void **state)
{
	g_autoptr(cJSON) document = parse(ordinary);
	const cJSON *flaw = ps_json_at(document, "/vulnerabilities/0");
	g_autoptr(cJSON) affected = ps_cve_affected(document, flaw);

	(void)state;
	assert_at(affected, "/0/vendor", "\"V\"");
	assert_at(affected, "/0/product", "\"P\"");
	assert_at(affected, "/0/versions/0", "{\"version\":\"1\",\"status\":\"affected\"}");
	assert_at(affected, "/0/versions/1",
		  "{\"version\":\"2\",\"status\":\"affected\",\"versionType\":\"custom\","
		  "\"lessThan\":\"3\"}");
	assert_at(affected, "/0/versions/2", "{\"version\":\"3\",\"status\":\"unaffected\"}");
	assert_at(affected, "/0/platforms", "[\"Host\"]");
	/* without a version the status is that of all */
	assert_at(affected, "/1/product", "\"Host\"");
	assert_at(affected, "/1/defaultStatus", "\"unaffected\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			openvex__ordinary_document__has_a_statement_for_each_status_and_reason),
		cmocka_unit_test(openvex__nothing_to_say__is_refused),
		cmocka_unit_test(cve_affected__versions_and_ranges__stand_with_their_product),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
