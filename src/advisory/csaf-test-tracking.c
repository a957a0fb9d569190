#include "config.h"

/* Tests over version, status, dates and revision history (CSAF 2.0 section 3.2.1.12). */

#include "advisory/csaf-test.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"

static const PsPlace history = {&ps_place_tracking, "revision_history", 0};
static const PsPlace version_place = {&ps_place_tracking, "version", 0};

static const PsCsafRevision *
revision(const PsCsafContext *context, guint i)
{
	return &g_array_index(context->revisions, PsCsafRevision, i);
}

static void
found_at(PsCsafContext *context, const PsCsafRevision *at, const char *member, const char *sentence)
{
	PsPlace item = {&history, NULL, at->index}, place = {&item, member, 0};

	ps_csaf_found(context, &place, sentence, at->number);
}

static gboolean
document_version(const PsCsafContext *context, const char **text, PsCsafVersion *version)
{
	*text = ps_csaf_string(context->tracking, "version");
	return *text && ps_csaf_version_parse(*text, version);
}

/* 6.1.14: sorted by date, the numbers ascend. */
void
ps_csaf_test_history_sorted(PsCsafContext *context)
{
	for (guint i = 1; i < context->revisions->len; i++) {
		const PsCsafRevision *before = revision(context, i - 1);
		const PsCsafRevision *now = revision(context, i);
		if (ps_csaf_version_compare(&before->version, &now->version, TRUE) > 0)
			ps_csaf_found(context, &history,
				      _("Revision “%s” is dated later than “%s”, which has the "
					"higher number; correct dates or numbers."),
				      now->number, before->number);
	}
}

/* 6.1.16 */
void
ps_csaf_test_latest_version(PsCsafContext *context)
{
	const char *text;
	PsCsafVersion version;

	if (!document_version(context, &text, &version) || context->revisions->len == 0)
		return;
	const PsCsafRevision *last = revision(context, context->revisions->len - 1);
	/* in 2.1 a whole number stands for N.0.0 here: that the two are mixed is for 6.1.30 */
	if ((ps_csaf_is_2_1(context) || version.semantic == last->version.semantic) &&
	    ps_csaf_version_compare(&version, &last->version, !ps_csaf_is_draft(context)) == 0)
		return;
	ps_csaf_found(context, &version_place,
		      _("The document has version “%s”, but its latest revision is “%s”; they must "
			"agree."),
		      text, last->number);
}

/* Versions before the first release: 0 and 0.y.z. */
static gboolean
is_unreleased(const PsCsafVersion *version)
{
	return ps_csaf_version_major(version) == 0;
}

/* 6.1.17 */
void
ps_csaf_test_status_draft(PsCsafContext *context)
{
	const char *text;
	PsCsafVersion version;
	PsPlace place = {&ps_place_tracking, "status", 0};

	if (!document_version(context, &text, &version) || ps_csaf_is_draft(context))
		return;
	if (is_unreleased(&version) || version.pre)
		ps_csaf_found(
			context, &place,
			_("Version “%s” is one of a draft, but the status is “%s”; set the status "
			  "to draft or raise the version."),
			text, context->status ? context->status : "");
}

/* 6.1.18 */
void
ps_csaf_test_released_history(PsCsafContext *context)
{
	for (guint i = 0; ps_csaf_is_released(context) && i < context->revisions->len; i++)
		if (is_unreleased(&revision(context, i)->version))
			found_at(context, revision(context, i), "number",
				 _("Revision “%s” is one of a draft; a released document's history "
				   "begins with its first release."));
}

/* 6.1.19 */
void
ps_csaf_test_history_pre_release(PsCsafContext *context)
{
	for (guint i = 0; i < context->revisions->len; i++)
		if (revision(context, i)->version.pre)
			found_at(context, revision(context, i), "number",
				 _("Revision “%s” has a pre-release part, which a history must not "
				   "have; remove it."));
}

/* 6.1.20 */
void
ps_csaf_test_version_pre_release(PsCsafContext *context)
{
	const char *text;
	PsCsafVersion version;

	if (document_version(context, &text, &version) && version.pre &&
	    ps_csaf_is_released(context))
		ps_csaf_found(
			context, &version_place,
			_("Version “%s” has a pre-release part, which only a draft may have."),
			text);
}

/* Numbers of a gap that are named one by one. */
#define GAP_MAX 20

/* Every first number of the history. Keys are those of `values`. */
static GHashTable *
majors_of(const PsCsafContext *context, GArray *values)
{
	GHashTable *set = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = 0; i < context->revisions->len; i++) {
		guint64 major = ps_csaf_version_major(&revision(context, i)->version);
		g_array_append_val(values, major);
	}
	for (guint i = 0; i < values->len; i++)
		g_hash_table_add(set, &g_array_index(values, guint64, i));
	return set;
}

static void
found_gap(PsCsafContext *context, guint64 from, guint64 to, const PsCsafRevision *before,
	  GHashTable *majors)
{
	for (guint64 major = from; major < to; major++) {
		if (major - from == GAP_MAX) {
			ps_csaf_found(context, &history,
				      _("Still more revisions are missing before “%s”."),
				      before->number);
			return;
		}
		ps_csaf_found(context, &history,
			      g_hash_table_contains(majors, &major)
				      ? _("Revision %" PRIu64 " is dated later than “%s”, "
					  "which comes after it; correct dates or numbers.")
				      : _("Revision %" PRIu64 " is not there, although "
					  "“%s” comes after it; add it or renumber."),
			      major, before->number);
	}
}

/* 6.1.21: by date, no number is left out. */
void
ps_csaf_test_history_gap(PsCsafContext *context)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(guint64));
	g_autoptr(GHashTable) majors = majors_of(context, values);
	guint64 highest = 0;

	for (guint i = 0; i < context->revisions->len; i++) {
		const PsCsafRevision *now = revision(context, i);
		guint64 major = ps_csaf_version_major(&now->version);
		if (i == 0 && major > 1)
			ps_csaf_found(
				context, &history,
				_("The first revision is “%s”; a history begins with 0 or 1."),
				now->number);
		if (major > highest + 1)
			found_gap(context, highest + 1, major, now, majors);
		highest = MAX(highest, major);
	}
}

/* 6.1.22 */
void
ps_csaf_test_history_twice(PsCsafContext *context)
{
	g_autoptr(GHashTable) seen = ps_csaf_set_new();
	PsPlace place = {&history, NULL, 0};

	for (const cJSON *item = ps_csaf_items(context->tracking, "revision_history"); item;
	     item = item->next, place.index++) {
		const char *number = ps_csaf_string(item, "number");
		PsPlace at = {&place, "number", 0};
		if (number && !g_hash_table_add(seen, (gpointer)number))
			ps_csaf_found(
				context, &at,
				_("Revision number “%s” is there twice; give each revision its "
				  "own."),
				number);
	}
}

/* The last revision as the document lists them, or NULL. */
static const PsCsafRevision *
last_listed(const PsCsafContext *context)
{
	const PsCsafRevision *last = NULL;

	for (guint i = 0; i < context->revisions->len; i++)
		if (!last || revision(context, i)->index > last->index)
			last = revision(context, i);
	return last;
}

/* 6.1.30 */
void
ps_csaf_test_version_schemes(PsCsafContext *context)
{
	const PsCsafRevision *last = last_listed(context);
	const char *text;
	PsCsafVersion version;

	if (!last)
		return;
	for (guint i = 0; i < context->revisions->len; i++) {
		const PsCsafRevision *other = revision(context, i);
		if (other->version.semantic == last->version.semantic)
			continue;
		ps_csaf_found(context, &history,
			      _("Revisions “%s” and “%s” are counted in two ways; use either whole "
				"numbers or semantic versions throughout."),
			      other->number, last->number);
		break;
	}
	if (document_version(context, &text, &version) &&
	    version.semantic != last->version.semantic)
		ps_csaf_found(context, &version_place,
			      _("Version “%s” is counted in another way than revision “%s”; use "
				"either whole numbers or semantic versions throughout."),
			      text, last->number);
}

/* 6.2.4 */
void
ps_csaf_test_build_metadata(PsCsafContext *context)
{
	for (guint i = 0; i < context->revisions->len; i++)
		if (revision(context, i)->version.build)
			found_at(context, revision(context, i), "number",
				 _("Revision “%s” has build metadata, which a history should not "
				   "have."));
}

static int
compare_time(gint64 seconds, int nanoseconds, const PsCsafRevision *other)
{
	if (seconds != other->seconds)
		return seconds < other->seconds ? -1 : 1;
	return nanoseconds < other->nanoseconds ? -1 : nanoseconds > other->nanoseconds;
}

static void
check_release(PsCsafContext *context, const char *member, guint against, const char *sentence)
{
	const char *text = ps_csaf_string(context->tracking, member);
	PsPlace place = {&ps_place_tracking, member, 0};
	gint64 seconds;
	int nanoseconds;

	if (text && context->revisions->len > 0 && ps_csaf_time(text, &seconds, &nanoseconds) &&
	    compare_time(seconds, nanoseconds, revision(context, against)) < 0)
		ps_csaf_found(context, &place, sentence, text);
}

/* 6.2.5 */
void
ps_csaf_test_initial_release(PsCsafContext *context)
{
	check_release(context, "initial_release_date", 0,
		      _("The first release “%s” is earlier than the oldest revision."));
}

/* 6.2.6 */
void
ps_csaf_test_current_release(PsCsafContext *context)
{
	guint n = context->revisions->len;

	check_release(context, "current_release_date", n > 0 ? n - 1 : 0,
		      _("The current release “%s” is earlier than the newest revision."));
}

/* 6.2.21 */
void
ps_csaf_test_revision_times(PsCsafContext *context)
{
	for (guint i = 1; i < context->revisions->len; i++) {
		const PsCsafRevision *before = revision(context, i - 1),
				     *now = revision(context, i);
		if (before->seconds == now->seconds && before->nanoseconds == now->nanoseconds)
			found_at(context, now, "date",
				 _("Revision “%s” has the same time as another one; give each its "
				   "own."));
	}
}

/* 6.1.45, 6.2.33: calls for what is disclosed after the newest revision. */
static void
check_disclosure(PsCsafContext *context, gint64 until, const char *sentence)
{
	const PsCsafRevision *newest = ps_csaf_newest_revision(context);

	if (!newest)
		return;
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		const char *date =
			ps_csaf_item_string(vulnerability->members[PS_CSAF_DISCLOSURE_DATE]);
		PsPlace at = {&place, "disclosure_date", 0};
		gint64 seconds;
		int nanoseconds;
		if (date && ps_csaf_time(date, &seconds, &nanoseconds) && seconds <= until &&
		    ps_csaf_is_after(seconds, nanoseconds, newest))
			ps_csaf_found(context, &at, sentence, date);
	}
}

/* 6.1.45 */
void
ps_csaf_test_disclosure_clear(PsCsafContext *context)
{
	if (ps_csaf_is_clear(context) && ps_csaf_is_released(context))
		check_disclosure(context, G_MAXINT64,
				 _("The disclosure date “%s” is after the newest revision, but the "
				   "document is out already; correct the date."));
}

/* 6.2.33 */
void
ps_csaf_test_disclosure_past(PsCsafContext *context)
{
	check_disclosure(context, ps_now_ms() / 1000,
			 _("The vulnerability was disclosed on “%s”, after the newest revision; "
			   "add a revision that takes it up."));
}
