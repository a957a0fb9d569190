#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The table of actions, the keymap and the themes. */

#include "ui/action.h"
#include "ui/keymap.h"
#include "ui/pane.h"
#include "ui/theme.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- actions ---- */

typedef void (*EachAction)(const PsPaneClass *class, const PsAction *action, gpointer user);

static void
for_each(EachAction each, gpointer user)
{
	for (gsize i = 0; i < ps_general_actions_length; i++)
		each(NULL, &ps_general_actions[i], user);
	for (gsize c = 0; c < ps_pane_classes_length; c++)
		for (gsize i = 0; i < ps_pane_classes[c]->n_actions; i++)
			each(ps_pane_classes[c], &ps_pane_classes[c]->actions[i], user);
}

static void
check_row(const PsPaneClass *class, const PsAction *action, gpointer user)
{
	GHashTable *seen = user;
	const char *where;

	(void)class;
	if (!g_hash_table_add(seen, (gpointer)action->id))
		fail_msg("the id %s stands twice", action->id);
	for (const char *p = action->id; *p; p++)
		if (!islower(*p) && !isdigit(*p) && !strchr("._-", *p))
			fail_msg("the id %s has other than a-z, 0-9, . _ and -", action->id);
	assert_non_null(action->run);
	assert_true(action->title && *action->title);
	if (action->flags & PS_ACTION_HINT)
		assert_non_null(action->hint);
	assert_ptr_equal(ps_action_find(action->id, &where), action);
}

static void
actions__table__ids_are_unique_and_rows_complete(void **state)
{
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);

	(void)state;
	for_each(check_row, seen);
	g_hash_table_unref(seen);
}

static void
check_keys(const PsAction *actions, gsize count, const char *where)
{
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (gsize i = 0; i < count; i++) {
		g_auto(GStrv) keys = g_strsplit(actions[i].keys ? actions[i].keys : "", " ", -1);
		for (int k = 0; keys[k]; k++) {
			if (!*keys[k])
				continue;
			if (ps_keycode_parse(keys[k]) == PS_KEY_NONE)
				fail_msg("%s: %s is no key", actions[i].id, keys[k]);
			if (g_hash_table_contains(seen, keys[k]))
				fail_msg("%s: the key %s stands twice", where, keys[k]);
			g_hash_table_add(seen, (gpointer)g_intern_string(keys[k]));
		}
	}
	g_hash_table_unref(seen);
}

static void
actions__keys__exist_and_no_map_has_one_twice(void **state)
{
	(void)state;
	check_keys(ps_general_actions, ps_general_actions_length, "general");
	for (gsize c = 0; c < ps_pane_classes_length; c++)
		check_keys(ps_pane_classes[c]->actions, ps_pane_classes[c]->n_actions,
			   ps_pane_classes[c]->name);
}

static void
panes__table__names_are_unique_and_tabs_exist(void **state)
{
	(void)state;
	for (gsize i = 0; i < ps_pane_classes_length; i++) {
		assert_ptr_equal(ps_pane_class_find(ps_pane_classes[i]->name), ps_pane_classes[i]);
		assert_true(ps_pane_classes[i]->size >= sizeof(PsPane));
	}
	assert_true(ps_tabs_length >= 1 && ps_tabs_length <= 9);
	for (gsize i = 0; i < ps_tabs_length; i++)
		assert_non_null(ps_pane_class_find(ps_tabs[i].class_name));
}

static void
actions__print__text_json_and_man(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	ps_ui_print_actions(out, FALSE);
	ps_ui_print_actions(out, TRUE);
	ps_ui_print_actions_man(out);
	fclose(out);
	assert_non_null(strstr(text, "app.help\t?\t*\t"));
	assert_non_null(strstr(text, "\"id\":\"app.help\""));
	assert_non_null(strstr(text, ".SH KEYS\n"));
	free(text);
}

/* ---- keymap ---- */

static char *
write_file(const char *text)
{
	char *path = NULL;
	int fd = g_file_open_tmp("psirtdesk-test-XXXXXX", &path, NULL);

	assert_true(fd >= 0);
	close(fd);
	assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

static void
keymap__pane_comes_before_general(void **state)
{
	g_autoptr(PsKeymap) keymap = ps_keymap_new();
	const PsPaneClass *list = ps_pane_class_find("list");

	(void)state;
	assert_string_equal(ps_keymap_lookup(keymap, list, 'n')->id, "record.new");
	assert_string_equal(ps_keymap_lookup(keymap, NULL, 'n')->id, "find.next");
	assert_string_equal(ps_keymap_lookup(keymap, list, 'j')->id, "move.down");
	assert_null(ps_keymap_lookup(keymap, list, 'j' + 0x1000));
}

static void
keymap__file__replaces_and_names_what_is_wrong(void **state)
{
	g_autoptr(PsKeymap) keymap = ps_keymap_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *path = write_file("[keys]\nmove.down = s Ctrl-N\nmove.up =\n"
					   "no.such = x\napp.help = Hyper-x F1\n");

	(void)state;
	assert_false(ps_keymap_load(keymap, path, &error));
	assert_non_null(strstr(error->message, "no.such"));
	/* What was right holds all the same. */
	assert_string_equal(ps_keymap_lookup(keymap, NULL, 's')->id, "move.down");
	assert_string_equal(ps_keymap_lookup(keymap, NULL, PS_KEY_F0 + 1)->id, "app.help");
	assert_null(ps_keymap_lookup(keymap, NULL, 'j'));
	assert_null(ps_keymap_lookup(keymap, NULL, 'k'));
	g_autofree char *keys = ps_keymap_keys(keymap, ps_action_find("move.down", NULL));
	assert_string_equal(keys, "s Ctrl-N");
	assert_true(ps_keymap_load(keymap, "/nonexistent/keys.ini", NULL));
	unlink(path);
}

static void
keymap__shipped_files__name_only_what_exists(void **state)
{
	g_autofree char *path = g_build_filename(g_getenv("SRCDIR") ? g_getenv("SRCDIR") : ".",
						 "data/keys/emacs.ini", NULL);
	g_autoptr(PsKeymap) keymap = ps_keymap_new();
	g_autoptr(GError) error = NULL;

	(void)state;
	if (!ps_keymap_load(keymap, path, &error))
		fail_msg("%s", error->message);
	assert_string_equal(ps_keymap_lookup(keymap, NULL, PS_KEY_CTRL('N'))->id, "move.down");
}

/* ---- themes ---- */

static void
theme__shipped_files__load_at_every_depth(void **state)
{
	static const char *const names[] = {"dark", "light", "mono"};
	static const int depths[] = {0, 8, 16, 256};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		for (size_t d = 0; d < G_N_ELEMENTS(depths); d++) {
			g_autoptr(GError) error = NULL;
			g_autoptr(PsTheme) theme = ps_theme_load(names[i], depths[d], NULL, &error);
			if (error)
				fail_msg("%s", error->message);
			for (int role = 0; role < PS_ROLE_COUNT; role++) {
				assert_true(theme->looks[role].foreground < MAX(depths[d], 1));
				assert_true(theme->looks[role].background < MAX(depths[d], 1));
			}
			/* The cursor's row is seen without colours. */
			assert_true(theme->looks[PS_ROLE_SELECTED].attributes & PS_STYLE_REVERSE ||
				    theme->looks[PS_ROLE_SELECTED].background >= 0);
		}
}

static void
theme__broken__says_where_and_stays_usable(void **state)
{
	g_autofree char *dir = g_dir_make_tmp("psirtdesk-test-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "own.ini", NULL);
	const char *const dirs[] = {dir, NULL};

	(void)state;
	assert_true(g_file_set_contents(path, "[8]\nbad = magic on red\n", -1, NULL));
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTheme) theme = ps_theme_load("own", 8, dirs, &error);
	assert_non_null(theme);
	assert_non_null(strstr(error->message, "magic on red"));
	g_autoptr(GError) missing = NULL;
	g_autoptr(PsTheme) none = ps_theme_load("nowhere", 8, dirs, &missing);
	assert_non_null(none);
	assert_non_null(missing);
	g_autoptr(GError) outside = NULL;
	g_autoptr(PsTheme) path_theme = ps_theme_load("../../etc/x", 8, dirs, &outside);
	assert_non_null(outside);
	unlink(path);
	rmdir(dir);
}

static void
theme__colors__follow_the_environment(void **state)
{
	(void)state;
	g_unsetenv("NO_COLOR");
	assert_int_equal(ps_theme_colors(256), 256);
	assert_int_equal(ps_theme_colors(88), 16);
	assert_int_equal(ps_theme_colors(8), 8);
	assert_int_equal(ps_theme_colors(2), 0);
	g_setenv("NO_COLOR", "1", TRUE);
	assert_int_equal(ps_theme_colors(256), 0);
	g_unsetenv("NO_COLOR");
	g_setenv("COLORFGBG", "0;default;15", TRUE);
	assert_true(ps_theme_background_is_light());
	g_setenv("COLORFGBG", "15;0", TRUE);
	assert_false(ps_theme_background_is_light());
	g_unsetenv("COLORFGBG");
	assert_int_equal(ps_role_of_severity("Critical"), PS_ROLE_SEVERITY_CRITICAL);
	assert_int_equal(ps_role_of_severity(NULL), PS_ROLE_NORMAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(actions__table__ids_are_unique_and_rows_complete),
		cmocka_unit_test(actions__keys__exist_and_no_map_has_one_twice),
		cmocka_unit_test(panes__table__names_are_unique_and_tabs_exist),
		cmocka_unit_test(actions__print__text_json_and_man),
		cmocka_unit_test(keymap__pane_comes_before_general),
		cmocka_unit_test(keymap__file__replaces_and_names_what_is_wrong),
		cmocka_unit_test(keymap__shipped_files__name_only_what_exists),
		cmocka_unit_test(theme__shipped_files__load_at_every_depth),
		cmocka_unit_test(theme__broken__says_where_and_stays_usable),
		cmocka_unit_test(theme__colors__follow_the_environment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
