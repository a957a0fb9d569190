#include "config.h"

#include "tests/unit/shim-vfs.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512

typedef struct {
	char synced[SECTOR];
	gboolean truncated; /* cut off since; comes back only with the file's size */
	gboolean written;
} Sector;

/* What a path had when it was last synced, as far as it was changed since. */
typedef struct {
	GHashTable *sectors; /* number -> Sector */
	gint64 size;         /* when last synced */
} Unsynced;

/* One per process: SQLite's VFS is too. */
static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	ShimMode mode;
	int at, count;
	gboolean happened;
	GHashTable *files; /* path -> Unsynced */
} shim;

typedef struct {
	sqlite3_file base;
	sqlite3_file *real;
	char *path; /* NULL: temporary, not watched */
} ShimFile;

/* ---- failing ---- */

/* Reads matter neither to a full disk nor to a power cut. */
static gboolean
counts(int error)
{
	if (shim.mode == SHIM_FULL)
		return error == SQLITE_IOERR_WRITE;
	if (shim.mode == SHIM_CUT)
		return error == SQLITE_IOERR_WRITE || error == SQLITE_IOERR_FSYNC ||
		       error == SQLITE_IOERR_TRUNCATE || error == SQLITE_IOERR_DELETE;
	return TRUE;
}

static int
fails(int error)
{
	if (!counts(error))
		return shim.mode == SHIM_CUT && shim.happened ? error : SQLITE_OK;
	shim.count++;
	if (shim.mode == SHIM_NONE)
		return SQLITE_OK;
	if (shim.count < shim.at || (shim.mode == SHIM_ONCE && shim.happened))
		return SQLITE_OK;
	shim.happened = TRUE;
	return shim.mode == SHIM_FULL ? SQLITE_FULL : error;
}

/* ---- what is not synced ---- */

static Unsynced *
unsynced_of(const char *path)
{
	Unsynced *unsynced = g_hash_table_lookup(shim.files, path);
	struct stat st;

	if (unsynced)
		return unsynced;
	unsynced = g_new0(Unsynced, 1);
	unsynced->sectors = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	unsynced->size = stat(path, &st) == 0 ? (gint64)st.st_size : 0;
	g_hash_table_insert(shim.files, g_strdup(path), unsynced);
	return unsynced;
}

static void
unsynced_free(gpointer data)
{
	Unsynced *unsynced = data;

	g_hash_table_unref(unsynced->sectors);
	g_free(unsynced);
}

static Sector *
sector_of(Unsynced *unsynced, gint64 number, int fd)
{
	Sector *sector = g_hash_table_lookup(unsynced->sectors, &number);

	if (sector)
		return sector;
	sector = g_new0(Sector, 1);
	if (fd < 0 || pread(fd, sector->synced, SECTOR, number * SECTOR) < 0)
		memset(sector->synced, 0, SECTOR);
	g_hash_table_insert(unsynced->sectors, g_memdup2(&number, sizeof number), sector);
	return sector;
}

/* Keeps the synced content of the sectors that are about to change. */
static void
keep(ShimFile *file, gint64 from, gint64 length, gboolean truncate)
{
	if (!file->path || length <= 0)
		return;
	Unsynced *unsynced = unsynced_of(file->path);
	int fd = open(file->path, O_RDONLY | O_CLOEXEC);
	for (gint64 number = from / SECTOR; number <= (from + length - 1) / SECTOR; number++) {
		Sector *sector = sector_of(unsynced, number, fd);
		sector->truncated |= truncate;
		sector->written = !truncate;
	}
	if (fd >= 0)
		close(fd);
}

static void
synced(ShimFile *file)
{
	sqlite3_int64 size = 0;

	if (!file->path)
		return;
	Unsynced *unsynced = unsynced_of(file->path);
	g_hash_table_remove_all(unsynced->sectors);
	file->real->pMethods->xFileSize(file->real, &size);
	unsynced->size = size;
}

/* Whether a sector is as it was when last synced. A cut is one change of the file's size: what it
 * took comes back all together or not at all. */
static gboolean
goes_back(const Sector *sector, gboolean size_back, GRand *random)
{
	if (!random)
		return TRUE;
	if (sector->truncated && !sector->written)
		return size_back;
	if (sector->truncated && !size_back)
		return FALSE;
	return g_rand_boolean(random);
}

static void
restore_file(const char *path, const Unsynced *unsynced, GRand *random)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	gboolean size_back = !random || g_rand_boolean(random);
	struct stat st;
	GHashTableIter iter;
	gpointer number, data;

	if (fd < 0)
		return;
	gint64 size = fstat(fd, &st) == 0 && !size_back ? (gint64)st.st_size : unsynced->size;
	g_hash_table_iter_init(&iter, unsynced->sectors);
	while (g_hash_table_iter_next(&iter, &number, &data)) {
		const Sector *sector = data;
		gint64 at = *(gint64 *)number * SECTOR;
		if (goes_back(sector, size_back, random) &&
		    pwrite(fd, sector->synced, SECTOR, at) != SECTOR)
			g_error("%s can't be written", path);
	}
	if (ftruncate(fd, size) != 0)
		g_error("%s can't be cut", path);
	close(fd);
}

void
shim_reboot(GRand *random)
{
	GHashTableIter iter;
	gpointer path, unsynced;

	g_hash_table_iter_init(&iter, shim.files);
	while (g_hash_table_iter_next(&iter, &path, &unsynced))
		restore_file(path, unsynced, random);
	g_hash_table_remove_all(shim.files);
}

/* ---- files ---- */

static ShimFile *
own(sqlite3_file *file)
{
	return (ShimFile *)file;
}

#define REAL(file) own(file)->real
#define CALL(file, method) REAL(file)->pMethods->method

static int
shim_close(sqlite3_file *file)
{
	int code = CALL(file, xClose)(REAL(file));

	g_free(own(file)->real);
	g_free(own(file)->path);
	own(file)->path = NULL;
	return code;
}

static int
shim_read(sqlite3_file *file, void *data, int length, sqlite3_int64 at)
{
	int code = fails(SQLITE_IOERR_READ);

	return code ? code : CALL(file, xRead)(REAL(file), data, length, at);
}

static int
shim_write(sqlite3_file *file, const void *data, int length, sqlite3_int64 at)
{
	int code = fails(SQLITE_IOERR_WRITE);

	if (code)
		return code;
	keep(own(file), at, length, FALSE);
	return CALL(file, xWrite)(REAL(file), data, length, at);
}

static int
shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	int code = fails(SQLITE_IOERR_TRUNCATE);
	sqlite3_int64 before = 0;

	if (code)
		return code;
	CALL(file, xFileSize)(REAL(file), &before);
	keep(own(file), size, before - size, TRUE);
	return CALL(file, xTruncate)(REAL(file), size);
}

static int
shim_sync(sqlite3_file *file, int flags)
{
	int code = fails(SQLITE_IOERR_FSYNC);

	(void)flags;
	if (!code)
		synced(own(file));
	return code;
}

static int
shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
	int code = fails(SQLITE_IOERR_FSTAT);

	return code ? code : CALL(file, xFileSize)(REAL(file), size);
}

static int
shim_lock(sqlite3_file *file, int level)
{
	return CALL(file, xLock)(REAL(file), level);
}

static int
shim_unlock(sqlite3_file *file, int level)
{
	return CALL(file, xUnlock)(REAL(file), level);
}

static int
shim_check_lock(sqlite3_file *file, int *result)
{
	return CALL(file, xCheckReservedLock)(REAL(file), result);
}

static int
shim_control(sqlite3_file *file, int operation, void *argument)
{
	return CALL(file, xFileControl)(REAL(file), operation, argument);
}

static int
shim_sector_size(sqlite3_file *file)
{
	(void)file;
	return SECTOR;
}

/* None of the promises (atomic writes, safe append) that would let SQLite write less. */
static int
shim_characteristics(sqlite3_file *file)
{
	(void)file;
	return 0;
}

static int
shim_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
	return CALL(file, xShmMap)(REAL(file), region, size, extend, memory);
}

static int
shim_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return CALL(file, xShmLock)(REAL(file), offset, count, flags);
}

static void
shim_shm_barrier(sqlite3_file *file)
{
	CALL(file, xShmBarrier)(REAL(file));
}

static int
shim_shm_unmap(sqlite3_file *file, int remove)
{
	return CALL(file, xShmUnmap)(REAL(file), remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = shim_close,
	.xRead = shim_read,
	.xWrite = shim_write,
	.xTruncate = shim_truncate,
	.xSync = shim_sync,
	.xFileSize = shim_size,
	.xLock = shim_lock,
	.xUnlock = shim_unlock,
	.xCheckReservedLock = shim_check_lock,
	.xFileControl = shim_control,
	.xSectorSize = shim_sector_size,
	.xDeviceCharacteristics = shim_characteristics,
	.xShmMap = shim_shm_map,
	.xShmLock = shim_shm_lock,
	.xShmBarrier = shim_shm_barrier,
	.xShmUnmap = shim_shm_unmap,
};

static int
shim_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
	int code = fails(SQLITE_CANTOPEN);

	(void)vfs;
	file->pMethods = NULL;
	if (code)
		return code;
	own(file)->real = g_malloc0((gsize)shim.real->szOsFile);
	own(file)->path = g_strdup(path);
	code = shim.real->xOpen(shim.real, path, own(file)->real, flags, out_flags);
	if (code != SQLITE_OK) {
		g_clear_pointer(&own(file)->real, g_free);
		g_clear_pointer(&own(file)->path, g_free);
		return code;
	}
	file->pMethods = &methods;
	return SQLITE_OK;
}

static int
shim_delete(sqlite3_vfs *vfs, const char *path, int sync_directory)
{
	int code = fails(SQLITE_IOERR_DELETE);

	(void)vfs;
	if (code)
		return code;
	g_hash_table_remove(shim.files, path);
	return shim.real->xDelete(shim.real, path, sync_directory);
}

static int
shim_access(sqlite3_vfs *vfs, const char *path, int flags, int *result)
{
	int code = fails(SQLITE_IOERR_ACCESS);

	(void)vfs;
	return code ? code : shim.real->xAccess(shim.real, path, flags, result);
}

/* ---- control ---- */

void
shim_install(void)
{
	if (shim.real)
		return;
	shim.real = sqlite3_vfs_find(NULL);
	shim.files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unsynced_free);
	shim.vfs = *shim.real;
	shim.vfs.zName = "shim";
	shim.vfs.szOsFile = (int)sizeof(ShimFile);
	shim.vfs.pNext = NULL;
	shim.vfs.xOpen = shim_open;
	shim.vfs.xDelete = shim_delete;
	shim.vfs.xAccess = shim_access;
	sqlite3_vfs_register(&shim.vfs, 1);
}

void
shim_arm(ShimMode mode, int at)
{
	shim.mode = mode;
	shim.at = at;
	shim.count = 0;
	shim.happened = FALSE;
	g_hash_table_remove_all(shim.files);
}

int
shim_disarm(void)
{
	shim.mode = SHIM_NONE;
	return shim.count;
}

gboolean
shim_happened(void)
{
	return shim.happened;
}
