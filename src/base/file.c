#include "config.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/i18n.h"

static gboolean
io_error(GError **error, const char *what, const char *path)
{
	g_set_error(error, PS_ERROR, PS_ERROR_IO, what, path, g_strerror(errno));
	return FALSE;
}

static gboolean
too_large(const char *path, gsize limit, GError **error)
{
	g_autofree char *size = g_format_size_full(limit, G_FORMAT_SIZE_IEC_UNITS);

	g_set_error(error, PS_ERROR, PS_ERROR_LIMIT, _("“%s” is larger than the limit of %s."),
		    path, size);
	return FALSE;
}

static gboolean
write_all(int fd, const char *data, gsize length)
{
	while (length > 0) {
		ssize_t n = write(fd, data, length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return FALSE;
		data += n;
		length -= (gsize)n;
	}
	return TRUE;
}

/* A rename is durable only when its directory is. */
static gboolean
sync_directory_of(const char *path)
{
	g_autofree char *dir = g_path_get_dirname(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return FALSE;
	gboolean done = fsync(fd) == 0 || errno == EINVAL;
	close(fd);
	return done;
}

gboolean
ps_file_write(const char *path, const void *data, gssize length, int mode, GError **error)
{
	g_autofree char *aside = g_strconcat(path, ".XXXXXX", NULL);
	gsize size = length < 0 ? strlen(data) : (gsize)length;
	int fd = g_mkstemp_full(aside, O_RDWR | O_CLOEXEC, mode);

	if (fd < 0)
		return io_error(error, _("“%s” could not be written: %s."), path);
	gboolean done =
		fchmod(fd, (mode_t)mode) == 0 && write_all(fd, data, size) && fsync(fd) == 0;
	int saved = errno;
	if (close(fd) != 0 && done) {
		saved = errno;
		done = FALSE;
	}
	if (done && (rename(aside, path) != 0 || !sync_directory_of(path))) {
		saved = errno;
		done = FALSE;
	}
	if (!done) {
		unlink(aside);
		errno = saved;
		return io_error(error,
				_("“%s” could not be written: %s. The old file is unchanged."),
				path);
	}
	return TRUE;
}

/* ---- reading ---- */

/* How often a pipe that gives nothing asks whether it was cancelled. */
#define POLL_MS 100
#define BLOCK 65536

typedef struct {
	int fd;
	gboolean regular;
	char *bytes;
	gsize length, room;
	gsize limit;
	PsProgress *progress;
} Reading;

/* Room for the whole file at once, where its size is known. */
static void
reserve(Reading *reading, gsize size)
{
	reading->room = size;
	reading->bytes = g_realloc(reading->bytes, size);
}

/* A terminal or pipe may give nothing for ever: waits only as long as nobody cancels. */
static gboolean
wait_for_data(const Reading *reading, GError **error)
{
	struct pollfd poller = {reading->fd, POLLIN, 0};

	if (reading->regular || !reading->progress)
		return TRUE;
	do {
		if (ps_progress_cancelled(reading->progress, error))
			return FALSE;
	} while (poll(&poller, 1, POLL_MS) == 0);
	return TRUE;
}

static gboolean
read_all(Reading *reading, const char *path, GError **error)
{
	for (;;) {
		if (reading->room - reading->length < 2)
			reserve(reading, reading->room * 2);
		if (!wait_for_data(reading, error))
			return FALSE;
		ssize_t n = read(reading->fd, reading->bytes + reading->length,
				 reading->room - reading->length - 1);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0)
			return io_error(error, _("“%s” could not be read: %s."), path);
		reading->length += (gsize)n;
		if (reading->length > reading->limit)
			return too_large(path, reading->limit, error);
		if (n == 0)
			return TRUE;
	}
}

/* A pipe without a writer must not hold us while it is opened. */
static gboolean
open_file(Reading *reading, const char *path, GError **error)
{
	gboolean standard_input = g_str_equal(path, "-");
	int flags = O_RDONLY | O_CLOEXEC | (reading->progress ? O_NONBLOCK : 0);
	struct stat about;

	reading->fd = standard_input ? STDIN_FILENO : open(path, flags);
	if (reading->fd < 0 || fstat(reading->fd, &about) != 0)
		return io_error(error, _("“%s” could not be read: %s."), path);
	reading->regular = S_ISREG(about.st_mode);
	gboolean sized = reading->regular && about.st_size > 0;
	if (sized && (guint64)about.st_size > reading->limit)
		return too_large(path, reading->limit, error);
	reserve(reading, sized ? (gsize)about.st_size + 2 : BLOCK);
	return TRUE;
}

char *
ps_file_read_watched(const char *path, gsize limit, gsize *length, PsProgress *progress,
		     GError **error)
{
	Reading reading = {.fd = -1, .limit = limit, .progress = progress};
	gboolean done = open_file(&reading, path, error) && read_all(&reading, path, error);

	if (reading.fd > STDIN_FILENO)
		close(reading.fd);
	if (!done) {
		g_free(reading.bytes);
		return NULL;
	}
	reading.bytes[reading.length] = '\0';
	if (length)
		*length = reading.length;
	return reading.bytes;
}

char *
ps_file_read(const char *path, gsize limit, gsize *length, GError **error)
{
	return ps_file_read_watched(path, limit, length, NULL, error);
}

gboolean
ps_dir_make(const char *path, int mode, GError **error)
{
	if (g_mkdir_with_parents(path, mode) != 0)
		return io_error(error, _("The directory “%s” could not be made: %s."), path);
	return TRUE;
}

GDir *
ps_dir_open(const char *path, GError **error)
{
	/* GDir tells the reason in a sentence of its own; open() tells it as a number. */
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
	GDir *dir = fd >= 0 ? g_dir_open(path, 0, NULL) : NULL;

	if (!dir)
		io_error(error, _("The directory “%s” could not be read: %s."), path);
	if (fd >= 0)
		close(fd);
	return dir;
}

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st;
	(void)type;
	(void)walk;
	return remove(path);
}

gboolean
ps_dir_remove(const char *path, GError **error)
{
	if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
		return io_error(error, _("“%s” could not be removed: %s."), path);
	return TRUE;
}

char *
ps_dir_private(GError **error)
{
	const char *places[] = {g_getenv("XDG_RUNTIME_DIR"), "/dev/shm", g_get_tmp_dir()};

	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		if (!places[i] || !*places[i])
			continue;
		char *path = g_build_filename(places[i], "psirtdesk-XXXXXX", NULL);
		if (g_mkdtemp_full(path, 0700))
			return path;
		g_free(path);
	}
	io_error(error, _("No private directory could be made below “%s”: %s."), g_get_tmp_dir());
	return NULL;
}

/* Run from the build tree? Then its files are used, so that an installed copy of another version
 * never mixes in. */
static gboolean
runs_from_build(void)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);

	return self && g_str_has_prefix(self, PS_BUILD_DIR "/");
}

char *
ps_path_data(const char *name)
{
	return g_build_filename(runs_from_build() ? PS_SOURCE_DIR "/data" : PS_DATADIR, name, NULL);
}

char *
ps_path_worker(const char *name)
{
	if (runs_from_build())
		return g_build_filename(PS_BUILD_DIR, "src", "workers", name, name, NULL);
	return g_build_filename(PS_LIBEXECDIR, name, NULL);
}
