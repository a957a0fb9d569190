#ifndef PS_STORE_KIND_FIELDS_ADVISORY_H
#define PS_STORE_KIND_FIELDS_ADVISORY_H

/* Fields of advisories and of what leaves with them. Included by kind-table.c only. */

#include "store/kind-choices.h"

static const PsField advisory_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case",
	 N_("The case that it tells of.")},
	{"title", N_("Title"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Title of the document; empty: the case's title.")},
	{"tracking_id", N_("Tracking id"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("CSAF tracking id; the file name follows from it. Never changes.")},
	{"profile", N_("Profile"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("csaf_base", "csaf_security_advisory", "csaf_vex", "csaf_informational_advisory",
		 "csaf_security_incident_response"),
	 NULL, N_("CSAF document category.")},
	{"state", N_("State"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("draft", "review", "approved", "published", "withdrawn"), NULL,
	 N_("Where the document stands.")},
	{"version", N_("Version"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Version of the draft or of what was last published.")},
	{"tlp", N_("TLP"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, tlp_labels, NULL,
	 N_("Traffic light label of the document.")},
	{"lang", N_("Language"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("BCP 47 tag of the document's language.")},
	{"drafted_at", N_("Drafted"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("When the first draft was made.")},
	{"published_at", N_("Published"), PS_TYPE_TIME, PS_FIELD_FIXED, NULL, NULL,
	 N_("When the current version was published.")},
	{"template", N_("Template"), PS_TYPE_REF, 0, NULL, "advisory_template",
	 N_("Where legal text, contact and distribution come from; empty: the settings.")},
};

static const PsField advisory_item_fields[] = {
	{"advisory", N_("Advisory"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "advisory",
	 N_("The advisory.")},
	{"pointer", N_("Field"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Which field of the document (JSON pointer over stable item keys).")},
	{"value", N_("Value"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("JSON value that replaces what the case gives; absent: removed.")},
	{"pin", N_("Kept"), PS_TYPE_BOOLEAN, 0, NULL, NULL,
	 N_("Yes: it keeps what the case gave before it changed.")},
};

static const PsField advisory_base_fields[] = {
	{"advisory", N_("Advisory"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "advisory",
	 N_("The advisory.")},
	{"accepted_at", N_("Accepted"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("When the changes of the case were last looked at.")},
	{"accepted_by", N_("Accepted by"), PS_TYPE_REF, 0, NULL, "person", N_("Who did.")},
	{"content", N_("Content"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What the case gave then, as JSON with the keys of list items.")},
};

/* CSAF 2.0 sections 3.1.8.1 and 3.1.10.1 */
static const char *const note_categories[] = {"description",      "details", "faq",
					      "general",          "other",   "summary",
					      "legal_disclaimer", NULL};
static const char *const document_profiles[] = {"csaf_base",
						"csaf_security_advisory",
						"csaf_vex",
						"csaf_informational_advisory",
						"csaf_security_incident_response",
						NULL};

static const PsField advisory_template_fields[] = {
	{"name", N_("Name"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("What the template is called here.")},
	{"default", N_("Default"), PS_TYPE_BOOLEAN, 0, NULL, NULL,
	 N_("Yes: new advisories use it where no other is named.")},
	{"lang", N_("Language"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("BCP 47 tag of the language that it is written in.")},
	{"profile", N_("Profile"), PS_TYPE_CHOICE, 0, document_profiles, NULL,
	 N_("CSAF document category of new advisories.")},
	{"tlp", N_("TLP"), PS_TYPE_CHOICE, 0, tlp_labels, NULL,
	 N_("Traffic light label of new advisories.")},
	{"publisher", N_("Publisher"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Name of the manufacturer; empty: setting org.name.")},
	{"namespace", N_("Namespace"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Web address that identifies the manufacturer; empty: setting org.namespace.")},
	{"contact", N_("Contact"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("How readers reach the team; empty: setting org.contact.")},
	{"authority", N_("Authority"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("By what authority the team publishes; empty: setting org.authority.")},
	{"legal", N_("Terms of use"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("Terms of use and disclaimer; empty: setting org.legal.")},
	{"distribution", N_("Distribution"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("To whom the document may be passed on, in words.")},
};

static const PsField template_note_fields[] = {
	{"template", N_("Template"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "advisory_template",
	 N_("The template.")},
	{"category", N_("Category"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, note_categories, NULL,
	 N_("What kind of note it is.")},
	{"title", N_("Title"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Heading of the note.")},
	{"text", N_("Text"), PS_TYPE_LONGTEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("What every advisory says.")},
	{"audience", N_("Audience"), PS_TYPE_TEXT, 0, NULL, NULL, N_("For whom it is meant.")},
};

static const PsField template_reference_fields[] = {
	{"template", N_("Template"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "advisory_template",
	 N_("The template.")},
	{"summary", N_("Summary"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("What is found there.")},
	{"url", N_("Link"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL, N_("Web address.")},
};

static const PsField upstream_advisory_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, 0, NULL, "case", N_("The case that it bears on.")},
	{"publisher", N_("Publisher"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Who published it.")},
	{"namespace", N_("Namespace"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Web address that identifies the publisher.")},
	{"tracking_id", N_("Tracking id"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Their id of the document.")},
	{"version", N_("Version"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Their version of the document.")},
	{"title", N_("Title"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL, N_("Its title.")},
	{"state", N_("State"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("new", "read", "taken_over", "not_for_us", "replaced"), NULL,
	 N_("What we did with it.")},
	{"status", N_("Their status"), PS_TYPE_CHOICE, 0, CHOICES("draft", "interim", "final"),
	 NULL, N_("How far they are with it.")},
	{"profile", N_("Category"), PS_TYPE_TEXT, 0, NULL, NULL, N_("CSAF document category.")},
	{"tlp", N_("TLP"), PS_TYPE_CHOICE, 0, tlp_labels, NULL,
	 N_("Traffic light label of the document.")},
	{"released_at", N_("Released"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("Release date of this version.")},
	{"received_at", N_("Received"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("When it was read in here.")},
	{"source", N_("Source"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("File or message that it came from.")},
	{"document", N_("Document"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("SHA-256 of the document.")},
	{"findings", N_("Findings"), PS_TYPE_INTEGER, 0, NULL, NULL,
	 N_("How many mandatory rules of the standard it breaks.")},
	{"hash", N_("Hash"), PS_TYPE_CHOICE, 0, CHOICES("none", "good", "bad"), NULL,
	 N_("Whether the hash file beside it fits.")},
	{"verdict", N_("Signature"), PS_TYPE_CHOICE, 0, verdicts, NULL,
	 N_("What verifying the signature beside it gave.")},
	{"signer", N_("Signing key"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Fingerprint of the signing key.")},
	{"replaces", N_("Replaces"), PS_TYPE_REF, 0, NULL, "upstream_advisory",
	 N_("The version of the same document that came before.")},
};

static const PsField upstream_product_fields[] = {
	{"upstream", N_("Upstream advisory"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL,
	 "upstream_advisory", N_("The document that names it.")},
	{"name", N_("Product"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_SEALED, NULL, NULL,
	 N_("Full name of the product there.")},
	{"product_id", N_("Product id"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Its id inside the document.")},
	{"identifiers", N_("Identifiers"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("purl, CPE, model numbers and so on, one a line.")},
	{"release", N_("Release"), PS_TYPE_REF, 0, NULL, "release",
	 N_("The release of ours that it is; empty: not matched.")},
	{"confidence", N_("Confidence"), PS_TYPE_CHOICE, 0,
	 CHOICES("exact", "likely", "possible", "analyst"), NULL,
	 N_("How sure it is that this is the release.")},
	{"reason", N_("Reason"), PS_TYPE_TEXT, 0, NULL, NULL, N_("What the match rests on.")},
};

static const PsField advisory_version_fields[] = {
	{"advisory", N_("Advisory"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "advisory",
	 N_("The advisory.")},
	{"version", N_("Version"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Published version.")},
	{"published_at", N_("Published"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL, N_("When.")},
	{"summary", N_("Summary"), PS_TYPE_TEXT, 0, NULL, NULL, N_("What changed.")},
	{"document", N_("Document"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("SHA-256 of the published file.")},
	{"path", N_("Path"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Place below the provider directory.")},
	{"signer", N_("Signing key"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Fingerprint of the signing key.")},
	{"signature", N_("Signature"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("SHA-256 of the signature file.")},
	{"lifted", N_("Lifted with reason"), PS_TYPE_LONGTEXT, 0, NULL, NULL,
	 N_("Why an embargo or TLP stop was lifted.")},
};

static const PsField advisory_comment_fields[] = {
	{"advisory", N_("Advisory"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "advisory",
	 N_("The advisory.")},
	{"pointer", N_("Field"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Which field of the document (JSON pointer over stable item keys); absent: the "
	    "whole.")},
	{"text", N_("Text"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What the reader of the draft has to say.")},
	{"by", N_("By"), PS_TYPE_REF, 0, NULL, "person", N_("Who says it.")},
	{"at", N_("At"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL, N_("When.")},
	{"resolved_by", N_("Resolved by"), PS_TYPE_REF, 0, NULL, "person",
	 N_("Who dealt with it.")},
	{"resolved_at", N_("Resolved at"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When it was dealt with.")},
};

#endif
