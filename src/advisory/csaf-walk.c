#include "config.h"

/* Walking a document for the tests, whatever its version: products, references to them, scores. */

#include "advisory/csaf-suite.h"

#include <string.h>

void
ps_csaf_each_branch(PsCsafContext *context, PsCsafBranchFunc func)
{
	for (gsize i = 0; i < context->branches->n; i++)
		func(context, &context->branches->items[i]);
}

const char *
ps_csaf_relations(const PsCsafContext *context)
{
	return ps_csaf_is_2_1(context) ? "product_paths" : "relationships";
}

void
ps_csaf_each_product(PsCsafContext *context, PsCsafProductFunc func)
{
	for (gsize i = 0; i < context->products->n; i++)
		func(context, &context->products->items[i]);
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
	parts->id = cJSON_IsObject(step) ? ps_json_member(step, "next_product_reference") : NULL;
	const char *id = ps_csaf_item_string(parts->id);
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
		parts->id = cJSON_IsObject(parts->relation)
				    ? ps_json_member(parts->relation, member)
				    : NULL;
		id = ps_csaf_item_string(parts->id);
	}
	while (!id && parts->path && (id = next_step(parts)) && !*id)
		id = NULL;
	return id;
}

void
ps_csaf_each_relation_reference(PsCsafContext *context, PsCsafReferenceFunc func)
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
	ps_csaf_each_relation_reference(context, func);
	if (ps_csaf_is_2_1(context))
		walk_list(context, context->document, "notes", "product_ids", &ps_place_document,
			  func);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		walk_status_and_scores(context, vulnerability->object, &place, func);
		walk_naming_lists(context, vulnerability->object, "product_ids", &place, func);
	}
}

void
ps_csaf_each_group_reference(PsCsafContext *context, PsCsafReferenceFunc func)
{
	if (ps_csaf_is_2_1(context))
		walk_list(context, context->document, "notes", "group_ids", &ps_place_document,
			  func);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	walk_naming_lists(context, vulnerability->object, "group_ids", &place, func);
}

static void
enter_metric(PsCsafMetric *metric)
{
	const PsCsafNaming *naming = NULL;

	for (; (guint)metric->place.index < metric->items->n; metric->place.index++) {
		naming = ps_csaf_naming(metric->all, metric->items, (guint)metric->place.index);
		if (cJSON_IsObject(naming->item))
			break;
		naming = NULL;
	}
	metric->naming = naming;
	metric->item = naming ? naming->item : NULL;
	metric->content = metric->nested ? ps_csaf_object(metric->item, "content") : metric->item;
	metric->source = metric->nested ? ps_csaf_string(metric->item, "source") : NULL;
}

void
ps_csaf_metric_first(PsCsafMetric *metric, const PsCsafContext *context,
		     const PsCsafVulnerability *vulnerability, const PsPlace *vulnerability_place)
{
	metric->nested = ps_csaf_is_2_1(context);
	metric->all = &context->all;
	metric->items = &vulnerability->named[PS_CSAF_NAMED_SCORES];
	metric->list = (PsPlace){vulnerability_place, metric->nested ? "metrics" : "scores", 0};
	metric->place = (PsPlace){&metric->list, NULL, 0};
	metric->inner = (PsPlace){&metric->place, "content", 0};
	metric->content_place = metric->nested ? &metric->inner : &metric->place;
	enter_metric(metric);
}

void
ps_csaf_metric_next(PsCsafMetric *metric)
{
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
