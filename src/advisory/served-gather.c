#include "config.h"

/* What to ask a server for: from the domain to the metadata, from these to the lists, from these to
 * the documents and their proofs. */

#include "advisory/served-internal.h"

#include <string.h>

#include "advisory/inspect.h"
#include "base/i18n.h"

#define MOST_METADATA 8 /* addresses in one security.txt */
#define MOST_DOCUMENTS 1000000

static const PsServedAnswer *
find(const PsGather *gather, const char *url)
{
	return ps_served_answer(gather->served, url);
}

/* ---- documents ---- */

static PsServedDocument *
note_document(PsGather *gather, const char *url, const char *label)
{
	PsServed *served = gather->served;
	g_autofree char *path = ps_served_path(url);
	PsServedDocument *document = path ? g_hash_table_lookup(served->documents, path) : NULL;

	if (!path && served->odd->len < 100)
		g_ptr_array_add(served->odd, g_strdup(url));
	if (document && !*document->label) {
		g_free(document->label);
		document->label = g_strdup(label);
	}
	if (!path || document || served->order->len >= MOST_DOCUMENTS)
		return document;
	document = g_new0(PsServedDocument, 1);
	document->url = g_strdup(url);
	document->path = g_steal_pointer(&path);
	document->label = g_strdup(label);
	document->proofs = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(served->order, document);
	g_hash_table_insert(served->documents, document->path, document);
	return document;
}

static void
note_entry(PsGather *gather, const cJSON *entry, const char *label)
{
	const char *source =
		ps_json_text(cJSON_GetObjectItemCaseSensitive(entry, "content"), "src");
	PsServedDocument *document = source ? note_document(gather, source, label) : NULL;
	const cJSON *link;

	if (!document)
		return;
	cJSON_ArrayForEach (link, cJSON_GetObjectItemCaseSensitive(entry, "link")) {
		const char *rel = ps_json_text(link, "rel"), *href = ps_json_text(link, "href");
		if (href && (g_strcmp0(rel, "hash") == 0 || g_strcmp0(rel, "signature") == 0) &&
		    document->proofs->len < 8)
			g_ptr_array_add(document->proofs, g_strdup(href));
	}
}

/* A line of index.txt below its folder; bytes that an address can't have are written as %XX. */
static void
note_line(PsGather *gather, const char *folder, const char *line, const char *label)
{
	g_autofree char *name = g_uri_escape_string(line, "/+", FALSE);
	g_autofree char *url = g_strconcat(folder, name, NULL);

	note_document(gather, url, label);
}

/* ---- lists ---- */

static gboolean
ask_feed(PsGather *gather, const char *url, const char *label, GError **error)
{
	const PsServedAnswer *answer;
	const cJSON *entry;

	if (!ps_gather_ask(gather, PS_SERVED_FEED, url, label, &answer, error))
		return FALSE;
	g_autoptr(cJSON) root = ps_gather_json(gather, answer);
	cJSON_ArrayForEach (entry, ps_json_at(root, "/feed/entry"))
		note_entry(gather, entry, label);
	return TRUE;
}

/* The folder's own listing, and that of its newest year. */
static gboolean
ask_listings(PsGather *gather, const char *folder, const char *label, const char *year,
	     GError **error)
{
	const PsServedAnswer *answer;

	if (!ps_gather_ask(gather, PS_SERVED_LISTING, folder, label, &answer, error))
		return FALSE;
	if (answer)
		g_ptr_array_add(gather->served->directories, (gpointer)answer);
	if (!year)
		return TRUE;
	g_autofree char *below = g_strdup_printf("%s%.4s/", folder, year);
	return ps_gather_ask(gather, PS_SERVED_LISTING, below, label, NULL, error);
}

static gboolean
ask_directory(PsGather *gather, const char *url, const char *label, GError **error)
{
	g_autofree char *folder = g_strconcat(url, g_str_has_suffix(url, "/") ? "" : "/", NULL);
	g_autofree char *index = g_strconcat(folder, "index.txt", NULL),
			*changes = g_strconcat(folder, "changes.csv", NULL), *year = NULL;
	const PsServedAnswer *answer;

	if (!ps_gather_ask(gather, PS_SERVED_INDEX, index, label, &answer, error) ||
	    !ps_gather_ask(gather, PS_SERVED_CHANGES, changes, label, NULL, error))
		return FALSE;
	g_autofree char *text = ps_gather_text(gather, answer);
	g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
	for (char **line = lines; *line; line++) {
		if (!*g_strstrip(*line))
			continue;
		note_line(gather, folder, *line, label);
		if (!year && strspn(*line, "0123456789") == 4 && (*line)[4] == '/')
			year = g_strndup(*line, 4);
	}
	return ask_listings(gather, folder, label, year, error);
}

static gboolean
ask_addresses(PsGather *gather, PsServedUse use, const cJSON *list, GError **error)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		if (cJSON_IsString(item) &&
		    !ps_gather_ask(gather, use, item->valuestring, NULL, NULL, error))
			return FALSE;
	return TRUE;
}

static gboolean
ask_feeds(PsGather *gather, const cJSON *distribution, GError **error)
{
	const cJSON *feed;

	cJSON_ArrayForEach (feed, ps_json_at(distribution, "/rolie/feeds")) {
		const char *address = ps_json_text(feed, "url"),
			   *of = ps_json_text(feed, "tlp_label");
		if (address && !ask_feed(gather, address, of ? of : "", error))
			return FALSE;
	}
	return ask_addresses(gather, PS_SERVED_SERVICE, ps_json_at(distribution, "/rolie/services"),
			     error) &&
	       ask_addresses(gather, PS_SERVED_CATEGORY,
			     ps_json_at(distribution, "/rolie/categories"), error);
}

/* CSAF 2.0 names folders without a label: that of the feed in it. */
static const char *
label_of_feed_in(const PsGather *gather, const char *folder)
{
	for (guint i = 0; i < gather->served->answers->len; i++) {
		const PsServedAnswer *answer = gather->served->answers->pdata[i];
		if (answer->use == PS_SERVED_FEED && g_str_has_prefix(answer->url, folder) &&
		    !strchr(answer->url + strlen(folder) + 1, '/'))
			return answer->label;
	}
	return "";
}

static gboolean
ask_directories(PsGather *gather, const cJSON *distribution, GError **error)
{
	const cJSON *directory = cJSON_GetObjectItemCaseSensitive(distribution, "directory");
	const char *old = ps_json_text(distribution, "directory_url"),
		   *url = ps_json_text(directory, "url"),
		   *label = ps_json_text(directory, "tlp_label");

	return (!old ||
		ask_directory(gather, old, *old ? label_of_feed_in(gather, old) : "", error)) &&
	       (!url || ask_directory(gather, url, label ? label : "", error));
}

/* ---- metadata ---- */

/* An address that nothing names: many servers answer with some page. That is no file of the tree.
 */
static gboolean
ask_customary(PsGather *gather, PsServedUse use, const char *url, const char *has, GError **error)
{
	const PsServedAnswer *answer;

	if (find(gather, url))
		return TRUE;
	if (!ps_gather_ask(gather, use, url, NULL, &answer, error))
		return FALSE;
	g_autoptr(cJSON) root = ps_gather_json(gather, answer);
	if (answer && answer->status == 200 && !cJSON_GetObjectItemCaseSensitive(root, has))
		ps_gather_drop(gather, answer);
	return TRUE;
}

static gboolean
read_metadata(PsGather *gather, const PsServedAnswer *answer, GError **error)
{
	g_autoptr(cJSON) root = ps_gather_json(gather, answer);
	const cJSON *item;

	if (!root)
		return TRUE;
	cJSON_ArrayForEach (item, ps_json_at(root, "/public_openpgp_keys")) {
		const char *url = ps_json_text(item, "url");
		if (url && !ps_gather_ask(gather, PS_SERVED_KEY, url, NULL, NULL, error))
			return FALSE;
	}
	cJSON_ArrayForEach (item, ps_json_at(root, "/distributions"))
		if (!ask_feeds(gather, item, error))
			return FALSE;
	cJSON_ArrayForEach (item, ps_json_at(root, "/distributions"))
		if (!ask_directories(gather, item, error))
			return FALSE;
	/* the customary place of the service document, where it is not named */
	g_autofree char *folder =
		g_strndup(answer->url, (gsize)(strrchr(answer->url, '/') - answer->url + 1));
	g_autofree char *service = g_strconcat(folder, "service.json", NULL);
	return ask_customary(gather, PS_SERVED_SERVICE, service, "service", error);
}

static gboolean
ask_metadata(PsGather *gather, const char *url, GError **error)
{
	if (find(gather, url))
		return TRUE;
	const PsServedAnswer *answer;
	return ps_gather_ask(gather, PS_SERVED_METADATA, url, NULL, &answer, error) &&
	       (!answer || read_metadata(gather, answer, error));
}

static gboolean
try_metadata(PsGather *gather, const char *url, GError **error)
{
	if (find(gather, url))
		return TRUE;
	return ask_customary(gather, PS_SERVED_METADATA, url, "metadata_version", error) &&
	       (!find(gather, url) || read_metadata(gather, find(gather, url), error));
}

static gboolean
ask_security_txt(PsGather *gather, GError **error)
{
	const PsServedAnswer *answer = NULL;

	for (int old = FALSE; old <= TRUE && (!answer || !answer->body); old++) {
		g_autofree char *url = ps_served_security_txt(gather->served, old);
		if (!ps_gather_ask(gather, PS_SERVED_SECURITY_TXT, url, NULL, &answer, error))
			return FALSE;
	}
	if (!answer || !answer->body)
		return TRUE;
	g_autoptr(GPtrArray) fields = ps_served_csaf_fields(answer->body);
	for (guint i = 0; i < MIN(fields->len, MOST_METADATA); i++)
		if (!ask_metadata(gather, fields->pdata[i], error))
			return FALSE;
	return TRUE;
}

/* Section 7.3.1: well-known, security.txt, DNS. All three are asked, since each is a requirement
 * of its own; an address that was given comes first. */
static gboolean
locate(PsGather *gather, GError **error)
{
	PsServed *served = gather->served;
	g_autofree char *well_known = ps_served_well_known(served),
			*dns = ps_served_dns_path(served),
			*aggregator = ps_served_aggregator(served);

	return (!served->given || ask_metadata(gather, served->given, error)) &&
	       try_metadata(gather, well_known, error) && ask_security_txt(gather, error) &&
	       try_metadata(gather, dns, error) &&
	       ask_customary(gather, PS_SERVED_AGGREGATOR, aggregator, "aggregator", error);
}

/* ---- a sample of the documents ---- */

static gboolean
ask_document(PsGather *gather, PsServedDocument *document, GError **error)
{
	static const struct {
		PsServedUse use;
		const char *suffix;
	} proofs[] = {{PS_SERVED_HASH, ".sha256"},
		      {PS_SERVED_HASH, ".sha512"},
		      {PS_SERVED_SIGNATURE, ".asc"}};
	const PsServedAnswer *answer;

	document->asked = TRUE;
	if (!ps_gather_ask(gather, PS_SERVED_DOCUMENT, document->url, document->label, &answer,
			   error))
		return FALSE;
	if (!answer || answer->status != 200)
		return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(proofs); i++) {
		g_autofree char *url = g_strconcat(document->url, proofs[i].suffix, NULL);
		if (!ps_gather_ask(gather, proofs[i].use, url, document->label, NULL, error))
			return FALSE;
	}
	for (guint i = 0; i < document->proofs->len; i++) {
		const char *url = document->proofs->pdata[i];
		PsServedUse use =
			g_str_has_suffix(url, ".asc") ? PS_SERVED_SIGNATURE : PS_SERVED_HASH;
		if (!ps_gather_ask(gather, use, url, document->label, NULL, error))
			return FALSE;
	}
	return TRUE;
}

/* Spread evenly over the lists, the first and the last among them. */
static gboolean
ask_documents(PsGather *gather, GError **error)
{
	GPtrArray *all = gather->served->order;
	guint sample = gather->tree->sample, total = all->len;
	guint count = sample > 0 && sample < total ? sample : total;

	for (guint i = 0; i < count; i++) {
		guint at = count > 1 ? (guint)((guint64)i * (total - 1) / (count - 1)) : 0;
		ps_progress_set(gather->progress, i, count, _("Fetching documents"));
		if (!ask_document(gather, all->pdata[at], error))
			return FALSE;
	}
	return TRUE;
}

PsServed *
ps_served_gather(const PsServedTree *tree, PsProgress *progress, GError **error)
{
	g_autoptr(PsServed) served = ps_served_new(tree->where, error);
	PsGather gather = {.tree = tree, .served = served, .progress = progress};

	if (!served)
		return NULL;
	ps_progress_set(progress, 0, 0, _("Asking for the metadata"));
	if (!locate(&gather, error) || !ask_documents(&gather, error))
		return NULL;
	return g_steal_pointer(&served);
}
