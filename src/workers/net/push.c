#include "config.h"

/* Uploading over SFTP, in the order that was given: each file goes beside its place first and is
 * moved there when it is whole, so that a reader never sees half of one. (SFTP servers refuse to
 * rename over a file that stands, so the old one is removed just before.)
 *
 * Arguments: "target" sftp://USER@HOST[:PORT]/DIRECTORY (below /~/ for the home), "known_hosts"
 * file, "key" private key file (optional; else ssh-agent), "files" [{"local", "remote"}]. The
 * host's key must be known. One META {"remote"} a file that is in place. */

#include "workers/net/methods.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "workers/net/curl.h"

typedef struct {
	PsTransfer *transfer;
	char *url;  /* of the directory, without a slash at its end */
	char *path; /* the same as SFTP commands take it */
} Target;

static void
target_clear(Target *target)
{
	ps_transfer_free(target->transfer);
	g_free(target->url);
	g_free(target->path);
}

static gboolean
set_login(PsTransfer *transfer, GError **error)
{
	const char *known_hosts = ps_work_text(transfer->work, "known_hosts"),
		   *key = ps_work_text(transfer->work, "key");

	if (!known_hosts) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("The request lacks “%s”."),
			    "known_hosts");
		return FALSE;
	}
	curl_easy_setopt(transfer->curl, CURLOPT_SSH_KNOWNHOSTS, known_hosts);
	curl_easy_setopt(transfer->curl, CURLOPT_SSH_AUTH_TYPES,
			 key ? (long)CURLSSH_AUTH_PUBLICKEY : (long)CURLSSH_AUTH_AGENT);
	if (key)
		curl_easy_setopt(transfer->curl, CURLOPT_SSH_PRIVATE_KEYFILE, key);
	return TRUE;
}

/* "/~/www" is "www" to SFTP's commands, "/srv/www" itself. */
static char *
command_path(const char *url)
{
	CURLU *parts = curl_url();
	char *path = NULL, *result = NULL;

	if (curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_PATH, &path, CURLU_URLDECODE) == CURLUE_OK)
		result = g_strdup(g_str_has_prefix(path, "/~/") ? path + 3 : path);
	curl_free(path);
	curl_url_cleanup(parts);
	return result;
}

static gboolean
open_target(PsWork *work, Target *target, GError **error)
{
	const char *url = ps_work_text(work, "target");

	target->url = g_strdup(url ? url : "");
	while (g_str_has_suffix(target->url, "/"))
		target->url[strlen(target->url) - 1] = '\0';
	target->path = command_path(target->url);
	if (!g_str_has_prefix(target->url, "sftp://") || !target->path) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no place to upload to: write "
			      "sftp://USER@HOST/DIRECTORY."),
			    target->url);
		return FALSE;
	}
	target->transfer = ps_transfer_new(work, "sftp", error);
	return target->transfer && set_login(target->transfer, error);
}

/* A path below the target: no way up, nothing that an SFTP command would read as its own. */
static gboolean
remote_is_plain(const char *remote)
{
	return remote && *remote && *remote != '/' && !strstr(remote, "..") &&
	       !strpbrk(remote, "\"\\\n\r");
}

static char *
remote_path(const Target *target, const char *remote)
{
	return g_strconcat(target->path, *target->path ? "/" : "", remote, NULL);
}

static struct curl_slist *
move_commands(const Target *target, const char *remote)
{
	g_autofree char *path = remote_path(target, remote),
			*remove = g_strdup_printf("*rm \"%s\"", path),
			*rename = g_strdup_printf("rename \"%s.part\" \"%s\"", path, path);

	return curl_slist_append(curl_slist_append(NULL, remove), rename);
}

static char *
part_url(const Target *target, const char *remote)
{
	g_autofree char *escaped = g_uri_escape_string(remote, "/", FALSE);

	return g_strdup_printf("%s/%s.part", target->url, escaped);
}

static gboolean
upload(const Target *target, FILE *file, gint64 size, const char *remote, GError **error)
{
	CURL *curl = target->transfer->curl;
	g_autofree char *url = part_url(target, remote);
	struct curl_slist *after = move_commands(target, remote);

	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_FTP_CREATE_MISSING_DIRS, (long)CURLFTP_CREATE_DIR);
	curl_easy_setopt(curl, CURLOPT_NEW_DIRECTORY_PERMS, 0755L);
	curl_easy_setopt(curl, CURLOPT_NEW_FILE_PERMS, 0644L);
	curl_easy_setopt(curl, CURLOPT_READDATA, file);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)size);
	curl_easy_setopt(curl, CURLOPT_POSTQUOTE, after);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_setopt(curl, CURLOPT_POSTQUOTE, NULL);
	curl_slist_free_all(after);
	return code == CURLE_OK || ps_transfer_failed(target->transfer, code, url, error);
}

/* What is not there any more is as good as removed. */
static gboolean
remove_one(const Target *target, const char *remote, GError **error)
{
	CURL *curl = target->transfer->curl;
	g_autofree char *path = remote_path(target, remote),
			*command = g_strdup_printf("*rm \"%s\"", path),
			*url = g_strconcat(target->url, "/", NULL);
	struct curl_slist *before = curl_slist_append(NULL, command);

	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 0L);
	curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(curl, CURLOPT_QUOTE, before);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_setopt(curl, CURLOPT_QUOTE, NULL);
	curl_easy_setopt(curl, CURLOPT_NOBODY, 0L);
	curl_slist_free_all(before);
	return code == CURLE_OK || ps_transfer_failed(target->transfer, code, url, error);
}

static gboolean
push_one(const Target *target, const char *local, const char *remote, GError **error)
{
	struct stat st;
	FILE *file = local ? fopen(local, "re") : NULL;

	if (!remote_is_plain(remote)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no path below the place to upload to."),
			    remote ? remote : "");
	} else if (!local) {
		return remove_one(target, remote, error);
	} else if (!file || fstat(fileno(file), &st) != 0 || !S_ISREG(st.st_mode)) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("%s can't be read: %s."),
			    local ? local : "", g_strerror(errno));
	} else if (upload(target, file, st.st_size, remote, error)) {
		fclose(file);
		return TRUE;
	}
	if (file)
		fclose(file);
	return FALSE;
}

gboolean
ps_serve_push(PsWork *work, GError **error)
{
	const cJSON *files = cJSON_GetObjectItemCaseSensitive(work->arguments, "files"), *file;
	Target target = {NULL, NULL, NULL};
	gboolean done = open_target(work, &target, error);
	int count = 0, total = cJSON_GetArraySize(files);

	if (done)
		cJSON_ArrayForEach (file, files) {
			const char *remote = ps_json_text(file, "remote");
			done = push_one(&target, ps_json_text(file, "local"), remote, error);
			if (!done)
				break;
			cJSON *meta = cJSON_CreateObject();
			ps_add_text(meta, "remote", remote);
			done = ps_work_meta(work, meta, error);
			if (!done)
				break;
			ps_work_progress(work, ++count, total, remote);
		}
	target_clear(&target);
	return done;
}
