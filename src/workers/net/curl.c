#include "config.h"

#include "workers/net/curl.h"

#include <string.h>

#include "base/i18n.h"

#define CONNECT_SECONDS 15L
#define SLOW_BYTES 100L /* a second, for SLOW_SECONDS: then it hangs */
#define SLOW_SECONDS 30L
#define REDIRECTS_MAX 10L /* CSAF 2.1 section 7.1.6 */

static int
watch(void *user, curl_off_t download, curl_off_t down_now, curl_off_t upload, curl_off_t up_now)
{
	PsTransfer *transfer = user;

	(void)download, (void)down_now, (void)upload, (void)up_now;
	return ps_work_cancelled(transfer->work, NULL);
}

const char *
ps_transfer_web(const PsWork *work)
{
	return work->arguments && ps_json_flag(work->arguments, "http") ? "https,http" : "https";
}

static void
set_common(PsTransfer *transfer, const char *protocols)
{
	CURL *curl = transfer->curl;
	const char *ca_file = ps_work_text(transfer->work, "ca_file");

	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->said);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, REDIRECTS_MAX);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "psirtdesk/" PACKAGE_VERSION);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, transfer);
	if (ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
	if (transfer->connect_to)
		curl_easy_setopt(curl, CURLOPT_CONNECT_TO, transfer->connect_to);
}

PsTransfer *
ps_transfer_new(PsWork *work, const char *protocols, GError **error)
{
	g_autoptr(PsTransfer) transfer = g_new0(PsTransfer, 1);
	const cJSON *connect_to = cJSON_GetObjectItemCaseSensitive(work->arguments, "connect_to");
	const cJSON *item;

	transfer->work = work;
	transfer->curl = curl_easy_init();
	if (!transfer->curl) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_IO,
				    _("libcurl can't be started: too little memory?"));
		return NULL;
	}
	cJSON_ArrayForEach (item, connect_to)
		if (cJSON_IsString(item))
			transfer->connect_to =
				curl_slist_append(transfer->connect_to, item->valuestring);
	set_common(transfer, protocols);
	return g_steal_pointer(&transfer);
}

void
ps_transfer_free(PsTransfer *transfer)
{
	if (!transfer)
		return;
	curl_easy_cleanup(transfer->curl);
	curl_slist_free_all(transfer->connect_to);
	curl_slist_free_all(transfer->headers);
	g_free(transfer);
}

void
ps_transfer_header(PsTransfer *transfer, const char *name, const char *value)
{
	gsize length = 0;

	while (value[length] && !g_ascii_iscntrl(value[length]))
		length++;
	g_autofree char *line = g_strdup_printf("%s: %.*s", name, (int)length, value);
	transfer->headers = curl_slist_append(transfer->headers, line);
	curl_easy_setopt(transfer->curl, CURLOPT_HTTPHEADER, transfer->headers);
}

static const struct {
	CURLcode code;
	const char *sentence;
} reasons[] = {
	{CURLE_UNSUPPORTED_PROTOCOL, N_("only https addresses are used")},
	{CURLE_URL_MALFORMAT, N_("it is no web address")},
	{CURLE_COULDNT_RESOLVE_HOST, N_("the host's name can't be found")},
	{CURLE_COULDNT_RESOLVE_PROXY, N_("the proxy's name can't be found")},
	{CURLE_COULDNT_CONNECT, N_("nothing answers there")},
	{CURLE_OPERATION_TIMEDOUT, N_("it took too long")},
	{CURLE_PEER_FAILED_VERIFICATION, N_("its certificate can't be trusted")},
	{CURLE_SSL_CACERT_BADFILE, N_("the file of certificates can't be read")},
	{CURLE_SSL_CONNECT_ERROR, N_("no TLS connection could be made")},
	{CURLE_TOO_MANY_REDIRECTS, N_("it redirects too often")},
	{CURLE_LOGIN_DENIED, N_("the server refused the login")},
	{CURLE_REMOTE_ACCESS_DENIED, N_("the server denied access to that place")},
	{CURLE_REMOTE_DISK_FULL, N_("the server's disk is full")},
	{CURLE_WRITE_ERROR, N_("it is larger than the limit")},
	{CURLE_GOT_NOTHING, N_("the server answered nothing")},
};

char *
ps_transfer_why(const PsTransfer *transfer, CURLcode code)
{
	const char *said = *transfer->said ? transfer->said : curl_easy_strerror(code);

	for (gsize i = 0; i < G_N_ELEMENTS(reasons); i++)
		if (reasons[i].code == code)
			return g_strdup_printf("%s (%s)", _(reasons[i].sentence), said);
	return g_strdup(said);
}

gboolean
ps_transfer_failed(const PsTransfer *transfer, CURLcode code, const char *url, GError **error)
{
	if (ps_work_cancelled(transfer->work, error))
		return FALSE;
	g_autofree char *why = ps_transfer_why(transfer, code);
	g_set_error(error, PS_ERROR, code == CURLE_WRITE_ERROR ? PS_ERROR_LIMIT : PS_ERROR_IO,
		    _("%s can't be reached: %s."), url, why);
	return FALSE;
}
