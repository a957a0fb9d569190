#include "config.h"

#include "net/net.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/worker.h"

#define SILENCE_SECONDS 600
#define PROBE_MAX 1000 /* addresses in one request */

struct PsNet {
	PsWorker *worker;
	char *ca_file;
	char **connect_to;
	gboolean http;
};

PsNet *
ps_net_new(PsStore *store)
{
	PsNet *net = g_new0(PsNet, 1);

	net->worker = ps_worker_new("net", NULL);
	if (!store)
		return net;
	g_autofree char *http = ps_store_config(store, "net.http"),
			*connect_to = ps_store_config(store, "net.connect_to");
	net->ca_file = ps_store_config(store, "net.ca_file");
	net->http = g_strcmp0(http, "yes") == 0;
	net->connect_to = connect_to ? g_strsplit_set(connect_to, " ,", -1) : NULL;
	return net;
}

void
ps_net_allow_http(PsNet *net)
{
	net->http = TRUE;
}

void
ps_net_free(PsNet *net)
{
	if (!net)
		return;
	ps_worker_free(net->worker);
	g_free(net->ca_file);
	g_strfreev(net->connect_to);
	g_free(net);
}

void
ps_net_answer_free(PsNetAnswer *answer)
{
	if (!answer)
		return;
	g_free(answer->asked);
	g_free(answer->url);
	g_free(answer->type);
	g_free(answer->allow_origin);
	g_free(answer->error);
	g_free(answer);
}

PsNetFile *
ps_net_file_new(const char *local, const char *remote)
{
	PsNetFile *file = g_new0(PsNetFile, 1);

	*file = (PsNetFile){g_strdup(local), g_strdup(remote)};
	return file;
}

void
ps_net_file_free(PsNetFile *file)
{
	if (!file)
		return;
	g_free(file->local);
	g_free(file->remote);
	g_free(file);
}

static cJSON *
new_arguments(const PsNet *net)
{
	cJSON *arguments = cJSON_CreateObject();

	if (net->ca_file)
		cJSON_AddStringToObject(arguments, "ca_file", net->ca_file);
	if (net->connect_to) {
		cJSON *list = cJSON_AddArrayToObject(arguments, "connect_to");
		for (char **item = net->connect_to; *item; item++)
			if (**item)
				cJSON_AddItemToArray(list, cJSON_CreateString(*item));
	}
	cJSON_AddBoolToObject(arguments, "http", net->http);
	return arguments;
}

static char *
safe_text(const cJSON *object, const char *name)
{
	const char *text = ps_json_text(object, name);

	return text ? ps_safe_text(text, -1, PS_SAFE_LINE) : NULL;
}

static PsNetAnswer *
read_answer(const cJSON *meta)
{
	PsNetAnswer *answer = g_new0(PsNetAnswer, 1);

	answer->asked = g_strdup(ps_json_text(meta, "asked"));
	answer->url = safe_text(meta, "url");
	answer->type = safe_text(meta, "type");
	answer->allow_origin = safe_text(meta, "allow_origin");
	answer->status = (int)CLAMP(ps_json_integer(meta, "status", 0), 0, 999);
	answer->redirects = (int)CLAMP(ps_json_integer(meta, "redirects", 0), 0, 99);
	answer->error = safe_text(meta, "error");
	return answer;
}

static void
add_wish(cJSON *arguments, const PsNetWish *wish)
{
	if (wish->limit > 0)
		cJSON_AddNumberToObject(arguments, "limit", (double)wish->limit);
	if (wish->agent)
		cJSON_AddStringToObject(arguments, "agent", wish->agent);
	if (wish->origin)
		cJSON_AddStringToObject(arguments, "origin", wish->origin);
}

GBytes *
ps_net_fetch(PsNet *net, const char *url, gsize limit, PsProgress *progress, PsNetAnswer **answer,
	     GError **error)
{
	const PsNetWish wish = {.limit = limit};

	return ps_net_fetch_as(net, url, &wish, progress, answer, error);
}

GBytes *
ps_net_fetch_as(PsNet *net, const char *url, const PsNetWish *wish, PsProgress *progress,
		PsNetAnswer **answer, GError **error)
{
	g_autoptr(cJSON) arguments = new_arguments(net);
	PsRequest request = {.method = "fetch",
			     .arguments = arguments,
			     .progress = progress,
			     .timeout_seconds = SILENCE_SECONDS};
	PsAnswer raw = {NULL, NULL};
	GBytes *bytes = NULL;

	if (answer)
		*answer = NULL;
	cJSON_AddStringToObject(arguments, "url", url);
	add_wish(arguments, wish);
	if (!ps_worker_call(net->worker, &request, &raw, error))
		return NULL;
	g_autoptr(PsNetAnswer) got = read_answer(raw.meta);
	if (!answer && got->status != 200)
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("%s answered with HTTP status %d."), url, got->status);
	else
		bytes = g_steal_pointer(&raw.output);
	if (answer)
		*answer = g_steal_pointer(&got);
	ps_answer_clear(&raw);
	return bytes;
}

/* ---- asking many ---- */

static gboolean
collect(gpointer user, const cJSON *meta)
{
	GHashTable *answers = user;
	PsNetAnswer *answer = read_answer(meta);

	if (answer->asked)
		g_hash_table_replace(answers, answer->asked, answer);
	else
		ps_net_answer_free(answer);
	return TRUE;
}

static gboolean
probe_some(PsNet *net, const char *const *urls, gsize count, GHashTable *answers, GError **error)
{
	g_autoptr(cJSON) arguments = new_arguments(net);
	g_autoptr(GHashTable) asked = g_hash_table_new(g_str_hash, g_str_equal);
	cJSON *list = cJSON_AddArrayToObject(arguments, "urls");
	PsRequest request = {.method = "probe",
			     .arguments = arguments,
			     .on_meta = collect,
			     .user = answers,
			     .timeout_seconds = SILENCE_SECONDS};

	for (gsize i = 0; i < count; i++)
		if (g_hash_table_add(asked, (gpointer)urls[i]))
			cJSON_AddItemToArray(list, cJSON_CreateString(urls[i]));
	return ps_worker_call(net->worker, &request, NULL, error);
}

static PsNetAnswer *
copy_answer(GHashTable *answers, const char *url)
{
	const PsNetAnswer *from = g_hash_table_lookup(answers, url);
	PsNetAnswer *answer = g_new0(PsNetAnswer, 1);

	answer->asked = g_strdup(url);
	if (!from) {
		answer->error = g_strdup(_("the net worker gave no answer"));
		return answer;
	}
	answer->url = g_strdup(from->url);
	answer->type = g_strdup(from->type);
	answer->allow_origin = g_strdup(from->allow_origin);
	answer->status = from->status;
	answer->redirects = from->redirects;
	answer->error = g_strdup(from->error);
	return answer;
}

GPtrArray *
ps_net_probe(PsNet *net, const char *const *urls, PsProgress *progress, GError **error)
{
	g_autoptr(GHashTable) answers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
							      (GDestroyNotify)ps_net_answer_free);
	gsize total = g_strv_length((char **)urls);

	for (gsize at = 0; at < total; at += PROBE_MAX) {
		if (ps_progress_cancelled(progress, error) ||
		    !probe_some(net, urls + at, MIN(PROBE_MAX, total - at), answers, error))
			return NULL;
		ps_progress_set(progress, (gint64)MIN(at + PROBE_MAX, total), (gint64)total, NULL);
	}
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)ps_net_answer_free);
	for (gsize i = 0; i < total; i++)
		g_ptr_array_add(list, copy_answer(answers, urls[i]));
	return list;
}

/* ---- uploading ---- */

typedef struct {
	PsNetPlaced placed;
	gpointer user;
} Placed;

static gboolean
on_placed(gpointer user, const cJSON *meta)
{
	const Placed *placed = user;
	const char *remote = ps_json_text(meta, "remote");

	if (remote && placed->placed)
		placed->placed(placed->user, remote);
	return TRUE;
}

gboolean
ps_net_push(PsNet *net, const PsNetTarget *target, const GPtrArray *files, PsNetPlaced placed,
	    gpointer user, PsProgress *progress, GError **error)
{
	g_autoptr(cJSON) arguments = new_arguments(net);
	cJSON *list = cJSON_AddArrayToObject(arguments, "files");
	Placed callback = {placed, user};
	PsRequest request = {.method = "push",
			     .arguments = arguments,
			     .on_meta = on_placed,
			     .user = &callback,
			     .progress = progress,
			     .timeout_seconds = SILENCE_SECONDS};

	cJSON_AddStringToObject(arguments, "target", target->target);
	cJSON_AddStringToObject(arguments, "known_hosts", target->known_hosts);
	if (target->key)
		cJSON_AddStringToObject(arguments, "key", target->key);
	for (guint i = 0; i < files->len; i++) {
		const PsNetFile *file = files->pdata[i];
		cJSON *item = cJSON_CreateObject();
		if (file->local)
			cJSON_AddStringToObject(item, "local", file->local);
		cJSON_AddStringToObject(item, "remote", file->remote);
		cJSON_AddItemToArray(list, item);
	}
	return ps_worker_call(net->worker, &request, NULL, error);
}
