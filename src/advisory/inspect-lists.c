#include "config.h"

/* Lists of what is published: CSAF 2.0 sections 7.1.11 to 7.1.17. */

#include "advisory/inspect.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"

/* "2026/name.json": what lists below a place call a document. */
static char *
listed_name(const PsCsafFile *file)
{
	return ps_inspect_join(file->year, file->name);
}

/* The documents of a place: listed name -> PsCsafFile*, lent. */
static GHashTable *
documents_of(const PsInspection *inspection, const char *place)
{
	GHashTable *documents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < inspection->documents->len; i++) {
		PsCsafFile *file = inspection->documents->pdata[i];
		if (g_str_equal(file->place, place))
			g_hash_table_insert(documents, listed_name(file), file);
	}
	return documents;
}

static void
report_unlisted(PsInspection *inspection, int number, const char *path, GHashTable *documents,
		GHashTable *listed)
{
	GHashTableIter iter;
	gpointer name;

	g_hash_table_iter_init(&iter, documents);
	while (g_hash_table_iter_next(&iter, &name, NULL))
		if (!g_hash_table_contains(listed, name))
			ps_inspect_fail(inspection, number, path, _("“%s” is not listed."),
					(const char *)name);
}

/* ---- 12: index.txt ---- */

static void
judge_index(PsInspection *inspection, const char *place, GHashTable *documents)
{
	g_autofree char *path = ps_inspect_join(place, "index.txt");
	g_autofree char *text = ps_inspect_text(inspection, path);
	g_autoptr(GHashTable) listed = g_hash_table_new(g_str_hash, g_str_equal);

	if (!text) {
		ps_inspect_fail(inspection, 12, path, _("the file is missing."));
		return;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		g_strchomp(*line);
		if (!**line)
			continue;
		if (!g_hash_table_contains(documents, *line))
			ps_inspect_fail(inspection, 12, path,
					_("“%s” is listed, but there is no such document."), *line);
		g_hash_table_add(listed, *line);
	}
	report_unlisted(inspection, 12, path, documents, listed);
}

/* ---- 13: changes.csv ---- */

/* "path","date": the two, unquoted; NULL: another form. CSAF 2.1 has no quotes. */
static char **
read_change(const char *line, gboolean quoted)
{
	g_auto(GStrv) cells = g_strsplit(line, quoted ? "\",\"" : ",", -1);

	if (!quoted)
		return g_strv_length(cells) == 2 && !strchr(line, '"') ? g_steal_pointer(&cells)
								       : NULL;

	if (g_strv_length(cells) != 2 || cells[0][0] != '"' || !g_str_has_suffix(cells[1], "\""))
		return NULL;
	cells[1][strlen(cells[1]) - 1] = '\0';
	memmove(cells[0], cells[0] + 1, strlen(cells[0]));
	return g_steal_pointer(&cells);
}

static gboolean
any_2_1(GHashTable *documents)
{
	GHashTableIter iter;
	gpointer file;

	g_hash_table_iter_init(&iter, documents);
	while (g_hash_table_iter_next(&iter, NULL, &file))
		if (g_str_equal(((const PsCsafFile *)file)->version, "2.1"))
			return TRUE;
	return FALSE;
}

typedef struct {
	PsInspection *inspection;
	const char *path;
	GHashTable *documents, *listed;
	gboolean quoted;
	gint64 last; /* date of the line before */
} Changes;

static void
judge_change(Changes *changes, const char *line)
{
	g_auto(GStrv) cells = read_change(line, changes->quoted);
	gint64 at, current;

	if (!cells) {
		ps_inspect_fail(changes->inspection, 13, changes->path,
				changes->quoted ? _("“%s” is not \"PATH\",\"DATE\".")
						: _("“%s” is not PATH,DATE without quotes."),
				line);
		return;
	}
	const PsCsafFile *file = g_hash_table_lookup(changes->documents, cells[0]);
	if (!ps_utc_parse(cells[1], &at, NULL)) {
		ps_inspect_fail(changes->inspection, 13, changes->path,
				_("“%s” has no date that can be read."), cells[0]);
		return;
	}
	if (at > changes->last)
		ps_inspect_fail(changes->inspection, 13, changes->path,
				_("“%s” stands below an older one; the newest comes first."),
				cells[0]);
	changes->last = at;
	if (!file)
		ps_inspect_fail(changes->inspection, 13, changes->path,
				_("“%s” is listed, but there is no such document."), cells[0]);
	/* The first line of a document is its newest; older ones may follow. */
	else if (!g_hash_table_contains(changes->listed, cells[0]) &&
		 (!ps_utc_parse(file->current, &current, NULL) || current != at))
		ps_inspect_fail(changes->inspection, 13, changes->path,
				_("“%s” has the date “%s”, but its current release date is “%s”."),
				cells[0], cells[1], file->current);
	g_hash_table_add(changes->listed, g_strdup(cells[0]));
}

static void
judge_changes(PsInspection *inspection, const char *place, GHashTable *documents)
{
	g_autofree char *path = ps_inspect_join(place, "changes.csv");
	g_autofree char *text = ps_inspect_text(inspection, path);
	g_autoptr(GHashTable) listed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Changes changes = {inspection, path, documents, listed, !any_2_1(documents), G_MAXINT64};

	if (!text) {
		ps_inspect_fail(inspection, 13, path, _("the file is missing."));
		return;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		if (*g_strchomp(*line))
			judge_change(&changes, *line);
	report_unlisted(inspection, 13, path, documents, listed);
}

/* ---- 15: ROLIE feeds ---- */

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
document_for(const Feeds *feeds, const PsJsonFile *feed, const char *name)
{
	g_autofree char *place = g_path_get_dirname(feed->path);
	g_autofree char *path = ps_inspect_join(g_str_equal(place, ".") ? "" : place, name);
	const PsCsafFile *beside = g_hash_table_lookup(feeds->by_path, path);

	return beside ? beside : g_hash_table_lookup(feeds->by_name, name);
}

static void
judge_entry(const Feeds *feeds, const PsJsonFile *json, const cJSON *entry, const char **label)
{
	const char *source =
		ps_json_text(cJSON_GetObjectItemCaseSensitive(entry, "content"), "src");
	g_autofree char *name = name_in_address(source);
	const PsCsafFile *file = document_for(feeds, json, name);

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

static void
judge_feeds(PsInspection *inspection)
{
	g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) by_name =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) listed = g_hash_table_new(g_str_hash, g_str_equal);
	const Feeds feeds = {inspection, by_path, by_name, listed};

	if (inspection->feeds->len == 0) {
		ps_inspect_unused(inspection, 15);
		return;
	}
	for (guint i = 0; i < inspection->documents->len; i++) {
		PsCsafFile *file = inspection->documents->pdata[i];
		g_hash_table_insert(by_path, file->path, file);
		g_hash_table_replace(by_name, listed_name(file), file);
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

/* A provider offers directories or feeds (section 7.2.2): without any list of the former, but with
 * feeds, the requirements of directories are not its own. */
static gboolean
uses_directories(const PsInspection *inspection, GPtrArray *places)
{
	for (guint i = 0; i < places->len; i++) {
		g_autofree char *index = ps_inspect_join(places->pdata[i], "index.txt");
		g_autofree char *changes = ps_inspect_join(places->pdata[i], "changes.csv");
		if (g_hash_table_contains(inspection->there, index) ||
		    g_hash_table_contains(inspection->there, changes))
			return TRUE;
	}
	return inspection->feeds->len == 0;
}

static void
judge_years(PsInspection *inspection)
{
	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		if (!*file->year)
			ps_inspect_fail(inspection, 11, file->path,
					_("the document does not lie in the folder of a year."));
		else if (strncmp(file->first, file->year, 4) != 0)
			ps_inspect_fail(inspection, 11, file->path,
					_("its initial release date is “%s”."), file->first);
	}
}

static void
judge_directories(PsInspection *inspection)
{
	g_autoptr(GPtrArray) places = ps_inspect_places(inspection);

	if (!uses_directories(inspection, places)) {
		for (int number = 11; number <= 14; number++)
			ps_inspect_unused(inspection, number);
		return;
	}
	judge_years(inspection);
	for (guint i = 0; i < places->len; i++) {
		g_autoptr(GHashTable) documents = documents_of(inspection, places->pdata[i]);
		judge_index(inspection, places->pdata[i], documents);
		judge_changes(inspection, places->pdata[i], documents);
	}
	ps_inspect_unknown(inspection, 14, _("Directory listings are made by the web server."));
}

void
ps_inspect_lists(PsInspection *inspection)
{
	judge_directories(inspection);
	judge_feeds(inspection);
	judge_service(inspection);
	judge_categories(inspection);
}
