#ifndef PS_ADVISORY_CSAF_IDS_H
#define PS_ADVISORY_CSAF_IDS_H

/* Ids of products or groups of one document as small numbers, from 0 without gaps, which the tests
 * compare and count. They follow from the numbers that the tree gives to all its texts. */

#include "base/json-tree.h"

typedef enum {
	PS_CSAF_ID_DEFINED = 1 << 0,  /* in the product tree */
	PS_CSAF_ID_EXTENDED = 1 << 1, /* by an extension */
	PS_CSAF_ID_USED = 1 << 2,
} PsCsafIdFlag;

typedef struct {
	const char *text;
	int flags;
} PsCsafId;

typedef struct {
	const PsJsonTree *tree;
	int *numbers;  /* by ps_json_text_number(): number + 1; 0: it has none */
	GArray *ids;   /* PsCsafId, by number */
	guint n_twice; /* definitions in the product tree of what was defined there before */
} PsCsafIds;

void ps_csaf_ids_init(PsCsafIds *ids, const PsJsonTree *tree);
void ps_csaf_ids_clear(PsCsafIds *ids);
/* Notes that the item's text is defined or used. Gives its number, a new one where it has none;
 * -1: it is no text. */
int ps_csaf_ids_mark(PsCsafIds *ids, const cJSON *item, PsCsafIdFlag flag);
/* The same for a text of the document. */
int ps_csaf_ids_mark_text(PsCsafIds *ids, const char *text, PsCsafIdFlag flag);
/* The number of a text; -1: it has none. */
int ps_csaf_ids_find(const PsCsafIds *ids, const char *text);
/* The same of an item of the tree; -1 also when it is no text. */
static inline int
ps_csaf_ids_of(const PsCsafIds *ids, const cJSON *item)
{
	return ids->numbers[ps_json_text_number(item)] - 1;
}

/* There is an id with one of the flags `with` and none of `without`. */
gboolean ps_csaf_ids_any(const PsCsafIds *ids, int with, int without);

static inline const PsCsafId *
ps_csaf_ids_at(const PsCsafIds *ids, int number)
{
	return &g_array_index(ids->ids, PsCsafId, number);
}

/* A list of a document as numbers, one an item; -1: the item is no text. They lie in one block
 * (PsCsafNumbers) which may move while it grows. */
typedef struct {
	guint from, n;
} PsCsafIdList;

typedef struct {
	int *items;
	guint n, room;
} PsCsafNumbers;

static inline void
ps_csaf_numbers_add(PsCsafNumbers *numbers, int number)
{
	if (numbers->n == numbers->room) {
		numbers->room = numbers->room ? numbers->room * 2 : 64;
		numbers->items = g_renew(int, numbers->items, numbers->room);
	}
	numbers->items[numbers->n++] = number;
}

/* A value a number, for what has few numbers and is asked for often. All values are 0 again at
 * once: those of an earlier round do not count. */
typedef struct {
	guint32 round;
	int value;
} PsCsafMark;

typedef struct {
	PsCsafMark *marks;
	guint32 round;
} PsCsafMarks;

/* For numbers below `n`. */
static inline void
ps_csaf_marks_init(PsCsafMarks *marks, guint n)
{
	*marks = (PsCsafMarks){g_new0(PsCsafMark, n), 1};
}

static inline void
ps_csaf_marks_clear(PsCsafMarks *marks)
{
	g_clear_pointer(&marks->marks, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PsCsafMarks, ps_csaf_marks_clear)

static inline void
ps_csaf_marks_reset(PsCsafMarks *marks)
{
	marks->round++;
}

static inline int
ps_csaf_marks_get(const PsCsafMarks *marks, int number)
{
	const PsCsafMark *mark = &marks->marks[number];

	return mark->round == marks->round ? mark->value : 0;
}

/* Gives the value before. */
static inline int
ps_csaf_marks_set(PsCsafMarks *marks, int number, int value)
{
	int before = ps_csaf_marks_get(marks, number);

	marks->marks[number] = (PsCsafMark){marks->round, value};
	return before;
}

#endif
