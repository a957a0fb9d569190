#include "config.h"

#include "base/json-texts.h"

#include <string.h>

#include "base/text-hash.h"
#include "base/words.h"

#define SLOTS_MIN 256u
/* So many of the slots are taken before there are more. */
#define MOST(slots) ((slots) / 2)

void
ps_json_texts_clear(PsJsonTexts *texts)
{
	g_clear_pointer(&texts->slots, g_free);
	g_clear_pointer(&texts->texts, g_free);
	texts->n_slots = texts->count = texts->last = 0;
}

/* Word by word and without a look at the NUL: it was written just now, and a wide load over it, as
 * strcmp() does, waits for that. */
static inline gboolean
is_same(const PsJsonText *one, const char *text, gsize length)
{
	gsize at = 0;

	if (one->length != length)
		return FALSE;
	if (length < sizeof(guint64)) {
		while (at < length && one->text[at] == text[at])
			at++;
		return at == length;
	}
	for (; at < length - sizeof(guint64); at += sizeof(guint64))
		if (ps_eight_bytes(one->text + at) != ps_eight_bytes(text + at))
			return FALSE;
	/* the last eight, which may overlap those before */
	at = length - sizeof(guint64);
	return ps_eight_bytes(one->text + at) == ps_eight_bytes(text + at);
}

/* The slot of the text, or the free one where it belongs. */
static inline PsJsonTextSlot *
find_slot(const PsJsonTexts *texts, const char *text, gsize length, guint32 hash)
{
	guint mask = texts->n_slots - 1;

	for (guint i = hash & mask;; i = (i + 1) & mask) {
		PsJsonTextSlot *slot = &texts->slots[i];
		if (slot->number == 0 ||
		    (slot->hash == hash && is_same(&texts->texts[slot->number], text, length)))
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
	texts->texts = g_renew(PsJsonText, texts->texts, MOST(texts->n_slots) + 1);
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

static guint
add_new(PsJsonTexts *texts, const char *text, gsize length, guint32 hash)
{
	if (texts->count >= MOST(texts->n_slots))
		grow(texts);
	texts->texts[++texts->count] = (PsJsonText){text, length, 0};
	*find_slot(texts, text, length, hash) = (PsJsonTextSlot){hash, texts->count};
	return texts->count;
}

static G_GNUC_NO_INLINE guint
look_up(PsJsonTexts *texts, const char *text, gsize length)
{
	guint32 hash = ps_text_hash_bytes(text, length);
	guint number = texts->n_slots > 0 ? find_slot(texts, text, length, hash)->number : 0;

	return number > 0 ? number : add_new(texts, text, length, hash);
}

guint
ps_json_texts_add(PsJsonTexts *texts, char **text, gsize length)
{
	guint last = texts->last;
	guint number = last > 0 ? texts->texts[last].after : 0;

	if (number == 0 || !is_same(&texts->texts[number], *text, length)) {
		number = look_up(texts, *text, length);
		texts->texts[last > 0 ? last : number].after = number;
	}
	texts->last = number;
	*text = (char *)texts->texts[number].text;
	return number;
}

guint
ps_json_texts_find(const PsJsonTexts *texts, const char *text)
{
	gsize length = strlen(text);

	if (texts->n_slots == 0)
		return 0;
	return find_slot(texts, text, length, ps_text_hash_bytes(text, length))->number;
}
