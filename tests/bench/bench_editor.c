#include "config.h"

/* What a key costs in the advisory editor: on the screen's own thread (bound: 16 ms are felt by
 * nobody), and beside it for the check. For an ordinary advisory and for one with many releases.
 * Usage: bench_editor [RELEASES] */

#include "tests/unit/advisory-fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "advisory/csaf-check.h"
#include "advisory/csaf-tree.h"
#include "advisory/overlay.h"
#include "ui/panes/advisory-editor.h"

#define ROUNDS 20
#define BOUND_MS 16.0

/* Of this thread: what others do on the machine does not count. */
static gint64
cpu_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
report(const char *what, gint64 microseconds)
{
	double ms = (double)microseconds / 1000 / ROUNDS;

	printf("  %-56s %8.2f ms  %6.1f x the bound\n", what, ms, ms / BOUND_MS);
}

static void
make_releases(Story *story, int count)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(story->store, "bench.releases", &error);

	assert_done(txn, error);
	for (int i = 0; i < count; i++) {
		g_autofree char *version = g_strdup_printf("7.%d", i);
		g_autofree char *release = ps_txn_newv(txn, "release", &error, "product",
						       story->product, "version", version, NULL);
		assert_done(release, error);
		g_autofree char *affected =
			ps_txn_newv(txn, "affected", &error, "case", story->case_id, "release",
				    release, "status", "under_investigation", NULL);
		assert_done(affected, error);
	}
	assert_done(ps_txn_commit(txn, &error), error);
}

static char *
no_note(gpointer user, PsEditorRegion region)
{
	(void)user;
	(void)region;
	return NULL;
}

/* As the pane does it at each key; the check gets the new value only. */
static void
type_one_key(PsEditor *editor, int round)
{
	g_autofree char *text = g_strdup_printf("A title of %d", round);

	ps_editor_model_type(ps_editor_model(editor), "/document/title", text);
}

/* Beside the screen's thread, and what its thread does with the result. */
static PsEditorChecked
check_one_key(cJSON *document)
{
	ps_overlay_put(document, "/document/title", cJSON_CreateString("A title"));
	return (PsEditorChecked){ps_csaf_check(document, PS_CSAF_ALL, NULL, NULL),
				 g_ptr_array_new(), NULL, 0};
}

static void
draw(PsEditor *editor)
{
	g_autoptr(PsCanvas) canvas = ps_canvas_new(46, 160);

	ps_widget_draw(ps_editor_widget(editor), ps_canvas_view(canvas));
}

static void
measure(Story *story)
{
	g_autoptr(PsAdvisory) advisory = load(story);
	PsEditor *editor = ps_editor_new(no_note, NULL);
	gint64 typing = 0, checking = 0, drawing = 0, reading = 0, showing = 0, finding = 0;
	g_autoptr(cJSON) document = cJSON_Duplicate(ps_advisory_document(advisory), TRUE);

	g_autoptr(GPtrArray) rows = ps_csaf_tree(ps_advisory_document(advisory), NULL, 0);
	printf("%u fields\n", rows->len);
	for (int i = 0; i < ROUNDS; i++) {
		gint64 begin = cpu_time();
		g_autoptr(PsAdvisory) again = load(story);
		g_autoptr(GPtrArray) anew = ps_advisory_marks(again);
		g_autoptr(GPtrArray) missing = ps_advisory_missing(again);
		gint64 read = cpu_time();
		ps_editor_set_model(editor, ps_editor_model_new(ps_advisory_document(again), anew));
		gint64 shown = cpu_time();
		type_one_key(editor, i);
		gint64 typed = cpu_time();
		draw(editor);
		gint64 drawn = cpu_time();
		PsEditorChecked checked = check_one_key(document);
		gint64 found = cpu_time();
		ps_editor_set_findings(editor, ps_editor_findings_new(missing, &checked));
		finding += cpu_time() - found;
		checking += found - drawn;
		drawing += drawn - typed;
		typing += typed - shown;
		showing += shown - read;
		reading += read - begin;
		ps_csaf_report_free(checked.report);
		g_ptr_array_unref(checked.fixes);
	}
	report("a key, on the screen's thread", typing);
	report("what the check found is shown", finding);
	report("drawing 160x46 cells", drawing);
	report("all tests, beside it", checking);
	report("an accepted edit is read anew from the case", reading);
	report("and its tree is made", showing);
	ps_editor_free(editor);
}

int
main(int argc, char **argv)
{
	void *state = NULL;

	if (fixture_setup(&state) != 0)
		return 99;
	Story *story = story_new(((Fixture *)state)->store);
	measure(story);
	make_releases(story, argc > 1 ? atoi(argv[1]) : 1000);
	measure(story);
	story_free(story);
	return fixture_teardown(&state);
}
