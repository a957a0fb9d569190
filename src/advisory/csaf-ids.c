#include "config.h"

#include "advisory/csaf-ids.h"

#include <string.h>

#include "base/text-hash.h"

void
ps_csaf_ids_init(PsCsafIds *ids)
{
	*ids = (PsCsafIds){ps_text_table_new(), g_array_new(FALSE, FALSE, sizeof(PsCsafId)), -1, 0};
}

void
ps_csaf_ids_clear(PsCsafIds *ids)
{
	g_clear_pointer(&ids->numbers, g_hash_table_unref);
	g_clear_pointer(&ids->ids, g_array_unref);
}

int
ps_csaf_ids_find(const PsCsafIds *ids, const char *text)
{
	return GPOINTER_TO_INT(g_hash_table_lookup(ids->numbers, text)) - 1;
}

static int
add(PsCsafIds *ids, const char *text)
{
	PsCsafId id = {text, -1, 0};

	g_array_append_val(ids->ids, id);
	g_hash_table_insert(ids->numbers, (gpointer)text, GINT_TO_POINTER((int)ids->ids->len));
	return (int)ids->ids->len - 1;
}

/* Long lists of a document mostly hold the same ids in the same order: what followed last time is
 * tried before the text is hashed. */
int
ps_csaf_ids_number(PsCsafIds *ids, const char *text)
{
	PsCsafId *last = ids->last >= 0 ? &g_array_index(ids->ids, PsCsafId, ids->last) : NULL;

	const char *next = last && last->next >= 0 ? ps_csaf_ids_at(ids, last->next)->text : NULL;
	/* a tree that is only read may hold equal texts once */
	if (next && (next == text || strcmp(next, text) == 0))
		return ids->last = last->next;
	int number = ps_csaf_ids_find(ids, text);
	if (number < 0)
		number = add(ids, text);
	if (ids->last >= 0)
		g_array_index(ids->ids, PsCsafId, ids->last).next = number;
	return ids->last = number;
}

int
ps_csaf_ids_mark(PsCsafIds *ids, const char *text, PsCsafIdFlag flag)
{
	int number = ps_csaf_ids_number(ids, text);
	PsCsafId *id = &g_array_index(ids->ids, PsCsafId, number);

	ids->n_twice += flag == PS_CSAF_ID_DEFINED && id->flags & PS_CSAF_ID_DEFINED;
	id->flags |= (int)flag;
	return number;
}

gboolean
ps_csaf_ids_any(const PsCsafIds *ids, int with, int without)
{
	for (guint i = 0; i < ids->ids->len; i++) {
		int flags = g_array_index(ids->ids, PsCsafId, i).flags;
		if (flags & with && !(flags & without))
			return TRUE;
	}
	return FALSE;
}
