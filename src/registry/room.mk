# Files of this room: products, releases, components, parts.
libpsengine_a_SOURCES += \
	src/registry/find.c \
	src/registry/own-product.c src/registry/own-product.h \
	src/registry/purl.c src/registry/purl.h \
	src/registry/registry.c src/registry/registry.h \
	src/registry/vers.c src/registry/vers.h \
	src/registry/vers-internal.h \
	src/registry/vers-set.c \
	src/registry/version-order.c src/registry/version-order.h \
	src/registry/version-order-internal.h \
	src/registry/version-order-maven.c \
	src/registry/version-order-package.c \
	src/registry/version-order-pypi.c \
	src/registry/version-order-system.c
UNIT_TESTS += tests/conformance/test_purl
UNIT_TESTS += tests/unit/test_vers tests/conformance/test_version_order
