#include "config.h"

/* One document of somebody else: where it comes from, which of its products are ours, its text.
 * Argument: id of the upstream_advisory. It is read and rendered off the screen's thread. */

#include "ui/ask.h"
#include "ui/pager.h"
#include "ui/panes/advisory-pane.h"
#include "ui/panes/mail-kit.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/upstream-kit.h"

#include "advisory/render.h"
#include "advisory/upstream.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "registry/registry.h"

#define LABEL_CELLS 12
/* Products without a match that are named; the rest is counted. */
#define STRANGERS_SHOWN 50

typedef struct {
	PsPane pane;
	PsPaneLink *link;
	PsPager *pager, *reading; /* what there is to say of it; its text alone */
	char *title;
	gboolean unlocked;
} UpstreamPane;

/* ---- reading ---- */

typedef struct {
	PsMailWork work;
	char *id;
	PsUpstream *upstream;
	PsRecord *record, *case_record;
	char *text;       /* rendered */
	int cells;        /* of a line of the reading view */
	GPtrArray *lines; /* PsRenderLine* */
} ReadJob;

static void
free_job(gpointer data)
{
	ReadJob *job = data;

	ps_mail_work_clear(&job->work);
	ps_upstream_free(job->upstream);
	ps_record_free(job->record);
	ps_record_free(job->case_record);
	g_clear_pointer(&job->lines, g_ptr_array_unref);
	g_free(job->text);
	g_free(job->id);
	g_free(job);
}

static gpointer
run_read(PsProgress *progress, gpointer data, GError **error)
{
	ReadJob *job = data;
	PsStore *store = job->work.store;

	(void)progress;
	job->record = ps_store_get(store, "upstream_advisory", job->id, error);
	job->upstream = job->record ? ps_upstream_load(store, job->id, error) : NULL;
	if (!job->upstream)
		return NULL;
	const char *of = ps_record_text(job->record, "case");
	job->case_record = of ? ps_store_get(store, "case", of, NULL) : NULL;
	job->text = ps_render(job->upstream->document, PS_RENDER_TEXT, 0);
	job->lines = ps_render_lines(job->upstream->document, job->cells);
	return NULL;
}

/* ---- showing ---- */

static void
show_proof(PsPager *pager, const ReadJob *job)
{
	PsVerdict verdict = ps_verdict_from_token(ps_record_text(job->record, "verdict"));
	const char *hash = ps_record_text(job->record, "hash");
	gboolean good = g_strcmp0(hash, "good") == 0;

	ps_pager_pair(pager, _("Hash"), good ? PS_ROLE_GOOD : PS_ROLE_DIM,
		      good                          ? _("fits the file beside it")
		      : g_strcmp0(hash, "bad") == 0 ? _("does not fit the file beside it")
						    : _("none was beside it"),
		      LABEL_CELLS);
	ps_pager_pair(pager, _("Signature"),
		      verdict == PS_VERDICT_GOOD_KNOWN ? PS_ROLE_GOOD : PS_ROLE_VALUE,
		      ps_verdict_text(verdict), LABEL_CELLS);
	if (job->upstream->findings == 0)
		ps_pager_pair(pager, _("Standard"), PS_ROLE_GOOD, _("every mandatory test passes"),
			      LABEL_CELLS);
	else
		ps_pager_pair(pager, _("Standard"), PS_ROLE_WARN, job->upstream->first_finding,
			      LABEL_CELLS);
}

static void
show_head(PsPager *pager, const ReadJob *job)
{
	const PsUpstream *upstream = job->upstream;
	g_autofree char *id =
		g_strdup_printf(_("%s, version %s"), upstream->tracking_id, upstream->version);
	g_autofree char *received = ps_utc_brief(ps_record_time(job->record, "received_at"));

	ps_pager_add(pager, PS_ROLE_TITLE, upstream->title);
	ps_pager_pair(pager, _("Publisher"), PS_ROLE_VALUE, upstream->publisher, LABEL_CELLS);
	ps_pager_pair(pager, _("Document"), PS_ROLE_VALUE, id, LABEL_CELLS);
	ps_pager_pair(pager, _("TLP"), PS_ROLE_VALUE, upstream->tlp ? upstream->tlp : _("none"),
		      LABEL_CELLS);
	ps_pager_pair(pager, _("Received"), PS_ROLE_VALUE, received, LABEL_CELLS);
	ps_pager_pair(pager, _("From"), PS_ROLE_VALUE, ps_record_text(job->record, "source"),
		      LABEL_CELLS);
	ps_pager_pair(pager, _("Case"), PS_ROLE_VALUE,
		      job->case_record ? ps_record_name(job->case_record)
				       : _("none yet; c opens one"),
		      LABEL_CELLS);
	show_proof(pager, job);
}

static void
show_match(PsPager *pager, PsStore *store, const PsUpstreamProduct *product,
	   const PsUpstreamMatch *match)
{
	g_autofree char *label = ps_release_label(store, match->release, NULL);

	ps_pager_format(pager,
			g_str_equal(match->confidence, "possible") ? PS_ROLE_WARN : PS_ROLE_GOOD,
			"%s: %s", match->confidence, label ? label : match->release);
	ps_pager_format(pager, PS_ROLE_DIM, "   “%s”. %s", product->name,
			match->reason ? match->reason : "");
}

static void
show_products(PsPager *pager, PsStore *store, const PsUpstream *upstream)
{
	guint strangers = 0;

	ps_pager_section(pager, _("Products"), FALSE);
	for (guint i = 0; i < upstream->products->len; i++) {
		const PsUpstreamProduct *product = upstream->products->pdata[i];
		for (guint j = 0; j < product->matches->len; j++)
			show_match(pager, store, product, product->matches->pdata[j]);
	}
	for (guint i = 0; i < upstream->products->len; i++) {
		const PsUpstreamProduct *product = upstream->products->pdata[i];
		if (product->matches->len > 0 || strangers++ >= STRANGERS_SHOWN)
			continue;
		ps_pager_format(pager, PS_ROLE_NORMAL, "? %s", product->name);
		ps_pager_format(pager, PS_ROLE_DIM, "   %s",
				product->reason ? product->reason : _("Not matched."));
	}
	if (strangers > STRANGERS_SHOWN)
		ps_pager_format(pager, PS_ROLE_DIM, _("… and %u more that are not matched."),
				strangers - STRANGERS_SHOWN);
}

static void
read_done(gpointer unused, gpointer data, const GError *error)
{
	ReadJob *job = data;
	UpstreamPane *self = (UpstreamPane *)job->work.link->pane;

	(void)unused;
	if (!self)
		return;
	ps_pager_clear(self->pager);
	ps_pager_clear(self->reading);
	if (error) {
		ps_pager_add(self->pager, PS_ROLE_BAD, error->message);
		self->pane.widget = ps_pager_widget(self->pager);
	} else {
		advisory_add_lines(self->reading, job->lines);
		g_free(self->title);
		self->title = g_strdup(job->upstream->tracking_id);
		show_head(self->pager, job);
		show_products(self->pager, self->pane.app->store, job->upstream);
		ps_pager_section(self->pager, _("Text"), FALSE);
		ps_pager_add(self->pager, PS_ROLE_NORMAL, job->text);
	}
	ps_app_redraw(job->work.app);
}

static gboolean
start(UpstreamPane *self, GError **error)
{
	ReadJob *job = g_new0(ReadJob, 1);

	job->id = g_strdup(self->pane.argument);
	job->cells = advisory_text_cells(self->pane.app);
	if (!ps_mail_work_init(&job->work, self->pane.app, self->link, error)) {
		free_job(job);
		return FALSE;
	}
	ps_app_job(self->pane.app, _("Reading the document"), run_read, read_done, job, free_job);
	return TRUE;
}

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	UpstreamPane *self = (UpstreamPane *)pane;

	self->link = ps_pane_link_new(pane);
	self->pager = ps_pager_new();
	self->reading = ps_pager_new();
	pane->widget = ps_pager_widget(self->pager);
	if (argument)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("No upstream advisory was named."));
	return FALSE;
}

/* The one that is not shown. */
static PsPager *
other_view(UpstreamPane *self)
{
	return self->pane.widget == ps_pager_widget(self->reading) ? self->pager : self->reading;
}

static void
close_pane(PsPane *pane)
{
	UpstreamPane *self = (UpstreamPane *)pane;

	ps_pane_link_break(self->link);
	/* The framework frees the widget that is shown. */
	ps_widget_free(ps_pager_widget(other_view(self)));
	g_free(self->title);
}

static void
refresh(PsPane *pane)
{
	UpstreamPane *self = (UpstreamPane *)pane;
	g_autoptr(GError) error = NULL;

	if (ps_pane_was_locked(pane->app, &self->unlocked)) {
		ps_pager_clear(self->pager);
		ps_pager_clear(self->reading);
		pane->widget = ps_pager_widget(self->pager);
		ps_pager_add(self->pager, PS_ROLE_BAD,
			     _("The workspace was locked; the document is out of memory."));
		return;
	}
	if (!start(self, &error))
		ps_pager_add(self->pager, PS_ROLE_BAD, error->message);
}

static void
draw(PsPane *pane, PsView view)
{
	ps_widget_draw(pane->widget,
		       ps_view_part(view, (PsRect){0, 1, view.area.rows, view.area.cols - 2}));
}

static char *
subject(PsPane *pane)
{
	return g_strdup(((UpstreamPane *)pane)->title);
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "upstream_advisory";
	return pane->argument;
}

/* ---- actions ---- */

static PsChanged
run_text(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	pane->widget = ps_pager_widget(other_view((UpstreamPane *)pane));
	return PS_CHANGED_VIEW;
}

static PsChanged
run_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = g_strdup(pane->argument);
	g_autoptr(PsRecord) here = ps_store_get(app->store, "upstream_advisory", id, error);

	(void)argument;
	if (!here)
		return PS_CHANGED_NOTHING;
	const char *of = ps_record_text(here, "case");
	if (!of)
		return ps_upstream_to_case(app, id, error);
	ps_app_open(app, "case", of, error);
	return PS_CHANGED_VIEW;
}

typedef struct {
	const char *id, *case_id;
	GPtrArray *changes;
} Into;

static gboolean
write_into(PsStore *store, gpointer data, GError **error)
{
	const Into *into = data;

	return ps_upstream_into_case(store, into->id, into->case_id, into->changes, error);
}

/* New string; NULL: it bears on none. */
static char *
case_number(PsApp *app, const char *id)
{
	g_autoptr(PsRecord) record = ps_store_get(app->store, "upstream_advisory", id, NULL);
	const char *of = record ? ps_record_text(record, "case") : NULL;
	g_autoptr(PsRecord) found = of ? ps_store_get(app->store, "case", of, NULL) : NULL;

	return found ? g_strdup(ps_record_name(found)) : NULL;
}

/* The log of the case has them one by one. */
static void
say_changes(PsApp *app, const char *number, GPtrArray *changes)
{
	guint count[PS_UPSTREAM_LEFT_OUT + 1] = {0};

	for (guint i = 0; i < changes->len; i++)
		count[((const PsUpstreamChange *)changes->pdata[i])->how]++;
	if (changes->len == 0)
		ps_app_say(app, PS_SAY_NOTE, _("It says nothing that case “%s” does not know."),
			   number);
	else
		ps_app_say(
			app, PS_SAY_GOOD,
			_("Case “%s”: %u added, %u changed, %u removed, %u kept as they were. Its "
			  "log tells each."),
			number, count[PS_UPSTREAM_ADDED], count[PS_UPSTREAM_CHANGED],
			count[PS_UPSTREAM_REMOVED], count[PS_UPSTREAM_KEPT]);
}

static PsChanged
run_into(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *there = case_number(app, pane->argument);
	PsAskLine ask = {.label = _("Case that it bears on"), .initial = there, .history = "case"};
	g_autofree char *number = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	g_autofree char *id = g_strdup(pane->argument);

	if (!number || !*number)
		return PS_CHANGED_NOTHING;
	g_autoptr(GPtrArray) changes = ps_upstream_changes_new();
	const Into into = {id, number, changes};
	if (!ps_app_write(app, write_into, (gpointer)&into, error))
		return PS_CHANGED_NOTHING;
	say_changes(app, number, changes);
	return PS_CHANGED_DATA;
}

static PsChanged
run_products(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "upstream-products", pane->argument, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_not_ours(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();

	(void)argument;
	g_ptr_array_add(ids, pane->argument);
	return ps_app_set_field(app, "upstream.not-for-us", "upstream_advisory", ids, "state",
				"not_for_us", error)
		       ? PS_CHANGED_DATA
		       : PS_CHANGED_NOTHING;
}

static const PsAction actions[] = {
	{"upstream.text",
	 N_("Show the document as its readers see it, or what there is to say of it"), N_("text"),
	 "Enter t", PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_text},
	{"upstream.case", N_("Open a case from the document, or go to its case"), N_("case"), "c",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_case},
	{"upstream.into", N_("Take the document into a case that is there"), N_("into a case"), "a",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL,
	 run_into},
	{"upstream.products", N_("Say which releases its products are"), N_("products"), "m",
	 PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_products},
	{"upstream.not-for-us", N_("Mark that the document is not for us"), N_("not for us"), "x",
	 PS_NEEDS_WRITABLE, PS_ACTION_HINT, NULL, run_not_ours},
};

const PsPaneClass ps_upstream_pane = {
	.name = "upstream",
	.title = N_("Upstream advisory"),
	.size = sizeof(UpstreamPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
