#include "config.h"

/* provider-metadata.json (CSAF 2.0 and 2.1 section 7.1.7) and the public keys that it names. */

#include "advisory/provider-internal.h"

#include <string.h>

#include "advisory/item.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"

static gboolean
write_key(PsProvider *provider, const char *fingerprint, guint *changed, GError **error)
{
	/* It becomes a file name, and may come from a database that others write to. */
	if (strspn(fingerprint, "0123456789ABCDEF") != strlen(fingerprint))
		return FALSE;
	g_autofree char *name = g_strdup_printf("openpgp/%s.asc", fingerprint);
	g_autoptr(GBytes) key = ps_openpgp_export(provider->openpgp, fingerprint, error);

	if (!key)
		return FALSE;
	gsize length;
	const void *data = g_bytes_get_data(key, &length);
	return ps_provider_write(provider, name, data, length, changed, error);
}

/* The key that signs now, and those that current versions were signed with. An old key that is not
 * here any more keeps the file that was written when it was used. */
static GPtrArray *
write_keys(PsProvider *provider, const PsPicture *picture, guint *changed, GError **error)
{
	g_autoptr(GPtrArray) fingerprints = g_ptr_array_new();

	for (guint i = 0; i < picture->signers->len; i++) {
		const char *signer = picture->signers->pdata[i];
		if (!g_str_equal(signer, provider->signing_key))
			g_ptr_array_add(fingerprints, (gpointer)signer);
	}
	for (guint i = 0; i < fingerprints->len; i++)
		write_key(provider, fingerprints->pdata[i], changed, NULL);
	g_ptr_array_add(fingerprints, provider->signing_key);
	if (!write_key(provider, provider->signing_key, changed, error))
		return NULL;
	return g_steal_pointer(&fingerprints);
}

/* Where the tree of a picture is seen, and where it lies. */
static const PsProviderPlace *
place_of(const PsProvider *provider, const PsPicture *picture)
{
	return ps_provider_place(provider, picture->distribution);
}

static void
put_feed_date(cJSON *feed, const PsProviderPlace *place, const PsShelf *shelf, const char *name)
{
	g_autofree char *path = g_build_filename(place->dir, shelf->folder, name, NULL);
	g_autoptr(cJSON) there = ps_json_read_file(path, NULL, NULL);
	const char *updated = ps_json_text(ps_json_at(there, "/feed"), "updated");

	if (updated)
		cJSON_AddStringToObject(feed, "last_updated", updated);
	else
		ps_put_time(feed, "last_updated", ps_now_ms());
}

static cJSON *
build_feeds(const PsProvider *provider, const PsPicture *picture)
{
	const PsProviderPlace *place = place_of(provider, picture);
	cJSON *feeds = cJSON_CreateArray();

	for (int i = 0; i < picture->n_shelves; i++) {
		const PsShelf *shelf = &picture->shelf[i];
		if (!ps_shelf_is_shown(shelf, place->dir))
			continue;
		cJSON *feed = cJSON_CreateObject();
		g_autofree char *name = ps_shelf_feed_name(shelf);
		g_autofree char *url = g_strdup_printf("%s%s/%s", place->url, shelf->folder, name);
		g_autofree char *summary = g_strdup_printf("TLP:%s advisories of %s.", shelf->label,
							   provider->publisher);
		cJSON_AddStringToObject(feed, "summary", summary);
		cJSON_AddStringToObject(feed, "tlp_label", shelf->label);
		cJSON_AddStringToObject(feed, "url", url);
		/* CSAF 2.1 asks when each feed changed last; an empty one since it exists */
		if (picture->distribution->metadata)
			put_feed_date(feed, place, shelf, name);
		cJSON_AddItemToArray(feeds, feed);
	}
	return feeds;
}

static cJSON *
build_directory(const PsPicture *picture, const PsShelf *shelf, const char *url)
{
	cJSON *item = cJSON_CreateObject();

	if (!picture->distribution->metadata) {
		cJSON_AddStringToObject(item, "directory_url", url);
		return item;
	}
	cJSON *directory = cJSON_AddObjectToObject(item, "directory");
	cJSON_AddStringToObject(directory, "tlp_label", shelf->label);
	cJSON_AddStringToObject(directory, "url", url);
	return item;
}

static cJSON *
build_distributions(const PsProvider *provider, const PsPicture *picture)
{
	const PsProviderPlace *place = place_of(provider, picture);
	cJSON *list = cJSON_CreateArray();
	cJSON *rolie = cJSON_CreateObject();

	for (int i = 0; i < picture->n_shelves; i++) {
		const PsShelf *shelf = &picture->shelf[i];
		if (!ps_shelf_is_shown(shelf, place->dir))
			continue;
		g_autofree char *url = g_strdup_printf("%s%s/", place->url, shelf->folder);
		cJSON_AddItemToArray(list, build_directory(picture, shelf, url));
	}
	cJSON_AddItemToObject(cJSON_AddObjectToObject(rolie, "rolie"), "feeds",
			      build_feeds(provider, picture));
	cJSON_AddItemToArray(list, rolie);
	return list;
}

static void
put_setting(cJSON *object, const char *name, PsStore *store, const char *key)
{
	g_autofree char *value = ps_store_config(store, key);

	ps_put_text(object, name, value);
}

static void
put_yes_no(cJSON *object, const char *name, PsStore *store, const char *key)
{
	g_autofree char *value = ps_store_config(store, key);

	cJSON_AddBoolToObject(object, name, g_strcmp0(value, "no") != 0);
}

static cJSON *
build_metadata(const PsProvider *provider, const PsPicture *picture, GPtrArray *fingerprints)
{
	PsStore *store = provider->store;
	const PsDistribution *distribution = picture->distribution;
	cJSON *root = cJSON_CreateObject();
	g_autofree char *name = ps_provider_metadata_name(provider, distribution);
	g_autofree char *canonical = g_strconcat(provider->url, name, NULL);

	if (distribution->metadata)
		cJSON_AddStringToObject(root, "$schema", distribution->metadata);
	cJSON_AddStringToObject(root, "canonical_url", canonical);
	cJSON_AddItemToObject(root, "distributions", build_distributions(provider, picture));
	put_yes_no(root, "list_on_CSAF_aggregators", store, "provider.list");
	cJSON_AddStringToObject(root, "metadata_version", distribution->version);
	put_yes_no(root, "mirror_on_CSAF_aggregators", store, "provider.mirror");
	cJSON *keys = cJSON_AddArrayToObject(root, "public_openpgp_keys");
	for (guint i = 0; i < fingerprints->len; i++) {
		const char *fingerprint = fingerprints->pdata[i];
		g_autofree char *url =
			g_strdup_printf("%sopenpgp/%s.asc", provider->url, fingerprint);
		cJSON *key = cJSON_CreateObject();
		cJSON_AddStringToObject(key, "fingerprint", fingerprint);
		cJSON_AddStringToObject(key, "url", url);
		cJSON_AddItemToArray(keys, key);
	}
	cJSON *publisher = cJSON_AddObjectToObject(root, "publisher");
	put_setting(publisher, "category", store, "org.category");
	put_setting(publisher, "contact_details", store, "org.contact");
	put_setting(publisher, "issuing_authority", store, "org.authority");
	put_setting(publisher, "name", store, "org.name");
	put_setting(publisher, "namespace", store, "org.namespace");
	cJSON_AddStringToObject(root, "role", "csaf_trusted_provider");
	return root;
}

/* Its date moves when something of it, or something that is published, does. */
static void
put_last_updated(PsProvider *provider, const char *name, cJSON *metadata, gint64 newest)
{
	g_autofree char *path = g_build_filename(provider->dir, name, NULL);
	g_autoptr(cJSON) there = ps_json_read_file(path, NULL, NULL);
	gint64 then = PS_NO_TIME;

	if (there && ps_utc_parse(ps_json_text(there, "last_updated") ?: "", &then, NULL)) {
		cJSON_DeleteItemFromObjectCaseSensitive(there, "last_updated");
		ps_sort_members(there);
		g_autofree char *old = ps_json_print(there), *new = ps_json_print(metadata);
		if (!g_str_equal(old, new) || newest > then)
			then = PS_NO_TIME;
	}
	ps_put_time(metadata, "last_updated", then != PS_NO_TIME ? then : MAX(newest, ps_now_ms()));
	ps_sort_members(metadata);
}

char *
ps_provider_metadata_name(const PsProvider *provider, const PsDistribution *distribution)
{
	const PsDistribution *used[PS_DISTRIBUTIONS];
	gboolean both = ps_provider_distributions((PsProvider *)provider, used) > 1;

	/* CSAF 2.1 section 7.4.2: side by side, each has its address */
	return both ? g_strdup_printf("v%s/provider-metadata.json", distribution->version)
		    : g_strdup("provider-metadata.json");
}

/* The leading metadata is that of 2.0: it stands at the well-known address too. */
static gboolean
write_leading(PsProvider *provider, const PsPicture *picture, const char *text, guint *changed,
	      GError **error)
{
	return ps_provider_site(provider, picture, text, changed, error) &&
	       ps_provider_write(provider, "provider-metadata.json", text, strlen(text), changed,
				 error);
}

gboolean
ps_provider_head(PsProvider *provider, const PsPicture *picture, guint *changed, GError **error)
{
	g_autoptr(GPtrArray) keys = write_keys(provider, picture, changed, error);
	g_autofree char *name = ps_provider_metadata_name(provider, picture->distribution);
	g_autofree char *well_known = g_strconcat(".well-known/csaf/", name, NULL);

	if (!keys)
		return FALSE;
	g_autoptr(cJSON) metadata = build_metadata(provider, picture, keys);
	ps_sort_members(metadata);
	put_last_updated(provider, name, metadata, picture->newest);
	g_autofree char *text = ps_json_print_pretty(metadata);
	return ps_provider_write(provider, name, text, strlen(text), changed, error) &&
	       ps_provider_write(provider, well_known, text, strlen(text), changed, error) &&
	       (picture->distribution != &ps_distribution_2_0 ||
		write_leading(provider, picture, text, changed, error));
}
