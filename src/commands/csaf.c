#include "config.h"

/* csaf: documents of anybody, judged and mended. */

#include "commands/command-table.h"
#include "commands/csaf-convert.h"
#include "commands/csaf-import.h"
#include "commands/csaf.h"

#include "base/i18n.h"

static const PsSubcommand subcommands[] = {
	{"check", ps_csaf_check_command}, {"case", ps_csaf_run_case},
	{"convert", ps_csaf_run_convert}, {"fix", ps_csaf_fix_command},
	{"import", ps_csaf_run_import},   {"match", ps_csaf_run_match},
	{"render", ps_csaf_run_render},
};

static int
run_csaf(PsCli *cli, int argc, char **argv, GError **error)
{
	return ps_cli_dispatch(cli, subcommands, G_N_ELEMENTS(subcommands), argc, argv, error);
}

const PsCommand ps_command_csaf = {
	.name = "csaf",
	.usage = "check FILE... [--tests mandatory|optional|informative|all] [--online]\n"
		 "fix FILE [--test ID]... [--output FILE] [--in-place] [--base-url URL] [--lang "
		 "TAG]\n"
		 "convert FILE --to 2.1 [--tlp-from-text] [--multiplier] [--whole-numbers] "
		 "[--newest-cwe] [--allow-invalid]\n"
		 "render FILE [--format text|md|html] [--width CELLS]\n"
		 "import FILE... [--case | --upstream | --into CASE] [--unverified]\n"
		 "case UPSTREAM [CASE]\n"
		 "match PRODUCT RELEASE|none",
	.summary = N_("Checks CSAF documents with the standard's tests, mends them, converts them "
		      "to CSAF 2.1, prints them for people, takes them in."),
	.details = N_(
		"“check” runs the tests of the version that a document names, CSAF 2.0 or 2.1. It "
		"prints a line a finding: the file, the number of the test, its level "
		"(error, warning, information), the place as a JSON pointer, what is wrong and "
		"what to do, and where “csaf fix” can mend it, how. A directory stands for every "
		"file below it whose name ends in .json; “-” is standard input. Documents are "
		"checked several at a time and reported in order. The exit status is 0 when the "
		"schema and every mandatory test pass, 1 when not, 2 when a file could not be "
		"read as CSAF; of several files the worst counts.\n\n"
		"With --json every file gets one object; tests without a verdict are listed in "
		"“not_run” and never count as passed. Schema and mandatory tests are always "
		"run; --tests adds others (default: all). It takes several words parted by "
		"commas, also the standard's: schema (it alone), basic, recommended, extended, "
		"full, external-request-free; and sets of some tests, run alone: "
		"consistent-revision-history, consistent-date-times, ssvc, extensions, "
		"extensions-exist. --online asks each web address of the documents once whether "
		"it answers (6.3.6, 6.3.7); without it nothing leaves this machine. The spelling "
		"(6.3.8) is never tested.\n\n"
		"“fix” prints the document with everything mended that follows from the document "
		"itself: scores from vectors, names of weaknesses, dates, forms of values, order "
		"of keys. Each fix is kept only if it brings no new error; what was done goes to "
		"standard error. Where several repairs are right, or something would be lost, "
		"name the test: --test 6.1.14 (then only the named ones are mended). --base-url "
		"is the https:// folder that the document will be published in, for its "
		"reference to itself (6.2.11); --lang its language where it does not say "
		"(6.2.12). The exit status is 0 when the result is valid, else 1.\n\n"
		"“convert” writes a CSAF 2.0 document as CSAF 2.1 to standard output; standard "
		"error gets a line for whatever was changed in more than its place or could not "
		"be carried, with the place in the original. Nothing is written when the result "
		"could not be valid; --allow-invalid writes it all the same. --tlp-from-text "
		"takes a TLP 2.0 label from the distribution text, --multiplier makes publishers "
		"of category “other” multipliers, --whole-numbers adds no star to model numbers, "
		"serial numbers and SKUs, --newest-cwe names the newest release of CWE that "
		"fits.\n\n"
		"“render” prints any CSAF document for people: text (default), Markdown, or one "
		"self-contained HTML page.\n\n"
		"“import” keeps documents as upstream advisories (kind upstream_advisory), judged "
		"by the tests, with the hash file and signature beside them verified where they "
		"are there, and their products looked for in the registry: a line a product, with "
		"how sure the match is and why. With --case a case is opened from it: title, TLP, "
		"vulnerabilities with dates, weaknesses and every score by its source, references, "
		"credits, the status of every release or combination that was matched surely, "
		"remedies as proposals (“case accept” makes them ours), and what it says of "
		"exploitation as a signal or a task; --into takes it into a case that is there. "
		"The same document again changes nothing. A newer version replaces the older one "
		"and its case is told; with --case or --into the case follows it: what the "
		"document says differently now, where nobody here changed it since. Each change "
		"is printed (+ added, ~ changed, - removed, = stays as it is here, ! left out) and "
		"in the case log. “case” does the same later, its changes on standard error. "
		"“match” says which release a product of an "
		"upstream advisory is, or that it is “none” of ours; “list upstream_product” shows "
		"them."),
	.example = "csaf check advisory.json\ncsaf check --tests mandatory --json advisories/\n"
		   "csaf fix advisory.json --output mended.json\n"
		   "csaf fix draft.json --test 6.2.13 --test 6.1.9 --in-place\n"
		   "csaf convert advisory.json --to 2.1 >advisory-2.1.json\n"
		   "csaf render advisory.json --format html >advisory.html\n"
		   "csaf import supplier-2026-17.json --case",
	.run = run_csaf,
};
