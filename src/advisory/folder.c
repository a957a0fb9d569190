#include "config.h"

#include "advisory/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"

#define PRIVATE_MODE 0700

static const char *const suffixes[] = {"", ".sha256", ".sha512", ".asc"};

static gboolean
failed(GError **error, const char *sentence, const char *path)
{
	g_set_error(error, PS_ERROR, PS_ERROR_IO, sentence, path, g_strerror(errno));
	return FALSE;
}

static char *
aside(const PsProviderPlace *place, const PsShelf *shelf, const char *suffix)
{
	g_autofree char *name = g_strdup_printf(".%s.%s", shelf->folder, suffix);

	return g_build_filename(place->dir, name, NULL);
}

static char *
live(const PsProviderPlace *place, const PsShelf *shelf)
{
	return g_build_filename(place->dir, shelf->folder, NULL);
}

static int
file_mode(const PsShelf *shelf)
{
	return shelf->open ? 0644 : 0640;
}

static mode_t
folder_mode(const PsShelf *shelf)
{
	return shelf->open ? 0755 : 0750;
}

/* ---- is it as it must be ---- */

static gboolean
holds(const char *dir, const char *name, const void *data, gsize length)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *there = NULL;
	gsize size;

	return g_file_get_contents(path, &there, &size, NULL) && size == length &&
	       memcmp(there, data, length) == 0;
}

gboolean
ps_folder_is_current(const PsProviderPlace *place, const PsShelf *shelf)
{
	g_autofree char *dir = live(place, shelf);
	g_autofree char *index = ps_shelf_index(shelf), *changes = ps_shelf_changes(shelf);
	g_autofree char *feed = ps_shelf_feed_name(shelf);
	g_autofree char *feed_path = g_build_filename(dir, feed, NULL);

	return holds(dir, "index.txt", index, strlen(index)) &&
	       holds(dir, "changes.csv", changes, strlen(changes)) &&
	       g_file_test(feed_path, G_FILE_TEST_IS_REGULAR);
}

/* The bytes that the file of an entry with this suffix must have. */
static GBytes *
content_of(PsStore *store, const PsEntry *entry, const char *suffix, GError **error)
{
	if (g_str_equal(suffix, ".asc"))
		return ps_entry_signature(store, entry, error);
	g_autoptr(GBytes) document = ps_entry_document(store, entry, error);
	if (!document || !*suffix)
		return g_steal_pointer(&document);
	g_autofree char *name = g_path_get_basename(entry->path);
	char *text = ps_hash_file(document, suffix, name);
	return g_bytes_new_take(text, strlen(text));
}

/* 1, 0, -1 on error */
static int
entry_is_whole(PsStore *store, const char *dir, const PsEntry *entry, const char *suffix,
	       GError **error)
{
	g_autofree char *name = g_strconcat(entry->path, suffix, NULL);
	g_autoptr(GBytes) bytes = content_of(store, entry, suffix, error);

	if (!bytes)
		return -1;
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);
	return holds(dir, name, data, length);
}

gboolean
ps_folder_is_whole(PsStore *store, const PsProviderPlace *place, const PsShelf *shelf,
		   PsProgress *progress, GError **error)
{
	g_autofree char *dir = live(place, shelf);
	guint count = shelf->entries->len;

	if (!ps_folder_is_current(place, shelf))
		return FALSE;
	for (guint i = 0; i < count; i++) {
		ps_progress_set(progress, i, count, _("Comparing published files"));
		if (ps_progress_cancelled(progress, error))
			return FALSE;
		for (gsize j = 0; j < G_N_ELEMENTS(suffixes); j++)
			if (entry_is_whole(store, dir, shelf->entries->pdata[i], suffixes[j],
					   error) != 1)
				return FALSE;
	}
	/* The feed follows from the documents; an empty one has a date of its own. */
	if (count == 0)
		return TRUE;
	g_autofree char *name = ps_shelf_feed_name(shelf);
	g_autofree char *feed =
		ps_shelf_feed(store, shelf, place->url, place->publisher, progress, error);
	return feed && holds(dir, name, feed, strlen(feed));
}

/* ---- taking over what stays ---- */

static gboolean
is_replaced(const PsShelf *shelf, const char *path)
{
	g_autofree char *feed = ps_shelf_feed_name(shelf);

	if (g_str_equal(path, "index.txt") || g_str_equal(path, "changes.csv") ||
	    g_str_equal(path, feed))
		return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		if (!g_str_has_suffix(path, suffixes[i]))
			continue;
		g_autofree char *name = g_strndup(path, strlen(path) - strlen(suffixes[i]));
		if (g_hash_table_contains(shelf->gone, name) ||
		    g_hash_table_contains(shelf->rewrite, name))
			return TRUE;
	}
	return FALSE;
}

/* Never into a file that is there: it may be a hard link to the public one. Not synced one by one;
 * ps_folder_stage() ends with a sync of all. */
static gboolean
write_new(const char *path, const void *data, gsize length, int mode, GError **error)
{
	int fd = -1;

	if (unlink(path) == 0 || errno == ENOENT)
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	gboolean done = fd >= 0 && fchmod(fd, (mode_t)mode) == 0;
	for (const char *at = data; done && length > 0;) {
		ssize_t n = write(fd, at, length);
		done = n >= 0 || errno == EINTR;
		at += MAX(n, 0);
		length -= (gsize)MAX(n, 0);
	}
	int saved = errno;
	if (fd >= 0 && close(fd) != 0 && done) {
		saved = errno;
		done = FALSE;
	}
	errno = saved;
	return done || failed(error, _("“%s” could not be written: %s."), path);
}

/* Where hard links cannot be made (another owner, a file system without them): a copy. */
static gboolean
take_file(const char *from, const char *to, const struct stat *st, GError **error)
{
	g_autofree char *data = NULL;
	gsize length;

	if (link(from, to) == 0)
		return TRUE;
	if (!S_ISREG(st->st_mode))
		return failed(error, _("“%s” could not be taken over: %s."), from);
	return g_file_get_contents(from, &data, &length, error) &&
	       write_new(to, data, length, (int)(st->st_mode & 0777), error);
}

static gboolean take_directory(const PsShelf *shelf, const char *from, const char *to,
			       const char *below, GError **error);

static gboolean
take_one(const PsShelf *shelf, const char *from, const char *to, const char *path, GError **error)
{
	struct stat st;

	if (lstat(from, &st) != 0)
		return failed(error, _("“%s” could not be read: %s."), from);
	if (!S_ISDIR(st.st_mode))
		return is_replaced(shelf, path) || take_file(from, to, &st, error);
	if (g_mkdir(to, PRIVATE_MODE) != 0)
		return failed(error, _("The directory “%s” could not be made: %s."), to);
	if (!take_directory(shelf, from, to, path, error))
		return FALSE;
	return chmod(to, st.st_mode & 07777) == 0 ||
	       failed(error, _("The permissions of “%s” could not be set: %s."), to);
}

static gboolean
take_directory(const PsShelf *shelf, const char *from, const char *to, const char *below,
	       GError **error)
{
	g_autoptr(GDir) dir = ps_dir_open(from, error);
	const char *name;

	if (!dir)
		return FALSE;
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *source = g_build_filename(from, name, NULL);
		g_autofree char *target = g_build_filename(to, name, NULL);
		g_autofree char *path =
			*below ? g_build_filename(below, name, NULL) : g_strdup(name);
		if (!take_one(shelf, source, target, path, error))
			return FALSE;
	}
	return TRUE;
}

/* ---- making it ready ---- */

static gboolean
write_entry_file(PsStore *store, const char *dir, const PsShelf *shelf, const PsEntry *entry,
		 const char *suffix, GError **error)
{
	g_autofree char *name = g_strconcat(entry->path, suffix, NULL);
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *year = g_path_get_dirname(path);
	g_autoptr(GBytes) bytes = content_of(store, entry, suffix, error);

	if (!bytes || !ps_dir_make(year, (int)folder_mode(shelf), error))
		return FALSE;
	/* The umask may have taken bits away that readers need. */
	if (chmod(year, folder_mode(shelf)) != 0)
		return failed(error, _("The permissions of “%s” could not be set: %s."), year);
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);
	return write_new(path, data, length, file_mode(shelf), error);
}

static void
tell(GPtrArray *paths, const PsShelf *shelf, const char *name)
{
	if (paths)
		g_ptr_array_add(paths, g_strdup_printf("%s%s/%s", shelf->distribution->below,
						       shelf->folder, name));
}

static gboolean
stage_entry(PsStore *store, const char *dir, const PsShelf *shelf, const PsEntry *entry,
	    gboolean thorough, GPtrArray *mended, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *name = g_strconcat(entry->path, suffixes[i], NULL);
		g_autofree char *path = g_build_filename(dir, name, NULL);
		gboolean there = g_file_test(path, G_FILE_TEST_IS_REGULAR);
		if (there && thorough) {
			int whole = entry_is_whole(store, dir, entry, suffixes[i], error);
			if (whole < 0)
				return FALSE;
			there = whole == 1;
			if (!there)
				tell(mended, shelf, name);
		}
		if (!there && !write_entry_file(store, dir, shelf, entry, suffixes[i], error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
write_text(const char *dir, const PsShelf *shelf, const char *name, const char *text,
	   GError **error)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return write_new(path, text, strlen(text), file_mode(shelf), error);
}

static gboolean
stage_lists(PsStore *store, const PsProviderPlace *place, const char *dir, const PsShelf *shelf,
	    PsProgress *progress, GError **error)
{
	g_autofree char *index = ps_shelf_index(shelf), *changes = ps_shelf_changes(shelf);
	g_autofree char *feed_name = ps_shelf_feed_name(shelf);
	g_autofree char *feed =
		ps_shelf_feed(store, shelf, place->url, place->publisher, progress, error);

	return feed && write_text(dir, shelf, feed_name, feed, error) &&
	       write_text(dir, shelf, "index.txt", index, error) &&
	       write_text(dir, shelf, "changes.csv", changes, error);
}

/* Everything of that file system: thousands of files and links are made durable at once. */
static gboolean
sync_all(const char *dir, GError **error)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return failed(error, _("“%s” could not be opened: %s."), dir);
	gboolean done = syncfs(fd) == 0;
	int saved = errno;
	close(fd);
	errno = saved;
	return done || failed(error, _("“%s” could not be written to disk: %s."), dir);
}

gboolean
ps_folder_stage(PsStore *store, const PsProviderPlace *place, const PsShelf *shelf,
		gboolean thorough, GPtrArray *mended, PsProgress *progress, GError **error)
{
	g_autofree char *next = aside(place, shelf, "next"), *old = live(place, shelf);
	guint count = shelf->entries->len;

	if (g_mkdir(next, PRIVATE_MODE) != 0)
		return failed(error, _("The directory “%s” could not be made: %s."), next);
	if (g_file_test(old, G_FILE_TEST_IS_DIR) && !take_directory(shelf, old, next, "", error))
		return FALSE;
	for (guint i = 0; i < count; i++) {
		ps_progress_set(progress, i, count, _("Making the folder ready"));
		if (ps_progress_cancelled(progress, error) ||
		    !stage_entry(store, next, shelf, shelf->entries->pdata[i], thorough, mended,
				 error))
			return FALSE;
	}
	return stage_lists(store, place, next, shelf, progress, error) && sync_all(next, error);
}

/* ---- what others put there ---- */

static GHashTable *
known_files(const PsShelf *shelf)
{
	GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	g_hash_table_add(known, g_strdup("index.txt"));
	g_hash_table_add(known, g_strdup("changes.csv"));
	g_hash_table_add(known, ps_shelf_feed_name(shelf));
	for (guint i = 0; i < shelf->entries->len; i++) {
		const PsEntry *entry = shelf->entries->pdata[i];
		for (gsize j = 0; j < G_N_ELEMENTS(suffixes); j++)
			g_hash_table_add(known, g_strconcat(entry->path, suffixes[j], NULL));
	}
	return known;
}

typedef struct {
	const PsShelf *shelf;
	GHashTable *known;
	GPtrArray *found;
} Strangers;

static void
look_for_strangers(const Strangers *strangers, const char *dir, const char *below)
{
	g_autoptr(GDir) opened = g_dir_open(dir, 0, NULL);
	const char *name;

	while (opened && (name = g_dir_read_name(opened)) != NULL) {
		g_autofree char *whole = g_build_filename(dir, name, NULL),
				*path = *below ? g_build_filename(below, name, NULL)
					       : g_strdup(name);
		struct stat st;
		if (lstat(whole, &st) == 0 && S_ISDIR(st.st_mode))
			look_for_strangers(strangers, whole, path);
		else if (!g_hash_table_contains(strangers->known, path))
			tell(strangers->found, strangers->shelf, path);
	}
}

void
ps_folder_strangers(const PsProviderPlace *place, const PsShelf *shelf, GPtrArray *found)
{
	g_autofree char *dir = live(place, shelf);
	g_autoptr(GHashTable) known = known_files(shelf);
	const Strangers strangers = {shelf, known, found};

	look_for_strangers(&strangers, dir, "");
}

/* ---- taking the place ---- */

static gboolean
sync_directory(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return failed(error, _("“%s” could not be opened: %s."), path);
	gboolean done = fsync(fd) == 0 || errno == EINVAL;
	int saved = errno;
	close(fd);
	errno = saved;
	return done || failed(error, _("“%s” could not be written to disk: %s."), path);
}

/* Where the file system cannot exchange two names, there is a moment without the folder;
 * ps_folder_recover() knows it. */
static gboolean
exchange_in_two(const char *next, const char *now, const char *old, GError **error)
{
	if (rename(now, old) != 0)
		return failed(error, _("“%s” could not be moved aside: %s."), now);
	if (rename(next, now) == 0)
		return TRUE;
	failed(error, _("“%s” could not be put in place: %s."), now);
	if (rename(old, now) != 0)
		g_warning("“%s” stays at “%s”", now, old);
	return FALSE;
}

static gboolean
put_in_place(const char *next, const char *now, const char *old, GError **error)
{
	if (!g_file_test(now, G_FILE_TEST_EXISTS))
		return rename(next, now) == 0 ||
		       failed(error, _("“%s” could not be put in place: %s."), now);
	if (renameat2(AT_FDCWD, next, AT_FDCWD, now, RENAME_EXCHANGE) == 0)
		return TRUE;
	if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
		return exchange_in_two(next, now, old, error);
	return failed(error, _("“%s” could not be put in place: %s."), now);
}

gboolean
ps_folder_swap(const PsProviderPlace *place, const PsShelf *shelf, GError **error)
{
	g_autofree char *next = aside(place, shelf, "next"), *old = aside(place, shelf, "old");
	g_autofree char *now = live(place, shelf);

	if (chmod(next, folder_mode(shelf)) != 0)
		return failed(error, _("The permissions of “%s” could not be set: %s."), next);
	return sync_directory(next, error) && put_in_place(next, now, old, error) &&
	       sync_directory(place->dir, error);
}

gboolean
ps_folder_recover(const PsProviderPlace *place, const PsShelf *shelf, GError **error)
{
	g_autofree char *next = aside(place, shelf, "next"), *old = aside(place, shelf, "old");
	g_autofree char *now = live(place, shelf);

	if (g_file_test(old, G_FILE_TEST_IS_DIR) && !g_file_test(now, G_FILE_TEST_EXISTS) &&
	    rename(old, now) != 0)
		return failed(error, _("“%s” could not be put back: %s."), now);
	return (!g_file_test(next, G_FILE_TEST_EXISTS) || ps_dir_remove(next, error)) &&
	       (!g_file_test(old, G_FILE_TEST_EXISTS) || ps_dir_remove(old, error));
}
