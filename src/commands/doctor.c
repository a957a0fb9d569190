#include "config.h"

/* doctor: what is right and wrong around the program. A table of checks; each gives a state and a
 * sentence, and where something is wrong, what to do. */

#include "commands/doctor.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/spawn.h"
#include "base/utc.h"
#include "commands/command-table.h"

/* ---- GnuPG ---- */

/* First line of what `program --version` prints; NULL: it can't be run. */
static char *
version_of(const char *program)
{
	const char *const argv[] = {program, "--version", NULL};
	const PsSpawn spawn = {.argv = argv, .timeout_seconds = 10};
	PsSpawnResult result = {0};
	char *line = NULL;

	if (!ps_spawn_run(&spawn, &result, NULL))
		return NULL;
	if (result.status == 0) {
		gsize size;
		const char *text = g_bytes_get_data(result.output, &size);
		g_autofree char *whole = g_strndup(text ? text : "", size);
		line = g_strndup(whole, strcspn(whole, "\n"));
	}
	ps_spawn_result_clear(&result);
	return line;
}

static PsHealth
check_gpg(PsDoctor *doctor, char **sentence)
{
	g_autofree char *version = version_of("gpg");

	(void)doctor;
	if (version) {
		*sentence = g_steal_pointer(&version);
		return PS_HEALTH_GOOD;
	}
	*sentence = g_strdup(_("gpg can't be run: install the package gnupg."));
	return PS_HEALTH_BAD;
}

static PsHealth
from_error(GError *error, char **sentence)
{
	*sentence = g_strdup(error->message);
	g_error_free(error);
	return PS_HEALTH_BAD;
}

static PsHealth
check_agent(PsDoctor *doctor, char **sentence)
{
	PsOpenpgp *openpgp = ps_cli_openpgp(doctor->cli);
	GError *error = NULL;

	if (!ps_openpgp_check_home(ps_openpgp_home(openpgp), &error) ||
	    !ps_openpgp_start_agent(openpgp, &error))
		return from_error(error, sentence);
	*sentence = g_strdup(_("The GnuPG agent answers."));
	return PS_HEALTH_GOOD;
}

/* A key that runs out within this time is named. */
#define EXPIRES_SOON (30 * PS_DAY_MS)

static PsHealth
check_team_key(PsDoctor *doctor, char **sentence)
{
	g_autofree char *who = doctor->store ? ps_store_config(doctor->store, "mail.key") : NULL;
	g_autoptr(GError) error = NULL;

	if (!who || !*who) {
		*sentence =
			g_strdup(_("No team key is set, so mail can't be signed: “psirtdesk config "
				   "mail.key FINGERPRINT”."));
		return PS_HEALTH_WARNING;
	}
	g_autoptr(PsKey) key = ps_openpgp_find_key(ps_cli_openpgp(doctor->cli), who, &error);
	if (!key)
		return from_error(g_steal_pointer(&error), sentence);
	if ((*sentence = ps_key_problem(key)))
		return PS_HEALTH_BAD;
	if (!key->secret) {
		*sentence =
			g_strdup_printf(_("The secret part of the team key “%s” is not here: mail "
					  "can't be signed or decrypted with it."),
					key->user_id);
		return PS_HEALTH_BAD;
	}
	if (key->expires != PS_NO_TIME && key->expires < ps_now_ms() + EXPIRES_SOON) {
		g_autofree char *left = ps_duration_text(key->expires - ps_now_ms());
		*sentence =
			g_strdup_printf(_("The team key “%s” expires in %s: extend it with gpg."),
					key->user_id, left);
		return PS_HEALTH_WARNING;
	}
	*sentence = g_strdup_printf(_("The team key “%s” can sign and decrypt."), key->user_id);
	return PS_HEALTH_GOOD;
}

/* ---- mail ---- */

static PsHealth
check_notmuch(PsDoctor *doctor, char **sentence)
{
	g_autofree char *version = version_of("notmuch");

	(void)doctor;
	if (version) {
		*sentence = g_steal_pointer(&version);
		return PS_HEALTH_GOOD;
	}
	*sentence = g_strdup(_("notmuch can't be run, so there is no inbox: install the package "
			       "notmuch."));
	return PS_HEALTH_BAD;
}

/* Asks notmuch itself: it knows whether the index is whole and of a version that it reads. */
static PsHealth
ask_notmuch(PsDoctor *doctor, const char *root, char **sentence)
{
	g_autofree char *config = ps_store_config(doctor->store, "mail.notmuch_config");
	g_autofree char *named = config && *config ? g_strconcat("--config=", config, NULL) : NULL;
	const char *const argv[] = {"notmuch", named ? named : "count", named ? "count" : NULL,
				    NULL};
	const PsSpawn spawn = {.argv = argv, .timeout_seconds = 20};
	PsSpawnResult result = {0};
	GError *error = NULL;

	if (!ps_spawn_run(&spawn, &result, &error))
		return from_error(error, sentence);
	gboolean good = result.status == 0;
	*sentence = good ? g_strdup_printf(_("The mail store “%s” is there and indexed."), root)
			 : g_strdup_printf(_("notmuch can't read its index of “%s”: %s"), root,
					   result.errors);
	ps_spawn_result_clear(&result);
	return good ? PS_HEALTH_GOOD : PS_HEALTH_BAD;
}

static PsHealth
check_mail_store(PsDoctor *doctor, char **sentence)
{
	g_autofree char *root = doctor->store ? ps_store_config(doctor->store, "mail.root") : NULL;

	if (!root || !*root) {
		*sentence =
			g_strdup(_("No mail store is set: “psirtdesk config mail.root MAILDIR”."));
		return PS_HEALTH_WARNING;
	}
	g_autofree char *index = g_build_filename(root, ".notmuch", NULL);
	if (access(root, R_OK | X_OK) != 0) {
		*sentence = g_strdup_printf(_("The mail store “%s” can't be read: %s."), root,
					    g_strerror(errno));
		return PS_HEALTH_BAD;
	}
	if (access(index, F_OK) != 0) {
		*sentence =
			g_strdup_printf(_("The mail store “%s” has no notmuch index below it: run "
					  "“psirtdesk inbox sync”; an index elsewhere is fine."),
					root);
		return PS_HEALTH_WARNING;
	}
	return ask_notmuch(doctor, root, sentence);
}

static PsHealth
check_send_command(PsDoctor *doctor, char **sentence)
{
	g_autofree char *command =
		doctor->store ? ps_store_config(doctor->store, "mail.send_command") : NULL;
	g_auto(GStrv) words = NULL;

	if (!command || !*command) {
		*sentence =
			g_strdup(_("No send command is set: messages wait in the outbox until they "
				   "are carried out (“psirtdesk outbox export”)."));
		return PS_HEALTH_WARNING;
	}
	if (!g_shell_parse_argv(command, NULL, &words, NULL)) {
		*sentence =
			g_strdup_printf(_("The send command “%s” has quotes that do not close."),
					command);
		return PS_HEALTH_BAD;
	}
	g_autofree char *path = g_find_program_in_path(words[0]);
	*sentence = g_strdup_printf(
		path ? _("The send command “%s” can be run.")
		     : _("The send command “%s” can't be run: set mail.send_command "
			 "to a program that is there."),
		words[0]);
	return path ? PS_HEALTH_GOOD : PS_HEALTH_BAD;
}

/* ---- around the terminal ---- */

static PsHealth
check_locale(PsDoctor *doctor, char **sentence)
{
	const char *charset = nl_langinfo(CODESET);

	(void)doctor;
	if (g_ascii_strcasecmp(charset, "UTF-8") == 0) {
		*sentence = g_strdup(_("The locale is UTF-8."));
		return PS_HEALTH_GOOD;
	}
	*sentence =
		g_strdup_printf(_("The locale's character set is “%s”: names and subjects will be "
				  "unreadable. Set LANG to a UTF-8 locale, as C.UTF-8."),
				charset);
	return PS_HEALTH_WARNING;
}

static PsHealth
check_terminal(PsDoctor *doctor, char **sentence)
{
	const char *term = g_getenv("TERM");
	struct winsize size = {0};

	(void)doctor;
	if (!term || !*term || g_str_equal(term, "dumb")) {
		*sentence =
			g_strdup(_("TERM names no terminal that the workstation can use; headless "
				   "commands work."));
		return PS_HEALTH_WARNING;
	}
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col &&
	    (size.ws_col < 80 || size.ws_row < 24)) {
		*sentence =
			g_strdup_printf(_("The terminal has %d × %d characters; the workstation "
					  "likes 80 × 24 or more."),
					size.ws_col, size.ws_row);
		return PS_HEALTH_WARNING;
	}
	*sentence = g_strdup_printf(_("The terminal is “%s”."), term);
	return PS_HEALTH_GOOD;
}

static PsHealth
check_private_directory(PsDoctor *doctor, char **sentence)
{
	const char *run = g_getenv("XDG_RUNTIME_DIR");

	(void)doctor;
	if (run && access(run, W_OK | X_OK) == 0) {
		*sentence = g_strdup(_("Texts in the editor stay in memory (XDG_RUNTIME_DIR)."));
		return PS_HEALTH_GOOD;
	}
	if (access("/dev/shm", W_OK | X_OK) == 0) {
		*sentence = g_strdup(_("Texts in the editor stay in memory (/dev/shm)."));
		return PS_HEALTH_GOOD;
	}
	*sentence =
		g_strdup(_("There is neither XDG_RUNTIME_DIR nor /dev/shm: texts in the editor are "
			   "written to disk for a while. Log in through systemd-logind."));
	return PS_HEALTH_WARNING;
}

/* ---- clock ---- */

static PsHealth
check_clock(PsDoctor *doctor, char **sentence)
{
	struct timex clock = {0};

	(void)doctor;
	if (ps_now_is_pinned()) {
		*sentence = g_strdup(
			_("PSIRTDESK_NOW pins the clock: fine for a drill, wrong for work. "
			  "Unset it."));
		return PS_HEALTH_WARNING;
	}
	if (adjtimex(&clock) == TIME_ERROR || (clock.status & STA_UNSYNC)) {
		*sentence =
			g_strdup(_("The system's clock is not synchronised: deadlines may be shown "
				   "wrong. Switch on systemd-timesyncd or another NTP client."));
		return PS_HEALTH_WARNING;
	}
	*sentence = g_strdup(_("The system's clock is synchronised."));
	return PS_HEALTH_GOOD;
}

/* ---- workspace ---- */

static PsHealth
check_workspace(PsDoctor *doctor, char **sentence)
{
	if (!doctor->store) {
		*sentence = g_strdup(doctor->why_no_store);
		return PS_HEALTH_BAD;
	}
	*sentence = g_strdup_printf(ps_store_is_readonly(doctor->store)
					    ? _("The workspace “%s” opens, but only for reading.")
					    : _("The workspace “%s” opens."),
				    doctor->cli->workspace);
	return ps_store_is_readonly(doctor->store) ? PS_HEALTH_WARNING : PS_HEALTH_GOOD;
}

static PsHealth
check_permissions(PsDoctor *doctor, char **sentence)
{
	static const char *const files[] = {"psirtdesk.db", "config.ini", "gnupg", "."};

	if (!doctor->store) {
		*sentence = g_strdup(_("Without a workspace there is nothing to protect."));
		return PS_HEALTH_WARNING;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(doctor->cli->workspace, files[i], NULL);
		struct stat st;
		if (stat(path, &st) != 0 || !(st.st_mode & 07))
			continue;
		*sentence =
			g_strdup_printf(_("Everybody on this machine may reach “%s”: run “chmod o= "
					  "%s”."),
					path, path);
		return PS_HEALTH_BAD;
	}
	*sentence = g_strdup(_("Nobody else on this machine may read the workspace."));
	return PS_HEALTH_GOOD;
}

static PsHealth
check_unlock(PsDoctor *doctor, char **sentence)
{
	GError *error = NULL;

	if (!doctor->store) {
		*sentence = g_strdup(_("Without a workspace there is nothing to unlock."));
		return PS_HEALTH_WARNING;
	}
	if (!ps_store_unlock(doctor->store, &error))
		return from_error(error, sentence);
	*sentence = g_strdup(_("The workspace can be unlocked."));
	return PS_HEALTH_GOOD;
}

/* ---- all ---- */

static const struct {
	const char *id;
	PsHealth (*check)(PsDoctor *doctor, char **sentence);
} checks[] = {
	{"workspace", check_workspace},
	{"permissions", check_permissions},
	{"gnupg", check_gpg},
	{"gnupg-agent", check_agent},
	{"unlock", check_unlock},
	{"team-key", check_team_key},
	{"notmuch", check_notmuch},
	{"mail-store", check_mail_store},
	{"send-command", check_send_command},
	{"locale", check_locale},
	{"terminal", check_terminal},
	{"private-directory", check_private_directory},
	{"clock", check_clock},
	{"disk-encryption", ps_doctor_check_disk},
	{"swap-encryption", ps_doctor_check_swap},
};

static const char *const health_tokens[] = {
	[PS_HEALTH_GOOD] = "ok", [PS_HEALTH_WARNING] = "warning", [PS_HEALTH_BAD] = "wrong"};

static void
print_check(PsCli *cli, const char *id, PsHealth health, const char *sentence)
{
	if (!cli->json) {
		ps_cli_row(cli, health_tokens[health], id, sentence, NULL);
		return;
	}
	g_autoptr(cJSON) object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "check", id);
	cJSON_AddStringToObject(object, "state", health_tokens[health]);
	cJSON_AddStringToObject(object, "text", sentence);
	ps_cli_array_add(cli, object);
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autoptr(GError) no_store = NULL;
	PsDoctor doctor = {.cli = cli};
	int status = 0;

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“doctor” takes no operands."));
	doctor.store = ps_cli_store(cli, &no_store);
	doctor.why_no_store = no_store ? no_store->message : NULL;
	if (cli->json)
		ps_cli_array_begin(cli);
	for (gsize i = 0; i < G_N_ELEMENTS(checks); i++) {
		g_autofree char *sentence = NULL;
		PsHealth health = checks[i].check(&doctor, &sentence);
		print_check(cli, checks[i].id, health, sentence);
		if (health == PS_HEALTH_BAD)
			status = 1;
	}
	if (cli->json)
		ps_cli_array_end(cli);
	return status;
}

const PsCommand ps_command_doctor = {
	.name = "doctor",
	.usage = "",
	.summary = N_("What is right and wrong around us, each with what to do."),
	.details = N_(
		"A line for each check, parted by TAB: ok, warning or wrong; its name; a sentence. "
		"Exit status 1 when something is wrong. With --json: an array."),
	.example = "doctor",
	.run = run,
};
