#ifndef PS_ADVISORY_COMMENT_H
#define PS_ADVISORY_COMMENT_H

/* Comments of reviewers on fields of an advisory: records of kind advisory_comment. The text is
 * sealed. A comment keeps to its field (pointer over stable keys, item.h), so that it stays with an
 * item that moves; when the field is gone, the comment stays and says so (pointer NULL). Comments
 * never leave the workspace with the document. */

#include "advisory/advisory.h"

typedef struct {
	char *id;      /* of the record */
	char *field;   /* pointer over stable keys; "" the whole document */
	char *pointer; /* ordinary pointer into the document as it is now; NULL: its place is gone
			*/
	char *label;   /* of the place, for people; safe text */
	char *text;    /* safe, may have several lines */
	char *by;      /* name of the person, safe; NULL unknown */
	gint64 at;
	gboolean resolved;
	char *resolved_by;  /* NULL: not resolved, or unknown */
	gint64 resolved_at; /* PS_NO_TIME: not resolved */
} PsComment;

/* PsComment* array, oldest first; `open_only`: without those that are resolved. */
GPtrArray *ps_comments(PsStore *store, const PsAdvisory *advisory, gboolean open_only,
		       GError **error);
/* Of one field and what lies below it, from such an array; lent. `field` "" is everything. */
guint ps_comments_at(const GPtrArray *comments, const char *field);

/* `pointer`: field, JSON pointer, or "" for the whole document; a place that is not there is
 * PS_ERROR_INPUT. An empty text is refused. Gives the comment's id. */
char *ps_comment_add(PsStore *store, const char *advisory_id, const char *pointer, const char *text,
		     GError **error);
/* The same for a transaction that has more to do; `field` is a field of `advisory`. */
char *ps_comment_add_in(PsTxn *txn, const PsAdvisory *advisory, const char *field, const char *text,
			GError **error);
/* Marks it as dealt with, or (resolved FALSE) as open again. Twice the same is PS_ERROR_CONFLICT.
 */
gboolean ps_comment_resolve(PsStore *store, const char *comment_id, gboolean resolved,
			    GError **error);

#endif
