#include "config.h"

/* Bringing mail in by hand: .eml files, mbox files, Maildirs. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "mail/compose-internal.h"
#include "mail/internal.h"

#define MESSAGE_MAX ((gsize)64 << 20)
#define DEPTH_MAX 8
#define IMPORTED "imported"

typedef struct {
	PsStore *store;
	PsOpenpgp *openpgp;
	PsProgress *progress;
	char *root;
	GHashTable *seen; /* hashes of this import */
	void (*complain)(gpointer user, const char *sentence);
	gpointer user;
	PsInboxImport *result;
} Import;

static void
complain(Import *import, const char *format, const char *name)
{
	g_autofree char *safe = ps_safe_text(name, -1, PS_SAFE_LINE);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	g_autofree char *sentence = g_strdup_printf(format, safe);
#pragma GCC diagnostic pop

	import->result->refused++;
	if (import->complain)
		import->complain(import->user, sentence);
}

/* ---- one message ---- */

/* A header line within the first lines: anything else is no message. */
static gboolean
looks_like_message(GBytes *raw)
{
	gsize length = 0, i = 0;
	const char *text = g_bytes_get_data(raw, &length);

	while (i < length && i < 200 && text[i] > ' ' && text[i] < 127 && text[i] != ':')
		i++;
	return i > 0 && i < length && text[i] == ':';
}

/* notmuch gives a message without an id one from the hash of its file. */
static char *
message_id_of(GBytes *raw)
{
	char *id = ps_raw_message_id(raw);

	if (id)
		return id;
	g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA1, raw);
	return g_strconcat("notmuch-sha1-", hash, NULL);
}

/* The same bytes under the same id? Another text under a known id is kept: it may be the forgery or
 * the original, and both matter. */
static gboolean
known(Import *import, const char *message_id, const char *hash)
{
	g_autofree char *id = ps_mail_row_id(message_id);
	g_autoptr(PsMailRow) row = ps_mail_row(import->store, id, NULL);
	g_autoptr(PsMailEntry) entry = row ? ps_mail_entry(import->store, id, NULL) : NULL;
	g_autofree char *path =
		entry ? ps_mail_file(import->store, import->openpgp, entry, NULL) : NULL;
	gsize length = 0;
	g_autofree char *text = path ? ps_file_read(path, MESSAGE_MAX, &length, NULL) : NULL;

	if (!text)
		return FALSE;
	g_autofree char *there =
		g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
	return g_str_equal(there, hash);
}

static gboolean
take(Import *import, GBytes *raw, const char *name, GError **error)
{
	g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, raw);

	import->result->found++;
	ps_progress_set(import->progress, import->result->found, 0, _("importing messages"));
	if (ps_progress_cancelled(import->progress, error))
		return FALSE;
	if (!looks_like_message(raw)) {
		complain(import, _("“%s” is no mail message and was left out."), name);
		return TRUE;
	}
	g_autofree char *message_id = message_id_of(raw);
	if (!g_hash_table_add(import->seen, g_strdup(hash)) || known(import, message_id, hash)) {
		import->result->known++;
		return TRUE;
	}
	if (!ps_mail_deliver(import->root, IMPORTED, raw, FALSE, error))
		return FALSE;
	import->result->added++;
	return TRUE;
}

static gboolean
take_file(Import *import, const char *path, GError **error)
{
	g_autoptr(GError) failure = NULL;
	gsize length = 0;
	g_autofree char *text = ps_file_read(path, MESSAGE_MAX, &length, &failure);

	if (!text) {
		import->result->found++;
		if (g_error_matches(failure, PS_ERROR, PS_ERROR_LIMIT))
			complain(import, _("“%s” is larger than 64 MiB and was left out."), path);
		else
			complain(import, _("“%s” cannot be read and was left out."), path);
		return TRUE;
	}
	g_autoptr(GBytes) raw = g_bytes_new_take(g_steal_pointer(&text), length);
	return take(import, raw, path, error);
}

/* ---- mbox ---- */

typedef struct {
	GByteArray *bytes;
	gboolean too_large;
	int number;
} MboxMessage;

static gboolean
end_message(Import *import, MboxMessage *message, const char *path, GError **error)
{
	gboolean done = TRUE;

	if (message->bytes->len > 0 || message->too_large) {
		g_autofree char *name = g_strdup_printf("%s:%d", path, ++message->number);
		/* the empty line before the next "From " belongs to the mbox */
		if (message->bytes->len > 1 &&
		    message->bytes->data[message->bytes->len - 1] == '\n' &&
		    message->bytes->data[message->bytes->len - 2] == '\n')
			g_byte_array_set_size(message->bytes, message->bytes->len - 1);
		if (message->too_large) {
			import->result->found++;
			complain(import, _("“%s” is larger than 64 MiB and was left out."), name);
		} else {
			g_autoptr(GBytes) raw =
				g_bytes_new(message->bytes->data, message->bytes->len);
			done = take(import, raw, name, error);
		}
	}
	g_byte_array_set_size(message->bytes, 0);
	message->too_large = FALSE;
	return done;
}

/* ">From " and ">>From " lose one ">" (mboxrd): how many bytes to leave out. */
static gsize
quoting(const char *line, gsize length)
{
	gsize n = 0;

	while (n < length && line[n] == '>')
		n++;
	return n > 0 && length - n >= 5 && memcmp(line + n, "From ", 5) == 0 ? 1 : 0;
}

/* A line, or as much of it as fits; NUL bytes are bytes. 0: the end. */
static gsize
read_line(FILE *file, char *line, gsize size)
{
	gsize length = 0;
	int c;

	while (length < size && (c = getc(file)) != EOF) {
		line[length++] = (char)c;
		if (c == '\n')
			break;
	}
	return length;
}

static gboolean
is_empty_line(const char *line, gsize length)
{
	return (length == 1 && line[0] == '\n') || (length == 2 && memcmp(line, "\r\n", 2) == 0);
}

static gboolean
take_mbox(Import *import, FILE *file, const char *path, GError **error)
{
	MboxMessage message = {g_byte_array_new(), FALSE, 0};
	gboolean done = TRUE, line_start = TRUE, after_empty = TRUE;
	char line[65536];
	gsize length;

	while (done && (length = read_line(file, line, sizeof line)) > 0) {
		gboolean from =
			line_start && after_empty && length >= 5 && memcmp(line, "From ", 5) == 0;
		gsize skip = line_start ? quoting(line, length) : 0;
		after_empty = line_start && is_empty_line(line, length);
		line_start = line[length - 1] == '\n';
		if (from) {
			done = end_message(import, &message, path, error);
			continue;
		}
		if (message.bytes->len + length > MESSAGE_MAX)
			message.too_large = TRUE;
		else
			g_byte_array_append(message.bytes, (const guint8 *)line + skip,
					    (guint)(length - skip));
	}
	done = done && end_message(import, &message, path, error);
	g_byte_array_unref(message.bytes);
	return done;
}

static gboolean
take_path(Import *import, const char *path, GError **error)
{
	FILE *file = fopen(path, "re");
	char start[6] = "";
	gboolean mbox = file && fgets(start, sizeof start, file) && g_str_equal(start, "From ");

	if (!mbox) {
		if (file)
			fclose(file);
		return take_file(import, path, error);
	}
	rewind(file);
	gboolean done = take_mbox(import, file, path, error);
	fclose(file);
	return done;
}

/* ---- directories ---- */

static gboolean
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* In a Maildir every file of cur and new is a message; elsewhere those named so are. */
static gboolean
wanted(const char *name, gboolean maildir)
{
	return name[0] != '.' &&
	       (maildir || g_str_has_suffix(name, ".eml") || g_str_has_suffix(name, ".mbox"));
}

static gboolean take_directory(Import *import, const char *path, int depth, GError **error);

static gboolean
take_entry(Import *import, const char *dir, const char *name, int depth, GError **error)
{
	g_autofree char *base = g_path_get_basename(dir), *path = g_build_filename(dir, name, NULL);
	gboolean maildir = g_str_equal(base, "cur") || g_str_equal(base, "new");

	if (g_str_equal(name, "tmp") || g_str_equal(name, ".notmuch"))
		return TRUE;
	if (is_directory(path))
		return depth >= DEPTH_MAX || take_directory(import, path, depth + 1, error);
	return !wanted(name, maildir) || take_path(import, path, error);
}

static gboolean
take_directory(Import *import, const char *path, int depth, GError **error)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;
	gboolean done = TRUE;

	if (!dir) {
		complain(import, _("The directory “%s” cannot be read and was left out."), path);
		return TRUE;
	}
	while (done && (name = g_dir_read_name(dir)))
		done = take_entry(import, path, name, depth, error);
	g_dir_close(dir);
	return done;
}

gboolean
ps_inbox_import(PsStore *store, PsOpenpgp *openpgp, const char *path, PsProgress *progress,
		void (*complain_func)(gpointer user, const char *sentence), gpointer user,
		PsInboxImport *result, GError **error)
{
	PsInboxImport unused;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Import import = {store, openpgp,       progress, ps_mail_root(store, openpgp, error),
			 seen,  complain_func, user,     result ? result : &unused};
	gboolean done = FALSE;

	*import.result = (PsInboxImport){0};
	if (import.root && access(path, R_OK) != 0)
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be read: %s."), path,
			    g_strerror(errno));
	else if (import.root)
		done = is_directory(path) ? take_directory(&import, path, 0, error)
					  : take_path(&import, path, error);
	g_free(import.root);
	return done &&
	       (import.result->added == 0 || ps_inbox_sync(store, openpgp, progress, NULL, error));
}
