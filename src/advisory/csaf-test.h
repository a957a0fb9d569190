#ifndef PS_ADVISORY_CSAF_TEST_H
#define PS_ADVISORY_CSAF_TEST_H

/* Inside the test engine: what the test functions share. A test reads the document and reports what
 * it finds; documents come from anywhere, so nothing has to be of the type that the schema wants:
 * the readers below give NULL or an empty list then. */

#include "advisory/csaf-check.h"
#include "advisory/csaf-format.h"
#include "advisory/csaf-place.h"
#include "base/table-file.h"

typedef struct PsCsafContext PsCsafContext;
typedef void (*PsCsafTestFunc)(PsCsafContext *context);

typedef struct {
	PsCsafTestInfo info;
	PsCsafTestFunc func; /* NULL: can't be run here, always in not_run */
} PsCsafTest;

/* A revision of the history, for sorting. */
typedef struct {
	int index; /* in the document */
	gint64 seconds;
	int nanoseconds;
	gboolean valid; /* date and number can be read */
	const char *number;
	PsCsafVersion version;
} PsCsafRevision;

struct PsCsafContext {
	const cJSON *root, *document, *tracking, *tree;
	const cJSON *vulnerabilities; /* first item, or NULL */
	const char *category, *status;
	GHashTable *products; /* ids that are defined; of the document */
	GHashTable *groups;   /* id -> const cJSON * group, the first of that id */
	GArray *revisions;    /* PsCsafRevision, readable ones, by date, then number */
	PsTableFile *cwe, *languages;
	/* where findings go */
	const PsCsafTest *test;
	PsCsafReport *report;
	guint found; /* by the present test */
};

/* ---- reading ---- */
const cJSON *ps_csaf_object(const cJSON *object, const char *name);
const char *ps_csaf_string(const cJSON *object, const char *name);
/* First item of a list, NULL when it is empty or no list. */
const cJSON *ps_csaf_items(const cJSON *object, const char *name);
/* The item's own text. */
const char *ps_csaf_item_string(const cJSON *item);

extern const PsPlace ps_place_document, ps_place_tracking, ps_place_tree, ps_place_vulnerabilities;

/* For every vulnerability of the document; `place` is its place. */
#define PS_EACH_VULNERABILITY(context, item, place)                                                \
	PsPlace place = {&ps_place_vulnerabilities, NULL, 0};                                      \
	for (const cJSON *item = (context)->vulnerabilities; item; item = item->next, place.index++)

/* ---- walking ---- */

/* Every full product name: branches, full_product_names, relationships. `branches`: categories of
 * the branches above it, outermost first; n_branches 0 outside the branches. */
typedef void (*PsCsafProductFunc)(PsCsafContext *context, const cJSON *product,
				  const PsPlace *place, const char *const *branches,
				  int n_branches);
void ps_csaf_each_product(PsCsafContext *context, PsCsafProductFunc func);
typedef void (*PsCsafBranchFunc)(PsCsafContext *context, const cJSON *branch, const PsPlace *place);
void ps_csaf_each_branch(PsCsafContext *context, PsCsafBranchFunc func);
/* Every use of a product id or group id outside its definition. */
typedef void (*PsCsafReferenceFunc)(PsCsafContext *context, const char *id, const PsPlace *place);
void ps_csaf_each_product_reference(PsCsafContext *context, PsCsafReferenceFunc func);
void ps_csaf_each_group_reference(PsCsafContext *context, PsCsafReferenceFunc func);

/* Ids of product_ids and of the groups in group_ids of an item, added to a set of texts. */
void ps_csaf_add_products(const PsCsafContext *context, const cJSON *item, GHashTable *set);
GHashTable *ps_csaf_set_new(void);

/* ---- finding ---- */
/* The sentence is made safe to show. Beyond a bound a test's findings are only counted. */
void ps_csaf_found(PsCsafContext *context, const PsPlace *place, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* ---- the tests, by subject ---- */
#define PS_CSAF_TEST(name) void ps_csaf_test_##name(PsCsafContext *context)
PS_CSAF_TEST(product_missing);
PS_CSAF_TEST(product_twice);
PS_CSAF_TEST(product_circle);
PS_CSAF_TEST(group_missing);
PS_CSAF_TEST(group_twice);
PS_CSAF_TEST(status_contradiction);
PS_CSAF_TEST(scores_twice);
PS_CSAF_TEST(cvss_invalid);
PS_CSAF_TEST(cvss_computation);
PS_CSAF_TEST(cvss_inconsistent);
PS_CSAF_TEST(cwe);
PS_CSAF_TEST(language);
PS_CSAF_TEST(purl);
PS_CSAF_TEST(history_sorted);
PS_CSAF_TEST(translator);
PS_CSAF_TEST(latest_version);
PS_CSAF_TEST(status_draft);
PS_CSAF_TEST(released_history);
PS_CSAF_TEST(history_pre_release);
PS_CSAF_TEST(version_pre_release);
PS_CSAF_TEST(history_gap);
PS_CSAF_TEST(history_twice);
PS_CSAF_TEST(cve_twice);
PS_CSAF_TEST(involvement_twice);
PS_CSAF_TEST(hash_twice);
PS_CSAF_TEST(category_prohibited);
PS_CSAF_TEST(profile_notes);
PS_CSAF_TEST(profile_references);
PS_CSAF_TEST(profile_no_vulnerabilities);
PS_CSAF_TEST(profile_product_tree);
PS_CSAF_TEST(profile_vulnerability_notes);
PS_CSAF_TEST(profile_product_status);
PS_CSAF_TEST(profile_vex_status);
PS_CSAF_TEST(profile_vulnerability_id);
PS_CSAF_TEST(profile_impact);
PS_CSAF_TEST(profile_action);
PS_CSAF_TEST(profile_vulnerabilities);
PS_CSAF_TEST(translation);
PS_CSAF_TEST(remediation_products);
PS_CSAF_TEST(version_schemes);
PS_CSAF_TEST(version_range);
PS_CSAF_TEST(flag_products);
PS_CSAF_TEST(flags_twice);
PS_CSAF_TEST(product_unused);
PS_CSAF_TEST(remediation_missing);
PS_CSAF_TEST(score_missing);
PS_CSAF_TEST(build_metadata);
PS_CSAF_TEST(initial_release);
PS_CSAF_TEST(current_release);
PS_CSAF_TEST(involvement_date);
PS_CSAF_TEST(hash_md5);
PS_CSAF_TEST(hash_sha1);
PS_CSAF_TEST(tlp_missing);
PS_CSAF_TEST(canonical_url);
PS_CSAF_TEST(language_missing);
PS_CSAF_TEST(sorting);
PS_CSAF_TEST(language_private);
PS_CSAF_TEST(language_default);
PS_CSAF_TEST(helper_missing);
PS_CSAF_TEST(cve_in_ids);
PS_CSAF_TEST(range_vers);
PS_CSAF_TEST(cvss_fixed);
PS_CSAF_TEST(additional_properties);
PS_CSAF_TEST(cvss_2_only);
PS_CSAF_TEST(cvss_3_0);
PS_CSAF_TEST(cve_missing);
PS_CSAF_TEST(cwe_missing);
PS_CSAF_TEST(hash_short);
PS_CSAF_TEST(branch_categories);
PS_CSAF_TEST(range_used);
PS_CSAF_TEST(version_v);

#endif
