#include "config.h"

/* Tests over the profiles and the notes with a meaning that came with CSAF 2.1 (section 4;
 * 3.2.2.8). Their titles are told by language in data/csaf-titles.tsv. */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"

static const PsPlace notes_place = {&ps_place_document, "notes", 0};
static const PsPlace references_place = {&ps_place_document, "references", 0};
static const PsPlace category_place = {&ps_place_document, "category", 0};
static const PsPlace history_place = {&ps_place_tracking, "revision_history", 0};

static gboolean
has_profile(const PsCsafContext *context, const char *category)
{
	return g_strcmp0(context->category, category) == 0;
}

static gboolean
is_out_of_force(const PsCsafContext *context)
{
	return has_profile(context, "csaf_withdrawn") || has_profile(context, "csaf_superseded");
}

/* 6.1.27.12 */
void
ps_csaf_test_profile_affected(PsCsafContext *context)
{
	if (!has_profile(context, "csaf_security_advisory"))
		return;
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		const cJSON *status = vulnerability->members[PS_CSAF_PRODUCT_STATUS];
		PsPlace up = {&place, "product_status", 0}, at = {&up, "known_affected", 0};
		if (!cJSON_GetObjectItemCaseSensitive(status, "known_affected"))
			ps_csaf_found(context, &at, "%s",
				      _("A security advisory says in each vulnerability which "
					"products are affected; add known_affected."));
	}
}

/* 6.1.27.14 */
void
ps_csaf_test_profile_description(PsCsafContext *context)
{
	if (!is_out_of_force(context))
		return;
	for (const cJSON *note = ps_csaf_items(context->document, "notes"); note; note = note->next)
		if (g_strcmp0(ps_csaf_string(note, "category"), "description") == 0)
			return;
	ps_csaf_found(context, &notes_place, "%s",
		      _("This profile needs a note of category description; add one."));
}

/* 6.1.27.15 */
void
ps_csaf_test_profile_no_products(PsCsafContext *context)
{
	if (is_out_of_force(context) &&
	    cJSON_GetObjectItemCaseSensitive(context->root, "product_tree"))
		ps_csaf_found(context, &ps_place_tree, "%s",
			      _("A withdrawn or superseded document has no product tree; remove "
				"it."));
}

/* 6.1.27.16 */
void
ps_csaf_test_profile_two_revisions(PsCsafContext *context)
{
	const cJSON *first = ps_csaf_items(context->tracking, "revision_history");

	if (is_out_of_force(context) && !(first && first->next))
		ps_csaf_found(context, &history_place, "%s",
			      _("A withdrawn or superseded document has two revisions or more; add "
				"the one that it was before."));
}

/* ---- notes with a title ---- */

void
ps_csaf_check_note(PsCsafContext *context, const char *title, const char *wanted)
{
	PsPlace place = {&notes_place, NULL, 0}, at = {&place, "category", 0};
	int count = 0;

	for (const cJSON *note = ps_csaf_items(context->document, "notes"); note;
	     note = note->next, place.index++) {
		const char *category = ps_csaf_string(note, "category");
		if (g_strcmp0(ps_csaf_string(note, "title"), title) != 0)
			continue;
		count++;
		if (g_strcmp0(category, wanted) != 0)
			ps_csaf_found(context, &at,
				      _("The note “%s” is of category “%s”; it must be “%s”."),
				      title, category ? category : "", wanted);
	}
	if (count == 0)
		ps_csaf_found(context, &notes_place,
			      _("A note with the title “%s” and the category “%s” is missing; add "
				"it."),
			      title, wanted);
	else if (count > 1)
		ps_csaf_found(context, &notes_place,
			      _("%d notes have the title “%s”; there must be one."), count, title);
}

/* A reference of category external whose summary begins with the text. */
static void
check_reference(PsCsafContext *context, const char *start)
{
	for (const cJSON *item = ps_csaf_items(context->document, "references"); item;
	     item = item->next) {
		const char *summary = ps_csaf_string(item, "summary");
		if (summary && g_str_has_prefix(summary, start) &&
		    g_strcmp0(ps_csaf_string(item, "category"), "external") == 0)
			return;
	}
	ps_csaf_found(
		context, &references_place,
		_("No reference of category external has a summary that begins with “%s”; add "
		  "one that leads to the other document."),
		start);
}

typedef void (*TitleFunc)(PsCsafContext *context, const char *title);

/* Calls with the title in the document's language. English documents and others are told apart by
 * two tests each. */
static void
with_title(PsCsafContext *context, const char *profile, const char *term, gboolean english,
	   TitleFunc func, const PsPlace *place)
{
	if (!has_profile(context, profile) || ps_csaf_is_english(context) != english)
		return;
	g_autofree char *title = ps_csaf_title(context, term);
	if (title)
		func(context, title);
	else
		ps_csaf_no_title(context, term, place);
}

static void
check_description(PsCsafContext *context, const char *title)
{
	ps_csaf_check_note(context, title, "description");
}

/* 6.1.27.17 */
void
ps_csaf_test_withdrawal(PsCsafContext *context)
{
	with_title(context, "csaf_withdrawn", "reasoning_for_withdrawal", TRUE, check_description,
		   &notes_place);
}

/* 6.1.27.18 */
void
ps_csaf_test_supersession(PsCsafContext *context)
{
	with_title(context, "csaf_superseded", "reasoning_for_supersession", TRUE,
		   check_description, &notes_place);
}

/* 6.1.27.19 */
void
ps_csaf_test_superseding_document(PsCsafContext *context)
{
	with_title(context, "csaf_superseded", "superseding_document", TRUE, check_reference,
		   &references_place);
}

/* 6.2.39.2 */
void
ps_csaf_test_withdrawal_translated(PsCsafContext *context)
{
	with_title(context, "csaf_withdrawn", "reasoning_for_withdrawal", FALSE, check_description,
		   &notes_place);
}

/* 6.2.39.3 */
void
ps_csaf_test_supersession_translated(PsCsafContext *context)
{
	with_title(context, "csaf_superseded", "reasoning_for_supersession", FALSE,
		   check_description, &notes_place);
}

/* 6.2.39.4 */
void
ps_csaf_test_superseding_translated(PsCsafContext *context)
{
	with_title(context, "csaf_superseded", "superseding_document", FALSE, check_reference,
		   &references_place);
}

/* 6.2.39.5 */
void
ps_csaf_test_profile_no_extensions(PsCsafContext *context)
{
	static const PsPlace inner = {&ps_place_document, "x_extensions", 0};
	static const PsPlace outer = {NULL, "x_extensions", 0};
	const char *sentence = _("A withdrawn or superseded document has no extensions; remove "
				 "them.");

	if (!is_out_of_force(context))
		return;
	if (cJSON_GetObjectItemCaseSensitive(context->document, "x_extensions"))
		ps_csaf_found(context, &inner, "%s", sentence);
	if (cJSON_GetObjectItemCaseSensitive(context->root, "x_extensions"))
		ps_csaf_found(context, &outer, "%s", sentence);
}

/* 6.2.38 */
void
ps_csaf_test_profile_deprecated(PsCsafContext *context)
{
	if (context->category && g_str_has_prefix(context->category, "csaf_deprecated_"))
		ps_csaf_found(context, &category_place,
			      _("“%s” is a profile that will go away; choose another."),
			      context->category);
}

/* 6.2.40: a description of a product names it. */
void
ps_csaf_test_product_description(PsCsafContext *context)
{
	PsPlace place = {&notes_place, NULL, 0};

	if (!ps_csaf_items(context->document, "notes"))
		return;
	g_autofree char *start = ps_csaf_title(context, "product_description");
	if (!start) {
		ps_csaf_no_title(context, "product_description", &notes_place);
		return;
	}
	for (const cJSON *note = ps_csaf_items(context->document, "notes"); note;
	     note = note->next, place.index++) {
		const char *title = ps_csaf_string(note, "title");
		if (title && g_str_has_prefix(title, start) &&
		    g_strcmp0(ps_csaf_string(note, "category"), "description") == 0 &&
		    !cJSON_GetObjectItemCaseSensitive(note, "product_ids") &&
		    !cJSON_GetObjectItemCaseSensitive(note, "group_ids"))
			ps_csaf_found(context, &place,
				      _("The note “%s” does not say which products it describes; "
					"add product_ids or group_ids."),
				      title);
	}
}
