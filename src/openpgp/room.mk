# Files of this room: the client side of OpenPGP.
libpsengine_a_SOURCES += \
	src/openpgp/answers.c src/openpgp/answers.h \
	src/openpgp/generate.c src/openpgp/generate.h \
	src/openpgp/openpgp.c src/openpgp/openpgp.h

UNIT_TESTS += tests/unit/test_openpgp
tests_unit_test_openpgp_SOURCES = tests/unit/test_openpgp.c
tests_unit_test_openpgp_LDADD = $(TEST_SUPPORT_LDADD)
