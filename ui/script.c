#include "config.h"

#include "ui/script.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "ui/app-private.h"
#include "ui/help.h"

#define SCRIPT_LIMIT (1024 * 1024)
#define WAIT_MS 10000
#define POLL_MS 5

typedef struct Verb Verb;

typedef struct {
	const Verb *verb;
	char *rest;
	int line;
	PsKeyCode key; /* of a step that presses one */
} Step;

struct PsScript {
	char *path;
	GPtrArray *steps;
	guint next;
	gint64 waiting_since; /* monotonic microseconds; 0: not waiting */
	char *failure;
	PsApp *app;
};

/* What a step came to. */
typedef enum { STEP_DONE, STEP_AGAIN, STEP_FAILED } StepResult;

struct Verb {
	const char *name;
	StepResult (*run)(PsScript *script, const char *rest); /* NULL: the step is a key */
	gboolean (*check)(const char *rest);                   /* NULL: anything goes */
};

/* ---- steps ---- */

static gboolean
check_keys(const char *rest)
{
	g_auto(GStrv) names = g_strsplit(rest, " ", -1);

	for (int i = 0; names[i]; i++)
		if (*names[i] && ps_keycode_parse(names[i]) == PS_KEY_NONE)
			return FALSE;
	return *rest != '\0';
}

static StepResult
run_paste(PsScript *script, const char *rest)
{
	ps_app_paste(script->app, rest);
	return STEP_DONE;
}

static StepResult
run_action(PsScript *script, const char *rest)
{
	g_autoptr(GError) error = NULL;

	if (!ps_palette_execute(script->app, rest, &error) && error)
		ps_app_error(script->app, error);
	return STEP_DONE;
}

static gboolean
screen_shows(PsScript *script, const char *text)
{
	g_autofree char *screen = ps_canvas_dump(script->app->canvas);

	return strstr(screen, text) != NULL;
}

static StepResult
wait_until(PsScript *script, gboolean holds)
{
	gint64 now = g_get_monotonic_time();

	if (holds) {
		script->waiting_since = 0;
		return STEP_DONE;
	}
	if (script->waiting_since == 0)
		script->waiting_since = now;
	return now - script->waiting_since < WAIT_MS * 1000 ? STEP_AGAIN : STEP_FAILED;
}

static StepResult
run_wait(PsScript *script, const char *rest)
{
	return wait_until(script, screen_shows(script, rest));
}

static StepResult
run_settle(PsScript *script, const char *rest)
{
	(void)rest;
	return wait_until(script, script->app->jobs->len == 0);
}

static StepResult
run_expect(PsScript *script, const char *rest)
{
	return screen_shows(script, rest) ? STEP_DONE : STEP_FAILED;
}

static StepResult
run_refuse(PsScript *script, const char *rest)
{
	return screen_shows(script, rest) ? STEP_FAILED : STEP_DONE;
}

static gboolean
parse_size(const char *text, int *cols, int *rows)
{
	return sscanf(text, "%3dx%3d", cols, rows) == 2 && *cols > 0 && *rows > 0;
}

static gboolean
check_size(const char *rest)
{
	int cols, rows;

	return parse_size(rest, &cols, &rows);
}

static StepResult
run_resize(PsScript *script, const char *rest)
{
	int cols, rows;

	if (script->app->screen || !parse_size(rest, &cols, &rows))
		return STEP_FAILED;
	ps_app_resize(script->app, rows, cols);
	return STEP_DONE;
}

static StepResult
run_save(PsScript *script, const char *rest)
{
	g_autofree char *text = ps_canvas_dump(script->app->canvas);

	return ps_file_write(rest, text, -1, 0600, NULL) ? STEP_DONE : STEP_FAILED;
}

static StepResult
run_quit(PsScript *script, const char *rest)
{
	(void)rest;
	ps_app_leave(script->app, 0);
	return STEP_DONE;
}

static const Verb verbs[] = {
	{"key", NULL, check_keys},          {"type", NULL, NULL},
	{"paste", run_paste, NULL},         {"action", run_action, NULL},
	{"wait", run_wait, NULL},           {"expect", run_expect, NULL},
	{"refuse", run_refuse, NULL},       {"settle", run_settle, NULL},
	{"resize", run_resize, check_size}, {"save-screen", run_save, NULL},
	{"quit", run_quit, NULL},
};

/* ---- reading ---- */

static void
free_step(gpointer data)
{
	Step *step = data;

	g_free(step->rest);
	g_free(step);
}

static void
add_step(PsScript *script, const Verb *verb, const char *rest, int line, PsKeyCode key)
{
	Step *step = g_new0(Step, 1);

	*step = (Step){verb, g_strdup(rest), line, key};
	g_ptr_array_add(script->steps, step);
}

/* Each key is a step of its own: a question may open or close between two of them. */
static void
add_keys(PsScript *script, const Verb *verb, const char *rest, int line)
{
	if (g_str_equal(verb->name, "type")) {
		for (const char *p = rest; *p; p = g_utf8_next_char(p))
			add_step(script, verb, rest, line, g_utf8_get_char(p));
		return;
	}
	g_auto(GStrv) names = g_strsplit(rest, " ", -1);
	for (int i = 0; names[i]; i++)
		if (*names[i])
			add_step(script, verb, rest, line, ps_keycode_parse(names[i]));
}

static gboolean
parse_line(PsScript *script, const char *text, int line)
{
	if (!g_utf8_validate(text, -1, NULL))
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
		const Verb *verb = &verbs[i];
		gsize length = strlen(verb->name);
		if (strncmp(text, verb->name, length) != 0 ||
		    (text[length] != ' ' && text[length] != '\0'))
			continue;
		const char *rest = text[length] ? text + length + 1 : "";
		if (verb->check && !verb->check(rest))
			return FALSE;
		if (verb->run)
			add_step(script, verb, rest, line, PS_KEY_NONE);
		else
			add_keys(script, verb, rest, line);
		return TRUE;
	}
	return FALSE;
}

PsScript *
ps_script_load(const char *path, GError **error)
{
	g_autofree char *text = ps_file_read(path, SCRIPT_LIMIT, NULL, error);

	if (!text)
		return NULL;
	PsScript *script = g_new0(PsScript, 1);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	script->path = g_strdup(path);
	script->steps = g_ptr_array_new_with_free_func(free_step);
	for (int i = 0; lines[i]; i++) {
		if (!*lines[i] || *lines[i] == '#')
			continue;
		if (!parse_line(script, lines[i], i + 1)) {
			g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
				    _("Line %d of the script “%s” is no step: %s"), i + 1, path,
				    lines[i]);
			ps_script_free(script);
			return NULL;
		}
	}
	return script;
}

void
ps_script_free(PsScript *script)
{
	if (!script)
		return;
	g_ptr_array_unref(script->steps);
	g_free(script->path);
	g_free(script->failure);
	g_free(script);
}

const char *
ps_script_failure(const PsScript *script)
{
	return script ? script->failure : NULL;
}

/* ---- playing ---- */

static void schedule(PsScript *script, guint delay_ms);

static void
fail(PsScript *script, const Step *step)
{
	g_autofree char *screen = ps_canvas_dump(script->app->canvas);

	script->failure =
		g_strdup_printf(_("Line %d of the script “%s” failed: %s %s\nThe screen was:\n%s"),
				step->line, script->path, step->verb->name, step->rest, screen);
	ps_app_leave(script->app, 1);
}

/* The next step is scheduled before this one runs: it may open a question, inside which the script
 * goes on. */
static void
play(PsApp *app)
{
	PsScript *script = app->script;

	if (app->leaving)
		return;
	if (app->busy > 0 || app->redraw_queued) {
		schedule(script, app->busy > 0 ? POLL_MS : 0);
		return;
	}
	if (script->next >= script->steps->len) {
		if (!app->screen)
			ps_app_leave(app, 0);
		return;
	}
	guint at = script->next++;
	const Step *step = g_ptr_array_index(script->steps, at);
	gboolean waits = step->verb->run == run_wait || step->verb->run == run_settle;
	if (!waits)
		schedule(script, 0);
	StepResult result = STEP_DONE;
	if (step->verb->run)
		result = step->verb->run(script, step->rest);
	else
		ps_app_key(app, step->key);
	if (result == STEP_AGAIN)
		script->next = at;
	if (result == STEP_FAILED)
		fail(script, step);
	else if (waits)
		schedule(script, result == STEP_AGAIN ? POLL_MS : 0);
}

static void
schedule(PsScript *script, guint delay_ms)
{
	GSource *source = delay_ms ? g_timeout_source_new(delay_ms) : g_idle_source_new();

	ps_app_add_once(script->app, source, G_PRIORITY_LOW, play);
}

void
ps_script_start(PsScript *script, PsApp *app)
{
	script->app = app;
	app->script = script;
	ps_app_redraw(app);
	schedule(script, 0);
}
