#include "config.h"

#include "registry/own-product.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "registry/registry.h"

void
ps_own_product_clear(PsOwnProduct *product)
{
	g_clear_pointer(&product->release, g_free);
	g_clear_pointer(&product->relationship, g_free);
}

/* ---- labels ---- */

/* CSAF 2.0 section 3.2.2.4.1: how the one is used with the other. */
static const struct {
	const char *category, *whole, *with; /* N_() */
} phrases[] = {
	{"installed_on", N_("%s installed on %s"), N_("on %s")},
	{"installed_with", N_("%s installed with %s"), N_("with %s")},
	{"default_component_of", N_("%s as a default component of %s"),
	 N_("default component of %s")},
	{"optional_component_of", N_("%s as an optional component of %s"),
	 N_("optional component of %s")},
	{"external_component_of", N_("%s as an external component of %s"),
	 N_("external component of %s")},
};

static gsize
phrase_of(const PsRecord *relationship)
{
	const char *category = ps_record_text(relationship, "category");

	for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++)
		if (g_strcmp0(phrases[i].category, category) == 0)
			return i;
	return 0;
}

static char *
release_label(PsStore *store, const char *id)
{
	char *label = id ? ps_release_label(store, id, NULL) : NULL;

	return label ? label : g_strdup(id ? id : "?");
}

char *
ps_combination_label(PsStore *store, const PsRecord *relationship)
{
	const char *name = ps_record_text(relationship, "name");

	if (name)
		return g_strdup(name);
	g_autofree char *one = release_label(store, ps_record_text(relationship, "release"));
	g_autofree char *other = release_label(store, ps_record_text(relationship, "relates_to"));
	return g_strdup_printf(_(phrases[phrase_of(relationship)].whole), one, other);
}

char *
ps_combination_short(PsStore *store, const PsRecord *relationship)
{
	g_autofree char *other = release_label(store, ps_record_text(relationship, "relates_to"));

	return g_strdup_printf(_(phrases[phrase_of(relationship)].with), other);
}

char *
ps_own_product_label(PsStore *store, const char *id)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "relationship", id, NULL);

	return record ? ps_combination_label(store, record) : release_label(store, id);
}

/* "Firmware 2.3"; the id where there is no such release. */
static char *
release_brief(PsStore *store, const char *id)
{
	g_autoptr(PsRecord) release = id ? ps_store_get(store, "release", id, NULL) : NULL;
	g_autoptr(PsRecord) product =
		release ? ps_store_get(store, "product", ps_record_text(release, "product"), NULL)
			: NULL;

	if (!product)
		return g_strdup(id ? id : "?");
	return g_strdup_printf("%s %s", ps_record_text(product, "name"),
			       ps_record_text(release, "version"));
}

char *
ps_own_product_brief(PsStore *store, const char *id)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "relationship", id, NULL);

	if (!record)
		return release_brief(store, id);
	g_autofree char *one = release_brief(store, ps_record_text(record, "release"));
	g_autofree char *other = release_brief(store, ps_record_text(record, "relates_to"));
	g_autofree char *rest = g_strdup_printf(_(phrases[phrase_of(record)].with), other);
	return g_strdup_printf("%s %s", one, rest);
}

const char *
ps_own_product_of(const PsRecord *record)
{
	const char *relationship = ps_record_text(record, "relationship");

	return relationship ? relationship : ps_record_text(record, "release");
}

/* ---- finding ---- */

static gboolean
take_relationship(PsStore *store, const char *id, PsOwnProduct *found, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "relationship", id, error);

	if (!record)
		return FALSE;
	found->relationship = g_strdup(ps_record_id(record));
	found->release = g_strdup(ps_record_text(record, "release"));
	return TRUE;
}

/* FALSE without an error: it is no id of that kind. */
static gboolean
resolve(PsStore *store, const char *kind, const char *text, char **id, GError **error)
{
	g_autoptr(GError) wrong = NULL;

	*id = ps_store_resolve(store, kind, text, &wrong);
	if (!*id && !g_error_matches(wrong, PS_ERROR, PS_ERROR_NOT_FOUND))
		g_propagate_error(error, g_steal_pointer(&wrong));
	return *id != NULL;
}

static gboolean
find_by_id(PsStore *store, const char *text, PsOwnProduct *found, GError **error)
{
	g_autoptr(GError) wrong = NULL;
	g_autofree char *id = NULL;

	if (resolve(store, "release", text, &found->release, &wrong))
		return TRUE;
	if (!wrong && resolve(store, "relationship", text, &id, &wrong))
		return take_relationship(store, id, found, error);
	if (wrong)
		g_propagate_error(error, g_steal_pointer(&wrong));
	return FALSE;
}

static gboolean
find_by_name(PsStore *store, const char *text, PsOwnProduct *found, GError **error)
{
	const char *filters[] = {"name", text, NULL};
	g_autoptr(GPtrArray) named =
		ps_store_list(store,
			      &(PsQuery){.kind = "relationship", .filters = filters, .limit = 2},
			      error);

	return named && named->len == 1 &&
	       take_relationship(store, ps_record_id(named->pdata[0]), found, error);
}

/* Words that fit exactly one release. FALSE without an error: none. */
static gboolean
find_by_words(PsStore *store, const char *text, PsOwnProduct *found, GError **error)
{
	g_autoptr(GPtrArray) releases =
		ps_registry_find(store, PS_FIND_RELEASES, text, 0, 2, error);

	if (!releases || releases->len == 0)
		return FALSE;
	if (releases->len == 1) {
		found->release = g_strdup(((PsFound *)releases->pdata[0])->id);
		return TRUE;
	}
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    _("“%s” fits more than one release: give its id; “psirtdesk list release” "
		      "shows them."),
		    text);
	return FALSE;
}

/* ---- two with “+” between them ---- */

static gboolean
joins(const PsRecord *relationship, const char *one, const char *other)
{
	return g_strcmp0(ps_record_text(relationship, "release"), one) == 0 &&
	       g_strcmp0(ps_record_text(relationship, "relates_to"), other) == 0;
}

/* The same two in the same way may have been entered twice: the first one counts, as it does in
 * documents. */
static guint
count_joining(PsStore *store, const char *one, const char *other, char **id, GError **error)
{
	g_autoptr(GPtrArray) all = ps_store_children(store, "relationship", one, error);
	g_autoptr(GHashTable) ways = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; all && i < all->len; i++)
		if (joins(all->pdata[i], one, other) &&
		    g_hash_table_add(ways, (gpointer)ps_record_text(all->pdata[i], "category")) &&
		    !*id)
			*id = g_strdup(ps_record_id(all->pdata[i]));
	return g_hash_table_size(ways);
}

static gboolean
find_joined(PsStore *store, const char *one, const char *other, PsOwnProduct *found, GError **error)
{
	g_autoptr(GError) wrong = NULL;
	g_autofree char *id = NULL;
	guint count = count_joining(store, one, other, &id, &wrong);

	if (!wrong)
		count += count_joining(store, other, one, &id, &wrong);
	if (wrong) {
		g_propagate_error(error, g_steal_pointer(&wrong));
		return FALSE;
	}
	if (count == 1)
		return take_relationship(store, id, found, error);
	g_autofree char *first = release_label(store, one), *second = release_label(store, other);
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    count ? _("“%s” and “%s” are combined in more than one way: give the id of the "
			      "combination; “psirtdesk list relationship” shows them.")
			  : _("The registry has no combination of “%s” and “%s”: make it with "
			      "“psirtdesk new relationship release=… category=installed_on "
			      "relates_to=…”."),
		    first, second);
	return FALSE;
}

/* One of the two halves: a release, not a combination. */
static gboolean
find_half(PsStore *store, const char *text, char **release, GError **error)
{
	g_auto(PsOwnProduct) found = {NULL, NULL};

	if (!*text || (!find_by_id(store, text, &found, error) && !(error && *error) &&
		       !find_by_words(store, text, &found, error)))
		return FALSE;
	*release = found.relationship ? NULL : g_steal_pointer(&found.release);
	return *release != NULL;
}

/* A version may hold a “+” itself (semver), so each place is tried. */
static gboolean
find_combination(PsStore *store, const char *text, PsOwnProduct *found, GError **error)
{
	for (const char *plus = strchr(text, '+'); plus; plus = strchr(plus + 1, '+')) {
		g_autoptr(GError) wrong = NULL;
		g_autofree char *left = g_strstrip(g_strndup(text, (gsize)(plus - text)));
		g_autofree char *right = g_strstrip(g_strdup(plus + 1));
		g_autofree char *one = NULL, *other = NULL;
		if (find_half(store, left, &one, &wrong) && find_half(store, right, &other, &wrong))
			return find_joined(store, one, other, found, error);
		/* the last place tells */
		if (wrong && !strchr(plus + 1, '+')) {
			g_propagate_error(error, g_steal_pointer(&wrong));
			return FALSE;
		}
	}
	return FALSE;
}

gboolean
ps_own_product_find(PsStore *store, const char *text, PsOwnProduct *found, GError **error)
{
	static gboolean (*const ways[])(PsStore * store, const char *text, PsOwnProduct *found,
					GError **error) = {find_by_id, find_by_name, find_by_words,
							   find_combination};

	*found = (PsOwnProduct){NULL, NULL};
	for (gsize i = 0; i < G_N_ELEMENTS(ways) && *text; i++) {
		g_autoptr(GError) wrong = NULL;
		if (ways[i](store, text, found, &wrong))
			return TRUE;
		ps_own_product_clear(found);
		if (wrong) {
			g_propagate_error(error, g_steal_pointer(&wrong));
			return FALSE;
		}
	}
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    _("There is no release or combination “%s”; “psirtdesk list release” and "
		      "“psirtdesk list relationship” show them."),
		    text);
	return FALSE;
}
