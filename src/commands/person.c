#include "config.h"

#include "commands/command-table.h"

#include <string.h>

#include "base/i18n.h"
#include "cases/edit.h"

static void
print_person(PsCli *cli, const PsRecord *person, gboolean in_array)
{
	static const char *const columns[] = {"name", "email", "account", "role", "fingerprint"};
	const char *cells[G_N_ELEMENTS(columns)];

	if (cli->json) {
		g_autoptr(cJSON) object = ps_cli_record_json(person);
		if (in_array)
			ps_cli_array_add(cli, object);
		else
			ps_cli_print_json(cli, object);
		return;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
		cells[i] = ps_record_text(person, columns[i]);
		if (!cells[i])
			cells[i] = "";
	}
	ps_cli_row(cli, ps_record_id(person), cells[0], cells[1], cells[2], cells[3], cells[4],
		   NULL);
}

static int
list(PsCli *cli, int argc, char **argv, GError **error)
{
	const PsQuery query = {.kind = "person", .order_by = "name"};

	(void)argv;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“person list” takes no operands."));
	if (!ps_cli_store(cli, error))
		return 2;
	g_autoptr(GPtrArray) people = ps_store_list(cli->store, &query, error);
	if (!people)
		return 2;
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < people->len; i++)
		print_person(cli, people->pdata[i], TRUE);
	if (cli->json)
		ps_cli_array_end(cli);
	return 0;
}

/* A fingerprint, key id or address becomes the fingerprint of the key that is meant. */
static char *
full_fingerprint(PsCli *cli, const char *who, GError **error)
{
	g_autoptr(PsKey) key = ps_openpgp_find_key(ps_cli_openpgp(cli), who, error);
	g_autofree char *problem = key ? ps_key_problem(key) : NULL;

	if (problem) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY, problem);
		return NULL;
	}
	return key ? g_strdup(key->fingerprint) : NULL;
}

/* The new person's key opens the workspace too. */
static gboolean
open_for(PsCli *cli, const char *fingerprint, GError **error)
{
	g_auto(GStrv) old = ps_store_recipients(cli->store, error);
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!old || g_strv_contains((const char *const *)old, fingerprint))
		return old != NULL;
	for (char **one = old; *one; one++)
		g_ptr_array_add(all, *one);
	g_ptr_array_add(all, (gpointer)fingerprint);
	g_ptr_array_add(all, NULL);
	return ps_store_set_recipients(cli->store, (const char *const *)all->pdata, error);
}

static char *
add_person(PsCli *cli, char *const *pairs, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(cli->store, "person.add", error);
	g_autofree char *id = txn ? ps_edit_new(txn, "person", pairs, error) : NULL;

	return id && ps_txn_commit(txn, error) ? g_steal_pointer(&id) : NULL;
}

static int
add(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc < 2)
		return ps_cli_usage(cli, error, _("“person add” needs the person's name."));
	g_autofree char *named = g_strconcat("name=", argv[1], NULL);
	if (!strchr(argv[1], '='))
		argv[1] = named;
	g_auto(GStrv) pairs = ps_cli_pairs(cli, argc - 1, argv + 1, error);
	if (!pairs || !ps_cli_unlocked(cli, error))
		return 2;
	for (char **pair = pairs; *pair; pair += 2) {
		if (!g_str_equal(pair[0], "fingerprint"))
			continue;
		char *full = full_fingerprint(cli, pair[1], error);
		if (!full)
			return 2;
		g_free(pair[1]);
		pair[1] = full;
		if (!open_for(cli, full, error))
			return 2;
	}
	g_autofree char *id = add_person(cli, pairs, error);
	g_autoptr(PsRecord) person = id ? ps_store_get(cli->store, "person", id, error) : NULL;
	if (!person)
		return 2;
	print_person(cli, person, FALSE);
	return 0;
}

static int
set_role(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc != 3)
		return ps_cli_usage(cli, error, _("“person role” needs a person and a role."));
	if (!ps_cli_store(cli, error))
		return 2;
	const char *pairs[] = {"role", argv[2], NULL};
	return ps_edit_apply(cli->store, "person.role", "person", argv[1], (char *const *)pairs,
			     error)
		       ? 0
		       : 2;
}

static void
print_key(PsCli *cli, const char *fingerprint)
{
	g_autoptr(PsKey) key = ps_openpgp_find_key(ps_cli_openpgp(cli), fingerprint, NULL);

	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddStringToObject(object, "fingerprint", fingerprint);
		cJSON_AddItemToObject(object, "user_id",
				      key ? cJSON_CreateString(key->user_id) : cJSON_CreateNull());
		ps_cli_array_add(cli, object);
		return;
	}
	ps_cli_row(cli, fingerprint, key ? key->user_id : _("(this key is not here)"), NULL);
}

static int
keys(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autoptr(GPtrArray) named = g_ptr_array_new_with_free_func(g_free);

	if (argc > 1 ? !ps_cli_unlocked(cli, error) : !ps_cli_store(cli, error))
		return 2;
	for (int i = 1; i < argc; i++) {
		char *full = full_fingerprint(cli, argv[i], error);
		if (!full)
			return 2;
		g_ptr_array_add(named, full);
	}
	g_ptr_array_add(named, NULL);
	if (argc > 1 &&
	    !ps_store_set_recipients(cli->store, (const char *const *)named->pdata, error))
		return 2;
	g_auto(GStrv) now = ps_store_recipients(cli->store, error);
	if (!now)
		return 2;
	if (cli->json)
		ps_cli_array_begin(cli);
	for (char **one = now; *one; one++)
		print_key(cli, *one);
	if (cli->json)
		ps_cli_array_end(cli);
	return 0;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	static const PsSubcommand table[] = {{"add", add},
					     {"list", list},
					     {"role", set_role},
					     {"keys", keys}};

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	return ps_cli_dispatch(cli, table, G_N_ELEMENTS(table), argc, argv, error);
}

const PsCommand ps_command_person = {
	.name = "person",
	.usage = "add NAME [email=ADDRESS] [account=ACCOUNT] [fingerprint=KEY] [role=ROLE]\n"
		 "list\n"
		 "role ID ROLE\n"
		 "keys [KEY…]",
	.summary = N_("Who works here."),
	.details = N_(
		"Roles: analyst, approver, filer, auditor, administrator. “list” has the columns "
		"id, name, e-mail, account, role and fingerprint, parted by TAB. With --json: the "
		"person, for “list” and “keys” an array.\n\n"
		"A person who is added with an OpenPGP key opens the workspace with it from then "
		"on. “keys” tells which keys open it; with keys, exactly those do afterwards, and "
		"one of them must be yours. Who is left out and kept a copy of the workspace can "
		"still open that copy."),
	.example =
		"person add \"Ada Lindqvist\" account=ada fingerprint=ada@example.com role=analyst",
	.run = run,
};
