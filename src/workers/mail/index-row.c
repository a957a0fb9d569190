#include "config.h"

#include "workers/mail/index-row.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "workers/mail/headers.h"
#include "workers/work.h"

/* Enough for the headers of nearly every mail and the beginning of its text. */
#define HEAD_BYTES 32768
#define TEXT_MAX 1000
#define TAGS_MAX 100

static char *
shortened(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	if (strlen(valid) <= TEXT_MAX)
		return g_steal_pointer(&valid);
	g_autofree char *cut = g_strndup(valid, TEXT_MAX);
	return g_utf8_make_valid(cut, -1);
}

static void
add_short(cJSON *row, const char *name, const char *text)
{
	g_autofree char *cut = text ? shortened(text) : NULL;

	ps_add_text(row, name, cut);
}

static gboolean
add_tags(cJSON *row, notmuch_message_t *message)
{
	notmuch_tags_t *tags = notmuch_message_get_tags(message);
	g_autoptr(GString) text = g_string_new(NULL);
	int count = 0;

	if (!tags)
		return FALSE;
	for (; notmuch_tags_valid(tags); notmuch_tags_move_to_next(tags)) {
		const char *tag = notmuch_tags_get(tags);
		if (tag && ++count <= TAGS_MAX)
			g_string_append_printf(text, "%s%s", text->len ? " " : "", tag);
	}
	notmuch_tags_destroy(tags);
	add_short(row, "tags", text->str);
	return TRUE;
}

static gboolean
contains(const char *text, const char *part)
{
	g_autofree char *lower = text ? g_ascii_strdown(text, -1) : NULL;

	return lower && strstr(lower, part);
}

static const char *
encryption(const char *type, const char *head, gsize length)
{
	if (contains(type, "multipart/encrypted") || contains(type, "application/pgp-encrypted"))
		return "pgp-mime";
	if (contains(type, "pkcs7-mime"))
		return contains(type, "signed-data") ? NULL : "smime";
	/* what Exchange makes of PGP/MIME, and mailing lists around it */
	if (contains(type, "multipart/mixed") &&
	    (g_strstr_len(head, (gssize)length, "application/pgp-encrypted") ||
	     g_strstr_len(head, (gssize)length, "multipart/encrypted")))
		return "pgp-mime";
	if (g_strstr_len(head, (gssize)length, "\n-----BEGIN PGP MESSAGE-----"))
		return "pgp-inline";
	return NULL;
}

static gboolean
is_signed(const char *type, const char *head, gsize length)
{
	return contains(type, "multipart/signed") || contains(type, "smime-type=signed-data") ||
	       contains(type, "smime-type=\"signed-data\"") ||
	       g_strstr_len(head, (gssize)length, "\n-----BEGIN PGP SIGNED MESSAGE-----");
}

static void
add_from_file(cJSON *row, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	char head[HEAD_BYTES + 1];

	if (fd < 0)
		return;
	ssize_t length =
		fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? read(fd, head, HEAD_BYTES) : -1;
	close(fd);
	if (length < 0)
		return;
	head[length] = '\0';
	g_autofree char *to = ps_header_find(head, (gsize)length, "To"),
			*type = ps_header_find(head, (gsize)length, "Content-Type");
	cJSON_AddNumberToObject(row, "size", (double)st.st_size);
	add_short(row, "to", to);
	const char *how = encryption(type, head, (gsize)length);
	if (how)
		cJSON_AddStringToObject(row, "encryption", how);
	cJSON_AddBoolToObject(row, "signed", is_signed(type, head, (gsize)length));
}

static const char *
below(const char *path, const char *root)
{
	gsize n = root ? strlen(root) : 0;

	return n > 0 && g_str_has_prefix(path, root) && path[n] == '/' ? path + n + 1 : path;
}

cJSON *
ps_index_row(notmuch_message_t *message, const char *root)
{
	g_autoptr(cJSON) row = cJSON_CreateObject();
	const char *id = notmuch_message_get_message_id(message),
		   *thread = id ? notmuch_message_get_thread_id(message) : NULL,
		   *path = thread ? notmuch_message_get_filename(message) : NULL,
		   *from = path ? notmuch_message_get_header(message, "from") : NULL,
		   *subject = from ? notmuch_message_get_header(message, "subject") : NULL;

	if (!subject || !*thread || !*path)
		return NULL;
	ps_add_text(row, "id", id);
	ps_add_text(row, "thread", thread);
	add_short(row, "from", from);
	add_short(row, "subject", subject);
	ps_add_text(row, "path", below(path, root));
	cJSON_AddNumberToObject(row, "at", (double)notmuch_message_get_date(message) * 1000);
	if (!add_tags(row, message))
		return NULL;
	add_from_file(row, path);
	return g_steal_pointer(&row);
}
