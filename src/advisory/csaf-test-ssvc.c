#include "config.h"

/* Tests of CSAF 2.1 over SSVC selection lists.
 *
 * A namespace is a base ("ssvc", "nist#800-30", "x_example.test#name") and, behind a "/", a
 * language and extensions. Bases that begin with "x_" are unregistered. Reserved: "example" and
 * "test" stand for whatever a text or test needs, "invalid" is never right. A base that is neither
 * known here nor begins with "x_" may have been registered after our list was made. */

#include "advisory/csaf-test-2-1.h"

#include <string.h>

#include "advisory/csaf-node.h"
#include "advisory/csaf-suite.h"
#include "base/i18n.h"
#include "scoring/ssvc-registry.h"

static gpointer
open_registry(GError **error)
{
	return ps_ssvc_registry_open(error);
}

static void
free_registry(gpointer registry)
{
	ps_ssvc_registry_free(registry);
}

static const PsSsvcRegistry *
registry_of(PsCsafContext *context)
{
	return ps_csaf_shared(context, "ssvc", open_registry, free_registry);
}

/* ---- walking ---- */

/* Every ssvc_v2, of whatever type it is. */
typedef void (*ObjectFunc)(PsCsafContext *context, const PsCsafVulnerability *vulnerability,
			   const cJSON *object, const PsPlace *place, gpointer user);

static void
each_object(PsCsafContext *context, ObjectFunc func, gpointer user)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace list = {&place, "metrics", 0}, item = {&list, NULL, 0};
		PsPlace content = {&item, "content", 0}, at = {&content, "ssvc_v2", 0};
		for (const cJSON *metric = ps_csaf_member_items(vulnerability, PS_CSAF_METRICS);
		     metric; metric = metric->next, item.index++) {
			const cJSON *object =
				cJSON_GetObjectItemCaseSensitive(ps_csaf_object(metric, "content"),
								 "ssvc_v2");
			if (object)
				func(context, vulnerability, object, &at, user);
		}
	}
}

typedef struct {
	const cJSON *list, *item;  /* the whole SSVC object and the selection */
	const char *space;         /* whole namespace */
	const char *key, *version; /* NULL: missing */
	const char *base;
	gboolean extended;
} Selection;

typedef void (*SelectionFunc)(PsCsafContext *context, const PsSsvcRegistry *registry,
			      const Selection *selection, const PsPlace *place);

typedef struct {
	SelectionFunc func;
} Walk;

/* Every selection that has a namespace. */
static void
walk_selections(PsCsafContext *context, const PsCsafVulnerability *vulnerability,
		const cJSON *object, const PsPlace *place, gpointer user)
{
	const Walk *walk = user;
	const PsSsvcRegistry *registry = registry_of(context);
	PsPlace list = {place, "selections", 0}, at = {&list, NULL, 0};

	(void)vulnerability;
	for (const cJSON *item = registry ? ps_csaf_items(object, "selections") : NULL; item;
	     item = item->next, at.index++) {
		const char *space = ps_csaf_string(item, "namespace");
		gsize length = space ? strcspn(space, "/") : 0;
		g_autofree char *base = g_strndup(space, length);
		Selection selection = {object,
				       item,
				       space,
				       ps_csaf_string(item, "key"),
				       ps_csaf_string(item, "version"),
				       base,
				       space && space[length] != '\0'};
		if (space)
			walk->func(context, registry, &selection, &at);
	}
}

static void
each_selection(PsCsafContext *context, SelectionFunc func)
{
	Walk walk = {func};

	each_object(context, walk_selections, &walk);
}

/* ---- namespaces ---- */

/* The base is `word`, with or without a fragment. */
static gboolean
base_is(const Selection *selection, const char *word)
{
	gsize length = strlen(word);

	return strncmp(selection->base, word, length) == 0 &&
	       (selection->base[length] == '\0' || selection->base[length] == '#');
}

/* Anything may stand in it. */
static gboolean
is_free(const Selection *selection)
{
	return base_is(selection, "example") || base_is(selection, "test");
}

static gboolean
is_unregistered(const Selection *selection)
{
	return g_str_has_prefix(selection->base, "x_");
}

static gboolean
is_known(const PsSsvcRegistry *registry, const Selection *selection)
{
	return ps_ssvc_registry_has_namespace(registry, selection->base);
}

/* A language tag in a namespace: "/de-DE", "$de-DE". */
static gboolean
is_foreign_language(const char *tag)
{
	gsize length = strcspn(tag, "/$");

	return length > 0 && !(length >= 2 && g_ascii_strncasecmp(tag, "en", 2) == 0 &&
			       (length == 2 || tag[2] == '-'));
}

/* A translation into another language than English. */
static gboolean
is_translation(const Selection *selection)
{
	const char *rest = strchr(selection->space, '/');

	if (!rest)
		return FALSE;
	if (rest[1] != '.' && is_foreign_language(rest + 1))
		return TRUE;
	for (const char *at = strchr(rest, '$'); at; at = strchr(at + 1, '$'))
		if (is_foreign_language(at + 1))
			return TRUE;
	return FALSE;
}

/* ---- 6.1.46 ---- */

typedef struct {
	PsCsafContext *context;
	const PsPlace *place;
} Invalid;

static void
found_invalid(gpointer user, const char *pointer, const char *sentence)
{
	Invalid *invalid = user;
	PsPlace at = {invalid->place, pointer, PS_PLACE_POINTER};

	ps_csaf_found(invalid->context, &at, "%s", sentence);
}

static void
check_invalid(PsCsafContext *context, const PsCsafVulnerability *vulnerability, const cJSON *object,
	      const PsPlace *place, gpointer user)
{
	Invalid invalid = {context, place};

	(void)vulnerability;
	ps_csaf_check_value(user, object, found_invalid, &invalid);
}

void
ps_csaf_test_ssvc_invalid(PsCsafContext *context)
{
	const PsCsafNode *node = ps_csaf_node_at(context->suite->root,
						 "/vulnerabilities/0/metrics/0/content/ssvc_v2");

	each_object(context, check_invalid, (gpointer)node);
}

/* ---- 6.1.47 ---- */

static gboolean
is_id_of(const PsCsafVulnerability *vulnerability, const char *target)
{
	if (g_strcmp0(ps_csaf_item_string(vulnerability->members[PS_CSAF_CVE_MEMBER]), target) == 0)
		return TRUE;
	for (const cJSON *item = ps_csaf_member_items(vulnerability, PS_CSAF_IDS); item;
	     item = item->next)
		if (g_strcmp0(ps_csaf_string(item, "text"), target) == 0)
			return TRUE;
	return FALSE;
}

static void
check_targets(PsCsafContext *context, const PsCsafVulnerability *vulnerability, const cJSON *object,
	      const PsPlace *place, gpointer user)
{
	const char *tracking_id = ps_csaf_string(context->tracking, "id");
	gboolean several = context->all.n > 1;
	PsPlace list = {place, "target_ids", 0}, at = {&list, NULL, 0};

	(void)user;
	for (const cJSON *item = ps_csaf_items(object, "target_ids"); item;
	     item = item->next, at.index++) {
		const char *target = ps_csaf_item_string(item);
		if (!target)
			continue;
		if (several && g_strcmp0(target, tracking_id) == 0)
			ps_csaf_found(context, &at,
				      _("“%s” is the id of the document, which has several "
					"vulnerabilities; name this one's CVE or id."),
				      target);
		else if (!is_id_of(vulnerability, target))
			ps_csaf_found(context, &at,
				      _("“%s” is neither the CVE nor another id of this "
					"vulnerability; remove or correct it."),
				      target);
	}
}

void
ps_csaf_test_ssvc_targets(PsCsafContext *context)
{
	each_object(context, check_targets, NULL);
}

/* ---- 6.1.48 ---- */

/* A value of the point: its index, and whether its name is that of the registry; -1: none. */
static int
value_of(char *const *point, const cJSON *value, gboolean *named)
{
	const char *key = ps_csaf_string(value, "key"), *name = ps_csaf_string(value, "name");

	for (int i = 1; key && point[i]; i++) {
		const char *equals = strchr(point[i], '=');
		gsize length = equals ? (gsize)(equals - point[i]) : strlen(point[i]);
		if (strlen(key) != length || strncmp(point[i], key, length) != 0)
			continue;
		*named = !name || !equals || g_ascii_strcasecmp(name, equals + 1) == 0;
		return i;
	}
	return -1;
}

static void
check_value(PsCsafContext *context, const Selection *selection, char *const *point,
	    const cJSON *value, int *last, const PsPlace *at)
{
	const char *key = ps_csaf_string(value, "key");
	gboolean named = TRUE;
	int index = value_of(point, value, &named);

	if (!key)
		return;
	if (index < 0)
		ps_csaf_found(context, at,
			      _("The decision point “%s” (%s %s of “%s”) has no value “%s”; take "
				"one that it has."),
			      point[0], selection->key, selection->version, selection->base, key);
	else if (!named && !selection->extended)
		ps_csaf_found(context, at,
			      _("The value “%s” of the decision point “%s” is not called “%s”, "
				"but “%s”."),
			      key, point[0], ps_csaf_string(value, "name"),
			      strchr(point[index], '=') + 1);
	else if (index == *last)
		ps_csaf_found(context, at, _("The value “%s” stands twice; leave one out."), key);
	else if (index < *last && !is_translation(selection))
		/* a translation may give its keys another meaning, as an official case does; only
		 * who reads it can tell the order */
		ps_csaf_found(context, at,
			      _("The value “%s” of the decision point “%s” stands too late; the "
				"values keep the order of their definition."),
			      key, point[0]);
	*last = MAX(*last, index);
}

static void
check_point(PsCsafContext *context, const PsSsvcRegistry *registry, const Selection *selection,
	    const PsPlace *place)
{
	const char *name = ps_csaf_string(selection->item, "name");
	PsPlace list = {place, "values", 0}, at = {&list, NULL, 0};
	PsPlace name_at = {place, "name", 0}, space_at = {place, "namespace", 0};
	int last = 0;

	if (base_is(selection, "invalid"))
		ps_csaf_found(context, &space_at,
			      _("The namespace “%s” is reserved for what is not valid; name the "
				"one that the decision point belongs to."),
			      selection->space);
	if (!selection->key || !selection->version || !is_known(registry, selection))
		return;
	g_auto(GStrv) point = ps_ssvc_registry_point(registry, selection->base, selection->key,
						     selection->version);
	if (!point) {
		ps_csaf_found(context, place,
			      _("“%s” has no decision point “%s” of version %s; correct the key or "
				"the version."),
			      selection->base, selection->key, selection->version);
		return;
	}
	if (name && !selection->extended && g_ascii_strcasecmp(name, point[0]) != 0)
		ps_csaf_found(context, &name_at,
			      _("The decision point “%s” of “%s” is not called “%s”, but “%s”."),
			      selection->key, selection->base, name, point[0]);
	for (const cJSON *value = ps_csaf_items(selection->item, "values"); value;
	     value = value->next, at.index++)
		check_value(context, selection, point, value, &last, &at);
}

void
ps_csaf_test_ssvc_points(PsCsafContext *context)
{
	each_selection(context, check_point);
}

/* ---- 6.2.34 ---- */

static void
check_unknown(PsCsafContext *context, const PsSsvcRegistry *registry, const Selection *selection,
	      const PsPlace *place)
{
	PsPlace at = {place, "namespace", 0};

	if (is_free(selection) || is_known(registry, selection))
		return;
	if (is_unregistered(selection))
		ps_csaf_found(context, &at,
			      _("“%s” is not a registered namespace of SSVC; readers may not know "
				"its decision points."),
			      selection->base);
	else
		ps_csaf_found(context, &at,
			      _("“%s” is not among the registered namespaces of SSVC that are "
				"known here; its decision points were not tested."),
			      selection->base);
}

void
ps_csaf_test_ssvc_unknown(PsCsafContext *context)
{
	each_selection(context, check_unknown);
}

/* ---- 6.2.35, 6.3.14 ---- */

static void
check_unregistered(PsCsafContext *context, const PsSsvcRegistry *registry,
		   const Selection *selection, const PsPlace *place)
{
	PsPlace at = {place, "namespace", 0};

	(void)registry;
	if (is_unregistered(selection))
		ps_csaf_found(context, &at,
			      _("“%s” is not a registered namespace of SSVC; use one that "
				"everybody who gets the document knows."),
			      selection->base);
}

void
ps_csaf_test_ssvc_unregistered_clear(PsCsafContext *context)
{
	if (ps_csaf_is_clear(context))
		each_selection(context, check_unregistered);
}

void
ps_csaf_test_ssvc_unregistered(PsCsafContext *context)
{
	if (!ps_csaf_is_clear(context))
		each_selection(context, check_unregistered);
}

/* ---- 6.2.36, 6.3.15 ---- */

static void
check_extension(PsCsafContext *context, const PsSsvcRegistry *registry, const Selection *selection,
		const PsPlace *place)
{
	PsPlace at = {place, "namespace", 0};

	(void)registry;
	if (selection->extended && !is_free(selection))
		ps_csaf_found(context, &at,
			      _("The namespace “%s” extends “%s” with “%s”; a reader that does not "
				"know the extension takes it as “%s”."),
			      selection->space, selection->base,
			      selection->space + strlen(selection->base) + 1, selection->base);
}

void
ps_csaf_test_ssvc_extension_clear(PsCsafContext *context)
{
	if (ps_csaf_is_clear(context))
		each_selection(context, check_extension);
}

void
ps_csaf_test_ssvc_extension(PsCsafContext *context)
{
	if (!ps_csaf_is_clear(context))
		each_selection(context, check_extension);
}

/* ---- 6.2.37 ---- */

static void
check_explained(PsCsafContext *context, const PsSsvcRegistry *registry, const Selection *selection,
		const PsPlace *place)
{
	/* the place of the selection is PLACE/selections/N */
	PsPlace at = {place->up->up, "decision_point_resources", 0};

	if (is_free(selection) || (!selection->extended && is_known(registry, selection)))
		return;
	for (const cJSON *item = ps_csaf_items(selection->list, "decision_point_resources"); item;
	     item = item->next) {
		const char *summary = ps_csaf_string(item, "summary");
		if (summary && strstr(summary, selection->space))
			return;
	}
	ps_csaf_found(context, &at,
		      _("No resource explains the decision points of “%s”; add one whose summary "
			"names that namespace."),
		      selection->space);
}

void
ps_csaf_test_ssvc_unexplained(PsCsafContext *context)
{
	each_selection(context, check_explained);
}

/* ---- 6.3.13 ---- */

/* The registry has no dates of versions: the newest that is known counts at any time. */
static void
check_version(PsCsafContext *context, const PsSsvcRegistry *registry, const Selection *selection,
	      const PsPlace *place)
{
	/* an extension counts its own versions */
	if (!selection->key || !selection->version || selection->extended ||
	    !is_known(registry, selection))
		return;
	g_auto(GStrv) versions =
		ps_ssvc_registry_versions(registry, selection->base, selection->key);
	guint n = g_strv_length(versions);
	if (n == 0 || g_str_equal(versions[n - 1], selection->version))
		return;
	ps_csaf_found(context, place,
		      _("The decision point “%s” is of version %s; the newest is %s. See whether "
			"that one was out when it was judged."),
		      selection->key, selection->version, versions[n - 1]);
}

void
ps_csaf_test_ssvc_not_newest(PsCsafContext *context)
{
	each_selection(context, check_version);
}
