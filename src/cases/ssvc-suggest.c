#include "config.h"

/* What the case already tells about a decision point: a fact is typed once. */

#include "base/i18n.h"
#include "cases/ssvc.h"
#include "scoring/cvss.h"

#include <string.h>

/* What is looked at, read when it is first needed. */
typedef struct {
	PsStore *store;
	const char *case_id, *vulnerability;
} Facts;

static const PsRecord *
flaw_of(GPtrArray *records, const char *id)
{
	for (guint i = 0; records && i < records->len; i++)
		if (!id || g_str_equal(ps_record_id(records->pdata[i]), id))
			return records->pdata[i];
	return NULL;
}

/* The field “exploited” of the vulnerability; of the only one where none is named. */
static const char *
from_exploited(const Facts *facts, const char *unused)
{
	static const char *const values[][2] = {{"no", "N"}, {"poc", "P"}, {"active", "A"}};
	g_autoptr(GPtrArray) flaws =
		ps_store_children(facts->store, "vulnerability", facts->case_id, NULL);
	const PsRecord *flaw = flaw_of(flaws, facts->vulnerability);
	const char *exploited = flaw ? ps_record_text(flaw, "exploited") : NULL;

	(void)unused;
	for (gsize i = 0; exploited && i < G_N_ELEMENTS(values); i++)
		if (g_str_equal(values[i][0], exploited))
			return values[i][1];
	return NULL;
}

/* A supplemental metric of our CVSS 4.0 score; its keys are those of the point. */
static const char *
from_score(const Facts *facts, const char *metric)
{
	g_autoptr(GPtrArray) scores =
		ps_store_children(facts->store, "score", facts->case_id, NULL);
	const char *key = NULL;

	for (guint i = 0; scores && i < scores->len; i++) {
		const PsRecord *score = scores->pdata[i];
		const char *source = ps_record_text(score, "source");
		const char *vector = ps_record_text(score, "vector");
		PsCvss cvss;
		if ((source && !g_str_equal(source, "ours")) || !vector ||
		    g_strcmp0(ps_record_text(score, "vulnerability"), facts->vulnerability) != 0 ||
		    !ps_cvss_parse_text(vector, &cvss, NULL) || cvss.version != PS_CVSS_4_0)
			continue;
		const char *value = ps_cvss_value_key(&cvss, metric);
		if (value && !g_str_equal(value, "X"))
			key = value;
	}
	return key;
}

/* A letter of the case state: "P=Y p=N". */
static const char *
from_state(const Facts *facts, const char *letters)
{
	g_autoptr(PsRecord) record = ps_store_get(facts->store, "case", facts->case_id, NULL);
	const char *state = record ? ps_record_text(record, "cs") : NULL;
	static const char *const keys[] = {"Y", "N", "FR"};

	for (const char *at = letters; state && *at; at += 2)
		if (strchr(state, *at))
			return keys[at[1] - '0'];
	return NULL;
}

static const struct {
	const char *point; /* key of a point of the namespace ssvc */
	const char *(*read)(const Facts *facts, const char *argument);
	const char *argument;
	const char *why; /* N_() */
} suggestions[] = {
	{"E", from_exploited, NULL, N_("the vulnerability's field “Exploited” says so")},
	{"A", from_score, "AU", N_("our CVSS 4.0 score says so (AU)")},
	{"VD", from_score, "V", N_("our CVSS 4.0 score says so (V)")},
	{"RP", from_state, "P0p1", N_("the state of the case says whether the public knows")},
	{"SCON", from_state, "V0v1", N_("the state of the case says whether the vendor knows")},
	{"SINV", from_state, "F2", N_("the state of the case says that the fix is ready")},
};

int
ps_ssvc_suggest(PsStore *store, const char *case_id, const char *vulnerability,
		const PsSsvcPoint *point, const char **why)
{
	const Facts facts = {store, case_id, vulnerability};

	*why = NULL;
	if (!g_str_equal(point->space, "ssvc"))
		return -1;
	for (gsize i = 0; i < G_N_ELEMENTS(suggestions); i++) {
		if (!g_str_equal(suggestions[i].point, point->key))
			continue;
		const char *key = suggestions[i].read(&facts, suggestions[i].argument);
		int value = key ? ps_ssvc_value_find(point, key) : -1;
		*why = value >= 0 ? _(suggestions[i].why) : NULL;
		return value;
	}
	return -1;
}
