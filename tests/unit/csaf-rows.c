#include "config.h"

#include "tests/unit/csaf-rows.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "advisory/csaf-node.h"

cJSON *
ps_csaf_fixture(const char *name)
{
	g_autofree char *path =
		g_build_filename(g_getenv("SRCDIR"), "tests/fixtures/csaf", name, NULL);
	g_autoptr(GError) error = NULL;
	cJSON *document = ps_json_read_file(path, NULL, &error);

	if (!document)
		fail_msg("%s", error->message);
	return document;
}

void
ps_csaf_change(cJSON *document, const char *pointer, const char *value)
{
	g_autofree char *parent = g_path_get_dirname(pointer);
	g_autofree char *name = g_path_get_basename(pointer);
	g_autofree char *canonical = g_canonicalize_filename(parent, "/");
	cJSON *holder = ps_json_at(document, g_str_equal(canonical, "/") ? "" : canonical);

	assert_non_null(holder);
	if (cJSON_IsArray(holder)) {
		int index = (int)g_ascii_strtoll(name, NULL, 10);
		int count = cJSON_GetArraySize(holder);
		if (!value)
			cJSON_DeleteItemFromArray(holder, index);
		else if (index >= count)
			cJSON_AddItemToArray(holder, cJSON_Parse(value));
		else
			cJSON_ReplaceItemInArray(holder, index, cJSON_Parse(value));
		return;
	}
	cJSON_DeleteItemFromObjectCaseSensitive(holder, name);
	if (value)
		cJSON_AddItemToObject(holder, name, cJSON_Parse(value));
}

PsCsafReport *
ps_csaf_check_or_fail(const cJSON *document, int levels)
{
	g_autoptr(GError) error = NULL;
	PsCsafReport *report = ps_csaf_check(document, levels, NULL, &error);

	if (!report)
		fail_msg("%s", error->message);
	return report;
}

void
ps_csaf_assert_clean(const cJSON *document)
{
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);

	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		fail_msg("%s %s %s", finding->test, finding->pointer, finding->message);
	}
	assert_true(ps_csaf_report_is_valid(report));
}

static gboolean
finds(const PsCsafReport *report, const char *test, const cJSON *document)
{
	gboolean found = FALSE;

	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		assert_true(*finding->message);
		/* the place is there, or could be */
		if (!ps_json_at(document, finding->pointer) &&
		    !ps_csaf_node_at(ps_csaf_root(report->version), finding->pointer))
			fail_msg("%s finds something at “%s”, which is no place", finding->test,
				 finding->pointer);
		found |= g_str_equal(finding->test, test);
	}
	return found;
}

static cJSON *
changed_fixture(const char *fixture, const PsCsafRow *row)
{
	cJSON *document = ps_csaf_fixture(fixture);

	for (int i = 0; i < PS_CSAF_CHANGES && row->changes[i].pointer; i++)
		ps_csaf_change(document, row->changes[i].pointer, row->changes[i].value);
	return document;
}

void
ps_csaf_assert_rows(const char *fixture, const PsCsafRow *rows, gsize n)
{
	for (gsize i = 0; i < n; i++) {
		g_autoptr(cJSON) document = changed_fixture(fixture, &rows[i]);
		g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
		if (!finds(report, rows[i].test, document))
			fail_msg("row %d: %s does not fail", (int)i, rows[i].test);
	}
}

void
ps_csaf_assert_passes(const char *fixture, const PsCsafRow *rows, gsize n)
{
	for (gsize i = 0; i < n; i++) {
		g_autoptr(cJSON) document = changed_fixture(fixture, &rows[i]);
		g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
		for (guint f = 0; f < report->findings->len; f++) {
			const PsCsafFinding *finding = report->findings->pdata[f];
			if (g_str_equal(finding->test, rows[i].test))
				fail_msg("row %d: %s %s %s", (int)i, finding->test,
					 finding->pointer, finding->message);
		}
	}
}

gboolean
ps_csaf_has_row(const PsCsafRow *rows, gsize n, const char *test)
{
	for (gsize i = 0; i < n; i++)
		if (g_str_equal(rows[i].test, test))
			return TRUE;
	return FALSE;
}

/* Every member of the wrong type, one after the other: no crash, and the schema says so. */
static void
spoil(cJSON *document, cJSON *holder)
{
	static const char *const wrong[] = {"null", "1", "\"x\"", "[]", "{}", "[[[]]]", "[null]"};

	for (cJSON *item = holder->child; item; item = item->next) {
		for (gsize w = 0; w < G_N_ELEMENTS(wrong); w++) {
			cJSON *other = cJSON_Parse(wrong[w]);
			cJSON saved = *item;
			item->type = other->type;
			item->child = other->child;
			item->valuestring = other->valuestring;
			g_autoptr(PsCsafReport) report =
				ps_csaf_check_or_fail(document, PS_CSAF_ALL);
			*item = saved;
			cJSON_Delete(other);
		}
		spoil(document, item);
	}
}

void
ps_csaf_assert_survives(const char *fixture)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(fixture);

	spoil(document, document);
}
