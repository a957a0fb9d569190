#include "config.h"

/* The demo's mail: a Maildir in the workspace, its notmuch index, and the program that stands for
 * sendmail. */

#include "commands/demo.h"

#include <inttypes.h>
#include <string.h>
#include <utime.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/spawn.h"
#include "base/utc.h"
#include "mail/inbox.h"

static gboolean
make_maildirs(PsDemo *demo, GError **error)
{
	static const char *const boxes[] = {"inbox", "sent", "outbox"};
	static const char *const folders[] = {"cur", "new", "tmp"};

	for (gsize i = 0; i < G_N_ELEMENTS(boxes); i++)
		for (gsize j = 0; j < G_N_ELEMENTS(folders); j++) {
			g_autofree char *path =
				g_build_filename(demo->dir, "mail", boxes[i], folders[j], NULL);
			if (!ps_dir_make(path, 0700, error))
				return FALSE;
		}
	return TRUE;
}

/* A name of the Maildir convention: time, a counter, a host; flags behind ":2,". */
static char *
place_of(PsDemo *demo, const PsDemoMessage *message, int counter)
{
	const char *flags = ps_demo_recipe(message, "flags", NULL);
	g_autofree char *name = g_strdup_printf("%" PRId64 ".M%dP1.demo%s%s", message->at / 1000,
						counter, flags ? ":2," : "", flags ? flags : "");

	return g_build_filename(demo->dir, "mail", ps_demo_recipe(message, "box", "inbox"),
				flags ? "cur" : "new", name, NULL);
}

static gboolean
file_message(PsDemo *demo, const char *name, int counter, GError **error)
{
	g_autofree char *relative = g_build_filename("mail", name, NULL);
	g_autofree char *text = ps_demo_text(relative, error);
	g_autoptr(PsDemoMessage) message = text ? ps_demo_message_read(text, error) : NULL;
	g_autoptr(GBytes) bytes = message ? ps_demo_message_build(demo, message, error) : NULL;

	if (!bytes) {
		g_prefix_error(error, "%s: ", name);
		return FALSE;
	}
	g_autofree char *path = place_of(demo, message, counter);
	if (!ps_file_write(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
			   0600, error))
		return FALSE;
	/* As old as it says. */
	const struct utimbuf times = {message->at / 1000, message->at / 1000};
	utime(path, &times);
	return TRUE;
}

static gboolean
file_messages(PsDemo *demo, GError **error)
{
	g_autofree char *path = ps_path_data("demo/mail");
	g_autoptr(GError) wrong = NULL;
	g_autoptr(GDir) dir = g_dir_open(path, 0, &wrong);
	const char *name;
	int counter = 0;

	if (!dir) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("The texts of the demo are missing: %s. Is the program installed "
			      "whole?"),
			    wrong->message);
		return FALSE;
	}
	while ((name = g_dir_read_name(dir)))
		if (g_str_has_suffix(name, ".txt") &&
		    (!ps_demo_may_go_on(error) || !file_message(demo, name, counter++, error)))
			return FALSE;
	return ps_demo_may_go_on(error);
}

/* ---- notmuch ---- */

static gboolean
write_notmuch_config(PsDemo *demo, const char *path, GError **error)
{
	g_autofree char *text = g_strdup_printf("[database]\npath=%s/mail\n\n"
						"[user]\nname=Brannvik PSIRT\n"
						"primary_email=psirt@brannvik.example\n\n"
						"[new]\ntags=unread;inbox\n\n"
						"[search]\nexclude_tags=deleted;spam\n\n"
						"[maildir]\nsynchronize_flags=true\n\n"
						"[index]\ndecrypt=false\n",
						demo->dir);

	return ps_file_write(path, text, -1, 0600, error);
}

static gboolean
run_notmuch(const char *config, const char *command, const char *option, const char *input,
	    GError **error)
{
	g_autofree char *named = g_strconcat("--config=", config, NULL);
	const char *const argv[] = {"notmuch", named, command, option, NULL};
	g_autoptr(GBytes) bytes = input ? g_bytes_new_static(input, strlen(input)) : NULL;
	const PsSpawn spawn = {.argv = argv, .input = bytes, .timeout_seconds = 120};
	PsSpawnResult result = {0};

	if (!ps_spawn_run(&spawn, &result, error))
		return FALSE;
	gboolean done = result.status == 0;
	if (!done)
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“notmuch %s” failed: %s"), command,
			    result.errors);
	ps_spawn_result_clear(&result);
	return done;
}

static gboolean
index_mail(PsDemo *demo, const char *config, GError **error)
{
	PsInboxSync sync;

	return run_notmuch(config, "new", "--quiet", NULL, error) &&
	       run_notmuch(config, "tag", "--batch",
			   "+sent -inbox -unread -- folder:sent\n+spam -inbox -- "
			   "id:seo-spam@mail.example\n",
			   error) &&
	       ps_inbox_sync(demo->cli->store, demo->team, NULL, &sync, error);
}

/* ---- sending ---- */

static gboolean
write_send_command(PsDemo *demo, const char *path, GError **error)
{
	g_autofree char *template = ps_demo_text("send-mail.sh.in", error);
	g_autofree char *outbox = g_build_filename(demo->dir, "mail", "outbox", NULL);
	g_autofree char *quoted = g_shell_quote(outbox);

	if (!template)
		return FALSE;
	g_autoptr(GString) script = g_string_new(template);
	g_string_replace(script, "@OUTBOX@", quoted, 0);
	return ps_file_write(path, script->str, -1, 0700, error);
}

gboolean
ps_demo_mail(PsDemo *demo, GError **error)
{
	PsStore *store = demo->cli->store;
	g_autofree char *config = g_build_filename(demo->dir, "notmuch-config", NULL);
	g_autofree char *send = g_build_filename(demo->dir, "send-mail", NULL);
	g_autofree char *root = g_build_filename(demo->dir, "mail", NULL);
	g_autofree char *command = g_shell_quote(send);

	return make_maildirs(demo, error) && file_messages(demo, error) &&
	       write_notmuch_config(demo, config, error) && write_send_command(demo, send, error) &&
	       ps_store_set_config(store, "mail.root", root, error) &&
	       ps_store_set_config(store, "mail.notmuch_config", config, error) &&
	       ps_store_set_config(store, "mail.send_command", command, error) &&
	       index_mail(demo, config, error);
}
