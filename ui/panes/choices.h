#ifndef PS_UI_PANES_CHOICES_H
#define PS_UI_PANES_CHOICES_H

/* Tokens of standards with a word for lists and a sentence for choosing. The tokens are what is
 * stored; the words are ours. */

#include "ui/ask.h"
#include "ui/theme.h"

typedef struct {
	const char *token;
	const char *word;    /* N_() */
	const char *meaning; /* N_() */
	PsRole role;
} PsTokenRow;

typedef struct {
	const PsTokenRow *rows;
	gsize n_rows;
} PsTokens;

extern const PsTokens ps_product_statuses;                       /* CSAF 2.0 section 3.2.3.9 */
extern const PsTokens ps_justifications;                         /* section 3.2.3.5.2 */
extern const PsTokens ps_remediations;                           /* section 3.2.3.12.1 */
extern const PsTokens ps_tlp_labels;                             /* TLP 2.0 (FIRST) */
extern const PsTokens ps_rm_states, ps_em_states, ps_cs_letters; /* what moving there says */
extern const PsTokens ps_outcomes;
extern const PsTokens ps_exploited;

/* NULL when there is no such token. */
const PsTokenRow *ps_token_row(const PsTokens *tokens, const char *token);
/* The word, translated; the token itself where it is unknown; "" for NULL. Lent. */
const char *ps_token_word(const PsTokens *tokens, const char *token);
PsRole ps_token_role(const PsTokens *tokens, const char *token);

/* Asks for one of them. `only`: NULL-terminated tokens that can be had, NULL: all. `optional`: ""
 * is an answer. NULL: cancelled. */
char *ps_ask_token(PsApp *app, const PsTokens *tokens, const char *title, const char *initial,
		   const char *const *only, gboolean optional);

#endif
