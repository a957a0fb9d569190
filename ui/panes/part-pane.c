#include "config.h"

/* One part of a message by itself, whatever it is: what is known about it, and its text, or its
 * first bytes. Nothing is started to show it; it can be saved to a file. */

#include "ui/panes/part-pane.h"

#include <string.h>

#include "advisory/upstream.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "mail/message.h"
#include "ui/ask.h"
#include "ui/pager.h"
#include "ui/panes/mail-kit.h"
#include "ui/panes/message-parts.h"
#include "ui/panes/message-view.h"
#include "ui/panes/upstream-kit.h"

#define LABEL_CELLS 12
#define TEXT_SHOWN ((gsize)1024 * 1024)
#define BYTES_SHOWN ((gsize)4096)
#define BYTES_A_LINE 16

typedef struct {
	PsPane pane;
	PsPaneLink *link;
	PsPager *pager;
	char *mail_id;
	int number; /* 0: the whole raw message */
	char *file_name;
	char *title;
	gboolean unlocked;
	gboolean is_document; /* looks like CSAF */
} PartPane;

/* ---- reading ---- */

typedef struct {
	PsMailWork work;
	char *mail_id;
	int number;
	PsMessage *message;
	GBytes *bytes;
} PartJob;

static void
clear_job(PartJob *job)
{
	ps_mail_work_clear(&job->work);
	g_clear_pointer(&job->message, ps_message_free);
	g_clear_pointer(&job->bytes, g_bytes_unref);
	g_free(job->mail_id);
}

static void
free_job(gpointer data)
{
	clear_job(data);
	g_free(data);
}

static gpointer
run_part(PsProgress *progress, gpointer data, GError **error)
{
	PartJob *job = data;

	if (job->number == 0) {
		job->bytes =
			ps_message_raw(job->work.store, job->work.openpgp, job->mail_id, error);
		return NULL;
	}
	job->message =
		ps_message_open(job->work.store, job->work.openpgp, job->mail_id, progress, error);
	if (job->message)
		job->bytes = ps_message_part_bytes(job->work.store, job->work.openpgp, job->mail_id,
						   job->number, progress, error);
	return NULL;
}

/* ---- showing ---- */

static const PsPart *
find_part(const PsMessage *message, int number)
{
	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = g_ptr_array_index(message->parts, i);
		if (part->number == number)
			return part;
	}
	return NULL;
}

static void
show_facts(PsPager *pager, const PsPart *part)
{
	g_autofree char *size = ps_part_size_text(part->size);
	const char *protection = ps_part_protection(part);

	ps_pager_pair(pager, _("Type"), PS_ROLE_VALUE, part->type, LABEL_CELLS);
	ps_pager_pair(pager, _("Name given"), PS_ROLE_VALUE, part->filename, LABEL_CELLS);
	ps_pager_pair(pager, _("About"), PS_ROLE_VALUE, part->description, LABEL_CELLS);
	ps_pager_pair(pager, _("Characters"), PS_ROLE_VALUE, part->charset, LABEL_CELLS);
	ps_pager_pair(pager, _("Size"), PS_ROLE_VALUE, size, LABEL_CELLS);
	ps_pager_pair(pager, _("Protection"), PS_ROLE_VALUE,
		      *protection ? protection : _("neither encrypted nor signed"), LABEL_CELLS);
	ps_pager_pair(pager, "!", PS_ROLE_WARN, part->remark, 2);
}

static void
show_hash(PsPager *pager, GBytes *bytes)
{
	g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);

	ps_pager_pair(pager, _("SHA-256"), PS_ROLE_VALUE, hash, LABEL_CELLS);
}

static void
show_bytes(PsPager *pager, GBytes *bytes)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);
	gsize shown = MIN(length, BYTES_SHOWN);

	for (gsize at = 0; at < shown; at += BYTES_A_LINE) {
		g_autoptr(GString) line = g_string_new(NULL);
		g_autoptr(GString) text = g_string_new(NULL);
		for (gsize i = at; i < at + BYTES_A_LINE; i++) {
			g_string_append_printf(line, i < shown ? "%02x " : "   ",
					       i < shown ? data[i] : 0);
			if (i < shown)
				g_string_append_c(text,
						  g_ascii_isprint(data[i]) ? (char)data[i] : '.');
		}
		ps_pager_format(pager, PS_ROLE_NORMAL, "%06zx  %s %s", at, line->str, text->str);
	}
	if (shown < length)
		ps_pager_format(pager, PS_ROLE_DIM, _("… and %zu bytes more."), length - shown);
}

static gboolean
is_text(GBytes *bytes)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);

	return g_utf8_validate_len(data, length, NULL);
}

static void
show_text(PsPager *pager, GBytes *bytes)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	g_autofree char *text = g_strndup(data, MIN(length, TEXT_SHOWN));

	ps_pager_add(pager, PS_ROLE_NORMAL, text);
	if (length > TEXT_SHOWN)
		ps_pager_format(pager, PS_ROLE_DIM,
				_("… and %zu bytes more; saved to a file all "
				  "of it is there."),
				length - TEXT_SHOWN);
}

static void
show_part(PartPane *self, const PartJob *job)
{
	const PsPart *part = find_part(job->message, self->number);

	if (!part) {
		ps_pager_add(self->pager, PS_ROLE_BAD, _("The message has no such part."));
		return;
	}
	g_free(self->file_name);
	self->file_name = ps_part_file_name(job->message, part);
	g_free(self->title);
	self->title = g_strdup_printf(_("part %d · %s"), part->number, part->type);
	gsize length;
	const char *text = g_bytes_get_data(job->bytes, &length);
	self->is_document = ps_upstream_is_likely(text, length);
	show_facts(self->pager, part);
	if (self->is_document)
		ps_pager_pair(self->pager, "→", PS_ROLE_GOOD,
			      _("This looks like a CSAF document: i takes it in."), 2);
	show_hash(self->pager, job->bytes);
	ps_pager_blank(self->pager);
	if (part->text)
		ps_pager_mail(self->pager, part->text);
	else if (is_text(job->bytes))
		show_text(self->pager, job->bytes);
	else
		show_bytes(self->pager, job->bytes);
}

/* A raw message is bytes; what is no UTF-8 in it becomes a mark. */
static void
show_source(PartPane *self, const PartJob *job)
{
	show_hash(self->pager, job->bytes);
	ps_pager_blank(self->pager);
	show_text(self->pager, job->bytes);
}

static void
part_done(gpointer unused, gpointer data, const GError *error)
{
	PartJob *job = data;
	PartPane *self = (PartPane *)job->work.link->pane;

	(void)unused;
	if (!self)
		return;
	ps_pager_clear(self->pager);
	if (error)
		ps_pager_add(self->pager, PS_ROLE_BAD, error->message);
	else if (self->number == 0)
		show_source(self, job);
	else
		show_part(self, job);
	ps_app_redraw(job->work.app);
}

/* ---- the panes ---- */

static gboolean
start(PartPane *self, GError **error)
{
	PartJob *job = g_new0(PartJob, 1);

	job->mail_id = g_strdup(self->mail_id);
	job->number = self->number;
	if (!ps_mail_work_init(&job->work, self->pane.app, self->link, error)) {
		free_job(job);
		return FALSE;
	}
	ps_pager_add(self->pager, PS_ROLE_DIM, _("Reading…"));
	ps_app_job(self->pane.app, _("Reading the message"), run_part, part_done, job, free_job);
	return TRUE;
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	PartPane *self = (PartPane *)pane;
	g_auto(GStrv) words = g_strsplit(argument ? argument : "", "/", 2);

	self->link = ps_pane_link_new(pane);
	self->pager = ps_pager_new();
	pane->widget = ps_pager_widget(self->pager);
	if (!words[0]) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND,
				    _("No message was named."));
		return FALSE;
	}
	self->mail_id = g_strdup(words[0]);
	self->number = words[1] ? (int)g_ascii_strtoll(words[1], NULL, 10) : 0;
	self->file_name = g_strdup_printf("mail-%.8s.eml", self->mail_id);
	return start(self, error);
}

static void
close_pane(PsPane *pane)
{
	PartPane *self = (PartPane *)pane;

	ps_pane_link_break(self->link);
	g_free(self->mail_id);
	g_free(self->file_name);
	g_free(self->title);
}

static void
refresh(PsPane *pane)
{
	PartPane *self = (PartPane *)pane;

	if (!ps_pane_was_locked(pane->app, &self->unlocked))
		return;
	ps_pager_clear(self->pager);
	ps_pager_add(self->pager, PS_ROLE_BAD,
		     _("The workspace was locked; what was decrypted is out of memory."));
}

static void
draw(PsPane *pane, PsView view)
{
	ps_widget_draw(pane->widget,
		       ps_view_part(view, (PsRect){0, 1, view.area.rows, view.area.cols - 2}));
}

static char *
subject(PsPane *pane)
{
	return g_strdup(((PartPane *)pane)->title);
}

/* ---- saving ---- */

static char *
default_path(const char *file_name)
{
	const char *dir = g_get_user_special_dir(G_USER_DIRECTORY_DOWNLOAD);

	return g_build_filename(dir ? dir : g_get_home_dir(), file_name, NULL);
}

static char *
ask_path(PsApp *app, const char *file_name)
{
	g_autofree char *initial = default_path(file_name);
	PsAskLine ask = {.label = _("Save to"), .initial = initial, .history = "save"};
	char *path = ps_ask_line(app, &ask);

	if (!path || *path != '~' || (path[1] != '/' && path[1] != '\0'))
		return path;
	char *full = g_build_filename(g_get_home_dir(), path + 1, NULL);
	g_free(path);
	return full;
}

static gboolean
may_write(PsApp *app, const char *path)
{
	g_autofree char *question = NULL;

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	question = g_strdup_printf(_("“%s” is there already. Replace it?"), path);
	return ps_ask_yes(app, question);
}

static gpointer
run_bytes(PsProgress *progress, gpointer data, GError **error)
{
	PartJob *job = data;

	if (job->number == 0)
		return ps_message_raw(job->work.store, job->work.openpgp, job->mail_id, error);
	return ps_message_part_bytes(job->work.store, job->work.openpgp, job->mail_id, job->number,
				     progress, error);
}

PsChanged
ps_part_save(PsApp *app, const char *mail_id, int number, const char *file_name, const char *given,
	     GError **error)
{
	g_autofree char *path = given ? g_strdup(given) : ask_path(app, file_name);
	PartJob job = {.number = number};
	g_autoptr(GBytes) bytes = NULL;

	if (!path || !*path || !may_write(app, path))
		return PS_CHANGED_NOTHING;
	job.mail_id = g_strdup(mail_id);
	if (ps_mail_work_init(&job.work, app, NULL, error))
		bytes = ps_mail_wait(app, _("Saving"), run_bytes, &job, error);
	clear_job(&job);
	if (!bytes)
		return PS_CHANGED_NOTHING;
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);
	if (ps_file_write(path, data, (gssize)length, 0600, error))
		ps_app_say(app, PS_SAY_GOOD, _("Saved to “%s” (%zu bytes), readable by you only."),
			   path, length);
	return PS_CHANGED_VIEW;
}

static PsChanged
save(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PartPane *self = (PartPane *)pane;
	g_autofree char *id = g_strdup(self->mail_id);
	g_autofree char *name = g_strdup(self->file_name);

	return ps_part_save(app, id, self->number, name, argument, error);
}

/* ---- documents ---- */

static const char *
refuse_document(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((PartPane *)pane)->is_document
		       ? NULL
		       : _("This part does not look like a CSAF document in JSON.");
}

static PsChanged
take_document(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PartPane *self = (PartPane *)pane;
	PartJob job = {.number = self->number, .mail_id = g_strdup(self->mail_id)};
	g_autofree char *source = g_strdup(self->file_name);
	g_autoptr(GBytes) bytes = NULL;

	(void)argument;
	if (ps_mail_work_init(&job.work, app, NULL, error))
		bytes = ps_mail_wait(app, _("Reading"), run_bytes, &job, error);
	clear_job(&job);
	return bytes ? ps_upstream_take_bytes(app, bytes, source, error) : PS_CHANGED_NOTHING;
}

static const PsAction part_actions[] = {
	{"part.csaf", N_("Take the CSAF document in as an upstream advisory"), N_("take in"), "i",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, refuse_document, take_document},

	{"part.save", N_("Save the part to a file"), N_("save"), "s", PS_NEEDS_WORKSPACE,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, save},
};

const PsPaneClass ps_part_pane = {
	.name = "part",
	.title = N_("Part"),
	.size = sizeof(PartPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.actions = part_actions,
	.n_actions = G_N_ELEMENTS(part_actions),
};

static const PsAction source_actions[] = {
	{"source.save", N_("Save the raw message to a file"), N_("save"), "s", PS_NEEDS_WORKSPACE,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, save},
};

const PsPaneClass ps_source_pane = {
	.name = "source",
	.title = N_("Source"),
	.size = sizeof(PartPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.actions = source_actions,
	.n_actions = G_N_ELEMENTS(source_actions),
};
