#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/table-file.h"
#include "scoring/cwe.h"

typedef struct {
	const char *version, *id;
	PsCweFound found;
	const char *name;
	gboolean deprecated;
	PsCweUsage usage;
} Row;

static const Row rows[] = {
	{"4.13", "CWE-20", PS_CWE_FOUND, "Improper Input Validation", FALSE, PS_CWE_DISCOURAGED},
	{"4.13", "CWE-1023", PS_CWE_FOUND, "Incomplete Comparison with Missing Factors", FALSE,
	 PS_CWE_ALLOWED_WITH_REVIEW},
	{"4.11", "CWE-1023", PS_CWE_FOUND, "Incomplete Comparison with Missing Factors", FALSE,
	 PS_CWE_NOT_STATED},
	{"4.13", "CWE-596", PS_CWE_FOUND, "DEPRECATED: Incorrect Semantic Object Comparison", TRUE,
	 PS_CWE_PROHIBITED},
	{"3.0", "CWE-596", PS_CWE_FOUND, "Incorrect Semantic Object Comparison", FALSE,
	 PS_CWE_NOT_STATED},
	/* composites were held in another list of 2.12 */
	{"2.12", "CWE-352", PS_CWE_FOUND, "Cross-Site Request Forgery (CSRF)", FALSE,
	 PS_CWE_NOT_STATED},
	{"4.12", "CWE-1419", PS_CWE_NO_WEAKNESS, NULL, FALSE, PS_CWE_NOT_STATED},
	{"4.13", "CWE-1008", PS_CWE_NO_WEAKNESS, NULL, FALSE, PS_CWE_NOT_STATED},
	{"4.13", "CWE-", PS_CWE_NO_WEAKNESS, NULL, FALSE, PS_CWE_NOT_STATED},
	{"4.99", "CWE-20", PS_CWE_NO_RELEASE, NULL, FALSE, PS_CWE_NOT_STATED},
	{"4.1", "CWE-1313", PS_CWE_NO_WEAKNESS, NULL, FALSE, PS_CWE_NOT_STATED},
	{"", "CWE-20", PS_CWE_NO_RELEASE, NULL, FALSE, PS_CWE_NOT_STATED},
};

static void
cwe__lookup__knows_each_release(void **state)
{
	g_autoptr(PsCwe) cwe = ps_cwe_open(NULL);

	(void)state;
	assert_non_null(cwe);
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(PsCweEntry) entry = {NULL, FALSE, PS_CWE_NOT_STATED};
		assert_int_equal(ps_cwe_lookup(cwe, rows[i].version, rows[i].id, &entry),
				 rows[i].found);
		if (!rows[i].name) {
			assert_null(entry.name);
			continue;
		}
		assert_string_equal(entry.name, rows[i].name);
		assert_int_equal(entry.deprecated, rows[i].deprecated);
		assert_int_equal(entry.usage, rows[i].usage);
		assert_int_equal(ps_cwe_lookup(cwe, rows[i].version, rows[i].id, NULL),
				 PS_CWE_FOUND);
	}
}

static void
cwe__release_at__follows_the_days(void **state)
{
	g_autoptr(PsCwe) cwe = ps_cwe_open(NULL);

	(void)state;
	assert_non_null(cwe);
	assert_null(ps_cwe_release_at(cwe, 0));
	/* 2017-11-08: two releases on one day */
	assert_string_equal(ps_cwe_release_at(cwe, 1510099200), "3.0");
	assert_string_equal(ps_cwe_release_at(cwe, 1510099199), "2.11");
	/* 2024-01-21T10:00:00Z */
	assert_string_equal(ps_cwe_release_at(cwe, 1705831200), "4.13");
	assert_string_equal(ps_cwe_release_date(cwe, "4.13"), "2023-10-26");
	assert_null(ps_cwe_release_date(cwe, "4"));
	assert_string_equal(ps_cwe_release_at(cwe, G_GINT64_CONSTANT(32503680000)),
			    ps_cwe_newest(cwe));
	assert_true(ps_cwe_is_newer(cwe, "99.0"));
	assert_false(ps_cwe_is_newer(cwe, ps_cwe_newest(cwe)));
	assert_false(ps_cwe_is_newer(cwe, "4.9"));
	assert_false(ps_cwe_is_newer(cwe, ""));
}

typedef struct {
	const PsCwe *cwe;
	guint rows, differ;
} Newest;

static gboolean
compare_newest(gpointer user, const char *key, char *const *cells)
{
	Newest *newest = user;
	g_auto(PsCweEntry) entry = {NULL, FALSE, PS_CWE_NOT_STATED};

	newest->rows++;
	if (ps_cwe_lookup(newest->cwe, ps_cwe_newest(newest->cwe), key, &entry) != PS_CWE_FOUND ||
	    strcmp(entry.name, cells[0]) != 0 ||
	    entry.deprecated != g_str_equal(cells[1], "Deprecated") ||
	    strcmp(ps_cwe_usage_word(entry.usage), cells[2]) != 0)
		newest->differ++;
	return TRUE;
}

static void
cwe__newest_release__is_the_list_for_picking(void **state)
{
	g_autoptr(PsCwe) cwe = ps_cwe_open(NULL);
	g_autoptr(PsTableFile) list = ps_table_file_open("cwe.tsv", NULL);
	Newest newest = {cwe, 0, 0};

	(void)state;
	assert_non_null(cwe);
	assert_non_null(list);
	ps_table_file_each(list, compare_newest, &newest);
	assert_true(newest.rows > 900);
	assert_int_equal(newest.differ, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cwe__lookup__knows_each_release),
		cmocka_unit_test(cwe__release_at__follows_the_days),
		cmocka_unit_test(cwe__newest_release__is_the_list_for_picking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
