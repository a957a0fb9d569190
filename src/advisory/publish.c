#include "config.h"

#include "advisory/publish.h"

#include <string.h>

#include "advisory/arm.h"
#include "advisory/cve-record.h"
#include "advisory/document-2-1.h"
#include "advisory/internal.h"
#include "advisory/publish-copy.h"
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
	PsAdvisory *advisory;          /* as it will be published */
	PsCopy copy[PS_DISTRIBUTIONS]; /* the first is the leading one */
	int n_copies;
	gboolean committed;
} Publishing;

static void
end_publishing(Publishing *p)
{
	ps_provider_close(p->provider);
	g_free(p->id);
	g_free(p->lifted_what);
	ps_advisory_free(p->advisory);
	for (int i = 0; i < p->n_copies; i++)
		ps_copy_clear(&p->copy[i]);
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
 * would not tell them apart. So versions that follow each other at once have a second each, and run
 * a little ahead of the clock. */
static gboolean
order_time(Publishing *p, const PsAdvisory *advisory, GError **error)
{
	const PsRecord *published = ps_facts_published(advisory->facts);
	gint64 last = published ? ps_record_time(published, "published_at") : PS_NO_TIME;

	gint64 leeway = p->options->at == PS_NO_TIME ? AHEAD_MS : 0;
	if (last >= p->at && last - p->at <= leeway)
		p->at = last + PS_SECOND_MS;
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

/* Its own address is that of its copy. */
static void
point_to_itself(const Publishing *p, cJSON *document, const char *folder, const char *name)
{
	g_autofree char *end = g_strconcat("/", name, NULL);
	cJSON *reference;

	cJSON_ArrayForEach (reference, ps_json_at(document, "/document/references")) {
		const char *url = ps_json_text(reference, "url");
		if (g_strcmp0(ps_json_text(reference, "category"), "self") != 0 || !url ||
		    !g_str_has_suffix(url, end))
			continue;
		g_autofree char *own =
			g_strdup_printf("%s%s/%s", p->copy[1].place->url, folder, name);
		cJSON_SetValuestring(cJSON_GetObjectItemCaseSensitive(reference, "url"), own);
	}
}

static gboolean
make_document_2_1(Publishing *p, const char *name, GError **error)
{
	g_autoptr(cJSON) document = ps_advisory_document_2_1(p->store, p->advisory, NULL, error);

	if (!document)
		return FALSE;
	const char *label =
		ps_json_text(ps_json_at(document, "/document/distribution/tlp"), "label");
	g_autofree char *folder = g_ascii_strdown(label ? label : "red", -1);
	point_to_itself(p, document, folder, name);
	g_autofree char *invalid = ps_invalid_sentence(document);
	if (invalid) {
		g_set_error(error, PS_ERROR, PS_ERROR_INVALID, _("As CSAF 2.1: %s"), invalid);
		return FALSE;
	}
	ps_copy_fill(&p->copy[1], folder, name, ps_advisory_print(document));
	return TRUE;
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
	const PsEdition edition = {.at = p->at};
	g_autofree char *path = ps_build_path(p->advisory->facts, &edition);
	g_autofree char *folder = g_strndup(path, strcspn(path, "/"));
	ps_copy_fill(&p->copy[0], folder, strchr(path, '/') + 1,
		     ps_advisory_print(p->advisory->document));
	return p->n_copies == 1 || make_document_2_1(p, strchr(path, '/') + 1, error);
}

static gboolean
check_paths(const Publishing *p, GError **error)
{
	for (int i = 0; i < p->n_copies; i++)
		if (!ps_copy_check_path(&p->copy[i], p->id,
					ps_facts_published(p->advisory->facts) != NULL, error))
			return FALSE;
	return TRUE;
}

static gboolean
sign(Publishing *p, GError **error)
{
	if (!begin_step(p, "sign", _("Signing"), error))
		return FALSE;
	for (int i = 0; i < p->n_copies; i++)
		if (!ps_copy_sign(&p->copy[i], p->provider, error))
			return FALSE;
	return TRUE;
}

/* ---- step 1: make it ready aside ---- */

static gboolean
stage(Publishing *p, GError **error)
{
	const PsEdition edition = {.at = p->at};
	gint64 first = ps_build_initial_date(p->advisory->facts, &edition);

	if (!begin_step(p, "stage", _("Making the files ready"), error))
		return FALSE;
	for (int i = 0; i < p->n_copies; i++)
		if (!ps_copy_stage(&p->copy[i], p->provider, p->id, first, p->at, error))
			return FALSE;
	return TRUE;
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
	GBytes *bytes = p->copy[0].bytes;
	if (strlen(text) == g_bytes_get_size(bytes) &&
	    memcmp(text, g_bytes_get_data(bytes, NULL), strlen(text)) == 0 && !stops)
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

static char *
new_version(const Publishing *p, PsTxn *txn, const char *approval, const char *at, GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);
	const char *const told[][2] = {
		{"advisory", p->id},
		{"version", p->advisory->version},
		{"published_at", at},
		{"summary", p->advisory->summary},
		{"signer", p->provider->signing_key},
		{"lifted", p->lifted ? p->options->lift_reason : NULL},
		{"approval", approval},
	};

	for (int i = 0; i < p->n_copies; i++)
		if (!ps_copy_note(&p->copy[i], txn, pairs, error))
			return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(told); i++) {
		if (!told[i][1])
			continue;
		g_ptr_array_add(pairs, g_strdup(told[i][0]));
		g_ptr_array_add(pairs, g_strdup(told[i][1]));
	}
	g_ptr_array_add(pairs, NULL);
	return ps_txn_new(txn, "advisory_version", (const char *const *)pairs->pdata, error);
}

static gboolean
note_version(const Publishing *p, PsTxn *txn, GError **error)
{
	g_autofree char *at = ps_utc_format(p->at);
	g_autofree char *approval = ps_review_settle(txn, p->advisory, error);
	const char *ending = ps_record_text(p->advisory->facts->advisory, "ending");
	g_autofree const char **cves = ps_cve_ids_of(p->advisory);
	if (!approval)
		return FALSE;
	g_autofree char *version = new_version(p, txn, approval, at, error);
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
	if (!begin_step(p, "swap", _("Putting the files in place"), error))
		return FALSE;
	for (int i = 0; i < p->n_copies; i++)
		if (!ps_copy_swap(&p->copy[i], error))
			return FALSE;
	if (!begin_step(p, "clean", NULL, error))
		return FALSE;
	for (int i = 0; i < p->n_copies; i++)
		if (!ps_copy_recover(&p->copy[i], error))
			return FALSE;
	/* Another TLP than before: the folder that it left follows. */
	return begin_step(p, "head", NULL, error) &&
	       ps_provider_bring_all(p->provider, FALSE, NULL, error);
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

	if (!ps_provider_bring_all(p->provider, FALSE, NULL, error))
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
	*published =
		(PsPublished){.version = g_strdup(p->advisory->version),
			      .path = g_strdup(p->copy[0].path),
			      .file = g_build_filename(p->provider->dir, p->copy[0].path, NULL),
			      .signer = g_strdup(p->provider->signing_key)};
	published->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, p->copy[0].bytes);
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
open_copies(Publishing *p, GError **error)
{
	const PsDistribution *distributions[PS_DISTRIBUTIONS];
	int count = ps_distribution_2_1_is_used(p->store)
			    ? ps_provider_distributions(p->provider, distributions)
			    : 1;

	distributions[0] = &ps_distribution_2_0;
	for (int i = 0; i < count; i++) {
		p->n_copies = i + 1;
		if (!ps_copy_open(&p->copy[i], p->provider, distributions[i], error) ||
		    !ps_provider_bring(p->provider, p->copy[i].picture, FALSE, NULL, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
prepare(Publishing *p, GError **error)
{
	return begin_step(p, "recover", _("Looking at the directory"), error) &&
	       open_copies(p, error) && make_document(p, error) && check_paths(p, error) &&
	       sign(p, error) && stage(p, error);
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
		for (int i = 0; i < p.n_copies; i++)
			if (p.copy[i].path)
				ps_copy_recover(&p.copy[i], NULL);
		return FALSE;
	}
	if (!show(&p, &problem) && !explain_unfinished(&p, problem, error))
		return FALSE;
	answer(&p, published);
	return TRUE;
}
