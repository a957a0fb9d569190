#include "config.h"

/* What stands in the way of publishing, and the moves of an advisory that are not publishing. */

#include "advisory/publish.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/internal.h"
#include "advisory/stops.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"

#define FINDINGS_SHOWN 5

/* ---- single stops: a new sentence, or NULL ---- */

static char *
state_sentence(const PsAdvisory *advisory)
{
	const PsRecord *record = advisory->facts->advisory;

	if (g_strcmp0(ps_record_text(record, "state"), "withdrawn") != 0)
		return NULL;
	return g_strdup_printf(
		_("Advisory “%s” was withdrawn; nothing further is published of it."),
		ps_record_text(record, "tracking_id"));
}

gboolean
ps_refuse_withdrawn(const PsAdvisory *advisory, GError **error)
{
	g_autofree char *sentence = state_sentence(advisory);

	if (sentence)
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED, sentence);
	return sentence == NULL;
}

static char *
unchanged_sentence(const PsAdvisory *advisory)
{
	return advisory->unchanged
		       ? g_strdup_printf(_("Nothing changed since version %s was published."),
					 advisory->version)
		       : NULL;
}

static char *
tlp_sentence(PsStore *store, const PsAdvisory *advisory)
{
	const char *label = ps_record_text(advisory->facts->advisory, "tlp");
	g_autofree char *limit = ps_store_config(store, "advisory.tlp_limit");

	if (ps_tlp_rank(label) <= ps_tlp_rank(limit && *limit ? limit : "CLEAR"))
		return NULL;
	return g_strdup_printf(_("The advisory is TLP:%s, but at most TLP:%s may be published in "
				 "this place."),
			       label, limit);
}

static char *
missing_sentence(const PsAdvisory *advisory)
{
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < missing->len; i++) {
		const PsAdvisoryMissing *one = missing->pdata[i];
		if (one->blocking)
			g_string_append_printf(text, "%s%s", text->len ? " " : "", one->sentence);
	}
	return text->len ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

char *
ps_invalid_sentence(const cJSON *document)
{
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(document, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY, NULL, &problem);
	g_autoptr(GString) text = g_string_new(NULL);

	if (!report)
		return g_strdup(problem->message);
	if (ps_csaf_report_is_valid(report))
		return NULL;
	guint count = report->findings->len;
	g_string_append_printf(text,
			       ngettext("The document is not valid CSAF (%u finding):",
					"The document is not valid CSAF (%u findings):", count),
			       count);
	for (guint i = 0; i < count && i < FINDINGS_SHOWN; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		g_string_append_printf(text, " %s %s: %s", finding->test, finding->pointer,
				       finding->message);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- all of them ---- */

static PsStop
note(GPtrArray *sentences, PsStop stop, char *sentence)
{
	if (!sentence)
		return 0;
	g_ptr_array_add(sentences, sentence);
	return stop;
}

/* The draft as it would stand: its status and dates are those of a published one. */
static char *
invalid_when_published(const PsAdvisory *advisory)
{
	g_autoptr(cJSON) document = cJSON_Duplicate(advisory->document, TRUE);
	cJSON *status = ps_json_at(document, "/document/tracking/status");

	if (status)
		cJSON_SetValuestring(status, "final");
	return ps_invalid_sentence(document);
}

PsStop
ps_advisory_stops(PsStore *store, const PsAdvisory *advisory, gint64 at, char ***sentences)
{
	GPtrArray *found = g_ptr_array_new();
	PsStop stops = note(found, PS_STOP_STATE, state_sentence(advisory));

	stops |= note(found, PS_STOP_UNCHANGED, unchanged_sentence(advisory));
	stops |= note(found, PS_STOP_EMBARGO,
		      ps_case_embargo_reason(advisory->facts->case_record,
					     at == PS_NO_TIME ? ps_now_ms() : at));
	stops |= note(found, PS_STOP_TLP, tlp_sentence(store, advisory));
	stops |= note(found, PS_STOP_MISSING, missing_sentence(advisory));
	/* What is missing is told in better words than those of the tests that fail for it. */
	if (!(stops & PS_STOP_MISSING))
		stops |= note(found, PS_STOP_INVALID, invalid_when_published(advisory));
	g_ptr_array_add(found, NULL);
	if (sentences)
		*sentences = (char **)g_ptr_array_free(found, FALSE);
	else
		g_strfreev((char **)g_ptr_array_free(found, FALSE));
	return stops;
}

/* ---- approve, withdraw ---- */

static gboolean
refuse(GError **error, char *sentence)
{
	g_autofree char *owned = sentence;

	if (!owned)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INVALID, owned);
	return FALSE;
}

static gboolean
move_state(PsTxn *txn, const PsAdvisory *advisory, const char *state, const char *text,
	   GError **error)
{
	return ps_txn_set(txn, "advisory", ps_advisory_id(advisory), "state", state, PS_ANY,
			  error) &&
	       ps_case_event(txn, ps_record_id(advisory->facts->case_record), "state", text,
			     error) &&
	       ps_txn_commit(txn, error);
}

gboolean
ps_advisory_approve(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.approve", error);
	g_autoptr(PsAdvisory) advisory = txn ? ps_advisory_load(store, id, error) : NULL;

	if (!advisory)
		return FALSE;
	const char *state = ps_record_text(advisory->facts->advisory, "state");
	const char *tracking = ps_record_text(advisory->facts->advisory, "tracking_id");
	if (advisory->unchanged || g_strcmp0(state, "approved") == 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    advisory->unchanged
				    ? _("Advisory “%s” is published as it stands; there is nothing "
					"to approve.")
				    : _("Advisory “%s” is approved already."),
			    tracking);
		return FALSE;
	}
	if (!refuse(error, state_sentence(advisory)) ||
	    !refuse(error, missing_sentence(advisory)) ||
	    !refuse(error, invalid_when_published(advisory)))
		return FALSE;
	g_autofree char *text = g_strdup_printf(_("Version %s of advisory “%s” was approved."),
						advisory->version, tracking);
	return move_state(txn, advisory, "approved", text, error);
}

gboolean
ps_advisory_withdraw(PsStore *store, const char *id, const char *reason, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.withdraw", error);
	g_autoptr(PsAdvisory) advisory = txn ? ps_advisory_load(store, id, error) : NULL;

	if (!advisory)
		return FALSE;
	const char *tracking = ps_record_text(advisory->facts->advisory, "tracking_id");
	g_autofree char *again = state_sentence(advisory);
	if (again) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_CONFLICT, again);
		return FALSE;
	}
	g_autofree char *text =
		reason && *reason
			? g_strdup_printf(_("Advisory “%s” was withdrawn: %s"), tracking, reason)
			: g_strdup_printf(_("Advisory “%s” was withdrawn."), tracking);
	return move_state(txn, advisory, "withdrawn", text, error);
}
