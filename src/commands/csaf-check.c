#include "config.h"

/* csaf check: the numbered tests over files and directories, ours or anybody's. */

#include "commands/csaf.h"

#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "advisory/csaf-batch.h"
#include "advisory/csaf-fix.h"
#include "advisory/csaf-reach.h"
#include "base/i18n.h"
#include "base/json-print.h"
#include "base/safe-text.h"
#include "base/words.h"

/* A progress line is shown when it takes longer than this. */
#define PROGRESS_AFTER_US (500 * G_TIME_SPAN_MILLISECOND)

/* Findings of one test whose fixes are looked for. */
#define FIXES_MAX 200

/* Room for what most documents give. */
#define TEXT_BYTES 4096

/* Words of --tests. Schema and mandatory tests are always among what is run, but for "schema" and
 * the sets of some tests at the end. */
#define BASIC (PS_CSAF_SCHEMA | PS_CSAF_MANDATORY)
static const struct {
	const char *word;
	int levels;
} choices[] = {
	{"mandatory", BASIC},
	{"optional", BASIC | PS_CSAF_OPTIONAL},
	{"informative", BASIC | PS_CSAF_INFORMATIVE},
	{"all", PS_CSAF_ALL},
	/* the standard's own names of sets */
	{"schema", PS_CSAF_SCHEMA},
	{"basic", BASIC},
	{"recommended", BASIC | PS_CSAF_OPTIONAL},
	{"extended", BASIC | PS_CSAF_OPTIONAL},
	{"full", PS_CSAF_ALL},
	{"external-request-free", PS_CSAF_ALL},
	{"consistent-revision-history", PS_CSAF_REVISIONS},
	{"consistent-date-times", PS_CSAF_TIMES},
	{"ssvc", PS_CSAF_SSVC},
	{"extensions", PS_CSAF_EXTENSIONS},
	{"extensions-exist", PS_CSAF_EXTENSIONS_EXIST},
};

static const struct {
	PsCsafLevel level;
	const char *member;
} members[] = {
	{PS_CSAF_SCHEMA, "schema"},
	{PS_CSAF_MANDATORY, "mandatory"},
	{PS_CSAF_OPTIONAL, "optional"},
	{PS_CSAF_INFORMATIVE, "informative"},
};

typedef struct {
	PsCli *cli;
	int levels;
	guint files, invalid, failed; /* what was printed */
	/* the progress line */
	gboolean terminal, shown;
	gint64 started;
	/* Ctrl-C */
	int signals;
	PsProgress *progress;
	/* --online */
	gboolean online;
	PsCsafReach *reach;
	GError *offline; /* why the network could not be asked */
	/* tests without a verdict, over all documents */
	GMutex lock;
	GHashTable *not_run;
} Checking;

/* ---- making texts; on any thread ---- */

/* `opening`: what is before the text, its quote included. */
static void
append_text(GString *text, const char *opening, const char *value)
{
	ps_append(text, opening, strlen(opening));
	ps_json_escape_append(text, value);
	g_string_append_c(text, '"');
}

/* What needs no escapes. */
static void
append_plain(GString *text, const char *opening, const char *value)
{
	ps_append(text, opening, strlen(opening));
	ps_append(text, value, strlen(value));
	g_string_append_c(text, '"');
}

/* The fixes of a document are looked for one finding after the other. */
typedef struct {
	const PsCsafOutcome *outcome;
	const char *test; /* of the finding before */
	gboolean known;   /* it may have fixes */
	guint run;        /* its findings so far; later ones of a hostile document go without */
} Fixes;

static PsCsafFix *
fix_of(Fixes *fixes, const PsCsafFinding *finding)
{
	if (fixes->test != finding->test) {
		fixes->test = finding->test;
		fixes->known = ps_csaf_fix_is_known(finding->test);
		fixes->run = 0;
	}
	if (!fixes->known || fixes->run++ >= FIXES_MAX)
		return NULL;
	return ps_csaf_fix(fixes->outcome->document, finding, NULL);
}

static void
append_finding(GString *text, const PsCsafFinding *finding, const PsCsafFix *fix)
{
	if (finding->level != PS_CSAF_SCHEMA) {
		append_plain(text, "{\"id\":\"", finding->test);
		append_text(text, ",\"path\":\"", finding->pointer);
	} else {
		append_text(text, "{\"path\":\"", finding->pointer);
	}
	(finding->plain ? append_plain : append_text)(text, ",\"message\":\"", finding->message);
	if (fix)
		append_text(text, ",\"fix\":\"", fix->title);
	g_string_append_c(text, '}');
}

static void
append_findings(GString *text, const PsCsafOutcome *outcome, PsCsafLevel level)
{
	const GPtrArray *findings = outcome->report->findings;
	Fixes fixes = {.outcome = outcome};
	gboolean first = TRUE;

	for (guint i = 0; i < findings->len; i++) {
		const PsCsafFinding *finding = findings->pdata[i];
		if (finding->level != level)
			continue;
		g_autoptr(PsCsafFix) fix = fix_of(&fixes, finding);
		if (!first)
			g_string_append_c(text, ',');
		append_finding(text, finding, fix);
		first = FALSE;
	}
}

/* Every test without a verdict: not asked for, or not to be run here. */
static void
append_not_run(GString *text, const PsCsafReport *report, int levels)
{
	const PsCsafTestInfo *info;
	const char *comma = "";

	for (gsize i = 0; (info = ps_csaf_test_info(report->version, i)); i++) {
		if (ps_csaf_is_asked(info, levels) &&
		    !g_ptr_array_find(report->not_run, info->id, NULL))
			continue;
		g_string_append_printf(text, "%s\"%s\"", comma, info->id);
		comma = ",";
	}
}

static char *
render_json(const Checking *checking, const PsCsafOutcome *outcome)
{
	GString *text = g_string_sized_new(TEXT_BYTES);

	append_text(text, "{\"file\":\"", outcome->path);
	if (!outcome->report) {
		append_text(text, ",\"error\":\"", outcome->error->message);
		g_string_append(text, "}\n");
		return g_string_free(text, FALSE);
	}
	append_text(text, ",\"version\":\"", outcome->report->version);
	for (gsize m = 0; m < G_N_ELEMENTS(members); m++) {
		g_string_append_printf(text, ",\"%s\":[", members[m].member);
		append_findings(text, outcome, members[m].level);
		g_string_append_c(text, ']');
	}
	g_string_append(text, ",\"not_run\":[");
	append_not_run(text, outcome->report, checking->levels);
	g_string_append(text, "]}\n");
	return g_string_free(text, FALSE);
}

/* Findings are safe already. */
static char *
render_text(const PsCsafOutcome *outcome)
{
	g_autofree char *file = ps_safe_text(outcome->path, -1, PS_SAFE_LINE);
	const GPtrArray *findings = outcome->report->findings;
	GString *text = g_string_sized_new(TEXT_BYTES);
	Fixes fixes = {.outcome = outcome};

	if (findings->len == 0)
		g_string_append_printf(text, "%s: ok\n", file);
	for (guint i = 0; i < findings->len; i++) {
		const PsCsafFinding *finding = findings->pdata[i];
		g_autoptr(PsCsafFix) fix = fix_of(&fixes, finding);
		g_autofree char *pointer = ps_safe_text(finding->pointer, -1, PS_SAFE_LINE);
		g_string_append_printf(text, "%s: %s %s %s %s", file, finding->test,
				       ps_csaf_level_word(finding->level), *pointer ? pointer : "/",
				       finding->message);
		if (fix)
			g_string_append_printf(text, " [csaf fix: %s]", fix->title);
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

static void
note_not_run(Checking *checking, const PsCsafReport *report)
{
	g_mutex_lock(&checking->lock);
	for (guint i = 0; i < report->not_run->len; i++)
		g_hash_table_add(checking->not_run, report->not_run->pdata[i]);
	g_mutex_unlock(&checking->lock);
}

/* --online: what can't be asked stays among the tests that were not run, and is told once. */
static void
add_reach(gpointer user, const cJSON *document, PsCsafReport *report)
{
	Checking *checking = user;
	g_autoptr(GError) error = NULL;

	if (ps_csaf_reach_check(checking->reach, document, report, checking->progress, &error) ||
	    g_error_matches(error, PS_ERROR, PS_ERROR_CANCELLED))
		return;
	g_mutex_lock(&checking->lock);
	if (!checking->offline)
		checking->offline = g_steal_pointer(&error);
	g_mutex_unlock(&checking->lock);
}

static char *
render(gpointer user, const PsCsafOutcome *outcome)
{
	Checking *checking = user;

	if (outcome->report)
		note_not_run(checking, outcome->report);
	if (outcome->skipped)
		return g_strdup_printf(_("%s It was passed over."), outcome->error->message);
	if (checking->cli->json)
		return render_json(checking, outcome);
	return outcome->report ? render_text(outcome) : g_strdup(outcome->error->message);
}

/* ---- printing ---- */

static void
hide_progress(Checking *checking)
{
	if (checking->shown)
		fputs("\r\033[K", checking->cli->err);
	checking->shown = FALSE;
}

static void
show_progress(Checking *checking)
{
	if (!checking->terminal || g_get_monotonic_time() - checking->started < PROGRESS_AFTER_US)
		return;
	fflush(checking->cli->out);
	fputs("\r\033[K", checking->cli->err);
	fprintf(checking->cli->err,
		ngettext("%u document checked, %u invalid", "%u documents checked, %u invalid",
			 checking->files),
		checking->files, checking->invalid);
	fflush(checking->cli->err);
	checking->shown = TRUE;
}

static gboolean
print(gpointer user, const PsCsafPrinted *printed)
{
	Checking *checking = user;
	PsCli *cli = checking->cli;

	checking->files++;
	checking->invalid += printed->status == 1;
	checking->failed += printed->status == 2;
	hide_progress(checking);
	if (printed->error && (!cli->json || printed->status == 0))
		ps_cli_note(cli, "%s", printed->text);
	else
		fputs(printed->text, cli->out);
	if (checking->files % 64 == 0)
		show_progress(checking);
	return !ps_cli_reader_gone(cli);
}

/* ---- Ctrl-C ---- */

/* Blocked before any thread starts, read from a descriptor: nothing is cut in the middle. */
static void
catch_signals(Checking *checking)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	checking->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static gboolean
tick(gpointer user)
{
	Checking *checking = user;
	struct signalfd_siginfo info;

	if (checking->signals >= 0 && read(checking->signals, &info, sizeof info) == sizeof info) {
		ps_progress_cancel(checking->progress);
		return FALSE;
	}
	/* it takes long: what is known is shown */
	fflush(checking->cli->out);
	show_progress(checking);
	return TRUE;
}

/* ---- the command ---- */

/* Levels of words parted by commas; 0 and `*wrong` for one that is none. */
static int
levels_of(const char *words, char **wrong)
{
	g_auto(GStrv) list = g_strsplit(words, ",", -1);
	int levels = 0;

	for (char **word = list; *word; word++) {
		int found = 0;
		for (gsize i = 0; i < G_N_ELEMENTS(choices); i++)
			if (g_str_equal(choices[i].word, *word))
				found = choices[i].levels;
		if (found == 0) {
			*wrong = g_strdup(*word);
			return 0;
		}
		levels |= found;
	}
	return levels;
}

static int
compare_ids(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
tell_not_run(Checking *checking)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	GHashTableIter iter;
	gpointer id;

	g_hash_table_iter_init(&iter, checking->not_run);
	while (g_hash_table_iter_next(&iter, &id, NULL))
		g_ptr_array_add(ids, id);
	if (ids->len == 0 || checking->cli->json)
		return;
	g_ptr_array_sort(ids, compare_ids);
	g_ptr_array_add(ids, NULL);
	g_autofree char *list = g_strjoinv(", ", (char **)ids->pdata);
	ps_cli_note(checking->cli, _("Not run: %s."), list);
}

static int
run_batch(Checking *checking, char *const *paths, GError **error)
{
	g_autoptr(PsCsafTables) tables = ps_csaf_tables_new();
	const PsCsafBatch batch = {
		.paths = paths,
		.levels = checking->levels,
		.tables = tables,
		.add = checking->reach ? add_reach : NULL,
		.render = render,
		.print = print,
		.tick = tick,
		.user = checking,
		.progress = checking->progress,
	};
	int status = ps_csaf_batch_run(&batch, error);

	hide_progress(checking);
	return status;
}

/* The settings of the network are those of the workspace, if there is one. */
static int
run_online(Checking *checking, char *const *paths, GError **error)
{
	PsCli *cli = checking->cli;
	g_autoptr(GError) no_workspace = NULL;
	g_autoptr(PsNet) net = ps_net_new(ps_cli_store(cli, &no_workspace));

	ps_net_allow_http(net);
	checking->reach = ps_csaf_reach_new(net);
	int status = run_batch(checking, paths, error);
	ps_csaf_reach_free(checking->reach);
	if (checking->offline)
		ps_cli_note(cli, _("Tests 6.3.6 and 6.3.7 were not run everywhere: %s"),
			    checking->offline->message);
	g_clear_error(&checking->offline);
	return status;
}

static int
check(Checking *checking, char *const *paths, GError **error)
{
	g_autoptr(PsProgress) progress = ps_progress_new();
	g_autoptr(GHashTable) not_run = g_hash_table_new(g_str_hash, g_str_equal);

	checking->progress = progress;
	checking->not_run = not_run;
	checking->terminal = isatty(fileno(checking->cli->err));
	checking->started = g_get_monotonic_time();
	g_mutex_init(&checking->lock);
	catch_signals(checking);
	int status = checking->online ? run_online(checking, paths, error)
				      : run_batch(checking, paths, error);
	if (checking->signals >= 0)
		close(checking->signals);
	tell_not_run(checking);
	g_mutex_clear(&checking->lock);
	return status;
}

int
ps_csaf_check_command(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *tests = NULL, *wrong = NULL;
	gboolean online = FALSE;
	const GOptionEntry entries[] = {
		{"tests", 0, 0, G_OPTION_ARG_STRING, &tests, NULL, NULL},
		{"online", 0, 0, G_OPTION_ARG_NONE, &online, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	Checking checking = {.cli = cli, .levels = levels_of(tests ? tests : "all", &wrong)};
	if (checking.levels == 0)
		return ps_cli_usage(cli, error,
				    _("“%s” is no choice of tests; use mandatory, optional, "
				      "informative, all, schema, basic, extended or full."),
				    wrong ? wrong : tests);
	if (argc < 2)
		return ps_cli_usage(cli, error,
				    _("“csaf check” needs a file, a directory, or “-”."));
	checking.online = online;
	return check(&checking, argv + 1, error);
}
