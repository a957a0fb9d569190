#include "config.h"

/* ROLIE: CSAF 2.0 and 2.1 sections 7.1.15 to 7.1.17. */

#include "advisory/inspect.h"

#include <string.h>

#include "advisory/served.h"
#include "base/i18n.h"

/* ---- 15 ---- */

/* The last two steps of an address: what it is called in lists. */
static char *
name_in_address(const char *url)
{
	const char *last = url ? strrchr(url, '/') : NULL;
	const char *start = last;

	while (start && start > url && start[-1] != '/')
		start--;
	return start ? g_strdup(start) : g_strdup("");
}

static gboolean
has_link(const cJSON *links, const char *rel, const char *suffix, const char *name)
{
	g_autofree char *wanted = g_strconcat("/", name, suffix, NULL);
	const cJSON *link;

	cJSON_ArrayForEach (link, links) {
		const char *href = ps_json_text(link, "href");
		if (g_strcmp0(ps_json_text(link, "rel"), rel) == 0 && href &&
		    g_str_has_suffix(href, wanted))
			return TRUE;
	}
	return FALSE;
}

static void
judge_links(PsInspection *inspection, const char *feed, const cJSON *entry, const PsCsafFile *file)
{
	static const struct {
		const char *rel, *suffix;
	} links[] = {
		{"self", ""},          {"hash", ".sha256"},   {"hash", ".sha512"},
		{"hash", ".sha3-512"}, {"signature", ".asc"},
	};
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(entry, "link");

	for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
		g_autofree char *path = g_strconcat(file->path, links[i].suffix, NULL);
		if (g_hash_table_contains(inspection->there, path) &&
		    !has_link(list, links[i].rel, links[i].suffix, file->name))
			ps_inspect_fail(inspection, 15, feed,
					_("the entry of “%s” has no link “%s” to its file “%s%s”."),
					file->id, links[i].rel, file->name, links[i].suffix);
	}
}

static gboolean
has_category(const cJSON *feed)
{
	const cJSON *category;

	cJSON_ArrayForEach (category, cJSON_GetObjectItemCaseSensitive(feed, "category")) {
		if (g_strcmp0(ps_json_text(category, "scheme"),
			      "urn:ietf:params:rolie:category:information-type") == 0 &&
		    g_strcmp0(ps_json_text(category, "term"), "csaf") == 0)
			return TRUE;
	}
	return FALSE;
}

typedef struct {
	PsInspection *inspection;
	GHashTable *by_path, *by_name; /* PsCsafFile*; by listed name: any of that name */
	GHashTable *listed;            /* paths that stand in some feed */
} Feeds;

/* The same listed name may be there in several places: the one beside the feed is meant. */
static const PsCsafFile *
document_for(const Feeds *feeds, const PsJsonFile *feed, const char *source)
{
	if (feeds->inspection->served) {
		g_autofree char *fetched = source ? ps_served_path(source) : NULL;
		return fetched ? g_hash_table_lookup(feeds->by_path, fetched) : NULL;
	}
	g_autofree char *name = name_in_address(source);
	g_autofree char *place = g_path_get_dirname(feed->path);
	g_autofree char *path = ps_inspect_join(g_str_equal(place, ".") ? "" : place, name);
	const PsCsafFile *beside = g_hash_table_lookup(feeds->by_path, path);

	return beside ? beside : g_hash_table_lookup(feeds->by_name, name);
}

/* What Atom asks of an entry. */
static void
judge_members(PsInspection *inspection, const char *feed, const cJSON *entry)
{
	static const char *const required[] = {"id", "title", "link", "updated", "content"};
	const char *id = ps_json_text(entry, "id");

	for (gsize i = 0; i < G_N_ELEMENTS(required); i++)
		if (!cJSON_GetObjectItemCaseSensitive(entry, required[i]))
			ps_inspect_fail(inspection, 15, feed, _("the entry “%s” has no “%s”."),
					id ? id : "", required[i]);
}

static void
judge_entry(const Feeds *feeds, const PsJsonFile *json, const cJSON *entry, const char **label)
{
	const char *source =
		ps_json_text(cJSON_GetObjectItemCaseSensitive(entry, "content"), "src");
	g_autofree char *path = source && feeds->inspection->served ? ps_served_path(source) : NULL;
	const PsCsafFile *file = document_for(feeds, json, source);

	judge_members(feeds->inspection, json->path, entry);
	if (!file && path && ps_served_passed_over(feeds->inspection->served, path))
		return;
	if (!file) {
		ps_inspect_fail(feeds->inspection, 15, json->path,
				_("there is no document for the address “%s”."),
				source ? source : "");
		return;
	}
	g_hash_table_add(feeds->listed, file->path);
	if (*label && !g_str_equal(*label, file->label))
		ps_inspect_fail(feeds->inspection, 15, json->path,
				_("documents of TLP “%s” and “%s” stand in one feed."), *label,
				file->label);
	*label = file->label;
	judge_links(feeds->inspection, json->path, entry, file);
}

/* TRUE: the feed is for what is free for all (or for nothing yet). */
static gboolean
judge_feed(const Feeds *feeds, const PsJsonFile *json)
{
	const cJSON *feed = cJSON_GetObjectItemCaseSensitive(json->root, "feed"), *entry;
	static const char *const required[] = {"id",       "title",   "link",
					       "category", "updated", "entry"};
	const char *label = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(required); i++)
		if (!cJSON_GetObjectItemCaseSensitive(feed, required[i]))
			ps_inspect_fail(feeds->inspection, 15, json->path,
					_("“/feed/%s” is missing."), required[i]);
	if (!has_category(feed))
		ps_inspect_fail(feeds->inspection, 15, json->path,
				_("the feed does not say that it is about CSAF (category)."));
	cJSON_ArrayForEach (entry, cJSON_GetObjectItemCaseSensitive(feed, "entry"))
		judge_entry(feeds, json, entry, &label);
	return !ps_inspect_is_guarded(label);
}

static void
judge_unfed(const Feeds *feeds)
{
	GPtrArray *documents = feeds->inspection->documents;

	for (guint i = 0; i < documents->len; i++) {
		const PsCsafFile *file = documents->pdata[i];
		if (!g_hash_table_contains(feeds->listed, file->path))
			ps_inspect_fail(feeds->inspection, 15, file->path,
					_("the document stands in no feed."));
	}
}

/* Feeds that the metadata name, and that did not come. Those of what is not for everybody may be
 * refused. */
static void
judge_unanswered(PsInspection *inspection)
{
	for (guint i = 0; inspection->served && i < inspection->served->answers->len; i++) {
		const PsServedAnswer *answer = inspection->served->answers->pdata[i];
		if (answer->use != PS_SERVED_FEED || answer->status == 200 ||
		    ps_inspect_is_guarded(answer->label))
			continue;
		if (answer->error)
			ps_inspect_fail(inspection, 15, answer->url, "%s", answer->error);
		else
			ps_inspect_fail(inspection, 15, answer->url,
					_("the server answers with status %d."), answer->status);
	}
}

static void
judge_feeds(PsInspection *inspection)
{
	g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) by_name =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) listed = g_hash_table_new(g_str_hash, g_str_equal);
	const Feeds feeds = {inspection, by_path, by_name, listed};

	judge_unanswered(inspection);
	if (inspection->feeds->len == 0) {
		ps_inspect_unused(inspection, 15);
		return;
	}
	for (guint i = 0; i < inspection->documents->len; i++) {
		PsCsafFile *file = inspection->documents->pdata[i];
		g_hash_table_insert(by_path, file->path, file);
		g_hash_table_replace(by_name, ps_inspect_listed_name(file), file);
	}
	gboolean open = FALSE;
	for (guint i = 0; i < inspection->feeds->len; i++)
		open = judge_feed(&feeds, inspection->feeds->pdata[i]) || open;
	judge_unfed(&feeds);
	if (!open)
		ps_inspect_fail(
			inspection, 15, NULL,
			_("there is no feed for WHITE (CLEAR), GREEN or unlabelled documents."));
}

/* ---- 16, 17 ---- */

static gboolean
lists_feed(const PsJsonFile *service, const char *feed)
{
	g_autofree char *name = g_path_get_basename(feed);
	g_autofree char *wanted = g_strconcat("/", name, NULL);
	const cJSON *workspace, *collection;

	cJSON_ArrayForEach (workspace, ps_json_at(service->root, "/service/workspace"))
		cJSON_ArrayForEach (collection,
				    cJSON_GetObjectItemCaseSensitive(workspace, "collection")) {
			const char *href = ps_json_text(collection, "href");
			if (href && g_str_has_suffix(href, wanted))
				return TRUE;
		}
	return FALSE;
}

static void
judge_service(PsInspection *inspection)
{
	if (inspection->services->len == 0)
		ps_inspect_unused(inspection, 16);
	for (guint i = 0; i < inspection->services->len; i++)
		for (guint j = 0; j < inspection->feeds->len; j++) {
			const PsJsonFile *service = inspection->services->pdata[i];
			const PsJsonFile *feed = inspection->feeds->pdata[j];
			if (!lists_feed(service, feed->path))
				ps_inspect_fail(inspection, 16, service->path,
						_("the feed “%s” is not listed."), feed->path);
		}
}

/* Category documents have no fixed name; RFC 8322 asks for a term in each category. */
static void
judge_categories(PsInspection *inspection)
{
	const cJSON *category;

	if (inspection->categories->len == 0)
		ps_inspect_unused(inspection, 17);
	for (guint i = 0; i < inspection->categories->len; i++) {
		const PsJsonFile *file = inspection->categories->pdata[i];
		const cJSON *list = ps_json_at(file->root, "/categories/category");
		if (!cJSON_IsArray(list))
			ps_inspect_fail(inspection, 17, file->path,
					_("“/categories/category” is no list."));
		cJSON_ArrayForEach (category, list)
			if (!ps_json_text(category, "term"))
				ps_inspect_fail(inspection, 17, file->path,
						_("a category has no “term”."));
	}
}

void
ps_inspect_feeds(PsInspection *inspection)
{
	judge_feeds(inspection);
	judge_service(inspection);
	judge_categories(inspection);
}
