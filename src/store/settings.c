#include "config.h"

/* Settings: config.ini in the workspace, one table of keys. "mail.root" is key root of group
 * [mail]. */

#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"

/* Sorted by key. */
static const PsSetting settings[] = {
	{"advisory.final_after", "6w",
	 N_("An interim advisory without a new version for this long should become final."),
	 PS_DURATIONS},
	{"advisory.follow", "yes",
	 N_("Drafts follow their case at once (yes), or changes of the case wait until they are "
	    "accepted (no)."),
	 "yes no"},
	{"advisory.interim_within", "3w",
	 N_("Versions that follow each other closer than this should be interim."), PS_DURATIONS},
	{"advisory.lang", "en", N_("BCP 47 tag of the language that advisories are written in."),
	 NULL},
	{"advisory.second_person", "auto",
	 N_("Nobody approves what they wrote: yes, no (for teams of one; the record says so), or "
	    "auto (yes as soon as two people with keys work here)."),
	 "yes no auto"},
	{"advisory.tlp_limit", "CLEAR",
	 N_("Highest TLP label that may be published to the provider directory."),
	 "CLEAR GREEN AMBER AMBER+STRICT RED"},
	{"advisory.versioning", "integer",
	 N_("How versions of new advisories are counted: integer or semver."), "integer semver"},
	{"clocks.acknowledge", "48h", N_("Time to acknowledge a report."), PS_DURATIONS},
	{"clocks.fix_critical", "14d", N_("Time to fix a flaw of severity Critical."),
	 PS_DURATIONS},
	{"clocks.fix_high", "30d", N_("Time to fix a flaw of severity High."), PS_DURATIONS},
	{"clocks.fix_low", "180d", N_("Time to fix a flaw of severity Low."), PS_DURATIONS},
	{"clocks.fix_medium", "90d", N_("Time to fix a flaw of severity Medium."), PS_DURATIONS},
	{"clocks.follow_up", "14d", N_("Time after which the reporter is written to again."),
	 PS_DURATIONS},
	{"clocks.publish", "7d", N_("Time to publish the advisory once a fix is available."),
	 PS_DURATIONS},
	{"clocks.validate", "5d", N_("Time to validate a report."), PS_DURATIONS},
	{"cve.cna", NULL, N_("CNA that CVE ids are requested from, unless another is named."),
	 NULL},
	{"cve.org_id", NULL, N_("UUID of the CNA in the CVE program, for CVE records."), NULL},
	{"cve.record_url", "https://cveawg.mitre.org/api/cve/{id}",
	 N_("Where the CVE program shows a record as JSON; {id} stands for the CVE id."), NULL},
	{"cve.short_name", NULL, N_("Short name of the CNA in the CVE program, for CVE records."),
	 NULL},
	{"editor.command", NULL, N_("Editor for long texts; empty: $VISUAL, then $EDITOR."), NULL},
	{"gnupg.home", NULL, N_("GnuPG home directory; empty: that of the account."), NULL},
	{"mail.from", NULL, N_("Address that the team writes from."), NULL},
	{"mail.key", NULL,
	 N_("Fingerprint of the team's key: signs what is sent, and everything is encrypted to it "
	    "too."),
	 NULL},
	{"mail.mark_read", "yes", N_("Opening a message marks it as read in the mail store."),
	 "yes no"},
	{"mail.notmuch_config", NULL, N_("notmuch configuration file; empty: notmuch's own."),
	 NULL},
	{"mail.persist_subject", "sealed",
	 N_("Protected subjects of opened mail: sealed (kept encrypted) or never (not kept)."),
	 "sealed never"},
	{"mail.root", NULL, N_("Maildir that holds the team's mail."), NULL},
	{"mail.send_command", NULL,
	 N_("Program that sends a message from standard input, as sendmail -t; empty: messages "
	    "wait in the outbox."),
	 NULL},
	{"net.ca_file", NULL,
	 N_("File of certificates (PEM) that are trusted instead of the system's, for fetching."),
	 NULL},
	{"net.connect_to", NULL,
	 N_("Where to connect instead: HOST:PORT:HOST:PORT, several separated by blanks, for a "
	    "staging server."),
	 NULL},
	{"net.http", "no", N_("Addresses without TLS are fetched too: yes or no."), "yes no"},
	{"org.authority", NULL,
	 N_("By what authority the team publishes advisories, in a sentence."), NULL},
	{"org.category", "vendor",
	 N_("What the team is, as CSAF names it: vendor, coordinator, discoverer, translator, user "
	    "or other."),
	 "vendor coordinator discoverer translator user other"},
	{"org.contact", NULL, N_("How the public reaches the team, for advisories."), NULL},
	{"org.legal", NULL, N_("Terms of use that every advisory carries."), NULL},
	{"org.name", NULL, N_("Name of the manufacturer, for advisories."), NULL},
	{"org.namespace", NULL, N_("Web address that identifies the manufacturer in advisories."),
	 NULL},
	{"org.prefix", "PSIRT", N_("Prefix of case numbers."), NULL},
	{"provider.csaf_2_1", "no",
	 N_("Advisories are published as CSAF 2.1 too, in a tree of their own (v2.1): yes or no."),
	 "yes no"},
	{"provider.dir", "provider",
	 N_("Directory that advisories are published to, below the workspace or absolute."), NULL},
	{"provider.list", "yes", N_("CSAF aggregators may list the provider directory."), "yes no"},
	{"provider.mirror", "yes", N_("CSAF aggregators may keep a copy of the advisories."),
	 "yes no"},
	{"provider.push_key", NULL,
	 N_("SSH private key file that uploads the provider directory; empty: ssh-agent."), NULL},
	{"provider.push_known_hosts", NULL,
	 N_("File with the SSH host key of the server; empty: ~/.ssh/known_hosts."), NULL},
	{"provider.push_target", NULL,
	 N_("Where “provider push” uploads to: sftp://USER@HOST[:PORT]/DIRECTORY, below /~/ for "
	    "the home directory."),
	 NULL},
	{"provider.signing_key", NULL,
	 N_("Fingerprint of the OpenPGP key that signs advisories; empty: the person's own."),
	 NULL},
	{"provider.url", NULL, N_("Public web address of the provider directory."), NULL},
	{"ui.background", "auto", N_("Background of the terminal: auto, dark or light."),
	 "auto dark light"},
	{"ui.clipboard", "osc52",
	 N_("How texts are copied out of the workstation: osc52 (the terminal's clipboard), file "
	    "or "
	    "off."),
	 "osc52 file off"},
	{"ui.theme", "default",
	 N_("Colour theme: default (by the background), or a theme's name. $PSIRTDESK_THEME comes "
	    "first."),
	 NULL},
	{"user.person", NULL,
	 N_("Id of the person who works here; empty: the one with the account's name. In a shared "
	    "workspace the account comes first."),
	 NULL},
};

const PsSetting *
ps_settings(gsize *count)
{
	*count = G_N_ELEMENTS(settings);
	return settings;
}

static const PsSetting *
setting_find(const char *key)
{
	for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
		if (g_str_equal(settings[i].key, key))
			return &settings[i];
	return NULL;
}

gboolean
ps_setting_takes(const char *key, const char *value, GError **error)
{
	const PsSetting *setting = setting_find(key);
	const char *takes = setting ? setting->takes : NULL;
	g_autoptr(GError) wrong = NULL;
	gint64 duration;

	if (!takes || !*value)
		return TRUE;
	if (g_str_equal(takes, PS_DURATIONS)) {
		if (ps_duration_parse(value, &duration, &wrong))
			return TRUE;
		g_propagate_prefixed_error(error, g_steal_pointer(&wrong), _("Setting “%s”: "),
					   key);
		return FALSE;
	}
	g_auto(GStrv) words = g_strsplit(takes, " ", -1);
	if (g_strv_contains((const char *const *)words, value))
		return TRUE;
	g_autofree char *list = g_strjoinv(", ", words);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("Setting “%s” can't be “%s”; it is one of %s."), key, value, list);
	return FALSE;
}

static char *
config_path(const PsStore *store)
{
	return g_build_filename(store->dir, PS_CONFIG_NAME, NULL);
}

/* Reads the file again only when it was changed. What stands behind a line that is none is not
 * known: `problem` (NULL or an error) says so. */
static GKeyFile *
config_load(PsStore *store, GError **problem)
{
	g_autofree char *path = config_path(store);
	struct stat st;
	gint64 stamp = stat(path, &st) == 0 ? (gint64)st.st_mtim.tv_sec * 1000000000 +
						      st.st_mtim.tv_nsec + (gint64)st.st_ino
					    : 0;

	if (store->config && stamp == store->config_stamp)
		return store->config;
	g_clear_pointer(&store->config, g_key_file_unref);
	store->config = g_key_file_new();
	store->config_stamp = stamp;
	if (stamp != 0)
		g_key_file_load_from_file(store->config, path, G_KEY_FILE_KEEP_COMMENTS, problem);
	return store->config;
}

static void
split_key(const char *key, char **group, char **name)
{
	const char *dot = strchr(key, '.');

	*group = g_strndup(key, (gsize)(dot - key));
	*name = g_strdup(dot + 1);
}

char *
ps_store_config(PsStore *store, const char *key)
{
	const PsSetting *setting = setting_find(key);

	g_return_val_if_fail(setting != NULL, NULL);
	g_autofree char *group = NULL, *name = NULL;
	split_key(key, &group, &name);
	char *value = g_key_file_get_string(config_load(store, NULL), group, name, NULL);
	if (value && !*value)
		g_clear_pointer(&value, g_free);
	return value ? value : g_strdup(setting->fallback);
}

/* Others may write too: whoever holds this lock reads, changes and replaces the file. */
static int
config_lock(PsStore *store, GError **error)
{
	g_autofree char *path = g_build_filename(store->dir, PS_CONFIG_NAME ".lock", NULL);
	/* Reading is enough to lock. Who may write the database may lock the settings, whatever the
	 * umask; only the owner of the lock can see to it, and has to once. */
	int fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0660);
	struct stat st;

	if (fd >= 0 && stat(store->file, &st) == 0 && fchmod(fd, st.st_mode & 0660) != 0)
		errno = 0;
	if (fd >= 0 && flock(fd, LOCK_EX) == 0)
		return fd;
	g_set_error(error, PS_ERROR, PS_ERROR_IO, _("The settings in “%s” can't be locked: %s."),
		    store->dir, g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static gboolean
config_save(PsStore *store, GError **error)
{
	g_autofree char *path = config_path(store);
	gsize length;
	g_autofree char *text = g_key_file_to_data(store->config, &length, NULL);
	struct stat st;
	/* who may read the database may read the settings */
	int mode = stat(store->file, &st) == 0 ? (int)(st.st_mode & 0660) : 0600;

	if (!ps_file_write(path, text, (gssize)length, mode, error))
		return FALSE;
	store->config_stamp = -1;
	return TRUE;
}

/* Under the lock. A file that can't be read whole is not written over. */
static gboolean
change_config(PsStore *store, const char *key, const char *value, GError **error)
{
	g_autofree char *group = NULL, *name = NULL, *path = config_path(store);
	g_autoptr(GError) problem = NULL;

	split_key(key, &group, &name);
	store->config_stamp = -1;
	GKeyFile *config = config_load(store, &problem);
	if (problem) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The settings in “%s” can't be read, so nothing was changed: %s. "
			      "Correct the file by hand."),
			    path, problem->message);
		return FALSE;
	}
	if (value && *value)
		g_key_file_set_string(config, group, name, value);
	else
		g_key_file_remove_key(config, group, name, NULL);
	return config_save(store, error);
}

gboolean
ps_store_set_config(PsStore *store, const char *key, const char *value, GError **error)
{
	if (!setting_find(key)) {
		g_set_error(error, PS_ERROR, PS_ERROR_USAGE,
			    _("There is no setting “%s”: “psirtdesk config” lists them."), key);
		return FALSE;
	}
	if (value && !g_utf8_validate(value, -1, NULL)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The value for “%s” is not valid UTF-8."), key);
		return FALSE;
	}
	int fd = config_lock(store, error);
	if (fd < 0)
		return FALSE;
	gboolean done = change_config(store, key, value, error);
	close(fd);
	return done;
}
