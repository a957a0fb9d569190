#ifndef PS_BASE_FILE_H
#define PS_BASE_FILE_H

/* Files. A file that we acknowledge is written aside, synced, renamed, and its directory synced:
 * after TRUE it survives a power cut, after FALSE the old file is still whole. */

#include "base/job.h"

/* Writes `length` bytes (-1: a C string) to `path` with permission bits `mode`. */
gboolean ps_file_write(const char *path, const void *data, gssize length, int mode, GError **error);

/* Reads at most `limit` bytes; "-" is standard input. The result has a NUL behind its end. A larger
 * file is PS_ERROR_LIMIT, an unreadable one PS_ERROR_IO. */
char *ps_file_read(const char *path, gsize limit, gsize *length, GError **error);
/* The same; a terminal or pipe that gives nothing is left when `progress` is cancelled
 * (PS_ERROR_CANCELLED). A pipe that nobody writes into is empty. */
char *ps_file_read_watched(const char *path, gsize limit, gsize *length, PsProgress *progress,
			   GError **error);

/* Makes a directory and its parents with `mode`. */
gboolean ps_dir_make(const char *path, int mode, GError **error);

/* To be read through; g_dir_close(). PS_ERROR_IO. */
GDir *ps_dir_open(const char *path, GError **error);

/* Removes a directory tree; never follows links out of it. */
gboolean ps_dir_remove(const char *path, GError **error);

/* A private directory for files that hold decrypted text while an editor has them: below
 * $XDG_RUNTIME_DIR (tmpfs) where that exists, else below /dev/shm, else the temporary directory.
 * Mode 0700; caller removes it with ps_dir_remove(). */
char *ps_dir_private(GError **error);

/* The program's own files: next to the build when run from there, else where it was installed;
 * $PATH is never searched. New strings. */
char *ps_path_data(const char *name);
char *ps_path_worker(const char *name);

#endif
