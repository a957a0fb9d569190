#include "config.h"

#include "ui/panes/mail-reply.h"

#include "base/i18n.h"
#include "base/utc.h"
#include "mail/compose.h"
#include "ui/ask.h"
#include "ui/panes/mail-kit.h"

PsChanged
ps_mail_open_draft(PsApp *app, const char *draft_id, GError **error)
{
	ps_app_open(app, "reply", draft_id, error);
	return PS_CHANGED_VIEW;
}

gboolean
ps_mail_is_ours(const char *tags)
{
	g_auto(GStrv) words = g_strsplit(tags ? tags : "", " ", -1);

	return g_strv_contains((const char *const *)words, "sent");
}

static gboolean
may_answer(PsApp *app, const char *mail_id, GError **error)
{
	g_autoptr(PsRecord) mail = ps_store_get(app->store, "mail", mail_id, error);

	if (!mail || !ps_mail_is_ours(ps_record_text(mail, "tags")))
		return mail != NULL;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("We sent this message ourselves: answer one that came to us."));
	return FALSE;
}

/* ---- a draft that is there already ---- */

static char *
find_draft(PsApp *app, const char *mail_id)
{
	g_autoptr(PsRecord) mail = ps_store_get(app->store, "mail", mail_id, NULL);
	const char *message_id = mail ? ps_record_text(mail, "message_id") : NULL;
	const char *const filters[] = {"direction",   "out",      "state", "draft",
				       "in_reply_to", message_id, NULL};
	const PsQuery query = {.kind = "message", .filters = filters, .limit = 1};
	g_autoptr(GPtrArray) drafts = message_id ? ps_store_list(app->store, &query, NULL) : NULL;

	return drafts && drafts->len > 0 ? g_strdup(ps_record_id(g_ptr_array_index(drafts, 0)))
					 : NULL;
}

typedef enum { DRAFT_CANCEL, DRAFT_CONTINUE, DRAFT_NEW } DraftAnswer;

static DraftAnswer
ask_draft(PsApp *app, const char *draft_id)
{
	g_autoptr(PsRecord) draft = ps_store_get(app->store, "message", draft_id, NULL);
	g_autofree char *time = draft ? ps_utc_brief(ps_record_time(draft, "at")) : NULL;
	g_autofree char *title =
		g_strdup_printf(_("A reply to this message was begun (%s)"), time ? time : "?");
	const PsOption options[] = {
		{"continue", _("Go on with that draft"), NULL, NULL},
		{"new", _("Write another reply"), NULL, NULL},
	};
	PsAskChoice ask = {.title = title,
			   .options = options,
			   .n_options = G_N_ELEMENTS(options),
			   .initial = "continue"};
	g_autofree char *answer = ps_ask_choice(app, &ask);

	return !answer ? DRAFT_CANCEL : *answer == 'c' ? DRAFT_CONTINUE : DRAFT_NEW;
}

/* ---- the template ---- */

#define BLANK "-"

static char *
ask_template(PsApp *app, GError **error)
{
	g_autoptr(GPtrArray) templates = ps_templates(error);
	g_autoptr(GArray) options = g_array_new(FALSE, TRUE, sizeof(PsOption));
	const PsOption blank = {BLANK, _("Without a template"), _("quotes the message"), NULL};

	if (!templates)
		return NULL;
	for (guint i = 0; i < templates->len; i++) {
		const PsTemplate *template = g_ptr_array_index(templates, i);
		PsOption option = {template->name, template->title, NULL, NULL};
		g_array_append_val(options, option);
	}
	g_array_append_val(options, blank);
	PsAskChoice ask = {.title = _("Reply with"),
			   .options = (const PsOption *)(gpointer)options->data,
			   .n_options = options->len,
			   .initial = "acknowledgement"};
	return ps_ask_choice(app, &ask);
}

/* ---- the draft ---- */

typedef struct {
	PsMailWork work;
	const char *mail_id, *template_name;
	PsDraft *draft;
} Drafting;

static gpointer
run_drafting(PsProgress *progress, gpointer data, GError **error)
{
	Drafting *drafting = data;

	drafting->draft =
		ps_reply_draft(drafting->work.store, drafting->work.openpgp, drafting->mail_id,
			       drafting->template_name, NULL, progress, error);
	return NULL;
}

static PsChanged
make_draft(PsApp *app, const char *mail_id, const char *template_name, GError **error)
{
	Drafting drafting = {
		.mail_id = mail_id,
		.template_name = g_str_equal(template_name, BLANK) ? NULL : template_name,
	};

	if (ps_mail_work_init(&drafting.work, app, NULL, error))
		ps_mail_wait(app, _("Preparing the reply"), run_drafting, &drafting, error);
	ps_mail_work_clear(&drafting.work);
	if (!drafting.draft)
		return PS_CHANGED_NOTHING;
	g_autofree char *id = g_strdup(drafting.draft->id);
	ps_draft_free(drafting.draft);
	return PS_CHANGED_DATA | ps_mail_open_draft(app, id, error);
}

PsChanged
ps_mail_reply(PsApp *app, const char *mail_id, const char *template_name, GError **error)
{
	if (!may_answer(app, mail_id, error))
		return PS_CHANGED_NOTHING;
	g_autofree char *draft = find_draft(app, mail_id);
	DraftAnswer answer = draft ? ask_draft(app, draft) : DRAFT_NEW;

	if (answer == DRAFT_CANCEL)
		return PS_CHANGED_NOTHING;
	if (answer == DRAFT_CONTINUE)
		return ps_mail_open_draft(app, draft, error);
	g_autofree char *chosen =
		template_name ? g_strdup(template_name) : ask_template(app, error);
	return chosen ? make_draft(app, mail_id, chosen, error) : PS_CHANGED_NOTHING;
}
