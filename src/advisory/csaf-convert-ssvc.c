#include "config.h"

/* A vector of SSVC in a note becomes a selection list: "SSVCv2/E:A/A:Y/T:T/2026-11-21T09:30:00Z/".
 * The keys are looked up among the registered decision points; what is not found there, or gives no
 * instant, stays a note. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/item.h"
#include "base/i18n.h"
#include "scoring/ssvc-registry.h"

static const char *const spaces[] = {"ssvc", "cisa"};

typedef struct {
	PsSsvcRegistry *registry;
	cJSON *selections;
	char *timestamp;
	char *problem;
} Vector;

static gboolean
has_value(char *const *point, const char *key)
{
	gsize length = strlen(key);

	for (point++; *point; point++)
		if (strncmp(*point, key, length) == 0 && (*point)[length] == '=')
			return TRUE;
	return FALSE;
}

/* The newest version of the point that has the value. */
static gboolean
add_selection(Vector *vector, const char *space, const char *key, const char *value)
{
	g_auto(GStrv) versions = ps_ssvc_registry_versions(vector->registry, space, key);

	for (guint i = g_strv_length(versions); i-- > 0;) {
		g_auto(GStrv) point =
			ps_ssvc_registry_point(vector->registry, space, key, versions[i]);
		if (!point || !has_value(point, value))
			continue;
		cJSON *selection = cJSON_CreateObject(), *chosen = cJSON_CreateObject();
		cJSON_AddStringToObject(selection, "key", key);
		cJSON_AddStringToObject(selection, "namespace", space);
		cJSON_AddStringToObject(selection, "version", versions[i]);
		cJSON_AddStringToObject(chosen, "key", value);
		cJSON_AddItemToArray(cJSON_AddArrayToObject(selection, "values"), chosen);
		cJSON_AddItemToArray(vector->selections, selection);
		return TRUE;
	}
	return FALSE;
}

static gboolean
read_piece(Vector *vector, char *piece)
{
	char *colon = strchr(piece, ':');

	if (ps_csaf_time(piece, NULL, NULL)) {
		g_free(vector->timestamp);
		vector->timestamp = g_ascii_strup(piece, -1);
		return TRUE;
	}
	if (!colon)
		return FALSE;
	*colon = '\0';
	for (gsize i = 0; i < G_N_ELEMENTS(spaces); i++)
		if (add_selection(vector, spaces[i], piece, colon + 1))
			return TRUE;
	*colon = ':';
	return FALSE;
}

static gboolean
read_vector(Vector *vector, const char *text)
{
	g_autofree char *copy = g_strdup(text);
	g_auto(GStrv) pieces = g_strsplit(g_strstrip(copy), "/", -1);
	char **piece = pieces;

	if (!*piece || (!g_str_equal(*piece, "SSVCv2") && !strchr(*piece, ':'))) {
		vector->problem = g_strdup(_("it is no SSVC vector"));
		return FALSE;
	}
	for (piece += g_str_has_prefix(*piece, "SSVCv") ? 1 : 0; *piece; piece++)
		if (**piece && !read_piece(vector, *piece)) {
			vector->problem = g_strdup_printf(
				_("“%s” is neither a registered decision point with its value nor "
				  "an instant"),
				*piece);
			return FALSE;
		}
	if (!vector->timestamp || !vector->selections->child)
		vector->problem =
			g_strdup(vector->timestamp ? _("it holds no decision point")
						   : _("it does not say when it was made"));
	return vector->problem == NULL;
}

static cJSON *
all_products(const cJSON *vulnerability)
{
	cJSON *list = cJSON_CreateArray();
	const cJSON *group, *id;

	cJSON_ArrayForEach (group,
			    cJSON_GetObjectItemCaseSensitive(vulnerability, "product_status"))
		cJSON_ArrayForEach (id, group)
			cJSON_AddItemToArray(list, cJSON_CreateString(id->valuestring));
	ps_convert_unique(list);
	return list;
}

static void
add_metric(cJSON *vulnerability, Vector *vector, cJSON *products)
{
	cJSON *metric = cJSON_CreateObject(), *content = cJSON_AddObjectToObject(metric, "content");
	cJSON *list = cJSON_AddObjectToObject(content, "ssvc_v2");
	const char *cve = ps_json_text(vulnerability, "cve");

	cJSON_AddStringToObject(list, "schemaVersion", "2.0.0");
	cJSON_AddItemToObject(list, "selections", g_steal_pointer(&vector->selections));
	if (cve)
		cJSON_AddItemToArray(cJSON_AddArrayToObject(list, "target_ids"),
				     cJSON_CreateString(cve));
	cJSON_AddStringToObject(list, "timestamp", vector->timestamp);
	cJSON_AddItemToObject(metric, "products", products);
	cJSON_AddItemToArray(ps_need(vulnerability, "metrics", TRUE), metric);
}

/* TRUE: the note's content is in a metric now. */
static gboolean
convert_note(PsConvert *convert, cJSON *vulnerability, const cJSON *note, const PsPlace *place)
{
	g_autoptr(PsSsvcRegistry) registry = ps_ssvc_registry_open(NULL);
	Vector vector = {registry, cJSON_CreateArray(), NULL, NULL};
	const char *text = ps_json_text(note, "text");
	g_autoptr(cJSON) products = all_products(vulnerability);
	gboolean done = FALSE;

	if (registry && text && products->child && read_vector(&vector, text)) {
		add_metric(vulnerability, &vector, g_steal_pointer(&products));
		done = TRUE;
	} else {
		ps_convert_warn_at(
			convert, place,
			_("The automatic conversion of the SSVC data failed, the note was "
			  "kept: “%s”; %s."),
			text ? text : "",
			vector.problem ? vector.problem : _("no product has a status"));
	}
	cJSON_Delete(vector.selections);
	g_free(vector.timestamp);
	g_free(vector.problem);
	return done;
}

static gboolean
is_ssvc(const cJSON *note)
{
	return g_strcmp0(ps_json_text(note, "category"), "other") == 0 &&
	       g_strcmp0(ps_json_text(note, "title"), "SSVC") == 0;
}

void
ps_convert_ssvc(PsConvert *convert, cJSON *vulnerability, const PsPlace *above)
{
	PsPlace list = {above, "notes", 0}, place = {&list, NULL, 0};
	cJSON *notes = cJSON_GetObjectItemCaseSensitive(vulnerability, "notes");

	for (cJSON *note = notes ? notes->child : NULL, *next; note; note = next, place.index++) {
		next = note->next;
		if (is_ssvc(note) && convert_note(convert, vulnerability, note, &place))
			cJSON_Delete(cJSON_DetachItemViaPointer(notes, note));
	}
	ps_convert_drop_empty(vulnerability, "notes");
}
