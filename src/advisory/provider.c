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
	if (!provider->url)
		return FALSE;
	provider->dir_2_1 = g_build_filename(provider->dir, "v2.1", NULL);
	provider->url_2_1 = g_strconcat(provider->url, ps_distribution_2_1.below, NULL);
	provider->place = (PsProviderPlace){provider->dir, provider->url, provider->publisher};
	provider->place_2_1 =
		(PsProviderPlace){provider->dir_2_1, provider->url_2_1, provider->publisher};
	return TRUE;
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
make_directory(const char *dir, GError **error)
{
	if (g_file_test(dir, G_FILE_TEST_IS_DIR))
		return TRUE;
	if (!ps_dir_make(dir, 0755, error))
		return FALSE;
	if (chmod(dir, 0755) == 0)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("The permissions of “%s” could not be set: %s."), dir, g_strerror(errno));
	return FALSE;
}

/* ---- versions of CSAF ---- */

const PsProviderPlace *
ps_provider_place(const PsProvider *provider, const PsDistribution *distribution)
{
	return distribution == &ps_distribution_2_1 ? &provider->place_2_1 : &provider->place;
}

int
ps_provider_distributions(PsProvider *provider, const PsDistribution **distributions)
{
	int count = 0;

	distributions[count++] = &ps_distribution_2_0;
	/* a tree that is there goes on being kept */
	if (ps_distribution_2_1_is_used(provider->store) ||
	    g_file_test(provider->dir_2_1, G_FILE_TEST_IS_DIR))
		distributions[count++] = &ps_distribution_2_1;
	return count;
}

static gboolean
recover_one(PsProvider *provider, const PsDistribution *distribution, GError **error)
{
	g_autoptr(PsPicture) picture = ps_picture_load(provider->store, distribution, error);
	const PsProviderPlace *place = ps_provider_place(provider, distribution);

	if (!picture || !make_directory(place->dir, error))
		return FALSE;
	for (int i = 0; i < picture->n_shelves; i++)
		if (!ps_folder_recover(place, &picture->shelf[i], error))
			return FALSE;
	return TRUE;
}

static gboolean
recover(PsProvider *provider, GError **error)
{
	const PsDistribution *distributions[PS_DISTRIBUTIONS];
	int count = ps_provider_distributions(provider, distributions);

	for (int i = 0; i < count; i++)
		if (!recover_one(provider, distributions[i], error))
			return FALSE;
	return TRUE;
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
		g_set_error_literal(error, PS_ERROR, PS_ERROR_IO,
				    _("The workspace is open for reading only; nothing can be "
				      "published from it."));
		return NULL;
	}
	if (!read_settings(provider, error) || !find_key(provider, error) ||
	    !make_directory(provider->dir, error) || !take_lock(provider, error) ||
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
	g_free(provider->dir_2_1);
	g_free(provider->url_2_1);
	g_free(provider->publisher);
	g_free(provider->signing_key);
	g_free(provider);
}

/* ---- folders ---- */

static gboolean
bring_folder(PsProvider *provider, const PsShelf *shelf, gboolean thorough, guint *changed,
	     GError **error)
{
	const PsProviderPlace *place = ps_provider_place(provider, shelf->distribution);
	g_autoptr(GError) problem = NULL;
	gboolean fine = thorough ? ps_folder_is_whole(provider->store, place, shelf,
						      provider->progress, &problem)
				 : ps_folder_is_current(place, shelf);

	if (fine)
		return TRUE;
	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (changed)
		(*changed)++;
	/* What is not current is not to be trusted either. */
	return ps_folder_stage(provider->store, place, shelf, TRUE,
			       provider->told ? provider->told->mended : NULL, provider->progress,
			       error) &&
	       ps_folder_swap(place, shelf, error) && ps_folder_recover(place, shelf, error);
}

gboolean
ps_provider_bring(PsProvider *provider, const PsPicture *picture, gboolean thorough, guint *changed,
		  GError **error)
{
	const PsProviderPlace *place = ps_provider_place(provider, picture->distribution);

	for (int i = 0; i < picture->n_shelves; i++) {
		if (!ps_shelf_is_shown(&picture->shelf[i], place->dir))
			continue;
		if (!bring_folder(provider, &picture->shelf[i], thorough, changed, error))
			return FALSE;
		if (provider->told)
			ps_folder_strangers(place, &picture->shelf[i], provider->told->strangers);
	}
	return TRUE;
}

/* ---- files of the head ---- */

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

gboolean
ps_provider_bring_all(PsProvider *provider, gboolean thorough, guint *changed, GError **error)
{
	const PsDistribution *distributions[PS_DISTRIBUTIONS];
	int count = ps_provider_distributions(provider, distributions);

	/* the metadata of 2.0 is the leading one, so it comes last */
	for (int i = count; i-- > 0;) {
		g_autoptr(PsPicture) picture =
			ps_picture_load(provider->store, distributions[i], error);
		if (!picture || !ps_provider_bring(provider, picture, thorough, changed, error) ||
		    !ps_provider_head(provider, picture, changed, error))
			return FALSE;
	}
	return TRUE;
}

void
ps_provider_told_clear(PsProviderTold *told)
{
	g_clear_pointer(&told->mended, g_ptr_array_unref);
	g_clear_pointer(&told->strangers, g_ptr_array_unref);
}

gboolean
ps_provider_sync_told(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress,
		      PsProviderTold *told, GError **error)
{
	*told = (PsProviderTold){0, g_ptr_array_new_with_free_func(g_free),
				 g_ptr_array_new_with_free_func(g_free)};
	g_autoptr(PsProvider) provider = ps_provider_open(store, openpgp, progress, error);
	if (!provider)
		return FALSE;
	provider->told = told;
	return ps_provider_bring_all(provider, TRUE, &told->changed, error);
}

gboolean
ps_provider_sync(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress, guint *changed,
		 GError **error)
{
	g_auto(PsProviderTold) told = {0};
	gboolean done = ps_provider_sync_told(store, openpgp, progress, &told, error);

	if (changed)
		*changed = told.changed;
	return done;
}
