# Files of this room.
libpsengine_a_SOURCES += \
	src/advisory/advisory.h \
	src/advisory/csaf-check.c src/advisory/csaf-check.h \
	src/advisory/csaf-context.c src/advisory/csaf-context.h \
	src/advisory/csaf-format.c src/advisory/csaf-format.h \
	src/advisory/csaf-node.c src/advisory/csaf-node.h \
	src/advisory/csaf-place.c src/advisory/csaf-place.h \
	src/advisory/csaf-table-2-0.c src/advisory/csaf-table.h \
	src/advisory/csaf-test.h \
	src/advisory/csaf-test-document.c \
	src/advisory/csaf-test-products.c \
	src/advisory/csaf-test-profile.c \
	src/advisory/csaf-test-scores.c \
	src/advisory/csaf-test-status.c \
	src/advisory/csaf-test-tracking.c \
	src/advisory/csaf-tree.c src/advisory/csaf-tree.h \
	src/advisory/csaf-version.c \
	src/advisory/language.c src/advisory/language.h \
	src/advisory/provider.h \
	src/advisory/publish.h \
	src/advisory/render.h

UNIT_TESTS += tests/conformance/test_csaf_2_0
