#include "config.h"

/* What only a web server shows: CSAF 2.0 and 2.1 sections 7.1.3 to 7.1.6, 7.1.8 to 7.1.10, 7.1.24
 * and 7.1.25. */

#include "advisory/inspect-server.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

#define REDIRECTS_LIKED 10
#define PLAIN_MOST 5 /* documents that are asked for without TLS */

#define EACH_ANSWER(inspection, answer, i)                                                         \
	for (guint i = 0; i < (inspection)->served->answers->len; i++)                             \
		for (const PsServedAnswer *answer = (inspection)->served->answers->pdata[i];       \
		     answer; answer = NULL)

/* A document or a list that is for everybody to have. */
static gboolean
is_wanted(const PsServedAnswer *answer)
{
	static const gboolean of_tree[PS_SERVED_USES] = {
		[PS_SERVED_FEED] = TRUE,     [PS_SERVED_INDEX] = TRUE, [PS_SERVED_CHANGES] = TRUE,
		[PS_SERVED_DOCUMENT] = TRUE, [PS_SERVED_KEY] = TRUE,
	};

	return of_tree[answer->use] && !ps_inspect_is_guarded(answer->label);
}

/* ---- 3: TLS ---- */

static gboolean
judge_plain(PsInspection *inspection, PsNet *plain, GError **error)
{
	g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func(g_free);

	EACH_ANSWER(inspection, answer, i)
	if ((answer->use == PS_SERVED_DOCUMENT || answer->use == PS_SERVED_METADATA) &&
	    answer->status == 200 && urls->len < PLAIN_MOST)
		g_ptr_array_add(urls, g_strconcat("http", answer->url + strlen("https"), NULL));
	g_ptr_array_add(urls, NULL);
	g_autoptr(GPtrArray) answers =
		ps_net_probe(plain, (const char *const *)urls->pdata, inspection->progress, error);
	for (guint i = 0; answers && i < answers->len; i++) {
		const PsNetAnswer *answer = answers->pdata[i];
		if (!answer->error && answer->status >= 200 && answer->status < 300)
			ps_inspect_fail(inspection, 3, answer->asked,
					_("the file is given out without encryption; let the "
					  "server refuse or redirect to https."));
	}
	return answers != NULL;
}

static gboolean
judge_tls(PsInspection *inspection, PsNet *plain, GError **error)
{
	guint reached = 0;

	EACH_ANSWER(inspection, answer, i)
	{
		reached += answer->status > 0;
		if (answer->error && is_wanted(answer))
			ps_inspect_fail(inspection, 3, answer->url, "%s", answer->error);
	}
	for (guint i = 0; i < inspection->served->odd->len; i++)
		ps_inspect_fail(inspection, 3, NULL, _("“%s” is no https address."),
				(const char *)inspection->served->odd->pdata[i]);
	if (reached == 0)
		ps_inspect_fail(inspection, 3, inspection->served->host,
				_("no address answered over TLS."));
	return judge_plain(inspection, plain, error);
}

/* ---- 4, 5: who may read ---- */

static void
judge_free(PsInspection *inspection)
{
	guint free_ones = 0;

	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		free_ones += ps_inspect_is_free(file->label);
	}
	EACH_ANSWER(inspection, answer, i)
	if (is_wanted(answer) && ps_inspect_is_free(answer->label) && !answer->error &&
	    answer->status != 200) {
		free_ones++;
		ps_inspect_fail(inspection, 4, answer->url,
				_("the server answers with status %d without a login."),
				answer->status);
	}
	EACH_ANSWER(inspection, answer, i)
	if (answer->use == PS_SERVED_INDEX && !*answer->label && ps_served_is_closed(answer))
		ps_inspect_warn(inspection, 4, answer->url,
				_("it asks for a login (status %d), which is right only if "
				  "nothing in that folder is free for all."),
				answer->status);
	if (free_ones == 0 && ps_inspect_requirement(inspection, 4)->state == PS_REQUIREMENT_MET)
		ps_inspect_unused(inspection, 4);
}

static void
judge_guarded(PsInspection *inspection)
{
	guint seen = 0;

	EACH_ANSWER(inspection, answer, i)
	{
		if (!ps_inspect_is_guarded(answer->label))
			continue;
		seen++;
		if (answer->use == PS_SERVED_DOCUMENT && answer->status == 200)
			ps_inspect_fail(inspection, 5, answer->url,
					_("a list for TLP:%s names it, and it is given out without "
					  "a login."),
					answer->label);
	}
	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		if (!ps_inspect_is_guarded(file->label))
			continue;
		seen++;
		ps_inspect_fail(inspection, 5, file->path,
				_("the document says TLP:%s, and it is given out without a login."),
				file->label);
	}
	if (seen == 0)
		ps_inspect_unused(inspection, 5);
}

/* ---- 6 ---- */

static void
judge_redirects(PsInspection *inspection)
{
	EACH_ANSWER(inspection, answer, i)
	{
		if (answer->redirects > REDIRECTS_LIKED)
			ps_inspect_fail(inspection, 6, answer->url, _("it redirects %d times."),
					answer->redirects);
		else if (answer->redirects > 0)
			ps_inspect_warn(inspection, 6, answer->url, _("it redirects to “%s”."),
					answer->last);
	}
}

/* ---- 7 to 10: finding the metadata ---- */

/* Whether the address serves metadata directly; a reason is reported for `number` when it answers
 * something else. */
static gboolean
serves_metadata(PsInspection *inspection, int number, const char *url)
{
	const PsServedAnswer *answer = ps_served_answer(inspection->served, url);

	if (!answer || answer->status != 200 || answer->error)
		return FALSE;
	if (answer->redirects > 0) {
		ps_inspect_fail(inspection, number, url,
				_("it redirects to “%s”; the file must be served directly."),
				answer->last);
		return FALSE;
	}
	for (guint i = 0; i < inspection->metadata->len; i++) {
		const PsJsonFile *file = inspection->metadata->pdata[i];
		if (g_strcmp0(file->path, answer->path) == 0)
			return ps_json_text(file->root, "canonical_url") != NULL;
	}
	return FALSE;
}

static const PsServedAnswer *
security_txt(const PsServed *served)
{
	for (int old = FALSE; old <= TRUE; old++) {
		g_autofree char *url = ps_served_security_txt(served, old);
		const PsServedAnswer *answer = ps_served_answer(served, url);
		if (answer && answer->body)
			return answer;
	}
	return NULL;
}

/* Names what security.txt says; TRUE: it leads to metadata. */
static gboolean
judge_fields(PsInspection *inspection, const PsServedAnswer *file, gboolean well_known)
{
	g_autoptr(GPtrArray) fields = ps_served_csaf_fields(file->body);
	g_autofree char *first = ps_served_well_known(inspection->served);
	gboolean good = FALSE, named = FALSE;

	for (guint i = 0; i < fields->len; i++) {
		const char *url = fields->pdata[i];
		named = named || g_str_equal(url, first);
		if (!g_str_has_prefix(url, "https://"))
			ps_inspect_fail(inspection, 8, file->url,
					_("the field “CSAF: %s” does not begin with https://."),
					url);
		else if (serves_metadata(inspection, 8, url))
			good = TRUE;
		else if (ps_served_answer(inspection->served, url))
			ps_inspect_fail(inspection, 8, file->url,
					_("the field “CSAF: %s” does not lead to a "
					  "provider-metadata.json."),
					url);
	}
	if (well_known && named && !g_str_equal(fields->pdata[0], first))
		ps_inspect_fail(inspection, 8, file->url,
				_("the well-known address must be the first CSAF field."));
	return good;
}

/* "status 404", or why there was no answer. New string. */
static char *
what_came(const PsServed *served, const char *url)
{
	const PsServedAnswer *answer = ps_served_answer(served, url);

	if (!answer)
		return g_strdup(_("it was not asked"));
	return answer->error ? g_strdup(answer->error)
			     : g_strdup_printf(_("status %d"), answer->status);
}

/* One of 8 to 10 is enough; without any, each says what it wants. */
static void
judge_finding(PsInspection *inspection)
{
	const PsServed *served = inspection->served;
	const PsServedAnswer *file = security_txt(served);
	g_autofree char *well_known = ps_served_well_known(served),
			*dns = ps_served_dns_path(served);
	gboolean found[3] = {FALSE, serves_metadata(inspection, 9, well_known),
			     serves_metadata(inspection, 10, dns)};

	found[0] = file && judge_fields(inspection, file, found[1]);
	gboolean any = found[0] || found[1] || found[2];
	const char *const wanted[3] = {
		_("No security.txt names a provider-metadata.json in a field “CSAF: https://…”."),
		_("The well-known address does not serve the file."),
		_("The address of the DNS path does not serve the file."),
	};
	g_autofree char *security = ps_served_security_txt(served, FALSE);
	const char *const addresses[3] = {security, well_known, dns};
	for (int i = 0; i < 3; i++) {
		if (found[i])
			continue;
		if (any) {
			ps_inspect_unused(inspection, 8 + i);
			continue;
		}
		g_autofree char *came = what_came(served, addresses[i]);
		ps_inspect_fail(inspection, 8 + i, addresses[i], "%s (%s)", wanted[i], came);
	}
	if (inspection->metadata->len == 0)
		ps_inspect_fail(inspection, 7, served->host,
				_("no provider-metadata.json was found: not at the well-known "
				  "address, not by security.txt, not by the DNS path."));
}

/* ---- 24, 25: asked in CSAF 2.1 ---- */

static gboolean
judge_agent(PsInspection *inspection, PsNet *net, const PsServedAnswer *first, const char *agent,
	    GError **error)
{
	const PsNetWish wish = {.agent = agent};
	g_autoptr(PsNetAnswer) answer = NULL;
	g_autoptr(GError) problem = NULL;
	g_autoptr(GBytes) body =
		ps_net_fetch_as(net, first->url, &wish, inspection->progress, &answer, &problem);

	if (!body && !g_error_matches(problem, PS_ERROR, PS_ERROR_IO)) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (!body)
		ps_inspect_fail(inspection, 24, first->url,
				_("there is no answer to the User-Agent “%s”: %s"), agent,
				problem->message);
	else if (answer->status != first->status)
		ps_inspect_fail(inspection, 24, first->url,
				_("the server answers the User-Agent “%s” with status %d."), agent,
				answer->status);
	return TRUE;
}

/* A browser, a tool, and one that says nothing: the metadata and a document. */
static gboolean
judge_agents(PsInspection *inspection, PsNet *net, GError **error)
{
	static const char *const agents[] = {"Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/140.0",
					     "curl/8.5.0", "python-requests/2.32", ""};
	static const PsServedUse uses[] = {PS_SERVED_METADATA, PS_SERVED_DOCUMENT};

	for (gsize use = 0; use < G_N_ELEMENTS(uses); use++) {
		const PsServedAnswer *first = NULL;
		EACH_ANSWER(inspection, answer, i)
		if (!first && answer->use == uses[use] && answer->status == 200)
			first = answer;
		for (gsize i = 0; first && i < G_N_ELEMENTS(agents); i++)
			if (!judge_agent(inspection, net, first, agents[i], error))
				return FALSE;
	}
	return TRUE;
}

static void
judge_origin(PsInspection *inspection)
{
	EACH_ANSWER(inspection, answer, i)
	if (answer->status == 200 && !answer->allow_origin &&
	    answer->use != PS_SERVED_SECURITY_TXT && answer->use != PS_SERVED_LISTING)
		ps_inspect_warn(inspection, 25, answer->url,
				_("there is no header “Access-Control-Allow-Origin”."));
}

static void
name_strangers(PsInspection *inspection)
{
	for (guint i = 0; i < inspection->served->strangers->len; i++) {
		g_autofree char *text =
			g_strdup_printf(_("“%s” is of another host and was not asked; --online "
					  "asks it too."),
					(const char *)inspection->served->strangers->pdata[i]);
		ps_inspect_unknown(inspection, 3, text);
	}
}

gboolean
ps_inspect_server(PsInspection *inspection, const PsServedTree *tree, GError **error)
{
	judge_free(inspection);
	judge_guarded(inspection);
	judge_redirects(inspection);
	judge_finding(inspection);
	if (!judge_tls(inspection, tree->plain, error))
		return FALSE;
	name_strangers(inspection);
	if (g_strcmp0(inspection->report->version, "2.1") != 0) {
		ps_inspect_unused(inspection, 24);
		ps_inspect_unused(inspection, 25);
		return TRUE;
	}
	judge_origin(inspection);
	return judge_agents(inspection, tree->net, error);
}
