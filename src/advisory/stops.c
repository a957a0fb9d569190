#include "config.h"

/* What stands in the way of publishing. */

#include "advisory/publish.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/internal.h"
#include "advisory/review.h"
#include "advisory/stops.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"

#define FINDINGS_SHOWN 5

/* ---- single stops: a new sentence, or NULL ---- */

char *
ps_ended_sentence(const PsAdvisory *advisory)
{
	const PsRecord *record = advisory->facts->advisory;
	const char *state = ps_record_text(record, "state");

	if (g_strcmp0(state, "withdrawn") != 0 && g_strcmp0(state, "superseded") != 0)
		return NULL;
	return g_strdup_printf(
		g_str_equal(state, "withdrawn")
			? _("Advisory “%s” was withdrawn; nothing further is published of it.")
			: _("Advisory “%s” was superseded; nothing further is published of it."),
		ps_record_text(record, "tracking_id"));
}

gboolean
ps_refuse_ended(const PsAdvisory *advisory, GError **error)
{
	g_autofree char *sentence = ps_ended_sentence(advisory);

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

	/* a word that is no label limits as much as can be */
	if (!ps_tlp_is_label(limit))
		return g_strdup_printf(_("“%s” is no TLP label; correct the setting "
					 "advisory.tlp_limit."),
				       limit);
	if (ps_tlp_rank(label) <= ps_tlp_rank(limit))
		return NULL;
	return g_strdup_printf(_("The advisory is TLP:%s, but at most TLP:%s may be published in "
				 "this place."),
			       label, limit);
}

/* An approval that is needed and does not hold. */
static char *
approval_sentence(PsStore *store, const PsAdvisory *advisory)
{
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsReview) review =
		advisory->unchanged ? NULL : ps_review(store, advisory, &problem);

	if (problem)
		return g_strdup(problem->message);
	return review && review->needed && !review->holds ? g_strdup(review->sentence) : NULL;
}

char *
ps_missing_sentence(const PsAdvisory *advisory)
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
char *
ps_invalid_when_published(const PsAdvisory *advisory)
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
	PsStop stops = note(found, PS_STOP_STATE, ps_ended_sentence(advisory));

	stops |= note(found, PS_STOP_UNCHANGED, unchanged_sentence(advisory));
	stops |= note(found, PS_STOP_EMBARGO,
		      ps_case_embargo_reason(advisory->facts->case_record,
					     at == PS_NO_TIME ? ps_now_ms() : at));
	stops |= note(found, PS_STOP_TLP, tlp_sentence(store, advisory));
	stops |= note(found, PS_STOP_APPROVAL, approval_sentence(store, advisory));
	stops |= note(found, PS_STOP_MISSING, ps_missing_sentence(advisory));
	/* What is missing is told in better words than those of the tests that fail for it. */
	if (!(stops & PS_STOP_MISSING))
		stops |= note(found, PS_STOP_INVALID, ps_invalid_when_published(advisory));
	g_ptr_array_add(found, NULL);
	if (sentences)
		*sentences = (char **)g_ptr_array_free(found, FALSE);
	else
		g_strfreev((char **)g_ptr_array_free(found, FALSE));
	return stops;
}
