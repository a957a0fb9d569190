#include "config.h"

/* Tests over which remedies may stand together, and with which product status (CSAF 2.1 section
 * 3.2.4.14.1, tables 3 and 4). */

#include "advisory/csaf-test.h"

#include "base/i18n.h"

typedef enum {
	WORKAROUND = 1 << 0,
	MITIGATION = 1 << 1,
	VENDOR_FIX = 1 << 2,
	OPTIONAL_PATCH = 1 << 3,
	NONE_AVAILABLE = 1 << 4,
	FIX_PLANNED = 1 << 5,
	NO_FIX_PLANNED = 1 << 6,
	EVERY = (1 << 7) - 1,
} Remedy;

/* `excludes`: what the same product must not have beside it. */
static const struct {
	const char *category;
	Remedy remedy;
	int excludes;
} remedies[] = {
	{"workaround", WORKAROUND, OPTIONAL_PATCH | NONE_AVAILABLE},
	{"mitigation", MITIGATION, OPTIONAL_PATCH | NONE_AVAILABLE},
	{"vendor_fix", VENDOR_FIX, OPTIONAL_PATCH | NONE_AVAILABLE | FIX_PLANNED | NO_FIX_PLANNED},
	{"optional_patch", OPTIONAL_PATCH, EVERY & ~OPTIONAL_PATCH},
	{"none_available", NONE_AVAILABLE, EVERY & ~NONE_AVAILABLE},
	{"fix_planned", FIX_PLANNED, VENDOR_FIX | OPTIONAL_PATCH | NONE_AVAILABLE | NO_FIX_PLANNED},
	{"no_fix_planned", NO_FIX_PLANNED,
	 VENDOR_FIX | OPTIONAL_PATCH | NONE_AVAILABLE | FIX_PLANNED},
};

#define DOUBTFUL (WORKAROUND | MITIGATION | VENDOR_FIX | FIX_PLANNED)
static const struct {
	int prohibited, discouraged;
} status_lists[PS_CSAF_STATUS_LISTS] = {
	[PS_CSAF_FIRST_AFFECTED] = {OPTIONAL_PATCH, 0},
	[PS_CSAF_KNOWN_AFFECTED] = {OPTIONAL_PATCH, 0},
	[PS_CSAF_LAST_AFFECTED] = {OPTIONAL_PATCH, 0},
	[PS_CSAF_KNOWN_NOT_AFFECTED] = {WORKAROUND | MITIGATION | VENDOR_FIX | NONE_AVAILABLE,
					FIX_PLANNED | NO_FIX_PLANNED},
	[PS_CSAF_FIRST_FIXED] = {EVERY & ~OPTIONAL_PATCH, OPTIONAL_PATCH},
	[PS_CSAF_FIXED] = {EVERY & ~OPTIONAL_PATCH, OPTIONAL_PATCH},
	[PS_CSAF_UNDER_INVESTIGATION] = {0, DOUBTFUL},
	[PS_CSAF_UNKNOWN] = {0, DOUBTFUL},
};

static int
remedy_row(const cJSON *remediation)
{
	const char *category = ps_csaf_string(remediation, "category");

	for (guint i = 0; category && i < G_N_ELEMENTS(remedies); i++)
		if (g_str_equal(category, remedies[i].category))
			return (int)i;
	return -1;
}

/* Products of one remedy that have the same thing wrong: told together, by the first. */
typedef struct {
	const char *first; /* NULL: none */
	int others;
} Wrong;

static void
add_wrong(Wrong *wrong, const char *id)
{
	if (!wrong->first)
		wrong->first = id;
	else
		wrong->others++;
}

/* "“GW-20”", "“GW-20” and 3 more". New string. */
static char *
wrong_text(const Wrong *wrong)
{
	if (wrong->others == 0)
		return g_strdup_printf("“%s”", wrong->first);
	return g_strdup_printf(ngettext("“%s” and %d more", "“%s” and %d more",
					(gulong)wrong->others),
			       wrong->first, wrong->others);
}

/* What both tests work with over all vulnerabilities. */
typedef struct {
	PsCsafContext *context;
	PsCsafCover cover;
	PsCsafNumbers products; /* of one remedy */
	PsCsafMarks bits;       /* a product; what of is said below */
	PsCsafMarks clean;      /* a group: rows for which nothing was wrong with all of it */
	gboolean prohibited;
} Remedies;

static void
remedies_init(Remedies *remedy, PsCsafContext *context)
{
	*remedy = (Remedies){.context = context};
	ps_csaf_cover_init(&remedy->cover, &context->all);
	ps_csaf_marks_init(&remedy->bits, context->all.products.ids->len);
	ps_csaf_marks_init(&remedy->clean, context->all.groups.ids->len);
}

static void
remedies_clear(Remedies *remedy)
{
	ps_csaf_cover_clear(&remedy->cover);
	ps_csaf_marks_clear(&remedy->bits);
	ps_csaf_marks_clear(&remedy->clean);
	g_free(remedy->products.items);
}

/* The only group that a remedy is for, and no other product; -1: none. */
static int
only_group(const PsCsafVulnerabilities *all, const PsCsafNaming *naming)
{
	return naming->products.n == 0 && naming->groups.n == 1
		       ? *ps_csaf_numbers_of(all, &naming->groups)
		       : -1;
}

/* Calls for each remedy of a vulnerability that is of a known category; `row`: of `remedies`. The
 * function gives TRUE when something is wrong. A large group that many remedies are for is gone
 * through once a category. */
static void
each_remedy(Remedies *remedy, const PsCsafVulnerability *vulnerability, const PsPlace *place,
	    gboolean (*func)(Remedies *remedy, int row, const PsPlace *place))
{
	const PsCsafVulnerabilities *all = &remedy->context->all;
	const PsCsafNamings *items = &vulnerability->named[PS_CSAF_NAMED_REMEDIATIONS];
	PsPlace list = {place, "remediations", 0}, at = {&list, NULL, 0};

	for (guint i = 0; i < items->n && !ps_csaf_is_full(remedy->context); i++, at.index++) {
		const PsCsafNaming *naming = ps_csaf_naming(all, items, i);
		int row = remedy_row(naming->item), group = only_group(all, naming);
		if (row < 0 || (group >= 0 && ps_csaf_marks_get(&remedy->clean, group) & 1 << row))
			continue;
		ps_csaf_products_of(naming, &remedy->cover, &remedy->products);
		if (!func(remedy, row, &at) && group >= 0)
			ps_csaf_marks_set(&remedy->clean, group,
					  ps_csaf_marks_get(&remedy->clean, group) | 1 << row);
	}
}

/* ---- 6.1.35 ---- */

/* `bits`: the remedies that the product had so far. */
static gboolean
check_remedy(Remedies *remedy, int row, const PsPlace *place)
{
	Wrong wrong[G_N_ELEMENTS(remedies)] = {{NULL, 0}};
	gboolean any = FALSE;

	for (guint i = 0; i < remedy->products.n; i++) {
		int product = remedy->products.items[i];
		int before = ps_csaf_marks_get(&remedy->bits, product);
		int clash = before & remedies[row].excludes;
		if (!(before & (int)remedies[row].remedy)) {
			ps_csaf_marks_set(&remedy->bits, product,
					  before | (int)remedies[row].remedy);
			ps_csaf_marks_reset(&remedy->clean);
		}
		any |= clash != 0;
		if (clash)
			add_wrong(&wrong[g_bit_nth_lsf((gulong)clash, -1)],
				  ps_csaf_product_text(&remedy->context->all, product));
	}
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		if (!wrong[i].first)
			continue;
		g_autofree char *names = wrong_text(&wrong[i]);
		ps_csaf_found(remedy->context, place,
			      _("Remedies “%s” and “%s” for one product exclude each other; remove "
				"%s from one of them."),
			      remedies[i].category, remedies[row].category, names);
	}
	return any;
}

void
ps_csaf_test_remediations_contradict(PsCsafContext *context)
{
	Remedies remedy;

	remedies_init(&remedy, context);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		ps_csaf_marks_reset(&remedy.bits);
		ps_csaf_marks_reset(&remedy.clean);
		each_remedy(&remedy, vulnerability, &place, check_remedy);
	}
	remedies_clear(&remedy);
}

/* ---- 6.1.36, 6.2.27 ---- */

static void
read_status(Remedies *remedy, const PsCsafVulnerability *vulnerability)
{
	ps_csaf_marks_reset(&remedy->bits);
	ps_csaf_marks_reset(&remedy->clean);
	for (int row = 0; row < PS_CSAF_STATUS_LISTS; row++) {
		const PsCsafIdList *list = &vulnerability->status[row];
		const int *numbers = ps_csaf_numbers_of(&remedy->context->all, list);
		for (guint i = 0; i < list->n; i++)
			if (numbers[i] >= 0)
				ps_csaf_marks_set(&remedy->bits, numbers[i],
						  ps_csaf_marks_get(&remedy->bits, numbers[i]) |
							  1 << row);
	}
}

static void
found_status(PsCsafContext *context, const Wrong *wrong, int list, int row, gboolean prohibited,
	     const PsPlace *place)
{
	g_autofree char *names = wrong_text(wrong);

	ps_csaf_found(
		context, place,
		prohibited ? _("A remedy “%s” is given for %s, in “%s” of the product status; the "
			       "two exclude each other.")
			   : _("A remedy “%s” is given for %s, in “%s” of the product status; the "
			       "two hardly go together."),
		remedies[row].category, names, ps_csaf_status_names[list]);
}

/* `bits`: the status lists that the product is in. */
static gboolean
check_status(Remedies *remedy, int row, const PsPlace *place)
{
	Wrong wrong[PS_CSAF_STATUS_LISTS] = {{NULL, 0}};
	int against = 0, found = 0;

	for (int i = 0; i < PS_CSAF_STATUS_LISTS; i++)
		if ((remedy->prohibited ? status_lists[i].prohibited
					: status_lists[i].discouraged) &
		    (int)remedies[row].remedy)
			against |= 1 << i;
	for (guint p = 0; p < remedy->products.n; p++) {
		int product = remedy->products.items[p];
		int bits = ps_csaf_marks_get(&remedy->bits, product) & against;
		found |= bits;
		for (int i = 0; bits >> i; i++)
			if (bits & 1 << i)
				add_wrong(&wrong[i],
					  ps_csaf_product_text(&remedy->context->all, product));
	}
	for (int i = 0; i < PS_CSAF_STATUS_LISTS; i++)
		if (wrong[i].first)
			found_status(remedy->context, &wrong[i], i, row, remedy->prohibited, place);
	return found != 0;
}

static void
check_all(PsCsafContext *context, gboolean prohibited)
{
	Remedies remedy;

	remedies_init(&remedy, context);
	remedy.prohibited = prohibited;
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		if (vulnerability->named[PS_CSAF_NAMED_REMEDIATIONS].n == 0)
			continue;
		read_status(&remedy, vulnerability);
		each_remedy(&remedy, vulnerability, &place, check_status);
	}
	remedies_clear(&remedy);
}

void
ps_csaf_test_remediation_prohibited(PsCsafContext *context)
{
	check_all(context, TRUE);
}

void
ps_csaf_test_remediation_discouraged(PsCsafContext *context)
{
	check_all(context, FALSE);
}
