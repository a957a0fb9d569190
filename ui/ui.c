#include "config.h"

#include "ui/ui.h"

int
ps_ui_main(PsCli *cli, int argc, char **argv)
{
	(void)cli;
	(void)argc;
	(void)argv;
	return 2;
}
