#include "config.h"

/* psirtdesk: with no command the full-screen workstation, else one headless command. */

#include <locale.h>

#include "base/i18n.h"

int
main(void)
{
	setlocale(LC_ALL, "");
	/* Numbers have a point in every locale. */
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(PACKAGE, LOCALEDIR);
	textdomain(PACKAGE);
	return 0;
}
