#include "config.h"

#include "ui/panes/upstream-kit.h"

#include "advisory/upstream.h"
#include "base/error.h"
#include "base/i18n.h"
#include "ui/panes/mail-kit.h"

/* ---- reading in ---- */

typedef struct {
	PsMailWork work;
	const char *path; /* NULL: `bytes` */
	GBytes *bytes;
	const char *source;
	PsUpstreamKept kept;
	guint findings;
} TakeJob;

static gboolean
refuse_bad(const PsUpstream *upstream, GError **error)
{
	if (!g_str_equal(upstream->hash, "bad") && upstream->verdict != PS_VERDICT_BAD)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INVALID,
		    _("“%s” does not fit the hash or signature beside it, so it was not taken in. "
		      "Get it again; “psirtdesk csaf import --unverified” takes it as it is."),
		    upstream->source);
	return FALSE;
}

static gpointer
run_take(PsProgress *progress, gpointer data, GError **error)
{
	TakeJob *job = data;
	g_autoptr(PsUpstream) upstream =
		job->path ? ps_upstream_read_file(job->work.openpgp, job->path, error)
			  : ps_upstream_read(job->bytes, job->source, error);

	(void)progress;
	if (!upstream || !refuse_bad(upstream, error) ||
	    !ps_upstream_keep(job->work.store, upstream, NULL, &job->kept, error))
		return NULL;
	job->findings = upstream->findings;
	return job;
}

static void
say_kept(PsApp *app, const TakeJob *job)
{
	guint all = job->kept.matched + job->kept.unmatched;

	if (job->kept.already)
		ps_app_say(app, PS_SAY_NOTE,
			   _("This very document was read in before; nothing was changed."));
	else if (job->kept.older)
		ps_app_say(app, PS_SAY_WARN,
			   _("A newer version of it is here already; this one is kept as an old "
			     "one."));
	else if (job->findings > 0)
		ps_app_say(
			app, PS_SAY_WARN,
			_("Taken in, though it is not valid CSAF (findings: %u); %u of %u products "
			  "are ours."),
			job->findings, job->kept.matched, all);
	else
		ps_app_say(app, PS_SAY_GOOD, _("Taken in; %u of %u products are ours."),
			   job->kept.matched, all);
}

static PsChanged
take(PsApp *app, TakeJob *job, GError **error)
{
	PsChanged changed = PS_CHANGED_NOTHING;

	if (ps_mail_work_init(&job->work, app, NULL, error) &&
	    ps_mail_wait(app, _("Taking the document in"), run_take, job, error)) {
		ps_app_open(app, "upstream", job->kept.id, error);
		say_kept(app, job);
		changed = PS_CHANGED_DATA;
	}
	ps_upstream_kept_clear(&job->kept);
	ps_mail_work_clear(&job->work);
	return changed;
}

PsChanged
ps_upstream_take_file(PsApp *app, const char *path, GError **error)
{
	TakeJob job = {.path = path};

	return take(app, &job, error);
}

PsChanged
ps_upstream_take_bytes(PsApp *app, GBytes *bytes, const char *source, GError **error)
{
	TakeJob job = {.bytes = bytes, .source = source};

	return take(app, &job, error);
}

/* ---- a case of it ---- */

typedef struct {
	const char *id;
	char *case_id;
} Opening;

static gboolean
write_case(PsStore *store, gpointer data, GError **error)
{
	Opening *opening = data;

	opening->case_id = ps_upstream_open_case(store, opening->id, NULL, error);
	return opening->case_id != NULL;
}

PsChanged
ps_upstream_to_case(PsApp *app, const char *id, GError **error)
{
	Opening opening = {id, NULL};

	if (!ps_app_write(app, write_case, &opening, error))
		return PS_CHANGED_NOTHING;
	ps_app_open(app, "case", opening.case_id, error);
	ps_app_say(app, PS_SAY_GOOD,
		   _("The case is opened with what the document says; look at each value."));
	g_free(opening.case_id);
	return PS_CHANGED_DATA;
}
