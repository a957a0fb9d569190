#ifndef PS_UI_FORM_H
#define PS_UI_FORM_H

/* A form: labels and values, one field a row, edited in place. Texts are typed where they stand,
 * choices open a list, long texts the editor; what is wrong is said under the field while it is
 * typed. Each accepted value is committed at once, so nothing waits to be saved.
 *
 * The form keeps copies of its values and shows them; the pane's callbacks check and store. */

#include "store/kind.h"
#include "ui/app.h"
#include "ui/widget.h"

typedef struct PsForm PsForm;

typedef enum {
	PS_FORM_TEXT,
	PS_FORM_TIME,     /* a point in time, edited in its short form */
	PS_FORM_LONGTEXT, /* in the editor */
	PS_FORM_CHOICE,   /* of .choices, else of options() */
	PS_FORM_PICK,     /* the model's pick() asks */
	PS_FORM_FIXED,    /* only shown */
} PsFormType;

typedef struct {
	const char *id;
	const char *label; /* translated */
	PsFormType type;
	gboolean required;
	const char *const *choices; /* NULL-terminated; NULL: options() */
	const char *help;           /* translated sentence, or NULL */
	const char *section;        /* head above the field, or NULL */
} PsFormField;

/* Options of a choice, as records to refer to. */
typedef struct {
	char *value, *label, *detail; /* detail may be NULL */
} PsFormOption;
PsFormOption *ps_form_option_new(const char *value, const char *label, const char *detail);
void ps_form_option_free(PsFormOption *option);

typedef struct {
	/* Stores a value ("" : cleared). FALSE: the sentence is shown at the field and the old
	 * value stays. */
	gboolean (*commit)(gpointer user, const char *id, const char *value, GError **error);
	/* Optional: is it right so far? Called with each accepted line before commit(). */
	gboolean (*check)(gpointer user, const char *id, const char *value, GError **error);
	/* Optional: PsFormOption* array for a choice without .choices. */
	GPtrArray *(*options)(gpointer user, const char *id);
	/* For PS_FORM_PICK: asks and gives the value (new string); NULL: cancelled. */
	char *(*pick)(gpointer user, PsApp *app, const char *id, const char *value);
} PsFormModel;

PsForm *ps_form_new(const PsFormModel *model, gpointer user);
PsWidget *ps_form_widget(PsForm *form);
void ps_form_free(PsForm *form);
/* Everything is lent but the value. */
void ps_form_add(PsForm *form, const PsFormField *field, const char *value);
/* `shown` is what people see of it (a referred record's name); NULL: the value itself. */
void ps_form_set(PsForm *form, const char *id, const char *value, const char *shown);
/* Shown dimmed in the place of an absent value ("sealed: unlock to read"). */
void ps_form_set_placeholder(PsForm *form, const char *id, const char *text);
const char *ps_form_get(const PsForm *form, const char *id); /* "" when absent */
const char *ps_form_field(const PsForm *form);               /* id under the cursor, or NULL */
gboolean ps_form_select(PsForm *form, const char *id);

/* Edits the field under the cursor; TRUE: a value was committed. `error`: why not (a cancelled edit
 * sets none). */
gboolean ps_form_edit(PsForm *form, PsApp *app, GError **error);

#endif
