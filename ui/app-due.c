#include "config.h"

/* Armed publications: while the workstation runs, it carries out what is due. */

#include "ui/app-private.h"

#include "advisory/arm.h"
#include "base/i18n.h"
#include "base/utc.h"

/* What is due is looked for often; what failed for want of a key is tried again less often. */
#define LOOK_MS (5 * PS_SECOND_MS)
#define AGAIN_MS (5 * PS_MINUTE_MS)

typedef struct {
	PsApp *app;
	PsStore *store; /* of the job's own thread */
	PsOpenpgp *openpgp;
	GString *good, *bad;
} Due;

static void
due_free(gpointer data)
{
	Due *due = data;

	ps_store_close(due->store);
	g_string_free(due->good, TRUE);
	g_string_free(due->bad, TRUE);
	g_free(due);
}

static void
tell(gpointer user, const PsArmed *armed, const PsPublished *published, const GError *problem)
{
	Due *due = user;

	if (problem)
		g_string_append_printf(due->bad, "%s%s", due->bad->len ? " " : "",
				       problem->message);
	else
		g_string_append_printf(due->good,
				       _("%sAdvisory %s is published as armed, version %s."),
				       due->good->len ? " " : "", armed->tracking_id,
				       published->version);
}

static gpointer
publish(PsProgress *progress, gpointer data, GError **error)
{
	Due *due = data;

	return ps_publish_due(due->store, due->openpgp, progress, tell, due, error) ? due : NULL;
}

static void
published(gpointer result, gpointer data, const GError *error)
{
	Due *due = data;
	PsApp *app = due->app;

	(void)result;
	app->next_due = ps_now_ms() + (error || due->bad->len ? AGAIN_MS : LOOK_MS);
	if (error)
		ps_app_error(app, error);
	else if (due->bad->len)
		ps_app_say(app, PS_SAY_BAD, "%s%s%s", due->bad->str, due->good->len ? " " : "",
			   due->good->str);
	else if (due->good->len)
		ps_app_say(app, PS_SAY_GOOD, "%s", due->good->str);
	ps_app_refresh(app);
}

static gboolean
may_publish(const PsApp *app)
{
	return app->store && app->writer && !app->leaving && app->busy == 0 &&
	       app->overlays->len == 0 && ps_store_is_unlocked(app->store);
}

void
ps_app_publish_due(PsApp *app)
{
	gint64 now = ps_now_ms();

	if (now < app->next_due || !may_publish(app))
		return;
	app->next_due = now + LOOK_MS;
	if (!ps_armed_is_due(app->store, now))
		return;
	PsStore *store = ps_store_clone(app->store, NULL);
	if (!store)
		return;
	Due *due = g_new0(Due, 1);
	*due = (Due){app, store, ps_cli_openpgp(app->cli), g_string_new(NULL), g_string_new(NULL)};
	/* Not again while this one is at work. */
	app->next_due = G_MAXINT64;
	ps_app_job(app, _("Publishing what was armed"), publish, published, due, due_free);
}
