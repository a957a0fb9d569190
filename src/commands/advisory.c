#include "config.h"

/* advisory: from a case to what the public reads. */

#include "commands/command-table.h"
#include "commands/advisory-export.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/advisory.h"
#include "advisory/arm.h"
#include "advisory/csaf-check.h"
#include "advisory/history.h"
#include "advisory/publish.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "commands/advisory-cli.h"
#include "commands/advisory-refresh.h"
#include "commands/advisory-release.h"

gboolean
ps_cli_advisory_operands(PsCli *cli, int argc, char **argv, int least, int most, GError **error)
{
	if (argc - 1 >= least && (most < 0 || argc - 1 <= most))
		return TRUE;
	ps_cli_usage(cli, error, _("“advisory %s” is used in another way."), argv[0]);
	return FALSE;
}

gboolean
ps_cli_advisory_plain(PsCli *cli, int *argc, char ***argv, int least, int most, GError **error)
{
	return ps_cli_options(cli, NULL, argc, argv, error) &&
	       ps_cli_advisory_operands(cli, *argc, *argv, least, most, error);
}

PsAdvisory *
ps_cli_advisory_load(PsCli *cli, const char *id, GError **error)
{
	return ps_cli_unlocked(cli, error) ? ps_advisory_load(cli->store, id, error) : NULL;
}

static int
print_record(PsCli *cli, const char *id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(cli->store, "advisory", id, error);

	if (!record)
		return 2;
	if (cli->json) {
		g_autoptr(cJSON) object = ps_cli_record_json(record);
		ps_cli_print_json(cli, object);
	} else {
		ps_cli_line(cli, "%s", ps_record_text(record, "tracking_id"));
	}
	return 0;
}

int
ps_cli_advisory_answer(PsCli *cli, const char *id, GError **error)
{
	if (!cli->json)
		return 0;
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, id, error);
	return advisory ? print_record(cli, ps_advisory_id(advisory), error) : 2;
}

/* ---- draft ---- */

static guint
count_blocking(GPtrArray *missing)
{
	guint count = 0;

	for (guint i = 0; i < missing->len; i++)
		count += ((PsAdvisoryMissing *)missing->pdata[i])->blocking ? 1 : 0;
	return count;
}

static int
draft(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *template = NULL, *profile = NULL, *lang = NULL;
	const GOptionEntry entries[] = {
		{"template", 0, 0, G_OPTION_ARG_STRING, &template, NULL, NULL},
		{"profile", 0, 0, G_OPTION_ARG_STRING, &profile, NULL, NULL},
		{"lang", 0, 0, G_OPTION_ARG_STRING, &lang, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 1, 1, error))
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	const PsDraftOptions options = {template, profile, lang};
	g_autofree char *id = ps_advisory_draft_with(cli->store, argv[1], &options, error);
	g_autoptr(PsAdvisory) advisory = id ? ps_advisory_load(cli->store, id, error) : NULL;
	if (!advisory)
		return 2;
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
	guint count = count_blocking(missing);
	if (count > 0)
		ps_cli_note(cli,
			    ngettext("%u thing is missing before it can be published; “psirtdesk "
				     "advisory check %s” tells which.",
				     "%u things are missing before it can be published; "
				     "“psirtdesk advisory check %s” tells which.",
				     count),
			    count, argv[1]);
	return print_record(cli, id, error);
}

/* ---- set, reset, fields ---- */

/* An edit may have made an armed publication void. */
static gboolean
tell_void(PsCli *cli, const char *id, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, id, error);
	gboolean is_void = FALSE;

	if (!advisory)
		return FALSE;
	g_autofree char *sentence = ps_armed_sentence(cli->store, advisory, ps_now_ms(), &is_void);
	if (is_void)
		ps_cli_note(cli, "%s", sentence);
	return TRUE;
}

static int
set(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 2, -1, error))
		return 64;
	g_auto(GStrv) pairs = ps_cli_pairs(cli, argc - 2, argv + 2, error);
	if (!pairs || !ps_cli_unlocked(cli, error))
		return 2;
	if (!ps_advisory_set(cli->store, argv[1], pairs, error) || !tell_void(cli, argv[1], error))
		return 2;
	return ps_cli_advisory_answer(cli, argv[1], error);
}

static int
reset(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 2, -1, error))
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	for (int i = 2; i < argc; i++)
		if (!ps_advisory_reset(cli->store, argv[1], argv[i], error))
			return 2;
	return ps_cli_advisory_answer(cli, argv[1], error);
}

/* "up", "down", "first", "last", or a place from 1; -1: none of them. */
static int
place_to(const PsAdvisory *advisory, const char *pointer, const char *word)
{
	g_autofree char *field = ps_advisory_field_of(advisory, pointer);
	g_autofree char *now = field ? ps_advisory_pointer_of(advisory, field) : NULL;
	const char *step = now ? strrchr(now, '/') : NULL;
	int place = step ? atoi(step + 1) : 0;
	guint64 number;

	if (g_str_equal(word, "up"))
		return MAX(place - 1, 0);
	if (g_str_equal(word, "down"))
		return place + 1;
	if (g_str_equal(word, "first"))
		return 0;
	if (g_str_equal(word, "last"))
		return G_MAXINT;
	return g_ascii_string_to_unsigned(word, 10, 1, G_MAXINT, &number, NULL) ? (int)number - 1
										: -1;
}

static int
move(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 3, 3, error))
		return 64;
	g_autoptr(PsAdvisory) advisory =
		ps_cli_unlocked(cli, error) ? ps_cli_advisory_load(cli, argv[1], error) : NULL;
	if (!advisory)
		return 2;
	int place = place_to(advisory, argv[2], argv[3]);
	if (place < 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_USAGE,
			    _("“%s” is no place: write up, down, first, last, or a number from 1."),
			    argv[3]);
		return 64;
	}
	if (!ps_advisory_move(cli->store, argv[1], argv[2], place, error) ||
	    !tell_void(cli, argv[1], error))
		return 2;
	return ps_cli_advisory_answer(cli, argv[1], error);
}

static int
copy(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 2, 2, error))
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autofree char *field = ps_advisory_copy(cli->store, argv[1], argv[2], error);
	if (!field || !tell_void(cli, argv[1], error))
		return 2;
	return ps_cli_advisory_answer(cli, argv[1], error);
}

static const char *
origin_token(PsOrigin origin)
{
	static const char *const tokens[] = {
		[PS_ORIGIN_CASE] = "case",   [PS_ORIGIN_EDITED] = "edited",
		[PS_ORIGIN_ADDED] = "added", [PS_ORIGIN_REMOVED] = "removed",
		[PS_ORIGIN_LOST] = "lost",
	};

	return tokens[origin];
}

static void
print_field(PsCli *cli, const PsAdvisoryField *field)
{
	const char *pointer = *field->pointer ? field->pointer : field->field;

	if (!cli->json) {
		if (!field->container || field->origin == PS_ORIGIN_REMOVED)
			ps_cli_row(cli, pointer, origin_token(field->origin), field->value, NULL);
		return;
	}
	cJSON *object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "pointer", field->pointer);
	cJSON_AddStringToObject(object, "field", field->field);
	cJSON_AddStringToObject(object, "label", field->label);
	cJSON_AddStringToObject(object, "origin", origin_token(field->origin));
	cJSON_AddStringToObject(object, "value", field->value);
	cJSON_AddItemToObject(object, "case_value",
			      field->case_value ? cJSON_CreateString(field->case_value)
						: cJSON_CreateNull());
	cJSON_AddBoolToObject(object, "container", field->container);
	cJSON_AddBoolToObject(object, "kept", field->kept);
	ps_cli_array_add(cli, object);
}

static int
fields(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 1, 1, error))
		return 64;
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, argv[1], error);
	if (!advisory)
		return 2;
	g_autoptr(GPtrArray) list = ps_advisory_fields(advisory);
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < list->len; i++)
		print_field(cli, list->pdata[i]);
	if (cli->json)
		ps_cli_array_end(cli);
	return 0;
}

/* ---- check ---- */

static cJSON *
missing_json(const PsAdvisoryMissing *missing)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "pointer", missing->pointer);
	cJSON_AddStringToObject(object, "message", missing->sentence);
	cJSON_AddBoolToObject(object, "blocking", missing->blocking);
	cJSON_AddStringToObject(object, "place", missing->place);
	cJSON_AddStringToObject(object, "command", missing->command);
	return object;
}

static cJSON *
findings_json(const PsCsafReport *report, PsCsafLevel level)
{
	cJSON *list = cJSON_CreateArray();

	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (finding->level != level)
			continue;
		cJSON *object = cJSON_CreateObject();
		cJSON_AddStringToObject(object, "id", finding->test);
		cJSON_AddStringToObject(object, "path", finding->pointer);
		cJSON_AddStringToObject(object, "message", finding->message);
		cJSON_AddItemToArray(list, object);
	}
	return list;
}

static void
print_check_json(PsCli *cli, const PsAdvisory *advisory, GPtrArray *missing,
		 const PsCsafReport *report, char *const *stops)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();
	const PsRecord *record = ps_advisory_record(advisory);
	cJSON *list;

	cJSON_AddStringToObject(object, "advisory", ps_record_text(record, "tracking_id"));
	cJSON_AddStringToObject(object, "version", ps_advisory_version(advisory));
	cJSON_AddBoolToObject(object, "unchanged", ps_advisory_is_unchanged(advisory));
	list = cJSON_AddArrayToObject(object, "missing");
	for (guint i = 0; i < missing->len; i++)
		cJSON_AddItemToArray(list, missing_json(missing->pdata[i]));
	list = cJSON_AddArrayToObject(object, "stops");
	for (; *stops; stops++)
		cJSON_AddItemToArray(list, cJSON_CreateString(*stops));
	cJSON_AddItemToObject(object, "schema", findings_json(report, PS_CSAF_SCHEMA));
	cJSON_AddItemToObject(object, "mandatory", findings_json(report, PS_CSAF_MANDATORY));
	cJSON_AddItemToObject(object, "optional", findings_json(report, PS_CSAF_OPTIONAL));
	cJSON_AddItemToObject(object, "informative", findings_json(report, PS_CSAF_INFORMATIVE));
	list = cJSON_AddArrayToObject(object, "not_run");
	for (guint i = 0; i < report->not_run->len; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(report->not_run->pdata[i]));
	ps_cli_print_json(cli, object);
}

static void
print_check(PsCli *cli, GPtrArray *missing, const PsCsafReport *report, char *const *stops)
{
	for (guint i = 0; i < missing->len; i++) {
		const PsAdvisoryMissing *one = missing->pdata[i];
		ps_cli_row(cli, one->blocking ? "missing" : "advice", one->pointer, one->sentence,
			   one->command, NULL);
	}
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		ps_cli_row(cli, finding->test, finding->pointer, finding->message, NULL);
	}
	for (; *stops; stops++)
		ps_cli_row(cli, "stop", "", *stops, NULL);
}

/* The answer is about the document; an embargo or a TLP is no fault of it. */
static int
check(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(GStrv) stops = NULL;

	if (!ps_cli_advisory_plain(cli, &argc, &argv, 1, 1, error))
		return 64;
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, argv[1], error);
	g_autoptr(PsCsafReport) report = advisory ? ps_csaf_check(ps_advisory_document(advisory),
								  PS_CSAF_ALL, cli->progress, error)
						  : NULL;
	if (!report)
		return 2;
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
	ps_advisory_stops(cli->store, advisory, PS_NO_TIME, &stops);
	g_autofree char *hint = ps_history_hint(cli->store, advisory, ps_now_ms());
	if (hint)
		ps_cli_note(cli, "%s", hint);
	if (cli->json)
		print_check_json(cli, advisory, missing, report, stops);
	else
		print_check(cli, missing, report, stops);
	return count_blocking(missing) == 0 && ps_csaf_report_is_valid(report) ? 0 : 1;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	static const PsSubcommand table[] = {
		{"draft", draft},
		{"set", set},
		{"reset", reset},
		{"move", move},
		{"copy", copy},
		{"fields", fields},
		{"refresh", ps_cli_advisory_refresh},
		{"check", check},
		{"export", ps_advisory_run_export},
		{"versions", ps_cli_advisory_versions},
		{"diff", ps_cli_advisory_diff},
		{"comment", ps_cli_advisory_comment},
		{"comments", ps_cli_advisory_comments},
		{"resolve", ps_cli_advisory_resolve},
		{"review", ps_cli_advisory_review},
		{"approve", ps_cli_advisory_approve},
		{"approval", ps_cli_advisory_approval},
		{"reject", ps_cli_advisory_reject},
		{"publish", ps_cli_advisory_publish},
		{"disarm", ps_cli_advisory_disarm},
		{"due", ps_cli_advisory_due},
		{"withdraw", ps_cli_advisory_withdraw},
		{"supersede", ps_cli_advisory_supersede},
		{"release", ps_cli_advisory_release},
		{"receipt", ps_cli_advisory_receipt},
	};

	return ps_cli_dispatch(cli, table, G_N_ELEMENTS(table), argc, argv, error);
}

const PsCommand ps_command_advisory = {
	.name = "advisory",
	.usage = "draft CASE [--template NAME] [--profile PROFILE] [--lang TAG]\n"
		 "set ID POINTER=VALUE…\n"
		 "reset ID POINTER…\n"
		 "move ID POINTER up|down|first|last|PLACE\n"
		 "copy ID POINTER\n"
		 "fields ID\n"
		 "refresh ID [--accept POINTER]… [--accept-all] [--keep POINTER]… [--keep-all]\n"
		 "check ID\n"
		 "export ID [--format csaf|text|md|html|openvex|cve] [--csaf-version 2.0|2.1] "
		 "[--cve CVE] [--width CELLS]\n"
		 "versions ID [VERSION]\n"
		 "diff ID [VERSION [VERSION]]\n"
		 "comment ID POINTER TEXT\n"
		 "comments ID [--all]\n"
		 "resolve COMMENT… [--reopen]\n"
		 "review ID [--status]\n"
		 "approve ID\n"
		 "approval statement|document ID\n"
		 "approval export ID FILE\n"
		 "approval import ID FILE\n"
		 "reject ID [--reason TEXT]\n"
		 "publish ID [--at TIME] [--lift REASON] [--summary TEXT] [--interim]\n"
		 "disarm ID\n"
		 "due [--list]\n"
		 "withdraw ID [--reason TEXT] [--cancel]\n"
		 "supersede ID NEW [--reason TEXT]\n"
		 "release ID [STEP PROOF] [--not-needed] [--message MESSAGE] [--online] "
		 "[--forget]\n"
		 "receipt ID",
	.summary = N_("Advisories: drafted from a case, edited, published."),
	.details = N_(
		"ID is the tracking id, the advisory's own id, or that of its case. An advisory "
		"follows its case: what changes there shows here at once, but for the fields that "
		"were edited by hand.\n\n"
		"“draft” takes legal text, contact, distribution, notes and links from a template "
		"(kind advisory_template): the one that is named, else the default one, else the "
		"settings “org.…”.\n\n"
		"“set” edits fields of the CSAF document by JSON pointer; “-” at the end of a list "
		"adds an item, “POINTER=” removes a field, and the value is JSON, or bare text "
		"where the standard wants a text. “reset” takes an edit back. “move” gives an item "
		"another place in its list, “copy” puts a copy behind it. “fields” lists every "
		"field with its origin: case, edited, added, removed or lost.\n\n"
		"“refresh” shows what changed in the case since its changes were last accepted. "
		"“--accept” takes a change (and those below it) over, “--keep” leaves the old "
		"value "
		"in the document; with both, what is to be kept goes first. Setting "
		"advisory.follow says whether changes show in the document before they are "
		"accepted.\n\n"
		"“check” tells what is missing, with the command that fills it, and what the tests "
		"of the standard find; exit status 1 while the document itself is not fit to "
		"be published. Lines that begin with “stop” tell what else stands in the way.\n\n"
		"“export” writes the document to standard output: CSAF 2.0 (as it is published), "
		"CSAF 2.1 with what 2.0 has no place for (CVSS 4.0, SSVC, TLP 2.0), text, "
		"Markdown, a self-contained HTML page, OpenVEX, or the CNA container of a CVE "
		"record (--cve chooses where there are several ids; settings cve.org_id and "
		"cve.short_name say who you are). The same records give the same bytes.\n\n"
		"“publish” writes the CSAF file with hashes and signature, the lists and the feed "
		"to the provider directory, all or nothing. It refuses before an embargo ends and "
		"above the TLP label of the place (advisory.tlp_limit), unless a reason lifts "
		"that. --interim: further versions follow soon. What was published is never "
		"changed "
		"in place. With a time that lies ahead, publication is armed for that minute: the "
		"running workstation or “due” (for a timer) carries it out, “disarm” cancels it, "
		"and a change of the document makes it void.\n\n"
		"“versions” lists what was published and the draft, with a version its file; "
		"“diff” "
		"tells what changed between two (without any: since the last published one; "
		"“draft” names the draft). The next version follows from that: whole numbers, or "
		"semantic ones (advisory.versioning) where a change of products or affected lists "
		"raises the first number, other content the second, spelling the third. A summary "
		"is proposed; --summary, or the field “summary”, says it better.\n\n"
		"“review” asks somebody else to read the draft, “comment” says something on a "
		"field "
		"(an empty POINTER: the whole), “reject” sends it back, “approve” signs a "
		"statement "
		"that names the document by its hash. Who wrote does not approve, unless "
		"advisory.second_person lets them; the record then says so. The statement can be "
		"signed elsewhere with nothing but gpg: “approval export” writes it, “approval "
		"import” takes the signature. “approval document” prints the bytes whose SHA-256 "
		"it names. A change makes an approval void.\n\n"
		"“withdraw” makes the next version the last one, which says that and why; a draft "
		"that nobody read goes out of work at once. “supersede” refers to the document "
		"that takes its place: an advisory of ours, or a web address. Both are then "
		"approved and published like any version; “withdraw --cancel” takes them back "
		"until then.\n\n"
		"“release” lists the steps of the release day (update, csaf, push, receipt, cve, "
		"users, vendors, reporter) with what shows that each is done; exit status 1 while "
		"one is open. With a step and its proof it notes it as done, or with --not-needed "
		"why it is not needed; --message takes a message of the case that left (its id or "
		"Message-ID) as the proof. --online asks the network and notes what it saw: for "
		"the step update whether the links of the fixes answer, for cve whether each "
		"record is public (setting cve.record_url); exit status 1 when not. “receipt” "
		"fetches the published files back from "
		"provider.url, compares them and keeps the result; exit status 1 when one "
		"differs."),
	.example = "advisory draft PSIRT-2026-0001\n"
		   "advisory check PSIRT-2026-0001\n"
		   "advisory set PSIRT-2026-0001 /document/aggregate_severity/text=High\n"
		   "advisory refresh PSIRT-2026-0001 --accept-all\n"
		   "advisory export PSIRT-2026-0001 --format text\n"
		   "advisory diff PSIRT-2026-0001\n"
		   "advisory review PSIRT-2026-0001\n"
		   "advisory approve PSIRT-2026-0001\n"
		   "advisory publish PSIRT-2026-0001 --at 2026-12-01T09:00Z",
	.run = run,
};
