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
};

static const PsField advisory_item_fields[] = {
	{"advisory", N_("Advisory"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "advisory",
	 N_("The advisory.")},
	{"pointer", N_("Field"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Which field of the document (JSON pointer over stable item keys).")},
	{"value", N_("Value"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("JSON value that replaces what the case gives; absent: removed.")},
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
