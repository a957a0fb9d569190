#include "config.h"

/* Making the demo workspace, step by step. */

#include "commands/demo.h"

#include <signal.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cases/edit.h"
#include "openpgp/generate.h"

#define FILE_LIMIT (1024 * 1024)

/* ---- Ctrl-C ---- */

/* A handler may touch nothing else. */
static volatile sig_atomic_t stopped;

static void
stop(int number)
{
	stopped = number;
}

gboolean
ps_demo_may_go_on(GError **error)
{
	if (!stopped)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_CANCELLED,
			    _("Stopped. What was made of the demo so far was removed again."));
	return FALSE;
}

static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP};
typedef struct sigaction SignalAction;

static void
watch_signals(SignalAction before[G_N_ELEMENTS(stop_signals)])
{
	const struct sigaction action = {.sa_handler = stop, .sa_flags = SA_RESTART};

	for (gsize i = 0; i < G_N_ELEMENTS(stop_signals); i++)
		sigaction(stop_signals[i], &action, &before[i]);
}

static void
unwatch_signals(const SignalAction before[G_N_ELEMENTS(stop_signals)])
{
	for (gsize i = 0; i < G_N_ELEMENTS(stop_signals); i++)
		sigaction(stop_signals[i], &before[i], NULL);
}

/* ---- files of the demo ---- */

char *
ps_demo_text(const char *name, GError **error)
{
	g_autofree char *relative = g_build_filename("demo", name, NULL);
	g_autofree char *path = ps_path_data(relative);

	return ps_file_read(path, FILE_LIMIT, NULL, error);
}

cJSON *
ps_demo_json(const char *name, GError **error)
{
	g_autofree char *relative = g_build_filename("demo", name, NULL);
	g_autofree char *path = ps_path_data(relative);

	return ps_json_read_file(path, NULL, error);
}

void
ps_demo_pairs(const cJSON *object, GPtrArray *pairs)
{
	const cJSON *member;

	cJSON_ArrayForEach (member, object) {
		if (!cJSON_IsString(member))
			continue;
		g_ptr_array_add(pairs, member->string);
		g_ptr_array_add(pairs, member->valuestring);
	}
}

/* ---- people ---- */

static gboolean
add_person(PsDemo *demo, PsTxn *txn, const cJSON *member, GError **error)
{
	const cJSON *person = cJSON_GetObjectItemCaseSensitive(member, "person");
	const char *fingerprint = g_hash_table_lookup(demo->fingerprints, member->string);
	gboolean me = g_str_equal(member->string, ps_json_text(demo->cast, "me"));

	if (!person)
		return TRUE;
	g_auto(GStrv) parts = g_strsplit_set(ps_json_text(member, "user_id"), "<>", -1);
	g_autoptr(GPtrArray) pairs = g_ptr_array_new();
	const char *own[] = {"name", g_strchomp(parts[0]), "email", parts[1], "fingerprint",
			     fingerprint,
			     /* who looks around plays the first analyst */
			     "account", me ? g_get_user_name() : NULL};
	ps_demo_pairs(person, pairs);
	for (gsize i = 0; i < G_N_ELEMENTS(own) && own[i + 1]; i += 2) {
		g_ptr_array_add(pairs, (gpointer)own[i]);
		g_ptr_array_add(pairs, (gpointer)own[i + 1]);
	}
	g_ptr_array_add(pairs, NULL);
	char *id = ps_edit_new(txn, "person", (char *const *)pairs->pdata, error);
	if (id)
		g_hash_table_insert(demo->people, g_strdup(member->string), id);
	return id != NULL;
}

static gboolean
add_people(PsDemo *demo, GError **error)
{
	PsStore *store = demo->cli->store;
	const cJSON *team = cJSON_GetObjectItemCaseSensitive(demo->cast, "team"), *member;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "person.add", error);

	if (!txn)
		return FALSE;
	cJSON_ArrayForEach (member, team) {
		if (!add_person(demo, txn, member, error))
			return FALSE;
	}
	if (!ps_txn_commit(txn, error))
		return FALSE;
	const char *me = g_hash_table_lookup(demo->people, ps_json_text(demo->cast, "me"));
	ps_store_set_person(store, me);
	return ps_store_set_config(store, "user.person", me, error);
}

/* ---- settings ---- */

static gboolean
set_settings(PsDemo *demo, GError **error)
{
	PsStore *store = demo->cli->store;
	const char *key =
		g_hash_table_lookup(demo->fingerprints, ps_json_text(demo->cast, "team_key"));
	const cJSON *settings = cJSON_GetObjectItemCaseSensitive(demo->cast, "settings"), *member;

	cJSON_ArrayForEach (member, settings) {
		if (!ps_store_set_config(store, member->string, member->valuestring, error))
			return FALSE;
	}
	return ps_store_set_config(store, "gnupg.home", demo->home, error) &&
	       ps_store_set_config(store, "mail.key", key, error) &&
	       ps_store_set_config(store, "provider.signing_key", key, error);
}

/* ---- making ---- */

static gboolean
make_store(PsDemo *demo, GError **error)
{
	PsCli *cli = demo->cli;
	g_autoptr(GPtrArray) recipients = g_ptr_array_new();
	const cJSON *team = cJSON_GetObjectItemCaseSensitive(demo->cast, "team"), *member;

	cJSON_ArrayForEach (member, team) {
		if (cJSON_HasObjectItem(member, "person"))
			g_ptr_array_add(recipients,
					g_hash_table_lookup(demo->fingerprints, member->string));
	}
	g_ptr_array_add(recipients, NULL);
	cli->store = ps_store_create(demo->dir, (const char *const *)recipients->pdata, NULL,
				     ps_openpgp_key_ops(demo->team), error);
	return cli->store != NULL;
}

static gboolean
make_everything(PsDemo *demo, GError **error)
{
	gboolean done = ps_dir_make(demo->home, 0700, error) &&
			ps_openpgp_check_home(demo->home, error) && ps_demo_keys(demo, error) &&
			make_store(demo, error) && set_settings(demo, error) &&
			add_people(demo, error) && ps_demo_registry(demo, error) &&
			ps_demo_mail(demo, error) && ps_demo_cases(demo, error);
	/* Whatever failed because its child was stopped too. */
	if (stopped) {
		g_clear_error(error);
		return ps_demo_may_go_on(error);
	}
	return done;
}

/* Nothing may be there that is not ours to remove. */
static gboolean
check_place(const char *dir, GError **error)
{
	g_autofree char *database = g_build_filename(dir, "psirtdesk.db", NULL);
	g_autoptr(GDir) open = g_dir_open(dir, 0, NULL);

	if (g_file_test(database, G_FILE_TEST_EXISTS))
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("There is a workspace in “%s” already: the demo is made in a new "
			      "directory only. Name another one with -w."),
			    dir);
	else if ((open && g_dir_read_name(open)) || (!open && g_file_test(dir, G_FILE_TEST_EXISTS)))
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("“%s” is there already and not empty: the demo is made in a new "
			      "directory only. Name another one with -w."),
			    dir);
	else
		return TRUE;
	return FALSE;
}

static void
demo_clear(PsDemo *demo)
{
	/* The agents would outlive us, and one of them its home. */
	ps_openpgp_kill_agents(demo->home);
	ps_openpgp_kill_agents(demo->outside_dir);
	g_clear_pointer(&demo->team, ps_openpgp_free);
	g_clear_pointer(&demo->outside, ps_openpgp_free);
	ps_dir_remove(demo->outside_dir, NULL);
	g_free(demo->home);
	g_free(demo->outside_dir);
	g_hash_table_unref(demo->fingerprints);
	g_hash_table_unref(demo->people);
	cJSON_Delete(demo->cast);
}

gboolean
ps_demo_make(PsCli *cli, GError **error)
{
	g_autofree char *dir = g_canonicalize_filename(cli->workspace, NULL);
	g_autoptr(cJSON) cast = NULL;
	g_autofree char *outside = NULL;

	if (!check_place(dir, error) || !(cast = ps_demo_json("people.json", error)) ||
	    !ps_dir_make(dir, 0700, error) || !(outside = ps_dir_private(error)))
		return FALSE;
	PsDemo demo = {
		.cli = cli,
		.dir = dir,
		.home = g_build_filename(dir, "gnupg", NULL),
		.outside_dir = g_steal_pointer(&outside),
		.fingerprints = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.cast = g_steal_pointer(&cast),
	};
	SignalAction before[G_N_ELEMENTS(stop_signals)];
	watch_signals(before);
	gboolean done = make_everything(&demo, error);
	/* It refers to the keys, which go now. */
	g_clear_pointer(&cli->store, ps_store_close);
	demo_clear(&demo);
	if (!done)
		ps_dir_remove(dir, NULL);
	unwatch_signals(before);
	return done;
}
