#include "config.h"

/* Documents for people: text, Markdown, HTML. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "advisory/render.h"
#include "base/safe-text.h"

/* Everything in one text: terminal escapes, bidi, HTML, Markdown, invisible characters. */
#define HOSTILE                                                                                    \
	"\\u001b[31mred\\u001b]0;title\\u0007 <script>alert(1)</script> "                          \
	"[link](javascript:alert(1)) ![x](http://evil.example/i.png) **bold** `code` "             \
	"<img src=x onerror=alert(1)> \\u202eevil\\u202c zero\\u200bwidth | cell & "               \
	"\\\"quoted\\\" "                                                                          \
	"'single' https://evil.example www.evil.example mail@evil.example $x^2$"

static const char hostile[] =
	"{\"document\": {"
	"\"title\": \"" HOSTILE "\","
	"\"lang\": \"en\\\"><script>\","
	"\"category\": \"csaf_security_advisory\","
	"\"acknowledgments\": [{\"names\": [\"" HOSTILE "\"], \"organization\": \"" HOSTILE
	"\", \"summary\": \"" HOSTILE "\", \"urls\": [\"javascript:alert(1)\"]}],"
	"\"aggregate_severity\": {\"text\": \"" HOSTILE "\"},"
	"\"distribution\": {\"text\": \"" HOSTILE "\", \"tlp\": {\"label\": \"" HOSTILE "\"}},"
	"\"notes\": [{\"category\": \"summary\", \"title\": \"" HOSTILE
	"\", \"audience\": \"" HOSTILE
	"\", \"text\": \"# heading\\n\\n- item\\n1. one\\n    code\\n> quote\\n" HOSTILE
	"\\n---\\n===\\n| a | b |\\n|---|---|\"}],"
	"\"publisher\": {\"name\": \"" HOSTILE "\", \"namespace\": \"javascript:alert(1)\","
	"\"contact_details\": \"" HOSTILE "\"},"
	"\"references\": [{\"summary\": \"" HOSTILE
	"\", \"url\": \"https://x.example/\\\"><script>\"},"
	"{\"summary\": \"" HOSTILE "\", \"url\": \"https://x.example/a b\"},"
	"{\"summary\": \"ok\", \"url\": \"https://good.example/a?b=1&c=2\"}],"
	"\"tracking\": {\"id\": \"" HOSTILE "\", \"version\": \"" HOSTILE
	"\", \"status\": \"" HOSTILE "\", \"initial_release_date\": \"" HOSTILE "\","
	"\"generator\": {\"engine\": {\"name\": \"" HOSTILE "\", \"version\": \"" HOSTILE "\"}},"
	"\"revision_history\": [{\"number\": \"" HOSTILE "\", \"date\": \"" HOSTILE
	"\", \"summary\": \"" HOSTILE "\"}]}},"
	"\"product_tree\": {\"full_product_names\": [{\"product_id\": \"p\", \"name\": \"" HOSTILE
	"\"}]},"
	"\"vulnerabilities\": [{\"cve\": \"" HOSTILE "\", \"title\": \"" HOSTILE "\","
	"\"cwe\": {\"id\": \"" HOSTILE "\", \"name\": \"" HOSTILE "\"},"
	"\"ids\": [{\"system_name\": \"" HOSTILE "\", \"text\": \"" HOSTILE "\"}],"
	"\"flags\": [{\"label\": \"" HOSTILE "\", \"product_ids\": [\"p\"]}],"
	"\"product_status\": {\"known_affected\": [\"p\", \"" HOSTILE "\"]},"
	"\"remediations\": [{\"category\": \"" HOSTILE "\", \"details\": \"" HOSTILE
	"\", \"url\": \"" HOSTILE "\", \"product_ids\": [\"p\"], \"restart_required\": "
	"{\"category\": \"" HOSTILE "\"}}],"
	"\"scores\": [{\"products\": [\"p\"], \"cvss_v3\": {\"version\": \"" HOSTILE
	"\", \"vectorString\": \"" HOSTILE "\", \"baseScore\": 99, \"baseSeverity\": \"" HOSTILE
	"\"}}],"
	"\"threats\": [{\"category\": \"" HOSTILE "\", \"details\": \"" HOSTILE "\"}]}]}";

static cJSON *
parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	cJSON *document = ps_json_parse(text, strlen(text), NULL, &error);

	if (!document)
		fail_msg("%s", error->message);
	return document;
}

static char *
render_hostile(PsRenderFormat format)
{
	g_autoptr(cJSON) document = parse(hostile);

	return ps_render(document, format, 60);
}

static void
assert_without(const char *text, const char *part)
{
	const char *at = strstr(text, part);

	if (at)
		fail_msg("“%s” got out: %.60s", part, MAX(at - 20, text));
}

/* ---- hostile text ---- */

static void
render__hostile_document__lets_no_control_or_invisible_character_out(void **state)
{
	(void)state;
	for (int format = PS_RENDER_TEXT; format <= PS_RENDER_CSAF; format++) {
		g_autofree char *text = render_hostile((PsRenderFormat)format);
		g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
		assert_string_equal(text, safe);
		assert_true(g_str_has_suffix(text, "\n"));
	}
}

/* Every "<" of the page begins a tag of ours, and every tag is closed. */
static void
assert_well_formed(const char *html)
{
	static const char *const known[] = {"!DOCTYPE", "html", "head", "meta",   "title",  "style",
					    "body",     "main", "h1",   "h2",     "h3",     "p",
					    "br",       "dl",   "dt",   "dd",     "ul",     "li",
					    "a",        "span", "code", "table",  "thead",  "tbody",
					    "tr",       "th",   "td",   "strong", "footer", "div",
					    "caption",  "nav",  "ol",   NULL};
	g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(g_free);

	for (const char *at = strchr(html, '<'); at; at = strchr(at + 1, '<')) {
		gboolean closing = at[1] == '/';
		const char *start = at + 1 + closing;
		g_autofree char *name = g_strndup(start, strcspn(start, " >"));
		if (!g_strv_contains(known, name))
			fail_msg("a tag that is not ours: %.40s", at);
		if (g_str_equal(name, "!DOCTYPE") || g_str_equal(name, "meta") ||
		    g_str_equal(name, "br"))
			continue;
		if (!closing) {
			g_ptr_array_add(open, g_steal_pointer(&name));
			continue;
		}
		assert_true(open->len > 0);
		assert_string_equal(open->pdata[open->len - 1], name);
		g_ptr_array_set_size(open, (gint)open->len - 1);
	}
	assert_int_equal(open->len, 0);
}

static void
html__hostile_document__stays_text(void **state)
{
	(void)state;
	g_autofree char *html = render_hostile(PS_RENDER_HTML);

	assert_well_formed(html);
	assert_without(html, "<script");
	assert_without(html, "<img");
	assert_without(html, "href=\"javascript:");
	assert_without(html, "href=\"https://x.example/");
	assert_non_null(strstr(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
	assert_non_null(strstr(html, "<html lang=\"en\">"));
	/* a long page has its sections, each once */
	assert_non_null(strstr(html, "<nav aria-label=\"Contents\">"));
	assert_non_null(strstr(html, "<a href=\"#s1\">"));
	assert_non_null(strstr(html, "<h2 id=\"s1\">"));
	assert_non_null(strstr(html, "href=\"https://good.example/a?b=1&amp;c=2\""));
	/* the only attributes with text from the document are links, language and style */
	assert_non_null(strstr(html, "style=\"width: 100%\""));
	assert_non_null(strstr(html, "Content-Security-Policy"));
}

static void
html__page__loads_nothing(void **state)
{
	(void)state;
	g_autofree char *html = render_hostile(PS_RENDER_HTML);

	for (const char *at = strchr(html, '<'); at; at = strchr(at + 1, '<')) {
		g_autofree char *tag = g_strndup(at, strcspn(at, ">"));
		assert_without(tag, "src=");
		assert_without(tag, " on");
	}
	assert_without(html, "@import");
	assert_without(html, "url(");
	assert_without(html, "<link");
}

static void
markdown__hostile_document__stays_text(void **state)
{
	(void)state;
	g_autofree char *markdown = render_hostile(PS_RENDER_MARKDOWN);
	g_auto(GStrv) lines = g_strsplit(markdown, "\n", -1);

	/* "<" and "[" of the document have a backslash, but for addresses of ours */
	for (const char *at = strpbrk(markdown, "<["); at; at = strpbrk(at + 1, "<["))
		if (at == markdown || at[-1] != '\\')
			assert_true(g_str_has_prefix(at, "<https://good.example/"));
	assert_without(markdown, " **bold");
	assert_without(markdown, " `code`");
	assert_without(markdown, " https://evil");
	assert_without(markdown, " www.evil");
	assert_without(markdown, "mail@evil");
	assert_non_null(strstr(markdown, "\\[link\\]"));
	assert_non_null(strstr(markdown, "<https://good.example/a?b=1&c=2>"));
	/* the note's own lines begin nothing */
	assert_non_null(strstr(markdown, "\n\\# heading"));
	assert_non_null(strstr(markdown, "\n\\- item"));
	assert_non_null(strstr(markdown, "\n1\\. one"));
	assert_non_null(strstr(markdown, "\n\\> quote"));
	for (char **line = lines; *line; line++) {
		assert_false(g_str_has_prefix(*line, "    "));
		assert_false(g_str_has_prefix(*line, "==="));
		assert_false(g_str_has_prefix(*line, "---"));
	}
}

static void
text__any_width__keeps_to_it(void **state)
{
	(void)state;
	static const int widths[] = {20, 33, 60, 78, 160};
	g_autoptr(cJSON) document = parse(hostile);

	for (gsize i = 0; i < G_N_ELEMENTS(widths); i++) {
		g_autoptr(GPtrArray) lines = ps_render_lines(document, widths[i]);
		assert_true(lines->len > 10);
		for (guint j = 0; j < lines->len; j++) {
			const PsRenderLine *line = lines->pdata[j];
			if (ps_text_cells(line->text) > widths[i])
				fail_msg("%d cells instead of %d: %s", ps_text_cells(line->text),
					 widths[i], line->text);
			assert_true(line->label <= (int)strlen(line->text));
		}
	}
}

/* ---- what is said ---- */

static const char ordinary[] =
	"{\"document\": {\"title\": \"A flaw\", \"lang\": \"de\", "
	"\"distribution\": {\"tlp\": {\"label\": \"WHITE\"}},"
	"\"notes\": [{\"category\": \"legal_disclaimer\", \"text\": \"Ohne Gewähr.\"},"
	"{\"category\": \"summary\", \"text\": \"Kurz gesagt.\"}],"
	"\"tracking\": {\"id\": \"X-1\", \"version\": \"2\", \"status\": \"final\","
	"\"initial_release_date\": \"2026-01-02T03:04:05+01:00\","
	"\"current_release_date\": \"2026-02-02T03:04:05Z\"}},"
	"\"product_tree\": {\"branches\": [{\"category\": \"vendor\", \"name\": \"V\", "
	"\"branches\": "
	"[{\"category\": \"product_version\", \"name\": \"1\", \"product\": {\"name\": \"V P 1\", "
	"\"product_id\": \"p1\"}}]}],"
	"\"relationships\": [{\"full_product_name\": {\"name\": \"P on O\", \"product_id\": "
	"\"r\"}}],"
	"\"product_groups\": [{\"group_id\": \"g\", \"product_ids\": [\"p1\", \"r\"]}]},"
	"\"vulnerabilities\": [{\"title\": \"T\", \"product_status\": {\"fixed\": [\"r\"], "
	"\"known_affected\": [\"p1\"]}, \"remediations\": [{\"category\": \"vendor_fix\", "
	"\"details\": \"Update.\", \"group_ids\": [\"g\"]}], \"scores\": [{\"products\": [\"p1\"], "
	"\"cvss_v3\": {\"version\": \"3.1\", \"vectorString\": \"CVSS:3.1/AV:N\", \"baseScore\": "
	"9.8, "
	"\"baseSeverity\": \"CRITICAL\", \"environmentalScore\": 5.0, \"environmentalSeverity\": "
	"\"MEDIUM\"}}]}]}";

static void
text__ordinary_document__says_it_in_its_language(void **state)
{
	(void)state;
	g_autoptr(cJSON) document = parse(ordinary);
	g_autofree char *text = ps_render(document, PS_RENDER_TEXT, 0);
	static const char *const wanted[] = {
		"A flaw\n======\n",
		"Kennung: X-1\n",
		"Version: 2 (endgültig)\n",
		"Veröffentlicht: 2026-01-02 02:04 UTC\n",
		"Aktualisiert: 2026-02-02 03:04 UTC\n",
		"Schweregrad: Mittel\n",
		"Weitergabe: TLP:CLEAR (CSAF 2.0: WHITE)\n",
		"CVSS 3.1: 5.0 (Mittel)\n  CVSS:3.1/AV:N\n",
		"Betroffen   1        V P 1\nKorrigiert           P on O\n",
		"Gilt für: V P 1, P on O\n",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
		if (!strstr(text, wanted[i]))
			fail_msg("“%s” is not in:\n%s", wanted[i], text);
	/* terms of use come last */
	assert_true(strstr(text, "Ohne Gewähr.") > strstr(text, "Update."));
}

static void
html__ordinary_document__has_headings_in_order(void **state)
{
	(void)state;
	g_autoptr(cJSON) document = parse(ordinary);
	g_autofree char *html = ps_render(document, PS_RENDER_HTML, 0);
	int level = 0;

	assert_well_formed(html);
	assert_non_null(strstr(html, "<html lang=\"de\">"));
	assert_non_null(strstr(html, "<th scope=\"col\">Produkt</th>"));
	assert_non_null(strstr(html, "<th scope=\"row\">V P 1</th>"));
	assert_non_null(strstr(html, "<caption>Produktstatus</caption>"));
	assert_non_null(strstr(html, "<span class=\"bar medium\" aria-hidden=\"true\">"));
	for (const char *at = strstr(html, "<h"); at; at = strstr(at + 1, "<h")) {
		if (!g_ascii_isdigit(at[2]))
			continue;
		assert_true(at[2] - '0' <= level + 1);
		level = at[2] - '0';
	}
}

/* CSAF 2.1, with what 2.0 has not, and a score that contradicts its vector. */
static const char newer[] =
	"{\"document\": {\"title\": \"N\", \"license_expression\": \"CC-BY-4.0\", "
	"\"distribution\": {\"tlp\": {\"label\": \"AMBER+STRICT\"}}},"
	"\"product_tree\": {\"branches\": [{\"category\": \"product_name\", \"name\": \"P\", "
	"\"branches\": [{\"category\": \"product_version_range\", \"name\": "
	"\"vers:generic/>=1.0|<2.0\", \"product\": {\"name\": \"P old\", \"product_id\": "
	"\"a\"}}, {\"category\": \"product_version_range\", \"name\": \"vers:all/*\", "
	"\"product\": {\"name\": \"P all\", \"product_id\": \"b\"}}]}],"
	"\"product_paths\": [{\"beginning_product_reference\": \"a\", \"full_product_name\": "
	"{\"name\": \"P on D\", \"product_id\": \"c\"}, \"subpaths\": [{\"category\": "
	"\"installed_on\", \"next_product_reference\": \"b\"}]}]},"
	"\"vulnerabilities\": [{\"cve\": \"CVE-2026-1000\", \"cwes\": [{\"id\": \"CWE-79\", "
	"\"name\": \"X\", \"version\": \"4.20\"}], \"disclosure_date\": "
	"\"2026-01-01T00:00:00Z\", \"first_known_exploitation_dates\": [{\"date\": "
	"\"2026-01-03T00:00:00Z\", \"exploitation_date\": \"2026-01-02T00:00:00Z\"}],"
	"\"product_status\": {\"known_affected\": [\"a\", \"c\"], \"unknown\": [\"b\"]}, "
	"\"metrics\": [{\"products\": [\"a\"], \"source\": \"https://nvd.nist.gov/\", \"content\": "
	"{\"cvss_v3\": {\"version\": \"3.1\", \"vectorString\": "
	"\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\", \"baseScore\": 3.0, \"baseSeverity\": "
	"\"LOW\"}}}, {\"products\": [\"a\"], \"content\": {\"cvss_v4\": {\"version\": \"4.0\", "
	"\"vectorString\": \"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H\", "
	"\"baseScore\": 10.0, \"baseSeverity\": \"CRITICAL\"}}}, {\"products\": [\"a\"], "
	"\"content\": {\"ssvc_v2\": {\"selections\": [{\"namespace\": \"ssvc\", \"key\": \"E\", "
	"\"version\": \"1.1.0\", \"values\": [{\"key\": \"A\"}]}]}}}], \"remediations\": "
	"[{\"category\": \"optional_patch\", \"details\": \"May be taken.\", \"product_ids\": "
	"[\"a\"], \"url\": \"javascript:alert(1)\"}]}]}";

static void
text__csaf_2_1__says_what_is_new(void **state)
{
	(void)state;
	g_autoptr(cJSON) document = parse(newer);
	g_autofree char *text = ps_render(document, PS_RENDER_TEXT, 0);
	static const char *const wanted[] = {
		"Distribution: TLP:AMBER+STRICT\n",
		"Licence: CC-BY-4.0\n",
		"Severity: Critical\n",
		"Weakness: CWE-79: X (CWE 4.20)\n",
		"Became public: 2026-01-01 00:00 UTC\n",
		"First exploited: 2026-01-02 00:00 UTC\n",
		"Affected  ≥ 1.0, < 2.0  P old\nAffected  ≥ 1.0, < 2.0  P on D\n",
		"Unknown   all versions  P all\n",
		"Source: https://nvd.nist.gov/\n",
		"SSVC: ssvc:E=A\n",
		"Optional patch: May be taken.\n",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
		if (!strstr(text, wanted[i]))
			fail_msg("“%s” is not in:\n%s", wanted[i], text);
}

static void
text__score_against_its_vector__the_vector_counts(void **state)
{
	(void)state;
	g_autoptr(cJSON) document = parse(newer);
	g_autofree char *text = ps_render(document, PS_RENDER_TEXT, 0);
	const char *newest = strstr(text, "CVSS 4.0: 10.0 (Critical)");
	const char *other = strstr(text, "CVSS 3.1: 9.8 (Critical)");

	assert_non_null(newest);
	assert_non_null(other);
	/* the highest base score stands first */
	assert_true(newest < other);
	assert_non_null(strstr(other, "The document gives the score 3.0, which contradicts"));
	assert_null(strstr(newest + 1, "CVSS 4.0:"));
}

static void
html__csaf_2_1__links_lead_to_web_addresses_only(void **state)
{
	(void)state;
	g_autoptr(cJSON) document = parse(newer);
	g_autofree char *html = ps_render(document, PS_RENDER_HTML, 0);

	assert_well_formed(html);
	assert_without(html, "<script");
	assert_without(html, "href=\"javascript");
	assert_non_null(strstr(html, "<td>≥ 1.0, &lt; 2.0</td>"));
	assert_non_null(strstr(html, "<span class=\"bar critical\" aria-hidden=\"true\"><span "
				     "style=\"width: 100%\">"));
}

static void
render__nothing_or_other_types__is_shown_as_far_as_it_goes(void **state)
{
	(void)state;
	static const char *const documents[] = {
		"{}",
		"[]",
		"\"text\"",
		"{\"document\": 1}",
		"{\"document\": {\"title\": 5, \"notes\": {}, \"tracking\": [], \"lang\": []}}",
		"{\"vulnerabilities\": [1, null, {\"scores\": [{\"cvss_v3\": 1, \"products\": 1}], "
		"\"product_status\": [1], \"remediations\": \"x\", \"flags\": [1], \"threats\": "
		"[2]}]}",
		"{\"product_tree\": {\"branches\": [1, {\"product\": 1}], \"product_groups\": "
		"[{}]}}",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(documents); i++)
		for (int format = PS_RENDER_TEXT; format <= PS_RENDER_CSAF; format++) {
			g_autoptr(cJSON) document = parse(documents[i]);
			g_autofree char *text = ps_render(document, (PsRenderFormat)format, 40);
			assert_non_null(text);
		}
}

static void
format__names__are_known(void **state)
{
	PsRenderFormat format;

	(void)state;
	assert_true(ps_render_format_find("html", &format));
	assert_int_equal(format, PS_RENDER_HTML);
	assert_false(ps_render_format_find("pdf", &format));
}

/* ---- products ---- */

static const char helpers[] =
	"{\"document\": {\"title\": \"T\", \"lang\": \"en\"}, \"product_tree\": "
	"{\"full_product_names\": [{\"product_id\": \"p\", \"name\": \"Gateway\", "
	"\"product_identification_helper\": {\"model_numbers\": [\"EG|100\"], \"skus\": [\"77\"], "
	"\"serial_numbers\": [\"S1\"], \"cpe\": \"cpe:/h:a:b\", \"purls\": [\"pkg:generic/x@1\"], "
	"\"hashes\": [{\"filename\": \"f.bin\", \"file_hashes\": [{\"algorithm\": \"sha256\", "
	"\"value\": \"ab12\"}]}], \"sbom_urls\": [\"https://a.example/s\"]}}, "
	"{\"product_id\": \"q\", \"name\": \"Only in the tree\"}]}, "
	"\"vulnerabilities\": [{\"cve\": \"CVE-2026-1\", \"product_status\": {\"known_affected\": "
	"[\"p\"]}, \"threats\": [{\"category\": \"impact\", \"details\": \"Bad\", \"date\": "
	"\"2026-02-03T04:05:06Z\"}], \"involvements\": [{\"party\": \"vendor\", \"status\": "
	"\"completed\", \"contact\": \"us@a.example\"}], \"scores\": [{\"products\": [\"p\"], "
	"\"cvss_v3\": {\"version\": \"3.1\", \"vectorString\": "
	"\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U\", \"baseScore\": 9.8, "
	"\"temporalScore\": 9.0}}]}]}";

static void
render__products__are_told_by_their_numbers(void **state)
{
	static const char *const wanted[] = {"model number EG|100",
					     "SKU 77",
					     "serial number S1",
					     "CPE cpe:/h:a:b",
					     "purl pkg:generic/x@1",
					     "sha256 ab12 (f.bin)",
					     "SBOM https://a.example/s",
					     "Only in the tree",
					     "2026-02-03 04:05 UTC",
					     "us@a.example",
					     "Base score",
					     "9.8",
					     "9.0"};
	g_autoptr(cJSON) document = parse(helpers);
	g_autofree char *html = ps_render(document, PS_RENDER_HTML, 0),
			*text = ps_render(document, PS_RENDER_TEXT, 400);

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
		if (!strstr(html, wanted[i]) || !strstr(text, wanted[i]))
			fail_msg("“%s” is missing", wanted[i]);
	}
}

/* A group of `count` products, named by `items` remedies. */
static char *
group_document(int count, int items)
{
	g_autoptr(GString) text = g_string_new("{\"document\": {\"title\": \"T\"}, "
					       "\"product_tree\": {\"full_product_names\": [");

	for (int i = 0; i < count; i++)
		g_string_append_printf(text, "%s{\"product_id\": \"p%d\", \"name\": \"N%d.\"}",
				       i ? "," : "", i, i);
	g_string_append(text, "], \"product_groups\": [{\"group_id\": \"g\", \"summary\": "
			      "\"All of them\", \"product_ids\": [");
	for (int i = 0; i < count; i++)
		g_string_append_printf(text, "%s\"p%d\"", i ? "," : "", i);
	g_string_append(text, "]}]}, \"vulnerabilities\": [{\"remediations\": [");
	for (int i = 0; i < items; i++)
		g_string_append_printf(text,
				       "%s{\"category\": \"mitigation\", \"details\": \"D\", "
				       "\"group_ids\": [\"g\"]}",
				       i ? "," : "");
	g_string_append(text, "]}]}");
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
render__large_group__is_listed_once_and_a_small_one_in_place(void **state)
{
	g_autofree char *small_text = group_document(3, 1), *large_text = group_document(500, 500);
	g_autoptr(cJSON) small = parse(small_text);
	g_autoptr(cJSON) large = parse(large_text);
	g_autofree char *few = ps_render(small, PS_RENDER_TEXT, 78),
			*many = ps_render(large, PS_RENDER_HTML, 0);

	(void)state;
	assert_non_null(strstr(few, "Applies to: N0., N1., N2."));
	assert_non_null(strstr(many, "All of them (500 products)"));
	assert_non_null(strstr(many, ">Product groups</h2>"));
	/* in proportion to the document: not 500 times 500 names */
	assert_true(strlen(many) < 8 * strlen(large_text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			render__hostile_document__lets_no_control_or_invisible_character_out),
		cmocka_unit_test(html__hostile_document__stays_text),
		cmocka_unit_test(html__page__loads_nothing),
		cmocka_unit_test(markdown__hostile_document__stays_text),
		cmocka_unit_test(text__any_width__keeps_to_it),
		cmocka_unit_test(text__ordinary_document__says_it_in_its_language),
		cmocka_unit_test(html__ordinary_document__has_headings_in_order),
		cmocka_unit_test(text__csaf_2_1__says_what_is_new),
		cmocka_unit_test(text__score_against_its_vector__the_vector_counts),
		cmocka_unit_test(html__csaf_2_1__links_lead_to_web_addresses_only),
		cmocka_unit_test(render__nothing_or_other_types__is_shown_as_far_as_it_goes),
		cmocka_unit_test(format__names__are_known),
		cmocka_unit_test(render__products__are_told_by_their_numbers),
		cmocka_unit_test(render__large_group__is_listed_once_and_a_small_one_in_place),
	};

	return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
