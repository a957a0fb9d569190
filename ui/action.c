#include "config.h"

#include "ui/action.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "ui/keymap.h"
#include "ui/pane.h"

/* ---- look-up ---- */

static const PsAction *
find_in(const PsAction *actions, gsize count, const char *id)
{
	for (gsize i = 0; i < count; i++)
		if (g_str_equal(actions[i].id, id))
			return &actions[i];
	return NULL;
}

const PsAction *
ps_action_find(const char *id, const char **pane_class)
{
	const PsAction *found = find_in(ps_general_actions, ps_general_actions_length, id);

	if (pane_class)
		*pane_class = NULL;
	for (gsize i = 0; !found && i < ps_pane_classes_length; i++) {
		const PsPaneClass *class = ps_pane_classes[i];
		found = find_in(class->actions, class->n_actions, id);
		if (found && pane_class)
			*pane_class = class->name;
	}
	return found;
}

/* ---- prerequisites ---- */

static gboolean
has_workspace(PsApp *app, PsPane *pane)
{
	(void)pane;
	return app->store != NULL;
}

static gboolean
is_writable(PsApp *app, PsPane *pane)
{
	(void)pane;
	return app->writer != NULL;
}

static gboolean
is_unlocked(PsApp *app, PsPane *pane)
{
	(void)pane;
	return app->store && ps_store_is_unlocked(app->store);
}

static gboolean
has_record(PsApp *app, PsPane *pane)
{
	const char *kind;

	(void)app;
	return pane && pane->class->record && pane->class->record(pane, &kind);
}

static gboolean
has_row(PsApp *app, PsPane *pane)
{
	(void)app;
	return pane && !ps_widget_is_empty(pane->widget);
}

static gboolean
can_find(PsApp *app, PsPane *pane)
{
	(void)app;
	return pane && ps_widget_can_find(pane->widget);
}

static gboolean
has_job(PsApp *app, PsPane *pane)
{
	(void)pane;
	return ps_app_work(app) > 0;
}

static const struct {
	PsNeeds needs; /* any of these bits asks for it */
	gboolean (*holds)(PsApp *app, PsPane *pane);
	const char *sentence;
} prerequisites[] = {
	{PS_NEEDS_WORKSPACE | PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, has_workspace,
	 N_("No workspace is open.")},
	{PS_NEEDS_WRITABLE, is_writable, N_("The workspace is open for reading only.")},
	{PS_NEEDS_UNLOCKED, is_unlocked,
	 N_("The workspace is locked: unlock it first (action “app.unlock”).")},
	{PS_NEEDS_ROW, has_row, N_("There is nothing here to work on.")},
	{PS_NEEDS_RECORD, has_record, N_("There is no record under the cursor.")},
	{PS_NEEDS_FIND, can_find, N_("There is nothing here to search in.")},
	{PS_NEEDS_JOB, has_job, N_("Nothing is running.")},
};

const char *
ps_action_lack(PsApp *app, PsPane *pane, const PsAction *action)
{
	for (size_t i = 0; i < G_N_ELEMENTS(prerequisites); i++)
		if (action->needs & prerequisites[i].needs && !prerequisites[i].holds(app, pane))
			return _(prerequisites[i].sentence);
	return NULL;
}

const char *
ps_action_refusal(PsApp *app, PsPane *pane, const PsAction *action)
{
	const char *lack = ps_action_lack(app, pane, action);

	return lack || !action->refuse ? lack : action->refuse(app, pane);
}

/* ---- printing ---- */

typedef void (*PrintAction)(FILE *out, const PsKeymap *keymap, const char *pane,
			    const PsAction *action);

static void
for_each_action(FILE *out, PrintAction print)
{
	g_autoptr(PsKeymap) keymap = ps_keymap_new();

	for (gsize i = 0; i < ps_general_actions_length; i++)
		print(out, keymap, NULL, &ps_general_actions[i]);
	for (gsize c = 0; c < ps_pane_classes_length; c++)
		for (gsize i = 0; i < ps_pane_classes[c]->n_actions; i++)
			print(out, keymap, ps_pane_classes[c]->name,
			      &ps_pane_classes[c]->actions[i]);
}

static void
print_text(FILE *out, const PsKeymap *keymap, const char *pane, const PsAction *action)
{
	g_autofree char *keys = ps_keymap_keys(keymap, action);

	fprintf(out, "%s\t%s\t%s\t%s\n", action->id, keys, pane ? pane : "*", _(action->title));
}

static void
print_json(FILE *out, const PsKeymap *keymap, const char *pane, const PsAction *action)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();
	g_autofree char *keys = ps_keymap_keys(keymap, action);
	g_auto(GStrv) names = g_strsplit(keys, " ", -1);
	cJSON *list = cJSON_AddArrayToObject(object, "keys");

	for (int i = 0; names[i]; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(names[i]));
	cJSON_AddStringToObject(object, "id", action->id);
	cJSON_AddStringToObject(object, "title", _(action->title));
	if (pane)
		cJSON_AddStringToObject(object, "pane", pane);
	else
		cJSON_AddNullToObject(object, "pane");
	cJSON_AddBoolToObject(object, "irreversible",
			      (action->flags & PS_ACTION_IRREVERSIBLE) != 0);
	g_autofree char *line = ps_json_print(object);
	fprintf(out, "%s\n", line);
}

/* Text for man: a backslash or a leading dot would be a request. */
static char *
man_text(const char *text)
{
	GString *out = g_string_new(NULL);

	if (*text == '.' || *text == '\'')
		g_string_append(out, "\\&");
	for (const char *p = text; *p; p++)
		if (*p == '\\')
			g_string_append(out, "\\e");
		else if (*p == '-')
			g_string_append(out, "\\-");
		else
			g_string_append_c(out, *p);
	return g_string_free(out, FALSE);
}

static void
print_man(FILE *out, const PsKeymap *keymap, const char *pane, const PsAction *action)
{
	g_autofree char *keys = ps_keymap_keys(keymap, action);
	g_autofree char *man_keys = man_text(keys);
	g_autofree char *title = man_text(_(action->title));

	fprintf(out, ".TP\n.B %s\n%s (%s%s%s)\n", *man_keys ? man_keys : ":", title, action->id,
		pane ? ", " : "", pane ? pane : "");
}

void
ps_ui_print_actions(FILE *out, gboolean json)
{
	for_each_action(out, json ? print_json : print_text);
}

void
ps_ui_print_actions_man(FILE *out)
{
	fputs(".SH KEYS\n", out);
	for_each_action(out, print_man);
}
