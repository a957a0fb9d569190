#include "config.h"

#include "advisory/provider.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "advisory/item.h"
#include "advisory/provider-internal.h"
#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"

/* ---- settings ---- */

char *
ps_provider_dir(PsStore *store)
{
	g_autofree char *set = ps_store_config(store, "provider.dir");
	const char *dir = set && *set ? set : "provider";

	return g_path_is_absolute(dir) ? g_strdup(dir)
				       : g_build_filename(ps_store_dir(store), dir, NULL);
}

char *
ps_provider_signing_key(PsStore *store, GError **error)
{
	g_autofree char *set = ps_store_config(store, "provider.signing_key");

	if (set && *set)
		return g_steal_pointer(&set);
	const char *person = ps_store_person(store);
	g_autoptr(PsRecord) record = person ? ps_store_get(store, "person", person, NULL) : NULL;
	const char *own = record ? ps_record_text(record, "fingerprint") : NULL;
	if (own)
		return g_strdup(own);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY,
			    _("It is not set which key signs advisories; set it with “psirtdesk "
			      "config provider.signing_key FINGERPRINT”."));
	return NULL;
}

/* Each run of other characters than "+", "-", a-z, 0-9 becomes one "_"; the lower case first. */
char *
ps_provider_filename(const char *tracking_id)
{
	g_autofree char *lower = g_utf8_strdown(tracking_id ? tracking_id : "", -1);
	GString *name = g_string_new(NULL);

	for (const char *p = lower; *p; p++) {
		if (g_ascii_isalnum(*p) || *p == '+' || *p == '-')
			g_string_append_c(name, *p);
		else if (name->len == 0 || name->str[name->len - 1] != '_')
			g_string_append_c(name, '_');
	}
	g_string_append(name, ".json");
	return g_string_free(name, FALSE);
}

static char *
need_setting(PsStore *store, const char *key, const char *sentence, GError **error)
{
	g_autofree char *value = ps_store_config(store, key);

	if (value && *value)
		return g_steal_pointer(&value);
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED, _("%s Set it with “psirtdesk config %s …”."),
		    sentence, key);
	return NULL;
}

static char *
need_url(PsStore *store, GError **error)
{
	g_autofree char *url =
		need_setting(store, "provider.url",
			     _("The public web address of the provider directory is not known."),
			     error);

	if (!url)
		return NULL;
	if (!g_str_has_prefix(url, "https://")) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("The public address “%s” does not begin with https://; CSAF asks for "
			      "an encrypted connection. Change it with “psirtdesk config "
			      "provider.url …”."),
			    url);
		return NULL;
	}
	return g_strconcat(url, g_str_has_suffix(url, "/") ? "" : "/", NULL);
}

static gboolean
read_settings(PsProvider *provider, GError **error)
{
	PsStore *store = provider->store;

	provider->dir = ps_provider_dir(store);
	provider->publisher = need_setting(store, "org.name",
					   _("The name of the publisher is not known."), error);
	g_autofree char *space =
		provider->publisher
			? need_setting(store, "org.namespace",
				       _("The web address that identifies the publisher is not "
					 "known."),
				       error)
			: NULL;
	provider->url = space ? need_url(store, error) : NULL;
	provider->place = (PsProviderPlace){provider->dir, provider->url, provider->publisher};
	return provider->url != NULL;
}

/* The setting may be a key id or an address; what follows wants the fingerprint. */
static gboolean
find_key(PsProvider *provider, GError **error)
{
	g_autofree char *set = ps_provider_signing_key(provider->store, error);
	g_autoptr(PsKey) key = set ? ps_openpgp_find_key(provider->openpgp, set, error) : NULL;

	provider->signing_key = key ? g_strdup(key->fingerprint) : NULL;
	return key != NULL;
}

/* ---- one at a time ---- */

int
ps_provider_lock(PsStore *store, const char *dir, GError **error)
{
	g_autofree char *path = g_build_filename(ps_store_dir(store), "provider.lock", NULL);
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);

	if (lock < 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be opened: %s."), path,
			    g_strerror(errno));
		return -1;
	}
	if (flock(lock, LOCK_EX | LOCK_NB) == 0)
		return lock;
	close(lock);
	g_set_error(error, PS_ERROR, PS_ERROR_BUSY,
		    _("Somebody else is publishing to “%s” right now; try again in a moment."),
		    dir);
	return -1;
}

void
ps_provider_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}

static gboolean
take_lock(PsProvider *provider, GError **error)
{
	provider->lock = ps_provider_lock(provider->store, provider->dir, error);
	return provider->lock >= 0;
}

static gboolean
make_directory(PsProvider *provider, GError **error)
{
	if (g_file_test(provider->dir, G_FILE_TEST_IS_DIR))
		return TRUE;
	if (!ps_dir_make(provider->dir, 0755, error))
		return FALSE;
	if (chmod(provider->dir, 0755) == 0)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("The permissions of “%s” could not be set: %s."), provider->dir,
		    g_strerror(errno));
	return FALSE;
}

static gboolean
recover(PsProvider *provider, GError **error)
{
	g_autoptr(PsPicture) picture = ps_picture_load(provider->store, error);

	for (int i = 0; picture && i < PS_SHELVES; i++)
		if (!ps_folder_recover(&provider->place, &picture->shelf[i], error))
			return FALSE;
	return picture != NULL;
}

PsProvider *
ps_provider_open(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress, GError **error)
{
	g_autoptr(PsProvider) provider = g_new0(PsProvider, 1);

	provider->store = store;
	provider->openpgp = openpgp;
	provider->progress = progress;
	provider->lock = -1;
	if (ps_store_is_readonly(store)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("The workspace is open for reading only; nothing can be "
				      "published from it."));
		return NULL;
	}
	if (!read_settings(provider, error) || !find_key(provider, error) ||
	    !make_directory(provider, error) || !take_lock(provider, error) ||
	    !recover(provider, error))
		return NULL;
	return g_steal_pointer(&provider);
}

void
ps_provider_close(PsProvider *provider)
{
	if (!provider)
		return;
	ps_provider_unlock(provider->lock);
	g_free(provider->dir);
	g_free(provider->url);
	g_free(provider->publisher);
	g_free(provider->signing_key);
	g_free(provider);
}

/* ---- folders ---- */

static gboolean
bring_folder(PsProvider *provider, const PsShelf *shelf, gboolean thorough, guint *changed,
	     GError **error)
{
	g_autoptr(GError) problem = NULL;
	gboolean fine = thorough ? ps_folder_is_whole(provider->store, &provider->place, shelf,
						      provider->progress, &problem)
				 : ps_folder_is_current(&provider->place, shelf);

	if (fine)
		return TRUE;
	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (changed)
		(*changed)++;
	/* What is not current is not to be trusted either. */
	return ps_folder_stage(provider->store, &provider->place, shelf, TRUE, provider->progress,
			       error) &&
	       ps_folder_swap(&provider->place, shelf, error) &&
	       ps_folder_recover(&provider->place, shelf, error);
}

gboolean
ps_provider_bring(PsProvider *provider, const PsPicture *picture, gboolean thorough, guint *changed,
		  GError **error)
{
	for (int i = 0; i < PS_SHELVES; i++)
		if (ps_shelf_is_shown(&picture->shelf[i], provider->dir) &&
		    !bring_folder(provider, &picture->shelf[i], thorough, changed, error))
			return FALSE;
	return TRUE;
}

/* ---- the head: metadata and keys ---- */

/* Folders between the directory and the file are for everybody, as the file is. */
static gboolean
make_folders(PsProvider *provider, const char *name, GError **error)
{
	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
		g_autofree char *below = g_strndup(name, (gsize)(slash - name));
		g_autofree char *dir = g_build_filename(provider->dir, below, NULL);
		if (!ps_dir_make(dir, 0755, error))
			return FALSE;
		if (chmod(dir, 0755) != 0 && errno != EPERM) {
			g_set_error(error, PS_ERROR, PS_ERROR_IO,
				    _("The permissions of “%s” could not be set: %s."), dir,
				    g_strerror(errno));
			return FALSE;
		}
	}
	return TRUE;
}

gboolean
ps_provider_write(PsProvider *provider, const char *name, const void *data, gsize length,
		  guint *changed, GError **error)
{
	g_autofree char *path = g_build_filename(provider->dir, name, NULL);
	g_autofree char *there = NULL;
	gsize size;

	if (g_file_get_contents(path, &there, &size, NULL) && size == length &&
	    memcmp(there, data, length) == 0)
		return TRUE;
	if (changed)
		(*changed)++;
	return make_folders(provider, name, error) &&
	       ps_file_write(path, data, (gssize)length, 0644, error);
}

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

static cJSON *
build_feeds(const PsProvider *provider, const PsPicture *picture)
{
	cJSON *feeds = cJSON_CreateArray();

	for (int i = 0; i < PS_SHELVES; i++) {
		const PsShelf *shelf = &picture->shelf[i];
		if (!ps_shelf_is_shown(shelf, provider->dir))
			continue;
		cJSON *feed = cJSON_CreateObject();
		g_autofree char *name = ps_shelf_feed_name(shelf);
		g_autofree char *url =
			g_strdup_printf("%s%s/%s", provider->url, shelf->folder, name);
		g_autofree char *summary = g_strdup_printf("TLP:%s advisories of %s.", shelf->label,
							   provider->publisher);
		cJSON_AddStringToObject(feed, "summary", summary);
		cJSON_AddStringToObject(feed, "tlp_label", shelf->label);
		cJSON_AddStringToObject(feed, "url", url);
		cJSON_AddItemToArray(feeds, feed);
	}
	return feeds;
}

static cJSON *
build_distributions(const PsProvider *provider, const PsPicture *picture)
{
	cJSON *list = cJSON_CreateArray();
	cJSON *rolie = cJSON_CreateObject();

	for (int i = 0; i < PS_SHELVES; i++) {
		const PsShelf *shelf = &picture->shelf[i];
		if (!ps_shelf_is_shown(shelf, provider->dir))
			continue;
		g_autofree char *url = g_strdup_printf("%s%s/", provider->url, shelf->folder);
		cJSON *directory = cJSON_CreateObject();
		cJSON_AddStringToObject(directory, "directory_url", url);
		cJSON_AddItemToArray(list, directory);
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
	cJSON *root = cJSON_CreateObject();
	g_autofree char *canonical = g_strconcat(provider->url, "provider-metadata.json", NULL);

	cJSON_AddStringToObject(root, "canonical_url", canonical);
	cJSON_AddItemToObject(root, "distributions", build_distributions(provider, picture));
	put_yes_no(root, "list_on_CSAF_aggregators", store, "provider.list");
	cJSON_AddStringToObject(root, "metadata_version", "2.0");
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
put_last_updated(PsProvider *provider, cJSON *metadata, gint64 newest)
{
	g_autofree char *path = g_build_filename(provider->dir, "provider-metadata.json", NULL);
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

gboolean
ps_provider_head(PsProvider *provider, const PsPicture *picture, guint *changed, GError **error)
{
	g_autoptr(GPtrArray) keys = write_keys(provider, picture, changed, error);

	if (!keys)
		return FALSE;
	g_autoptr(cJSON) metadata = build_metadata(provider, picture, keys);
	ps_sort_members(metadata);
	put_last_updated(provider, metadata, picture->newest);
	g_autofree char *text = ps_json_print_pretty(metadata);
	return ps_provider_site(provider, picture, text, changed, error) &&
	       ps_provider_write(provider, "provider-metadata.json", text, strlen(text), changed,
				 error);
}

gboolean
ps_provider_sync(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress, guint *changed,
		 GError **error)
{
	g_autoptr(PsProvider) provider = ps_provider_open(store, openpgp, progress, error);
	g_autoptr(PsPicture) picture = provider ? ps_picture_load(store, error) : NULL;

	if (changed)
		*changed = 0;
	return picture && ps_provider_bring(provider, picture, TRUE, changed, error) &&
	       ps_provider_head(provider, picture, changed, error);
}
