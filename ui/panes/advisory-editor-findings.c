#include "config.h"

#include "ui/panes/advisory-editor-findings.h"

#include "base/i18n.h"
#include "ui/panes/advisory-editor-fields.h"
#include "ui/pane.h"

static void
finding_free(gpointer data)
{
	PsEditorFinding *finding = data;

	g_free(finding->id);
	g_free(finding->pointer);
	g_free(finding->sentence);
	g_free(finding->record);
	g_free(finding->remedy);
	g_free(finding->fix_title);
	g_strfreev(finding->fix_pairs);
	g_free(finding);
}

typedef struct {
	PsEditorFindings *to;
	GHashTable *seen; /* how often an id was given */
} Collect;

/* The same test may say something of one place twice. */
static char *
new_id(Collect *collect, const char *what, const char *pointer)
{
	char *id = g_strdup_printf("%s %s", what, pointer);
	guint times = GPOINTER_TO_UINT(g_hash_table_lookup(collect->seen, id)) + 1;

	g_hash_table_insert(collect->seen, g_strdup(id), GUINT_TO_POINTER(times));
	if (times == 1)
		return id;
	g_autofree char *first = id;
	return g_strdup_printf("%s %u", first, times);
}

static PsEditorFinding *
add(Collect *collect, PsCsafLevel level, const char *what, const char *pointer,
    const char *sentence)
{
	static const char *const words[] = {
		[PS_EDITOR_ERROR] = N_("error"),
		[PS_EDITOR_WARNING] = N_("warning"),
		[PS_EDITOR_REMARK] = N_("note"),
	};
	PsEditorFinding *finding = g_new0(PsEditorFinding, 1);

	finding->id = new_id(collect, what, pointer);
	finding->level = level;
	finding->pointer = g_strdup(pointer);
	finding->sentence = g_strdup(sentence);
	PsEditorGrade grade = ps_editor_grade(level);
	finding->word = _(words[grade]);
	collect->to->counts[grade]++;
	g_ptr_array_add(collect->to->findings, finding);
	return finding;
}

static void
add_missing(Collect *collect, const GPtrArray *missing)
{
	for (guint i = 0; i < missing->len; i++) {
		const PsAdvisoryMissing *item = missing->pdata[i];
		PsEditorFinding *finding =
			add(collect, item->blocking ? PS_CSAF_MANDATORY : PS_CSAF_INFORMATIVE,
			    "missing", item->pointer, item->sentence);
		finding->word = item->blocking ? _("missing") : _("advice");
		finding->record = g_strdup(item->record);
		finding->remedy = g_strdup(item->command);
		finding->place =
			ps_pane_class_find(item->place ? item->place : "") ? item->place : NULL;
	}
}

static void
add_tests(Collect *collect, const PsEditorChecked *checked)
{
	const GPtrArray *found = checked->report->findings;

	for (guint i = 0; i < found->len; i++) {
		const PsCsafFinding *test = found->pdata[i];
		g_autofree char *sentence = g_strdup_printf("%s: %s", test->test, test->message);
		PsEditorFinding *finding =
			add(collect, test->level, test->test, test->pointer, sentence);
		const PsCsafFix *fix = i < checked->fixes->len ? checked->fixes->pdata[i] : NULL;
		/* An advisory's keys are always sorted when it leaves. */
		if (!fix || fix->sort_keys)
			continue;
		finding->fix_title = g_strdup(fix->title);
		finding->fix_pairs = ps_csaf_fix_pairs(fix);
		finding->fix_is_choice = fix->choice;
	}
}

/* Errors, warnings, notes; of each in the order in which they came. */
static void
sort(GPtrArray *findings)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	guint at = 0;

	g_ptr_array_extend(all, findings, NULL, NULL);
	for (PsEditorGrade grade = 0; grade < PS_EDITOR_GRADES; grade++)
		for (guint i = 0; i < all->len; i++)
			if (ps_editor_grade(((PsEditorFinding *)all->pdata[i])->level) == grade)
				findings->pdata[at++] = all->pdata[i];
}

PsEditorFindings *
ps_editor_findings_new(const GPtrArray *missing, const PsEditorChecked *checked)
{
	PsEditorFindings *findings = g_new0(PsEditorFindings, 1);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Collect collect = {findings, seen};

	findings->findings = g_ptr_array_new_with_free_func(finding_free);
	if (missing)
		add_missing(&collect, missing);
	if (checked && checked->report)
		add_tests(&collect, checked);
	else if (checked && checked->error)
		add(&collect, PS_CSAF_SCHEMA, "schema", "", checked->error->message);
	sort(findings->findings);
	return findings;
}

void
ps_editor_findings_free(PsEditorFindings *findings)
{
	if (!findings)
		return;
	g_ptr_array_unref(findings->findings);
	g_free(findings);
}

static void
append_count(GString *text, guint count, char *words)
{
	if (count > 0)
		g_string_append_printf(text, "%s%s", text->len ? " · " : "", words);
	g_free(words);
}

char *
ps_editor_findings_count(const PsEditorFindings *findings)
{
	GString *text = g_string_new(NULL);
	guint errors = findings->counts[PS_EDITOR_ERROR];
	guint warnings = findings->counts[PS_EDITOR_WARNING];
	guint notes = findings->counts[PS_EDITOR_REMARK];

	append_count(text, errors,
		     g_strdup_printf(ngettext("%u error", "%u errors", errors), errors));
	append_count(text, warnings,
		     g_strdup_printf(ngettext("%u warning", "%u warnings", warnings), warnings));
	append_count(text, notes, g_strdup_printf(ngettext("%u note", "%u notes", notes), notes));
	if (text->len == 0)
		g_string_assign(text, _("none"));
	return g_string_free(text, FALSE);
}

/* ---- the list ---- */

enum { COLUMN_LEVEL, COLUMN_FIX, COLUMN_SENTENCE };

static const PsColumn columns[] = {
	[COLUMN_LEVEL] = {NULL, 8, 0, 0, FALSE},
	[COLUMN_FIX] = {NULL, 3, 0, 0, FALSE},
	[COLUMN_SENTENCE] = {NULL, 20, 1, 0, FALSE},
};

static const GPtrArray *
all(gpointer user)
{
	PsEditorFindings *findings = *(PsEditorFindings **)user;

	return findings ? findings->findings : NULL;
}

static gint64
count(gpointer user)
{
	return all(user) ? all(user)->len : 0;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return all(user) ? ps_list_part((GPtrArray *)all(user), first, limit) : g_ptr_array_new();
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const PsEditorFinding *)row)->id;
}

static void
draw(gpointer user, gconstpointer row, PsCells *cells)
{
	const PsEditorFinding *finding = row;

	(void)user;
	ps_cell(cells, COLUMN_LEVEL, ps_editor_grade_style(ps_editor_grade(finding->level)),
		finding->word);
	ps_cell(cells, COLUMN_FIX, PS_ROLE_GOOD, finding->fix_title ? _("fix") : NULL);
	ps_cell(cells, COLUMN_SENTENCE, PS_ROLE_NORMAL, finding->sentence);
}

static gint64
index_of(gpointer user, const char *id)
{
	const GPtrArray *findings = all(user);

	for (guint i = 0; findings && i < findings->len; i++)
		if (g_str_equal(((PsEditorFinding *)findings->pdata[i])->id, id))
			return i;
	return -1;
}

static const PsListModel model = {count, load, row_id, draw, NULL, index_of};

PsList *
ps_editor_findings_list(PsEditorFindings **findings)
{
	PsList *list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, findings);

	ps_list_set_empty(list, N_("Nothing is missing and no test complains."));
	return list;
}
