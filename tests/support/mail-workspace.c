#include "config.h"

#include "mail-workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "mail/inbox.h"

static void
check(gboolean done, const char *what, const GError *error)
{
	if (done)
		return;
	printf("Bail out! %s: %s\n", what, error ? error->message : "?");
	exit(99);
}

static void
configure(PsTestMail *mail)
{
	const char *const pairs[] = {"mail.root", mail->root,
				     "mail.from", "Example PSIRT <psirt@example.com>",
				     "mail.key",  mail->team,
				     NULL};
	g_autoptr(GError) error = NULL;

	for (gsize i = 0; pairs[i]; i += 2)
		check(ps_store_set_config(mail->store, pairs[i], pairs[i + 1], &error), pairs[i],
		      error);
}

PsTestMail *
ps_test_mail_new(void)
{
	static const char *const folders[] = {"cur", "new", "tmp"};
	PsTestMail *mail = g_new0(PsTestMail, 1);
	g_autoptr(GError) error = NULL;

	mail->home = ps_test_home_new();
	mail->team = ps_test_key(mail->home, "Example PSIRT <psirt@example.com>");
	mail->reporter = ps_test_key(mail->home, "Rita Reporter <rita@example.org>");
	mail->openpgp = ps_openpgp_new(mail->home->home);
	mail->dir = g_build_filename(mail->home->dir, "workspace", NULL);
	mail->root = g_build_filename(mail->home->dir, "mail", NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder = g_build_filename(mail->root, folders[i], NULL);
		check(ps_dir_make(folder, 0700, &error), folder, error);
	}
	const char *keys[] = {mail->team, NULL};
	mail->store =
		ps_store_create(mail->dir, keys, NULL, ps_openpgp_key_ops(mail->openpgp), &error);
	check(mail->store != NULL, "workspace", error);
	configure(mail);
	return mail;
}

void
ps_test_mail_free(PsTestMail *mail)
{
	if (!mail)
		return;
	ps_store_close(mail->store);
	ps_openpgp_free(mail->openpgp);
	ps_test_home_free(mail->home);
	g_free(mail->dir);
	g_free(mail->root);
	g_free(mail->team);
	g_free(mail->reporter);
	g_free(mail);
}

char *
ps_test_deliver(PsTestMail *mail, GBytes *message)
{
	char *path = g_strdup_printf("%s/new/%d.test", mail->root, ++mail->delivered);
	g_autoptr(GError) error = NULL;

	check(ps_file_write(path, g_bytes_get_data(message, NULL),
			    (gssize)g_bytes_get_size(message), 0600, &error),
	      path, error);
	return path;
}

char *
ps_test_deliver_text(PsTestMail *mail, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_autoptr(GBytes) bytes = ps_test_text(text);
	return ps_test_deliver(mail, bytes);
}

GBytes *
ps_test_bytes(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return g_bytes_new_take(text, strlen(text));
}

char *
ps_test_string(GBytes *bytes)
{
	return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

GBytes *
ps_test_encrypted(PsTestMail *mail, const char *headers, const char *part, const char *recipient,
		  const char *sign_with)
{
	g_autoptr(GBytes) plain = ps_test_text(part);
	const char *keys[] = {recipient, NULL};
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) cipher =
		ps_openpgp_encrypt(mail->openpgp, plain, keys, sign_with, &error);

	check(cipher != NULL, "encrypt", error);
	g_autofree char *text = ps_test_string(cipher);
	return ps_test_bytes(
		"%sMIME-Version: 1.0\n"
		"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; "
		"boundary=\"enc\"\n\n"
		"--enc\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n"
		"--enc\nContent-Type: application/octet-stream\n\n%s\n--enc--\n",
		headers, text);
}

GBytes *
ps_test_signed(PsTestMail *mail, const char *headers, const char *part, const char *sign_with)
{
	g_auto(GStrv) lines = g_strsplit(part, "\n", -1);
	g_autofree char *canonical = g_strjoinv("\r\n", lines);
	g_autoptr(GBytes) data = ps_test_text(canonical);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) signature =
		ps_openpgp_sign(mail->openpgp, data, sign_with, PS_SIGN_DETACHED, &error);

	check(signature != NULL, "sign", error);
	g_autofree char *text = ps_test_string(signature);
	return ps_test_bytes(
		"%sMIME-Version: 1.0\n"
		"Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; "
		"micalg=pgp-sha256; boundary=\"sig\"\n\n"
		"--sig\n%s\n--sig\nContent-Type: application/pgp-signature\n\n%s\n--sig--\n",
		headers, part, text);
}

void
ps_test_sync(PsTestMail *mail)
{
	g_autoptr(GError) error = NULL;

	check(ps_inbox_sync(mail->store, mail->openpgp, NULL, NULL, &error), "sync", error);
}
