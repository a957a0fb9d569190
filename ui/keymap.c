#include "config.h"

#include "ui/keymap.h"

#include "base/error.h"
#include "base/i18n.h"

struct PsKeymap {
	GHashTable *keys; /* PsAction: GArray of PsKeyCode */
};

/* Keys of a text, as far as they exist; `unknown`: the first that does not (new string). */
static GArray *
parse_keys(const char *text, char **unknown)
{
	g_auto(GStrv) words = g_strsplit_set(text ? text : "", " \t", -1);
	GArray *keys = g_array_new(FALSE, FALSE, sizeof(PsKeyCode));

	for (int i = 0; words[i]; i++) {
		PsKeyCode key = ps_keycode_parse(words[i]);
		if (!*words[i])
			continue;
		if (key != PS_KEY_NONE)
			g_array_append_val(keys, key);
		else if (!*unknown)
			*unknown = g_strdup(words[i]);
	}
	return keys;
}

static void
add_defaults(PsKeymap *keymap, const PsAction *actions, gsize count)
{
	for (gsize i = 0; i < count; i++) {
		g_autofree char *unknown = NULL;
		GArray *keys = parse_keys(actions[i].keys, &unknown);
		g_assert(!unknown); /* a wrong name in a row of ours */
		g_hash_table_insert(keymap->keys, (gpointer)&actions[i], keys);
	}
}

PsKeymap *
ps_keymap_new(void)
{
	PsKeymap *keymap = g_new0(PsKeymap, 1);

	keymap->keys = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	add_defaults(keymap, ps_general_actions, ps_general_actions_length);
	for (gsize i = 0; i < ps_pane_classes_length; i++)
		add_defaults(keymap, ps_pane_classes[i]->actions, ps_pane_classes[i]->n_actions);
	return keymap;
}

void
ps_keymap_free(PsKeymap *keymap)
{
	if (!keymap)
		return;
	g_hash_table_unref(keymap->keys);
	g_free(keymap);
}

static void
take_line(PsKeymap *keymap, const char *path, const char *id, const char *text, GError **error)
{
	const PsAction *action = ps_action_find(id, NULL);
	g_autofree char *unknown = NULL;

	if (!action) {
		if (error && !*error)
			g_set_error(
				error, PS_ERROR, PS_ERROR_INPUT,
				_("“%s” names the action “%s”, which does not exist. “psirtdesk "
				  "actions” lists them."),
				path, id);
		return;
	}
	g_hash_table_insert(keymap->keys, (gpointer)action, parse_keys(text, &unknown));
	if (unknown && error && !*error)
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” gives “%s” the key “%s”, which does not exist. Keys are "
			      "characters, Space, Enter, PageUp, Ctrl-A and such."),
			    path, id, unknown);
}

gboolean
ps_keymap_load(PsKeymap *keymap, const char *path, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) problem = NULL;
	GError *first = NULL;

	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &problem)) {
		if (g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			return TRUE;
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The keys in “%s” can't be read: %s"), path, problem->message);
		return FALSE;
	}
	g_auto(GStrv) ids = g_key_file_get_keys(file, "keys", NULL, NULL);
	for (int i = 0; ids && ids[i]; i++) {
		g_autofree char *text = g_key_file_get_string(file, "keys", ids[i], NULL);
		take_line(keymap, path, ids[i], text, &first);
	}
	if (!first)
		return TRUE;
	g_propagate_error(error, first);
	return FALSE;
}

static const GArray *
keys_of(const PsKeymap *keymap, const PsAction *action)
{
	return g_hash_table_lookup(keymap->keys, action);
}

static const PsAction *
lookup_in(const PsKeymap *keymap, const PsAction *actions, gsize count, PsKeyCode key)
{
	for (gsize i = 0; i < count; i++) {
		const GArray *keys = keys_of(keymap, &actions[i]);
		for (guint k = 0; keys && k < keys->len; k++)
			if (g_array_index(keys, PsKeyCode, k) == key)
				return &actions[i];
	}
	return NULL;
}

const PsAction *
ps_keymap_lookup(const PsKeymap *keymap, const PsPaneClass *class, PsKeyCode key)
{
	const PsAction *found =
		class ? lookup_in(keymap, class->actions, class->n_actions, key) : NULL;

	return found ? found
		     : lookup_in(keymap, ps_general_actions, ps_general_actions_length, key);
}

char *
ps_keymap_keys(const PsKeymap *keymap, const PsAction *action)
{
	const GArray *keys = keys_of(keymap, action);
	GString *text = g_string_new(NULL);

	for (guint i = 0; keys && i < keys->len; i++) {
		g_autofree char *name = ps_keycode_name(g_array_index(keys, PsKeyCode, i));
		g_string_append_printf(text, text->len ? " %s" : "%s", name);
	}
	return g_string_free(text, FALSE);
}

char *
ps_keymap_key(const PsKeymap *keymap, const PsAction *action)
{
	const GArray *keys = keys_of(keymap, action);

	return keys && keys->len > 0 ? ps_keycode_name(g_array_index(keys, PsKeyCode, 0))
				     : g_strdup("");
}
