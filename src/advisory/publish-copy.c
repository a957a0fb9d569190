#include "config.h"

#include "advisory/publish-copy.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

gboolean
ps_copy_open(PsCopy *copy, PsProvider *provider, const PsDistribution *distribution, GError **error)
{
	copy->distribution = distribution;
	copy->place = ps_provider_place(provider, distribution);
	copy->picture = ps_picture_load(provider->store, distribution, error);
	return copy->picture != NULL;
}

void
ps_copy_clear(PsCopy *copy)
{
	g_free(copy->path);
	g_clear_pointer(&copy->bytes, g_bytes_unref);
	g_clear_pointer(&copy->asc, g_bytes_unref);
	ps_picture_free(copy->picture);
}

void
ps_copy_fill(PsCopy *copy, const char *folder_label, const char *name, char *text)
{
	g_autofree char *folder = g_ascii_strdown(folder_label, -1);

	copy->path = g_strdup_printf("%s/%s", folder, name);
	copy->bytes = g_bytes_new_take(text, strlen(text));
}

static char *
folder_of(const PsCopy *copy)
{
	return g_strndup(copy->path, strcspn(copy->path, "/"));
}

PsShelf *
ps_copy_shelf(const PsCopy *copy)
{
	g_autofree char *folder = folder_of(copy);

	return ps_picture_shelf(copy->picture, folder);
}

gboolean
ps_copy_check_path(const PsCopy *copy, const char *advisory, gboolean published, GError **error)
{
	const char *below = strchr(copy->path, '/') + 1;

	for (int i = 0; i < copy->picture->n_shelves; i++) {
		GPtrArray *entries = copy->picture->shelf[i].entries;
		for (guint j = 0; j < entries->len; j++) {
			const PsEntry *entry = entries->pdata[j];
			if (!g_str_equal(entry->path, below) ||
			    g_str_equal(entry->advisory, advisory))
				continue;
			g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
				    _("Another advisory is published as “%s” already; two tracking "
				      "ids that differ in signs only share a file name."),
				    copy->path);
			return FALSE;
		}
	}
	g_autofree char *file = g_build_filename(copy->place->dir, copy->path, NULL);
	if (published || !g_file_test(file, G_FILE_TEST_EXISTS))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
		    _("“%s” is there already, and was not published by this workspace. Look at it, "
		      "and move it away."),
		    file);
	return FALSE;
}

gboolean
ps_copy_sign(PsCopy *copy, PsProvider *provider, GError **error)
{
	copy->asc = ps_openpgp_sign(provider->openpgp, copy->bytes, provider->signing_key,
				    PS_SIGN_DETACHED, error);
	return copy->asc != NULL;
}

gboolean
ps_copy_stage(PsCopy *copy, PsProvider *provider, const char *advisory, gint64 first,
	      gint64 current, GError **error)
{
	g_autofree char *folder = folder_of(copy);
	PsEntry *entry = g_new0(PsEntry, 1);

	entry->advisory = g_strdup(advisory);
	entry->path = g_strdup(strchr(copy->path, '/') + 1);
	entry->first = first;
	entry->current = current;
	entry->bytes = g_bytes_ref(copy->bytes);
	entry->asc = g_bytes_ref(copy->asc);
	entry->signer = g_strdup(provider->signing_key);
	ps_picture_add(copy->picture, folder, entry);
	return ps_folder_stage(provider->store, copy->place, ps_copy_shelf(copy), FALSE, NULL,
			       provider->progress, error);
}

static void
add_pair(GPtrArray *pairs, const char *field, const char *value)
{
	g_ptr_array_add(pairs, g_strdup(field));
	g_ptr_array_add(pairs, g_strdup(value));
}

gboolean
ps_copy_note(const PsCopy *copy, PsTxn *txn, GPtrArray *pairs, GError **error)
{
	gboolean sealed = !ps_copy_shelf(copy)->open;
	g_autofree char *document =
		ps_txn_add_document(txn, copy->bytes, "application/json", sealed, error);
	g_autofree char *signature =
		document ? ps_txn_add_document(txn, copy->asc, "application/pgp-signature", sealed,
					       error)
			 : NULL;

	if (!signature)
		return FALSE;
	add_pair(pairs, copy->distribution->path, copy->path);
	add_pair(pairs, copy->distribution->document, document);
	add_pair(pairs, copy->distribution->signature, signature);
	return TRUE;
}

gboolean
ps_copy_swap(const PsCopy *copy, GError **error)
{
	return ps_folder_swap(copy->place, ps_copy_shelf(copy), error);
}

gboolean
ps_copy_recover(const PsCopy *copy, GError **error)
{
	return ps_folder_recover(copy->place, ps_copy_shelf(copy), error);
}
