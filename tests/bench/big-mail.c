#include "config.h"

#include "tests/bench/big-mail.h"

#include "base/file.h"

/* 2024-11-01T00:00:00Z; every message comes seven minutes after the one before. */
#define FIRST_SECOND G_GINT64_CONSTANT(1730419200)
#define STEP_SECONDS 420

static const char *const subjects[] = {
	"Buffer overflow in the web interface",
	"Re: firmware update fails on gateway",
	"Hard-coded credentials in camera firmware",
	"Question about your security contact",
	"CERT notice: coordinated disclosure",
	"Authentication bypass in the cloud relay",
	"Invoice 2026-1181",
	"Path traversal in log download",
};

static void
append_headers(GString *mail, int i)
{
	g_autoptr(GDateTime) when =
		g_date_time_new_from_unix_utc(FIRST_SECOND + (gint64)i * STEP_SECONDS);
	g_autofree char *date = g_date_time_format(when, "%a, %d %b %Y %H:%M:%S +0000");
	int root = i - i % 4;

	g_string_append_printf(mail,
			       "From: Reporter %d <reporter%d@example.org>\n"
			       "To: psirt@example.com\nDate: %s\nSubject: %s %d\n"
			       "Message-ID: <bench-%d@example.org>\nMIME-Version: 1.0\n",
			       i % 997, i % 997, date, subjects[i / 4 % G_N_ELEMENTS(subjects)],
			       root, i);
	if (i != root)
		g_string_append_printf(mail,
				       "In-Reply-To: <bench-%d@example.org>\n"
				       "References: <bench-%d@example.org>\n",
				       root, root);
}

static void
append_encrypted(GString *mail, int i)
{
	g_string_append_printf(
		mail,
		"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; "
		"boundary=\"b%d\"\n\n--b%d\nContent-Type: application/pgp-encrypted\n\nVersion: "
		"1\n\n"
		"--b%d\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n\n"
		"hF4DAAAAAAAAAAASAQdAbench%08d\n-----END PGP MESSAGE-----\n\n--b%d--\n",
		i, i, i, i, i);
}

static void
append_attachment(GString *mail, int i)
{
	g_string_append_printf(
		mail,
		"Content-Type: multipart/mixed; boundary=\"b%d\"\n\n--b%d\nContent-Type: "
		"text/plain\n\n"
		"The log of case %d is attached.\n\n--b%d\nContent-Type: application/octet-stream\n"
		"Content-Disposition: attachment; filename=\"log-%d.txt\"\n\nfiller "
		"%d\n\n--b%d--\n",
		i, i, i, i, i, i, i);
}

static void
append_body(GString *mail, int i)
{
	if (i % 20 == 7) {
		append_encrypted(mail, i);
		return;
	}
	if (i % 10 == 3) {
		append_attachment(mail, i);
		return;
	}
	g_string_append(mail, "Content-Type: text/plain; charset=utf-8\n\n");
	for (int line = 0; line < 12; line++)
		g_string_append_printf(mail,
				       "Line %d of message %d: the device answers with token %x.\n",
				       line, i, ((unsigned)i * 2654435761u) >> (line % 8));
}

static gboolean
write_message(const char *root, int i, GError **error)
{
	g_autoptr(GString) mail = g_string_sized_new(2048);
	g_autofree char *path = g_strdup_printf("%s/cur/%d.bench:2,%s", root, i, i % 50 ? "S" : "");

	append_headers(mail, i);
	append_body(mail, i);
	/* No sync: this store is thrown away. */
	return g_file_set_contents_full(path, mail->str, (gssize)mail->len,
					G_FILE_SET_CONTENTS_NONE, 0600, error);
}

gboolean
bench_make_maildir(const char *root, int count, GError **error)
{
	static const char *const folders[] = {"cur", "new", "tmp"};

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(root, folders[i], NULL);
		if (!ps_dir_make(path, 0700, error))
			return FALSE;
	}
	for (int i = 0; i < count; i++)
		if (!write_message(root, i, error))
			return FALSE;
	return TRUE;
}
