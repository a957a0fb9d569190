#include "config.h"

/* SSVC of a case: a decision table walked point by point. Argument: the case. */

#include "ui/panes/ssvc-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/panes/case-common.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/scoring-pane.h"

/* ---- walking ---- */

/* Does the next question, once this step has its value, belong to the same parts? */
static int
open_sibling(const PsSsvcWalk *walk, int step)
{
	int parent = ps_ssvc_step(walk, step)->parent;

	for (int i = 0; parent >= 0 && i < (int)walk->steps->len; i++)
		if (ps_ssvc_step(walk, i)->parent == parent && ps_ssvc_step_value(walk, i) < 0)
			return i;
	return -1;
}

/* Parts that were begun come first, then the points of the table in their order. */
static int
next_question(const PsSsvcPane *self, int step)
{
	for (int at = step; at >= 0; at = ps_ssvc_step(self->walk, at)->parent) {
		int sibling = open_sibling(self->walk, at);
		if (sibling >= 0)
			return sibling;
	}
	return ps_ssvc_next(self->walk, 0);
}

static void
ask(PsSsvcPane *self, int step)
{
	self->at = step;
	self->saved = FALSE;
	self->why = NULL;
	self->suggested =
		step < 0
			? -1
			: ps_ssvc_suggest(self->pane.app->store, self->case_id, self->vulnerability,
					  ps_ssvc_step(self->walk, step)->point, &self->why);
	self->value = MAX(self->suggested, 0);
}

void
ps_ssvc_pane_begin(PsSsvcPane *self, const PsSsvcTable *table)
{
	if (!table)
		table = self->walk->table;
	g_clear_pointer(&self->walk, ps_ssvc_walk_free);
	self->walk = ps_ssvc_walk_new(self->tables, table);
	g_array_set_size(self->trail, 0);
	g_hash_table_remove_all(self->reasons);
	g_clear_pointer(&self->reason, g_free);
	ask(self, ps_ssvc_next(self->walk, 0));
}

void
ps_ssvc_pane_choose(PsSsvcPane *self, int value)
{
	if (self->at < 0)
		return;
	ps_ssvc_choose(self->walk, self->at, value);
	g_array_append_val(self->trail, self->at);
	ask(self, next_question(self, self->at));
}

gboolean
ps_ssvc_pane_by_parts(PsSsvcPane *self)
{
	if (self->at < 0 || !ps_ssvc_step(self->walk, self->at)->part)
		return FALSE;
	ps_ssvc_choose(self->walk, self->at, -1);
	g_array_append_val(self->trail, self->at);
	/* Parts stand right behind their point. */
	ask(self, self->at + 1);
	return TRUE;
}

gboolean
ps_ssvc_pane_step_back(PsSsvcPane *self)
{
	if (self->trail->len == 0)
		return FALSE;
	int step = g_array_index(self->trail, int, self->trail->len - 1);
	int value = ps_ssvc_step_value(self->walk, step);
	g_array_set_size(self->trail, self->trail->len - 1);
	ps_ssvc_choose(self->walk, step, -1);
	ask(self, step);
	if (value >= 0)
		self->value = value;
	return TRUE;
}

gboolean
ps_ssvc_pane_is_changed(const PsSsvcPane *self)
{
	return self->trail->len > 0 && !self->saved;
}

/* ---- stored walks ---- */

static const PsSsvcTable *
table_of(const PsSsvcPane *self, const PsRecord *record, GError **error)
{
	const char *tree = ps_record_text(record, "tree");

	return ps_ssvc_find(self->tables, tree ? tree : "", error);
}

/* Points that were chosen themselves; what follows from parts follows again. */
static void
take_point(PsSsvcPane *self, const PsRecord *point)
{
	g_autofree char *id =
		g_strjoin(":", ps_record_text(point, "namespace"), ps_record_text(point, "key"),
			  ps_record_text(point, "version"), NULL);
	const char *key = ps_record_text(point, "value"), *reason = ps_record_text(point, "reason");
	int step = ps_ssvc_step_find(self->walk, id);
	int value = step >= 0 && key
			    ? ps_ssvc_value_find(ps_ssvc_step(self->walk, step)->point, key)
			    : -1;

	if (value < 0)
		return;
	self->at = step;
	/* A part behind its point: the point's own value gives way. */
	ps_ssvc_choose(self->walk, step, value);
	g_array_append_val(self->trail, step);
	if (reason)
		g_hash_table_insert(self->reasons,
				    g_strdup(ps_ssvc_step(self->walk, step)->point->key),
				    g_strdup(reason));
}

gboolean
ps_ssvc_pane_take(PsSsvcPane *self, const PsRecord *record, GError **error)
{
	const PsSsvcTable *table = table_of(self, record, error);
	g_autoptr(GPtrArray) points = NULL;

	if (table)
		points = ps_store_children(self->pane.app->store, "ssvc_point",
					   ps_record_id(record), error);
	if (!points)
		return FALSE;
	ps_ssvc_pane_begin(self, table);
	for (guint i = 0; i < points->len; i++)
		take_point(self, points->pdata[i]);
	self->reason = g_strdup(ps_record_text(record, "reason"));
	ask(self, ps_ssvc_next(self->walk, 0));
	self->saved = TRUE;
	return TRUE;
}

static int
newest_first(gconstpointer a, gconstpointer b)
{
	gint64 left = ps_record_time(*(PsRecord *const *)a, "decided_at");
	gint64 right = ps_record_time(*(PsRecord *const *)b, "decided_at");

	return left > right ? -1 : left < right;
}

static void
append_point(GString *text, const PsRecord *point)
{
	g_string_append_printf(text, " %s=%s", ps_shown_text(point, "key"),
			       ps_shown_text(point, "value"));
}

/* "Immediate  E=A U=S TI=T PSI=S" */
static char *
walk_label(PsStore *store, const PsRecord *record)
{
	g_autoptr(GPtrArray) points =
		ps_store_children(store, "ssvc_point", ps_record_id(record), NULL);
	GString *text = g_string_new(ps_shown_text(record, "decision"));

	g_string_append_c(text, ' ');
	for (guint i = 0; points && i < points->len; i++)
		append_point(text, points->pdata[i]);
	return g_string_free(text, FALSE);
}

void
ps_ssvc_pane_read(PsSsvcPane *self)
{
	g_clear_pointer(&self->earlier, g_ptr_array_unref);
	g_clear_pointer(&self->vulnerabilities, g_ptr_array_unref);
	self->earlier = ps_pane_children(&self->pane, "ssvc", self->case_id);
	self->vulnerabilities = ps_pane_children(&self->pane, "vulnerability", self->case_id);
	g_ptr_array_sort(self->earlier, newest_first);
	g_clear_pointer(&self->labels, g_ptr_array_unref);
	self->labels = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < self->earlier->len; i++)
		g_ptr_array_add(self->labels,
				walk_label(self->pane.app->store, self->earlier->pdata[i]));
	if (!ps_record_with_id(self->vulnerabilities, self->vulnerability))
		g_clear_pointer(&self->vulnerability, g_free);
	if (!self->vulnerability && self->vulnerabilities->len > 1)
		self->vulnerability = g_strdup(ps_record_id(self->vulnerabilities->pdata[0]));
}

/* ---- the widget ---- */

static gboolean
move_value(PsSsvcPane *self, int by)
{
	if (self->at < 0)
		return FALSE;
	int last = (int)ps_ssvc_step(self->walk, self->at)->point->values->len - 1;
	int to = CLAMP(self->value + by, 0, last), from = self->value;
	self->value = to;
	return to != from;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsSsvcPane *self = (PsSsvcPane *)((PsSsvcWidget *)widget)->pane;

	switch (what) {
	case PS_MOVE_UP:
		return move_value(self, -1);
	case PS_MOVE_DOWN:
		return move_value(self, 1);
	case PS_MOVE_HOME:
	case PS_MOVE_PAGE_UP:
		return move_value(self, -PS_SSVC_VALUES);
	case PS_MOVE_END:
	case PS_MOVE_PAGE_DOWN:
		return move_value(self, PS_SSVC_VALUES);
	case PS_MOVE_RIGHT:
	case PS_MOVE_TOGGLE:
		if (self->at < 0)
			return FALSE;
		ps_ssvc_pane_choose(self, self->value);
		return TRUE;
	case PS_MOVE_LEFT:
		return ps_ssvc_pane_step_back(self);
	default:
		return FALSE;
	}
}

static void
draw_widget(PsWidget *widget, PsView view)
{
	ps_ssvc_pane_draw((PsSsvcPane *)((PsSsvcWidget *)widget)->pane, view);
}

/* It is part of the pane. */
static void
free_widget(PsWidget *widget)
{
	(void)widget;
}

static char *
place(PsWidget *widget)
{
	PsSsvcPane *self = (PsSsvcPane *)((PsSsvcWidget *)widget)->pane;

	return g_strdup(self->walk->table->word);
}

static const PsWidgetClass walker_class = {.draw = draw_widget,
					   .move = move,
					   .place = place,
					   .free = free_widget};

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;

	self->trail = g_array_new(FALSE, FALSE, sizeof(int));
	self->reasons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	self->case_id = ps_pane_case(pane, argument, error);
	if (!self->case_id)
		return FALSE;
	self->tables = ps_case_ssvc_tables(ps_store_dir(pane->app->store), error);
	if (!self->tables)
		return FALSE;
	self->walk = ps_ssvc_walk_new(self->tables, ps_ssvc_table(self->tables, 0));
	self->walker = (PsSsvcWidget){{&walker_class}, pane};
	pane->widget = &self->walker.widget;
	ps_ssvc_pane_read(self);
	/* The newest decision is shown; n begins anew. */
	if (self->earlier->len == 0 || !ps_ssvc_pane_take(self, self->earlier->pdata[0], NULL))
		ps_ssvc_pane_begin(self, NULL);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;

	g_clear_pointer(&self->walk, ps_ssvc_walk_free);
	g_clear_pointer(&self->tables, ps_ssvc_tables_free);
	g_clear_pointer(&self->trail, g_array_unref);
	g_clear_pointer(&self->reasons, g_hash_table_unref);
	g_clear_pointer(&self->earlier, g_ptr_array_unref);
	g_clear_pointer(&self->labels, g_ptr_array_unref);
	g_clear_pointer(&self->vulnerabilities, g_ptr_array_unref);
	g_free(self->vulnerability);
	g_free(self->reason);
	g_free(self->case_id);
}

static void
refresh(PsPane *pane)
{
	ps_ssvc_pane_read((PsSsvcPane *)pane);
}

static char *
subject(PsPane *pane)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;
	g_autofree char *name = ps_pane_case_subject(pane, self->case_id);
	guint at = 0;

	if (!self->vulnerability)
		return g_steal_pointer(&name);
	const PsRecord *flaw = ps_record_with_id(self->vulnerabilities, self->vulnerability);
	g_ptr_array_find(self->vulnerabilities, flaw, &at);
	g_autofree char *label = ps_vulnerability_label(flaw, at);
	return g_strdup_printf("%s · %s", label, name);
}

static char *
status(PsPane *pane)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;

	return g_strdup(self->at >= 0 ? _("walking") : self->saved ? _("saved") : _("not saved"));
}

static const char *
record(PsPane *pane, const char **kind)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;

	*kind = self->earlier->len > 0 ? "ssvc" : "case";
	return self->earlier->len > 0 ? ps_record_id(self->earlier->pdata[0]) : self->case_id;
}

const PsPaneClass ps_ssvc_pane = {
	.name = "ssvc",
	.title = N_("SSVC"),
	.size = sizeof(PsSsvcPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.subject = subject,
	.status = status,
	.record = record,
	.actions = ps_ssvc_actions,
	.n_actions = PS_SSVC_ACTIONS,
};
