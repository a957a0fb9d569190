#include "config.h"

#include "advisory/publish.h"

#include <string.h>

#include "advisory/arm.h"
#include "advisory/cve-record.h"
#include "advisory/internal.h"
#include "advisory/provider-internal.h"
#include "advisory/refresh.h"
#include "advisory/review.h"
#include "advisory/stops.h"
#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/cve.h"

/* Somebody's clock may be a little ahead; further ahead is a publication at a later time. */
#define AHEAD_MS (2 * PS_MINUTE_MS)
/* "Now" may be said in words: --at 14:00 typed a moment later. */
#define BACK_MS (10 * PS_MINUTE_MS)

typedef struct {
	PsStore *store;
	PsOpenpgp *openpgp;
	const PsPublishOptions *options;
	PsProgress *progress;
	PsProvider *provider;
	char *id; /* of the advisory */
	gint64 at;
	PsStop lifted; /* stops that the reason lifts */
	char *lifted_what;
	PsAdvisory *advisory; /* as it will be published */
	char *path;           /* "white/2026/x.json" */
	GBytes *bytes, *asc;
	PsPicture *picture;
	gboolean committed;
} Publishing;

static void
end_publishing(Publishing *p)
{
	ps_provider_close(p->provider);
	g_free(p->id);
	g_free(p->lifted_what);
	ps_advisory_free(p->advisory);
	g_free(p->path);
	g_clear_pointer(&p->bytes, g_bytes_unref);
	g_clear_pointer(&p->asc, g_bytes_unref);
	ps_picture_free(p->picture);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Publishing, end_publishing)

void
ps_published_clear(PsPublished *published)
{
	g_clear_pointer(&published->version, g_free);
	g_clear_pointer(&published->path, g_free);
	g_clear_pointer(&published->file, g_free);
	g_clear_pointer(&published->sha256, g_free);
	g_clear_pointer(&published->signer, g_free);
}

static gboolean
begin_step(Publishing *p, const char *step, const char *words, GError **error)
{
	ps_progress_set(p->progress, 0, 0, words);
	return (p->committed || !ps_progress_cancelled(p->progress, error)) &&
	       (!p->options->before_step || p->options->before_step(p->options->user, step, error));
}

/* ---- may it be ---- */

static gboolean
choose_time(Publishing *p, GError **error)
{
	gint64 now = ps_now_ms();
	g_autofree char *text = NULL;

	p->at = p->options->at == PS_NO_TIME ? now : p->options->at;
	/* Whole seconds: they are what every reader of the format compares exactly. */
	p->at -= ((p->at % PS_SECOND_MS) + PS_SECOND_MS) % PS_SECOND_MS;
	text = ps_utc_format(p->at);
	if (p->at > now + AHEAD_MS) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("“%s” lies ahead; a publication at a later time is armed."), text);
		return FALSE;
	}
	if (p->at < now - BACK_MS && !p->options->backdate) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("“%s” lies in the past. An advisory carries the time at which it was "
			      "really published: leave the time out."),
			    text);
		return FALSE;
	}
	return TRUE;
}

/* The revision history is in the order of time, and no two versions share an instant: changes.csv
 * would not tell them apart. */
static gboolean
order_time(Publishing *p, const PsAdvisory *advisory, GError **error)
{
	const PsRecord *published = ps_facts_published(advisory->facts);
	gint64 last = published ? ps_record_time(published, "published_at") : PS_NO_TIME;

	if (last == p->at)
		p->at += PS_SECOND_MS;
	if (last < p->at)
		return TRUE;
	g_autofree char *then = ps_utc_format(last);
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("Version %s was published at %s, which is later than the time that is asked "
		      "for; look at the clock of this machine."),
		    ps_record_text(published, "version"), then);
	return FALSE;
}

static gboolean
check_stops(Publishing *p, const PsAdvisory *advisory, GError **error)
{
	g_auto(GStrv) sentences = NULL;
	PsStop stops = ps_advisory_stops(p->store, advisory, p->at, &sentences);
	const char *reason = p->options->lift_reason;

	if (reason && *reason) {
		p->lifted = stops & PS_STOPS_LIFTABLE;
		stops &= ~PS_STOPS_LIFTABLE;
	}
	g_autofree char *all = g_strjoinv(" ", sentences);
	if (!stops) {
		p->lifted_what = g_steal_pointer(&all);
		return TRUE;
	}
	gboolean falls_short = (stops & (PS_STOP_INVALID | PS_STOP_MISSING)) != 0;
	g_set_error(error, PS_ERROR, falls_short ? PS_ERROR_INVALID : PS_ERROR_REFUSED, "%s%s", all,
		    (stops & PS_STOPS_LIFTABLE) ? _(" A reason lifts the embargo and the TLP "
						    "limit, and is kept (--lift REASON).")
						: "");
	return FALSE;
}

/* ---- the document as it is published ---- */

static PsAdvisory *
compose_final(const Publishing *p, GError **error)
{
	PsFacts *facts = ps_facts_load(p->store, p->id, error);
	cJSON *published = NULL;

	if (!facts)
		return NULL;
	if (!ps_advisory_read_published(p->store, facts, &published, error)) {
		ps_facts_free(facts);
		return NULL;
	}
	const char *summary = p->options->summary;
	const PsEdition edition = {.status = p->options->interim ? "interim" : "final",
				   .at = p->at,
				   .summary = summary && *summary ? summary : NULL};
	return ps_advisory_compose_next(facts, &edition, published);
}

static gboolean
make_document(Publishing *p, GError **error)
{
	p->advisory = compose_final(p, error);
	if (!p->advisory)
		return FALSE;
	g_autofree char *invalid = ps_invalid_sentence(p->advisory->document);
	if (invalid) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INVALID, invalid);
		return FALSE;
	}
	char *text = ps_advisory_print(p->advisory->document);
	p->bytes = g_bytes_new_take(text, strlen(text));
	const PsEdition edition = {.at = p->at};
	p->path = ps_build_path(p->advisory->facts, &edition);
	return TRUE;
}

/* Two tracking ids may give one file name; and what lies there may be somebody else's. */
static gboolean
check_path(const Publishing *p, GError **error)
{
	const char *below = strchr(p->path, '/') + 1;

	for (int i = 0; i < PS_SHELVES; i++) {
		GPtrArray *entries = p->picture->shelf[i].entries;
		for (guint j = 0; j < entries->len; j++) {
			const PsEntry *entry = entries->pdata[j];
			if (!g_str_equal(entry->path, below) || g_str_equal(entry->advisory, p->id))
				continue;
			g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
				    _("Another advisory is published as “%s” already; two tracking "
				      "ids that differ in signs only share a file name."),
				    p->path);
			return FALSE;
		}
	}
	g_autofree char *file = g_build_filename(p->provider->dir, p->path, NULL);
	if (ps_facts_published(p->advisory->facts) || !g_file_test(file, G_FILE_TEST_EXISTS))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
		    _("“%s” is there already, and was not published by this workspace. Look at it, "
		      "and move it away."),
		    file);
	return FALSE;
}

static gboolean
sign(Publishing *p, GError **error)
{
	if (!begin_step(p, "sign", _("Signing"), error))
		return FALSE;
	p->asc = ps_openpgp_sign(p->openpgp, p->bytes, p->provider->signing_key, PS_SIGN_DETACHED,
				 error);
	return p->asc != NULL;
}

/* ---- step 1: make it ready aside ---- */

static PsEntry *
entry_of(const Publishing *p)
{
	PsEntry *entry = g_new0(PsEntry, 1);
	const PsEdition edition = {.at = p->at};

	entry->advisory = g_strdup(p->id);
	entry->path = g_strdup(strchr(p->path, '/') + 1);
	entry->first = ps_build_initial_date(p->advisory->facts, &edition);
	entry->current = p->at;
	entry->bytes = g_bytes_ref(p->bytes);
	entry->asc = g_bytes_ref(p->asc);
	entry->signer = g_strdup(p->provider->signing_key);
	return entry;
}

static PsShelf *
shelf_of(const Publishing *p)
{
	g_autofree char *folder = g_strndup(p->path, strcspn(p->path, "/"));

	return ps_picture_shelf(p->picture, folder);
}

static gboolean
stage(Publishing *p, GError **error)
{
	g_autofree char *folder = g_strndup(p->path, strcspn(p->path, "/"));

	if (!begin_step(p, "stage", _("Making the files ready"), error))
		return FALSE;
	ps_picture_add(p->picture, folder, entry_of(p));
	return ps_folder_stage(p->store, &p->provider->place, shelf_of(p), FALSE, p->progress,
			       error);
}

/* ---- step 2: the database ---- */

/* Signing may have taken long: what is stored must be what was signed, and nothing may have come up
 * that stands in its way. */
static gboolean
check_same(const Publishing *p, GError **error)
{
	g_autoptr(PsAdvisory) again = compose_final(p, error);

	if (!again)
		return FALSE;
	g_autofree char *text = ps_advisory_print(again->document);
	PsStop stops = ps_advisory_stops(p->store, again, p->at, NULL) & ~p->lifted;
	if (strlen(text) == g_bytes_get_size(p->bytes) &&
	    memcmp(text, g_bytes_get_data(p->bytes, NULL), strlen(text)) == 0 && !stops)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("Somebody changed the case or the advisory while it was being "
			      "published. Nothing was published; look at it and publish again."));
	return FALSE;
}

static gboolean
note_lifted(const Publishing *p, PsTxn *txn, GError **error)
{
	if (!p->lifted)
		return TRUE;
	g_autofree char *text = g_strdup_printf(_("Lifted for publishing: %s Reason: %s"),
						p->lifted_what, p->options->lift_reason);
	return ps_case_event(txn, ps_record_id(p->advisory->facts->case_record), "lifted", text,
			     error);
}

/* What was said about this version alone. */
static gboolean
forget_plans(const Publishing *p, PsTxn *txn, GError **error)
{
	return ps_disarm_in(txn, p->id, error) &&
	       ps_txn_set(txn, "advisory", p->id, "summary", NULL, PS_ANY, error) &&
	       ps_txn_set(txn, "advisory", p->id, "step", NULL, PS_ANY, error);
}

static gboolean
note_version(const Publishing *p, PsTxn *txn, GError **error)
{
	gboolean sealed = !shelf_of(p)->open;
	g_autofree char *document =
		ps_txn_add_document(txn, p->bytes, "application/json", sealed, error);
	g_autofree char *signature =
		document ? ps_txn_add_document(txn, p->asc, "application/pgp-signature", sealed,
					       error)
			 : NULL;
	g_autofree char *at = ps_utc_format(p->at);
	g_autofree char *approval = signature ? ps_review_settle(txn, p->advisory, error) : NULL;
	const char *ending = ps_record_text(p->advisory->facts->advisory, "ending");
	g_autofree const char **cves = ps_cve_ids_of(p->advisory);
	if (!approval)
		return FALSE;
	g_autofree char *version =
		ps_txn_newv(txn, "advisory_version", error, "advisory", p->id, "version",
			    p->advisory->version, "published_at", at, "summary",
			    p->advisory->summary, "document", document, "path", p->path, "signer",
			    p->provider->signing_key, "signature", signature, "lifted",
			    p->lifted ? p->options->lift_reason : NULL, "approval", approval, NULL);
	return version &&
	       ps_txn_set(txn, "advisory", p->id, "version", p->advisory->version, PS_ANY, error) &&
	       ps_txn_set(txn, "advisory", p->id, "state", ending ? ending : "published", PS_ANY,
			  error) &&
	       ps_txn_set(txn, "advisory", p->id, "published_at", at, PS_ANY, error) &&
	       ps_cve_published(txn, cves, p->at, error) && forget_plans(p, txn, error);
}

static gboolean
commit(Publishing *p, GError **error)
{
	const PsFacts *facts = p->advisory->facts;

	if (!begin_step(p, "commit", _("Recording the publication"), error))
		return FALSE;
	g_autoptr(PsTxn) txn = ps_txn_begin(p->store, "advisory.publish", error);
	if (!txn || !check_same(p, error))
		return FALSE;
	g_autofree char *text = g_strdup_printf(_("Version %s of advisory “%s” was published."),
						p->advisory->version,
						ps_record_text(facts->advisory, "tracking_id"));
	ps_txn_irreversible(txn);
	if (!note_lifted(p, txn, error) || !note_version(p, txn, error) ||
	    !ps_advisory_remember(txn, p->advisory, error) ||
	    !ps_case_published(txn, ps_record_id(facts->case_record), p->at, text, error) ||
	    !begin_step(p, "committing", NULL, error) || !ps_txn_commit(txn, error))
		return FALSE;
	p->committed = TRUE;
	return TRUE;
}

/* ---- step 3: the directory ---- */

static gboolean
show(Publishing *p, GError **error)
{
	const PsShelf *shelf = shelf_of(p);

	if (!begin_step(p, "swap", _("Putting the files in place"), error) ||
	    !ps_folder_swap(&p->provider->place, shelf, error) ||
	    !begin_step(p, "clean", NULL, error) ||
	    !ps_folder_recover(&p->provider->place, shelf, error) ||
	    !begin_step(p, "head", NULL, error))
		return FALSE;
	/* Another TLP than before: the folder that it left follows. */
	return ps_provider_bring(p->provider, p->picture, FALSE, NULL, error) &&
	       ps_provider_head(p->provider, p->picture, NULL, error);
}

/* It is published all the same: the workspace knows it, and the directory follows from that. */
static gboolean
explain_unfinished(const Publishing *p, GError *problem, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("Version %s is recorded as published, but the directory “%s” does not show "
		      "it completely yet: %s Put that right, then run “psirtdesk provider init”: "
		      "it brings the directory up to date."),
		    p->advisory->version, p->provider->dir, problem->message);
	g_error_free(problem);
	return FALSE;
}

/* ---- all together ---- */

/* An interrupted publication may have left the directory behind: that is made good. */
static gboolean
bring_and_answer(Publishing *p, PsPublished *published, GError **error)
{
	const PsRecord *version = ps_facts_published(p->advisory->facts);
	const char *path = ps_record_text(version, "path");

	p->picture = ps_picture_load(p->store, error);
	if (!p->picture || !ps_provider_bring(p->provider, p->picture, FALSE, NULL, error) ||
	    !ps_provider_head(p->provider, p->picture, NULL, error))
		return FALSE;
	if (!published)
		return TRUE;
	*published = (PsPublished){.version = g_strdup(p->advisory->version),
				   .path = g_strdup(path),
				   .sha256 = g_strdup(ps_record_text(version, "document")),
				   .signer = g_strdup(ps_record_text(version, "signer")),
				   .unchanged = TRUE};
	published->file = path ? g_build_filename(p->provider->dir, path, NULL) : NULL;
	return TRUE;
}

static void
answer(const Publishing *p, PsPublished *published)
{
	if (!published)
		return;
	*published = (PsPublished){.version = g_strdup(p->advisory->version),
				   .path = g_strdup(p->path),
				   .file = g_build_filename(p->provider->dir, p->path, NULL),
				   .signer = g_strdup(p->provider->signing_key)};
	published->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, p->bytes);
}

/* The status may be given up or taken on without any other change. */
static gboolean
is_same_status(const Publishing *p, const PsAdvisory *advisory)
{
	const char *status =
		ps_json_text(ps_json_at(advisory->document, "/document/tracking"), "status");

	return g_strcmp0(status, p->options->interim ? "interim" : "final") == 0;
}

/* Everything that forbids it, before a key is asked for or a file is touched. `p->advisory` is kept
 * where there is nothing to publish. */
static gboolean
look(Publishing *p, const char *id, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(p->store, id, error);

	if (!advisory || !choose_time(p, error))
		return FALSE;
	p->id = g_strdup(ps_advisory_id(advisory));
	if (advisory->unchanged && is_same_status(p, advisory)) {
		p->advisory = g_steal_pointer(&advisory);
		return TRUE;
	}
	if (!ps_refuse_ended(advisory, error))
		return FALSE;
	advisory->unchanged = FALSE;
	return check_stops(p, advisory, error) && order_time(p, advisory, error) &&
	       ps_review_verify(p->store, p->openpgp, advisory, error);
}

static gboolean
prepare(Publishing *p, GError **error)
{
	p->picture = ps_picture_load(p->store, error);
	return p->picture && begin_step(p, "recover", _("Looking at the directory"), error) &&
	       ps_provider_bring(p->provider, p->picture, FALSE, NULL, error) &&
	       make_document(p, error) && check_path(p, error) && sign(p, error) && stage(p, error);
}

gboolean
ps_advisory_publish(PsStore *store, PsOpenpgp *openpgp, const char *id,
		    const PsPublishOptions *options, PsProgress *progress, PsPublished *published,
		    GError **error)
{
	static const PsPublishOptions defaults = {.at = PS_NO_TIME};
	g_auto(Publishing) p = {.store = store,
				.openpgp = openpgp,
				.options = options ? options : &defaults,
				.progress = progress};
	GError *problem = NULL;

	if (published)
		*published = (PsPublished){0};
	if (!look(&p, id, error))
		return FALSE;
	p.provider = ps_provider_open(store, openpgp, progress, error);
	if (!p.provider)
		return FALSE;
	if (p.advisory)
		return bring_and_answer(&p, published, error);
	if (!prepare(&p, error) || !commit(&p, error)) {
		/* What lies aside holds a text that may not be known yet. */
		if (p.picture && p.path)
			ps_folder_recover(&p.provider->place, shelf_of(&p), NULL);
		return FALSE;
	}
	if (!show(&p, &problem) && !explain_unfinished(&p, problem, error))
		return FALSE;
	answer(&p, published);
	return TRUE;
}
