#ifndef PS_UI_PANES_ADVISORY_ASK_H
#define PS_UI_PANES_ADVISORY_ASK_H

/* Asking for a value of an advisory's document, guided by the table of the standard: choices in a
 * list, references from what the document defines, weaknesses from the catalogue, long texts in the
 * editor, the rest in a line that is checked while it is typed. An object or a list is asked for
 * piece by piece, as far as the standard wants pieces. */

#include "ui/panes/advisory-pane.h"

typedef struct {
	const PsCsafNode *node;
	const char *title;   /* "Note › Category" */
	const char *initial; /* NULL: nothing yet; only for texts and numbers */
	gboolean optional;   /* an empty answer is one: "" */
	const cJSON *taken;  /* a list: what it holds already is not offered again; NULL: none */
	/* For a line: where, and what is called while it is typed. */
	const PsRect *place;
	void (*typed)(gpointer user, const char *text);
	gpointer user;
} AdvisoryQuestion;

/* The value; NULL: given up, or `error` says what went wrong. */
cJSON *advisory_ask_value(AdvisoryPane *self, const AdvisoryQuestion *question, GError **error);
/* What a typed text means: a time as the standard writes it, a number; "" is an empty text. NULL
 * with the sentence that says what is wanted. */
cJSON *advisory_read_value(const PsCsafNode *node, const char *text, GError **error);

#endif
