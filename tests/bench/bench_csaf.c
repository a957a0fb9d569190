#include "config.h"

/* Checking CSAF documents with every test: an ordinary one against 15 ms, and one of 20 MB against
 * half a second. Only parsing and checking are measured, not the start of the program. */

#include <stdio.h>
#include <string.h>

#include "advisory/csaf-check.h"

#define ROUNDS 200
#define ORDINARY_MS 15.0
#define LARGE_MS 500.0
#define LARGE_BYTES ((gsize)20 << 20)

static double
check_ms(const char *text, gsize length, int rounds)
{
	gint64 start = g_get_monotonic_time();

	for (int i = 0; i < rounds; i++) {
		g_autoptr(cJSON) document = ps_json_parse(text, length, NULL, NULL);
		g_autoptr(PsCsafReport) report =
			document ? ps_csaf_check(document, PS_CSAF_ALL, NULL, NULL) : NULL;
		if (!report)
			return -1;
	}
	return (double)(g_get_monotonic_time() - start) / 1000.0 / rounds;
}

/* The fixture's vulnerability again and again under new CVEs, with many products each. */
static char *
large_document(cJSON *document)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(document, "vulnerabilities");
	cJSON *products = ps_json_at(document, "/product_tree/full_product_names");
	g_autoptr(cJSON) first = cJSON_Duplicate(list->child, TRUE);
	g_autoptr(cJSON) ids = cJSON_CreateArray();
	gsize size = 0;

	for (int i = 0; i < 500; i++) {
		g_autofree char *id = g_strdup_printf("PRODUCT-%04d", i);
		cJSON *product = cJSON_CreateObject();
		cJSON_AddStringToObject(product, "name", id);
		cJSON_AddStringToObject(product, "product_id", id);
		cJSON_AddItemToArray(products, product);
		cJSON_AddItemToArray(ids, cJSON_CreateString(id));
	}
	cJSON_AddItemToObject(cJSON_GetObjectItemCaseSensitive(first, "product_status"), "fixed",
			      cJSON_Duplicate(ids, TRUE));
	g_autofree char *one = ps_json_print(first);
	for (int i = 0; size < LARGE_BYTES; i++, size += strlen(one)) {
		g_autofree char *cve = g_strdup_printf("CVE-2025-%d", 10000 + i);
		cJSON *copy = cJSON_Duplicate(first, TRUE);
		cJSON_ReplaceItemInObjectCaseSensitive(copy, "cve", cJSON_CreateString(cve));
		cJSON_AddItemToArray(list, copy);
	}
	return ps_json_print(document);
}

/* FALSE: could not be measured. */
static gboolean
measure(const char *version, const char *name)
{
	const char *source = g_getenv("SRCDIR");
	g_autofree char *path =
		g_build_filename(source ? source : ".", "tests", "fixtures", "csaf", name, NULL);
	g_autofree char *text = NULL;
	gsize length;

	if (!g_file_get_contents(path, &text, &length, NULL)) {
		fprintf(stderr, "%s is missing\n", path);
		return FALSE;
	}
	double ordinary = check_ms(text, length, ROUNDS);
	printf("CSAF %s, ordinary document (%.0f kB): %.2f ms, %.3f of the bound\n", version,
	       (double)length / 1000, ordinary, ordinary / ORDINARY_MS);
	g_autoptr(cJSON) document = ps_json_parse(text, length, NULL, NULL);
	g_autofree char *large = large_document(document);
	double ms = check_ms(large, strlen(large), 1);
	printf("CSAF %s, large document (%.0f MB): %.0f ms, %.2f of the bound\n", version,
	       (double)strlen(large) / 1e6, ms, ms / LARGE_MS);
	return ordinary >= 0 && ms >= 0;
}

int
main(void)
{
	gboolean good = measure("2.0", "advisory.json");

	return measure("2.1", "advisory-2-1.json") && good ? 0 : 1;
}
