#include "config.h"

/* Tests over sharing groups (CSAF 2.1 section 3.2.2.5.1). */

#include "advisory/csaf-test.h"

#include "base/i18n.h"

#define MAX_UUID "ffffffff-ffff-ffff-ffff-ffffffffffff"
#define NIL_UUID "00000000-0000-0000-0000-000000000000"

/* The two ids with a meaning, and the names that are theirs alone. */
static const struct {
	const char *id, *name;
} reserved[] = {{MAX_UUID, "Public"}, {NIL_UUID, "No sharing allowed"}};

static const PsPlace distribution_place = {&ps_place_document, "distribution", 0};
static const PsPlace group_place = {&distribution_place, "sharing_group", 0};
static const PsPlace id_place = {&group_place, "id", 0};
static const PsPlace name_place = {&group_place, "name", 0};
static const PsPlace tlp_place = {&distribution_place, "tlp", 0};
static const PsPlace label_place = {&tlp_place, "label", 0};

static const cJSON *
group_of(const PsCsafContext *context)
{
	return ps_csaf_object(ps_csaf_object(context->document, "distribution"), "sharing_group");
}

static gboolean
has_id(const PsCsafContext *context, const char *id)
{
	return g_strcmp0(ps_csaf_string(group_of(context), "id"), id) == 0;
}

/* 6.1.38 */
void
ps_csaf_test_sharing_max_clear(PsCsafContext *context)
{
	if (has_id(context, MAX_UUID) && !ps_csaf_is_clear(context))
		ps_csaf_found(context, &label_place,
			      _("The sharing group is that of everybody (Max UUID), but the label "
				"is “%s”; set it to CLEAR or remove the group."),
			      context->tlp ? context->tlp : "");
}

/* 6.1.39 */
void
ps_csaf_test_sharing_clear_max(PsCsafContext *context)
{
	const char *id = ps_csaf_string(group_of(context), "id");

	if (!ps_csaf_is_clear(context) || !id || has_id(context, MAX_UUID) ||
	    (has_id(context, NIL_UUID) && ps_csaf_is_draft(context)))
		return;
	ps_csaf_found(context, &id_place,
		      _("The document is TLP:CLEAR, but “%s” is a closed sharing group; remove the "
			"group."),
		      id);
}

/* 6.1.40 */
void
ps_csaf_test_sharing_name_reserved(PsCsafContext *context)
{
	const char *name = ps_csaf_string(group_of(context), "name");

	for (gsize i = 0; i < G_N_ELEMENTS(reserved); i++)
		if (g_strcmp0(name, reserved[i].name) == 0 && !has_id(context, reserved[i].id))
			ps_csaf_found(context, &name_place,
				      _("The name “%s” is kept for the sharing group %s; choose "
					"another."),
				      name, reserved[i].id);
}

/* 6.1.41 */
void
ps_csaf_test_sharing_name_missing(PsCsafContext *context)
{
	const char *name = ps_csaf_string(group_of(context), "name");

	for (gsize i = 0; i < G_N_ELEMENTS(reserved); i++)
		if (has_id(context, reserved[i].id) && g_strcmp0(name, reserved[i].name) != 0)
			ps_csaf_found(context, &name_place,
				      _("The sharing group %s must have the name “%s”."),
				      reserved[i].id, reserved[i].name);
}

/* 6.2.28 */
void
ps_csaf_test_sharing_max(PsCsafContext *context)
{
	if (has_id(context, MAX_UUID))
		ps_csaf_found(context, &id_place, "%s",
			      _("The Max UUID means everybody; leave the sharing group out."));
}

/* 6.2.29 */
void
ps_csaf_test_sharing_nil(PsCsafContext *context)
{
	if (has_id(context, NIL_UUID))
		ps_csaf_found(context, &id_place, "%s",
			      _("The Nil UUID means nobody; leave the sharing group out."));
}

/* 6.2.30 */
void
ps_csaf_test_sharing_clear(PsCsafContext *context)
{
	if (ps_csaf_is_clear(context) && group_of(context))
		ps_csaf_found(context, &group_place, "%s",
			      _("The document is TLP:CLEAR; a sharing group says nothing then. "
				"Remove it."));
}
