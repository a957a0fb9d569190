#include "config.h"

/* The table of record kinds: what each room may store. Names, choices and states follow the field's
 * own vocabulary (Vultron for RM/EM/CS, CSAF for status, remediation and justification tokens).
 * Adding a field: one row in kind-fields-ROOM.h and one migration line in migrate.c. */

#include "store/kind-table.h"

#include "store/kind-choices.h"
#include "store/kind-fields-advisory.h"
#include "store/kind-fields-case.h"
#include "store/kind-fields-registry.h"

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
	{"relationship", N_("Combination"), N_("Combinations"), NULL, "name", "release", 0,
	 FIELDS(relationship_fields),
	 N_("A release that runs on or with another one, as firmware on a device.")},
	{"identifier", N_("Identifier"), N_("Identifiers"), NULL, "value", "product", 0,
	 FIELDS(identifier_fields), N_("What a product or release is known by.")},
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
	{"score_reason", N_("Reason of a metric"), N_("Reasons of metrics"), NULL, "metric",
	 "score", 0, FIELDS(score_reason_fields), N_("Why a metric of a score has its value.")},
	{"ssvc", N_("SSVC decision"), N_("SSVC decisions"), NULL, "decision", "case", 0,
	 FIELDS(ssvc_fields), N_("What an SSVC decision table said, with its version.")},
	{"ssvc_point", N_("SSVC point"), N_("SSVC points"), NULL, "key", "ssvc", 0,
	 FIELDS(ssvc_point_fields), N_("A decision point of a walk, with the value chosen.")},
	{"decision", N_("Decision"), N_("Decisions"), NULL, "category", "case", 0,
	 FIELDS(decision_fields), N_("What we do about it, and why.")},
	{"involvement", N_("Involvement"), N_("Involvements"), NULL, "party", "case", 0,
	 FIELDS(involvement_fields), N_("How far a party is with the case's vulnerabilities.")},
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
	{"advisory_approval", N_("Approval"), N_("Approvals"), NULL, "version", "advisory", 0,
	 FIELDS(advisory_approval_fields), N_("Somebody's consent that a version is published.")},
	{"advisory_comment", N_("Comment"), N_("Comments"), NULL, "pointer", "advisory", 0,
	 FIELDS(advisory_comment_fields), N_("A reviewer's comment on a field of an advisory.")},
	{"advisory_base", N_("Accepted state"), N_("Accepted states"), NULL, "accepted_at",
	 "advisory", 0, FIELDS(advisory_base_fields),
	 N_("What the case gave an advisory when its changes were last accepted.")},
	{"advisory_template", N_("Advisory template"), N_("Advisory templates"), NULL, "name", NULL,
	 0, FIELDS(advisory_template_fields),
	 N_("What the advisories of a manufacturer have in common.")},
	{"template_note", N_("Note of a template"), N_("Notes of templates"), NULL, "title",
	 "template", 0, FIELDS(template_note_fields), N_("A note that every advisory carries.")},
	{"template_reference", N_("Link of a template"), N_("Links of templates"), NULL, "summary",
	 "template", 0, FIELDS(template_reference_fields),
	 N_("A link that every advisory carries.")},
	{"upstream_advisory", N_("Upstream advisory"), N_("Upstream advisories"), NULL,
	 "tracking_id", "case", 0, FIELDS(upstream_advisory_fields),
	 N_("A document that somebody else published.")},
	{"upstream_product", N_("Product of an upstream advisory"),
	 N_("Products of upstream advisories"), NULL, "name", "upstream", 0,
	 FIELDS(upstream_product_fields), N_("A product that an upstream advisory names.")},
	{"cve_id", N_("CVE id"), N_("CVE ids"), NULL, "cve", NULL, 0, FIELDS(cve_id_fields),
	 N_("A CVE id that was asked for, is held, or was used.")},
	{"advisory_version", N_("Published version"), N_("Published versions"), NULL, "version",
	 "advisory", 0, FIELDS(advisory_version_fields),
	 N_("A version of an advisory that was published.")},
	{"mail", N_("Mail"), N_("Mail"), NULL, "subject", NULL, PS_KIND_BULK | PS_KIND_LIST,
	 FIELDS(mail_fields), N_("A message in the inbox list.")},
};

const gsize ps_kind_table_length = G_N_ELEMENTS(ps_kind_table);
