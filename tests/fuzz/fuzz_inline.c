#include "config.h"

/* Inline PGP: the segments follow each other without a gap and cover the whole text; and the look
 * at the packets of each block ends. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "workers/mail/inline.h"
#include "workers/mail/packets.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GArray) segments = ps_inline_segments((const char *)data, size);
	gsize at = 0;

	for (guint i = 0; i < segments->len; i++) {
		const PsInlineSegment *segment = &g_array_index(segments, PsInlineSegment, i);
		if (segment->start != at || segment->end <= at || segment->end > size)
			abort();
		at = segment->end;
		g_autoptr(GBytes) piece =
			g_bytes_new(data + segment->start, segment->end - segment->start);
		g_free(ps_packets_problem(piece));
	}
	if (at != size)
		abort();
	g_autoptr(GBytes) all = g_bytes_new(data, size);
	g_free(ps_packets_problem(all));
	return 0;
}
