#include "config.h"

/* Tests of CSAF 2.1 over single version ranges: branches of the category product_version_range. */

#include "advisory/csaf-test-2-1.h"

#include "base/i18n.h"
#include "registry/vers.h"

static const char *
range_of(const PsCsafBranch *branch)
{
	return g_str_equal(branch->category, "product_version_range") ? branch->name : NULL;
}

/* ---- 6.1.50 ---- */

/* 6.2.51 says the same where it is asked for. */
static void
remark_type(PsCsafContext *context, const PsVers *vers, const PsPlace *place)
{
	if (vers->type && !vers->order && !(context->levels & PS_CSAF_OPTIONAL))
		ps_csaf_remark(context, PS_CSAF_OPTIONAL, place,
			       _("The version type “%s” is not known here; whether the range is "
				 "sorted was not tested."),
			       vers->type);
}

static void
check_rules(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *range = range_of(branch);
	PsPlace at = {&branch->place, "name", 0};
	g_autoptr(GError) error = NULL;
	g_autoptr(PsVers) vers = range ? ps_vers_parse(range, &error) : NULL;

	if (vers)
		remark_type(context, vers, &at);
	else if (range)
		ps_csaf_found(context, &at,
			      _("“%s” is neither a VERS range in canonical form nor a list of "
				"constraints: %s"),
			      range, error->message);
}

void
ps_csaf_test_range_rules(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_rules);
}

/* ---- 6.1.59 ---- */

static void
check_single(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *range = range_of(branch);
	PsPlace at = {&branch->place, "name", 0};
	g_autoptr(PsVers) vers = range ? ps_vers_parse_loose(range) : NULL;
	const char *single = vers ? ps_vers_single(vers) : NULL;

	if (single)
		ps_csaf_found(context, &at,
			      _("“%s” is one version only; make it a branch of the category "
				"product_version with the name “%s”."),
			      range, single);
}

void
ps_csaf_test_range_single(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_single);
}

/* ---- 6.2.49 ---- */

static void
check_open(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *range = range_of(branch);
	PsPlace at = {&branch->place, "name", 0};
	g_autoptr(PsVers) vers = range ? ps_vers_parse_loose(range) : NULL;

	if (vers && ps_vers_is_open_at_top(vers))
		ps_csaf_found(context, &at,
			      _("“%s” has no upper end, so that it speaks of versions that do not "
				"exist yet; name the last version."),
			      range);
}

void
ps_csaf_test_range_open(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_open);
}

/* ---- 6.2.51 ---- */

static void
check_type(PsCsafContext *context, const PsCsafBranch *branch)
{
	const char *range = range_of(branch);
	PsPlace at = {&branch->place, "name", 0};
	g_autofree char *name = range ? ps_vers_type_of(range) : NULL;
	const PsVersionType *type = name ? ps_version_type(name) : NULL;

	if (!name || (type && type->registered))
		return;
	if (type)
		ps_csaf_found(context, &at,
			      _("The version type “%s” is not a registered type of VERS, though "
				"it is known here; others may not be able to compare its "
				"versions."),
			      name);
	else
		ps_csaf_found(context, &at,
			      _("The version type “%s” is not a registered type of VERS, and not "
				"known here: its versions can't be compared."),
			      name);
}

void
ps_csaf_test_range_type(PsCsafContext *context)
{
	ps_csaf_each_branch(context, check_type);
}
