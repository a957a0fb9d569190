#include "config.h"

/* Tests of CSAF 2.1 over weaknesses and the release of CWE that each names. */

#include "advisory/csaf-test-2-1.h"

#include <string.h>

#include "base/i18n.h"
#include "scoring/cwe.h"

/* Every item of cwes[] that names a weakness and a version. */
typedef void (*WeaknessFunc)(PsCsafContext *context, const PsCwe *cwe, const char *id,
			     const char *version, const PsPlace *place);

static void
each_weakness(PsCsafContext *context, WeaknessFunc func)
{
	const PsCwe *cwe = ps_csaf_cwe(context);

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace list = {&place, "cwes", 0}, at = {&list, NULL, 0};
		for (const cJSON *item = cwe ? ps_csaf_member_items(vulnerability, PS_CSAF_CWES)
					     : NULL;
		     item; item = item->next, at.index++) {
			const char *id = ps_csaf_string(item, "id");
			const char *version = ps_csaf_string(item, "version");
			if (id && version)
				func(context, cwe, id, version, &at);
		}
	}
}

/* 6.2.23 */
static void
check_deprecated(PsCsafContext *context, const PsCwe *cwe, const char *id, const char *version,
		 const PsPlace *place)
{
	g_auto(PsCweEntry) entry = {NULL, FALSE, PS_CWE_NOT_STATED};

	if (ps_cwe_lookup(cwe, version, id, &entry) == PS_CWE_FOUND && entry.deprecated)
		ps_csaf_found(context, place,
			      _("“%s” (%s) is deprecated in CWE %s; choose the weakness that "
				"replaced it."),
			      id, entry.name, version);
}

void
ps_csaf_test_cwe_deprecated(PsCsafContext *context)
{
	each_weakness(context, check_deprecated);
}

/* 6.2.24 */
static gboolean
last_revision(const PsCsafContext *context, gint64 *seconds)
{
	const PsCsafRevision *revision = ps_csaf_newest_revision(context);
	const char *current = ps_csaf_string(context->tracking, "current_release_date");

	if (revision)
		*seconds = revision->seconds;
	return revision || (current && ps_csaf_time(current, seconds, NULL));
}

static void
check_newest(PsCsafContext *context, const PsCwe *cwe, const char *id, const char *version,
	     const PsPlace *place)
{
	gint64 seconds;
	PsPlace at = {place, "version", 0};
	const char *newest =
		last_revision(context, &seconds) ? ps_cwe_release_at(cwe, seconds) : NULL;

	if (!newest || g_str_equal(newest, version))
		return;
	/* a release that our list does not have yet may be right */
	if (ps_cwe_is_newer(cwe, version) && g_str_equal(newest, ps_cwe_newest(cwe)))
		return;
	ps_csaf_found(context, &at,
		      _("“%s” is given by CWE %s, but CWE %s was the newest at the last revision; "
			"check the weakness against that one."),
		      id, version, newest);
}

void
ps_csaf_test_cwe_not_newest(PsCsafContext *context)
{
	each_weakness(context, check_newest);
}

/* 6.2.25 */
static void
check_allowed(PsCsafContext *context, const PsCwe *cwe, const char *id, const char *version,
	      const PsPlace *place)
{
	g_auto(PsCweEntry) entry = {NULL, FALSE, PS_CWE_NOT_STATED};

	if (ps_cwe_lookup(cwe, version, id, &entry) == PS_CWE_FOUND &&
	    (entry.usage == PS_CWE_DISCOURAGED || entry.usage == PS_CWE_PROHIBITED))
		ps_csaf_found(context, place,
			      _("CWE %s marks “%s” (%s) as “%s” for naming what a vulnerability "
				"is; choose a more exact weakness."),
			      version, id, entry.name, ps_cwe_usage_word(entry.usage));
}

void
ps_csaf_test_cwe_not_allowed(PsCsafContext *context)
{
	each_weakness(context, check_allowed);
}

/* 6.2.26 */
static void
check_review(PsCsafContext *context, const PsCwe *cwe, const char *id, const char *version,
	     const PsPlace *place)
{
	g_auto(PsCweEntry) entry = {NULL, FALSE, PS_CWE_NOT_STATED};

	if (ps_cwe_lookup(cwe, version, id, &entry) == PS_CWE_FOUND &&
	    entry.usage == PS_CWE_ALLOWED_WITH_REVIEW)
		ps_csaf_found(context, place,
			      _("CWE %s allows “%s” (%s) only after a review; see whether a more "
				"exact weakness fits."),
			      version, id, entry.name);
}

void
ps_csaf_test_cwe_review(PsCsafContext *context)
{
	each_weakness(context, check_review);
}
