#include "config.h"

/* A worker for tests of the protocol's client: what a request does is its method's name. */

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/frame.h"
#include "base/json.h"

#define FD 0

static void
answer(PsFrameType type, guint32 id, const char *text)
{
	if (!ps_frame_send(FD, type, id, text, strlen(text)))
		_exit(0);
}

static void
echo(guint32 id, const char *text, GByteArray *input)
{
	answer(PS_FRAME_META, id, "{\"first\":1}");
	answer(PS_FRAME_META, id, text);
	g_autoptr(GBytes) bytes = g_bytes_new(input->data, input->len);
	ps_frame_send_data(FD, id, bytes);
	answer(PS_FRAME_END, id, "");
}

/* Waits for CANCEL; an obedient worker then ends the request. */
static void
wait_for_cancel(guint32 id, gboolean obey)
{
	guint8 block[64];

	while (read(FD, block, sizeof block) > 0)
		if (obey) {
			answer(PS_FRAME_ERROR, id,
			       "{\"code\":\"cancelled\",\"message\":\"stopped\"}");
			return;
		}
	_exit(0);
}

static void
spoil(const char *method, guint32 id)
{
	guint8 header[PS_FRAME_HEADER];

	if (g_str_equal(method, "too-long")) {
		ps_frame_header(header, PS_FRAME_DATA, id, 0x7fffffff);
		send(FD, header, sizeof header, MSG_NOSIGNAL);
	} else if (g_str_equal(method, "unknown-type")) {
		ps_frame_header(header, (PsFrameType)77, id, 0);
		send(FD, header, sizeof header, MSG_NOSIGNAL);
	} else if (g_str_equal(method, "bad-json")) {
		answer(PS_FRAME_META, id, "{\"a\":1,\"a\":2}");
	} else if (g_str_equal(method, "bad-error")) {
		answer(PS_FRAME_ERROR, id, "{}");
	} else if (g_str_equal(method, "flood")) {
		static guint8 block[PS_FRAME_MAX];
		while (ps_frame_send(FD, PS_FRAME_DATA, id, block, sizeof block))
			continue;
	}
	pause();
}

static void
serve(guint32 id, const char *text, GByteArray *input)
{
	g_autoptr(cJSON) object = ps_json_parse(text, strlen(text), NULL, NULL);
	const char *method = ps_json_text(object, "method");
	int attempt = (int)ps_json_number(object, "attempt", 0);

	if (g_str_equal(method, "echo"))
		echo(id, text, input);
	else if (g_str_equal(method, "die"))
		raise(SIGKILL);
	else if (g_str_equal(method, "xcpu"))
		raise(SIGXCPU);
	else if (g_str_equal(method, "die-twice") && attempt < 3) {
		answer(PS_FRAME_META, id, "{\"half\":1}");
		raise(SIGSEGV);
	} else if (g_str_equal(method, "die-twice"))
		echo(id, text, input);
	else if (g_str_equal(method, "tty") && !ps_json_flag(object, "tty"))
		answer(PS_FRAME_NEED_TTY, id, "");
	else if (g_str_equal(method, "tty"))
		echo(id, text, input);
	else if (g_str_equal(method, "refuse"))
		answer(PS_FRAME_ERROR, id,
		       "{\"code\":\"no-key\",\"message\":\"bad \\u001b[31m \\u202e\"}");
	else if (g_str_equal(method, "wait"))
		wait_for_cancel(id, TRUE);
	else if (g_str_equal(method, "deaf"))
		wait_for_cancel(id, FALSE);
	else
		spoil(method, id);
}

int
main(void)
{
	g_autoptr(GByteArray) buffer = g_byte_array_new(), input = g_byte_array_new();
	g_autofree char *request = NULL;
	guint32 id = 0;
	gsize expected = 0;
	guint8 block[65536];
	ssize_t n;

	answer(PS_FRAME_HELLO, 0, "{\"protocol\":1,\"worker\":\"fake\"}");
	while ((n = read(FD, block, sizeof block)) > 0) {
		g_byte_array_append(buffer, block, (guint)n);
		PsFrame frame;
		gsize used;
		while (ps_frame_parse(buffer->data, buffer->len, &frame, &used) == PS_FRAME_WHOLE) {
			if (frame.type == PS_FRAME_REQ) {
				g_free(request);
				request = g_strndup((const char *)frame.payload, frame.length);
				g_autoptr(cJSON) object =
					ps_json_parse(request, frame.length, NULL, NULL);
				expected = (gsize)ps_json_number(object, "input", 0);
				id = frame.request;
				g_byte_array_set_size(input, 0);
			} else if (frame.type == PS_FRAME_DATA) {
				g_byte_array_append(input, frame.payload, (guint)frame.length);
			}
			gboolean complete = frame.type != PS_FRAME_CANCEL && input->len == expected;
			g_byte_array_remove_range(buffer, 0, (guint)used);
			if (complete)
				serve(id, request, input);
		}
	}
	return 0;
}
