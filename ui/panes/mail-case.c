#include "config.h"

#include "ui/panes/mail-case.h"

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "ui/ask.h"
#include "ui/panes/mail-kit.h"
#include "ui/panes/mail-reply.h"

/* Cases that are offered; others are found by their number. */
#define CASES_OFFERED 300

char *
ps_mail_case(PsApp *app, const char *mail_id)
{
	g_autoptr(PsRecord) mail = ps_store_get(app->store, "mail", mail_id, NULL);

	return mail ? g_strdup(ps_record_text(mail, "case")) : NULL;
}

const char *
ps_mail_refuse_edit(PsApp *app)
{
	if (!app->writer)
		return _("The workspace is open for reading only.");
	return ps_store_is_unlocked(app->store)
		       ? NULL
		       : _("The workspace is locked: unlock it first (action “app.unlock”).");
}

/* ---- reading ---- */

typedef struct {
	PsMailWork work;
	const char *mail_id;
	const PsMessage *message; /* open already, or NULL */
	PsMessage *opened;
	PsReporter *reporter;
} Reading;

static gpointer
run_reading(PsProgress *progress, gpointer data, GError **error)
{
	Reading *reading = data;

	reading->opened = ps_message_open(reading->work.store, reading->work.openpgp,
					  reading->mail_id, progress, error);
	return NULL;
}

PsMessage *
ps_mail_read(PsApp *app, const char *mail_id, GError **error)
{
	Reading reading = {.mail_id = mail_id};

	if (ps_mail_work_init(&reading.work, app, NULL, error))
		ps_mail_wait(app, _("Opening the message"), run_reading, &reading, error);
	ps_mail_work_clear(&reading.work);
	return reading.opened;
}

static gpointer
run_reporter(PsProgress *progress, gpointer data, GError **error)
{
	Reading *reading = data;

	(void)progress;
	reading->reporter = ps_mail_reporter(reading->work.openpgp, reading->message, error);
	return NULL;
}

static PsReporter *
read_reporter(PsApp *app, const PsMessage *message, GError **error)
{
	Reading reading = {.message = message};

	if (ps_mail_work_init(&reading.work, app, NULL, error))
		ps_mail_wait(app, _("Looking for the reporter's key"), run_reporter, &reading,
			     error);
	ps_mail_work_clear(&reading.work);
	return reading.reporter;
}

/* ---- filing several ---- */

typedef struct {
	PsMailWork work;
	const char *case_id;
	GPtrArray *mail_ids;
	guint first, filed;
} Filing;

static gpointer
run_filing(PsProgress *progress, gpointer data, GError **error)
{
	Filing *filing = data;
	guint total = filing->mail_ids->len;

	for (guint i = filing->first; i < total; i++) {
		const char *mail_id = g_ptr_array_index(filing->mail_ids, i);
		if (ps_progress_cancelled(progress, error))
			return NULL;
		ps_progress_set(progress, i, total, _("reading"));
		g_autoptr(PsMessage) message =
			ps_message_open(filing->work.store, filing->work.openpgp, mail_id, progress,
					error);
		if (!message ||
		    !ps_case_add_mail(filing->work.store, filing->case_id, mail_id, message, error))
			return NULL;
		filing->filed++;
	}
	return NULL;
}

/* Mails from `first` on; those that are in the case already are left as they are. */
static gboolean
file_mails(PsApp *app, const char *case_id, GPtrArray *mail_ids, guint first, guint *filed,
	   GError **error)
{
	g_autoptr(GPtrArray) loose = g_ptr_array_new();
	g_autoptr(GError) failure = NULL;

	*filed = 0;
	for (guint i = first; i < mail_ids->len; i++) {
		g_autofree char *in = ps_mail_case(app, g_ptr_array_index(mail_ids, i));
		if (g_strcmp0(in, case_id) != 0)
			g_ptr_array_add(loose, g_ptr_array_index(mail_ids, i));
	}
	Filing filing = {.case_id = case_id, .mail_ids = loose};
	if (loose->len > 0 && ps_mail_work_init(&filing.work, app, NULL, &failure))
		ps_mail_wait(app, _("Filing in the case"), run_filing, &filing, &failure);
	ps_mail_work_clear(&filing.work);
	*filed = filing.filed;
	if (!failure)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&failure));
	return FALSE;
}

/* ---- opening a case ---- */

typedef struct {
	const char *mail_id, *title;
	const PsMessage *message;
	const PsReporter *reporter;
	char *case_id;
} Opening;

static gboolean
write_case(PsStore *store, gpointer data, GError **error)
{
	Opening *opening = data;

	opening->case_id = ps_case_open_from_mail(store, opening->mail_id, opening->message,
						  opening->reporter, opening->title, error);
	return opening->case_id != NULL;
}

static gboolean
is_title(gpointer user, const char *text, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));

	(void)user;
	if (*trimmed)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
			    _("A case needs a title: one line that tells it from others."));
	return FALSE;
}

static char *
ask_title(PsApp *app, const PsMessage *message)
{
	g_autofree char *suggested = ps_case_title_from_subject(message->subject);
	PsAskLine ask = {.label = _("Title of the new case"),
			 .initial = suggested,
			 .history = "case.title",
			 .check = is_title};
	char *title = ps_ask_line(app, &ask);

	return title ? g_strstrip(title) : NULL;
}

static char *
case_summary(const char *number, const PsReporter *reporter, gint64 received)
{
	g_autofree char *time = ps_utc_brief(received);

	return g_strdup_printf(_("%s is open · from %s · received %s"), number,
			       *reporter->name ? reporter->name : reporter->address,
			       received == PS_NO_TIME ? "?" : time);
}

/* What an analyst does next, nearly always: tell the reporter. */
static PsChanged
offer_next(PsApp *app, const char *mail_id, const char *case_id, const char *summary,
	   GError **error)
{
	const PsOption options[] = {
		{"reply", _("Acknowledge it to the reporter"), _("a reply from a template"), NULL},
		{"case", _("Go to the case"), _("affected products, score, timeline"), NULL},
		{"stay", _("Stay with the mail"), NULL, NULL},
	};
	PsAskChoice ask = {.title = summary,
			   .options = options,
			   .n_options = G_N_ELEMENTS(options),
			   .initial = "reply"};

	/* The case is there now, whatever is chosen: the list shows it. */
	ps_app_refresh(app);
	g_autofree char *next = ps_ask_choice(app, &ask);
	if (g_strcmp0(next, "reply") == 0)
		return ps_mail_reply(app, mail_id, "acknowledgement", error);
	if (g_strcmp0(next, "case") == 0)
		ps_app_open(app, "case", case_id, error);
	else
		ps_app_say(app, PS_SAY_GOOD, "%s", summary);
	return PS_CHANGED_VIEW;
}

static PsChanged
open_new_case(PsApp *app, GPtrArray *mail_ids, const PsMessage *message, GError **error)
{
	const char *mail_id = g_ptr_array_index(mail_ids, 0);
	g_autofree char *title = ask_title(app, message);
	g_autofree char *case_id = NULL;
	guint filed;

	if (!title)
		return PS_CHANGED_NOTHING;
	PsReporter *reporter = read_reporter(app, message, error);
	if (!reporter)
		return PS_CHANGED_NOTHING;
	Opening opening = {mail_id, title, message, reporter, NULL};
	PsChanged changed = PS_CHANGED_NOTHING;
	if (ps_app_write(app, write_case, &opening, error)) {
		case_id = g_steal_pointer(&opening.case_id);
		g_autoptr(PsRecord) record = ps_store_get(app->store, "case", case_id, NULL);
		g_autofree char *summary = case_summary(record ? ps_record_name(record) : case_id,
							reporter, message->received_at);
		changed = PS_CHANGED_DATA;
		if (file_mails(app, case_id, mail_ids, 1, &filed, error))
			changed |= offer_next(app, mail_id, case_id, summary, error);
	}
	g_free(opening.case_id);
	ps_reporter_free(reporter);
	return changed;
}

PsChanged
ps_mail_open_case(PsApp *app, GPtrArray *mail_ids, const PsMessage *message, GError **error)
{
	g_autoptr(PsMessage) opened = NULL;

	for (guint i = 0; i < mail_ids->len; i++) {
		g_autofree char *case_id = ps_mail_case(app, g_ptr_array_index(mail_ids, i));
		if (!case_id)
			continue;
		ps_app_open(app, "case", case_id, error);
		return PS_CHANGED_VIEW;
	}
	if (mail_ids->len == 0)
		return PS_CHANGED_NOTHING;
	if (!message)
		message = opened = ps_mail_read(app, g_ptr_array_index(mail_ids, 0), error);
	return message ? open_new_case(app, mail_ids, message, error) : PS_CHANGED_NOTHING;
}

/* ---- adding to a case ---- */

static void
free_option(gpointer data)
{
	PsOption *option = data;

	g_free((char *)option->value);
	g_free((char *)option->label);
	g_free((char *)option->detail);
}

static GArray *
case_options(PsApp *app, GError **error)
{
	const PsQuery query = {.kind = "case", .limit = CASES_OFFERED};
	g_autoptr(GPtrArray) cases = ps_store_list(app->store, &query, error);
	GArray *options = g_array_new(FALSE, FALSE, sizeof(PsOption));

	g_array_set_clear_func(options, free_option);
	for (guint i = 0; cases && i < cases->len; i++) {
		const PsRecord *record = g_ptr_array_index(cases, i);
		const char *title = ps_record_text(record, "title");
		if (g_strcmp0(ps_record_text(record, "rm"), "CLOSED") == 0)
			continue;
		PsOption option = {.value = g_strdup(ps_record_id(record)),
				   .label = g_strdup(ps_record_name(record)),
				   .detail = g_strdup(title)};
		g_array_append_val(options, option);
	}
	return options;
}

/* Gives the id of the case. */
static char *
ask_case(PsApp *app, guint mails, GError **error)
{
	g_autoptr(GArray) options = case_options(app, error);
	g_autofree char *title = g_strdup_printf(ngettext("Add %u message to the case",
							  "Add %u messages to the case", mails),
						 mails);
	PsAskChoice ask = {.title = title,
			   .options = (const PsOption *)(gpointer)options->data,
			   .n_options = options->len,
			   .free_text = TRUE};
	g_autofree char *chosen = ps_ask_choice(app, &ask);

	return chosen && *chosen ? ps_store_resolve(app->store, "case", chosen, error) : NULL;
}

PsChanged
ps_mail_add_to_case(PsApp *app, GPtrArray *mail_ids, GError **error)
{
	guint filed = 0;
	g_autofree char *case_id = mail_ids->len > 0 ? ask_case(app, mail_ids->len, error) : NULL;

	if (!case_id)
		return PS_CHANGED_NOTHING;
	g_autoptr(PsRecord) record = ps_store_get(app->store, "case", case_id, error);
	if (!record)
		return PS_CHANGED_NOTHING;
	if (file_mails(app, case_id, mail_ids, 0, &filed, error))
		ps_app_say(app, PS_SAY_GOOD,
			   ngettext("%u message is filed in %s now.",
				    "%u messages are filed in %s now.", filed),
			   filed, ps_record_name(record));
	return PS_CHANGED_DATA;
}
