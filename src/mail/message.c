#include "config.h"

#include "mail/message.h"

#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "mail/internal.h"
#include "mail/message-parse.h"

#define RAW_MAX ((gsize)64 << 20)

static const struct {
	const char *token, *text;
} encryptions[] = {
	[PS_ENCRYPTION_NONE] = {"none", N_("not encrypted")},
	[PS_ENCRYPTION_PGP_MIME] = {"pgp-mime", N_("encrypted (PGP/MIME)")},
	[PS_ENCRYPTION_PGP_INLINE] = {"pgp-inline", N_("encrypted (inline PGP)")},
	[PS_ENCRYPTION_SMIME] = {"smime", N_("encrypted (S/MIME)")},
};

const char *
ps_encryption_token(PsEncryption encryption)
{
	return (gsize)encryption < G_N_ELEMENTS(encryptions) ? encryptions[encryption].token
							     : "none";
}

const char *
ps_encryption_text(PsEncryption encryption)
{
	return (gsize)encryption < G_N_ELEMENTS(encryptions) ? gettext(encryptions[encryption].text)
							     : "";
}

PsEncryption
ps_encryption_from_token(const char *token)
{
	for (gsize i = 0; token && i < G_N_ELEMENTS(encryptions); i++)
		if (g_str_equal(encryptions[i].token, token))
			return (PsEncryption)i;
	return PS_ENCRYPTION_NONE;
}

void
ps_message_free(PsMessage *message)
{
	if (!message)
		return;
	g_free(message->id);
	g_free(message->message_id);
	g_free(message->sha256);
	ps_text_wipe(message->subject);
	g_free(message->from_name);
	g_free(message->from_address);
	ps_mailboxes_free(message->from);
	ps_mailboxes_free(message->to);
	ps_mailboxes_free(message->cc);
	ps_mailboxes_free(message->reply_to);
	g_free(message->in_reply_to);
	g_strfreev(message->references);
	g_clear_pointer(&message->headers, g_ptr_array_unref);
	g_free(message->algorithm);
	g_strfreev(message->recipients);
	g_free(message->signer);
	g_free(message->signer_user_id);
	g_clear_pointer(&message->signatures, g_ptr_array_unref);
	g_clear_pointer(&message->parts, g_ptr_array_unref);
	g_strfreev(message->attached_keys);
	g_clear_pointer(&message->problems, g_ptr_array_unref);
	g_clear_pointer(&message->notes, g_ptr_array_unref);
	g_free(message);
}

/* ---- asking the worker ---- */

typedef struct {
	GPtrArray *parts; /* PsRawPart* */
} Collected;

static gboolean
collect_part(gpointer user, const cJSON *meta)
{
	PsRawPart *raw = ps_raw_part_from_json(cJSON_GetObjectItemCaseSensitive(meta, "part"));

	if (raw)
		g_ptr_array_add(((Collected *)user)->parts, raw);
	return TRUE;
}

static void
forget_parts(gpointer user)
{
	g_ptr_array_set_size(((Collected *)user)->parts, 0);
}

/* A message that breaks the worker opens with its headers and a sentence. */
static PsMessage *
open_headers_only(PsOpenpgp *openpgp, const PsRequest *failed, const GError *why, GError **error)
{
	PsRequest request = *failed;
	PsAnswer answer;
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);

	request.method = "headers";
	request.on_meta = NULL;
	request.on_repeat = NULL;
	if (!ps_worker_call(ps_openpgp_worker(openpgp), &request, &answer, error))
		return NULL;
	PsMessage *message =
		ps_message_from_json(cJSON_GetObjectItemCaseSensitive(answer.meta, "message"), none,
				     nothing);
	ps_answer_clear(&answer);
	g_ptr_array_insert(message->problems, 0,
			   g_strdup_printf(_("The message could not be taken apart: %s Only its "
					     "headers are shown; its source can be shown too."),
					   why->message));
	return message;
}

static PsMessage *
ask_open(PsOpenpgp *openpgp, cJSON *arguments, GBytes *input, PsProgress *progress, GError **error)
{
	g_autoptr(GPtrArray) parts =
		g_ptr_array_new_with_free_func((GDestroyNotify)ps_raw_part_free);
	Collected collected = {parts};
	g_autoptr(GError) failure = NULL;
	PsRequest request = {.method = "open",
			     .arguments = arguments,
			     .input = input,
			     .on_meta = collect_part,
			     .on_repeat = forget_parts,
			     .user = &collected,
			     .progress = progress};
	PsAnswer answer;

	/* without an agent a plain message still opens; an encrypted one says what is missing */
	ps_openpgp_start_agent(openpgp, NULL);
	if (!ps_worker_call(ps_openpgp_worker(openpgp), &request, &answer, &failure)) {
		if (g_error_matches(failure, PS_ERROR, PS_ERROR_WORKER) ||
		    g_error_matches(failure, PS_ERROR, PS_ERROR_LIMIT))
			return open_headers_only(openpgp, &request, failure, error);
		g_propagate_error(error, g_steal_pointer(&failure));
		return NULL;
	}
	PsMessage *message =
		ps_message_from_json(cJSON_GetObjectItemCaseSensitive(answer.meta, "message"),
				     parts, answer.output);
	ps_answer_clear(&answer);
	return message;
}

PsMessage *
ps_message_open_bytes(PsOpenpgp *openpgp, GBytes *raw, PsProgress *progress, GError **error)
{
	return ask_open(openpgp, NULL, raw, progress, error);
}

/* ---- files of the list ---- */

static gboolean
is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static char *
first_path_of_index(PsStore *store, PsOpenpgp *openpgp, const char *message_id, GError **error)
{
	g_autoptr(cJSON) arguments = ps_mail_index_arguments(store);
	PsRequest request = {.method = "index-paths", .arguments = arguments};
	PsAnswer answer;
	char *found = NULL;

	cJSON_AddStringToObject(arguments, "id", message_id);
	if (!ps_worker_call(ps_openpgp_worker(openpgp), &request, &answer, error))
		return NULL;
	const cJSON *item;
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(answer.meta, "paths")) {
		if (!found && cJSON_IsString(item) && is_regular(item->valuestring))
			found = g_strdup(item->valuestring);
	}
	ps_answer_clear(&answer);
	return found;
}

char *
ps_mail_file(PsStore *store, PsOpenpgp *openpgp, const PsMailEntry *entry, GError **error)
{
	g_autofree char *root = ps_mail_root(store, openpgp, error);

	if (!root)
		return NULL;
	g_autofree char *path = g_path_is_absolute(entry->path)
					? g_strdup(entry->path)
					: g_build_filename(root, entry->path, NULL);
	if (is_regular(path))
		return g_steal_pointer(&path);
	g_autoptr(GError) failure = NULL;
	char *found = first_path_of_index(store, openpgp, entry->message_id, &failure);
	if (!found)
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("The file of this message (“%s”) is gone. “psirtdesk inbox sync” "
			      "brings the list up to date."),
			    entry->path);
	return found;
}

/* ---- remembering what opening showed ---- */

static gboolean
keep_marks(PsTxn *txn, const PsMailEntry *entry, const PsMessage *message, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	PS_STATEMENT update = ps_store_statement(store,
						 "UPDATE mail SET unread = 0, verdict = :verdict, "
						 "encryption = coalesce(:encryption, "
						 "encryption) WHERE id = :id",
						 error);
	g_autoptr(GHashTable) threads = g_hash_table_new(g_str_hash, g_str_equal);

	if (!update)
		return FALSE;
	ps_mail_bind_text(update, ":verdict", ps_verdict_token(message->verdict));
	ps_mail_bind_text(update, ":encryption",
			  message->encryption == PS_ENCRYPTION_NONE
				  ? NULL
				  : ps_encryption_token(message->encryption));
	ps_mail_bind_text(update, ":id", entry->id);
	if (!ps_mail_run(store, update, _("marking a message"), error))
		return FALSE;
	g_hash_table_add(threads, entry->thread);
	return !entry->unread || ps_mail_refresh_threads(store, threads, error);
}

static gboolean
may_keep_subject(PsStore *store, const PsMailEntry *entry, const PsMessage *message)
{
	g_autofree char *rule = ps_store_config(store, "mail.persist_subject");

	return message->subject_protected && message->decrypted && *message->subject &&
	       !entry->has_protected_subject && ps_store_is_unlocked(store) &&
	       g_strcmp0(rule, "never") != 0;
}

static gboolean
remember(PsStore *store, const PsMailEntry *entry, const PsMessage *message, GError **error)
{
	gboolean subject = may_keep_subject(store, entry, message);
	/* A key that came since makes another verdict. */
	gboolean known = entry->opened && !entry->unread && entry->verdict == message->verdict;

	if (ps_store_is_readonly(store) || (known && !subject))
		return TRUE;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "inbox.open", error);
	return txn && keep_marks(txn, entry, message, error) &&
	       (!subject || ps_txn_set(txn, "mail", entry->id, "protected_subject",
				       message->subject, PS_ANY, error)) &&
	       ps_txn_commit(txn, error);
}

PsMessage *
ps_message_open(PsStore *store, PsOpenpgp *openpgp, const char *id, PsProgress *progress,
		GError **error)
{
	g_autoptr(PsMailEntry) entry = ps_mail_entry(store, id, error);
	g_autofree char *path = entry ? ps_mail_file(store, openpgp, entry, error) : NULL;
	g_autoptr(cJSON) arguments = cJSON_CreateObject();

	if (!path)
		return NULL;
	cJSON_AddStringToObject(arguments, "path", path);
	g_autoptr(PsMessage) message = ask_open(openpgp, arguments, NULL, progress, error);
	if (!message)
		return NULL;
	message->id = g_strdup(entry->id);
	if (!message->message_id)
		message->message_id = g_strdup(entry->message_id);
	if (message->received_at == PS_NO_TIME) {
		struct stat st;
		if (stat(path, &st) == 0)
			message->received_at = (gint64)st.st_mtime * 1000;
	}
	/* that the list could not be marked is no reason not to show the message */
	g_autoptr(GError) failure = NULL;
	if (!remember(store, entry, message, &failure))
		g_ptr_array_add(message->notes, g_strdup(failure->message));
	return g_steal_pointer(&message);
}

static GBytes *
ask_bytes(PsStore *store, PsOpenpgp *openpgp, const char *id, const char *method, int number,
	  PsProgress *progress, GError **error)
{
	g_autoptr(PsMailEntry) entry = ps_mail_entry(store, id, error);
	g_autofree char *path = entry ? ps_mail_file(store, openpgp, entry, error) : NULL;
	g_autoptr(cJSON) arguments = cJSON_CreateObject();
	PsRequest request = {.method = method,
			     .arguments = arguments,
			     .output_limit = RAW_MAX,
			     .progress = progress};
	PsAnswer answer;

	if (!path)
		return NULL;
	cJSON_AddStringToObject(arguments, "path", path);
	cJSON_AddNumberToObject(arguments, "number", number);
	ps_openpgp_start_agent(openpgp, NULL);
	if (!ps_worker_call(ps_openpgp_worker(openpgp), &request, &answer, error))
		return NULL;
	GBytes *bytes = g_steal_pointer(&answer.output);
	ps_answer_clear(&answer);
	return bytes;
}

GBytes *
ps_message_part_bytes(PsStore *store, PsOpenpgp *openpgp, const char *id, int number,
		      PsProgress *progress, GError **error)
{
	return ask_bytes(store, openpgp, id, "part", number, progress, error);
}

GBytes *
ps_message_raw(PsStore *store, PsOpenpgp *openpgp, const char *id, GError **error)
{
	return ask_bytes(store, openpgp, id, "raw", 0, NULL, error);
}

/* ---- who wrote ---- */

void
ps_reporter_free(PsReporter *reporter)
{
	if (!reporter)
		return;
	g_free(reporter->name);
	g_free(reporter->address);
	g_free(reporter->fingerprint);
	g_free(reporter);
}

/* Reply-To counts where nobody on the way could have set it: when it is protected. */
static gboolean
reply_to_is_protected(const PsMessage *message)
{
	for (guint i = 0; i < message->headers->len; i++) {
		const PsMessageHeader *header = message->headers->pdata[i];
		if (g_str_equal(header->name, "Reply-To"))
			return header->inner != NULL;
	}
	return FALSE;
}

static const PsSignature *
signature_of(const PsMessage *message)
{
	for (guint i = 0; message->signer && i < message->signatures->len; i++) {
		const PsSignature *signature = message->signatures->pdata[i];
		if (g_strcmp0(signature->fingerprint, message->signer) == 0)
			return signature;
	}
	return NULL;
}

static gboolean
good(PsVerdict verdict)
{
	return verdict == PS_VERDICT_GOOD_KNOWN || verdict == PS_VERDICT_GOOD_UNVERIFIED;
}

static gboolean
key_has_address(const PsSignature *signature, const char *address)
{
	for (gsize i = 0; signature->addresses && signature->addresses[i]; i++)
		if (ps_address_equal(signature->addresses[i], address))
			return TRUE;
	return FALSE;
}

static char *
reporter_key(PsOpenpgp *openpgp, const PsMessage *message, const char *address, GError **error)
{
	const PsSignature *signature = signature_of(message);
	g_autoptr(GError) failure = NULL;

	if (signature && good(signature->verdict) && key_has_address(signature, address)) {
		g_autoptr(PsKey) signer =
			ps_openpgp_find_key(openpgp, signature->fingerprint, NULL);
		if (signer && signer->can_encrypt)
			return g_strdup(signer->fingerprint);
	}
	g_autoptr(PsKey) key = ps_openpgp_find_key(openpgp, address, &failure);
	if (key && key->can_encrypt)
		return g_strdup(key->fingerprint);
	if (failure && !g_error_matches(failure, PS_ERROR, PS_ERROR_NO_KEY))
		g_propagate_error(error, g_steal_pointer(&failure));
	return NULL;
}

PsReporter *
ps_mail_reporter(PsOpenpgp *openpgp, const PsMessage *message, GError **error)
{
	PsMailbox *const *answer = message->reply_to[0] && reply_to_is_protected(message)
					   ? message->reply_to
					   : message->from;
	g_autoptr(GError) failure = NULL;

	if (!answer[0]) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The message does not say who sent it."));
		return NULL;
	}
	PsReporter *reporter = g_new0(PsReporter, 1);
	reporter->name = g_strdup(answer[0]->name);
	reporter->address = g_strdup(answer[0]->address);
	reporter->fingerprint = reporter_key(openpgp, message, reporter->address, &failure);
	if (!failure)
		return reporter;
	g_propagate_error(error, g_steal_pointer(&failure));
	ps_reporter_free(reporter);
	return NULL;
}

static void
add_pair(GPtrArray *pairs, const char *field, char *value)
{
	if (!value || !*value) {
		g_free(value);
		return;
	}
	g_ptr_array_add(pairs, g_strdup(field));
	g_ptr_array_add(pairs, value);
}

char **
ps_mail_report_pairs(const PsMessage *message, const PsReporter *reporter)
{
	GPtrArray *pairs = g_ptr_array_new();
	gint64 received = message->received_at != PS_NO_TIME ? message->received_at : ps_now_ms();

	add_pair(pairs, "received_at", ps_utc_format(received));
	add_pair(pairs, "channel", g_strdup("email"));
	add_pair(pairs, "encryption", g_strdup(ps_encryption_token(message->encryption)));
	add_pair(pairs, "verdict", g_strdup(ps_verdict_token(message->verdict)));
	add_pair(pairs, "signer", g_strdup(message->signer));
	add_pair(pairs, "reporter_name", reporter ? g_strdup(reporter->name) : NULL);
	add_pair(pairs, "reporter_address", reporter ? g_strdup(reporter->address) : NULL);
	add_pair(pairs, "subject", g_strdup(message->subject));
	add_pair(pairs, "text", ps_message_text(message));
	add_pair(pairs, "message_id", g_strdup(message->message_id));
	add_pair(pairs, "raw_sha256", g_strdup(message->sha256));
	g_ptr_array_add(pairs, NULL);
	return (char **)g_ptr_array_free(pairs, FALSE);
}
