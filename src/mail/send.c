#include "config.h"

/* Building, signing, encrypting and sending. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/spawn.h"
#include "base/utc.h"
#include "mail/compose-internal.h"
#include "mail/internal.h"

#define SEND_SECONDS 120

/* How the message leaves. */
typedef struct {
	gboolean encrypt, sign;
	PsMailbox **from;
	char *team_key;
} How;

static void
how_clear(How *how)
{
	ps_mailboxes_free(how->from);
	g_free(how->team_key);
}

/* ---- may it be sent, and how ---- */

static gboolean
any_key_known(const PsDraft *draft)
{
	for (guint i = 0; i < draft->recipients->len; i++) {
		const PsRecipient *recipient = draft->recipients->pdata[i];
		if (recipient->role != PS_RECIPIENT_SELF && recipient->key)
			return TRUE;
	}
	return FALSE;
}

static gboolean
refuse_clear(const PsDraft *draft, GError **error)
{
	g_autoptr(GString) why = g_string_new(NULL);

	for (guint i = 0; i < draft->recipients->len; i++) {
		const PsRecipient *recipient = draft->recipients->pdata[i];
		if (recipient->problem)
			g_string_append_printf(why, " %s", recipient->problem);
	}
	g_set_error(error, PS_ERROR, PS_ERROR_NO_KEY,
		    _("The message was not sent, because it cannot be encrypted.%s It is kept as a "
		      "draft; say so explicitly (--clear) to send it in clear."),
		    why->str);
	return FALSE;
}

static gboolean
decide(PsStore *store, const PsDraft *draft, const PsSendOptions *options, How *how, GError **error)
{
	g_autofree char *from = ps_store_config(store, "mail.from");
	g_autoptr(PsTemplate) template =
		draft->template_name ? ps_template_load(draft->template_name, NULL) : NULL;
	g_autofree char *unfilled = template ? ps_template_unfilled(template, draft->body) : NULL;

	if (unfilled) {
		g_set_error(
			error, PS_ERROR, PS_ERROR_REFUSED,
			_("The message was not sent: its text still holds “%s”, which has to be "
			  "replaced. It is kept as a draft."),
			unfilled);
		return FALSE;
	}
	if (!draft->to[0]) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The message has no recipient."));
		return FALSE;
	}
	how->encrypt = draft->encrypt && !options->clear;
	how->sign = draft->sign;
	if (!how->encrypt && !options->clear && (draft->answers_encrypted || any_key_known(draft)))
		return refuse_clear(draft, error);
	how->from = ps_mailboxes_parse(from ? from : "", error);
	how->team_key = ps_store_config(store, "mail.key");
	return how->from && how->from[0];
}

/* ---- building ---- */

static cJSON *
mailbox_json(const PsMailbox *mailbox)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "name", mailbox->name);
	cJSON_AddStringToObject(object, "address", mailbox->address);
	return object;
}

static void
add_mailboxes(cJSON *object, const char *name, PsMailbox *const *mailboxes)
{
	cJSON *array = cJSON_AddArrayToObject(object, name);

	for (gsize i = 0; mailboxes[i]; i++)
		cJSON_AddItemToArray(array, mailbox_json(mailboxes[i]));
}

static cJSON *
compose_arguments(const PsDraft *draft, const How *how)
{
	cJSON *arguments = cJSON_CreateObject();

	cJSON_AddItemToObject(arguments, "from", mailbox_json(how->from[0]));
	add_mailboxes(arguments, "to", draft->to);
	add_mailboxes(arguments, "cc", draft->cc);
	cJSON_AddStringToObject(arguments, "subject", draft->subject);
	cJSON_AddStringToObject(arguments, "message_id", draft->message_id);
	cJSON_AddNumberToObject(arguments, "date", (double)ps_now_ms());
	if (draft->in_reply_to && !strpbrk(draft->in_reply_to, " <>\r\n\t"))
		cJSON_AddStringToObject(arguments, "in_reply_to", draft->in_reply_to);
	cJSON_AddItemToObject(arguments, "references",
			      cJSON_CreateStringArray((const char *const *)draft->references,
						      (int)g_strv_length(draft->references)));
	if (how->sign)
		cJSON_AddStringToObject(arguments, "sign_with", how->team_key);
	cJSON *keys = cJSON_AddArrayToObject(arguments, "fingerprints");
	for (guint i = 0; how->encrypt && i < draft->recipients->len; i++) {
		const PsRecipient *recipient = draft->recipients->pdata[i];
		cJSON_AddItemToArray(keys, cJSON_CreateString(recipient->key->fingerprint));
	}
	return arguments;
}

static GBytes *
build(PsOpenpgp *openpgp, const PsDraft *draft, const How *how, PsProgress *progress,
      GError **error)
{
	g_autoptr(cJSON) arguments = compose_arguments(draft, how);
	g_autoptr(GBytes) body = g_bytes_new(draft->body, strlen(draft->body));
	PsRequest request = {.method = "compose",
			     .arguments = arguments,
			     .input = body,
			     .progress = progress};
	PsAnswer answer;

	if (how->sign && !ps_openpgp_start_agent(openpgp, error))
		return NULL;
	if (!ps_worker_call(ps_openpgp_worker(openpgp), &request, &answer, error))
		return NULL;
	GBytes *raw = g_steal_pointer(&answer.output);
	ps_answer_clear(&answer);
	return raw;
}

/* ---- keeping ---- */

/* Queued, with the message as it will be sent: whatever happens from here on, it is not lost. */
static gboolean
queue(PsStore *store, const PsDraft *draft, const How *how, GBytes *raw, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "message.queue", error);
	g_autofree char *hash =
		txn ? ps_txn_add_document(txn, raw, "message/rfc822", !how->encrypt, error) : NULL;
	const char *const pairs[] = {
		"state",
		"queued",
		"raw_sha256",
		hash,
		"message_id",
		draft->message_id,
		"encryption",
		ps_encryption_token(how->encrypt ? PS_ENCRYPTION_PGP_MIME : PS_ENCRYPTION_NONE),
	};

	if (!hash)
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(pairs); i += 2)
		if (!ps_txn_set(txn, "message", draft->id, pairs[i], pairs[i + 1], PS_ANY, error))
			return FALSE;
	return ps_txn_commit(txn, error);
}

static void
mark_failed(PsStore *store, const PsDraft *draft)
{
	g_autoptr(GError) failure = NULL;

	/* that the mark could not be set must not hide why sending failed */
	ps_store_set(store, "message.failed", "message", draft->id, "state", "failed", PS_ANY,
		     &failure);
}

/* ---- sending ---- */

static gboolean
run_command(const char *command, GBytes *raw, PsProgress *progress, GError **error)
{
	g_auto(GStrv) argv = NULL;
	g_autoptr(GError) failure = NULL;
	PsSpawnResult result;

	if (!g_shell_parse_argv(command, NULL, &argv, &failure)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The setting mail.send_command (“%s”) is no command line: %s"),
			    command, failure->message);
		return FALSE;
	}
	PsSpawn spawn = {.argv = (const char *const *)argv,
			 .input = raw,
			 .timeout_seconds = SEND_SECONDS,
			 .progress = progress};
	if (!ps_spawn_run(&spawn, &result, error)) {
		g_prefix_error(error, _("The message was not sent and waits in the outbox. "));
		return FALSE;
	}
	gboolean sent = result.status == 0;
	if (!sent) {
		g_autofree char *said = g_strdelimit(g_strdup(result.errors), "\n", ' ');
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("The message was not sent and waits in the outbox: “%s” ended with "
			      "status %d (%s)."),
			    argv[0], result.status, *said ? said : _("it said nothing"));
	}
	ps_spawn_result_clear(&result);
	return sent;
}

/* The copy stands in the list, in its case, with its subject. */
static gboolean
file_copy(PsStore *store, PsOpenpgp *openpgp, const PsDraft *draft, GBytes *raw, GError **error)
{
	if (!ps_mail_file_sent(store, openpgp, raw, error) ||
	    !ps_inbox_sync(store, openpgp, NULL, NULL, error))
		return FALSE;
	g_autofree char *id = ps_inbox_resolve(store, draft->message_id, error);
	g_autofree char *rule = ps_store_config(store, "mail.persist_subject");
	g_autoptr(PsTxn) txn = id ? ps_txn_begin(store, "inbox.sent", error) : NULL;
	return txn && (!draft->case_id || ps_inbox_set_case(txn, id, draft->case_id, error)) &&
	       (g_strcmp0(rule, "never") == 0 ||
		ps_txn_set(txn, "mail", id, "protected_subject", draft->subject, PS_ANY, error)) &&
	       ps_txn_commit(txn, error);
}

static gboolean
hand_over(PsStore *store, PsOpenpgp *openpgp, PsDraft *draft, GBytes *raw, const char *command,
	  PsProgress *progress, GError **error)
{
	g_autoptr(GError) failure = NULL;

	if (!run_command(command, raw, progress, error)) {
		mark_failed(store, draft);
		return FALSE;
	}
	if (!ps_outbox_mark_sent(store, draft->id, ps_now_ms(), error)) {
		g_prefix_error(error, _("The message was sent, but that could not be stored. "));
		return FALSE;
	}
	/* the message is out: that its copy could not be filed is said, not failed over */
	if (!file_copy(store, openpgp, draft, raw, &failure))
		g_ptr_array_add(
			draft->warnings,
			g_strdup_printf(_("The message was sent, but no copy was put into the "
					  "mail directory: %s"),
					failure->message));
	return TRUE;
}

gboolean
ps_draft_send(PsStore *store, PsOpenpgp *openpgp, PsDraft *draft, const PsSendOptions *options,
	      PsProgress *progress, GError **error)
{
	static const PsSendOptions none;
	const PsSendOptions *with = options ? options : &none;
	g_autofree char *command = ps_store_config(store, "mail.send_command");
	g_autoptr(GBytes) raw = NULL;
	How how = {0};
	gboolean done = decide(store, draft, with, &how, error);

	if (done)
		raw = build(openpgp, draft, &how, progress, error);
	done = raw && queue(store, draft, &how, raw, error);
	how_clear(&how);
	if (!done || with->queue_only || !command)
		return done;
	return hand_over(store, openpgp, draft, raw, command, progress, error);
}
