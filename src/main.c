#include "config.h"

/* psirtdesk: with no command the full-screen workstation, else one headless command. */

#include <locale.h>

#include <glib.h>

#include "base/i18n.h"
#include "commands/command.h"
#include "ui/action.h"
#include "ui/ui.h"

static const PsWorkstation workstation = {
	.run = ps_ui_main,
	.print_actions = ps_ui_print_actions,
	.print_actions_man = ps_ui_print_actions_man,
};

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	/* Numbers have a point in every locale. */
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(PACKAGE, LOCALEDIR);
	textdomain(PACKAGE);
	/* A service may be started without it, and notmuch does nothing then. */
	g_setenv("HOME", g_get_home_dir(), FALSE);
	return ps_cli_main(argc, argv, &workstation);
}
