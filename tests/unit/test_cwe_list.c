#include "config.h"

/* Picking a weakness: search and judgement. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "scoring/cwe-list.h"

static int
setup(void **state)
{
	*state = ps_cwe_list_open(NULL);
	return *state ? 0 : -1;
}

static int
teardown(void **state)
{
	ps_cwe_list_free(*state);
	return 0;
}

static const PsCweItem *
hit(const PsCweList *list, const char *text, guint place)
{
	g_autoptr(GArray) found = ps_cwe_list_search(list, text);

	return place < found->len ? ps_cwe_list_item(list, g_array_index(found, guint, place))
				  : NULL;
}

static void
search__best_hit__comes_first(void **state)
{
	static const char *const cases[][2] = {
		{"79", "CWE-79"},
		{"CWE-79", "CWE-79"},
		{"cwe 79", "CWE-79"},
		{"XSS", "CWE-79"},
		{"cross-site scripting", "CWE-79"},
		{"scripting cross", "CWE-79"},
		{"sqli", "CWE-89"},
		{"path traversal", "CWE-22"},
		{"use after free", "CWE-416"},
		{"ssrf", "CWE-918"},
		{"out-of-bounds write", "CWE-787"},
		{"improper authentication", "CWE-287"},
		{"HARD-CODED cred", "CWE-798"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		const PsCweItem *item = hit(*state, cases[i][0], 0);
		if (!item || !g_str_equal(item->id, cases[i][1]))
			fail_msg("%s: %s", cases[i][0], item ? item->id : "nothing");
	}
}

static void
search__beginning_of_an_id__fits_after_the_whole_one(void **state)
{
	assert_string_equal(hit(*state, "78", 0)->id, "CWE-78");
	assert_true(g_str_has_prefix(hit(*state, "78", 1)->id, "CWE-78"));
	assert_null(hit(*state, "99999", 0));
}

static void
search__every_word__must_be_there(void **state)
{
	g_autoptr(GArray) all = ps_cwe_list_search(*state, "");

	assert_int_equal(all->len, ps_cwe_list_count(*state));
	assert_null(hit(*state, "buffer zzz", 0));
	assert_null(hit(*state, "\xff\xfe", 0));
}

static void
search__what_must_not_be_used__comes_behind(void **state)
{
	g_autoptr(GArray) found = ps_cwe_list_search(*state, "improper");
	gboolean prohibited = FALSE;

	for (guint i = 0; i < found->len; i++) {
		const PsCweItem *item = ps_cwe_list_item(*state, g_array_index(found, guint, i));
		if (!g_str_has_prefix(item->name, "Improper"))
			break;
		if (item->usage == PS_CWE_PROHIBITED)
			prohibited = TRUE;
		else if (item->usage == PS_CWE_ALLOWED)
			assert_false(prohibited);
	}
}

static void
check__typed_weakness__is_written_out_or_refused(void **state)
{
	g_autoptr(GError) unknown = NULL, deprecated = NULL;
	g_autofree char *id = ps_cwe_check("cwe-79", NULL), *digits = ps_cwe_check("79", NULL);

	(void)state;
	assert_string_equal(id, "CWE-79");
	assert_string_equal(digits, "CWE-79");
	assert_null(ps_cwe_check("CWE-1", &unknown));
	assert_int_equal(unknown->code, PS_ERROR_INPUT);
	assert_null(ps_cwe_check("CWE-132", &deprecated));
	assert_non_null(strstr(deprecated->message, "deprecated"));
	assert_null(ps_cwe_check("", NULL));
	assert_null(ps_cwe_check("CWE-", NULL));
	assert_null(ps_cwe_check("CWE-079x", NULL));
	assert_null(ps_cwe_check("CWE-99999999999999999999", NULL));
}

static void
item__warning__speaks_of_discouraged_and_prohibited(void **state)
{
	assert_null(ps_cwe_item_warning(ps_cwe_list_find(*state, "79")));
	assert_non_null(strstr(ps_cwe_item_warning(ps_cwe_list_find(*state, "20")), "discourages"));
	assert_non_null(strstr(ps_cwe_item_warning(ps_cwe_list_find(*state, "1041")), "prohibits"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(search__best_hit__comes_first),
		TEST(search__beginning_of_an_id__fits_after_the_whole_one),
		TEST(search__every_word__must_be_there),
		TEST(search__what_must_not_be_used__comes_behind),
		TEST(check__typed_weakness__is_written_out_or_refused),
		TEST(item__warning__speaks_of_discouraged_and_prohibited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
