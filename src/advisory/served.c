#include "config.h"

#include "advisory/served-internal.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "advisory/inspect.h"
#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/safe-text.h"

#define ORIGIN "https://csaf-viewer.example"
#define HOST_BYTES "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:"
#define MOST_ANSWERS 500000
#define MOST_LISTS 2000 /* and keys, listings: what is no document and none of its proofs */
#define MOST_BYTES ((gsize)4 << 30)
#define LONGEST_STEP 200 /* file names end at 255 bytes */
#define LONGEST_ADDRESS 2000
#define TEXT_LIMIT (64 * 1024 * 1024)
#define BODY_LIMIT (1024 * 1024)

/* ---- addresses ---- */

static gboolean
is_step(const char *step)
{
	return *step && strlen(step) <= LONGEST_STEP && !g_str_equal(step, ".") &&
	       !g_str_equal(step, "..");
}

static gboolean
are_steps(const char *path)
{
	g_auto(GStrv) steps = g_strsplit(path, "/", -1);

	for (char **step = steps; *step; step++)
		if (!is_step(*step))
			return FALSE;
	return TRUE;
}

static GUri *
parse_address(const char *url)
{
	g_autoptr(GUri) uri =
		strlen(url) <= LONGEST_ADDRESS
			? g_uri_parse(url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL)
			: NULL;

	const char *host = uri ? g_uri_get_host(uri) : NULL;
	if (!host || !*host || g_strcmp0(g_uri_get_scheme(uri), "https") != 0 ||
	    g_uri_get_user(uri) || strspn(host, HOST_BYTES) != strlen(host))
		return NULL;
	return g_steal_pointer(&uri);
}

static char *
host_of(GUri *uri)
{
	g_autofree char *host = g_ascii_strdown(g_uri_get_host(uri), -1);

	return g_uri_get_port(uri) > 0 ? g_strdup_printf("%s:%d", host, g_uri_get_port(uri))
				       : g_steal_pointer(&host);
}

/* A folder's address ends with a slash; it is kept as what would be looked for in it. */
char *
ps_served_path(const char *url)
{
	g_autoptr(GUri) uri = parse_address(url);

	if (!uri || g_uri_get_query(uri))
		return NULL;
	g_autofree char *host = host_of(uri);
	const char *path = g_uri_get_path(uri);
	g_autofree char *whole =
		g_strconcat(host, *path == '/' ? "" : "/", path,
			    *path == '\0' || g_str_has_suffix(path, "/") ? "provider-metadata.json"
									 : "",
			    NULL);

	return are_steps(whole) ? g_steal_pointer(&whole) : NULL;
}

char *
ps_served_well_known(const PsServed *served)
{
	return g_strdup_printf("https://%s/.well-known/csaf/provider-metadata.json", served->host);
}

char *
ps_served_dns_path(const PsServed *served)
{
	const char *port = strrchr(served->host, ':');

	return g_strdup_printf("https://csaf.data.security.%s%s/", served->domain,
			       port && !strchr(port, ']') ? port : "");
}

char *
ps_served_security_txt(const PsServed *served, gboolean old_place)
{
	return g_strdup_printf("https://%s/%ssecurity.txt", served->host,
			       old_place ? "" : ".well-known/");
}

char *
ps_served_aggregator(const PsServed *served)
{
	return g_strdup_printf("https://%s/.well-known/csaf-aggregator/aggregator.json",
			       served->host);
}

/* RFC 9116: a field a line; the field's name in any case. A signature's frame is passed over. */
GPtrArray *
ps_served_csaf_fields(const char *text)
{
	GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++)
		if (g_ascii_strncasecmp(*line, "CSAF:", 5) == 0)
			g_ptr_array_add(fields, g_strstrip(g_strdup(*line + 5)));
	return fields;
}

/* ---- what came ---- */

static void
answer_free(gpointer data)
{
	PsServedAnswer *answer = data;
	char **texts[] = {&answer->url,  &answer->path,         &answer->label, &answer->error,
			  &answer->last, &answer->allow_origin, &answer->body};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(*texts[i]);
	g_free(answer);
}

static void
document_free(gpointer data)
{
	PsServedDocument *document = data;

	g_free(document->url);
	g_free(document->path);
	g_free(document->label);
	g_ptr_array_unref(document->proofs);
	g_free(document);
}

void
ps_served_free(PsServed *served)
{
	if (!served)
		return;
	if (served->dir)
		ps_dir_remove(served->dir, NULL);
	GPtrArray **lists[] = {&served->answers, &served->order, &served->directories,
			       &served->strangers, &served->odd};
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		g_clear_pointer(lists[i], g_ptr_array_unref);
	g_clear_pointer(&served->by_url, g_hash_table_unref);
	g_clear_pointer(&served->documents, g_hash_table_unref);
	g_free(served->dir);
	g_free(served->host);
	g_free(served->domain);
	g_free(served->given);
	g_free(served);
}

const PsServedAnswer *
ps_served_answer(const PsServed *served, const char *url)
{
	return g_hash_table_lookup(served->by_url, url);
}

gboolean
ps_served_passed_over(const PsServed *served, const char *path)
{
	const PsServedDocument *document = g_hash_table_lookup(served->documents, path);

	return document && !document->asked;
}

gboolean
ps_served_is_closed(const PsServedAnswer *answer)
{
	if (!*answer->label)
		return answer->status == 401 || answer->status == 403;
	return ps_inspect_is_guarded(answer->label) && answer->status != 200;
}

static char *
domain_of(GUri *uri)
{
	g_autofree char *host = g_ascii_strdown(g_uri_get_host(uri), -1);

	return g_strdup(g_str_has_prefix(host, "www.") ? host + 4 : host);
}

static gboolean
read_where(PsServed *served, const char *where, GError **error)
{
	g_autofree char *url =
		strstr(where, "://") ? g_strdup(where) : g_strconcat("https://", where, NULL);
	g_autoptr(GUri) uri = parse_address(url);

	if (!uri) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” can't be asked. Give a domain (example.com) or an address that "
			      "begins with https://."),
			    where);
		return FALSE;
	}
	served->host = host_of(uri);
	served->domain = domain_of(uri);
	if (g_str_has_suffix(g_uri_get_path(uri), ".json"))
		served->given = g_strdup(url);
	else if (strlen(g_uri_get_path(uri)) > 1)
		served->given = g_strconcat(url, g_str_has_suffix(url, "/") ? "" : "/",
					    "provider-metadata.json", NULL);
	return TRUE;
}

PsServed *
ps_served_new(const char *where, GError **error)
{
	g_autoptr(PsServed) served = g_new0(PsServed, 1);

	served->answers = g_ptr_array_new_with_free_func(answer_free);
	served->by_url = g_hash_table_new(g_str_hash, g_str_equal);
	served->documents = g_hash_table_new(g_str_hash, g_str_equal);
	served->order = g_ptr_array_new_with_free_func(document_free);
	served->directories = g_ptr_array_new();
	served->strangers = g_ptr_array_new_with_free_func(g_free);
	served->odd = g_ptr_array_new_with_free_func(g_free);
	if (!read_where(served, where, error))
		return NULL;
	/* on disk, not in memory: it may be gigabytes */
	g_autofree char *made = g_dir_make_tmp("psirtdesk-provider-XXXXXX", NULL);
	if (!made) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("A directory for what is fetched could not be made below “%s”: %s."),
			    g_get_tmp_dir(), g_strerror(errno));
		return NULL;
	}
	served->dir = g_steal_pointer(&made);
	return g_steal_pointer(&served);
}

/* ---- asking ---- */

static gboolean
is_of_domain(const PsServed *served, GUri *uri)
{
	g_autofree char *host = g_ascii_strdown(g_uri_get_host(uri), -1),
			*below = g_strconcat(".", served->domain, NULL);

	return g_str_equal(host, served->domain) || g_str_has_suffix(host, below);
}

static gboolean
may_ask(PsGather *gather, const char *url)
{
	g_autoptr(GUri) uri = parse_address(url);
	GPtrArray *refused = NULL;

	if (!uri)
		refused = gather->served->odd;
	else if (!gather->tree->others && !is_of_domain(gather->served, uri))
		refused = gather->served->strangers;
	if (refused && !g_ptr_array_find_with_equal_func(refused, url, g_str_equal, NULL) &&
	    refused->len < 100)
		g_ptr_array_add(refused, g_strdup(url));
	return refused == NULL;
}

/* Keys lie on key servers under names without an ending. */
static char *
place_of(PsServedUse use, const char *url)
{
	g_autoptr(GUri) uri = parse_address(url);
	g_autofree char *path = ps_served_path(url);

	if (use != PS_SERVED_KEY || !uri || (path && g_str_has_suffix(path, ".asc")))
		return g_steal_pointer(&path);
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, url, -1);
	g_autofree char *host = host_of(uri);
	return g_strdup_printf("%s/key-%.16s.asc", host, hash);
}

static void
keep_body(PsGather *gather, PsServedAnswer *answer, GBytes *body)
{
	gsize length;
	const char *data = g_bytes_get_data(body, &length);

	if (answer->use == PS_SERVED_LISTING || answer->use == PS_SERVED_SECURITY_TXT) {
		answer->body = g_utf8_make_valid(data ? data : "", MIN(length, BODY_LIMIT));
		return;
	}
	if (!answer->path)
		return;
	g_autofree char *whole = g_build_filename(gather->served->dir, answer->path, NULL),
			*folder = g_path_get_dirname(whole);
	g_autoptr(GError) problem = NULL;
	/* one address may be the folder of another */
	if (g_mkdir_with_parents(folder, 0700) != 0 ||
	    !g_file_set_contents(whole, data ? data : "", (gssize)length, &problem))
		answer->error = g_strdup(_("it cannot be kept under its name"));
}

static void
take_answer(PsServedAnswer *answer, PsNetAnswer *came)
{
	answer->status = came->status;
	answer->redirects = came->redirects;
	answer->last = g_strdup(came->url);
	answer->allow_origin = g_strdup(came->allow_origin);
}

static gboolean
within_bounds(PsGather *gather, PsServedUse use, GError **error)
{
	gather->lists += use < PS_SERVED_DOCUMENT;
	if (gather->lists > MOST_LISTS) {
		g_set_error(
			error, PS_ERROR, PS_ERROR_LIMIT,
			_("The metadata of “%s” name more than %d feeds, folders and keys; that "
			  "is more than is asked for."),
			gather->served->host, MOST_LISTS);
		return FALSE;
	}
	if (gather->served->answers->len < MOST_ANSWERS && gather->bytes < MOST_BYTES)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
		    _("“%s” gives out more than %d files or %d GiB; judge a sample."),
		    gather->served->host, MOST_ANSWERS, (int)(MOST_BYTES >> 30));
	return FALSE;
}

static gboolean
fetch(PsGather *gather, PsServedAnswer *answer, GError **error)
{
	const PsNetWish wish = {.origin = ORIGIN};
	g_autoptr(PsNetAnswer) came = NULL;
	g_autoptr(GError) problem = NULL;
	g_autoptr(GBytes) body = ps_net_fetch_as(gather->tree->net, answer->url, &wish,
						 gather->progress, &came, &problem);

	if (!body && !g_error_matches(problem, PS_ERROR, PS_ERROR_IO) &&
	    !g_error_matches(problem, PS_ERROR, PS_ERROR_LIMIT)) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (!body) {
		answer->error = ps_safe_text(problem->message, -1, PS_SAFE_LINE);
		return TRUE;
	}
	take_answer(answer, came);
	gather->bytes += g_bytes_get_size(body);
	if (answer->status == 200)
		keep_body(gather, answer, body);
	return TRUE;
}

gboolean
ps_gather_ask(PsGather *gather, PsServedUse use, const char *url, const char *label,
	      const PsServedAnswer **given, GError **error)
{
	PsServed *served = gather->served;
	PsServedAnswer *answer = g_hash_table_lookup(served->by_url, url);

	if (given)
		*given = answer;
	if (answer || !may_ask(gather, url))
		return TRUE;
	if (!within_bounds(gather, use, error) || ps_progress_cancelled(gather->progress, error))
		return FALSE;
	answer = g_new0(PsServedAnswer, 1);
	*answer = (PsServedAnswer){.use = use,
				   .url = g_strdup(url),
				   .path = place_of(use, url),
				   .label = g_strdup(label ? label : "")};
	g_ptr_array_add(served->answers, answer);
	g_hash_table_insert(served->by_url, answer->url, answer);
	if (given)
		*given = answer;
	return fetch(gather, answer, error);
}

void
ps_gather_drop(PsGather *gather, const PsServedAnswer *answer)
{
	PsServedAnswer *ours = g_hash_table_lookup(gather->served->by_url, answer->url);
	g_autofree char *whole =
		answer->path ? g_build_filename(gather->served->dir, answer->path, NULL) : NULL;

	if (whole)
		g_unlink(whole);
	if (!ours->error)
		ours->error = g_strdup(_("what is given out there is another thing"));
}

char *
ps_gather_text(const PsGather *gather, const PsServedAnswer *answer)
{
	if (!answer || answer->status != 200 || answer->error || !answer->path)
		return NULL;
	g_autofree char *whole = g_build_filename(gather->served->dir, answer->path, NULL);
	return ps_file_read(whole, TEXT_LIMIT, NULL, NULL);
}

cJSON *
ps_gather_json(const PsGather *gather, const PsServedAnswer *answer)
{
	g_autofree char *text = ps_gather_text(gather, answer);

	return text ? ps_json_parse(text, strlen(text), NULL, NULL) : NULL;
}
