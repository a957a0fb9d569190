#include "config.h"

/* Keys of the demo: the team's stay in the workspace, those of people outside live in a home of
 * their own until their mail is made; only their public parts come in. */

#include "commands/demo.h"

#include "base/i18n.h"
#include "base/spawn.h"
#include "openpgp/generate.h"

/* Older than the oldest mail. */
#define KEYS_MADE "20250101T000000"

typedef struct {
	const char *home;
	const cJSON *cast;
	GHashTable *fingerprints; /* name -> fingerprint */
	GError *error;
} KeyMaker;

static gpointer
make_keys(gpointer data)
{
	KeyMaker *maker = data;
	const cJSON *member;

	cJSON_ArrayForEach (member, maker->cast) {
		const PsGenerate options = {.user_id = ps_json_text(member, "user_id"),
					    .made_at = KEYS_MADE};
		if (!ps_demo_may_go_on(&maker->error))
			break;
		char *fingerprint = ps_openpgp_generate(maker->home, &options, &maker->error);
		if (!fingerprint)
			break;
		g_hash_table_insert(maker->fingerprints, g_strdup(member->string), fingerprint);
	}
	return NULL;
}

static KeyMaker
key_maker(PsDemo *demo, const char *home, const char *group)
{
	return (KeyMaker){.home = home,
			  .cast = cJSON_GetObjectItemCaseSensitive(demo->cast, group),
			  .fingerprints =
				  g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
}

static gboolean
take_over(PsDemo *demo, KeyMaker *maker, GError **error)
{
	GHashTableIter iter;
	gpointer name, fingerprint;

	g_hash_table_iter_init(&iter, maker->fingerprints);
	while (g_hash_table_iter_next(&iter, &name, &fingerprint)) {
		g_hash_table_insert(demo->fingerprints, name, fingerprint);
		g_hash_table_iter_steal(&iter);
	}
	g_hash_table_unref(maker->fingerprints);
	if (maker->error)
		g_propagate_error(error, maker->error);
	return maker->error == NULL;
}

/* Both homes at once: most of the time passes in gpg. */
static gboolean
make_both(PsDemo *demo, GError **error)
{
	KeyMaker team = key_maker(demo, demo->home, "team");
	KeyMaker outside = key_maker(demo, demo->outside_dir, "outside");
	GThread *thread = g_thread_new("demo-keys", make_keys, &outside);

	make_keys(&team);
	g_thread_join(thread);
	gboolean team_done = take_over(demo, &team, error);
	return take_over(demo, &outside, team_done ? error : NULL) && team_done;
}

static gboolean
carry_key(PsOpenpgp *from, PsOpenpgp *to, const char *fingerprint, GError **error)
{
	PsKeyImport import = {0};
	g_autoptr(GBytes) key = ps_openpgp_export(from, fingerprint, error);
	gboolean done = key && ps_openpgp_import(to, key, FALSE, &import, error);

	ps_key_import_clear(&import);
	return done;
}

/* The first analyst has checked whose key it is. */
static gboolean
certify(PsDemo *demo, const char *fingerprint, GError **error)
{
	const char *me = g_hash_table_lookup(demo->fingerprints, ps_json_text(demo->cast, "me"));
	const char *const argv[] = {"gpg",   "--homedir",         demo->home,  "--batch",
				    "--yes", "--no-tty",          "--quiet",   "--local-user",
				    me,      "--quick-lsign-key", fingerprint, NULL};
	const PsSpawn spawn = {.argv = argv, .timeout_seconds = 60};
	PsSpawnResult result = {0};

	if (!ps_spawn_run(&spawn, &result, error))
		return FALSE;
	if (result.status != 0)
		g_set_error(error, PS_ERROR, PS_ERROR_NO_KEY,
			    _("gpg could not sign a key of the demo: %s"), result.errors);
	gboolean done = result.status == 0;
	ps_spawn_result_clear(&result);
	return done;
}

static gboolean
exchange_keys(PsDemo *demo, GError **error)
{
	const cJSON *outside = cJSON_GetObjectItemCaseSensitive(demo->cast, "outside"), *member;
	const char *team_key =
		g_hash_table_lookup(demo->fingerprints, ps_json_text(demo->cast, "team_key"));

	if (!carry_key(demo->team, demo->outside, team_key, error))
		return FALSE;
	cJSON_ArrayForEach (member, outside) {
		const char *fingerprint = g_hash_table_lookup(demo->fingerprints, member->string);
		if (ps_json_flag(member, "unknown"))
			continue;
		if (!carry_key(demo->outside, demo->team, fingerprint, error))
			return FALSE;
		if (ps_json_flag(member, "verified") && !certify(demo, fingerprint, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
ps_demo_keys(PsDemo *demo, GError **error)
{
	demo->team = ps_openpgp_new(demo->home);
	demo->outside = ps_openpgp_new(demo->outside_dir);
	return make_both(demo, error) && exchange_keys(demo, error);
}
