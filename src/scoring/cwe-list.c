#include "config.h"

#include "scoring/cwe-list.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/table-file.h"

typedef struct {
	PsCweItem item; /* first: handed out */
	char *id, *name, *status;
	char *folded; /* name, to be searched */
	guint number;
} Entry;

struct PsCweList {
	GPtrArray *entries; /* Entry, by number */
};

/* Short names that people use, and the words of CWE's names for them. */
static const struct {
	const char *used, *words;
} short_names[] = {
	{"bof", "buffer overflow"},
	{"csrf", "cross-site request forgery"},
	{"dos", "uncontrolled resource consumption"},
	{"lfi", "path traversal"},
	{"mitm", "certificate validation"},
	{"oob", "out-of-bounds"},
	{"redos", "regular expression complexity"},
	{"rfi", "remote file inclusion"},
	{"sqli", "sql injection"},
	{"ssrf", "server-side request forgery"},
	{"ssti", "template engine"},
	{"toctou", "time-of-check"},
	{"uaf", "use after free"},
	{"xss", "cross-site scripting"},
	{"xxe", "xml external entity"},
};

/* ---- reading ---- */

static void
free_entry(gpointer data)
{
	Entry *entry = data;

	g_free(entry->id);
	g_free(entry->name);
	g_free(entry->status);
	g_free(entry->folded);
	g_free(entry);
}

static PsCweUsage
usage_of(const char *word)
{
	for (int usage = PS_CWE_ALLOWED; usage <= PS_CWE_PROHIBITED; usage++)
		if (g_str_equal(ps_cwe_usage_word((PsCweUsage)usage), word))
			return (PsCweUsage)usage;
	return PS_CWE_NOT_STATED;
}

static gboolean
add_entry(gpointer user, const char *key, char *const *cells)
{
	PsCweList *list = user;
	Entry *entry = g_new0(Entry, 1);
	gboolean whole = cells[0] && cells[1] && cells[2];

	entry->id = g_strdup(key);
	entry->name = g_strdup(cells[0] ? cells[0] : "");
	entry->status = g_strdup(whole ? cells[1] : "");
	entry->folded = g_utf8_casefold(entry->name, -1);
	entry->number = (guint)g_ascii_strtoull(key + strlen("CWE-"), NULL, 10);
	entry->item =
		(PsCweItem){entry->id, entry->name, entry->status, usage_of(whole ? cells[2] : ""),
			    g_str_equal(entry->status, "Deprecated")};
	g_ptr_array_add(list->entries, entry);
	return TRUE;
}

static int
compare_numbers(gconstpointer a, gconstpointer b)
{
	const Entry *left = *(Entry *const *)a, *right = *(Entry *const *)b;

	return left->number < right->number ? -1 : left->number > right->number;
}

PsCweList *
ps_cwe_list_open(GError **error)
{
	g_autoptr(PsTableFile) file = ps_table_file_open("cwe.tsv", error);

	if (!file)
		return NULL;
	PsCweList *list = g_new0(PsCweList, 1);
	list->entries = g_ptr_array_new_with_free_func(free_entry);
	ps_table_file_each(file, add_entry, list);
	g_ptr_array_sort(list->entries, compare_numbers);
	return list;
}

void
ps_cwe_list_free(PsCweList *list)
{
	if (!list)
		return;
	g_ptr_array_unref(list->entries);
	g_free(list);
}

guint
ps_cwe_list_count(const PsCweList *list)
{
	return list->entries->len;
}

const PsCweItem *
ps_cwe_list_item(const PsCweList *list, guint index)
{
	return &((const Entry *)list->entries->pdata[index])->item;
}

/* ---- finding by id ---- */

/* The digits of an id in `text`; NULL: it is none. */
static const char *
id_digits(const char *text)
{
	const char *digits = g_ascii_strncasecmp(text, "CWE", 3) == 0 ? text + 3 : text;

	if (digits != text && strchr("- :", *digits) && *digits)
		digits++;
	return *digits && strspn(digits, "0123456789") == strlen(digits) ? digits : NULL;
}

const PsCweItem *
ps_cwe_list_find(const PsCweList *list, const char *id)
{
	const char *digits = id_digits(id);
	guint64 number = digits && strlen(digits) < 8 ? g_ascii_strtoull(digits, NULL, 10) : 0;

	for (guint i = 0; number && i < list->entries->len; i++)
		if (((const Entry *)list->entries->pdata[i])->number == number)
			return ps_cwe_list_item(list, i);
	return NULL;
}

/* ---- searching ---- */

/* Smaller is better. */
enum { RANK_ID, RANK_NAME, RANK_PHRASE, RANK_WORDS, RANK_INSIDE, RANK_NONE };

static gboolean
begins_word(const char *text, const char *at)
{
	return at == text || !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(at)));
}

/* How a word is in a text: at the beginning of a word, inside one, or not. */
static int
rank_word(const char *text, const char *word)
{
	int rank = RANK_NONE;

	for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
		if (begins_word(text, at))
			return RANK_WORDS;
		rank = RANK_INSIDE;
	}
	return rank;
}

/* The name itself, or what it has in brackets: "… ('SQL Injection')". */
static gboolean
is_called(const Entry *entry, const char *phrase)
{
	const char *bracket = strrchr(entry->folded, '(');

	if (g_str_equal(entry->folded, phrase))
		return TRUE;
	if (!bracket)
		return FALSE;
	const char *name = bracket + 1 + strspn(bracket + 1, "'");
	return g_str_has_prefix(name, phrase) &&
	       strspn(name + strlen(phrase), "')") == strlen(name + strlen(phrase));
}

static int
rank_words(const Entry *entry, const char *phrase, char *const *words)
{
	const char *whole = strstr(entry->folded, phrase);
	int rank = RANK_WORDS;

	if (is_called(entry, phrase))
		return RANK_NAME;
	if (whole && begins_word(entry->folded, whole))
		return RANK_PHRASE;
	for (; *words; words++)
		if (**words)
			rank = MAX(rank, rank_word(entry->folded, *words));
	return rank;
}

static int
rank_id(const Entry *entry, const char *digits)
{
	const char *own = entry->id + strlen("CWE-");

	if (!g_str_has_prefix(own, digits))
		return RANK_NONE;
	return own[strlen(digits)] ? RANK_PHRASE : RANK_ID;
}

typedef struct {
	guint index;
	int rank;
	gsize length;
} Hit;

static int
compare_hits(gconstpointer a, gconstpointer b)
{
	const Hit *left = a, *right = b;

	if (left->rank != right->rank)
		return left->rank - right->rank;
	if (left->length != right->length)
		return left->length < right->length ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

/* Within a rank, behind what may be used. */
static int
usage_penalty(const PsCweItem *item)
{
	if (item->deprecated)
		return 3;
	return item->usage == PS_CWE_PROHIBITED ? 2 : item->usage == PS_CWE_DISCOURAGED ? 1 : 0;
}

/* What was typed, as the names have it. */
static char *
search_phrase(const char *text)
{
	g_autofree char *copy = g_strdup(text);
	char *folded = g_utf8_casefold(g_strstrip(copy), -1);

	for (gsize i = 0; i < G_N_ELEMENTS(short_names); i++)
		if (g_str_equal(short_names[i].used, folded)) {
			g_free(folded);
			return g_strdup(short_names[i].words);
		}
	return folded;
}

GArray *
ps_cwe_list_search(const PsCweList *list, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1), *phrase = search_phrase(valid);
	g_auto(GStrv) words = g_strsplit_set(phrase, " ,", -1);
	const char *digits = id_digits(phrase);
	g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(Hit));
	GArray *found = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint i = 0; i < list->entries->len; i++) {
		const Entry *entry = list->entries->pdata[i];
		int rank = !*phrase ? RANK_PHRASE
			   : digits ? rank_id(entry, digits)
				    : rank_words(entry, phrase, words);
		Hit hit = {i, rank * 4 + usage_penalty(&entry->item),
			   *phrase && !digits ? strlen(entry->name) : 0};
		if (rank == RANK_ID)
			hit.rank = 0;
		if (!*phrase)
			hit.rank = 0;
		if (rank < RANK_NONE)
			g_array_append_val(hits, hit);
	}
	g_array_sort(hits, compare_hits);
	for (guint i = 0; i < hits->len; i++)
		g_array_append_val(found, g_array_index(hits, Hit, i).index);
	return found;
}

/* ---- use ---- */

const char *
ps_cwe_item_warning(const PsCweItem *item)
{
	if (item->deprecated)
		return _("It is deprecated: its name says what to use instead, or search by "
			 "words.");
	if (item->usage == PS_CWE_PROHIBITED)
		return _("CWE prohibits it for vulnerabilities: choose a weakness that says what "
			 "is wrong.");
	if (item->usage == PS_CWE_DISCOURAGED)
		return _("CWE discourages it for vulnerabilities, since it is too general: a more "
			 "exact one is better.");
	return NULL;
}

char *
ps_cwe_check(const char *typed, GError **error)
{
	g_autoptr(PsCweList) list = ps_cwe_list_open(error);
	const PsCweItem *item = list ? ps_cwe_list_find(list, typed) : NULL;

	if (!list)
		return NULL;
	if (!item) {
		g_autofree char *safe = ps_safe_text(typed, -1, PS_SAFE_LINE);
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no weakness of the CWE list: write an id as CWE-79, or look "
			      "for one with “psirtdesk cwe WORDS”."),
			    safe);
		return NULL;
	}
	if (item->deprecated) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("%s is deprecated and can't be used: %s. Look for another with "
			      "“psirtdesk cwe WORDS”."),
			    item->id, item->name);
		return NULL;
	}
	return g_strdup(item->id);
}
