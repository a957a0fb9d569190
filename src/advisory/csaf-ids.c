#include "config.h"

#include "advisory/csaf-ids.h"

void
ps_csaf_ids_init(PsCsafIds *ids, const PsJsonTree *tree)
{
	*ids = (PsCsafIds){tree, g_new0(int, ps_json_tree_texts(tree) + 1),
			   g_array_new(FALSE, FALSE, sizeof(PsCsafId)), 0};
}

void
ps_csaf_ids_clear(PsCsafIds *ids)
{
	g_clear_pointer(&ids->numbers, g_free);
	g_clear_pointer(&ids->ids, g_array_unref);
}

int
ps_csaf_ids_find(const PsCsafIds *ids, const char *text)
{
	return ids->numbers[ps_json_tree_find(ids->tree, text)] - 1;
}

/* `number_of_text`: in the tree. */
static int
mark(PsCsafIds *ids, guint number_of_text, const char *text, PsCsafIdFlag flag)
{
	int number = ids->numbers[number_of_text] - 1;

	if (number < 0) {
		PsCsafId id = {text, 0};
		g_array_append_val(ids->ids, id);
		number = (int)ids->ids->len - 1;
		ids->numbers[number_of_text] = number + 1;
	}
	PsCsafId *id = &g_array_index(ids->ids, PsCsafId, number);
	ids->n_twice += flag == PS_CSAF_ID_DEFINED && id->flags & PS_CSAF_ID_DEFINED;
	id->flags |= (int)flag;
	return number;
}

int
ps_csaf_ids_mark(PsCsafIds *ids, const cJSON *item, PsCsafIdFlag flag)
{
	guint text = ps_json_text_number(item);

	return text ? mark(ids, text, item->valuestring, flag) : -1;
}

int
ps_csaf_ids_mark_text(PsCsafIds *ids, const char *text, PsCsafIdFlag flag)
{
	guint number = ps_json_tree_find(ids->tree, text);

	return number ? mark(ids, number, text, flag) : -1;
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
