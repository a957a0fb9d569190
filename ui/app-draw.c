#include "config.h"

/* The screen as a whole: title bar with tabs, head line of the pane, its body, message line,
 * footer. */

#include "ui/app-private.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "ui/keymap.h"
#include "ui/overlay.h"
#include "ui/pane.h"

#define MESSAGE_ROWS 4

/* ---- title bar ---- */

static char *
title_state(PsApp *app)
{
	GString *text = g_string_new(NULL);

	if (app->store) {
		g_autofree char *name = g_path_get_basename(ps_store_dir(app->store));
		g_string_append(text, name);
		if (app->readonly)
			g_string_append_printf(text, " · %s", _("read-only"));
		if (!ps_store_is_unlocked(app->store))
			g_string_append_printf(text, " · %s", _("locked"));
	}
	if (ps_now_is_pinned()) {
		g_autofree char *now = ps_utc_format(ps_now_ms());
		g_string_append_printf(text, " · %s %s", _("clock pinned to"), now);
	}
	return g_string_free(text, FALSE);
}

static int
draw_tab(PsView view, int col, guint number, const PsTab *tab, gboolean open)
{
	return ps_view_format(view, 0, col, open ? PS_ROLE_TAB_ACTIVE : PS_ROLE_TAB, " %u %s ",
			      number + 1, _(tab->title));
}

static int
tabs_cells(PsApp *app)
{
	int cells = 0;

	for (guint i = 0; i < app->tabs->len; i++) {
		const PsTab *tab = g_ptr_array_index(app->tabs, i);
		cells += ps_text_cells(_(tab->title)) + 4;
	}
	return cells;
}

static void
draw_title(PsApp *app, PsView view)
{
	g_autofree char *state = title_state(app);
	gboolean all = tabs_cells(app) <= view.area.cols;
	int col = 0;

	ps_view_fill(view, PS_ROLE_TITLE);
	for (guint i = 0; i < app->tabs->len; i++)
		if (all || i == app->tab)
			col = draw_tab(view, col, i, g_ptr_array_index(app->tabs, i),
				       i == app->tab);
	int left = view.area.cols - col - 2;
	if (left >= 4)
		ps_view_field(view, 0, col + 1, left, PS_ROLE_TITLE, TRUE, state);
}

/* ---- head line ---- */

/* Case and pane keep their room at the left, on a narrow screen so much that the number of a case
 * fits; the place is short and comes whole. */
static int
path_cells(int cols)
{
	return cols < 80 ? 27 : 20;
}

static char *
head_right(PsPane *pane, int cells)
{
	g_autofree char *status = pane->class->status ? pane->class->status(pane) : NULL;
	g_autofree char *place = ps_widget_place(pane->widget);
	int left = cells - (place ? ps_text_cells(place) + 2 : 0);
	g_autofree char *fit = status ? ps_text_fit(status, MAX(left, 0)) : NULL;

	return g_strdup_printf("%s%s%s", fit ? fit : "", fit && place ? "  " : "",
			       place ? place : "");
}

static int
draw_path(PsApp *app, PsView view)
{
	PsPane *pane = ps_app_pane(app);
	g_autofree char *subject = pane->class->subject ? pane->class->subject(pane) : NULL;
	g_autofree char *heading = pane->class->heading ? pane->class->heading(pane) : NULL;
	int col =
		ps_view_text(view, 0, 1, PS_ROLE_STRONG, heading ? heading : _(pane->class->title));

	if (!subject || !*subject)
		return col;
	col = ps_view_text(view, 0, col, PS_ROLE_DIM, " › ");
	g_autofree char *safe = ps_safe_text(subject, -1, PS_SAFE_LINE);
	g_autofree char *fit = ps_text_fit(safe, MAX(view.area.cols - col, 0));
	return ps_view_text(view, 0, col, PS_ROLE_NORMAL, fit);
}

static void
draw_head(PsApp *app, PsView view)
{
	PsPane *pane = ps_app_pane(app);
	g_autofree char *right = head_right(pane, view.area.cols - path_cells(view.area.cols) - 3);
	g_autofree char *chip = ps_widget_chip(pane->widget);
	int cells = ps_text_cells(right);
	int chip_cells = chip ? ps_text_cells(chip) + 4 : 0;
	PsView left =
		ps_view_part(view,
			     (PsRect){0, 0, 1, MAX(view.area.cols - cells - chip_cells - 3, 20)});
	int col = draw_path(app, left);

	if (chip)
		ps_view_format(view, 0, MIN(col, left.area.cols) + 2, PS_ROLE_CHIP, " %s ", chip);
	ps_view_text(view, 0, view.area.cols - cells - 1, PS_ROLE_NORMAL, right);
}

/* ---- footer ---- */

/* What the workspace or the pane lacks is left away. What only this row refuses stays in its place,
 * dimmed: the footer does not jump (and costs nothing) while the cursor moves. */
static gboolean
draw_hint(PsApp *app, PsView view, const PsAction *action, int *col, int limit)
{
	PsPane *pane = ps_app_pane(app);
	g_autofree char *key = ps_keymap_key(app->keymap, action);
	const char *hint = action->hint ? _(action->hint) : NULL;
	gboolean steady = (action->flags & PS_ACTION_STEADY) != 0;

	if (!hint || !*key || (!steady && ps_action_lack(app, pane, action)))
		return TRUE;
	gboolean refused = !steady && ps_action_refusal(app, pane, action) != NULL;
	if (refused && action->flags & PS_ACTION_FITTING)
		return TRUE;
	int cells = ps_text_cells(key) + 1 + ps_text_cells(hint);
	if (*col + cells > limit)
		return FALSE;
	int at = ps_view_text(view, 0, *col, refused ? PS_ROLE_DIM : PS_ROLE_KEY, key);
	ps_view_text(view, 0, at + 1, refused ? PS_ROLE_DIM : PS_ROLE_HINT, hint);
	*col += cells + 2;
	return TRUE;
}

static gboolean
is_among(const char *const *ids, const char *id)
{
	return ids && g_strv_contains(ids, id);
}

/* Those of `first` in its order. FALSE: there is no room for more. */
static gboolean
draw_first_hints(PsApp *app, PsView view, const char *const *first, int *col, int limit)
{
	for (; first && *first; first++) {
		const PsAction *action = ps_action_find(*first, NULL);
		if (action && !draw_hint(app, view, action, col, limit))
			return FALSE;
	}
	return TRUE;
}

static void
draw_hints(PsApp *app, PsView view, const PsAction *actions, gsize count, const char *const *first,
	   int *col, int limit)
{
	for (gsize i = 0; i < count; i++)
		if (actions[i].flags & PS_ACTION_HINT && !is_among(first, actions[i].id) &&
		    !draw_hint(app, view, &actions[i], col, limit))
			return;
}

static void
draw_footer(PsApp *app, PsView view)
{
	PsPane *pane = ps_app_pane(app);
	const PsAction *help = ps_action_find("app.help", NULL);
	g_autofree char *key = ps_keymap_key(app->keymap, help);
	int cells = ps_text_cells(key) + 1 + ps_text_cells(_(help->hint));
	int at = view.area.cols - cells - 1, col = 1;

	const char *const *first = pane->class->hints ? pane->class->hints(pane) : NULL;
	if (draw_first_hints(app, view, first, &col, at - 2)) {
		draw_hints(app, view, pane->class->actions, pane->class->n_actions, first, &col,
			   at - 2);
		draw_hints(app, view, ps_general_actions, ps_general_actions_length, NULL, &col,
			   at - 2);
	}
	int behind = ps_view_text(view, 0, at, PS_ROLE_KEY, key);
	ps_view_text(view, 0, behind + 1, PS_ROLE_HINT, _(help->hint));
}

/* ---- message ---- */

static PsStyle
message_style(PsSay kind)
{
	static const PsStyle styles[] = {
		[PS_SAY_NOTE] = PS_ROLE_NORMAL,
		[PS_SAY_GOOD] = PS_ROLE_GOOD,
		[PS_SAY_WARN] = PS_ROLE_WARN,
		[PS_SAY_BAD] = PS_ROLE_BAD,
	};

	return styles[kind];
}

/* A long sentence grows upwards over the pane. */
static void
draw_text_message(PsView screen, PsRect place, PsStyle style, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
	g_auto(GStrv) lines = ps_text_wrap(safe, place.cols - 2);
	int length = (int)g_strv_length(lines), count = MIN(length, MESSAGE_ROWS);

	for (int i = 0; i < count; i++) {
		PsView row = ps_view_part(screen, (PsRect){place.row - count + 1 + i, place.col, 1,
							   place.cols});
		ps_view_fill(row, PS_ROLE_NORMAL);
		int end = ps_view_text(row, 0, 1, style, lines[i]);
		if (i == count - 1 && length > count)
			ps_view_text(row, 0, MIN(end, place.cols - 1), style, "…");
	}
}

static void
draw_message(PsApp *app, PsView screen, PsRect place)
{
	g_autofree char *job = app->message ? NULL : ps_app_job_line(app);

	if (app->message)
		draw_text_message(screen, place, message_style(app->message_kind), app->message);
	else if (job)
		draw_text_message(screen, place, PS_ROLE_NORMAL, job);
}

/* ---- the whole ---- */

static void
draw_too_small(PsView screen)
{
	ps_view_wrapped(screen, 0, PS_ROLE_NORMAL,
			_("Too small: 40x10 cells are needed. Enlarge it, or q leaves."));
	ps_view_cursor(screen, 0, 0, FALSE);
}

static void
draw_pane(PsApp *app, PsView screen, const PsScreenLayout *layout)
{
	PsPane *pane = ps_app_pane(app);
	PsView body = ps_view_part(screen, layout->body);

	draw_title(app, ps_view_part(screen, layout->title));
	if (pane) {
		draw_head(app, ps_view_part(screen, layout->head));
		draw_footer(app, ps_view_part(screen, layout->footer));
	}
	if (pane && pane->class->draw)
		pane->class->draw(pane, body);
	else if (pane)
		ps_widget_draw(pane->widget, body);
	draw_message(app, screen, layout->message);
}

void
ps_app_draw(PsApp *app)
{
	PsScreenLayout layout =
		ps_layout_screen(ps_canvas_rows(app->canvas), ps_canvas_cols(app->canvas));
	PsView screen = ps_canvas_view(app->canvas);

	ps_canvas_erase(app->canvas);
	if (layout.too_small) {
		draw_too_small(screen);
	} else {
		draw_pane(app, screen, &layout);
		for (guint i = 0; i < app->overlays->len; i++) {
			PsOverlay *overlay = g_ptr_array_index(app->overlays, i);
			overlay->draw(overlay, app, screen);
		}
	}
	if (app->screen)
		ps_screen_show(app->screen, app->canvas);
}
