#include "config.h"

#include "base/json-texts.h"

#include <string.h>

#include "base/text-hash.h"

#define SLOTS_MIN 256u
/* So many of the slots are taken before there are more. */
#define MOST(slots) ((slots) / 4 * 3)

void
ps_json_texts_clear(PsJsonTexts *texts)
{
	g_clear_pointer(&texts->slots, g_free);
	g_clear_pointer(&texts->texts, g_free);
	texts->n_slots = texts->count = 0;
}

/* The slot of the text, or the free one where it belongs. */
static inline PsJsonTextSlot *
find_slot(const PsJsonTexts *texts, const char *text, guint32 hash)
{
	guint mask = texts->n_slots - 1;

	for (guint i = hash & mask;; i = (i + 1) & mask) {
		PsJsonTextSlot *slot = &texts->slots[i];
		if (slot->number == 0 ||
		    (slot->hash == hash && strcmp(texts->texts[slot->number], text) == 0))
			return slot;
	}
}

static void
grow(PsJsonTexts *texts)
{
	PsJsonTextSlot *old = texts->slots;
	guint n_old = texts->n_slots, mask;

	texts->n_slots = MAX(n_old * 2, SLOTS_MIN);
	texts->slots = g_new0(PsJsonTextSlot, texts->n_slots);
	texts->texts = g_renew(const char *, texts->texts, MOST(texts->n_slots) + 1);
	mask = texts->n_slots - 1;
	for (guint i = 0; i < n_old; i++) {
		guint at = old[i].hash & mask;
		if (old[i].number == 0)
			continue;
		while (texts->slots[at].number != 0)
			at = (at + 1) & mask;
		texts->slots[at] = old[i];
	}
	g_free(old);
}

guint
ps_json_texts_add(PsJsonTexts *texts, char **text, gsize length)
{
	guint32 hash = ps_text_hash_bytes(*text, length);

	if (texts->count >= MOST(texts->n_slots))
		grow(texts);
	PsJsonTextSlot *slot = find_slot(texts, *text, hash);
	if (slot->number == 0) {
		*slot = (PsJsonTextSlot){hash, ++texts->count};
		texts->texts[texts->count] = *text;
	} else {
		*text = (char *)texts->texts[slot->number];
	}
	return slot->number;
}

guint
ps_json_texts_find(const PsJsonTexts *texts, const char *text)
{
	return texts->n_slots == 0 ? 0 : find_slot(texts, text, ps_text_hash(text))->number;
}
