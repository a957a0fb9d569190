# Files of this room: CVSS (pure functions over tables), SSVC and CWE (tables that are read).
libpsengine_a_SOURCES += \
	src/scoring/cwe.c src/scoring/cwe.h \
	src/scoring/cwe-list.c src/scoring/cwe-list.h \
	src/scoring/cvss.c src/scoring/cvss.h \
	src/scoring/cvss-parse.c \
	src/scoring/cvss-score.h \
	src/scoring/cvss-2.c src/scoring/cvss-table-2.c \
	src/scoring/cvss-3.c src/scoring/cvss-table-3.c \
	src/scoring/cvss-4.c src/scoring/cvss-table-4.c \
	src/scoring/cvss-macrovector.c src/scoring/cvss-macrovector.h \
	src/scoring/ssvc.c src/scoring/ssvc.h \
	src/scoring/ssvc-read.c src/scoring/ssvc-private.h \
	src/scoring/ssvc-registry.c src/scoring/ssvc-registry.h

UNIT_TESTS += tests/unit/test_cvss tests/unit/test_cwe tests/unit/test_cwe_list tests/unit/test_ssvc
UNIT_TESTS += tests/conformance/test_cvss_vectors
EXTRA_DIST += tests/fixtures/cvss
BENCHES += tests/bench/bench_cvss
SCRIPT_TESTS += tests/script/scoring.sh
EXTRA_DIST += tests/script/scoring.sh
