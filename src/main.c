#include "config.h"

/* psirtdesk: with no command the full-screen workstation, else one headless command. */

#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

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

/* A standard stream that is closed would be taken by the first file or socket that is opened, and
 * be read or written as if it were the stream. Its place is taken by one that refuses that. */
static void
hold_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int
main(int argc, char **argv)
{
	hold_standard_streams();
	setlocale(LC_ALL, "");
	/* Numbers have a point in every locale. */
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(PACKAGE, LOCALEDIR);
	textdomain(PACKAGE);
	/* In a language without a catalogue, and in C.UTF-8, each look-up would search for one
	 * again; libraries speak English then too, as the sentences around their messages do. */
	if (!*gettext(""))
		setlocale(LC_MESSAGES, "C");
	/* A service may be started without it, and notmuch does nothing then. */
	g_setenv("HOME", g_get_home_dir(), FALSE);
	return ps_cli_main(argc, argv, &workstation);
}
