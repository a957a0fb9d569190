#include "config.h"

/* What the tests share: reading a document, our own data, findings. Walking is in csaf-walk.c. */

#include "advisory/csaf-context.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/csaf-test-2-1.h"
#include "base/i18n.h"
#include "base/json-print.h"
#include "base/safe-text.h"
#include "base/words.h"

const PsPlace ps_place_document = {NULL, "document", 0};
const PsPlace ps_place_tracking = {&ps_place_document, "tracking", 0};
const PsPlace ps_place_tree = {NULL, "product_tree", 0};
const PsPlace ps_place_vulnerabilities = {NULL, "vulnerabilities", 0};

/* ---- reading ---- */

const cJSON *
ps_csaf_object(const cJSON *object, const char *name)
{
	const cJSON *item = ps_json_member(object, name);

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
	const cJSON *item = cJSON_IsObject(object) ? ps_json_member(object, name) : NULL;

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
	return g_str_has_prefix(url, "https://") && g_str_has_suffix(url, name);
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

/* ---- finding ---- */

/* In one block with its texts: a document may have thousands. */
static PsCsafFinding *
finding_new(PsCsafLevel level, const char *test, const char *pointer, gsize pointer_bytes,
	    const char *message, gsize message_bytes)
{
	PsCsafFinding *finding = g_malloc(sizeof *finding + pointer_bytes + message_bytes + 2);
	char *texts = (char *)(finding + 1);

	finding->level = level;
	finding->test = test;
	finding->pointer = memcpy(texts, pointer, pointer_bytes + 1);
	finding->message = memcpy(texts + pointer_bytes + 1, message, message_bytes + 1);
	return finding;
}

PsCsafReport *
ps_csaf_report_new(const char *version)
{
	PsCsafReport *report = g_new0(PsCsafReport, 1);

	report->version = g_strdup(version);
	report->findings = g_ptr_array_new_with_free_func(g_free);
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

static void
add_texts(PsCsafReport *report, PsCsafLevel level, const char *test, const char *pointer,
	  gsize pointer_bytes, const char *message, gsize message_bytes)
{
	gboolean plain = ps_json_is_plain(message, message_bytes);
	g_autofree char *safe = NULL;

	if (!plain && !ps_safe_is_plain(message, message_bytes, PS_SAFE_LINE)) {
		message = safe = ps_safe_text(message, (gssize)message_bytes, PS_SAFE_LINE);
		message_bytes = strlen(safe);
	}
	PsCsafFinding *finding =
		finding_new(level, test, pointer, pointer_bytes, message, message_bytes);
	finding->plain = plain;
	g_ptr_array_add(report->findings, finding);
}

void
ps_csaf_report_add(PsCsafReport *report, PsCsafLevel level, const char *test, const char *pointer,
		   const char *message)
{
	add_texts(report, level, test, pointer, strlen(pointer), message, strlen(message));
}

/* Nothing but "%s" in it, as most of our sentences. */
static gboolean
has_only_texts(const char *format)
{
	const char *sign = strchr(format, '%');

	while (sign && sign[1] == 's')
		sign = strchr(sign + 2, '%');
	return !sign;
}

static void
write_texts(GString *sentence, const char *format, va_list arguments)
{
	const char *sign;

	g_string_truncate(sentence, 0);
	for (; *(sign = strchrnul(format, '%')); format = sign + 2) {
		const char *text = va_arg(arguments, const char *);
		ps_append(sentence, format, (gsize)(sign - format));
		text = text ? text : "(null)";
		ps_append(sentence, text, strlen(text));
	}
	ps_append(sentence, format, (gsize)(sign - format));
}

/* In place of what it holds; printf() takes most of the time of a finding. */
static void G_GNUC_PRINTF(2, 0)
	write_sentence(GString *sentence, const char *format, va_list arguments)
{
	if (has_only_texts(format))
		write_texts(sentence, format, arguments);
	else
		g_string_vprintf(sentence, format, arguments);
}

static void G_GNUC_PRINTF(4, 0)
	add_finding(PsCsafContext *context, PsCsafLevel level, const PsPlace *place,
		    const char *format, va_list arguments)
{
	const char *test = context->test->info.id;
	GString *pointer = context->pointer, *sentence = context->sentence;

	if (++context->found > PS_CSAF_FINDINGS_MAX)
		return;
	if (context->found == PS_CSAF_FINDINGS_MAX) {
		ps_csaf_report_add(context->report, level, test, "",
				   _("There is more of this; the rest is not listed."));
		return;
	}
	write_sentence(sentence, format, arguments);
	ps_place_write(place, pointer);
	add_texts(context->report, level, test, pointer->str, pointer->len, sentence->str,
		  sentence->len);
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

gboolean
ps_csaf_is_full(const PsCsafContext *context)
{
	return context->found > PS_CSAF_FINDINGS_MAX;
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
use_references(PsCsafContext *context)
{
	const cJSON *first = ps_csaf_items(context->tree, ps_csaf_relations(context));

	for (const cJSON *item = first; item; item = item->next) {
		PsCsafParts parts;
		ps_csaf_parts_init(&parts, context, item, NULL);
		while (ps_csaf_parts_next(&parts))
			ps_csaf_ids_mark(&context->all.products, parts.id, PS_CSAF_ID_USED);
	}
}

static void
read_products(PsCsafContext *context, const cJSON *vulnerabilities)
{
	PsCsafVulnerabilities *all = &context->all;

	ps_csaf_vulnerabilities_init(all, context->numbered);
	context->products = ps_csaf_products_new(context->tree, context->branches,
						 ps_csaf_relations(context), &all->products);
	ps_csaf_vulnerabilities_read_groups(all, ps_csaf_items(context->tree, "product_groups"));
	use_references(context);
	if (ps_csaf_is_2_1(context))
		ps_csaf_vulnerabilities_use_list(all, ps_csaf_items(context->document, "notes"));
	ps_csaf_vulnerabilities_read(all, vulnerabilities, ps_csaf_is_2_1(context));
	ps_csaf_add_extension_products(context);
}

void
ps_csaf_context_init(PsCsafContext *context, const PsCsafSuite *suite, PsCsafTables *tables,
		     const PsJsonTree *numbered, PsCsafReport *report)
{
	const cJSON *root = ps_json_tree_root(numbered);

	memset(context, 0, sizeof *context);
	context->suite = suite;
	context->numbered = numbered;
	context->root = root;
	context->report = report;
	context->document = ps_csaf_object(root, "document");
	context->tracking = ps_csaf_object(context->document, "tracking");
	context->tree = ps_csaf_object(root, "product_tree");
	context->category = ps_csaf_string(context->document, "category");
	context->status = ps_csaf_string(context->tracking, "status");
	context->lang = ps_csaf_string(context->document, "lang");
	context->tlp = ps_csaf_string(
		ps_csaf_object(ps_csaf_object(context->document, "distribution"), "tlp"), "label");
	context->revisions = g_array_new(FALSE, FALSE, sizeof(PsCsafRevision));
	context->pointer = g_string_sized_new(256);
	context->sentence = g_string_sized_new(512);
	context->tables = tables;
	context->branches = ps_csaf_branches_new(context->tree);
	read_products(context, ps_csaf_items(root, "vulnerabilities"));
	read_revisions(context);
}

void
ps_csaf_context_clear(PsCsafContext *context)
{
	ps_csaf_products_free(context->products);
	ps_csaf_branches_free(context->branches);
	ps_csaf_vulnerabilities_clear(&context->all);
	g_array_unref(context->revisions);
	g_string_free(context->pointer, TRUE);
	g_string_free(context->sentence, TRUE);
	if (context->siblings)
		context->siblings_free(context->siblings);
	g_clear_error(&context->error);
}
