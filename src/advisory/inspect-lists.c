#include "config.h"

/* Folders and their lists: CSAF 2.0 and 2.1 sections 7.1.11 to 7.1.14. */

#include "advisory/inspect.h"

#include <string.h>

#include "advisory/served.h"
#include "base/i18n.h"
#include "base/utc.h"

/* Per place the documents: listed name -> PsCsafFile*, lent. */
static GHashTable *
documents_by_place(const PsInspection *inspection)
{
	GHashTable *places = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
						   (GDestroyNotify)g_hash_table_unref);

	for (guint i = 0; i < inspection->documents->len; i++) {
		PsCsafFile *file = inspection->documents->pdata[i];
		GHashTable *documents = g_hash_table_lookup(places, file->place);
		if (!documents) {
			documents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
			g_hash_table_insert(places, file->place, documents);
		}
		g_hash_table_insert(documents, ps_inspect_listed_name(file), file);
	}
	return places;
}

/* A document that was not fetched, since only a sample is. */
static gboolean
is_passed_over(const PsInspection *inspection, const char *place, const char *name)
{
	if (!inspection->served)
		return FALSE;
	g_autofree char *path = ps_inspect_join(place, name);
	return ps_served_passed_over(inspection->served, path);
}

/* Why a file is not there: "the file is missing.", or what the server said. New string. */
static char *
why_missing(const PsInspection *inspection, const char *path)
{
	g_autofree char *url = g_strconcat("https://", path, NULL);
	const PsServedAnswer *answer =
		inspection->served ? ps_served_answer(inspection->served, url) : NULL;

	if (answer && answer->error)
		return g_strdup(answer->error);
	if (answer)
		return g_strdup_printf(_("the server answers with status %d."), answer->status);
	return g_strdup(_("the file is missing."));
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

/* As a line names a file in an address. New string. */
static char *
name_of_line(const PsInspection *inspection, const char *line)
{
	return inspection->served ? g_uri_escape_string(line, "/+", FALSE) : g_strdup(line);
}

static void
judge_index(PsInspection *inspection, const char *place, GHashTable *documents)
{
	g_autofree char *path = ps_inspect_join(place, "index.txt");
	g_autofree char *text = ps_inspect_text(inspection, path);
	g_autoptr(GHashTable) listed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	if (!text) {
		g_autofree char *why = why_missing(inspection, path);
		ps_inspect_fail(inspection, 12, path, "%s", why);
		return;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		g_strchomp(*line);
		if (!**line)
			continue;
		char *name = name_of_line(inspection, *line);
		if (!g_hash_table_contains(documents, name) &&
		    !is_passed_over(inspection, place, name))
			ps_inspect_fail(inspection, 12, path,
					_("“%s” is listed, but there is no such document."), *line);
		g_hash_table_add(listed, name);
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
	const char *place, *path;
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
	if (!file && is_passed_over(changes->inspection, changes->place, cells[0]))
		return;
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
	Changes changes = {inspection,          place,     path, documents, listed,
			   !any_2_1(documents), G_MAXINT64};

	if (!text) {
		g_autofree char *why = why_missing(inspection, path);
		ps_inspect_fail(inspection, 13, path, "%s", why);
		return;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		if (*g_strchomp(*line))
			judge_change(&changes, *line);
	report_unlisted(inspection, 13, path, documents, listed);
}

/* ---- 11, and all of a folder ---- */

/* Folders whose address the metadata name: as they lie in the fetched directory. What is not for
 * everybody may refuse its lists. */
static GPtrArray *
served_places(const PsInspection *inspection)
{
	GPtrArray *places = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < inspection->served->directories->len; i++) {
		const PsServedAnswer *listing = inspection->served->directories->pdata[i];
		g_autofree char *index = g_strconcat(listing->url, "index.txt", NULL);
		const PsServedAnswer *answer = ps_served_answer(inspection->served, index);
		if (answer && answer->path && !ps_served_is_closed(answer))
			g_ptr_array_add(places, g_path_get_dirname(answer->path));
	}
	return places;
}

/* What the metadata say of it: folders, feeds. */
static void
read_distributions(const PsInspection *inspection, gboolean *folders, gboolean *feeds)
{
	const cJSON *item;

	for (guint i = 0; i < inspection->metadata->len; i++) {
		const PsJsonFile *file = inspection->metadata->pdata[i];
		cJSON_ArrayForEach (item, ps_json_at(file->root, "/distributions")) {
			*feeds = *feeds || cJSON_GetObjectItemCaseSensitive(item, "rolie");
			*folders = *folders ||
				   cJSON_GetObjectItemCaseSensitive(item, "directory_url") ||
				   cJSON_GetObjectItemCaseSensitive(item, "directory");
		}
	}
}

/* A provider offers directories or feeds (section 7.2.2): the requirements of what it neither names
 * nor has are not its own. */
static gboolean
uses_directories(const PsInspection *inspection, GPtrArray *places)
{
	gboolean folders = FALSE, feeds = inspection->feeds->len > 0;

	read_distributions(inspection, &folders, &feeds);
	for (guint i = 0; i < places->len && !inspection->served; i++) {
		g_autofree char *index = ps_inspect_join(places->pdata[i], "index.txt");
		g_autofree char *changes = ps_inspect_join(places->pdata[i], "changes.csv");
		folders = folders || g_hash_table_contains(inspection->there, index) ||
			  g_hash_table_contains(inspection->there, changes);
	}
	return folders || !feeds;
}

static void
judge_years(PsInspection *inspection, GPtrArray *places)
{
	g_autoptr(GHashTable) ours = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < places->len; i++)
		g_hash_table_add(ours, places->pdata[i]);
	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		if (inspection->served && !g_hash_table_contains(ours, file->place))
			continue;
		if (!*file->year)
			ps_inspect_fail(inspection, 11, file->path,
					_("the document does not lie in the folder of a year."));
		else if (strncmp(file->first, file->year, 4) != 0)
			ps_inspect_fail(inspection, 11, file->path,
					_("its initial release date is “%s”."), file->first);
	}
}

/* ---- 14 ---- */

/* A listing leads on with links. */
static gboolean
leads_to(const PsServedAnswer *listing, const char *what)
{
	return listing->status == 200 && listing->body && strstr(listing->body, what) &&
	       strcasestr(listing->body, "href");
}

/* A folder whose lists nobody gets without a login. One whose lists are there is listed itself. */
static gboolean
is_in_closed_folder(const PsInspection *inspection, const PsServedAnswer *listing)
{
	g_autofree char *index = g_strconcat(listing->url, "index.txt", NULL);
	const PsServedAnswer *list = ps_served_answer(inspection->served, index);

	return list ? ps_served_is_closed(list)
		    : ps_inspect_is_guarded(listing->label) && listing->status != 200;
}

static void
judge_listings(PsInspection *inspection)
{
	const GPtrArray *answers = inspection->served->answers;

	for (guint i = 0; i < answers->len; i++) {
		const PsServedAnswer *answer = answers->pdata[i];
		gboolean top = g_ptr_array_find(inspection->served->directories, answer, NULL);
		if (answer->use != PS_SERVED_LISTING || is_in_closed_folder(inspection, answer))
			continue;
		if (answer->error)
			ps_inspect_fail(inspection, 14, answer->url, "%s", answer->error);
		else if (answer->status != 200)
			ps_inspect_fail(inspection, 14, answer->url,
					_("the server answers with status %d, not with a listing."),
					answer->status);
		else if (!leads_to(answer, top ? "index.txt" : ".json"))
			ps_inspect_fail(inspection, 14, answer->url,
					_("the page has no links to the files of the folder."));
	}
}

static void
judge_directories(PsInspection *inspection)
{
	g_autoptr(GPtrArray) places =
		inspection->served ? served_places(inspection) : ps_inspect_places(inspection);
	g_autoptr(GHashTable) all = documents_by_place(inspection);
	g_autoptr(GHashTable) none = g_hash_table_new(g_str_hash, g_str_equal);

	if (!uses_directories(inspection, places)) {
		for (int number = 11; number <= 14; number++)
			ps_inspect_unused(inspection, number);
		return;
	}
	judge_years(inspection, places);
	for (guint i = 0; i < places->len; i++) {
		GHashTable *documents = g_hash_table_lookup(all, places->pdata[i]);
		judge_index(inspection, places->pdata[i], documents ? documents : none);
		judge_changes(inspection, places->pdata[i], documents ? documents : none);
	}
	if (inspection->served)
		judge_listings(inspection);
	else
		ps_inspect_unknown(inspection, 14,
				   _("Directory listings are made by the web server."));
}

void
ps_inspect_lists(PsInspection *inspection)
{
	judge_directories(inspection);
	ps_inspect_feeds(inspection);
}
