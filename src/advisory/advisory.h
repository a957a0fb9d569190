#ifndef PS_ADVISORY_ADVISORY_H
#define PS_ADVISORY_ADVISORY_H

/* An advisory: what the case gives, with what was edited by hand laid over it.
 *
 * Nothing of the document is stored while it is a draft: ps_advisory_load() reads the case's
 * records (vulnerabilities, affected releases, scores, decisions, participants, references), builds
 * the CSAF 2.0 document from them, and applies the advisory's own rows of kind advisory_item. A
 * change in the case therefore shows at once, but for the very fields that were edited here
 * (setting advisory.follow; refresh.h tells what changed).
 *
 * Invariants
 * - The same records give the same bytes, on any machine and in any locale: keys are sorted (CSAF
 *   2.0 section 5.3), lists are in the order of the records, no clock is read.
 * - Items of lists are known by the record that they come from, not by their place. A *field* is a
 *   JSON pointer whose list steps are such keys: "/vulnerabilities/01994…/notes/description/text".
 *   Everything here also takes an ordinary JSON pointer ("/vulnerabilities/0/title"), and "-" for a
 *   new item at the end of a list.
 * - The keys are in `->string` of the list items of a document that came from here; printing does
 *   not show them, cJSON_Duplicate() keeps them.
 * - tracking.id never changes, and with version, revision history and dates it is kept by the
 *   program: those fields cannot be edited. TLP label, language and category are fields of the
 *   advisory's record; editing them in the document changes the record.
 * - While nothing changed since it was published, the document is the published one; else it is the
 *   draft of the next version.
 *
 * An advisory is read with an unlocked store (else PS_ERROR_LOCKED). The object is a picture of one
 * moment: after an edit, load again. It may be made in a job and handed to the screen. */

#include "base/json.h"
#include "store/store.h"

/* ---- life ---- */

/* Makes the advisory of a case: tracking id from the case's number, title and language from what
 * stands. A case that has one already is PS_ERROR_CONFLICT, which names it. Refuses nothing because
 * it is half-filled: ps_advisory_missing() tells what is to be done. Gives the id. */
char *ps_advisory_draft(PsStore *store, const char *case_id, GError **error);

/* How a draft begins; each may be NULL. */
typedef struct {
	const char *template; /* name or id of an advisory template; NULL: the default one */
	const char *profile;  /* "csaf_vex"; NULL: the template's, else csaf_security_advisory */
	const char *lang;     /* NULL: the template's, else setting advisory.lang */
} PsDraftOptions;
char *ps_advisory_draft_with(PsStore *store, const char *case_id, const PsDraftOptions *options,
			     GError **error);
/* The templates by name, PsRecord* array; the default one first. */
GPtrArray *ps_advisory_templates(PsStore *store, GError **error);
/* The id of the case's advisory, the newest where there are several; NULL: there is none. */
char *ps_advisory_of_case(PsStore *store, const char *case_id, GError **error);

typedef struct PsAdvisory PsAdvisory;

/* `id`: of the advisory, its tracking id, or the id or number of its case. */
PsAdvisory *ps_advisory_load(PsStore *store, const char *id, GError **error);
void ps_advisory_free(PsAdvisory *advisory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsAdvisory, ps_advisory_free)

/* ---- the document; all lent ---- */
const char *ps_advisory_id(const PsAdvisory *advisory);
const PsRecord *ps_advisory_record(const PsAdvisory *advisory);
const PsRecord *ps_advisory_case(const PsAdvisory *advisory);
const cJSON *ps_advisory_document(const PsAdvisory *advisory);
/* Before the edits were laid over it. */
const cJSON *ps_advisory_generated(const PsAdvisory *advisory);
/* Version of the document: the published one while nothing changed since, else the next. */
const char *ps_advisory_version(const PsAdvisory *advisory);
/* It was published, and would read the same if it were published again. */
gboolean ps_advisory_is_unchanged(const PsAdvisory *advisory);
/* Some version of it was published. */
gboolean ps_advisory_was_published(const PsAdvisory *advisory);

/* The last published version; NULL: there is none. */
const cJSON *ps_advisory_published(const PsAdvisory *advisory);
/* PsDiffChange* (diff.h) since the last published version, without what publishing sets by itself;
 * NULL: none was published, or nothing changed. */
const GPtrArray *ps_advisory_since_published(const PsAdvisory *advisory);
/* What the next version changes: as it was entered, else proposed; NULL: it is the first. */
const char *ps_advisory_summary(const PsAdvisory *advisory);

/* Short form for callers that need the document only; free with cJSON_Delete(). */
cJSON *ps_advisory_build(PsStore *store, const char *id, GError **error);
/* The bytes of a document as they are published: sorted keys, two blanks a level, newline at the
 * end. New string. */
char *ps_advisory_print(const cJSON *document);

/* ---- what is missing ---- */
typedef struct {
	char *pointer;     /* ordinary JSON pointer of the field that would hold it */
	char *sentence;    /* what is missing and what to do */
	const char *place; /* id of the pane where it is filled: "case", "affected", "scoring",
			      "timeline", "advisory", "settings" */
	char *command;     /* the command line that fills it, without "psirtdesk " */
	char *record;      /* "KIND/ID" of the record whose field is empty; NULL: none */
	gboolean blocking; /* it stands in the way of publishing; else it is advice */
} PsAdvisoryMissing;
/* PsAdvisoryMissing* array, those in the way first; empty: complete. */
GPtrArray *ps_advisory_missing(const PsAdvisory *advisory);

/* ---- editing (overlay.c) ---- */

typedef enum {
	PS_ORIGIN_CASE,    /* as the case gives it */
	PS_ORIGIN_EDITED,  /* edited by hand, over what the case gives */
	PS_ORIGIN_ADDED,   /* added by hand; the case gives nothing here */
	PS_ORIGIN_REMOVED, /* the case gives it, but it was removed by hand */
	PS_ORIGIN_LOST,    /* edited, but its place is gone from the case */
} PsOrigin;

typedef struct {
	char *field;          /* pointer over stable keys: what the functions below take */
	char *pointer;        /* ordinary JSON pointer into ps_advisory_document(); "" when it is
				 not in there (removed, lost) */
	char *label;          /* the last step for people: "Title", "Note 2" */
	int depth;            /* 0: document, product_tree, vulnerabilities */
	cJSON_bool container; /* object or list: `value` counts its members */
	char *value;          /* for people, safe text of one or more lines; "" when removed */
	char *case_value;     /* what the case gives, where it was edited or removed; else NULL */
	PsOrigin origin;      /* of the field itself; a container: of all of it */
	gboolean kept;        /* kept by the program: cannot be edited */
	gboolean reordered;   /* of a list: its items stand in an order that was given by hand */
} PsAdvisoryField;
/* Every field in the document's order, removed ones at their old place, lost ones at the end. */
GPtrArray *ps_advisory_fields(const PsAdvisory *advisory);
/* The same without most of what is as the case gives it: all that was edited, removed, reordered,
 * lost or is kept, with its brothers. */
GPtrArray *ps_advisory_marks(const PsAdvisory *advisory);
const char *ps_origin_text(PsOrigin origin); /* translated word */

/* The field of an ordinary JSON pointer, and back; new string, NULL where there is none. */
char *ps_advisory_field_of(const PsAdvisory *advisory, const char *pointer);
char *ps_advisory_pointer_of(const PsAdvisory *advisory, const char *field);

/* pairs: NULL-terminated field, value. The value is JSON, or bare text where the standard wants a
 * text; NULL or "" removes. All or nothing, one transaction. A field that the standard does not
 * know, a value that it does not allow, and what the program keeps are PS_ERROR_INPUT: the sentence
 * names the pointer and what is allowed. Only what stands below the field is judged: a draft may be
 * incomplete elsewhere. */
gboolean ps_advisory_set(PsStore *store, const char *id, char *const *pairs, GError **error);
/* One edit as a form makes it: `seen` is what ps_advisory_seen() gave when the field was shown
 * (PS_ANY: no check). A difference is PS_ERROR_CONFLICT and names both. */
gboolean ps_advisory_edit(PsStore *store, const char *id, const char *field, const char *value,
			  const char *seen, GError **error);
char *ps_advisory_seen(const PsAdvisory *advisory, const char *field);
/* Items of lists. An item goes to `place` in its list (0: first; beyond the end: last); its edits
 * and comments go with it. A copy stands behind its original; its field is given (new string). What
 * is no item, lists that the program keeps, and copies where the standard wants nothing twice are
 * PS_ERROR_INPUT. */
gboolean ps_advisory_move(PsStore *store, const char *id, const char *pointer, int place,
			  GError **error);
char *ps_advisory_copy(PsStore *store, const char *id, const char *pointer, GError **error);
/* Takes the edit of a field (and of everything below it) back, so that the case shows again.
 * Nothing to take back is PS_ERROR_NOT_FOUND. */
gboolean ps_advisory_reset(PsStore *store, const char *id, const char *field, GError **error);

#endif
