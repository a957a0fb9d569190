#include "config.h"

#include "advisory/arm.h"

#include <string.h>

#include "advisory/internal.h"
#include "advisory/review-internal.h"
#include "advisory/stops.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"

/* ---- arming ---- */

static gboolean
choose_minute(gint64 wanted, gint64 *minute, GError **error)
{
	gint64 now = ps_now_ms();
	g_autofree char *text = ps_utc_format(wanted);

	*minute = wanted == PS_NO_TIME ? PS_NO_TIME
				       : (wanted + PS_MINUTE_MS - 1) / PS_MINUTE_MS * PS_MINUTE_MS;
	if (wanted != PS_NO_TIME && wanted > now)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” does not lie ahead: publication is armed for a later time, or done at "
		      "once without one."),
		    text ? text : "");
	return FALSE;
}

static gboolean
check_stops(PsStore *store, const PsAdvisory *advisory, gint64 at, const char *lift, GError **error)
{
	g_auto(GStrv) sentences = NULL;
	PsStop stops = ps_advisory_stops(store, advisory, at, &sentences);

	if (lift && *lift)
		stops &= ~PS_STOPS_LIFTABLE;
	if (!stops)
		return TRUE;
	g_autofree char *all = g_strjoinv(" ", sentences);
	gboolean falls_short = (stops & (PS_STOP_INVALID | PS_STOP_MISSING)) != 0;
	g_set_error_literal(error, PS_ERROR, falls_short ? PS_ERROR_INVALID : PS_ERROR_REFUSED,
			    all);
	return FALSE;
}

static gboolean
put_fields(PsTxn *txn, const char *id, const char *const *pairs, gsize count, GError **error)
{
	for (gsize i = 0; i < count; i += 2)
		if (!ps_txn_set(txn, "advisory", id, pairs[i], pairs[i + 1], PS_ANY, error))
			return FALSE;
	return TRUE;
}

static gboolean
note(PsTxn *txn, const PsRecord *advisory, const char *text, GError **error)
{
	return ps_case_event(txn, ps_record_text(advisory, "case"), "state", text, error);
}

static gboolean
store_arming(PsTxn *txn, const PsAdvisory *advisory, gint64 minute, const PsPublishOptions *options,
	     GError **error)
{
	const PsRecord *record = advisory->facts->advisory;
	const char *summary =
		options->summary ? options->summary : ps_record_text(record, "summary");
	g_autofree char *at = ps_utc_format(minute);
	g_autofree char *digest = ps_review_digest(advisory);
	const char *pairs[] = {"armed_at",      at,
			       "armed_by",      ps_store_person(ps_txn_store(txn)),
			       "armed_digest",  digest,
			       "armed_lift",    options->lift_reason,
			       "armed_interim", options->interim ? "yes" : NULL,
			       "summary",       summary};
	g_autofree char *text =
		g_strdup_printf(_("Version %s of advisory “%s” was armed for publication at %s."),
				advisory->version, ps_record_text(record, "tracking_id"), at);

	return put_fields(txn, ps_record_id(record), pairs, G_N_ELEMENTS(pairs), error) &&
	       note(txn, record, text, error);
}

gboolean
ps_advisory_arm(PsStore *store, const char *id, const PsPublishOptions *options, GError **error)
{
	gint64 minute;

	if (!choose_minute(options->at, &minute, error))
		return FALSE;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.arm", error);
	g_autoptr(PsAdvisory) advisory = txn ? ps_advisory_load(store, id, error) : NULL;
	return advisory && check_stops(store, advisory, minute, options->lift_reason, error) &&
	       store_arming(txn, advisory, minute, options, error) && ps_txn_commit(txn, error);
}

gboolean
ps_disarm_in(PsTxn *txn, const char *advisory_id, GError **error)
{
	static const char *const pairs[] = {"armed_at",      NULL, "armed_by",   NULL,
					    "armed_digest",  NULL, "armed_lift", NULL,
					    "armed_interim", NULL};

	return put_fields(txn, advisory_id, pairs, G_N_ELEMENTS(pairs), error);
}

/* `sentence` is kept in the case log. */
static gboolean
disarm(PsStore *store, const PsRecord *record, const char *sentence, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.disarm", error);

	return txn && ps_disarm_in(txn, ps_record_id(record), error) &&
	       note(txn, record, sentence, error) && ps_txn_commit(txn, error);
}

gboolean
ps_advisory_disarm(PsStore *store, const char *id, GError **error)
{
	g_autofree char *full = ps_advisory_resolve(store, id, error);
	g_autoptr(PsRecord) record = full ? ps_store_get(store, "advisory", full, error) : NULL;

	if (!record)
		return FALSE;
	const char *tracking = ps_record_text(record, "tracking_id");
	if (ps_record_time(record, "armed_at") == PS_NO_TIME) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("Advisory “%s” is not armed; there is nothing to cancel."), tracking);
		return FALSE;
	}
	g_autofree char *text =
		g_strdup_printf(_("The armed publication of advisory “%s” was cancelled."),
				tracking);
	return disarm(store, record, text, error);
}

/* ---- looking ---- */

static void
armed_free(gpointer data)
{
	PsArmed *armed = data;

	g_free(armed->id);
	g_free(armed->tracking_id);
	g_free(armed->case_id);
	g_free(armed->by);
	g_free(armed);
}

static PsArmed *
read_armed(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "advisory", id, error);

	if (!record)
		return NULL;
	PsArmed *armed = g_new0(PsArmed, 1);
	*armed = (PsArmed){.id = g_strdup(id),
			   .tracking_id = g_strdup(ps_record_text(record, "tracking_id")),
			   .case_id = g_strdup(ps_record_text(record, "case")),
			   .at = ps_record_time(record, "armed_at"),
			   .by = ps_person_name(store, ps_record_text(record, "armed_by"))};
	return armed;
}

static GPtrArray *
armed_ids(PsStore *store, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(
		store, "SELECT id FROM advisory WHERE armed_at IS NOT NULL ORDER BY armed_at, id",
		error);
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	int code = SQLITE_ERROR;

	if (!rows)
		return NULL;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		g_ptr_array_add(ids, g_strdup((const char *)sqlite3_column_text(rows, 0)));
	if (code != SQLITE_DONE) {
		ps_store_sql_error(store, _("reading what is armed"), error);
		return NULL;
	}
	return g_steal_pointer(&ids);
}

GPtrArray *
ps_armed(PsStore *store, GError **error)
{
	g_autoptr(GPtrArray) ids = armed_ids(store, error);
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(armed_free);

	for (guint i = 0; ids && i < ids->len; i++) {
		PsArmed *armed = read_armed(store, ids->pdata[i], error);
		if (!armed)
			return NULL;
		g_ptr_array_add(list, armed);
	}
	return ids ? g_steal_pointer(&list) : NULL;
}

gboolean
ps_armed_is_due(PsStore *store, gint64 now)
{
	PS_STATEMENT rows =
		ps_store_statement(store, "SELECT 1 FROM advisory WHERE armed_at <= :now LIMIT 1",
				   NULL);

	if (!rows)
		return FALSE;
	sqlite3_bind_int64(rows, sqlite3_bind_parameter_index(rows, ":now"), now);
	return sqlite3_step(rows) == SQLITE_ROW;
}

/* Why what was armed is not what is there now; NULL: it is. */
static char *
void_sentence(const PsAdvisory *advisory)
{
	const PsRecord *record = advisory->facts->advisory;
	g_autofree char *digest = ps_review_digest(advisory);

	if (g_strcmp0(digest, ps_record_text(record, "armed_digest")) == 0)
		return NULL;
	return g_strdup_printf(_("Advisory “%s” was changed since its publication was armed, so "
				 "that is void: look at it and arm it again."),
			       ps_record_text(record, "tracking_id"));
}

char *
ps_armed_sentence(PsStore *store, const PsAdvisory *advisory, gint64 now, gboolean *is_void)
{
	const PsRecord *record = advisory->facts->advisory;
	gint64 at = ps_record_time(record, "armed_at");

	if (is_void)
		*is_void = FALSE;
	if (at == PS_NO_TIME)
		return NULL;
	char *sentence = void_sentence(advisory);
	if (sentence) {
		if (is_void)
			*is_void = TRUE;
		return sentence;
	}
	g_autofree char *text = ps_utc_format(at);
	g_autofree char *left = ps_duration_text(MAX(at - now, 0));
	g_autofree char *name = ps_person_name(store, ps_record_text(record, "armed_by"));
	return at > now ? g_strdup_printf(_("Armed by %s for %s, in %s."), name, text, left)
			: g_strdup_printf(_("Armed by %s for %s: due now."), name, text);
}

/* ---- publishing what is due ---- */

/* Another try may help: nothing about the advisory stands in the way. */
static gboolean
may_come_right(const GError *problem)
{
	static const PsErrorCode codes[] = {PS_ERROR_IO,       PS_ERROR_LOCKED,
					    PS_ERROR_NO_KEY,   PS_ERROR_PASSPHRASE,
					    PS_ERROR_NEED_TTY, PS_ERROR_WORKER,
					    PS_ERROR_BUSY,     PS_ERROR_CANCELLED,
					    PS_ERROR_NOT_FOUND};

	for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
		if (g_error_matches(problem, PS_ERROR, (int)codes[i]))
			return TRUE;
	return FALSE;
}

static gboolean
publish_armed(PsStore *store, PsOpenpgp *openpgp, const PsArmed *armed, PsProgress *progress,
	      PsPublished *published, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, armed->id, error);

	if (!advisory)
		return FALSE;
	const PsRecord *record = advisory->facts->advisory;
	g_autofree char *changed = void_sentence(advisory);
	if (changed) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED, changed);
		return FALSE;
	}
	const PsPublishOptions options = {.at = PS_NO_TIME,
					  .lift_reason = ps_record_text(record, "armed_lift"),
					  .interim = ps_record_flag(record, "armed_interim")};
	return ps_advisory_publish(store, openpgp, armed->id, &options, progress, published, error);
}

/* It will not come right by itself: nobody is to be surprised by it later. */
static void
give_up(PsStore *store, const PsArmed *armed, const GError *problem)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "advisory", armed->id, NULL);
	g_autofree char *text = g_strdup_printf(_("Advisory “%s” was armed but not published: %s"),
						armed->tracking_id, problem->message);

	if (record)
		disarm(store, record, text, NULL);
}

gboolean
ps_publish_due(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress, PsDueFunc told,
	       gpointer user, GError **error)
{
	g_autoptr(GPtrArray) list = ps_armed(store, error);
	gint64 now = ps_now_ms();

	for (guint i = 0; list && i < list->len; i++) {
		const PsArmed *armed = list->pdata[i];
		g_autoptr(GError) problem = NULL;
		PsPublished published = {0};
		if (armed->at > now)
			break;
		if (!publish_armed(store, openpgp, armed, progress, &published, &problem) &&
		    !may_come_right(problem))
			give_up(store, armed, problem);
		told(user, armed, &published, problem);
		ps_published_clear(&published);
	}
	return list != NULL;
}
