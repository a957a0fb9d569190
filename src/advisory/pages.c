#include "config.h"

#include "advisory/pages.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/item.h"
#include "base/error.h"
#include "base/file.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "mail/compose.h"

#define PAGE_LIMIT (256 * 1024)

char *
ps_site_origin(const char *url)
{
	g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);

	if (!uri || !g_uri_get_host(uri))
		return g_strdup(url);
	int port = g_uri_get_port(uri);
	return port > 0 ? g_strdup_printf("%s://%s:%d", g_uri_get_scheme(uri), g_uri_get_host(uri),
					  port)
			: g_strdup_printf("%s://%s", g_uri_get_scheme(uri), g_uri_get_host(uri));
}

/* ---- reading what is published ---- */

typedef void (*EachDocument)(gpointer user, const cJSON *document);

static gboolean
each_public_document(const PsSite *site, EachDocument func, gpointer user, GError **error)
{
	for (int i = 0; i < site->picture->n_shelves; i++) {
		const PsShelf *shelf = &site->picture->shelf[i];
		for (guint j = 0; shelf->open && j < shelf->entries->len; j++) {
			g_autoptr(GBytes) bytes =
				ps_entry_document(site->store, shelf->entries->pdata[j], error);
			gsize length;
			const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
			g_autoptr(cJSON) document =
				text ? ps_json_parse(text, length, &ps_csaf_limits, error) : NULL;
			if (!document)
				return FALSE;
			func(user, document);
		}
	}
	return TRUE;
}

/* ---- ROLIE ---- */

static void
add_category(cJSON *list, const char *scheme, const char *term)
{
	cJSON *category = cJSON_CreateObject();

	if (scheme)
		cJSON_AddStringToObject(category, "scheme", scheme);
	cJSON_AddStringToObject(category, "term", term);
	cJSON_AddItemToArray(list, category);
}

static void
add_collections(const PsSite *site, const PsPicture *picture, cJSON *collections)
{
	const PsDistribution *distribution = picture->distribution;
	g_autofree char *dir = g_build_filename(site->dir, distribution->below, NULL);

	for (int i = 0; i < picture->n_shelves; i++) {
		const PsShelf *shelf = &picture->shelf[i];
		if (!ps_shelf_is_shown(shelf, dir))
			continue;
		g_autofree char *name = ps_shelf_feed_name(shelf);
		g_autofree char *title =
			g_strdup_printf("%s CSAF %s feed (TLP:%s)", site->publisher,
					distribution->version, shelf->label);
		g_autofree char *url = g_strdup_printf("%s%s%s/%s", site->url, distribution->below,
						       shelf->folder, name);
		cJSON *collection = cJSON_CreateObject();
		cJSON_AddStringToObject(collection, "title", title);
		cJSON_AddStringToObject(collection, "href", url);
		cJSON *categories =
			cJSON_AddArrayToObject(cJSON_AddObjectToObject(collection, "categories"),
					       "category");
		add_category(categories, "urn:ietf:params:rolie:category:information-type", "csaf");
		cJSON_AddItemToArray(collections, collection);
	}
}

char *
ps_site_service(const PsSite *site)
{
	g_autoptr(cJSON) root = cJSON_CreateObject();
	cJSON *workspaces =
		cJSON_AddArrayToObject(cJSON_AddObjectToObject(root, "service"), "workspace");
	cJSON *workspace = cJSON_CreateObject();
	g_autofree char *title = g_strdup_printf("%s CSAF feeds", site->publisher);

	cJSON_AddItemToArray(workspaces, workspace);
	cJSON_AddStringToObject(workspace, "title", title);
	cJSON *collections = cJSON_AddArrayToObject(workspace, "collection");
	add_collections(site, site->picture, collections);
	if (site->other)
		add_collections(site, site->other, collections);
	return ps_json_print_pretty(root);
}

static void
collect_branches(GHashTable *terms, const cJSON *branches)
{
	static const char *const told[] = {"vendor", "product_family", "product_name", NULL};
	const cJSON *branch;

	cJSON_ArrayForEach (branch, branches) {
		const char *category = ps_json_text(branch, "category"),
			   *name = ps_json_text(branch, "name");
		if (category && name && g_strv_contains(told, category))
			g_hash_table_add(terms, g_strdup(name));
		collect_branches(terms, cJSON_GetObjectItemCaseSensitive(branch, "branches"));
	}
}

static void
collect_terms(gpointer user, const cJSON *document)
{
	GHashTable *terms = user;
	const cJSON *head = cJSON_GetObjectItemCaseSensitive(document, "document");
	static const char *const members[] = {"category", "lang"};

	for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
		if (ps_json_text(head, members[i]))
			g_hash_table_add(terms, g_strdup(ps_json_text(head, members[i])));
	collect_branches(terms, ps_json_at(document, "/product_tree/branches"));
}

char *
ps_site_categories(const PsSite *site, GError **error)
{
	g_autoptr(GHashTable) terms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(cJSON) root = cJSON_CreateObject();
	cJSON *list =
		cJSON_AddArrayToObject(cJSON_AddObjectToObject(root, "categories"), "category");

	if (!each_public_document(site, collect_terms, terms, error))
		return NULL;
	g_autoptr(GList) sorted = g_list_sort(g_hash_table_get_keys(terms), (GCompareFunc)strcmp);
	for (GList *term = sorted; term; term = term->next)
		add_category(list, NULL, term->data);
	return ps_json_print_pretty(root);
}

/* ---- pages ---- */

static char *
read_template(const PsSite *site, const char *name, GError **error)
{
	g_autofree char *own =
		g_build_filename(ps_store_dir(site->store), "templates", "pages", name, NULL);
	g_autofree char *below = g_build_filename("templates", "pages", name, NULL);
	g_autofree char *ours = ps_path_data(below);
	gboolean has_own = g_file_test(own, G_FILE_TEST_IS_REGULAR);

	return ps_file_read(has_own ? own : ours, PAGE_LIMIT, NULL, error);
}

/* Values become text of the page, so they are escaped here and nowhere else. */
static void
put_field(GHashTable *fields, const char *name, const char *value)
{
	if (value && *value)
		g_hash_table_replace(fields, g_strdup(name), g_markup_escape_text(value, -1));
}

static void
put_url(GHashTable *fields, const PsSite *site, const char *name, const char *below)
{
	g_autofree char *url = g_strconcat(site->url, below, NULL);

	put_field(fields, name, url);
}

static void
put_setting(GHashTable *fields, const PsSite *site, const char *name, const char *key)
{
	g_autofree char *value = ps_store_config(site->store, key);

	put_field(fields, name, value);
}

/* "48h" as "48 hours", "1d" as "1 day": every unit that ps_duration_parse() takes. */
static void
put_duration(GHashTable *fields, const PsSite *site, const char *name, const char *key)
{
	static const char *const units[] = {"second", "minute", "hour", "day", "week"};
	g_autofree char *value = ps_store_config(site->store, key);
	char *unit = NULL;
	gint64 count = value ? g_ascii_strtoll(value, &unit, 10) : 0;

	for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
		if (!unit || *unit != *units[i])
			continue;
		g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT " %s%s", count,
							units[i], count == 1 ? "" : "s");
		put_field(fields, name, text);
	}
}

static char *
mail_address(const PsSite *site)
{
	g_autofree char *from = ps_store_config(site->store, "mail.from"), *local = NULL,
			*domain = NULL;

	return from && ps_wkd_address(from, &local, &domain)
		       ? g_strdup_printf("%s@%s", local, domain)
		       : NULL;
}

static GHashTable *
page_fields(const PsSite *site)
{
	GHashTable *fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autofree char *mail = mail_address(site),
			*team = ps_store_config(site->store, "mail.key");
	const char *key = team ? team : site->signing_key;
	g_autofree char *below = g_strdup_printf("openpgp/%s.asc", key);

	put_field(fields, "publisher", site->publisher);
	put_field(fields, "mail", mail);
	put_field(fields, "fingerprint", key);
	put_url(fields, site, "key_url", below);
	put_url(fields, site, "metadata_url", "provider-metadata.json");
	put_url(fields, site, "policy_url", "policy.html");
	put_url(fields, site, "acknowledgments_url", "acknowledgments.html");
	put_setting(fields, site, "contact", "org.contact");
	put_duration(fields, site, "acknowledge", "clocks.acknowledge");
	put_duration(fields, site, "validate", "clocks.validate");
	put_duration(fields, site, "follow_up", "clocks.follow_up");
	return fields;
}

char *
ps_site_policy(const PsSite *site, GError **error)
{
	g_autofree char *template = read_template(site, "policy.html", error);
	g_autoptr(GHashTable) fields = page_fields(site);

	return template ? ps_template_fill(template, fields) : NULL;
}

typedef struct {
	const PsSite *site;
	GString *items;
} Thanks;

static void
append_names(GString *text, const cJSON *names)
{
	const cJSON *name;

	cJSON_ArrayForEach (name, names)
		if (cJSON_IsString(name))
			g_string_append_printf(text, "%s%s", text->len ? ", " : "",
					       name->valuestring);
}

static void
thank(const Thanks *thanks, const cJSON *acknowledgments, const char *id, const char *title)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, acknowledgments) {
		g_autoptr(GString) who = g_string_new(NULL);
		const char *organization = ps_json_text(item, "organization");
		append_names(who, cJSON_GetObjectItemCaseSensitive(item, "names"));
		if (organization)
			g_string_append_printf(who, who->len ? " (%s)" : "%s", organization);
		if (who->len == 0)
			continue;
		g_autofree char *told =
			g_strdup_printf("%s: %s, %s", who->str, id ? id : "", title ? title : "");
		g_autofree char *safe = ps_safe_text(told, -1, PS_SAFE_LINE);
		g_autofree char *line = g_markup_printf_escaped("<li>%s</li>", safe);
		g_string_append(thanks->items, line);
	}
}

static void
thank_for_document(gpointer user, const cJSON *document)
{
	const Thanks *thanks = user;
	const char *id = ps_json_text(ps_json_at(document, "/document/tracking"), "id"),
		   *title = ps_json_text(ps_json_at(document, "/document"), "title");
	const cJSON *vulnerability;

	thank(thanks, ps_json_at(document, "/document/acknowledgments"), id, title);
	cJSON_ArrayForEach (vulnerability,
			    cJSON_GetObjectItemCaseSensitive(document, "vulnerabilities"))
		thank(thanks, cJSON_GetObjectItemCaseSensitive(vulnerability, "acknowledgments"),
		      id, title);
}

char *
ps_site_acknowledgments(const PsSite *site, GError **error)
{
	g_autofree char *template = read_template(site, "acknowledgments.html", error);
	g_autoptr(GString) items = g_string_new(NULL);
	Thanks thanks = {site, items};

	if (!template || !each_public_document(site, thank_for_document, &thanks, error))
		return NULL;
	g_autoptr(GHashTable) fields = page_fields(site);
	if (items->len > 0)
		g_hash_table_replace(fields, g_strdup("people"), g_strdup(items->str));
	else
		put_field(fields, "nobody", "Nobody has been named so far.");
	return ps_template_fill(template, fields);
}

/* ---- security.txt: RFC 9116 ---- */

static void
append_contacts(const PsSite *site, GString *text)
{
	g_autofree char *mail = mail_address(site),
			*contact = ps_store_config(site->store, "org.contact");

	if (mail)
		g_string_append_printf(text, "Contact: mailto:%s\n", mail);
	if (contact && g_str_has_prefix(contact, "https://") && !strpbrk(contact, " \r\n"))
		g_string_append_printf(text, "Contact: %s\n", contact);
}

char *
ps_site_security_txt(const PsSite *site, gint64 expires)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *origin = ps_site_origin(site->url), *until = ps_utc_format(expires),
			*lang = ps_store_config(site->store, "advisory.lang"),
			*team = ps_store_config(site->store, "mail.key");

	append_contacts(site, text);
	if (text->len == 0)
		return NULL;
	g_string_append_printf(text, "Expires: %s\n", until);
	g_string_append_printf(text, "Encryption: %sopenpgp/%s.asc\n", site->url,
			       team ? team : site->signing_key);
	g_string_append_printf(text, "Acknowledgments: %sacknowledgments.html\n", site->url);
	if (lang)
		g_string_append_printf(text, "Preferred-Languages: %s\n", lang);
	g_string_append_printf(text, "Canonical: %s/.well-known/security.txt\n", origin);
	g_string_append_printf(text, "Policy: %spolicy.html\n", site->url);
	g_string_append_printf(text, "CSAF: %sprovider-metadata.json\n", site->url);
	if (site->other)
		g_string_append_printf(text,
				       "CSAF: %sv2.0/provider-metadata.json\n"
				       "CSAF: %sv2.1/provider-metadata.json\n",
				       site->url, site->url);
	return g_string_free(g_steal_pointer(&text), FALSE);
}
