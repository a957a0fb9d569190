#include "config.h"

/* Versions of documents: whole numbers and semantic versions (CSAF 2.0 section 3.1.11; Semantic
 * Versioning 2.0.0 sections 2, 9, 10, 11). */

#include "advisory/csaf-format.h"

#include <string.h>

/* A number without a leading zero; its length, 0: none. */
static gsize
number_length(const char *text)
{
	gsize length = 0;

	while (g_ascii_isdigit(text[length]))
		length++;
	return length > 1 && *text == '0' ? 0 : length;
}

/* Identifiers parted by points; in a pre-release part numbers have no leading zero. */
static gsize
identifiers_length(const char *text, gboolean pre)
{
	gsize length = 0;

	for (;;) {
		gsize start = length;
		gboolean digits = TRUE;
		while (g_ascii_isalnum(text[length]) || text[length] == '-')
			digits &= g_ascii_isdigit(text[length++]);
		if (length == start || (pre && digits && length > start + 1 && text[start] == '0'))
			return 0;
		if (text[length] != '.')
			return length;
		length++;
	}
}

static gboolean
parse_semantic(const char *text, PsCsafVersion *version)
{
	for (int i = 1; i < 3; i++) {
		if (*text++ != '.')
			return FALSE;
		version->part[i] = text;
		version->part_length[i] = number_length(text);
		if (version->part_length[i] == 0)
			return FALSE;
		text += version->part_length[i];
	}
	version->semantic = TRUE;
	if (*text == '-') {
		version->pre = text + 1;
		version->pre_length = identifiers_length(text + 1, TRUE);
		if (version->pre_length == 0)
			return FALSE;
		text += 1 + version->pre_length;
	}
	if (*text == '+') {
		version->build = text;
		gsize length = identifiers_length(text + 1, FALSE);
		if (length == 0)
			return FALSE;
		text += 1 + length;
	}
	return *text == '\0';
}

gboolean
ps_csaf_version_parse(const char *text, PsCsafVersion *version)
{
	memset(version, 0, sizeof *version);
	version->part[0] = text;
	version->part_length[0] = number_length(text);
	if (version->part_length[0] == 0)
		return FALSE;
	text += version->part_length[0];
	return *text == '\0' || parse_semantic(text, version);
}

/* Numbers of any length without leading zeros. */
static int
compare_numbers(const char *a, gsize a_length, const char *b, gsize b_length)
{
	if (a_length != b_length)
		return a_length < b_length ? -1 : 1;
	int order = memcmp(a, b, a_length);
	return order < 0 ? -1 : order > 0;
}

static gboolean
all_digits(const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isdigit(text[i]))
			return FALSE;
	return TRUE;
}

/* Numbers before words, words by bytes. */
static int
compare_identifiers(const char *a, gsize a_length, const char *b, gsize b_length)
{
	gboolean a_digits = all_digits(a, a_length), b_digits = all_digits(b, b_length);

	if (a_digits && b_digits)
		return compare_numbers(a, a_length, b, b_length);
	if (a_digits != b_digits)
		return a_digits ? -1 : 1;
	int order = memcmp(a, b, MIN(a_length, b_length));
	if (order != 0)
		return order < 0 ? -1 : 1;
	return a_length == b_length ? 0 : a_length < b_length ? -1 : 1;
}

static gsize
identifier_length(const char *text, gsize rest)
{
	const char *point = memchr(text, '.', rest);

	return point ? (gsize)(point - text) : rest;
}

static int
compare_pre(const PsCsafVersion *a, const PsCsafVersion *b)
{
	const char *x = a->pre, *y = b->pre;
	gsize x_rest = a->pre_length, y_rest = b->pre_length;

	if (!x || !y) /* a version without a pre-release part is the later one */
		return (y != NULL) - (x != NULL);
	for (;;) {
		gsize x_length = identifier_length(x, x_rest);
		gsize y_length = identifier_length(y, y_rest);
		int order = compare_identifiers(x, x_length, y, y_length);
		if (order != 0)
			return order;
		gboolean x_end = x_length == x_rest, y_end = y_length == y_rest;
		if (x_end || y_end)
			return x_end && y_end ? 0 : x_end ? -1 : 1;
		x += x_length + 1;
		x_rest -= x_length + 1;
		y += y_length + 1;
		y_rest -= y_length + 1;
	}
}

int
ps_csaf_version_compare(const PsCsafVersion *a, const PsCsafVersion *b, gboolean pre)
{
	for (int i = 0; i < 3; i++) {
		gboolean x = a->part[i] != NULL, y = b->part[i] != NULL;
		if (!x || !y) { /* a whole number stands for N.0.0 */
			if (x == y)
				continue;
			const PsCsafVersion *longer = x ? a : b;
			if (longer->part[i][0] == '0')
				continue;
			return x ? 1 : -1;
		}
		int order = compare_numbers(a->part[i], a->part_length[i], b->part[i],
					    b->part_length[i]);
		if (order != 0)
			return order;
	}
	return pre ? compare_pre(a, b) : 0;
}

guint64
ps_csaf_version_major(const PsCsafVersion *version)
{
	guint64 value = 0;

	for (gsize i = 0; i < version->part_length[0]; i++) {
		guint digit = (guint)(version->part[0][i] - '0');
		if (value > (G_MAXUINT64 - digit) / 10)
			return G_MAXUINT64;
		value = value * 10 + digit;
	}
	return value;
}
