#include "config.h"

/* Frames of the worker protocol: whatever is taken lies within the input and is written back the
 * same. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/frame.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	gsize at = 0, used = 0;
	PsFrame frame;

	while (ps_frame_parse(data + at, size - at, &frame, &used) == PS_FRAME_WHOLE) {
		guint8 header[PS_FRAME_HEADER];
		if (used != PS_FRAME_HEADER + frame.length || used > size - at ||
		    frame.payload != data + at + PS_FRAME_HEADER || frame.length > PS_FRAME_MAX)
			abort();
		ps_frame_header(header, frame.type, frame.request, frame.length);
		if (memcmp(header, data + at, sizeof header) != 0)
			abort();
		at += used;
	}
	return 0;
}
