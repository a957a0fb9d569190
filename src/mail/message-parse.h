#ifndef PS_MAIL_MESSAGE_PARSE_H
#define PS_MAIL_MESSAGE_PARSE_H

/* From the worker's answer to a PsMessage: types are checked, texts made safe, and what holds for
 * the message as a whole is concluded from its parts. Pure functions. */

#include "base/json.h"
#include "mail/message.h"

/* One part, as META told it; its text is cut out of `texts` later. */
typedef struct {
	PsPart *part;
	gsize text_at, text_length;
	gboolean has_text, attached, nested;
} PsRawPart;
PsRawPart *ps_raw_part_from_json(const cJSON *object); /* NULL: not understood */
void ps_raw_part_free(PsRawPart *raw);
void ps_part_free(PsPart *part);

/* `object`: the META "message". `raw_parts`: PsRawPart*; their parts are taken. */
PsMessage *ps_message_from_json(const cJSON *object, GPtrArray *raw_parts, GBytes *texts);

/* PS_PART_* flags that only the engine sees, above those of message.h. */
#define PS_PART_ATTACHED (1 << 16) /* inside an attached message */
#define PS_PART_NESTED (1 << 17)   /* out of a second layer of encryption */

#endif
