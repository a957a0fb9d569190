#include "config.h"

/* The net worker: the only program that opens connections. It fetches, asks and uploads what it is
 * told, where it is told, and sees no database. A site without a network need not install it. */

#include <curl/curl.h>

#include "workers/net/methods.h"

#define MEMORY_MAX ((gsize)512 << 20)

static const PsMethod methods[] = {
	{"fetch", 60, ps_serve_fetch},
	{"probe", 120, ps_serve_probe},
	{"push", 600, ps_serve_push},
};

/* Connections stay open from one request to the next. */
static gpointer
start(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
	CURLSH *share = curl_share_init();
	if (share)
		curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
	return share;
}

int
main(void)
{
	PsWorkerProgram program = {.name = "net",
				   .memory = MEMORY_MAX,
				   .methods = methods,
				   .n_methods = G_N_ELEMENTS(methods),
				   .start = start};

	return ps_worker_main(&program);
}
