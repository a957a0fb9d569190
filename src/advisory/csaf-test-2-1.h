#ifndef PS_ADVISORY_CSAF_TEST_2_1_H
#define PS_ADVISORY_CSAF_TEST_2_1_H

/* Tests of CSAF 2.1 that look things up in registries or read a language of their own. Each file
 * csaf-test-SUBJECT.c holds those of one subject. */

#include "advisory/csaf-test.h"

/* What 6.2.20 says of an extension: members that its own schema does not know, or that it is not in
 * our list. csaf-test-extension.c */
void ps_csaf_check_extension_members(PsCsafContext *context, const cJSON *extension,
				     const PsPlace *place);

/* Adds the products that extensions known here define to those of the document. */
void ps_csaf_add_extension_products(PsCsafContext *context);

/* csaf-test-dates.c */
PS_CSAF_TEST(ssvc_time);
PS_CSAF_TEST(epss_time);
PS_CSAF_TEST(epss_old);
PS_CSAF_TEST(exploitation_time);
PS_CSAF_TEST(exploitation_order);
/* csaf-test-cwe.c */
PS_CSAF_TEST(cwe_deprecated);
PS_CSAF_TEST(cwe_not_newest);
PS_CSAF_TEST(cwe_not_allowed);
PS_CSAF_TEST(cwe_review);
/* csaf-test-ssvc.c */
PS_CSAF_TEST(ssvc_invalid);
PS_CSAF_TEST(ssvc_targets);
PS_CSAF_TEST(ssvc_points);
PS_CSAF_TEST(ssvc_unknown);
PS_CSAF_TEST(ssvc_unregistered_clear);
PS_CSAF_TEST(ssvc_extension_clear);
PS_CSAF_TEST(ssvc_unexplained);
PS_CSAF_TEST(ssvc_not_newest);
PS_CSAF_TEST(ssvc_unregistered);
PS_CSAF_TEST(ssvc_extension);
/* csaf-test-licence.c */
PS_CSAF_TEST(licence_expression);
PS_CSAF_TEST(licence_text);
PS_CSAF_TEST(licence_missing);
PS_CSAF_TEST(licence_deprecated);
PS_CSAF_TEST(licence_unknown);
PS_CSAF_TEST(licence_text_translated);
PS_CSAF_TEST(licence_unregistered);
/* csaf-test-vers.c */
PS_CSAF_TEST(range_rules);
PS_CSAF_TEST(range_single);
PS_CSAF_TEST(range_open);
PS_CSAF_TEST(range_type);
/* csaf-test-overlap.c */
PS_CSAF_TEST(overlap_contradiction_vers);
PS_CSAF_TEST(overlap_contradiction_vls);
PS_CSAF_TEST(overlap_contradiction_version);
PS_CSAF_TEST(overlap_same_vers);
PS_CSAF_TEST(overlap_same_vls);
PS_CSAF_TEST(overlap_same_version);
PS_CSAF_TEST(overlap_branch_range);
PS_CSAF_TEST(overlap_branch_version);
/* csaf-test-registry.c */
PS_CSAF_TEST(severity_by_issuer);
PS_CSAF_TEST(severity_in_words);
PS_CSAF_TEST(vendor_open_source);
PS_CSAF_TEST(hash_unknown);
PS_CSAF_TEST(id_pattern);
PS_CSAF_TEST(id_system);
/* csaf-test-extension.c */
PS_CSAF_TEST(extension_content);
PS_CSAF_TEST(extension_schema);
PS_CSAF_TEST(extension_metadata);
PS_CSAF_TEST(extension_registered);
PS_CSAF_TEST(extension_official);
PS_CSAF_TEST(extension_critical);
PS_CSAF_TEST(extension_experimental_clear);
PS_CSAF_TEST(extension_essential);
PS_CSAF_TEST(extension_experimental);
PS_CSAF_TEST(extension_in_document);
PS_CSAF_TEST(extension_in_branches);
PS_CSAF_TEST(extension_in_products);
PS_CSAF_TEST(extension_in_paths);
PS_CSAF_TEST(extension_in_metrics);
PS_CSAF_TEST(extension_in_vulnerabilities);
PS_CSAF_TEST(extension_at_root);

#endif
