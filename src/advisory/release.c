#include "config.h"

#include "advisory/release.h"

#include <string.h>

#include "advisory/push.h"
#include "advisory/release-internal.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"

/* What the steps are computed from. */
typedef struct {
	PsStore *store;
	PsAdvisory *advisory;
	const char *version;
	PsRecord *published; /* advisory_version, or NULL */
	GPtrArray *notes;    /* release_step of this version */
	GPtrArray *participants, *messages, *vulnerabilities, *receipts;
} Facts;

typedef gboolean (*StepFunc)(const Facts *facts, PsReleaseStep *step, GError **error);

static void
step_free(gpointer data)
{
	PsReleaseStep *step = data;

	g_free(step->proof);
	g_free(step->advice);
	g_free(step->record);
	g_free(step);
}

void
ps_release_free(PsRelease *release)
{
	if (!release)
		return;
	g_free(release->version);
	g_ptr_array_unref(release->steps);
	g_free(release);
}

const char *
ps_release_state_word(PsReleaseState state)
{
	static const char *const words[] = {[PS_RELEASE_OPEN] = "open",
					    [PS_RELEASE_DONE] = "done",
					    [PS_RELEASE_SKIPPED] = "not needed",
					    [PS_RELEASE_FAILED] = "failed"};

	return words[state];
}

/* ---- facts ---- */

static GPtrArray *
children(PsStore *store, const char *kind, const char *parent, const char *id, const char *version,
	 GError **error)
{
	const char *filters[] = {parent, id, version ? "version" : NULL, version, NULL};
	const PsQuery query = {.kind = kind, .filters = filters};

	return ps_store_list(store, &query, error);
}

static void
facts_clear(Facts *facts)
{
	GPtrArray *lists[] = {facts->notes, facts->participants, facts->messages,
			      facts->vulnerabilities, facts->receipts};

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		if (lists[i])
			g_ptr_array_unref(lists[i]);
	ps_record_free(facts->published);
	ps_advisory_free(facts->advisory);
}

PsRecord *
ps_release_published(PsStore *store, const PsAdvisory *advisory, GError **error)
{
	g_autoptr(GPtrArray) versions =
		children(store, "advisory_version", "advisory", ps_advisory_id(advisory),
			 ps_advisory_version(advisory), error);

	return versions && versions->len > 0 ? g_ptr_array_steal_index(versions, versions->len - 1)
					     : NULL;
}

static gboolean
read_facts(PsStore *store, const char *id, Facts *facts, GError **error)
{
	g_autoptr(GError) problem = NULL;

	facts->store = store;
	facts->advisory = ps_advisory_load(store, id, error);
	if (!facts->advisory)
		return FALSE;
	const char *advisory = ps_advisory_id(facts->advisory),
		   *of = ps_record_id(ps_advisory_case(facts->advisory));
	facts->version = ps_advisory_version(facts->advisory);
	facts->published = ps_release_published(store, facts->advisory, &problem);
	if (problem) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	facts->notes = children(store, "release_step", "advisory", advisory, facts->version, error);
	facts->receipts = children(store, "receipt", "advisory", advisory, facts->version, error);
	facts->participants = children(store, "participant", "case", of, NULL, error);
	facts->messages = children(store, "message", "case", of, NULL, error);
	facts->vulnerabilities = children(store, "vulnerability", "case", of, NULL, error);
	return facts->notes && facts->receipts && facts->participants && facts->messages &&
	       facts->vulnerabilities;
}

/* ---- the answer of a step ---- */

static gboolean
done(PsReleaseStep *step, gint64 at, char *proof)
{
	step->state = PS_RELEASE_DONE;
	step->at = at;
	step->proof = proof;
	return TRUE;
}

static gboolean
skipped(PsReleaseStep *step, const char *why)
{
	step->state = PS_RELEASE_SKIPPED;
	step->proof = g_strdup(why);
	return TRUE;
}

static gboolean
open_step(PsReleaseStep *step, const char *advice)
{
	step->advice = g_strdup(advice);
	return TRUE;
}

/* ---- what the workspace sees by itself ---- */

static gboolean
see_update(const Facts *facts, PsReleaseStep *step, GError **error)
{
	const PsRecord *of = ps_advisory_case(facts->advisory);
	gint64 fixed = ps_record_time(of, "fixed_at");

	(void)error;
	if (fixed != PS_NO_TIME)
		return done(step, fixed, g_strdup(_("The case says when the fix was available.")));
	return open_step(step, _("Give the case the time when the fix was available, or note where "
				 "users get it."));
}

static gboolean
see_csaf(const Facts *facts, PsReleaseStep *step, GError **error)
{
	(void)error;
	if (!facts->published)
		return open_step(step, _("Publish the advisory."));
	return done(step, ps_record_time(facts->published, "published_at"),
		    g_strdup_printf("%s, SHA-256 %s", ps_record_text(facts->published, "path"),
				    ps_record_text(facts->published, "document")));
}

static gboolean
see_push(const Facts *facts, PsReleaseStep *step, GError **error)
{
	g_autofree char *target = ps_store_config(facts->store, "provider.push_target");
	gboolean stands = FALSE;

	if (!target)
		return skipped(step, _("No place to upload to is set: the directory is shown from "
				       "this machine, or carried by hand."));
	if (facts->published &&
	    !ps_push_stands(facts->store, ps_record_text(facts->published, "path"),
			    ps_record_text(facts->published, "document"), &stands, error))
		return FALSE;
	if (stands)
		return done(step, PS_NO_TIME, g_strdup(target));
	return open_step(step, _("Upload the provider directory (provider push)."));
}

static gboolean
see_receipt(const Facts *facts, PsReleaseStep *step, GError **error)
{
	const PsRecord *newest = facts->receipts->len ? facts->receipts->pdata[0] : NULL;
	gint64 at = newest ? ps_record_time(newest, "fetched_at") : PS_NO_TIME;
	guint same = 0;

	(void)error;
	if (!newest)
		return open_step(step, _("Fetch the public files back and compare them."));
	/* those of one fetching carry one time */
	for (guint i = 0; i < facts->receipts->len; i++) {
		const PsRecord *receipt = facts->receipts->pdata[i];
		if (ps_record_time(receipt, "fetched_at") != at)
			continue;
		if (g_strcmp0(ps_record_text(receipt, "result"), "same") == 0) {
			same++;
			continue;
		}
		step->state = PS_RELEASE_FAILED;
		step->at = at;
		step->proof = g_strdup_printf("%s: %s", ps_record_text(receipt, "url"),
					      ps_record_text(receipt, "result"));
		step->advice =
			g_strdup(_("Mend what the web server shows, then fetch back again."));
		return TRUE;
	}
	return done(step, at,
		    g_strdup_printf(_("%u files were fetched back and are the same."), same));
}

static gboolean
see_cve(const Facts *facts, PsReleaseStep *step, GError **error)
{
	(void)error;
	for (guint i = 0; i < facts->vulnerabilities->len; i++)
		if (ps_record_text(facts->vulnerabilities->pdata[i], "cve"))
			return open_step(step, _("Publish the CVE record with your CNA, and note "
						 "where it is seen."));
	return skipped(step, _("No vulnerability of the case has a CVE id."));
}

static gboolean
see_users(const Facts *facts, PsReleaseStep *step, GError **error)
{
	(void)facts, (void)error;
	return open_step(step, _("Tell the users, and note how it can be shown."));
}

/* ---- whom we told ---- */

static gboolean
was_told(const Facts *facts, const PsRecord *participant, gint64 since, gint64 *at)
{
	const char *address = ps_record_text(participant, "address");

	for (guint i = 0; address && i < facts->messages->len; i++) {
		const PsRecord *message = facts->messages->pdata[i];
		const char *to = ps_record_text(message, "to"), *cc = ps_record_text(message, "cc");
		gint64 sent = ps_record_time(message, "at");
		if (g_strcmp0(ps_record_text(message, "direction"), "out") != 0 ||
		    g_strcmp0(ps_record_text(message, "state"), "sent") != 0 || sent < since)
			continue;
		if ((to && strstr(to, address)) || (cc && strstr(cc, address))) {
			*at = MAX(*at, sent);
			return TRUE;
		}
	}
	return FALSE;
}

static gboolean
see_told(const Facts *facts, PsReleaseStep *step, const char *const *roles, const char *nobody,
	 const char *advice)
{
	gint64 since = facts->published ? ps_record_time(facts->published, "published_at")
					: G_MAXINT64,
	       at = PS_NO_TIME;
	g_autoptr(GString) missing = g_string_new(NULL);
	guint told = 0;

	for (guint i = 0; i < facts->participants->len; i++) {
		const PsRecord *participant = facts->participants->pdata[i];
		const char *role = ps_record_text(participant, "role"),
			   *name = ps_record_text(participant, "name");
		if (!role || !g_strv_contains(roles, role))
			continue;
		if (was_told(facts, participant, since, &at))
			told++;
		else
			g_string_append_printf(missing, "%s%s", missing->len ? ", " : "",
					       name ? name : role);
	}
	if (missing->len == 0 && told == 0)
		return skipped(step, nobody);
	if (missing->len == 0)
		return done(step, at,
			    g_strdup_printf(_("A message was sent to each of %u."), told));
	step->advice = g_strdup_printf("%s: %s.", advice, missing->str);
	return TRUE;
}

static gboolean
see_vendors(const Facts *facts, PsReleaseStep *step, GError **error)
{
	static const char *const roles[] = {"vendor", "supplier", "coordinator", "deployer", NULL};

	(void)error;
	return see_told(facts, step, roles, _("No other vendor or coordinator takes part."),
			_("Write to those who take part"));
}

static gboolean
see_reporter(const Facts *facts, PsReleaseStep *step, GError **error)
{
	static const char *const roles[] = {"finder", "reporter", NULL};

	(void)error;
	return see_told(facts, step, roles, _("There is no reporter to tell."),
			_("Write to the reporter (template publication)"));
}

static const struct {
	const char *id, *title;
	StepFunc see;
	gboolean computed; /* a person can't note it as done */
} steps[] = {
	{"update", N_("Update available"), see_update, FALSE},
	{"csaf", N_("Advisory published"), see_csaf, TRUE},
	{"push", N_("Uploaded"), see_push, TRUE},
	{"receipt", N_("Fetched back"), see_receipt, TRUE},
	{"cve", N_("CVE record public"), see_cve, FALSE},
	{"users", N_("Users told"), see_users, FALSE},
	{"vendors", N_("Vendors told"), see_vendors, FALSE},
	{"reporter", N_("Reporter told"), see_reporter, FALSE},
};

/* ---- notes ---- */

static const PsRecord *
find_note(const GPtrArray *notes, const char *step)
{
	for (guint i = 0; i < notes->len; i++)
		if (g_strcmp0(ps_record_text(notes->pdata[i], "step"), step) == 0)
			return notes->pdata[i];
	return NULL;
}

static void
apply_note(PsReleaseStep *step, const PsRecord *note)
{
	const char *proof = ps_record_text(note, "proof");

	g_clear_pointer(&step->proof, g_free);
	g_clear_pointer(&step->advice, g_free);
	step->state = ps_record_flag(note, "skipped") ? PS_RELEASE_SKIPPED : PS_RELEASE_DONE;
	step->at = ps_record_time(note, "done_at");
	step->proof = g_strdup(proof);
	step->record = g_strdup(ps_record_id(note));
}

static gboolean
see_step(const Facts *facts, gsize index, PsRelease *release, GError **error)
{
	const PsRecord *note = find_note(facts->notes, steps[index].id);
	PsReleaseStep *step = g_new0(PsReleaseStep, 1);

	step->id = steps[index].id;
	step->title = _(steps[index].title);
	step->at = PS_NO_TIME;
	g_ptr_array_add(release->steps, step);
	if (!steps[index].see(facts, step, error))
		return FALSE;
	/* what is seen counts more than what is said, but for a failure that a person explains */
	if (note && (step->state == PS_RELEASE_OPEN || step->state == PS_RELEASE_FAILED))
		apply_note(step, note);
	if (step->proof) {
		g_autofree char *raw = g_steal_pointer(&step->proof);
		step->proof = ps_safe_text(raw, -1, PS_SAFE_LINE);
	}
	release->open += step->state == PS_RELEASE_OPEN || step->state == PS_RELEASE_FAILED;
	return TRUE;
}

PsRelease *
ps_release_load(PsStore *store, const char *id, GError **error)
{
	Facts facts = {0};
	g_autoptr(PsRelease) release = g_new0(PsRelease, 1);
	gboolean fine = read_facts(store, id, &facts, error);

	release->steps = g_ptr_array_new_with_free_func(step_free);
	release->version = g_strdup(facts.version);
	for (gsize i = 0; fine && i < G_N_ELEMENTS(steps); i++)
		fine = see_step(&facts, i, release, error);
	facts_clear(&facts);
	return fine ? g_steal_pointer(&release) : NULL;
}

static int
find_step(const char *id, GError **error)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
		if (g_strcmp0(steps[i].id, id) == 0)
			return (int)i;
		g_string_append_printf(names, "%s%s", i ? ", " : "", steps[i].id);
	}
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” is no step of the release day. There are: %s."), id ? id : "",
		    names->str);
	return -1;
}

static gboolean
may_note(int index, gboolean skip, const char *proof, GError **error)
{
	if (steps[index].computed && !skip) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("The step “%s” is seen by itself; it can only be noted as not "
			      "needed."),
			    _(steps[index].title));
		return FALSE;
	}
	if (proof && *proof)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
			    _("Say how it can be shown: a link, a Message-ID, a ticket; or why it "
			      "is not needed."));
	return FALSE;
}

static gboolean
replace_note(PsTxn *txn, const Facts *facts, const char *step, gboolean skip, const char *proof,
	     GError **error)
{
	const PsRecord *earlier = find_note(facts->notes, step);
	g_autofree char *now = ps_utc_format(ps_now_ms());

	if (earlier && !ps_txn_delete(txn, "release_step", ps_record_id(earlier), error))
		return FALSE;
	if (!proof)
		return TRUE;
	g_autofree char *id =
		ps_txn_newv(txn, "release_step", error, "advisory", ps_advisory_id(facts->advisory),
			    "version", facts->version, "step", step, "done_at", now, "skipped",
			    skip ? "yes" : "no", "proof", proof, "person",
			    ps_store_person(facts->store), NULL);
	return id != NULL;
}

static gboolean
write_note(PsStore *store, const char *id, const char *step, gboolean skip, const char *proof,
	   GError **error)
{
	Facts facts = {0};
	gboolean fine = read_facts(store, id, &facts, error);

	if (fine && !proof && !find_note(facts.notes, step)) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("Nothing was noted for the step “%s”."), step);
		fine = FALSE;
	}
	if (fine) {
		g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.release", error);
		fine = txn && replace_note(txn, &facts, step, skip, proof, error) &&
		       ps_txn_commit(txn, error);
	}
	facts_clear(&facts);
	return fine;
}

gboolean
ps_release_note(PsStore *store, const char *id, const char *step, gboolean skip, const char *proof,
		GError **error)
{
	int index = find_step(step, error);

	return index >= 0 && may_note(index, skip, proof, error) &&
	       write_note(store, id, step, skip, proof, error);
}

gboolean
ps_release_forget(PsStore *store, const char *id, const char *step, GError **error)
{
	return find_step(step, error) >= 0 && write_note(store, id, step, FALSE, NULL, error);
}
