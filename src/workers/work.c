#include "config.h"

#include "workers/work.h"

#include <string.h>
#include <unistd.h>

#include "base/frame.h"
#include "base/i18n.h"

#define INPUT_MAX ((gsize)256 << 20)

struct PsChannel {
	int fd;
	GAsyncQueue *requests; /* PsWork* */
	GMutex lock;           /* of what follows */
	guint32 current, cancelled;
	void (*cancel)(gpointer user);
	gpointer cancel_user;
	/* the reading thread's own */
	GByteArray *buffer;
	PsWork *incoming; /* its input is not complete yet */
	GByteArray *input;
	gsize input_length;
};

static void
work_complete(PsChannel *channel)
{
	PsWork *work = g_steal_pointer(&channel->incoming);

	work->input = g_byte_array_free_to_bytes(g_steal_pointer(&channel->input));
	g_async_queue_push(channel->requests, work);
}

static void
take_request(PsChannel *channel, const PsFrame *frame)
{
	cJSON *object = ps_json_parse((const char *)frame->payload, frame->length, NULL, NULL);
	const char *method = object ? ps_json_text(object, "method") : NULL;

	if (!method || channel->incoming)
		_exit(2); /* not our client */
	double length = ps_json_number(object, "input", 0);
	if (length < 0 || length > (double)INPUT_MAX)
		_exit(2);
	PsWork *work = g_new0(PsWork, 1);
	work->channel = channel;
	work->id = frame->request;
	work->object = object;
	work->method = g_strdup(method);
	work->arguments = cJSON_GetObjectItemCaseSensitive(object, "arguments");
	work->attempt = (int)CLAMP(ps_json_integer(object, "attempt", 1), -1, G_MAXINT);
	work->tty = ps_json_flag(object, "tty");
	channel->incoming = work;
	channel->input_length = (gsize)length;
	channel->input = g_byte_array_sized_new((guint)length);
	if (length == 0)
		work_complete(channel);
}

static void
take_data(PsChannel *channel, const PsFrame *frame)
{
	if (!channel->incoming || channel->incoming->id != frame->request ||
	    channel->input->len + frame->length > channel->input_length)
		_exit(2);
	g_byte_array_append(channel->input, frame->payload, (guint)frame->length);
	if (channel->input->len == channel->input_length)
		work_complete(channel);
}

static void
take_cancel(PsChannel *channel, guint32 request)
{
	g_mutex_lock(&channel->lock);
	channel->cancelled = request;
	if (request == channel->current && channel->cancel)
		channel->cancel(channel->cancel_user);
	g_mutex_unlock(&channel->lock);
}

static void
take_frames(PsChannel *channel)
{
	gsize at = 0, used;
	PsFrame frame;

	for (;;) {
		PsFrameState state = ps_frame_parse(channel->buffer->data + at,
						    channel->buffer->len - at, &frame, &used);
		if (state == PS_FRAME_WRONG)
			_exit(2);
		if (state == PS_FRAME_SHORT)
			break;
		at += used;
		if (frame.type == PS_FRAME_REQ)
			take_request(channel, &frame);
		else if (frame.type == PS_FRAME_DATA)
			take_data(channel, &frame);
		else if (frame.type == PS_FRAME_CANCEL)
			take_cancel(channel, frame.request);
		else
			_exit(2);
	}
	if (at > 0)
		g_byte_array_remove_range(channel->buffer, 0, (guint)at);
}

static gpointer
reading_thread(gpointer user)
{
	PsChannel *channel = user;
	static guint8 block[65536]; /* of this one thread; too large for its stack */
	ssize_t n;

	while ((n = read(channel->fd, block, sizeof block)) > 0) {
		g_byte_array_append(channel->buffer, block, (guint)n);
		take_frames(channel);
	}
	_exit(0);
}

PsChannel *
ps_channel_new(int fd, const char *worker)
{
	PsChannel *channel = g_new0(PsChannel, 1);

	channel->fd = fd;
	channel->requests = g_async_queue_new();
	channel->buffer = g_byte_array_new();
	g_mutex_init(&channel->lock);
	g_autofree char *hello =
		g_strdup_printf("{\"protocol\":%d,\"worker\":\"%s\",\"version\":\"%s\"}",
				PS_PROTOCOL_VERSION, worker, PACKAGE_VERSION);
	if (!ps_frame_send(fd, PS_FRAME_HELLO, 0, hello, strlen(hello)))
		_exit(0);
	g_thread_unref(g_thread_new("read", reading_thread, channel));
	return channel;
}

PsWork *
ps_channel_next(PsChannel *channel)
{
	PsWork *work = g_async_queue_pop(channel->requests);

	g_mutex_lock(&channel->lock);
	channel->current = work->id;
	g_mutex_unlock(&channel->lock);
	return work;
}

void
ps_work_free(PsWork *work)
{
	ps_work_on_cancel(work, NULL, NULL);
	cJSON_Delete(work->object);
	g_bytes_unref(work->input);
	g_free(work->method);
	g_free(work);
}

static void
send_object(PsWork *work, PsFrameType type, const cJSON *object)
{
	g_autofree char *text = object ? ps_json_print(object) : NULL;

	if (!ps_frame_send(work->channel->fd, type, work->id, text, text ? strlen(text) : 0))
		_exit(0);
}

static const struct {
	PsErrorCode code;
	const char *name;
} error_names[] = {
	{PS_ERROR_NOT_FOUND, "not-found"},
	{PS_ERROR_INVALID, "invalid"},
	{PS_ERROR_REFUSED, "refused"},
	{PS_ERROR_INPUT, "input"},
	{PS_ERROR_IO, "io"},
	{PS_ERROR_NO_KEY, "no-key"},
	{PS_ERROR_PASSPHRASE, "passphrase"},
	{PS_ERROR_LIMIT, "limit"},
	{PS_ERROR_BUSY, "busy"},
	{PS_ERROR_VERSION, "version"},
	{PS_ERROR_CANCELLED, "cancelled"},
};

static const char *
error_name(const GError *error)
{
	for (gsize i = 0; error->domain == PS_ERROR && i < G_N_ELEMENTS(error_names); i++)
		if ((int)error_names[i].code == error->code)
			return error_names[i].name;
	return "worker";
}

void
ps_work_finish(PsWork *work, const GError *error)
{
	if (!error) {
		send_object(work, PS_FRAME_END, NULL);
	} else if (g_error_matches(error, PS_ERROR, PS_ERROR_NEED_TTY)) {
		send_object(work, PS_FRAME_NEED_TTY, NULL);
	} else {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddStringToObject(object, "code", error_name(error));
		ps_add_text(object, "message", error->message);
		send_object(work, PS_FRAME_ERROR, object);
	}
}

gboolean
ps_work_meta(PsWork *work, cJSON *meta, GError **error)
{
	g_autofree char *text = ps_json_print(meta);
	gsize length = strlen(text);

	cJSON_Delete(meta);
	if (length > PS_FRAME_MAX) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_LIMIT,
				    _("An answer of the worker would be larger than a frame."));
		return FALSE;
	}
	if (!ps_frame_send(work->channel->fd, PS_FRAME_META, work->id, text, length))
		_exit(0);
	return TRUE;
}

void
ps_work_data(PsWork *work, GBytes *bytes)
{
	if (!ps_frame_send_data(work->channel->fd, work->id, bytes))
		_exit(0);
}

void
ps_work_progress(PsWork *work, gint64 done, gint64 total, const char *what)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();

	cJSON_AddNumberToObject(object, "done", (double)done);
	cJSON_AddNumberToObject(object, "total", (double)total);
	if (what)
		ps_add_text(object, "what", what);
	send_object(work, PS_FRAME_PROGRESS, object);
}

gboolean
ps_work_cancelled(PsWork *work, GError **error)
{
	g_mutex_lock(&work->channel->lock);
	gboolean cancelled = work->channel->cancelled == work->id;
	g_mutex_unlock(&work->channel->lock);
	if (cancelled)
		g_set_error_literal(error, PS_ERROR, PS_ERROR_CANCELLED,
				    _("Stopped, as you asked."));
	return cancelled;
}

void
ps_work_on_cancel(PsWork *work, void (*cancel)(gpointer user), gpointer user)
{
	g_mutex_lock(&work->channel->lock);
	work->channel->cancel = cancel;
	work->channel->cancel_user = user;
	g_mutex_unlock(&work->channel->lock);
}

const char *
ps_work_text(const PsWork *work, const char *name)
{
	return work->arguments ? ps_json_text(work->arguments, name) : NULL;
}

gint64
ps_work_number(const PsWork *work, const char *name, gint64 fallback)
{
	return work->arguments ? ps_json_integer(work->arguments, name, fallback) : fallback;
}

cJSON *
ps_text_item(const char *text, gssize length)
{
	if (!text)
		return cJSON_CreateString("");
	/* g_utf8_make_valid() replaces NUL too */
	g_autofree char *valid = g_utf8_make_valid(text, length);
	return cJSON_CreateString(valid);
}

void
ps_add_text(cJSON *object, const char *name, const char *text)
{
	if (text)
		cJSON_AddItemToObject(object, name, ps_text_item(text, -1));
}
