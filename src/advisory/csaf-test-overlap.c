#include "config.h"

/* Tests of CSAF 2.1 over version ranges that overlap with their siblings in the product tree
 * (6.2.50, 6.3.19). The siblings that overlap are found once a document and kept in the context.
 *
 * A "range" is a branch of the category product_version_range whose name can be read; its sibling
 * is a branch beside it that is a range or a product_version. A "leaf" holds a product, others hold
 * branches. Pairs of ranges are found once, from the one that stands first. */

#include "advisory/csaf-test-2-1.h"

#include <string.h>

#include "base/i18n.h"
#include "registry/vers.h"

/* Work of all comparisons of ranges in a document, and of status in a test: a bound for hostile
 * ones. */
#define WORK_MAX 3000000
#define JUDGED_MAX 5000000
/* Pairs that are kept. */
#define PAIRS_MAX 20000
#define DEPTH_MAX 128

typedef enum { KIND_VERS, KIND_VLS, KIND_VERSION } Kind;

typedef struct {
	const cJSON *branch;
	const char *name;
	Kind kind;
	gboolean leaf;
	int index; /* among its siblings */
	PsVers *vers;
} Sibling;

typedef struct {
	const cJSON *range, *other;
	char *range_pointer, *other_pointer; /* of their names */
	Kind kind, range_kind;               /* kind: of the other */
	gboolean leaf, range_leaf;
} Pair;

typedef struct {
	GArray *pairs; /* Pair */
	/* branch of a pair -> GPtrArray of the numbers of the products at and below it */
	GHashTable *ids;
	const PsCsafIds *products;
	gint64 work;
	gboolean cut; /* the bound was reached */
} Siblings;

static void
pair_clear(gpointer data)
{
	Pair *pair = data;

	g_free(pair->range_pointer);
	g_free(pair->other_pointer);
}

static void
siblings_free(gpointer data)
{
	Siblings *siblings = data;

	g_array_unref(siblings->pairs);
	g_hash_table_unref(siblings->ids);
	g_free(siblings);
}

static void
sibling_clear(gpointer data)
{
	Sibling *sibling = data;

	ps_vers_free(sibling->vers);
}

/* ---- finding the pairs ---- */

/* FALSE: it is neither a range that can be read nor a version, or holds neither or both of product
 * and branches. */
static gboolean
read_sibling(const cJSON *branch, Sibling *sibling)
{
	const char *category = ps_csaf_string(branch, "category");
	gboolean has_branches = cJSON_GetObjectItemCaseSensitive(branch, "branches") != NULL;
	gboolean has_product = cJSON_GetObjectItemCaseSensitive(branch, "product") != NULL;

	*sibling = (Sibling){branch, ps_csaf_string(branch, "name"), KIND_VERSION, has_product, 0,
			     NULL};
	if (!sibling->name || has_branches == has_product)
		return FALSE;
	if (g_strcmp0(category, "product_version") == 0)
		return TRUE;
	if (g_strcmp0(category, "product_version_range") != 0)
		return FALSE;
	sibling->vers = ps_vers_parse(sibling->name, NULL);
	sibling->kind = sibling->vers && sibling->vers->type ? KIND_VERS : KIND_VLS;
	return sibling->vers != NULL;
}

static GArray *
read_siblings(const cJSON *holder)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(Sibling));
	int index = 0;
	Sibling sibling;

	g_array_set_clear_func(list, sibling_clear);
	for (const cJSON *item = ps_csaf_items(holder, "branches"); item;
	     item = item->next, index++) {
		if (!read_sibling(item, &sibling))
			continue;
		sibling.index = index;
		g_array_append_val(list, sibling);
	}
	return list;
}

static gboolean
overlap(Siblings *siblings, const Sibling *range, const Sibling *other)
{
	gint64 size = ps_vers_size(range->vers);

	if (!other->vers) {
		siblings->work += size;
		return ps_vers_contains(range->vers, other->name);
	}
	siblings->work += size * ps_vers_size(other->vers);
	return ps_vers_overlap(range->vers, other->vers);
}

/* Numbers of the products at and below a branch. */
static void
add_ids(const PsCsafIds *products, const cJSON *branch, GPtrArray *ids, int depth)
{
	const char *id = ps_csaf_string(ps_csaf_object(branch, "product"), "product_id");

	int number = id ? ps_csaf_ids_find(products, id) : -1;
	if (number >= 0)
		g_ptr_array_add(ids, GINT_TO_POINTER(number));
	for (const cJSON *item = ps_csaf_items(branch, "branches"); item && depth < DEPTH_MAX;
	     item = item->next)
		add_ids(products, item, ids, depth + 1);
}

static void
keep_ids(Siblings *siblings, const cJSON *branch)
{
	if (g_hash_table_contains(siblings->ids, branch))
		return;
	GPtrArray *ids = g_ptr_array_new();
	add_ids(siblings->products, branch, ids, 0);
	g_hash_table_insert(siblings->ids, (gpointer)branch, ids);
}

static void
add_pair(Siblings *siblings, const Sibling *range, const Sibling *other, const PsPlace *list)
{
	PsPlace one = {list, NULL, range->index}, two = {list, NULL, other->index};
	PsPlace one_name = {&one, "name", 0}, two_name = {&two, "name", 0};
	Pair pair = {range->branch,
		     other->branch,
		     ps_place_pointer(&one_name),
		     ps_place_pointer(&two_name),
		     other->kind,
		     range->kind,
		     other->leaf,
		     range->leaf};

	g_array_append_val(siblings->pairs, pair);
	keep_ids(siblings, range->branch);
	keep_ids(siblings, other->branch);
}

static void
compare_siblings(Siblings *siblings, GArray *list, const PsPlace *place)
{
	for (guint i = 0; i < list->len; i++) {
		const Sibling *range = &g_array_index(list, Sibling, i);
		for (guint k = 0; range->vers && k < list->len; k++) {
			const Sibling *other = &g_array_index(list, Sibling, k);
			/* two ranges: once */
			if (other == range || (other->vers && k < i))
				continue;
			if (siblings->work > WORK_MAX || siblings->pairs->len >= PAIRS_MAX) {
				siblings->cut = TRUE;
				return;
			}
			if (overlap(siblings, range, other))
				add_pair(siblings, range, other, place);
		}
	}
}

static void
walk(Siblings *siblings, const cJSON *holder, const PsPlace *up, int depth)
{
	PsPlace list = {up, "branches", 0}, place = {&list, NULL, 0};
	g_autoptr(GArray) here = read_siblings(holder);

	compare_siblings(siblings, here, &list);
	for (const cJSON *item = ps_csaf_items(holder, "branches"); item && depth < DEPTH_MAX;
	     item = item->next, place.index++)
		walk(siblings, item, &place, depth + 1);
}

static Siblings *
siblings_of(PsCsafContext *context)
{
	if (context->siblings)
		return context->siblings;
	Siblings *siblings = g_new0(Siblings, 1);
	siblings->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
	g_array_set_clear_func(siblings->pairs, pair_clear);
	siblings->ids = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	siblings->products = &context->all.products;
	context->siblings = siblings;
	context->siblings_free = siblings_free;
	walk(siblings, context->tree, &ps_place_tree, 0);
	return siblings;
}

/* ---- status ---- */

static const char *const group_names[PS_CSAF_STATUS_GROUPS] = {N_("Affected"), N_("Not affected"),
							       N_("Fixed"),
							       N_("Under investigation"),
							       N_("Unknown")};

/* A product: bits of the groups that it is in. FALSE: no product is in one. */
static gboolean
read_status(const PsCsafContext *context, const PsCsafVulnerability *vulnerability,
	    PsCsafMarks *groups)
{
	gboolean any = FALSE;

	ps_csaf_marks_reset(groups);
	for (int row = 0; row < PS_CSAF_STATUS_LISTS; row++) {
		const PsCsafIdList *list = &vulnerability->status[row];
		const int *numbers = ps_csaf_numbers_of(&context->all, list);
		for (guint i = 0; i < list->n; i++) {
			if (numbers[i] < 0)
				continue;
			int bits = ps_csaf_marks_get(groups, numbers[i]);
			ps_csaf_marks_set(groups, numbers[i],
					  bits | 1 << ps_csaf_status_groups[row]);
			any = TRUE;
		}
	}
	return any;
}

/* First group of a set of bits. */
static const char *
group_name(guint bits)
{
	for (int i = 0; i < PS_CSAF_STATUS_GROUPS; i++)
		if (bits & (1u << i))
			return _(group_names[i]);
	return "";
}

typedef struct {
	PsCsafContext *context;
	PsCsafMarks status; /* a product: its groups */
	PsPlace place;
	const Siblings *siblings;
	GPtrArray *pairs; /* that the test is about */
	gboolean same;    /* the same group is looked for, not contradicting ones */
	gint64 judged;
} Judge;

static void
judge_products(Judge *judge, const Pair *pair, int first, int second)
{
	guint x = (guint)ps_csaf_marks_get(&judge->status, first);
	guint y = (guint)ps_csaf_marks_get(&judge->status, second);

	if (!x || !y)
		return;
	const char *a = ps_csaf_product_text(&judge->context->all, first);
	const char *b = ps_csaf_product_text(&judge->context->all, second);
	const char *one = ps_csaf_string(pair->range, "name");
	const char *two = ps_csaf_string(pair->other, "name");
	if (judge->same && (x & y))
		ps_csaf_found(judge->context, &judge->place,
			      _("The products “%s” (%s) and “%s” (%s) overlap and are both in the "
				"group “%s”; split the range so that each version is named once."),
			      a, one, b, two, group_name(x & y));
	else if (!judge->same && (x != y || (x & (x - 1))))
		ps_csaf_found(judge->context, &judge->place,
			      _("The products “%s” (%s) and “%s” (%s) overlap, but are in the "
				"groups “%s” and “%s”; split the ranges so that each version has "
				"one status."),
			      a, one, b, two, group_name(x & ~y ? x & ~y : x),
			      group_name(y & ~x ? y & ~x : y));
}

static void
judge_pair(Judge *judge, const Pair *pair)
{
	const GPtrArray *a = g_hash_table_lookup(judge->siblings->ids, pair->range);
	const GPtrArray *b = g_hash_table_lookup(judge->siblings->ids, pair->other);

	for (guint i = 0; i < a->len; i++)
		for (guint k = 0; k < b->len && judge->judged <= JUDGED_MAX; k++) {
			judge->judged++;
			judge_products(judge, pair, GPOINTER_TO_INT(a->pdata[i]),
				       GPOINTER_TO_INT(b->pdata[k]));
		}
}

/* ---- which pairs a test is about ---- */

typedef gboolean (*PairFilter)(const Pair *pair);

/* Two ranges are one pair: either may be the leaf that the test is about. */
static gboolean
has_leaf(const Pair *pair, Kind kind)
{
	return (pair->leaf && pair->kind == kind) ||
	       (pair->kind != KIND_VERSION && pair->range_leaf && pair->range_kind == kind);
}

static gboolean
is_vers_leaf(const Pair *pair)
{
	return has_leaf(pair, KIND_VERS);
}

static gboolean
is_vls_leaf(const Pair *pair)
{
	return has_leaf(pair, KIND_VLS);
}

static gboolean
is_version_leaf(const Pair *pair)
{
	return pair->kind == KIND_VERSION && pair->leaf;
}

static gboolean
is_version(const Pair *pair)
{
	return pair->kind == KIND_VERSION;
}

static void
tell_cut(PsCsafContext *context, gboolean cut)
{
	if (cut)
		ps_csaf_found(context, &ps_place_tree, "%s",
			      _("So many version ranges stand beside each other that not all "
				"were compared."));
}

static void
check_vulnerability(Judge *judge, const PsCsafVulnerability *vulnerability, const PsPlace *place)
{
	gboolean any = read_status(judge->context, vulnerability, &judge->status);

	judge->place = (PsPlace){place, "product_status", 0};
	for (guint i = 0; any && i < judge->pairs->len; i++)
		judge_pair(judge, judge->pairs->pdata[i]);
}

static void
check_status(PsCsafContext *context, PairFilter filter, gboolean same)
{
	const Siblings *siblings = siblings_of(context);
	g_autoptr(GPtrArray) pairs = g_ptr_array_new();
	Judge judge = {context, {NULL, 0}, {NULL, NULL, 0}, siblings, pairs, same, 0};

	for (guint i = 0; i < siblings->pairs->len; i++) {
		Pair *pair = &g_array_index(siblings->pairs, Pair, i);
		if (filter(pair))
			g_ptr_array_add(pairs, pair);
	}
	ps_csaf_marks_init(&judge.status, context->all.products.ids->len);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	if (pairs->len > 0 && judge.judged <= JUDGED_MAX)
		check_vulnerability(&judge, vulnerability, &place);
	ps_csaf_marks_clear(&judge.status);
	tell_cut(context, siblings->cut || judge.judged > JUDGED_MAX);
}

/* ---- 6.2.50.1 to .3 ---- */

void
ps_csaf_test_overlap_contradiction_vers(PsCsafContext *context)
{
	check_status(context, is_vers_leaf, FALSE);
}

void
ps_csaf_test_overlap_contradiction_vls(PsCsafContext *context)
{
	check_status(context, is_vls_leaf, FALSE);
}

void
ps_csaf_test_overlap_contradiction_version(PsCsafContext *context)
{
	check_status(context, is_version_leaf, FALSE);
}

/* ---- 6.3.19.1 to .3 ---- */

void
ps_csaf_test_overlap_same_vers(PsCsafContext *context)
{
	check_status(context, is_vers_leaf, TRUE);
}

void
ps_csaf_test_overlap_same_vls(PsCsafContext *context)
{
	check_status(context, is_vls_leaf, TRUE);
}

void
ps_csaf_test_overlap_same_version(PsCsafContext *context)
{
	check_status(context, is_version, TRUE);
}

/* ---- 6.3.19.4, 6.3.19.5 ---- */

static void
found_at(PsCsafContext *context, const Pair *pair, gboolean other)
{
	const cJSON *here = other ? pair->other : pair->range;
	const cJSON *there = other ? pair->range : pair->other;
	const char *pointer = other ? pair->other_pointer : pair->range_pointer;
	PsPlace at = {NULL, pointer, PS_PLACE_POINTER};

	ps_csaf_found(
		context, &at,
		_("“%s” overlaps with “%s” beside it and is divided further; split them so that "
		  "each version has one place."),
		ps_csaf_string(here, "name"), ps_csaf_string(there, "name"));
}

void
ps_csaf_test_overlap_branch_range(PsCsafContext *context)
{
	const Siblings *siblings = siblings_of(context);

	for (guint i = 0; i < siblings->pairs->len; i++) {
		const Pair *pair = &g_array_index(siblings->pairs, Pair, i);
		if (pair->kind != KIND_VERSION && (!pair->leaf || !pair->range_leaf))
			found_at(context, pair, !pair->leaf);
	}
	tell_cut(context, siblings->cut);
}

void
ps_csaf_test_overlap_branch_version(PsCsafContext *context)
{
	const Siblings *siblings = siblings_of(context);

	for (guint i = 0; i < siblings->pairs->len; i++) {
		const Pair *pair = &g_array_index(siblings->pairs, Pair, i);
		if (pair->kind == KIND_VERSION && !pair->leaf)
			found_at(context, pair, TRUE);
	}
	tell_cut(context, siblings->cut);
}
