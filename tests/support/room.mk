# Support for tests: GnuPG homes, mail directories.
check_LIBRARIES += tests/support/libpstest.a
tests_support_libpstest_a_SOURCES = \
	tests/support/gnupg-home.c tests/support/gnupg-home.h \
	tests/support/mail-workspace.c tests/support/mail-workspace.h \
	tests/support/server.c tests/support/server.h
TEST_SUPPORT_LDADD = tests/support/libpstest.a $(LDADD)
