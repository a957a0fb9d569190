#ifndef PS_UI_THEME_H
#define PS_UI_THEME_H

/* What things look like. Code names roles, never colours; a theme (data/themes/NAME.ini, or the
 * workspace's or the user's own) gives each role a foreground, a background and attributes for 256,
 * 16 and 8 colours and for none. Colour never carries a meaning alone: every role that says
 * something is also a word or a mark.
 *
 * A style is a role and, over it, a few attributes. */

#include <glib.h>

typedef enum {
	PS_ROLE_NORMAL,
	PS_ROLE_TITLE,      /* title bar */
	PS_ROLE_TAB,        /* a tab in it */
	PS_ROLE_TAB_ACTIVE, /* the one that is open */
	PS_ROLE_HEADING,    /* column heads, section heads */
	PS_ROLE_LABEL,      /* name of a field */
	PS_ROLE_VALUE,      /* value of a field */
	PS_ROLE_SELECTED,   /* the row of the cursor */
	PS_ROLE_MARK,       /* marks of marked rows */
	PS_ROLE_DIM,        /* less important */
	PS_ROLE_STRONG,     /* unread, important */
	PS_ROLE_BORDER,
	PS_ROLE_KEY,  /* a key in the footer or in help */
	PS_ROLE_HINT, /* what the key does */
	PS_ROLE_CHIP, /* a filter that is active, a state */
	PS_ROLE_INPUT,
	PS_ROLE_MATCH, /* what a search found */
	PS_ROLE_LINK,
	PS_ROLE_QUOTE,      /* quoted text, odd levels */
	PS_ROLE_QUOTE_DEEP, /* even levels */
	PS_ROLE_GOOD,
	PS_ROLE_WARN,
	PS_ROLE_BAD,
	PS_ROLE_SEVERITY_NONE,
	PS_ROLE_SEVERITY_LOW,
	PS_ROLE_SEVERITY_MEDIUM,
	PS_ROLE_SEVERITY_HIGH,
	PS_ROLE_SEVERITY_CRITICAL,
	PS_ROLE_COUNT,
} PsRole;

typedef guint16 PsStyle; /* role | attributes */

enum {
	PS_STYLE_BOLD = 1 << 8,
	PS_STYLE_UNDERLINE = 1 << 9,
	PS_STYLE_REVERSE = 1 << 10,
	PS_STYLE_DIM = 1 << 11,
	PS_STYLE_ITALIC = 1 << 12,
};

#define PS_STYLE_ROLE(style) ((PsRole)((style)&0xFF))

typedef struct {
	int foreground, background; /* -1: the terminal's default */
	PsStyle attributes;         /* PS_STYLE_… only */
} PsLook;

typedef struct {
	char *name;
	int colors; /* 0, 8, 16 or 256 */
	PsLook looks[PS_ROLE_COUNT];
} PsTheme;

/* How many colours to use: `available` from the terminal, 0 with $NO_COLOR (non-empty). */
int ps_theme_colors(int available);
/* TRUE when $COLORFGBG says that the background is light. */
gboolean ps_theme_background_is_light(void);

/* The theme `name` ("dark", "light", "mono" or a file of the user's); NULL: dark or light as the
 * background is. Looked for in `dirs` (NULL-terminated, may be NULL), then among the program's
 * data. Where no file is found, or it is broken, the monochrome looks stay and `error` says what is
 * wrong: the result is never NULL. */
PsTheme *ps_theme_load(const char *name, int colors, const char *const *dirs, GError **error);
void ps_theme_free(PsTheme *theme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsTheme, ps_theme_free)

/* "None" to "Critical" in any case; PS_ROLE_NORMAL else. */
PsRole ps_role_of_severity(const char *severity);

#endif
