#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "cases/state.h"

typedef struct {
	const char *machine, *from, *to;
	const char *next; /* NULL: refused */
} Move;

static const Move moves[] = {
	{"rm", "START", "RECEIVED", "RECEIVED"},
	{"rm", "RECEIVED", "VALID", "VALID"},
	{"rm", "RECEIVED", "valid", "VALID"},
	{"rm", "RECEIVED", "INVALID", "INVALID"},
	{"rm", "RECEIVED", "CLOSED", NULL},
	{"rm", "RECEIVED", "ACCEPTED", NULL},
	{"rm", "INVALID", "VALID", "VALID"},
	{"rm", "INVALID", "CLOSED", "CLOSED"},
	{"rm", "VALID", "ACCEPTED", "ACCEPTED"},
	{"rm", "VALID", "DEFERRED", "DEFERRED"},
	{"rm", "VALID", "CLOSED", NULL},
	{"rm", "ACCEPTED", "DEFERRED", "DEFERRED"},
	{"rm", "ACCEPTED", "CLOSED", "CLOSED"},
	{"rm", "DEFERRED", "ACCEPTED", "ACCEPTED"},
	{"rm", "DEFERRED", "CLOSED", "CLOSED"},
	{"rm", "CLOSED", "ACCEPTED", NULL},
	{"rm", "VALID", "VALID", NULL},
	{"em", "NONE", "PROPOSED", "PROPOSED"},
	{"em", "NONE", "ACTIVE", NULL},
	{"em", "PROPOSED", "ACTIVE", "ACTIVE"},
	{"em", "PROPOSED", "NONE", "NONE"},
	{"em", "PROPOSED", "EXITED", NULL},
	{"em", "ACTIVE", "REVISE", "REVISE"},
	{"em", "ACTIVE", "EXITED", "EXITED"},
	{"em", "ACTIVE", "NONE", NULL},
	{"em", "REVISE", "ACTIVE", "ACTIVE"},
	{"em", "REVISE", "EXITED", "EXITED"},
	{"em", "EXITED", "ACTIVE", NULL},
	{"cs", "vfdpxa", "V", "Vfdpxa"},
	{"cs", "Vfdpxa", "F", "VFdpxa"},
	{"cs", "Vfdpxa", "FD", "VFDpxa"},
	{"cs", "Vfdpxa", "VFDPxa", "VFDPxa"},
	{"cs", "vfdpxa", "F", NULL},     /* the vendor does not know yet */
	{"cs", "Vfdpxa", "D", NULL},     /* nothing to deploy */
	{"cs", "vfdpxa", "P", "VfdPxa"}, /* the public tells the vendor */
	{"cs", "Vfdpxa", "X", "VfdPXa"}, /* an exploit tells the public */
	{"cs", "Vfdpxa", "A", "VfdpxA"},
	{"cs", "VFdpxa", "Vfdpxa", NULL}, /* nothing becomes unready again */
	{"cs", "VFdpxa", "VFdpxa", NULL},
	{"cs", "VFdpxa", "F", NULL},
	{"cs", "VFdpxa", "", NULL},
};

static void
state__move__follows_the_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
		const Move *m = &moves[i];
		g_autoptr(GError) error = NULL;
		g_autofree char *next = ps_state_move(m->machine, m->from, m->to, &error);
		if (g_strcmp0(next, m->next) != 0)
			fail_msg("%s: %s to %s gives %s", m->machine, m->from, m->to,
				 next ? next : error->message);
		assert_int_equal(next == NULL, error != NULL);
		if (error)
			assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	}
}

static void
state__move__says_what_is_possible(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(ps_state_move("rm", "RECEIVED", "CLOSED", &error));
	assert_non_null(strstr(error->message, "VALID, INVALID"));
}

static void
state__move__rubbish_is_bad_input(void **state)
{
	static const char *const bad[][2] = {
		{"rm", "DONE"}, {"em", "x"}, {"cs", "Q"}, {"cs", "f"}, {"cs", "fVdpxa"}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		const char *from = g_str_equal(bad[i][0], "cs")   ? "Vfdpxa"
				   : g_str_equal(bad[i][0], "rm") ? "VALID"
								  : "NONE";
		assert_null(ps_state_move(bad[i][0], from, bad[i][1], &error));
		if (!g_error_matches(error, PS_ERROR, PS_ERROR_INPUT))
			fail_msg("%s: %s", bad[i][1], error->message);
	}
}

static void
state__moves__every_offered_move_is_legal(void **state)
{
	static const char *const states[][2] = {
		{"rm", "START"},    {"rm", "RECEIVED"}, {"rm", "INVALID"}, {"rm", "VALID"},
		{"rm", "ACCEPTED"}, {"rm", "DEFERRED"}, {"rm", "CLOSED"},  {"em", "NONE"},
		{"em", "PROPOSED"}, {"em", "ACTIVE"},   {"em", "REVISE"},  {"em", "EXITED"},
		{"cs", "vfdpxa"},   {"cs", "Vfdpxa"},   {"cs", "VFdPxa"},  {"cs", "VFDPXA"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
		g_auto(GStrv) offered = ps_state_moves(states[i][0], states[i][1]);
		for (char **to = offered; *to; to++) {
			g_autoptr(GError) error = NULL;
			g_autofree char *next =
				ps_state_move(states[i][0], states[i][1], *to, &error);
			if (!next)
				fail_msg("%s: %s", states[i][1], error->message);
		}
	}
	g_auto(GStrv) none = ps_state_moves("cs", "VFDPXA");
	assert_null(none[0]);
}

static void
state__valid__knows_the_order_of_letters(void **state)
{
	(void)state;
	assert_true(ps_case_state_valid("vfdpxa"));
	assert_true(ps_case_state_valid("VFDPXA"));
	assert_false(ps_case_state_valid("vFdpxa"));
	assert_false(ps_case_state_valid("VfDpxa"));
	assert_false(ps_case_state_valid("Vfdpx"));
	assert_false(ps_case_state_valid("Vdfpxa"));
	assert_false(ps_case_state_valid(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(state__move__follows_the_tables),
		cmocka_unit_test(state__move__says_what_is_possible),
		cmocka_unit_test(state__move__rubbish_is_bad_input),
		cmocka_unit_test(state__moves__every_offered_move_is_legal),
		cmocka_unit_test(state__valid__knows_the_order_of_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
