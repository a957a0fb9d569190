#include "config.h"

/* case: a case's own moves. */

#include "commands/command-table.h"

#include <string.h>

#include "advisory/next.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/timeline.h"
#include "commands/ssvc.h"
#include "registry/own-product.h"

/* The pairs behind `first` operands; FALSE after telling what is wrong. */
static char **
pairs_behind(PsCli *cli, int argc, char **argv, int first, GError **error)
{
	if (argc < first) {
		ps_cli_usage(cli, error, _("“case %s” needs more than that."), argv[0]);
		return NULL;
	}
	char **pairs = ps_cli_pairs(cli, argc - first, argv + first, error);
	if (pairs && !ps_cli_unlocked(cli, error))
		g_clear_pointer(&pairs, g_strfreev);
	return pairs;
}

/* ---- open, state ---- */

static int
open_case(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(GStrv) pairs = pairs_behind(cli, argc, argv, 1, error);
	g_autofree char *id = pairs ? ps_case_open(cli->store, pairs, error) : NULL;

	return id ? ps_cli_print_record(cli, "case", id, error) : 2;
}

static int
print_states(PsCli *cli, const char *case_id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(cli->store, "case", case_id, error);

	if (!record)
		return 2;
	if (cli->json)
		return ps_cli_print_record(cli, "case", case_id, error);
	ps_cli_line(cli, "%s rm=%s em=%s cs=%s", ps_record_name(record),
		    ps_record_text(record, "rm"), ps_record_text(record, "em"),
		    ps_record_text(record, "cs"));
	return 0;
}

static int
move_case(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(GStrv) pairs = pairs_behind(cli, argc, argv, 2, error);

	if (!pairs || (*pairs && !ps_case_move(cli->store, argv[1], pairs, error)))
		return 2;
	return print_states(cli, argv[1], error);
}

/* ---- affect ---- */

/* Operands ID RELEASE… STATUS; the first FIELD=VALUE ends them. */
static int
count_operands(int argc, char **argv)
{
	int count = 1;

	while (count < argc && !strchr(argv[count], '='))
		count++;
	return count;
}

static int
affect(PsCli *cli, int argc, char **argv, GError **error)
{
	static const char *const names[] = {"justification", "impact", "note", "vulnerability",
					    NULL};
	int operands = count_operands(argc, argv);
	g_autofree char *hint = NULL;

	if (operands < 4)
		return ps_cli_usage(cli, error,
				    _("“case affect” needs a case, a release and a status."));
	g_auto(GStrv) pairs = pairs_behind(cli, argc, argv, operands, error);
	if (!pairs || !ps_cli_pairs_known(cli, pairs, names, error))
		return 2;
	const PsAffect what = {
		.status = argv[operands - 1],
		.justification = ps_pairs_get(pairs, "justification"),
		.impact = ps_pairs_get(pairs, "impact"),
		.note = ps_pairs_get(pairs, "note"),
		.vulnerability = ps_pairs_get(pairs, "vulnerability"),
	};
	/* The operands between case and status, as a list that ends with NULL. */
	g_autofree const char **products = g_new0(const char *, (gsize)operands - 2);
	memcpy(products, argv + 2, ((gsize)operands - 3) * sizeof *products);
	if (!ps_case_affect(cli->store, argv[1], products, &what, &hint, error))
		return 2;
	if (hint)
		ps_cli_note(cli, "%s", hint);
	return 0;
}

/* ---- decide, score, task, done ---- */

/* A release that was given in words becomes its id; one in a combination is named by the
 * combination's id, which the engine takes in its place. */
static gboolean
find_releases(PsCli *cli, char **pairs, GError **error)
{
	for (char **pair = pairs; *pair; pair += 2) {
		g_auto(PsOwnProduct) found = {NULL, NULL};
		gboolean fix = g_str_equal(pair[0], "fixed_in");
		if ((!fix && !g_str_equal(pair[0], "release")) || !*pair[1])
			continue;
		if (!ps_own_product_find(cli->store, pair[1], &found, error))
			return FALSE;
		if (fix && found.relationship) {
			g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
				    _("“%s” is a combination: name the release that contains the "
				      "fix."),
				    pair[1]);
			return FALSE;
		}
		g_free(pair[1]);
		pair[1] = found.relationship ? g_steal_pointer(&found.relationship)
					     : g_steal_pointer(&found.release);
	}
	return TRUE;
}

static int
decide(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(GStrv) pairs = pairs_behind(cli, argc, argv, 3, error);

	if (!pairs || !find_releases(cli, pairs, error))
		return 2;
	g_autofree char *id = ps_case_decide(cli->store, argv[1], argv[2], pairs, error);
	return id ? ps_cli_print_record(cli, "decision", id, error) : 2;
}

/* “reason.METRIC” is judged with the vector's version. */
static gboolean
score_pairs_known(PsCli *cli, char *const *pairs, const char *const *names, GError **error)
{
	g_autoptr(GPtrArray) others = g_ptr_array_new();

	for (; *pairs; pairs += 2)
		if (!g_str_has_prefix(pairs[0], "reason.")) {
			g_ptr_array_add(others, pairs[0]);
			g_ptr_array_add(others, pairs[1]);
		}
	g_ptr_array_add(others, NULL);
	return ps_cli_pairs_known(cli, (char *const *)others->pdata, names, error);
}

static int
score(PsCli *cli, int argc, char **argv, GError **error)
{
	static const char *const names[] = {"source", "reason", "vulnerability", "release", NULL};
	g_auto(GStrv) pairs = pairs_behind(cli, argc, argv, 3, error);

	if (!pairs || !score_pairs_known(cli, pairs, names, error) ||
	    !find_releases(cli, pairs, error))
		return 2;
	g_autofree char *id = ps_case_score(cli->store, argv[1], argv[2], pairs, error);
	g_autoptr(PsRecord) record = id ? ps_store_get(cli->store, "score", id, error) : NULL;
	if (!record)
		return 2;
	if (cli->json)
		return ps_cli_print_record(cli, "score", id, error);
	ps_cli_row(cli, ps_record_text(record, "vector"), ps_record_text(record, "score"),
		   ps_record_text(record, "severity"), NULL);
	return 0;
}

static int
task(PsCli *cli, int argc, char **argv, GError **error)
{
	static const char *const names[] = {"title", "due", "due_at", "owner", NULL};
	g_auto(GStrv) pairs = pairs_behind(cli, argc, argv, 2, error);

	if (!pairs || !ps_cli_pairs_known(cli, pairs, names, error))
		return 2;
	for (char **pair = pairs; *pair; pair += 2) {
		if (!g_str_equal(pair[0], "due"))
			continue;
		g_free(pair[0]);
		pair[0] = g_strdup("due_at");
	}
	g_autofree char *id = ps_case_task(cli->store, argv[1], pairs, error);
	return id ? ps_cli_print_record(cli, "task", id, error) : 2;
}

static int
done(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“case done” needs the task's id."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	return ps_case_task_done(cli->store, argv[1], error) ? 0 : 2;
}

static int
accept(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc != 2)
		return ps_cli_usage(cli, error,
				    _("“case accept” needs the proposed decision's id."));
	if (!ps_cli_unlocked(cli, error) || !ps_case_accept(cli->store, argv[1], error))
		return 2;
	return ps_cli_print_record(cli, "decision", argv[1], error);
}

static int
decline(PsCli *cli, int argc, char **argv, GError **error)
{
	static const char *const names[] = {"reason", NULL};
	g_auto(GStrv) pairs = pairs_behind(cli, argc, argv, 2, error);

	if (!pairs || !ps_cli_pairs_known(cli, pairs, names, error))
		return 2;
	return ps_case_decline(cli->store, argv[1], ps_pairs_get(pairs, "reason"), error) ? 0 : 2;
}

/* ---- log, own, signal, timeline ---- */

static int
log_entry(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc != 3)
		return ps_cli_usage(cli, error, _("“case log” needs a case and a text."));
	const char *word[] = {"text=", NULL};
	g_autofree char *pair = g_strconcat(word[0], argv[2], NULL);
	/* "-" and "@FILE" as for fields */
	if (g_str_equal(argv[2], "-")) {
		g_free(pair);
		pair = g_strdup("text=@-");
	}
	g_auto(GStrv) pairs = ps_cli_pairs(cli, 1, &pair, error);
	if (!pairs || !ps_cli_unlocked(cli, error))
		return 2;
	g_autofree char *id = ps_case_log(cli->store, argv[1], pairs[1], error);
	return id ? ps_cli_print_record(cli, "event", id, error) : 2;
}

static int
own(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc < 2 || argc > 3)
		return ps_cli_usage(cli, error, _("“case own” needs a case."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	return ps_case_own(cli->store, argv[1], argc == 3 ? argv[2] : NULL, error) ? 0 : 2;
}

static int
signal_case(PsCli *cli, int argc, char **argv, GError **error)
{
	static const char *const names[] = {"kind", "source", "text", NULL};
	g_auto(GStrv) pairs = pairs_behind(cli, argc, argv, 2, error);

	if (!pairs || !ps_cli_pairs_known(cli, pairs, names, error))
		return 2;
	g_autofree char *id =
		ps_case_signal(cli->store, argv[1], ps_pairs_get(pairs, "kind"),
			       ps_pairs_get(pairs, "source"), ps_pairs_get(pairs, "text"), error);
	return id ? ps_cli_print_record(cli, "event", id, error) : 2;
}

static void
print_mark_json(PsCli *cli, const PsMark *mark)
{
	static const char *const states[] = {
		[PS_MARK_DONE] = "done",       [PS_MARK_DONE_LATE] = "done_late",
		[PS_MARK_OPEN] = "open",       [PS_MARK_OVERDUE] = "overdue",
		[PS_MARK_MISSING] = "missing",
	};
	static const char *const lanes[] = {"facts", "embargo", "clocks", "tasks", "log"};
	g_autoptr(cJSON) object = cJSON_CreateObject();
	g_autofree char *from = ps_utc_format(mark->from), *to = ps_utc_format(mark->to);

	cJSON_AddStringToObject(object, "lane", lanes[mark->lane]);
	cJSON_AddStringToObject(object, "state", states[mark->state]);
	cJSON_AddItemToObject(object, "from", from ? cJSON_CreateString(from) : cJSON_CreateNull());
	cJSON_AddItemToObject(object, "to", to ? cJSON_CreateString(to) : cJSON_CreateNull());
	cJSON_AddStringToObject(object, "label", mark->label);
	cJSON_AddStringToObject(object, "text", mark->text);
	ps_cli_array_add(cli, object);
}

static int
timeline(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“case timeline” needs a case."));
	if (!ps_cli_readable(cli, NULL, error))
		return 2;
	g_autofree char *id = ps_store_resolve(cli->store, "case", argv[1], error);
	g_autoptr(PsTimeline) line = id ? ps_timeline_load(cli->store, id, error) : NULL;
	if (!line)
		return 2;
	if (!cli->json) {
		g_autofree char *text = ps_timeline_text(line, 100);
		ps_cli_text(cli, text);
		return 0;
	}
	ps_cli_array_begin(cli);
	for (guint i = 0; i < line->marks->len; i++)
		print_mark_json(cli, line->marks->pdata[i]);
	ps_cli_array_end(cli);
	return 0;
}

static void
print_step_json(PsCli *cli, const PsCaseStep *step)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "step", step->token);
	cJSON_AddStringToObject(object, "text", step->text);
	ps_cli_array_add(cli, object);
}

/* What is to be done next: a line a step. */
static int
next_steps(PsCli *cli, int argc, char **argv, GError **error)
{
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“case next” needs a case."));
	if (!ps_cli_readable(cli, NULL, error))
		return 2;
	g_autoptr(GPtrArray) steps = ps_case_next(cli->store, argv[1], error);
	if (!steps)
		return 2;
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < steps->len; i++) {
		const PsCaseStep *step = steps->pdata[i];
		if (cli->json)
			print_step_json(cli, step);
		else
			ps_cli_row(cli, step->token, step->text, NULL);
	}
	if (cli->json)
		ps_cli_array_end(cli);
	return 0;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	static const PsSubcommand table[] = {
		{"open", open_case},    {"state", move_case}, {"affect", affect},
		{"decide", decide},     {"accept", accept},   {"decline", decline},
		{"score", score},       {"task", task},       {"done", done},
		{"log", log_entry},     {"own", own},         {"signal", signal_case},
		{"timeline", timeline}, {"next", next_steps}, {"ssvc", ps_ssvc_of_case},
	};

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	return ps_cli_dispatch(cli, table, G_N_ELEMENTS(table), argc, argv, error);
}

const PsCommand ps_command_case = {
	.name = "case",
	.usage = "open title=TEXT [FIELD=VALUE…]\n"
		 "state ID [rm=STATE] [em=STATE] [cs=LETTERS] [outcome=OUTCOME] [reason=TEXT] "
		 "[duplicate_of=ID] [until=TIME]\n"
		 "affect ID RELEASE… STATUS [justification=TOKEN] [impact=TEXT] [note=TEXT] "
		 "[vulnerability=ID]\n"
		 "score ID VECTOR [source=SOURCE] [reason=TEXT] [vulnerability=ID] "
		 "[release=RELEASE] "
		 "[reason.METRIC=TEXT…]\n"
		 "ssvc ID TREE POINT=VALUE… [reason=TEXT] [reason.POINT=TEXT…] [vulnerability=ID]\n"
		 "decide ID CATEGORY reason=TEXT [details=TEXT] [release=RELEASE] "
		 "[fixed_in=RELEASE] [url=URL] [FIELD=VALUE…]\n"
		 "accept DECISION\n"
		 "decline DECISION [reason=TEXT]\n"
		 "task ID title=TEXT [due=TIME] [owner=PERSON]\n"
		 "done TASK\n"
		 "log ID TEXT\n"
		 "own ID [PERSON]\n"
		 "signal ID kind=KIND source=TEXT [text=TEXT]\n"
		 "timeline ID\n"
		 "next ID",
	.summary = N_("A case's own moves."),
	.details = N_(
		"“open” prints the number of the new case. “state” moves report management (rm), "
		"embargo (em) and case state (cs: six letters as VFdPxa, or the capitals to add, "
		"as "
		"FD) and prints where they stand; a move that is not possible is refused with "
		"those "
		"that are. “until” is the end of the embargo.\n\n"
		"“affect” sets the CSAF product status of releases: known_affected, "
		"known_not_affected, fixed, under_investigation and others; RELEASE is an id, "
		"words "
		"that fit one release, or a combination, as a firmware on one device: its id, its "
		"name, or both releases with “+” between them. “score” computes score and severity "
		"of a CVSS vector; "
		"with a release it is the "
		"environmental score of that release, and reason.AV=TEXT tells why a metric has "
		"its "
		"value. “ssvc” walks an SSVC decision table and keeps points, decision and table "
		"version (see the command “ssvc”). "
		"“decide” takes a CSAF remediation category: vendor_fix, mitigation, workaround, "
		"fix_planned, no_fix_planned, none_available; release=, vulnerability= and date= "
		"say "
		"what it is for and since when it can be had. What an upstream advisory proposes "
		"stands in no document until “accept” makes it ours; “decline” takes it out.\n\n"
		"“signal” records that somebody says that it is exploited (kind=exploitation) or "
		"that a severe incident happened (kind=incident). “timeline” prints the case on a "
		"time axis: * done, o planned, ! late or overdue, | now. “next” tells what the "
		"case "
		"needs next, a line a step, most urgent first."),
	.example = "case open title=\"Login can be bypassed\"\n"
		   "case state PSIRT-2026-0001 rm=VALID\n"
		   "case affect PSIRT-2026-0001 \"gateway 4.2\" known_affected\n"
		   "case affect PSIRT-2026-0001 \"firmware 2.3 + router B\" known_not_affected "
		   "justification=vulnerable_code_not_present\n"
		   "case task PSIRT-2026-0001 title=\"Reproduce on 4.1\" due=+3d",
	.run = run,
};
