#include "config.h"

#include "advisory/next.h"

#include "advisory/advisory.h"
#include "advisory/authors.h"
#include "advisory/refresh.h"
#include "advisory/release.h"
#include "advisory/review.h"

/* Who looks may review it: is no author, or no second person is needed. */
static gboolean
may_review(PsStore *store, const PsAdvisory *advisory)
{
	const char *me = ps_store_person(store);
	g_autoptr(PsReview) review = me ? ps_review(store, advisory, NULL) : NULL;

	return review && !review->holds &&
	       (!review->needed || !ps_authors_has(review->authors, me));
}

static void
look_at_review(PsStore *store, const char *id, PsCaseStepDocuments *documents)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, id, NULL);

	documents->to_review += advisory && may_review(store, advisory);
}

static void
look_at_published(PsStore *store, const char *id, PsCaseStepDocuments *documents)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, id, NULL);
	g_autoptr(PsRelease) release = ps_release_load(store, id, NULL);

	documents->changes += advisory ? ps_advisory_count_changes(advisory) : 0;
	if (!release)
		return;
	documents->release_open += release->open;
	for (guint i = 0; i < release->steps->len && !documents->release_next; i++) {
		const PsReleaseStep *step = release->steps->pdata[i];
		if (step->state == PS_RELEASE_OPEN || step->state == PS_RELEASE_FAILED)
			documents->release_next = g_strdup(step->title);
	}
}

GPtrArray *
ps_case_next(PsStore *store, const char *case_id, GError **error)
{
	g_autofree char *id = ps_store_resolve(store, "case", case_id, error);
	g_autoptr(GPtrArray) advisories =
		id ? ps_store_children(store, "advisory", id, error) : NULL;
	PsCaseStepDocuments documents = {0};

	if (!advisories)
		return NULL;
	for (guint i = 0; i < advisories->len && ps_store_is_unlocked(store); i++) {
		const char *state = ps_record_text(advisories->pdata[i], "state");
		const char *of = ps_record_id(advisories->pdata[i]);
		if (g_strcmp0(state, "review") == 0)
			look_at_review(store, of, &documents);
		else if (g_strcmp0(state, "published") == 0)
			look_at_published(store, of, &documents);
	}
	GPtrArray *steps = ps_case_steps_load(store, id, &documents, error);
	g_free(documents.release_next);
	return steps;
}
