#include "config.h"

#include "ui/panes/mail-kit.h"

#include "base/i18n.h"
#include "base/safe-text.h"
#include "ui/overlay.h"

PsOpenpgp *
ps_pane_openpgp(PsApp *app)
{
	return ps_cli_openpgp(app->cli);
}

/* ---- a pane that may be gone ---- */

PsPaneLink *
ps_pane_link_new(PsPane *pane)
{
	PsPaneLink *link = g_rc_box_new0(PsPaneLink);

	link->pane = pane;
	return link;
}

PsPaneLink *
ps_pane_link_ref(PsPaneLink *link)
{
	return g_rc_box_acquire(link);
}

void
ps_pane_link_unref(PsPaneLink *link)
{
	if (link)
		g_rc_box_release(link);
}

void
ps_pane_link_break(PsPaneLink *link)
{
	if (link)
		link->pane = NULL;
	ps_pane_link_unref(link);
}

gboolean
ps_pane_was_locked(PsApp *app, gboolean *unlocked)
{
	gboolean before = *unlocked;

	*unlocked = app->store && ps_store_is_unlocked(app->store);
	return before && !*unlocked;
}

/* ---- work ---- */

gboolean
ps_mail_work_init(PsMailWork *work, PsApp *app, PsPaneLink *link, GError **error)
{
	work->app = app;
	work->link = link ? ps_pane_link_ref(link) : NULL;
	if (!app->store) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND,
				    _("No workspace is open."));
		return FALSE;
	}
	work->store = ps_store_clone(app->store, error);
	work->openpgp = ps_pane_openpgp(app);
	return work->store != NULL;
}

void
ps_mail_work_clear(PsMailWork *work)
{
	g_clear_pointer(&work->store, ps_store_close);
	g_clear_pointer(&work->link, ps_pane_link_unref);
}

/* ---- waiting ---- */

/* Short work shows no box at all. */
#define QUIET_MS 150
#define BOX_CELLS 56

typedef struct {
	PsOverlay overlay;
	PsApp *app;
	const char *title;
	PsJobFunc func;
	gpointer data;
	PsProgress *progress;
	gint64 since;
	gpointer result;
	GError *error;
	gboolean finished;
} Wait;

static char *
wait_line(const Wait *wait)
{
	g_autofree char *what = NULL;
	gint64 done, total;

	ps_progress_get(wait->progress, &done, &total, &what);
	if (total > 0)
		return g_strdup_printf("%d%% %s", (int)(CLAMP(done, 0, total) * 100 / total),
				       what ? what : "");
	return g_steal_pointer(&what);
}

static void
draw_wait(PsOverlay *overlay, PsApp *app, PsView screen)
{
	const Wait *wait = (const Wait *)overlay;
	static const char *const wheel[] = {"·  ", "·· ", "···", " ··", "  ·", "   "};
	gint64 passed = (g_get_monotonic_time() - wait->since) / 1000;

	(void)app;
	if (passed < QUIET_MS)
		return;
	PsView box = ps_view_part(screen,
				  ps_layout_box((PsRect){0, 0, screen.area.rows, screen.area.cols},
						5, MIN(BOX_CELLS, screen.area.cols)));
	ps_view_fill(box, PS_ROLE_NORMAL);
	PsView inside = ps_view_frame(box, PS_ROLE_BORDER, NULL);
	g_autofree char *line = wait_line(wait);
	int col = ps_view_text(inside, 0, 1, PS_ROLE_STRONG, wait->title);
	ps_view_text(inside, 0, col + 1, PS_ROLE_DIM, wheel[passed / 250 % G_N_ELEMENTS(wheel)]);
	ps_view_text(inside, 1, 1, PS_ROLE_NORMAL, line ? line : "");
	col = ps_view_text(inside, 2, 1, PS_ROLE_KEY, "Esc");
	ps_view_text(inside, 2, col + 1, PS_ROLE_HINT,
		     ps_progress_cancelled(wait->progress, NULL) ? _("stopping…") : _("stops it"));
}

static void
key_wait(PsOverlay *overlay, PsApp *app, PsKeyCode key)
{
	Wait *wait = (Wait *)overlay;

	if (key == PS_KEY_ESC || key == PS_KEY_CTRL('C'))
		ps_progress_cancel(wait->progress);
	ps_app_redraw(app);
}

static gboolean
tick_wait(gpointer data)
{
	ps_app_redraw(data);
	return G_SOURCE_CONTINUE;
}

static gpointer
run_wait(PsProgress *progress, gpointer data, GError **error)
{
	Wait *wait = data;

	(void)progress;
	return wait->func(wait->progress, wait->data, error);
}

static void
wait_done(gpointer result, gpointer data, const GError *error)
{
	Wait *wait = data;

	wait->result = result;
	wait->error = error ? g_error_copy(error) : NULL;
	wait->finished = wait->overlay.done = TRUE;
}

static GSource *
add_ticks(PsApp *app)
{
	GSource *source = g_timeout_source_new(QUIET_MS);

	g_source_set_callback(source, tick_wait, app, NULL);
	g_source_set_can_recurse(source, TRUE);
	g_source_attach(source, app->context);
	return source;
}

gpointer
ps_mail_wait(PsApp *app, const char *title, PsJobFunc func, gpointer data, GError **error)
{
	Wait wait = {.overlay = {draw_wait, key_wait, NULL, FALSE},
		     .app = app,
		     .title = title,
		     .func = func,
		     .data = data,
		     .progress = ps_progress_new(),
		     .since = g_get_monotonic_time()};
	GSource *ticks = add_ticks(app);

	ps_job_start(title, run_wait, wait_done, &wait, NULL);
	ps_overlay_run(app, &wait.overlay);
	/* Leaving: the work still looks at our data. */
	if (!wait.finished)
		ps_progress_cancel(wait.progress);
	while (!wait.finished)
		g_main_context_iteration(app->context, TRUE);
	g_source_destroy(ticks);
	g_source_unref(ticks);
	ps_progress_unref(wait.progress);
	if (wait.error)
		g_propagate_error(error, wait.error);
	return wait.result;
}
