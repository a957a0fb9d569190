#include "config.h"

#include "ui/panes/mail-key.h"

#include "base/i18n.h"
#include "mail/message.h"
#include "ui/panes/mail-kit.h"

typedef struct {
	PsMailWork work;
	const char *mail_id;
	int part;
	PsKeyImport result;
} ImportWork;

static gpointer
run_import(PsProgress *progress, gpointer data, GError **error)
{
	ImportWork *import = data;
	g_autoptr(GBytes) keys =
		ps_message_part_bytes(import->work.store, import->work.openpgp, import->mail_id,
				      import->part, progress, error);

	if (keys)
		ps_openpgp_import(import->work.openpgp, keys, FALSE, &import->result, error);
	return NULL;
}

char *
ps_mail_import_key(PsApp *app, const char *mail_id, int part, GError **error)
{
	ImportWork import = {.mail_id = mail_id, .part = part};
	g_autoptr(GError) failure = NULL;
	char *print = NULL;

	if (ps_mail_work_init(&import.work, app, NULL, &failure))
		ps_mail_wait(app, _("Importing the key"), run_import, &import, &failure);
	ps_mail_work_clear(&import.work);
	if (import.result.fingerprints && import.result.fingerprints[0])
		print = g_strdup(import.result.fingerprints[0]);
	else if (!failure)
		g_set_error_literal(&failure, PS_ERROR, PS_ERROR_INPUT,
				    _("The part holds no OpenPGP key."));
	if (failure)
		g_propagate_error(error, g_steal_pointer(&failure));
	ps_key_import_clear(&import.result);
	return print;
}
