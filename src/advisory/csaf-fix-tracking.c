#include "config.h"

/* Fixes of version, status, dates and revision history (CSAF sections 3.1.11 and 3.2.1.12). */

#include "advisory/csaf-fix-internal.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/csaf-context.h"
#include "base/i18n.h"

#define TRACKING "/document/tracking"
#define HISTORY TRACKING "/revision_history"

typedef struct {
	const cJSON *item;
	int index;
	const char *number, *date;
	gint64 seconds;
	int nanoseconds;
	PsCsafVersion version;
} Revision;

static int
compare_revisions(gconstpointer a, gconstpointer b)
{
	const Revision *x = a, *y = b;

	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? -1 : 1;
	if (x->nanoseconds != y->nanoseconds)
		return x->nanoseconds < y->nanoseconds ? -1 : 1;
	int order = ps_csaf_version_compare(&x->version, &y->version, TRUE);
	return order ? order : x->index - y->index;
}

/* The whole history, by date, then number; empty when some of it can't be read. */
static GArray *
read_history(const PsCsafFixer *fixer)
{
	GArray *history = g_array_new(FALSE, FALSE, sizeof(Revision));
	int index = 0;

	for (const cJSON *item = ps_csaf_items(fixer->tracking, "revision_history"); item;
	     item = item->next, index++) {
		Revision revision = {.item = item, .index = index};
		revision.number = ps_csaf_string(item, "number");
		revision.date = ps_csaf_string(item, "date");
		if (!revision.number || !revision.date ||
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

static const Revision *
at(const GArray *history, guint index)
{
	return &g_array_index(history, Revision, index);
}

static const Revision *
newest(const GArray *history)
{
	return history->len > 0 ? at(history, history->len - 1) : NULL;
}

/* 6.1.16 */
gboolean
ps_csaf_fix_latest_version(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = read_history(fixer);
	const Revision *last = newest(history);

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
	g_autofree char *plain = g_strndup(text, (gsize)(version.pre - text - 1));
	ps_csaf_fix_edit(fixer, TRACKING "/version", cJSON_CreateString(plain));
	return ps_csaf_fix_title(fixer, _("Write the version as “%s”"), plain);
}

static gboolean
set_date(PsCsafFixer *fixer, const char *member, const Revision *revision, const char *title)
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
	g_autoptr(GArray) history = read_history(fixer);

	return set_date(fixer, "initial_release_date", history->len > 0 ? at(history, 0) : NULL,
			_("Set the first release to the oldest revision: %s"));
}

/* 6.2.6 */
gboolean
ps_csaf_fix_current_release(PsCsafFixer *fixer)
{
	g_autoptr(GArray) history = read_history(fixer);

	return set_date(fixer, "current_release_date", newest(history),
			_("Set the current release to the newest revision: %s"));
}
