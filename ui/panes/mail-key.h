#ifndef PS_UI_PANES_MAIL_KEY_H
#define PS_UI_PANES_MAIL_KEY_H

/* Keys that come with mail. */

#include "ui/pane.h"

/* Imports the public keys in a part of a mail and waits for it; secret keys are refused. Gives the
 * fingerprint of the first one, new string. Whose key it is nobody has said by that: its signatures
 * count as good, not verified. */
char *ps_mail_import_key(PsApp *app, const char *mail_id, int part, GError **error);

#endif
