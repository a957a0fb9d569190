#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json-tree.h"

static cJSON *
parse(const char *text, GError **error)
{
	return ps_json_parse(text, strlen(text), NULL, error);
}

/* A tree that is only read holds the same, or is refused with the same sentence. */
static void
assert_tree_is_same(const char *text, gsize length, const cJSON *value, const GError *wrong)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsJsonTree) tree =
		ps_json_tree_new(g_memdup2(text, length), length, NULL, &error);

	assert_int_equal(tree != NULL, value != NULL);
	if (!tree) {
		assert_string_equal(error->message, wrong->message);
		return;
	}
	g_autofree char *one = ps_json_print(value);
	g_autofree char *other = ps_json_print(ps_json_tree_root(tree));
	assert_string_equal(one, other);
}

static void
assert_round_trip(const char *text, const char *printed)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(cJSON) value = parse(text, &error);

	if (!value)
		fail_msg("%s: %s", text, error->message);
	g_autofree char *out = ps_json_print(value);
	assert_string_equal(out, printed);
	assert_tree_is_same(text, strlen(text), value, NULL);
}

/* `place`: what the message must name. */
static void
assert_refused(const char *text, gsize length, int code, const char *place)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(cJSON) value = ps_json_parse(text, length, NULL, &error);

	if (value)
		fail_msg("accepted: %s", text);
	assert_true(g_error_matches(error, PS_ERROR, code));
	if (!strstr(error->message, place))
		fail_msg("“%s” does not name “%s”", error->message, place);
	assert_true(g_utf8_validate(error->message, -1, NULL));
	assert_tree_is_same(text, length, NULL, error);
}

static void
json__parse__keeps_values_and_large_integers(void **state)
{
	(void)state;
	assert_round_trip(" {\"a\" : [1, -0.5, 1e3, true, false, null, \"x\"]}\n",
			  "{\"a\":[1,-0.5,1000,true,false,null,\"x\"]}");
	assert_round_trip("[9007199254740993, -9007199254740993, 9007199254740991, 1e400]",
			  "[9007199254740993,-9007199254740993,9007199254740991,1e400]");
	assert_round_trip("\xef\xbb\xbf{}", "{}");
	assert_round_trip("\"\\u00e9\\ud83d\\ude00\\/\\n\"", "\"é😀/\\n\"");
	assert_round_trip("0.1", "0.1");
	assert_round_trip("[9.8, 10.0, -0, 123456789012345, 0.000000000001, 12345.678901234, 7e-1]",
			  "[9.8,10,0,123456789012345,1e-12,12345.678901234,0.7]");
	assert_round_trip("\"plain text before ä and behind it, \\\\ \\\" then more plain text\"",
			  "\"plain text before ä and behind it, \\\\ \\\" then more plain text\"");
	assert_round_trip("[]", "[]");
}

static void
json__print__terminal_tricks_leave_as_escapes(void **state)
{
	(void)state;
	assert_round_trip("\"\\u001b[2J\\u009b\\u202e\\u200b\x7f\"",
			  "\"\\u001b[2J\\u009b\\u202e\\u200b\\u007f\"");
	assert_round_trip("\"\xf3\xa0\x81\x81\"", "\"\\udb40\\udc41\"");
}

static void
json__print_pretty__two_blanks_a_level(void **state)
{
	g_autoptr(cJSON) value = parse("{\"a\":[1,{\"b\":{}}],\"c\":[]}", NULL);
	g_autofree char *out = ps_json_print_pretty(value);

	(void)state;
	assert_string_equal(out, "{\n  \"a\": [\n    1,\n    {\n      \"b\": {}\n    }\n  ],\n"
				 "  \"c\": []\n}\n");
}

static void
json__parse__hostile_input_gets_its_place(void **state)
{
	static const struct {
		const char *text, *place;
	} rows[] = {
		{"{\"a\":1,\n \"a\":2}", "Line 2, column 2, at “/a”"},
		{"{\"a\":1,\"\\u0061\":2}", "twice"},
		{"[\"\\u0000\"]", "at “/0”"},
		{"[\"\\ud800\"]", "at “/0”"},
		{"[\"\\udc00\\ud800\"]", "surrogates"},
		{"[\"\\x\"]", "escape"},
		{"[\"\xff\"]", "0xff"},
		{"[\"\xc0\xaf\"]", "UTF-8"},
		{"[\"\xed\xa0\x80\"]", "UTF-8"},
		{"[\"a\x1b[m\"]", "0x1b"},
		{"[\"a\nb\"]", "0x0a"},
		{"{} x", "behind the end"},
		{"{}{}", "behind the end"},
		{"[01]", "leading zeros"},
		{"[1.]", "point"},
		{"[.5]", "not a JSON value"},
		{"[+1]", "not a JSON value"},
		{"[-]", "number"},
		{"[1e]", "number"},
		{"[NaN]", "not a JSON value"},
		{"[1,]", "a value"},
		{"{\"a\":1,}", "key in quotes"},
		{"{a:1}", "Line 1, column 2: this is not a JSON value"},
		{"{\"a\" 1}", "colon"},
		{"{\"a\":{\"b~/c\":[1,2,tru]}}", "at “/a/b~0~1c/2”"},
		{"[1 2]", "comma"},
		{"", "text ends"},
		{"[\"abc", "ends inside a string"},
		{"[\"abc\\", "ends inside a string"},
		{"{\"\\u202e\\u001b\":x}", "“/\\u202e\\u001b”"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_refused(rows[i].text, strlen(rows[i].text), PS_ERROR_INPUT, rows[i].place);
	assert_refused("[\"a\0b\"]", 7, PS_ERROR_INPUT, "0x00");
	assert_refused("[]\0", 3, PS_ERROR_INPUT, "Line 1, column 3");
}

static void
json__parse__duplicate_keys_of_large_objects_are_found(void **state)
{
	GString *text = g_string_new("{");

	(void)state;
	for (int i = 0; i < 1000; i++)
		g_string_append_printf(text, "\"k%d\":%d,\n", i, i);
	gsize good = text->len;
	g_string_append(text, "\"last\":0}");
	g_autoptr(cJSON) value = parse(text->str, NULL);
	assert_non_null(value);
	assert_true(ps_json_number(value, "k999", 0) == 999);
	g_string_truncate(text, good);
	g_string_append(text, "\"k3\":0}");
	assert_refused(text->str, text->len, PS_ERROR_INPUT, "Line 1001, column 1, at “/k3”");
	/* sorted up to the last but one */
	g_string_assign(text, "{");
	for (int i = 0; i < 1000; i++)
		g_string_append_printf(text, "\"k%04d\":%d,\n", i, i);
	g_string_append(text, "\"k0500\":0}");
	assert_refused(text->str, text->len, PS_ERROR_INPUT, "Line 1001, column 1, at “/k0500”");
	g_string_free(text, TRUE);
}

static void
json__parse__depth_size_and_count_have_limits(void **state)
{
	static const PsJsonLimits few = {100, 4, 3};
	g_autoptr(GError) depth = NULL, size = NULL, count = NULL;
	g_autofree char *bomb = g_strnfill(100000, '[');

	(void)state;
	assert_refused(bomb, 100000, PS_ERROR_LIMIT, "64 levels");
	assert_null(ps_json_parse("[[[[[]]]]]", 10, &few, &depth));
	assert_true(g_error_matches(depth, PS_ERROR, PS_ERROR_LIMIT));
	assert_null(ps_json_parse(bomb, 101, &few, &size));
	assert_true(g_error_matches(size, PS_ERROR, PS_ERROR_LIMIT));
	assert_null(ps_json_parse("[1,2,3]", 7, &few, &count));
	assert_true(g_error_matches(count, PS_ERROR, PS_ERROR_LIMIT));
}

static void
json__at__follows_pointers(void **state)
{
	g_autoptr(cJSON) value =
		parse("{\"a\":[{\"b/c\":1},{\"~\":2}],\"\":3,\"big\":12345678901234567890}", NULL);

	(void)state;
	assert_ptr_equal(ps_json_at(value, ""), value);
	assert_true(ps_json_at(value, "/a/0/b~1c")->valuedouble == 1);
	assert_true(ps_json_at(value, "/a/1/~0")->valuedouble == 2);
	assert_true(ps_json_at(value, "/")->valuedouble == 3);
	assert_null(ps_json_at(value, "/a/2"));
	assert_null(ps_json_at(value, "/a/00"));
	assert_null(ps_json_at(value, "/a/-1"));
	assert_null(ps_json_at(value, "a"));
	assert_true(ps_json_number(value, "big", 0) > 1e19);
}

typedef struct {
	GString *seen;
	int stop_after;
} Seen;

static gboolean
see(gpointer user, const cJSON *record, gint64 line, GError **error)
{
	Seen *seen = user;
	g_autofree char *text = ps_json_print(record);

	(void)error;
	g_string_append_printf(seen->seen, "%d %s\n", (int)line, text);
	return --seen->stop_after != 0;
}

static gboolean
records(const char *text, gsize length, const char *pointer, gsize limit, Seen *seen,
	GError **error)
{
	FILE *file = tmpfile();

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	fflush(file);
	lseek(fileno(file), 0, SEEK_SET);
	gboolean good = ps_json_records(fileno(file), pointer, limit, see, seen, error);
	fclose(file);
	return good;
}

static void
assert_records(const char *text, const char *pointer, int stop_after, const char *expected)
{
	g_autoptr(GError) error = NULL;
	Seen seen = {g_string_new(NULL), stop_after};

	if (!records(text, strlen(text), pointer, 0, &seen, &error))
		fail_msg("%s: %s", text, error->message);
	assert_string_equal(seen.seen->str, expected);
	g_string_free(seen.seen, TRUE);
}

static void
json__records__gives_each_item_of_the_list(void **state)
{
	(void)state;
	assert_records("[1,\n{\"a\":2},\n\n[3]]", "", 0, "1 1\n2 {\"a\":2}\n4 [3]\n");
	assert_records("{\"x\":[9],\"a\":{\"l\":[1,2]},\"y\":{}}", "/a/l", 0, "1 1\n1 2\n");
	assert_records("{\"a\":1}\n{\"a\":2}\n\n", "*", 0, "1 {\"a\":1}\n2 {\"a\":2}\n");
	assert_records("{\"l\":[]}", "/l", 0, "");
	assert_records("[1,2,3,x", "", 2, "1 1\n1 2\n");
}

static void
assert_records_refused(const char *text, const char *pointer, gsize limit, int code,
		       const char *place)
{
	g_autoptr(GError) error = NULL;
	Seen seen = {g_string_new(NULL), 0};

	assert_false(records(text, strlen(text), pointer, limit, &seen, &error));
	g_string_free(seen.seen, TRUE);
	assert_true(g_error_matches(error, PS_ERROR, code));
	if (!strstr(error->message, place))
		fail_msg("“%s” does not name “%s”", error->message, place);
}

static void
json__records__refuses_what_is_wrong_around_and_inside(void **state)
{
	g_autofree char *filler = g_strnfill(200000, 'x');
	g_autofree char *long_text = g_strdup_printf("[\"%s\"]", filler);

	(void)state;
	assert_records_refused("{\"a\":[1]", "/a", 0, PS_ERROR_INPUT, "comma or “}”");
	assert_records_refused("{\"a\":[1],\"a\":[2]}", "/a", 0, PS_ERROR_INPUT, "twice");
	assert_records_refused("{\"b\":[1]}", "/a", 0, PS_ERROR_NOT_FOUND, "/a");
	assert_records_refused("{\"a\":{}}", "/a", 0, PS_ERROR_INPUT, "list");
	assert_records_refused("{\"a\":[]} x", "/a", 0, PS_ERROR_INPUT, "behind the end");
	assert_records_refused("{\"b\":[01],\"a\":[]}", "/a", 0, PS_ERROR_INPUT, "at “/b/0”");
	assert_records_refused("{\"b\":\"\xff\",\"a\":[]}", "/a", 0, PS_ERROR_INPUT, "0xff");
	assert_records_refused("[{\"a\":1,\"a\":1}]", "", 0, PS_ERROR_INPUT, "at “/0/a”");
	assert_records_refused(long_text, "", 100000, PS_ERROR_LIMIT, "longer than the limit");
	assert_records_refused("[[1,2,3,4,5,6,7,8,9,10,11,12]]", "", 10, PS_ERROR_LIMIT,
			       "one record");
}

/* Tokens that cross the ends of blocks. */
static void
json__records__blocks_do_not_show(void **state)
{
	GString *text = g_string_new("[");
	Seen seen = {g_string_new(NULL), 0};
	GString *expected = g_string_new(NULL);

	(void)state;
	for (int i = 0; i < 40000; i++) {
		g_string_append_printf(text, "%s\"é%d\\n\"", i ? ",\n" : "", i);
		g_string_append_printf(expected, "%d \"é%d\\n\"\n", i + 1, i);
	}
	g_string_append_c(text, ']');
	assert_true(records(text->str, text->len, "", 0, &seen, NULL));
	assert_true(g_string_equal(seen.seen, expected));
	g_string_free(text, TRUE);
	g_string_free(seen.seen, TRUE);
	g_string_free(expected, TRUE);
}

static void
json_tree__number__equal_texts_are_one(void **state)
{
	char *text =
		g_strdup("{\"a\":[\"x\",\"y\",\"x\",\"\\u0078\"],\"x\":{\"b\":1,\"c\":\"z\"}}");
	g_autoptr(PsJsonTree) tree = ps_json_tree_new(text, strlen(text), NULL, NULL);
	const cJSON *root = ps_json_tree_root(tree), *list = root->child;
	const cJSON *first = list->child, *third = first->next->next;

	(void)state;
	assert_int_equal(ps_json_tree_texts(tree), 3);
	assert_int_equal(ps_json_text_number(first), 1);
	assert_int_equal(ps_json_text_number(first->next), 2);
	assert_int_equal(ps_json_text_number(third), 1);
	assert_int_equal(ps_json_text_number(third->next), 1);
	assert_ptr_equal(first->valuestring, third->next->valuestring);
	assert_int_equal(ps_json_tree_find(tree, "z"), 3);
	assert_int_equal(ps_json_tree_find(tree, "a"), 0);
	assert_int_equal(ps_json_text_number(list), 0);
	assert_int_equal(ps_json_size(root), 2);
	assert_int_equal(ps_json_size(list), 4);
	assert_int_equal(ps_json_size(first), 0);
	assert_int_equal(ps_json_size(NULL), 0);
}

static void
json_tree__number__many_texts_have_many_numbers(void **state)
{
	g_autoptr(GString) text = g_string_new("[\"\"");
	const guint n = 5000;

	(void)state;
	for (guint i = 0; i < 2 * n; i++)
		g_string_append_printf(text, ",\"%u\"", i % n);
	g_string_append_c(text, ']');
	gsize length = text->len;
	g_autoptr(PsJsonTree) tree = ps_json_tree_new(g_strdup(text->str), length, NULL, NULL);
	guint i = 0;
	const cJSON *item;
	cJSON_ArrayForEach (item, ps_json_tree_root(tree)) {
		assert_int_equal(ps_json_text_number(item), i == 0 ? 1 : (i - 1) % n + 2);
		assert_int_equal(ps_json_tree_find(tree, item->valuestring),
				 ps_json_text_number(item));
		i++;
	}
	assert_int_equal(i, 2 * n + 1);
	assert_int_equal(ps_json_tree_texts(tree), n + 1);
}

static void
json_tree__copy__is_the_same_and_numbered(void **state)
{
	const char *text = "{\"a\":[\"x\",{},[],\"y\",\"x\",1.5,true,null,12345678901234567890],"
			   "\"b\":\"y\"}";
	g_autoptr(cJSON) value = parse(text, NULL);
	g_autoptr(PsJsonTree) tree = ps_json_tree_copy(value);
	const cJSON *root = ps_json_tree_root(tree);
	g_autofree char *one = ps_json_print(value), *other = ps_json_print(root);

	(void)state;
	assert_string_equal(one, other);
	assert_int_equal(ps_json_tree_texts(tree), 2);
	assert_int_equal(ps_json_text_number(root->child->next), 2);
	assert_int_equal(ps_json_size(root->child), 9);
	assert_ptr_equal(root->child->child->prev->string, NULL);
	assert_int_equal(root->child->child->prev->type, cJSON_Raw);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_tree__number__equal_texts_are_one),
		cmocka_unit_test(json_tree__number__many_texts_have_many_numbers),
		cmocka_unit_test(json_tree__copy__is_the_same_and_numbered),
		cmocka_unit_test(json__parse__keeps_values_and_large_integers),
		cmocka_unit_test(json__print__terminal_tricks_leave_as_escapes),
		cmocka_unit_test(json__print_pretty__two_blanks_a_level),
		cmocka_unit_test(json__parse__hostile_input_gets_its_place),
		cmocka_unit_test(json__parse__duplicate_keys_of_large_objects_are_found),
		cmocka_unit_test(json__parse__depth_size_and_count_have_limits),
		cmocka_unit_test(json__at__follows_pointers),
		cmocka_unit_test(json__records__gives_each_item_of_the_list),
		cmocka_unit_test(json__records__refuses_what_is_wrong_around_and_inside),
		cmocka_unit_test(json__records__blocks_do_not_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
