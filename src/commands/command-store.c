#include "config.h"

/* The workspace that a command works on. */

#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"

/* ---- OpenPGP on demand ----
 *
 * Which GnuPG home a workspace uses is one of its settings, so that keys are reached only after it
 * is open. These three do it at the first use. */

/* A database that can't be opened must not keep us from the settings beside it. */
static char *
configured_home(PsCli *cli)
{
	if (cli->store)
		return ps_store_config(cli->store, "gnupg.home");
	g_autoptr(GKeyFile) config = g_key_file_new();
	g_autofree char *path = g_build_filename(cli->workspace, "config.ini", NULL);
	if (!g_key_file_load_from_file(config, path, G_KEY_FILE_NONE, NULL))
		return NULL;
	return g_key_file_get_string(config, "gnupg", "home", NULL);
}

PsOpenpgp *
ps_cli_openpgp(PsCli *cli)
{
	if (!cli->openpgp) {
		g_autofree char *home = configured_home(cli);
		cli->openpgp = ps_openpgp_new(home && *home ? home : NULL);
	}
	return cli->openpgp;
}

static GBytes *
wrap(void *user, GBytes *secret, const char *const *fingerprints, GError **error)
{
	const PsKeyOps *ops = ps_openpgp_key_ops(ps_cli_openpgp(user));

	return ops->wrap(ops->user, secret, fingerprints, error);
}

static GBytes *
unwrap(void *user, GBytes *wrapped, GError **error)
{
	const PsKeyOps *ops = ps_openpgp_key_ops(ps_cli_openpgp(user));

	return ops->unwrap(ops->user, wrapped, error);
}

static GBytes *
sign(void *user, GBytes *data, const char *fingerprint, GError **error)
{
	const PsKeyOps *ops = ps_openpgp_key_ops(ps_cli_openpgp(user));

	return ops->sign(ops->user, data, fingerprint, error);
}

static gboolean
verify(void *user, GBytes *data, GBytes *signature, char **fingerprint, GError **error)
{
	const PsKeyOps *ops = ps_openpgp_key_ops(ps_cli_openpgp(user));

	return ops->verify(ops->user, data, signature, fingerprint, error);
}

const PsKeyOps *
ps_cli_key_ops(PsCli *cli)
{
	cli->key_ops = (PsKeyOps){
		.wrap = wrap, .unwrap = unwrap, .sign = sign, .verify = verify, .user = cli};
	return &cli->key_ops;
}

/* ---- store ---- */

PsStore *
ps_cli_store(PsCli *cli, GError **error)
{
	if (!cli->store)
		cli->store = ps_store_open(cli->workspace, cli->readonly ? PS_STORE_READONLY : 0,
					   ps_cli_key_ops(cli), error);
	return cli->store;
}

PsStore *
ps_cli_unlocked(PsCli *cli, GError **error)
{
	PsStore *store = ps_cli_store(cli, error);

	return store && ps_store_unlock(store, error) ? store : NULL;
}

static gboolean
has_sealed_fields(const PsKind *kind)
{
	for (gsize i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].flags & PS_FIELD_SEALED)
			return TRUE;
	return FALSE;
}

PsStore *
ps_cli_readable(PsCli *cli, const PsKind *kind, GError **error)
{
	g_autoptr(GError) locked = NULL;
	PsStore *store = ps_cli_store(cli, error);

	if (store && (!kind || has_sealed_fields(kind)) && !ps_store_unlock(store, &locked))
		ps_cli_note(cli, _("%s Sealed texts are not shown."), locked->message);
	return store;
}

void
ps_cli_close(PsCli *cli)
{
	g_clear_pointer(&cli->store, ps_store_close);
	g_clear_pointer(&cli->openpgp, ps_openpgp_free);
}

char *
ps_cli_find_record(PsCli *cli, const char *id, const PsKind **kind, GError **error)
{
	char *uuid = NULL;
	const PsKind *found = ps_store_find(cli->store, id, &uuid, error);

	if (kind)
		*kind = found;
	return uuid;
}

const PsKind *
ps_cli_kind(PsCli *cli, const char *name, GError **error)
{
	const PsKind *kind = ps_kind_find(name);

	if (!kind)
		ps_cli_usage(cli, error,
			     _("There is no kind of record “%s”; “psirtdesk kinds” lists them."),
			     name);
	return kind;
}
