#include "config.h"

/* The table of record kinds: what each room may store. Names, choices and states follow the field's
 * own vocabulary (Vultron for RM/EM/CS, CSAF for status, remediation and justification tokens).
 * Adding a field: one row here and one migration line in schema.c. */

#include "store/kind-table.h"

#include "base/i18n.h"

#define CHOICES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const rm_states[] = {"START",    "RECEIVED", "INVALID", "VALID",
					"ACCEPTED", "DEFERRED", "CLOSED",  NULL};
static const char *const em_states[] = {"NONE", "PROPOSED", "ACTIVE", "REVISE", "EXITED", NULL};
static const char *const consents[] = {"NO_EMBARGO", "INVITED", "SIGNATORY",
				       "DECLINED",   "LAPSED",  NULL};
/* TLP 2.0 labels; CSAF 2.0 writes CLEAR as WHITE and knows no AMBER+STRICT. */
static const char *const tlp_labels[] = {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED", NULL};
/* CSAF 2.0 section 3.2.3.9 */
static const char *const statuses[] = {"first_affected",     "known_affected",      "last_affected",
				       "known_not_affected", "first_fixed",         "fixed",
				       "recommended",        "under_investigation", NULL};
/* CSAF 2.0 section 3.2.3.5.2 */
static const char *const justifications[] = {"component_not_present",
					     "vulnerable_code_not_present",
					     "vulnerable_code_not_in_execute_path",
					     "vulnerable_code_cannot_be_controlled_by_adversary",
					     "inline_mitigations_already_exist",
					     NULL};
/* CSAF 2.0 section 3.2.3.12.1, and the 2.1 value fix_planned */
static const char *const remediations[] = {"vendor_fix",  "workaround",     "mitigation",
					   "fix_planned", "no_fix_planned", "none_available",
					   NULL};
static const char *const restarts[] = {"none",         "connected",
				       "dependencies", "machine",
				       "parent",       "service",
				       "system",       "vulnerable_component",
				       "zone",         NULL};
static const char *const outcomes[] = {"accepted",        "duplicate", "not-reproducible",
				       "out-of-scope",    "rejected",  "informative",
				       "needs-more-info", "spam",      NULL};
static const char *const channels[] = {"email", "phone", "web", "letter", "own_test", "feed", NULL};
static const char *const roles[] = {"finder",   "reporter", "vendor",   "supplier", "coordinator",
				    "deployer", "user",     "observer", NULL};
static const char *const person_roles[] = {"analyst", "approver",      "filer",
					   "auditor", "administrator", NULL};
static const char *const verdicts[] = {"none",        "good-known", "good-unverified",
				       "key-missing", "bad",        NULL};
static const char *const encryptions[] = {"none", "pgp-mime", "pgp-inline", "smime", NULL};
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

static const PsField report_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, 0, NULL, "case", N_("The case that it led to.")},
	{"received_at", N_("Received"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("When it reached us.")},
	{"channel", N_("Channel"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, channels, NULL,
	 N_("How it reached us.")},
	{"encryption", N_("Encryption"), PS_TYPE_CHOICE, 0, encryptions, NULL,
	 N_("How it was encrypted.")},
	{"verdict", N_("Signature"), PS_TYPE_CHOICE, 0, verdicts, NULL,
	 N_("What verifying the signature gave.")},
	{"signer", N_("Signing key"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Fingerprint of the signing key.")},
	{"anonymous", N_("Anonymous"), PS_TYPE_BOOLEAN, 0, NULL, NULL,
	 N_("Yes: no reply is owed.")},
	{"reporter_name", N_("Reporter"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Name of the reporter.")},
	{"reporter_address", N_("Address"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Where to answer.")},
	{"subject", N_("Subject"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Subject (the protected one where there is one).")},
	{"text", N_("Text"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What was reported.")},
	{"message_id", N_("Message-ID"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Message-ID of the mail.")},
	{"raw_sha256", N_("Hash of the mail"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("SHA-256 of the raw message.")},
	{"acknowledged_at", N_("Acknowledged"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When the reporter got our acknowledgement.")},
	{"outcome", N_("Outcome"), PS_TYPE_CHOICE, 0, outcomes, NULL, N_("Result of triage.")},
	{"outcome_reason", N_("Reason"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Why triage ended so.")},
};

static const PsField case_fields[] = {
	{"title", N_("Title"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_SEALED, NULL, NULL,
	 N_("One line that tells this case from others.")},
	{"rm", N_("Report management"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, rm_states, NULL,
	 N_("Where the handling of the report stands.")},
	{"em", N_("Embargo"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, em_states, NULL,
	 N_("Where the embargo stands.")},
	{"cs", N_("Case state"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("vfdpxa: vendor aware, fix ready, fix deployed, public, exploit public, attacks; "
	    "capital: yes.")},
	{"owner", N_("Owner"), PS_TYPE_REF, 0, NULL, "person", N_("Who has it.")},
	{"tlp", N_("TLP"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, tlp_labels, NULL,
	 N_("Traffic light label of the case.")},
	{"received_at", N_("Received"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("When the first report reached us.")},
	{"acknowledged_at", N_("Acknowledged"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When the reporter got our acknowledgement.")},
	{"validated_at", N_("Validated"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When the flaw was confirmed.")},
	{"fix_due_at", N_("Fix due"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When the fix is planned to be ready.")},
	{"fixed_at", N_("Fix available"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When the fix was available.")},
	{"embargo_until", N_("Embargo ends"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("Nothing is published before this instant.")},
	{"published_at", N_("Published"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When the advisory was published.")},
	{"closed_at", N_("Closed"), PS_TYPE_TIME, 0, NULL, NULL, N_("When the case was closed.")},
	{"outcome", N_("Outcome"), PS_TYPE_CHOICE, 0, outcomes, NULL, N_("Result of triage.")},
	{"outcome_reason", N_("Reason"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Why triage ended so.")},
	{"duplicate_of", N_("Duplicate of"), PS_TYPE_REF, 0, NULL, "case",
	 N_("The case that this one repeats.")},
	{"summary", N_("Summary"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What is wrong, for the advisory's summary note.")},
	{"restricted", N_("Restricted"), PS_TYPE_BOOLEAN, 0, NULL, NULL,
	 N_("Only its own people may read it.")},
};

static const PsField vulnerability_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case",
	 N_("The case that it belongs to.")},
	{"title", N_("Title"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Title of the vulnerability.")},
	{"cve", N_("CVE"), PS_TYPE_TEXT, 0, NULL, NULL, N_("CVE id.")},
	{"cwe", N_("CWE"), PS_TYPE_TEXT, 0, NULL, NULL, N_("CWE id of the weakness, as CWE-79.")},
	{"description", N_("Description"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What is wrong and what it allows.")},
	{"discovered_at", N_("Discovered"), PS_TYPE_TIME, 0, NULL, NULL, N_("When it was found.")},
	{"exploited", N_("Exploited"), PS_TYPE_CHOICE, 0, CHOICES("no", "poc", "active", "unknown"),
	 NULL, N_("What is known of exploitation.")},
};

static const PsField affected_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"vulnerability", N_("Vulnerability"), PS_TYPE_REF, 0, NULL, "vulnerability",
	 N_("Empty: every vulnerability of the case.")},
	{"release", N_("Release"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "release",
	 N_("The release of ours that is judged.")},
	{"status", N_("Status"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, statuses, NULL,
	 N_("CSAF product status.")},
	{"justification", N_("Justification"), PS_TYPE_CHOICE, 0, justifications, NULL,
	 N_("Why it is not affected (VEX).")},
	{"impact", N_("Impact statement"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Why it is not affected, in words.")},
	{"note", N_("Note"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL, N_("For ourselves.")},
};

static const PsField score_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"vulnerability", N_("Vulnerability"), PS_TYPE_REF, 0, NULL, "vulnerability",
	 N_("Empty: the case's only one.")},
	{"version", N_("Version"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("2.0", "3.0", "3.1", "4.0"), NULL, N_("CVSS version.")},
	{"vector", N_("Vector"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("CVSS vector in canonical form.")},
	{"score", N_("Score"), PS_TYPE_TEXT, PS_FIELD_FIXED, NULL, NULL,
	 N_("Overall score, one decimal.")},
	{"severity", N_("Severity"), PS_TYPE_CHOICE, PS_FIELD_FIXED,
	 CHOICES("None", "Low", "Medium", "High", "Critical"), NULL,
	 N_("Qualitative severity rating.")},
	{"source", N_("Source"), PS_TYPE_CHOICE, 0, CHOICES("ours", "reporter", "CNA", "NVD"), NULL,
	 N_("Who scored.")},
	{"reason", N_("Reason"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Why these values.")},
};

static const PsField decision_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"release", N_("Release"), PS_TYPE_REF, 0, NULL, "release",
	 N_("Empty: every affected release.")},
	{"category", N_("Category"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, remediations, NULL,
	 N_("What we do (CSAF remediation category).")},
	{"reason", N_("Reason"), PS_TYPE_LONGTEXT, PS_FIELD_REQUIRED | PS_FIELD_SEALED, NULL, NULL,
	 N_("Why.")},
	{"details", N_("Details for users"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What users are told to do.")},
	{"url", N_("Link"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Where the fix or workaround is found.")},
	{"fixed_in", N_("Fixed in"), PS_TYPE_REF, 0, NULL, "release",
	 N_("Release that contains the fix.")},
	{"restart", N_("Restart"), PS_TYPE_CHOICE, 0, restarts, NULL,
	 N_("What has to be restarted.")},
	{"residual_risk", N_("Residual risk"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What risk remains without a fix.")},
	{"accepted_by", N_("Accepted by"), PS_TYPE_REF, 0, NULL, "person",
	 N_("Who accepts the residual risk.")},
	{"decided_at", N_("Decided"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL, N_("When.")},
	{"decided_by", N_("Decided by"), PS_TYPE_REF, 0, NULL, "person", N_("Who.")},
};

static const PsField task_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"title", N_("Task"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_SEALED, NULL, NULL,
	 N_("What is to be done.")},
	{"due_at", N_("Due"), PS_TYPE_TIME, 0, NULL, NULL, N_("Until when.")},
	{"done_at", N_("Done"), PS_TYPE_TIME, 0, NULL, NULL, N_("When it was done.")},
	{"owner", N_("Owner"), PS_TYPE_REF, 0, NULL, "person", N_("Who does it.")},
};

static const PsField participant_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"role", N_("Role"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, roles, NULL,
	 N_("Part that they play.")},
	{"name", N_("Name"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Name of the person or organisation.")},
	{"address", N_("Address"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("E-mail address.")},
	{"fingerprint", N_("Fingerprint"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("OpenPGP key to encrypt to.")},
	{"consent", N_("Embargo consent"), PS_TYPE_CHOICE, 0, consents, NULL,
	 N_("Whether they agreed to the embargo.")},
	{"credit", N_("Credit"), PS_TYPE_CHOICE, 0, CHOICES("yes", "no", "anonymous", "unknown"),
	 NULL, N_("Whether they want to be named.")},
	{"credit_name", N_("Name to credit"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("How they want to be named.")},
	{"organization", N_("Organisation"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("For whom they work.")},
	{"last_contact_at", N_("Last contact"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When we last wrote or heard.")},
	{"foreign_id", N_("Their id"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Under which id they know the case.")},
};

static const PsField message_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, 0, NULL, "case", N_("The case that it is filed in.")},
	{"direction", N_("Direction"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED, CHOICES("in", "out"),
	 NULL, N_("Received or sent.")},
	{"state", N_("State"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("draft", "queued", "sent", "failed", "received"), NULL, N_("What became of it.")},
	{"message_id", N_("Message-ID"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Message-ID.")},
	{"in_reply_to", N_("In reply to"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Message-ID of what it answers.")},
	{"at", N_("Time"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("When it was received, written or sent.")},
	{"from", N_("From"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL, N_("Sender.")},
	{"to", N_("To"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL, N_("Recipients.")},
	{"cc", N_("Copy to"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Recipients of a copy.")},
	{"references", N_("References"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Message-IDs of the thread that it answers in, separated by blanks.")},
	{"subject", N_("Subject"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL, N_("Subject.")},
	{"body", N_("Text"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL, N_("Text as written.")},
	{"template", N_("Template"), PS_TYPE_TEXT, 0, NULL, NULL,
	 N_("Template that it was made from.")},
	{"encryption", N_("Encryption"), PS_TYPE_CHOICE, 0, encryptions, NULL,
	 N_("How it was encrypted.")},
	{"verdict", N_("Signature"), PS_TYPE_CHOICE, 0, verdicts, NULL,
	 N_("What verifying the signature gave.")},
	{"raw_sha256", N_("Hash of the mail"), PS_TYPE_TEXT, PS_FIELD_FIXED, NULL, NULL,
	 N_("SHA-256 of the raw message.")},
};

static const PsField event_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"at", N_("Time"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL, N_("When it happened.")},
	{"type", N_("Type"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("note", "opened", "state", "sent", "received", "decision", "published", "lifted",
		 "other"),
	 NULL, N_("What kind of event.")},
	{"text", N_("Text"), PS_TYPE_LONGTEXT, PS_FIELD_REQUIRED | PS_FIELD_SEALED, NULL, NULL,
	 N_("What happened.")},
	{"person", N_("Person"), PS_TYPE_REF, 0, NULL, "person", N_("Who did or noted it.")},
};

static const PsField reference_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"url", N_("Link"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL, N_("Web address.")},
	{"summary", N_("Summary"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("What is found there.")},
	{"category", N_("Category"), PS_TYPE_CHOICE, 0, CHOICES("external", "self"), NULL,
	 N_("CSAF reference category.")},
};

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

/* The inbox list: a picture of what notmuch holds, kept by the mail worker, never logged row by
 * row. Subjects of encrypted mail hold the outer one; the protected one is sealed once opened. */
static const PsField mail_fields[] = {
	{"message_id", N_("Message-ID"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Message-ID.")},
	{"thread", N_("Thread"), PS_TYPE_TEXT, 0, NULL, NULL, N_("notmuch thread id.")},
	{"from", N_("From"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Sender.")},
	{"to", N_("To"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Recipients.")},
	{"subject", N_("Subject"), PS_TYPE_TEXT, 0, NULL, NULL, N_("Outer subject.")},
	{"protected_subject", N_("Protected subject"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Subject from inside the encryption, once opened.")},
	{"at", N_("Date"), PS_TYPE_TIME, 0, NULL, NULL, N_("Date of the message.")},
	{"size", N_("Size"), PS_TYPE_INTEGER, 0, NULL, NULL, N_("Bytes.")},
	{"path", N_("File"), PS_TYPE_TEXT, 0, NULL, NULL, N_("File below the mail directory.")},
	{"tags", N_("Tags"), PS_TYPE_TEXT, 0, NULL, NULL, N_("notmuch tags, separated by blanks.")},
	{"encryption", N_("Encryption"), PS_TYPE_CHOICE, 0, encryptions, NULL,
	 N_("How it is encrypted.")},
	{"signed", N_("Signed"), PS_TYPE_BOOLEAN, 0, NULL, NULL, N_("It carries a signature.")},
	{"attachment", N_("Attachment"), PS_TYPE_BOOLEAN, 0, NULL, NULL,
	 N_("It has an attachment.")},
	{"verdict", N_("Verdict"), PS_TYPE_CHOICE, 0, verdicts, NULL,
	 N_("Signature verdict, once opened.")},
	{"unread", N_("Unread"), PS_TYPE_BOOLEAN, 0, NULL, NULL, N_("Not opened yet.")},
	{"case", N_("Case"), PS_TYPE_REF, 0, NULL, "case", N_("The case that it is filed in.")},
};

#define FIELDS(array) array, G_N_ELEMENTS(array)

const PsKind ps_kind_table[] = {
	{"product", N_("Product"), N_("Products"), NULL, "name", NULL, 0, FIELDS(product_fields),
	 N_("A product with digital elements that we place on the market.")},
	{"release", N_("Release"), N_("Releases"), NULL, "version", "product", 0,
	 FIELDS(release_fields), N_("A version of a product that users have.")},
	{"component", N_("Component"), N_("Components"), NULL, "name", "release", PS_KIND_BULK,
	 FIELDS(component_fields), N_("A software component of a release.")},
	{"part", N_("Part"), N_("Parts"), NULL, "name", "release", PS_KIND_BULK,
	 FIELDS(part_fields), N_("A hardware part of a release.")},
	{"person", N_("Person"), N_("People"), NULL, "name", NULL, 0, FIELDS(person_fields),
	 N_("Somebody who works here.")},
	{"report", N_("Report"), N_("Reports"), "RPT", "subject", "case", 0, FIELDS(report_fields),
	 N_("What somebody told us, as it reached us.")},
	{"case", N_("Case"), N_("Cases"), "PSIRT", "title", NULL, 0, FIELDS(case_fields),
	 N_("Work on one or more vulnerabilities, from report to closure.")},
	{"vulnerability", N_("Vulnerability"), N_("Vulnerabilities"), NULL, "title", "case", 0,
	 FIELDS(vulnerability_fields), N_("One flaw, with its CVE and CWE.")},
	{"affected", N_("Affected product"), N_("Affected products"), NULL, "release", "case", 0,
	 FIELDS(affected_fields), N_("How a release stands to the case's vulnerabilities.")},
	{"score", N_("Score"), N_("Scores"), NULL, "vector", "case", 0, FIELDS(score_fields),
	 N_("A CVSS score with its source.")},
	{"decision", N_("Decision"), N_("Decisions"), NULL, "category", "case", 0,
	 FIELDS(decision_fields), N_("What we do about it, and why.")},
	{"task", N_("Task"), N_("Tasks"), NULL, "title", "case", 0, FIELDS(task_fields),
	 N_("Something to be done for a case.")},
	{"participant", N_("Participant"), N_("Participants"), NULL, "name", "case", 0,
	 FIELDS(participant_fields), N_("Somebody outside who takes part in a case.")},
	{"message", N_("Message"), N_("Messages"), NULL, "subject", "case", 0,
	 FIELDS(message_fields), N_("A message of a case, received or sent.")},
	{"event", N_("Log entry"), N_("Case log"), NULL, "text", "case", 0, FIELDS(event_fields),
	 N_("Something that happened in a case.")},
	{"reference", N_("Reference"), N_("References"), NULL, "summary", "case", 0,
	 FIELDS(reference_fields), N_("A link for the advisory.")},
	{"advisory", N_("Advisory"), N_("Advisories"), NULL, "tracking_id", "case", 0,
	 FIELDS(advisory_fields), N_("A document for the public, drafted from a case.")},
	{"advisory_item", N_("Edited field"), N_("Edited fields"), NULL, "pointer", "advisory", 0,
	 FIELDS(advisory_item_fields), N_("A field of an advisory that was edited by hand.")},
	{"advisory_version", N_("Published version"), N_("Published versions"), NULL, "version",
	 "advisory", 0, FIELDS(advisory_version_fields),
	 N_("A version of an advisory that was published.")},
	{"mail", N_("Mail"), N_("Mail"), NULL, "subject", NULL, PS_KIND_BULK | PS_KIND_LIST,
	 FIELDS(mail_fields), N_("A message in the inbox list.")},
};

const gsize ps_kind_table_length = G_N_ELEMENTS(ps_kind_table);
