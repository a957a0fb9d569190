#include "config.h"

/* Reading and walking a document for the tests. */

#include "advisory/csaf-context.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"

/* More findings of one test are counted, not kept: a hostile document could hold millions. */
#define FINDINGS_MAX 1000

const PsPlace ps_place_document = {NULL, "document", 0};
const PsPlace ps_place_tracking = {&ps_place_document, "tracking", 0};
const PsPlace ps_place_tree = {NULL, "product_tree", 0};
const PsPlace ps_place_vulnerabilities = {NULL, "vulnerabilities", 0};

/* ---- reading ---- */

const cJSON *
ps_csaf_object(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsObject(item) ? item : NULL;
}

const char *
ps_csaf_string(const cJSON *object, const char *name)
{
	return cJSON_IsObject(object) ? ps_json_text(object, name) : NULL;
}

const cJSON *
ps_csaf_items(const cJSON *object, const char *name)
{
	const cJSON *item =
		cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;

	return cJSON_IsArray(item) ? item->child : NULL;
}

const char *
ps_csaf_item_string(const cJSON *item)
{
	return cJSON_IsString(item) ? item->valuestring : NULL;
}

/* ---- about the document ---- */

gboolean
ps_csaf_is_2_1(const PsCsafContext *context)
{
	return context->suite == &ps_csaf_suite_2_1;
}

gboolean
ps_csaf_is_draft(const PsCsafContext *context)
{
	return g_strcmp0(context->status, "draft") == 0;
}

gboolean
ps_csaf_is_released(const PsCsafContext *context)
{
	return g_strcmp0(context->status, "final") == 0 ||
	       g_strcmp0(context->status, "interim") == 0;
}

gboolean
ps_csaf_is_clear(const PsCsafContext *context)
{
	return g_strcmp0(context->tlp, "CLEAR") == 0;
}

gboolean
ps_csaf_is_english(const PsCsafContext *context)
{
	const char *lang = context->lang;

	return !lang || !*lang ||
	       (g_ascii_strncasecmp(lang, "en", 2) == 0 && (!lang[2] || lang[2] == '-'));
}

const PsCsafRevision *
ps_csaf_newest_revision(const PsCsafContext *context)
{
	guint n = context->revisions->len;

	return n > 0 ? &g_array_index(context->revisions, PsCsafRevision, n - 1) : NULL;
}

gboolean
ps_csaf_is_canonical(const PsCsafContext *context, const cJSON *reference)
{
	const char *id = ps_csaf_string(context->tracking, "id");
	const char *url = ps_csaf_string(reference, "url");

	if (!id || !url || g_strcmp0(ps_csaf_string(reference, "category"), "self") != 0)
		return FALSE;
	g_autofree char *name = ps_csaf_filename(id);
	const char *slash = strrchr(url, '/');
	return g_str_has_prefix(url, "https://") && g_str_equal(slash + 1, name);
}

gboolean
ps_csaf_is_after(gint64 seconds, int nanoseconds, const PsCsafRevision *revision)
{
	return seconds > revision->seconds ||
	       (seconds == revision->seconds && nanoseconds > revision->nanoseconds);
}

const PsTableFile *
ps_csaf_table(PsCsafContext *context, const char *name)
{
	return context->error ? NULL : ps_csaf_tables_file(context->tables, name, &context->error);
}

gconstpointer
ps_csaf_shared(PsCsafContext *context, const char *name, PsCsafTableOpen open, GDestroyNotify free)
{
	if (context->error)
		return NULL;
	return ps_csaf_tables_get(context->tables, name, open, free, &context->error);
}

char *
ps_csaf_title(PsCsafContext *context, const char *term)
{
	const PsTableFile *table = ps_csaf_table(context, "csaf-titles.tsv");
	const char *lang = ps_csaf_is_english(context) ? "en" : context->lang;
	gsize primary = strcspn(lang, "-");

	if (!table)
		return NULL;
	for (gsize length = strlen(lang); length >= primary && length > 0; length--) {
		if (lang[length] && lang[length] != '-')
			continue;
		g_autofree char *given = g_strdup_printf("%.*s/%s", (int)length, lang, term);
		g_autofree char *key = g_ascii_strdown(given, -1);
		g_auto(GStrv) cells = ps_table_file_find(table, key);
		if (cells)
			return g_strdup(cells[0]);
	}
	return NULL;
}

static gpointer
open_cwe(GError **error)
{
	return ps_cwe_open(error);
}

static void
free_cwe(gpointer cwe)
{
	ps_cwe_free(cwe);
}

const PsCwe *
ps_csaf_cwe(PsCsafContext *context)
{
	return ps_csaf_shared(context, "cwe", open_cwe, free_cwe);
}

/* ---- walking ---- */

void
ps_csaf_each_branch(PsCsafContext *context, PsCsafBranchFunc func)
{
	for (gsize i = 0; i < context->branches->n; i++)
		func(context, context->branches->items[i].branch,
		     &context->branches->items[i].place);
}

static void
each_branch_product(PsCsafContext *context, PsCsafProductFunc func)
{
	const char *categories[PS_CSAF_BRANCHES_MAX];

	for (gsize i = 0; i < context->branches->n; i++) {
		const PsCsafBranch *branch = &context->branches->items[i];
		PsPlace at = {&branch->place, "product", 0};
		categories[branch->depth] = branch->category;
		if (branch->product)
			func(context, branch->product, &at, categories, branch->depth + 1);
	}
}

const char *
ps_csaf_relations(const PsCsafContext *context)
{
	return ps_csaf_is_2_1(context) ? "product_paths" : "relationships";
}

void
ps_csaf_each_product(PsCsafContext *context, PsCsafProductFunc func)
{
	PsPlace names = {&ps_place_tree, "full_product_names", 0}, name = {&names, NULL, 0};
	PsPlace relations = {&ps_place_tree, ps_csaf_relations(context), 0};
	PsPlace relation = {&relations, NULL, 0};

	each_branch_product(context, func);
	for (const cJSON *item = ps_csaf_items(context->tree, "full_product_names"); item;
	     item = item->next, name.index++)
		if (cJSON_IsObject(item))
			func(context, item, &name, NULL, 0);
	for (const cJSON *item = ps_csaf_items(context->tree, relations.name); item;
	     item = item->next, relation.index++) {
		const cJSON *product = ps_csaf_object(item, "full_product_name");
		PsPlace at = {&relation, "full_product_name", 0};
		if (product)
			func(context, product, &at, NULL, 0);
	}
}

static void
walk_texts(PsCsafContext *context, const cJSON *object, const char *name, const PsPlace *up,
	   PsCsafReferenceFunc func)
{
	PsPlace list = {up, name, 0}, place = {&list, NULL, 0};

	for (const cJSON *item = ps_csaf_items(object, name); item;
	     item = item->next, place.index++) {
		const char *id = ps_csaf_item_string(item);
		if (id)
			func(context, id, &place);
	}
}

/* Lists of a vulnerability whose items name products or groups; those behind NULL in 2.1 only. */
static const char *const naming_lists[] = {"flags",   "remediations",
					   "threats", NULL,
					   "ids",     "involvements",
					   "notes",   "first_known_exploitation_dates"};

static void
walk_list(PsCsafContext *context, const cJSON *holder, const char *name, const char *member,
	  const PsPlace *up, PsCsafReferenceFunc func)
{
	PsPlace list = {up, name, 0}, place = {&list, NULL, 0};

	for (const cJSON *item = ps_csaf_items(holder, name); item;
	     item = item->next, place.index++)
		walk_texts(context, item, member, &place, func);
}

static void
walk_naming_lists(PsCsafContext *context, const cJSON *vulnerability, const char *member,
		  const PsPlace *up, PsCsafReferenceFunc func)
{
	for (gsize i = 0; i < G_N_ELEMENTS(naming_lists); i++) {
		if (naming_lists[i])
			walk_list(context, vulnerability, naming_lists[i], member, up, func);
		else if (!ps_csaf_is_2_1(context))
			return;
	}
}

static void
walk_status_and_scores(PsCsafContext *context, const cJSON *vulnerability, const PsPlace *up,
		       PsCsafReferenceFunc func)
{
	const char *scores = ps_csaf_is_2_1(context) ? "metrics" : "scores";
	PsPlace status = {up, "product_status", 0};
	const cJSON *lists = ps_csaf_object(vulnerability, "product_status");

	for (const cJSON *list = lists ? lists->child : NULL; list; list = list->next)
		walk_texts(context, lists, list->string, &status, func);
	walk_list(context, vulnerability, scores, "products", up, func);
}

void
ps_csaf_parts_init(PsCsafParts *parts, const PsCsafContext *context, const cJSON *relation,
		   const PsPlace *place)
{
	memset(parts, 0, sizeof *parts);
	parts->relation = relation;
	parts->path = ps_csaf_is_2_1(context);
	parts->place = place;
	parts->list = (PsPlace){place, "subpaths", 0};
	parts->item = (PsPlace){&parts->list, NULL, -1};
	parts->step = parts->path ? ps_csaf_items(relation, "subpaths") : NULL;
}

static const char *
next_step(PsCsafParts *parts)
{
	const cJSON *step = parts->step;

	if (!step)
		return NULL;
	parts->step = step->next;
	parts->item.index++;
	parts->category = ps_csaf_string(step, "category");
	parts->at = (PsPlace){&parts->item, "next_product_reference", 0};
	const char *id = ps_csaf_string(step, "next_product_reference");
	return id ? id : "";
}

const char *
ps_csaf_parts_next(PsCsafParts *parts)
{
	static const char *const members[] = {"product_reference", "relates_to_product_reference",
					      "beginning_product_reference"};
	const char *id = NULL;

	while (!id && parts->n < (parts->path ? 1 : 2)) {
		const char *member = members[parts->path ? 2 : parts->n];
		parts->n++;
		parts->at = (PsPlace){parts->place, member, 0};
		id = ps_csaf_string(parts->relation, member);
	}
	while (!id && parts->path && (id = next_step(parts)) && !*id)
		id = NULL;
	return id;
}

static void
walk_relations(PsCsafContext *context, PsCsafReferenceFunc func)
{
	PsPlace list = {&ps_place_tree, ps_csaf_relations(context), 0}, place = {&list, NULL, 0};

	for (const cJSON *item = ps_csaf_items(context->tree, list.name); item;
	     item = item->next, place.index++) {
		PsCsafParts parts;
		ps_csaf_parts_init(&parts, context, item, &place);
		for (const char *id; (id = ps_csaf_parts_next(&parts));)
			func(context, id, &parts.at);
	}
}

void
ps_csaf_each_product_reference(PsCsafContext *context, PsCsafReferenceFunc func)
{
	walk_list(context, context->tree, "product_groups", "product_ids", &ps_place_tree, func);
	walk_relations(context, func);
	if (ps_csaf_is_2_1(context))
		walk_list(context, context->document, "notes", "product_ids", &ps_place_document,
			  func);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		walk_status_and_scores(context, vulnerability, &place, func);
		walk_naming_lists(context, vulnerability, "product_ids", &place, func);
	}
}

void
ps_csaf_each_group_reference(PsCsafContext *context, PsCsafReferenceFunc func)
{
	if (ps_csaf_is_2_1(context))
		walk_list(context, context->document, "notes", "group_ids", &ps_place_document,
			  func);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	walk_naming_lists(context, vulnerability, "group_ids", &place, func);
}

static void
enter_metric(PsCsafMetric *metric)
{
	while (metric->item && !cJSON_IsObject(metric->item)) {
		metric->item = metric->item->next;
		metric->place.index++;
	}
	metric->content = metric->nested ? ps_csaf_object(metric->item, "content") : metric->item;
	metric->source = metric->nested ? ps_csaf_string(metric->item, "source") : NULL;
}

void
ps_csaf_metric_first(PsCsafMetric *metric, const PsCsafContext *context, const cJSON *vulnerability,
		     const PsPlace *vulnerability_place)
{
	metric->nested = ps_csaf_is_2_1(context);
	metric->list = (PsPlace){vulnerability_place, metric->nested ? "metrics" : "scores", 0};
	metric->place = (PsPlace){&metric->list, NULL, 0};
	metric->inner = (PsPlace){&metric->place, "content", 0};
	metric->content_place = metric->nested ? &metric->inner : &metric->place;
	metric->item = ps_csaf_items(vulnerability, metric->list.name);
	enter_metric(metric);
}

void
ps_csaf_metric_next(PsCsafMetric *metric)
{
	metric->item = metric->item->next;
	metric->place.index++;
	enter_metric(metric);
}

void
ps_csaf_each_metric(PsCsafContext *context, PsCsafMetricFunc func)
{
	PsCsafMetric metric;

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
	     ps_csaf_metric_next(&metric))
		func(context, &metric);
}

GHashTable *
ps_csaf_set_new(void)
{
	return ps_text_table_new();
}

void
ps_csaf_add_texts(const cJSON *item, GHashTable *set)
{
	for (; item; item = item->next)
		if (cJSON_IsString(item))
			g_hash_table_add(set, item->valuestring);
}

void
ps_csaf_add_products(const PsCsafContext *context, const cJSON *item, GHashTable *set)
{
	ps_csaf_add_texts(ps_csaf_items(item, "product_ids"), set);
	for (const cJSON *id = ps_csaf_items(item, "group_ids"); id; id = id->next) {
		const char *name = ps_csaf_item_string(id);
		const cJSON *group = name ? g_hash_table_lookup(context->groups, name) : NULL;
		ps_csaf_add_texts(ps_csaf_items(group, "product_ids"), set);
	}
}

static void
add_in_order(const cJSON *item, GHashTable *seen, GPtrArray *products)
{
	for (; item; item = item->next)
		if (cJSON_IsString(item) && g_hash_table_add(seen, item->valuestring))
			g_ptr_array_add(products, item->valuestring);
}

GPtrArray *
ps_csaf_products_of(const PsCsafContext *context, const cJSON *item)
{
	GPtrArray *products = g_ptr_array_new();
	g_autoptr(GHashTable) seen = ps_csaf_set_new();

	add_in_order(ps_csaf_items(item, "product_ids"), seen, products);
	for (const cJSON *id = ps_csaf_items(item, "group_ids"); id; id = id->next) {
		const char *name = ps_csaf_item_string(id);
		const cJSON *group = name ? g_hash_table_lookup(context->groups, name) : NULL;
		add_in_order(ps_csaf_items(group, "product_ids"), seen, products);
	}
	return products;
}

/* ---- finding ---- */

static void
finding_free(gpointer data)
{
	PsCsafFinding *finding = data;

	g_free(finding->pointer);
	g_free(finding->message);
	g_free(finding);
}

PsCsafReport *
ps_csaf_report_new(const char *version)
{
	PsCsafReport *report = g_new0(PsCsafReport, 1);

	report->version = g_strdup(version);
	report->findings = g_ptr_array_new_with_free_func(finding_free);
	report->not_run = g_ptr_array_new();
	return report;
}

void
ps_csaf_report_free(PsCsafReport *report)
{
	if (!report)
		return;
	g_free(report->version);
	g_ptr_array_unref(report->findings);
	g_ptr_array_unref(report->not_run);
	g_free(report);
}

void
ps_csaf_report_add(PsCsafReport *report, PsCsafLevel level, const char *test, const char *pointer,
		   const char *message)
{
	PsCsafFinding *finding = g_new0(PsCsafFinding, 1);

	finding->level = level;
	finding->test = test;
	finding->pointer = g_strdup(pointer);
	finding->message = ps_safe_text(message, -1, PS_SAFE_LINE);
	g_ptr_array_add(report->findings, finding);
}

static void G_GNUC_PRINTF(4, 0)
	add_finding(PsCsafContext *context, PsCsafLevel level, const PsPlace *place,
		    const char *format, va_list arguments)
{
	const char *test = context->test->info.id;

	if (++context->found > FINDINGS_MAX)
		return;
	if (context->found == FINDINGS_MAX) {
		ps_csaf_report_add(context->report, level, test, "",
				   _("There is more of this; the rest is not listed."));
		return;
	}
	g_autofree char *message = g_strdup_vprintf(format, arguments);
	g_autofree char *pointer = ps_place_pointer(place);
	ps_csaf_report_add(context->report, level, test, pointer, message);
}

void
ps_csaf_found(PsCsafContext *context, const PsPlace *place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add_finding(context, context->test->info.level, place, format, arguments);
	va_end(arguments);
}

void
ps_csaf_remark(PsCsafContext *context, PsCsafLevel level, const PsPlace *place, const char *format,
	       ...)
{
	va_list arguments;

	va_start(arguments, format);
	add_finding(context, level, place, format, arguments);
	va_end(arguments);
}

void
ps_csaf_not_run(PsCsafContext *context)
{
	g_ptr_array_add(context->report->not_run, (gpointer)context->test->info.id);
}

void
ps_csaf_no_title(PsCsafContext *context, const char *term, const PsPlace *place)
{
	ps_csaf_not_run(context);
	ps_csaf_remark(context, PS_CSAF_INFORMATIVE, place,
		       _("No wording of “%s” in the language “%s” is recorded; nothing was "
			 "tested here."),
		       term, context->lang ? context->lang : "");
}

/* ---- life ---- */

static void
add_product(PsCsafContext *context, const cJSON *product, const PsPlace *place,
	    const char *const *branches, int n_branches)
{
	const char *id = ps_csaf_string(product, "product_id");

	(void)place;
	(void)branches;
	(void)n_branches;
	if (id)
		g_hash_table_add(context->products, (gpointer)id);
}

static int
compare_revisions(gconstpointer a, gconstpointer b)
{
	const PsCsafRevision *x = a, *y = b;

	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? -1 : 1;
	if (x->nanoseconds != y->nanoseconds)
		return x->nanoseconds < y->nanoseconds ? -1 : 1;
	int order = ps_csaf_version_compare(&x->version, &y->version, TRUE);
	return order ? order : x->index - y->index;
}

static void
read_revisions(PsCsafContext *context)
{
	int index = 0;

	for (const cJSON *item = ps_csaf_items(context->tracking, "revision_history"); item;
	     item = item->next, index++) {
		const char *date = ps_csaf_string(item, "date");
		PsCsafRevision revision = {.index = index,
					   .number = ps_csaf_string(item, "number")};
		if (!date || !revision.number ||
		    !ps_csaf_time(date, &revision.seconds, &revision.nanoseconds) ||
		    !ps_csaf_version_parse(revision.number, &revision.version))
			continue;
		g_array_append_val(context->revisions, revision);
	}
	g_array_sort(context->revisions, compare_revisions);
}

static void
read_groups(PsCsafContext *context)
{
	for (const cJSON *group = ps_csaf_items(context->tree, "product_groups"); group;
	     group = group->next) {
		const char *id = ps_csaf_string(group, "group_id");
		if (id && !g_hash_table_contains(context->groups, id))
			g_hash_table_insert(context->groups, (gpointer)id, (gpointer)group);
	}
}

void
ps_csaf_context_init(PsCsafContext *context, const PsCsafSuite *suite, PsCsafTables *tables,
		     const cJSON *root, PsCsafReport *report)
{
	memset(context, 0, sizeof *context);
	context->suite = suite;
	context->root = root;
	context->report = report;
	context->document = ps_csaf_object(root, "document");
	context->tracking = ps_csaf_object(context->document, "tracking");
	context->tree = ps_csaf_object(root, "product_tree");
	context->vulnerabilities = ps_csaf_items(root, "vulnerabilities");
	context->category = ps_csaf_string(context->document, "category");
	context->status = ps_csaf_string(context->tracking, "status");
	context->lang = ps_csaf_string(context->document, "lang");
	context->tlp = ps_csaf_string(
		ps_csaf_object(ps_csaf_object(context->document, "distribution"), "tlp"), "label");
	context->products = ps_csaf_set_new();
	context->groups = ps_text_table_new();
	context->revisions = g_array_new(FALSE, FALSE, sizeof(PsCsafRevision));
	context->tables = tables;
	context->branches = ps_csaf_branches_new(context->tree);
	ps_csaf_each_product(context, add_product);
	read_groups(context);
	read_revisions(context);
}

void
ps_csaf_context_clear(PsCsafContext *context)
{
	ps_csaf_branches_free(context->branches);
	g_hash_table_unref(context->products);
	g_hash_table_unref(context->groups);
	g_array_unref(context->revisions);
	if (context->siblings)
		context->siblings_free(context->siblings);
	g_clear_error(&context->error);
}
