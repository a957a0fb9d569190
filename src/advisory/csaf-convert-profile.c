#include "config.h"

/* /document/category: the profile that the document fits in CSAF 2.1. What a security advisory
 * needs there is tried first; what it can't have makes it a “deprecated” one, which is what
 * CSAF 2.0 meant by the name. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/item.h"
#include "advisory/phrase.h"
#include "base/i18n.h"

/* ---- the fixed version behind a range that ends before it ---- */

typedef struct {
	cJSON *status;
	GHashTable *affected, *any; /* product ids */
} Standing;

typedef struct {
	PsConvert *convert;
	GString *pointer;
	GPtrArray *names;     /* of the branches above */
	GHashTable *known;    /* product ids of the document */
	GPtrArray *standings; /* Standing*, one a vulnerability */
} Fixes;

static gboolean
has_category(const cJSON *branch, const char *category)
{
	return g_strcmp0(ps_json_text(branch, "category"), category) == 0;
}

static const char *const affected_groups[] = {"known_affected", "first_affected", "last_affected"};

static void
add_ids(GHashTable *set, const cJSON *list)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list) {
		if (cJSON_IsString(item))
			g_hash_table_add(set, g_strdup(item->valuestring));
	}
}

static void
free_standing(gpointer data)
{
	Standing *standing = data;

	g_hash_table_unref(standing->affected);
	g_hash_table_unref(standing->any);
	g_free(standing);
}

static GPtrArray *
read_standings(const PsConvert *convert)
{
	GPtrArray *standings = g_ptr_array_new_with_free_func(free_standing);
	const cJSON *item, *group;

	cJSON_ArrayForEach (item,
			    cJSON_GetObjectItemCaseSensitive(convert->root, "vulnerabilities")) {
		Standing *standing = g_new0(Standing, 1);
		standing->status = cJSON_GetObjectItemCaseSensitive(item, "product_status");
		standing->affected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		standing->any = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		for (gsize i = 0; i < G_N_ELEMENTS(affected_groups); i++)
			add_ids(standing->affected,
				cJSON_GetObjectItemCaseSensitive(standing->status,
								 affected_groups[i]));
		cJSON_ArrayForEach (group, standing->status)
			add_ids(standing->any, group);
		g_ptr_array_add(standings, standing);
	}
	return standings;
}

/* Some vulnerability affects the range and says nothing of the fixed version. */
static gboolean
is_wanted(const Fixes *fixes, const char *range, const char *fixed)
{
	for (guint i = 0; i < fixes->standings->len; i++) {
		const Standing *standing = fixes->standings->pdata[i];
		if (g_hash_table_contains(standing->affected, range) &&
		    (!fixed || !g_hash_table_contains(standing->any, fixed)))
			return TRUE;
	}
	return FALSE;
}

/* Adds the product as fixed wherever the range is affected; gives the places. */
static char *
add_fixed(Fixes *fixes, const char *range, const char *fixed)
{
	GString *places = g_string_new(NULL);

	for (guint i = 0; i < fixes->standings->len; i++) {
		const Standing *standing = fixes->standings->pdata[i];
		if (!g_hash_table_contains(standing->affected, range) ||
		    !g_hash_table_add(standing->any, g_strdup(fixed)))
			continue;
		cJSON_AddItemToArray(ps_need(standing->status, "fixed", TRUE),
				     cJSON_CreateString(fixed));
		g_string_append_printf(places, "%s/vulnerabilities/%u", places->len ? ", " : "", i);
	}
	return g_string_free(places, FALSE);
}

static char *
new_id(Fixes *fixes, const char *range)
{
	for (guint n = 1;; n++) {
		char *id = n == 1 ? g_strconcat(range, "-fixed", NULL)
				  : g_strdup_printf("%s-fixed-%u", range, n);
		if (g_hash_table_add(fixes->known, g_strdup(id)))
			return id;
		g_free(id);
	}
}

/* The range's full name with the version in place of the range, else the names of the branches. */
static char *
fixed_name(const Fixes *fixes, const char *name, const char *range, const char *version)
{
	const char *at = name ? strstr(name, range) : NULL;
	GString *text = g_string_new(NULL);

	if (at) {
		g_string_append_printf(text, "%.*s%s%s", (int)(at - name), name, version,
				       at + strlen(range));
		return g_string_free(text, FALSE);
	}
	for (guint i = 0; i + 1 < fixes->names->len; i++)
		g_string_append_printf(text, "%s ", (const char *)fixes->names->pdata[i]);
	g_string_append(text, version);
	return g_string_free(text, FALSE);
}

static const char *
sibling_version(const cJSON *list, const char *version)
{
	const cJSON *branch;

	cJSON_ArrayForEach (branch, list) {
		const cJSON *product = cJSON_GetObjectItemCaseSensitive(branch, "product");
		if (product && has_category(branch, "product_version") &&
		    g_strcmp0(ps_json_text(branch, "name"), version) == 0)
			return ps_json_text(product, "product_id");
	}
	return NULL;
}

static char *
add_branch(Fixes *fixes, cJSON *list, const cJSON *range, const char *version, char **name)
{
	const cJSON *old = cJSON_GetObjectItemCaseSensitive(range, "product");
	char *id = new_id(fixes, ps_json_text(old, "product_id"));
	cJSON *branch = cJSON_CreateObject();

	*name = fixed_name(fixes, ps_json_text(old, "name"), ps_json_text(range, "name"), version);
	cJSON_AddStringToObject(branch, "category", "product_version");
	cJSON_AddStringToObject(branch, "name", version);
	cJSON *product = cJSON_AddObjectToObject(branch, "product");
	cJSON_AddStringToObject(product, "name", *name);
	cJSON_AddStringToObject(product, "product_id", id);
	cJSON_AddItemToArray(list, branch);
	return id;
}

static void
fix_range(Fixes *fixes, cJSON *list, const cJSON *branch)
{
	const cJSON *product = cJSON_GetObjectItemCaseSensitive(branch, "product");
	const char *range = ps_json_text(product, "product_id");
	g_autofree char *version = has_category(branch, "product_version_range") && range
					   ? ps_range_strict_end(ps_json_text(branch, "name"))
					   : NULL;
	g_autofree char *name = NULL, *id = NULL;

	if (!version)
		return;
	const char *there = sibling_version(list, version);
	if (!is_wanted(fixes, range, there))
		return;
	if (!there)
		id = add_branch(fixes, list, branch, version, &name);
	g_autofree char *places = add_fixed(fixes, range, there ? there : id);
	if (there)
		ps_convert_warn(fixes->convert, fixes->pointer->str,
				_("The product “%s” was added as fixed to %s: the range “%s” of "
				  "affected versions ends before it."),
				there, places, ps_json_text(branch, "name"));
	else
		ps_convert_warn(fixes->convert, fixes->pointer->str,
				_("A product was added to the product_tree and the corresponding "
				  "vulnerabilities: “%s” (%s) is fixed in %s, as the range “%s” of "
				  "affected versions ends before it."),
				name, id, places, ps_json_text(branch, "name"));
}

static void
fix_branches(Fixes *fixes, cJSON *list)
{
	gsize length = fixes->pointer->len;
	int count = cJSON_GetArraySize(list), index = 0;

	for (cJSON *branch = list ? list->child : NULL; index < count; index++) {
		const char *name = ps_json_text(branch, "name");
		g_string_append_printf(fixes->pointer, "/branches/%d", index);
		g_ptr_array_add(fixes->names, (gpointer)(name ? name : ""));
		fix_branches(fixes, cJSON_GetObjectItemCaseSensitive(branch, "branches"));
		fix_range(fixes, list, branch);
		g_ptr_array_set_size(fixes->names, (int)fixes->names->len - 1);
		g_string_truncate(fixes->pointer, length);
		branch = branch->next;
	}
}

static void
collect_ids(GHashTable *known, const cJSON *value)
{
	const cJSON *child;
	const char *id = cJSON_IsObject(value) ? ps_json_text(value, "product_id") : NULL;

	if (id)
		g_hash_table_add(known, g_strdup(id));
	cJSON_ArrayForEach (child, value)
		collect_ids(known, child);
}

static void
add_fixed_versions(PsConvert *convert)
{
	cJSON *tree = cJSON_GetObjectItemCaseSensitive(convert->root, "product_tree");
	g_autoptr(GString) pointer = g_string_new("/product_tree");
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) standings = read_standings(convert);
	Fixes fixes = {convert, pointer, names, known, standings};

	collect_ids(known, tree);
	fix_branches(&fixes, cJSON_GetObjectItemCaseSensitive(tree, "branches"));
}

/* ---- what a profile asks for ---- */

/* The branches that say which product it is, whatever its version; products without branches are
 * told apart by nothing. */
static void
read_identities(GHashTable *identities, const cJSON *branches, const char *above)
{
	const cJSON *branch;

	cJSON_ArrayForEach (branch, branches) {
		const cJSON *product = cJSON_GetObjectItemCaseSensitive(branch, "product");
		const char *id = ps_json_text(product, "product_id");
		gboolean version = has_category(branch, "product_version") ||
				   has_category(branch, "product_version_range") ||
				   has_category(branch, "patch_level") ||
				   has_category(branch, "service_pack");
		g_autofree char *own =
			version ? g_strdup(above)
				: g_strconcat(above, "\n", ps_json_text(branch, "name"), NULL);
		if (id)
			g_hash_table_insert(identities, (gpointer)id, g_strdup(own));
		read_identities(identities, cJSON_GetObjectItemCaseSensitive(branch, "branches"),
				own);
	}
}

/* A path stands for what it begins with. */
static const char *
identity_of(GHashTable *identities, GHashTable *beginnings, const char *id)
{
	for (int steps = 0; steps < 64; steps++) {
		const char *beginning = g_hash_table_lookup(beginnings, id);
		if (!beginning)
			break;
		id = beginning;
	}
	const char *identity = g_hash_table_lookup(identities, id);
	return identity ? identity : "";
}

static GHashTable *
read_beginnings(const cJSON *tree)
{
	GHashTable *beginnings = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *path;

	cJSON_ArrayForEach (path, cJSON_GetObjectItemCaseSensitive(tree, "product_paths")) {
		const cJSON *product = cJSON_GetObjectItemCaseSensitive(path, "full_product_name");
		const char *id = ps_json_text(product, "product_id");
		const char *beginning = ps_json_text(path, "beginning_product_reference");
		if (id && beginning)
			g_hash_table_insert(beginnings, (gpointer)id, (gpointer)beginning);
	}
	return beginnings;
}

/* Tests 6.1.27.12 and 6.1.27.13 for one vulnerability. */
static gboolean
has_affected_for_fixed(GHashTable *identities, GHashTable *beginnings, const cJSON *status)
{
	g_autoptr(GHashTable) affected = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *id;

	if (!cJSON_GetObjectItemCaseSensitive(status, "known_affected"))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(affected_groups); i++)
		cJSON_ArrayForEach (id,
				    cJSON_GetObjectItemCaseSensitive(status, affected_groups[i]))
			g_hash_table_add(affected, (gpointer)identity_of(identities, beginnings,
									 id->valuestring));
	cJSON_ArrayForEach (id, cJSON_GetObjectItemCaseSensitive(status, "fixed")) {
		if (!g_hash_table_contains(affected,
					   identity_of(identities, beginnings, id->valuestring)))
			return FALSE;
	}
	return TRUE;
}

static gboolean
is_security_advisory(const PsConvert *convert)
{
	const cJSON *tree = cJSON_GetObjectItemCaseSensitive(convert->root, "product_tree"), *item;
	const cJSON *flaws = cJSON_GetObjectItemCaseSensitive(convert->root, "vulnerabilities");
	g_autoptr(GHashTable) identities =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_autoptr(GHashTable) beginnings = read_beginnings(tree);

	read_identities(identities, cJSON_GetObjectItemCaseSensitive(tree, "branches"), "");
	cJSON_ArrayForEach (item, flaws) {
		const cJSON *status = cJSON_GetObjectItemCaseSensitive(item, "product_status");
		if (!cJSON_GetObjectItemCaseSensitive(item, "notes") ||
		    !has_affected_for_fixed(identities, beginnings, status))
			return FALSE;
	}
	return tree && flaws;
}

/* ---- documents that call others back ---- */

static const struct {
	const char *word, *category, *note, *reference;
} recalls[] = {
	{"Superseded", "csaf_superseded", "Reasoning for Supersession", "Superseding Document"},
	{"Withdrawn", "csaf_withdrawn", "Reasoning for Withdrawal", NULL},
};

/* The only item of a list whose member has that value; NULL: none or several. */
static cJSON *
only_item(const cJSON *list, const char *member, const char *value)
{
	cJSON *item, *found = NULL;

	cJSON_ArrayForEach (item, list) {
		if (g_strcmp0(ps_json_text(item, member), value) != 0)
			continue;
		if (found)
			return NULL;
		found = item;
	}
	return found;
}

/* The external reference that names itself as the one, in English or in the document's language;
 * else the only external one. */
static cJSON *
successor_of(const cJSON *document, const char *english)
{
	const cJSON *references = cJSON_GetObjectItemCaseSensitive(document, "references");
	const char *own = ps_phrase(ps_json_text(document, "lang"), PS_PHRASE_SUPERSEDING);
	cJSON *reference;

	cJSON_ArrayForEach (reference, references) {
		const char *summary = ps_json_text(reference, "summary");
		gboolean external = g_strcmp0(ps_json_text(reference, "category"), "external") == 0;
		if (external && english && summary &&
		    (g_str_has_prefix(summary, english) || g_str_has_prefix(summary, own)))
			return reference;
	}
	return only_item(references, "category", "external");
}

/* What is missing for the profile; NULL: nothing. Gives what would be named as it asks. */
static const char *
missing_for(const PsConvert *convert, gsize at, cJSON **note, cJSON **reference)
{
	const cJSON *document = cJSON_GetObjectItemCaseSensitive(convert->root, "document");
	const cJSON *history = ps_json_at(document, "/tracking/revision_history");

	*note = only_item(cJSON_GetObjectItemCaseSensitive(document, "notes"), "category",
			  "description");
	*reference = successor_of(document, recalls[at].reference);
	if (cJSON_GetObjectItemCaseSensitive(convert->root, "product_tree") ||
	    cJSON_GetObjectItemCaseSensitive(convert->root, "vulnerabilities"))
		return _("it must hold neither a product_tree nor vulnerabilities");
	if (cJSON_GetArraySize(history) < 2)
		return _("its revision history must have two entries at least");
	if (!*note)
		return _("it needs exactly one note of category description, with the reasons");
	if (recalls[at].reference && !*reference)
		return _("it needs an external reference to the document that supersedes it");
	return NULL;
}

static void
name_as_asked(gsize at, cJSON *note, cJSON *reference)
{
	const char *summary = reference ? ps_json_text(reference, "summary") : NULL;

	ps_convert_set(note, "title", recalls[at].note);
	if (!recalls[at].reference || !summary || g_str_has_prefix(summary, recalls[at].reference))
		return;
	g_autofree char *longer = g_strconcat(recalls[at].reference, ": ", summary, NULL);
	ps_convert_set(reference, "summary", longer);
}

static gboolean
is_english(const char *lang)
{
	return !lang || g_ascii_strcasecmp(lang, "en") == 0 ||
	       g_ascii_strncasecmp(lang, "en-", 3) == 0;
}

static void
try_recall(PsConvert *convert, cJSON *document, gsize at)
{
	cJSON *note, *reference;
	const char *missing = missing_for(convert, at, &note, &reference);

	if (missing)
		ps_convert_warn(
			convert, "/document/category",
			_("A potentially withdrawn or superseded CSAF document was created: "
			  "“%s” would be the profile %s, but that would result in an "
			  "invalid CSAF: %s. The category was kept: “%s”."),
			ps_json_text(document, "title"), recalls[at].category, missing,
			ps_json_text(document, "category"));
	/* In other languages the terms are those of that language. */
	if (!missing && is_english(ps_json_text(document, "lang")))
		name_as_asked(at, note, reference);
	if (!missing || convert->options->allow_invalid)
		ps_convert_set(document, "category", recalls[at].category);
}

/* ---- the whole ---- */

static void
convert_security_advisory(PsConvert *convert, cJSON *document)
{
	add_fixed_versions(convert);
	if (is_security_advisory(convert))
		return;
	ps_convert_set(document, "category", "csaf_deprecated_security_advisory");
	ps_convert_warn(convert, "/document/category",
			_("The profile csaf_security_advisory of CSAF 2.1 asks for affected "
			  "products of each vulnerability, and for affected versions of each fixed "
			  "product; the document has them not everywhere and became a "
			  "csaf_deprecated_security_advisory."));
}

void
ps_convert_profile(PsConvert *convert)
{
	cJSON *document = cJSON_GetObjectItemCaseSensitive(convert->root, "document");
	const char *category = ps_json_text(document, "category");
	const char *title = ps_json_text(document, "title");

	if (category && g_str_equal(category, "csaf_security_advisory"))
		convert_security_advisory(convert, document);
	/* In other languages a title says nothing to us, but the category is as our own are. */
	gboolean english = is_english(ps_json_text(document, "lang"));
	for (gsize i = 0; i < G_N_ELEMENTS(recalls); i++)
		if ((english && title && g_str_has_prefix(title, recalls[i].word)) ||
		    (category && g_ascii_strcasecmp(category, recalls[i].word) == 0)) {
			try_recall(convert, document, i);
			return;
		}
}
