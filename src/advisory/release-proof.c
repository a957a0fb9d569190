#include "config.h"

/* Steps whose proof stands on the network: whether the links to the update answer, and whether the
 * CVE program shows the records. Asked only when a person wants it. */

#include "advisory/release-internal.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "cases/cve.h"

#define RECORD_LIMIT (8 * 1024 * 1024)

typedef struct {
	PsStore *store;
	PsNet *net;
	PsAdvisory *advisory;
	PsProgress *progress;
	GString *proof;   /* what was seen */
	GString *missing; /* what was not */
} Proving;

static void
add_sentence(GString *text, char *sentence)
{
	g_string_append_printf(text, "%s%s", text->len ? " " : "", sentence);
	g_free(sentence);
}

/* ---- the update ---- */

/* Addresses of the fixes, each once; ends with NULL. */
static GPtrArray *
fix_links(const PsAdvisory *advisory)
{
	GPtrArray *links = g_ptr_array_new();
	const cJSON *flaw, *item;

	cJSON_ArrayForEach (flaw, cJSON_GetObjectItemCaseSensitive(ps_advisory_document(advisory),
								   "vulnerabilities"))
		cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(flaw, "remediations")) {
			const char *url = ps_json_text(item, "url");
			if (url && g_strcmp0(ps_json_text(item, "category"), "vendor_fix") == 0 &&
			    !g_ptr_array_find_with_equal_func(links, url, g_str_equal, NULL))
				g_ptr_array_add(links, (gpointer)url);
		}
	g_ptr_array_add(links, NULL);
	return links;
}

static gboolean
prove_update(Proving *proving, GError **error)
{
	g_autoptr(GPtrArray) links = fix_links(proving->advisory);

	if (links->len == 1) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("No fix of the advisory has a link that could be asked. Give "
				      "the decision one, or note where users get the update."));
		return FALSE;
	}
	g_autoptr(GPtrArray) answers = ps_net_probe(proving->net, (const char *const *)links->pdata,
						    proving->progress, error);
	for (guint i = 0; answers && i < answers->len; i++) {
		const PsNetAnswer *answer = answers->pdata[i];
		if (!answer->error && answer->status >= 200 && answer->status < 400)
			add_sentence(proving->proof,
				     g_strdup_printf(_("%s answers (HTTP %d)."), answer->asked,
						     answer->status));
		else
			add_sentence(proving->missing,
				     answer->error
					     ? g_strdup_printf(_("%s does not answer: %s."),
							       answer->asked, answer->error)
					     : g_strdup_printf(_("%s answers with HTTP %d."),
							       answer->asked, answer->status));
	}
	return answers != NULL;
}

/* ---- the CVE records ---- */

static char *
record_address(PsStore *store, const char *cve)
{
	g_autofree char *pattern = ps_store_config(store, "cve.record_url");
	g_autoptr(GString) url = g_string_new(pattern ? pattern : "");

	if (g_string_replace(url, "{id}", cve, 0) == 0)
		g_string_append(url, cve);
	return g_string_free(g_steal_pointer(&url), FALSE);
}

/* "published", "rejected" or "absent"; `*since` (new string): when it became public, as told. */
static const char *
state_in(GBytes *body, const char *cve, char **since)
{
	gsize length;
	const char *text = g_bytes_get_data(body, &length);
	g_autoptr(cJSON) root = ps_json_parse(text ? text : "", length, NULL, NULL);
	const cJSON *head = ps_json_at(root, "/cveMetadata");
	const char *state = ps_json_text(head, "state"), *at = ps_json_text(head, "datePublished");

	if (g_strcmp0(ps_json_text(head, "cveId"), cve) != 0)
		return "absent";
	if (g_strcmp0(state, "REJECTED") == 0)
		return "rejected";
	if (g_strcmp0(state, "PUBLISHED") != 0)
		return "absent";
	*since = at ? ps_safe_text(at, -1, PS_SAFE_LINE) : NULL;
	return "published";
}

static gboolean
keep_state(PsStore *store, const char *cve, const char *state, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "cve.seen", error);

	return txn && ps_cve_seen(txn, cve, state, ps_now_ms(), error) && ps_txn_commit(txn, error);
}

static gboolean
prove_record(Proving *proving, const char *cve, GError **error)
{
	g_autofree char *url = record_address(proving->store, cve), *since = NULL;
	g_autoptr(PsNetAnswer) answer = NULL;
	g_autoptr(GBytes) body =
		ps_net_fetch(proving->net, url, RECORD_LIMIT, proving->progress, &answer, error);

	if (!body)
		return FALSE;
	if (answer->status != 200 && answer->status != 404) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("%s answered with HTTP status %d; whether %s is public is not known. "
			      "The address is the setting cve.record_url."),
			    url, answer->status, cve);
		return FALSE;
	}
	const char *state = answer->status == 200 ? state_in(body, cve, &since) : "absent";
	if (g_strcmp0(state, "published") == 0)
		add_sentence(proving->proof, g_strdup_printf(_("%s is public since %s (%s)."), cve,
							     since ? since : "?", url));
	else if (g_strcmp0(state, "rejected") == 0)
		add_sentence(proving->missing,
			     g_strdup_printf(_("%s is rejected (%s)."), cve, url));
	else
		add_sentence(proving->missing,
			     g_strdup_printf(_("%s is not public yet (%s)."), cve, url));
	return keep_state(proving->store, cve, state, error);
}

static gboolean
prove_cve(Proving *proving, GError **error)
{
	const cJSON *flaw;
	guint asked = 0;

	cJSON_ArrayForEach (flaw, cJSON_GetObjectItemCaseSensitive(ps_advisory_document(
									   proving->advisory),
								   "vulnerabilities")) {
		const char *cve = ps_json_text(flaw, "cve");
		if (!cve || !ps_cve_is_id(cve))
			continue;
		asked++;
		if (ps_progress_cancelled(proving->progress, error) ||
		    !prove_record(proving, cve, error))
			return FALSE;
	}
	if (asked > 0)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("No vulnerability of the advisory has a CVE id."));
	return FALSE;
}

/* ---- both ---- */

static const struct {
	const char *step;
	gboolean (*prove)(Proving *proving, GError **error);
} provers[] = {{"update", prove_update}, {"cve", prove_cve}};

gboolean
ps_release_can_prove(const char *step)
{
	for (gsize i = 0; i < G_N_ELEMENTS(provers); i++)
		if (g_strcmp0(provers[i].step, step) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
prove(Proving *proving, const char *step, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(provers); i++)
		if (g_strcmp0(provers[i].step, step) == 0)
			return provers[i].prove(proving, error);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("The network cannot prove the step “%s”, only “update” and “cve”."), step);
	return FALSE;
}

gboolean
ps_release_prove(PsStore *store, PsNet *net, const char *id, const char *step, PsProgress *progress,
		 char **said, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, id, error);
	g_autoptr(GString) proof = g_string_new(NULL), missing = g_string_new(NULL);
	Proving proving = {store, net, advisory, progress, proof, missing};

	*said = NULL;
	if (!advisory || !prove(&proving, step, error))
		return FALSE;
	const char *text = missing->len ? missing->str : proof->str;
	*said = ps_safe_text(text, -1, PS_SAFE_LINE);
	if (missing->len > 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_INVALID, "%s", *said);
		g_clear_pointer(said, g_free);
		return FALSE;
	}
	return ps_release_note(store, id, step, FALSE, *said, error);
}
