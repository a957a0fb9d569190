#include "config.h"

/* Tests over the product tree and the use of its ids. */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"
#include "registry/purl.h"

/* ---- 6.1.1, 6.1.4: what is used must be defined ---- */

#define DEFINED (PS_CSAF_ID_DEFINED | PS_CSAF_ID_EXTENDED)

static void
check_product(PsCsafContext *context, const char *id, const PsPlace *place)
{
	const PsCsafIds *products = &context->all.products;
	int flags = ps_csaf_ids_at(products, ps_csaf_ids_find(products, id))->flags;

	if (!(flags & DEFINED))
		ps_csaf_found(context, place,
			      _("The product “%s” is not in the product tree; define it there or "
				"correct the id."),
			      id);
}

void
ps_csaf_test_product_missing(PsCsafContext *context)
{
	if (ps_csaf_ids_any(&context->all.products, PS_CSAF_ID_USED, DEFINED))
		ps_csaf_each_product_reference(context, check_product);
}

static void
check_group(PsCsafContext *context, const char *id, const PsPlace *place)
{
	const PsCsafIds *groups = &context->all.groups;

	if (!(ps_csaf_ids_at(groups, ps_csaf_ids_find(groups, id))->flags & DEFINED))
		ps_csaf_found(
			context, place,
			_("The product group “%s” is not in the product tree; define it there "
			  "or correct the id."),
			id);
}

void
ps_csaf_test_group_missing(PsCsafContext *context)
{
	if (ps_csaf_ids_any(&context->all.groups, PS_CSAF_ID_USED, DEFINED))
		ps_csaf_each_group_reference(context, check_group);
}

/* ---- 6.1.2, 6.1.5: nothing is defined twice ---- */

void
ps_csaf_test_product_twice(PsCsafContext *context)
{
	const PsCsafProducts *products = context->products;
	g_auto(PsCsafMarks) seen = {0};

	if (context->all.products.n_twice == 0)
		return;
	ps_csaf_marks_init(&seen, context->all.products.ids->len);
	for (const PsCsafProduct *product = products->items;
	     product < products->items + products->n; product++) {
		PsPlace at = {&product->place, "product_id", 0};
		if (product->number >= 0 && ps_csaf_marks_set(&seen, product->number, 1))
			ps_csaf_found(context, &at,
				      _("The product id “%s” is defined twice; give one of them "
					"another."),
				      product->id);
	}
}

void
ps_csaf_test_group_twice(PsCsafContext *context)
{
	const PsCsafVulnerabilities *all = &context->all;
	PsPlace list = {&ps_place_tree, "product_groups", 0}, place = {&list, NULL, 0};

	if (all->groups.n_twice == 0)
		return;
	for (const cJSON *group = ps_csaf_items(context->tree, "product_groups"); group;
	     group = group->next, place.index++) {
		const char *id = ps_csaf_string(group, "group_id");
		PsPlace at = {&place, "group_id", 0};
		if (id && all->first->pdata[ps_csaf_ids_find(&all->groups, id)] != group)
			ps_csaf_found(context, &at,
				      _("The group id “%s” is defined twice; give one of them "
					"another."),
				      id);
	}
}

/* ---- 6.1.3: no product is made of itself ---- */

typedef enum { NEW, OPEN, DONE } Colour;

typedef struct {
	PsPlace place; /* of the relationship or product path */
	PsCsafParts parts;
	Colour colour;
} Relation;

/* Depth first without recursion: a chain may be as long as the document. */
static void
visit(PsCsafContext *context, GHashTable *by_id, Relation *start, GPtrArray *stack)
{
	g_ptr_array_add(stack, start);
	start->colour = OPEN;
	while (stack->len > 0) {
		Relation *relation = g_ptr_array_index(stack, stack->len - 1);
		const char *id = ps_csaf_parts_next(&relation->parts);
		if (!id) {
			relation->colour = DONE;
			g_ptr_array_set_size(stack, (int)stack->len - 1);
			continue;
		}
		Relation *target = g_hash_table_lookup(by_id, id);
		if (!target || target->colour == DONE)
			continue;
		if (target->colour == NEW) {
			target->colour = OPEN;
			g_ptr_array_add(stack, target);
			continue;
		}
		ps_csaf_found(context, &relation->parts.at,
			      _("The product “%s” is, over this relationship, made of itself; "
				"break the circle."),
			      id);
	}
}

/* Most are made of single products only. */
static gboolean
may_be_circles(const PsCsafContext *context)
{
	const cJSON *first = ps_csaf_items(context->tree, ps_csaf_relations(context));
	const PsCsafProducts *products = context->products;
	g_auto(PsCsafMarks) made = {0};

	ps_csaf_marks_init(&made, context->all.products.ids->len);
	for (gsize i = products->n_single; i < products->n; i++)
		if (products->items[i].number >= 0)
			ps_csaf_marks_set(&made, products->items[i].number, 1);
	for (const cJSON *item = first; item; item = item->next) {
		PsCsafParts parts;
		ps_csaf_parts_init(&parts, context, item, NULL);
		while (ps_csaf_parts_next(&parts)) {
			int number = ps_csaf_ids_of(&context->all.products, parts.id);
			if (number >= 0 && ps_csaf_marks_get(&made, number))
				return TRUE;
		}
	}
	return FALSE;
}

void
ps_csaf_test_product_circle(PsCsafContext *context)
{
	if (!may_be_circles(context))
		return;
	g_autoptr(GHashTable) by_id =
		g_hash_table_new_full(ps_text_hash, g_str_equal, NULL, g_free);
	g_autoptr(GPtrArray) stack = g_ptr_array_new(), order = g_ptr_array_new();
	PsPlace list = {&ps_place_tree, ps_csaf_relations(context), 0}, place = {&list, NULL, 0};

	for (const cJSON *item = ps_csaf_items(context->tree, list.name); item;
	     item = item->next, place.index++) {
		const char *id =
			ps_csaf_string(ps_csaf_object(item, "full_product_name"), "product_id");
		if (!id || g_hash_table_contains(by_id, id))
			continue;
		Relation *relation = g_new0(Relation, 1);
		relation->place = place;
		ps_csaf_parts_init(&relation->parts, context, item, &relation->place);
		g_hash_table_insert(by_id, (gpointer)id, relation);
		g_ptr_array_add(order, relation);
	}
	for (guint i = 0; i < order->len; i++) {
		Relation *relation = g_ptr_array_index(order, i);
		if (relation->colour == NEW)
			visit(context, by_id, relation, stack);
	}
}

/* ---- identification helpers ---- */

static void
check_purl(PsCsafContext *context, const char *purl, const PsPlace *place)
{
	g_autoptr(GError) error = NULL;

	if (!ps_purl_check(purl, &error))
		ps_csaf_found(context, place, _("“%s” is not a package URL: %s"), purl,
			      error->message);
	else if (ps_csaf_is_2_1(context) && purl[strlen("pkg:")] == '/') /* section 3.1.4.3.4 */
		ps_csaf_found(context, place, _("“%s” has slashes behind “pkg:”; leave them out."),
			      purl);
}

/* One in 2.0, a list in 2.1. */
static void
check_purls(PsCsafContext *context, const PsCsafProduct *product)
{
	const cJSON *holder = product->helper;
	const char *purl = ps_csaf_string(holder, "purl");
	PsPlace helper = {&product->place, "product_identification_helper", 0},
		at = {&helper, "purl", 0};
	PsPlace list = {&helper, "purls", 0}, item_at = {&list, NULL, 0};

	if (!ps_csaf_is_2_1(context)) {
		if (purl)
			check_purl(context, purl, &at);
		return;
	}
	for (const cJSON *item = ps_csaf_items(holder, list.name); item;
	     item = item->next, item_at.index++)
		if (cJSON_IsString(item))
			check_purl(context, item->valuestring, &item_at);
}

void
ps_csaf_test_purl(PsCsafContext *context)
{
	ps_csaf_each_product(context, check_purls);
}

/* Calls for each file_hashes list of a product. */
static void
each_hash_list(PsCsafContext *context, const PsCsafProduct *product,
	       void (*func)(PsCsafContext *context, const cJSON *first, const PsPlace *place))
{
	PsPlace helper = {&product->place, "product_identification_helper", 0};
	PsPlace hashes = {&helper, "hashes", 0}, file = {&hashes, NULL, 0};

	for (const cJSON *item = product->hashes; item; item = item->next, file.index++) {
		PsPlace list = {&file, "file_hashes", 0};
		func(context, ps_csaf_items(item, "file_hashes"), &list);
	}
}

static void
check_hash_twice(PsCsafContext *context, const cJSON *first, const PsPlace *list)
{
	g_autoptr(GHashTable) seen = ps_csaf_set_new();
	PsPlace place = {list, NULL, 0};

	for (const cJSON *item = first; item; item = item->next, place.index++) {
		const char *algorithm = ps_csaf_string(item, "algorithm");
		if (algorithm && !g_hash_table_add(seen, (gpointer)algorithm))
			ps_csaf_found(context, &place,
				      _("The hash algorithm “%s” is there twice for one file; keep "
					"one."),
				      algorithm);
	}
}

/* The only algorithm of the list is this one. */
static void
check_only(PsCsafContext *context, const cJSON *first, const PsPlace *list, const char *weak)
{
	const cJSON *item = first;

	while (item && g_strcmp0(ps_csaf_string(item, "algorithm"), weak) == 0)
		item = item->next;
	if (first && !item)
		ps_csaf_found(context, list,
			      _("“%s” is the only hash of this file and can be forged; add a "
				"stronger one such as sha256."),
			      weak);
}

static void
check_hash_md5(PsCsafContext *context, const cJSON *first, const PsPlace *list)
{
	check_only(context, first, list, "md5");
}

static void
check_hash_sha1(PsCsafContext *context, const cJSON *first, const PsPlace *list)
{
	check_only(context, first, list, "sha1");
}

static void
check_hash_short(PsCsafContext *context, const cJSON *first, const PsPlace *list)
{
	PsPlace place = {list, NULL, 0};

	for (const cJSON *item = first; item; item = item->next, place.index++) {
		const char *value = ps_csaf_string(item, "value");
		PsPlace at = {&place, "value", 0};
		if (value && strlen(value) < 64)
			ps_csaf_found(context, &at,
				      _("The hash has %d digits; one of 64 or more (SHA-256) is "
					"safer."),
				      (int)strlen(value));
	}
}

#define HASH_TEST(name)                                                                            \
	static void product_##name(PsCsafContext *context, const PsCsafProduct *product)           \
	{                                                                                          \
		each_hash_list(context, product, check_##name);                                    \
	}                                                                                          \
	void ps_csaf_test_##name(PsCsafContext *context)                                           \
	{                                                                                          \
		ps_csaf_each_product(context, product_##name);                                     \
	}

HASH_TEST(hash_twice)
HASH_TEST(hash_md5)
HASH_TEST(hash_sha1)
HASH_TEST(hash_short)

static void
check_helper(PsCsafContext *context, const PsCsafProduct *product)
{
	const char *id = product->id;

	if (!product->any_helper)
		ps_csaf_found(
			context, &product->place,
			_("The product “%s” has nothing by which programs recognise it; add a "
			  "CPE, package URL, model number or the like."),
			id ? id : "");
}

void
ps_csaf_test_helper_missing(PsCsafContext *context)
{
	ps_csaf_each_product(context, check_helper);
}

/* ---- 6.2.1: what is defined should be used ---- */

static void
check_used(PsCsafContext *context, const PsCsafProduct *product)
{
	const PsCsafIds *products = &context->all.products;
	PsPlace at = {&product->place, "product_id", 0};

	if (product->number >= 0 &&
	    !(ps_csaf_ids_at(products, product->number)->flags & PS_CSAF_ID_USED))
		ps_csaf_found(
			context, &at,
			_("The product “%s” is defined, but nothing refers to it; remove it or "
			  "give it a status."),
			product->id);
}

void
ps_csaf_test_product_unused(PsCsafContext *context)
{
	if (g_strcmp0(context->category, "csaf_informational_advisory") != 0 &&
	    ps_csaf_ids_any(&context->all.products, PS_CSAF_ID_DEFINED, PS_CSAF_ID_USED))
		ps_csaf_each_product(context, check_used);
}

/* ---- branches ---- */

/* Words that make a version a range when they stand alone. */
static const char *const range_words[] = {"after", "all",   "before",  "earlier",
					  "later", "prior", "versions"};

static gboolean
is_range_word(const char *word, gsize length)
{
	if (length < strlen("all") || length > strlen("versions"))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(range_words); i++)
		if (strlen(range_words[i]) == length &&
		    g_ascii_strncasecmp(range_words[i], word, length) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
is_blank(const char *at)
{
	return *at & 0x80 ? g_unichar_isspace(g_utf8_get_char(at)) : g_ascii_isspace(*at);
}

/* The first word at or behind `*at`, which is moved past it; NULL: there is none. */
static const char *
next_word(const char **at, gsize *length)
{
	while (**at && is_blank(*at))
		*at = g_utf8_next_char(*at);
	const char *word = *at;
	while (**at && !is_blank(*at))
		*at = g_utf8_next_char(*at);
	*length = (gsize)(*at - word);
	return *length > 0 ? word : NULL;
}

/* The word or sign that makes a range of the name; NULL: none. New string. `around`: signs at the
 * ends of a word that do not count. */
static char *
range_in(const char *name, const char *around)
{
	const char *sign = strpbrk(name, "<>"), *word;
	gsize length;

	if (sign)
		return g_strndup(sign, sign[1] == '=' ? 2 : 1);
	while ((word = next_word(&name, &length))) {
		gsize before = MIN(strspn(word, around), length);
		gsize inner = MIN(strcspn(word + before, around), length - before);
		if (is_range_word(word + before, inner))
			return g_strndup(word + before, inner);
	}
	return NULL;
}

static void
check_version_range(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *name = branch->name;
	PsPlace at = {&branch->place, "name", 0};

	if (!name || !g_str_equal(branch->category, "product_version"))
		return;
	g_autofree char *range = range_in(name, ps_csaf_is_2_1(context) ? "" : ",;:()");
	if (range)
		ps_csaf_found(
			context, &at,
			_("The version “%s” holds “%s” and so is a range; name one version, or "
			  "use a branch of category product_version_range."),
			name, range);
}

void
ps_csaf_test_version_range(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_version_range);
}

/* ^vers:[a-z.+-][a-z0-9.+-]*[/].+ */
static gboolean
looks_like_vers(const char *name)
{
	if (!g_str_has_prefix(name, "vers:"))
		return FALSE;
	name += 5;
	if (!g_ascii_islower(*name) && !(*name && strchr(".-+", *name)))
		return FALSE;
	while (g_ascii_islower(*name) || g_ascii_isdigit(*name) || (*name && strchr(".-+", *name)))
		name++;
	return name[0] == '/' && name[1];
}

static void
check_range_vers(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *name = branch->name;
	PsPlace at = {&branch->place, "name", 0};

	if (name && g_str_equal(branch->category, "product_version_range") &&
	    !looks_like_vers(name))
		ps_csaf_found(
			context, &at,
			ps_csaf_is_2_1(context)
				? _("The version range “%s” is not written as VERS; check with "
				    "care whether it can be (vers:TYPE/CONSTRAINTS), or whether "
				    "the versions can be listed one by one. A bare list of "
				    "constraints is the last resort.")
				: _("The version range “%s” is not written as VERS; write it as "
				    "vers:TYPE/CONSTRAINTS, such as vers:generic/<4.2."),
			name);
}

void
ps_csaf_test_range_vers(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_range_vers);
}

static void
check_range_used(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *name = branch->name;
	PsPlace at = {&branch->place, "category", 0};

	if (g_str_equal(branch->category, "product_version_range"))
		ps_csaf_found(
			context, &at,
			_("“%s” is a range of versions; single versions are easier to match."),
			name ? name : "");
}

void
ps_csaf_test_range_used(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_range_used);
}

static void
check_version_v(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *name = branch->name;
	PsPlace at = {&branch->place, "name", 0};

	if (name && g_str_equal(branch->category, "product_version") &&
	    (name[0] == 'v' || name[0] == 'V') && g_ascii_isdigit(name[1]))
		ps_csaf_found(
			context, &at,
			_("The version “%s” begins with a “v”; leave it out, so that programs "
			  "can compare it."),
			name);
}

void
ps_csaf_test_version_v(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_version_v);
}

static void
check_categories(PsCsafContext *context, const PsCsafProduct *product)
{
	static const char *const wanted[] = {"vendor", "product_name", "product_version"};
	const char *id = product->id;
	guint next = 0;

	if (product->n_branches == 0)
		return;
	for (int i = 0; i < product->n_branches && next < G_N_ELEMENTS(wanted); i++)
		next += g_str_equal(product->branches[i], wanted[next]);
	if (next < G_N_ELEMENTS(wanted))
		ps_csaf_found(
			context, &product->place,
			_("The branches above the product “%s” lack “%s”; it should stand below "
			  "vendor, product_name and product_version, in this order."),
			id ? id : "", wanted[next]);
}

void
ps_csaf_test_branch_categories(PsCsafContext *context)
{
	ps_csaf_each_product(context, check_categories);
}
