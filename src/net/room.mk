# Files of this room: the client side of the net worker.
libpsengine_a_SOURCES += src/net/net.c src/net/net.h
