#include "config.h"

#include "openpgp/openpgp.h"

#include <string.h>
#include <sodium.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/spawn.h"
#include "openpgp/answers.h"

/* A socket's path may have 107 bytes (sun_path), and gpg-agent appends the longest of its names,
 * "/S.gpg-agent.browser". */
#define HOME_MAX 90

struct PsOpenpgp {
	char *home;
	PsWorker *worker;
	PsKeyOps ops;
	GMutex lock; /* of agent_socket */
	char *agent_socket;
};

/* ---- a terminal that nobody else draws on ---- */

static gboolean
plain_release(gpointer user)
{
	(void)user;
	/* a graphical pinentry needs no terminal */
	return isatty(STDIN_FILENO) || g_getenv("DISPLAY") || g_getenv("WAYLAND_DISPLAY") ||
	       g_getenv("GPG_TTY");
}

static const PsWorkerTty plain_tty = {plain_release, NULL, NULL};

/* ---- life ---- */

static GBytes *key_wrap(void *user, GBytes *secret, const char *const *fingerprints,
			GError **error);
static GBytes *key_unwrap(void *user, GBytes *wrapped, GError **error);
static GBytes *key_sign(void *user, GBytes *data, const char *fingerprint, GError **error);
static gboolean key_verify(void *user, GBytes *data, GBytes *signature, char **fingerprint,
			   GError **error);

PsOpenpgp *
ps_openpgp_new(const char *gnupg_home)
{
	PsOpenpgp *openpgp = g_new0(PsOpenpgp, 1);
	const char *terminal = isatty(STDIN_FILENO) ? ttyname(STDIN_FILENO) : NULL;
	g_autoptr(GPtrArray) environment = g_ptr_array_new_with_free_func(g_free);

	openpgp->home = g_strdup(gnupg_home && *gnupg_home ? gnupg_home : g_getenv("GNUPGHOME"));
	if (openpgp->home)
		g_ptr_array_add(environment, g_strconcat("GNUPGHOME=", openpgp->home, NULL));
	if (terminal)
		g_ptr_array_add(environment, g_strconcat("GPG_TTY=", terminal, NULL));
	g_ptr_array_add(environment, NULL);
	openpgp->worker = ps_worker_new("mail", (const char *const *)environment->pdata);
	ps_worker_set_tty(openpgp->worker, &plain_tty);
	g_mutex_init(&openpgp->lock);
	openpgp->ops = (PsKeyOps){.wrap = key_wrap,
				  .unwrap = key_unwrap,
				  .sign = key_sign,
				  .verify = key_verify,
				  .user = openpgp};
	return openpgp;
}

void
ps_openpgp_free(PsOpenpgp *openpgp)
{
	if (!openpgp)
		return;
	ps_worker_free(openpgp->worker);
	g_mutex_clear(&openpgp->lock);
	g_free(openpgp->agent_socket);
	g_free(openpgp->home);
	g_free(openpgp);
}

const char *
ps_openpgp_home(const PsOpenpgp *openpgp)
{
	return openpgp->home;
}

PsWorker *
ps_openpgp_worker(PsOpenpgp *openpgp)
{
	return openpgp->worker;
}

void
ps_openpgp_set_tty(PsOpenpgp *openpgp, const PsWorkerTty *tty)
{
	ps_worker_set_tty(openpgp->worker, tty ? tty : &plain_tty);
}

const PsKeyOps *
ps_openpgp_key_ops(PsOpenpgp *openpgp)
{
	return &openpgp->ops;
}

/* ---- GnuPG home and agent ---- */

gboolean
ps_openpgp_check_home(const char *gnupg_home, GError **error)
{
	const char *home = gnupg_home && *gnupg_home ? gnupg_home : g_getenv("GNUPGHOME");
	g_autofree char *run = g_strdup_printf("/run/user/%u", (unsigned)getuid());

	if (!home)
		return TRUE;
	if (!g_file_test(home, G_FILE_TEST_IS_DIR)) {
		g_set_error(
			error, PS_ERROR, PS_ERROR_INPUT,
			_("The GnuPG home “%s” is not there. Make it (mode 0700) or name another."),
			home);
		return FALSE;
	}
	if (strlen(home) <= HOME_MAX || g_file_test(run, G_FILE_TEST_IS_DIR))
		return TRUE;
	g_set_error(
		error, PS_ERROR, PS_ERROR_INPUT,
		_("The path of the GnuPG home “%s” is too long (over %d bytes) for the socket of "
		  "gpg-agent, and there is no “%s” for it. Use a shorter path."),
		home, HOME_MAX, run);
	return FALSE;
}

static gboolean
agent_answers(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = strlen(path) < sizeof address.sun_path
			 ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)
			 : -1;

	if (fd < 0)
		return FALSE;
	strcpy(address.sun_path, path);
	gboolean answers = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
	close(fd);
	return answers;
}

static char *
run_tool(PsOpenpgp *openpgp, const char *const *argv, GError **error)
{
	g_autofree char *variable =
		openpgp->home ? g_strconcat("GNUPGHOME=", openpgp->home, NULL) : NULL;
	const char *environment[] = {variable, NULL};
	PsSpawn spawn = {.argv = argv, .environment = environment, .timeout_seconds = 20};
	PsSpawnResult result;

	if (!ps_spawn_run(&spawn, &result, error))
		return NULL;
	gsize length = 0;
	const char *text = g_bytes_get_data(result.output, &length);
	char *output = g_strstrip(g_strndup(text ? text : "", length));
	if (result.status != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_PASSPHRASE,
			    _("“%s” ended with status %d: %s. The secret keys cannot be used."),
			    argv[0], result.status, *result.errors ? result.errors : output);
		g_clear_pointer(&output, g_free);
	}
	ps_spawn_result_clear(&result);
	return output;
}

gboolean
ps_openpgp_start_agent(PsOpenpgp *openpgp, GError **error)
{
	static const char *const list[] = {"gpgconf", "--list-dirs", "agent-socket", NULL};
	static const char *const launch[] = {"gpg-connect-agent", "/bye", NULL};

	if (!ps_openpgp_check_home(openpgp->home, error))
		return FALSE;
	g_mutex_lock(&openpgp->lock);
	if (!openpgp->agent_socket)
		openpgp->agent_socket = run_tool(openpgp, list, error);
	gboolean known = openpgp->agent_socket != NULL,
		 running = known && agent_answers(openpgp->agent_socket);
	g_autofree char *said = known && !running ? run_tool(openpgp, launch, error) : NULL;
	g_mutex_unlock(&openpgp->lock);
	return running || said;
}

/* ---- requests ---- */

typedef struct {
	const char *method;
	cJSON *arguments; /* taken */
	GBytes *input;
	PsWorkerMeta on_meta;
	gpointer user;
	void (*on_repeat)(gpointer user);
	gboolean secret; /* needs the agent */
} Ask;

static gboolean
ask(PsOpenpgp *openpgp, Ask question, PsAnswer *answer, GError **error)
{
	PsRequest request = {.method = question.method,
			     .arguments = question.arguments,
			     .input = question.input,
			     .on_meta = question.on_meta,
			     .on_repeat = question.on_repeat,
			     .user = question.user};
	gboolean ready = question.secret ? ps_openpgp_start_agent(openpgp, error)
					 : ps_openpgp_check_home(openpgp->home, error);
	gboolean done = ready && ps_worker_call(openpgp->worker, &request, answer, error);

	cJSON_Delete(question.arguments);
	return done;
}

/* The output of a request that answers with bytes alone. */
static GBytes *
ask_for_bytes(PsOpenpgp *openpgp, Ask question, GError **error)
{
	PsAnswer answer;

	if (!ask(openpgp, question, &answer, error))
		return NULL;
	GBytes *bytes = g_steal_pointer(&answer.output);
	ps_answer_clear(&answer);
	return bytes;
}

/* ---- keys ---- */

static gboolean
collect_key(gpointer user, const cJSON *meta)
{
	PsKey *key = ps_key_from_json(meta);

	if (key)
		g_ptr_array_add(user, key);
	return TRUE;
}

static void
forget_keys(gpointer user)
{
	g_ptr_array_set_size(user, 0);
}

static GPtrArray *
list_keys(PsOpenpgp *openpgp, const char *pattern, gboolean secret_only, GError **error)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func((GDestroyNotify)ps_key_free);
	cJSON *arguments = cJSON_CreateObject();
	Ask question = {.method = "keys",
			.arguments = arguments,
			.on_meta = collect_key,
			.on_repeat = forget_keys,
			.user = keys,
			.secret = TRUE};

	if (pattern)
		cJSON_AddStringToObject(arguments, "pattern", pattern);
	cJSON_AddBoolToObject(arguments, "secret", secret_only);
	return ask(openpgp, question, NULL, error) ? g_steal_pointer(&keys) : NULL;
}

GPtrArray *
ps_openpgp_keys(PsOpenpgp *openpgp, const char *pattern, gboolean secret_only, GError **error)
{
	return list_keys(openpgp, pattern, secret_only, error);
}

static gboolean
key_fits(const PsKey *key, const char *who)
{
	if (strchr(who, '@')) {
		g_autofree char *lower = g_ascii_strdown(who, -1);
		return g_strv_contains((const char *const *)key->addresses, lower);
	}
	return g_str_has_suffix(key->fingerprint, who);
}

/* Usable before unusable, then validity, then the newest. */
static gboolean
key_better(const PsKey *a, const PsKey *b)
{
	if (a->can_encrypt != b->can_encrypt)
		return a->can_encrypt;
	if (a->validity != b->validity)
		return a->validity > b->validity;
	return a->created > b->created;
}

PsKey *
ps_openpgp_find_key(PsOpenpgp *openpgp, const char *who, GError **error)
{
	gboolean address = strchr(who, '@') != NULL;
	g_autofree char *exact = address ? g_strdup_printf("<%s>", who) : g_ascii_strup(who, -1);
	g_autoptr(GPtrArray) keys = list_keys(openpgp, exact, FALSE, error);
	int best = -1;

	for (guint i = 0; keys && i < keys->len; i++) {
		PsKey *key = keys->pdata[i];
		if (!key_fits(key, address ? who : exact))
			continue;
		if (address)
			ps_key_take_validity_of(key, who);
		if (best < 0 || key_better(key, keys->pdata[best]))
			best = (int)i;
	}
	if (best >= 0)
		return g_ptr_array_steal_index(keys, (guint)best);
	if (keys)
		g_set_error(
			error, PS_ERROR, PS_ERROR_NO_KEY,
			_("There is no OpenPGP key for “%s” in the key ring. Ask for the public "
			  "key and import it."),
			who);
	return NULL;
}

gboolean
ps_openpgp_import(PsOpenpgp *openpgp, GBytes *keys, gboolean allow_secret, PsKeyImport *import,
		  GError **error)
{
	cJSON *arguments = cJSON_CreateObject();
	Ask question = {.method = "import-keys",
			.arguments = arguments,
			.input = keys,
			.secret = allow_secret};
	PsAnswer answer;

	*import = (PsKeyImport){0};
	cJSON_AddBoolToObject(arguments, "secret", allow_secret);
	if (!ask(openpgp, question, &answer, error))
		return FALSE;
	import->considered =
		(int)CLAMP(ps_json_integer(answer.meta, "considered", 0), -1, G_MAXINT);
	import->imported = (int)CLAMP(ps_json_integer(answer.meta, "imported", 0), -1, G_MAXINT);
	import->unchanged = (int)CLAMP(ps_json_integer(answer.meta, "unchanged", 0), -1, G_MAXINT);
	import->secret_imported =
		(int)CLAMP(ps_json_integer(answer.meta, "secret_imported", 0), -1, G_MAXINT);
	import->fingerprints = ps_json_texts(answer.meta, "fingerprints");
	ps_answer_clear(&answer);
	return TRUE;
}

void
ps_key_import_clear(PsKeyImport *import)
{
	g_clear_pointer(&import->fingerprints, g_strfreev);
}

GBytes *
ps_openpgp_export(PsOpenpgp *openpgp, const char *fingerprint, GError **error)
{
	cJSON *arguments = cJSON_CreateObject();

	cJSON_AddStringToObject(arguments, "fingerprint", fingerprint);
	return ask_for_bytes(openpgp, (Ask){.method = "export-key", .arguments = arguments}, error);
}

/* ---- data ---- */

GBytes *
ps_openpgp_encrypt(PsOpenpgp *openpgp, GBytes *plain, const char *const *fingerprints,
		   const char *sign_with, GError **error)
{
	cJSON *arguments = cJSON_CreateObject();

	cJSON_AddItemToObject(arguments, "fingerprints",
			      cJSON_CreateStringArray(fingerprints,
						      (int)g_strv_length((char **)fingerprints)));
	if (sign_with)
		cJSON_AddStringToObject(arguments, "sign_with", sign_with);
	return ask_for_bytes(openpgp,
			     (Ask){.method = "encrypt",
				   .arguments = arguments,
				   .input = plain,
				   .secret = sign_with != NULL},
			     error);
}

GBytes *
ps_openpgp_sign(PsOpenpgp *openpgp, GBytes *data, const char *fingerprint, PsSignMode mode,
		GError **error)
{
	cJSON *arguments = cJSON_CreateObject();

	cJSON_AddStringToObject(arguments, "fingerprint", fingerprint);
	cJSON_AddStringToObject(arguments, "mode", mode == PS_SIGN_CLEAR ? "clear" : "detached");
	return ask_for_bytes(
		openpgp,
		(Ask){.method = "sign", .arguments = arguments, .input = data, .secret = TRUE},
		error);
}

gboolean
ps_openpgp_decrypt(PsOpenpgp *openpgp, GBytes *cipher, PsDecrypted *decrypted, GError **error)
{
	PsAnswer answer;

	*decrypted = (PsDecrypted){0};
	if (!ask(openpgp, (Ask){.method = "decrypt", .input = cipher, .secret = TRUE}, &answer,
		 error))
		return FALSE;
	decrypted->plain = g_steal_pointer(&answer.output);
	decrypted->algorithm = ps_json_safe(answer.meta, "algorithm");
	decrypted->no_integrity = ps_json_flag(answer.meta, "no_integrity");
	decrypted->recipients = ps_json_texts(answer.meta, "recipients");
	decrypted->signatures = ps_signatures_from_json(
		cJSON_GetObjectItemCaseSensitive(answer.meta, "signatures"));
	ps_answer_clear(&answer);
	return TRUE;
}

/* Wipes bytes that nobody else holds. */
static void
wipe(GBytes *bytes)
{
	gsize length = 0;
	gpointer data = g_bytes_unref_to_data(bytes, &length);

	if (data)
		explicit_bzero(data, length);
	g_free(data);
}

void
ps_decrypted_clear(PsDecrypted *decrypted)
{
	if (decrypted->plain)
		wipe(g_steal_pointer(&decrypted->plain));
	g_clear_pointer(&decrypted->algorithm, g_free);
	g_clear_pointer(&decrypted->recipients, g_strfreev);
	g_clear_pointer(&decrypted->signatures, g_ptr_array_unref);
}

GPtrArray *
ps_openpgp_verify(PsOpenpgp *openpgp, GBytes *data, GBytes *signature, GBytes **text,
		  GError **error)
{
	cJSON *arguments = cJSON_CreateObject();
	g_autoptr(GByteArray) both = g_byte_array_new();
	PsAnswer answer;

	g_byte_array_append(both, g_bytes_get_data(data, NULL), (guint)g_bytes_get_size(data));
	if (signature) {
		cJSON_AddNumberToObject(arguments, "data", (double)g_bytes_get_size(data));
		g_byte_array_append(both, g_bytes_get_data(signature, NULL),
				    (guint)g_bytes_get_size(signature));
	}
	g_autoptr(GBytes) input = g_byte_array_free_to_bytes(g_steal_pointer(&both));
	Ask question = {.method = "verify", .arguments = arguments, .input = input};
	if (!ask(openpgp, question, &answer, error))
		return NULL;
	GPtrArray *signatures = ps_signatures_from_json(
		cJSON_GetObjectItemCaseSensitive(answer.meta, "signatures"));
	if (text)
		*text = g_steal_pointer(&answer.output);
	ps_answer_clear(&answer);
	return signatures;
}

/* ---- the workspace key ---- */

static GBytes *
key_wrap(void *user, GBytes *secret, const char *const *fingerprints, GError **error)
{
	return ps_openpgp_encrypt(user, secret, fingerprints, NULL, error);
}

static GBytes *
key_unwrap(void *user, GBytes *wrapped, GError **error)
{
	PsDecrypted decrypted;

	if (!ps_openpgp_decrypt(user, wrapped, &decrypted, error))
		return NULL;
	gsize length = g_bytes_get_size(decrypted.plain);
	void *secret = sodium_init() >= 0 ? sodium_malloc(MAX(length, 1)) : NULL;
	if (!secret) {
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_IO,
			_("There is no memory that can be locked for the workspace key."));
		ps_decrypted_clear(&decrypted);
		return NULL;
	}
	memcpy(secret, g_bytes_get_data(decrypted.plain, NULL), length);
	ps_decrypted_clear(&decrypted);
	return g_bytes_new_with_free_func(secret, length, sodium_free, secret);
}

static GBytes *
key_sign(void *user, GBytes *data, const char *fingerprint, GError **error)
{
	return ps_openpgp_sign(user, data, fingerprint, PS_SIGN_DETACHED, error);
}

static gboolean
key_verify(void *user, GBytes *data, GBytes *signature, char **fingerprint, GError **error)
{
	g_autoptr(GPtrArray) signatures = ps_openpgp_verify(user, data, signature, NULL, error);

	if (!signatures)
		return FALSE;
	for (guint i = 0; i < signatures->len; i++) {
		const PsSignature *one = signatures->pdata[i];
		if (one->verdict != PS_VERDICT_GOOD_KNOWN &&
		    one->verdict != PS_VERDICT_GOOD_UNVERIFIED)
			continue;
		*fingerprint = g_strdup(one->fingerprint);
		return TRUE;
	}
	g_set_error(error, PS_ERROR, PS_ERROR_INVALID,
		    _("The signature does not hold: what was signed is not what is here, or the "
		      "signer's key is not in the key ring."));
	return FALSE;
}
