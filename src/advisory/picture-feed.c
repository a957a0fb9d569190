#include "config.h"

/* The ROLIE feed of a shelf: CSAF 2.0 section 7.1.15, RFC 8322. */

#include "advisory/picture.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/item.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"

char *
ps_shelf_feed_name(const PsShelf *shelf)
{
	return g_strdup_printf("csaf-feed-tlp-%s.json", shelf->folder);
}

static void
add_link(cJSON *links, const char *rel, const char *href, const char *suffix)
{
	g_autofree char *whole = g_strconcat(href, suffix, NULL);
	cJSON *link = cJSON_CreateObject();

	cJSON_AddStringToObject(link, "rel", rel);
	cJSON_AddStringToObject(link, "href", whole);
	cJSON_AddItemToArray(links, link);
}

/* The summary note of a document; NULL: it has none. */
static const char *
summary_of(const cJSON *document)
{
	const cJSON *note;

	cJSON_ArrayForEach (note, ps_json_at(document, "/document/notes")) {
		if (g_strcmp0(ps_json_text(note, "category"), "summary") == 0)
			return ps_json_text(note, "text");
	}
	return NULL;
}

static cJSON *
build_entry(const PsDistribution *distribution, const PsEntry *entry, const cJSON *document,
	    const char *address)
{
	const cJSON *head = ps_json_at(document, "/document");
	const char *summary = summary_of(document);
	cJSON *item = cJSON_CreateObject();

	ps_put_text(item, "id", ps_json_text(ps_json_at(head, "/tracking"), "id"));
	ps_put_text(item, "title", ps_json_text(head, "title"));
	cJSON *links = cJSON_AddArrayToObject(item, "link");
	add_link(links, "self", address, "");
	add_link(links, "hash", address, ".sha256");
	add_link(links, "hash", address, ".sha512");
	add_link(links, "signature", address, ".asc");
	ps_put_time(item, "published", entry->first);
	ps_put_time(item, "updated", entry->current);
	if (summary)
		ps_put_text(cJSON_AddObjectToObject(item, "summary"), "content", summary);
	cJSON *content = cJSON_AddObjectToObject(item, "content");
	cJSON_AddStringToObject(content, "type", "application/json");
	cJSON_AddStringToObject(content, "src", address);
	cJSON *format = cJSON_AddObjectToObject(item, "format");
	cJSON_AddStringToObject(format, "schema", distribution->schema);
	cJSON_AddStringToObject(format, "version", distribution->version);
	return item;
}

static gboolean
add_entry(cJSON *entries, PsStore *store, const PsShelf *shelf, const PsEntry *entry,
	  const char *folder_url, GError **error)
{
	g_autoptr(GBytes) bytes = ps_entry_document(store, entry, error);

	if (!bytes)
		return FALSE;
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	g_autoptr(cJSON) document = ps_json_parse(text, length, &ps_csaf_limits, error);
	if (!document)
		return FALSE;
	g_autofree char *address = g_strconcat(folder_url, entry->path, NULL);
	cJSON_AddItemToArray(entries, build_entry(shelf->distribution, entry, document, address));
	return TRUE;
}

static cJSON *
feed_head(const PsShelf *shelf, const char *folder_url, const char *publisher, gint64 updated)
{
	cJSON *feed = cJSON_CreateObject();
	g_autofree char *name = ps_shelf_feed_name(shelf);
	g_autofree char *id = g_strndup(name, strlen(name) - strlen(".json"));
	g_autofree char *title = g_strdup_printf("%s CSAF feed (TLP:%s)", publisher, shelf->label);
	g_autofree char *self = g_strconcat(folder_url, name, NULL);

	cJSON_AddStringToObject(feed, "id", id);
	cJSON_AddStringToObject(feed, "title", title);
	add_link(cJSON_AddArrayToObject(feed, "link"), "self", self, "");
	cJSON *category = cJSON_CreateObject();
	cJSON_AddStringToObject(category, "scheme",
				"urn:ietf:params:rolie:category:information-type");
	cJSON_AddStringToObject(category, "term", "csaf");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(feed, "category"), category);
	ps_put_time(feed, "updated", updated);
	return feed;
}

char *
ps_shelf_feed(PsStore *store, const PsShelf *shelf, const char *url, const char *publisher,
	      PsProgress *progress, GError **error)
{
	guint count = shelf->entries->len;
	const PsEntry *newest = count ? shelf->entries->pdata[0] : NULL;
	g_autofree char *folder_url = g_strdup_printf("%s%s/", url, shelf->folder);
	g_autoptr(cJSON) root = cJSON_CreateObject();
	cJSON *feed =
		feed_head(shelf, folder_url, publisher, newest ? newest->current : ps_now_ms());
	cJSON *entries = cJSON_AddArrayToObject(feed, "entry");

	cJSON_AddItemToObject(root, "feed", feed);
	for (guint i = 0; i < count; i++) {
		ps_progress_set(progress, i, count, _("Writing the feed"));
		if (ps_progress_cancelled(progress, error) ||
		    !add_entry(entries, store, shelf, shelf->entries->pdata[i], folder_url, error))
			return NULL;
	}
	return ps_json_print_pretty(root);
}
