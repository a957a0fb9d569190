#include "config.h"

/* The nodes of CSAF 2.1 (section 3; schemas of Committee Specification Draft 03), with the SSVC
 * selection list 2.0.0 (CERT/CC) and the content of extensions. Nearly every object is closed here:
 * members that the schema does not know are errors. */

#include "advisory/csaf-table-rows.h"

#define CLOSED PS_CSAF_CLOSED
#define SCHEMA_URL "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"

#define BOOLEAN(name, label, help, flags)                                                          \
	ROW(name, label, help, PS_CSAF_BOOLEAN, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, 0, 0, NULL,     \
	    NULL, 0)
/* Lists that name products and groups. */
#define PRODUCT_IDS                                                                                \
	LIST("product_ids", N_("Products"), N_("Products that it applies to."), UNIQUE,            \
	     ps_csaf_product_ref_item, 1)
#define GROUP_IDS                                                                                  \
	LIST("group_ids", N_("Product groups"), N_("Groups that it applies to."), UNIQUE,          \
	     ps_csaf_group_ref_item, 1)
#define EXTENSIONS                                                                                 \
	LIST("x_extensions", N_("Extensions"),                                                     \
	     N_("What the standard has no place for, each by a schema of its own."), UNIQUE,       \
	     extension_item, 1)

/* branches hold branches */
static const PsCsafNode branch_item[1];

/* ---- extensions ---- */

static const char *const extension_categories[] = {"essential", "significant", "supplementary",
						   NULL};
static const PsCsafNode extension_members[] = {
	FORM("$schema", N_("Schema"), N_("Address of the extension's schema, with its version."),
	     REQUIRED, PS_CSAF_EXTENSION_URL, 0),
	CHOICE("category", N_("Category"), N_("How much a reader loses without the extension."),
	       REQUIRED, extension_categories),
	ROW("content", N_("Content"), N_("Whatever the extension's schema allows."), PS_CSAF_OBJECT,
	    REQUIRED | PS_CSAF_OPEN, PS_CSAF_ANY, PS_CSAF_PLAIN, 1, 0, NULL, NULL, 0),
	BOOLEAN("critical", N_("Critical"),
		N_("Whether the extension changes the outcome of a mandatory test."), REQUIRED),
};
static const PsCsafNode extension_item[] = {
	OBJECT("", N_("Extension"), N_("One extension with its content."), CLOSED,
	       extension_members, 0, 0),
};

/* ---- what several places hold ---- */

static const PsCsafNode acknowledgment_item[] = {
	OBJECT("", N_("Acknowledgment"), N_("One person, group or organisation that helped."),
	       CLOSED, ps_csaf_acknowledgment_members, 1, 0),
};
static const PsCsafNode note_members[] = {
	TEXT("audience", N_("Audience"), N_("For whom the note is written."), 0),
	CHOICE("category", N_("Category"), N_("What kind of note it is."), REQUIRED,
	       ps_csaf_note_categories),
	GROUP_IDS,
	PRODUCT_IDS,
	TEXT("text", N_("Text"), N_("The note itself."), REQUIRED | LONG),
	TEXT("title", N_("Title"), N_("A heading for the note."), 0),
};
static const PsCsafNode note_item[] = {
	OBJECT("", N_("Note"), N_("One text for the readers."), CLOSED, note_members, 0, 0),
};
static const PsCsafNode reference_item[] = {
	OBJECT("", N_("Reference"), N_("One link."), CLOSED, ps_csaf_reference_members, 0, 0),
};

/* ---- products ---- */

static const PsCsafNode file_hash_members[] = {
	FORM("algorithm", N_("Algorithm"),
	     N_("Name of the hash algorithm in small letters, such as sha256 or sha512."), REQUIRED,
	     PS_CSAF_ALGORITHM, 1),
	FORM("value", N_("Value"), N_("The hash in hexadecimal digits, small letters."), REQUIRED,
	     PS_CSAF_HASH_SMALL, 32),
};
static const PsCsafNode file_hash_item[] = {
	OBJECT("", N_("Hash"), N_("One hash of the file."), CLOSED, file_hash_members, 0, 0),
};
static const PsCsafNode hashes_members[] = {
	LIST("file_hashes", N_("Hashes"),
	     N_("One hash an algorithm; at least one that is stronger than MD5 and SHA-1."),
	     REQUIRED | UNIQUE, file_hash_item, 1),
	TEXT("filename", N_("File name"), N_("Name of the file."), REQUIRED),
};
static const PsCsafNode hashes_item[] = {
	OBJECT("", N_("File"), N_("A file of the product, by its hashes."), CLOSED, hashes_members,
	       0, 0),
};
static const PsCsafNode purl_item[] = {
	FORM("", N_("Package URL"), N_("Package URL of the product."), 0, PS_CSAF_PURL_SMALL, 7),
};
static const PsCsafNode generic_uri_item[] = {
	OBJECT("", N_("Other identifier"), N_("An identifier of another scheme."), CLOSED,
	       ps_csaf_generic_uri_members, 0, 0),
};
static const PsCsafNode helper_members[] = {
	FORM("cpe", N_("CPE"), N_("Common Platform Enumeration name of the product, 2.2 or 2.3."),
	     0, PS_CSAF_CPE_WHOLE, 5),
	LIST("hashes", N_("Hashes of files"), N_("Files by which the product is recognised."),
	     UNIQUE, hashes_item, 1),
	LIST("model_numbers", N_("Model numbers"), N_("Hardware models."), UNIQUE,
	     ps_csaf_model_item, 1),
	LIST("purls", N_("Package URLs"),
	     N_("Package URLs of the product; several differ in their qualifiers only."), UNIQUE,
	     purl_item, 1),
	LIST("sbom_urls", N_("Bills of materials"), N_("Where SBOMs of the product are found."),
	     UNIQUE, ps_csaf_sbom_item, 1),
	LIST("serial_numbers", N_("Serial numbers"), N_("Single devices."), UNIQUE,
	     ps_csaf_serial_item, 1),
	LIST("skus", N_("Stock keeping units"), N_("Order numbers."), UNIQUE, ps_csaf_sku_item, 1),
	LIST("x_generic_uris", N_("Other identifiers"), N_("Identifiers of other schemes."), UNIQUE,
	     generic_uri_item, 1),
};
static const PsCsafNode product_members[] = {
	TEXT("name", N_("Name"),
	     N_("Full name of the product, with maker and version, as users know it."), REQUIRED),
	REFERENCE("product_id", N_("Product id"),
		  N_("Id by which this document refers to the product; any text, once in the "
		     "document."),
		  REQUIRED, PS_CSAF_PRODUCT_ID),
	OBJECT("product_identification_helper", N_("Identification"),
	       N_("What tells a program which product is meant."), CLOSED, helper_members, 1, 0),
	EXTENSIONS,
};
static const char *const branch_categories[] = {"architecture",
						"host_name",
						"language",
						"patch_level",
						"platform",
						"product_family",
						"product_name",
						"product_version",
						"product_version_range",
						"service_pack",
						"specification",
						"vendor",
						NULL};
static const PsCsafNode branch_members[] = {
	LIST("branches", N_("Branches"), N_("What the branch divides into."), 0, branch_item, 1),
	CHOICE("category", N_("Category"), N_("What the branch stands for."), REQUIRED,
	       branch_categories),
	TEXT("name", N_("Name"), N_("Name of the maker, product, version and so on."), REQUIRED),
	OBJECT("product", N_("Product"), N_("The product at the end of the branch."), CLOSED,
	       product_members, 0, 0),
};
static const PsCsafNode branch_item[1] = {
	OBJECT("", N_("Branch"),
	       N_("A step from the maker down to the product; holds either further branches or a "
		  "product."),
	       CLOSED, branch_members, 3, 3),
};
static const PsCsafNode full_product_item[] = {
	OBJECT("", N_("Product"), N_("A product that stands outside the branches."), CLOSED,
	       product_members, 0, 0),
};
static const PsCsafNode group_item[] = {
	OBJECT("", N_("Product group"), N_("Products that are named together."), CLOSED,
	       ps_csaf_group_members, 0, 0),
};
static const PsCsafNode subpath_members[] = {
	CHOICE("category", N_("Category"), N_("How what stands before it stands to this product."),
	       REQUIRED, ps_csaf_relationship_categories),
	REFERENCE("next_product_reference", N_("Next product"),
		  N_("The whole, or where it is installed."), REQUIRED, PS_CSAF_PRODUCT_REF),
};
static const PsCsafNode subpath_item[] = {
	OBJECT("", N_("Step"), N_("One step of the path."), CLOSED, subpath_members, 0, 0),
};
static const PsCsafNode path_members[] = {
	REFERENCE("beginning_product_reference", N_("First product"),
		  N_("The innermost part, or what is installed."), REQUIRED, PS_CSAF_PRODUCT_REF),
	OBJECT("full_product_name", N_("Combined product"),
	       N_("The product that they make together."), REQUIRED | CLOSED, product_members, 0,
	       0),
	LIST("subpaths", N_("Steps"), N_("From the first product outwards, step by step."),
	     REQUIRED, subpath_item, 1),
};
static const PsCsafNode path_item[] = {
	OBJECT("", N_("Product path"), N_("Products that make another one together."), CLOSED,
	       path_members, 0, 0),
};
static const PsCsafNode tree_members[] = {
	LIST("branches", N_("Branches"), N_("Products as a tree: maker, product, version."), 0,
	     branch_item, 1),
	LIST("full_product_names", N_("Products outside the branches"),
	     N_("Products without a place in the tree."), 0, full_product_item, 1),
	LIST("product_groups", N_("Product groups"), N_("Products that are named together."), 0,
	     group_item, 1),
	LIST("product_paths", N_("Product paths"),
	     N_("Products made of others, such as firmware on hardware."), 0, path_item, 1),
};

/* ---- the document ---- */

static const PsCsafNode sharing_group_members[] = {
	FORM("id", N_("Id"), N_("UUID of the group, the same in every document for it."), REQUIRED,
	     PS_CSAF_UUID, 0),
	TEXT("name", N_("Name"), N_("Name of the group."), 0),
};
static const char *const tlp_labels[] = {"AMBER", "AMBER+STRICT", "CLEAR", "GREEN", "RED", NULL};
static const PsCsafNode tlp_members[] = {
	CHOICE("label", N_("Label"), N_("Traffic light label of TLP 2.0."), REQUIRED, tlp_labels),
	FORM("url", N_("Definition"), N_("Where the labels are explained."), 0, PS_CSAF_URI, 0),
};
static const PsCsafNode distribution_members[] = {
	OBJECT("sharing_group", N_("Sharing group"), N_("Among whom the document may be shared."),
	       CLOSED, sharing_group_members, 0, 0),
	TEXT("text", N_("Rules"), N_("How the document may be passed on, in words."), LONG),
	OBJECT("tlp", N_("Traffic light protocol"), N_("How far the document may be passed on."),
	       REQUIRED | CLOSED, tlp_members, 0, 0),
};
static const char *const publisher_categories[] = {"coordinator", "discoverer", "multiplier",
						   "other",       "translator", "user",
						   "vendor",      NULL};
static const PsCsafNode publisher_members[] = {
	CHOICE("category", N_("Category"), N_("As what the publisher speaks."), REQUIRED,
	       publisher_categories),
	TEXT("contact_details", N_("Contact"), N_("How the publisher is reached about this."),
	     LONG),
	TEXT("issuing_authority", N_("Authority"), N_("Why the publisher may speak about it."),
	     LONG),
	TEXT("name", N_("Name"), N_("Name of the issuing organisation."), REQUIRED),
	FORM("namespace", N_("Namespace"),
	     N_("Web address that belongs to the publisher and never changes; makes tracking ids "
		"unique."),
	     REQUIRED, PS_CSAF_URI, 0),
};
static const PsCsafNode generator_members[] = {
	FORM("date", N_("Date"), N_("When this file was made."), 0, PS_CSAF_TIME, 0),
	OBJECT("engine", N_("Program"), N_("What made this file."), REQUIRED | CLOSED,
	       ps_csaf_engine_members, 0, 0),
};
static const PsCsafNode revision_item[] = {
	OBJECT("", N_("Revision"), N_("One step in the document's history."), CLOSED,
	       ps_csaf_revision_members, 0, 0),
};
static const PsCsafNode tracking_members[] = {
	LIST("aliases", N_("Other ids"), N_("Other ids of this same document."), UNIQUE,
	     ps_csaf_alias_item, 1),
	FORM("current_release_date", N_("Current release"), N_("When this version was released."),
	     REQUIRED, PS_CSAF_TIME, 0),
	OBJECT("generator", N_("Made with"), N_("What made this file."), CLOSED, generator_members,
	       0, 0),
	FORM("id", N_("Tracking id"),
	     N_("The document's id, once for the publisher; the file name follows from it."),
	     REQUIRED, PS_CSAF_TRACKING_ID, 1),
	FORM("initial_release_date", N_("First release"),
	     N_("When the first version was released."), REQUIRED, PS_CSAF_TIME, 0),
	LIST("revision_history", N_("Revision history"),
	     N_("Every version with its date and what changed."), REQUIRED, revision_item, 1),
	CHOICE("status", N_("Status"),
	       N_("draft: not released; interim: updates will follow soon; final: no update is "
		  "planned."),
	       REQUIRED, ps_csaf_document_statuses),
	FORM("version", N_("Version"),
	     N_("Version of the document: a whole number, or semantic as 1.2.3."), REQUIRED,
	     PS_CSAF_VERSION, 0),
};
static const char *const csaf_versions[] = {"2.1", NULL};
static const PsCsafNode document_members[] = {
	LIST("acknowledgments", N_("Acknowledgments"),
	     N_("Who is thanked for the document as a whole."), 0, acknowledgment_item, 1),
	OBJECT("aggregate_severity", N_("Overall severity"), N_("How serious the whole is."),
	       CLOSED, ps_csaf_severity_members, 0, 0),
	FORM("category", N_("Category"),
	     N_("The profile that the document follows, such as csaf_security_advisory or "
		"csaf_vex, or a kind of your own."),
	     REQUIRED, PS_CSAF_CATEGORY, 1),
	CHOICE("csaf_version", N_("CSAF version"), N_("Version of the standard."), REQUIRED,
	       csaf_versions),
	OBJECT("distribution", N_("Distribution"), N_("Who may see it."), REQUIRED | CLOSED,
	       distribution_members, 0, 0),
	FORM("lang", N_("Language"), N_("Language of the document, such as en or de-AT."), 0,
	     PS_CSAF_LANG, 0),
	TEXT("license_expression", N_("Licence"),
	     N_("Licence of the document, as an SPDX expression such as CC-BY-4.0."), 0),
	LIST("notes", N_("Notes"), N_("Texts for the readers about the document as a whole."), 0,
	     note_item, 1),
	OBJECT("publisher", N_("Publisher"), N_("Who issues the document."), REQUIRED | CLOSED,
	       publisher_members, 0, 0),
	LIST("references", N_("References"), N_("Links about the document as a whole."), 0,
	     reference_item, 1),
	FORM("source_lang", N_("Language of the original"),
	     N_("For translations: the language that it was translated from."), 0, PS_CSAF_LANG, 0),
	TEXT("title", N_("Title"), N_("Title that tells this document from others."), REQUIRED),
	OBJECT("tracking", N_("Tracking"), N_("Id, version, dates and history."), REQUIRED | CLOSED,
	       tracking_members, 0, 0),
	EXTENSIONS,
};

/* ---- metrics ---- */

static const PsCsafNode epss_members[] = {
	FORM("percentile", N_("Percentile"),
	     N_("Share of vulnerabilities with the same probability or less."), REQUIRED,
	     PS_CSAF_PROBABILITY, 0),
	FORM("probability", N_("Probability"), N_("How likely an exploitation is within 30 days."),
	     REQUIRED, PS_CSAF_PROBABILITY, 0),
	FORM("timestamp", N_("Time"), N_("When it was computed."), REQUIRED, PS_CSAF_TIME, 0),
};
static const char *const severities[] = {"critical", "high", "low", "medium", "none", NULL};

static const PsCsafNode ssvc_reference_members[] = {
	ROW("summary", N_("Summary"), N_("What is found there."), PS_CSAF_TEXT, REQUIRED,
	    PS_CSAF_ANY, PS_CSAF_PLAIN, 0, 0, NULL, NULL, 0),
	FORM("uri", N_("Address"), N_("Where it is found."), REQUIRED, PS_CSAF_URI, 1),
};
static const PsCsafNode ssvc_reference_item[] = {
	OBJECT("", N_("Resource"), N_("One document to read."), CLOSED, ssvc_reference_members, 0,
	       0),
};
static const PsCsafNode ssvc_value_members[] = {
	TEXT("definition", N_("Definition"), N_("What the value means."), LONG),
	FORM("key", N_("Key"), N_("Short name of the value."), REQUIRED, PS_CSAF_SSVC_KEY, 1),
	TEXT("name", N_("Name"), N_("Name of the value."), 0),
};
static const PsCsafNode ssvc_value_item[] = {
	OBJECT("", N_("Value"), N_("A value that may apply."), CLOSED, ssvc_value_members, 0, 0),
};
static const PsCsafNode selection_members[] = {
	TEXT("definition", N_("Definition"), N_("What the decision point asks."), LONG),
	FORM("key", N_("Key"), N_("Short name of the decision point."), REQUIRED, PS_CSAF_SSVC_KEY,
	     1),
	TEXT("name", N_("Name"), N_("Name of the decision point."), 0),
	ROW("namespace", N_("Namespace"), N_("Whose decision point it is, such as ssvc."),
	    PS_CSAF_TEXT, REQUIRED, PS_CSAF_SSVC_NAMESPACE, PS_CSAF_PLAIN, 3, 1000, NULL, NULL, 0),
	LIST("values", N_("Values"), N_("The values that may apply."), REQUIRED, ssvc_value_item,
	     1),
	FORM("version", N_("Version"), N_("Version of the decision point."), REQUIRED,
	     PS_CSAF_SEMVER, 5),
};
static const PsCsafNode selection_item[] = {
	OBJECT("", N_("Selection"), N_("A decision point with the values that may apply."), CLOSED,
	       selection_members, 0, 0),
};
static const PsCsafNode target_item[] = {
	ROW("", N_("Target"), N_("Id of what was judged, such as the CVE."), PS_CSAF_TEXT, 0,
	    PS_CSAF_ANY, PS_CSAF_PLAIN, 0, 0, NULL, NULL, 0),
};
static const char *const ssvc_versions[] = {"2.0.0", NULL};
static const PsCsafNode ssvc_members[] = {
	LIST("decision_point_resources", N_("Decision points"),
	     N_("Where the decision points are explained."), 0, ssvc_reference_item, 1),
	LIST("references", N_("References"), N_("What the selection rests on."), 0,
	     ssvc_reference_item, 1),
	CHOICE("schemaVersion", N_("Schema version"), N_("Version of the selection list."),
	       REQUIRED, ssvc_versions),
	LIST("selections", N_("Selections"), N_("The decision points with what applies."), REQUIRED,
	     selection_item, 1),
	LIST("target_ids", N_("Targets"), N_("Ids of what was judged."), UNIQUE, target_item, 1),
	FORM("timestamp", N_("Time"), N_("When it was judged."), REQUIRED, PS_CSAF_TIME, 0),
};
static const PsCsafNode content_members[] = {
	OBJECT("cvss_v2", N_("CVSS 2.0"), N_("Score of CVSS 2.0."), 0, ps_csaf_cvss_2_members, 0,
	       0),
	OBJECT("cvss_v3", N_("CVSS 3.0 or 3.1"), N_("Score of CVSS 3.0 or 3.1."), 0,
	       ps_csaf_cvss_3_members, 0, 0),
	OBJECT("cvss_v4", N_("CVSS 4.0"), N_("Score of CVSS 4.0."), CLOSED, ps_csaf_cvss_4_members,
	       0, 0),
	OBJECT("epss", N_("EPSS"), N_("How likely an exploitation is (FIRST's EPSS)."), CLOSED,
	       epss_members, 0, 0),
	CHOICE("qualitative_severity_rating", N_("Severity in words"),
	       N_("Where no score can be given."), 0, severities),
	OBJECT("ssvc_v2", N_("SSVC"), N_("Selections of SSVC, version 2."), CLOSED, ssvc_members, 0,
	       0),
	EXTENSIONS,
};
static const PsCsafNode metric_members[] = {
	OBJECT("content", N_("Content"), N_("The scores themselves."), REQUIRED | CLOSED,
	       content_members, 1, 0),
	LIST("products", N_("Products"), N_("Products that the score applies to."),
	     REQUIRED | UNIQUE, ps_csaf_product_ref_item, 1),
	FORM("source", N_("Source"),
	     N_("Web address of who scored it; without it, the issuer of the document."), 0,
	     PS_CSAF_URI, 0),
};
static const PsCsafNode metric_item[] = {
	OBJECT("", N_("Metric"), N_("How severe the vulnerability is for certain products."),
	       CLOSED, metric_members, 0, 0),
};

/* ---- vulnerabilities ---- */

static const PsCsafNode cwe_members[] = {
	FORM("id", N_("CWE id"), N_("Number of the weakness, as CWE-79."), REQUIRED, PS_CSAF_CWE,
	     0),
	ROW("name", N_("Name"), N_("Name of the weakness, exactly as the catalogue writes it."),
	    PS_CSAF_TEXT, REQUIRED, PS_CSAF_CATEGORY, PS_CSAF_CWE_NAME, 1, 0, NULL, NULL, 0),
	FORM("version", N_("Version"), N_("Version of the CWE catalogue, such as 4.18."), REQUIRED,
	     PS_CSAF_CWE_VERSION, 0),
};
static const PsCsafNode cwe_item[] = {
	OBJECT("", N_("Weakness"), N_("A weakness behind it (CWE)."), CLOSED, cwe_members, 0, 0),
};
static const PsCsafNode exploitation_members[] = {
	FORM("date", N_("Date"), N_("When the first exploitation became known."), REQUIRED,
	     PS_CSAF_TIME, 0),
	FORM("exploitation_date", N_("Exploited"), N_("When it was first exploited."), REQUIRED,
	     PS_CSAF_TIME, 0),
	GROUP_IDS,
	PRODUCT_IDS,
};
static const PsCsafNode exploitation_item[] = {
	OBJECT("", N_("First exploitation"),
	       N_("When certain products were first known to be exploited."), CLOSED,
	       exploitation_members, 3, 0),
};
static const PsCsafNode flag_item[] = {
	OBJECT("", N_("Justification"), N_("Why products are not affected, for programs."), CLOSED,
	       ps_csaf_flag_members, 0, 0),
};
static const PsCsafNode id_members[] = {
	GROUP_IDS,
	PRODUCT_IDS,
	TEXT("system_name", N_("System"), N_("Name of the tracking system."), REQUIRED),
	TEXT("text", N_("Id"), N_("The id in that system."), REQUIRED),
};
static const PsCsafNode id_item[] = {
	OBJECT("", N_("Other id"), N_("An id of the vulnerability that is not a CVE."), CLOSED,
	       id_members, 0, 0),
};
static const PsCsafNode involvement_members[] = {
	TEXT("contact", N_("Contact"), N_("Who of the party was spoken to."), 0),
	FORM("date", N_("Date"), N_("When the party stood so."), 0, PS_CSAF_TIME, 0),
	GROUP_IDS,
	CHOICE("party", N_("Party"), N_("Who is involved."), REQUIRED, ps_csaf_parties),
	PRODUCT_IDS,
	CHOICE("status", N_("Status"), N_("How far the party got."), REQUIRED,
	       ps_csaf_involvement_statuses),
	TEXT("summary", N_("Summary"), N_("What the party did or says."), LONG),
};
static const PsCsafNode involvement_item[] = {
	OBJECT("", N_("Involvement"), N_("What one party did about the vulnerability."), CLOSED,
	       involvement_members, 0, 0),
};
#define STATUS(name, label, help) LIST(name, label, help, UNIQUE, ps_csaf_product_ref_item, 1)
static const PsCsafNode status_members[] = {
	STATUS("first_affected", N_("First affected"),
	       N_("The first versions that have the vulnerability.")),
	STATUS("first_fixed", N_("First fixed"), N_("The first versions that have the fix.")),
	STATUS("fixed", N_("Fixed"),
	       N_("Versions that have the fix; not necessarily the best choice.")),
	STATUS("known_affected", N_("Affected"),
	       N_("Versions that are known to have the vulnerability.")),
	STATUS("known_not_affected", N_("Not affected"),
	       N_("Versions that are known not to have the vulnerability.")),
	STATUS("last_affected", N_("Last affected"),
	       N_("The last versions that have the vulnerability.")),
	STATUS("recommended", N_("Recommended"),
	       N_("Versions that the maker recommends for users of affected ones.")),
	STATUS("under_investigation", N_("Under investigation"),
	       N_("Versions of which it is not known yet.")),
	STATUS("unknown", N_("Unknown"),
	       N_("Versions of which it is not known, and nobody looks into it.")),
};
static const char *const remediation_categories[] = {"fix_planned",    "mitigation",
						     "no_fix_planned", "none_available",
						     "optional_patch", "vendor_fix",
						     "workaround",     NULL};
static const PsCsafNode remediation_members[] = {
	CHOICE("category", N_("Category"), N_("What kind of remedy it is."), REQUIRED,
	       remediation_categories),
	FORM("date", N_("Date"), N_("From when it is available."), 0, PS_CSAF_TIME, 0),
	TEXT("details", N_("Details"), N_("What the user does."), REQUIRED | LONG),
	LIST("entitlements", N_("Conditions"),
	     N_("What a user needs in order to get it, such as a contract."), 0,
	     ps_csaf_entitlement_item, 1),
	GROUP_IDS,
	PRODUCT_IDS,
	OBJECT("restart_required", N_("Restart"), N_("What has to be restarted afterwards."),
	       CLOSED, ps_csaf_restart_members, 0, 0),
	FORM("url", N_("Web address"), N_("Where it is found."), 0, PS_CSAF_URI, 0),
};
static const PsCsafNode remediation_item[] = {
	OBJECT("", N_("Remedy"), N_("What users of certain products can do."), CLOSED,
	       remediation_members, 0, 0),
};
static const PsCsafNode threat_item[] = {
	OBJECT("", N_("Threat"), N_("What is known of exploitation, impact or targets."), CLOSED,
	       ps_csaf_threat_members, 0, 0),
};
static const PsCsafNode vulnerability_members[] = {
	LIST("acknowledgments", N_("Acknowledgments"), N_("Who is thanked for this vulnerability."),
	     0, acknowledgment_item, 1),
	FORM("cve", N_("CVE"), N_("CVE id of the vulnerability."), 0, PS_CSAF_CVE, 0),
	LIST("cwes", N_("Weaknesses"), N_("The weaknesses behind it (CWE)."), UNIQUE, cwe_item, 1),
	FORM("disclosure_date", N_("Public since"), N_("When it was first made public anywhere."),
	     0, PS_CSAF_TIME, 0),
	FORM("discovery_date", N_("Discovered"), N_("When it was found."), 0, PS_CSAF_TIME, 0),
	LIST("first_known_exploitation_dates", N_("First exploitations"),
	     N_("When products were first known to be exploited."), UNIQUE, exploitation_item, 1),
	LIST("flags", N_("Justifications"), N_("Why products are not affected, for programs."),
	     UNIQUE, flag_item, 1),
	LIST("ids", N_("Other ids"), N_("Ids that are not a CVE."), UNIQUE, id_item, 1),
	LIST("involvements", N_("Involvements"), N_("Who did what about it, and when."), UNIQUE,
	     involvement_item, 1),
	LIST("metrics", N_("Metrics"), N_("How severe it is, by product."), UNIQUE, metric_item, 1),
	LIST("notes", N_("Notes"), N_("Texts for the readers about this vulnerability."), 0,
	     note_item, 1),
	OBJECT("product_status", N_("Product status"),
	       N_("Which products are affected, fixed, not affected."), CLOSED, status_members, 1,
	       0),
	LIST("references", N_("References"), N_("Links about this vulnerability."), 0,
	     reference_item, 1),
	LIST("remediations", N_("Remedies"), N_("What users can do."), 0, remediation_item, 1),
	LIST("threats", N_("Threats"), N_("What is known of exploitation, impact and targets."), 0,
	     threat_item, 1),
	TEXT("title", N_("Title"), N_("A name for the vulnerability."), 0),
	EXTENSIONS,
};
static const PsCsafNode vulnerability_item[] = {
	OBJECT("", N_("Vulnerability"), N_("One flaw."), CLOSED, vulnerability_members, 1, 0),
};
static const char *const schemas[] = {SCHEMA_URL, NULL};
static const PsCsafNode root_members[] = {
	CHOICE("$schema", N_("Schema"), N_("Address of the standard's schema."), REQUIRED, schemas),
	OBJECT("document", N_("Document"), N_("About the document itself."), REQUIRED | CLOSED,
	       document_members, 0, 0),
	OBJECT("product_tree", N_("Products"), N_("Every product that the document speaks of."),
	       CLOSED, tree_members, 1, 0),
	LIST("vulnerabilities", N_("Vulnerabilities"),
	     N_("The flaws, and how the products stand to them."), 0, vulnerability_item, 1),
	EXTENSIONS,
};

const PsCsafNode ps_csaf_root_2_1 =
	OBJECT("", N_("Advisory"), N_("A CSAF document."), CLOSED, root_members, 0, 0);
