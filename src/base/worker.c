#include "config.h"

#include "base/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/frame.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/spawn.h"

#define ATTEMPTS 3
#define POLL_MS 50
#define CANCEL_GRACE_MS 500
#define DEFAULT_TIMEOUT 120
#define DEFAULT_OUTPUT ((gsize)64 << 20)
#define METAS_MAX 1000000 /* of one answer */

struct PsWorker {
	GMutex lock;
	char *name;
	char **environment;
	PsWorkerTty tty;
	gboolean has_tty;
	pid_t pid;
	int fd; /* -1: not running */
	guint32 last_request;
	GByteArray *buffer; /* received, not yet parsed */
	gsize parsed;       /* of it */
	guint most;         /* bytes that `buffer` ever held: they are wiped after each answer */
};

/* What reading one answer came to. */
typedef enum {
	OUTCOME_DONE,
	OUTCOME_FAILED, /* `error` is set */
	OUTCOME_NEED_TTY,
	OUTCOME_DIED,
} Outcome;

/* One run of a request. */
typedef struct {
	PsWorker *worker;
	const PsRequest *request;
	guint32 id;
	gboolean with_tty;
	gint64 heard; /* monotonic, when the worker last said something */
	GByteArray *output;
	cJSON *meta;
	gsize metas;
	gboolean stopped; /* on_meta wants no more */
	gboolean ended;   /* the worker said that it is done with the request */
} Call;

PsWorker *
ps_worker_new(const char *name, const char *const *environment)
{
	PsWorker *worker = g_new0(PsWorker, 1);

	g_mutex_init(&worker->lock);
	worker->name = g_strdup(name);
	worker->environment = g_strdupv((char **)environment);
	worker->fd = -1;
	worker->buffer = g_byte_array_new();
	return worker;
}

/* Gives the wait status of the worker that is gone now. A worker whose parent hangs up ends by
 * itself, but only a kill ends it at once. */
static int
stop(PsWorker *worker)
{
	int status = 0;

	if (worker->fd < 0)
		return 0;
	close(worker->fd);
	worker->fd = -1;
	/* a worker that died by itself is a zombie by now, or will be in a moment */
	for (int i = 0; i < 20 && waitpid(worker->pid, &status, WNOHANG) == 0; i++) {
		if (i == 10)
			kill(-worker->pid, SIGKILL);
		g_usleep(i < 10 ? 1000 : 20000);
	}
	worker->pid = 0;
	g_byte_array_set_size(worker->buffer, 0);
	worker->parsed = 0;
	return status;
}

void
ps_worker_free(PsWorker *worker)
{
	if (!worker)
		return;
	stop(worker);
	g_mutex_clear(&worker->lock);
	g_byte_array_unref(worker->buffer);
	g_strfreev(worker->environment);
	g_free(worker->name);
	g_free(worker);
}

void
ps_worker_set_tty(PsWorker *worker, const PsWorkerTty *tty)
{
	g_mutex_lock(&worker->lock);
	worker->has_tty = tty != NULL;
	worker->tty = tty ? *tty : (PsWorkerTty){0};
	g_mutex_unlock(&worker->lock);
}

void
ps_answer_clear(PsAnswer *answer)
{
	g_clear_pointer(&answer->meta, cJSON_Delete);
	g_clear_pointer(&answer->output, g_bytes_unref);
}

/* ---- starting ---- */

static gboolean
not_understood(PsWorker *worker, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_WORKER,
		    _("The worker program “%s” gave an answer that cannot be understood. Install "
		      "this program again, with its workers."),
		    worker->name);
	return FALSE;
}

static gboolean
start(PsWorker *worker, GError **error)
{
	g_autofree char *path = ps_path_worker(worker->name);
	const char *log = g_getenv("PSIRTDESK_WORKER_LOG");
	const char *argv[] = {path, NULL};
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("No pipe could be made: %s."),
			    g_strerror(errno));
		return FALSE;
	}
	/* What its libraries print must never reach our screen. */
	int log_fd = log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
	int fds[3] = {pair[0], -1, log_fd};
	worker->pid = ps_spawn_start(argv, (const char *const *)worker->environment, fds, error);
	close(pair[0]);
	if (log_fd >= 0)
		close(log_fd);
	if (worker->pid <= 0) {
		close(pair[1]);
		g_prefix_error(error, _("The worker “%s” is missing. "), worker->name);
		return FALSE;
	}
	worker->fd = pair[1];
	return TRUE;
}

/* ---- one answer ---- */

static const struct {
	const char *name;
	PsErrorCode code;
} error_names[] = {
	{"not-found", PS_ERROR_NOT_FOUND},
	{"invalid", PS_ERROR_INVALID},
	{"refused", PS_ERROR_REFUSED},
	{"input", PS_ERROR_INPUT},
	{"io", PS_ERROR_IO},
	{"no-key", PS_ERROR_NO_KEY},
	{"passphrase", PS_ERROR_PASSPHRASE},
	{"limit", PS_ERROR_LIMIT},
	{"busy", PS_ERROR_BUSY},
	{"version", PS_ERROR_VERSION},
	{"cancelled", PS_ERROR_CANCELLED},
	{"worker", PS_ERROR_WORKER},
};

static Outcome
take_error(Call *call, const cJSON *object, GError **error)
{
	const char *name = ps_json_text(object, "code"), *message = ps_json_text(object, "message");

	if (!name || !message) {
		call->ended = FALSE;
		not_understood(call->worker, error);
		return OUTCOME_FAILED;
	}
	PsErrorCode code = PS_ERROR_WORKER;
	for (gsize i = 0; i < G_N_ELEMENTS(error_names); i++)
		if (g_str_equal(error_names[i].name, name))
			code = error_names[i].code;
	g_autofree char *safe = ps_safe_text(message, -1, PS_SAFE_LINE);
	g_set_error_literal(error, PS_ERROR, code, safe);
	return OUTCOME_FAILED;
}

static gboolean
take_meta(Call *call, cJSON *meta)
{
	const PsRequest *request = call->request;

	if (++call->metas > METAS_MAX)
		return FALSE;
	if (request->on_meta && !call->stopped && !request->on_meta(request->user, meta))
		call->stopped = TRUE;
	cJSON_Delete(call->meta);
	call->meta = meta;
	return TRUE;
}

static void
take_progress(Call *call, const cJSON *object)
{
	const char *what = ps_json_text(object, "what");
	g_autofree char *safe = what ? ps_safe_text(what, -1, PS_SAFE_LINE) : NULL;

	ps_progress_set(call->request->progress, ps_json_integer(object, "done", 0),
			ps_json_integer(object, "total", 0), safe);
}

static gboolean
take_data(Call *call, const PsFrame *frame, GError **error)
{
	gsize limit = call->request->output_limit ? call->request->output_limit : DEFAULT_OUTPUT;

	if (call->output->len + frame->length > limit) {
		g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
			    _("The answer is larger than the limit of %zu bytes."), limit);
		return FALSE;
	}
	g_byte_array_append(call->output, frame->payload, (guint)frame->length);
	return TRUE;
}

/* TRUE: go on; FALSE: `*outcome` is final. Frames of an older, cancelled request are dropped. */
static gboolean
take_frame(Call *call, const PsFrame *frame, Outcome *outcome, GError **error)
{
	*outcome = OUTCOME_FAILED;
	if (frame->type == PS_FRAME_DATA)
		return frame->request != call->id || take_data(call, frame, error);
	g_autoptr(cJSON) object = frame->length ? ps_json_parse((const char *)frame->payload,
								frame->length, NULL, NULL)
						: cJSON_CreateObject();
	if (!cJSON_IsObject(object))
		return not_understood(call->worker, error);
	if (frame->type == PS_FRAME_HELLO) {
		if (ps_json_number(object, "protocol", 0) == PS_PROTOCOL_VERSION)
			return TRUE;
		return not_understood(call->worker, error);
	}
	if (frame->request != call->id)
		return TRUE;
	switch (frame->type) {
	case PS_FRAME_META:
		return take_meta(call, g_steal_pointer(&object)) ||
		       not_understood(call->worker, error);
	case PS_FRAME_PROGRESS:
		take_progress(call, object);
		return TRUE;
	case PS_FRAME_NEED_TTY:
		call->ended = TRUE;
		*outcome = OUTCOME_NEED_TTY;
		return FALSE;
	case PS_FRAME_END:
		call->ended = TRUE;
		*outcome = OUTCOME_DONE;
		return FALSE;
	case PS_FRAME_ERROR:
		call->ended = TRUE;
		*outcome = take_error(call, object, error);
		return FALSE;
	default:
		return not_understood(call->worker, error);
	}
}

/* Takes the whole frames of the buffer. TRUE: more is to come. */
static gboolean
take_frames(Call *call, Outcome *outcome, GError **error)
{
	PsWorker *worker = call->worker;
	gboolean more = TRUE;

	while (more) {
		PsFrame frame;
		gsize used = 0;
		PsFrameState state =
			ps_frame_parse(worker->buffer->data + worker->parsed,
				       worker->buffer->len - worker->parsed, &frame, &used);
		if (state == PS_FRAME_SHORT)
			break;
		if (state == PS_FRAME_WRONG) {
			*outcome = OUTCOME_FAILED;
			return not_understood(worker, error);
		}
		worker->parsed += used;
		more = take_frame(call, &frame, outcome, error);
	}
	if (worker->parsed > 0) {
		g_byte_array_remove_range(worker->buffer, 0, (guint)worker->parsed);
		worker->parsed = 0;
	}
	return more;
}

/* -1: an error or the end, 0: nothing yet, 1: something was read */
static int
receive(Call *call)
{
	PsWorker *worker = call->worker;
	struct pollfd poll_fd = {worker->fd, POLLIN, 0};
	guint8 block[65536];

	int ready = poll(&poll_fd, 1, POLL_MS);
	if (ready == 0 || (ready < 0 && errno == EINTR))
		return 0;
	ssize_t n = read(worker->fd, block, sizeof block);
	if (n < 0 && errno == EINTR)
		return 0;
	if (n <= 0)
		return -1;
	g_byte_array_append(worker->buffer, block, (guint)n);
	explicit_bzero(block, (gsize)n);
	worker->most = MAX(worker->most, worker->buffer->len);
	call->heard = g_get_monotonic_time();
	return 1;
}

/* The worker is asked to stop and given a moment; if it does not, the caller stops it. */
static void
give_up(Call *call)
{
	gint64 until = g_get_monotonic_time() + CANCEL_GRACE_MS * 1000;
	Outcome outcome;

	if (ps_frame_send(call->worker->fd, PS_FRAME_CANCEL, call->id, NULL, 0))
		while (g_get_monotonic_time() < until) {
			int got = receive(call);
			if (got < 0)
				break;
			if (got > 0 && !take_frames(call, &outcome, NULL))
				return;
		}
}

static gboolean
silent_too_long(Call *call, GError **error)
{
	int seconds =
		call->request->timeout_seconds ? call->request->timeout_seconds : DEFAULT_TIMEOUT;

	if (call->with_tty ||
	    g_get_monotonic_time() - call->heard < (gint64)seconds * G_USEC_PER_SEC)
		return FALSE;
	g_set_error(
		error, PS_ERROR, PS_ERROR_WORKER,
		_("The worker “%s” said nothing for %d seconds and was stopped. Another program "
		  "may hold a lock in the GnuPG home or in the mail index (look for “*.lock” "
		  "files that a crash left behind); then try again."),
		call->worker->name, seconds);
	return TRUE;
}

static Outcome
read_answer(Call *call, GError **error)
{
	Outcome outcome = OUTCOME_FAILED;

	for (;;) {
		if (ps_progress_cancelled(call->request->progress, error) ||
		    silent_too_long(call, error)) {
			give_up(call);
			return OUTCOME_FAILED;
		}
		int got = receive(call);
		if (got < 0)
			return OUTCOME_DIED;
		if (got == 0 || take_frames(call, &outcome, error))
			continue;
		return outcome;
	}
}

/* ---- one request ---- */

static gboolean
send_request(Call *call, int attempt)
{
	const PsRequest *request = call->request;
	g_autoptr(cJSON) object = cJSON_CreateObject();
	gsize length = request->input ? g_bytes_get_size(request->input) : 0;

	cJSON_AddStringToObject(object, "method", request->method);
	if (request->arguments)
		cJSON_AddItemReferenceToObject(object, "arguments", request->arguments);
	cJSON_AddNumberToObject(object, "input", (double)length);
	cJSON_AddNumberToObject(object, "attempt", attempt);
	cJSON_AddBoolToObject(object, "tty", call->with_tty);
	g_autofree char *text = ps_json_print(object);
	if (strlen(text) > PS_FRAME_MAX)
		return FALSE;
	return ps_frame_send(call->worker->fd, PS_FRAME_REQ, call->id, text, strlen(text)) &&
	       (length == 0 || ps_frame_send_data(call->worker->fd, call->id, request->input));
}

static Outcome
run_once(Call *call, int attempt, GError **error)
{
	PsWorker *worker = call->worker;

	if (worker->fd < 0 && !start(worker, error))
		return OUTCOME_FAILED;
	call->id = ++worker->last_request;
	call->heard = g_get_monotonic_time();
	g_byte_array_set_size(call->output, 0);
	g_clear_pointer(&call->meta, cJSON_Delete);
	call->metas = 0;
	call->stopped = call->ended = FALSE;
	Outcome outcome = send_request(call, attempt) ? read_answer(call, error) : OUTCOME_DIED;
	/* an answer that we gave up in its middle would run into the next one */
	if (outcome == OUTCOME_FAILED && !call->ended && worker->fd >= 0) {
		kill(-worker->pid, SIGKILL);
		stop(worker);
	}
	return outcome;
}

static gboolean
died_of_time(int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
}

/* Runs until it is done, failed, or the worker died too often. */
static Outcome
run_attempts(Call *call, GError **error)
{
	int status = 0;

	for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
		if (attempt > 1 && call->request->on_repeat)
			call->request->on_repeat(call->request->user);
		Outcome outcome = run_once(call, attempt, error);
		if (outcome != OUTCOME_DIED)
			return outcome;
		status = stop(call->worker);
		if (died_of_time(status))
			break;
	}
	if (died_of_time(status))
		g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
			    _("The worker “%s” needed more processor time than it may take for one "
			      "request (%s)."),
			    call->worker->name, call->request->method);
	else
		g_set_error(
			error, PS_ERROR, PS_ERROR_WORKER,
			_("The worker “%s” died %d times over the same request (%s): it may have "
			  "needed more memory than it is allowed, or was killed."),
			call->worker->name, ATTEMPTS, call->request->method);
	return OUTCOME_FAILED;
}

static Outcome
run_with_tty(Call *call, GError **error)
{
	PsWorker *worker = call->worker;

	if (!worker->has_tty || !worker->tty.release(worker->tty.user)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NEED_TTY,
				    _("The secret key is locked and its passphrase can only be "
				      "typed on a terminal. Run this on a terminal, or unlock the "
				      "key in the agent first."));
		return OUTCOME_FAILED;
	}
	call->with_tty = TRUE;
	if (call->request->on_repeat)
		call->request->on_repeat(call->request->user);
	Outcome outcome = run_attempts(call, error);
	if (worker->tty.reclaim)
		worker->tty.reclaim(worker->tty.user);
	if (outcome == OUTCOME_NEED_TTY) {
		not_understood(worker, error);
		outcome = OUTCOME_FAILED;
	}
	return outcome;
}

static void
wipe_buffer(PsWorker *worker)
{
	guint kept = worker->buffer->len;

	g_byte_array_set_size(worker->buffer, MAX(worker->most, kept));
	if (worker->buffer->len > kept)
		explicit_bzero(worker->buffer->data + kept, worker->buffer->len - kept);
	g_byte_array_set_size(worker->buffer, kept);
	worker->most = kept;
}

gboolean
ps_worker_call(PsWorker *worker, const PsRequest *request, PsAnswer *answer, GError **error)
{
	Call call = {.worker = worker, .request = request, .output = g_byte_array_new()};
	GError *failure = NULL;

	if (answer)
		*answer = (PsAnswer){0};
	g_mutex_lock(&worker->lock);
	Outcome outcome = run_attempts(&call, &failure);
	if (outcome == OUTCOME_NEED_TTY)
		outcome = run_with_tty(&call, &failure);
	wipe_buffer(worker);
	g_mutex_unlock(&worker->lock);
	if (outcome == OUTCOME_DONE && answer) {
		answer->meta = g_steal_pointer(&call.meta);
		answer->output = g_byte_array_free_to_bytes(g_steal_pointer(&call.output));
	}
	g_clear_pointer(&call.meta, cJSON_Delete);
	if (call.output) {
		if (call.output->len > 0)
			explicit_bzero(call.output->data, call.output->len);
		g_byte_array_unref(call.output);
	}
	if (failure)
		g_propagate_error(error, failure);
	return outcome == OUTCOME_DONE;
}
