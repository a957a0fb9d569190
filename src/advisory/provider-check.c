#include "config.h"

/* A provider's tree against CSAF 2.0 and 2.1 sections 7.1 and 7.2, requirement by requirement. */

#include "advisory/inspect.h"

#include <string.h>
#include <sys/stat.h>

#include "advisory/csaf-format.h"
#include "advisory/inspect-server.h"
#include "base/i18n.h"
#include "base/safe-text.h"

static const struct {
	const char *title;
	const char *looked; /* at a directory */
	const char *served; /* at what a web server gives out */
	const char *advice; /* NULL: what a finding says is enough */
} table[PS_REQUIREMENTS] = {
	{N_("Valid CSAF document"), N_("each document against the schema and every mandatory test"),
	 N_("each fetched document against the schema and every mandatory test"),
	 N_("See all findings with “psirtdesk csaf check FILE”.")},
	{N_("File name"), N_("each file name against the tracking id in it"),
	 N_("the name in each address against the tracking id in the document"),
	 N_("Rename the file; then its hash, signature and lists too.")},
	{N_("TLS"), N_("every address in metadata and feeds"),
	 N_("every answer came over TLS with a certificate that verifies; the same documents were "
	    "asked for without TLS"),
	 N_("Show the tree over https only, with a certificate that clients trust.")},
	{N_("TLP:WHITE (CLEAR) is free for all"), N_("the permissions of such documents"),
	 N_("what lists call free for all, without a login"),
	 N_("Let the web server give these files to everybody.")},
	{N_("TLP:AMBER and TLP:RED are protected"), N_("where such documents lie"),
	 N_("such documents and lists, without a login"),
	 N_("Take them off the public server, or put them under a path of their own that asks for "
	    "a login.")},
	{N_("No redirects"), NULL, N_("how often each answer was redirected"),
	 N_("Name the address that answers in the end.")},
	{N_("provider-metadata.json"), N_("each provider-metadata.json against its schema"),
	 N_("each provider-metadata.json that was found against its schema"), NULL},
	{N_("security.txt"), N_("the field CSAF of security.txt"),
	 N_("the fields CSAF of /.well-known/security.txt, and where they lead"),
	 N_("Give security.txt a line “CSAF: https://…/provider-metadata.json”.")},
	{N_("Well-known address"), N_("/.well-known/csaf/provider-metadata.json in the directory"),
	 N_("/.well-known/csaf/provider-metadata.json of the domain"),
	 N_("Serve the file there itself, without a redirect.")},
	{N_("DNS path"), NULL, N_("csaf.data.security.DOMAIN"),
	 N_("Let the name csaf.data.security.DOMAIN lead to a server that gives out the file.")},
	{N_("One folder a year"), N_("each document's folder against its initial release date"),
	 N_("each fetched document's folder against its initial release date"),
	 N_("Put the document into the folder of the year of its first release.")},
	{N_("index.txt"), N_("each index.txt against the documents beside it"),
	 N_("each index.txt against what could be fetched"),
	 N_("List every document of the folder, one a line.")},
	{N_("changes.csv"), N_("each changes.csv against the dates in the documents"),
	 N_("each changes.csv against the dates in the fetched documents"),
	 N_("List every document with its current release date, the newest first.")},
	{N_("Directory listings"), NULL, N_("the listings of the folders and of their newest year"),
	 N_("Switch listings on for these folders (nginx: autoindex on).")},
	{N_("ROLIE feed"), N_("each feed against the documents and their hashes and signatures"),
	 N_("each feed against what could be fetched"),
	 N_("Make the feed anew from the documents.")},
	{N_("ROLIE service document"), N_("whether it lists every feed"),
	 N_("whether it lists every feed"), NULL},
	{N_("ROLIE category document"), N_("its form"), N_("its form"), NULL},
	{N_("Hashes"), N_("each .sha256 and .sha512 file against its document"),
	 N_("each fetched .sha256 and .sha512 file against its document"),
	 N_("Compute the hash of the file as it lies there; hash first, in small letters.")},
	{N_("Signatures"), N_("each .asc file with the public keys in the directory"),
	 N_("each fetched .asc file with the public keys that the metadata name"),
	 N_("Sign the file as it lies there with a key that is good for 90 days and more.")},
	{N_("Public OpenPGP key"), N_("the key files and the fingerprints in the metadata"),
	 N_("the keys that the metadata name"),
	 N_("Put the armoured public key where the metadata say it is.")},
	{N_("List of CSAF providers"), N_("each aggregator.json against its schema"),
	 N_("/.well-known/csaf-aggregator/aggregator.json against its schema"), NULL},
	{N_("Two disjoint issuing parties"), N_("the parties that aggregator.json lists"),
	 N_("the parties that aggregator.json lists"), NULL},
	{N_("Mirror"), N_("the folder of each mirror"), NULL, NULL},
	{N_("HTTP User-Agent"), NULL,
	 N_("metadata and a document, as a browser, as tools and without a name"),
	 N_("Don't choose clients by their User-Agent for these paths.")},
	{N_("Access-Control-Allow-Origin"), NULL,
	 N_("the header of each answer to a script's question"),
	 N_("Add the header “Access-Control-Allow-Origin: *” to these paths.")},
};

/* ---- documents: 2, 4, 5 ---- */

static void
judge_names(PsInspection *inspection)
{
	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		g_autofree char *right = ps_csaf_filename(file->id);
		if (!g_str_equal(right, file->name))
			ps_inspect_fail(inspection, 2, file->path,
					_("the name for the tracking id “%s” is “%s”."), file->id,
					right);
	}
}

static void
judge_white(PsInspection *inspection, const PsCsafFile *file)
{
	g_autofree char *path = g_build_filename(inspection->dir, file->path, NULL);
	struct stat st;

	if (ps_inspect_is_free(file->label) && stat(path, &st) == 0 && !(st.st_mode & S_IROTH))
		ps_inspect_fail(inspection, 4, file->path,
				_("the file is not readable for everybody."));
}

static void
judge_access(PsInspection *inspection)
{
	g_autoptr(GHashTable) open = g_hash_table_new(g_str_hash, g_str_equal);
	gboolean guarded = FALSE;

	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		if (!inspection->served)
			judge_white(inspection, file);
		if (!ps_inspect_is_guarded(file->label))
			g_hash_table_add(open, file->place);
	}
	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		guarded = guarded || ps_inspect_is_guarded(file->label);
		if (ps_inspect_is_guarded(file->label) && g_hash_table_contains(open, file->place))
			ps_inspect_fail(inspection, 5, file->path,
					_("TLP:%s lies beside documents that are free for all."),
					file->label);
	}
	if (inspection->served)
		return;
	ps_inspect_unknown(inspection, 4,
			   _("What the web server gives out is not seen from here."));
	if (guarded)
		ps_inspect_unknown(inspection, 5,
				   _("Whom the web server asks for a password is not seen from "
				     "here."));
	else
		ps_inspect_unused(inspection, 5);
}

/* ---- 3, and what a directory tells of 6, 8 to 10, 24, 25 ---- */

/* An address without encryption anywhere in metadata or feeds breaks 3. */
static void
judge_addresses(PsInspection *inspection, const char *path, const cJSON *value)
{
	const cJSON *child;

	if (cJSON_IsString(value) && g_ascii_strncasecmp(value->valuestring, "http://", 7) == 0)
		ps_inspect_fail(inspection, 3, path, _("“%s” is an address without encryption."),
				value->valuestring);
	cJSON_ArrayForEach (child, value)
		judge_addresses(inspection, path, child);
}

static void
judge_tls(PsInspection *inspection)
{
	GPtrArray *lists[] = {inspection->metadata, inspection->feeds, inspection->services};

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		for (guint j = 0; j < lists[i]->len; j++) {
			const PsJsonFile *file = lists[i]->pdata[j];
			judge_addresses(inspection, file->path, file->root);
		}
	if (!inspection->served)
		ps_inspect_unknown(inspection, 3,
				   _("How the web server is reached is not seen from here."));
}

static void
judge_fields(PsInspection *inspection, const char *path)
{
	g_autofree char *text = ps_inspect_text(inspection, path);
	g_autoptr(GPtrArray) fields = ps_served_csaf_fields(text ? text : "");

	if (fields->len == 0)
		ps_inspect_fail(inspection, 8, path, _("there is no field “CSAF: https://…”."));
	for (guint i = 0; i < fields->len; i++)
		if (!g_str_has_prefix(fields->pdata[i], "https://"))
			ps_inspect_fail(inspection, 8, path,
					_("the field “CSAF: %s” does not begin with https://."),
					(const char *)fields->pdata[i]);
}

static void
judge_security_txt(PsInspection *inspection)
{
	static const char *const paths[] = {".well-known/security.txt", "security.txt"};

	for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
		if (g_hash_table_contains(inspection->there, paths[i])) {
			judge_fields(inspection, paths[i]);
			return;
		}
	ps_inspect_unknown(inspection, 8, _("There is no security.txt in this directory."));
}

static void
judge_without_server(PsInspection *inspection)
{
	judge_security_txt(inspection);
	ps_inspect_unknown(inspection, 6, _("Redirects are not seen from here."));
	if (!g_hash_table_contains(inspection->there, ".well-known/csaf/provider-metadata.json"))
		ps_inspect_unknown(inspection, 9,
				   _("The well-known address is not in this directory."));
	ps_inspect_unknown(inspection, 10, _("The DNS is not asked."));
	for (int number = 24; number <= 25; number++)
		if (g_strcmp0(inspection->report->version, "2.1") == 0)
			ps_inspect_unknown(inspection, number,
					   _("What the web server answers is not seen from here."));
		else
			ps_inspect_unused(inspection, number);
}

/* ---- all together: section 7.2 ---- */

static gboolean
none_failed(const PsProviderReport *report, int from, int to)
{
	for (int i = from; i <= to; i++)
		if (report->requirement[i - 1].state == PS_REQUIREMENT_FAILED)
			return FALSE;
	return TRUE;
}

static gboolean
is_used(const PsProviderReport *report, int number)
{
	return report->requirement[number - 1].state != PS_REQUIREMENT_UNUSED;
}

static gboolean
is_aggregator(const PsInspection *inspection, const char *category)
{
	for (guint i = 0; i < inspection->aggregators->len; i++) {
		const PsJsonFile *file = inspection->aggregators->pdata[i];
		if (g_strcmp0(ps_json_text(ps_json_at(file->root, "/aggregator"), "category"),
			      category) == 0)
			return TRUE;
	}
	return FALSE;
}

static const char *
aggregating_role(const PsInspection *inspection)
{
	const PsProviderReport *report = inspection->report;

	if (!none_failed(report, 6, 6) || !none_failed(report, 21, 22) ||
	    !none_failed(report, 24, 25))
		return NULL;
	if (is_aggregator(inspection, "lister"))
		return "csaf_lister";
	return is_aggregator(inspection, "aggregator") && none_failed(report, 1, 5) &&
			       none_failed(report, 23, 23)
		       ? "csaf_aggregator"
		       : NULL;
}

/* Whoever uses folders meets 11 to 14, whoever uses feeds 15 to 17. */
static const char *
role_of(const PsInspection *inspection)
{
	const PsProviderReport *report = inspection->report;
	gboolean found = none_failed(report, 8, 8) || none_failed(report, 9, 9) ||
			 none_failed(report, 10, 10);
	gboolean listed =
		(is_used(report, 12) || is_used(report, 15)) && none_failed(report, 11, 17);

	if (inspection->metadata->len == 0)
		return aggregating_role(inspection);
	if (!none_failed(report, 1, 4))
		return NULL;
	if (!none_failed(report, 5, 7) || !none_failed(report, 24, 25) || !found || !listed)
		return "csaf_publisher";
	return none_failed(report, 18, 20) ? "csaf_trusted_provider" : "csaf_provider";
}

static PsProviderReport *
report_new(gboolean served)
{
	PsProviderReport *report = g_new0(PsProviderReport, 1);

	for (int i = 0; i < PS_REQUIREMENTS; i++) {
		const char *looked = served ? table[i].served : table[i].looked;
		report->requirement[i].number = i + 1;
		report->requirement[i].title = table[i].title;
		report->requirement[i].looked = g_strdup(looked ? _(looked) : NULL);
		report->requirement[i].advice = table[i].advice;
		report->requirement[i].findings = g_ptr_array_new_with_free_func(g_free);
	}
	return report;
}

void
ps_provider_report_free(PsProviderReport *report)
{
	if (!report)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(report->requirement); i++) {
		g_ptr_array_unref(report->requirement[i].findings);
		g_free(report->requirement[i].looked);
	}
	g_free(report->version);
	g_free(report->claimed);
	g_free(report);
}

/* Version of CSAF, and role: of the newest metadata. */
static void
read_claims(PsInspection *inspection)
{
	PsProviderReport *report = inspection->report;

	for (guint i = 0; i < inspection->metadata->len; i++) {
		const PsJsonFile *file = inspection->metadata->pdata[i];
		const char *version = ps_json_text(file->root, "metadata_version"),
			   *role = ps_json_text(file->root, "role");
		if (!version || (report->version && strcmp(version, report->version) <= 0))
			continue;
		g_free(report->version);
		g_free(report->claimed);
		report->version = ps_safe_text(version, -1, PS_SAFE_LINE);
		report->claimed = role ? ps_safe_text(role, -1, PS_SAFE_LINE) : NULL;
	}
}

static void
judge_by_nothing(PsInspection *inspection, int number, const char *reason)
{
	PsRequirement *requirement = ps_inspect_requirement(inspection, number);

	g_ptr_array_set_size(requirement->findings, 0);
	requirement->state = PS_REQUIREMENT_MET;
	ps_inspect_unknown(inspection, number, reason);
}

/* Without a document nothing was shown of what each should have; without metadata nothing of the
 * whole tree. */
static void
judge_nothing(PsInspection *inspection)
{
	static const int of_documents[] = {1, 2, 11, 18, 19},
			 of_tree[] = {4, 5, 6, 11, 12, 13, 14, 15, 16, 17, 20};

	for (gsize i = 0; inspection->documents->len == 0 && i < G_N_ELEMENTS(of_documents); i++)
		if (ps_inspect_requirement(inspection, of_documents[i])->state ==
		    PS_REQUIREMENT_MET)
			judge_by_nothing(inspection, of_documents[i],
					 _("There is no document to judge it by."));
	if (!inspection->served || inspection->metadata->len > 0 ||
	    inspection->aggregators->len > 0)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(of_tree); i++)
		judge_by_nothing(inspection, of_tree[i],
				 _("Without a provider-metadata.json nothing leads to the tree."));
}

static gboolean
judge(PsInspection *inspection, const PsServedTree *tree, GError **error)
{
	if (!ps_inspect_read(inspection, error))
		return FALSE;
	read_claims(inspection);
	judge_names(inspection);
	judge_access(inspection);
	ps_inspect_metadata(inspection);
	ps_inspect_lists(inspection);
	judge_tls(inspection);
	if (!tree)
		judge_without_server(inspection);
	else if (!ps_inspect_server(inspection, tree, error))
		return FALSE;
	if (!ps_inspect_proof(inspection, error))
		return FALSE;
	judge_nothing(inspection);
	inspection->report->role = role_of(inspection);
	return TRUE;
}

PsProviderReport *
ps_provider_check(const char *dir, PsProgress *progress, GError **error)
{
	g_autoptr(PsProviderReport) report = report_new(FALSE);
	PsInspection inspection = {.dir = dir, .progress = progress, .report = report};
	gboolean done = judge(&inspection, NULL, error);

	ps_inspect_clear(&inspection);
	return done ? g_steal_pointer(&report) : NULL;
}

PsProviderReport *
ps_provider_check_served(const PsServedTree *tree, PsProgress *progress, GError **error)
{
	g_autoptr(PsServed) served = ps_served_gather(tree, progress, error);

	if (!served)
		return NULL;
	g_autoptr(PsProviderReport) report = report_new(TRUE);
	PsInspection inspection = {.dir = served->dir,
				   .served = served,
				   .progress = progress,
				   .report = report};
	gboolean done = judge(&inspection, tree, error);
	ps_inspect_clear(&inspection);
	report->listed = served->order->len;
	return done ? g_steal_pointer(&report) : NULL;
}
