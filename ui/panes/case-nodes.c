#include "config.h"

#include "ui/panes/case-nodes.h"

#include <string.h>

#include "advisory/next.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "cases/ssvc.h"
#include "registry/own-product.h"
#include "ui/panes/case-common.h"
#include "ui/panes/choices.h"
#include "ui/panes/record-text.h"

/* ---- nodes ---- */

static void
free_node(gpointer data)
{
	PsCaseNode *node = data;

	g_free(node->id);
	g_free(node->record);
	g_free(node->label);
	g_free(node->text);
	g_free(node->when);
	g_free(node->brief);
	g_free(node->detail);
	g_free(node->message_id);
	g_clear_pointer(&node->children, g_ptr_array_unref);
	g_free(node);
}

static PsCaseNode *
add_node(GPtrArray *nodes, char *id)
{
	PsCaseNode *node = g_new0(PsCaseNode, 1);

	node->id = id;
	g_ptr_array_add(nodes, node);
	return node;
}

void
ps_case_nodes_free(PsCaseNodes *nodes)
{
	g_clear_pointer(&nodes->record, ps_record_free);
	g_clear_pointer(&nodes->roots, g_ptr_array_unref);
	g_clear_pointer(&nodes->next, ps_desk_line_free);
	g_clear_pointer(&nodes->vulnerabilities, g_ptr_array_unref);
	g_clear_pointer(&nodes->tasks, g_ptr_array_unref);
	g_free(nodes->owner);
	g_free(nodes->score);
	g_free(nodes->severity);
	g_free(nodes);
}

/* Every field that has a value, one below the other; long texts after the short ones. */
static char *
detail_of(PsStore *store, const PsRecord *record)
{
	const PsKind *kind = ps_record_kind(record);
	g_autoptr(GString) shorts = g_string_new(NULL), longs = g_string_new(NULL);

	for (gsize i = 0; i < kind->n_fields; i++) {
		const PsField *field = &kind->fields[i];
		if (g_strcmp0(field->refers_to, "case") == 0 && !g_str_equal(kind->name, "case"))
			continue;
		g_autofree char *value = ps_field_brief(store, record, field);
		if (!*value)
			continue;
		if (field->type == PS_TYPE_LONGTEXT)
			g_string_append_printf(longs, "\n%s\n%s\n", _(field->label), value);
		else
			g_string_append_printf(shorts, "%s: %s\n", _(field->label), value);
	}
	return g_strconcat(shorts->str, longs->str, NULL);
}

/* ---- what each kind of record says ---- */

typedef struct {
	PsStore *store;
	gint64 now;
	PsCaseNodes *nodes;
} Load;

static void
describe_report(Load *load, const PsRecord *record, PsCaseNode *node)
{
	const char *name = ps_shown_text(record, "reporter_name");
	const char *address = ps_shown_text(record, "reporter_address");

	(void)load;
	node->label = g_strdup(ps_record_name(record));
	node->text =
		g_strdup_printf("%s %s · %s · %s", *name ? name : address,
				ps_shown_text(record, "subject"), ps_shown_text(record, "channel"),
				ps_shown_text(record, "verdict"));
	node->when = ps_utc_brief(ps_record_time(record, "received_at"));
	node->brief = g_strdup_printf("%s · %s", *name ? name : _("not named"),
				      ps_shown_text(record, "channel"));
	node->message_id = g_strdup(ps_record_text(record, "message_id"));
}

static void
describe_participant(Load *load, const PsRecord *record, PsCaseNode *node)
{
	const char *name = ps_shown_text(record, "name");
	const char *consent = ps_record_text(record, "consent");

	(void)load;
	node->label = g_strdup(ps_shown_text(record, "role"));
	node->text = g_strdup_printf("%s %s%s%s", name, ps_shown_text(record, "address"),
				     consent ? " · " : "", consent ? consent : "");
	node->when = ps_utc_brief(ps_record_time(record, "last_contact_at"));
	node->brief = g_strdup_printf("%s (%s)", name, node->label);
}

static void
describe_vulnerability(Load *load, const PsRecord *record, PsCaseNode *node)
{
	const char *cve = ps_record_text(record, "cve"), *cwe = ps_record_text(record, "cwe");
	const char *title = ps_shown_text(record, "title");
	const char *description = ps_shown_text(record, "description");
	const char *exploited = ps_record_text(record, "exploited");

	(void)load;
	node->label = g_strdup(cve ? cve : _("no CVE"));
	node->text = g_strdup_printf("%s%s%s", cwe ? cwe : _("no CWE"), *title ? " " : "",
				     *title ? title : description);
	node->text_style = cwe ? PS_ROLE_NORMAL : PS_ROLE_DIM;
	node->when = g_strdup(ps_token_word(&ps_exploited, exploited));
	node->when_style = ps_token_role(&ps_exploited, exploited);
	node->brief = g_strdup_printf("%s %s", node->label, cwe ? cwe : "");
}

static void
describe_affected(Load *load, const PsRecord *record, PsCaseNode *node)
{
	const char *status = ps_record_text(record, "status");
	const char *why = ps_record_text(record, "justification");
	const char *product = ps_own_product_of(record);
	g_autofree char *release = product ? ps_own_product_label(load->store, product)
					   : g_strdup(ps_shown_text(record, "release"));

	node->label = g_strdup(ps_token_word(&ps_product_statuses, status));
	node->label_style = ps_token_role(&ps_product_statuses, status);
	node->text = g_strdup_printf("%s%s%s", release, why ? " · " : "",
				     ps_token_word(&ps_justifications, why));
}

static void
describe_score(Load *load, const PsRecord *record, PsCaseNode *node)
{
	const char *severity = ps_shown_text(record, "severity");
	const char *source = ps_record_text(record, "source");

	(void)load;
	node->label = g_strdup_printf("%s %s", source ? source : "ours",
				      ps_shown_text(record, "version"));
	const char *product = ps_own_product_of(record), *origin = ps_record_text(record, "origin");
	g_autofree char *of =
		product ? ps_own_product_brief(load->store, product) : g_strdup(origin);
	node->text = g_strdup_printf("%s%s%s", of ? of : "", of ? " · " : "",
				     ps_shown_text(record, "vector"));
	node->when = g_strdup_printf("%s %s", ps_shown_text(record, "score"), severity);
	node->when_style = ps_role_of_severity(severity);
	node->brief = g_strdup_printf("%s: %s", node->label, node->when);
}

static void
describe_ssvc(Load *load, const PsRecord *record, PsCaseNode *node)
{
	(void)load;
	node->label = g_strdup(ps_shown_text(record, "decision"));
	node->text = ps_ssvc_table_text(record);
	node->when = ps_utc_brief(ps_record_time(record, "decided_at"));
	node->brief = g_strdup_printf("%s (%s)", node->label, node->text);
}

static void
describe_decision(Load *load, const PsRecord *record, PsCaseNode *node)
{
	(void)load;
	const char *word = ps_token_word(&ps_remediations, ps_record_text(record, "category"));
	gboolean proposed = ps_record_flag(record, "proposed");

	node->label = proposed ? g_strdup_printf(_("proposed: %s"), word) : g_strdup(word);
	node->label_style = proposed ? PS_ROLE_WARN : PS_ROLE_NORMAL;
	node->text = g_strdup(ps_shown_text(record, proposed ? "details" : "reason"));
	node->when = ps_utc_brief(ps_record_time(record, "decided_at"));
	node->brief = g_strdup_printf("%s: %s", node->label, node->text);
}

static void
describe_task(Load *load, const PsRecord *record, PsCaseNode *node)
{
	gint64 due = ps_record_time(record, "due_at"), done = ps_record_time(record, "done_at");
	gboolean late = done == PS_NO_TIME && due != PS_NO_TIME && due < load->now;

	node->label = g_strdup(done != PS_NO_TIME ? _("done") : late ? _("overdue") : _("to do"));
	node->label_style = done != PS_NO_TIME ? PS_ROLE_DIM : late ? PS_ROLE_BAD : PS_ROLE_NORMAL;
	node->text = g_strdup(ps_shown_text(record, "title"));
	node->text_style = done != PS_NO_TIME ? PS_ROLE_DIM : PS_ROLE_NORMAL;
	node->when = ps_utc_brief(done != PS_NO_TIME ? done : due);
	node->when_style = done != PS_NO_TIME ? PS_ROLE_DIM : ps_due_style(due, late);
}

static void
describe_message(Load *load, const PsRecord *record, PsCaseNode *node)
{
	gboolean in = g_strcmp0(ps_record_text(record, "direction"), "in") == 0;

	(void)load;
	node->label = g_strdup_printf("%s %s", in ? "←" : "→", ps_shown_text(record, "state"));
	node->text = g_strdup(ps_shown_text(record, "subject"));
	node->when = ps_utc_brief(ps_record_time(record, "at"));
	node->message_id = g_strdup(ps_record_text(record, "message_id"));
}

static void
describe_advisory(Load *load, const PsRecord *record, PsCaseNode *node)
{
	(void)load;
	node->label = g_strdup(ps_shown_text(record, "state"));
	node->text = g_strdup_printf("%s %s", ps_shown_text(record, "tracking_id"),
				     ps_shown_text(record, "version"));
	node->when = ps_utc_brief(ps_record_time(record, "published_at"));
	node->brief = g_strdup_printf("%s · %s", node->label, node->text);
}

static void
describe_reference(Load *load, const PsRecord *record, PsCaseNode *node)
{
	const char *category = ps_shown_text(record, "category");

	(void)load;
	node->label = g_strdup(*category ? category : "external");
	node->text = g_strdup_printf("%s  %s", ps_shown_text(record, "summary"),
				     ps_shown_text(record, "url"));
}

static void
describe_event(Load *load, const PsRecord *record, PsCaseNode *node)
{
	(void)load;
	node->label = g_strdup(ps_shown_text(record, "type"));
	node->text = g_strdup(ps_shown_text(record, "text"));
	node->when = ps_utc_brief(ps_record_time(record, "at"));
}

/* ---- summaries of folded sections ---- */

#define MOST_BRIEFS 4

static char *
join_briefs(GPtrArray *children)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < children->len && i < MOST_BRIEFS; i++) {
		const PsCaseNode *node = g_ptr_array_index(children, i);
		g_string_append_printf(text, "%s%s", i ? " · " : "", node->brief);
	}
	if (children->len > MOST_BRIEFS)
		g_string_append(text, " …");
	return g_string_free(text, FALSE);
}

/* "2 affected · 1 fixed": labels with their number, in the order in which they come. */
static char *
count_labels(GPtrArray *children)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < children->len; i++) {
		const PsCaseNode *node = g_ptr_array_index(children, i);
		guint count = 0;
		if (!g_hash_table_add(seen, node->label))
			continue;
		for (guint j = i; j < children->len; j++)
			count += g_str_equal(((PsCaseNode *)g_ptr_array_index(children, j))->label,
					     node->label);
		g_string_append_printf(text, "%s%u %s", text->len ? " · " : "", count, node->label);
	}
	return g_string_free(text, FALSE);
}

static char *
count_and_text(GPtrArray *children, guint index)
{
	const PsCaseNode *node = g_ptr_array_index(children, index);

	return g_strdup_printf("%u · %s %s", children->len, node->when, node->text);
}

static char *
first_text(GPtrArray *children)
{
	return count_and_text(children, 0);
}

static char *
last_text(GPtrArray *children)
{
	return count_and_text(children, children->len - 1);
}

/* ---- sections ---- */

static const struct {
	const char *kind, *title, *empty; /* N_() */
	void (*describe)(Load *load, const PsRecord *record, PsCaseNode *node);
	char *(*summarise)(GPtrArray *children);
	gboolean newest_first;
} sections[] = {
	{"report", N_("Reports"), N_("not reported from outside"), describe_report, join_briefs,
	 FALSE},
	{"vulnerability", N_("Vulnerabilities"), N_("none"), describe_vulnerability, join_briefs,
	 FALSE},
	{"affected", N_("Affected"), N_("no release is judged yet"), describe_affected,
	 count_labels, FALSE},
	{"score", N_("Scores"), N_("not scored yet"), describe_score, join_briefs, FALSE},
	{"ssvc", N_("SSVC"), N_("no decision table was walked yet"), describe_ssvc, join_briefs,
	 TRUE},
	{"decision", N_("Decisions"), N_("nothing is decided yet"), describe_decision, join_briefs,
	 TRUE},
	{"task", N_("Tasks"), N_("none"), describe_task, count_labels, FALSE},
	{"participant", N_("Participants"), N_("nobody outside"), describe_participant, join_briefs,
	 FALSE},
	{"message", N_("Messages"), N_("none"), describe_message, last_text, FALSE},
	{"advisory", N_("Advisory"), N_("not drafted yet"), describe_advisory, join_briefs, FALSE},
	{"reference", N_("References"), N_("none"), describe_reference, count_labels, FALSE},
	{"event", N_("Log"), N_("empty"), describe_event, first_text, TRUE},
};

static PsCaseNode *
add_section(Load *load, const char *id, const char *title)
{
	PsCaseNode *node = add_node(load->nodes->roots, g_strdup_printf("head/%s", id));

	node->children = g_ptr_array_new_with_free_func(free_node);
	node->label = g_strdup(title);
	node->label_style = PS_ROLE_HEADING;
	return node;
}

static void
add_record(Load *load, gsize section, const PsRecord *record, PsCaseNode *head)
{
	const char *kind = sections[section].kind;
	PsCaseNode *node =
		add_node(head->children, g_strdup_printf("%s/%s", kind, ps_record_id(record)));

	node->kind = kind;
	node->record = g_strdup(ps_record_id(record));
	sections[section].describe(load, record, node);
	node->detail = detail_of(load->store, record);
}

/* What a folded section holds, a line each. */
static char *
list_children(const PsCaseNode *head)
{
	GString *text = g_string_new(NULL);

	if (head->children->len == 0)
		g_string_append(text, head->text);
	for (guint i = 0; i < head->children->len; i++) {
		const PsCaseNode *node = g_ptr_array_index(head->children, i);
		g_string_append_printf(text, "%s%s%s  %s\n", node->label ? node->label : "",
				       node->label ? "  " : "", node->text,
				       node->when ? node->when : "");
	}
	return g_string_free(text, FALSE);
}

/* Records of a section as the order of the table says. */
static GPtrArray *
add_records(Load *load, gsize section, GError **error)
{
	GPtrArray *records = ps_store_children(load->store, sections[section].kind,
					       ps_record_id(load->nodes->record), error);
	PsCaseNode *head = add_section(load, sections[section].kind, _(sections[section].title));

	for (guint i = 0; records && i < records->len; i++) {
		guint at = sections[section].newest_first ? records->len - 1 - i : i;
		add_record(load, section, g_ptr_array_index(records, at), head);
	}
	gboolean empty = head->children->len == 0;
	head->text = empty ? g_strdup(_(sections[section].empty))
			   : sections[section].summarise(head->children);
	head->text_style = PS_ROLE_DIM;
	head->detail = list_children(head);
	return records;
}

static gboolean
add_steps(Load *load, GError **error)
{
	g_autoptr(GPtrArray) steps =
		ps_case_next(load->store, ps_record_id(load->nodes->record), error);
	PsCaseNode *head = steps ? add_section(load, "next", _("Next")) : NULL;

	for (guint i = 0; steps && i < steps->len; i++) {
		const PsCaseStep *step = g_ptr_array_index(steps, i);
		PsCaseNode *node = add_node(head->children, g_strdup_printf("step/%u", i));
		node->step = step->token;
		node->text = g_strdup(step->text);
		node->label_style = PS_ROLE_KEY;
	}
	if (!steps)
		return FALSE;
	head->text =
		steps->len > 0
			? g_strdup_printf(ngettext("%u thing to do", "%u things to do", steps->len),
					  steps->len)
			: g_strdup(_("nothing: all is done"));
	head->text_style = PS_ROLE_DIM;
	head->detail = list_children(head);
	return TRUE;
}

/* ---- the head ---- */

static void
read_worst_score(PsCaseNodes *nodes, GPtrArray *scores)
{
	double worst = -1;

	for (guint i = 0; i < scores->len; i++) {
		const PsRecord *score = g_ptr_array_index(scores, i);
		const char *source = ps_record_text(score, "source");
		const char *text = ps_record_text(score, "score");
		double value = text ? g_ascii_strtod(text, NULL) : -1;
		if ((source && !g_str_equal(source, "ours")) || value <= worst)
			continue;
		worst = value;
		g_free(nodes->score);
		g_free(nodes->severity);
		nodes->score = g_strdup(text);
		nodes->severity = g_strdup(ps_record_text(score, "severity"));
	}
}

static void
read_head(Load *load)
{
	const char *owner = ps_record_text(load->nodes->record, "owner");
	const PsDeskQuery query = {.due_before = PS_NO_TIME,
				   .case_id = ps_record_id(load->nodes->record),
				   .limit = 1};
	g_autoptr(GPtrArray) lines = ps_desk_lines(load->store, &query, NULL);

	if (owner)
		load->nodes->owner = ps_ref_caption(load->store, "person", owner);
	if (lines && lines->len > 0)
		load->nodes->next = g_ptr_array_steal_index(lines, 0);
}

PsCaseNodes *
ps_case_nodes_load(PsStore *store, const char *case_id, GError **error)
{
	g_autoptr(PsCaseNodes) nodes = g_new0(PsCaseNodes, 1);
	Load load = {.store = store, .now = ps_now_ms(), .nodes = nodes};

	nodes->roots = g_ptr_array_new_with_free_func(free_node);
	nodes->record = ps_store_get(store, "case", case_id, error);
	if (!nodes->record || !add_steps(&load, error))
		return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
		g_autoptr(GPtrArray) records = add_records(&load, i, error);
		if (!records)
			return NULL;
		if (g_str_equal(sections[i].kind, "score"))
			read_worst_score(nodes, records);
		else if (g_str_equal(sections[i].kind, "vulnerability"))
			nodes->vulnerabilities = g_steal_pointer(&records);
		else if (g_str_equal(sections[i].kind, "task"))
			nodes->tasks = g_steal_pointer(&records);
	}
	read_head(&load);
	return g_steal_pointer(&nodes);
}
