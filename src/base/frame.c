#include "config.h"

#include "base/frame.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

static guint32
read_u32(const guint8 *bytes)
{
	return (guint32)bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 |
	       (guint32)bytes[3] << 24;
}

static void
write_u32(guint8 *bytes, guint32 value)
{
	for (int i = 0; i < 4; i++)
		bytes[i] = (guint8)(value >> (8 * i));
}

PsFrameState
ps_frame_parse(const guint8 *bytes, gsize length, PsFrame *frame, gsize *used)
{
	if (length < PS_FRAME_HEADER)
		return PS_FRAME_SHORT;
	guint32 payload = read_u32(bytes);
	guint8 type = bytes[4];
	if (payload > PS_FRAME_MAX || type < PS_FRAME_HELLO || type > PS_FRAME_ERROR)
		return PS_FRAME_WRONG;
	if (length - PS_FRAME_HEADER < payload)
		return PS_FRAME_SHORT;
	frame->type = (PsFrameType)type;
	frame->request = read_u32(bytes + 5);
	frame->payload = bytes + PS_FRAME_HEADER;
	frame->length = payload;
	*used = PS_FRAME_HEADER + payload;
	return PS_FRAME_WHOLE;
}

void
ps_frame_header(guint8 header[PS_FRAME_HEADER], PsFrameType type, guint32 request, gsize length)
{
	write_u32(header, (guint32)length);
	header[4] = (guint8)type;
	write_u32(header + 5, request);
}

gboolean
ps_frame_send(int fd, PsFrameType type, guint32 request, gconstpointer payload, gsize length)
{
	guint8 header[PS_FRAME_HEADER];
	struct iovec parts[2] = {{header, sizeof header}, {(void *)payload, length}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};

	g_return_val_if_fail(length <= PS_FRAME_MAX, FALSE);
	ps_frame_header(header, type, request, length);
	while (message.msg_iovlen > 0) {
		ssize_t n = sendmsg(fd, &message, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return FALSE;
		while (message.msg_iovlen > 0 && (gsize)n >= message.msg_iov->iov_len) {
			n -= (ssize_t)message.msg_iov->iov_len;
			message.msg_iov++;
			message.msg_iovlen--;
		}
		if (message.msg_iovlen > 0) {
			message.msg_iov->iov_base = (char *)message.msg_iov->iov_base + n;
			message.msg_iov->iov_len -= (gsize)n;
		}
	}
	return TRUE;
}

gboolean
ps_frame_send_data(int fd, guint32 request, GBytes *bytes)
{
	gsize length = 0;
	const guint8 *data = g_bytes_get_data(bytes, &length);

	for (gsize at = 0; at < length; at += PS_FRAME_MAX)
		if (!ps_frame_send(fd, PS_FRAME_DATA, request, data + at,
				   MIN(length - at, PS_FRAME_MAX)))
			return FALSE;
	return TRUE;
}
