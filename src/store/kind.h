#ifndef PS_STORE_KIND_H
#define PS_STORE_KIND_H

/* Record kinds: the one table that the database, forms, lists, `kinds/new/show/set/list`, JSON,
 * history, search and merging read. A new field is one row in kind-table.c and one line in the
 * migrations; it then appears everywhere.
 *
 * Each kind is one SQL table of the same name with the columns "row" INTEGER PRIMARY KEY, "id" TEXT
 * UNIQUE (UUIDv7; bulk rows: deterministic), "number" TEXT UNIQUE (only where number_prefix is set)
 * and one column a field: INTEGER for times (UTC ms), integers and booleans, TEXT for the rest,
 * BLOB for sealed fields. Absent is NULL, never an empty text.
 *
 * A bulk kind that is no list is a view of that name: it shows the rows whose import is complete;
 * they are stored in NAME_stored. */

#include <glib.h>

typedef enum {
	PS_TYPE_TEXT,     /* one line */
	PS_TYPE_LONGTEXT, /* several lines, edited in $EDITOR */
	PS_TYPE_INTEGER,
	PS_TYPE_BOOLEAN, /* yes | no outside, 1 | 0 inside */
	PS_TYPE_TIME,    /* RFC 3339 outside, UTC ms inside */
	PS_TYPE_DATE,    /* YYYY-MM-DD */
	PS_TYPE_CHOICE,  /* one of .choices */
	PS_TYPE_REF,     /* id of a record of kind .refers_to */
} PsFieldType;

typedef enum {
	PS_FIELD_REQUIRED = 1 << 0,
	PS_FIELD_SEALED = 1 << 1, /* stored encrypted under the record's key */
	PS_FIELD_FIXED = 1 << 2,  /* set by its own command only, never by `set` */
} PsFieldFlags;

typedef struct {
	const char *name;  /* column and command-line name */
	const char *label; /* N_() for people */
	PsFieldType type;
	PsFieldFlags flags;
	const char *const *choices; /* NULL-terminated, the standard's own tokens */
	const char *refers_to;
	const char *help; /* N_() one sentence */
} PsField;

typedef enum {
	PS_KIND_BULK = 1 << 0, /* rows of an import are logged once, as its document */
	PS_KIND_LIST = 1 << 1, /* with BULK: a picture of something outside, never logged */
} PsKindFlags;

typedef struct {
	const char *name;
	const char *label, *plural; /* N_() */
	const char *number_prefix;  /* "PSIRT": numbers PSIRT-2026-0007; NULL: no short number */
	const char *title_field;    /* what lists show first */
	const char *parent_field;   /* the reference that this record lives under, or NULL */
	PsKindFlags flags;
	const PsField *fields;
	gsize n_fields;
	const char *help; /* N_() one sentence */
} PsKind;

const PsKind *ps_kinds(gsize *count);
const PsKind *ps_kind_find(const char *name);
const PsField *ps_kind_field(const PsKind *kind, const char *name);
/* Position of a field in kind->fields; -1 where there is none. */
int ps_kind_field_index(const PsKind *kind, const char *name);

/* Checks an outside value against a field and gives the stored form: a newly allocated text (for
 * times and integers in decimal). An error names the field, the value and what would be right. */
char *ps_field_to_stored(const PsField *field, const char *text, GError **error);
/* The reverse: outside form, new string, NULL for NULL. */
char *ps_field_to_text(const PsField *field, const char *stored);

#endif
