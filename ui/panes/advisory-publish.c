#include "config.h"

/* Approving and publishing. Publishing can't be undone: the person types
 * the case's number, and where an embargo or a TLP stands in the way, a reason. */

#include "ui/panes/advisory-review.h"

#include "advisory/history.h"
#include "advisory/publish.h"
#include "advisory/review.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "ui/ask.h"

/* ---- approving: a job, since it signs ---- */

typedef struct {
	PsApp *app;
	PsStore *store; /* of the job's own thread */
	PsOpenpgp *openpgp;
	char *id;
} Approving;

static void
approving_free(gpointer data)
{
	Approving *job = data;

	ps_store_close(job->store);
	g_free(job->id);
	g_free(job);
}

static gpointer
approve(PsProgress *progress, gpointer data, GError **error)
{
	Approving *job = data;

	(void)progress;
	return ps_advisory_approve(job->store, job->openpgp, job->id, error) ? job : NULL;
}

/* What the record says is told: that it was alone, too. */
static void
approved(gpointer result, gpointer data, const GError *error)
{
	Approving *job = data;
	g_autoptr(PsAdvisory) advisory =
		result ? ps_advisory_load(job->app->store, job->id, NULL) : NULL;
	g_autoptr(PsReview) review = advisory ? ps_review(job->app->store, advisory, NULL) : NULL;

	if (error)
		ps_app_error(job->app, error);
	else
		ps_app_say(job->app, PS_SAY_GOOD, _("The advisory is approved. %s"),
			   review ? review->sentence : "");
	ps_app_refresh(job->app);
}

PsChanged
advisory_run_approve(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	PsStore *store = ps_store_clone(app->store, error);

	(void)argument;
	if (!store)
		return PS_CHANGED_NOTHING;
	Approving *job = g_new0(Approving, 1);
	*job = (Approving){app, store, ps_cli_openpgp(app->cli),
			   g_strdup(ps_advisory_id(self->advisory))};
	ps_app_job(app, _("Approving"), approve, approved, job, approving_free);
	return PS_CHANGED_VIEW;
}

/* ---- publishing: a job, since it signs and syncs ---- */

typedef struct {
	PsApp *app;
	PsStore *store; /* of the job's own thread */
	PsOpenpgp *openpgp;
	char *id, *reason, *summary;
	gboolean interim;
} Publishing;

static void
publishing_free(gpointer data)
{
	Publishing *job = data;

	ps_store_close(job->store);
	g_free(job->id);
	g_free(job->reason);
	g_free(job->summary);
	g_free(job);
}

static gpointer
publish(PsProgress *progress, gpointer data, GError **error)
{
	Publishing *job = data;
	PsPublished *published = g_new0(PsPublished, 1);
	PsPublishOptions options = {.at = PS_NO_TIME,
				    .lift_reason = job->reason,
				    .summary = job->summary,
				    .interim = job->interim};

	if (ps_advisory_publish(job->store, job->openpgp, job->id, &options, progress, published,
				error))
		return published;
	ps_published_clear(published);
	g_free(published);
	return NULL;
}

static void
published_done(gpointer result, gpointer data, const GError *error)
{
	Publishing *job = data;
	PsPublished *published = result;

	if (error) {
		ps_app_error(job->app, error);
	} else {
		g_autofree char *key = ps_app_key_of(job->app, "advisory.release");
		ps_app_say(job->app, PS_SAY_GOOD,
			   _("Version %s is published: %s. %s shows what is left of the release "
			     "day."),
			   published->version, published->file, key);
		ps_published_clear(published);
		g_free(published);
	}
	ps_app_refresh(job->app);
}

/* FALSE: something stands in the way that no reason lifts, or the person gave up. `*reason` is set
 * where stops were lifted. */
static gboolean
ask_to_lift(AdvisoryPane *self, char **reason, GError **error)
{
	PsApp *app = self->pane.app;
	g_auto(GStrv) sentences = NULL;
	PsStop stops = ps_advisory_stops(app->store, self->advisory, ps_now_ms(), &sentences);

	if (!stops)
		return TRUE;
	g_autofree char *all = g_strjoinv(" ", sentences);
	if (stops & ~(unsigned)PS_STOPS_LIFTABLE) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED, all);
		return FALSE;
	}
	g_autofree char *question = g_strdup_printf(_("%s Publish all the same?"), all);
	if (!ps_ask_yes(app, question))
		return FALSE;
	PsAskLine ask = {.label = _("Reason for lifting it (kept in the history)")};
	*reason = ps_ask_line(app, &ask);
	if (*reason && !**reason) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("Nothing was published: lifting a stop needs a reason."));
		g_clear_pointer(reason, g_free);
	}
	return *reason != NULL;
}

static gboolean
ask_summary(AdvisoryPane *self, char **summary)
{
	PsAskLine ask = {.label = _("What changed (for the revision history)"),
			 .initial = ps_advisory_summary(self->advisory)};

	if (!ps_advisory_was_published(self->advisory))
		return TRUE;
	*summary = ps_ask_line(self->pane.app, &ask);
	return *summary != NULL;
}

gboolean
advisory_ask_status(AdvisoryPane *self, gint64 at, gboolean always, gboolean *interim)
{
	PsApp *app = self->pane.app;
	g_autofree char *hint = ps_history_hint(app->store, self->advisory, at);

	*interim = FALSE;
	if (!hint && !always)
		return TRUE;
	g_autofree char *question = g_strdup_printf(
		_("%s  i: interim, f: final."),
		hint ? hint : _("Interim, if further versions will follow soon; else final."));
	int key = ps_ask_key(app, question, "if");
	*interim = key == 0;
	return key >= 0;
}

PsChanged
advisory_run_publish(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	g_autofree char *reason = NULL;
	g_autofree char *summary = NULL;
	const char *number = ps_record_name(ps_advisory_case(self->advisory));
	gboolean interim;

	(void)argument;
	if (!ask_to_lift(self, &reason, error) ||
	    !advisory_ask_status(self, ps_now_ms(), FALSE, &interim) ||
	    !ask_summary(self, &summary))
		return PS_CHANGED_NOTHING;
	g_autofree char *question = g_strdup_printf(_("Publishing version %s can't be undone."),
						    ps_advisory_version(self->advisory));
	if (!ps_ask_typed(app, question, number))
		return PS_CHANGED_NOTHING;
	PsStore *store = ps_store_clone(app->store, error);
	if (!store)
		return PS_CHANGED_NOTHING;
	Publishing *job = g_new0(Publishing, 1);
	*job = (Publishing){app,
			    store,
			    ps_cli_openpgp(app->cli),
			    g_strdup(ps_advisory_id(self->advisory)),
			    g_steal_pointer(&reason),
			    g_steal_pointer(&summary),
			    interim};
	ps_app_job(app, _("Publishing"), publish, published_done, job, publishing_free);
	return PS_CHANGED_VIEW;
}
