#include "config.h"

/* Products: their identification helpers, and relationships that became paths. Done before the
 * tree of branches is changed, so that places are those of the document that was given. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/csaf-node.h"
#include "base/i18n.h"

#define HELPER "product_identification_helper"

typedef struct {
	PsConvert *convert;
	cJSON *helper;
	char *pointer; /* of the helper */
	gboolean many; /* it stands for a range of versions */
} Product;

static char *
place_in(const Product *product, const char *member, int index)
{
	return index < 0 ? g_strdup_printf("%s/%s", product->pointer, member)
			 : g_strdup_printf("%s/%s/%d", product->pointer, member, index);
}

/* ---- cpe ---- */

/* The version that a CPE names, empty where it names none. */
static char *
cpe_version(const char *cpe)
{
	gboolean bound = g_ascii_strncasecmp(cpe, "cpe:/", 5) == 0;
	int colons = bound ? 4 : 5;
	GString *version = g_string_new(NULL);

	for (; *cpe && colons >= 0; cpe++) {
		if (*cpe == ':')
			colons--;
		else if (colons == 0)
			g_string_append_c(version, *cpe);
		if (*cpe == '\\' && cpe[1]) {
			cpe++;
			if (colons == 0)
				g_string_append_c(version, *cpe);
		}
	}
	if (g_str_equal(version->str, "*") || g_str_equal(version->str, "-"))
		g_string_truncate(version, 0);
	return g_string_free(version, FALSE);
}

static void
convert_cpe(Product *product)
{
	const char *cpe = ps_json_text(product->helper, "cpe");
	const PsCsafNode *root = ps_csaf_root("2.1");
	g_autofree char *pointer = place_in(product, "cpe", -1);

	if (!cpe)
		return;
	const PsCsafNode *node =
		ps_csaf_node_at(root ? root : ps_csaf_root("2.0"),
				"/product_tree/full_product_names/0/" HELPER "/cpe");
	g_autofree char *wrong = ps_csaf_check_text(node, cpe), *version = cpe_version(cpe);
	if (wrong)
		ps_convert_warn(product->convert, pointer,
				_("An invalid CPE was detected and removed: “%s”; %s"), cpe, wrong);
	else if (product->many && *version)
		ps_convert_warn(product->convert, pointer,
				_("An invalid CPE was detected and removed: “%s” names the version "
				  "“%s”, but the product stands for a range of versions."),
				cpe, version);
	else
		return;
	cJSON_DeleteItemFromObjectCaseSensitive(product->helper, "cpe");
}

/* ---- hashes ---- */

/* The digests of OpenSSL, which the standard names; compared without dashes. */
static const char *const algorithms[] = {
	"blake2b512", "blake2s256", "md4",      "md5",       "md5-sha1",   "mdc2",       "ripemd",
	"ripemd160",  "rmd160",     "sha1",     "sha224",    "sha256",     "sha3-224",   "sha3-256",
	"sha3-384",   "sha3-512",   "sha384",   "sha512",    "sha512-224", "sha512-256", "shake128",
	"shake256",   "sm3",        "ssl3-md5", "ssl3-sha1", "whirlpool",
};

static char *
without_marks(const char *text)
{
	GString *plain = g_string_new(NULL);

	for (; *text; text++)
		if (!strchr("-_/. ", *text))
			g_string_append_c(plain, g_ascii_tolower(*text));
	return g_string_free(plain, FALSE);
}

static const char *
known_algorithm(const char *text)
{
	g_autofree char *plain = without_marks(text);

	for (gsize i = 0; i < G_N_ELEMENTS(algorithms); i++) {
		g_autofree char *other = without_marks(algorithms[i]);
		if (g_str_equal(plain, other))
			return algorithms[i];
	}
	return NULL;
}

/* CSAF 2.1 takes small letters, digits and dashes. */
static char *
algorithm_in_form(const char *text)
{
	g_autofree char *small = g_ascii_strdown(text, -1);
	GString *name = g_string_new(NULL);

	for (const char *at = small; *at; at++)
		if (g_ascii_isalnum(*at) || (*at == '-' && name->len))
			g_string_append_c(name, *at);
		else if (name->len && name->str[name->len - 1] != '-')
			g_string_append_c(name, '-');
	return g_string_free(name, FALSE);
}

/* FALSE: it has no name that could be kept. */
static gboolean
convert_algorithm(Product *product, cJSON *hash, const char *pointer)
{
	const char *algorithm = ps_json_text(hash, "algorithm"),
		   *value = ps_json_text(hash, "value");
	const char *known = known_algorithm(algorithm);
	g_autofree char *name = known ? g_strdup(known) : algorithm_in_form(algorithm);

	if (!known && !*name)
		ps_convert_warn(product->convert, pointer,
				_("An unknown hash algorithm was detected and removed: “%s” (value "
				  "%s) has no form in CSAF 2.1."),
				algorithm, value);
	else if (!known)
		ps_convert_warn(product->convert, pointer,
				_("An unknown hash algorithm was detected and converted: “%s” "
				  "became “%s” (value %s)."),
				algorithm, name, value);
	if (!*name)
		return FALSE;
	ps_convert_set(hash, "algorithm", name);
	return TRUE;
}

static void
convert_file_hashes(Product *product, cJSON *list, int file)
{
	int index = 0;

	for (cJSON *hash = list ? list->child : NULL, *next; hash; hash = next, index++) {
		next = hash->next;
		g_autofree char *pointer = g_strdup_printf("%s/hashes/%d/file_hashes/%d/algorithm",
							   product->pointer, file, index);
		gboolean keep = convert_algorithm(product, hash, pointer);
		g_autofree char *small = g_ascii_strdown(ps_json_text(hash, "value"), -1);
		ps_convert_set(hash, "value", small);
		if (!keep)
			cJSON_Delete(cJSON_DetachItemViaPointer(list, hash));
	}
	ps_convert_unique(list);
}

static void
convert_hashes(Product *product)
{
	cJSON *hashes = cJSON_GetObjectItemCaseSensitive(product->helper, "hashes");
	int index = 0;

	for (cJSON *file = hashes ? hashes->child : NULL, *next; file; file = next, index++) {
		next = file->next;
		cJSON *list = cJSON_GetObjectItemCaseSensitive(file, "file_hashes");
		convert_file_hashes(product, list, index);
		if (!list || !list->child)
			cJSON_Delete(cJSON_DetachItemViaPointer(hashes, file));
	}
	ps_convert_unique(hashes);
	ps_convert_drop_empty(product->helper, "hashes");
}

/* ---- numbers that may hold stars ---- */

static const struct {
	const char *member, *partial, *several;
} numbers[] = {
	{"model_numbers", N_("A partial model number was detected and a star has been added:"),
	 N_("A model number with multiple stars was detected and removed:")},
	{"serial_numbers", N_("A partial serial number was detected and a star has been added:"),
	 N_("A serial number with multiple stars was detected and removed:")},
	{"skus", N_("A partial stock keeping unit was detected and a star has been added (skus):"),
	 N_("A stock keeping unit with multiple stars was detected and removed (skus):")},
};

static char *
double_backslashes(const char *text)
{
	GString *result = g_string_new(NULL);

	for (; *text; text++)
		g_string_append_printf(result, *text == '\\' ? "\\%c" : "%c", *text);
	return g_string_free(result, FALSE);
}

/* After doubling no star is escaped. */
static guint
count_stars(const char *text)
{
	guint count = 0;

	for (; *text; text++)
		count += *text == '*' ? 1 : 0;
	return count;
}

static void
convert_number(Product *product, gsize kind, cJSON *list, cJSON *item, int index)
{
	g_autofree char *pointer = place_in(product, numbers[kind].member, index);
	g_autofree char *given = g_strdup(item->valuestring);
	g_autofree char *doubled = double_backslashes(given);
	gboolean partial =
		!product->convert->options->whole_numbers && !g_str_has_suffix(given, "*");
	g_autofree char *text = g_strconcat(doubled, partial ? "*" : "", NULL);

	if (count_stars(text) > 1) {
		ps_convert_warn(product->convert, pointer, "%s “%s”.", _(numbers[kind].several),
				given);
		cJSON_Delete(cJSON_DetachItemViaPointer(list, item));
		return;
	}
	cJSON_SetValuestring(item, text);
	if (partial)
		ps_convert_warn(product->convert, pointer, _("%s “%s” became “%s”."),
				_(numbers[kind].partial), given, text);
}

static void
convert_numbers(Product *product, gsize kind)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(product->helper, numbers[kind].member);
	int index = 0;

	for (cJSON *item = list ? list->child : NULL, *next; item; item = next) {
		next = item->next;
		convert_number(product, kind, list, item, index++);
	}
	ps_convert_unique(list);
	ps_convert_drop_empty(product->helper, numbers[kind].member);
}

/* ---- purl ---- */

/* CSAF 2.1 wants the type in small letters, without "+". */
static void
convert_purl(Product *product)
{
	const char *purl = ps_json_text(product->helper, "purl");

	if (!purl)
		return;
	g_autofree char *text = g_strdup(purl), *pointer = place_in(product, "purl", -1);
	for (char *at = text; *at && *at != '/'; at++)
		*at = g_ascii_tolower(*at);
	cJSON_DeleteItemFromObjectCaseSensitive(product->helper, "purl");
	gsize type = strcspn(text, "/");
	if (memchr(text, '+', type) || !g_ascii_isalpha(text[4])) {
		ps_convert_warn(product->convert, pointer,
				_("The purl “%s” could not be carried: its type has no form in "
				  "CSAF 2.1. It was removed."),
				text);
		return;
	}
	cJSON *list = cJSON_AddArrayToObject(product->helper, "purls");
	cJSON_AddItemToArray(list, cJSON_CreateString(text));
}

/* ---- every product ---- */

static void
convert_product(PsConvert *convert, cJSON *full, const char *pointer, gboolean many)
{
	cJSON *helper = cJSON_GetObjectItemCaseSensitive(full, HELPER);
	g_autofree char *place = g_strconcat(pointer, "/" HELPER, NULL);
	Product product = {convert, helper, place, many};

	if (!helper)
		return;
	convert_cpe(&product);
	convert_hashes(&product);
	for (gsize kind = 0; kind < G_N_ELEMENTS(numbers); kind++)
		convert_numbers(&product, kind);
	convert_purl(&product);
	ps_convert_unique(cJSON_GetObjectItemCaseSensitive(helper, "sbom_urls"));
	ps_convert_unique(cJSON_GetObjectItemCaseSensitive(helper, "x_generic_uris"));
	ps_convert_drop_empty(full, HELPER);
}

static gboolean
is_range(const cJSON *branch)
{
	const char *category = ps_json_text(branch, "category");
	PsRangeFate fate;

	if (!category || !g_str_equal(category, "product_version_range"))
		return FALSE;
	ps_range_judge(ps_json_text(branch, "name"), &fate);
	gboolean one = fate.category && g_str_equal(fate.category, "product_version");
	ps_range_fate_clear(&fate);
	return !one;
}

static void
convert_branches(PsConvert *convert, cJSON *branches, GString *pointer, gboolean many)
{
	gsize length = pointer->len;
	cJSON *branch;
	int index = 0;

	cJSON_ArrayForEach (branch, branches) {
		gboolean inner = many || is_range(branch);
		g_string_append_printf(pointer, "/%d/branches", index++);
		convert_branches(convert, cJSON_GetObjectItemCaseSensitive(branch, "branches"),
				 pointer, inner);
		g_string_truncate(pointer, pointer->len - strlen("branches"));
		g_string_append(pointer, "product");
		convert_product(convert, cJSON_GetObjectItemCaseSensitive(branch, "product"),
				pointer->str, inner);
		g_string_truncate(pointer, length);
	}
}

static void
convert_list(PsConvert *convert, const cJSON *tree, const char *name, const char *member)
{
	cJSON *item;
	int index = 0;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, name)) {
		g_autofree char *pointer = g_strdup_printf("/product_tree/%s/%d%s%s", name, index++,
							   member ? "/" : "", member ? member : "");
		convert_product(convert,
				member ? cJSON_GetObjectItemCaseSensitive(item, member) : item,
				pointer, FALSE);
	}
}

void
ps_convert_products(PsConvert *convert)
{
	const cJSON *tree = cJSON_GetObjectItemCaseSensitive(convert->root, "product_tree");
	g_autoptr(GString) pointer = g_string_new("/product_tree/branches");

	convert_branches(convert, cJSON_GetObjectItemCaseSensitive(tree, "branches"), pointer,
			 FALSE);
	convert_list(convert, tree, "full_product_names", NULL);
	convert_list(convert, tree, "relationships", "full_product_name");
}

/* ---- relationships ---- */

/* Each is a path of one step. */
static void
convert_relationship(cJSON *item)
{
	cJSON *step = cJSON_CreateObject();

	ps_convert_rename(item, "product_reference", "beginning_product_reference");
	ps_convert_rename(item, "relates_to_product_reference", "next_product_reference");
	cJSON_AddItemToObject(step, "category",
			      cJSON_DetachItemFromObjectCaseSensitive(item, "category"));
	cJSON_AddItemToObject(step, "next_product_reference",
			      cJSON_DetachItemFromObjectCaseSensitive(item,
								      "next_product_reference"));
	cJSON_AddItemToArray(cJSON_AddArrayToObject(item, "subpaths"), step);
}

void
ps_convert_paths(PsConvert *convert)
{
	cJSON *tree = cJSON_GetObjectItemCaseSensitive(convert->root, "product_tree");
	cJSON *item;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, "relationships"))
		convert_relationship(item);
	ps_convert_rename(tree, "relationships", "product_paths");
}
