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

/* ---- whom we told ---- */

/* Whether a list of recipients has the address: "Ann <ann@example.com>, bob@example.com". */
static gboolean
names_address(const char *recipients, const char *address)
{
	g_autofree char *all = g_ascii_strdown(recipients ? recipients : "", -1),
			*one = g_ascii_strdown(address, -1);
	gsize length = strlen(one);

	for (const char *at = all; length > 0 && (at = strstr(at, one)) != NULL; at++) {
		char before = at == all ? ' ' : at[-1], after = at[length];
		if (strchr(" \t\n<,;:", before) && (after == '\0' || strchr(" \t\n>,;", after)))
			return TRUE;
	}
	return FALSE;
}

/* The message that told them, sent since then; NULL: none. */
static const PsRecord *
message_to(const Facts *facts, const PsRecord *participant, gint64 since)
{
	const char *address = ps_record_text(participant, "address");

	for (guint i = 0; address && i < facts->messages->len; i++) {
		const PsRecord *message = facts->messages->pdata[i];
		if (g_strcmp0(ps_record_text(message, "direction"), "out") == 0 &&
		    g_strcmp0(ps_record_text(message, "state"), "sent") == 0 &&
		    ps_record_time(message, "at") >= since &&
		    (names_address(ps_record_text(message, "to"), address) ||
		     names_address(ps_record_text(message, "cc"), address)))
			return message;
	}
	return NULL;
}

static void
add_text(GString *list, const char *separator, const char *text)
{
	g_string_append_printf(list, "%s%s", list->len ? separator : "", text);
}

/* Who of these roles was told, by which message. */
typedef struct {
	GString *missing, *proofs;
	gint64 at; /* of the last message */
} Told;

static void
look_at(const Facts *facts, const PsRecord *participant, gint64 since, Told *told)
{
	const char *role = ps_record_text(participant, "role"),
		   *name = ps_record_text(participant, "name");
	const PsRecord *message = message_to(facts, participant, since);

	if (!message) {
		add_text(told->missing, ", ", name ? name : role);
		return;
	}
	const char *message_id = ps_record_text(message, "message_id");
	g_autofree char *proof = g_strdup_printf("%s: %s", name ? name : role,
						 message_id ? message_id : ps_record_id(message));
	add_text(told->proofs, "; ", proof);
	told->at = MAX(told->at, ps_record_time(message, "at"));
}

/* Named by a document that came in: whoever published that tells them, unless we know where. */
static gboolean
is_others(const PsRecord *participant)
{
	return ps_record_text(participant, "upstream") && !ps_record_text(participant, "address");
}

/* TRUE: somebody of these roles takes part, and the step is answered. */
static gboolean
see_told(const Facts *facts, PsReleaseStep *step, const char *const *roles, const char *advice)
{
	gint64 since =
		facts->published ? ps_record_time(facts->published, "published_at") : G_MAXINT64;
	g_autoptr(GString) missing = g_string_new(NULL), proofs = g_string_new(NULL);
	Told told = {missing, proofs, PS_NO_TIME};

	for (guint i = 0; i < facts->participants->len; i++) {
		const char *role = ps_record_text(facts->participants->pdata[i], "role");
		if (role && g_strv_contains(roles, role) &&
		    !is_others(facts->participants->pdata[i]))
			look_at(facts, facts->participants->pdata[i], since, &told);
	}
	if (missing->len > 0) {
		step->advice = g_strdup_printf("%s: %s.", advice, missing->str);
		return TRUE;
	}
	return proofs->len > 0 &&
	       done(step, told.at, g_strdup_printf(_("Messages were sent. %s"), proofs->str));
}

/* Who they are is known of single customers only; most are told by other ways. */
static gboolean
see_users(const Facts *facts, PsReleaseStep *step, GError **error)
{
	static const char *const roles[] = {"user", NULL};

	(void)error;
	return see_told(facts, step, roles, _("Write to the users who take part")) ||
	       open_step(step, _("Tell the users, and note how it can be shown: the message that "
				 "went out, a link."));
}

static gboolean
see_vendors(const Facts *facts, PsReleaseStep *step, GError **error)
{
	static const char *const roles[] = {"vendor", "supplier", "coordinator", "deployer", NULL};

	(void)error;
	return see_told(facts, step, roles, _("Write to those who take part")) ||
	       skipped(step, _("No other vendor or coordinator takes part."));
}

static gboolean
see_reporter(const Facts *facts, PsReleaseStep *step, GError **error)
{
	static const char *const roles[] = {"finder", "reporter", NULL};

	(void)error;
	return see_told(facts, step, roles, _("Write to the reporter (template publication)")) ||
	       skipped(step, _("There is no reporter to tell."));
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

/* A further proof of what is seen already. */
static void
add_note(PsReleaseStep *step, const PsRecord *note)
{
	char *both = g_strdup_printf("%s %s", step->proof, ps_record_text(note, "proof"));

	g_free(step->proof);
	step->proof = both;
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
	else if (note && step->state == PS_RELEASE_DONE && !ps_record_flag(note, "skipped"))
		add_note(step, note);
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

typedef struct {
	const char *step, *proof; /* proof NULL: the note is taken back */
	gboolean skip;
	const char *message; /* id of the message that proves it, or NULL */
	gint64 at;
} Note;

static gboolean
replace_note(PsTxn *txn, const Facts *facts, const Note *note, GError **error)
{
	const PsRecord *earlier = find_note(facts->notes, note->step);
	g_autofree char *at = ps_utc_format(note->at);

	if (earlier && !ps_txn_delete(txn, "release_step", ps_record_id(earlier), error))
		return FALSE;
	if (!note->proof)
		return TRUE;
	g_autofree char *id =
		ps_txn_newv(txn, "release_step", error, "advisory", ps_advisory_id(facts->advisory),
			    "version", facts->version, "step", note->step, "done_at", at, "skipped",
			    note->skip ? "yes" : "no", "proof", note->proof, "person",
			    ps_store_person(facts->store), NULL);
	return id && (!note->message ||
		      ps_txn_set(txn, "release_step", id, "message", note->message, NULL, error));
}

static gboolean
write_with(PsStore *store, const Facts *facts, const Note *note, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.release", error);

	return txn && replace_note(txn, facts, note, error) && ps_txn_commit(txn, error);
}

static gboolean
write_note(PsStore *store, const char *id, const Note *note, GError **error)
{
	Facts facts = {0};
	gboolean fine = read_facts(store, id, &facts, error);

	if (fine && !note->proof && !find_note(facts.notes, note->step)) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("Nothing was noted for the step “%s”."), note->step);
		fine = FALSE;
	}
	fine = fine && write_with(store, &facts, note, error);
	facts_clear(&facts);
	return fine;
}

gboolean
ps_release_note(PsStore *store, const char *id, const char *step, gboolean skip, const char *proof,
		GError **error)
{
	int index = find_step(step, error);
	const Note note = {step, proof, skip, NULL, ps_now_ms()};

	return index >= 0 && may_note(index, skip, proof, error) &&
	       write_note(store, id, &note, error);
}

gboolean
ps_release_forget(PsStore *store, const char *id, const char *step, GError **error)
{
	const Note note = {step, NULL, FALSE, NULL, ps_now_ms()};

	return find_step(step, error) >= 0 && write_note(store, id, &note, error);
}

/* ---- a message as the proof ---- */

static const PsRecord *
find_message(const Facts *facts, const char *wanted, GError **error)
{
	const PsRecord *found = NULL;
	g_autofree char *id = ps_store_resolve(facts->store, "message", wanted, NULL);

	for (guint i = 0; !found && i < facts->messages->len; i++) {
		const PsRecord *message = facts->messages->pdata[i];
		if (g_strcmp0(ps_record_text(message, "message_id"), wanted) == 0 ||
		    g_strcmp0(ps_record_id(message), id) == 0)
			found = message;
	}
	if (!found)
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("The case has no message “%s”."),
			    wanted);
	else if (g_strcmp0(ps_record_text(found, "state"), "sent") != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("The message “%s” has not left; it proves nothing yet."), wanted);
		found = NULL;
	}
	return found;
}

static char *
proof_of(const PsRecord *message)
{
	const char *message_id = ps_record_text(message, "message_id"),
		   *to = ps_record_text(message, "to"),
		   *subject = ps_record_text(message, "subject");

	return g_strdup_printf("%s → %s: %s", message_id ? message_id : ps_record_id(message),
			       to ? to : "?", subject ? subject : "");
}

gboolean
ps_release_note_message(PsStore *store, const char *id, const char *step, const char *message,
			GError **error)
{
	int index = find_step(step, error);
	Facts facts = {0};
	gboolean fine = index >= 0 && may_note(index, FALSE, message, error) &&
			read_facts(store, id, &facts, error);
	const PsRecord *found = fine ? find_message(&facts, message, error) : NULL;

	if (found) {
		g_autofree char *proof = proof_of(found);
		const Note note = {step, proof, FALSE, ps_record_id(found),
				   ps_record_time(found, "at")};
		fine = write_with(store, &facts, &note, error);
	}
	if (index >= 0)
		facts_clear(&facts);
	return found && fine;
}
