# Files of this room: the moves of a case, clocks, timeline, desk.
libpsengine_a_SOURCES += \
	src/cases/case.h src/cases/desk.h src/cases/edit.h src/cases/timeline.h \
	src/cases/clock.c src/cases/clock.h \
	src/cases/state.c src/cases/state.h
