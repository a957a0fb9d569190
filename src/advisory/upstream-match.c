#include "config.h"

/* Products of a document that came in, looked for among ours. The surest evidence wins: what names
 * one artefact (purl, CPE with version, hash) is exact; what names a product and a version is
 * likely; a name without a manufacturer is possible. */

#include "advisory/upstream-internal.h"

#include <string.h>

#include "base/i18n.h"
#include "registry/purl.h"
#include "registry/vers.h"

/* "type:value" -> what it names. Texts are folded. */
typedef struct {
	GPtrArray *products, *releases, *identifiers; /* PsRecord*, all of the registry */
	GPtrArray *relationships;
	GHashTable *combined;   /* "release with" -> relationship PsRecord*, lent */
	GHashTable *by_id;      /* product id -> PsRecord*, lent */
	GHashTable *exact;      /* key -> release PsRecord*, lent */
	GHashTable *named;      /* key -> GPtrArray of product PsRecord* */
	GHashTable *of_product; /* product id -> GPtrArray of release PsRecord* */
} Registry;

/* ---- folding ---- */

/* Small letters, runs of blanks as one. New string. */
static char *
folded(const char *text)
{
	g_autofree char *small =
		g_utf8_validate(text, -1, NULL) ? g_utf8_casefold(text, -1) : g_strdup("");
	g_autoptr(GString) result = g_string_new(NULL);

	for (const char *c = small; *c; c++) {
		gboolean blank = g_ascii_isspace(*c);
		if (!blank)
			g_string_append_c(result, *c);
		else if (result->len > 0 && result->str[result->len - 1] != ' ')
			g_string_append_c(result, ' ');
	}
	return g_strchomp(g_string_free(g_steal_pointer(&result), FALSE));
}

static char *
key_of(const char *type, const char *value)
{
	g_autofree char *fold = folded(value);

	return g_strconcat(type, ":", fold, NULL);
}

static char *
name_key(const char *vendor, const char *name)
{
	g_autofree char *one = folded(vendor), *other = folded(name);

	return g_strconcat("name:", one, "\n", other, NULL);
}

/* "v2.1" and "2.1" are the same version. */
static gboolean
same_version(const char *a, const char *b)
{
	if ((*a == 'v' || *a == 'V') && g_ascii_isdigit(a[1]))
		a++;
	if ((*b == 'v' || *b == 'V') && g_ascii_isdigit(b[1]))
		b++;
	return g_ascii_strcasecmp(a, b) == 0;
}

/* Part, vendor and product of a CPE 2.3 name as "cpe:a:vendor:product"; *version (may be NULL) its
 * version where it says one. NULL: it is no CPE 2.3 name. */
static char *
cpe_key(const char *cpe, char **version)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) part = g_string_new(NULL);

	for (const char *c = cpe;; c++) {
		if (*c == ':' || !*c) {
			g_ptr_array_add(parts, g_strdup(part->str));
			g_string_truncate(part, 0);
			if (!*c)
				break;
		} else if (*c != '\\' || !c[1]) {
			g_string_append_c(part, *c);
		} else {
			g_string_append_c(part, *++c);
		}
	}
	if (parts->len < 6 || g_ascii_strcasecmp(parts->pdata[0], "cpe") != 0 ||
	    !g_str_equal(parts->pdata[1], "2.3"))
		return NULL;
	const char *of = parts->pdata[5];
	if (version)
		*version = g_str_equal(of, "*") || g_str_equal(of, "-") ? NULL : g_strdup(of);
	g_autofree char *joined = g_strjoin(":", (char *)parts->pdata[2], (char *)parts->pdata[3],
					    (char *)parts->pdata[4], NULL);
	return key_of("cpe", joined);
}

/* The same of a package URL: everything but its version. */
static char *
purl_key(const char *text, char **version)
{
	g_autoptr(PsPurl) purl = ps_purl_parse(text, NULL);

	if (!purl)
		return NULL;
	if (version)
		*version = g_strdup(purl->version);
	g_autofree char *joined = g_strjoin("/", purl->type, purl->namespace ? purl->namespace : "",
					    purl->name, NULL);
	return key_of("purl", joined);
}

/* ---- the registry ---- */

static void
name_product(Registry *registry, char *key, PsRecord *product)
{
	GPtrArray *list = key ? g_hash_table_lookup(registry->named, key) : NULL;

	if (!key || !product) {
		g_free(key);
		return;
	}
	if (!list) {
		list = g_ptr_array_new();
		g_hash_table_insert(registry->named, g_strdup(key), list);
	}
	if (!g_ptr_array_find(list, product, NULL))
		g_ptr_array_add(list, product);
	g_free(key);
}

static void
name_release(Registry *registry, const char *type, const char *value, PsRecord *release)
{
	if (value && *value)
		g_hash_table_insert(registry->exact, key_of(type, value), release);
}

static void
index_product(Registry *registry, PsRecord *product)
{
	const char *name = ps_record_text(product, "name");
	const char *vendor = ps_record_text(product, "vendor");
	const char *model = ps_record_text(product, "model");
	const char *sku = ps_record_text(product, "sku");
	const char *cpe = ps_record_text(product, "cpe");

	g_hash_table_insert(registry->by_id, (gpointer)ps_record_id(product), product);
	g_hash_table_insert(registry->of_product, (gpointer)ps_record_id(product),
			    g_ptr_array_new());
	name_product(registry, name_key(vendor, name), product);
	name_product(registry, key_of("bare", name), product);
	name_product(registry, model ? key_of("model_number", model) : NULL, product);
	name_product(registry, sku ? key_of("sku", sku) : NULL, product);
	name_product(registry, cpe ? cpe_key(cpe, NULL) : NULL, product);
}

static void
index_release(Registry *registry, PsRecord *release)
{
	const char *of = ps_record_text(release, "product");
	GPtrArray *brothers = of ? g_hash_table_lookup(registry->of_product, of) : NULL;
	PsRecord *product = of ? g_hash_table_lookup(registry->by_id, of) : NULL;
	const char *purl = ps_record_text(release, "purl");
	const char *cpe = ps_record_text(release, "cpe");

	if (!brothers)
		return;
	g_ptr_array_add(brothers, release);
	name_release(registry, "purl", purl, release);
	name_release(registry, "cpe", cpe, release);
	name_release(registry, "sha256", ps_record_text(release, "sha256"), release);
	name_product(registry, purl ? purl_key(purl, NULL) : NULL, product);
	name_product(registry, cpe ? cpe_key(cpe, NULL) : NULL, product);
}

static void
index_identifier(Registry *registry, GHashTable *releases, const PsRecord *identifier)
{
	static const char *const of_products[] = {"model_number", "sku", "serial_number", NULL};
	const char *type = ps_record_text(identifier, "type");
	const char *value = ps_record_text(identifier, "value");
	const char *release = ps_record_text(identifier, "release");
	PsRecord *one = release ? g_hash_table_lookup(releases, release) : NULL;
	PsRecord *product =
		g_hash_table_lookup(registry->by_id, ps_record_text(identifier, "product"));

	if (g_strv_contains(of_products, type))
		name_product(registry, key_of(type, value), product);
	else if (one)
		name_release(registry, g_str_equal(type, "hash") ? "sha256" : type, value, one);
	else if (g_str_equal(type, "purl"))
		name_product(registry, purl_key(value, NULL), product);
	else if (g_str_equal(type, "cpe"))
		name_product(registry, cpe_key(value, NULL), product);
}

static void
registry_clear(Registry *registry)
{
	g_clear_pointer(&registry->by_id, g_hash_table_unref);
	g_clear_pointer(&registry->exact, g_hash_table_unref);
	g_clear_pointer(&registry->named, g_hash_table_unref);
	g_clear_pointer(&registry->of_product, g_hash_table_unref);
	g_clear_pointer(&registry->products, g_ptr_array_unref);
	g_clear_pointer(&registry->releases, g_ptr_array_unref);
	g_clear_pointer(&registry->identifiers, g_ptr_array_unref);
	g_clear_pointer(&registry->relationships, g_ptr_array_unref);
	g_clear_pointer(&registry->combined, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Registry, registry_clear)

static GPtrArray *
all_of(PsStore *store, const char *kind, GError **error)
{
	const PsQuery query = {.kind = kind};

	return ps_store_list(store, &query, error);
}

/* The list has the newest first: of doubles, the oldest counts. */
static void
index_relationships(Registry *registry)
{
	registry->combined = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < registry->relationships->len; i++) {
		PsRecord *one = registry->relationships->pdata[i];
		const char *release = ps_record_text(one, "release");
		const char *with = ps_record_text(one, "relates_to");
		if (release && with)
			g_hash_table_replace(registry->combined,
					     g_strjoin(" ", release, with, NULL), one);
	}
}

static gboolean
registry_read(Registry *registry, PsStore *store, GError **error)
{
	g_autoptr(GHashTable) releases = g_hash_table_new(g_str_hash, g_str_equal);

	registry->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	registry->exact = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	registry->named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						(GDestroyNotify)g_ptr_array_unref);
	registry->of_product = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
						     (GDestroyNotify)g_ptr_array_unref);
	registry->products = all_of(store, "product", error);
	registry->releases = registry->products ? all_of(store, "release", error) : NULL;
	registry->identifiers = registry->releases ? all_of(store, "identifier", error) : NULL;
	registry->relationships =
		registry->identifiers ? all_of(store, "relationship", error) : NULL;
	if (!registry->relationships)
		return FALSE;
	index_relationships(registry);
	for (guint i = 0; i < registry->products->len; i++)
		index_product(registry, registry->products->pdata[i]);
	for (guint i = 0; i < registry->releases->len; i++) {
		PsRecord *release = registry->releases->pdata[i];
		g_hash_table_insert(releases, (gpointer)ps_record_id(release), release);
		index_release(registry, release);
	}
	for (guint i = 0; i < registry->identifiers->len; i++)
		index_identifier(registry, releases, registry->identifiers->pdata[i]);
	return TRUE;
}

/* ---- one product ---- */

static gboolean
match_exactly(const Registry *registry, PsUpstreamProduct *product)
{
	static const char *const types[] = {"purl", "cpe", "sha256"};

	for (guint i = 0; i < product->identifiers->len; i++)
		for (gsize j = 0; j < G_N_ELEMENTS(types); j++) {
			const char *value =
				ps_upstream_identifier(product->identifiers->pdata[i], types[j]);
			g_autofree char *key = value ? key_of(types[j], value) : NULL;
			const PsRecord *release =
				key ? g_hash_table_lookup(registry->exact, key) : NULL;
			if (release)
				ps_upstream_add_match(
					product, ps_record_id(release), NULL, "exact",
					g_strdup_printf(_("It has the identifier “%s”."),
							(char *)product->identifiers->pdata[i]));
		}
	return product->matches->len > 0;
}

/* A candidate product, with the version that the evidence itself gives. */
typedef struct {
	GPtrArray *products; /* lent; NULL: none */
	char *version;       /* NULL: none */
	const char *confidence;
	char *reason;
} Evidence;

static void
evidence_clear(Evidence *evidence)
{
	g_free(evidence->version);
	g_free(evidence->reason);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Evidence, evidence_clear)

/* The key of an identifier that names a product. */
static char *
product_key(const char *identifier, char **version)
{
	static const char *const plain[] = {"model_number", "sku", "serial_number"};
	const char *value = ps_upstream_identifier(identifier, "purl");

	if (value)
		return purl_key(value, version);
	value = ps_upstream_identifier(identifier, "cpe");
	if (value)
		return cpe_key(value, version);
	for (gsize i = 0; i < G_N_ELEMENTS(plain); i++)
		if ((value = ps_upstream_identifier(identifier, plain[i])))
			return key_of(plain[i], value);
	return NULL;
}

static gboolean
find_by_identifier(const Registry *registry, const PsUpstreamProduct *product, Evidence *evidence)
{
	for (guint i = 0; i < product->identifiers->len; i++) {
		const char *identifier = product->identifiers->pdata[i];
		g_autofree char *version = NULL;
		g_autofree char *key = product_key(identifier, &version);
		evidence->products = key ? g_hash_table_lookup(registry->named, key) : NULL;
		if (!evidence->products)
			continue;
		evidence->version = g_steal_pointer(&version);
		evidence->confidence = "likely";
		evidence->reason =
			g_strdup_printf(_("The product has the identifier “%s”"), identifier);
		return TRUE;
	}
	return FALSE;
}

static gboolean
find_by_name(const Registry *registry, const PsUpstreamProduct *product, Evidence *evidence)
{
	if (!product->product)
		return FALSE;
	g_autofree char *full =
		product->vendor ? name_key(product->vendor, product->product) : NULL;
	g_autofree char *bare = key_of("bare", product->product);
	evidence->products = full ? g_hash_table_lookup(registry->named, full) : NULL;
	evidence->confidence = "likely";
	if (evidence->products) {
		evidence->reason = g_strdup(_("Manufacturer and product have the same names"));
		return TRUE;
	}
	evidence->products = g_hash_table_lookup(registry->named, bare);
	evidence->confidence = "possible";
	evidence->reason = g_strdup(_("Only the product's name is the same"));
	return evidence->products != NULL;
}

static void
match_versions(const Registry *registry, PsUpstreamProduct *product, const Evidence *evidence)
{
	const char *version = product->version ? product->version : evidence->version;
	g_autoptr(PsVers) range =
		!version && product->range ? ps_vers_parse_loose(product->range) : NULL;

	for (guint i = 0; i < evidence->products->len; i++) {
		GPtrArray *releases =
			g_hash_table_lookup(registry->of_product,
					    ps_record_id(evidence->products->pdata[i]));
		for (guint j = 0; j < releases->len; j++) {
			const char *ours = ps_record_text(releases->pdata[j], "version");
			gboolean same = version && same_version(ours, version);
			if (!same && !(range && ps_vers_contains(range, ours)))
				continue;
			ps_upstream_add_match(
				product, ps_record_id(releases->pdata[j]), NULL,
				evidence->confidence,
				same ? g_strdup_printf(_("%s, and the version is “%s”."),
						       evidence->reason, ours)
				     : g_strdup_printf(_("%s, and “%s” lies in “%s”."),
						       evidence->reason, ours, product->range));
		}
	}
}

/* Why none of the releases was it. */
static char *
version_reason(const PsUpstreamProduct *product, const Evidence *evidence)
{
	const char *version = product->version ? product->version : evidence->version;

	if (version)
		return g_strdup_printf(_("%s, but the registry has no release “%s” of it."),
				       evidence->reason, version);
	if (product->range)
		return g_strdup_printf(_("%s, but no release in the registry lies in “%s”."),
				       evidence->reason, product->range);
	return g_strdup_printf(_("%s, but the document names no version."), evidence->reason);
}

static void
match_one(const Registry *registry, PsUpstreamProduct *product)
{
	g_auto(Evidence) evidence = {NULL, NULL, NULL, NULL};

	if (match_exactly(registry, product))
		return;
	if (!find_by_identifier(registry, product, &evidence) &&
	    !find_by_name(registry, product, &evidence)) {
		product->reason = g_strdup(_("No product in the registry has its identifiers or "
					     "its name."));
		return;
	}
	match_versions(registry, product, &evidence);
	if (product->matches->len == 0)
		product->reason = version_reason(product, &evidence);
}

/* The combination of ours, where both its parts are: its id, or NULL. */
static const char *
combined(const Registry *registry, const PsUpstreamMatch *match, const PsUpstreamProduct *with)
{
	for (guint i = 0; with && i < with->matches->len; i++) {
		const PsUpstreamMatch *other = with->matches->pdata[i];
		g_autofree char *key = g_strjoin(" ", match->release, other->release, NULL);
		const PsRecord *found = g_hash_table_lookup(registry->combined, key);
		if (found)
			return ps_record_id(found);
	}
	return NULL;
}

/* A firmware on a device is found where the firmware is, on our device where that is found too. */
static void
match_combination(const Registry *registry, const PsUpstream *upstream, PsUpstreamProduct *product)
{
	const PsUpstreamProduct *part = ps_upstream_product_find(upstream, product->part);
	const PsUpstreamProduct *with = ps_upstream_product_find(upstream, product->with);

	if (product->matches->len > 0 || !part)
		return;
	for (guint i = 0; i < part->matches->len; i++) {
		const PsUpstreamMatch *match = part->matches->pdata[i];
		const char *relationship = combined(registry, match, with);
		ps_upstream_add_match(product, match->release, relationship, match->confidence,
				      relationship ? g_strdup_printf(_("It is “%s” with “%s”. %s"),
								     part->name, with->name,
								     match->reason)
						   : g_strdup_printf(_("It is made from “%s”. %s"),
								     part->name, match->reason));
	}
}

gboolean
ps_upstream_match(PsUpstream *upstream, PsStore *store, GError **error)
{
	g_auto(Registry) registry = {0};

	if (!registry_read(&registry, store, error))
		return FALSE;
	for (guint i = 0; i < upstream->products->len; i++)
		match_one(&registry, upstream->products->pdata[i]);
	for (guint i = 0; i < upstream->products->len; i++)
		match_combination(&registry, upstream, upstream->products->pdata[i]);
	return TRUE;
}
