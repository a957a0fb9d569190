#include "config.h"

/* Raw messages and where they are put. */

#include <inttypes.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "mail/compose-internal.h"
#include "mail/internal.h"

#define HEADER_MAX ((gsize)1 << 20)
#define ID_MAX 998
#define LOCK_SECONDS 5

static gsize
line_end(const char *text, gsize length, gsize at)
{
	const char *newline = memchr(text + at, '\n', length - at);

	return newline ? (gsize)(newline - text) + 1 : length;
}

char *
ps_raw_message_id(GBytes *raw)
{
	static const char name[] = "message-id:";
	gsize length = 0, at = 0;
	const char *text = g_bytes_get_data(raw, &length);

	length = MIN(length, HEADER_MAX);
	while (at < length && text[at] != '\n' && text[at] != '\r') {
		gsize end = line_end(text, length, at);
		while (end < length && (text[end] == ' ' || text[end] == '\t'))
			end = line_end(text, length, end);
		if (end - at > sizeof name - 1 &&
		    g_ascii_strncasecmp(text + at, name, sizeof name - 1) == 0) {
			const char *open = memchr(text + at, '<', end - at),
				   *close = open ? memchr(open, '>', (gsize)(text + end - open))
						 : NULL;
			if (close && close - open - 1 > 0 && close - open - 1 < ID_MAX)
				return g_strndup(open + 1, (gsize)(close - open - 1));
			return NULL;
		}
		at = end;
	}
	return NULL;
}

/* Maildir: written below tmp, then moved, so that nobody sees half a message. */
gboolean
ps_mail_deliver(const char *root, const char *folder, GBytes *raw, gboolean seen, GError **error)
{
	static const char *const places[] = {"tmp", "cur", "new"};
	g_autofree char *dir = folder ? g_build_filename(root, folder, NULL) : g_strdup(root);
	g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, raw);

	for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
		g_autofree char *place = g_build_filename(dir, places[i], NULL);
		if (!ps_dir_make(place, 0700, error))
			return FALSE;
	}
	g_autofree char *name = g_strdup_printf("%" PRId64 ".%.24s.psirtdesk",
						g_get_real_time() / G_USEC_PER_SEC, hash);
	g_autofree char *aside = g_build_filename(dir, "tmp", name, NULL),
			*flagged = g_strconcat(name, seen ? ":2,S" : "", NULL),
			*final = g_build_filename(dir, seen ? "cur" : "new", flagged, NULL);
	if (!ps_file_write(aside, g_bytes_get_data(raw, NULL), (gssize)g_bytes_get_size(raw), 0600,
			   error))
		return FALSE;
	if (g_rename(aside, final) == 0)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be written: %s."), final,
		    g_strerror(errno));
	g_unlink(aside);
	return FALSE;
}

gboolean
ps_mail_file_sent(PsStore *store, PsOpenpgp *openpgp, GBytes *raw, GError **error)
{
	static const char *const arguments[] = {"insert", "--folder=sent", "--create-folder",
						"+sent",  "-unread",       "-inbox",
						NULL};
	g_autofree char *root = ps_mail_root(store, openpgp, error);

	return root && ps_mail_wait_for_index(root, LOCK_SECONDS, NULL, error) &&
	       ps_mail_run_notmuch(store, arguments, raw, NULL, error);
}
