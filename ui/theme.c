#include "config.h"

#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"

/* The role's name in a theme file, and what it looks like without colours: this also stands when no
 * theme file can be read. */
static const struct {
	const char *name;
	PsStyle mono;
} roles[PS_ROLE_COUNT] = {
	[PS_ROLE_NORMAL] = {"normal", 0},
	[PS_ROLE_TITLE] = {"title", PS_STYLE_REVERSE},
	[PS_ROLE_TAB] = {"tab", PS_STYLE_REVERSE},
	[PS_ROLE_TAB_ACTIVE] = {"tab-active", PS_STYLE_BOLD},
	[PS_ROLE_HEADING] = {"heading", PS_STYLE_BOLD},
	[PS_ROLE_LABEL] = {"label", 0},
	[PS_ROLE_VALUE] = {"value", 0},
	[PS_ROLE_SELECTED] = {"selected", PS_STYLE_REVERSE},
	[PS_ROLE_MARK] = {"mark", PS_STYLE_BOLD},
	[PS_ROLE_DIM] = {"dim", 0},
	[PS_ROLE_STRONG] = {"strong", PS_STYLE_BOLD},
	[PS_ROLE_BORDER] = {"border", 0},
	[PS_ROLE_KEY] = {"key", PS_STYLE_BOLD},
	[PS_ROLE_HINT] = {"hint", 0},
	[PS_ROLE_CHIP] = {"chip", PS_STYLE_REVERSE},
	[PS_ROLE_INPUT] = {"input", PS_STYLE_UNDERLINE},
	[PS_ROLE_MATCH] = {"match", PS_STYLE_REVERSE},
	[PS_ROLE_LINK] = {"link", PS_STYLE_UNDERLINE},
	[PS_ROLE_QUOTE] = {"quote", 0},
	[PS_ROLE_QUOTE_DEEP] = {"quote-deep", 0},
	[PS_ROLE_GOOD] = {"good", 0},
	[PS_ROLE_WARN] = {"warn", PS_STYLE_BOLD},
	[PS_ROLE_BAD] = {"bad", PS_STYLE_BOLD},
	[PS_ROLE_SEVERITY_NONE] = {"severity-none", 0},
	[PS_ROLE_SEVERITY_LOW] = {"severity-low", 0},
	[PS_ROLE_SEVERITY_MEDIUM] = {"severity-medium", 0},
	[PS_ROLE_SEVERITY_HIGH] = {"severity-high", PS_STYLE_BOLD},
	[PS_ROLE_SEVERITY_CRITICAL] = {"severity-critical", PS_STYLE_BOLD | PS_STYLE_UNDERLINE},
};

static const struct {
	const char *name;
	PsStyle attribute;
} attributes[] = {
	{"bold", PS_STYLE_BOLD}, {"underline", PS_STYLE_UNDERLINE}, {"reverse", PS_STYLE_REVERSE},
	{"dim", PS_STYLE_DIM},   {"italic", PS_STYLE_ITALIC},
};

static const char *const color_names[] = {"black", "red",     "green", "yellow",
					  "blue",  "magenta", "cyan",  "white"};

int
ps_theme_colors(int available)
{
	const char *no_color = g_getenv("NO_COLOR");

	if ((no_color && *no_color) || available < 8)
		return 0;
	return available >= 256 ? 256 : available >= 16 ? 16 : 8;
}

gboolean
ps_theme_background_is_light(void)
{
	/* "foreground;background" or "foreground;default;background" */
	const char *text = g_getenv("COLORFGBG");
	const char *last = text ? strrchr(text, ';') : NULL;

	if (!last || !g_ascii_isdigit(last[1]))
		return FALSE;
	int background = atoi(last + 1);
	return background == 7 || background >= 9;
}

/* "default", "red", "bright-red", or a number; -2 when it is none of them. */
static int
parse_color(const char *word)
{
	gboolean bright = g_str_has_prefix(word, "bright-");
	char *end;

	if (g_str_equal(word, "default"))
		return -1;
	for (size_t i = 0; i < G_N_ELEMENTS(color_names); i++)
		if (g_str_equal(word + (bright ? 7 : 0), color_names[i]))
			return (int)i + (bright ? 8 : 0);
	long number = strtol(word, &end, 10);
	return end != word && *end == '\0' && number >= 0 && number < 256 ? (int)number : -2;
}

static gboolean
parse_attribute(const char *word, PsLook *look)
{
	for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
		if (g_str_equal(word, attributes[i].name)) {
			look->attributes |= attributes[i].attribute;
			return TRUE;
		}
	return FALSE;
}

/* "FOREGROUND [on BACKGROUND] [ATTRIBUTE…]" */
static gboolean
parse_look(const char *text, int colors, PsLook *look)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
	gboolean on = FALSE;

	*look = (PsLook){-1, -1, 0};
	for (int i = 0; words[i]; i++) {
		int color = parse_color(words[i]);
		if (!*words[i] || parse_attribute(words[i], look))
			continue;
		if (g_str_equal(words[i], "on"))
			on = TRUE;
		else if (color == -2 || color >= MAX(colors, 1))
			return FALSE;
		else if (on)
			look->background = color;
		else
			look->foreground = color;
	}
	return TRUE;
}

static gboolean
bad_look(GError **error, const char *path, const char *group, const char *role, const char *text)
{
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("The theme “%s” can't be used whole: “%s” of [%s] is “%s”. Write a colour, "
		      "“on” and a colour, and attributes as in “red on default bold”."),
		    path, role, group, text);
	return FALSE;
}

/* Groups from few colours to many: a later one refines what an earlier one said. */
static gboolean
read_group(PsTheme *theme, GKeyFile *file, const char *path, const char *group, int colors,
	   GError **error)
{
	if (theme->colors < colors || !g_key_file_has_group(file, group))
		return TRUE;
	for (int i = 0; i < PS_ROLE_COUNT; i++) {
		g_autofree char *text = g_key_file_get_string(file, group, roles[i].name, NULL);
		PsLook look;
		if (!text)
			continue;
		if (!parse_look(text, theme->colors, &look))
			return bad_look(error, path, group, roles[i].name, text);
		theme->looks[i] = look;
	}
	return TRUE;
}

static gboolean
read_file(PsTheme *theme, const char *path, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) problem = NULL;

	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &problem)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("The theme “%s” can't be read: %s"),
			    path, problem->message);
		return FALSE;
	}
	return read_group(theme, file, path, "mono", 0, error) &&
	       read_group(theme, file, path, "8", 8, error) &&
	       read_group(theme, file, path, "16", 16, error) &&
	       read_group(theme, file, path, "256", 256, error);
}

static char *
find_theme(const char *name, const char *const *dirs)
{
	g_autofree char *file = g_strconcat(name, ".ini", NULL);

	for (int i = 0; dirs && dirs[i]; i++) {
		g_autofree char *path = g_build_filename(dirs[i], file, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
			return g_steal_pointer(&path);
	}
	g_autofree char *below = g_build_filename("themes", file, NULL);
	return ps_path_data(below);
}

PsTheme *
ps_theme_load(const char *name, int colors, const char *const *dirs, GError **error)
{
	PsTheme *theme = g_new0(PsTheme, 1);

	if (!name || !*name)
		name = ps_theme_background_is_light() ? "light" : "dark";
	theme->name = g_strdup(name);
	theme->colors = colors;
	for (int i = 0; i < PS_ROLE_COUNT; i++)
		theme->looks[i] = (PsLook){-1, -1, roles[i].mono};
	if (strchr(name, '/')) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no name of a theme: it must not contain “/”."), name);
		return theme;
	}
	g_autofree char *path = find_theme(name, dirs);
	read_file(theme, path, error);
	return theme;
}

void
ps_theme_free(PsTheme *theme)
{
	if (!theme)
		return;
	g_free(theme->name);
	g_free(theme);
}

PsRole
ps_role_of_severity(const char *severity)
{
	static const char *const names[] = {"none", "low", "medium", "high", "critical"};

	for (size_t i = 0; severity && i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(severity, names[i]) == 0)
			return PS_ROLE_SEVERITY_NONE + (PsRole)i;
	return PS_ROLE_NORMAL;
}
