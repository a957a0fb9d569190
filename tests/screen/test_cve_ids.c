#include "config.h"

/* The register of CVE ids on a real terminal: a request, a block, giving an id to a case, giving
 * one up. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "tests/screen/pty.h"
#include "tests/screen/workspace.h"

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
open_pane(int rows, int cols, const char *variable)
{
	PsTerm *term = ps_test_workspace_open(workspace, rows, cols, variable);

	ps_term_expect(term, "Overflow");
	ps_term_send(term, "5");
	ps_term_expect(term, "No advisory");
	ps_term_send(term, "#");
	ps_term_expect(term, "CVE ids");
	return term;
}

static void
assert_state(const char *cve, const char *state)
{
	int status;
	g_autofree char *filter = g_strconcat("cve=", cve, NULL);
	g_autofree char *wanted = g_strdup_printf("\"state\":\"%s\"", state);
	g_autofree char *out =
		ps_test_command(workspace, &status, "list", "cve_id", filter, "--json", NULL);

	assert_int_equal(status, 0);
	if (!strstr(out, wanted))
		fail_msg("%s is not %s: %s", cve, state, out);
}

static void
cve_ids__keys__lead_an_id_from_request_to_use(void **state)
{
	int status;
	(void)state;
	g_autofree char *made = ps_test_command(workspace, &status, "new", "vulnerability",
						"case=PSIRT-2026-0001", "title=A flaw", NULL);
	PsTerm *term = open_pane(24, 80, "TERM=xterm-256color");

	assert_int_equal(status, 0);
	ps_term_expect(term, "No CVE id is known yet");
	ps_term_send(term, "n");
	ps_term_expect(term, "For which case");
	ps_term_send(term, "PSIRT-2026-0001\r");
	ps_term_expect(term, "requested");
	ps_term_send(term, "R");
	ps_term_expect(term, "give for this request");
	ps_term_send(term, "2026-20001\r");
	ps_term_expect(term, "CVE-2026-20001");
	ps_term_send(term, "R");
	ps_term_expect(term, "a block");
	ps_term_send(term, "2026-1000..1002\r");
	ps_term_expect(term, "CVE-2026-1002");
	ps_term_send(term, "Ga");
	ps_term_expect(term, "Case whose vulnerability gets it");
	ps_term_send(term, "\r");
	ps_term_expect(term, "CVE-2026-20001 belongs to the vulnerability of PSIRT-2026-0001 now");
	assert_state("CVE-2026-20001", "used");
	/* what can't be done says why */
	ps_term_send(term, "a");
	ps_term_expect(term, "Only a reserved id can be given out");
	ps_term_send(term, "gd");
	ps_term_expect(term, "Why is it given up?");
	ps_term_send(term, "not needed\r");
	ps_term_expect(term, "rejected");
	assert_state("CVE-2026-1000", "rejected");
	ps_term_send(term, "d");
	ps_term_expect(term, "rejected already");
	ps_term_close(term);
}

static void
cve_ids__bad_ids__are_refused_with_a_sentence(void **state)
{
	(void)state;
	PsTerm *term = open_pane(15, 60, "NO_COLOR=1");

	ps_term_send(term, "R");
	ps_term_expect(term, "Ids that the CNA gave");
	ps_term_send(term, "12\r");
	ps_term_expect(term, "is no CVE id");
	ps_term_expect(term, "No CVE id is known yet");
	ps_term_close(term);
}

static void
cve_ids__list__fits_every_size(void **state)
{
	static const struct {
		int rows, cols;
		const char *variable;
	} screens[] = {
		{24, 80, "TERM=xterm-256color"},
		{50, 160, "PSIRTDESK_THEME=mono"},
		{15, 60, "TERM=xterm-256color"},
	};
	int status;
	(void)state;
	g_autofree char *out = ps_test_command(workspace, &status, "cve", "reserve",
					       "CVE-2026-1000..1040", "--note", "spring", NULL);

	assert_int_equal(status, 0);
	for (gsize i = 0; i < G_N_ELEMENTS(screens); i++) {
		PsTerm *term = open_pane(screens[i].rows, screens[i].cols, screens[i].variable);
		ps_term_expect(term, "1/41");
		ps_term_expect(term, "CVE-2026-1000     reserved");
		ps_term_send(term, "/1040\r");
		ps_term_expect(term, "CVE-2026-1040");
		ps_term_close(term);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cve_ids__keys__lead_an_id_from_request_to_use,
						setup, teardown),
		cmocka_unit_test_setup_teardown(cve_ids__bad_ids__are_refused_with_a_sentence,
						setup, teardown),
		cmocka_unit_test_setup_teardown(cve_ids__list__fits_every_size, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
