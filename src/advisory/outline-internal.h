#ifndef PS_ADVISORY_OUTLINE_INTERNAL_H
#define PS_ADVISORY_OUTLINE_INTERNAL_H

/* Between outline.c (blocks) and outline-document.c (what is said, in which order). */

#include "advisory/outline.h"
#include "advisory/phrase.h"
#include "advisory/product-index.h"

#define PS_GROUP_INLINE 12 /* products of a group that are named wherever it is */
#define PS_NAME_INLINE 300 /* bytes of a product's name, the same */

typedef struct {
	GPtrArray *blocks;
	GHashTable *names; /* product or group id -> name */
	const PsProductIndex *products;
	const char *lang;
} PsWriting;

/* All take any text and make it safe; an absent or empty one writes nothing. */
void ps_write_heading(PsWriting *writing, int level, const char *text); /* 1: the title */
void ps_write_text(PsWriting *writing, PsBlockType type, const char *text);
void ps_write_fact(PsWriting *writing, const char *label, const char *text);
/* As a fact (with label) or an item (label: what is written instead of the address, or NULL). */
void ps_write_link(PsWriting *writing, PsBlockType type, const char *label, const char *url);
/* `caption`: what the table is of; `named_by`: the column that says what a row is about. */
GPtrArray *ps_write_table(PsWriting *writing, const char *caption, int named_by);
void ps_write_row(GPtrArray *table, const char *first, const char *second, const char *third);
void ps_write_score(PsWriting *writing, const char *label, const char *vector, double score,
		    const char *severity);

const char *ps_write_phrase(const PsWriting *writing, PsPhrase phrase);
/* A token of the standard in words; an unknown one as it is. */
const char *ps_write_token(const PsWriting *writing, const char *token);
char *ps_write_date(const char *text); /* new string, or NULL */
const char *ps_write_product(const PsWriting *writing, const char *id);
/* The products and groups that an item names, with commas; new string. */
char *ps_write_products(const PsWriting *writing, const cJSON *item);

/* The version of a product, or its range of versions in signs that people read; new string, ""
 * where the branches name none. */
char *ps_write_version(const PsWriting *writing, const char *id);

/* Identifiers of products, products that nothing else names, large groups
 * (outline-products.c). */
void ps_write_product_section(PsWriting *writing, const cJSON *document);
/* Scores and other metrics (outline-scores.c). */
void ps_write_scores(PsWriting *writing, const cJSON *flaw);
/* "CRITICAL" of the worst score of the document; NULL: it has none. */
const char *ps_worst_severity(const cJSON *document);

void ps_write_document(PsWriting *writing, const cJSON *document);

#endif
