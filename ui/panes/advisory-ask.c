#include "config.h"

#include "ui/panes/advisory-ask.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "scoring/cwe-list.h"
#include "store/kind.h"
#include "ui/ask.h"
#include "ui/panes/cwe-picker.h"

/* ---- reading what was typed ---- */

static char *
normal_text(const PsCsafNode *node, const char *text)
{
	g_autofree char *wrong = ps_csaf_check_text(node, text);
	gint64 at;

	if (wrong && node->format == PS_CSAF_TIME && ps_utc_parse(text, &at, NULL))
		return ps_utc_format(at);
	return g_strdup(text);
}

static void
first_sentence(gpointer user, const char *place, const char *sentence)
{
	char **first = user;

	(void)place;
	if (!*first)
		*first = g_strdup(sentence);
}

cJSON *
advisory_read_value(const PsCsafNode *node, const char *text, GError **error)
{
	g_autoptr(cJSON) value = NULL;
	g_autofree char *wrong = NULL;

	if (!*text)
		return cJSON_CreateString("");
	if (node->type != PS_CSAF_TEXT) {
		value = ps_json_parse(text, strlen(text), NULL, NULL);
	} else {
		g_autofree char *normal = normal_text(node, text);
		value = cJSON_CreateString(normal);
	}
	if (!value)
		wrong = ps_csaf_expectation(node);
	else
		ps_csaf_check_value(node, value, first_sentence, &wrong);
	if (!wrong)
		return g_steal_pointer(&value);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, wrong);
	return NULL;
}

/* ---- lists to choose from ---- */

typedef struct {
	GPtrArray *texts; /* owned by the options */
	GArray *options;  /* PsOption */
} Options;

static void
options_init(Options *options)
{
	options->texts = g_ptr_array_new_with_free_func(g_free);
	options->options = g_array_new(FALSE, TRUE, sizeof(PsOption));
}

static void
options_clear(Options *options)
{
	g_ptr_array_unref(options->texts);
	g_array_unref(options->options);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static void
options_add(Options *options, char *value, char *label, char *detail)
{
	PsOption option = {value, label, detail, NULL};

	g_ptr_array_add(options->texts, value);
	g_ptr_array_add(options->texts, label);
	g_ptr_array_add(options->texts, detail);
	g_array_append_val(options->options, option);
}

static char *
choose(AdvisoryPane *self, const AdvisoryQuestion *question, const Options *options)
{
	PsAskChoice ask = {
		.title = question->title,
		.options = (const PsOption *)(void *)options->options->data,
		.n_options = options->options->len,
		.initial = question->initial,
		.optional = question->optional,
	};

	return ps_ask_choice(self->pane.app, &ask);
}

static void
add_choices(Options *options, const char *const *choices)
{
	for (; choices && *choices; choices++)
		options_add(options, g_strdup(*choices), NULL, NULL);
}

static gboolean
is_taken(const cJSON *taken, const char *text)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, taken)
		if (g_strcmp0(cJSON_GetStringValue(item), text) == 0)
			return TRUE;
	return FALSE;
}

static void
add_references(AdvisoryPane *self, Options *options, PsCsafRole role, const cJSON *taken)
{
	g_autoptr(GPtrArray) references =
		self->advisory ? ps_editor_references(ps_advisory_document(self->advisory), role)
			       : NULL;

	for (guint i = 0; references && i < references->len; i++) {
		const PsEditorReference *reference = references->pdata[i];
		if (!is_taken(taken, reference->id))
			options_add(options, g_strdup(reference->id),
				    *reference->name ? g_strdup(reference->name) : NULL,
				    g_strdup(reference->id));
	}
}

static const char *const *
profiles(void)
{
	const PsKind *kind = ps_kind_find("advisory");
	const PsField *field = kind ? ps_kind_field(kind, "profile") : NULL;

	return field ? field->choices : NULL;
}

/* FALSE: it is typed instead, or (with `error`) there is nothing to choose from. */
static gboolean
fill_options(AdvisoryPane *self, Options *options, const AdvisoryQuestion *question, GError **error)
{
	const PsCsafNode *node = question->node;
	static const char *const truths[] = {"true", "false", NULL};

	if (node->choices)
		add_choices(options, node->choices);
	else if (node->type == PS_CSAF_BOOLEAN)
		add_choices(options, truths);
	else if (node->format == PS_CSAF_CATEGORY)
		add_choices(options, profiles());
	else if (node->role == PS_CSAF_PRODUCT_REF || node->role == PS_CSAF_GROUP_REF)
		add_references(self, options, node->role, question->taken);
	else
		return FALSE;
	if (options->options->len > 0)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
			    node->role == PS_CSAF_GROUP_REF
				    ? _("The document defines no (other) product group.")
				    : _("The document defines no (other) product."));
	return FALSE;
}

/* ---- texts ---- */

static gboolean
check_line(gpointer user, const char *text, GError **error)
{
	const AdvisoryQuestion *question = user;
	g_autoptr(cJSON) value = NULL;

	if (!*text && !question->optional) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The standard wants a value here; Esc leaves it as it is."));
		return FALSE;
	}
	value = advisory_read_value(question->node, text, error);
	return value != NULL;
}

static void
line_typed(gpointer user, const char *text)
{
	const AdvisoryQuestion *question = user;

	if (question->typed)
		question->typed(question->user, text);
}

static char *
ask_line(AdvisoryPane *self, const AdvisoryQuestion *question)
{
	g_autofree char *now = question->initial || question->node->format != PS_CSAF_TIME
				       ? NULL
				       : ps_utc_format(ps_now_ms());
	PsAskLine ask = {.label = question->title,
			 .initial = question->initial ? question->initial : now,
			 .time = question->node->format == PS_CSAF_TIME,
			 .place = question->place,
			 .changed = line_typed,
			 .check = check_line,
			 .user = (gpointer)question};

	return ps_ask_line(self->pane.app, &ask);
}

typedef struct {
	const AdvisoryQuestion *question;
	char *text;
} Editing;

static gboolean
take_text(PsApp *app, const char *text, gpointer user, GError **error)
{
	Editing *editing = user;
	g_autofree char *trimmed = g_strchomp(g_strdup(text));

	(void)app;
	if (!check_line((gpointer)editing->question, trimmed, error))
		return FALSE;
	editing->text = g_steal_pointer(&trimmed);
	return TRUE;
}

static char *
ask_long(AdvisoryPane *self, const AdvisoryQuestion *question, GError **error)
{
	Editing editing = {question, NULL};

	ps_app_edit(self->pane.app, ".txt", question->initial, take_text, &editing, error);
	return editing.text;
}

static cJSON *
ask_text(AdvisoryPane *self, const AdvisoryQuestion *question, GError **error)
{
	g_auto(Options) options;
	g_autoptr(GError) problem = NULL;
	g_autofree char *text = NULL;

	options_init(&options);
	if (question->node->format == PS_CSAF_CWE)
		text = ps_ask_cwe(self->pane.app, question->initial, question->optional);
	else if (fill_options(self, &options, question, &problem))
		text = choose(self, question, &options);
	else if (problem)
		g_propagate_error(error, g_steal_pointer(&problem));
	else if (question->node->flags & PS_CSAF_LONG)
		text = ask_long(self, question, error);
	else
		text = ask_line(self, question);
	return text ? advisory_read_value(question->node, text, error) : NULL;
}

/* ---- objects and lists ---- */

static cJSON *
ask_part(AdvisoryPane *self, const AdvisoryQuestion *whole, const PsCsafNode *part, GError **error)
{
	g_autofree char *title = g_strdup_printf("%s › %s", whole->title, _(part->label));
	AdvisoryQuestion question = {.node = part, .title = title};

	return advisory_ask_value(self, &question, error);
}

/* What follows from the id of a weakness that was picked from the newest list: its name and (CSAF
 * 2.1) that list's version. FALSE: the member does not follow. */
static gboolean
fill_weakness(const PsCsafNode *member, cJSON *object)
{
	const char *id = ps_json_text(object, "id");
	g_autoptr(PsCweList) list = id ? ps_cwe_list_open(NULL) : NULL;
	g_autoptr(PsCwe) releases = id ? ps_cwe_open(NULL) : NULL;
	const PsCweItem *item = list ? ps_cwe_list_find(list, id) : NULL;

	if (item && member->role == PS_CSAF_CWE_NAME)
		cJSON_AddStringToObject(object, member->name, item->name);
	else if (item && releases && member->format == PS_CSAF_CWE_VERSION)
		cJSON_AddStringToObject(object, member->name, ps_cwe_newest(releases));
	else
		return FALSE;
	return TRUE;
}

static const PsCsafNode *
choose_member(AdvisoryPane *self, const AdvisoryQuestion *question, const cJSON *object)
{
	g_auto(Options) options;
	const PsCsafNode *node = question->node;

	options_init(&options);
	for (int i = 0; i < node->n_members; i++) {
		const PsCsafNode *member = &node->members[i];
		if (!cJSON_GetObjectItemCaseSensitive(object, member->name))
			options_add(&options, g_strdup(member->name), g_strdup(_(member->label)),
				    g_strdup(_(member->help)));
	}
	g_autofree char *name = choose(self, question, &options);
	return name ? ps_csaf_member(node, name) : NULL;
}

static gboolean
ask_member(AdvisoryPane *self, const AdvisoryQuestion *question, const PsCsafNode *member,
	   cJSON *object, GError **error)
{
	cJSON *value = member ? ask_part(self, question, member, error) : NULL;

	if (value)
		cJSON_AddItemToObject(object, member->name, value);
	return value != NULL;
}

/* What is required, and where the standard wants more members than those: which ones. */
static cJSON *
ask_object(AdvisoryPane *self, const AdvisoryQuestion *question, GError **error)
{
	const PsCsafNode *node = question->node;
	g_autoptr(cJSON) object = cJSON_CreateObject();

	for (int i = 0; i < node->n_members; i++) {
		const PsCsafNode *member = &node->members[i];
		if (!(member->flags & PS_CSAF_REQUIRED) || fill_weakness(member, object))
			continue;
		if (!ask_member(self, question, member, object, error))
			return NULL;
	}
	int least = MAX(node->min, 1);
	while (cJSON_GetArraySize(object) < least) {
		const PsCsafNode *member = choose_member(self, question, object);
		if (!ask_member(self, question, member, object, error))
			return NULL;
	}
	return g_steal_pointer(&object);
}

static cJSON *
ask_list(AdvisoryPane *self, const AdvisoryQuestion *question, GError **error)
{
	const PsCsafNode *item = &question->node->members[0];
	int least = MAX(question->node->min, 1);
	g_autoptr(cJSON) list = cJSON_CreateArray();

	for (int i = 0; i < least; i++) {
		g_autofree char *count = g_strdup_printf(_(" (%d of %d)"), i + 1, least);
		g_autofree char *title = g_strdup_printf("%s › %s%s", question->title,
							 _(item->label), least > 1 ? count : "");
		AdvisoryQuestion one = {.node = item, .title = title, .taken = list};
		cJSON *value = advisory_ask_value(self, &one, error);
		if (!value)
			return NULL;
		cJSON_AddItemToArray(list, value);
	}
	return g_steal_pointer(&list);
}

cJSON *
advisory_ask_value(AdvisoryPane *self, const AdvisoryQuestion *question, GError **error)
{
	switch (question->node->type) {
	case PS_CSAF_OBJECT:
		return ask_object(self, question, error);
	case PS_CSAF_LIST:
		return ask_list(self, question, error);
	default:
		return ask_text(self, question, error);
	}
}
