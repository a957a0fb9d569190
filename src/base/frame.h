#ifndef PS_BASE_FRAME_H
#define PS_BASE_FRAME_H

/* Frames of the worker protocol (doc/worker-protocol.txt), for both sides: nine bytes of header
 * (u32 payload length, u8 type, u32 request id, little-endian), then the payload. */

#include <glib.h>

#define PS_FRAME_HEADER 9
#define PS_FRAME_MAX (1u << 20) /* bytes of payload */
#define PS_PROTOCOL_VERSION 1

typedef enum {
	PS_FRAME_HELLO = 1,
	PS_FRAME_REQ,
	PS_FRAME_META,
	PS_FRAME_DATA,
	PS_FRAME_PROGRESS,
	PS_FRAME_NEED_TTY,
	PS_FRAME_CANCEL,
	PS_FRAME_END,
	PS_FRAME_ERROR,
} PsFrameType;

typedef struct {
	PsFrameType type;
	guint32 request;
	const guint8 *payload; /* lent, behind the header */
	gsize length;
} PsFrame;

typedef enum {
	PS_FRAME_WHOLE, /* `frame` is filled, `*used` bytes of the input belong to it */
	PS_FRAME_SHORT, /* more bytes are needed */
	PS_FRAME_WRONG, /* too long or of no known type: the stream cannot be followed any more */
} PsFrameState;

PsFrameState ps_frame_parse(const guint8 *bytes, gsize length, PsFrame *frame, gsize *used);
/* Fills the header of a frame. */
void ps_frame_header(guint8 header[PS_FRAME_HEADER], PsFrameType type, guint32 request,
		     gsize length);
/* Writes one frame to a socket; never raises SIGPIPE. FALSE: errno says why. */
gboolean ps_frame_send(int fd, PsFrameType type, guint32 request, gconstpointer payload,
		       gsize length);
/* Any number of bytes as DATA frames. */
gboolean ps_frame_send_data(int fd, guint32 request, GBytes *bytes);

#endif
