#include "config.h"

/* The nodes of CSAF 2.0 (section 3; schema of Errata 01) and of the CVSS objects in it (FIRST's
 * schemas of CVSS 2.0, 3.0 and 3.1; the latter two differ in the version only). */

#include "advisory/csaf-table.h"

#include "base/i18n.h"

#define REQUIRED PS_CSAF_REQUIRED
#define UNIQUE PS_CSAF_UNIQUE
#define LONG PS_CSAF_LONG

#define ROW(name, label, help, type, flags, format, role, min, max, choices, members, n)           \
	{                                                                                          \
		name, label, help, type, flags, format, role, min, max, choices, members, n        \
	}
#define TEXT(name, label, help, flags)                                                             \
	ROW(name, label, help, PS_CSAF_TEXT, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, 1, 0, NULL, NULL, 0)
#define FORM(name, label, help, flags, format, min)                                                \
	ROW(name, label, help, PS_CSAF_TEXT, flags, format, PS_CSAF_PLAIN, min, 0, NULL, NULL, 0)
#define CHOICE(name, label, help, flags, choices)                                                  \
	ROW(name, label, help, PS_CSAF_TEXT, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, 0, 0, choices,     \
	    NULL, 0)
#define REFERENCE(name, label, help, flags, role)                                                  \
	ROW(name, label, help, PS_CSAF_TEXT, flags, PS_CSAF_ANY, role, 1, 0, NULL, NULL, 0)
#define NUMBER(name, label, help, flags, min, max)                                                 \
	ROW(name, label, help, PS_CSAF_NUMBER, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, min, max, NULL,  \
	    NULL, 0)
#define OBJECT(name, label, help, flags, members, min, max)                                        \
	ROW(name, label, help, PS_CSAF_OBJECT, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, min, max, NULL,  \
	    members, G_N_ELEMENTS(members))
#define LIST(name, label, help, flags, item, min)                                                  \
	ROW(name, label, help, PS_CSAF_LIST, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, min, 0, NULL,      \
	    item, 1)

/* branches hold branches */
static const PsCsafNode branch_item[1];

static const PsCsafNode name_item[] = {
	TEXT("", N_("Name"), N_("Name of a person."), 0),
};
static const PsCsafNode url_item[] = {
	FORM("", N_("Web address"), N_("A web address that tells more of them."), 0, PS_CSAF_URI,
	     0),
};
static const PsCsafNode acknowledgment_members[] = {
	LIST("names", N_("Names"), N_("The people who are thanked."), 0, name_item, 1),
	TEXT("organization", N_("Organisation"),
	     N_("For whom they work, or the organisation that is thanked."), 0),
	TEXT("summary", N_("What for"), N_("What they did."), LONG),
	LIST("urls", N_("Web addresses"), N_("Where more about them is found."), 0, url_item, 1),
};
static const PsCsafNode acknowledgment_item[] = {
	OBJECT("", N_("Acknowledgment"), N_("One person, group or organisation that helped."), 0,
	       acknowledgment_members, 1, 0),
};
static const char *const note_categories[] = {"description",      "details", "faq",     "general",
					      "legal_disclaimer", "other",   "summary", NULL};
static const PsCsafNode note_members[] = {
	TEXT("audience", N_("Audience"), N_("For whom the note is written."), 0),
	CHOICE("category", N_("Category"), N_("What kind of note it is."), REQUIRED,
	       note_categories),
	TEXT("text", N_("Text"), N_("The note itself."), REQUIRED | LONG),
	TEXT("title", N_("Title"), N_("A heading for the note."), 0),
};
static const PsCsafNode note_item[] = {
	OBJECT("", N_("Note"), N_("One text for the readers."), 0, note_members, 0, 0),
};
static const char *const reference_categories[] = {"external", "self", NULL};
static const PsCsafNode reference_members[] = {
	CHOICE("category", N_("Category"),
	       N_("self: this very document or this vulnerability at its own address; external: "
		  "anything else. Without it, external."),
	       0, reference_categories),
	TEXT("summary", N_("Summary"), N_("What is found there."), REQUIRED),
	FORM("url", N_("Web address"), N_("The full address, with its scheme."), REQUIRED,
	     PS_CSAF_URI, 0),
};
static const PsCsafNode reference_item[] = {
	OBJECT("", N_("Reference"), N_("One link."), 0, reference_members, 0, 0),
};
static const PsCsafNode product_ref_item[] = {
	REFERENCE("", N_("Product"), N_("Id of a product of the product tree."), 0,
		  PS_CSAF_PRODUCT_REF),
};
static const PsCsafNode group_ref_item[] = {
	REFERENCE("", N_("Product group"), N_("Id of a product group of the product tree."), 0,
		  PS_CSAF_GROUP_REF),
};
static const PsCsafNode file_hash_members[] = {
	TEXT("algorithm", N_("Algorithm"),
	     N_("Name of the hash algorithm in small letters, such as sha256 or sha512."),
	     REQUIRED),
	FORM("value", N_("Value"), N_("The hash in hexadecimal digits."), REQUIRED, PS_CSAF_HASH,
	     32),
};
static const PsCsafNode file_hash_item[] = {
	OBJECT("", N_("Hash"), N_("One hash of the file."), 0, file_hash_members, 0, 0),
};
static const PsCsafNode hashes_members[] = {
	LIST("file_hashes", N_("Hashes"),
	     N_("One hash an algorithm; at least one that is stronger than MD5 and SHA-1."),
	     REQUIRED, file_hash_item, 1),
	TEXT("filename", N_("File name"), N_("Name of the file."), REQUIRED),
};
static const PsCsafNode hashes_item[] = {
	OBJECT("", N_("File"), N_("A file of the product, by its hashes."), 0, hashes_members, 0,
	       0),
};
static const PsCsafNode model_item[] = {
	TEXT("", N_("Model number"),
	     N_("Model number as it is printed on the device; ? and * stand for characters that "
		"may differ."),
	     0),
};
static const PsCsafNode serial_item[] = {
	TEXT("", N_("Serial number"),
	     N_("Serial number; ? and * stand for characters that may differ."), 0),
};
static const PsCsafNode sku_item[] = {
	TEXT("", N_("Stock keeping unit"), N_("The number under which it is ordered or stocked."),
	     0),
};
static const PsCsafNode sbom_item[] = {
	FORM("", N_("Address"), N_("Where a bill of materials of the product is found."), 0,
	     PS_CSAF_URI, 0),
};
static const PsCsafNode generic_uri_members[] = {
	FORM("namespace", N_("Namespace"), N_("Says what kind of identifier the other address is."),
	     REQUIRED, PS_CSAF_URI, 0),
	FORM("uri", N_("Identifier"), N_("The identifier itself."), REQUIRED, PS_CSAF_URI, 0),
};
static const PsCsafNode generic_uri_item[] = {
	OBJECT("", N_("Other identifier"), N_("An identifier of another scheme."), 0,
	       generic_uri_members, 0, 0),
};
static const PsCsafNode helper_members[] = {
	FORM("cpe", N_("CPE"), N_("Common Platform Enumeration name of the product, 2.2 or 2.3."),
	     0, PS_CSAF_CPE, 5),
	LIST("hashes", N_("Hashes of files"), N_("Files by which the product is recognised."), 0,
	     hashes_item, 1),
	LIST("model_numbers", N_("Model numbers"), N_("Hardware models."), UNIQUE, model_item, 1),
	FORM("purl", N_("Package URL"), N_("Package URL of the product."), 0, PS_CSAF_PURL, 7),
	LIST("sbom_urls", N_("Bills of materials"), N_("Where SBOMs of the product are found."), 0,
	     sbom_item, 1),
	LIST("serial_numbers", N_("Serial numbers"), N_("Single devices."), UNIQUE, serial_item, 1),
	LIST("skus", N_("Stock keeping units"), N_("Order numbers."), 0, sku_item, 1),
	LIST("x_generic_uris", N_("Other identifiers"), N_("Identifiers of other schemes."), 0,
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
	       N_("What tells a program which product is meant."), 0, helper_members, 1, 0),
};
static const char *const branch_categories[] = {"architecture",
						"host_name",
						"language",
						"legacy",
						"patch_level",
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
	OBJECT("product", N_("Product"), N_("The product at the end of the branch."), 0,
	       product_members, 0, 0),
};
static const PsCsafNode branch_item[1] = {
	OBJECT("", N_("Branch"),
	       N_("A step from the maker down to the product; holds either further branches or a "
		  "product."),
	       0, branch_members, 3, 3),
};
static const PsCsafNode full_product_item[] = {
	OBJECT("", N_("Product"), N_("A product that stands outside the branches."), 0,
	       product_members, 0, 0),
};
static const PsCsafNode group_members[] = {
	REFERENCE("group_id", N_("Group id"),
		  N_("Id by which this document refers to the group; once in the document."),
		  REQUIRED, PS_CSAF_GROUP_ID),
	LIST("product_ids", N_("Products"), N_("The group's products, two or more."),
	     REQUIRED | UNIQUE, product_ref_item, 2),
	TEXT("summary", N_("Summary"), N_("What the products have in common."), 0),
};
static const PsCsafNode group_item[] = {
	OBJECT("", N_("Product group"), N_("Products that are named together."), 0, group_members,
	       0, 0),
};
static const char *const relationship_categories[] = {
	"default_component_of", "external_component_of", "installed_on",
	"installed_with",       "optional_component_of", NULL};
static const PsCsafNode relationship_members[] = {
	CHOICE("category", N_("Category"), N_("How the first product stands to the second."),
	       REQUIRED, relationship_categories),
	OBJECT("full_product_name", N_("Combined product"),
	       N_("The product that the two make together."), REQUIRED, product_members, 0, 0),
	REFERENCE("product_reference", N_("First product"), N_("The part, or what is installed."),
		  REQUIRED, PS_CSAF_PRODUCT_REF),
	REFERENCE("relates_to_product_reference", N_("Second product"),
		  N_("The whole, or where it is installed."), REQUIRED, PS_CSAF_PRODUCT_REF),
};
static const PsCsafNode relationship_item[] = {
	OBJECT("", N_("Relationship"), N_("Two products that make a third one together."), 0,
	       relationship_members, 0, 0),
};
static const PsCsafNode tree_members[] = {
	LIST("branches", N_("Branches"), N_("Products as a tree: maker, product, version."), 0,
	     branch_item, 1),
	LIST("full_product_names", N_("Products outside the branches"),
	     N_("Products without a place in the tree."), 0, full_product_item, 1),
	LIST("product_groups", N_("Product groups"), N_("Products that are named together."), 0,
	     group_item, 1),
	LIST("relationships", N_("Relationships"),
	     N_("Products made of two others, such as firmware on hardware."), 0, relationship_item,
	     1),
};
static const PsCsafNode severity_members[] = {
	FORM("namespace", N_("Namespace"), N_("Address that says which scale is used."), 0,
	     PS_CSAF_URI, 0),
	TEXT("text", N_("Severity"),
	     N_("Severity of the whole document, in words or as a number of that scale."),
	     REQUIRED),
};
static const char *const tlp_labels[] = {"AMBER", "GREEN", "RED", "WHITE", NULL};
static const PsCsafNode tlp_members[] = {
	CHOICE("label", N_("Label"), N_("Traffic light label: WHITE is what TLP 2.0 calls CLEAR."),
	       REQUIRED, tlp_labels),
	FORM("url", N_("Definition"), N_("Where the labels are explained."), 0, PS_CSAF_URI, 0),
};
static const PsCsafNode distribution_members[] = {
	TEXT("text", N_("Rules"), N_("How the document may be passed on, in words."), LONG),
	OBJECT("tlp", N_("Traffic light protocol"), N_("How far the document may be passed on."), 0,
	       tlp_members, 0, 0),
};
static const char *const publisher_categories[] = {"coordinator", "discoverer", "other",
						   "translator",  "user",       "vendor",
						   NULL};
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
static const PsCsafNode alias_item[] = {
	TEXT("", N_("Other id"), N_("Another id of this same document."), 0),
};
static const PsCsafNode engine_members[] = {
	TEXT("name", N_("Name"), N_("Name of the program."), REQUIRED),
	TEXT("version", N_("Version"), N_("Version of the program."), 0),
};
static const PsCsafNode generator_members[] = {
	FORM("date", N_("Date"), N_("When this file was made."), 0, PS_CSAF_TIME, 0),
	OBJECT("engine", N_("Program"), N_("What made this file."), REQUIRED, engine_members, 0, 0),
};
static const PsCsafNode revision_members[] = {
	FORM("date", N_("Date"), N_("When this revision was made."), REQUIRED, PS_CSAF_TIME, 0),
	TEXT("legacy_version", N_("Former version"), N_("Version in the publisher's own counting."),
	     0),
	FORM("number", N_("Number"), N_("Version of the document in this revision."), REQUIRED,
	     PS_CSAF_VERSION, 0),
	TEXT("summary", N_("Summary"), N_("What changed."), REQUIRED | LONG),
};
static const PsCsafNode revision_item[] = {
	OBJECT("", N_("Revision"), N_("One step in the document's history."), 0, revision_members,
	       0, 0),
};
static const char *const document_statuses[] = {"draft", "final", "interim", NULL};
static const PsCsafNode tracking_members[] = {
	LIST("aliases", N_("Other ids"), N_("Other ids of this same document."), UNIQUE, alias_item,
	     1),
	FORM("current_release_date", N_("Current release"), N_("When this version was released."),
	     REQUIRED, PS_CSAF_TIME, 0),
	OBJECT("generator", N_("Made with"), N_("What made this file."), 0, generator_members, 0,
	       0),
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
	       REQUIRED, document_statuses),
	FORM("version", N_("Version"),
	     N_("Version of the document: a whole number, or semantic as 1.2.3."), REQUIRED,
	     PS_CSAF_VERSION, 0),
};
static const char *const csaf_versions[] = {"2.0", NULL};
static const PsCsafNode document_members[] = {
	LIST("acknowledgments", N_("Acknowledgments"),
	     N_("Who is thanked for the document as a whole."), 0, acknowledgment_item, 1),
	OBJECT("aggregate_severity", N_("Overall severity"), N_("How serious the whole is."), 0,
	       severity_members, 0, 0),
	FORM("category", N_("Category"),
	     N_("The profile that the document follows, such as csaf_security_advisory or "
		"csaf_vex, or a kind of your own."),
	     REQUIRED, PS_CSAF_CATEGORY, 1),
	CHOICE("csaf_version", N_("CSAF version"), N_("Version of the standard."), REQUIRED,
	       csaf_versions),
	OBJECT("distribution", N_("Distribution"), N_("Who may see it."), 0, distribution_members,
	       1, 0),
	FORM("lang", N_("Language"), N_("Language of the document, such as en or de-AT."), 0,
	     PS_CSAF_LANG, 0),
	LIST("notes", N_("Notes"), N_("Texts for the readers about the document as a whole."), 0,
	     note_item, 1),
	OBJECT("publisher", N_("Publisher"), N_("Who issues the document."), REQUIRED,
	       publisher_members, 0, 0),
	LIST("references", N_("References"), N_("Links about the document as a whole."), 0,
	     reference_item, 1),
	FORM("source_lang", N_("Language of the original"),
	     N_("For translations: the language that it was translated from."), 0, PS_CSAF_LANG, 0),
	TEXT("title", N_("Title"), N_("Title that tells this document from others."), REQUIRED),
	OBJECT("tracking", N_("Tracking"), N_("Id, version, dates and history."), REQUIRED,
	       tracking_members, 0, 0),
};
static const PsCsafNode cwe_members[] = {
	FORM("id", N_("CWE id"), N_("Number of the weakness, as CWE-79."), REQUIRED, PS_CSAF_CWE,
	     0),
	REFERENCE("name", N_("Name"),
		  N_("Name of the weakness, exactly as the catalogue writes it."), REQUIRED,
		  PS_CSAF_CWE_NAME),
};
static const char *const flag_labels[] = {"component_not_present",
					  "inline_mitigations_already_exist",
					  "vulnerable_code_cannot_be_controlled_by_adversary",
					  "vulnerable_code_not_in_execute_path",
					  "vulnerable_code_not_present",
					  NULL};
static const PsCsafNode flag_members[] = {
	FORM("date", N_("Date"), N_("When it was assessed."), 0, PS_CSAF_TIME, 0),
	LIST("group_ids", N_("Product groups"), N_("Groups that it applies to."), UNIQUE,
	     group_ref_item, 1),
	CHOICE("label", N_("Justification"),
	       N_("Why the products are not affected, in the words of VEX."), REQUIRED,
	       flag_labels),
	LIST("product_ids", N_("Products"), N_("Products that it applies to."), UNIQUE,
	     product_ref_item, 1),
};
static const PsCsafNode flag_item[] = {
	OBJECT("", N_("Justification"), N_("Why products are not affected, for programs."), 0,
	       flag_members, 0, 0),
};
static const PsCsafNode id_members[] = {
	TEXT("system_name", N_("System"), N_("Name of the tracking system."), REQUIRED),
	TEXT("text", N_("Id"), N_("The id in that system."), REQUIRED),
};
static const PsCsafNode id_item[] = {
	OBJECT("", N_("Other id"), N_("An id of the vulnerability that is not a CVE."), 0,
	       id_members, 0, 0),
};
static const char *const parties[] = {"coordinator", "discoverer", "other", "user", "vendor", NULL};
static const char *const involvement_statuses[] = {"completed",   "contact_attempted", "disputed",
						   "in_progress", "not_contacted",     "open",
						   NULL};
static const PsCsafNode involvement_members[] = {
	FORM("date", N_("Date"), N_("When the party stood so."), 0, PS_CSAF_TIME, 0),
	CHOICE("party", N_("Party"), N_("Who is involved."), REQUIRED, parties),
	CHOICE("status", N_("Status"), N_("How far the party got."), REQUIRED,
	       involvement_statuses),
	TEXT("summary", N_("Summary"), N_("What the party did or says."), LONG),
};
static const PsCsafNode involvement_item[] = {
	OBJECT("", N_("Involvement"), N_("What one party did about the vulnerability."), 0,
	       involvement_members, 0, 0),
};
static const PsCsafNode status_members[] = {
	LIST("first_affected", N_("First affected"),
	     N_("The first versions that have the vulnerability."), UNIQUE, product_ref_item, 1),
	LIST("first_fixed", N_("First fixed"), N_("The first versions that have the fix."), UNIQUE,
	     product_ref_item, 1),
	LIST("fixed", N_("Fixed"),
	     N_("Versions that have the fix; not necessarily the best choice."), UNIQUE,
	     product_ref_item, 1),
	LIST("known_affected", N_("Affected"),
	     N_("Versions that are known to have the vulnerability."), UNIQUE, product_ref_item, 1),
	LIST("known_not_affected", N_("Not affected"),
	     N_("Versions that are known not to have the vulnerability."), UNIQUE, product_ref_item,
	     1),
	LIST("last_affected", N_("Last affected"),
	     N_("The last versions that have the vulnerability."), UNIQUE, product_ref_item, 1),
	LIST("recommended", N_("Recommended"),
	     N_("Versions that the maker recommends for users of affected ones."), UNIQUE,
	     product_ref_item, 1),
	LIST("under_investigation", N_("Under investigation"),
	     N_("Versions of which it is not known yet."), UNIQUE, product_ref_item, 1),
};
static const char *const remediation_categories[] = {"mitigation",     "no_fix_planned",
						     "none_available", "vendor_fix",
						     "workaround",     NULL};
static const char *const restart_categories[] = {"connected", "dependencies",
						 "machine",   "none",
						 "parent",    "service",
						 "system",    "vulnerable_component",
						 "zone",      NULL};
static const PsCsafNode restart_members[] = {
	CHOICE("category", N_("What"), N_("What has to be restarted."), REQUIRED,
	       restart_categories),
	TEXT("details", N_("Details"), N_("More about the restart."), LONG),
};
static const PsCsafNode entitlement_item[] = {
	TEXT("", N_("Condition"), N_("What a user needs in order to get it."), 0),
};
static const PsCsafNode remediation_members[] = {
	CHOICE("category", N_("Category"), N_("What kind of remedy it is."), REQUIRED,
	       remediation_categories),
	FORM("date", N_("Date"), N_("From when it is available."), 0, PS_CSAF_TIME, 0),
	TEXT("details", N_("Details"), N_("What the user does."), REQUIRED | LONG),
	LIST("entitlements", N_("Conditions"),
	     N_("What a user needs in order to get it, such as a contract."), 0, entitlement_item,
	     1),
	LIST("group_ids", N_("Product groups"), N_("Groups that it applies to."), UNIQUE,
	     group_ref_item, 1),
	LIST("product_ids", N_("Products"), N_("Products that it applies to."), UNIQUE,
	     product_ref_item, 1),
	OBJECT("restart_required", N_("Restart"), N_("What has to be restarted afterwards."), 0,
	       restart_members, 0, 0),
	FORM("url", N_("Web address"), N_("Where it is found."), 0, PS_CSAF_URI, 0),
};
static const PsCsafNode remediation_item[] = {
	OBJECT("", N_("Remedy"), N_("What users of certain products can do."), 0,
	       remediation_members, 0, 0),
};
static const char *const access_complexities[] = {"HIGH", "LOW", "MEDIUM", NULL};
static const char *const access_vectors[] = {"ADJACENT_NETWORK", "LOCAL", "NETWORK", NULL};
static const char *const authentications[] = {"MULTIPLE", "NONE", "SINGLE", NULL};
static const char *const impacts_2[] = {"COMPLETE", "NONE", "PARTIAL", NULL};
static const char *const requirements[] = {"HIGH", "LOW", "MEDIUM", "NOT_DEFINED", NULL};
static const char *const collateral_damages[] = {"HIGH", "LOW",         "LOW_MEDIUM", "MEDIUM_HIGH",
						 "NONE", "NOT_DEFINED", NULL};
static const char *const exploit_maturities[] = {"FUNCTIONAL",       "HIGH",     "NOT_DEFINED",
						 "PROOF_OF_CONCEPT", "UNPROVEN", NULL};
static const char *const remediation_levels[] = {"NOT_DEFINED", "OFFICIAL_FIX", "TEMPORARY_FIX",
						 "UNAVAILABLE", "WORKAROUND",   NULL};
static const char *const confidences_2[] = {"CONFIRMED", "NOT_DEFINED", "UNCONFIRMED",
					    "UNCORROBORATED", NULL};
static const char *const target_distributions[] = {"HIGH", "LOW",         "MEDIUM",
						   "NONE", "NOT_DEFINED", NULL};
static const char *const cvss_2_versions[] = {"2.0", NULL};
static const PsCsafNode cvss_2_members[] = {
	CHOICE("accessComplexity", N_("Access complexity"), N_("As in the vector."), 0,
	       access_complexities),
	CHOICE("accessVector", N_("Access vector"), N_("As in the vector."), 0, access_vectors),
	CHOICE("authentication", N_("Authentication"), N_("As in the vector."), 0, authentications),
	CHOICE("availabilityImpact", N_("Availability impact"), N_("As in the vector."), 0,
	       impacts_2),
	CHOICE("availabilityRequirement", N_("Availability requirement"), N_("As in the vector."),
	       0, requirements),
	NUMBER("baseScore", N_("Base score"), N_("The number that the vector gives."), REQUIRED, 0,
	       10),
	CHOICE("collateralDamagePotential", N_("Collateral damage potential"),
	       N_("As in the vector."), 0, collateral_damages),
	CHOICE("confidentialityImpact", N_("Confidentiality impact"), N_("As in the vector."), 0,
	       impacts_2),
	CHOICE("confidentialityRequirement", N_("Confidentiality requirement"),
	       N_("As in the vector."), 0, requirements),
	NUMBER("environmentalScore", N_("Environmental score"),
	       N_("The number that the vector gives."), 0, 0, 10),
	CHOICE("exploitability", N_("Exploitability"), N_("As in the vector."), 0,
	       exploit_maturities),
	CHOICE("integrityImpact", N_("Integrity impact"), N_("As in the vector."), 0, impacts_2),
	CHOICE("integrityRequirement", N_("Integrity requirement"), N_("As in the vector."), 0,
	       requirements),
	CHOICE("remediationLevel", N_("Remediation level"), N_("As in the vector."), 0,
	       remediation_levels),
	CHOICE("reportConfidence", N_("Report confidence"), N_("As in the vector."), 0,
	       confidences_2),
	CHOICE("targetDistribution", N_("Target distribution"), N_("As in the vector."), 0,
	       target_distributions),
	NUMBER("temporalScore", N_("Temporal score"), N_("The number that the vector gives."), 0, 0,
	       10),
	FORM("vectorString", N_("Vector"), N_("The vector, from which all the rest follows."),
	     REQUIRED, PS_CSAF_VECTOR_2, 0),
	CHOICE("version", N_("CVSS version"), N_("Version of CVSS that the vector is of."),
	       REQUIRED, cvss_2_versions),
};
static const char *const attack_complexities[] = {"HIGH", "LOW", NULL};
static const char *const attack_vectors[] = {"ADJACENT_NETWORK", "LOCAL", "NETWORK", "PHYSICAL",
					     NULL};
static const char *const levels[] = {"HIGH", "LOW", "NONE", NULL};
static const char *const severities[] = {"CRITICAL", "HIGH", "LOW", "MEDIUM", "NONE", NULL};
static const char *const modified_complexities[] = {"HIGH", "LOW", "NOT_DEFINED", NULL};
static const char *const modified_attack_vectors[] = {"ADJACENT_NETWORK", "LOCAL",    "NETWORK",
						      "NOT_DEFINED",      "PHYSICAL", NULL};
static const char *const modified_levels[] = {"HIGH", "LOW", "NONE", "NOT_DEFINED", NULL};
static const char *const modified_scopes[] = {"CHANGED", "NOT_DEFINED", "UNCHANGED", NULL};
static const char *const modified_interactions[] = {"NONE", "NOT_DEFINED", "REQUIRED", NULL};
static const char *const confidences[] = {"CONFIRMED", "NOT_DEFINED", "REASONABLE", "UNKNOWN",
					  NULL};
static const char *const scopes[] = {"CHANGED", "UNCHANGED", NULL};
static const char *const user_interactions[] = {"NONE", "REQUIRED", NULL};
static const char *const cvss_3_versions[] = {"3.0", "3.1", NULL};
static const PsCsafNode cvss_3_members[] = {
	CHOICE("attackComplexity", N_("Attack complexity"), N_("As in the vector."), 0,
	       attack_complexities),
	CHOICE("attackVector", N_("Attack vector"), N_("As in the vector."), 0, attack_vectors),
	CHOICE("availabilityImpact", N_("Availability impact"), N_("As in the vector."), 0, levels),
	CHOICE("availabilityRequirement", N_("Availability requirement"), N_("As in the vector."),
	       0, requirements),
	NUMBER("baseScore", N_("Base score"), N_("The number that the vector gives."), REQUIRED, 0,
	       10),
	CHOICE("baseSeverity", N_("Base severity"), N_("The word for the score, in capitals."),
	       REQUIRED, severities),
	CHOICE("confidentialityImpact", N_("Confidentiality impact"), N_("As in the vector."), 0,
	       levels),
	CHOICE("confidentialityRequirement", N_("Confidentiality requirement"),
	       N_("As in the vector."), 0, requirements),
	NUMBER("environmentalScore", N_("Environmental score"),
	       N_("The number that the vector gives."), 0, 0, 10),
	CHOICE("environmentalSeverity", N_("Environmental severity"),
	       N_("The word for the score, in capitals."), 0, severities),
	CHOICE("exploitCodeMaturity", N_("Exploit code maturity"), N_("As in the vector."), 0,
	       exploit_maturities),
	CHOICE("integrityImpact", N_("Integrity impact"), N_("As in the vector."), 0, levels),
	CHOICE("integrityRequirement", N_("Integrity requirement"), N_("As in the vector."), 0,
	       requirements),
	CHOICE("modifiedAttackComplexity", N_("Modified attack complexity"),
	       N_("As in the vector."), 0, modified_complexities),
	CHOICE("modifiedAttackVector", N_("Modified attack vector"), N_("As in the vector."), 0,
	       modified_attack_vectors),
	CHOICE("modifiedAvailabilityImpact", N_("Modified availability impact"),
	       N_("As in the vector."), 0, modified_levels),
	CHOICE("modifiedConfidentialityImpact", N_("Modified confidentiality impact"),
	       N_("As in the vector."), 0, modified_levels),
	CHOICE("modifiedIntegrityImpact", N_("Modified integrity impact"), N_("As in the vector."),
	       0, modified_levels),
	CHOICE("modifiedPrivilegesRequired", N_("Modified privileges required"),
	       N_("As in the vector."), 0, modified_levels),
	CHOICE("modifiedScope", N_("Modified scope"), N_("As in the vector."), 0, modified_scopes),
	CHOICE("modifiedUserInteraction", N_("Modified user interaction"), N_("As in the vector."),
	       0, modified_interactions),
	CHOICE("privilegesRequired", N_("Privileges required"), N_("As in the vector."), 0, levels),
	CHOICE("remediationLevel", N_("Remediation level"), N_("As in the vector."), 0,
	       remediation_levels),
	CHOICE("reportConfidence", N_("Report confidence"), N_("As in the vector."), 0,
	       confidences),
	CHOICE("scope", N_("Scope"), N_("As in the vector."), 0, scopes),
	NUMBER("temporalScore", N_("Temporal score"), N_("The number that the vector gives."), 0, 0,
	       10),
	CHOICE("temporalSeverity", N_("Temporal severity"),
	       N_("The word for the score, in capitals."), 0, severities),
	CHOICE("userInteraction", N_("User interaction"), N_("As in the vector."), 0,
	       user_interactions),
	FORM("vectorString", N_("Vector"), N_("The vector, from which all the rest follows."),
	     REQUIRED, PS_CSAF_VECTOR_3, 0),
	CHOICE("version", N_("CVSS version"), N_("Version of CVSS that the vector is of."),
	       REQUIRED, cvss_3_versions),
};
static const PsCsafNode score_members[] = {
	OBJECT("cvss_v2", N_("CVSS 2.0"), N_("Score of CVSS 2.0."), 0, cvss_2_members, 0, 0),
	OBJECT("cvss_v3", N_("CVSS 3.0 or 3.1"), N_("Score of CVSS 3.0 or 3.1."), 0, cvss_3_members,
	       0, 0),
	LIST("products", N_("Products"), N_("Products that the score applies to."),
	     REQUIRED | UNIQUE, product_ref_item, 1),
};
static const PsCsafNode score_item[] = {
	OBJECT("", N_("Score"), N_("How severe the vulnerability is for certain products."), 0,
	       score_members, 2, 0),
};
static const char *const threat_categories[] = {"exploit_status", "impact", "target_set", NULL};
static const PsCsafNode threat_members[] = {
	CHOICE("category", N_("Category"),
	       N_("exploit_status: what is known of exploitation; impact: what it does to the "
		  "products, or why they are not affected; target_set: who is at risk."),
	       REQUIRED, threat_categories),
	FORM("date", N_("Date"), N_("When it was assessed."), 0, PS_CSAF_TIME, 0),
	TEXT("details", N_("Details"), N_("The assessment in words."), REQUIRED | LONG),
	LIST("group_ids", N_("Product groups"), N_("Groups that it applies to."), UNIQUE,
	     group_ref_item, 1),
	LIST("product_ids", N_("Products"), N_("Products that it applies to."), UNIQUE,
	     product_ref_item, 1),
};
static const PsCsafNode threat_item[] = {
	OBJECT("", N_("Threat"), N_("What is known of exploitation, impact or targets."), 0,
	       threat_members, 0, 0),
};
static const PsCsafNode vulnerability_members[] = {
	LIST("acknowledgments", N_("Acknowledgments"), N_("Who is thanked for this vulnerability."),
	     0, acknowledgment_item, 1),
	FORM("cve", N_("CVE"), N_("CVE id of the vulnerability."), 0, PS_CSAF_CVE, 0),
	OBJECT("cwe", N_("Weakness"), N_("The weakness behind it (CWE)."), 0, cwe_members, 0, 0),
	FORM("discovery_date", N_("Discovered"), N_("When it was found."), 0, PS_CSAF_TIME, 0),
	LIST("flags", N_("Justifications"), N_("Why products are not affected, for programs."),
	     UNIQUE, flag_item, 1),
	LIST("ids", N_("Other ids"), N_("Ids that are not a CVE."), UNIQUE, id_item, 1),
	LIST("involvements", N_("Involvements"), N_("Who did what about it, and when."), UNIQUE,
	     involvement_item, 1),
	LIST("notes", N_("Notes"), N_("Texts for the readers about this vulnerability."), 0,
	     note_item, 1),
	OBJECT("product_status", N_("Product status"),
	       N_("Which products are affected, fixed, not affected."), 0, status_members, 1, 0),
	LIST("references", N_("References"), N_("Links about this vulnerability."), 0,
	     reference_item, 1),
	FORM("release_date", N_("Public since"), N_("When it was first made public anywhere."), 0,
	     PS_CSAF_TIME, 0),
	LIST("remediations", N_("Remedies"), N_("What users can do."), 0, remediation_item, 1),
	LIST("scores", N_("Scores"), N_("How severe it is, by product."), 0, score_item, 1),
	LIST("threats", N_("Threats"), N_("What is known of exploitation, impact and targets."), 0,
	     threat_item, 1),
	TEXT("title", N_("Title"), N_("A name for the vulnerability."), 0),
};
static const PsCsafNode vulnerability_item[] = {
	OBJECT("", N_("Vulnerability"), N_("One flaw."), 0, vulnerability_members, 1, 0),
};
static const PsCsafNode root_members[] = {
	OBJECT("document", N_("Document"), N_("About the document itself."), REQUIRED,
	       document_members, 0, 0),
	OBJECT("product_tree", N_("Products"), N_("Every product that the document speaks of."), 0,
	       tree_members, 1, 0),
	LIST("vulnerabilities", N_("Vulnerabilities"),
	     N_("The flaws, and how the products stand to them."), 0, vulnerability_item, 1),
};

const PsCsafNode ps_csaf_root_2_0 =
	OBJECT("", N_("Advisory"), N_("A CSAF document."), 0, root_members, 0, 0);
