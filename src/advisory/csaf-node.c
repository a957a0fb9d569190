#include "config.h"

#include "advisory/csaf-node.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/csaf-place.h"
#include "advisory/csaf-table.h"
#include "base/i18n.h"
#include "base/json-print.h"
#include "base/safe-text.h"
#include "base/text-hash.h"
#include "scoring/cvss.h"

/* A wrong value is quoted up to this many cells. */
#define QUOTE_CELLS 60

const PsCsafNode *
ps_csaf_root(const char *version)
{
	if (g_strcmp0(version, "2.1") == 0)
		return &ps_csaf_root_2_1;
	return g_strcmp0(version, "2.0") == 0 ? &ps_csaf_root_2_0 : NULL;
}

const PsCsafNode *
ps_csaf_root_of(const cJSON *document)
{
	const cJSON *head = cJSON_GetObjectItemCaseSensitive(document, "document");
	const PsCsafNode *root = ps_csaf_root(ps_json_text(head, "csaf_version"));

	return root ? root : ps_csaf_root("2.0");
}

static int
compare_member(const void *name, const void *node)
{
	return strcmp(name, ((const PsCsafNode *)node)->name);
}

const PsCsafNode *
ps_csaf_member(const PsCsafNode *node, const char *name)
{
	if (node->type == PS_CSAF_LIST)
		return &node->members[0];
	if (node->type != PS_CSAF_OBJECT || node->n_members == 0)
		return NULL;
	return bsearch(name, node->members, (gsize)node->n_members, sizeof *node, compare_member);
}

const PsCsafNode *
ps_csaf_member_from(const PsCsafNode *node, const char *name, int *from)
{
	if (node->type != PS_CSAF_OBJECT)
		return ps_csaf_member(node, name);
	for (int i = *from; i < node->n_members; i++) {
		const char *known = node->members[i].name;
		/* the first letter spares most calls */
		int order = *name != *known ? (guchar)*name - (guchar)*known : strcmp(name, known);
		if (order > 0)
			continue;
		if (order < 0)
			break;
		*from = i + 1;
		return &node->members[i];
	}
	return ps_csaf_member(node, name);
}

const PsCsafNode *
ps_csaf_node_at(const PsCsafNode *node, const char *pointer)
{
	g_autofree char **steps = ps_json_pointer_split(pointer);

	if (*pointer && *pointer != '/')
		return NULL;
	for (char **step = steps; *step && node; step++)
		node = ps_csaf_member(node, *step);
	return node;
}

/* ---- checking ---- */

typedef struct {
	PsCsafFound found;
	gpointer user;
	guint count;
	/* of a numbered document, else NULL */
	const PsJsonTree *tree;
	guint *stamps; /* by number of text: the list where it was seen last; NULL: not used yet */
	guint list;    /* of the present one */
	gboolean unknown; /* something that the nodes do not describe */
} Check;

G_GNUC_PRINTF(3, 4)
static void
report(Check *check, const PsPlace *place, const char *format, ...)
{
	check->count++;
	if (!check->found)
		return;
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *raw = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_autofree char *sentence = ps_safe_text(raw, -1, PS_SAFE_LINE);
	g_autofree char *pointer = ps_place_pointer(place);
	check->found(check->user, pointer, sentence);
}

static char *
quoted(const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);

	return ps_text_fit(safe, QUOTE_CELLS);
}

static char *
choice_list(const char *const *choices)
{
	return g_strjoinv(", ", (char **)choices);
}

char *
ps_csaf_expectation(const PsCsafNode *node)
{
	switch (node->type) {
	case PS_CSAF_OBJECT:
		return g_strdup(_("an object"));
	case PS_CSAF_LIST:
		return g_strdup(_("a list"));
	case PS_CSAF_NUMBER:
		return g_strdup_printf(_("a number from %d to %d"), node->min, node->max);
	case PS_CSAF_BOOLEAN:
		return g_strdup(_("true or false"));
	default:
		break;
	}
	if (!node->choices)
		return g_strdup(ps_csaf_format_text(node->format));
	g_autofree char *list = choice_list(node->choices);
	return g_strdup_printf(_("one of %s"), list);
}

static gboolean
is_choice(const char *const *choices, const char *text)
{
	/* the first letter spares most calls */
	for (; *choices; choices++)
		if (**choices == *text && strcmp(*choices, text) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
has_length(const PsCsafNode *node, const char *text)
{
	if (node->min <= 1 && node->max == 0)
		return node->min == 0 || *text;
	/* no character has more than four bytes */
	if (node->max == 0 && strlen(text) >= 4 * (gsize)node->min)
		return TRUE;
	glong length = g_utf8_strlen(text, -1);
	return length >= node->min && (node->max == 0 || length <= node->max);
}

char *
ps_csaf_check_text(const PsCsafNode *node, const char *text)
{
	g_autofree char *expected = NULL, *shown = NULL;

	if (node->choices ? is_choice(node->choices, text)
			  : has_length(node, text) && ps_csaf_format_matches(node->format, text))
		return NULL;
	if (!*text && !node->choices)
		return g_strdup_printf(_("“%s” is empty; fill it in or remove it."),
				       _(node->label));
	expected = ps_csaf_expectation(node);
	shown = quoted(text);
	return g_strdup_printf(_("“%s” can't be “%s”; it must be %s."), _(node->label), shown,
			       expected);
}

static const char *
type_word(const cJSON *value)
{
	if (cJSON_IsObject(value))
		return _("an object");
	if (cJSON_IsArray(value))
		return _("a list");
	if (cJSON_IsString(value))
		return _("a text");
	if (cJSON_IsNumber(value) || cJSON_IsRaw(value))
		return _("a number");
	return cJSON_IsBool(value) ? _("true or false") : _("null");
}

static inline gboolean
has_type(PsCsafType type, const cJSON *value)
{
	static const int types[] = {
		[PS_CSAF_OBJECT] = cJSON_Object,
		[PS_CSAF_LIST] = cJSON_Array,
		[PS_CSAF_TEXT] = cJSON_String,
		[PS_CSAF_NUMBER] = cJSON_Number | cJSON_Raw,
		[PS_CSAF_BOOLEAN] = cJSON_True | cJSON_False,
	};

	return (value->type & types[type]) != 0;
}

static void check_value(Check *check, const PsCsafNode *node, const cJSON *value,
			const PsPlace *place);

static void
check_required(Check *check, const PsCsafNode *node, guint64 seen, const PsPlace *place)
{
	for (int i = 0; i < node->n_members; i++) {
		const PsCsafNode *member = &node->members[i];
		if (!(member->flags & PS_CSAF_REQUIRED) || seen & (G_GUINT64_CONSTANT(1) << i))
			continue;
		PsPlace missing = {place, member->name, 0};
		report(check, &missing, _("“%s” (%s) is missing; it is required here."),
		       _(member->label), member->name);
	}
}

static void
check_count(Check *check, const PsCsafNode *node, int count, const PsPlace *place)
{
	if (count < node->min)
		report(check, place,
		       node->type == PS_CSAF_LIST
			       ? ngettext("“%s” needs %d item or more, but has %d; add what is "
					  "missing or remove it.",
					  "“%s” needs %d items or more, but has %d; add what is "
					  "missing or remove it.",
					  (gulong)node->min)
			       : ngettext("“%s” needs %d member or more, but has %d; add what is "
					  "missing or remove it.",
					  "“%s” needs %d members or more, but has %d; add what is "
					  "missing or remove it.",
					  (gulong)node->min),
		       _(node->label), node->min, count);
	else if (node->max > 0 && count > node->max)
		report(check, place, _("“%s” has %d members, but no more than %d are allowed."),
		       _(node->label), count, node->max);
}

/* FIRST has one schema for 3.0 and one for 3.1, and the object must follow one of them. */
static void
check_vector_version(Check *check, const cJSON *object, const PsPlace *place)
{
	const char *version = ps_json_text(object, "version");
	const char *vector = ps_json_text(object, "vectorString");

	if (!version || !vector || !g_str_has_prefix(vector, "CVSS:3.") ||
	    (!g_str_equal(version, "3.0") && !g_str_equal(version, "3.1")))
		return;
	g_autofree char *prefix = g_strdup_printf("CVSS:%s/", version);
	if (g_str_has_prefix(vector, prefix))
		return;
	PsPlace at = {place, "vectorString", 0};
	report(check, &at, _("The vector is not of CVSS %s, which “version” names."), version);
}

/* FIRST's schema of CVSS 4.0 ties the score to the word for it; only the band of HIGH may have more
 * than one digit behind the point. */
static void
check_band(Check *check, const cJSON *object, const PsPlace *place)
{
	const char *severity = ps_json_text(object, "baseSeverity");
	double score = ps_json_number(object, "baseScore", -1);
	PsPlace at = {place, "baseScore", 0};

	if (!severity || !(score >= 0 && score <= 10))
		return;
	double tenths = score * 10, whole = (double)(int)(tenths + 0.5);
	gboolean in_steps = tenths - whole < 1e-9 && whole - tenths < 1e-9;
	if (!in_steps && !(score >= 7 && score <= 8.9)) {
		report(check, &at, "%s", _("The score has more than one digit behind the point."));
		return;
	}
	const char *right = ps_cvss_severity(PS_CVSS_4_0, in_steps ? (int)whole : 70);
	if (g_ascii_strcasecmp(severity, right) != 0)
		report(check, &at, _("The score does not belong to the severity “%s”."), severity);
}

static void
check_related(Check *check, const PsCsafNode *member, const cJSON *object, const PsPlace *place)
{
	if (member->format == PS_CSAF_VECTOR_3)
		check_vector_version(check, object, place);
	else if (member->format == PS_CSAF_VECTOR_4)
		check_band(check, object, place);
}

static void
check_object(Check *check, const PsCsafNode *node, const cJSON *value, const PsPlace *place)
{
	guint64 seen = 0;
	int count = 0, from = 0;

	for (const cJSON *item = value->child; item; item = item->next, count++) {
		const PsCsafNode *member = ps_csaf_member_from(node, item->string, &from);
		PsPlace at = {place, item->string, 0};
		if (!member && node->flags & PS_CSAF_CLOSED)
			report(check, &at,
			       _("The standard knows no “%s” in “%s”; remove it or correct the "
				 "name."),
			       item->string, _(node->label));
		if (!member) {
			check->unknown = TRUE;
			continue;
		}
		seen |= G_GUINT64_CONSTANT(1) << (member - node->members);
		check_value(check, member, item, &at);
		check_related(check, member, value, place);
	}
	check_required(check, node, seen, place);
	check_count(check, node, count, place);
}

/* Members in another order are the same object. */
static int
compare_names(const void *a, const void *b)
{
	return strcmp((*(const cJSON *const *)a)->string, (*(const cJSON *const *)b)->string);
}

static char *
fingerprint(const cJSON *value)
{
	if (!cJSON_IsObject(value))
		return ps_json_print(value);
	g_autoptr(GPtrArray) members = g_ptr_array_new();
	for (cJSON *item = value->child; item; item = item->next)
		g_ptr_array_add(members, item);
	if (members->len > 1)
		qsort(members->pdata, members->len, sizeof(gpointer), compare_names);
	GString *text = g_string_new("{");
	for (guint i = 0; i < members->len; i++) {
		const cJSON *item = members->pdata[i];
		g_autofree char *inner = fingerprint(item);
		g_autofree char *name = ps_json_escape(item->string);
		g_string_append_printf(text, "\"%s\":%s,", name, inner);
	}
	return g_string_free(text, FALSE);
}

static void
found_twice(Check *check, const PsCsafNode *node, const char *text, const PsPlace *place)
{
	g_autofree char *shown = quoted(text);

	report(check, place, _("“%s” is there twice in “%s”; remove one."), shown, _(node->label));
}

/* Texts that ascend, as most long lists do, all differ. */
static gboolean
ascends(const cJSON *value)
{
	const cJSON *before = NULL;

	for (const cJSON *item = value->child; item; before = item, item = item->next)
		if (!cJSON_IsString(item) ||
		    (before && strcmp(before->valuestring, item->valuestring) >= 0))
			return FALSE;
	return TRUE;
}

/* Texts of a numbered document differ when their numbers do, which mostly ascend. FALSE: one is
 * there twice, or something is no text. */
static gboolean
differ_by_number(Check *check, const cJSON *value)
{
	guint before = 0;

	for (const cJSON *item = value->child; item; item = item->next) {
		guint number = ps_json_text_number(item);
		if (number <= before)
			break;
		before = number;
		if (!item->next)
			return TRUE;
	}
	if (!check->stamps)
		check->stamps = g_new0(guint, ps_json_tree_texts(check->tree) + 1);
	check->list++;
	for (const cJSON *item = value->child; item; item = item->next) {
		guint *stamp = &check->stamps[ps_json_text_number(item)];
		if (!cJSON_IsString(item) || *stamp == check->list)
			return FALSE;
		*stamp = check->list;
	}
	return TRUE;
}

/* Texts and objects are never equal, so one set does for both; texts are not copied. */
static void
check_unique(Check *check, const PsCsafNode *node, const cJSON *value, const PsPlace *place)
{
	if (!value->child || !value->child->next)
		return;
	if (check->tree ? differ_by_number(check, value) : ascends(value))
		return;
	g_autoptr(GHashTable) seen = ps_text_table_new();
	g_autoptr(GPtrArray) prints = g_ptr_array_new_with_free_func(g_free);
	PsPlace at = {place, NULL, 0};
	for (const cJSON *item = value->child; item; item = item->next, at.index++) {
		char *key = cJSON_IsString(item) ? item->valuestring : fingerprint(item);
		if (key != item->valuestring)
			g_ptr_array_add(prints, key);
		if (!g_hash_table_add(seen, key))
			found_twice(check, node, key, &at);
	}
}

/* Any text that is not empty will do, as for the ids of products, which are most of a large
 * document. */
static gboolean
is_plain_text(const PsCsafNode *node)
{
	return node->type == PS_CSAF_TEXT && !node->choices && node->format == PS_CSAF_ANY &&
	       node->min <= 1 && node->max == 0;
}

static void
check_list(Check *check, const PsCsafNode *node, const cJSON *value, const PsPlace *place)
{
	const PsCsafNode *member = &node->members[0];
	gboolean plain = is_plain_text(member);
	PsPlace at = {place, NULL, 0};

	for (const cJSON *item = value->child; item; item = item->next, at.index++)
		if (!plain || !has_type(PS_CSAF_TEXT, item) || !*item->valuestring)
			check_value(check, member, item, &at);
	check_count(check, node, at.index, place);
	if (node->flags & PS_CSAF_UNIQUE)
		check_unique(check, node, value, place);
}

static void
check_number(Check *check, const PsCsafNode *node, const cJSON *value, const PsPlace *place)
{
	double number =
		cJSON_IsRaw(value) ? g_ascii_strtod(value->valuestring, NULL) : value->valuedouble;

	if (number >= node->min && (node->max == 0 || number <= node->max))
		return;
	g_autofree char *expected = ps_csaf_expectation(node);
	g_autofree char *shown = ps_json_print(value);
	report(check, place, _("“%s” can't be %s; it must be %s."), _(node->label), shown,
	       expected);
}

static void
check_value(Check *check, const PsCsafNode *node, const cJSON *value, const PsPlace *place)
{
	gboolean fits = has_type(node->type, value);

	if (!fits || node->flags & PS_CSAF_OPEN)
		check->unknown = TRUE;
	if (!fits) {
		g_autofree char *expected = ps_csaf_expectation(node);
		report(check, place, _("“%s” is %s; it must be %s."), _(node->label),
		       type_word(value), expected);
	} else if (node->type == PS_CSAF_OBJECT) {
		check_object(check, node, value, place);
	} else if (node->type == PS_CSAF_LIST) {
		check_list(check, node, value, place);
	} else if (node->type == PS_CSAF_NUMBER) {
		check_number(check, node, value, place);
	} else if (node->type == PS_CSAF_TEXT) {
		g_autofree char *sentence = ps_csaf_check_text(node, value->valuestring);
		if (sentence)
			report(check, place, "%s", sentence);
	}
}

guint
ps_csaf_check_value(const PsCsafNode *node, const cJSON *value, PsCsafFound found, gpointer user)
{
	Check check = {.found = found, .user = user};

	check_value(&check, node, value, NULL);
	return check.count;
}

guint
ps_csaf_check_tree(const PsCsafNode *node, const PsJsonTree *tree, PsCsafFound found, gpointer user,
		   gboolean *known)
{
	Check check = {.found = found, .user = user, .tree = tree};

	check_value(&check, node, ps_json_tree_root(tree), NULL);
	g_free(check.stamps);
	if (known)
		*known = !check.unknown;
	return check.count;
}

/* ---- making ---- */

cJSON *
ps_csaf_skeleton(const PsCsafNode *node)
{
	cJSON *value;

	switch (node->type) {
	case PS_CSAF_LIST:
		value = cJSON_CreateArray();
		for (int i = 0; i < node->min; i++)
			cJSON_AddItemToArray(value, ps_csaf_skeleton(&node->members[0]));
		return value;
	case PS_CSAF_NUMBER:
		return cJSON_CreateNumber(node->min);
	case PS_CSAF_BOOLEAN:
		return cJSON_CreateFalse();
	case PS_CSAF_TEXT:
		/* with one choice there is nothing to choose */
		return cJSON_CreateString(node->choices && !node->choices[1] ? node->choices[0]
									     : "");
	default:
		break;
	}
	value = cJSON_CreateObject();
	for (int i = 0; i < node->n_members; i++)
		if (node->members[i].flags & PS_CSAF_REQUIRED)
			cJSON_AddItemToObject(value, node->members[i].name,
					      ps_csaf_skeleton(&node->members[i]));
	return value;
}
