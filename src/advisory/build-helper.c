#include "config.h"

/* product_identification_helper: CSAF 2.0 section 3.1.3.3. From the fields of release and product,
 * and from the records of kind identifier, where a product has several of a kind. */

#include "advisory/build.h"

#include <string.h>

#include "advisory/item.h"

/* The last step of a download address: the name of the file that the hash belongs to. */
static char *
file_name_of(const char *url)
{
	if (!url)
		return NULL;
	gsize end = strcspn(url, "?#");
	g_autofree char *path = g_strndup(url, end);
	const char *slash = strrchr(path, '/');
	const char *scheme = strstr(path, "://");
	if (!slash || !slash[1] || (scheme && slash < scheme + 3))
		return NULL;
	return g_strdup(slash + 1);
}

/* A hash is of a file, and the standard wants its name. An algorithm stands there once. */
static void
add_hash(cJSON *helper, const char *filename, const char *algorithm, const char *value)
{
	if (!value || !filename || !*filename)
		return;
	g_autofree char *key = g_strconcat("file:", filename, NULL);
	g_autofree char *lower = g_ascii_strdown(value, -1);
	g_autofree char *name = g_ascii_strdown(algorithm ? algorithm : "sha256", -1);
	cJSON *hashes = ps_need(helper, "hashes", TRUE);
	cJSON *file = ps_child(hashes, key, NULL);
	if (!file) {
		file = ps_item_new(hashes, key);
		ps_put_text(file, "filename", filename);
	}
	cJSON *list = ps_need(file, "file_hashes", TRUE);
	if (ps_child(list, name, NULL))
		return;
	cJSON *hash = ps_item_new(list, name);
	ps_put_text(hash, "algorithm", name);
	ps_put_text(hash, "value", lower);
}

static void
add_once(cJSON *helper, const char *list, const char *value)
{
	if (!value || !*value)
		return;
	/* a number would be taken for a place */
	g_autofree char *key = g_strconcat("=", value, NULL);
	cJSON *values = ps_need(helper, list, TRUE);
	if (!ps_child(values, key, NULL))
		ps_item_text(values, key, value);
}

/* 2.0 has room for one purl and one CPE. */
static void
add_single(cJSON *helper, const char *name, const char *value)
{
	if (!ps_child(helper, name, NULL))
		ps_put_text(helper, name, value);
}

/* A version as a CPE 2.3 name has it (NISTIR 7695 section 6.2); NULL: it can't. */
static char *
cpe_version(const char *version)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (const char *c = version; *c; c++) {
		if (!g_ascii_isgraph(*c))
			return NULL;
		if (!g_ascii_isalnum(*c) && !strchr("_-.", *c))
			g_string_append_c(text, '\\');
		g_string_append_c(text, g_ascii_tolower(*c));
	}
	return text->len ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

/* The name of the product with the version of the release, where it leaves that open. */
static char *
cpe_of_release(const char *product_cpe, const char *version)
{
	g_auto(GStrv) parts = g_strsplit(product_cpe, ":", -1);
	g_autofree char *escaped = version ? cpe_version(version) : NULL;

	/* an escaped colon would shift the places: such a name stays as it is */
	if (!escaped || g_strv_length(parts) != 13 || strcmp(parts[1], "2.3") != 0 ||
	    strcmp(parts[5], "*") != 0)
		return g_strdup(product_cpe);
	g_free(parts[5]);
	parts[5] = g_steal_pointer(&escaped);
	return g_strjoinv(":", parts);
}

static void
add_product_cpe(cJSON *helper, const PsRecord *product, const PsRecord *release)
{
	const char *cpe = ps_record_text(product, "cpe");
	g_autofree char *own = cpe ? cpe_of_release(cpe, ps_record_text(release, "version")) : NULL;

	add_single(helper, "cpe", own);
}

static void
add_uri(cJSON *helper, const PsRecord *identifier, const char *value)
{
	const char *namespace = ps_record_text(identifier, "algorithm");

	/* the standard wants both */
	if (!namespace)
		return;
	cJSON *uri = ps_item_new(ps_need(helper, "x_generic_uris", TRUE), ps_record_id(identifier));
	ps_put_text(uri, "namespace", namespace);
	ps_put_text(uri, "uri", value);
}

static void
add_identifier(cJSON *helper, const PsRecord *identifier)
{
	static const struct {
		const char *type, *list;
	} lists[] = {
		{"model_number", "model_numbers"},
		{"sku", "skus"},
		{"serial_number", "serial_numbers"},
		{"sbom_url", "sbom_urls"},
	};
	const char *type = ps_record_text(identifier, "type");
	const char *value = ps_record_text(identifier, "value");

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		if (g_strcmp0(type, lists[i].type) == 0)
			add_once(helper, lists[i].list, value);
	if (g_strcmp0(type, "purl") == 0 || g_strcmp0(type, "cpe") == 0)
		add_single(helper, type, value);
	else if (g_strcmp0(type, "hash") == 0)
		add_hash(helper, ps_record_text(identifier, "filename"),
			 ps_record_text(identifier, "algorithm"), value);
	else if (g_strcmp0(type, "uri") == 0)
		add_uri(helper, identifier, value);
}

/* Those of the release (`own`), or those that every release of its product has. */
static void
add_identifiers(cJSON *helper, const PsFacts *facts, const PsRecord *release, gboolean own)
{
	for (guint i = 0; i < facts->identifiers->len; i++) {
		const PsRecord *identifier = facts->identifiers->pdata[i];
		const char *of = ps_record_text(identifier, "release");
		if (g_strcmp0(ps_record_text(identifier, "product"),
			      ps_record_text(release, "product")) == 0 &&
		    (own ? g_strcmp0(of, ps_record_id(release)) == 0 : !of))
			add_identifier(helper, identifier);
	}
}

cJSON *
ps_build_helper(const PsFacts *facts, const PsRecord *release)
{
	const PsRecord *product = ps_facts_product_of(facts, ps_record_id(release));
	g_autofree char *file = file_name_of(ps_record_text(release, "url"));
	cJSON *helper = cJSON_CreateObject();

	add_single(helper, "cpe", ps_record_text(release, "cpe"));
	add_single(helper, "purl", ps_record_text(release, "purl"));
	add_hash(helper, file, "sha256", ps_record_text(release, "sha256"));
	add_identifiers(helper, facts, release, TRUE);
	if (product) {
		add_product_cpe(helper, product, release);
		add_once(helper, "model_numbers", ps_record_text(product, "model"));
		add_once(helper, "skus", ps_record_text(product, "sku"));
	}
	add_identifiers(helper, facts, release, FALSE);
	return helper;
}

/* Users know the two by what stands on the device. */
cJSON *
ps_build_combination_helper(const PsFacts *facts, const PsRecord *relationship)
{
	static const char *const of_device[] = {"model_numbers", "serial_numbers", "skus"};
	const PsRecord *device =
		ps_facts_release(facts, ps_record_text(relationship, "relates_to"));
	g_autoptr(cJSON) helper = ps_build_helper(facts, device);
	cJSON *kept = cJSON_CreateObject();

	for (gsize i = 0; i < G_N_ELEMENTS(of_device); i++) {
		cJSON *list = cJSON_DetachItemFromObjectCaseSensitive(helper, of_device[i]);
		if (list)
			cJSON_AddItemToObject(kept, of_device[i], list);
	}
	return kept;
}
