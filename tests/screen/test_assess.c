#include "config.h"

/* Judging a flaw on a real terminal: walking an SSVC table, picking the weakness. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/screen/pty.h"
#include "tests/screen/workspace.h"

#define CASE "PSIRT-2026-0001"

static PsTestWorkspace *workspace;

static int
setup(void **state)
{
	(void)state;
	workspace = ps_test_workspace_new(2, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	ps_test_workspace_free(workspace);
	return 0;
}

static PsTerm *
open_case(int rows, int cols)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", workspace->dir, NULL};
	const char *environment[] = {workspace->gnupg_variable,
				     "PSIRTDESK_NOW=2026-11-21T10:00:00Z", NULL};
	PsTerm *term = ps_term_open(rows, cols, argv, environment);

	/* Titles can be read: the workspace is unlocked. */
	ps_term_expect(term, "Overflow");
	ps_term_send(term, ":pane.open case " CASE "\r");
	ps_term_expect(term, "Case › PSIRT");
	return term;
}

static char *
list_json(const char *kind)
{
	int status;
	char *out = ps_test_command(workspace, &status, "list", kind, "--json", NULL);

	assert_int_equal(status, 0);
	return out;
}

static void
assert_listed(const char *kind, const char *text)
{
	g_autofree char *out = list_json(kind);

	if (!strstr(out, text))
		fail_msg("“%s” is not in %s", text, out);
}

/* ---- SSVC ---- */

static void
ssvc__walk__by_keys_to_a_stored_decision(void **state)
{
	static const int sizes[][2] = {{24, 80}, {40, 120}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		PsTerm *term = open_case(sizes[i][0], sizes[i][1]);
		ps_term_send(term, "S");
		ps_term_expect(term, "SSVC › PSIRT");
		ps_term_send(term, "n");
		ps_term_expect_row(term, 2, "Supplier Patch Development Priority 1.0.0");
		ps_term_expect_row(term, 3, "4 outcomes remain (36 of 36 rows): Defer");
		ps_term_expect(term, "What is known about exploitation right now?");
		/* The third value by arrows, with its reason. */
		ps_term_send(term, "jjbSeen in our honeypot\r\r");
		ps_term_expect_row(term, 3, "2 outcomes remain (12 of 36 rows)");
		ps_term_expect_row(term, 4, "[Active]  because Seen in our honeypot");
		/* Utility by its parts, by letters. */
		ps_term_send(term, "pYC");
		ps_term_expect_row(term, 5, "[Super Effective] from its parts");
		ps_term_send(term, "TS");
		ps_term_expect(term, "Immediate");
		ps_term_expect(term, "Put other work aside");
		ps_term_send(term, "s");
		ps_term_expect(term,
			       "Saved: Immediate (Supplier Patch Development Priority 1.0.0)");
		ps_term_expect(term, "Earlier walks");
		ps_term_send(term, "q");
		ps_term_expect(term, "Case › PSIRT");
		ps_term_expect(term, "Immediate (Supplier Patch Dev");
		ps_term_close(term);
	}
	assert_listed("ssvc", "\"tree_version\":\"1.0.0\"");
	assert_listed("ssvc", "\"outcome\":\"ssvc:DSOI:1.0.0=I\"");
	assert_listed("ssvc_point", "\"reason\":\"Seen in our honeypot\"");
}

static void
ssvc__left__goes_one_question_back(void **state)
{
	(void)state;
	PsTerm *term = open_case(24, 80);
	ps_term_send(term, "S");
	ps_term_expect(term, "SSVC › PSIRT");
	ps_term_send(term, "\033OD");
	ps_term_expect(term, "This is the first question.");
	ps_term_send(term, "A");
	ps_term_expect_row(term, 3, "2 outcomes remain");
	ps_term_send(term, "\033OD");
	ps_term_expect_row(term, 3, "4 outcomes remain");
	/* What was answered is under the cursor. */
	ps_term_expect(term, "›A   Active");
	ps_term_send(term, "Y");
	ps_term_expect(term, "Exploitation (E) has no value “Y”.");
	ps_term_close(term);
}

static void
ssvc__small_screen__shows_the_question_first(void **state)
{
	(void)state;
	PsTerm *term = open_case(24, 80);
	ps_term_send(term, "S");
	ps_term_expect(term, "SSVC › PSIRT");
	ps_term_send(term, ":ssvc.table coordinator-triage\r");
	ps_term_expect(term, "Report Public");
	/* Seven points with their parts have no room beside the longest question. */
	ps_term_send(term, "NYCOApYCp");
	ps_term_expect(term, "Catastrophic: Several people may die");
	ps_term_expect(term, "SI   Safety Impact           asked now");
	ps_term_expect_gone(term, "Report Public");
	ps_term_resize(term, 15, 60);
	ps_term_send(term, "G");
	ps_term_expect(term, "›C   Catastrophic: Several people");
	ps_term_expect(term, " N   Negligible");
	ps_term_close(term);
}

static void
ssvc__unsaved_decision__is_asked_about(void **state)
{
	(void)state;
	PsTerm *term = open_case(24, 80);
	ps_term_send(term, "S");
	ps_term_expect(term, "SSVC › PSIRT");
	ps_term_send(term, ":ssvc.table publish\r");
	ps_term_expect(term, "Supplier Involvement");
	ps_term_send(term, "FNL");
	ps_term_expect(term, "Do Not Publish");
	ps_term_send(term, "q");
	ps_term_expect(term, "The decision is not saved.");
	ps_term_send(term, "s");
	ps_term_expect(term, "Case › PSIRT");
	assert_listed("ssvc", "\"decision\":\"Do Not Publish\"");
	/* Opened again, it shows what is stored. */
	ps_term_send(term, "S");
	ps_term_expect(term, "It is saved in the case.");
	ps_term_close(term);
}

/* ---- CWE ---- */

static void
add_vulnerability(void)
{
	int status;

	g_free(ps_test_command(workspace, &status, "new", "vulnerability", "case=" CASE,
			       "title=Overflow", NULL));

	assert_int_equal(status, 0);
}

static void
cwe__picker__searches_while_one_types(void **state)
{
	static const int sizes[][2] = {{24, 80}, {40, 120}};

	(void)state;
	add_vulnerability();
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		PsTerm *term = open_case(sizes[i][0], sizes[i][1]);
		ps_term_send(term, "W");
		ps_term_expect(term, "Weakness (CWE): type words or an id");
		ps_term_send(term, i == 0 ? "use after" : "416");
		ps_term_expect(term, "› CWE-416");
		ps_term_send(term, "\r");
		ps_term_expect_gone(term, "Weakness (CWE)");
		assert_listed("vulnerability", "\"cwe\":\"CWE-416\"");
		ps_term_close(term);
	}
}

static void
cwe__picker__refuses_deprecated_and_marks_discouraged(void **state)
{
	(void)state;
	PsTerm *empty = open_case(24, 80);
	ps_term_send(empty, "W");
	ps_term_expect(empty, "The case has no vulnerability yet: Y adds one.");
	ps_term_close(empty);
	add_vulnerability();
	PsTerm *term = open_case(24, 80);
	ps_term_send(term, "W");
	ps_term_expect(term, "Weakness (CWE)");
	ps_term_send(term, "132");
	ps_term_expect(term, "[deprecated]");
	ps_term_send(term, "\r");
	ps_term_expect(term, "It is deprecated: its name says what to use instead");
	ps_term_send(term, "\025zzz");
	ps_term_expect(term, "Nothing matches.");
	ps_term_send(term, "\025improper input validation");
	ps_term_expect(term, "[discouraged]");
	ps_term_send(term, "\r");
	ps_term_expect(term, "CWE-20: CWE discourages it");
	assert_listed("vulnerability", "\"cwe\":\"CWE-20\"");
	ps_term_close(term);
}

static void
cwe__record_form__uses_the_picker(void **state)
{
	(void)state;
	add_vulnerability();
	PsTerm *term = open_case(24, 80);
	ps_term_send(term, "y");
	ps_term_expect(term, "CWE");
	ps_term_send(term, "jjj\r");
	ps_term_expect(term, "Weakness (CWE): type words or an id");
	ps_term_send(term, "xss\r");
	ps_term_expect(term, "CWE-79");
	assert_listed("vulnerability", "\"cwe\":\"CWE-79\"");
	ps_term_close(term);
}

#define WITH_WORKSPACE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_WORKSPACE(ssvc__walk__by_keys_to_a_stored_decision),
		WITH_WORKSPACE(ssvc__left__goes_one_question_back),
		WITH_WORKSPACE(ssvc__small_screen__shows_the_question_first),
		WITH_WORKSPACE(ssvc__unsaved_decision__is_asked_about),
		WITH_WORKSPACE(cwe__picker__searches_while_one_types),
		WITH_WORKSPACE(cwe__picker__refuses_deprecated_and_marks_discouraged),
		WITH_WORKSPACE(cwe__record_form__uses_the_picker),
	};

	return cmocka_run_group_tests_name("judging on a screen", tests, NULL, NULL);
}
