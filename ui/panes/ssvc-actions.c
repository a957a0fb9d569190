#include "config.h"

/* What can be done while a decision table is walked. */

#include "base/i18n.h"
#include "base/utc.h"
#include "ui/ask.h"
#include "ui/panes/case-common.h"
#include "ui/panes/scoring-pane.h"
#include "ui/panes/ssvc-pane.h"

/* ---- walking ---- */

static const char *
refuse_done(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((PsSsvcPane *)pane)->at < 0 ? _("Every point has its value: n begins a new walk, "
						"Left goes back.")
					    : NULL;
}

static PsChanged
choose(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;

	(void)app;
	if (!argument) {
		ps_ssvc_pane_choose(self, self->value);
		return PS_CHANGED_VIEW;
	}
	const PsSsvcPoint *point = ps_ssvc_step(self->walk, self->at)->point;
	int value = ps_ssvc_value_find(point, argument);
	if (value >= 0) {
		ps_ssvc_pane_choose(self, value);
		return PS_CHANGED_VIEW;
	}
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("%s (%s) has no value “%s”."), point->name,
		    point->key, argument);
	return PS_CHANGED_NOTHING;
}

/* The one value whose key begins with the letter. */
static PsChanged
pick(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;
	const PsSsvcPoint *point = ps_ssvc_step(self->walk, self->at)->point;
	char letter = argument ? *argument : (char)(app->last_key & 0x7F);

	for (guint i = 0; i < point->values->len; i++)
		if (*ps_ssvc_value(point, (int)i)->key == g_ascii_toupper(letter)) {
			ps_ssvc_pane_choose(self, (int)i);
			return PS_CHANGED_VIEW;
		}
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("%s (%s) has no value “%c”."), point->name,
		    point->key, letter);
	return PS_CHANGED_NOTHING;
}

static const char *
refuse_no_parts(PsApp *app, PsPane *pane)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;
	const char *done = refuse_done(app, pane);

	if (done)
		return done;
	return ps_ssvc_step(self->walk, self->at)->part
		       ? NULL
		       : _("This point does not follow from others.");
}

static PsChanged
by_parts(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	ps_ssvc_pane_by_parts((PsSsvcPane *)pane);
	return PS_CHANGED_VIEW;
}

static const char *
refuse_first(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((PsSsvcPane *)pane)->trail->len == 0 ? _("This is the first question.") : NULL;
}

static PsChanged
step_back(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	ps_ssvc_pane_step_back((PsSsvcPane *)pane);
	return PS_CHANGED_VIEW;
}

static PsChanged
begin(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	ps_ssvc_pane_begin((PsSsvcPane *)pane, NULL);
	return PS_CHANGED_VIEW;
}

/* ---- other tables, other walks ---- */

static PsChanged
choose_table(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;
	guint count = ps_ssvc_count(self->tables);
	g_autofree PsOption *options = g_new0(PsOption, count);

	for (guint i = 0; i < count; i++) {
		const PsSsvcTable *table = ps_ssvc_table(self->tables, i);
		options[i] = (PsOption){table->word, NULL,
					table->meaning ? table->meaning : table->name, NULL};
	}
	PsAskChoice ask = {.title = _("Decision table"),
			   .options = options,
			   .n_options = count,
			   .initial = self->walk->table->word};
	g_autofree char *word = argument ? g_strdup(argument) : ps_ask_choice(app, &ask);
	const PsSsvcTable *table = word ? ps_ssvc_find(self->tables, word, error) : NULL;
	if (!table)
		return PS_CHANGED_NOTHING;
	ps_ssvc_pane_begin(self, table);
	return PS_CHANGED_VIEW;
}

static const char *
refuse_no_earlier(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((PsSsvcPane *)pane)->earlier->len == 0 ? _("The case has no walk yet.") : NULL;
}

static PsChanged
show_earlier(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	g_autofree PsOption *options = g_new0(PsOption, self->earlier->len);

	(void)argument;
	for (guint i = 0; i < self->earlier->len; i++) {
		const PsRecord *record = self->earlier->pdata[i];
		char *when = ps_utc_brief(ps_record_time(record, "decided_at"));
		g_ptr_array_add(texts, when);
		options[i] = (PsOption){ps_record_id(record), when, self->labels->pdata[i], NULL};
	}
	PsAskChoice ask = {.title = _("Earlier walks"),
			   .options = options,
			   .n_options = self->earlier->len};
	g_autofree char *id = ps_ask_choice(app, &ask);
	const PsRecord *record = ps_record_with_id(self->earlier, id);
	if (!record || !ps_ssvc_pane_take(self, record, error))
		return PS_CHANGED_NOTHING;
	return PS_CHANGED_VIEW;
}

static const char *
refuse_single(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((PsSsvcPane *)pane)->vulnerabilities->len < 2
		       ? _("The case has one vulnerability: the walk is its.")
		       : NULL;
}

static PsChanged
choose_vulnerability(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;
	g_autofree char *id = ps_ask_vulnerability(app, self->vulnerabilities, _("SSVC of"),
						   self->vulnerability, FALSE);

	(void)argument;
	(void)error;
	if (!id)
		return PS_CHANGED_NOTHING;
	g_free(self->vulnerability);
	self->vulnerability = g_steal_pointer(&id);
	self->saved = FALSE;
	return PS_CHANGED_VIEW;
}

/* ---- reasons ---- */

/* Of the point that is asked; of the whole once all are answered. */
static PsChanged
because(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;
	const char *key = self->at >= 0 ? ps_ssvc_step(self->walk, self->at)->point->key : NULL;
	const char *before = key ? g_hash_table_lookup(self->reasons, key) : self->reason;
	g_autofree char *label =
		key ? g_strdup_printf(_("%s, because"), key) : g_strdup(_("Because"));
	PsAskLine ask = {.label = label, .initial = before, .history = "because"};
	g_autofree char *text = argument ? g_strdup(argument) : ps_ask_line(app, &ask);

	(void)error;
	if (!text)
		return PS_CHANGED_NOTHING;
	g_strstrip(text);
	self->saved = FALSE;
	if (!key) {
		g_free(self->reason);
		self->reason = *text ? g_steal_pointer(&text) : NULL;
	} else if (*text) {
		g_hash_table_insert(self->reasons, g_strdup(key), g_steal_pointer(&text));
	} else {
		g_hash_table_remove(self->reasons, key);
	}
	return PS_CHANGED_VIEW;
}

/* ---- saving and leaving ---- */

typedef struct {
	PsSsvcPane *self;
	char **pairs;
	char *id;
} Save;

static gboolean
write_walk(PsStore *store, gpointer data, GError **error)
{
	Save *save = data;

	save->id = ps_case_ssvc(store, save->self->case_id, save->self->walk, save->pairs, error);
	return save->id != NULL;
}

static char **
save_pairs(PsSsvcPane *self)
{
	g_autoptr(GStrvBuilder) pairs = g_strv_builder_new();
	GHashTableIter iter;
	gpointer key, text;

	if (self->reason)
		g_strv_builder_add_many(pairs, "reason", self->reason, NULL);
	if (self->vulnerability)
		g_strv_builder_add_many(pairs, "vulnerability", self->vulnerability, NULL);
	g_hash_table_iter_init(&iter, self->reasons);
	while (g_hash_table_iter_next(&iter, &key, &text)) {
		g_autofree char *name = g_strconcat("reason.", key, NULL);
		g_strv_builder_add_many(pairs, name, text, NULL);
	}
	return g_strv_builder_end(pairs);
}

static PsChanged
save(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;

	(void)argument;
	if (self->at < 0 && self->saved) {
		ps_app_say(app, PS_SAY_NOTE, _("Nothing is changed."));
		return PS_CHANGED_NOTHING;
	}
	g_auto(GStrv) pairs = save_pairs(self);
	Save what = {.self = self, .pairs = pairs};
	gboolean saved = ps_app_write(app, write_walk, &what, error);
	g_free(what.id);
	if (!saved)
		return PS_CHANGED_VIEW;
	self->saved = TRUE;
	const PsSsvcTable *table = self->walk->table;
	ps_app_say(app, PS_SAY_GOOD, _("Saved: %s (%s %s)."),
		   ps_ssvc_value(table->outcome, ps_ssvc_decision(self->walk))->name, table->name,
		   table->version);
	return PS_CHANGED_DATA;
}

static PsChanged
back(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsSsvcPane *self = (PsSsvcPane *)pane;

	(void)argument;
	if (self->at < 0 && ps_ssvc_pane_is_changed(self) && !app->readonly) {
		int answer =
			ps_ask_key(app, _("The decision is not saved. s: save it. d: drop it."),
				   "sd");
		if (answer < 0 ||
		    (answer == 0 && !(save(app, pane, NULL, error) & PS_CHANGED_DATA)))
			return PS_CHANGED_VIEW;
	}
	ps_app_back(app);
	return PS_CHANGED_DATA;
}

/* ---- the table ---- */

/* Letters of values are capitals, so that small letters stay free for actions. */
#define VALUE_KEYS "A C D E F I L M N O P R S T U Y"

const PsAction ps_ssvc_actions[PS_SSVC_ACTIONS] = {
	{"ssvc.choose", N_("Take the value and go on to the next point"), N_("take"), "Enter", 0,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT | PS_ACTION_STEADY, refuse_done, choose},
	{"ssvc.back", N_("One question back; its answer is taken back"), N_("back up"),
	 "Left h Backspace", 0, PS_ACTION_HINT | PS_ACTION_STEADY, refuse_first, step_back},
	{"ssvc.parts", N_("Answer the point by its parts"), N_("parts"), "p", 0,
	 PS_ACTION_HINT | PS_ACTION_STEADY, refuse_no_parts, by_parts},
	{"ssvc.because", N_("Write why the point has its value, at the end why the whole"),
	 N_("because"), "b", PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, because},
	{"case.ssvc", N_("Save the decision in the case"), N_("save"), "s",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, save},
	{"ssvc.table", N_("Choose another decision table"), N_("table"), "t", 0,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, choose_table},
	{"ssvc.begin", N_("Begin a new walk through the table"), N_("new"), "n", 0, PS_ACTION_HINT,
	 NULL, begin},
	{"ssvc.earlier", N_("Show an earlier walk of the case"), N_("earlier"), "e", 0,
	 PS_ACTION_HINT, refuse_no_earlier, show_earlier},
	{"ssvc.vulnerability", N_("Choose the vulnerability that is judged"), N_("which"), "w", 0,
	 0, refuse_single, choose_vulnerability},
	{"ssvc.pick", N_("Take the value whose key begins with this letter"), NULL, VALUE_KEYS, 0,
	 PS_ACTION_ARGUMENT, refuse_done, pick},
	{"ssvc.leave", N_("Back; asks where a decision is not saved"), N_("leave"), "q Esc", 0, 0,
	 NULL, back},
};
