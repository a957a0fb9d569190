# Files of this room: the CSAF tables and tests.
libpsengine_a_SOURCES += \
	src/advisory/csaf-check.c src/advisory/csaf-check.h \
	src/advisory/csaf-context.c src/advisory/csaf-context.h \
	src/advisory/csaf-format-2-1.c src/advisory/csaf-format-2-1.h \
	src/advisory/csaf-format.c src/advisory/csaf-format.h \
	src/advisory/csaf-node.c src/advisory/csaf-node.h \
	src/advisory/csaf-place.c src/advisory/csaf-place.h \
	src/advisory/csaf-preset.c \
	src/advisory/csaf-products.c src/advisory/csaf-products.h \
	src/advisory/csaf-suite.h \
	src/advisory/csaf-test.h \
	src/advisory/csaf-test-2-1.h \
	src/advisory/csaf-test-branches.c \
	src/advisory/csaf-test-cwe.c \
	src/advisory/csaf-test-dates.c \
	src/advisory/csaf-test-document.c \
	src/advisory/csaf-test-extension.c \
	src/advisory/csaf-test-helper-branches.c \
	src/advisory/csaf-test-helpers.c \
	src/advisory/csaf-test-licence.c \
	src/advisory/csaf-test-lines.c \
	src/advisory/csaf-test-metrics.c \
	src/advisory/csaf-test-overlap.c \
	src/advisory/csaf-test-products.c \
	src/advisory/csaf-test-profile-2-1.c \
	src/advisory/csaf-test-profile.c \
	src/advisory/csaf-test-registry.c \
	src/advisory/csaf-test-remedies.c \
	src/advisory/csaf-test-scores.c \
	src/advisory/csaf-test-sharing.c \
	src/advisory/csaf-test-ssvc.c \
	src/advisory/csaf-test-status.c \
	src/advisory/csaf-test-times.c \
	src/advisory/csaf-test-tracking.c \
	src/advisory/csaf-test-vers.c \
	src/advisory/csaf-table-2-0.c src/advisory/csaf-table.h \
	src/advisory/csaf-table-2-1.c \
	src/advisory/csaf-table-common.c \
	src/advisory/csaf-table-cvss.c src/advisory/csaf-table-rows.h \
	src/advisory/csaf-tests-2-0.c \
	src/advisory/csaf-tests-2-1.c \
	src/advisory/csaf-tree.c src/advisory/csaf-tree.h \
	src/advisory/csaf-version.c \
	src/advisory/csaf-walk.c \
	src/advisory/extension.c src/advisory/extension.h \
	src/advisory/json-schema.c src/advisory/json-schema.h \
	src/advisory/language.c src/advisory/language.h \
	src/advisory/licence.c src/advisory/licence.h

UNIT_TESTS += tests/conformance/test_csaf_2_0 tests/conformance/test_csaf_2_1 tests/conformance/test_csaf_schema \
	tests/conformance/test_registers
UNIT_TESTS += tests/unit/test_csaf_check tests/unit/test_csaf_format tests/unit/test_csaf_node
EXTRA_DIST += tests/fixtures/csaf

# Quick fixes; checking many files.
libpsengine_a_SOURCES += \
	src/advisory/csaf-fix.c src/advisory/csaf-fix.h \
	src/advisory/csaf-fix-content.c \
	src/advisory/csaf-fix-document.c \
	src/advisory/csaf-fix-history.c \
	src/advisory/csaf-fix-internal.h \
	src/advisory/csaf-fix-registries.c \
	src/advisory/csaf-fix-schema.c \
	src/advisory/csaf-fix-scores.c \
	src/advisory/csaf-fix-tracking.c \
	src/advisory/csaf-batch.c src/advisory/csaf-batch.h \
	src/advisory/csaf-branches.c src/advisory/csaf-branches.h \
	src/advisory/csaf-ids.c src/advisory/csaf-ids.h \
	src/advisory/csaf-vulnerability.c src/advisory/csaf-vulnerability.h \
	src/advisory/csaf-mend.c src/advisory/csaf-mend.h \
	src/advisory/csaf-reach.c src/advisory/csaf-reach.h \
	src/advisory/csaf-recognise.c src/advisory/csaf-recognise.h \
	src/advisory/csaf-tables.c src/advisory/csaf-tables.h

UNIT_TESTS += tests/unit/test_csaf_fix tests/unit/test_csaf_reach
tests_unit_test_csaf_reach_LDADD = $(TEST_SUPPORT_LDADD)
SCRIPT_TESTS += tests/script/csaf-check.sh
EXTRA_DIST += tests/script/csaf-check.sh tests/bench/compare-validator.sh

# Conversion to CSAF 2.1.
libpsengine_a_SOURCES += \
	src/advisory/csaf-convert.c src/advisory/csaf-convert.h \
	src/advisory/csaf-convert-document.c \
	src/advisory/csaf-convert-ids.c \
	src/advisory/csaf-convert-internal.h \
	src/advisory/csaf-convert-licence.c \
	src/advisory/csaf-convert-note.c \
	src/advisory/csaf-convert-product.c \
	src/advisory/csaf-convert-profile.c \
	src/advisory/csaf-convert-remedy.c \
	src/advisory/csaf-convert-ssvc.c \
	src/advisory/csaf-convert-time.c \
	src/advisory/csaf-convert-tree.c \
	src/advisory/csaf-convert-vulnerability.c \
	src/advisory/csaf-range.c src/advisory/csaf-range.h

UNIT_TESTS += tests/unit/test_csaf_convert tests/unit/test_openvex
SCRIPT_TESTS += tests/script/csaf-convert.sh
EXTRA_DIST += tests/script/csaf-convert.sh tests/script/convert-cases.py

# Builder, edits, renderers, publishing, provider directory.
libpsengine_a_SOURCES += \
	src/advisory/advisory.c src/advisory/advisory.h \
	src/advisory/approve.c \
	src/advisory/arm.c src/advisory/arm.h \
	src/advisory/authors.c src/advisory/authors.h \
	src/advisory/base.c src/advisory/base.h \
	src/advisory/build-document.c \
	src/advisory/build-groups.c \
	src/advisory/build-helper.c \
	src/advisory/build-products.c \
	src/advisory/build-remediation.c \
	src/advisory/build-score.c \
	src/advisory/build-standing.c \
	src/advisory/build-tracking.c \
	src/advisory/build-vulnerability.c \
	src/advisory/build.h \
	src/advisory/comment.c src/advisory/comment.h \
	src/advisory/cve-affected.c src/advisory/cve-affected.h \
	src/advisory/cve-record.c src/advisory/cve-record.h \
	src/advisory/cvss-object.c src/advisory/cvss-object.h \
	src/advisory/document-2-1.c src/advisory/document-2-1.h \
	src/advisory/diff-match.c src/advisory/diff-match.h \
	src/advisory/diff.c src/advisory/diff.h \
	src/advisory/draft.c \
	src/advisory/edit.c \
	src/advisory/edition.c \
	src/advisory/ending.c src/advisory/ending.h \
	src/advisory/export.c src/advisory/export.h \
	src/advisory/facts.c src/advisory/facts.h \
	src/advisory/fields.c \
	src/advisory/folder.c src/advisory/folder.h \
	src/advisory/history.c src/advisory/history.h \
	src/advisory/distribution-table.c src/advisory/distribution-table.h \
	src/advisory/inspect-lists.c \
	src/advisory/inspect-proof.c \
	src/advisory/inspect-feeds.c src/advisory/inspect-metadata.c \
	src/advisory/inspect-server.c src/advisory/inspect-server.h \
	src/advisory/served.c src/advisory/served.h src/advisory/served-gather.c \
	src/advisory/served-internal.h \
	src/advisory/inspect.c src/advisory/inspect.h \
	src/advisory/internal.h \
	src/advisory/item.c src/advisory/item.h \
	src/advisory/missing.c \
	src/advisory/next.c src/advisory/next.h \
	src/advisory/openvex.c src/advisory/openvex.h \
	src/advisory/outline-document.c \
	src/advisory/outline-internal.h \
	src/advisory/outline-products.c \
	src/advisory/outline-scores.c \
	src/advisory/outline.c src/advisory/outline.h \
	src/advisory/order.c src/advisory/order.h \
	src/advisory/overlay.c src/advisory/overlay.h \
	src/advisory/pages.c src/advisory/pages.h src/advisory/wkd.c \
	src/advisory/phrase.c src/advisory/phrase.h \
	src/advisory/picture-feed.c \
	src/advisory/picture.c src/advisory/picture.h \
	src/advisory/product-index.c src/advisory/product-index.h \
	src/advisory/provider-check.c \
	src/advisory/provider-internal.h \
	src/advisory/provider-metadata.c src/advisory/provider-site.c \
	src/advisory/provider.c src/advisory/provider.h \
	src/advisory/publish-copy.c src/advisory/publish-copy.h \
	src/advisory/publish.c src/advisory/publish.h \
	src/advisory/refresh.c src/advisory/refresh.h \
	src/advisory/push.c src/advisory/push.h \
	src/advisory/release-proof.c \
	src/advisory/release-internal.h src/advisory/release-receipt.c \
	src/advisory/release.c src/advisory/release.h \
	src/advisory/render-html.c \
	src/advisory/render-internal.h \
	src/advisory/render-md.c \
	src/advisory/render-text.c \
	src/advisory/render.c src/advisory/render.h \
	src/advisory/review-internal.h \
	src/advisory/review.c src/advisory/review.h \
	src/advisory/statement.c \
	src/advisory/stops.c src/advisory/stops.h \
	src/advisory/upstream.c src/advisory/upstream.h \
	src/advisory/upstream-case.c \
	src/advisory/upstream-items.c src/advisory/upstream-items-more.c src/advisory/upstream-items.h \
	src/advisory/upstream-merge.c src/advisory/upstream-merge.h \
	src/advisory/upstream-internal.h \
	src/advisory/upstream-keep.c \
	src/advisory/upstream-match.c \
	src/advisory/upstream-products.c \
	src/advisory/version-summary.c \
	src/advisory/version.c src/advisory/version.h

SCRIPT_TESTS += tests/script/advisory.sh
EXTRA_DIST += tests/script/advisory.sh tests/script/validate-csaf.py
SCRIPT_TESTS += tests/script/advisory-source.sh
EXTRA_DIST += tests/script/advisory-source.sh
BENCHES += tests/bench/bench_csaf tests/bench/bench_csaf_growth

ADVISORY_FIXTURE = tests/unit/advisory-fixture.c tests/unit/advisory-fixture.h \
	tests/unit/store-fixture.c tests/unit/store-fixture.h
UNIT_TESTS += tests/unit/test_advisory_build tests/unit/test_advisory_edit tests/unit/test_render
tests_unit_test_advisory_build_SOURCES = tests/unit/test_advisory_build.c $(ADVISORY_FIXTURE)
tests_unit_test_advisory_edit_SOURCES = tests/unit/test_advisory_edit.c $(ADVISORY_FIXTURE)
UNIT_TESTS += tests/unit/test_advisory_order
tests_unit_test_advisory_order_SOURCES = tests/unit/test_advisory_order.c $(ADVISORY_FIXTURE)
UNIT_TESTS += tests/unit/test_advisory_refresh
tests_unit_test_advisory_refresh_SOURCES = tests/unit/test_advisory_refresh.c $(ADVISORY_FIXTURE)
UNIT_TESTS += tests/unit/test_advisory_source
tests_unit_test_advisory_source_SOURCES = tests/unit/test_advisory_source.c $(ADVISORY_FIXTURE)
UNIT_TESTS += tests/unit/test_combination
tests_unit_test_combination_SOURCES = tests/unit/test_combination.c $(ADVISORY_FIXTURE)
UNIT_TESTS += tests/unit/test_upstream
tests_unit_test_upstream_SOURCES = tests/unit/test_upstream.c $(ADVISORY_FIXTURE)
PUBLISH_FIXTURE = tests/unit/publish-fixture.c tests/unit/publish-fixture.h $(ADVISORY_FIXTURE)
UNIT_TESTS += tests/unit/test_publish tests/unit/test_publish_faults tests/unit/test_push tests/unit/test_provider_site
tests_unit_test_provider_site_SOURCES = tests/unit/test_provider_site.c $(PUBLISH_FIXTURE)
tests_unit_test_provider_site_LDADD = $(TEST_SUPPORT_LDADD)
WEB_FIXTURE = tests/unit/web-fixture.c tests/unit/web-fixture.h $(PUBLISH_FIXTURE)
tests_unit_test_push_SOURCES = tests/unit/test_push.c $(WEB_FIXTURE)
UNIT_TESTS += tests/unit/test_provider_served
tests_unit_test_provider_served_SOURCES = tests/unit/test_provider_served.c $(PUBLISH_FIXTURE)
tests_unit_test_provider_served_LDADD = $(TEST_SUPPORT_LDADD)
UNIT_TESTS += tests/unit/test_release
tests_unit_test_release_SOURCES = tests/unit/test_release.c $(WEB_FIXTURE)
tests_unit_test_release_LDADD = $(TEST_SUPPORT_LDADD)
tests_unit_test_push_LDADD = $(TEST_SUPPORT_LDADD)
tests_unit_test_publish_SOURCES = tests/unit/test_publish.c $(PUBLISH_FIXTURE)
tests_unit_test_publish_LDADD = $(TEST_SUPPORT_LDADD)
tests_unit_test_publish_faults_SOURCES = tests/unit/test_publish_faults.c $(PUBLISH_FIXTURE)
tests_unit_test_publish_faults_LDADD = $(TEST_SUPPORT_LDADD)
# Versions and review.
UNIT_TESTS += tests/unit/test_diff tests/unit/test_comment tests/unit/test_version
tests_unit_test_comment_SOURCES = tests/unit/test_comment.c $(ADVISORY_FIXTURE)
SCRIPT_TESTS += tests/script/review.sh tests/script/advisory-line.sh
EXTRA_DIST += tests/script/review.sh tests/script/advisory-line.sh
UNIT_TESTS += tests/unit/test_review tests/unit/test_edition
tests_unit_test_review_SOURCES = tests/unit/test_review.c $(PUBLISH_FIXTURE)
tests_unit_test_review_LDADD = $(TEST_SUPPORT_LDADD)
tests_unit_test_edition_SOURCES = tests/unit/test_edition.c $(PUBLISH_FIXTURE)
tests_unit_test_edition_LDADD = $(TEST_SUPPORT_LDADD)

UNIT_TESTS += tests/unit/test_provider_check
tests_unit_test_provider_check_SOURCES = tests/unit/test_provider_check.c $(ADVISORY_FIXTURE)
tests_unit_test_provider_check_LDADD = $(TEST_SUPPORT_LDADD)
BENCHES += tests/bench/bench_publish
tests_bench_bench_publish_SOURCES = tests/bench/bench_publish.c $(PUBLISH_FIXTURE)
tests_bench_bench_publish_LDADD = $(TEST_SUPPORT_LDADD)

CSAF_CASES = tests/conformance/csaf-cases.c tests/conformance/csaf-cases.h
tests_conformance_test_csaf_2_0_SOURCES = tests/conformance/test_csaf_2_0.c $(CSAF_CASES)
tests_conformance_test_csaf_2_1_SOURCES = tests/conformance/test_csaf_2_1.c $(CSAF_CASES)
CSAF_ROWS = tests/unit/csaf-rows.c tests/unit/csaf-rows.h
UNIT_TESTS += tests/unit/test_csaf_check_2_1 tests/unit/test_csaf_check_registries
UNIT_TESTS += tests/unit/test_csaf_fix_registries
tests_unit_test_csaf_fix_registries_SOURCES = tests/unit/test_csaf_fix_registries.c $(CSAF_ROWS)
tests_unit_test_csaf_check_registries_SOURCES = tests/unit/test_csaf_check_registries.c $(CSAF_ROWS)
tests_unit_test_csaf_check_SOURCES = tests/unit/test_csaf_check.c $(CSAF_ROWS)
tests_unit_test_csaf_check_2_1_SOURCES = tests/unit/test_csaf_check_2_1.c $(CSAF_ROWS)
