#include "config.h"

#include "ui/panes/case-moves.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/state.h"
#include "registry/registry.h"
#include "ui/ask.h"
#include "ui/panes/case-common.h"
#include "ui/panes/choices.h"

/* ---- one write for all of them ---- */

typedef struct {
	const char *case_id, *first, *second, *text;
	const char *const *pairs;
} Move;
typedef gboolean (*MoveFunc)(PsStore *store, const Move *move, GError **error);

typedef struct {
	MoveFunc func;
	const Move *move;
} Written;

static gboolean
write_move(PsStore *store, gpointer data, GError **error)
{
	const Written *written = data;

	return written->func(store, written->move, error);
}

static PsChanged
write_now(PsApp *app, MoveFunc func, const Move *move, GError **error)
{
	Written written = {func, move};

	return ps_app_write(app, write_move, &written, error) ? PS_CHANGED_DATA
							      : PS_CHANGED_NOTHING;
}

static gboolean
have(char *id)
{
	gboolean made = id != NULL;

	g_free(id);
	return made;
}

/* The first word of an argument, and the rest. */
static char *
first_word(const char *argument, const char **rest)
{
	gsize length = strcspn(argument, " ");

	*rest = argument + length + strspn(argument + length, " ");
	return g_strndup(argument, length);
}

/* A line that must not be empty; NULL: cancelled. */
static gboolean
check_something(gpointer user, const char *text, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));

	(void)user;
	if (*trimmed)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
			    _("Type something, or leave with Esc."));
	return FALSE;
}

static char *
ask_text(PsApp *app, const char *label, const char *history)
{
	PsAskLine ask = {.label = label, .history = history, .check = check_something};

	return ps_ask_line(app, &ask);
}

/* ---- times ---- */

gboolean
ps_check_time(gpointer user, const char *text, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	gint64 at;

	(void)user;
	return !*trimmed || ps_utc_parse(trimmed, &at, error);
}

/* "" stays "", else RFC 3339. */
static char *
time_value(const char *text)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	gint64 at;

	if (!*trimmed || !ps_utc_parse(trimmed, &at, NULL))
		return g_strdup("");
	/* "+3d" means no fraction of a second. */
	return ps_utc_format(at - at % PS_SECOND_MS);
}

static char *
ask_time(PsApp *app, const char *label, const char *initial)
{
	g_autofree char *text = g_strdup_printf(_("%s (2026-12-01, +3d; empty: not known)"), label);
	PsAskLine ask = {.label = text,
			 .initial = initial,
			 .time = TRUE,
			 .history = "time",
			 .check = ps_check_time};

	return ps_ask_line(app, &ask);
}

/* Somebody changed it meanwhile: both values are shown. */
static gboolean
set_time(PsApp *app, const char *kind, const char *id, const char *field, const char *value,
	 const char *seen, GError **error)
{
	g_autoptr(GError) problem = NULL;
	const char *action = "case.time";

	if (ps_app_set_seen(app, action, kind, id, field, value, seen, &problem))
		return TRUE;
	if (!g_error_matches(problem, PS_ERROR, PS_ERROR_CONFLICT)) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	g_autofree char *question =
		g_strdup_printf(_("%s m: take mine all the same."), problem->message);
	return ps_ask_key(app, question, "m") == 0 &&
	       ps_app_set_seen(app, action, kind, id, field, value, PS_ANY, error);
}

PsChanged
ps_case_do_time(PsApp *app, const char *kind, const char *id, const char *field,
		const char *argument, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(app->store, kind, id, error);

	if (!record)
		return PS_CHANGED_NOTHING;
	const char *now = ps_record_text(record, field);
	g_autofree char *seen = g_strdup(now ? now : ""), *shown = time_value(seen);
	const PsField *row = ps_kind_field(ps_record_kind(record), field);
	if (argument && !ps_check_time(NULL, argument, error))
		return PS_CHANGED_NOTHING;
	g_autofree char *text = argument ? g_strdup(argument) : ask_time(app, _(row->label), shown);
	if (!text)
		return PS_CHANGED_NOTHING;
	g_autofree char *value = time_value(text);
	if (g_str_equal(value, shown))
		return PS_CHANGED_NOTHING;
	if (!set_time(app, kind, id, field, value, seen, error))
		return PS_CHANGED_DATA;
	g_autofree char *brief = ps_utc_shorten(value);
	if (*value)
		ps_app_say(app, PS_SAY_GOOD, _("%s: %s."), _(row->label), brief);
	else
		ps_app_say(app, PS_SAY_GOOD, _("%s: not known any more."), _(row->label));
	return PS_CHANGED_DATA;
}

/* ---- decision ---- */

static gboolean
decide(PsStore *store, const Move *move, GError **error)
{
	return have(ps_case_decide(store, move->case_id, move->first, (char *const *)move->pairs,
				   error));
}

/* Asks for a text on a line; an empty one opens the editor. NULL: cancelled. */
static char *
ask_reason(PsApp *app, const char *label, GError **error)
{
	PsAskLine ask = {.label = label, .history = "reason"};
	char *text = ps_ask_line(app, &ask);

	if (!text || *text)
		return text;
	g_clear_pointer(&text, g_free);
	ps_pane_edit(app, &text, error);
	return text;
}

/* The release that has the fix, for those who look for it; "" for none, NULL: cancelled. */
static char *
ask_fixed_in(PsApp *app)
{
	g_autoptr(GPtrArray) found =
		ps_registry_find(app->store, PS_FIND_RELEASES, NULL, 0, 500, NULL);
	guint count = found ? found->len : 0;
	g_autofree PsOption *options = g_new0(PsOption, count + 1);

	options[0] = (PsOption){"", _("not released yet"), _("or in none of ours"), NULL};
	for (guint i = 0; i < count; i++) {
		const PsFound *release = g_ptr_array_index(found, i);
		options[i + 1] = (PsOption){release->id, release->label, release->detail, NULL};
	}
	PsAskChoice ask = {.title = _("Which release has the fix?"),
			   .options = options,
			   .n_options = count + 1};
	return ps_ask_choice(app, &ask);
}

static char *
ask_details(PsApp *app)
{
	PsAskLine ask = {.label = _("What users should do (empty: later)"), .history = "details"};

	return ps_ask_line(app, &ask);
}

PsChanged
ps_case_do_decide(PsApp *app, const char *case_id, const char *argument, GError **error)
{
	g_autofree char *category = NULL, *reason = NULL, *fixed_in = NULL, *details = NULL;
	const char *rest;

	if (argument) {
		category = first_word(argument, &rest);
		reason = g_strdup(rest);
		fixed_in = g_strdup("");
		details = g_strdup("");
	} else {
		category =
			ps_ask_token(app, &ps_remediations, _("What do we do?"), NULL, NULL, FALSE);
		if (category)
			reason = ask_reason(app, _("Why (empty: editor)"), error);
		if (reason)
			fixed_in = g_str_equal(category, "vendor_fix") ? ask_fixed_in(app)
								       : g_strdup("");
		if (fixed_in)
			details = ask_details(app);
	}
	if (!details)
		return PS_CHANGED_NOTHING;
	const char *pairs[] = {"reason", reason, "fixed_in", fixed_in, "details", details, NULL};
	const Move move = {.case_id = case_id, .first = category, .pairs = pairs};
	PsChanged changed = write_now(app, decide, &move, error);
	if (changed)
		ps_app_say(app, PS_SAY_GOOD, _("Decided: %s."),
			   ps_token_word(&ps_remediations, category));
	return changed;
}

/* ---- tasks ---- */

static gboolean
add_task(PsStore *store, const Move *move, GError **error)
{
	return have(ps_case_task(store, move->case_id, (char *const *)move->pairs, error));
}

PsChanged
ps_case_do_task(PsApp *app, const char *case_id, const char *argument, GError **error)
{
	g_autofree char *title = argument ? g_strdup(argument) : ask_text(app, _("Task"), "task");
	g_autofree char *due = NULL;

	if (!title)
		return PS_CHANGED_NOTHING;
	char *split = argument ? g_strrstr(title, " due=") : NULL;
	if (split) {
		due = g_strdup(split + strlen(" due="));
		*split = '\0';
	} else {
		due = argument ? g_strdup("") : ask_time(app, _("Due"), "+7d");
	}
	if (!due || !ps_check_time(NULL, due, error))
		return PS_CHANGED_NOTHING;
	g_autofree char *due_at = time_value(due);
	const char *pairs[] = {"title", title, "due_at", due_at, NULL};
	const Move move = {.case_id = case_id, .pairs = pairs};
	PsChanged changed = write_now(app, add_task, &move, error);
	if (changed)
		ps_app_say(app, PS_SAY_GOOD, _("The task is on the list."));
	return changed;
}

static gboolean
task_done(PsStore *store, const Move *move, GError **error)
{
	return ps_case_task_done(store, move->first, error);
}

PsChanged
ps_case_do_task_done(PsApp *app, const char *task_id, GError **error)
{
	const Move move = {.first = task_id};
	PsChanged changed = write_now(app, task_done, &move, error);

	if (changed)
		ps_app_say(app, PS_SAY_GOOD, _("Done."));
	return changed;
}

/* ---- log, signal ---- */

static gboolean
add_entry(PsStore *store, const Move *move, GError **error)
{
	return have(ps_case_log(store, move->case_id, move->text, error));
}

PsChanged
ps_case_do_log(PsApp *app, const char *case_id, const char *argument, GError **error)
{
	g_autofree char *text = argument ? g_strdup(argument)
					 : ask_reason(app, _("Log entry (empty: editor)"), error);

	if (!text)
		return PS_CHANGED_NOTHING;
	const Move move = {.case_id = case_id, .text = text};
	PsChanged changed = write_now(app, add_entry, &move, error);
	if (changed)
		ps_app_say(app, PS_SAY_GOOD, _("It is in the log."));
	return changed;
}

static gboolean
add_signal(PsStore *store, const Move *move, GError **error)
{
	return have(
		ps_case_signal(store, move->case_id, move->second, move->first, move->text, error));
}

PsChanged
ps_case_do_signal(PsApp *app, const char *case_id, const char *argument, GError **error)
{
	const PsOption options[] = {
		{"exploitation", _("exploitation"), _("somebody says that it is used in attacks"),
		 NULL},
		{"incident", _("severe incident"), _("something happened to us or our users"),
		 NULL},
	};
	PsAskChoice ask = {.title = _("What is the signal?"), .options = options, .n_options = 2};
	g_autofree char *kind = argument ? g_strdup("exploitation") : ps_ask_choice(app, &ask);
	g_autofree char *source = NULL, *text = NULL;
	const char *rest;

	if (argument) {
		source = first_word(argument, &rest);
		text = g_strdup(rest);
	} else if (kind) {
		source = ask_text(app, _("Who says so, or where was it seen"), "source");
		if (source)
			text = ask_reason(app, _("What is said (empty: editor)"), error);
	}
	if (!text)
		return PS_CHANGED_NOTHING;
	const Move move = {.case_id = case_id, .first = source, .second = kind, .text = text};
	PsChanged changed = write_now(app, add_signal, &move, error);
	if (changed)
		ps_app_say(app, PS_SAY_WARN,
			   _("Recorded with the time now. If it is right, set A in the case state: "
			     "duties towards authorities may follow."));
	return changed;
}

/* ---- owner ---- */

static gboolean
own(PsStore *store, const Move *move, GError **error)
{
	return ps_case_own(store, move->case_id, move->first, error);
}

static char *
ask_person(PsApp *app, const char *title)
{
	g_autoptr(GPtrArray) people =
		ps_store_list(app->store, &(PsQuery){.kind = "person", .order_by = "name"}, NULL);
	guint count = people ? people->len : 0;
	g_autofree PsOption *options = g_new0(PsOption, count + 1);

	if (count < 2)
		return g_strdup("");
	for (guint i = 0; i < count; i++) {
		const PsRecord *person = g_ptr_array_index(people, i);
		options[i] = (PsOption){ps_record_id(person), ps_record_text(person, "name"),
					ps_record_text(person, "email"), NULL};
	}
	PsAskChoice ask = {.title = title,
			   .options = options,
			   .n_options = count,
			   .initial = ps_store_person(app->store)};
	return ps_ask_choice(app, &ask);
}

PsChanged
ps_case_do_own(PsApp *app, const char *case_id, const char *argument, GError **error)
{
	g_autofree char *person =
		argument ? g_strdup(argument) : ask_person(app, _("Whose is the case?"));

	if (!person)
		return PS_CHANGED_NOTHING;
	const Move move = {.case_id = case_id, .first = *person ? person : NULL};
	PsChanged changed = write_now(app, own, &move, error);
	if (changed)
		ps_app_say(app, PS_SAY_GOOD, _("The case has its owner."));
	return changed;
}
