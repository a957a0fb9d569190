#include "config.h"

#include "advisory/distribution-table.h"

#include "advisory/csaf-table-rows.h"

/* These files are checked, not edited: no help. */
#define HELP ""
#define ADDRESS(name, label, flags, format) FORM(name, label, HELP, flags, format, 0)
#define WORD(name, label, flags) TEXT(name, label, HELP, flags)
#define MOMENT(name, label, flags) FORM(name, label, HELP, flags, PS_CSAF_TIME, 0)
#define ONE_OF(name, label, flags, choices) CHOICE(name, label, HELP, flags, choices)
#define YES_NO(name, label)                                                                        \
	ROW(name, label, HELP, PS_CSAF_BOOLEAN, REQUIRED, PS_CSAF_ANY, PS_CSAF_PLAIN, 0, 0, NULL,  \
	    NULL, 0)
#define RECORD(name, label, flags, members) OBJECT(name, label, HELP, flags, members, 0, 0)
#define SEVERAL(name, label, flags, item) LIST(name, label, HELP, flags, item, 1)
#define CLOSED PS_CSAF_CLOSED

/* ---- the same in both versions ---- */

static const char *const roles[] = {"csaf_provider", "csaf_publisher", "csaf_trusted_provider",
				    NULL};
static const char *const aggregator_categories[] = {"aggregator", "lister", NULL};
static const PsCsafNode json_url_item[] = {
	ADDRESS("", N_("Web address"), 0, PS_CSAF_URL_OF_JSON),
};
static const PsCsafNode mirror_item[] = {
	ADDRESS("", N_("Mirror"), 0, PS_CSAF_URL_OF_PROVIDER),
};
static const PsCsafNode party_members[] = {
	ONE_OF("category", N_("Category"), REQUIRED, aggregator_categories),
	WORD("contact_details", N_("Contact"), 0),
	WORD("issuing_authority", N_("Authority"), 0),
	WORD("name", N_("Name"), REQUIRED),
	ADDRESS("namespace", N_("Namespace"), REQUIRED, PS_CSAF_URI),
};

/* ---- 2.0 ---- */

static const char *const labels_2_0[] = {"AMBER", "GREEN", "RED", "UNLABELED", "WHITE", NULL};
static const char *const categories_2_0[] = {"coordinator", "discoverer", "other", "translator",
					     "user",        "vendor",     NULL};
static const char *const versions_2_0[] = {"2.0", NULL};
static const PsCsafNode publisher_2_0[] = {
	ONE_OF("category", N_("Category"), REQUIRED, categories_2_0),
	WORD("contact_details", N_("Contact"), 0),
	WORD("issuing_authority", N_("Authority"), 0),
	WORD("name", N_("Name"), REQUIRED),
	ADDRESS("namespace", N_("Namespace"), REQUIRED, PS_CSAF_URI),
};
static const PsCsafNode feed_2_0[] = {
	/* may be empty */
	ADDRESS("summary", N_("Summary"), 0, PS_CSAF_ANY),
	ONE_OF("tlp_label", N_("TLP label"), REQUIRED, labels_2_0),
	ADDRESS("url", N_("Web address"), REQUIRED, PS_CSAF_URL_OF_JSON),
};
static const PsCsafNode feed_item_2_0[] = {
	RECORD("", N_("Feed"), 0, feed_2_0),
};
static const PsCsafNode rolie_2_0[] = {
	SEVERAL("categories", N_("Category documents"), UNIQUE, json_url_item),
	SEVERAL("feeds", N_("Feeds"), REQUIRED | UNIQUE, feed_item_2_0),
	SEVERAL("services", N_("Service documents"), UNIQUE, json_url_item),
};
static const PsCsafNode distribution_2_0[] = {
	ADDRESS("directory_url", N_("Directory"), 0, PS_CSAF_URI),
	RECORD("rolie", N_("ROLIE"), 0, rolie_2_0),
};
static const PsCsafNode distribution_item_2_0[] = {
	OBJECT("", N_("Distribution"), HELP, 0, distribution_2_0, 1, 0),
};
static const PsCsafNode key_2_0[] = {
	FORM("fingerprint", N_("Fingerprint"), HELP, 0, PS_CSAF_FINGERPRINT, 40),
	ADDRESS("url", N_("Web address"), REQUIRED, PS_CSAF_URI),
};
static const PsCsafNode key_item_2_0[] = {
	RECORD("", N_("OpenPGP key"), 0, key_2_0),
};
static const PsCsafNode provider_members_2_0[] = {
	ADDRESS("canonical_url", N_("Own address"), REQUIRED, PS_CSAF_URL_OF_PROVIDER),
	SEVERAL("distributions", N_("Distributions"), UNIQUE, distribution_item_2_0),
	MOMENT("last_updated", N_("Last change"), REQUIRED),
	YES_NO("list_on_CSAF_aggregators", N_("May be listed")),
	ONE_OF("metadata_version", N_("Version"), REQUIRED, versions_2_0),
	YES_NO("mirror_on_CSAF_aggregators", N_("May be mirrored")),
	LIST("public_openpgp_keys", N_("OpenPGP keys"), HELP, 0, key_item_2_0, 0),
	RECORD("publisher", N_("Publisher"), REQUIRED, publisher_2_0),
	ONE_OF("role", N_("Role"), REQUIRED, roles),
};
static const PsCsafNode provider_2_0 =
	RECORD("", "provider-metadata.json", 0, provider_members_2_0);

static const PsCsafNode listed_2_0[] = {
	MOMENT("last_updated", N_("Last change"), REQUIRED),
	RECORD("publisher", N_("Publisher"), REQUIRED, publisher_2_0),
	ONE_OF("role", N_("Role"), 0, roles),
	ADDRESS("url", N_("Web address"), REQUIRED, PS_CSAF_URL_OF_PROVIDER),
};
static const PsCsafNode listed_provider_2_0[] = {
	RECORD("metadata", N_("Metadata"), REQUIRED, listed_2_0),
	SEVERAL("mirrors", N_("Mirrors"), UNIQUE, mirror_item),
};
static const PsCsafNode listed_publisher_2_0[] = {
	RECORD("metadata", N_("Metadata"), REQUIRED, listed_2_0),
	SEVERAL("mirrors", N_("Mirrors"), REQUIRED | UNIQUE, mirror_item),
	WORD("update_interval", N_("Interval of updates"), REQUIRED),
};
static const PsCsafNode listed_provider_item_2_0[] = {
	RECORD("", N_("CSAF provider"), 0, listed_provider_2_0),
};
static const PsCsafNode listed_publisher_item_2_0[] = {
	RECORD("", N_("CSAF publisher"), 0, listed_publisher_2_0),
};
static const PsCsafNode aggregator_members_2_0[] = {
	RECORD("aggregator", N_("Aggregator"), REQUIRED, party_members),
	ONE_OF("aggregator_version", N_("Version"), REQUIRED, versions_2_0),
	ADDRESS("canonical_url", N_("Own address"), REQUIRED, PS_CSAF_URL_OF_AGGREGATOR),
	SEVERAL("csaf_providers", N_("CSAF providers"), REQUIRED | UNIQUE,
		listed_provider_item_2_0),
	SEVERAL("csaf_publishers", N_("CSAF publishers"), UNIQUE, listed_publisher_item_2_0),
	MOMENT("last_updated", N_("Last change"), REQUIRED),
};
static const PsCsafNode aggregator_2_0 = RECORD("", "aggregator.json", 0, aggregator_members_2_0);

/* ---- 2.1 ---- */

#define SCHEMAS "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/"

static const char *const provider_schemas[] = {SCHEMAS "provider.json", NULL};
static const char *const aggregator_schemas[] = {SCHEMAS "aggregator.json", NULL};
static const char *const labels_2_1[] = {"AMBER", "AMBER+STRICT", "CLEAR", "GREEN", "RED", NULL};
static const char *const categories_2_1[] = {"coordinator", "discoverer", "multiplier", "other",
					     "translator",  "user",       "vendor",     NULL};
static const char *const versions_2_1[] = {"2.1", NULL};
static const PsCsafNode publisher_2_1[] = {
	ONE_OF("category", N_("Category"), REQUIRED, categories_2_1),
	WORD("contact_details", N_("Contact"), 0),
	WORD("issuing_authority", N_("Authority"), 0),
	WORD("name", N_("Name"), REQUIRED),
	ADDRESS("namespace", N_("Namespace"), REQUIRED, PS_CSAF_URI),
};
static const PsCsafNode directory_2_1[] = {
	ONE_OF("tlp_label", N_("TLP label"), REQUIRED, labels_2_1),
	ADDRESS("url", N_("Web address"), REQUIRED, PS_CSAF_URI),
};
static const PsCsafNode feed_2_1[] = {
	MOMENT("last_updated", N_("Last change"), REQUIRED),
	/* may be empty */
	ADDRESS("summary", N_("Summary"), 0, PS_CSAF_ANY),
	ONE_OF("tlp_label", N_("TLP label"), REQUIRED, labels_2_1),
	ADDRESS("url", N_("Web address"), REQUIRED, PS_CSAF_URL_OF_JSON),
};
static const PsCsafNode feed_item_2_1[] = {
	RECORD("", N_("Feed"), CLOSED, feed_2_1),
};
static const PsCsafNode rolie_2_1[] = {
	SEVERAL("categories", N_("Category documents"), UNIQUE, json_url_item),
	SEVERAL("feeds", N_("Feeds"), REQUIRED | UNIQUE, feed_item_2_1),
	SEVERAL("services", N_("Service documents"), UNIQUE, json_url_item),
};
static const PsCsafNode distribution_2_1[] = {
	RECORD("directory", N_("Directory"), CLOSED, directory_2_1),
	RECORD("rolie", N_("ROLIE"), CLOSED, rolie_2_1),
};
static const PsCsafNode distribution_item_2_1[] = {
	OBJECT("", N_("Distribution"), HELP, CLOSED, distribution_2_1, 1, 0),
};
static const PsCsafNode key_2_1[] = {
	FORM("fingerprint", N_("Fingerprint"), HELP, REQUIRED, PS_CSAF_FINGERPRINT, 40),
	ADDRESS("url", N_("Web address"), REQUIRED, PS_CSAF_URI),
};
static const PsCsafNode key_item_2_1[] = {
	RECORD("", N_("OpenPGP key"), CLOSED, key_2_1),
};
static const PsCsafNode provider_members_2_1[] = {
	ONE_OF("$schema", N_("Schema"), REQUIRED, provider_schemas),
	ADDRESS("canonical_url", N_("Own address"), REQUIRED, PS_CSAF_URL_OF_PROVIDER),
	SEVERAL("distributions", N_("Distributions"), UNIQUE, distribution_item_2_1),
	MOMENT("last_updated", N_("Last change"), REQUIRED),
	YES_NO("list_on_CSAF_aggregators", N_("May be listed")),
	MOMENT("maintained_from", N_("Looked after from"), 0),
	MOMENT("maintained_until", N_("Looked after until"), 0),
	ONE_OF("metadata_version", N_("Version"), REQUIRED, versions_2_1),
	YES_NO("mirror_on_CSAF_aggregators", N_("May be mirrored")),
	LIST("public_openpgp_keys", N_("OpenPGP keys"), HELP, 0, key_item_2_1, 0),
	RECORD("publisher", N_("Publisher"), REQUIRED | CLOSED, publisher_2_1),
	ONE_OF("role", N_("Role"), REQUIRED, roles),
};
static const PsCsafNode provider_2_1 =
	RECORD("", "provider-metadata.json", CLOSED, provider_members_2_1);

static const PsCsafNode listed_2_1[] = {
	MOMENT("last_updated", N_("Last change"), REQUIRED),
	RECORD("publisher", N_("Publisher"), REQUIRED | CLOSED, publisher_2_1),
	ONE_OF("role", N_("Role"), REQUIRED, roles),
	ADDRESS("url", N_("Web address"), REQUIRED, PS_CSAF_URL_OF_PROVIDER),
};
static const PsCsafNode listed_provider_2_1[] = {
	RECORD("metadata", N_("Metadata"), REQUIRED | CLOSED, listed_2_1),
	SEVERAL("mirrors", N_("Mirrors"), UNIQUE, mirror_item),
};
static const PsCsafNode listed_publisher_2_1[] = {
	RECORD("metadata", N_("Metadata"), REQUIRED | CLOSED, listed_2_1),
	SEVERAL("mirrors", N_("Mirrors"), REQUIRED | UNIQUE, mirror_item),
	WORD("update_interval", N_("Interval of updates"), REQUIRED),
};
static const PsCsafNode listed_provider_item_2_1[] = {
	RECORD("", N_("CSAF provider"), CLOSED, listed_provider_2_1),
};
static const PsCsafNode listed_publisher_item_2_1[] = {
	RECORD("", N_("CSAF publisher"), CLOSED, listed_publisher_2_1),
};
static const PsCsafNode aggregator_members_2_1[] = {
	ONE_OF("$schema", N_("Schema"), REQUIRED, aggregator_schemas),
	RECORD("aggregator", N_("Aggregator"), REQUIRED | CLOSED, party_members),
	ONE_OF("aggregator_version", N_("Version"), REQUIRED, versions_2_1),
	ADDRESS("canonical_url", N_("Own address"), REQUIRED, PS_CSAF_URL_OF_AGGREGATOR),
	SEVERAL("csaf_providers", N_("CSAF providers"), REQUIRED | UNIQUE,
		listed_provider_item_2_1),
	SEVERAL("csaf_publishers", N_("CSAF publishers"), UNIQUE, listed_publisher_item_2_1),
	MOMENT("last_updated", N_("Last change"), REQUIRED),
	MOMENT("maintained_from", N_("Looked after from"), 0),
	MOMENT("maintained_until", N_("Looked after until"), 0),
};
static const PsCsafNode aggregator_2_1 =
	RECORD("", "aggregator.json", CLOSED, aggregator_members_2_1);

/* ---- by version ---- */

const PsCsafNode *
ps_distribution_provider(const char *version)
{
	if (g_strcmp0(version, "2.1") == 0)
		return &provider_2_1;
	return g_strcmp0(version, "2.0") == 0 ? &provider_2_0 : NULL;
}

const PsCsafNode *
ps_distribution_aggregator(const char *version)
{
	if (g_strcmp0(version, "2.1") == 0)
		return &aggregator_2_1;
	return g_strcmp0(version, "2.0") == 0 ? &aggregator_2_0 : NULL;
}
