# Files of this room: products, releases, components, parts.
libpsengine_a_SOURCES += src/registry/registry.h
