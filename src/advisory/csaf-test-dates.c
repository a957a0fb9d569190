#include "config.h"

/* Tests of CSAF 2.1 over the times of assessments and of exploitation. */

#include "advisory/csaf-test-2-1.h"

#include "base/i18n.h"

#define EPSS_DAYS 15

typedef struct {
	gint64 seconds;
	int nanoseconds;
} Instant;

static gboolean
read_instant(const char *text, Instant *instant)
{
	return text && ps_csaf_time(text, &instant->seconds, &instant->nanoseconds);
}

static gboolean
is_later(const Instant *a, const Instant *b)
{
	return a->seconds > b->seconds ||
	       (a->seconds == b->seconds && a->nanoseconds > b->nanoseconds);
}

/* The newest revision, which times of a released document must not exceed; NULL: nothing to test.
 */
static const PsCsafRevision *
bound_of(const PsCsafContext *context)
{
	return ps_csaf_is_released(context) ? ps_csaf_newest_revision(context) : NULL;
}

static const char *
date_of(const PsCsafContext *context, const PsCsafRevision *revision)
{
	int index = 0;

	for (const cJSON *item = ps_csaf_items(context->tracking, "revision_history"); item;
	     item = item->next, index++)
		if (index == revision->index)
			return ps_csaf_string(item, "date");
	return "";
}

static void
check_bound(PsCsafContext *context, const char *date, const PsPlace *place)
{
	const PsCsafRevision *bound = bound_of(context);
	Instant instant;

	if (bound && read_instant(date, &instant) &&
	    ps_csaf_is_after(instant.seconds, instant.nanoseconds, bound))
		ps_csaf_found(context, place,
			      _("“%s” is after the newest revision, which is of %s; correct the "
				"time or add a revision."),
			      date, date_of(context, bound));
}

/* ---- 6.1.49, 6.1.51 ---- */

static void
check_metric_time(PsCsafContext *context, const PsCsafMetric *metric, const char *member)
{
	const cJSON *object = ps_csaf_object(metric->content, member);
	PsPlace outer = {metric->content_place, member, 0}, place = {&outer, "timestamp", 0};

	check_bound(context, ps_csaf_string(object, "timestamp"), &place);
}

static void
check_ssvc_time(PsCsafContext *context, const PsCsafMetric *metric)
{
	check_metric_time(context, metric, "ssvc_v2");
}

void
ps_csaf_test_ssvc_time(PsCsafContext *context)
{
	ps_csaf_each_metric(context, check_ssvc_time);
}

static void
check_epss_time(PsCsafContext *context, const PsCsafMetric *metric)
{
	check_metric_time(context, metric, "epss");
}

void
ps_csaf_test_epss_time(PsCsafContext *context)
{
	ps_csaf_each_metric(context, check_epss_time);
}

/* ---- 6.2.41 ---- */

static void
check_epss_age(PsCsafContext *context, const PsCsafVulnerability *vulnerability,
	       const PsPlace *place)
{
	const PsCsafRevision *bound = bound_of(context);
	Instant newest = {0, 0}, instant;
	const char *date = NULL;
	int index = 0, newest_index = 0;

	for (const cJSON *metric = ps_csaf_member_items(vulnerability, PS_CSAF_METRICS); metric;
	     metric = metric->next, index++) {
		const cJSON *epss = ps_csaf_object(ps_csaf_object(metric, "content"), "epss");
		const char *text = ps_csaf_string(epss, "timestamp");
		if (!read_instant(text, &instant) || (date && !is_later(&instant, &newest)))
			continue;
		newest = instant;
		newest_index = index;
		date = text;
	}
	if (!bound || !date ||
	    !ps_csaf_is_after(bound->seconds, bound->nanoseconds,
			      &(PsCsafRevision){.seconds = newest.seconds + EPSS_DAYS * 86400,
						.nanoseconds = newest.nanoseconds}))
		return;
	PsPlace list = {place, "metrics", 0}, item = {&list, NULL, newest_index};
	PsPlace content = {&item, "content", 0}, epss = {&content, "epss", 0};
	PsPlace at = {&epss, "timestamp", 0};
	ps_csaf_found(context, &at,
		      _("The newest EPSS value is of %s, more than %d days before the newest "
			"revision (%s); take the present value."),
		      date, EPSS_DAYS, date_of(context, bound));
}

void
ps_csaf_test_epss_old(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	check_epss_age(context, vulnerability, &place);
}

/* ---- 6.1.52, 6.1.53 ---- */

typedef void (*ExploitationFunc)(PsCsafContext *context, const cJSON *item, const PsPlace *place);

static void
each_exploitation(PsCsafContext *context, ExploitationFunc func)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace list = {&place, "first_known_exploitation_dates", 0};
		PsPlace at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_member_items(vulnerability, PS_CSAF_EXPLOITATIONS);
		     item; item = item->next, at.index++)
			func(context, item, &at);
	}
}

static void
check_exploitation_time(PsCsafContext *context, const cJSON *item, const PsPlace *place)
{
	static const char *const members[] = {"date", "exploitation_date"};

	for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
		PsPlace at = {place, members[i], 0};
		check_bound(context, ps_csaf_string(item, members[i]), &at);
	}
}

void
ps_csaf_test_exploitation_time(PsCsafContext *context)
{
	each_exploitation(context, check_exploitation_time);
}

static void
check_exploitation_order(PsCsafContext *context, const cJSON *item, const PsPlace *place)
{
	const char *date = ps_csaf_string(item, "date");
	const char *exploitation = ps_csaf_string(item, "exploitation_date");
	PsPlace at = {place, "exploitation_date", 0};
	Instant known, happened;

	if (read_instant(date, &known) && read_instant(exploitation, &happened) &&
	    is_later(&happened, &known))
		ps_csaf_found(context, &at,
			      _("The exploitation (%s) is after the time at which it was known "
				"(%s); correct one of them."),
			      exploitation, date);
}

void
ps_csaf_test_exploitation_order(PsCsafContext *context)
{
	each_exploitation(context, check_exploitation_order);
}
