#include "config.h"

#include "advisory/csaf-fix-internal.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/csaf-context.h"
#include "advisory/item.h"
#include "base/i18n.h"
#include "base/json-print.h"
#include "base/safe-text.h"

typedef struct {
	const char *test;
	PsCsafFixFunc func;
	gboolean choice;
} Row;

/* By the bytes of the test's number, for bsearch(); one test may have several makers, the first
 * that can wins. */
static const Row rows[] = {
	{"6.1.10", ps_csaf_fix_cvss_property, FALSE},
	{"6.1.11", ps_csaf_fix_cwe_name, FALSE},
	{"6.1.12", ps_csaf_fix_language_form, FALSE},
	{"6.1.14", ps_csaf_fix_history_order, TRUE},
	{"6.1.16", ps_csaf_fix_revision_missing, TRUE},
	{"6.1.16", ps_csaf_fix_latest_version, FALSE},
	{"6.1.17", ps_csaf_fix_status_draft, TRUE},
	{"6.1.18", ps_csaf_fix_draft_revision, FALSE},
	{"6.1.19", ps_csaf_fix_revision_number, FALSE},
	{"6.1.2", ps_csaf_fix_copy, FALSE},
	{"6.1.20", ps_csaf_fix_version_number, FALSE},
	{"6.1.21", ps_csaf_fix_history_gap, TRUE},
	{"6.1.22", ps_csaf_fix_copy, FALSE},
	{"6.1.23", ps_csaf_fix_copy, FALSE},
	{"6.1.24", ps_csaf_fix_copy, FALSE},
	{"6.1.25", ps_csaf_fix_copy, FALSE},
	{"6.1.26", ps_csaf_fix_category, TRUE},
	{"6.1.28", ps_csaf_fix_source_language, FALSE},
	{"6.1.30", ps_csaf_fix_version_schemes, FALSE},
	{"6.1.31", ps_csaf_fix_version_range, TRUE},
	{"6.1.33", ps_csaf_fix_copy, FALSE},
	{"6.1.37", ps_csaf_fix_time_form, FALSE},
	{"6.1.40", ps_csaf_fix_sharing_name, FALSE},
	{"6.1.41", ps_csaf_fix_sharing_name, FALSE},
	{"6.1.47", ps_csaf_fix_ssvc_target, TRUE},
	{"6.1.48", ps_csaf_fix_ssvc_order, FALSE},
	{"6.1.5", ps_csaf_fix_copy, FALSE},
	{"6.1.50", ps_csaf_fix_range_form, FALSE},
	{"6.1.59", ps_csaf_fix_range_single, FALSE},
	{"6.1.7", ps_csaf_fix_copy, FALSE},
	{"6.1.8", ps_csaf_fix_schema, FALSE},
	{"6.1.9", ps_csaf_fix_cvss_score, FALSE},
	{"6.2.11", ps_csaf_fix_self_reference, FALSE},
	{"6.2.12", ps_csaf_fix_language_missing, TRUE},
	{"6.2.13", ps_csaf_fix_sort, FALSE},
	{"6.2.17", ps_csaf_fix_cve_in_ids, FALSE},
	{"6.2.20", ps_csaf_fix_unknown_property, TRUE},
	{"6.2.24", ps_csaf_fix_cwe_version, FALSE},
	{"6.2.28", ps_csaf_fix_sharing_group, FALSE},
	{"6.2.30", ps_csaf_fix_sharing_group, FALSE},
	{"6.2.4", ps_csaf_fix_revision_number, FALSE},
	{"6.2.5", ps_csaf_fix_initial_release, FALSE},
	{"6.2.6", ps_csaf_fix_current_release, FALSE},
	{"6.3.11", ps_csaf_fix_version_v, FALSE},
	{"6.3.2", ps_csaf_fix_cvss_3_0, TRUE},
	{"6.3.20", ps_csaf_fix_id_system, FALSE},
	{"schema", ps_csaf_fix_schema, FALSE},
};

/* ---- life ---- */

static void
edit_free(gpointer data)
{
	PsCsafEdit *edit = data;

	g_free(edit->pointer);
	cJSON_Delete(edit->value);
	g_free(edit);
}

static PsCsafFix *
fix_new(gboolean choice)
{
	PsCsafFix *fix = g_new0(PsCsafFix, 1);

	fix->edits = g_ptr_array_new_with_free_func(edit_free);
	fix->choice = choice;
	return fix;
}

void
ps_csaf_fix_free(PsCsafFix *fix)
{
	if (!fix)
		return;
	g_free(fix->title);
	g_ptr_array_unref(fix->edits);
	g_free(fix);
}

/* ---- for the makers ---- */

gboolean
ps_csaf_fix_title(PsCsafFixer *fixer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *title = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	fixer->fix->title = ps_safe_text(title, -1, PS_SAFE_LINE);
	return TRUE;
}

void
ps_csaf_fix_edit(PsCsafFixer *fixer, const char *pointer, cJSON *value)
{
	PsCsafEdit *edit = g_new0(PsCsafEdit, 1);

	edit->pointer = g_strdup(pointer);
	edit->value = value;
	g_ptr_array_add(fixer->fix->edits, edit);
}

void
ps_csaf_fix_here(PsCsafFixer *fixer, cJSON *value)
{
	ps_csaf_fix_edit(fixer, fixer->finding->pointer, value);
}

char *
ps_csaf_fix_pointer(const PsCsafFixer *fixer, guint n)
{
	GString *pointer = g_string_new(NULL);

	for (guint i = 0; i < n && i < fixer->n_steps; i++)
		ps_json_pointer_add(pointer, fixer->steps[i]);
	return g_string_free(pointer, FALSE);
}

const cJSON *
ps_csaf_fix_at(const PsCsafFixer *fixer, guint n)
{
	return fixer->path[MIN(n, fixer->n_steps)];
}

void
ps_csaf_fix_beside(PsCsafFixer *fixer, const char *member, cJSON *value)
{
	g_autofree char *holder = ps_csaf_fix_pointer(fixer, fixer->n_steps - 1);
	g_autofree char *pointer = g_strconcat(holder, "/", member, NULL);

	ps_csaf_fix_edit(fixer, pointer, value);
}

/* ---- making ---- */

static int
compare_row(const void *test, const void *row)
{
	return strcmp(test, ((const Row *)row)->test);
}

/* The first of them. */
static const Row *
rows_of(const char *test)
{
	const Row *row = bsearch(test, rows, G_N_ELEMENTS(rows), sizeof rows[0], compare_row);

	while (row && row > rows && g_str_equal(row[-1].test, test))
		row--;
	return row;
}

gboolean
ps_csaf_fix_is_known(const char *test)
{
	return rows_of(test) != NULL;
}

static void
fixer_init(PsCsafFixer *fixer, const cJSON *document, const PsCsafFinding *finding,
	   const PsCsafFixOptions *options)
{
	static const PsCsafFixOptions none = {NULL, NULL};
	const cJSON *head = ps_csaf_object(document, "document");

	memset(fixer, 0, sizeof *fixer);
	fixer->document = document;
	fixer->finding = finding;
	fixer->options = options ? options : &none;
	fixer->tracking = ps_csaf_object(head, "tracking");
	fixer->is_2_1 = g_strcmp0(ps_csaf_string(head, "csaf_version"), "2.1") == 0;
	fixer->root = ps_csaf_root(fixer->is_2_1 ? "2.1" : "2.0");
}

/* What stands at the finding's place and on the way to it, for the makers that ask. */
static void
fixer_find(PsCsafFixer *fixer)
{
	fixer->steps = ps_json_pointer_split(fixer->finding->pointer);
	guint n = fixer->n_steps = g_strv_length(fixer->steps);
	fixer->path = g_new0(const cJSON *, n + 1);
	fixer->path[0] = fixer->document;
	for (guint i = 0; i < n && fixer->path[i]; i++)
		fixer->path[i + 1] = ps_json_step(fixer->path[i], fixer->steps[i]);
	fixer->name = n > 0 ? fixer->steps[n - 1] : "";
	fixer->value = fixer->path[n];
	fixer->holder = n > 0 ? fixer->path[n - 1] : NULL;
}

/* Objects on the way may be missing where the standard knows them; nothing else may stand there. */
static gboolean
has_place(const cJSON *document, const PsCsafNode *node, const PsCsafEdit *edit)
{
	g_autofree char **steps = ps_json_pointer_split(edit->pointer);
	const cJSON *at = document;

	for (char **step = steps; *step; step++) {
		const cJSON *next = ps_child(at, *step, NULL);
		node = node ? ps_csaf_member(node, *step) : NULL;
		if (!cJSON_IsObject(at) && !cJSON_IsArray(at))
			return FALSE;
		if (!next)
			return edit->value &&
			       (!step[1] || (cJSON_IsObject(at) && node && !step[2]));
		at = next;
	}
	return *steps != NULL;
}

static gboolean
has_places(const PsCsafFixer *fixer)
{
	for (guint i = 0; i < fixer->fix->edits->len; i++)
		if (!has_place(fixer->document, fixer->root, fixer->fix->edits->pdata[i]))
			return FALSE;
	return TRUE;
}

PsCsafFix *
ps_csaf_fix(const cJSON *document, const PsCsafFinding *finding, const PsCsafFixOptions *options)
{
	const Row *row = rows_of(finding->test);
	PsCsafFixer fixer;

	/* what is only counted has no place */
	if (!row)
		return NULL;
	fixer_init(&fixer, document, finding, options);
	if (row->func != ps_csaf_fix_sort)
		fixer_find(&fixer);
	for (; row < rows + G_N_ELEMENTS(rows) && g_str_equal(row->test, finding->test); row++) {
		fixer.fix = fix_new(row->choice);
		if (row->func(&fixer) && has_places(&fixer))
			break;
		g_clear_pointer(&fixer.fix, ps_csaf_fix_free);
	}
	g_free(fixer.steps);
	g_free(fixer.path);
	return fixer.fix;
}

/* ---- applying ---- */

/* cJSON keeps the last child in first->prev; its own functions know that. */
static gboolean
edit_list(cJSON *list, const char *step, const cJSON *value)
{
	int index;
	cJSON *item = g_str_equal(step, "-") ? NULL : ps_child(list, step, &index);

	if (!value) {
		if (item)
			cJSON_Delete(cJSON_DetachItemViaPointer(list, item));
		return item != NULL;
	}
	cJSON *copy = cJSON_Duplicate(value, TRUE);
	if (!item)
		return cJSON_AddItemToArray(list, copy);
	/* an item of an advisory's document keeps its stable key */
	if (item->string)
		ps_item_rekey(copy, item->string);
	return cJSON_ReplaceItemViaPointer(list, item, copy);
}

static gboolean
edit_object(cJSON *object, const char *name, const cJSON *value)
{
	cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);

	if (!value) {
		if (member)
			cJSON_Delete(cJSON_DetachItemViaPointer(object, member));
		return member != NULL;
	}
	cJSON *copy = cJSON_Duplicate(value, TRUE);
	if (!member)
		return cJSON_AddItemToObject(object, name, copy);
	ps_item_rekey(copy, name);
	return cJSON_ReplaceItemViaPointer(object, member, copy);
}

/* Objects and lists on the way are made as the standard has them. */
static cJSON *
holder_of(cJSON *document, const PsCsafNode *node, char **steps)
{
	cJSON *at = document;

	for (; *steps && steps[1] && at; steps++) {
		node = node ? ps_csaf_member(node, *steps) : NULL;
		cJSON *next = ps_child(at, *steps, NULL);
		if (!next && node && cJSON_IsObject(at))
			next = ps_need(at, *steps, node->type == PS_CSAF_LIST);
		at = next;
	}
	return at;
}

static gboolean
apply_edit(cJSON *document, const PsCsafNode *root, const PsCsafEdit *edit)
{
	g_autofree char **steps = ps_json_pointer_split(edit->pointer);
	guint n = g_strv_length(steps);

	if (n == 0)
		return FALSE;
	cJSON *holder =
		edit->value ? holder_of(document, root, steps) : holder_of(document, NULL, steps);
	if (cJSON_IsArray(holder))
		return edit_list(holder, steps[n - 1], edit->value);
	return cJSON_IsObject(holder) && edit_object(holder, steps[n - 1], edit->value);
}

gboolean
ps_csaf_fix_apply(cJSON *document, const PsCsafFix *fix)
{
	const char *version = ps_csaf_string(ps_csaf_object(document, "document"), "csaf_version");
	const PsCsafNode *root = ps_csaf_root(g_strcmp0(version, "2.1") == 0 ? "2.1" : "2.0");

	for (guint i = 0; i < fix->edits->len; i++)
		if (!apply_edit(document, root, fix->edits->pdata[i]))
			return FALSE;
	if (fix->sort_keys)
		ps_sort_members(document);
	return TRUE;
}

char **
ps_csaf_fix_pairs(const PsCsafFix *fix)
{
	GPtrArray *pairs = g_ptr_array_new();

	for (guint i = 0; i < fix->edits->len; i++) {
		const PsCsafEdit *edit = fix->edits->pdata[i];
		g_ptr_array_add(pairs, g_strdup(edit->pointer));
		g_ptr_array_add(pairs, edit->value ? ps_json_print(edit->value) : g_strdup(""));
	}
	g_ptr_array_add(pairs, NULL);
	return (char **)g_ptr_array_free(pairs, FALSE);
}
