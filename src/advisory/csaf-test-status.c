#include "config.h"

/* Tests over product status, remediations, threats and flags of a vulnerability. */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"

/* ---- 6.1.6 ---- */

/* `seen`: row of the first list that the product is in, + 1. */
static void
check_list(PsCsafContext *context, const PsCsafIdList *ids, int row, PsCsafMarks *seen,
	   const PsPlace *up)
{
	const int *numbers = ps_csaf_numbers_of(&context->all, ids);
	PsPlace list = {up, ps_csaf_status_names[row], 0}, place = {&list, NULL, 0};

	for (guint i = 0; i < ids->n; i++) {
		int earlier = numbers[i] < 0 ? 0 : ps_csaf_marks_get(seen, numbers[i]);
		if (numbers[i] >= 0 && !earlier)
			ps_csaf_marks_set(seen, numbers[i], row + 1);
		if (!earlier || ps_csaf_status_groups[earlier - 1] == ps_csaf_status_groups[row])
			continue;
		place.index = (int)i;
		ps_csaf_found(context, &place,
			      _("The product “%s” is in “%s” and in “%s”, which contradict each "
				"other; remove it from one."),
			      ps_csaf_product_text(&context->all, numbers[i]),
			      ps_csaf_status_names[earlier - 1], ps_csaf_status_names[row]);
	}
}

void
ps_csaf_test_status_contradiction(PsCsafContext *context)
{
	int n = PS_CSAF_STATUS_LISTS - !ps_csaf_is_2_1(context);
	g_auto(PsCsafMarks) seen;

	ps_csaf_marks_init(&seen, context->all.products.ids->len);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace status = {&place, "product_status", 0};
		ps_csaf_marks_reset(&seen);
		for (int row = 0; row < n; row++)
			check_list(context, &vulnerability->status[row], row, &seen, &status);
	}
}

/* ---- what must name products ---- */

static void
check_named(PsCsafContext *context, PsCsafMember member, const char *name, const char *sentence)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace list = {&place, name, 0}, at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_member_items(vulnerability, member); item;
		     item = item->next, at.index++)
			if (cJSON_IsObject(item) &&
			    !cJSON_GetObjectItemCaseSensitive(item, "product_ids") &&
			    !cJSON_GetObjectItemCaseSensitive(item, "group_ids"))
				ps_csaf_found(context, &at, "%s", sentence);
	}
}

void
ps_csaf_test_remediation_products(PsCsafContext *context)
{
	check_named(context, PS_CSAF_REMEDIATIONS, "remediations",
		    _("The remedy does not say for which products it is; add product_ids or "
		      "group_ids."));
}

void
ps_csaf_test_flag_products(PsCsafContext *context)
{
	check_named(context, PS_CSAF_FLAGS_MEMBER, "flags",
		    _("The justification does not say for which products it is; add product_ids or "
		      "group_ids."));
}

/* ---- 6.1.33 ---- */

static const char *const justifications[] = {"component_not_present",
					     "inline_mitigations_already_exist",
					     "vulnerable_code_cannot_be_controlled_by_adversary",
					     "vulnerable_code_not_in_execute_path",
					     "vulnerable_code_not_present",
					     NULL};

typedef struct {
	PsCsafCover cover;
	PsCsafNumbers products; /* of one flag */
	PsCsafMarks seen;       /* that have a justification */
} Flags;

static void
check_flag(PsCsafContext *context, const PsCsafNaming *flag, Flags *flags, const PsPlace *place)
{
	ps_csaf_products_of(flag, &flags->cover, &flags->products);
	for (guint i = 0; i < flags->products.n; i++)
		if (ps_csaf_marks_set(&flags->seen, flags->products.items[i], 1))
			ps_csaf_found(context, place,
				      _("The product “%s” has more than one justification for this "
					"vulnerability, directly or through a group; keep one."),
				      ps_csaf_product_text(&context->all,
							   flags->products.items[i]));
}

static void
check_flags(PsCsafContext *context, const PsCsafNamings *list, Flags *flags, const PsPlace *place)
{
	PsPlace outer = {place, "flags", 0}, at = {&outer, NULL, 0};

	ps_csaf_marks_reset(&flags->seen);
	for (guint i = 0; i < list->n && !ps_csaf_is_full(context); i++, at.index++) {
		const PsCsafNaming *flag = ps_csaf_naming(&context->all, list, i);
		const char *label = ps_csaf_string(flag->item, "label");
		if (label && g_strv_contains(justifications, label))
			check_flag(context, flag, flags, &at);
	}
}

void
ps_csaf_test_flags_twice(PsCsafContext *context)
{
	Flags flags = {.products = {NULL, 0, 0}};

	ps_csaf_cover_init(&flags.cover, &context->all);
	ps_csaf_marks_init(&flags.seen, context->all.products.ids->len);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	check_flags(context, &vulnerability->named[PS_CSAF_NAMED_FLAGS], &flags, &place);
	ps_csaf_cover_clear(&flags.cover);
	ps_csaf_marks_clear(&flags.seen);
	g_free(flags.products.items);
}

/* ---- products of a status list that need something said about them ---- */

static void
check_covered(PsCsafContext *context, const PsCsafVulnerability *vulnerability,
	      PsCsafStatusList which, const PsCsafCover *covered, const PsPlace *up,
	      const char *sentence)
{
	const PsCsafIdList *ids = &vulnerability->status[which];
	const int *numbers = ps_csaf_numbers_of(&context->all, ids);
	PsPlace status = {up, "product_status", 0},
		list = {&status, ps_csaf_status_names[which], 0};
	PsPlace place = {&list, NULL, 0};

	for (guint i = 0; i < ids->n; i++) {
		place.index = (int)i;
		if (numbers[i] >= 0 && !ps_csaf_cover_has(covered, numbers[i]))
			ps_csaf_found(context, &place, sentence,
				      ps_csaf_product_text(&context->all, numbers[i]));
	}
}

static void
add_all(PsCsafContext *context, const PsCsafVulnerability *vulnerability, PsCsafNamedList which,
	const char *category, PsCsafCover *covered)
{
	const PsCsafNamings *list = &vulnerability->named[which];

	for (guint i = 0; i < list->n; i++) {
		const PsCsafNaming *naming = ps_csaf_naming(&context->all, list, i);
		if (!category || g_strcmp0(ps_csaf_string(naming->item, "category"), category) == 0)
			ps_csaf_cover_add(covered, naming);
	}
}

static gboolean
is_vex(const PsCsafContext *context)
{
	return g_strcmp0(context->category, "csaf_vex") == 0;
}

/* 6.1.27.9 */
void
ps_csaf_test_profile_impact(PsCsafContext *context)
{
	g_auto(PsCsafCover) covered = {0};

	if (!is_vex(context))
		return;
	ps_csaf_cover_init(&covered, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		if (vulnerability->status[PS_CSAF_KNOWN_NOT_AFFECTED].n == 0)
			continue;
		ps_csaf_cover_reset(&covered);
		add_all(context, vulnerability, PS_CSAF_NAMED_FLAGS, NULL, &covered);
		add_all(context, vulnerability, PS_CSAF_NAMED_THREATS, "impact", &covered);
		check_covered(context, vulnerability, PS_CSAF_KNOWN_NOT_AFFECTED, &covered, &place,
			      _("The product “%s” is not affected, but nothing says why; add a "
				"flag with a justification or a threat of category impact."));
	}
}

/* 6.1.27.10 */
void
ps_csaf_test_profile_action(PsCsafContext *context)
{
	g_auto(PsCsafCover) covered = {0};

	if (!is_vex(context))
		return;
	ps_csaf_cover_init(&covered, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		if (vulnerability->status[PS_CSAF_KNOWN_AFFECTED].n == 0)
			continue;
		ps_csaf_cover_reset(&covered);
		add_all(context, vulnerability, PS_CSAF_NAMED_REMEDIATIONS, NULL, &covered);
		check_covered(context, vulnerability, PS_CSAF_KNOWN_AFFECTED, &covered, &place,
			      _("The product “%s” is affected, but nothing says what to do; add a "
				"remedy for it."));
	}
}

/* Products in the lists of one of two groups; lists without a product need nothing. */
static gboolean
has_any(const PsCsafVulnerability *vulnerability, PsCsafStatusGroup one, PsCsafStatusGroup two)
{
	for (int row = 0; row < PS_CSAF_STATUS_LISTS; row++)
		if ((ps_csaf_status_groups[row] == one || ps_csaf_status_groups[row] == two) &&
		    vulnerability->status[row].n > 0)
			return TRUE;
	return FALSE;
}

/* 6.2.2 */
void
ps_csaf_test_remediation_missing(PsCsafContext *context)
{
	const char *sentence =
		_("There is no remedy for the product “%s”; add one, be it that none is planned.");
	g_auto(PsCsafCover) covered = {0};

	ps_csaf_cover_init(&covered, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		if (!has_any(vulnerability, PS_CSAF_GROUP_AFFECTED, PS_CSAF_GROUP_INVESTIGATED))
			continue;
		ps_csaf_cover_reset(&covered);
		add_all(context, vulnerability, PS_CSAF_NAMED_REMEDIATIONS, NULL, &covered);
		for (int row = 0; row < PS_CSAF_STATUS_LISTS; row++)
			if (ps_csaf_status_groups[row] == PS_CSAF_GROUP_AFFECTED ||
			    ps_csaf_status_groups[row] == PS_CSAF_GROUP_INVESTIGATED)
				check_covered(context, vulnerability, (PsCsafStatusList)row,
					      &covered, &place, sentence);
	}
}

/* 6.2.3 */
void
ps_csaf_test_score_missing(PsCsafContext *context)
{
	const char *sentence = _("No score applies to the product “%s”; add it to a score.");
	g_auto(PsCsafCover) covered = {0};

	ps_csaf_cover_init(&covered, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		if (!has_any(vulnerability, PS_CSAF_GROUP_AFFECTED, PS_CSAF_GROUP_AFFECTED))
			continue;
		ps_csaf_cover_reset(&covered);
		add_all(context, vulnerability, PS_CSAF_NAMED_SCORES, NULL, &covered);
		for (int row = 0; row < PS_CSAF_STATUS_LISTS; row++)
			if (ps_csaf_status_groups[row] == PS_CSAF_GROUP_AFFECTED)
				check_covered(context, vulnerability, (PsCsafStatusList)row,
					      &covered, &place, sentence);
	}
}
