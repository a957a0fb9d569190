#include "config.h"

/* The nodes of CSAF 2.0 (section 3; schema of Errata 01). */

#include "advisory/csaf-table-rows.h"

/* branches hold branches */
static const PsCsafNode branch_item[1];
static const PsCsafNode acknowledgment_item[] = {
	OBJECT("", N_("Acknowledgment"), N_("One person, group or organisation that helped."), 0,
	       ps_csaf_acknowledgment_members, 1, 0),
};
static const PsCsafNode note_members[] = {
	TEXT("audience", N_("Audience"), N_("For whom the note is written."), 0),
	CHOICE("category", N_("Category"), N_("What kind of note it is."), REQUIRED,
	       ps_csaf_note_categories),
	TEXT("text", N_("Text"), N_("The note itself."), REQUIRED | LONG),
	TEXT("title", N_("Title"), N_("A heading for the note."), 0),
};
static const PsCsafNode note_item[] = {
	OBJECT("", N_("Note"), N_("One text for the readers."), 0, note_members, 0, 0),
};
static const PsCsafNode reference_item[] = {
	OBJECT("", N_("Reference"), N_("One link."), 0, ps_csaf_reference_members, 0, 0),
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
static const PsCsafNode generic_uri_item[] = {
	OBJECT("", N_("Other identifier"), N_("An identifier of another scheme."), 0,
	       ps_csaf_generic_uri_members, 0, 0),
};
static const PsCsafNode helper_members[] = {
	FORM("cpe", N_("CPE"), N_("Common Platform Enumeration name of the product, 2.2 or 2.3."),
	     0, PS_CSAF_CPE, 5),
	LIST("hashes", N_("Hashes of files"), N_("Files by which the product is recognised."), 0,
	     hashes_item, 1),
	LIST("model_numbers", N_("Model numbers"), N_("Hardware models."), UNIQUE,
	     ps_csaf_model_item, 1),
	FORM("purl", N_("Package URL"), N_("Package URL of the product."), 0, PS_CSAF_PURL, 7),
	LIST("sbom_urls", N_("Bills of materials"), N_("Where SBOMs of the product are found."), 0,
	     ps_csaf_sbom_item, 1),
	LIST("serial_numbers", N_("Serial numbers"), N_("Single devices."), UNIQUE,
	     ps_csaf_serial_item, 1),
	LIST("skus", N_("Stock keeping units"), N_("Order numbers."), 0, ps_csaf_sku_item, 1),
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
static const PsCsafNode group_item[] = {
	OBJECT("", N_("Product group"), N_("Products that are named together."), 0,
	       ps_csaf_group_members, 0, 0),
};
static const PsCsafNode relationship_members[] = {
	CHOICE("category", N_("Category"), N_("How the first product stands to the second."),
	       REQUIRED, ps_csaf_relationship_categories),
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
static const PsCsafNode generator_members[] = {
	FORM("date", N_("Date"), N_("When this file was made."), 0, PS_CSAF_TIME, 0),
	OBJECT("engine", N_("Program"), N_("What made this file."), REQUIRED,
	       ps_csaf_engine_members, 0, 0),
};
static const PsCsafNode revision_item[] = {
	OBJECT("", N_("Revision"), N_("One step in the document's history."), 0,
	       ps_csaf_revision_members, 0, 0),
};
static const PsCsafNode tracking_members[] = {
	LIST("aliases", N_("Other ids"), N_("Other ids of this same document."), UNIQUE,
	     ps_csaf_alias_item, 1),
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
	       REQUIRED, ps_csaf_document_statuses),
	FORM("version", N_("Version"),
	     N_("Version of the document: a whole number, or semantic as 1.2.3."), REQUIRED,
	     PS_CSAF_VERSION, 0),
};
static const char *const csaf_versions[] = {"2.0", NULL};
static const PsCsafNode document_members[] = {
	LIST("acknowledgments", N_("Acknowledgments"),
	     N_("Who is thanked for the document as a whole."), 0, acknowledgment_item, 1),
	OBJECT("aggregate_severity", N_("Overall severity"), N_("How serious the whole is."), 0,
	       ps_csaf_severity_members, 0, 0),
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
static const PsCsafNode flag_item[] = {
	OBJECT("", N_("Justification"), N_("Why products are not affected, for programs."), 0,
	       ps_csaf_flag_members, 0, 0),
};
static const PsCsafNode id_members[] = {
	TEXT("system_name", N_("System"), N_("Name of the tracking system."), REQUIRED),
	TEXT("text", N_("Id"), N_("The id in that system."), REQUIRED),
};
static const PsCsafNode id_item[] = {
	OBJECT("", N_("Other id"), N_("An id of the vulnerability that is not a CVE."), 0,
	       id_members, 0, 0),
};
static const PsCsafNode involvement_members[] = {
	FORM("date", N_("Date"), N_("When the party stood so."), 0, PS_CSAF_TIME, 0),
	CHOICE("party", N_("Party"), N_("Who is involved."), REQUIRED, ps_csaf_parties),
	CHOICE("status", N_("Status"), N_("How far the party got."), REQUIRED,
	       ps_csaf_involvement_statuses),
	TEXT("summary", N_("Summary"), N_("What the party did or says."), LONG),
};
static const PsCsafNode involvement_item[] = {
	OBJECT("", N_("Involvement"), N_("What one party did about the vulnerability."), 0,
	       involvement_members, 0, 0),
};
static const PsCsafNode status_members[] = {
	LIST("first_affected", N_("First affected"),
	     N_("The first versions that have the vulnerability."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
	LIST("first_fixed", N_("First fixed"), N_("The first versions that have the fix."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
	LIST("fixed", N_("Fixed"),
	     N_("Versions that have the fix; not necessarily the best choice."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
	LIST("known_affected", N_("Affected"),
	     N_("Versions that are known to have the vulnerability."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
	LIST("known_not_affected", N_("Not affected"),
	     N_("Versions that are known not to have the vulnerability."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
	LIST("last_affected", N_("Last affected"),
	     N_("The last versions that have the vulnerability."), UNIQUE, ps_csaf_product_ref_item,
	     1),
	LIST("recommended", N_("Recommended"),
	     N_("Versions that the maker recommends for users of affected ones."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
	LIST("under_investigation", N_("Under investigation"),
	     N_("Versions of which it is not known yet."), UNIQUE, ps_csaf_product_ref_item, 1),
};
static const char *const remediation_categories[] = {"mitigation",     "no_fix_planned",
						     "none_available", "vendor_fix",
						     "workaround",     NULL};
static const PsCsafNode remediation_members[] = {
	CHOICE("category", N_("Category"), N_("What kind of remedy it is."), REQUIRED,
	       remediation_categories),
	FORM("date", N_("Date"), N_("From when it is available."), 0, PS_CSAF_TIME, 0),
	TEXT("details", N_("Details"), N_("What the user does."), REQUIRED | LONG),
	LIST("entitlements", N_("Conditions"),
	     N_("What a user needs in order to get it, such as a contract."), 0,
	     ps_csaf_entitlement_item, 1),
	LIST("group_ids", N_("Product groups"), N_("Groups that it applies to."), UNIQUE,
	     ps_csaf_group_ref_item, 1),
	LIST("product_ids", N_("Products"), N_("Products that it applies to."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
	OBJECT("restart_required", N_("Restart"), N_("What has to be restarted afterwards."), 0,
	       ps_csaf_restart_members, 0, 0),
	FORM("url", N_("Web address"), N_("Where it is found."), 0, PS_CSAF_URI, 0),
};
static const PsCsafNode remediation_item[] = {
	OBJECT("", N_("Remedy"), N_("What users of certain products can do."), 0,
	       remediation_members, 0, 0),
};
static const PsCsafNode score_members[] = {
	OBJECT("cvss_v2", N_("CVSS 2.0"), N_("Score of CVSS 2.0."), 0, ps_csaf_cvss_2_members, 0,
	       0),
	OBJECT("cvss_v3", N_("CVSS 3.0 or 3.1"), N_("Score of CVSS 3.0 or 3.1."), 0,
	       ps_csaf_cvss_3_members, 0, 0),
	LIST("products", N_("Products"), N_("Products that the score applies to."),
	     REQUIRED | UNIQUE, ps_csaf_product_ref_item, 1),
};
static const PsCsafNode score_item[] = {
	OBJECT("", N_("Score"), N_("How severe the vulnerability is for certain products."), 0,
	       score_members, 2, 0),
};
static const PsCsafNode threat_item[] = {
	OBJECT("", N_("Threat"), N_("What is known of exploitation, impact or targets."), 0,
	       ps_csaf_threat_members, 0, 0),
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
