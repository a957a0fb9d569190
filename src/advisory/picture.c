#include "config.h"

#include "advisory/picture.h"

#include <string.h>

#include "base/error.h"
#include "base/utc.h"

struct PsShelfKind {
	const char *label, *folder;
	gboolean open;
};

static const struct PsShelfKind kinds_2_0[] = {
	{"WHITE", "white", TRUE},
	{"GREEN", "green", FALSE},
	{"AMBER", "amber", FALSE},
	{"RED", "red", FALSE},
};

static const struct PsShelfKind kinds_2_1[] = {
	{"CLEAR", "clear", TRUE},  {"GREEN", "green", FALSE},
	{"AMBER", "amber", FALSE}, {"AMBER+STRICT", "amber+strict", FALSE},
	{"RED", "red", FALSE},
};

const PsDistribution ps_distribution_2_0 = {
	.version = "2.0",
	.below = "",
	.schema = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json",
	.path = "path",
	.document = "document",
	.signature = "signature",
	.quoted = TRUE,
	.kinds = kinds_2_0,
	.n_kinds = G_N_ELEMENTS(kinds_2_0),
};

const PsDistribution ps_distribution_2_1 = {
	.version = "2.1",
	.below = "v2.1/",
	.schema = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json",
	.metadata = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/provider.json",
	.path = "path_2_1",
	.document = "document_2_1",
	.signature = "signature_2_1",
	.kinds = kinds_2_1,
	.n_kinds = G_N_ELEMENTS(kinds_2_1),
};

gboolean
ps_distribution_2_1_is_used(PsStore *store)
{
	g_autofree char *used = ps_store_config(store, "provider.csaf_2_1");

	return g_strcmp0(used, "yes") == 0;
}

void
ps_entry_free(PsEntry *entry)
{
	if (!entry)
		return;
	g_free(entry->advisory);
	g_free(entry->path);
	g_free(entry->document);
	g_free(entry->signature);
	g_clear_pointer(&entry->bytes, g_bytes_unref);
	g_clear_pointer(&entry->asc, g_bytes_unref);
	g_free(entry->signer);
	g_free(entry);
}

static PsPicture *
picture_new(const PsDistribution *distribution)
{
	PsPicture *picture = g_new0(PsPicture, 1);

	picture->distribution = distribution;
	picture->n_shelves = distribution->n_kinds;
	for (int i = 0; i < picture->n_shelves; i++) {
		PsShelf *shelf = &picture->shelf[i];
		shelf->distribution = distribution;
		shelf->label = distribution->kinds[i].label;
		shelf->folder = distribution->kinds[i].folder;
		shelf->open = distribution->kinds[i].open;
		shelf->entries = g_ptr_array_new_with_free_func((GDestroyNotify)ps_entry_free);
		shelf->gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		shelf->rewrite = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	}
	picture->signers = g_ptr_array_new_with_free_func(g_free);
	return picture;
}

void
ps_picture_free(PsPicture *picture)
{
	if (!picture)
		return;
	for (int i = 0; i < picture->n_shelves; i++) {
		g_ptr_array_unref(picture->shelf[i].entries);
		g_hash_table_unref(picture->shelf[i].gone);
		g_hash_table_unref(picture->shelf[i].rewrite);
	}
	g_ptr_array_unref(picture->signers);
	g_free(picture);
}

gboolean
ps_folder_is_restricted(const char *folder)
{
	static const PsDistribution *const all[] = {&ps_distribution_2_0, &ps_distribution_2_1};

	for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
		for (int j = 0; j < all[i]->n_kinds; j++)
			if (g_str_equal(all[i]->kinds[j].folder, folder))
				return !all[i]->kinds[j].open;
	return FALSE;
}

gboolean
ps_shelf_is_shown(const PsShelf *shelf, const char *dir)
{
	g_autofree char *path = g_build_filename(dir, shelf->folder, NULL);

	return shelf->open || shelf->entries->len > 0 || g_file_test(path, G_FILE_TEST_IS_DIR);
}

PsShelf *
ps_picture_shelf(PsPicture *picture, const char *folder)
{
	for (int i = 0; i < picture->n_shelves; i++)
		if (g_str_equal(picture->shelf[i].folder, folder))
			return &picture->shelf[i];
	return NULL;
}

/* ---- reading ---- */

/* "2026/psirt-2026-0007.json" and nothing else: a path comes from the database, which other desks
 * may write to as well. */
static gboolean
is_entry_path(const char *path)
{
	for (int i = 0; i < 4; i++)
		if (!g_ascii_isdigit(path[i]))
			return FALSE;
	if (path[4] != '/' || !g_str_has_suffix(path, ".json"))
		return FALSE;
	gsize length = strlen(path) - strlen(".json");
	for (gsize i = 5; i < length; i++)
		if (!g_ascii_islower(path[i]) && !g_ascii_isdigit(path[i]) &&
		    !strchr("+-_", path[i]))
			return FALSE;
	return length > 5;
}

/* "white/2026/x.json": its shelf, and what follows the first slash. */
static PsShelf *
shelf_of_path(PsPicture *picture, const char *path, const char **below)
{
	const char *slash = path ? strchr(path, '/') : NULL;

	if (!slash)
		return NULL;
	g_autofree char *folder = g_strndup(path, (gsize)(slash - path));
	*below = slash + 1;
	return is_entry_path(*below) ? ps_picture_shelf(picture, folder) : NULL;
}

static int
compare_versions(gconstpointer a, gconstpointer b)
{
	const PsRecord *one = *(PsRecord *const *)a, *other = *(PsRecord *const *)b;
	gint64 x = ps_record_time(one, "published_at"), y = ps_record_time(other, "published_at");

	if (x != y)
		return x < y ? -1 : 1;
	return strcmp(ps_record_id(one), ps_record_id(other));
}

static PsEntry *
entry_from(const PsDistribution *distribution, const PsRecord *version, const char *below,
	   gint64 first)
{
	PsEntry *entry = g_new0(PsEntry, 1);

	entry->advisory = g_strdup(ps_record_text(version, "advisory"));
	entry->path = g_strdup(below);
	entry->first = first;
	entry->current = ps_record_time(version, "published_at");
	entry->document = g_strdup(ps_record_text(version, distribution->document));
	entry->signature = g_strdup(ps_record_text(version, distribution->signature));
	entry->signer = g_strdup(ps_record_text(version, "signer"));
	return entry;
}

static int
newest_first(gconstpointer a, gconstpointer b)
{
	const PsEntry *one = *(PsEntry *const *)a, *other = *(PsEntry *const *)b;

	if (one->current != other->current)
		return one->current > other->current ? -1 : 1;
	return strcmp(one->path, other->path);
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Once all entries stand: their order, what is gone, who signed. */
static void
settle(PsPicture *picture)
{
	picture->newest = PS_NO_TIME;
	g_ptr_array_set_size(picture->signers, 0);
	for (int i = 0; i < picture->n_shelves; i++) {
		PsShelf *shelf = &picture->shelf[i];
		g_ptr_array_sort(shelf->entries, newest_first);
		for (guint j = 0; j < shelf->entries->len; j++) {
			const PsEntry *entry = shelf->entries->pdata[j];
			picture->newest = MAX(picture->newest, entry->current);
			g_hash_table_remove(shelf->gone, entry->path);
			if (entry->signer &&
			    !g_ptr_array_find_with_equal_func(picture->signers, entry->signer,
							      g_str_equal, NULL))
				g_ptr_array_add(picture->signers, g_strdup(entry->signer));
		}
	}
	g_ptr_array_sort(picture->signers, compare_texts);
}

PsPicture *
ps_picture_load(PsStore *store, const PsDistribution *distribution, GError **error)
{
	const PsQuery query = {.kind = "advisory_version"};
	g_autoptr(GPtrArray) versions = ps_store_list(store, &query, error);

	if (!versions)
		return NULL;
	g_ptr_array_sort(versions, compare_versions);
	/* advisory -> its first and its last version so far; keys and values are lent */
	g_autoptr(GHashTable) firsts = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) lasts = g_hash_table_new(g_str_hash, g_str_equal);
	PsPicture *picture = picture_new(distribution);
	for (guint i = 0; i < versions->len; i++) {
		PsRecord *version = versions->pdata[i];
		const char *advisory = ps_record_text(version, "advisory"), *below;
		PsShelf *shelf =
			shelf_of_path(picture, ps_record_text(version, distribution->path), &below);
		/* Published, but not here: as when it was taken over from another place. */
		if (!shelf)
			continue;
		if (!g_hash_table_contains(firsts, advisory))
			g_hash_table_insert(firsts, (gpointer)advisory, version);
		g_hash_table_replace(lasts, (gpointer)advisory, version);
		g_hash_table_add(shelf->gone, g_strdup(below));
	}
	GHashTableIter iter;
	gpointer advisory, last;
	g_hash_table_iter_init(&iter, lasts);
	while (g_hash_table_iter_next(&iter, &advisory, &last)) {
		const char *below;
		PsShelf *shelf =
			shelf_of_path(picture, ps_record_text(last, distribution->path), &below);
		const PsRecord *first = g_hash_table_lookup(firsts, advisory);
		g_ptr_array_add(shelf->entries, entry_from(distribution, last, below,
							   ps_record_time(first, "published_at")));
	}
	settle(picture);
	return picture;
}

void
ps_picture_add(PsPicture *picture, const char *folder, PsEntry *entry)
{
	for (int i = 0; i < picture->n_shelves; i++) {
		PsShelf *shelf = &picture->shelf[i];
		for (guint j = 0; j < shelf->entries->len; j++) {
			const PsEntry *earlier = shelf->entries->pdata[j];
			if (!g_str_equal(earlier->advisory, entry->advisory))
				continue;
			g_hash_table_add(shelf->gone, g_strdup(earlier->path));
			g_ptr_array_remove_index(shelf->entries, j--);
		}
	}
	PsShelf *shelf = ps_picture_shelf(picture, folder);
	g_hash_table_add(shelf->rewrite, g_strdup(entry->path));
	g_ptr_array_add(shelf->entries, entry);
	settle(picture);
}

GBytes *
ps_entry_document(PsStore *store, const PsEntry *entry, GError **error)
{
	return entry->bytes ? g_bytes_ref(entry->bytes)
			    : ps_store_document(store, entry->document, error);
}

GBytes *
ps_entry_signature(PsStore *store, const PsEntry *entry, GError **error)
{
	return entry->asc ? g_bytes_ref(entry->asc)
			  : ps_store_document(store, entry->signature, error);
}

/* ---- files ---- */

static int
compare_paths(gconstpointer a, gconstpointer b)
{
	const PsEntry *one = *(PsEntry *const *)a, *other = *(PsEntry *const *)b;

	return strcmp(one->path, other->path);
}

char *
ps_shelf_index(const PsShelf *shelf)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < shelf->entries->len; i++)
		g_ptr_array_add(sorted, shelf->entries->pdata[i]);
	g_ptr_array_sort(sorted, compare_paths);
	for (guint i = 0; i < sorted->len; i++)
		g_string_append_printf(text, "%s\n", ((PsEntry *)sorted->pdata[i])->path);
	return g_string_free(text, FALSE);
}

char *
ps_shelf_changes(const PsShelf *shelf)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < shelf->entries->len; i++) {
		const PsEntry *entry = shelf->entries->pdata[i];
		g_autofree char *date = ps_utc_format(entry->current);
		/* Neither has a quote or comma in it: see ps_csaf_filename(). */
		g_string_append_printf(text,
				       shelf->distribution->quoted ? "\"%s\",\"%s\"\n" : "%s,%s\n",
				       entry->path, date);
	}
	return g_string_free(text, FALSE);
}

char *
ps_hash_file(GBytes *bytes, const char *suffix, const char *name)
{
	GChecksumType type = g_str_equal(suffix, ".sha512") ? G_CHECKSUM_SHA512 : G_CHECKSUM_SHA256;
	g_autofree char *hex = g_compute_checksum_for_bytes(type, bytes);

	return g_strdup_printf("%s  %s\n", hex, name);
}
