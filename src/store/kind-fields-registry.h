#ifndef PS_STORE_KIND_FIELDS_REGISTRY_H
#define PS_STORE_KIND_FIELDS_REGISTRY_H

/* Fields of the registry's kinds and of people. Included by kind-table.c only. */

#include "store/kind-choices.h"

static const char *const person_roles[] = {"analyst", "approver",      "filer",
					   "auditor", "administrator", NULL};
static const char *const cra_classes[] = {"default", "important-I", "important-II", "critical",
					  NULL};
static const char *const component_types[] = {"application", "framework",     "library",
					      "container",   "platform",      "operating-system",
					      "device",      "firmware",      "file",
					      "data",        "device-driver", NULL};

static const PsField product_fields[] = {
	{"name", N_("Name"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("The product's name as the user knows it.")},
	{"vendor", N_("Manufacturer"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Legal entity or brand on the product.")},
	{"family", N_("Product line"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Product line or family that it belongs to.")},
	{"model", N_("Model number"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Hardware model number as printed on the device.")},
	{"sku", N_("SKU"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Stock keeping unit.")},
	{"cpe", N_("CPE"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("CPE 2.3 name of the product, without version.")},
	{"cra_class", N_("CRA class"), PS_TYPE_CHOICE, 0, cra_classes, NULL,
	 N_("Class under Annexes III and IV of the Cyber Resilience Act.")},
	{"cra_reason", N_("Reason of the class"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("Why this class applies.")},
	{"support_start", N_("Support starts"), PS_TYPE_DATE, 0, NULL, NULL,
	 N_("First day of the support period.")},
	{"support_end", N_("Support ends"), PS_TYPE_DATE, 0, NULL, NULL,
	 N_("Last day of the support period.")},
	{"support_reason", N_("Reason of the period"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("How the length of the support period was determined.")},
	{"update_mechanism", N_("Update mechanism"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("How security updates reach the users.")},
	{"contact", N_("Contact"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Who builds it inside the company.")},
	{"archived", N_("Archived"), PS_TYPE_BOOLEAN, 0, NULL, NULL,
	 N_("Kept, but out of the way.")},
};

static const PsField release_fields[] = {
	{"product", N_("Product"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "product",
	 N_("The product that this is a release of.")},
	{"version", N_("Version"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Version as the user sees it.")},
	{"released_on", N_("Released on"), PS_TYPE_DATE, 0, NULL, NULL, N_("Day of release.")},
	{"support_end", N_("Support ends"), PS_TYPE_DATE, 0, NULL, NULL,
	 N_("When this release loses support; empty: with the product.")},
	{"market_on", N_("On the market since"), PS_TYPE_DATE, 0, NULL, NULL,
	 N_("Day of placing on the market.")},
	{"member_states", N_("Member States"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("ISO codes of the Member States where it is available, comma-separated.")},
	{"purl", N_("purl"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Package URL of the release.")},
	{"cpe", N_("CPE"), PS_TYPE_TEXT, 0, NULL, NULL, N_("CPE 2.3 name with version.")},
	{"sha256", N_("SHA-256"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Hash of the delivered artefact.")},
	{"url", N_("Download"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Where users get it.")},
	{"notes", N_("Notes"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("Installation notes and anything else.")},
	{"range", N_("Version range"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("VERS range, as vers:semver/<2.3.1, where this stands for several versions.")},
};

/* CSAF 2.0 section 3.2.2.4 */
static const PsField relationship_fields[] = {
	{"release", N_("Release"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "release",
	 N_("The release that is used, as a firmware.")},
	{"category", N_("How"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("installed_on", "installed_with", "default_component_of", "optional_component_of",
		 "external_component_of"),
	 NULL, N_("How the one is used with the other.")},
	{"relates_to", N_("On or with"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "release",
	 N_("The release that it runs on or belongs to, as a device.")},
	{"name", N_("Name"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("What users call the two together; empty: made from both names.")},
};

/* CSAF 2.0 section 3.1.3.3 */
static const PsField identifier_fields[] = {
	{"product", N_("Product"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "product",
	 N_("The product that it identifies.")},
	{"release", N_("Release"), PS_TYPE_REF, 0, NULL, "release",
	 N_("Only this release; empty: every release.")},
	{"type", N_("Type"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("model_number", "sku", "serial_number", "hash", "purl", "cpe", "sbom_url", "uri"),
	 NULL, N_("What kind of identifier it is.")},
	{"value", N_("Value"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("The identifier; ? and * stand for one or more characters of a number.")},
	{"algorithm", N_("Algorithm"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Of a hash, as sha256; of a URI: its namespace.")},
	{"filename", N_("File"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Name of the file that a hash belongs to.")},
};

static const PsField component_fields[] = {
	{"release", N_("Release"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "release",
	 N_("The release that contains it.")},
	{"name", N_("Name"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL, N_("Component name.")},
	{"version", N_("Version"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Component version.")},
	{"type", N_("Type"), PS_TYPE_CHOICE, 0, component_types, NULL,
	 N_("Kind of component (CycloneDX).")},
	{"purl", N_("purl"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Package URL.")},
	{"cpe", N_("CPE"), PS_TYPE_TEXT, 0, NULL, NULL, N_("CPE 2.3 name.")},
	{"supplier", N_("Supplier"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Who makes or supplies it.")},
	{"license", N_("Licence"), PS_TYPE_TEXT, 0, NULL, NULL, N_("SPDX licence expression.")},
	{"sha256", N_("SHA-256"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Hash that the supplier gives.")},
	{"support_end", N_("Support ends"), PS_TYPE_DATE, 0, NULL, NULL,
	 N_("When its maintainer stops supporting it.")},
};

static const PsField part_fields[] = {
	{"release", N_("Release"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "release",
	 N_("The release whose device contains it.")},
	{"name", N_("Name"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL, N_("What the part is.")},
	{"manufacturer", N_("Manufacturer"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Who makes the part.")},
	{"part_number", N_("Part number"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("The maker's part number.")},
	{"revision", N_("Revision"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Hardware revision.")},
	{"firmware", N_("Firmware"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Name and version of its firmware.")},
	{"function", N_("Function"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("What it does in the device.")},
	{"quantity", N_("Quantity"), PS_TYPE_INTEGER, 0, NULL, NULL, N_("How many of them.")},
	{"cpe", N_("CPE"), PS_TYPE_TEXT, 0, NULL, NULL, N_("CPE name that an analyst confirmed.")},
};

static const PsField person_fields[] = {
	{"name", N_("Name"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL, N_("Full name.")},
	{"email", N_("E-mail"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Address at work.")},
	{"account", N_("Account"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Account on this machine.")},
	{"fingerprint", N_("Fingerprint"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("OpenPGP fingerprint, 40 hexadecimal digits.")},
	{"role", N_("Role"), PS_TYPE_CHOICE, 0, person_roles, NULL,
	 N_("What the person may do here.")},
	{"active", N_("Active"), PS_TYPE_BOOLEAN, 0, NULL, NULL, N_("No: left the team.")},
};

#endif
