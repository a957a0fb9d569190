# Files of this room: the client side of the net worker.
libpsengine_a_SOURCES += src/net/net.c src/net/net.h

UNIT_TESTS += tests/unit/test_net
tests_unit_test_net_SOURCES = tests/unit/test_net.c
tests_unit_test_net_LDADD = $(TEST_SUPPORT_LDADD)
