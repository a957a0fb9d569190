#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/spawn.h"
#include "mail/internal.h"
#include "openpgp/answers.h"

#define CONFIG_NAME "notmuch-config"

static char *
below_workspace(PsStore *store, const char *path)
{
	if (!path || g_path_is_absolute(path))
		return g_strdup(path);
	g_autofree char *dir = g_canonicalize_filename(ps_store_dir(store), NULL);
	return g_build_filename(dir, path, NULL);
}

void
ps_mail_place(PsStore *store, PsMailPlace *place)
{
	g_autofree char *config = ps_store_config(store, "mail.notmuch_config"),
			*root = ps_store_config(store, "mail.root");

	place->config = below_workspace(store, config);
	place->root = below_workspace(store, root);
	if (place->root && !place->config)
		place->config = g_strdup("");
}

void
ps_mail_place_clear(PsMailPlace *place)
{
	g_clear_pointer(&place->config, g_free);
	g_clear_pointer(&place->root, g_free);
}

cJSON *
ps_mail_index_arguments(PsStore *store)
{
	cJSON *arguments = cJSON_CreateObject();
	PsMailPlace place;

	ps_mail_place(store, &place);
	if (place.config)
		cJSON_AddStringToObject(arguments, "config", place.config);
	/* with a configuration, that one says where the index is */
	if (place.root && !*place.config)
		cJSON_AddStringToObject(arguments, "root", place.root);
	ps_mail_place_clear(&place);
	return arguments;
}

char *
ps_mail_root(PsStore *store, PsOpenpgp *openpgp, GError **error)
{
	PsMailPlace place;
	PsAnswer answer;

	ps_mail_place(store, &place);
	char *root = g_steal_pointer(&place.root);
	ps_mail_place_clear(&place);
	if (root)
		return root;
	g_autoptr(cJSON) arguments = ps_mail_index_arguments(store);
	PsRequest request = {.method = "index-info", .arguments = arguments};
	if (!ps_worker_call(ps_openpgp_worker(openpgp), &request, &answer, error))
		return NULL;
	root = g_strdup(ps_json_text(answer.meta, "root"));
	ps_answer_clear(&answer);
	if (!root)
		g_set_error_literal(error, PS_ERROR, PS_ERROR_IO,
				    _("notmuch does not say where the mail is. Set mail.root."));
	return root;
}

/* ---- notmuch ---- */

/* Flags in file names stay as they are: other programs may share the mail directory. */
static char *
own_config(PsStore *store, const char *root, GError **error)
{
	char *path = g_build_filename(ps_store_dir(store), CONFIG_NAME, NULL);
	g_autofree char *text = g_strdup_printf("# Made by psirtdesk from mail.root.\n"
						"[database]\npath=%s\n"
						"[new]\ntags=unread;inbox;\n"
						"[maildir]\nsynchronize_flags=false\n",
						root);
	g_autofree char *present = NULL;

	if (g_file_get_contents(path, &present, NULL, NULL) && g_str_equal(present, text))
		return path;
	if (ps_file_write(path, text, -1, 0600, error))
		return path;
	g_free(path);
	return NULL;
}

char **
ps_mail_notmuch_environment(PsStore *store, GError **error)
{
	PsMailPlace place;
	GPtrArray *environment = g_ptr_array_new();

	ps_mail_place(store, &place);
	g_autofree char *path = place.root && !*place.config
					? own_config(store, place.root, error)
					: g_strdup(place.config ? place.config : "");
	ps_mail_place_clear(&place);
	if (!path) {
		g_ptr_array_free(environment, TRUE);
		return NULL;
	}
	if (*path)
		g_ptr_array_add(environment, g_strconcat("NOTMUCH_CONFIG=", path, NULL));
	g_ptr_array_add(environment, NULL);
	return (char **)g_ptr_array_free(environment, FALSE);
}

/* Xapian's lock of the one writer (backends/flint_lock.cc): a POSIX lock on this file. */
static gboolean
index_is_locked(const char *root)
{
	static const char *const places[] = {".notmuch/xapian/flintlock", "xapian/flintlock"};

	for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
		g_autofree char *path = g_build_filename(root, places[i], NULL);
		struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
		int fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd < 0)
			continue;
		/* closing drops no lock of ours: this program never holds one on it */
		gboolean locked = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
		close(fd);
		return locked;
	}
	return FALSE;
}

gboolean
ps_mail_wait_for_index(const char *root, int seconds, PsProgress *progress, GError **error)
{
	gint64 until = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;

	while (index_is_locked(root)) {
		if (ps_progress_cancelled(progress, error))
			return FALSE;
		if (g_get_monotonic_time() >= until) {
			g_set_error(error, PS_ERROR, PS_ERROR_BUSY,
				    _("The mail index in “%s” is being written by another program "
				      "(perhaps “notmuch new”). Try again when it is done."),
				    root);
			return FALSE;
		}
		ps_progress_set(progress, 0, 0,
				_("waiting for another program that writes the index"));
		g_usleep(50000);
	}
	return TRUE;
}

static gboolean
notmuch_failed(const char *verb, const PsSpawnResult *result, GError **error)
{
	g_autofree char *said = g_strdelimit(g_strdup(result->errors), "\n", ' ');
	gboolean version = strstr(said, "version") || strstr(said, "features");

	g_set_error(error, PS_ERROR, version ? PS_ERROR_VERSION : PS_ERROR_IO,
		    _("“notmuch %s” ended with status %d: %s"), verb, result->status,
		    *said ? said : _("it said nothing"));
	return FALSE;
}

gboolean
ps_mail_run_notmuch(PsStore *store, const char *const *arguments, GBytes *input,
		    PsProgress *progress, GError **error)
{
	g_auto(GStrv) environment = ps_mail_notmuch_environment(store, error);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	PsSpawnResult result;

	if (!environment)
		return FALSE;
	g_ptr_array_add(argv, (gpointer) "notmuch");
	for (gsize i = 0; arguments[i]; i++)
		g_ptr_array_add(argv, (gpointer)arguments[i]);
	g_ptr_array_add(argv, NULL);
	PsSpawn spawn = {.argv = (const char *const *)argv->pdata,
			 .environment = (const char *const *)environment,
			 .input = input,
			 .progress = progress};
	if (!ps_spawn_run(&spawn, &result, error))
		return FALSE;
	gboolean done = result.status == 0 || notmuch_failed(arguments[0], &result, error);
	ps_spawn_result_clear(&result);
	return done;
}
