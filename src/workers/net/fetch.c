#include "config.h"

/* Fetching one address whole, and asking many whether they answer. */

#include "workers/net/methods.h"

#include <string.h>

#include "base/i18n.h"
#include "workers/net/curl.h"

#define LIMIT_DEFAULT ((gint64)64 << 20)
#define PARALLEL 8
#define URLS_MAX 10000
#define WAIT_MS 200
#define PROBE_SECONDS 30L

/* ---- one, whole ---- */

typedef struct {
	GByteArray *bytes;
	gsize limit;
} Sink;

static size_t
take(char *data, size_t size, size_t count, void *user)
{
	Sink *sink = user;
	gsize length = size * count;

	if (length > sink->limit - sink->bytes->len)
		return 0;
	g_byte_array_append(sink->bytes, (const guint8 *)data, (guint)length);
	return length;
}

/* Of the last answer; NULL: it has none. */
static const char *
header_of(CURL *curl, const char *name)
{
	struct curl_header *header = NULL;

	return curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK
		       ? header->value
		       : NULL;
}

static cJSON *
describe(CURL *curl, const char *asked)
{
	cJSON *meta = cJSON_CreateObject();
	char *url = NULL, *type = NULL;
	long status = 0, redirects = 0;

	curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &url);
	curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(curl, CURLINFO_REDIRECT_COUNT, &redirects);
	ps_add_text(meta, "asked", asked);
	ps_add_text(meta, "url", url);
	ps_add_text(meta, "type", type);
	ps_add_text(meta, "allow_origin", header_of(curl, "Access-Control-Allow-Origin"));
	cJSON_AddNumberToObject(meta, "status", (double)status);
	cJSON_AddNumberToObject(meta, "redirects", (double)redirects);
	return meta;
}

/* As whom we ask: "agent" (an empty one sends none), "origin" as a script in a browser would. */
static void
set_disguise(PsTransfer *transfer, const PsWork *work)
{
	const char *agent = ps_work_text(work, "agent"), *origin = ps_work_text(work, "origin");

	if (agent)
		curl_easy_setopt(transfer->curl, CURLOPT_USERAGENT, *agent ? agent : NULL);
	if (origin)
		ps_transfer_header(transfer, "Origin", origin);
}

gboolean
ps_serve_fetch(PsWork *work, GError **error)
{
	const char *url = ps_work_text(work, "url");
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	Sink sink = {bytes,
		     (gsize)CLAMP(ps_work_number(work, "limit", LIMIT_DEFAULT), 0, LIMIT_DEFAULT)};
	g_autoptr(PsTransfer) transfer = ps_transfer_new(work, ps_transfer_web(work), error);

	if (!transfer)
		return FALSE;
	curl_easy_setopt(transfer->curl, CURLOPT_URL, url ? url : "");
	curl_easy_setopt(transfer->curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(transfer->curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(transfer->curl, CURLOPT_WRITEDATA, &sink);
	set_disguise(transfer, work);
	/* one request after the other: the share needs no locks */
	if (work->service)
		curl_easy_setopt(transfer->curl, CURLOPT_SHARE, work->service);
	CURLcode code = curl_easy_perform(transfer->curl);
	if (code != CURLE_OK)
		return ps_transfer_failed(transfer, code, url ? url : "", error);
	if (!ps_work_meta(work, describe(transfer->curl, url), error))
		return FALSE;
	g_autoptr(GBytes) body = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
	ps_work_data(work, body);
	return TRUE;
}

/* ---- many, only whether they answer ---- */

typedef struct {
	CURLM *multi;
	PsTransfer *transfer;
	const char *url;
	gboolean whole; /* the server does not like HEAD: asked for the beginning */
} Probe;

typedef struct {
	PsWork *work;
	CURLM *multi;
	const cJSON *next;
	GPtrArray *running; /* Probe* */
} Probing;

/* A server that ignores the range is cut short here. */
static size_t
ignore(char *data, size_t size, size_t count, void *user)
{
	(void)data, (void)user;
	return size * count > 0 ? 0 : size * count;
}

static void
probe_free(gpointer data)
{
	Probe *probe = data;

	curl_multi_remove_handle(probe->multi, probe->transfer->curl);
	ps_transfer_free(probe->transfer);
	g_free(probe);
}

static gboolean
start_next(Probing *probing, GError **error)
{
	const char *url = cJSON_IsString(probing->next) ? probing->next->valuestring : "";
	PsTransfer *transfer =
		ps_transfer_new(probing->work, ps_transfer_web(probing->work), error);

	if (!transfer)
		return FALSE;
	Probe *probe = g_new0(Probe, 1);
	*probe = (Probe){.multi = probing->multi, .transfer = transfer, .url = url};
	curl_easy_setopt(transfer->curl, CURLOPT_URL, url);
	curl_easy_setopt(transfer->curl, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(transfer->curl, CURLOPT_TIMEOUT, PROBE_SECONDS);
	curl_easy_setopt(transfer->curl, CURLOPT_PRIVATE, probe);
	curl_multi_add_handle(probing->multi, transfer->curl);
	probing->next = probing->next->next;
	g_ptr_array_add(probing->running, probe);
	return TRUE;
}

/* Some servers refuse HEAD for what they give on GET. */
static gboolean
ask_again(Probing *probing, Probe *probe, CURLcode code, long status)
{
	if (probe->whole || (code == CURLE_OK && status < 400))
		return FALSE;
	if (code != CURLE_OK && code != CURLE_GOT_NOTHING && code != CURLE_RECV_ERROR &&
	    code != CURLE_HTTP2_STREAM)
		return FALSE;
	probe->whole = TRUE;
	CURL *curl = probe->transfer->curl;
	curl_multi_remove_handle(probing->multi, curl);
	curl_easy_setopt(curl, CURLOPT_NOBODY, 0L);
	curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
	curl_easy_setopt(curl, CURLOPT_RANGE, "0-0");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
	curl_multi_add_handle(probing->multi, curl);
	return TRUE;
}

static gboolean
finish_probe(Probing *probing, Probe *probe, CURLcode code, GError **error)
{
	long status = 0;

	curl_easy_getinfo(probe->transfer->curl, CURLINFO_RESPONSE_CODE, &status);
	/* we stopped reading the body ourselves: the answer is there */
	if (probe->whole && code == CURLE_WRITE_ERROR)
		code = CURLE_OK;
	if (ask_again(probing, probe, code, status))
		return TRUE;
	cJSON *meta = describe(probe->transfer->curl, probe->url);
	if (code != CURLE_OK) {
		g_autofree char *why = ps_transfer_why(probe->transfer, code);
		ps_add_text(meta, "error", why);
	}
	g_ptr_array_remove_fast(probing->running, probe);
	return ps_work_meta(probing->work, meta, error);
}

static gboolean
probe_all(Probing *probing, GError **error)
{
	CURLMsg *message;
	int active, left;

	while (probing->next || probing->running->len > 0) {
		while (probing->next && probing->running->len < PARALLEL)
			if (!start_next(probing, error))
				return FALSE;
		curl_multi_perform(probing->multi, &active);
		while ((message = curl_multi_info_read(probing->multi, &left))) {
			Probe *probe = NULL;
			CURLcode code = message->data.result;
			if (message->msg != CURLMSG_DONE)
				continue;
			curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &probe);
			if (!finish_probe(probing, probe, code, error))
				return FALSE;
		}
		if (ps_work_cancelled(probing->work, error))
			return FALSE;
		if (active > 0)
			curl_multi_poll(probing->multi, NULL, 0, WAIT_MS, NULL);
	}
	return TRUE;
}

gboolean
ps_serve_probe(PsWork *work, GError **error)
{
	const cJSON *urls = cJSON_GetObjectItemCaseSensitive(work->arguments, "urls");
	g_autoptr(GPtrArray) running = g_ptr_array_new_with_free_func(probe_free);

	if (cJSON_GetArraySize(urls) > URLS_MAX) {
		g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
			    _("More than %d addresses are not asked at once."), URLS_MAX);
		return FALSE;
	}
	Probing probing = {work, curl_multi_init(), urls ? urls->child : NULL, running};
	gboolean done = probe_all(&probing, error);
	g_ptr_array_set_size(running, 0);
	curl_multi_cleanup(probing.multi);
	return done;
}
