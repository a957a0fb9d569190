#ifndef PS_UI_PANES_RECORD_TEXT_H
#define PS_UI_PANES_RECORD_TEXT_H

/* How records are shown in panes that know no kind by name. New strings; never NULL. */

#include "store/store.h"

/* The record's number and title, as "PSIRT-2026-0007 Heap overflow"; what is there of them. */
char *ps_record_caption(PsStore *store, const PsRecord *record);
/* The caption of a record by id; the id itself when it can't be read. */
char *ps_ref_caption(PsStore *store, const char *kind, const char *id);
/* A field for a list: brief times, captions of references, "sealed" where it is locked. */
char *ps_field_brief(PsStore *store, const PsRecord *record, const PsField *field);
/* "KIND/ID" apart; FALSE when it is no such text or the kind is unknown. */
gboolean ps_record_address(const char *text, const PsKind **kind, char **id);

#endif
