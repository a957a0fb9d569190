#include "config.h"

/* The table of recipients that is shown before sending: address, key, validity, expiry, source. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "mail/compose-internal.h"

#define EXPIRES_SOON (30 * PS_DAY_MS)

void
ps_recipient_free(PsRecipient *recipient)
{
	if (!recipient)
		return;
	g_free(recipient->name);
	g_free(recipient->address);
	ps_key_free(recipient->key);
	g_free(recipient->source);
	g_free(recipient->problem);
	g_free(recipient->warning);
	g_free(recipient);
}

/* No key is an answer (NULL, no error); a broken GnuPG is an error. */
static PsKey *
look_up(PsOpenpgp *openpgp, const char *who, GError **error)
{
	g_autoptr(GError) failure = NULL;
	PsKey *key = ps_openpgp_find_key(openpgp, who, &failure);

	if (failure && !g_error_matches(failure, PS_ERROR, PS_ERROR_NO_KEY))
		g_propagate_error(error, g_steal_pointer(&failure));
	return key;
}

static char *
participant_key(PsStore *store, const char *case_id, const char *address)
{
	g_autoptr(GPtrArray) people =
		case_id ? ps_store_children(store, "participant", case_id, NULL) : NULL;

	for (guint i = 0; people && i < people->len; i++) {
		const char *key = ps_record_text(people->pdata[i], "fingerprint");
		if (key && ps_address_equal(ps_record_text(people->pdata[i], "address"), address))
			return g_strdup(key);
	}
	return NULL;
}

/* What the record of the answered report says about who signed it. */
static char *
report_key(PsStore *store, const char *message_id, const char *address)
{
	const char *filters[] = {"message_id", message_id, NULL};
	const PsQuery query = {.kind = "report", .filters = filters, .limit = 1};
	g_autoptr(GPtrArray) reports = message_id ? ps_store_list(store, &query, NULL) : NULL;

	if (!reports || reports->len == 0)
		return NULL;
	const PsRecord *report = reports->pdata[0];
	const char *verdict = ps_record_text(report, "verdict");
	if (!verdict || !g_str_has_prefix(verdict, "good") ||
	    !ps_address_equal(ps_record_text(report, "reporter_address"), address))
		return NULL;
	return g_strdup(ps_record_text(report, "signer"));
}

static void
judge_key(PsRecipient *recipient)
{
	const PsKey *key = recipient->key;

	if (!key) {
		recipient->problem = g_strdup_printf(
			_("There is no OpenPGP key for “%s”. Ask for it and import it."),
			recipient->address);
		return;
	}
	recipient->problem = ps_key_problem(key);
	if (recipient->problem)
		return;
	gint64 left = key->expires == PS_NO_TIME ? G_MAXINT64 : key->expires - ps_now_ms();
	g_autofree char *time = left < EXPIRES_SOON ? ps_duration_text(left) : NULL;
	if (time)
		recipient->warning = g_strdup_printf(_("expires in %s"), time);
	else if (key->validity < PS_VALIDITY_FULL && recipient->role != PS_RECIPIENT_SELF)
		recipient->warning = g_strdup(_("nobody verified whose key it is"));
}

typedef struct {
	PsStore *store;
	PsOpenpgp *openpgp;
	PsDraft *draft;
	const char *hint;
} Judge;

static gboolean
key_is_for(const PsKey *key, const char *address)
{
	for (gsize i = 0; key->addresses[i]; i++)
		if (ps_address_equal(key->addresses[i], address))
			return TRUE;
	return FALSE;
}

/* The first of these sources that names a key which is here: case participant, signature of the
 * answered message, key ring. */
static gboolean
find_key(Judge *judge, PsRecipient *recipient, GError **error)
{
	g_autofree char *of_participant = participant_key(judge->store, judge->draft->case_id,
							  recipient->address),
			*of_report = judge->hint && recipient->role == PS_RECIPIENT_TO
					     ? g_strdup(judge->hint)
					     : report_key(judge->store, judge->draft->in_reply_to,
							  recipient->address);
	const struct {
		const char *who, *source;
		gboolean of_anybody; /* whose key it is has to be checked */
	} sources[] = {
		{of_participant, _("participant of the case"), FALSE},
		{of_report, _("signature of the message"), TRUE},
		{recipient->address, _("key ring"), FALSE},
	};
	GError *failure = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(sources) && !recipient->key && !failure; i++) {
		if (!sources[i].who)
			continue;
		recipient->key = look_up(judge->openpgp, sources[i].who, &failure);
		if (sources[i].of_anybody && recipient->key &&
		    !key_is_for(recipient->key, recipient->address))
			g_clear_pointer(&recipient->key, ps_key_free);
		g_free(recipient->source);
		recipient->source = recipient->key ? g_strdup(sources[i].source) : NULL;
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

static gboolean
add_people(Judge *judge, PsMailbox *const *people, PsRecipientRole role, GError **error)
{
	for (gsize i = 0; people[i]; i++) {
		PsRecipient *recipient = g_new0(PsRecipient, 1);
		recipient->role = role;
		recipient->name = g_strdup(people[i]->name);
		recipient->address = g_strdup(people[i]->address);
		g_ptr_array_add(judge->draft->recipients, recipient);
		if (!find_key(judge, recipient, error))
			return FALSE;
		judge_key(recipient);
	}
	return TRUE;
}

static gboolean
add_self(Judge *judge, GError **error)
{
	g_autofree char *fingerprint = ps_store_config(judge->store, "mail.key"),
			*from = ps_store_config(judge->store, "mail.from");
	PsRecipient *self = g_new0(PsRecipient, 1);
	GError *failure = NULL;

	self->role = PS_RECIPIENT_SELF;
	self->name = g_strdup(_("the team"));
	self->address = g_strdup(from ? from : "");
	self->source = g_strdup("mail.key");
	g_ptr_array_add(judge->draft->recipients, self);
	if (fingerprint)
		self->key = look_up(judge->openpgp, fingerprint, &failure);
	if (failure) {
		g_propagate_error(error, failure);
		return FALSE;
	}
	if (self->key)
		judge_key(self);
	else if (fingerprint)
		self->problem =
			g_strdup_printf(_("The team's key %s (mail.key) is not in the key ring."),
					fingerprint);
	else
		self->problem =
			g_strdup(_("No key of the team is set (mail.key): what is sent could "
				   "neither be signed nor be read again."));
	return TRUE;
}

static void
warn(PsDraft *draft, char *sentence)
{
	g_ptr_array_add(draft->warnings, sentence);
}

static void
conclude(PsDraft *draft)
{
	draft->encrypt = ps_mailboxes_count(draft->to) > 0;
	draft->sign = FALSE;
	for (guint i = 0; i < draft->recipients->len; i++) {
		const PsRecipient *recipient = draft->recipients->pdata[i];
		if (recipient->problem)
			draft->encrypt = FALSE;
		if (recipient->role == PS_RECIPIENT_SELF)
			draft->sign = recipient->key && recipient->key->secret &&
				      recipient->key->can_sign;
		if (recipient->warning)
			warn(draft, g_strdup_printf(_("Key of “%s”: %s."), recipient->address,
						    recipient->warning));
	}
	if (!draft->encrypt)
		warn(draft,
		     g_strdup(draft->answers_encrypted
				      ? _("The answered message was encrypted, but this one "
					  "cannot be: it will not be sent in clear unless you "
					  "say so.")
				      : _("The message will be sent in clear.")));
	if (!draft->sign)
		warn(draft,
		     g_strdup(_("The message will not be signed: the team's secret key is not "
				"here.")));
}

gboolean
ps_draft_judge(PsStore *store, PsOpenpgp *openpgp, PsDraft *draft, const char *hint, GError **error)
{
	Judge judge = {store, openpgp, draft, hint};

	g_ptr_array_set_size(draft->recipients, 0);
	g_ptr_array_set_size(draft->warnings, 0);
	if (!add_people(&judge, draft->to, PS_RECIPIENT_TO, error) ||
	    !add_people(&judge, draft->cc, PS_RECIPIENT_CC, error) || !add_self(&judge, error))
		return FALSE;
	conclude(draft);
	return TRUE;
}
