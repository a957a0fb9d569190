#include "config.h"

/* The proposed entry of the revision history: what changed, told by its topics. */

#include "advisory/version.h"

#include <string.h>

#include "advisory/item.h"
#include "advisory/outline.h"
#include "advisory/phrase.h"
#include "base/safe-text.h"

#define NAMES_MAX 5
#define NAME_CELLS 60

typedef enum {
	TOPIC_PRODUCTS_ADDED,
	TOPIC_PRODUCTS_REMOVED,
	TOPIC_PRODUCTS,
	TOPIC_FLAWS_ADDED,
	TOPIC_FLAWS_REMOVED,
	TOPIC_STATUS,
	TOPIC_SCORES,
	TOPIC_REMEDIATIONS,
	TOPIC_TEXTS,
	TOPIC_SPELLING,
	TOPIC_REFERENCES,
	TOPIC_THANKS,
	TOPIC_OTHER,
	N_TOPICS,
} Topic;

static const PsPhrase phrases[N_TOPICS] = {
	[TOPIC_PRODUCTS_ADDED] = PS_PHRASE_CHANGE_PRODUCTS_ADDED,
	[TOPIC_PRODUCTS_REMOVED] = PS_PHRASE_CHANGE_PRODUCTS_REMOVED,
	[TOPIC_PRODUCTS] = PS_PHRASE_CHANGE_PRODUCTS,
	[TOPIC_FLAWS_ADDED] = PS_PHRASE_CHANGE_FLAWS_ADDED,
	[TOPIC_FLAWS_REMOVED] = PS_PHRASE_CHANGE_FLAWS_REMOVED,
	[TOPIC_STATUS] = PS_PHRASE_CHANGE_STATUS,
	[TOPIC_SCORES] = PS_PHRASE_CHANGE_SCORES,
	[TOPIC_REMEDIATIONS] = PS_PHRASE_CHANGE_REMEDIATIONS,
	[TOPIC_TEXTS] = PS_PHRASE_CHANGE_TEXTS,
	[TOPIC_SPELLING] = PS_PHRASE_CHANGE_SPELLING,
	[TOPIC_REFERENCES] = PS_PHRASE_CHANGE_REFERENCES,
	[TOPIC_THANKS] = PS_PHRASE_CHANGE_THANKS,
	[TOPIC_OTHER] = PS_PHRASE_CHANGE_OTHER,
};

typedef struct {
	const char *lang;
	const cJSON *before, *after;
	GHashTable *old_names, *new_names; /* product id -> name */
	gboolean touched[N_TOPICS];
	GPtrArray *names[N_TOPICS]; /* owned texts, none twice */
} Telling;

static void
touch(Telling *telling, Topic topic, const char *name)
{
	GPtrArray *names = telling->names[topic];

	telling->touched[topic] = TRUE;
	if (!name || !*name || names->len > NAMES_MAX)
		return;
	g_autofree char *safe = ps_safe_text(name, -1, PS_SAFE_LINE);
	char *fitting = ps_text_fit(safe, NAME_CELLS);
	if (g_ptr_array_find_with_equal_func(names, fitting, g_str_equal, NULL))
		g_free(fitting);
	else
		g_ptr_array_add(names, fitting);
}

static const char *
flaw_name(const cJSON *flaw)
{
	const char *cve = ps_json_text(flaw, "cve");

	return cve ? cve : ps_json_text(flaw, "title");
}

/* The vulnerability that a change lies in. */
static const char *
flaw_of(const Telling *telling, const PsDiffChange *change, char *const *at)
{
	gboolean old = change->kind == PS_DIFF_REMOVED;
	const cJSON *flaws = ps_json_at(old ? telling->before : telling->after, "/vulnerabilities");
	const cJSON *flaw = ps_child(flaws, at[1], NULL);

	return flaw ? flaw_name(flaw) : NULL;
}

static const char *
product_name(const Telling *telling, const char *id)
{
	const char *name = g_hash_table_lookup(telling->new_names, id);

	if (!name)
		name = g_hash_table_lookup(telling->old_names, id);
	return name ? name : id;
}

/* A product in a list of a status. Where it went counts, not what it left. */
static void
tell_status(Telling *telling, const PsDiffChange *change, char *const *at)
{
	const cJSON *value = change->new_value ? change->new_value : change->old_value;

	if (!at[3] || !cJSON_IsString(value) || !change->new_value) {
		touch(telling, TOPIC_STATUS, NULL);
		return;
	}
	const char *status = ps_phrase_token(telling->lang, at[3]);
	g_autofree char *text =
		g_strdup_printf("%s (%s)", product_name(telling, value->valuestring),
				status ? status : at[3]);
	touch(telling, TOPIC_STATUS, text);
}

static Topic
topic_of_text(const PsDiffChange *change)
{
	return ps_version_step_of(change) == PS_STEP_PATCH ? TOPIC_SPELLING : TOPIC_TEXTS;
}

static void
tell_flaw(Telling *telling, const PsDiffChange *change, char *const *at)
{
	static const struct {
		const char *member;
		Topic topic;
		gboolean named;
	} members[] = {
		{"metrics", TOPIC_SCORES, TRUE},
		{"scores", TOPIC_SCORES, TRUE},
		{"remediations", TOPIC_REMEDIATIONS, TRUE},
		{"references", TOPIC_REFERENCES, FALSE},
		{"acknowledgments", TOPIC_THANKS, FALSE},
	};

	if (!at[1] || !at[2]) {
		const cJSON *flaw = change->new_value ? change->new_value : change->old_value;
		Topic topic = change->kind == PS_DIFF_ADDED     ? TOPIC_FLAWS_ADDED
			      : change->kind == PS_DIFF_REMOVED ? TOPIC_FLAWS_REMOVED
								: TOPIC_OTHER;
		touch(telling, topic, cJSON_IsObject(flaw) ? flaw_name(flaw) : NULL);
		return;
	}
	if (g_str_equal(at[2], "product_status")) {
		tell_status(telling, change, at);
		return;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
		if (g_str_equal(members[i].member, at[2])) {
			touch(telling, members[i].topic,
			      members[i].named ? flaw_of(telling, change, at) : NULL);
			return;
		}
	gboolean text = g_str_equal(at[2], "notes") || g_str_equal(at[2], "title");
	touch(telling, text ? topic_of_text(change) : TOPIC_OTHER, NULL);
}

static void
tell_head(Telling *telling, const PsDiffChange *change, char *const *at)
{
	static const struct {
		const char *member;
		Topic topic;
	} members[] = {
		{"references", TOPIC_REFERENCES},
		{"acknowledgments", TOPIC_THANKS},
	};

	for (gsize i = 0; at[1] && i < G_N_ELEMENTS(members); i++)
		if (g_str_equal(members[i].member, at[1])) {
			touch(telling, members[i].topic, NULL);
			return;
		}
	gboolean text = at[1] && (g_str_equal(at[1], "notes") || g_str_equal(at[1], "title"));
	touch(telling, text ? topic_of_text(change) : TOPIC_OTHER, NULL);
}

static void
tell_products_of(Telling *telling, Topic topic, GHashTable *names, GHashTable *others)
{
	g_autoptr(GList) ids = g_list_sort(g_hash_table_get_keys(names), (GCompareFunc)strcmp);

	for (GList *id = ids; id; id = id->next)
		if (!g_hash_table_contains(others, id->data))
			touch(telling, topic, g_hash_table_lookup(names, id->data));
}

/* A branch that is new says little: the products that it brought are what counts. */
static void
tell_products(Telling *telling)
{
	tell_products_of(telling, TOPIC_PRODUCTS_ADDED, telling->new_names, telling->old_names);
	tell_products_of(telling, TOPIC_PRODUCTS_REMOVED, telling->old_names, telling->new_names);
	if (telling->touched[TOPIC_PRODUCTS_ADDED] || telling->touched[TOPIC_PRODUCTS_REMOVED])
		telling->touched[TOPIC_PRODUCTS] = FALSE;
}

static void
tell(Telling *telling, const PsDiffChange *change)
{
	g_auto(GStrv) at = ps_pointer_split(change->pointer);

	if (change->kind == PS_DIFF_ORDER || !at || !at[0])
		touch(telling, TOPIC_SPELLING, NULL);
	else if (g_str_equal(at[0], "product_tree"))
		touch(telling, TOPIC_PRODUCTS, NULL);
	else if (g_str_equal(at[0], "vulnerabilities"))
		tell_flaw(telling, change, at);
	else if (g_str_equal(at[0], "document"))
		tell_head(telling, change, at);
	else
		touch(telling, TOPIC_OTHER, NULL);
}

static void
add_sentence(GString *text, const Telling *telling, Topic topic)
{
	const char *phrase = ps_phrase(telling->lang, phrases[topic]);
	GPtrArray *names = telling->names[topic];
	g_autoptr(GString) list = g_string_new(NULL);

	for (guint i = 0; i < names->len && i < NAMES_MAX; i++)
		g_string_append_printf(list, "%s%s", i ? ", " : "", (char *)names->pdata[i]);
	if (names->len > NAMES_MAX)
		g_string_append(list, ", …");
	g_string_append_printf(text, "%s%s%s%s.", text->len ? " " : "", phrase,
			       list->len ? ": " : "", list->str);
}

char *
ps_version_summary(const char *lang, const GPtrArray *changes, const cJSON *before,
		   const cJSON *after)
{
	g_autoptr(GHashTable) old_names = ps_product_names(before);
	g_autoptr(GHashTable) new_names = ps_product_names(after);
	Telling telling = {lang, before, after, old_names, new_names, {FALSE}, {NULL}};
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < N_TOPICS; i++)
		telling.names[i] = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < changes->len; i++)
		tell(&telling, changes->pdata[i]);
	tell_products(&telling);
	/* Corrected spelling beside other changes is not worth a word. */
	for (int i = 0; i < N_TOPICS; i++)
		if (telling.touched[i] && (i != TOPIC_SPELLING || text->len == 0))
			add_sentence(text, &telling, (Topic)i);
	for (int i = 0; i < N_TOPICS; i++)
		g_ptr_array_unref(telling.names[i]);
	return text->len ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}
