#ifndef PS_OPENPGP_ANSWERS_H
#define PS_OPENPGP_ANSWERS_H

/* What the worker says about keys and signatures, taken apart: types are checked, texts made safe.
 * Anything unexpected gives NULL, none or the cautious value. */

#include "base/json.h"
#include "openpgp/openpgp.h"

PsKey *ps_key_from_json(const cJSON *object);
/* The validity of the key's user id with this address. */
void ps_key_take_validity_of(PsKey *key, const char *address);
PsSignature *ps_signature_from_json(const cJSON *object);
GPtrArray *ps_signatures_from_json(const cJSON *array);

/* A member as safe one-line text; NULL when it is absent. */
char *ps_json_safe(const cJSON *object, const char *member);
/* An array of texts as safe texts (at most 1,000); never NULL. */
char **ps_json_texts(const cJSON *object, const char *member);
/* A time in milliseconds; PS_NO_TIME when it is absent or out of range. */
gint64 ps_json_time(const cJSON *object, const char *member);

#endif
