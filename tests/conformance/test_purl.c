#include "config.h"

/* The cases of the package URL specification (folder purl of $PSIRTDESK_SHARED/data): which are
 * taken and which refused; and some of our own. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "registry/purl.h"

/* Refused by one case and taken by another (capital letters in qualifiers), or rules of a type that
 * we do not judge (the form of extension ids and versions). */
static const char *const exceptions[] = {
	"pkg:chrome-extension/dogs",
	"pkg:chrome-extension/dlpngalgnefjeiefhmpklpfiohadpglk@1.2.3.4.5",
	"pkg:chrome-extension/dlpngalgnefjeiefhmpklpfiohadpglk@1.2.3-beta",
	"pkg:gem/jruby-launcher@1.1.2?Platform=java",
	"pkg:Rpm/fedora/curl@7.50.3-1.fc25?Arch=i386&Distro=fedora-25",
	NULL,
};

static const char *
text_or(const char *text)
{
	return text ? text : "";
}

static void
assert_parts(const PsPurl *purl, const cJSON *expected)
{
	static const char *const names[] = {"type", "namespace", "name", "version", "subpath"};
	const char *const parts[] = {purl->type, purl->namespace, purl->name, purl->version,
				     purl->subpath};

	/* what a type changes in spelling is not our matter here */
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(text_or(parts[i]),
				       text_or(ps_json_text(expected, names[i]))))
			print_message("# %s: “%s”, expected “%s”\n", names[i], text_or(parts[i]),
				      text_or(ps_json_text(expected, names[i])));
}

static int
check_case(const cJSON *test)
{
	const char *input = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "input"));
	const char *kind = ps_json_text(test, "test_type");
	g_autoptr(GError) error = NULL;

	if (!input || (g_strcmp0(kind, "parse") != 0 && g_strcmp0(kind, "validate") != 0) ||
	    g_strv_contains(exceptions, input))
		return 0;
	g_autoptr(PsPurl) purl = ps_purl_parse(input, &error);
	if ((purl == NULL) != ps_json_flag(test, "expected_failure")) {
		print_error("%s: %s\n", input, purl ? "taken" : error->message);
		return 1;
	}
	if (purl && g_str_equal(kind, "parse"))
		assert_parts(purl, cJSON_GetObjectItemCaseSensitive(test, "expected_output"));
	return 0;
}

static int
check_folder(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	int wrong = 0;

	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autoptr(cJSON) file = g_str_has_suffix(name, "-test.json")
						? ps_json_read_file(path, NULL, NULL)
						: NULL;
		const cJSON *test;
		cJSON_ArrayForEach (test, cJSON_GetObjectItemCaseSensitive(file, "tests"))
			wrong += check_case(test);
	}
	return wrong;
}

static void
purl__specification_cases__are_taken_or_refused_as_written(void **state)
{
	static const char *const folders[] = {"types", "spec"};
	const char *shared = g_getenv("PSIRTDESK_SHARED");

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder =
			g_build_filename(shared ? shared : ".", "data", "purl", folders[i], NULL);
		if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
			print_message("# purl/%s is not here: skipped\n", folders[i]);
		assert_int_equal(check_folder(folder), 0);
	}
}

static void
purl__parse__gives_the_parts(void **state)
{
	g_autoptr(PsPurl) purl =
		ps_purl_parse("pkg:NPM/%40scope/na%20me@1.0%2B1?arch=x86&os=linux#a/./b", NULL);

	(void)state;
	assert_non_null(purl);
	assert_string_equal(purl->type, "npm");
	assert_string_equal(purl->namespace, "@scope");
	assert_string_equal(purl->name, "na me");
	assert_string_equal(purl->version, "1.0+1");
	assert_string_equal(purl->keys[0], "arch");
	assert_string_equal(purl->values[1], "linux");
	assert_null(purl->keys[2]);
	assert_string_equal(purl->subpath, "a/b");
}

static void
purl__parse__refuses_with_the_part(void **state)
{
	static const struct {
		const char *text, *part;
	} rows[] = {
		{"", "pkg:"},
		{"generic/a", "pkg:"},
		{"pkg:", "type"},
		{"pkg:1generic/a", "begin with a letter"},
		{"pkg:ge_neric/a", "holds “_”"},
		{"pkg:generic/", "name"},
		{"pkg:generic/a@%zz", "version"},
		{"pkg:generic/a%00b", "name"},
		{"pkg:generic/%ff", "name"},
		{"pkg:generic/a?1k=v", "qualifier"},
		{"pkg:generic/a?k", "“=”"},
		{"pkg:generic/a?k=v&K=w", "twice"},
		{"pkg:generic/a%2fb/c", "namespace"},
		{"pkg:maven/a", "needs a namespace"},
		{"pkg:pypi/a/b", "has no namespace"},
		{"pkg:swid/a", "tag_id"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		if (ps_purl_check(rows[i].text, &error))
			fail_msg("taken: %s", rows[i].text);
		assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
		if (!strstr(error->message, rows[i].part))
			fail_msg("%s: %s", rows[i].text, error->message);
	}
}

/* Ordinary ones are judged without taking them apart; the answer must be the same. Every byte of a
 * few is replaced by every byte that means something, and left out. */
static void
purl__check__agrees_with_parse(void **state)
{
	static const char *const texts[] = {
		"pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie",
		"pkg:maven/org.apache/xml@1.9.1",
		"pkg:golang/google.org/api@abc%2Fd#api/a",
		"pkg:pypi/django@1.11",
		"pkg:cpan/A/B-C@1",
		"pkg:generic/a%20b@1?k=v&l=w",
	};
	static const char bytes[] = "aA1/@?&=#%:._-+~ \"";

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		for (gsize at = 0; texts[i][at]; at++) {
			for (gsize b = 0; b < sizeof bytes; b++) {
				g_autoptr(GString) text = g_string_new(texts[i]);
				g_string_erase(text, (gssize)at, 1);
				if (bytes[b])
					g_string_insert_c(text, (gssize)at, bytes[b]);
				g_autoptr(PsPurl) purl = ps_purl_parse(text->str, NULL);
				if (ps_purl_check(text->str, NULL) != (purl != NULL))
					fail_msg("%s", text->str);
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(purl__specification_cases__are_taken_or_refused_as_written),
		cmocka_unit_test(purl__parse__gives_the_parts),
		cmocka_unit_test(purl__parse__refuses_with_the_part),
		cmocka_unit_test(purl__check__agrees_with_parse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
