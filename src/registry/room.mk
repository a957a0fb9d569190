# Files of this room: products, releases, components, parts.
libpsengine_a_SOURCES += \
	src/registry/find.c \
	src/registry/purl.c src/registry/purl.h \
	src/registry/registry.c src/registry/registry.h
UNIT_TESTS += tests/conformance/test_purl
