# Files of this room: the inbox.
libpsengine_a_SOURCES += \
	src/mail/compose.h \
	src/mail/inbox.h \
	src/mail/mailbox.h \
	src/mail/message.h
