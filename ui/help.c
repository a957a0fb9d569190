#include "config.h"

#include "ui/help.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/ask.h"
#include "ui/keymap.h"
#include "ui/pane.h"

typedef struct {
	PsApp *app;
	GArray *options;   /* PsOption */
	GPtrArray *labels; /* own the texts of the options */
} Lister;

/* Another action of this pane took the key away from a general one. */
static gboolean
is_reachable(const PsKeymap *keymap, const PsPaneClass *class, const PsAction *action)
{
	g_autofree char *key = ps_keymap_key(keymap, action);

	return !*key || ps_keymap_lookup(keymap, class, ps_keycode_parse(key)) == action;
}

static void
add_help(Lister *lister, const PsPaneClass *class, const PsAction *action)
{
	PsApp *app = lister->app;
	char *label = is_reachable(app->keymap, class, action) ? ps_keymap_keys(app->keymap, action)
							       : g_strdup("");
	PsOption option = {action->id, label, _(action->title),
			   ps_action_refusal(app, ps_app_pane(app), action)};

	g_ptr_array_add(lister->labels, label);
	g_array_append_val(lister->options, option);
}

static void
add_named(Lister *lister, const PsPaneClass *class, const PsAction *action)
{
	PsApp *app = lister->app;
	PsOption option = {action->id, action->id, _(action->title),
			   ps_action_refusal(app, ps_app_pane(app), action)};

	(void)class;
	g_array_append_val(lister->options, option);
}

static void
add_all(Lister *lister, void (*add)(Lister *, const PsPaneClass *, const PsAction *))
{
	PsPane *pane = ps_app_pane(lister->app);

	for (gsize i = 0; pane && i < pane->class->n_actions; i++)
		add(lister, pane->class, &pane->class->actions[i]);
	for (gsize i = 0; i < ps_general_actions_length; i++)
		if (!(ps_general_actions[i].flags & PS_ACTION_HIDDEN))
			add(lister, pane ? pane->class : NULL, &ps_general_actions[i]);
	for (gsize i = 0; i < ps_general_actions_length; i++)
		if (ps_general_actions[i].flags & PS_ACTION_HIDDEN)
			add(lister, pane ? pane->class : NULL, &ps_general_actions[i]);
}

static char *
ask_list(PsApp *app, const char *title, gboolean palette)
{
	Lister lister = {app, g_array_new(FALSE, FALSE, sizeof(PsOption)),
			 g_ptr_array_new_with_free_func(g_free)};

	add_all(&lister, palette ? add_named : add_help);
	PsAskChoice ask = {.title = title,
			   .options = (const PsOption *)lister.options->data,
			   .n_options = lister.options->len,
			   .free_text = palette};
	char *answer = ps_ask_choice(app, &ask);
	g_array_unref(lister.options);
	g_ptr_array_unref(lister.labels);
	return answer;
}

void
ps_help_run(PsApp *app)
{
	PsPane *pane = ps_app_pane(app);
	g_autofree char *title =
		g_strdup_printf("%s: %s", _("Help"), pane ? _(pane->class->title) : "");
	g_autofree char *id = ask_list(app, title, FALSE);
	const PsAction *action = id ? ps_action_find(id, NULL) : NULL;

	if (action)
		ps_app_run(app, action, NULL);
}

static gboolean
is_number(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

/* An action of another pane can't work on this one. */
static gboolean
applies_here(PsApp *app, const char *pane_class)
{
	PsPane *pane = ps_app_pane(app);

	return !pane_class || (pane && g_str_equal(pane->class->name, pane_class));
}

gboolean
ps_palette_execute(PsApp *app, const char *text, GError **error)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 2);
	const char *pane_class = NULL;

	if (!words[0])
		return TRUE;
	if (is_number(words[0]))
		return ps_app_run(app, ps_action_find("go.line", NULL), words[0]);
	const PsAction *action = ps_action_find(words[0], &pane_class);
	if (!action) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("There is no action “%s”."),
			    words[0]);
		return FALSE;
	}
	if (!applies_here(app, pane_class)) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("“%s” works in the pane “%s” only."), words[0],
			    _(ps_pane_class_find(pane_class)->title));
		return FALSE;
	}
	g_autofree char *argument = words[1] ? g_strstrip(g_strdup(words[1])) : NULL;
	return ps_app_run(app, action, argument && *argument ? argument : NULL);
}

void
ps_palette_run(PsApp *app, GError **error)
{
	g_autofree char *text = ask_list(app, _("Run"), TRUE);

	if (text)
		ps_palette_execute(app, text, error);
}
