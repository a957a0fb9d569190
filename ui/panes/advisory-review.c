#include "config.h"

/* Asking for a review, sending back, arming, and the end of an advisory. */

#include "ui/panes/advisory-review.h"

#include "advisory/arm.h"
#include "advisory/ending.h"
#include "advisory/review.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "ui/ask.h"

/* What a move works on, for the writer thread. */
typedef struct {
	const char *id, *text, *other;
	PsPublishOptions options;
} Move;

static char *
own_id(const AdvisoryPane *self)
{
	return g_strdup(ps_advisory_id(self->advisory));
}

/* Runs a move and says what it led to. */
static PsChanged
make_move(PsApp *app, PsWriteFunc func, Move *move, const char *sentence, GError **error)
{
	if (!ps_app_write(app, func, move, error))
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_GOOD, "%s", sentence);
	return PS_CHANGED_DATA;
}

/* ---- review ---- */

static gboolean
write_review(PsStore *store, gpointer data, GError **error)
{
	return ps_review_ask(store, ((Move *)data)->id, error);
}

PsChanged
advisory_run_review(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = own_id((AdvisoryPane *)pane);
	Move move = {.id = id};

	(void)argument;
	return make_move(app, write_review, &move,
			 _("The review is asked for; somebody else approves it now."), error);
}

static gboolean
write_reject(PsStore *store, gpointer data, GError **error)
{
	Move *move = data;

	return ps_review_reject(store, move->id, move->text, error);
}

PsChanged
advisory_run_reject(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = own_id((AdvisoryPane *)pane);
	PsAskLine ask = {.label = _("What has to change? (a comment on the whole)")};
	g_autofree char *text = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	Move move = {.id = id, .text = text};

	if (!text)
		return PS_CHANGED_NOTHING;
	return make_move(app, write_reject, &move, _("The draft is sent back."), error);
}

/* ---- at a later time ---- */

static gboolean
write_arm(PsStore *store, gpointer data, GError **error)
{
	Move *move = data;

	return ps_advisory_arm(store, move->id, &move->options, error);
}

static gboolean
write_disarm(PsStore *store, gpointer data, GError **error)
{
	return ps_advisory_disarm(store, ((Move *)data)->id, error);
}

static gboolean
check_time(gpointer user, const char *text, GError **error)
{
	gint64 at;

	(void)user;
	return ps_utc_parse(text, &at, error);
}

/* Stops that a reason lifts are asked about as they will stand then. FALSE: given up. */
static gboolean
ask_reason(AdvisoryPane *self, gint64 at, char **reason, GError **error)
{
	g_auto(GStrv) sentences = NULL;
	PsStop stops = ps_advisory_stops(self->pane.app->store, self->advisory, at, &sentences);
	g_autofree char *all = g_strjoinv(" ", sentences);

	if (!stops)
		return TRUE;
	if (stops & ~(unsigned)PS_STOPS_LIFTABLE) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED, all);
		return FALSE;
	}
	g_autofree char *brief = ps_utc_shorten(all);
	g_autofree char *label = g_strdup_printf(_("%s Reason for lifting it"), brief);
	PsAskLine ask = {.label = label};
	*reason = ps_ask_line(self->pane.app, &ask);
	return *reason && **reason;
}

static PsChanged
cancel_arming(PsApp *app, const char *id, GError **error)
{
	Move move = {.id = id};

	return make_move(app, write_disarm, &move,
			 _("Cancelled: nothing is published by itself any more."), error);
}

/* c: cancel, t: another time; anything else: as it was. */
static int
ask_about_armed(AdvisoryPane *self)
{
	PsApp *app = self->pane.app;
	g_autofree char *sentence =
		ps_armed_sentence(app->store, self->advisory, ps_now_ms(), NULL);
	g_autofree char *question =
		g_strdup_printf(_("%s  c: cancel it, t: another time."), sentence);

	return ps_ask_key(app, question, "ct");
}

/* The likely time; NULL: there is none ahead. */
static char *
end_of_embargo(AdvisoryPane *self)
{
	gint64 end = ps_record_time(ps_advisory_case(self->advisory), "embargo_until");

	return end != PS_NO_TIME && end > ps_now_ms() ? ps_utc_format(end) : NULL;
}

/* Nobody is asked for a time that would be refused then. */
const char *
advisory_refuse_arm(PsApp *app, PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (!self->advisory)
		return advisory_refuse_none(app, pane);
	return ps_advisory_is_unchanged(self->advisory)
		       ? _("Nothing changed since it was published.")
		       : NULL;
}

PsChanged
advisory_run_arm(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	g_autofree char *id = own_id(self);
	const PsRecord *record = ps_advisory_record(self->advisory);
	gboolean armed = ps_record_time(record, "armed_at") != PS_NO_TIME;
	int key = armed && !argument ? ask_about_armed(self) : 1;
	g_autofree char *reason = NULL;
	Move move = {.id = id, .options = {.at = PS_NO_TIME}};

	if (key != 1)
		return key == 0 ? cancel_arming(app, id, error) : PS_CHANGED_NOTHING;
	g_autofree char *embargo = end_of_embargo(self);
	PsAskLine ask = {.label = _("Publish at (as 1 Dec 09:00, 2026-12-01T09:00:00Z, +2h)"),
			 .initial = embargo,
			 .time = TRUE,
			 .check = check_time};
	g_autofree char *text = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	gboolean interim = FALSE;
	if (!text || !ps_utc_parse(text, &move.options.at, error) ||
	    !ask_reason(self, move.options.at, &reason, error) ||
	    !advisory_ask_status(self, move.options.at, !argument, &interim))
		return PS_CHANGED_NOTHING;
	move.options.lift_reason = reason;
	move.options.interim = interim;
	return make_move(app, write_arm, &move,
			 _("Armed. This workstation publishes it then, or “psirtdesk advisory "
			   "due”; the same key cancels it."),
			 error);
}

void
advisory_read_review(AdvisoryPane *self)
{
	PsStore *store = self->pane.app->store;
	gboolean is_void = FALSE;

	g_clear_pointer(&self->review, g_free);
	self->approved = self->second_person = FALSE;
	if (!self->advisory)
		return;
	g_autofree char *armed = ps_armed_sentence(store, self->advisory, ps_now_ms(), &is_void);
	g_autoptr(PsReview) review = ps_review(store, self->advisory, NULL);
	self->approved = review && review->approval && review->holds;
	self->second_person = review && review->needed;
	if (armed && is_void)
		self->review = g_strdup(_(" · armed: void"));
	else if (review && review->approval && !review->holds)
		self->review = g_strdup(_(" · approval void"));
}

char *
advisory_review_status(const AdvisoryPane *self)
{
	const PsRecord *record = ps_advisory_record(self->advisory);
	gint64 at = ps_record_time(record, "armed_at"), now = ps_now_ms();

	if (self->review || at == PS_NO_TIME)
		return g_strdup(self->review ? self->review : "");
	g_autofree char *left = ps_duration_text(MAX(at - now, 0));
	return at > now ? g_strdup_printf(_(" · armed: in %s"), left)
			: g_strdup(_(" · armed: due now"));
}

/* ---- the end ---- */

static gboolean
write_withdraw(PsStore *store, gpointer data, GError **error)
{
	Move *move = data;

	return ps_advisory_withdraw(store, move->id, move->text, NULL, error);
}

PsChanged
advisory_run_withdraw(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	g_autofree char *id = own_id(self);
	PsAskLine ask = {.label = _("Why is it withdrawn? (its readers are told)")};
	g_autofree char *reason = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	gboolean published = ps_advisory_was_published(self->advisory);
	Move move = {.id = id, .text = reason};

	if (!reason)
		return PS_CHANGED_NOTHING;
	return make_move(app, write_withdraw, &move,
			 published ? _("The next version withdraws it: have it approved, and "
				       "publish it.")
				   : _("The draft is withdrawn; nobody had read it."),
			 error);
}

static gboolean
write_supersede(PsStore *store, gpointer data, GError **error)
{
	Move *move = data;

	return ps_advisory_supersede(store, move->id, move->other, move->text, error);
}

PsChanged
advisory_run_supersede(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = own_id((AdvisoryPane *)pane);
	PsAskLine ask = {.label = _("Superseded by (advisory, or https:// address)")};
	g_autofree char *other = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	Move move = {.id = id, .other = other};

	if (!other || !*other)
		return PS_CHANGED_NOTHING;
	return make_move(app, write_supersede, &move,
			 _("The next version refers to it: have it approved, and publish it."),
			 error);
}

static gboolean
write_keep(PsStore *store, gpointer data, GError **error)
{
	return ps_advisory_keep_alive(store, ((Move *)data)->id, error);
}

PsChanged
advisory_run_keep(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = own_id((AdvisoryPane *)pane);
	Move move = {.id = id};

	(void)argument;
	return make_move(app, write_keep, &move, _("Called off: the advisory stays."), error);
}
