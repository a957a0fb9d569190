#ifndef PS_BASE_JSON_KEYS_H
#define PS_BASE_JSON_KEYS_H

/* Whether a key is there twice in one object: without memory for few or sorted keys, and in no more
 * than n log n for any. Only for src/base/json*.c. */

#include "base/json-parser.h"

typedef struct {
	const char *key;
	gsize length;
	gint64 line, column;
} PsJsonKey;

/* The keys of one object so far. Zeroed: none. */
typedef struct {
	PsJsonKey last; /* behind which all others are, unless `mixed` */
	gsize count;
	gboolean mixed; /* not each one behind the one before it */
	GArray *many;   /* PsJsonKey; all of them, once they are many and mixed */
} PsJsonKeys;

void ps_json_keys_clear(PsJsonKeys *keys);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PsJsonKeys, ps_json_keys_clear)

/* The next key, before its member joins `object`. FALSE: it is there twice, the error is set. */
gboolean ps_json_keys_add(PsJsonParser *parser, const cJSON *object, const PsJsonKey *key,
			  PsJsonKeys *keys);
/* When the object ends. */
gboolean ps_json_keys_end(PsJsonParser *parser, PsJsonKeys *keys);

#endif
