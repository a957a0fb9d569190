#ifndef PS_BASE_JSON_TEXTS_H
#define PS_BASE_JSON_TEXTS_H

/* The texts of one document, each kept once and numbered from 1 in the order in which they come.
 * Open addressing over hash and number instead of a GHashTable: this is the innermost loop of
 * reading, and a look-up costs a third of the instructions. */

#include <glib.h>

typedef struct {
	guint32 hash, number; /* number 0: free */
} PsJsonTextSlot;

typedef struct {
	const char *text; /* lent */
	gsize length;
	guint after; /* what came behind it the last time; 0: nothing yet */
} PsJsonText;

/* Zeroed: empty. */
typedef struct {
	PsJsonTextSlot *slots;
	PsJsonText *texts; /* by number */
	guint n_slots;     /* a power of two */
	guint count;       /* the highest number */
	guint last;        /* that was added; the lists of a document often repeat each other */
} PsJsonTexts;

void ps_json_texts_clear(PsJsonTexts *texts);
/* The number of a text of `length` bytes, which ends with a NUL and stays where it is; `*text`
 * becomes the one that came first. */
guint ps_json_texts_add(PsJsonTexts *texts, char **text, gsize length);
/* 0: not there. */
guint ps_json_texts_find(const PsJsonTexts *texts, const char *text);

#endif
