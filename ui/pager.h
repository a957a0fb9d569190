#ifndef PS_UI_PAGER_H
#define PS_UI_PAGER_H

/* Text that is read: paragraphs in roles, wrapped to the width, with search and with folding of
 * quoted text and of sections. It holds a copy of its text (made safe) and wraps it again only when
 * the width, the text or a fold changes. */

#include "ui/widget.h"

typedef struct PsPager PsPager;

PsPager *ps_pager_new(void);
PsWidget *ps_pager_widget(PsPager *pager);
void ps_pager_free(PsPager *pager); /* wipes the text */

/* ---- content: clear, then add from top to bottom; the place is kept ---- */
void ps_pager_clear(PsPager *pager);
/* Text of one or more lines. */
void ps_pager_add(PsPager *pager, PsStyle style, const char *text);
void ps_pager_format(PsPager *pager, PsStyle style, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* "Label: value" with the values of following pairs aligned at `label_cells`; the value wraps
 * beside its label. A NULL value adds nothing. */
void ps_pager_pair(PsPager *pager, const char *label, PsStyle style, const char *value,
		   int label_cells);
/* A mail's body: lines that begin with ">" get the quote roles and fold together. */
void ps_pager_mail(PsPager *pager, const char *text);
/* A head under which everything up to the next head folds away. `folded`: from the start. */
void ps_pager_section(PsPager *pager, const char *title, gboolean folded);
void ps_pager_blank(PsPager *pager);

/* Back to the top, for another text. */
void ps_pager_top(PsPager *pager);
/* Everything as plain text, for saving and for tests. */
char *ps_pager_text(PsPager *pager);

#endif
