#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The application without a terminal and without a workspace: jobs and questions. */

#include "ui/app-private.h"
#include "ui/ask.h"

#include <string.h>

static PsApp *
new_app(void)
{
	static PsCli cli;

	return ps_app_new(&cli);
}

static gboolean
shows(PsApp *app, const char *text)
{
	ps_app_draw(app);
	g_autofree char *screen = ps_canvas_dump(app->canvas);
	return strstr(screen, text) != NULL;
}

/* ---- jobs ---- */

typedef struct {
	PsApp *app;
	gboolean done, cancelled;
} JobState;

static gpointer
count_forever(PsProgress *progress, gpointer data, GError **error)
{
	(void)data;
	ps_progress_set(progress, 5, 10, "halfway");
	while (!ps_progress_cancelled(progress, error))
		g_thread_yield();
	return NULL;
}

static void
counted(gpointer result, gpointer data, const GError *error)
{
	JobState *state = data;

	(void)result;
	state->done = TRUE;
	state->cancelled = g_error_matches(error, PS_ERROR, PS_ERROR_CANCELLED);
}

static void
app__job__shows_progress_and_stops_by_its_key(void **state)
{
	PsApp *app = new_app();
	JobState job = {app, FALSE, FALSE};

	(void)state;
	ps_app_job(app, "Counting", count_forever, counted, &job, NULL);
	while (!shows(app, "Counting 50% · halfway  (Ctrl-C stops it)"))
		g_thread_yield();
	ps_app_key(app, PS_KEY_CTRL('C'));
	while (!job.done)
		ps_app_step(app);
	assert_true(job.cancelled);
	assert_int_equal(app->jobs->len, 0);
	ps_app_free(app);
}

static void
app__leaving__ends_jobs(void **state)
{
	PsApp *app = new_app();
	JobState job = {app, FALSE, FALSE};

	(void)state;
	ps_app_job(app, "Counting", count_forever, counted, &job, NULL);
	ps_app_leave(app, 0);
	assert_true(ps_app_end_jobs(app));
	/* Nobody is told while everything is taken down. */
	assert_false(job.done);
	ps_app_free(app);
}

static gpointer
lend_terminal(PsProgress *progress, gpointer data, GError **error)
{
	PsWorkerTty tty = ps_app_tty(data);

	(void)progress;
	(void)error;
	return GINT_TO_POINTER(tty.release(tty.user) ? 1 : 2);
}

static void
lent(gpointer result, gpointer data, const GError *error)
{
	(void)error;
	ps_app_leave(data, GPOINTER_TO_INT(result));
}

static void
app__no_terminal__cannot_be_lent(void **state)
{
	PsApp *app = new_app();

	(void)state;
	ps_app_job(app, "Asking", lend_terminal, NULL, app, NULL);
	while (app->jobs->len > 0)
		ps_app_step(app);
	ps_job_start("Asking", lend_terminal, lent, app, NULL);
	while (!app->leaving)
		ps_app_step(app);
	assert_int_equal(app->exit_status, 2);
	ps_app_free(app);
}

/* ---- questions: keys are pressed from the loop while the question is open ---- */

typedef struct {
	PsApp *app;
	const PsKeyCode *keys;
	const char *expected; /* must be on the screen before the last key */
	gboolean seen;
} Typist;

static gboolean
press_next(gpointer data)
{
	Typist *typist = data;

	if (!typist->keys[0])
		return G_SOURCE_REMOVE;
	if (!typist->keys[1] && typist->expected)
		typist->seen = shows(typist->app, typist->expected);
	ps_app_key(typist->app, *typist->keys++);
	return G_SOURCE_CONTINUE;
}

static Typist *
type_soon(PsApp *app, const PsKeyCode *keys, const char *expected)
{
	Typist *typist = g_new0(Typist, 1);

	*typist = (Typist){app, keys, expected, FALSE};
	g_idle_add(press_next, typist);
	return typist;
}

#define KEYS(...) ((const PsKeyCode[]){__VA_ARGS__, 0})

static void
end_typist(Typist *typist, gboolean seen)
{
	while (g_source_remove_by_user_data(typist))
		;
	assert_int_equal(typist->seen, seen);
	g_free(typist);
}

static gboolean
only_digits(gpointer user, const char *text, GError **error)
{
	(void)user;
	if (strspn(text, "0123456789") == strlen(text))
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, "Digits only, please.");
	return FALSE;
}

static void
ask__line__is_checked_and_can_be_left(void **state)
{
	PsApp *app = new_app();
	PsAskLine ask = {.label = "Number", .check = only_digits, .history = "numbers"};

	(void)state;
	/* Wrong, told so, put right. */
	Typist *typist =
		type_soon(app, KEYS('1', 'x', PS_KEY_ENTER, PS_KEY_BACKSPACE, '2', PS_KEY_ENTER),
			  "Number: 12");
	g_autofree char *answer = ps_ask_line(app, &ask);
	assert_string_equal(answer, "12");
	end_typist(typist, TRUE);
	typist = type_soon(app, KEYS('x', PS_KEY_ENTER, PS_KEY_ESC), "Digits only, please.");
	assert_null(ps_ask_line(app, &ask));
	end_typist(typist, TRUE);
	/* What was typed before comes back with Up. */
	typist = type_soon(app, KEYS('9', PS_KEY_UP, PS_KEY_ENTER), "Number: 12");
	g_autofree char *again = ps_ask_line(app, &ask);
	assert_string_equal(again, "12");
	end_typist(typist, TRUE);
	ps_app_free(app);
}

static void
ask__secret__is_never_on_the_screen(void **state)
{
	PsApp *app = new_app();
	PsAskLine ask = {.label = "Passphrase", .secret = TRUE};

	(void)state;
	Typist *typist = type_soon(app, KEYS('h', 'u', 'i', PS_KEY_ENTER), "Passphrase: ***");
	g_autofree char *answer = ps_ask_line(app, &ask);
	assert_string_equal(answer, "hui");
	end_typist(typist, TRUE);
	ps_app_free(app);
}

static void
ask__yes__only_by_its_own_key(void **state)
{
	PsApp *app = new_app();

	(void)state;
	Typist *typist = type_soon(app, KEYS('y'), "Delete it? [y]");
	assert_true(ps_ask_yes(app, "Delete it?"));
	end_typist(typist, TRUE);
	typist = type_soon(app, KEYS(PS_KEY_ENTER), NULL);
	assert_false(ps_ask_yes(app, "Delete it?"));
	end_typist(typist, FALSE);
	/* The action's own key, held too long, does not answer. */
	app->last_key = 'y';
	typist = type_soon(app, KEYS('y'), "[Y]");
	assert_false(ps_ask_yes(app, "Delete it?"));
	end_typist(typist, TRUE);
	ps_app_free(app);
}

static void
ask__typed__wants_the_whole_word(void **state)
{
	PsApp *app = new_app();

	(void)state;
	Typist *typist =
		type_soon(app, KEYS('A', '-', PS_KEY_ENTER, '7', PS_KEY_ENTER), "Publish now?");
	assert_true(ps_ask_typed(app, "Publish now?", "A-7"));
	end_typist(typist, TRUE);
	typist = type_soon(app, KEYS('A', PS_KEY_ENTER, PS_KEY_ESC), "Type “A-7” to do it");
	assert_false(ps_ask_typed(app, "Publish now?", "A-7"));
	end_typist(typist, TRUE);
	ps_app_free(app);
}

static void
ask__choice__filters_and_refuses_what_is_disabled(void **state)
{
	static const PsOption options[] = {
		{"red", "Red", NULL, NULL},
		{"green", "Green", "like grass", NULL},
		{"grey", "Grey", NULL, "Grey is sold out."},
	};
	PsApp *app = new_app();
	PsAskChoice ask = {.title = "Colour", .options = options, .n_options = 3};

	(void)state;
	Typist *typist = type_soon(app, KEYS('g', 'r', PS_KEY_ENTER), "like grass");
	g_autofree char *green = ps_ask_choice(app, &ask);
	assert_string_equal(green, "green");
	end_typist(typist, TRUE);
	typist = type_soon(app, KEYS('g', 'r', 'e', 'y', PS_KEY_ENTER, PS_KEY_ESC),
			   "Grey is sold out.");
	assert_null(ps_ask_choice(app, &ask));
	end_typist(typist, TRUE);
	ask.initial = "green";
	typist = type_soon(app, KEYS(PS_KEY_DOWN, PS_KEY_UP, PS_KEY_UP, PS_KEY_ENTER), NULL);
	g_autofree char *red = ps_ask_choice(app, &ask);
	assert_string_equal(red, "red");
	end_typist(typist, FALSE);
	ps_app_free(app);
}

static gboolean
hang_up(gpointer data)
{
	ps_app_leave(data, 0);
	return G_SOURCE_REMOVE;
}

static void
ask__leaving__counts_as_cancelled(void **state)
{
	PsApp *app = new_app();
	PsAskLine ask = {.label = "Title", .initial = "half written"};

	(void)state;
	g_idle_add(hang_up, app);
	assert_null(ps_ask_line(app, &ask));
	assert_false(ps_ask_yes(app, "Sure?"));
	ps_app_free(app);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(app__job__shows_progress_and_stops_by_its_key),
		cmocka_unit_test(app__leaving__ends_jobs),
		cmocka_unit_test(app__no_terminal__cannot_be_lent),
		cmocka_unit_test(ask__line__is_checked_and_can_be_left),
		cmocka_unit_test(ask__secret__is_never_on_the_screen),
		cmocka_unit_test(ask__yes__only_by_its_own_key),
		cmocka_unit_test(ask__typed__wants_the_whole_word),
		cmocka_unit_test(ask__choice__filters_and_refuses_what_is_disabled),
		cmocka_unit_test(ask__leaving__counts_as_cancelled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
