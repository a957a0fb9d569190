#include "config.h"

/* Forms of texts: against the schema's own expressions on many made-up texts, and by hand where
 * there is no expression. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/language.h"

#define TEXTS 20000
#define TEXT_MAX 24

/* CSAF 2.0 schema; \s and \S are spelled for PCRE as ECMA-262 has them */
#define SPACE                                                                                      \
	"\\t\\n\\x{b}\\f\\r "                                                                      \
	"\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{"     \
	"feff}"
#define ANY "[^\\n\\r\\x{2028}\\x{2029}]"
#define CPE_PART                                                                                   \
	"(((\\?*|\\*?)([a-zA-Z0-9\\-\\._]|(\\\\[\\\\\\*\\?!\"#\\$%&'\\(\\)\\+,/:;<=>@\\[\\]\\^`"   \
	"\\{\\|\\}~]))+(\\?*|\\*?))|[\\*\\-])"

/* Pieces of the expression for namespaces in the schema of SSVC's selection list */
#define LABEL "([a-z]|[0-9])(((([a-z]|[0-9])|-)){0,61}([a-z]|[0-9]))?"
#define HOST LABEL "(\\." LABEL ")+"
#define FRAGMENT "#(([a-z]|[0-9]))+((\\.|-)(([a-z]|[0-9]))+)*"
#define TAG                                                                                        \
	"(([a-zA-Z]{2,3}(-[a-zA-Z]{3}(-[a-zA-Z]{3}){0,2})?|[a-zA-Z]{4,8})(-[a-zA-Z]{4})?(-([a-zA-" \
	"Z]{2}|[0-9]{3}))?(-(([a-zA-Z0-9]){5,8}|[0-9]([a-zA-Z0-9]){3}))*(-[0-9A-WY-Za-wy-z](-(["   \
	"a-zA-Z0-9]){2,8})+)*(-[xX](-([a-zA-Z0-9]){2,8})+)?|[xX](-([a-zA-Z0-9]){2,8})+|i-default|" \
	"i-mingo)"

static const struct {
	PsCsafFormat format;
	const char *expression;
	const char *alphabet; /* pieces parted by blanks; "_" is a blank */
} expressions[] = {
	{PS_CSAF_CVE, "^CVE-[0-9]{4}-[0-9]{4,}$", "CVE- CVE-2026- 12 3 - x 2026"},
	{PS_CSAF_CWE, "^CWE-[1-9]\\d{0,5}$", "CWE- 0 1 79 123 x -"},
	{PS_CSAF_HASH, "^[0-9a-fA-F]{32,}$", "0123456789abcdef ABCDEF01 0 f g"},
	{PS_CSAF_CATEGORY, "^[^" SPACE "\\-_\\.](" ANY "*[^" SPACE "\\-_\\.])?$",
	 "a csaf - . _ é \xc2\xa0 \n \xe2\x80\xa8 base"},
	{PS_CSAF_TRACKING_ID, "^[^" SPACE "](" ANY "*[^" SPACE "])?$",
	 "a - . _ é \xc2\xa0 \n \xe2\x80\xa8 X"},
	{PS_CSAF_VERSION,
	 "^(0|[1-9][0-9]*)$|^((0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|"
	 "\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+(["
	 "0-"
	 "9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?)$",
	 "0 1 12 . . - + rc a 01"},
	{PS_CSAF_LANG,
	 "^(([A-Za-z]{2,3}(-[A-Za-z]{3}(-[A-Za-z]{3}){0,2})?|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-"
	 "z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WY-Za-wy-z0-9](-[A-Za-z0-"
	 "9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?|[Xx](-[A-Za-z0-9]{1,8})+|[Ii]-[Dd][Ee][Ff][Aa]["
	 "Uu]"
	 "[Ll][Tt]|[Ii]-[Mm][Ii][Nn][Gg][Oo])$",
	 "en de- -AT -Latn -zho -419 -x -a -u -abc1 -1abc -default i i-default x b 12345678 "
	 "123456789"},
	{PS_CSAF_CPE,
	 "^(cpe:2\\.3:[aho\\*\\-](:" CPE_PART
	 "){5}(:(([a-zA-Z]{2,3}(-([a-zA-Z]{2}|[0-9]{3}))?)|[\\*"
	 "\\-]))(:" CPE_PART "){4})|([c][pP][eE]:/[AHOaho]?(:[A-Za-z0-9\\._\\-~%]*){0,6})$",
	 "cpe:2.3:o :a:b:1:*:* :* :- :en-US :*:*:*:*:* cpe:/ a :b:c ? * \\: % é :"},
	/* CSAF 2.1 */
	{PS_CSAF_CPE_WHOLE,
	 "^((cpe:2\\.3:[aho\\*\\-](:" CPE_PART
	 "){5}(:(([a-zA-Z]{2,3}(-([a-zA-Z]{2}|[0-9]{3}))?)|[\\*"
	 "\\-]))(:" CPE_PART "){4})|([c][pP][eE]:/[AHOaho]?(:[A-Za-z0-9\\._\\-~%]*){0,6}))$",
	 "cpe:2.3:o :a:b:1:*:* :* :- :en-US :*:*:*:*:* cpe:/ a :b:c ? * \\: % é :"},
	{PS_CSAF_HASH_SMALL, "^[0-9a-f]{32,}$", "0123456789abcdef abcdef01 0 f A g"},
	{PS_CSAF_ALGORITHM, "^[0-9a-z][0-9a-z-]*$", "sha 3 - 256 A _ é"},
	{PS_CSAF_UUID,
	 "^(([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})|([0]{8}-([0]{4}-){3}[0]"
	 "{12})|([f]{8}-([f]{4}-){3}[f]{12}))$",
	 "86c81730-1a06-478d-82d4-978e41eb332f ffffffff-ffff-ffff-ffff-ffffffffffff "
	 "00000000-0000-0000-0000-000000000000 86c81730-1a06- 478d-82d4-978e41eb332f "
	 "378d-82d4-978e41eb332f a -"},
	{PS_CSAF_CWE_VERSION, "^[1-9]\\d*\\.([0-9]|([1-9]\\d+))(\\.\\d+)?$", "0 1 4 20 . . 01 a"},
	{PS_CSAF_PROBABILITY, "^(([0]\\.([0-9])+)|([1]\\.[0]+))$", "0 1 . 0. 1. 5 00 e"},
	{PS_CSAF_SEMVER,
	 "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-"
	 "Z-"
	 "]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-"
	 "zA-Z-]"
	 "+)*))?$",
	 "0 1.2.3 1. 12.0 . - + rc a 01"},
	{PS_CSAF_SSVC_KEY, "^(([a-zA-Z0-9])|([a-zA-Z0-9][a-zA-Z0-9_]*[a-zA-Z0-9])|(T\\*))$",
	 "T * a _ 9 T* - é"},
	{PS_CSAF_SSVC_NAMESPACE,
	 "^(x_" HOST FRAGMENT "|[a-z]([a-z]|[0-9])(((\\.|-))?(([a-z]|[0-9]))+)+(" FRAGMENT
	 ")?)((/|/" TAG ")((/(" TAG "|\\." HOST FRAGMENT "|\\.(" HOST "|" HOST FRAGMENT ")\\$" TAG
	 "))+)?)?$",
	 "ssvc x_example.com #team / // de -x-ab en-GB . .a.b $ $fr # - i-default x 1 A"},
	{PS_CSAF_VECTOR_4,
	 "^CVSS:4[.]0/AV:[NALP]/AC:[LH]/AT:[NP]/PR:[NLH]/UI:[NPA]/VC:[HLN]/VI:[HLN]/VA:[HLN]/SC:["
	 "HLN]/SI:[HLN]/SA:[HLN](/E:[XAPU])?(/CR:[XHML])?(/IR:[XHML])?(/AR:[XHML])?(/MAV:[XNALP])?("
	 "/MAC:[XLH])?(/MAT:[XNP])?(/MPR:[XNLH])?(/MUI:[XNPA])?(/MVC:[XNLH])?(/MVI:[XNLH])?(/MVA:["
	 "XNLH])?(/MSC:[XNLH])?(/MSI:[XNLHS])?(/MSA:[XNLHS])?(/S:[XNP])?(/AU:[XNY])?(/R:[XAUI])?(/"
	 "V:[XDC])?(/RE:[XLMH])?(/U:(X|Clear|Green|Amber|Red))?$",
	 "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N /VC:H/VI:L/VA:N/SC:H/SI:L/SA:N /E:A /CR:X /MSI:S "
	 "/MSI:N "
	 "/U:Red /U:red /S:P /RE:M / x"},
};

static guint32
next_random(guint32 *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static char *
random_text(char **pieces, guint32 *state)
{
	GString *text = g_string_new(NULL);
	guint n = g_strv_length(pieces), length = 1 + next_random(state) % 9;

	for (guint i = 0; i < length; i++)
		g_string_append(text, pieces[next_random(state) % n]);
	return g_string_free(text, FALSE);
}

static void
format__each__agrees_with_the_schemas_expression(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(expressions); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GRegex) regex =
			g_regex_new(expressions[i].expression, G_REGEX_DOLLAR_ENDONLY, 0, &error);
		g_auto(GStrv) pieces = g_strsplit(expressions[i].alphabet, " ", -1);
		guint32 seed = 2026;
		int matching = 0;
		if (!regex)
			fail_msg("%s", error->message);
		for (int n = 0; n < TEXTS; n++) {
			g_autofree char *text = random_text(pieces, &seed);
			gboolean expected = g_regex_match(regex, text, 0, NULL);
			matching += expected;
			if (ps_csaf_format_matches(expressions[i].format, text) != expected)
				fail_msg("format %d: “%s” should%s match", expressions[i].format,
					 text, expected ? "" : " not");
		}
		/* else the comparison says nothing */
		if (matching < 20 || matching > TEXTS - 20)
			fail_msg("format %d: %d of %d texts match", expressions[i].format, matching,
				 TEXTS);
	}
}

static void
time__parse__instants_and_what_does_not_exist(void **state)
{
	static const struct {
		const char *text;
		gint64 seconds;
		int nanoseconds;
	} good[] = {
		{"1970-01-01T00:00:00Z", 0, 0},
		{"2026-11-21T09:30:00+01:00", 1795249800, 0},
		{"2026-11-21t08:30:00.5z", 1795249800, 500000000},
		{"2016-12-31T23:59:60Z", 1483228800, 0},
		{"2017-01-01T00:59:60+01:00", 1483228800, 0},
		{"1969-12-31T23:59:59.123456789999Z", -1, 123456789},
		{"0000-03-01T00:00:00Z", -62162035200, 0},
	};
	static const char *const bad[] = {
		"",
		"2026-02-29T00:00:00Z",
		"2026-11-21",
		"2026-11-21 09:30:00Z",
		"2026-11-21T24:00:00Z",
		"2026-11-21T09:60:00Z",
		"2026-11-21T09:30:00",
		"2026-11-21T09:30Z",
		"2026-11-21T09:30:60Z",
		"2026-11-21T09:30:00.Z",
		"2026-11-21T09:30:00+24:00",
		"2026-11-21T09:30:00Z ",
		"02026-11-21T09:30:00Z",
		"2026-1-21T09:30:00Z",
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
		gint64 seconds;
		int nanoseconds;
		if (!ps_csaf_time(good[i].text, &seconds, &nanoseconds))
			fail_msg("%s", good[i].text);
		assert_true(seconds == good[i].seconds);
		assert_int_equal(nanoseconds, good[i].nanoseconds);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
		if (ps_csaf_time(bad[i], NULL, NULL))
			fail_msg("taken: %s", bad[i]);
}

static void
uri__is__whole_and_well_formed(void **state)
{
	static const char *const good[] = {
		"https://example.com",
		"https://example.com/a%20b?c=d&e#f",
		"mailto:a@example.com",
		"urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
		"https://[::1]:443/x",
		"https://[::ffff:192.0.2.1]",
		"https://[v1.a:b]/",
		"https://example.com:/",
		"https://user:word@example.com:8080/",
		"pkg:generic/a",
		"file:///etc/hosts",
		"tel:+1",
	};
	static const char *const bad[] = {
		"",
		"example.com",
		"//example.com",
		"https:",
		"https://exa mple.com",
		"https://é.com",
		"https://example.com/%zz",
		"https://example.com/a#b#c",
		"https://example.com/[a]",
		"https://[::1/",
		"https://[::1]x/",
		"https://[::1::2]/",
		"https://[1:2]/",
		"https://[192.0.2.1]/",
		"https://[v.a]/",
		"https://[v1.]/",
		"https://example.com:1:2/",
		"https://example.com:80:/",
		"https://a@b@example.com/",
		"https://[a]@example.com/",
		"https://us]er@example.com/",
		"1http://a",
		"https://example.com:port/",
		"https://a\"b",
		"a\nb:c",
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
		if (!ps_csaf_is_uri(good[i]))
			fail_msg("refused: %s", good[i]);
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
		if (ps_csaf_is_uri(bad[i]))
			fail_msg("taken: %s", bad[i]);
}

/* Each is lower than the next (Semantic Versioning 2.0.0 section 11). */
static void
version__compare__follows_precedence(void **state)
{
	static const char *const ascending[] = {"0.1.0",
						"1.0.0-alpha",
						"1.0.0-alpha.1",
						"1.0.0-alpha.beta",
						"1.0.0-beta",
						"1.0.0-beta.2",
						"1.0.0-beta.11",
						"1.0.0-rc.1",
						"1.0.0",
						"1.2.0",
						"1.10.0",
						"2.0.0",
						"10.0.0",
						"99999999999999999999.0.0",
						"100000000000000000000.0.0"};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(ascending); i++) {
		for (gsize j = 0; j < G_N_ELEMENTS(ascending); j++) {
			PsCsafVersion a, b;
			assert_true(ps_csaf_version_parse(ascending[i], &a));
			assert_true(ps_csaf_version_parse(ascending[j], &b));
			assert_int_equal(ps_csaf_version_compare(&a, &b, TRUE), i < j ? -1 : i > j);
		}
	}
	PsCsafVersion built, pre, plain, whole;
	ps_csaf_version_parse("1.0.0+x.1", &built);
	ps_csaf_version_parse("1.0.0-rc.1", &pre);
	ps_csaf_version_parse("1.0.0", &plain);
	ps_csaf_version_parse("1", &whole);
	assert_int_equal(ps_csaf_version_compare(&built, &plain, TRUE), 0);
	assert_int_equal(ps_csaf_version_compare(&pre, &plain, FALSE), 0);
	assert_int_equal(ps_csaf_version_compare(&whole, &plain, TRUE), 0);
	assert_true(ps_csaf_version_major(&whole) == 1);
	ps_csaf_version_parse("99999999999999999999", &whole);
	assert_true(ps_csaf_version_major(&whole) == G_MAXUINT64);
}

static void
filename__follows_from_the_tracking_id(void **state)
{
	static const struct {
		const char *id, *name;
	} rows[] = {
		{"EXGW-2026-0001", "exgw-2026-0001.json"},
		{"OASIS_CSAF_TC-CSAF_2.0-2021-5-1-11", "oasis_csaf_tc-csaf_2_0-2021-5-1-11.json"},
		{"a  b//ç+1", "a_b_+1.json"},
		{"../../etc/passwd", "_etc_passwd.json"},
		{"Example Company - 2019-YH3234", "example_company_-_2019-yh3234.json"},
		{"2022_#01-A", "2022_01-a.json"},
		/* capitals beyond ASCII whose lower case is in it: dotted I, Kelvin */
		{"\xc4\xb0 \xe2\x84\xaa", "i_k.json"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = ps_csaf_filename(rows[i].id);
		assert_string_equal(name, rows[i].name);
	}
}

static void
language__subtags__are_looked_up_and_private_ones_found(void **state)
{
	static const struct {
		const char *tag, *unknown, *private;
	} rows[] = {
		{"en", NULL, NULL},
		{"DE-at", NULL, NULL},
		{"zh-yue-Hant-HK", NULL, NULL},
		{"sl-rozaj-biske-1994", NULL, NULL},
		{"zz", "zz", NULL},
		{"en-Abcd", "Abcd", NULL},
		{"en-QQ", NULL, "QQ"},
		{"en-x-one", NULL, "x"},
		{"qaa-Qaaa-ZZ", NULL, "qaa"},
		{"x-house", NULL, "x"},
		{"i-default", NULL, NULL},
		{"en-a-bbb", NULL, NULL},
		{"en-abcde", "abcde", NULL},
		{"es-419", NULL, NULL},
		{"es-000", "000", NULL},
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTableFile) registry = ps_table_file_open("language-subtags.tsv", &error);

	(void)state;
	assert_non_null(registry);
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		PsLanguage language;
		assert_true(ps_language_parse(rows[i].tag, &language));
		g_autofree char *unknown = ps_language_unknown(&language, registry);
		g_autofree char *private = ps_language_private(&language);
		if (g_strcmp0(unknown, rows[i].unknown) != 0 ||
		    g_strcmp0(private, rows[i].private) != 0)
			fail_msg("%s: %s, %s", rows[i].tag, unknown, private);
	}
}

typedef struct {
	char *last;
	int rows, wrong;
	const PsTableFile *file;
} Seen;

static gboolean
see(gpointer user, const char *key, char *const *cells)
{
	Seen *seen = user;
	g_auto(GStrv) found = ps_table_file_find(seen->file, key);

	seen->wrong += seen->last && strcmp(seen->last, key) >= 0;
	seen->wrong +=
		!found || !g_strv_equal((const char *const *)found, (const char *const *)cells);
	g_free(seen->last);
	seen->last = g_strdup(key);
	seen->rows++;
	return TRUE;
}

static void
table_file__each_key__is_found_and_sorted(void **state)
{
	static const char *const names[] = {"cwe.tsv", "cwe-history.tsv", "language-subtags.tsv",
					    "licences.tsv"};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(PsTableFile) file = ps_table_file_open(names[i], NULL);
		assert_non_null(file);
		Seen seen = {NULL, 0, 0, file};
		ps_table_file_each(file, see, &seen);
		g_free(seen.last);
		assert_int_equal(seen.wrong, 0);
		assert_true(seen.rows > 900);
		assert_null(ps_table_file_find(file, ""));
		assert_null(ps_table_file_find(file, "zzz"));
		assert_null(ps_table_file_find(file, "#"));
		assert_null(ps_table_file_find(file, "CWE-7"
						     "\tx"));
	}
	assert_null(ps_table_file_open("no-such-file.tsv", NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(format__each__agrees_with_the_schemas_expression),
		cmocka_unit_test(time__parse__instants_and_what_does_not_exist),
		cmocka_unit_test(uri__is__whole_and_well_formed),
		cmocka_unit_test(version__compare__follows_precedence),
		cmocka_unit_test(filename__follows_from_the_tracking_id),
		cmocka_unit_test(language__subtags__are_looked_up_and_private_ones_found),
		cmocka_unit_test(table_file__each_key__is_found_and_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
