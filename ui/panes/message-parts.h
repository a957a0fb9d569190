#ifndef PS_UI_PANES_MESSAGE_PARTS_H
#define PS_UI_PANES_MESSAGE_PARTS_H

/* The parts of an opened message as a tree: type, size, sanitised name, protection. */

#include "mail/message.h"
#include "ui/tree.h"

typedef struct PsMessageParts PsMessageParts;

PsMessageParts *ps_message_parts_new(void);
void ps_message_parts_free(PsMessageParts *parts);
PsWidget *ps_message_parts_widget(PsMessageParts *parts); /* lent */
/* `message` is lent until the next call; NULL: none. */
void ps_message_parts_set(PsMessageParts *parts, const PsMessage *message);
/* Under the cursor; NULL: none. */
const PsPart *ps_message_parts_current(PsMessageParts *parts);
/* Away from a part that only holds others, to the first attachment, else to the first that is more.
 */
void ps_message_parts_go_to_content(PsMessageParts *parts);
/* Rows that show all of it. */
int ps_message_parts_rows(const PsMessageParts *parts);
/* More is there than the text that is shown anyway and what belongs to encryption and signature. */
gboolean ps_message_parts_worth(const PsMessageParts *parts);

/* A size for people: "12.3 KiB"; "" for none. New string. */
char *ps_part_size_text(gint64 size);
/* A file name of ours for saving a part: never the sender's. New string. */
char *ps_part_file_name(const PsMessage *message, const PsPart *part);

#endif
