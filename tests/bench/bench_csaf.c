#include "config.h"

/* Checking CSAF documents with every test: an ordinary one against 15 ms, one of 20 MB against half
 * a second, a directory of 2,383 ordinary ones against 250 ms (a fiftieth of what the validator of
 * the web editors takes; compare-validator.sh measures both). First reading and checking, and the
 * reader alone, then the program as it is called, with its memory. */

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "advisory/csaf-check.h"
#include "base/file.h"

#define ROUNDS 200
#define READINGS 5
#define ORDINARY_MS 15.0
#define LARGE_MS 500.0
#define LARGE_BYTES ((gsize)20 << 20)
#define MANY 2383
#define MANY_MS 250.0

/* As "csaf check" does it. */
static double
check_ms(const char *text, gsize length, int rounds)
{
	g_autoptr(PsCsafTables) tables = ps_csaf_tables_new();
	gint64 start = g_get_monotonic_time();

	for (int i = 0; i < rounds; i++) {
		g_autoptr(PsJsonTree) tree =
			ps_json_tree_new(g_memdup2(text, length), length, &ps_csaf_limits, NULL);
		g_autoptr(PsCsafReport) report =
			tree ? ps_csaf_check_with(tables, tree, PS_CSAF_ALL, NULL, NULL) : NULL;
		if (!report)
			return -1;
	}
	return (double)(g_get_monotonic_time() - start) / 1000.0 / rounds;
}

/* Reading alone: the best of a few times. */
static double
read_ms(const char *text, gsize length)
{
	double best = G_MAXDOUBLE;

	for (int i = 0; i < READINGS; i++) {
		char *copy = g_memdup2(text, length);
		gint64 start = g_get_monotonic_time();
		g_autoptr(PsJsonTree) tree = ps_json_tree_new(copy, length, &ps_csaf_limits, NULL);
		double ms = (double)(g_get_monotonic_time() - start) / 1000.0;
		best = tree ? MIN(best, ms) : best;
	}
	return best;
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

/* The program over one path, its output thrown away. */
static void
run_program(const char *path)
{
	const char *program = g_getenv("PSIRTDESK");

	if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
		_exit(127);
	execl(program, program, "csaf", "check", "--json", path, (char *)NULL);
	_exit(127);
}

static gboolean
measure_program(const char *what, const char *path, double bound)
{
	gint64 start = g_get_monotonic_time();
	struct rusage usage;
	int status;

	fflush(stdout);
	pid_t child = fork();
	if (child == 0)
		run_program(path);
	if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) ||
	    WEXITSTATUS(status) > 1)
		return FALSE;
	double ms = (double)(g_get_monotonic_time() - start) / 1000.0;
	double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000.0 +
		     (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000.0;
	printf("%s as a process: %.1f ms, %.3f of the bound; %.1f ms of processors, %ld MB\n", what,
	       ms, ms / bound, cpu, usage.ru_maxrss / 1024);
	return TRUE;
}

static char *
large_text(const char *text, gsize length)
{
	g_autoptr(cJSON) document = ps_json_parse(text, length, NULL, NULL);

	return large_document(document);
}

/* A directory of copies of the ordinary document, and the large one in a file; it is freed then,
 * because a child's memory counts from what its parent had. */
static gboolean
measure_programs(const char *version, const char *text, gsize length, char **large)
{
	g_autofree char *dir = g_dir_make_tmp("psXXXXXX", NULL);
	g_autofree char *many = g_build_filename(dir, "many", NULL);
	g_autofree char *file = g_build_filename(dir, "large.json", NULL);
	g_autofree char *first = g_build_filename(many, "0000.json", NULL);
	g_autofree char *title = g_strdup_printf("CSAF %s, %d ordinary documents", version, MANY);

	gboolean good = g_mkdir(many, 0700) == 0 && g_file_set_contents(file, *large, -1, NULL);
	g_clear_pointer(large, g_free);
	malloc_trim(0);
	for (int i = 0; i < MANY && good; i++) {
		g_autofree char *path = g_strdup_printf("%s/%04d.json", many, i);
		good = g_file_set_contents(path, text, (gssize)length, NULL);
	}
	good = good && measure_program("one ordinary document", first, ORDINARY_MS) &&
	       measure_program(title, many, MANY_MS) &&
	       measure_program("one large document", file, LARGE_MS);
	ps_dir_remove(dir, NULL);
	return good;
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
	g_autofree char *large = large_text(text, length);
	double ms = check_ms(large, strlen(large), 1);
	printf("CSAF %s, large document (%.0f MB): %.0f ms, %.2f of the bound; reading alone "
	       "%.0f ms\n",
	       version, (double)strlen(large) / 1e6, ms, ms / LARGE_MS,
	       read_ms(large, strlen(large)));
	if (ordinary < 0 || ms < 0)
		return FALSE;
	return !g_getenv("PSIRTDESK") || measure_programs(version, text, length, &large);
}

int
main(void)
{
	gboolean good = measure("2.0", "advisory.json");

	return measure("2.1", "advisory-2-1.json") && good ? 0 : 1;
}
