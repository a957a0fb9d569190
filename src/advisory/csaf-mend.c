#include "config.h"

#include "advisory/csaf-mend.h"

#include <string.h>

#include "base/text-hash.h"

/* Rounds over all tests; in each, rounds of one test; tries of single fixes when all of one test
 * together bring errors. They bound the work, an ordinary document needs two. */
#define PASSES_MAX 4
#define ROUNDS_MAX 4
#define SINGLE_MAX 50
/* Rounds of a test whose findings do not all fit a report: more come into sight in each. */
#define FULL_ROUNDS_MAX 50

typedef struct {
	PsCsafMending *mending;
	const char *const *tests;
	const PsCsafFixOptions *options;
	PsProgress *progress;
	GHashTable *refused; /* test, pointer, title of what brought errors: not tried again */
} Mender;

typedef struct {
	PsCsafFix *fix;
	const PsCsafFinding *finding;
} Try;

static void
try_free(gpointer data)
{
	Try *try = data;

	ps_csaf_fix_free(try->fix);
	g_free(try);
}

static void
mended_free(gpointer data)
{
	PsCsafMended *mended = data;

	g_free(mended->test);
	g_free(mended->pointer);
	g_free(mended->title);
	g_free(mended);
}

void
ps_csaf_mending_free(PsCsafMending *mending)
{
	if (!mending)
		return;
	cJSON_Delete(mending->document);
	ps_csaf_report_free(mending->report);
	g_ptr_array_unref(mending->mended);
	g_free(mending);
}

static void
note(Mender *mender, const Try *try, gboolean kept)
{
	PsCsafMended *mended = g_new0(PsCsafMended, 1);

	mended->test = g_strdup(try->finding->test);
	mended->pointer = g_strdup(try->finding->pointer);
	mended->title = g_strdup(try->fix->title);
	mended->kept = kept;
	g_ptr_array_add(mender->mending->mended, mended);
}

/* ---- better or worse ---- */

static GHashTable *
count_errors(const PsCsafReport *report)
{
	GHashTable *counts = ps_text_table_new();

	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (!(finding->level & (PS_CSAF_SCHEMA | PS_CSAF_MANDATORY)))
			continue;
		guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, finding->test));
		g_hash_table_insert(counts, (gpointer)finding->test, GUINT_TO_POINTER(count + 1));
	}
	return counts;
}

static gboolean
brings_errors(const PsCsafReport *before, const PsCsafReport *after)
{
	g_autoptr(GHashTable) old = count_errors(before), new = count_errors(after);
	GHashTableIter iter;
	gpointer test, count;

	g_hash_table_iter_init(&iter, new);
	while (g_hash_table_iter_next(&iter, &test, &count))
		if (GPOINTER_TO_UINT(count) > GPOINTER_TO_UINT(g_hash_table_lookup(old, test)))
			return TRUE;
	return FALSE;
}

static guint
count_test(const PsCsafReport *report, const char *test)
{
	guint count = 0;

	for (guint i = 0; i < report->findings->len; i++)
		count += g_str_equal(((PsCsafFinding *)report->findings->pdata[i])->test, test);
	return count;
}

/* What a finding says of which place; new string. */
static char *
saying(const PsCsafFinding *finding)
{
	return g_strconcat(finding->pointer, "\n", finding->message, NULL);
}

/* Fewer findings of the test; where there are more than a report keeps, none of those that were
 * mended. */
static gboolean
helps(const PsCsafReport *before, const PsCsafReport *after, const GPtrArray *tries, guint first,
      guint end)
{
	const char *test = ((Try *)tries->pdata[first])->finding->test;
	guint left = count_test(after, test);

	if (left < PS_CSAF_FINDINGS_MAX)
		return left < count_test(before, test);
	g_autoptr(GHashTable) there =
		g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < after->findings->len; i++) {
		const PsCsafFinding *finding = after->findings->pdata[i];
		if (g_str_equal(finding->test, test))
			g_hash_table_add(there, saying(finding));
	}
	for (guint i = first; i < end; i++) {
		g_autofree char *said = saying(((Try *)tries->pdata[i])->finding);
		if (g_hash_table_contains(there, said))
			return FALSE;
	}
	return TRUE;
}

/* ---- trying ---- */

static gboolean
is_asked(const Mender *mender, const char *test)
{
	return !mender->tests || g_strv_contains(mender->tests, test);
}

/* What a fix is known by: two findings may have the same one, which is applied once. */
static char *
identity(const PsCsafFix *fix)
{
	g_auto(GStrv) pairs = ps_csaf_fix_pairs(fix);
	g_autofree char *joined = g_strjoinv("\n", pairs);

	return g_strconcat(fix->title, "\n", joined, NULL);
}

/* Try* array of what can be done about the findings of one test. */
static GPtrArray *
fixes_of(Mender *mender, const char *test)
{
	GPtrArray *tries = g_ptr_array_new_with_free_func(try_free);
	const GPtrArray *findings = mender->mending->report->findings;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < findings->len; i++) {
		const PsCsafFinding *finding = findings->pdata[i];
		if (!g_str_equal(finding->test, test))
			continue;
		g_autoptr(PsCsafFix) fix =
			ps_csaf_fix(mender->mending->document, finding, mender->options);
		if (!fix || (fix->choice && !mender->tests))
			continue;
		char *known = identity(fix);
		if (g_hash_table_contains(mender->refused, known) ||
		    g_hash_table_contains(seen, known)) {
			g_free(known);
			continue;
		}
		g_hash_table_add(seen, known);
		Try *try = g_new0(Try, 1);
		try->fix = g_steal_pointer(&fix);
		try->finding = finding;
		g_ptr_array_add(tries, try);
	}
	return tries;
}

typedef enum {
	FAILED, /* the check itself */
	WORSE,
	BETTER,
} Outcome;

/* Applies tries [first, end) on a copy, the last one first: what stands behind or below goes before
 * the place of an earlier one moves. */
static Outcome
apply(Mender *mender, const GPtrArray *tries, guint first, guint end, GError **error)
{
	PsCsafMending *mending = mender->mending;
	g_autoptr(cJSON) copy = cJSON_Duplicate(mending->document, TRUE);

	for (guint i = end; i > first; i--)
		ps_csaf_fix_apply(copy, ((Try *)tries->pdata[i - 1])->fix);
	g_autoptr(PsCsafReport) after = ps_csaf_check(copy, PS_CSAF_ALL, mender->progress, error);
	if (!after)
		return FAILED;
	if (!helps(mending->report, after, tries, first, end) ||
	    brings_errors(mending->report, after))
		return WORSE;
	for (guint i = first; i < end; i++)
		note(mender, tries->pdata[i], TRUE);
	/* the findings that the tries point to live until the next round */
	cJSON_Delete(mending->document);
	mending->document = g_steal_pointer(&copy);
	ps_csaf_report_free(mending->report);
	mending->report = g_steal_pointer(&after);
	return BETTER;
}

static void
refuse(Mender *mender, const Try *try)
{
	note(mender, try, FALSE);
	g_hash_table_add(mender->refused, identity(try->fix));
}

/* One fix at a time, until one helps. */
static Outcome
apply_one(Mender *mender, const GPtrArray *tries, GError **error)
{
	Outcome outcome = WORSE;

	for (guint i = 0; i < tries->len && i < SINGLE_MAX && outcome == WORSE; i++) {
		outcome = apply(mender, tries, i, i + 1, error);
		if (outcome == WORSE)
			refuse(mender, tries->pdata[i]);
	}
	return outcome;
}

/* All that can be done about one test. */
static Outcome
mend_test(Mender *mender, const char *test, GError **error)
{
	Outcome result = WORSE, outcome = BETTER;
	int full = 0;

	for (int round = 0; round < ROUNDS_MAX + SINGLE_MAX && outcome == BETTER; round++) {
		gboolean is_full =
			count_test(mender->mending->report, test) == PS_CSAF_FINDINGS_MAX;
		g_autoptr(GPtrArray) tries = fixes_of(mender, test);
		if (tries->len == 0)
			break;
		outcome = round < ROUNDS_MAX ? apply(mender, tries, 0, tries->len, error) : WORSE;
		if (outcome == WORSE)
			outcome = apply_one(mender, tries, error);
		if (outcome == BETTER)
			result = BETTER;
		if (is_full && full++ < FULL_ROUNDS_MAX)
			round--;
	}
	return outcome == FAILED ? FAILED : result;
}

/* The tests that have findings, in the report's order; strings are constants of the tables. */
static GPtrArray *
failing_tests(const Mender *mender)
{
	GPtrArray *tests = g_ptr_array_new();
	const GPtrArray *findings = mender->mending->report->findings;

	for (guint i = 0; i < findings->len; i++) {
		const char *test = ((PsCsafFinding *)findings->pdata[i])->test;
		if (is_asked(mender, test) && ps_csaf_fix_is_known(test) &&
		    !g_ptr_array_find_with_equal_func(tests, test, g_str_equal, NULL))
			g_ptr_array_add(tests, (gpointer)test);
	}
	return tests;
}

static Outcome
mend_all(Mender *mender, GError **error)
{
	g_autoptr(GPtrArray) tests = failing_tests(mender);
	Outcome result = WORSE;

	for (guint i = 0; i < tests->len; i++) {
		Outcome outcome = mend_test(mender, tests->pdata[i], error);
		if (outcome == FAILED)
			return FAILED;
		if (outcome == BETTER)
			result = BETTER;
	}
	return result;
}

static guint
count_choices(const Mender *mender)
{
	const PsCsafMending *mending = mender->mending;
	guint count = 0;

	for (guint i = 0; i < mending->report->findings->len; i++) {
		g_autoptr(PsCsafFix) fix =
			ps_csaf_fix(mending->document, mending->report->findings->pdata[i],
				    mender->options);
		count += fix && fix->choice;
	}
	return count;
}

PsCsafMending *
ps_csaf_mend(const cJSON *document, const char *const *tests, const PsCsafFixOptions *options,
	     PsProgress *progress, GError **error)
{
	g_autoptr(PsCsafReport) report = ps_csaf_check(document, PS_CSAF_ALL, progress, error);
	Outcome outcome = BETTER;

	if (!report)
		return NULL;
	g_autoptr(PsCsafMending) mending = g_new0(PsCsafMending, 1);
	mending->document = cJSON_Duplicate(document, TRUE);
	mending->report = g_steal_pointer(&report);
	mending->mended = g_ptr_array_new_with_free_func(mended_free);
	g_autoptr(GHashTable) refused =
		g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
	Mender mender = {mending, tests, options, progress, refused};
	for (int pass = 0; pass < PASSES_MAX && outcome == BETTER; pass++)
		outcome = mend_all(&mender, error);
	if (outcome == FAILED)
		return NULL;
	mending->choices = tests ? 0 : count_choices(&mender);
	return g_steal_pointer(&mending);
}
