# Files of this room: the database.
libpsengine_a_SOURCES += \
	src/store/kind-table.c src/store/kind-table.h src/store/kind.h \
	src/store/store.h
