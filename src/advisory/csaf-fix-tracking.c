#include "config.h"

/* Fixes of version, status, dates and revision history (CSAF sections 3.1.11 and 3.2.1.12). */

#include "advisory/csaf-fix-internal.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/csaf-context.h"
#include "base/i18n.h"

#define TRACKING "/document/tracking"

/* ---- the history ---- */

/* Longer histories get no fix: each finding would read all of it. */
#define REVISIONS_MAX 10000

static int
compare_revisions(gconstpointer a, gconstpointer b)
{
	const PsCsafFixRevision *x = a, *y = b;

	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? -1 : 1;
	if (x->nanoseconds != y->nanoseconds)
		return x->nanoseconds < y->nanoseconds ? -1 : 1;
	int order = ps_csaf_version_compare(&x->version, &y->version, TRUE);
	return order ? order : x->index - y->index;
}

GArray *
ps_csaf_fix_history(const PsCsafFixer *fixer)
{
	GArray *history = g_array_new(FALSE, FALSE, sizeof(PsCsafFixRevision));
	int index = 0;

	for (const cJSON *item = ps_csaf_items(fixer->tracking, "revision_history"); item;
	     item = item->next, index++) {
		PsCsafFixRevision revision = {.item = item, .index = index};
		revision.number = ps_csaf_string(item, "number");
		revision.date = ps_csaf_string(item, "date");
		if (index >= REVISIONS_MAX || !revision.number || !revision.date ||
		    !ps_csaf_time(revision.date, &revision.seconds, &revision.nanoseconds) ||
		    !ps_csaf_version_parse(revision.number, &revision.version)) {
			g_array_set_size(history, 0);
			return history;
		}
		g_array_append_val(history, revision);
	}
	g_array_sort(history, compare_revisions);
	return history;
}

static const PsCsafFixRevision *
newest(const GArray *history)
{
	return history->len > 0 ? ps_csaf_fix_revision(history, history->len - 1) : NULL;
}

gboolean
ps_csaf_fix_newest(const PsCsafFixer *fixer, gint64 *seconds)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);
	const PsCsafFixRevision *last = newest(history);

	*seconds = last ? last->seconds : 0;
	return last != NULL;
}

char *
ps_csaf_fix_plain_number(const char *text, const PsCsafVersion *version)
{
	const char *end = version->pre ? version->pre - 1 : version->build;

	return end ? g_strndup(text, (gsize)(end - text)) : g_strdup(text);
}

/* ---- version and status ---- */

/* 6.1.16 */
gboolean
ps_csaf_fix_latest_version(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);
	const PsCsafFixRevision *last = newest(history);

	if (!last)
		return FALSE;
	ps_csaf_fix_edit(fixer, TRACKING "/version", cJSON_CreateString(last->number));
	return ps_csaf_fix_title(fixer, _("Set the version to that of the newest revision: %s"),
				 last->number);
}

/* 6.1.20 */
gboolean
ps_csaf_fix_version_number(PsCsafFixer *fixer)
{
	const char *text = ps_csaf_string(fixer->tracking, "version");
	PsCsafVersion version;

	if (!text || !ps_csaf_version_parse(text, &version) || !version.pre)
		return FALSE;
	g_autofree char *plain = ps_csaf_fix_plain_number(text, &version);
	ps_csaf_fix_edit(fixer, TRACKING "/version", cJSON_CreateString(plain));
	return ps_csaf_fix_title(fixer, _("Write the version as “%s”"), plain);
}

/* 6.1.17 */
gboolean
ps_csaf_fix_status_draft(PsCsafFixer *fixer)
{
	ps_csaf_fix_edit(fixer, TRACKING "/status", cJSON_CreateString("draft"));
	return ps_csaf_fix_title(fixer, "%s", _("Set the status to draft"));
}

/* ---- dates ---- */

static gboolean
set_date(PsCsafFixer *fixer, const char *member, const PsCsafFixRevision *revision,
	 const char *title)
{
	g_autofree char *pointer = g_strconcat(TRACKING "/", member, NULL);

	if (!revision)
		return FALSE;
	ps_csaf_fix_edit(fixer, pointer, cJSON_CreateString(revision->date));
	return ps_csaf_fix_title(fixer, title, revision->date);
}

/* 6.2.5 */
gboolean
ps_csaf_fix_initial_release(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);

	return set_date(fixer, "initial_release_date",
			history->len > 0 ? ps_csaf_fix_revision(history, 0) : NULL,
			_("Set the first release to the oldest revision: %s"));
}

/* 6.2.6 */
gboolean
ps_csaf_fix_current_release(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = ps_csaf_fix_history(fixer);

	return set_date(fixer, "current_release_date", newest(history),
			_("Set the current release to the newest revision: %s"));
}
