#include "config.h"

/* 6.1.37: every date and time by CSAF 2.1 section 2.3: RFC 3339 with “T” and “Z” in capitals, a
 * zone, and no leap second. Found by the document table, so that no place is forgotten. */

#include "advisory/csaf-suite.h"

#include <string.h>

#include "base/i18n.h"

static gboolean
is_right(const char *text)
{
	gint64 seconds;
	int nanoseconds;

	/* the ninth digit group of RFC 3339's grammar: seconds at 17 */
	return ps_csaf_time(text, &seconds, &nanoseconds) && !strpbrk(text, "tz") &&
	       strncmp(text + 17, "60", 2) != 0;
}

/* There can be no time at such a place, nor below it. */
static gboolean
is_without(const PsCsafNode *node)
{
	if (node->type == PS_CSAF_LIST)
		node = &node->members[0];
	return node->type != PS_CSAF_OBJECT && node->type != PS_CSAF_LIST &&
	       node->format != PS_CSAF_TIME;
}

static void
check(PsCsafContext *context, const PsCsafNode *node, const cJSON *value, const PsPlace *place)
{
	PsPlace at = {place, NULL, 0};
	int from = 0;

	if (node->format == PS_CSAF_TIME && cJSON_IsString(value) && !is_right(value->valuestring))
		ps_csaf_found(context, place,
			      _("“%s” is no date and time; write it as 2026-11-21T09:30:00Z, with "
				"a zone and without leap seconds."),
			      value->valuestring);
	if (cJSON_IsArray(value) != (node->type == PS_CSAF_LIST))
		return;
	for (const cJSON *item = value->child; item; item = item->next, at.index++) {
		const PsCsafNode *inner =
			ps_csaf_member_from(node, item->string ? item->string : "", &from);
		at.name = item->string;
		if (inner && !is_without(inner))
			check(context, inner, item, &at);
	}
}

void
ps_csaf_test_times(PsCsafContext *context)
{
	check(context, context->suite->root, context->root, NULL);
}
