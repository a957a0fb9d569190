#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/frame.h"
#include "base/worker.h"

static int
set_up(void **state)
{
	*state = ps_worker_new("fake", NULL);
	return 0;
}

static int
tear_down(void **state)
{
	ps_worker_free(*state);
	return 0;
}

static void
assert_no_error(const GError *error)
{
	if (error)
		fail_msg("%s", error->message);
}

static gboolean
call(PsWorker *worker, const char *method, PsAnswer *answer, GError **error)
{
	const PsRequest request = {.method = method, .timeout_seconds = 120};

	return ps_worker_call(worker, &request, answer, error);
}

static void
assert_still_works(PsWorker *worker)
{
	g_autoptr(GError) error = NULL;
	PsAnswer answer;

	call(worker, "echo", &answer, &error);
	assert_no_error(error);
	assert_non_null(answer.meta);
	ps_answer_clear(&answer);
}

static gboolean
count_meta(gpointer user, const cJSON *meta)
{
	(void)meta;
	(*(int *)user)++;
	return TRUE;
}

static void
forget(gpointer user)
{
	*(int *)user = 0;
}

static void
worker__call__carries_arguments_and_megabytes(void **state)
{
	gsize size = 3 * PS_FRAME_MAX + 17;
	g_autofree char *bytes = g_malloc(size);
	g_autoptr(GError) error = NULL;
	g_autoptr(cJSON) arguments = cJSON_CreateObject();
	PsAnswer answer;
	int metas = 0;

	for (gsize i = 0; i < size; i++)
		bytes[i] = (char)(i * 7 + i / 251);
	g_autoptr(GBytes) input = g_bytes_new(bytes, size);
	cJSON_AddStringToObject(arguments, "text", "Grüße \x1b");
	PsRequest request = {.method = "echo",
			     .arguments = arguments,
			     .input = input,
			     .on_meta = count_meta,
			     .user = &metas};
	ps_worker_call(*state, &request, &answer, &error);
	assert_no_error(error);
	assert_int_equal(metas, 2);
	assert_true(g_bytes_equal(answer.output, input));
	assert_string_equal(ps_json_text(cJSON_GetObjectItem(answer.meta, "arguments"), "text"),
			    "Grüße \x1b");
	ps_answer_clear(&answer);
}

static void
worker__death__is_repeated_and_the_first_answers_forgotten(void **state)
{
	g_autoptr(GError) error = NULL;
	int metas = 0;
	PsAnswer answer;
	PsRequest request = {.method = "die-twice",
			     .on_meta = count_meta,
			     .on_repeat = forget,
			     .user = &metas};

	ps_worker_call(*state, &request, &answer, &error);
	assert_no_error(error);
	assert_int_equal(metas, 2);
	assert_true(ps_json_number(answer.meta, "attempt", 0) == 3);
	ps_answer_clear(&answer);
}

static void
worker__death__three_times_is_a_sentence(void **state)
{
	g_autoptr(GError) error = NULL;

	assert_false(call(*state, "die", NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_WORKER));
	assert_non_null(strstr(error->message, "3 times"));
	g_clear_error(&error);
	assert_false(call(*state, "xcpu", NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_LIMIT));
	assert_still_works(*state);
}

static void
worker__answers__that_break_the_protocol_end_the_worker(void **state)
{
	static const char *const methods[] = {"too-long", "unknown-type", "bad-json", "bad-error"};

	for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
		g_autoptr(GError) error = NULL;
		assert_false(call(*state, methods[i], NULL, &error));
		if (!g_error_matches(error, PS_ERROR, PS_ERROR_WORKER))
			fail_msg("%s: %s", methods[i], error->message);
		assert_still_works(*state);
	}
}

static void
worker__output__is_bounded(void **state)
{
	g_autoptr(GError) error = NULL;
	PsRequest request = {.method = "flood", .output_limit = 5 << 20};

	assert_false(ps_worker_call(*state, &request, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_LIMIT));
	assert_still_works(*state);
}

static void
worker__errors__are_safe_text(void **state)
{
	g_autoptr(GError) error = NULL;

	assert_false(call(*state, "refuse", NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NO_KEY));
	assert_null(strchr(error->message, 0x1b));
	assert_null(strstr(error->message, "\xe2\x80\xae"));
}

typedef struct {
	int released, reclaimed;
	gboolean allow;
} Terminal;

static gboolean
release(gpointer user)
{
	((Terminal *)user)->released++;
	return ((Terminal *)user)->allow;
}

static void
reclaim(gpointer user)
{
	((Terminal *)user)->reclaimed++;
}

static void
worker__terminal__is_released_once_and_reclaimed(void **state)
{
	Terminal terminal = {.allow = TRUE};
	PsWorkerTty tty = {release, reclaim, &terminal};
	g_autoptr(GError) error = NULL;

	assert_false(call(*state, "tty", NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NEED_TTY));
	g_clear_error(&error);
	ps_worker_set_tty(*state, &tty);
	assert_true(call(*state, "tty", NULL, &error));
	assert_int_equal(terminal.released, 1);
	assert_int_equal(terminal.reclaimed, 1);
	terminal.allow = FALSE;
	assert_false(call(*state, "tty", NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NEED_TTY));
	assert_int_equal(terminal.reclaimed, 1);
}

static gpointer
cancel_soon(gpointer user)
{
	ps_progress_cancel(user);
	return NULL;
}

static void
worker__cancel__stops_the_obedient_and_the_deaf(void **state)
{
	static const char *const methods[] = {"wait", "deaf"};

	for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(PsProgress) progress = ps_progress_new();
		PsRequest request = {.method = methods[i], .progress = progress};
		GThread *thread = g_thread_new("cancel", cancel_soon, progress);
		assert_false(ps_worker_call(*state, &request, NULL, &error));
		g_thread_join(thread);
		assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CANCELLED));
		assert_still_works(*state);
	}
}

static void
worker__silence__ends_with_a_sentence_about_locks(void **state)
{
	g_autoptr(GError) error = NULL;
	PsRequest request = {.method = "deaf", .timeout_seconds = 1};

	assert_false(ps_worker_call(*state, &request, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_WORKER));
	assert_non_null(strstr(error->message, "lock"));
	assert_still_works(*state);
}

static void
worker__missing_program__is_said(void **state)
{
	g_autoptr(PsWorker) worker = ps_worker_new("nonesuch", NULL);
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(call(worker, "echo", NULL, &error));
	assert_non_null(strstr(error->message, "nonesuch"));
}

static void
frame__parse__needs_every_byte_and_refuses_what_is_wrong(void **state)
{
	guint8 bytes[PS_FRAME_HEADER + 3];
	PsFrame frame;
	gsize used;

	(void)state;
	ps_frame_header(bytes, PS_FRAME_META, 0x01020304, 3);
	memcpy(bytes + PS_FRAME_HEADER, "abc", 3);
	for (gsize n = 0; n < sizeof bytes; n++)
		assert_int_equal(ps_frame_parse(bytes, n, &frame, &used), PS_FRAME_SHORT);
	assert_int_equal(ps_frame_parse(bytes, sizeof bytes, &frame, &used), PS_FRAME_WHOLE);
	assert_int_equal(used, sizeof bytes);
	assert_int_equal(frame.request, 0x01020304);
	assert_memory_equal(frame.payload, "abc", 3);
	bytes[4] = 0;
	assert_int_equal(ps_frame_parse(bytes, sizeof bytes, &frame, &used), PS_FRAME_WRONG);
	ps_frame_header(bytes, PS_FRAME_DATA, 1, PS_FRAME_MAX + 1);
	assert_int_equal(ps_frame_parse(bytes, sizeof bytes, &frame, &used), PS_FRAME_WRONG);
}

static void
progress__is_shared_and_cancelled(void **state)
{
	g_autoptr(PsProgress) progress = ps_progress_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *what = NULL;
	gint64 done, total;

	(void)state;
	ps_progress_set(progress, 3, 9, "reading");
	ps_progress_set(progress, 4, 9, NULL);
	ps_progress_get(progress, &done, &total, &what);
	assert_int_equal(done, 4);
	assert_int_equal(total, 9);
	assert_string_equal(what, "reading");
	assert_false(ps_progress_cancelled(progress, &error));
	ps_progress_cancel(progress);
	assert_true(ps_progress_cancelled(progress, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CANCELLED));
	assert_false(ps_progress_cancelled(NULL, NULL));
}

typedef struct {
	GMainLoop *loop;
	GThread *worker, *done;
} JobSeen;

static gpointer
do_job(PsProgress *progress, gpointer data, GError **error)
{
	(void)progress;
	((JobSeen *)data)->worker = g_thread_self();
	g_set_error_literal(error, PS_ERROR, PS_ERROR_IO, "no");
	return NULL;
}

static void
job_done(gpointer result, gpointer data, const GError *error)
{
	JobSeen *seen = data;

	assert_null(result);
	assert_string_equal(error->message, "no");
	seen->done = g_thread_self();
	g_main_loop_quit(seen->loop);
}

static void
job__runs_on_its_thread_and_ends_on_the_starters(void **state)
{
	JobSeen seen = {.loop = g_main_loop_new(NULL, FALSE)};

	(void)state;
	PsJob *job = ps_job_start("test", do_job, job_done, &seen, NULL);
	assert_string_equal(ps_job_title(job), "test");
	g_main_loop_run(seen.loop);
	assert_ptr_equal(seen.done, g_thread_self());
	assert_ptr_not_equal(seen.worker, g_thread_self());
	g_main_loop_unref(seen.loop);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(worker__call__carries_arguments_and_megabytes),
		TEST(worker__death__is_repeated_and_the_first_answers_forgotten),
		TEST(worker__death__three_times_is_a_sentence),
		TEST(worker__answers__that_break_the_protocol_end_the_worker),
		TEST(worker__output__is_bounded),
		TEST(worker__errors__are_safe_text),
		TEST(worker__terminal__is_released_once_and_reclaimed),
		TEST(worker__cancel__stops_the_obedient_and_the_deaf),
		TEST(worker__silence__ends_with_a_sentence_about_locks),
		TEST(worker__missing_program__is_said),
		cmocka_unit_test(frame__parse__needs_every_byte_and_refuses_what_is_wrong),
		cmocka_unit_test(progress__is_shared_and_cancelled),
		cmocka_unit_test(job__runs_on_its_thread_and_ends_on_the_starters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
