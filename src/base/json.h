#ifndef PS_BASE_JSON_H
#define PS_BASE_JSON_H

/* Strict JSON in front of cJSON, which takes invalid UTF-8, control characters, duplicate keys,
 * "\u0000" (cutting the string) and trailing text, and loses integers above 2^53.
 *
 * RFC 8259, UTF-8 without BOM accepted (a BOM is skipped). Errors name line, column (bytes, from 1)
 * and JSON pointer. Printed JSON is harmless on a terminal: what ps_safe_text() would remove leaves
 * as an escape. */

#include <cjson/cJSON.h>
#include <glib.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cJSON, cJSON_Delete)

typedef struct {
	gsize bytes;   /* whole document; default 64 MiB */
	int depth;     /* default 64 */
	gsize records; /* values of all lists and objects together; default 5,000,000 */
} PsJsonLimits;

/* limits NULL: the defaults. */
cJSON *ps_json_parse(const char *text, gsize length, const PsJsonLimits *limits, GError **error);
cJSON *ps_json_read_file(const char *path, const PsJsonLimits *limits, GError **error);

/* Integers that do not fit a double's 53 bits are kept as raw numbers in both directions. */
char *ps_json_print(const cJSON *value);        /* one line, free with g_free */
char *ps_json_print_pretty(const cJSON *value); /* two blanks a level, newline at the end */

/* JSON pointer (RFC 6901); "" is the whole. NULL where there is none. */
cJSON *ps_json_at(const cJSON *root, const char *pointer);
/* One step of it: the item of a list, or a member. */
cJSON *ps_json_step(const cJSON *value, const char *key);
/* The member of an object, NULL where there is none: cJSON_GetObjectItemCaseSensitive() in a third
 * of the time. */
cJSON *ps_json_member(const cJSON *object, const char *member);
/* Text of a member or NULL. */
const char *ps_json_text(const cJSON *object, const char *member);
double ps_json_number(const cJSON *object, const char *member, double fallback);
/* A whole number of a source that may say anything: fraction cut, clamped to ±2^53. */
gint64 ps_json_integer(const cJSON *object, const char *member, gint64 fallback);
gboolean ps_json_flag(const cJSON *object, const char *member);

/* ---- record by record: documents of any size in bounded memory ---- */

/* Called with each item of the array at `pointer` of the document ("" : the top is an array; "*":
 * one JSON value a line; keys of objects only, no index). The item is the callee's to read only.
 * FALSE stops without an error, unless `error` was set.
 *
 * No record may be larger than `record_limit` bytes (0: 8 MiB), the document may have any size.
 * What is passed over is checked too, but for keys that are there twice. A document without that
 * list is PS_ERROR_NOT_FOUND, known only after all of it was read. */
typedef gboolean (*PsJsonRecordFunc)(gpointer user, const cJSON *record, gint64 line,
				     GError **error);
gboolean ps_json_records(int fd, const char *pointer, gsize record_limit, PsJsonRecordFunc func,
			 gpointer user, GError **error);

#endif
