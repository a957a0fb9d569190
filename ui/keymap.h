#ifndef PS_UI_KEYMAP_H
#define PS_UI_KEYMAP_H

/* Which key runs which action. Built from the rows' default keys; files change it:
 *
 *	[keys]
 *	case.open = o Enter
 *	app.quit =
 *
 * A later file wins over an earlier one; an action that a file names has only the keys that the
 * file gives. */

#include "ui/action.h"
#include "ui/key.h"
#include "ui/pane.h"

typedef struct PsKeymap PsKeymap;

PsKeymap *ps_keymap_new(void);
void ps_keymap_free(PsKeymap *keymap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsKeymap, ps_keymap_free)

/* Absent file: TRUE. An unknown action or key is an error that names it; what was right is kept. */
gboolean ps_keymap_load(PsKeymap *keymap, const char *path, GError **error);

/* The action of a key in a pane class (NULL: general only). */
const PsAction *ps_keymap_lookup(const PsKeymap *keymap, const PsPaneClass *class, PsKeyCode key);
/* The keys of an action as text, "o Enter"; "" when it has none. New string. */
char *ps_keymap_keys(const PsKeymap *keymap, const PsAction *action);
/* The first of them; "" when none. New string. */
char *ps_keymap_key(const PsKeymap *keymap, const PsAction *action);

#endif
