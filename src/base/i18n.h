#ifndef PS_BASE_I18N_H
#define PS_BASE_I18N_H

/* _() translates, N_() marks a text of a table that is translated where it is shown. Not
 * translated: stored values, tokens of standards, command names, JSON. */

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)

#endif
