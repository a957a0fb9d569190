#include "config.h"

/* Tests of CSAF 2.1 over the licence of the document. */

#include "advisory/csaf-test-2-1.h"

#include "advisory/licence.h"
#include "base/i18n.h"

static const PsPlace place_licence = {&ps_place_document, "license_expression", 0};

static const char *
expression_of(const PsCsafContext *context)
{
	return ps_csaf_string(context->document, "license_expression");
}

/* 6.1.54 */
void
ps_csaf_test_licence_expression(PsCsafContext *context)
{
	const char *expression = expression_of(context);
	g_autoptr(GError) error = NULL;

	if (expression && !ps_licence_parse(expression, NULL, NULL, &error))
		ps_csaf_found(context, &place_licence, "%s", error->message);
}

/* ---- the ids in it ---- */

typedef void (*IdFunc)(PsCsafContext *context, const char *id, PsLicenceRole role,
		       PsLicenceState state);

typedef struct {
	PsCsafContext *context;
	const PsTableFile *list;
	IdFunc func;
	guint own; /* ids of other lists */
} Walk;

static void
walk_id(gpointer user, const char *id, PsLicenceRole role)
{
	Walk *walk = user;
	PsLicenceState state = ps_licence_state(walk->list, id, role);

	/* an id that pretends to be of SPDX or ScanCode is a mistake (6.2.45), not a licence of
	 * one's own whose text must be given: so the official cases */
	walk->own += state == PS_LICENCE_FOREIGN;
	if (walk->func)
		walk->func(walk->context, id, role, state);
}

/* Number of ids that are of other lists than SPDX's and ScanCode's. */
static guint
each_id(PsCsafContext *context, IdFunc func)
{
	const char *expression = expression_of(context);
	Walk walk = {context, NULL, func, 0};

	/* what is no expression has no ids: 6.1.54 is about that */
	if (expression && ps_licence_parse(expression, NULL, NULL, NULL))
		walk.list = ps_csaf_table(context, "licences.tsv");
	if (walk.list)
		ps_licence_parse(expression, walk_id, &walk, NULL);
	return walk.own;
}

/* 6.1.55 */
void
ps_csaf_test_licence_text(PsCsafContext *context)
{
	if (ps_csaf_is_english(context) && each_id(context, NULL) > 0)
		ps_csaf_check_note(context, "License", "legal_disclaimer");
}

/* 6.2.46 */
void
ps_csaf_test_licence_text_translated(PsCsafContext *context)
{
	static const PsPlace notes = {&ps_place_document, "notes", 0};

	if (ps_csaf_is_english(context) || each_id(context, NULL) == 0)
		return;
	g_autofree char *title = ps_csaf_title(context, "license");
	if (title)
		ps_csaf_check_note(context, title, "legal_disclaimer");
	else
		ps_csaf_no_title(context, "license", &notes);
}

/* 6.2.43 */
void
ps_csaf_test_licence_missing(PsCsafContext *context)
{
	const cJSON *item =
		cJSON_GetObjectItemCaseSensitive(context->document, "license_expression");
	const char *expression = expression_of(context);

	if (!item)
		ps_csaf_found(context, &place_licence, "%s",
			      _("The document names no licence; add one, such as “CC-BY-4.0”, so "
				"that others know what they may do with it."));
	else if (!expression || !*expression)
		ps_csaf_found(context, &place_licence, "%s",
			      _("The document's licence is there, but empty; name one, such as "
				"“CC-BY-4.0”."));
}

/* 6.2.44 */
static void
check_deprecated(PsCsafContext *context, const char *id, PsLicenceRole role, PsLicenceState state)
{
	(void)role;
	if (state == PS_LICENCE_DEPRECATED)
		ps_csaf_found(context, &place_licence,
			      _("The licence id “%s” is deprecated; name its successor."), id);
}

void
ps_csaf_test_licence_deprecated(PsCsafContext *context)
{
	each_id(context, check_deprecated);
}

/* 6.2.45 */
static void
check_unknown(PsCsafContext *context, const char *id, PsLicenceRole role, PsLicenceState state)
{
	if (state != PS_LICENCE_MISSING)
		return;
	if (role == PS_LICENCE_ID)
		ps_csaf_found(context, &place_licence,
			      _("Neither SPDX nor the ScanCode LicenseDB has a licence “%s”; "
				"correct it, or write “LicenseRef-YOUR.DOMAIN-NAME” for one of "
				"your own."),
			      id);
	else
		ps_csaf_found(context, &place_licence,
			      _("Neither SPDX nor the ScanCode LicenseDB has an exception “%s”; "
				"correct it, or write “AdditionRef-YOUR.DOMAIN-NAME” for one of "
				"your own."),
			      id);
}

void
ps_csaf_test_licence_unknown(PsCsafContext *context)
{
	each_id(context, check_unknown);
}

/* 6.3.17 */
static void
check_unregistered(PsCsafContext *context, const char *id, PsLicenceRole role, PsLicenceState state)
{
	(void)role;
	if (state == PS_LICENCE_MISSING || state == PS_LICENCE_FOREIGN)
		ps_csaf_found(context, &place_licence,
			      _("“%s” is neither in SPDX's list nor in the ScanCode LicenseDB; "
				"readers must look up what it allows."),
			      id);
}

void
ps_csaf_test_licence_unregistered(PsCsafContext *context)
{
	each_id(context, check_unregistered);
}
