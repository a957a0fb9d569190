#include "config.h"

#include "base/text-hash.h"

#include <string.h>

#include "base/words.h"

#define ODD G_GUINT64_CONSTANT(0x9E3779B97F4A7C15)

static inline guint64
mix(guint64 a, guint64 b)
{
	__uint128_t product = (__uint128_t)a * b;

	return (guint64)product ^ (guint64)(product >> 64);
}

/* Where the program lies in memory is drawn anew for each run: a seed that needs no state. */
static inline guint64
seed(void)
{
	return (guint64)(gsize)&ps_text_hash * ODD ^ (guint64)(gsize)&strlen;
}

/* Fewer than eight bytes as a number, without a loop: halves that may overlap. */
static inline guint64
few_bytes(const char *text, gsize length)
{
	guint32 first, last;

	if (length >= sizeof first) {
		memcpy(&first, text, sizeof first);
		memcpy(&last, text + length - sizeof last, sizeof last);
		return (guint64)first << 32 | last;
	}
	if (length == 0)
		return 0;
	return (guint64)(guchar)text[0] << 16 | (guint64)(guchar)text[length / 2] << 8 |
	       (guchar)text[length - 1];
}

guint
ps_text_hash_bytes(const char *text, gsize length)
{
	guint64 hash = seed() ^ length;
	gsize left = length;

	for (; left > sizeof(guint64); left -= sizeof(guint64), text += sizeof(guint64))
		hash = mix(hash ^ ps_eight_bytes(text), ODD);
	/* the last eight bytes, which may overlap those before */
	if (length >= sizeof(guint64))
		hash = mix(hash ^ ps_eight_bytes(text + left - sizeof(guint64)), ODD);
	else
		hash = mix(hash ^ few_bytes(text, length), ODD);
	return (guint)(hash ^ (hash >> 32));
}

guint
ps_text_hash(gconstpointer text)
{
	return ps_text_hash_bytes(text, strlen(text));
}

GHashTable *
ps_text_table_new(void)
{
	return g_hash_table_new(ps_text_hash, g_str_equal);
}
