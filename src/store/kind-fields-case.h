#ifndef PS_STORE_KIND_FIELDS_CASE_H
#define PS_STORE_KIND_FIELDS_CASE_H

/* Fields of a case and of what belongs to it. Included by kind-table.c only. */

#include "store/kind-choices.h"

static const char *const rm_states[] = {"START",    "RECEIVED", "INVALID", "VALID",
					"ACCEPTED", "DEFERRED", "CLOSED",  NULL};
static const char *const em_states[] = {"NONE", "PROPOSED", "ACTIVE", "REVISE", "EXITED", NULL};
static const char *const consents[] = {"NO_EMBARGO", "INVITED", "SIGNATORY",
				       "DECLINED",   "LAPSED",  NULL};
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
	{"public_at", N_("Public since"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When it first became known to the public, if it did before the advisory.")},
	{"exploited", N_("Exploited"), PS_TYPE_CHOICE, 0, CHOICES("no", "poc", "active", "unknown"),
	 NULL, N_("What is known of exploitation.")},
	{"exploited_at", N_("First exploited"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When it was first exploited, as far as is known.")},
	{"exploitation_known_at", N_("Exploitation known"), PS_TYPE_TIME, 0, NULL, NULL,
	 N_("When we learned that it was exploited.")},
};

static const PsField affected_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"vulnerability", N_("Vulnerability"), PS_TYPE_REF, 0, NULL, "vulnerability",
	 N_("Empty: every vulnerability of the case.")},
	{"release", N_("Release"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "release",
	 N_("The release of ours that is judged.")},
	{"relationship", N_("Combination"), PS_TYPE_REF, 0, NULL, "relationship",
	 N_("Only when it runs on or with this; empty: every combination.")},
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
	{"release", N_("Release"), PS_TYPE_REF, 0, NULL, "release",
	 N_("Environmental score of one release; empty: of the vulnerability itself.")},
	{"reason", N_("Reason"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Why these values.")},
};

static const PsField score_reason_fields[] = {
	{"score", N_("Score"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "score", N_("The score.")},
	{"metric", N_("Metric"), PS_TYPE_TEXT, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("Metric of the vector, as AV.")},
	{"reason", N_("Reason"), PS_TYPE_LONGTEXT, PS_FIELD_REQUIRED | PS_FIELD_SEALED, NULL, NULL,
	 N_("Why the metric has its value.")},
};

static const PsField ssvc_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"vulnerability", N_("Vulnerability"), PS_TYPE_REF, 0, NULL, "vulnerability",
	 N_("Empty: the case's only one.")},
	{"tree", N_("Decision table"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_FIXED, NULL, NULL,
	 N_("SSVC decision table, as namespace:key.")},
	{"tree_version", N_("Table version"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_FIXED,
	 NULL, NULL, N_("Version of the table that was walked.")},
	{"decision", N_("Decision"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_FIXED, NULL, NULL,
	 N_("What the table says.")},
	{"outcome", N_("Outcome"), PS_TYPE_TEXT, PS_FIELD_FIXED, NULL, NULL,
	 N_("The same as decision point and value, as ssvc:DSOI:1.0.0=I.")},
	{"reason", N_("Reason"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Why these values.")},
	{"decided_at", N_("Decided"), PS_TYPE_TIME, PS_FIELD_REQUIRED, NULL, NULL,
	 N_("When the table was walked.")},
	{"decided_by", N_("Decided by"), PS_TYPE_REF, 0, NULL, "person", N_("Who walked it.")},
};

static const PsField ssvc_point_fields[] = {
	{"ssvc", N_("SSVC decision"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "ssvc",
	 N_("The walk that it belongs to.")},
	{"namespace", N_("Namespace"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_FIXED, NULL, NULL,
	 N_("Namespace of the decision point.")},
	{"key", N_("Point"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_FIXED, NULL, NULL,
	 N_("Key of the decision point, as E.")},
	{"version", N_("Version"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_FIXED, NULL, NULL,
	 N_("Version of the decision point.")},
	{"value", N_("Value"), PS_TYPE_TEXT, PS_FIELD_REQUIRED | PS_FIELD_FIXED, NULL, NULL,
	 N_("Key of the value that was chosen.")},
	{"position", N_("Position"), PS_TYPE_INTEGER, PS_FIELD_FIXED, NULL, NULL,
	 N_("Place in the walk, from 1.")},
	{"reason", N_("Reason"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Why the point has its value.")},
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
	{"restart_details", N_("About the restart"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What users should know of the restart.")},
	{"entitlements", N_("Entitlements"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What users need to get it, as a service contract; one a line.")},
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
	{"credit_url", N_("Link to credit"), PS_TYPE_TEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("Web address that goes with the credit.")},
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

/* CSAF 2.0 section 3.2.3.7 */
static const PsField involvement_fields[] = {
	{"case", N_("Case"), PS_TYPE_REF, PS_FIELD_REQUIRED, NULL, "case", N_("The case.")},
	{"vulnerability", N_("Vulnerability"), PS_TYPE_REF, 0, NULL, "vulnerability",
	 N_("Empty: every vulnerability of the case.")},
	{"party", N_("Party"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("coordinator", "discoverer", "other", "user", "vendor"), NULL,
	 N_("Who takes part.")},
	{"status", N_("Status"), PS_TYPE_CHOICE, PS_FIELD_REQUIRED,
	 CHOICES("completed", "contact_attempted", "disputed", "in_progress", "not_contacted",
		 "open"),
	 NULL, N_("How far they are.")},
	{"date", N_("Date"), PS_TYPE_TIME, 0, NULL, NULL, N_("Since when it stands so.")},
	{"summary", N_("Summary"), PS_TYPE_LONGTEXT, PS_FIELD_SEALED, NULL, NULL,
	 N_("What readers should know of it.")},
};

#endif
