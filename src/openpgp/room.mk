# Files of this room: the client side of OpenPGP.
libpsengine_a_SOURCES += src/openpgp/openpgp.h
