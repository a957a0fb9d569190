#include "config.h"

/* Checking large CSAF documents of several shapes with every test: how the time grows from n to 2n
 * of what the shape is made of (2.0: in proportion; 4.0: with the square). Of this thread's own
 * processor time, the best of a few rounds. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "advisory/csaf-check.h"

#define ROUNDS 3

/* Members of a document of one shape. Products are P0, P1, …. */
typedef struct {
	cJSON *tree, *vulnerabilities;
} Parts;

static char *
id_of(char letter, int number)
{
	return g_strdup_printf("%c%d", letter, number);
}

static cJSON *
add_object(cJSON *list)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddItemToArray(list, object);
	return object;
}

/* "list": [ids number `from` and the following, modulo `all`] */
static void
add_ids(cJSON *holder, const char *list, char letter, int from, int count, int all)
{
	cJSON *ids = cJSON_AddArrayToObject(holder, list);

	for (int i = 0; i < count; i++) {
		g_autofree char *id = id_of(letter, (from + i) % all);
		cJSON_AddItemToArray(ids, cJSON_CreateString(id));
	}
}

static void
fill_product(cJSON *product, char letter, int number)
{
	g_autofree char *id = id_of(letter, number);

	cJSON_AddStringToObject(product, "name", id);
	cJSON_AddStringToObject(product, "product_id", id);
}

static void
add_products(cJSON *tree, int count)
{
	cJSON *list = cJSON_AddArrayToObject(tree, "full_product_names");

	for (int i = 0; i < count; i++)
		fill_product(add_object(list), 'P', i);
}

static cJSON *
add_vulnerability(cJSON *list, int number)
{
	cJSON *vulnerability = add_object(list);
	g_autofree char *cve = g_strdup_printf("CVE-2025-%d", 10000 + number);

	cJSON_AddStringToObject(vulnerability, "cve", cve);
	return vulnerability;
}

/* ---- shapes ---- */

static void
products_with_remedies(const Parts *parts, int n)
{
	cJSON *vulnerability = add_vulnerability(parts->vulnerabilities, 0);
	cJSON *status = cJSON_AddObjectToObject(vulnerability, "product_status");
	cJSON *remedies = cJSON_AddArrayToObject(vulnerability, "remediations");

	add_products(parts->tree, n);
	add_ids(status, "known_affected", 'P', 0, n, n);
	for (int i = 0; i < n; i++) {
		cJSON *remedy = add_object(remedies);
		cJSON_AddStringToObject(remedy, "category", i % 2 ? "mitigation" : "workaround");
		cJSON_AddStringToObject(remedy, "details", "x");
		add_ids(remedy, "product_ids", 'P', i * 37, 10, n);
	}
}

static void
vulnerabilities_of_few_products(const Parts *parts, int n)
{
	add_products(parts->tree, 200);
	for (int i = 0; i < n; i++) {
		cJSON *vulnerability = add_vulnerability(parts->vulnerabilities, i);
		cJSON *status = cJSON_AddObjectToObject(vulnerability, "product_status");
		cJSON *remedy = add_object(cJSON_AddArrayToObject(vulnerability, "remediations"));
		add_ids(status, "known_affected", 'P', i, 5, 200);
		add_ids(status, "fixed", 'P', i + 7, 3, 200);
		cJSON_AddStringToObject(remedy, "category", "vendor_fix");
		cJSON_AddStringToObject(remedy, "details", "x");
		add_ids(remedy, "product_ids", 'P', i, 5, 200);
	}
}

/* Each branch holds one more and one with a product. */
static void
deep_branches(const Parts *parts, int n)
{
	cJSON *top = cJSON_AddArrayToObject(parts->tree, "branches");
	cJSON *holder = NULL;

	for (int i = 0; i < n; i++) {
		cJSON *list = i % 40 == 0 ? top : cJSON_AddArrayToObject(holder, "branches");
		holder = add_object(list);
		cJSON_AddStringToObject(holder, "category", "product_family");
		cJSON_AddStringToObject(holder, "name", "x");
		if (i % 40 == 39 || i == n - 1)
			fill_product(cJSON_AddObjectToObject(holder, "product"), 'P', i);
	}
}

static void
relationships(const Parts *parts, int n)
{
	cJSON *list = cJSON_AddArrayToObject(parts->tree, "relationships");
	cJSON *status = cJSON_AddObjectToObject(add_vulnerability(parts->vulnerabilities, 0),
						"product_status");

	add_products(parts->tree, 1000);
	for (int i = 0; i < n; i++) {
		cJSON *relation = add_object(list);
		g_autofree char *first = id_of('P', i % 1000);
		g_autofree char *second = i % 50 ? id_of('R', i - 1) : id_of('P', (i + 1) % 1000);
		cJSON_AddStringToObject(relation, "category", "default_component_of");
		fill_product(cJSON_AddObjectToObject(relation, "full_product_name"), 'R', i);
		cJSON_AddStringToObject(relation, "product_reference", first);
		cJSON_AddStringToObject(relation, "relates_to_product_reference", second);
	}
	add_ids(status, "known_affected", 'R', 0, n, n);
}

static void
groups_in_remedies(const Parts *parts, int n)
{
	cJSON *groups = cJSON_AddArrayToObject(parts->tree, "product_groups");
	cJSON *vulnerability = add_vulnerability(parts->vulnerabilities, 0);
	cJSON *status = cJSON_AddObjectToObject(vulnerability, "product_status");
	cJSON *remedies = cJSON_AddArrayToObject(vulnerability, "remediations");

	add_products(parts->tree, n);
	add_ids(status, "known_affected", 'P', 0, n, n);
	for (int i = 0; i < n / 10; i++) {
		cJSON *group = add_object(groups), *remedy = add_object(remedies);
		g_autofree char *id = id_of('G', i);
		cJSON_AddStringToObject(group, "group_id", id);
		add_ids(group, "product_ids", 'P', i * 13, 20, n);
		cJSON_AddStringToObject(remedy, "category", "mitigation");
		cJSON_AddStringToObject(remedy, "details", "x");
		add_ids(remedy, "group_ids", 'G', i, 10, n / 10);
	}
}

static const struct {
	const char *what;
	int n;
	void (*fill)(const Parts *parts, int n);
} shapes[] = {
	{"products, as many remedies of 10 products each", 10000, products_with_remedies},
	{"vulnerabilities of few products", 5000, vulnerabilities_of_few_products},
	{"branches, 40 inside each other", 10000, deep_branches},
	{"relationships, 50 upon each other", 20000, relationships},
	{"products in groups that remedies name", 10000, groups_in_remedies},
};

/* ---- measuring ---- */

static char *
document_of(gsize shape, int n)
{
	g_autoptr(cJSON) root = cJSON_CreateObject();
	cJSON *document = cJSON_AddObjectToObject(root, "document");
	Parts parts;

	cJSON_AddStringToObject(document, "category", "csaf_security_advisory");
	cJSON_AddStringToObject(document, "csaf_version", "2.0");
	parts.tree = cJSON_AddObjectToObject(root, "product_tree");
	parts.vulnerabilities = cJSON_AddArrayToObject(root, "vulnerabilities");
	shapes[shape].fill(&parts, n);
	return ps_json_print(root);
}

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Reading and checking; negative: could not be measured. */
static double
check_ms(const char *text)
{
	g_autoptr(PsCsafTables) tables = ps_csaf_tables_new();
	double best = -1;

	for (int i = 0; i < ROUNDS; i++) {
		gsize length = strlen(text);
		double start = now_ms();
		g_autoptr(PsJsonTree) tree =
			ps_json_tree_new(g_memdup2(text, length), length, &ps_csaf_limits, NULL);
		g_autoptr(PsCsafReport) report =
			tree ? ps_csaf_check_with(tables, tree, PS_CSAF_ALL, NULL, NULL) : NULL;
		double took = now_ms() - start;
		if (!report)
			return -1;
		best = best < 0 || took < best ? took : best;
	}
	return best;
}

int
main(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
		int n = shapes[i].n;
		g_autofree char *one = document_of(i, n), *two = document_of(i, 2 * n);
		double first = check_ms(one), second = check_ms(two);
		if (first < 0 || second < 0) {
			fprintf(stderr, "%s: could not be checked\n", shapes[i].what);
			return 1;
		}
		printf("%d %s: %.1f ms (%.1f MB); twice as many: %.1f ms, ratio %.2f\n", n,
		       shapes[i].what, first, (double)strlen(one) / 1e6, second, second / first);
	}
	return 0;
}
