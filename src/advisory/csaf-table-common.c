#include "config.h"

/* Rows of the tables that are the same in CSAF 2.0 and 2.1. */

#include "advisory/csaf-table-rows.h"

static const PsCsafNode name_item[] = {
	TEXT("", N_("Name"), N_("Name of a person."), 0),
};
static const PsCsafNode url_item[] = {
	FORM("", N_("Web address"), N_("A web address that tells more of them."), 0, PS_CSAF_URI,
	     0),
};
const PsCsafNode ps_csaf_acknowledgment_members[4] = {
	LIST("names", N_("Names"), N_("The people who are thanked."), 0, name_item, 1),
	TEXT("organization", N_("Organisation"),
	     N_("For whom they work, or the organisation that is thanked."), 0),
	TEXT("summary", N_("What for"), N_("What they did."), LONG),
	LIST("urls", N_("Web addresses"), N_("Where more about them is found."), 0, url_item, 1),
};
const char *const ps_csaf_note_categories[] = {"description",      "details", "faq",     "general",
					       "legal_disclaimer", "other",   "summary", NULL};
static const char *const reference_categories[] = {"external", "self", NULL};
const PsCsafNode ps_csaf_reference_members[3] = {
	CHOICE("category", N_("Category"),
	       N_("self: this very document or this vulnerability at its own address; external: "
		  "anything else. Without it, external."),
	       0, reference_categories),
	TEXT("summary", N_("Summary"), N_("What is found there."), REQUIRED),
	FORM("url", N_("Web address"), N_("The full address, with its scheme."), REQUIRED,
	     PS_CSAF_URI, 0),
};
const PsCsafNode ps_csaf_product_ref_item[1] = {
	REFERENCE("", N_("Product"), N_("Id of a product of the product tree."), 0,
		  PS_CSAF_PRODUCT_REF),
};
const PsCsafNode ps_csaf_group_ref_item[1] = {
	REFERENCE("", N_("Product group"), N_("Id of a product group of the product tree."), 0,
		  PS_CSAF_GROUP_REF),
};
const PsCsafNode ps_csaf_model_item[1] = {
	TEXT("", N_("Model number"),
	     N_("Model number as it is printed on the device; ? and * stand for characters that "
		"may differ."),
	     0),
};
const PsCsafNode ps_csaf_serial_item[1] = {
	TEXT("", N_("Serial number"),
	     N_("Serial number; ? and * stand for characters that may differ."), 0),
};
const PsCsafNode ps_csaf_sku_item[1] = {
	TEXT("", N_("Stock keeping unit"), N_("The number under which it is ordered or stocked."),
	     0),
};
const PsCsafNode ps_csaf_sbom_item[1] = {
	FORM("", N_("Address"), N_("Where a bill of materials of the product is found."), 0,
	     PS_CSAF_URI, 0),
};
const PsCsafNode ps_csaf_generic_uri_members[2] = {
	FORM("namespace", N_("Namespace"), N_("Says what kind of identifier the other address is."),
	     REQUIRED, PS_CSAF_URI, 0),
	FORM("uri", N_("Identifier"), N_("The identifier itself."), REQUIRED, PS_CSAF_URI, 0),
};
const PsCsafNode ps_csaf_group_members[3] = {
	REFERENCE("group_id", N_("Group id"),
		  N_("Id by which this document refers to the group; once in the document."),
		  REQUIRED, PS_CSAF_GROUP_ID),
	LIST("product_ids", N_("Products"), N_("The group's products, two or more."),
	     REQUIRED | UNIQUE, ps_csaf_product_ref_item, 2),
	TEXT("summary", N_("Summary"), N_("What the products have in common."), 0),
};
const char *const ps_csaf_relationship_categories[] = {
	"default_component_of", "external_component_of", "installed_on",
	"installed_with",       "optional_component_of", NULL};
const PsCsafNode ps_csaf_severity_members[2] = {
	FORM("namespace", N_("Namespace"), N_("Address that says which scale is used."), 0,
	     PS_CSAF_URI, 0),
	TEXT("text", N_("Severity"),
	     N_("Severity of the whole document, in words or as a number of that scale."),
	     REQUIRED),
};
const PsCsafNode ps_csaf_alias_item[1] = {
	TEXT("", N_("Other id"), N_("Another id of this same document."), 0),
};
const PsCsafNode ps_csaf_engine_members[2] = {
	TEXT("name", N_("Name"), N_("Name of the program."), REQUIRED),
	TEXT("version", N_("Version"), N_("Version of the program."), 0),
};
const PsCsafNode ps_csaf_revision_members[4] = {
	FORM("date", N_("Date"), N_("When this revision was made."), REQUIRED, PS_CSAF_TIME, 0),
	TEXT("legacy_version", N_("Former version"), N_("Version in the publisher's own counting."),
	     0),
	FORM("number", N_("Number"), N_("Version of the document in this revision."), REQUIRED,
	     PS_CSAF_VERSION, 0),
	TEXT("summary", N_("Summary"), N_("What changed."), REQUIRED | LONG),
};
const char *const ps_csaf_document_statuses[] = {"draft", "final", "interim", NULL};
static const char *const flag_labels[] = {"component_not_present",
					  "inline_mitigations_already_exist",
					  "vulnerable_code_cannot_be_controlled_by_adversary",
					  "vulnerable_code_not_in_execute_path",
					  "vulnerable_code_not_present",
					  NULL};
const PsCsafNode ps_csaf_flag_members[4] = {
	FORM("date", N_("Date"), N_("When it was assessed."), 0, PS_CSAF_TIME, 0),
	LIST("group_ids", N_("Product groups"), N_("Groups that it applies to."), UNIQUE,
	     ps_csaf_group_ref_item, 1),
	CHOICE("label", N_("Justification"),
	       N_("Why the products are not affected, in the words of VEX."), REQUIRED,
	       flag_labels),
	LIST("product_ids", N_("Products"), N_("Products that it applies to."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
};
const char *const ps_csaf_parties[] = {"coordinator", "discoverer", "other",
				       "user",        "vendor",     NULL};
const char *const ps_csaf_involvement_statuses[] = {"completed",   "contact_attempted", "disputed",
						    "in_progress", "not_contacted",     "open",
						    NULL};
static const char *const restart_categories[] = {"connected", "dependencies",
						 "machine",   "none",
						 "parent",    "service",
						 "system",    "vulnerable_component",
						 "zone",      NULL};
const PsCsafNode ps_csaf_restart_members[2] = {
	CHOICE("category", N_("What"), N_("What has to be restarted."), REQUIRED,
	       restart_categories),
	TEXT("details", N_("Details"), N_("More about the restart."), LONG),
};
const PsCsafNode ps_csaf_entitlement_item[1] = {
	TEXT("", N_("Condition"), N_("What a user needs in order to get it."), 0),
};
static const char *const threat_categories[] = {"exploit_status", "impact", "target_set", NULL};
const PsCsafNode ps_csaf_threat_members[5] = {
	CHOICE("category", N_("Category"),
	       N_("exploit_status: what is known of exploitation; impact: what it does to the "
		  "products, or why they are not affected; target_set: who is at risk."),
	       REQUIRED, threat_categories),
	FORM("date", N_("Date"), N_("When it was assessed."), 0, PS_CSAF_TIME, 0),
	TEXT("details", N_("Details"), N_("The assessment in words."), REQUIRED | LONG),
	LIST("group_ids", N_("Product groups"), N_("Groups that it applies to."), UNIQUE,
	     ps_csaf_group_ref_item, 1),
	LIST("product_ids", N_("Products"), N_("Products that it applies to."), UNIQUE,
	     ps_csaf_product_ref_item, 1),
};
