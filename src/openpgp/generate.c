#include "config.h"

#include "openpgp/generate.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/spawn.h"
#include "openpgp/openpgp.h"

static char *
parameters(const PsGenerate *options)
{
	GString *text = g_string_new("Key-Type: eddsa\nKey-Curve: ed25519\nKey-Usage: sign,cert\n");
	const char *angle = strrchr(options->user_id, '<');
	g_autofree char *name =
		g_strndup(options->user_id,
			  angle ? (gsize)(angle - options->user_id) : strlen(options->user_id));
	g_autofree char *address = angle ? g_strdup(angle + 1) : NULL;

	if (!options->sign_only)
		g_string_append(text, "Subkey-Type: ecdh\nSubkey-Curve: cv25519\n"
				      "Subkey-Usage: encrypt\n");
	g_string_append_printf(text, "Name-Real: %s\n", g_strstrip(name));
	if (address)
		g_string_append_printf(text, "Name-Email: %s\n", g_strdelimit(address, ">", '\0'));
	if (options->passphrase)
		g_string_append_printf(text, "Passphrase: %s\n", options->passphrase);
	else
		g_string_append(text, "%no-protection\n");
	g_string_append_printf(text, "Expire-Date: %d\n%%commit\n", options->days);
	return g_string_free(text, FALSE);
}

/* "[GNUPG:] KEY_CREATED B 0123…" */
static char *
fingerprint_of(GBytes *status)
{
	gsize length = 0;
	const char *text = g_bytes_get_data(status, &length);
	g_autofree char *copy = g_strndup(text ? text : "", length);
	g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);

	for (gsize i = 0; lines[i]; i++) {
		g_auto(GStrv) words = g_strsplit(lines[i], " ", 5);
		if (g_strv_length(words) >= 4 && g_str_equal(words[1], "KEY_CREATED"))
			return g_strndup(words[3], 40);
	}
	return NULL;
}

char *
ps_openpgp_generate(const char *home, const PsGenerate *options, GError **error)
{
	g_autofree char *text = parameters(options),
			*variable = g_strconcat("GNUPGHOME=", home, NULL);
	g_autoptr(GBytes) input = g_bytes_new(text, strlen(text));
	const char *environment[] = {variable, NULL};
	const char *argv[] = {
		"gpg",      "--batch",        "--no-tty", "--status-fd", "1", "--pinentry-mode",
		"loopback", "--generate-key", NULL,       NULL,          NULL};
	PsSpawnResult result;

	if (options->made_at) {
		argv[7] = "--faked-system-time";
		argv[8] = options->made_at;
		argv[9] = "--generate-key";
	}
	if (!ps_dir_make(home, 0700, error) || !ps_openpgp_check_home(home, error))
		return NULL;
	PsSpawn spawn = {.argv = argv,
			 .environment = environment,
			 .input = input,
			 .timeout_seconds = 60};
	if (!ps_spawn_run(&spawn, &result, error))
		return NULL;
	char *fingerprint = result.status == 0 ? fingerprint_of(result.output) : NULL;
	if (!fingerprint)
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("gpg could not make a key for “%s” (status %d): %s"),
			    options->user_id, result.status, result.errors);
	ps_spawn_result_clear(&result);
	return fingerprint;
}

void
ps_openpgp_kill_agents(const char *home)
{
	g_autofree char *variable = g_strconcat("GNUPGHOME=", home, NULL);
	const char *environment[] = {variable, NULL};
	static const char *const argv[] = {"gpgconf", "--kill", "all", NULL};
	PsSpawn spawn = {.argv = argv, .environment = environment, .timeout_seconds = 10};
	PsSpawnResult result;

	if (ps_spawn_run(&spawn, &result, NULL))
		ps_spawn_result_clear(&result);
}
