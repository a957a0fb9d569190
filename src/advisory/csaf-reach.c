#include "config.h"

#include "advisory/csaf-reach.h"

#include <string.h>

#include "advisory/csaf-context.h"
#include "base/i18n.h"

#define OTHERS "6.3.6"
#define OWN "6.3.7"

struct PsCsafReach {
	PsNet *net;
	GMutex lock;         /* of `answers`, and of the asking */
	GHashTable *answers; /* address -> PsNetAnswer */
};

/* An address in a document. */
typedef struct {
	const char *url; /* lent by the document */
	char *pointer;
	gboolean own;
} Address;

static void
address_free(gpointer data)
{
	Address *address = data;

	g_free(address->pointer);
	g_free(address);
}

static void
free_answer(gpointer answer)
{
	ps_net_answer_free(answer);
}

PsCsafReach *
ps_csaf_reach_new(PsNet *net)
{
	PsCsafReach *reach = g_new0(PsCsafReach, 1);

	reach->net = net;
	reach->answers = g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, free_answer);
	g_mutex_init(&reach->lock);
	return reach;
}

void
ps_csaf_reach_free(PsCsafReach *reach)
{
	if (!reach)
		return;
	g_hash_table_unref(reach->answers);
	g_mutex_clear(&reach->lock);
	g_free(reach);
}

/* ---- the addresses of a document ---- */

static gboolean
is_web_address(const char *text)
{
	return g_ascii_strncasecmp(text, "https://", 8) == 0 ||
	       g_ascii_strncasecmp(text, "http://", 7) == 0;
}

/* Every text that the standard wants to be an address; what has a fixed value is none of the
 * document's. `self`: inside a reference of category self. */
static void
collect(const PsCsafNode *node, const cJSON *value, const PsPlace *place, gboolean self,
	GPtrArray *addresses)
{
	PsPlace at = {place, NULL, 0};

	if (cJSON_IsString(value) && node->format == PS_CSAF_URI && !node->choices &&
	    is_web_address(value->valuestring)) {
		Address *address = g_new0(Address, 1);
		*address = (Address){value->valuestring, ps_place_pointer(place), self};
		g_ptr_array_add(addresses, address);
		return;
	}
	for (const cJSON *item = value->child; item; item = item->next, at.index++) {
		const PsCsafNode *member = ps_csaf_member(node, item->string ? item->string : "");
		gboolean reference =
			place && cJSON_IsArray(value) && g_strcmp0(place->name, "references") == 0;
		at.name = cJSON_IsObject(value) ? item->string : NULL;
		if (member)
			collect(member, item, &at,
				self || (reference &&
					 g_strcmp0(ps_csaf_string(item, "category"), "self") == 0),
				addresses);
	}
}

/* ---- asking ---- */

/* Addresses that were not asked yet, each once; NULL-terminated. */
static GPtrArray *
not_asked(const PsCsafReach *reach, const GPtrArray *addresses)
{
	GPtrArray *urls = g_ptr_array_new();
	g_autoptr(GHashTable) seen = ps_text_table_new();

	for (guint i = 0; i < addresses->len; i++) {
		const Address *address = addresses->pdata[i];
		if (!g_hash_table_contains(reach->answers, address->url) &&
		    g_hash_table_add(seen, (gpointer)address->url))
			g_ptr_array_add(urls, (gpointer)address->url);
	}
	g_ptr_array_add(urls, NULL);
	return urls;
}

static gboolean
ask(PsCsafReach *reach, const GPtrArray *addresses, PsProgress *progress, GError **error)
{
	g_autoptr(GPtrArray) urls = not_asked(reach, addresses);

	if (urls->len == 1)
		return TRUE;
	g_autoptr(GPtrArray) answers =
		ps_net_probe(reach->net, (const char *const *)urls->pdata, progress, error);
	if (!answers)
		return FALSE;
	g_ptr_array_set_free_func(answers, NULL);
	for (guint i = 0; i < answers->len; i++)
		g_hash_table_insert(reach->answers, g_strdup(urls->pdata[i]), answers->pdata[i]);
	return TRUE;
}

/* ---- judging ---- */

static char *
problem_of(const Address *address, const PsNetAnswer *answer)
{
	if (answer->status == 0)
		return g_strdup_printf(_("“%s” can't be reached: %s. Correct the address, or "
					 "remove it."),
				       address->url,
				       answer->error ? answer->error : _("there is no answer"));
	/* an own address must only not be refused */
	if (answer->status < 400 && (address->own || answer->status >= 200))
		return NULL;
	return g_strdup_printf(_("“%s” answers with the HTTP status %d; correct the address, or "
				 "remove it."),
			       address->url, answer->status);
}

static gsize
order_of(const char *version, const char *test)
{
	const PsCsafTestInfo *info;
	gsize i = 0;

	while ((info = ps_csaf_test_info(version, i)) && !g_str_equal(info->id, test))
		i++;
	return i;
}

/* Where a finding of an informative test stands in the report. */
static int
place_in(const PsCsafReport *report, const char *test)
{
	gsize order = order_of(report->version, test);
	guint i = report->findings->len;

	for (; i > 0; i--) {
		const PsCsafFinding *before = report->findings->pdata[i - 1];
		if (before->level < PS_CSAF_INFORMATIVE ||
		    order_of(report->version, before->test) <= order)
			break;
	}
	return (int)i;
}

static void
judge(const PsCsafReach *reach, const GPtrArray *addresses, const char *test, PsCsafReport *report)
{
	int place = place_in(report, test);

	for (guint i = 0; i < addresses->len; i++) {
		const Address *address = addresses->pdata[i];
		const PsNetAnswer *answer = g_hash_table_lookup(reach->answers, address->url);
		if (address->own != g_str_equal(test, OWN) || !answer)
			continue;
		g_autofree char *problem = problem_of(address, answer);
		if (!problem)
			continue;
		ps_csaf_report_add(report, PS_CSAF_INFORMATIVE, test, address->pointer, problem);
		gpointer added =
			g_ptr_array_steal_index(report->findings, report->findings->len - 1);
		g_ptr_array_insert(report->findings, place++, added);
	}
}

static gboolean
is_wanted(const PsCsafReport *report, const char *test, guint *index)
{
	return g_ptr_array_find_with_equal_func(report->not_run, test, g_str_equal, index);
}

gboolean
ps_csaf_reach_check(PsCsafReach *reach, const cJSON *document, PsCsafReport *report,
		    PsProgress *progress, GError **error)
{
	static const char *const tests[] = {OTHERS, OWN};
	g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func(address_free);
	guint index;

	if (!is_wanted(report, OTHERS, NULL) && !is_wanted(report, OWN, NULL))
		return TRUE;
	collect(ps_csaf_root(report->version), document, NULL, FALSE, addresses);
	g_mutex_lock(&reach->lock);
	gboolean asked = ask(reach, addresses, progress, error);
	for (gsize i = 0; asked && i < G_N_ELEMENTS(tests); i++)
		if (is_wanted(report, tests[i], &index)) {
			judge(reach, addresses, tests[i], report);
			g_ptr_array_remove_index(report->not_run, index);
		}
	g_mutex_unlock(&reach->lock);
	return asked;
}
