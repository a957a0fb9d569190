#include "config.h"

/* Our lists against the registers that they were made from (folder csaf/registries of
 * $PSIRTDESK_SHARED/data): every language subtag of IANA, every weakness of each release of CWE. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "advisory/language.h"
#include "scoring/cwe.h"

static char *
register_path(const char *name)
{
	const char *folder = g_getenv("PSIRTDESK_SHARED");

	return g_build_filename(folder ? folder : ".", "data", "csaf", "registries", name, NULL);
}

/* ---- languages ---- */

/* The value behind a field's name in a record; NULL: it has none. New string. */
static char *
field(const char *record, const char *name)
{
	g_autofree char *start = g_strdup_printf("\n%s: ", name);
	const char *at = strstr(record, start);

	return at ? g_strndup(at + strlen(start), strcspn(at + strlen(start), "\n")) : NULL;
}

/* A tag in which the record's subtag stands where one of its type may; NULL: a range. */
static char *
tag_of(const char *record)
{
	static const struct {
		const char *type, *prefix;
	} types[] = {{"language", ""},
		     {"extlang", "zh-"},
		     {"script", "en-"},
		     {"region", "en-"},
		     {"variant", "en-"}};
	g_autofree char *type = field(record, "Type"), *subtag = field(record, "Subtag");
	g_autofree char *prefix = field(record, "Prefix");

	for (gsize i = 0; type && subtag && i < G_N_ELEMENTS(types); i++)
		if (g_str_equal(type, types[i].type) && !strstr(subtag, ".."))
			return prefix ? g_strconcat(prefix, "-", subtag, NULL)
				      : g_strconcat(types[i].prefix, subtag, NULL);
	return field(record, "Tag");
}

/* Old tags of a form that CSAF does not take are passed over. */
static void
check_record(const char *record, const PsTableFile *table, int *seen)
{
	g_autofree char *tag = tag_of(record);
	PsLanguage language;

	if (!tag || strstr(tag, ".."))
		return;
	if (!ps_language_parse(tag, &language)) {
		assert_non_null(strstr(record, "\nType: grandfathered"));
		return;
	}
	g_autofree char *unknown = ps_language_unknown(&language, table);
	g_autofree char *repeated = ps_language_repeated(&language);
	if (unknown || repeated)
		fail_msg("%s: %s", tag, unknown ? unknown : repeated);
	(*seen)++;
}

static void
languages__each_of_the_register__is_known(void **state)
{
	g_autofree char *path = register_path("language-subtag-registry.txt"), *text = NULL;
	int seen = 0;

	(void)state;
	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		print_message("# the register of languages is not here: skipped\n");
		return;
	}
	g_autoptr(PsTableFile) table = ps_table_file_open("language-subtags.tsv", NULL);
	assert_non_null(table);
	g_auto(GStrv) records = g_strsplit(text, "%%", -1);
	for (char **record = records; *record; record++)
		check_record(*record, table, &seen);
	assert_true(seen > 9000);
}

/* ---- weaknesses ---- */

enum { ID, STATUS, NAME, HAS_USAGE, USAGE, COLUMNS };

static void
check_weakness(const PsCwe *cwe, const char *version, const char *line, int *seen)
{
	g_auto(GStrv) cells = g_strsplit(line, "\t", -1);
	g_auto(PsCweEntry) entry = {0};

	if (g_strv_length(cells) < COLUMNS)
		return;
	g_autofree char *id = g_strconcat("CWE-", cells[ID], NULL);
	if (ps_cwe_lookup(cwe, version, id, &entry) != PS_CWE_FOUND)
		fail_msg("%s is not in CWE %s", id, version);
	g_strchomp(entry.name);
	assert_string_equal(entry.name, g_strchomp(cells[NAME]));
	assert_int_equal(entry.deprecated, g_ascii_strcasecmp(cells[STATUS], "Deprecated") == 0);
	if (*cells[USAGE])
		assert_string_equal(ps_cwe_usage_word(entry.usage), cells[USAGE]);
	else
		assert_int_equal(entry.usage, PS_CWE_NOT_STATED);
	(*seen)++;
}

/* One release, from a file "cwe_VERSION_DATE.csv". */
static void
check_release(const PsCwe *cwe, const char *folder, const char *file, int *seen)
{
	g_autofree char *path = g_build_filename(folder, file, NULL), *text = NULL;
	g_auto(GStrv) parts = g_strsplit(file, "_", -1);

	assert_int_equal(g_strv_length(parts), 3);
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		check_weakness(cwe, parts[1], *line, seen);
}

static void
weaknesses__each_of_every_release__is_as_listed(void **state)
{
	g_autofree char *path = register_path("cwe");
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	int seen = 0;

	(void)state;
	if (!folder) {
		print_message("# the releases of CWE are not here: skipped\n");
		return;
	}
	g_autoptr(PsCwe) cwe = ps_cwe_open(NULL);
	assert_non_null(cwe);
	for (const char *file; (file = g_dir_read_name(folder));)
		check_release(cwe, path, file, &seen);
	assert_true(seen > 40000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages__each_of_the_register__is_known),
		cmocka_unit_test(weaknesses__each_of_every_release__is_as_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
