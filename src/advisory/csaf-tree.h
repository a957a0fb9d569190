#ifndef PS_ADVISORY_CSAF_TREE_H
#define PS_ADVISORY_CSAF_TREE_H

/* A document as rows for an editor: every field with its label, help, choices, value and findings.
 * A picture of one moment; after a change make it again (some milliseconds for an ordinary
 * document). */

#include "advisory/csaf-check.h"
#include "advisory/csaf-node.h"

typedef enum {
	PS_CSAF_TREE_ABSENT = 1 << 0, /* also the members that could be added */
	PS_CSAF_TREE_LINES = 1 << 1,  /* values of long texts keep their lines */
} PsCsafTreeFlags;

typedef struct {
	char *pointer;          /* JSON pointer, the document itself is "" */
	const PsCsafNode *node; /* help, choices, form; NULL: unknown to the standard */
	const char *key;        /* of an item that has one (item.h), lent by the document */
	char *label;            /* "Title"; of an item "Note 2: summary"; safe, translated */
	char *value;            /* safe, one line; of an object or list how much it holds */
	int depth;              /* 0: the document itself */
	gboolean present;       /* FALSE: it could be added, or must be */
	gboolean container, required;
	guint findings, below; /* at this place, and further down */
	PsCsafLevel worst;     /* of both; 0: none */
} PsCsafTreeRow;

/* PsCsafTreeRow* array, parents before children. `report` may be NULL. Members that are missing but
 * required, or that a finding points to, are always there. */
GPtrArray *ps_csaf_tree(const cJSON *document, const PsCsafReport *report, PsCsafTreeFlags flags);
/* Position of the row of a pointer; where it has none, of the nearest row above it. -1: no rows. */
int ps_csaf_tree_find(const GPtrArray *rows, const char *pointer);
/* What an item of a list is called beside its number: its CVE, title, name, … safe, or NULL. */
char *ps_csaf_item_name(const cJSON *item);

#endif
