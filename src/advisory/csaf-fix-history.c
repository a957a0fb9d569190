#include "config.h"

/* Fixes of the revision history (CSAF sections 3.1.11 and 3.2.1.12.6). */

#include "advisory/csaf-fix-internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "advisory/csaf-context.h"
#include "advisory/phrase.h"
#include "base/i18n.h"

#define HISTORY "/document/tracking/revision_history"
/* More revisions than this are not made up at once. */
#define MISSING_MAX 5

static void
edit_revision(PsCsafFixer *fixer, int index, const char *member, const char *value)
{
	g_autofree char *pointer = g_strdup_printf(HISTORY "/%d/%s", index, member);

	ps_csaf_fix_edit(fixer, pointer, cJSON_CreateString(value));
}

/* The revision that the finding is about; NULL: none that can be read. */
static const PsCsafFixRevision *
revision_here(const PsCsafFixer *fixer, const GArray *history)
{
	for (guint i = 0; fixer->n_steps >= 4 && i < history->len; i++) {
		const PsCsafFixRevision *revision = ps_csaf_fix_revision(history, i);
		if (revision->item == fixer->holder)
			return revision;
	}
	return NULL;
}

/* ---- 6.1.14 ---- */

static int
compare_numbers(gconstpointer a, gconstpointer b)
{
	const PsCsafFixRevision *x = a, *y = b;
	int order = ps_csaf_version_compare(&x->version, &y->version, TRUE);

	return order ? order : x->index - y->index;
}

/* The same dates, handed out in the order of the numbers. */
gboolean
ps_csaf_fix_history_order(PsCsafFixer *fixer)
{
	g_autoptr(GArray) by_date = ps_csaf_fix_history(fixer);
	g_autoptr(GArray) by_number = g_array_copy(by_date);

	g_array_sort(by_number, compare_numbers);
	for (guint i = 0; i < by_date->len; i++) {
		const char *date = ps_csaf_fix_revision(by_date, i)->date;
		const PsCsafFixRevision *revision = ps_csaf_fix_revision(by_number, i);
		if (!g_str_equal(date, revision->date))
			edit_revision(fixer, revision->index, "date", date);
	}
	return fixer->fix->edits->len > 0 &&
	       ps_csaf_fix_title(fixer, "%s",
				 _("Give the dates to the revisions in the order of their "
				   "numbers"));
}

/* ---- revisions that are missing ---- */

static void
add_revision(PsCsafFixer *fixer, const char *number, const char *date, const char *before)
{
	const char *lang = ps_csaf_string(ps_csaf_object(fixer->document, "document"), "lang");
	g_autofree char *summary = NULL;
	cJSON *item = cJSON_CreateObject();

	if (before) {
		g_auto(GStrv) parts = g_strsplit(ps_phrase(lang, PS_PHRASE_DRAFT_SUMMARY), "%s", 2);
		summary = g_strjoinv(before, parts);
	} else {
		summary = g_strdup(ps_phrase(lang, PS_PHRASE_INITIAL_VERSION));
	}
	cJSON_AddStringToObject(item, "date", date);
	cJSON_AddStringToObject(item, "number", number);
	cJSON_AddStringToObject(item, "summary", summary);
	ps_csaf_fix_edit(fixer, HISTORY "/-", item);
}

/* 6.1.16: the version was raised, the history forgotten. */
gboolean
ps_csaf_fix_revision_missing(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);
	const char *text = ps_csaf_string(fixer->tracking, "version");
	const char *date = ps_csaf_string(fixer->tracking, "current_release_date");
	PsCsafVersion version;
	gint64 seconds;

	if (!text || !date || history->len == 0 || !ps_csaf_version_parse(text, &version) ||
	    !ps_csaf_time(date, &seconds, NULL))
		return FALSE;
	const PsCsafFixRevision *last = ps_csaf_fix_revision(history, history->len - 1);
	if (last->seconds > seconds || version.semantic != last->version.semantic ||
	    ps_csaf_version_compare(&version, &last->version, FALSE) <= 0)
		return FALSE;
	g_autofree char *number = ps_csaf_fix_plain_number(text, &version);
	add_revision(fixer, number, date, last->number);
	return ps_csaf_fix_title(fixer, _("Add revision %s of %s to the history"), number, date);
}

/* Numbers between two revisions, or before the first one (before NULL), dated as the later one. */
static gboolean
fill_gap(PsCsafFixer *fixer, const PsCsafFixRevision *before, const PsCsafFixRevision *behind)
{
	guint64 low = before ? ps_csaf_version_major(&before->version) + 1 : 1;
	guint64 high = ps_csaf_version_major(&behind->version);
	g_autofree char *earlier = before ? g_strdup(before->number) : NULL;

	if (high > low && high - low > MISSING_MAX)
		return FALSE;
	for (guint64 number = low; number < high; number++) {
		g_autofree char *text =
			g_strdup_printf(behind->version.semantic ? "%" PRIu64 ".0.0" : "%" PRIu64,
					number);
		add_revision(fixer, text, behind->date, earlier);
		g_free(earlier);
		earlier = g_steal_pointer(&text);
	}
	return TRUE;
}

/* 6.1.21: all gaps at once. */
gboolean
ps_csaf_fix_history_gap(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);

	for (guint i = 0; i < history->len; i++)
		if (!fill_gap(fixer, i > 0 ? ps_csaf_fix_revision(history, i - 1) : NULL,
			      ps_csaf_fix_revision(history, i)))
			return FALSE;
	return fixer->fix->edits->len > 0 &&
	       ps_csaf_fix_title(fixer, "%s", _("Add the missing revisions to the history"));
}

/* ---- drafts and parts of numbers ---- */

static gboolean
remove_revision(PsCsafFixer *fixer, const PsCsafFixRevision *revision)
{
	g_autofree char *pointer = g_strdup_printf(HISTORY "/%d", revision->index);

	ps_csaf_fix_edit(fixer, pointer, NULL);
	return ps_csaf_fix_title(fixer, _("Remove the draft revision “%s” from the history"),
				 revision->number);
}

/* 6.1.18: what was before the first release; something must stay. */
gboolean
ps_csaf_fix_draft_revision(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);
	const PsCsafFixRevision *revision = revision_here(fixer, history);
	gboolean released = FALSE;

	for (guint i = 0; i < history->len; i++)
		released |= ps_csaf_version_major(&ps_csaf_fix_revision(history, i)->version) > 0;
	return released && revision && remove_revision(fixer, revision);
}

/* Another revision that would have the same number, and is to have it rather than this one. */
static gboolean
number_is_taken(const GArray *history, const PsCsafFixRevision *revision)
{
	for (guint i = 0; i < history->len; i++) {
		const PsCsafFixRevision *other = ps_csaf_fix_revision(history, i);
		if (other == revision ||
		    ps_csaf_version_compare(&other->version, &revision->version, FALSE) != 0)
			continue;
		/* they are sorted by date: the last of several drafts keeps the number */
		if (!other->version.pre || other > revision)
			return TRUE;
	}
	return FALSE;
}

/* 6.1.19, 6.2.4 */
gboolean
ps_csaf_fix_revision_number(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);
	const PsCsafFixRevision *revision = revision_here(fixer, history);

	if (!revision)
		return FALSE;
	if (number_is_taken(history, revision)) {
		fixer->fix->choice = TRUE;
		return revision->version.pre && remove_revision(fixer, revision);
	}
	g_autofree char *plain = ps_csaf_fix_plain_number(revision->number, &revision->version);
	edit_revision(fixer, revision->index, "number", plain);
	return ps_csaf_fix_title(fixer, _("Write the revision's number as “%s”"), plain);
}

/* ---- 6.1.30 ---- */

/* Whole numbers as semantic versions, everywhere; not where two would become one. */
gboolean
ps_csaf_fix_version_schemes(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);
	const char *text = ps_csaf_string(fixer->tracking, "version");
	PsCsafVersion version;

	if (!text || !ps_csaf_version_parse(text, &version))
		return FALSE;
	g_array_sort(history, compare_numbers);
	for (guint i = 0; i < history->len; i++) {
		const PsCsafFixRevision *revision = ps_csaf_fix_revision(history, i);
		if (i > 0 &&
		    ps_csaf_version_compare(&revision[-1].version, &revision->version, TRUE) == 0)
			return FALSE;
		if (revision->version.semantic)
			continue;
		g_autofree char *number = g_strconcat(revision->number, ".0.0", NULL);
		edit_revision(fixer, revision->index, "number", number);
	}
	if (!version.semantic) {
		g_autofree char *number = g_strconcat(text, ".0.0", NULL);
		ps_csaf_fix_edit(fixer, "/document/tracking/version", cJSON_CreateString(number));
	}
	return ps_csaf_fix_title(fixer, "%s", _("Write all versions as semantic versions"));
}
