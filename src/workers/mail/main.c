#include "config.h"

/* The mail worker: libnotmuch, GMime, gpgme and libxml2 live here, away from the screen and the
 * database. */

#include <gmime/gmime.h>

#include "workers/mail/gpg.h"
#include "workers/mail/methods.h"

#define MEMORY_MAX ((gsize)512 << 20)

static gpointer
start(void)
{
	g_mime_init();
	return ps_gpg_new();
}

int
main(void)
{
	PsWorkerProgram program = {.name = "mail", .memory = MEMORY_MAX, .start = start};

	program.methods = ps_mail_methods(&program.n_methods);
	return ps_worker_main(&program);
}
