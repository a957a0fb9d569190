#ifndef PS_WORKERS_NET_CURL_H
#define PS_WORKERS_NET_CURL_H

/* What every transfer of the net worker has in common: it goes only where it was told, with a
 * bounded patience, over TLS that is verified, and it ends when the request is cancelled.
 *
 * Arguments that any request may carry: "ca_file" (PEM, besides the system's), "connect_to" (list
 * of "HOST:PORT:CONNECT-HOST:CONNECT-PORT", as curl's --connect-to: a staging server), "http"
 * (TRUE: plain http is allowed too). */

#include <curl/curl.h>

#include "workers/work.h"

typedef struct {
	CURL *curl;
	struct curl_slist *connect_to, *headers;
	char said[CURL_ERROR_SIZE];
	PsWork *work;
} PsTransfer;

/* NULL: libcurl can't begin. `protocols`: as CURLOPT_PROTOCOLS_STR, "https". */
PsTransfer *ps_transfer_new(PsWork *work, const char *protocols, GError **error);
void ps_transfer_free(PsTransfer *transfer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsTransfer, ps_transfer_free)

/* Sends a header with the request; the value is cut at its first control character. */
void ps_transfer_header(PsTransfer *transfer, const char *name, const char *value);
/* The protocols that web addresses of this request may have. */
const char *ps_transfer_web(const PsWork *work);
/* Why it failed, in words for people; new string. */
char *ps_transfer_why(const PsTransfer *transfer, CURLcode code);
/* The same as an error that names the address. Always FALSE. */
gboolean ps_transfer_failed(const PsTransfer *transfer, CURLcode code, const char *url,
			    GError **error);

#endif
