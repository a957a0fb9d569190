#include "config.h"

#include "advisory/json-schema.h"

#include <math.h>
#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/csaf-place.h"
#include "base/i18n.h"

/* Schemas inside each other, "$ref" included: no schema of ours is deeper, one in a circle is. */
#define DEPTH_MAX 100

typedef struct {
	const cJSON *root;
	PsSchemaOther other;
	PsSchemaFound found; /* NULL while something is only tried */
	gpointer user;
	int depth;
	gboolean unknown_only; /* tell of members that no keyword knows, of nothing else */
} Check;

/* What stands at one place of the value. */
typedef struct {
	const cJSON *schema, *value;
	const PsPlace *place;
	GHashTable *seen; /* names of members that some keyword looked at */
} Spot;

static guint check_schema(Check *check, const cJSON *schema, const cJSON *value,
			  const PsPlace *place, GHashTable *seen);

static guint G_GNUC_PRINTF(3, 4)
	report(const Check *check, const PsPlace *place, const char *format, ...)
{
	va_list arguments;

	if (!check->found || check->unknown_only)
		return 1;
	va_start(arguments, format);
	g_autofree char *sentence = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_autofree char *pointer = ps_place_pointer(place);
	check->found(check->user, pointer, sentence);
	return 1;
}

static guint
report_unknown(const Check *check, const PsPlace *place, const char *name)
{
	Check whole = *check;

	whole.unknown_only = FALSE;
	return report(&whole, place, _("The schema knows no “%s” here."), name);
}

static const cJSON *
keyword(const Spot *spot, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(spot->schema, name);
}

/* A number of the schema; FALSE: it has none of that name. */
static gboolean
bound(const Spot *spot, const char *name, double *number)
{
	const cJSON *item = keyword(spot, name);

	if (!cJSON_IsNumber(item))
		return FALSE;
	*number = item->valuedouble;
	return TRUE;
}

/* ---- any value ---- */

static gboolean
is_of_type(const cJSON *value, const char *type)
{
	if (g_str_equal(type, "object"))
		return cJSON_IsObject(value);
	if (g_str_equal(type, "array"))
		return cJSON_IsArray(value);
	if (g_str_equal(type, "string"))
		return cJSON_IsString(value);
	if (g_str_equal(type, "boolean"))
		return cJSON_IsBool(value);
	if (g_str_equal(type, "null"))
		return cJSON_IsNull(value);
	if (g_str_equal(type, "number"))
		return cJSON_IsNumber(value) || cJSON_IsRaw(value);
	return cJSON_IsRaw(value) ||
	       (cJSON_IsNumber(value) && value->valuedouble == floor(value->valuedouble));
}

static guint
check_type(Check *check, const Spot *spot)
{
	const cJSON *type = keyword(spot, "type"), *item;
	gboolean good = !type;

	if (cJSON_IsString(type))
		good = is_of_type(spot->value, type->valuestring);
	cJSON_ArrayForEach (item, type)
		good |= cJSON_IsString(item) && is_of_type(spot->value, item->valuestring);
	if (good)
		return 0;
	g_autofree char *wanted = ps_json_print(type);
	return report(check, spot->place, _("The schema wants the type %s here."), wanted);
}

static guint
check_constants(Check *check, const Spot *spot)
{
	const cJSON *constant = keyword(spot, "const"), *list = keyword(spot, "enum"), *item;
	gboolean listed = !list;
	guint wrong = 0;

	if (constant && !cJSON_Compare(constant, spot->value, TRUE)) {
		g_autofree char *wanted = ps_json_print(constant);
		wrong += report(check, spot->place, _("The schema allows only %s here."), wanted);
	}
	cJSON_ArrayForEach (item, list)
		listed |= cJSON_Compare(item, spot->value, TRUE);
	if (!listed) {
		g_autofree char *wanted = ps_json_print(list);
		wrong += report(check, spot->place, _("The schema allows only one of %s here."),
				wanted);
	}
	return wrong;
}

/* ---- texts and numbers ---- */

static gboolean
has_pattern(const char *text, const char *pattern)
{
	g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_DOLLAR_ENDONLY, 0, NULL);

	return !regex || g_regex_match(regex, text, 0, NULL);
}

static gboolean
has_format(const char *text, const char *format)
{
	if (g_str_equal(format, "uri"))
		return ps_csaf_is_uri(text);
	return !g_str_equal(format, "date-time") || ps_csaf_time(text, NULL, NULL);
}

static guint
check_text(Check *check, const Spot *spot)
{
	const char *text = spot->value->valuestring, *pattern, *format;
	double length = (double)g_utf8_strlen(text, -1), number;
	guint wrong = 0;

	if (bound(spot, "minLength", &number) && length < number)
		wrong += report(check, spot->place,
				_("The schema wants %g characters or more here."), number);
	if (bound(spot, "maxLength", &number) && length > number)
		wrong += report(check, spot->place,
				_("The schema wants %g characters or less here."), number);
	pattern = cJSON_GetStringValue(keyword(spot, "pattern"));
	if (pattern && !has_pattern(text, pattern))
		wrong += report(check, spot->place,
				_("The text does not match the pattern “%s” of the extension's "
				  "schema."),
				pattern);
	format = cJSON_GetStringValue(keyword(spot, "format"));
	if (format && !has_format(text, format))
		wrong += report(check, spot->place,
				_("The text is not of the format “%s” that the schema "
				  "wants."),
				format);
	return wrong;
}

static guint
check_number(Check *check, const Spot *spot)
{
	double value = spot->value->valuedouble, number;
	gboolean good = TRUE;

	if (bound(spot, "minimum", &number))
		good &= value >= number;
	if (bound(spot, "maximum", &number))
		good &= value <= number;
	if (bound(spot, "exclusiveMinimum", &number))
		good &= value > number;
	if (bound(spot, "exclusiveMaximum", &number))
		good &= value < number;
	if (bound(spot, "multipleOf", &number) && number > 0)
		good &= fabs(remainder(value, number)) < 1e-9;
	if (good)
		return 0;
	return report(check, spot->place,
		      _("The number %g is outside the bounds that the schema sets."), value);
}

/* ---- lists ---- */

static guint
check_count(Check *check, const Spot *spot, const char *least, const char *most, double count)
{
	double number;

	if (bound(spot, least, &number) && count < number)
		return report(check, spot->place, _("The schema wants %g or more here."), number);
	if (bound(spot, most, &number) && count > number)
		return report(check, spot->place, _("The schema wants %g or less here."), number);
	return 0;
}

static guint
check_unique(Check *check, const Spot *spot)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	PsPlace at = {spot->place, NULL, 0};

	if (!cJSON_IsTrue(keyword(spot, "uniqueItems")))
		return 0;
	for (const cJSON *item = spot->value->child; item; item = item->next, at.index++)
		if (!g_hash_table_add(seen, ps_json_print(item)))
			return report(check, &at, "%s",
				      _("The item stands twice; the schema wants "
					"each once."));
	return 0;
}

static guint
check_contains(Check *check, const Spot *spot)
{
	const cJSON *schema = keyword(spot, "contains");
	Check quiet = *check;
	PsPlace at = {spot->place, NULL, 0};

	quiet.found = NULL;
	for (const cJSON *item = spot->value->child; schema && item; item = item->next, at.index++)
		if (check_schema(&quiet, schema, item, &at, NULL) == 0)
			return 0;
	return !schema ? 0
		       : report(check, spot->place, "%s",
				_("No item is one that the schema asks for."));
}

static guint
check_list(Check *check, const Spot *spot)
{
	const cJSON *prefix = keyword(spot, "prefixItems"), *rest = keyword(spot, "items");
	PsPlace at = {spot->place, NULL, 0};
	guint wrong = 0;

	prefix = prefix ? prefix->child : NULL;
	for (const cJSON *item = spot->value->child; item; item = item->next, at.index++) {
		const cJSON *schema = prefix ? prefix : rest;
		wrong += schema ? check_schema(check, schema, item, &at, NULL) : 0;
		prefix = prefix ? prefix->next : NULL;
	}
	wrong += check_count(check, spot, "minItems", "maxItems", at.index);
	return wrong + check_unique(check, spot) + check_contains(check, spot);
}

/* ---- objects ---- */

static guint
check_required(Check *check, const Spot *spot, const cJSON *names)
{
	const cJSON *name;
	guint wrong = 0;

	cJSON_ArrayForEach (name, names)
		if (cJSON_IsString(name) &&
		    !cJSON_GetObjectItemCaseSensitive(spot->value, name->valuestring))
			wrong += report(check, spot->place,
					_("“%s” is missing; the schema wants it."),
					name->valuestring);
	return wrong;
}

/* The keywords that look at one member; TRUE in `seen` when one did. */
static guint
check_member(Check *check, const Spot *spot, const cJSON *member, gboolean *seen)
{
	const cJSON *schema =
		cJSON_GetObjectItemCaseSensitive(keyword(spot, "properties"), member->string);
	const cJSON *additional = keyword(spot, "additionalProperties"), *pattern;
	PsPlace at = {spot->place, member->string, 0};
	guint wrong = 0;

	*seen = schema != NULL;
	if (schema)
		wrong += check_schema(check, schema, member, &at, NULL);
	cJSON_ArrayForEach (pattern, keyword(spot, "patternProperties")) {
		if (!has_pattern(member->string, pattern->string))
			continue;
		*seen = TRUE;
		wrong += check_schema(check, pattern, member, &at, NULL);
	}
	if (*seen || !additional)
		return wrong;
	*seen = TRUE;
	if (cJSON_IsFalse(additional))
		return wrong + report_unknown(check, &at, member->string);
	return wrong + check_schema(check, additional, member, &at, NULL);
}

static guint
check_name(Check *check, const Spot *spot, const cJSON *member)
{
	const cJSON *schema = keyword(spot, "propertyNames");
	cJSON name = {.type = cJSON_String, .valuestring = member->string};
	PsPlace at = {spot->place, member->string, 0};

	return schema ? check_schema(check, schema, &name, &at, NULL) : 0;
}

static guint
check_object(Check *check, const Spot *spot)
{
	const cJSON *dependent;
	guint wrong = check_required(check, spot, keyword(spot, "required"));
	int count = 0;

	for (const cJSON *member = spot->value->child; member; member = member->next, count++) {
		gboolean seen;
		wrong += check_member(check, spot, member, &seen) + check_name(check, spot, member);
		if (seen && spot->seen)
			g_hash_table_add(spot->seen, member->string);
	}
	cJSON_ArrayForEach (dependent, keyword(spot, "dependentRequired"))
		if (cJSON_GetObjectItemCaseSensitive(spot->value, dependent->string))
			wrong += check_required(check, spot, dependent);
	return wrong + check_count(check, spot, "minProperties", "maxProperties", count);
}

/* Members that neither this schema nor one that it applies here looked at. */
static guint
check_unevaluated(Check *check, const Spot *spot)
{
	guint wrong = 0;

	if (!cJSON_IsFalse(keyword(spot, "unevaluatedProperties")) || !cJSON_IsObject(spot->value))
		return 0;
	for (const cJSON *member = spot->value->child; member; member = member->next) {
		PsPlace at = {spot->place, member->string, 0};
		if (!g_hash_table_contains(spot->seen, member->string))
			wrong += report_unknown(check, &at, member->string);
	}
	return wrong;
}

/* ---- other schemas at the same place ---- */

typedef struct {
	const Check *check;
	const PsPlace *place;
} Below;

static void
found_below(gpointer user, const char *pointer, const char *sentence)
{
	const Below *below = user;
	PsPlace at = {below->place, pointer, PS_PLACE_POINTER};

	report(below->check, &at, "%s", sentence);
}

static guint
check_reference(Check *check, const Spot *spot)
{
	Below below = {check, spot->place};

	const char *ref = cJSON_GetStringValue(keyword(spot, "$ref"));

	if (!ref)
		return 0;
	if (*ref != '#')
		return check->other ? check->other(ref, spot->value, found_below, &below) : 0;
	const cJSON *schema = ps_json_at(check->root, ref + 1);
	return schema ? check_schema(check, schema, spot->value, spot->place, spot->seen) : 0;
}

/* Schemas of a list that the value fits; what they looked at is seen. */
static int
count_fits(const Check *check, const Spot *spot, const cJSON *list)
{
	Check quiet = *check;
	const cJSON *schema;
	int fits = 0;

	quiet.found = NULL;
	cJSON_ArrayForEach (schema, list)
		if (check_schema(&quiet, schema, spot->value, spot->place, NULL) == 0) {
			check_schema(&quiet, schema, spot->value, spot->place, spot->seen);
			fits++;
		}
	return fits;
}

static guint
check_choices(Check *check, const Spot *spot)
{
	const cJSON *any = keyword(spot, "anyOf"), *one = keyword(spot, "oneOf");
	const cJSON *not = keyword(spot, "not"), *schema;
	Check quiet = *check;
	guint wrong = 0;

	quiet.found = NULL;
	cJSON_ArrayForEach (schema, keyword(spot, "allOf"))
		wrong += check_schema(check, schema, spot->value, spot->place, spot->seen);
	if (any && count_fits(check, spot, any) == 0)
		wrong += report(check, spot->place, "%s",
				_("The value fits none of the forms that the schema "
				  "offers."));
	if (one && count_fits(check, spot, one) != 1)
		wrong += report(check, spot->place, "%s",
				_("The value must fit exactly one of the forms that the "
				  "schema offers."));
	if (not &&check_schema(&quiet, not, spot->value, spot->place, NULL) == 0)
		wrong += report(check, spot->place, "%s",
				_("The value has a form that the schema forbids."));
	return wrong;
}

static guint
check_condition(Check *check, const Spot *spot)
{
	const cJSON *condition = keyword(spot, "if");
	Check quiet = *check;

	if (!condition)
		return 0;
	quiet.found = NULL;
	gboolean fits = check_schema(&quiet, condition, spot->value, spot->place, spot->seen) == 0;
	const cJSON *schema = keyword(spot, fits ? "then" : "else");
	return schema ? check_schema(check, schema, spot->value, spot->place, spot->seen) : 0;
}

/* ---- all of it ---- */

static guint
check_spot(Check *check, const Spot *spot)
{
	guint wrong = check_type(check, spot) + check_constants(check, spot) +
		      check_reference(check, spot) + check_choices(check, spot) +
		      check_condition(check, spot);

	if (cJSON_IsString(spot->value))
		wrong += check_text(check, spot);
	else if (cJSON_IsNumber(spot->value))
		wrong += check_number(check, spot);
	else if (cJSON_IsArray(spot->value))
		wrong += check_list(check, spot);
	else if (cJSON_IsObject(spot->value))
		wrong += check_object(check, spot);
	return wrong + check_unevaluated(check, spot);
}

static guint
check_schema(Check *check, const cJSON *schema, const cJSON *value, const PsPlace *place,
	     GHashTable *seen)
{
	guint wrong = 0;

	if (cJSON_IsBool(schema))
		return cJSON_IsTrue(schema)
			       ? 0
			       : report(check, place, "%s", _("The schema allows nothing here."));
	if (!cJSON_IsObject(schema) || check->depth > DEPTH_MAX)
		return 0;
	g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
	Spot spot = {schema, value, place, own};
	check->depth++;
	wrong = check_spot(check, &spot);
	check->depth--;
	GHashTableIter iterator;
	gpointer name;
	g_hash_table_iter_init(&iterator, own);
	while (seen && g_hash_table_iter_next(&iterator, &name, NULL))
		g_hash_table_add(seen, name);
	return wrong;
}

guint
ps_schema_check(const cJSON *schema, const cJSON *value, PsSchemaOther other, PsSchemaFound found,
		gpointer user)
{
	Check check = {schema, other, found, user, 0, FALSE};

	return check_schema(&check, schema, value, NULL, NULL);
}

void
ps_schema_unknown(const cJSON *schema, const cJSON *value, PsSchemaFound found, gpointer user)
{
	Check check = {schema, NULL, found, user, 0, TRUE};

	check_schema(&check, schema, value, NULL, NULL);
}
