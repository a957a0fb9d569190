# Files of this room.
libpsengine_a_SOURCES += \
	src/advisory/advisory.h \
	src/advisory/csaf-check.h \
	src/advisory/csaf-node.h \
	src/advisory/provider.h \
	src/advisory/publish.h \
	src/advisory/render.h
