#include "config.h"

#include "advisory/version.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/item.h"
#include "base/i18n.h"

/* Letters that may differ in a word, and words in a text, before it is no slip any more. */
#define SLIPS_IN_WORD 2
#define SLIPS_IN_TEXT 5
/* Shorter words turn into other ones too easily: "not" and "now". */
#define WORD_MIN 4
/* Longer words are no words. */
#define WORD_MAX 40

static const struct {
	const char *token, *text;
} steps[] = {
	[PS_STEP_NONE] = {"none", N_("nothing changed")},
	[PS_STEP_PATCH] = {"patch", N_("spelling only")},
	[PS_STEP_MINOR] = {"minor", N_("content changed")},
	[PS_STEP_MAJOR] = {"major", N_("users must compare with their products again")},
};

const char *
ps_version_step_text(PsVersionStep step)
{
	return _(steps[step].text);
}

const char *
ps_version_step_token(PsVersionStep step)
{
	return steps[step].token;
}

gboolean
ps_version_step_find(const char *token, PsVersionStep *step)
{
	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
		if (g_strcmp0(steps[i].token, token) == 0) {
			*step = (PsVersionStep)i;
			return TRUE;
		}
	return FALSE;
}

/* ---- spelling ---- */

/* Edit distance of two words, letters that changed places counted as one; bounded by WORD_MAX. */
static int
letters_apart(const gunichar *a, int a_length, const gunichar *b, int b_length)
{
	int rows[3][WORD_MAX + 1];

	for (int j = 0; j <= b_length; j++)
		rows[0][j] = j;
	for (int i = 1; i <= a_length; i++) {
		int *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
		now[0] = i;
		for (int j = 1; j <= b_length; j++) {
			int cost = a[i - 1] != b[j - 1];
			now[j] = MIN(MIN(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = MIN(now[j], before[j - 2] + 1);
		}
	}
	return rows[a_length % 3][b_length];
}

static gboolean
is_slip(const char *before, const char *after)
{
	g_autofree gunichar *a = g_utf8_to_ucs4_fast(before, -1, NULL);
	g_autofree gunichar *b = g_utf8_to_ucs4_fast(after, -1, NULL);
	glong x = g_utf8_strlen(before, -1), y = g_utf8_strlen(after, -1);

	if (x < WORD_MIN || y < WORD_MIN || x > WORD_MAX || y > WORD_MAX)
		return FALSE;
	for (glong i = 0; i < MAX(x, y); i++)
		if ((i < x && g_unichar_isdigit(a[i])) || (i < y && g_unichar_isdigit(b[i])))
			return FALSE;
	return letters_apart(a, (int)x, b, (int)y) <= SLIPS_IN_WORD;
}

/* Small letters and digits only, the words parted by one blank: what stays of a text without its
 * punctuation. A sign between two digits or before one ("1.2", "-3", "<4") belongs to the number.
 */
static char **
words_of(const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	g_autoptr(GString) words = g_string_new(NULL);

	for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		gunichar next = g_utf8_get_char(g_utf8_next_char(p));
		gboolean sign = !g_unichar_isspace(c) && g_unichar_isdigit(next);
		if (g_unichar_isalnum(c) || sign || c == '\'')
			g_string_append_unichar(words, c);
		else if (words->len > 0 && words->str[words->len - 1] != ' ')
			g_string_append_c(words, ' ');
	}
	g_strchomp(words->str);
	return g_strsplit(words->str, " ", -1);
}

gboolean
ps_version_is_spelling(const char *before, const char *after)
{
	g_auto(GStrv) old = words_of(before);
	g_auto(GStrv) new = words_of(after);
	guint slips = 0;

	if (g_strv_length(old) != g_strv_length(new))
		return FALSE;
	for (guint i = 0; old[i]; i++) {
		if (g_str_equal(old[i], new[i]))
			continue;
		if (!is_slip(old[i], new[i]) || ++slips > SLIPS_IN_TEXT)
			return FALSE;
	}
	return TRUE;
}

/* Texts that people read; all others are values. */
static gboolean
is_prose(const char *pointer)
{
	static const char *const names[] = {"details", "summary", "text", "title", NULL};
	const char *slash = strrchr(pointer, '/');

	return slash && g_strv_contains(names, slash + 1);
}

/* ---- steps ---- */

static const char *const affected[] = {"first_affected", "known_affected", "last_affected", NULL};
static const char *const cleared[] = {"first_fixed", "fixed", "known_not_affected", NULL};

static gboolean
has_member_of(const cJSON *object, const char *const *names)
{
	for (const cJSON *child = cJSON_IsObject(object) ? object->child : NULL; child;
	     child = child->next)
		if (g_strv_contains(names, child->string))
			return TRUE;
	return FALSE;
}

/* Rule 7 on the lists of products; `list` NULL: the whole of product_status came or went. */
static gboolean
needs_comparison(const PsDiffChange *change, const char *list)
{
	if (!list)
		return has_member_of(change->new_value, affected) ||
		       has_member_of(change->old_value, affected) ||
		       has_member_of(change->old_value, cleared);
	if (g_strv_contains(affected, list))
		return TRUE;
	return change->old_value && g_strv_contains(cleared, list);
}

PsVersionStep
ps_version_step_of(const PsDiffChange *change)
{
	g_auto(GStrv) at = ps_pointer_split(change->pointer);
	guint depth = at ? g_strv_length(at) : 0;
	gboolean flaw = depth > 0 && g_str_equal(at[0], "vulnerabilities");

	if (change->kind == PS_DIFF_ORDER)
		return PS_STEP_PATCH;
	if (depth > 0 && g_str_equal(at[0], "product_tree"))
		return PS_STEP_MAJOR;
	if (flaw && depth == 2)
		return PS_STEP_MAJOR;
	if (flaw && depth >= 3 && g_str_equal(at[2], "product_status"))
		return needs_comparison(change, depth > 3 ? at[3] : NULL) ? PS_STEP_MAJOR
									  : PS_STEP_MINOR;
	if (change->kind == PS_DIFF_CHANGED && cJSON_IsString(change->old_value) &&
	    cJSON_IsString(change->new_value) && is_prose(change->pointer) &&
	    ps_version_is_spelling(change->old_value->valuestring, change->new_value->valuestring))
		return PS_STEP_PATCH;
	return PS_STEP_MINOR;
}

PsVersionStep
ps_version_step(const GPtrArray *changes)
{
	PsVersionStep step = PS_STEP_NONE;

	for (guint i = 0; i < changes->len && step != PS_STEP_MAJOR; i++)
		step = MAX(step, ps_version_step_of(changes->pdata[i]));
	return step;
}

/* ---- the next version ---- */

/* One more than a number of any length. */
static char *
one_more(const char *digits, gsize length)
{
	GString *number = g_string_new_len(digits, (gssize)length);
	gssize i = (gssize)length - 1;

	while (i >= 0 && number->str[i] == '9')
		number->str[i--] = '0';
	if (i >= 0)
		number->str[i]++;
	else
		g_string_prepend_c(number, '1');
	return g_string_free(number, FALSE);
}

char *
ps_version_after(const char *last, gboolean semantic, PsVersionStep step)
{
	PsCsafVersion version;

	if (!last || !ps_csaf_version_parse(last, &version))
		return g_strdup(semantic ? "1.0.0" : "1");
	if (!version.semantic)
		return one_more(version.part[0], version.part_length[0]);
	int raised = step == PS_STEP_MAJOR ? 0 : step == PS_STEP_MINOR ? 1 : 2;
	g_autofree char *number = one_more(version.part[raised], version.part_length[raised]);
	g_autofree char *before = g_strndup(last, (gsize)(version.part[raised] - last));
	return g_strconcat(before, number, raised == 0 ? ".0.0" : raised == 1 ? ".0" : "", NULL);
}
