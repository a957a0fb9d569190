#ifndef PS_ADVISORY_OUTLINE_H
#define PS_ADVISORY_OUTLINE_H

/* A CSAF document as a list of blocks in the order in which people read: what text, Markdown and
 * HTML are printed from. All texts are safe text in the document's language; escaping is left to
 * the printers. */

#include "base/json.h"

typedef enum {
	PS_BLOCK_TITLE,
	PS_BLOCK_HEADING,   /* level 2 or 3 */
	PS_BLOCK_PARAGRAPH, /* may have line ends */
	PS_BLOCK_FACT,      /* label and text; `url` where the text is a link */
	PS_BLOCK_ITEM,      /* of a list; `url` where it is a link */
	PS_BLOCK_SCORE,     /* label "CVSS 3.1", text: vector, tenths, severity */
	PS_BLOCK_TABLE,     /* rows; the first is the head; label: the caption; level:
			       the column that says what a row is about */
	PS_BLOCK_FOOT,
} PsBlockType;

typedef struct {
	PsBlockType type;
	int level;
	char *label, *text;
	char *url;  /* http, https or mailto, without anything that would need escaping but
		       "&"; NULL: no link */
	int tenths; /* score: 98 is 9.8 */
	const char *severity; /* score: CSAF token ("HIGH"), for colour; "" unknown */
	GPtrArray *rows;      /* table: char ** (NULL-terminated cells), all of the same length */
} PsBlock;

typedef struct {
	char *lang; /* BCP 47 tag, letters, digits and "-" only */
	GPtrArray *blocks;
} PsOutline;

PsOutline *ps_outline_new(const cJSON *document);
void ps_outline_free(PsOutline *outline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsOutline, ps_outline_free)

/* The names of products by id, with ids of groups as the names of their products. */
GHashTable *ps_product_names(const cJSON *document);

#endif
