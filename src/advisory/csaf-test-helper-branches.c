#include "config.h"

/* 6.2.42: a CPE or package URL of a product in the branches says what the branches say.
 *
 * Each category of a branch has its counterpart in the helper. It must be there and hold no
 * wildcard (unless the branch is a range); versions must agree; a CPE says no more than the
 * branches. Names of makers and products are written in too many ways to be compared. */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"
#include "registry/purl.h"

#define HELPER "product_identification_helper"

/* ---- CPE ---- */

typedef enum {
	VENDOR,
	PRODUCT,
	RELEASE,
	UPDATE,
	EDITION,
	LANGUAGE,
	SW_EDITION,
	TARGET_SW,
	TARGET_HW,
	OTHER,
	COMPONENTS
} Component;

/* What a component stands for among the branches; NULL: nothing. */
static const struct {
	const char *name;          /* in CPE */
	const char *categories[3]; /* any of them */
} components[COMPONENTS] = {
	[VENDOR] = {"vendor", {"vendor"}},
	[PRODUCT] = {"product", {"product_name"}},
	[RELEASE] = {"version", {"product_version", "product_version_range"}},
	[UPDATE] = {"update", {"patch_level", "service_pack"}},
	[EDITION] = {"edition", {"specification"}},
	[LANGUAGE] = {"language", {"language"}},
	[SW_EDITION] = {"software edition", {"specification"}},
	[TARGET_SW] = {"target software", {"platform"}},
	[TARGET_HW] = {"target hardware", {"architecture"}},
	[OTHER] = {"other", {"specification"}},
};
/* Counterparts that must be there; a specification may be any of the rest. */
#define NEEDED                                                                                     \
	(1 << VENDOR | 1 << PRODUCT | 1 << RELEASE | 1 << UPDATE | 1 << LANGUAGE |                 \
	 1 << TARGET_SW | 1 << TARGET_HW)
/* CPE 2.2 ends here. */
#define COMPONENTS_2_2 (LANGUAGE + 1)

/* The components of a CPE name of 2.3 or 2.2, unquoted; "*" where nothing is said. Free with
 * g_strfreev(). */
static char **
split_cpe(const char *cpe)
{
	gboolean newer = g_str_has_prefix(cpe, "cpe:2.3:");
	const char *at = newer ? cpe + strlen("cpe:2.3:") + 1 : cpe + MIN(strlen(cpe), 6);
	char **parts = g_new0(char *, COMPONENTS + 1);

	for (int i = 0; i < COMPONENTS; i++) {
		GString *part = g_string_new(NULL);
		at += *at == ':';
		for (; *at && *at != ':'; at++) {
			/* a quoted star or question mark is no wildcard: kept quoted */
			if (newer && *at == '\\' && at[1] && !strchr("*?", *++at))
				g_string_append_c(part, *at);
			else if (newer && at[-1] == '\\')
				g_string_append_printf(part, "\\%c", *at);
			else
				g_string_append_c(part, *at);
		}
		if (part->len == 0)
			g_string_append_c(part, '*');
		parts[i] = g_string_free(part, FALSE);
	}
	return parts;
}

typedef struct {
	const char *categories[128], *names[128]; /* outermost first */
	int n;
} Path;

/* The name of the innermost branch of a category; NULL: none. */
static const char *
name_in(const Path *path, const char *category)
{
	for (int i = path->n - 1; i >= 0; i--)
		if (g_strcmp0(path->categories[i], category) == 0)
			return path->names[i];
	return NULL;
}

static const char *
branch_of(const Path *path, Component component)
{
	for (gsize i = 0; i < G_N_ELEMENTS(components[0].categories); i++) {
		const char *category = components[component].categories[i];
		const char *name = category ? name_in(path, category) : NULL;
		if (name)
			return name;
	}
	return NULL;
}

/* In the way of CPE: small letters, blanks as underscores, nothing quoted. */
static char *
squeezed(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++)
		if (*text != '\\')
			g_string_append_c(out, *text == ' ' ? '_' : g_ascii_tolower(*text));
	return g_string_free(out, FALSE);
}

static gboolean
agrees(const char *name, const char *value)
{
	g_autofree char *a = squeezed(name), *b = squeezed(value);

	return g_str_equal(a, b);
}

static gboolean
has_wildcard(const char *value)
{
	for (; *value; value++) {
		if (*value == '\\' && value[1])
			value++;
		else if (*value == '*' || *value == '?')
			return TRUE;
	}
	return FALSE;
}

static void
check_component(PsCsafContext *context, const Path *path, Component component, const char *value,
		const PsPlace *at)
{
	const char *branch = branch_of(path, component);
	gboolean said = !g_str_equal(value, "*") && !g_str_equal(value, "-");
	gboolean range = component == RELEASE && name_in(path, "product_version_range");

	if (!branch && said)
		ps_csaf_found(context, at,
			      _("The CPE says “%s” as %s, which no branch above the product says."),
			      value, components[component].name);
	if (!branch || range)
		return;
	if (!said && 1 << component & NEEDED)
		ps_csaf_found(context, at,
			      _("The branches say “%s”, but the CPE leaves its %s open; fill it "
				"in."),
			      branch, components[component].name);
	else if (said && has_wildcard(value) && !strpbrk(branch, "*?"))
		ps_csaf_found(context, at,
			      _("The CPE has a wildcard in “%s”, but the branches say “%s”."),
			      value, branch);
	else if (said && component == RELEASE && !agrees(branch, value))
		ps_csaf_found(context, at, _("The branches are of version “%s”, the CPE of “%s”."),
			      branch, value);
}

static void
check_cpe(PsCsafContext *context, const Path *path, const char *cpe, const PsPlace *at)
{
	g_auto(GStrv) parts = split_cpe(cpe);
	int n = g_str_has_prefix(cpe, "cpe:2.3:") ? COMPONENTS : COMPONENTS_2_2;

	for (int i = 0; i < n; i++)
		check_component(context, path, (Component)i, parts[i], at);
}

/* ---- package URLs ---- */

/* Whether the type has room for a namespace; npm's is a scope, which is no maker. */
static gboolean
takes_namespace(const char *type)
{
	g_autofree char *probe = g_strdup_printf("pkg:%s/maker/name@1", type);

	return !g_str_equal(type, "npm") && ps_purl_check(probe, NULL);
}

static void
check_purl_version(PsCsafContext *context, const Path *path, const PsPurl *purl, const PsPlace *at)
{
	const char *version = name_in(path, "product_version");

	if (!version)
		return;
	if (!purl->version || !*purl->version)
		ps_csaf_found(
			context, at,
			_("The branches are of version “%s”, but the package URL has none; add "
			  "it."),
			version);
	else if (!agrees(version, purl->version))
		ps_csaf_found(context, at,
			      _("The branches are of version “%s”, the package URL of “%s”."),
			      version, purl->version);
}

/* Types whose qualifier “arch” says for which processor a package is; sorted. */
static const char *const arch_types[] = {"alpm", "apk", "deb", "opkg", "rpm", NULL};

static void
check_purl_architecture(PsCsafContext *context, const Path *path, const PsPurl *purl,
			const PsPlace *at)
{
	const char *architecture = name_in(path, "architecture");

	if (architecture && g_strv_contains(arch_types, purl->type) &&
	    !g_strv_contains((const char *const *)purl->keys, "arch"))
		ps_csaf_found(context, at,
			      _("The branches are for “%s”, but the package URL has no qualifier "
				"“arch”; add it."),
			      architecture);
}

static void
check_purl(PsCsafContext *context, const Path *path, const char *text, const PsPlace *at)
{
	g_autoptr(PsPurl) purl = ps_purl_parse(text, NULL);
	const char *vendor = name_in(path, "vendor");

	if (!purl)
		return;
	if (vendor && !purl->namespace && takes_namespace(purl->type))
		ps_csaf_found(context, at,
			      _("The branches name the maker “%s”, but the package URL has no "
				"namespace; add it."),
			      vendor);
	check_purl_version(context, path, purl, at);
	check_purl_architecture(context, path, purl, at);
}

/* ---- walking ---- */

static void
check_product(PsCsafContext *context, const Path *path, const cJSON *product, const PsPlace *place)
{
	const cJSON *holder = ps_csaf_object(product, HELPER);
	const char *cpe = ps_csaf_string(holder, "cpe");
	PsPlace helper = {place, HELPER, 0}, cpe_at = {&helper, "cpe", 0};
	PsPlace list = {&helper, "purls", 0}, at = {&list, NULL, 0};

	if (cpe && ps_csaf_format_matches(PS_CSAF_CPE_WHOLE, cpe))
		check_cpe(context, path, cpe, &cpe_at);
	for (const cJSON *item = ps_csaf_items(holder, "purls"); item;
	     item = item->next, at.index++)
		if (cJSON_IsString(item))
			check_purl(context, path, item->valuestring, &at);
}

static void
walk(PsCsafContext *context, Path *path, const cJSON *holder, const PsPlace *up)
{
	PsPlace list = {up, "branches", 0}, place = {&list, NULL, 0};

	if (path->n == (int)G_N_ELEMENTS(path->names))
		return;
	path->n++;
	for (const cJSON *branch = ps_csaf_items(holder, "branches"); branch;
	     branch = branch->next, place.index++) {
		const cJSON *product = ps_csaf_object(branch, "product");
		PsPlace at = {&place, "product", 0};
		path->categories[path->n - 1] = ps_csaf_string(branch, "category");
		path->names[path->n - 1] = ps_csaf_string(branch, "name");
		if (product)
			check_product(context, path, product, &at);
		walk(context, path, branch, &place);
	}
	path->n--;
}

void
ps_csaf_test_helper_branches(PsCsafContext *context)
{
	Path path = {.n = 0};

	walk(context, &path, context->tree, &ps_place_tree);
}
