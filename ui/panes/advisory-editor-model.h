#ifndef PS_UI_PANES_ADVISORY_EDITOR_MODEL_H
#define PS_UI_PANES_ADVISORY_EDITOR_MODEL_H

/* A document as the editor shows it: its objects and lists as a tree of nodes, each with its fields
 * (texts and numbers); what the standard asks for and is missing stands in its place. Laid over it:
 * what was edited by hand, and how many findings there are at a node and below.
 *
 * A picture of one moment: nodes live as long as their model. Places are known by their *field* (a
 * pointer over stable keys, advisory.h), which stays the same when the document changes. */

#include "advisory/advisory.h"
#include "advisory/csaf-check.h"
#include "advisory/csaf-node.h"

/* How grave a finding is. */
typedef enum {
	PS_EDITOR_ERROR,
	PS_EDITOR_WARNING,
	PS_EDITOR_REMARK,
	PS_EDITOR_GRADES,
} PsEditorGrade;
PsEditorGrade ps_editor_grade(PsCsafLevel level);

typedef struct PsEditorNode PsEditorNode;
struct PsEditorNode {
	PsEditorNode *parent;   /* NULL: the document */
	GPtrArray *children;    /* PsEditorNode*: objects and lists in it */
	GPtrArray *fields;      /* PsEditorNode*: texts and numbers in it */
	char *field, *pointer;  /* pointer: "" too where it is not in the document (any more) */
	const PsCsafNode *node; /* NULL: the standard does not know it */
	char *label;            /* safe, translated */
	char *value;            /* safe, may have several lines; of a list how much it holds; of a
				   reference with the name of what it refers to */
	char *case_value;       /* what the case gives where it was edited or removed; else NULL */
	PsOrigin origin;
	gboolean present; /* FALSE: required and missing, removed, or could be filled in */
	gboolean container, required, kept;
	gboolean reordered;             /* a list in an order of ours */
	guint findings;                 /* at this very place */
	guint counts[PS_EDITOR_GRADES]; /* here and below */
	guint edits;                    /* edited, added or removed here and below */
	guint comments;                 /* open ones, here and below */
	gboolean hidden;                /* by the filter */
};

typedef struct PsEditorModel PsEditorModel;

/* `fields` (PsAdvisoryField*, may be NULL): which places were edited, of ps_advisory_marks() or
 * ps_advisory_fields(). Nothing is kept of either. */
PsEditorModel *ps_editor_model_new(const cJSON *document, const GPtrArray *fields);
void ps_editor_model_free(PsEditorModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsEditorModel, ps_editor_model_free)

PsEditorNode *ps_editor_model_root(PsEditorModel *model);
/* The node of a field or of a JSON pointer; NULL: none. `nearest`: else of the text that could be
 * filled in there (pointers only), else of what is above it. */
PsEditorNode *ps_editor_model_at_field(PsEditorModel *model, const char *field, gboolean nearest);
PsEditorNode *ps_editor_model_at_pointer(PsEditorModel *model, const char *pointer,
					 gboolean nearest);
/* Shows another value at a field while it is typed, and what items are called by it; NULL: none is
 * there. Nothing else is built again. */
void ps_editor_model_type(PsEditorModel *model, const char *field, const char *text);
/* Forgets the findings that were counted before. */
void ps_editor_model_clear_findings(PsEditorModel *model);
void ps_editor_model_add_finding(PsEditorModel *model, const char *pointer, PsCsafLevel level);
/* Counts a comment at a field and above. */
void ps_editor_model_add_comment(PsEditorModel *model, const char *field);
/* Hides what neither matches nor holds a match, in labels and values, letters' case aside; NULL or
 * "" hides nothing. FALSE: nothing matches. */
gboolean ps_editor_model_filter(PsEditorModel *model, const char *text);
/* The first node or field that matches by itself; NULL: none. */
PsEditorNode *ps_editor_model_match(PsEditorModel *model, const char *text);

/* The texts and numbers that the standard would allow in an object and that are not there: new
 * array; the nodes live as long as the model. */
GPtrArray *ps_editor_model_absent(PsEditorModel *model, PsEditorNode *object);
/* Every member that could be added to an object: of the table, lent. */
GPtrArray *ps_editor_model_addable(const PsEditorNode *object);
/* "Vulnerability 1: CVE-2026-1 › Notes" in at most so many cells (0: no bound); the outer steps go
 * first. New string. */
char *ps_editor_node_path(const PsEditorNode *node, int cells);

/* Ids (and names) of what the document defines, for fields that refer to it: PS_CSAF_PRODUCT_REF or
 * PS_CSAF_GROUP_REF. */
typedef struct {
	char *id, *name;
} PsEditorReference;
/* PsEditorReference* array in the document's order. */
GPtrArray *ps_editor_references(const cJSON *document, PsCsafRole role);

#endif
