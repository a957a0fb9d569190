#include "config.h"

#include "advisory/review.h"

#include <string.h>

#include "advisory/authors.h"
#include "advisory/comment.h"
#include "advisory/internal.h"
#include "advisory/review-internal.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"

/* ---- the setting ---- */

static gboolean
count_people_with_keys(PsStore *store, guint *count, GError **error)
{
	const PsQuery query = {.kind = "person"};
	g_autoptr(GPtrArray) people = ps_store_list(store, &query, error);

	*count = 0;
	for (guint i = 0; people && i < people->len; i++)
		*count += ps_record_text(people->pdata[i], "fingerprint") ? 1 : 0;
	return people != NULL;
}

gboolean
ps_review_second_person(PsStore *store, gboolean *needed, GError **error)
{
	g_autofree char *setting = ps_store_config(store, "advisory.second_person");
	guint people;

	*needed = TRUE;
	if (g_strcmp0(setting, "yes") == 0)
		return TRUE;
	if (g_strcmp0(setting, "no") == 0) {
		*needed = FALSE;
		return TRUE;
	}
	if (g_strcmp0(setting, "auto") != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The setting advisory.second_person is “%s”; it is yes, no or auto."),
			    setting ? setting : "");
		return FALSE;
	}
	if (!count_people_with_keys(store, &people, error))
		return FALSE;
	*needed = people > 1;
	return TRUE;
}

/* ---- approvals ---- */

static void
approval_free(PsApproval *approval)
{
	if (!approval)
		return;
	g_free(approval->id);
	g_free(approval->person);
	g_free(approval->name);
	g_free(approval->version);
	g_free(approval->signature);
	g_free(approval->fingerprint);
	g_free(approval);
}

char *
ps_person_name(PsStore *store, const char *person)
{
	g_autoptr(PsRecord) record =
		person && *person ? ps_store_get(store, "person", person, NULL) : NULL;
	const char *name = record ? ps_record_text(record, "name") : NULL;

	return name ? ps_safe_text(name, -1, PS_SAFE_LINE) : g_strdup(_("somebody unknown"));
}

/* Whole seconds are what people compare. */
static char *
when(gint64 at)
{
	return at == PS_NO_TIME ? NULL : ps_utc_format(at - at % PS_SECOND_MS);
}

static PsApproval *
read_approval(PsStore *store, const PsRecord *record)
{
	PsApproval *approval = g_new0(PsApproval, 1);

	approval->id = g_strdup(ps_record_id(record));
	approval->person = g_strdup(ps_record_text(record, "person"));
	approval->name = ps_person_name(store, approval->person);
	approval->version = g_strdup(ps_record_text(record, "version"));
	approval->at = ps_record_time(record, "at");
	approval->alone = ps_record_flag(record, "alone");
	approval->signature = g_strdup(ps_record_text(record, "signature"));
	approval->fingerprint = g_strdup(ps_record_text(record, "fingerprint"));
	return approval;
}

/* An approval that a version went out with has done its work. */
static gboolean
is_used(const PsAdvisory *advisory, const char *id)
{
	GPtrArray *versions = advisory->facts->versions;

	for (guint i = 0; i < versions->len; i++)
		if (g_strcmp0(ps_record_text(versions->pdata[i], "approval"), id) == 0)
			return TRUE;
	return FALSE;
}

/* The newest that still counts; NULL: none. Lent from `records`. */
static const PsRecord *
newest_approval(const PsAdvisory *advisory, GPtrArray *records)
{
	const PsRecord *newest = NULL;

	for (guint i = 0; i < records->len; i++) {
		const PsRecord *record = records->pdata[i];
		if (ps_record_time(record, "revoked_at") != PS_NO_TIME ||
		    is_used(advisory, ps_record_id(record)))
			continue;
		if (!newest || strcmp(ps_record_id(record), ps_record_id(newest)) > 0)
			newest = record;
	}
	return newest;
}

static gboolean
is_for(const PsRecord *approval, const PsAdvisory *advisory)
{
	g_autofree char *digest = ps_review_digest(advisory);

	return g_strcmp0(ps_record_text(approval, "digest"), digest) == 0 &&
	       g_strcmp0(ps_record_text(approval, "version"), advisory->version) == 0;
}

gboolean
ps_review_status_only(const PsAdvisory *advisory)
{
	return advisory->published && (!advisory->changes || advisory->changes->len == 0);
}

/* ---- where it stands ---- */

static char *
names_of(PsStore *store, const GPtrArray *people)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (guint i = 0; i < people->len; i++) {
		g_autofree char *name = ps_person_name(store, people->pdata[i]);
		g_string_append_printf(names, "%s%s", i ? ", " : "", name);
	}
	return g_string_free(g_steal_pointer(&names), FALSE);
}

static char *
sentence_of_approval(const PsReview *review, gboolean fits)
{
	const PsApproval *approval = review->approval;
	g_autofree char *at = when(approval->at);

	if (!fits)
		return g_strdup_printf(_("%s approved version %s at %s, but the document was "
					 "changed since: the approval is void. Ask for a review "
					 "again."),
				       approval->name, approval->version, at);
	if (approval->alone && review->needed)
		return g_strdup_printf(_("%s approved version %s alone at %s; meanwhile a second "
					 "person has to (advisory.second_person)."),
				       approval->name, approval->version, at);
	return g_strdup_printf(approval->alone
				       ? _("%s approved version %s alone at %s: no second person "
					   "looked at it.")
				       : _("%s approved version %s at %s."),
			       approval->name, approval->version, at);
}

static char *
sentence_of_none(PsStore *store, const PsReview *review, const PsAdvisory *advisory)
{
	const PsRecord *record = advisory->facts->advisory;

	if (g_strcmp0(ps_record_text(record, "state"), "review") == 0) {
		g_autofree char *asker = ps_person_name(store, ps_record_text(record, "asked_by"));
		g_autofree char *at = when(ps_record_time(record, "asked_at"));
		return g_strdup_printf(_("%s asked for the review of version %s%s%s; nobody "
					 "approved it yet."),
				       asker, advisory->version, at ? _(" at ") : "", at ? at : "");
	}
	if (!review->needed)
		return g_strdup(_("Nobody approved it; no second person is needed here "
				  "(advisory.second_person), and the record will say so."));
	if (!*review->author_names)
		return g_strdup(_("Nobody approved it yet: ask for a review."));
	return g_strdup_printf(_("It needs the approval of somebody else, not of who wrote it "
				 "(%s): ask for a review."),
			       review->author_names);
}

static char *
sentence_of(PsStore *store, const PsReview *review, const PsAdvisory *advisory, gboolean fits)
{
	if (advisory->unchanged)
		return g_strdup_printf(_("Version %s is published as it stands; there is nothing "
					 "to review."),
				       advisory->version);
	return review->approval ? sentence_of_approval(review, fits)
				: sentence_of_none(store, review, advisory);
}

static gboolean
count_open_comments(PsStore *store, PsReview *review, const PsAdvisory *advisory, GError **error)
{
	g_autoptr(GPtrArray) comments =
		ps_store_children(store, "advisory_comment", ps_advisory_id(advisory), error);

	for (guint i = 0; comments && i < comments->len; i++)
		review->open_comments +=
			ps_record_time(comments->pdata[i], "resolved_at") == PS_NO_TIME ? 1 : 0;
	return comments != NULL;
}

PsReview *
ps_review(PsStore *store, const PsAdvisory *advisory, GError **error)
{
	g_autoptr(PsReview) review = g_new0(PsReview, 1);
	g_autoptr(GPtrArray) approvals =
		ps_store_children(store, "advisory_approval", ps_advisory_id(advisory), error);

	if (!approvals || !ps_review_second_person(store, &review->needed, error) ||
	    !count_open_comments(store, review, advisory, error))
		return NULL;
	review->authors = ps_authors(store, advisory, error);
	if (!review->authors)
		return NULL;
	review->author_names = names_of(store, review->authors);
	review->needed &= !ps_review_status_only(advisory);
	const PsRecord *record = newest_approval(advisory, approvals);
	gboolean fits = record && is_for(record, advisory);
	if (record)
		review->approval = read_approval(store, record);
	review->holds = fits && !(review->needed && review->approval->alone);
	review->sentence = sentence_of(store, review, advisory, fits);
	return g_steal_pointer(&review);
}

void
ps_review_free(PsReview *review)
{
	if (!review)
		return;
	approval_free(review->approval);
	g_clear_pointer(&review->authors, g_ptr_array_unref);
	g_free(review->author_names);
	g_free(review->sentence);
	g_free(review);
}
