#include "config.h"

#include "advisory/openvex.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/item.h"
#include "advisory/product-index.h"
#include "base/error.h"
#include "base/i18n.h"

#define CONTEXT "https://openvex.dev/ns/v0.2.0"

typedef struct {
	const cJSON *head; /* /document */
	PsProductIndex *products;
	cJSON *statements;
	char *id;          /* of the OpenVEX document */
	GHashTable *mixed; /* PsProductEntry* that stand differently on one thing than on another */
} Vex;

/* Groups of CSAF's product status, and what OpenVEX calls them. */
static const PsStatusWord statuses[] = {
	{"first_affected", "affected"},
	{"known_affected", "affected"},
	{"last_affected", "affected"},
	{"first_fixed", "fixed"},
	{"fixed", "fixed"},
	{"known_not_affected", "not_affected"},
	{"under_investigation", "under_investigation"},
};

/* ---- products ---- */

static const struct {
	const char *csaf, *openvex;
} digests[] = {
	{"md5", "md5"},
	{"sha1", "sha1"},
	{"sha256", "sha-256"},
	{"sha384", "sha-384"},
	{"sha512", "sha-512"},
	{"sha3-224", "sha3-224"},
	{"sha3-256", "sha3-256"},
	{"sha3-384", "sha3-384"},
	{"sha3-512", "sha3-512"},
	{"blake2s256", "blake2s-256"},
	{"blake2b512", "blake2b-512"},
};

static void
add_hash(cJSON *hashes, const cJSON *hash)
{
	const char *algorithm = ps_json_text(hash, "algorithm"),
		   *value = ps_json_text(hash, "value");

	for (gsize i = 0; algorithm && value && i < G_N_ELEMENTS(digests); i++)
		if (g_ascii_strcasecmp(algorithm, digests[i].csaf) == 0 &&
		    !cJSON_GetObjectItemCaseSensitive(hashes, digests[i].openvex))
			cJSON_AddStringToObject(hashes, digests[i].openvex, value);
}

/* Of a product of one file; hashes of several files would be taken for those of one. */
static void
add_hashes(cJSON *component, const PsProductEntry *entry)
{
	const cJSON *helper =
		cJSON_GetObjectItemCaseSensitive(entry->product, "product_identification_helper");
	const cJSON *files = cJSON_GetObjectItemCaseSensitive(helper, "hashes"), *hash;
	cJSON *hashes = cJSON_CreateObject();

	if (cJSON_GetArraySize(files) == 1)
		cJSON_ArrayForEach (hash,
				    cJSON_GetObjectItemCaseSensitive(files->child, "file_hashes"))
			add_hash(hashes, hash);
	ps_put(component, "hashes", hashes);
}

static void
add_identifiers(cJSON *component, const PsProductEntry *entry)
{
	const char *cpe = ps_product_entry_helper(entry, "cpe");
	cJSON *identifiers = cJSON_CreateObject();

	ps_put_text(identifiers, "purl", ps_product_entry_helper(entry, "purl"));
	if (cpe)
		ps_put_text(identifiers, g_str_has_prefix(cpe, "cpe:2.3:") ? "cpe23" : "cpe22",
			    cpe);
	ps_put(component, "identifiers", identifiers);
}

/* A purl, else a place in the document. */
static cJSON *
component_of(const Vex *vex, const PsProductEntry *entry)
{
	const char *purl = ps_product_entry_helper(entry, "purl");
	g_autofree char *step =
		g_uri_escape_string(ps_json_text(entry->product, "product_id"), NULL, FALSE);
	g_autofree char *place = g_strconcat(vex->id, "#", step, NULL);
	cJSON *component = cJSON_CreateObject();

	cJSON_AddStringToObject(component, "@id", purl && ps_csaf_is_uri(purl) ? purl : place);
	add_identifiers(component, entry);
	add_hashes(component, entry);
	return component;
}

static gboolean
is_component_of(const PsProductEntry *entry)
{
	return entry->category && g_str_has_suffix(entry->category, "_component_of");
}

/* A component of a product is said to be below it; software on a device is meant itself, unless it
 * stands differently on another one: then the two together are the product, and it is part of it.
 */
static cJSON *
product_of(const Vex *vex, const PsProductEntry *entry)
{
	const PsProductEntry *begin = ps_product_index_find(vex->products, entry->begins_with);
	const PsProductEntry *next = ps_product_index_find(vex->products, entry->next);

	if (!begin || !next || ps_product_entry_helper(entry, "purl"))
		return component_of(vex, entry);
	gboolean component = is_component_of(entry);
	gboolean mixed =
		g_hash_table_contains(vex->mixed, ps_product_index_begin(vex->products, entry));
	cJSON *product = component_of(vex, component ? next : mixed ? entry : begin);
	if (component || mixed)
		cJSON_AddItemToArray(cJSON_AddArrayToObject(product, "subcomponents"),
				     component_of(vex, begin));
	return product;
}

/* ---- why, and what to do ---- */

static char *
justification_of(const Vex *vex, const cJSON *flaw, const char *id)
{
	const cJSON *flag;

	cJSON_ArrayForEach (flag, cJSON_GetObjectItemCaseSensitive(flaw, "flags")) {
		if (ps_product_index_names(vex->products, flag, id))
			return g_strdup(ps_json_text(flag, "label"));
	}
	return NULL;
}

/* The details of the items of a list that name the product, a paragraph each. */
static char *
details_of(const Vex *vex, const cJSON *flaw, const char *list, const char *category,
	   const char *id)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const cJSON *item;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(flaw, list)) {
		const char *details = ps_json_text(item, "details");
		const char *url = ps_json_text(item, "url");
		if ((category && g_strcmp0(ps_json_text(item, "category"), category) != 0) ||
		    !details || !ps_product_index_names(vex->products, item, id))
			continue;
		g_string_append_printf(text, "%s%s", text->len ? "\n" : "", details);
		if (url && !strstr(details, url))
			g_string_append_printf(text, " %s", url);
	}
	return text->len ? g_strdup(text->str) : NULL;
}

/* ---- statements ---- */

static void
add_vulnerability(const Vex *vex, cJSON *statement, const cJSON *flaw)
{
	cJSON *vulnerability = cJSON_AddObjectToObject(statement, "vulnerability");
	const char *name = ps_json_text(flaw, "cve"), *title = ps_json_text(flaw, "title");
	cJSON *aliases = cJSON_CreateArray();
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *id;

	cJSON_ArrayForEach (id, cJSON_GetObjectItemCaseSensitive(flaw, "ids")) {
		const char *text = ps_json_text(id, "text");
		if (!name)
			name = text;
		else if (text && !g_str_equal(text, name) && g_hash_table_add(seen, (gpointer)text))
			cJSON_AddItemToArray(aliases, cJSON_CreateString(text));
	}
	if (!name)
		name = title ? title
			     : ps_json_text(cJSON_GetObjectItemCaseSensitive(vex->head, "tracking"),
					    "id");
	ps_put_text(vulnerability, "name", name ? name : "?");
	ps_put_text(vulnerability, "description", title);
	ps_put(vulnerability, "aliases", aliases);
}

/* What tells one statement of a vulnerability from another. */
typedef struct {
	const char *status;
	char *justification, *impact, *action;
} Reason;

static void
read_reason(const Vex *vex, const cJSON *flaw, const char *status, const char *id, Reason *reason)
{
	memset(reason, 0, sizeof *reason);
	reason->status = status;
	if (g_str_equal(status, "not_affected")) {
		reason->justification = justification_of(vex, flaw, id);
		reason->impact = details_of(vex, flaw, "threats", "impact", id);
		if (!reason->justification && !reason->impact)
			reason->impact = g_strdup("The advisory gives no reason.");
	} else if (g_str_equal(status, "affected")) {
		reason->action = details_of(vex, flaw, "remediations", NULL, id);
		if (!reason->action)
			reason->action = g_strdup("The advisory names no remedy yet.");
	}
}

static void
clear_reason(Reason *reason)
{
	g_free(reason->justification);
	g_free(reason->impact);
	g_free(reason->action);
}

static char *
reason_key(const Reason *reason)
{
	return g_strjoin("\x1f", reason->status, reason->justification ? reason->justification : "",
			 reason->impact ? reason->impact : "", reason->action ? reason->action : "",
			 NULL);
}

static cJSON *
new_statement(const Vex *vex, const cJSON *flaw, const Reason *reason)
{
	cJSON *statement = cJSON_CreateObject();
	const cJSON *publisher = cJSON_GetObjectItemCaseSensitive(vex->head, "publisher");

	add_vulnerability(vex, statement, flaw);
	cJSON_AddArrayToObject(statement, "products");
	cJSON_AddStringToObject(statement, "status", reason->status);
	ps_put_text(statement, "justification", reason->justification);
	ps_put_text(statement, "impact_statement", reason->impact);
	ps_put_text(statement, "action_statement", reason->action);
	if (g_strcmp0(ps_json_text(publisher, "category"), "vendor") == 0)
		ps_put_text(statement, "supplier", ps_json_text(publisher, "name"));
	cJSON_AddItemToArray(vex->statements, statement);
	return statement;
}

/* Two products may have the same identifier; a list holds each once. */
static void
add_product(const Vex *vex, cJSON *statement, GHashTable *seen, const PsProductEntry *entry)
{
	cJSON *product = product_of(vex, entry);
	char *text = ps_json_print(product);
	char *key = g_strdup_printf("%p %s", (void *)statement, text);

	g_free(text);
	if (g_hash_table_add(seen, key))
		cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(statement, "products"),
				     product);
	else
		cJSON_Delete(product);
}

static void
add_statements(Vex *vex, const cJSON *flaw)
{
	const cJSON *status = cJSON_GetObjectItemCaseSensitive(flaw, "product_status"), *id;
	g_autoptr(GHashTable) by_reason =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) mixed =
		ps_product_index_mixed(vex->products, status, statuses, G_N_ELEMENTS(statuses));

	vex->mixed = mixed;
	for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++)
		cJSON_ArrayForEach (id,
				    cJSON_GetObjectItemCaseSensitive(status, statuses[i].group)) {
			const PsProductEntry *entry =
				ps_product_index_find(vex->products,
						      cJSON_IsString(id) ? id->valuestring : NULL);
			Reason reason;
			if (!entry)
				continue;
			read_reason(vex, flaw, statuses[i].status, id->valuestring, &reason);
			char *key = reason_key(&reason);
			cJSON *statement = g_hash_table_lookup(by_reason, key);
			if (!statement)
				statement = new_statement(vex, flaw, &reason);
			g_hash_table_replace(by_reason, key, statement);
			add_product(vex, statement, seen, entry);
			clear_reason(&reason);
		}
}

/* ---- the document ---- */

/* Whole numbers as they are, else how many revisions there are: OpenVEX counts 1, 2, 3. */
static int
version_of(const cJSON *tracking)
{
	const char *version = ps_json_text(tracking, "version");
	guint64 number = 0;
	int revisions =
		cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(tracking, "revision_history"));

	if (version && g_ascii_string_to_unsigned(version, 10, 1, G_MAXINT, &number, NULL))
		return (int)number;
	return MAX(1, revisions);
}

/* Below the publisher's own address; it stays the same from version to version. */
static char *
document_id(const cJSON *head)
{
	const cJSON *publisher = cJSON_GetObjectItemCaseSensitive(head, "publisher");
	const cJSON *tracking = cJSON_GetObjectItemCaseSensitive(head, "tracking");
	const char *namespace = ps_json_text(publisher, "namespace");
	const char *id = ps_json_text(tracking, "id");

	if (!namespace || !ps_csaf_is_uri(namespace) || !id)
		return NULL;
	g_autofree char *file = ps_csaf_filename(id);
	g_autofree char *top = g_strdup(namespace);
	while (g_str_has_suffix(top, "/"))
		top[strlen(top) - 1] = '\0';
	return g_strdup_printf("%s/openvex/%s", top, file);
}

static cJSON *
fail(GError **error, const char *sentence)
{
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INVALID, sentence);
	return NULL;
}

static cJSON *
finish(const Vex *vex, const char *author, const char *timestamp)
{
	const cJSON *tracking = cJSON_GetObjectItemCaseSensitive(vex->head, "tracking");
	const cJSON *publisher = cJSON_GetObjectItemCaseSensitive(vex->head, "publisher");
	cJSON *document = cJSON_CreateObject();

	cJSON_AddStringToObject(document, "@context", CONTEXT);
	cJSON_AddStringToObject(document, "@id", vex->id);
	cJSON_AddStringToObject(document, "author", author);
	ps_put_text(document, "role", ps_json_text(publisher, "category"));
	cJSON_AddStringToObject(document, "timestamp", timestamp);
	cJSON_AddNumberToObject(document, "version", version_of(tracking));
	cJSON_AddStringToObject(document, "tooling", PACKAGE_NAME " " PACKAGE_VERSION);
	return document;
}

cJSON *
ps_openvex(const cJSON *csaf, GError **error)
{
	const cJSON *head = cJSON_GetObjectItemCaseSensitive(csaf, "document"), *flaw;
	const cJSON *tracking = cJSON_GetObjectItemCaseSensitive(head, "tracking");
	const char *author =
		ps_json_text(cJSON_GetObjectItemCaseSensitive(head, "publisher"), "name");
	const char *timestamp = ps_json_text(tracking, "current_release_date");
	g_autofree char *id = document_id(head);

	if (!author || !*author || !id)
		return fail(error, _("OpenVEX names its author: /document/publisher needs a name "
				     "and a namespace, and the document its tracking id."));
	if (!timestamp || !ps_csaf_time(timestamp, NULL, NULL))
		return fail(error, _("OpenVEX needs the time of the document: "
				     "/document/tracking/current_release_date is missing."));
	g_autoptr(PsProductIndex) products = ps_product_index_new(csaf);
	g_autoptr(cJSON) statements = cJSON_CreateArray();
	Vex vex = {head, products, statements, id, NULL};
	cJSON_ArrayForEach (flaw, cJSON_GetObjectItemCaseSensitive(csaf, "vulnerabilities"))
		add_statements(&vex, flaw);
	if (!statements->child)
		return fail(error, _("There is nothing to say in OpenVEX: no vulnerability names a "
				     "product as affected, not affected, fixed or under "
				     "investigation."));
	cJSON *document = finish(&vex, author, timestamp);
	cJSON_AddItemToObject(document, "statements", g_steal_pointer(&statements));
	ps_sort_members(document);
	return document;
}
