#include "config.h"

#include "base/text-hash.h"

#include <string.h>

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

guint
ps_text_hash(gconstpointer data)
{
	const char *text = data;
	gsize length = strlen(text), left = length;
	guint64 hash = seed() ^ length;

	for (; left >= sizeof(guint64); left -= sizeof(guint64), text += sizeof(guint64)) {
		guint64 eight;
		memcpy(&eight, text, sizeof eight);
		hash = mix(hash ^ eight, ODD);
	}
	guint64 rest = 0;
	memcpy(&rest, text, left);
	hash = mix(hash ^ rest, ODD);
	return (guint)(hash ^ (hash >> 32));
}

GHashTable *
ps_text_table_new(void)
{
	return g_hash_table_new(ps_text_hash, g_str_equal);
}
