#include "config.h"

/* cvss: a million vectors a second go through here, so that lines are cut out of one block buffer
 * and answers are gathered in another, without allocation for a vector that is right. */

#include "commands/command-table.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json-print.h"
#include "base/safe-text.h"
#include "scoring/cvss.h"

#define BLOCK (256 * 1024)
/* No vector comes near this; what is longer is cut in the answer. */
#define LINE_MAX_BYTES 4096
/* An answer is flushed when less than this is left of its buffer. */
#define ANSWER_MAX (4 * LINE_MAX_BYTES)

typedef struct {
	PsCli *cli;
	GString *out;
	int status;
} Answers;

static void
flush_answers(Answers *answers)
{
	fwrite(answers->out->str, 1, answers->out->len, answers->cli->out);
	g_string_truncate(answers->out, 0);
}

/* Copies a literal without looking for its end. */
#define PUT(to, literal) (memcpy(to, literal, sizeof literal - 1), (to) + sizeof literal - 1)

static char *
put_text(char *to, const char *text, gsize length)
{
	memcpy(to, text, length);
	return to + length;
}

static char *
put_score(char *to, int tenths)
{
	ps_cvss_tenths(tenths, to);
	return to + (tenths >= 100 ? 4 : 3);
}

static char *
put_macrovector(char *to, int digits)
{
	for (int i = 5; i >= 0; i--, digits /= 10)
		to[i] = (char)('0' + digits % 10);
	return to + 6;
}

/* What only one version has. */
static char *
put_rest(char *to, const PsCvss *cvss, const PsCvssScores *scores)
{
	if (cvss->version == PS_CVSS_4_0) {
		to = PUT(to, ",\"macrovector\":\"");
		to = put_macrovector(to, scores->macrovector);
		to = PUT(to, "\",\"nomenclature\":\"");
		to = put_text(to, scores->nomenclature, strlen(scores->nomenclature));
		return PUT(to, "\"}\n");
	}
	to = PUT(to, ",\"impact\":");
	to = put_score(to, scores->impact);
	to = PUT(to, ",\"exploitability\":");
	to = put_score(to, scores->exploitability);
	to = PUT(to, ",\"modified_impact\":");
	to = put_score(to, scores->modified_impact);
	return PUT(to, "}\n");
}

/* All of it is ASCII of ours: a vector that was taken holds nothing to escape. */
static void
answer_json(GString *out, const char *vector, gsize length, const PsCvss *cvss)
{
	PsCvssScores scores;
	char answer[2 * LINE_MAX_BYTES], *to = answer;

	ps_cvss_score(cvss, &scores);
	to = PUT(to, "{\"vector\":\"");
	to = put_text(to, vector, length);
	to = PUT(to, "\",\"canonical\":\"");
	to += ps_cvss_format(cvss, to);
	to = PUT(to, "\",\"version\":\"");
	to = put_text(to, ps_cvss_table(cvss->version)->name, 3);
	to = PUT(to, "\",\"score\":");
	to = put_score(to, scores.overall);
	to = PUT(to, ",\"severity\":\"");
	to = put_text(to, scores.severity, strlen(scores.severity));
	to = PUT(to, "\",\"base\":");
	to = put_score(to, scores.base);
	to = PUT(to, ",\"temporal\":");
	to = put_score(to, scores.temporal);
	to = PUT(to, ",\"environmental\":");
	to = put_score(to, scores.environmental);
	to = put_rest(to, cvss, &scores);
	g_string_append_len(out, answer, to - answer);
}

static void
answer_line(GString *out, const char *vector, gsize length, const PsCvss *cvss)
{
	int tenths = ps_cvss_overall(cvss);
	char text[PS_CVSS_TENTHS_MAX];

	g_string_append_len(out, vector, (gssize)length);
	g_string_append_c(out, '\t');
	g_string_append(out, ps_cvss_tenths(tenths, text));
	g_string_append_c(out, '\t');
	g_string_append(out, ps_cvss_severity(cvss->version, tenths));
	g_string_append_c(out, '\n');
}

static void
answer_problem(Answers *answers, const char *vector, gsize length, const PsCvssProblem *problem)
{
	g_autofree char *text = g_strndup(vector, length);
	g_autofree char *why = ps_cvss_problem_text(problem, text);
	/* a NUL byte ends the copy, but was part of the line */
	g_autofree char *shown = ps_safe_text(vector, (gssize)length, PS_SAFE_LINE);

	answers->status = 1;
	if (!answers->cli->json) {
		g_string_append_printf(answers->out, "%s\terror\t%s\n", shown, why);
		return;
	}
	g_autofree char *valid = g_utf8_make_valid(vector, (gssize)length);
	g_autofree char *vector_json = ps_json_escape(valid), *why_json = ps_json_escape(why);
	g_string_append_printf(answers->out, "{\"vector\":\"%s\",\"error\":\"%s\"}\n", vector_json,
			       why_json);
}

static void
answer(Answers *answers, const char *vector, gsize length)
{
	PsCvss cvss;
	PsCvssProblem problem;

	if (length > 0 && vector[length - 1] == '\r')
		length--;
	length = MIN(length, LINE_MAX_BYTES);
	if (!ps_cvss_parse(vector, length, 0, &cvss, &problem))
		answer_problem(answers, vector, length, &problem);
	else if (answers->cli->json)
		answer_json(answers->out, vector, length, &cvss);
	else
		answer_line(answers->out, vector, length, &cvss);
	if (answers->out->len > BLOCK - ANSWER_MAX)
		flush_answers(answers);
}

/* The lines that end in the first `filled` bytes; gives where the unfinished one begins. */
static gsize
answer_block(Answers *answers, const char *block, gsize filled)
{
	gsize start = 0;

	for (const char *end; (end = memchr(block + start, '\n', filled - start));) {
		answer(answers, block + start, (gsize)(end - block) - start);
		start = (gsize)(end - block) + 1;
	}
	return start;
}

/* One vector a line. A line that does not fit the block is judged by its beginning. */
static gboolean
answer_input(Answers *answers, GError **error)
{
	g_autofree char *block = g_malloc(BLOCK);
	gsize filled = 0;
	gboolean endless = FALSE;
	gssize n;

	while ((n = read(STDIN_FILENO, block + filled, BLOCK - filled)) > 0) {
		filled += (gsize)n;
		if (endless) {
			const char *end = memchr(block, '\n', filled);
			gsize used = end ? (gsize)(end - block) + 1 : filled;
			endless = !end;
			filled -= used;
			memmove(block, block + used, filled);
		}
		gsize done = answer_block(answers, block, filled);
		memmove(block, block + done, filled - done);
		filled -= done;
		if (filled == BLOCK) {
			answer(answers, block, filled);
			endless = TRUE;
			filled = 0;
		}
		if (ps_cli_reader_gone(answers->cli))
			return TRUE;
	}
	if (n < 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("Standard input could not be read: %s."), g_strerror(errno));
		return FALSE;
	}
	if (filled > 0)
		answer(answers, block, filled);
	return TRUE;
}

static int
run_cvss(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc < 2)
		return ps_cli_usage(cli, error, _("“cvss” needs a vector, or “-”."));

	Answers answers = {cli, g_string_sized_new(BLOCK), 0};
	gboolean good = TRUE;
	for (int i = 1; i < argc && good; i++) {
		if (g_str_equal(argv[i], "-"))
			good = answer_input(&answers, error);
		else
			answer(&answers, argv[i], strlen(argv[i]));
	}
	flush_answers(&answers);
	g_string_free(answers.out, TRUE);
	return good ? answers.status : 2;
}

const PsCommand ps_command_cvss = {
	.name = "cvss",
	.usage = "VECTOR...\n-",
	.summary = N_("Scores CVSS vectors of the versions 2.0, 3.0, 3.1 and 4.0."),
	.details = N_("Prints a line a vector: the vector, the overall score (of the most specific "
		      "group of metrics that is given), the severity. A vector that can't be read "
		      "gets “error” and the reason; the exit status is then 1. With --json every "
		      "line is an object with all scores and the canonical vector; 4.0 has its "
		      "MacroVector and nomenclature too.\n\n"
		      "“-” reads one vector a line from standard input."),
	.example = "cvss CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N\n"
		   "cvss --json - < vectors.txt",
	.run = run_cvss,
};
