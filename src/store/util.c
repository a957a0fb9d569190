#include "config.h"

#include <string.h>

#include "base/utc.h"
#include "store/internal.h"

char *
ps_hex(const guint8 *bytes, gsize length)
{
	char *hex = g_malloc(2 * length + 1);

	return sodium_bin2hex(hex, 2 * length + 1, bytes, length);
}

char *
ps_sha256_hex(const void *data, gsize length)
{
	guint8 hash[PS_HASH_BYTES];

	crypto_hash_sha256(hash, data, length);
	return ps_hex(hash, sizeof hash);
}

#define ID_COUNTER_MAX 0xfff

/* Lists that are sorted by id stand in the order in which their records were made, also when that
 * was within one millisecond: RFC 9562 section 6.2, method 1. */
static void
tick(PsIdClock *last)
{
	guint64 ms = (guint64)MAX(ps_now_ms(), 0);

	if (ms <= last->ms && last->counter < ID_COUNTER_MAX) {
		last->counter++;
		return;
	}
	last->ms = MAX(ms, last->ms + 1);
	last->counter = randombytes_uniform(ID_COUNTER_MAX / 2);
}

/* UUIDv7, RFC 9562 section 5.7: 48 bits of Unix ms, version, a counter of 12 bits, variant, 62
 * random bits. */
char *
ps_uuid7(PsIdClock *last)
{
	guint8 b[16];

	tick(last);
	randombytes_buf(b, sizeof b);
	for (int i = 0; i < 6; i++)
		b[i] = (guint8)(last->ms >> (40 - 8 * i));
	b[6] = (guint8)(0x70 | last->counter >> 8);
	b[7] = (guint8)last->counter;
	b[8] = (guint8)(0x80 | (b[8] & 0x3f));
	g_autofree char *hex = ps_hex(b, sizeof b);
	return g_strdup_printf("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
			       hex + 20);
}
