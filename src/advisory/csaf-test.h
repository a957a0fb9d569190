#ifndef PS_ADVISORY_CSAF_TEST_H
#define PS_ADVISORY_CSAF_TEST_H

/* Inside the test engine: what the test functions share. A test reads the document and reports what
 * it finds; documents come from anywhere, so nothing has to be of the type that the schema wants:
 * the readers below give NULL or an empty list then.
 *
 * One function serves CSAF 2.0 and 2.1 where the number means the same in both; the readers hide
 * where things lie (scores or metrics[].content, relationships or product_paths, purl or purls, cwe
 * or cwes). ps_csaf_is_2_1() is for what really differs. */

#include "advisory/csaf-branches.h"
#include "advisory/csaf-check.h"
#include "advisory/csaf-format.h"
#include "advisory/csaf-place.h"
#include "advisory/csaf-products.h"
#include "advisory/csaf-tables.h"
#include "advisory/csaf-vulnerability.h"
#include "base/text-hash.h"
#include "scoring/cwe.h"

typedef struct PsCsafContext PsCsafContext;
typedef struct PsCsafSuite PsCsafSuite; /* csaf-suite.h */
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
	const PsCsafSuite *suite;
	/* all of it; sets by ps_json_text_number() are arrays, equal texts have one address */
	const PsJsonTree *numbered;
	const cJSON *root, *document, *tracking, *tree;
	/* texts of the document; NULL where they are missing */
	const char *category, *status, *lang, *tlp;
	PsCsafBranches *branches;
	PsCsafProducts *products;
	PsCsafVulnerabilities all; /* vulnerabilities; ids of products and groups as numbers */
	GArray *revisions;         /* PsCsafRevision, readable ones, by date, then number */
	GHashTable *scratch;       /* the present test's own, NULL between tests */
	PsCsafTables *tables;      /* lent; may be shared with other threads */
	int levels;                /* that are asked for */
	gboolean known;            /* the schema was checked and describes every member */
	gboolean has_extensions;   /* there is some x_extensions */
	/* what csaf-test-overlap.c made of the branches for its tests, NULL: nothing yet */
	gpointer siblings;
	GDestroyNotify siblings_free;
	/* where findings go */
	const PsCsafTest *test;
	PsCsafReport *report;
	guint found;   /* by the present test */
	GError *error; /* our own data could not be read: the check ends */
	/* what is found is written here first */
	GString *pointer, *sentence;
};

/* ---- reading ---- */
const cJSON *ps_csaf_object(const cJSON *object, const char *name);
const char *ps_csaf_string(const cJSON *object, const char *name);
/* First item of a list, NULL when it is empty or no list. */
const cJSON *ps_csaf_items(const cJSON *object, const char *name);
/* The item's own text. */
const char *ps_csaf_item_string(const cJSON *item);

extern const PsPlace ps_place_document, ps_place_tracking, ps_place_tree, ps_place_vulnerabilities;

/* ---- about the document ---- */
gboolean ps_csaf_is_2_1(const PsCsafContext *context);
gboolean ps_csaf_is_draft(const PsCsafContext *context);
/* Status final or interim. */
gboolean ps_csaf_is_released(const PsCsafContext *context);
gboolean ps_csaf_is_clear(const PsCsafContext *context); /* TLP:CLEAR */
/* In English, or not said: many texts of the standard count only then. */
gboolean ps_csaf_is_english(const PsCsafContext *context);
/* The revision with the latest date; NULL: none can be read. */
const PsCsafRevision *ps_csaf_newest_revision(const PsCsafContext *context);
/* A reference of the document that leads to the document's own place under its canonical name. */
gboolean ps_csaf_is_canonical(const PsCsafContext *context, const cJSON *reference);
/* A time is after a revision. */
gboolean ps_csaf_is_after(gint64 seconds, int nanoseconds, const PsCsafRevision *revision);
/* A file of data/ (ps_table_file_open()), opened once for many checks. NULL: it can't be read; the
 * check then ends with that error, the test just returns. */
const PsTableFile *ps_csaf_table(PsCsafContext *context, const char *name);
/* The same for anything else that is read from data/, under a name of its own: opened once for many
 * checks and used by several threads, so never changed afterwards. */
gconstpointer ps_csaf_shared(PsCsafContext *context, const char *name, PsCsafTableOpen open,
			     GDestroyNotify free);
/* The releases of CWE, opened in the same way. */
const PsCwe *ps_csaf_cwe(PsCsafContext *context);

/* What the standard calls a text with a meaning ("license", "reasoning_for_withdrawal", …) in the
 * document's language; NULL: no translation is known. New string. */
char *ps_csaf_title(PsCsafContext *context, const char *term);

/* For every vulnerability of the document, const PsCsafVulnerability *; `place` is its place. */
#define PS_EACH_VULNERABILITY(context, item, place)                                                \
	PsPlace place = {&ps_place_vulnerabilities, NULL, 0};                                      \
	for (const PsCsafVulnerability *item = (context)->all.items;                               \
	     place.index < (int)(context)->all.n; item++, place.index++)

/* ---- walking ---- */

typedef void (*PsCsafProductFunc)(PsCsafContext *context, const PsCsafProduct *product);
void ps_csaf_each_product(PsCsafContext *context, PsCsafProductFunc func);
typedef void (*PsCsafBranchFunc)(PsCsafContext *context, const PsCsafBranch *branch);
void ps_csaf_each_branch(PsCsafContext *context, PsCsafBranchFunc func);
/* Every use of a product id or group id outside its definition. */
typedef void (*PsCsafReferenceFunc)(PsCsafContext *context, const char *id, const PsPlace *place);
void ps_csaf_each_product_reference(PsCsafContext *context, PsCsafReferenceFunc func);
/* Those of relationships or product paths only. */
void ps_csaf_each_relation_reference(PsCsafContext *context, PsCsafReferenceFunc func);
void ps_csaf_each_group_reference(PsCsafContext *context, PsCsafReferenceFunc func);

/* The list of products that are made of others: "relationships" (2.0), "product_paths" (2.1). */
const char *ps_csaf_relations(const PsCsafContext *context);
/* The references of one of them, one after the other, the innermost product first:
 *	PsCsafParts parts;
 *	ps_csaf_parts_init(&parts, context, relation, place);
 *	while ((id = ps_csaf_parts_next(&parts)))
 * Never copied: the places point into it. */
typedef struct {
	PsPlace at;           /* of the present reference */
	const cJSON *id;      /* its text */
	const char *category; /* 2.1: of the present step; NULL for the first product */
	/* private */
	const cJSON *relation, *step;
	const PsPlace *place;
	PsPlace list, item;
	gboolean path;
	int n;
} PsCsafParts;
void ps_csaf_parts_init(PsCsafParts *parts, const PsCsafContext *context, const cJSON *relation,
			const PsPlace *place);
const char *ps_csaf_parts_next(PsCsafParts *parts);

/* The scores of a vulnerability, one after the other: items of `scores` (2.0) or `metrics` (2.1).
 *	PsCsafMetric metric;
 *	for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
 *	     ps_csaf_metric_next(&metric))
 * Never copied: the places point into it. */
typedef struct {
	const cJSON *item;          /* holds `products`; NULL: there is no more */
	const cJSON *content;       /* holds cvss_v2, cvss_v3, … : the item itself in 2.0 */
	const PsCsafNaming *naming; /* its products as numbers */
	const char *source;         /* 2.1: who says so; NULL: the document's issuer */
	PsPlace list, place;        /* place: of the item */
	PsPlace inner;
	const PsPlace *content_place;
	gboolean nested;
	const PsCsafVulnerabilities *all; /* private */
	const PsCsafNamings *items;       /* private */
} PsCsafMetric;
void ps_csaf_metric_first(PsCsafMetric *metric, const PsCsafContext *context,
			  const PsCsafVulnerability *vulnerability,
			  const PsPlace *vulnerability_place);
void ps_csaf_metric_next(PsCsafMetric *metric);
/* The same over all vulnerabilities of the document. */
typedef void (*PsCsafMetricFunc)(PsCsafContext *context, const PsCsafMetric *metric);
void ps_csaf_each_metric(PsCsafContext *context, PsCsafMetricFunc func);

GHashTable *ps_csaf_set_new(void); /* of lent texts */

/* ---- finding ---- */
/* The sentence is made safe to show. Beyond a bound a test's findings are only counted. */
void ps_csaf_found(PsCsafContext *context, const PsPlace *place, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
/* Whatever the present test still finds is not kept: it may end. */
gboolean ps_csaf_is_full(const PsCsafContext *context);
/* The same at another level than the test's own: what the standard wants said as a warning or an
 * information although the test passes. */
void ps_csaf_remark(PsCsafContext *context, PsCsafLevel level, const PsPlace *place,
		    const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The present test has no verdict for this document; it joins not_run. */
void ps_csaf_not_run(PsCsafContext *context);
/* The same, because ps_csaf_title() knows no wording of the term: an information says so. */
void ps_csaf_no_title(PsCsafContext *context, const char *term, const PsPlace *place);

/* Exactly one note of the document has the title, and it is of the category. */
void ps_csaf_check_note(PsCsafContext *context, const char *title, const char *category);

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
/* CSAF 2.1 */
PS_CSAF_TEST(revision_times);
PS_CSAF_TEST(disclosure_clear);
PS_CSAF_TEST(disclosure_past);
PS_CSAF_TEST(profile_affected);
PS_CSAF_TEST(profile_affected_versions);
PS_CSAF_TEST(profile_description);
PS_CSAF_TEST(profile_no_products);
PS_CSAF_TEST(profile_two_revisions);
PS_CSAF_TEST(withdrawal);
PS_CSAF_TEST(supersession);
PS_CSAF_TEST(superseding_document);
PS_CSAF_TEST(profile_deprecated);
PS_CSAF_TEST(fixed_missing);
PS_CSAF_TEST(withdrawal_translated);
PS_CSAF_TEST(supersession_translated);
PS_CSAF_TEST(superseding_translated);
PS_CSAF_TEST(profile_no_extensions);
PS_CSAF_TEST(product_description);
PS_CSAF_TEST(branch_depth);
PS_CSAF_TEST(branch_twice);
PS_CSAF_TEST(branch_version_and_range);
PS_CSAF_TEST(remediations_contradict);
PS_CSAF_TEST(remediation_prohibited);
PS_CSAF_TEST(remediation_discouraged);
PS_CSAF_TEST(times);
PS_CSAF_TEST(sharing_max_clear);
PS_CSAF_TEST(sharing_clear_max);
PS_CSAF_TEST(sharing_name_reserved);
PS_CSAF_TEST(sharing_name_missing);
PS_CSAF_TEST(sharing_max);
PS_CSAF_TEST(sharing_nil);
PS_CSAF_TEST(sharing_clear);
PS_CSAF_TEST(purl_qualifiers);
PS_CSAF_TEST(model_stars);
PS_CSAF_TEST(serial_stars);
PS_CSAF_TEST(sku_stars);
PS_CSAF_TEST(severity_and_cvss);
PS_CSAF_TEST(title_tracking_id);
PS_CSAF_TEST(hardware);
PS_CSAF_TEST(helper_shared);
PS_CSAF_TEST(helper_branches);
PS_CSAF_TEST(cvss_4_missing);
PS_CSAF_TEST(path_nested);

#endif
