#include "config.h"

#include "commands/csaf-import.h"

#include "advisory/upstream.h"
#include "base/i18n.h"
#include "registry/registry.h"

typedef struct {
	gboolean open_case, upstream, unverified;
	const char *into; /* id of a case */
} Wishes;

/* ---- answers ---- */

static void
add_products(PsCli *cli, cJSON *object, const PsUpstream *upstream)
{
	cJSON *list = cJSON_AddArrayToObject(object, "products");

	for (guint i = 0; i < upstream->products->len; i++) {
		const PsUpstreamProduct *product = upstream->products->pdata[i];
		cJSON *item = cJSON_CreateObject();
		cJSON_AddItemToArray(list, item);
		cJSON_AddStringToObject(item, "name", product->name);
		cJSON_AddStringToObject(item, "product_id", product->product_id);
		cJSON *matches = cJSON_AddArrayToObject(item, "releases");
		for (guint j = 0; j < product->matches->len; j++) {
			const PsUpstreamMatch *match = product->matches->pdata[j];
			g_autofree char *label = ps_release_label(cli->store, match->release, NULL);
			cJSON *release = cJSON_CreateObject();
			cJSON_AddItemToArray(matches, release);
			cJSON_AddStringToObject(release, "id", match->release);
			cJSON_AddStringToObject(release, "name", label ? label : match->release);
			cJSON_AddStringToObject(release, "confidence", match->confidence);
			cJSON_AddStringToObject(release, "reason",
						match->reason ? match->reason : "");
		}
		if (product->matches->len == 0)
			cJSON_AddStringToObject(item, "reason",
						product->reason ? product->reason : "");
	}
}

/* New string; NULL: none. */
static char *
case_number(PsCli *cli, const char *id)
{
	g_autoptr(PsRecord) record = id ? ps_store_get(cli->store, "case", id, NULL) : NULL;

	return record ? g_strdup(ps_record_name(record)) : NULL;
}

static void
add_text(cJSON *object, const char *name, const char *text)
{
	cJSON_AddItemToObject(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

static void
add_changes(cJSON *object, GPtrArray *changes)
{
	cJSON *list = cJSON_AddArrayToObject(object, "changes");

	for (guint i = 0; i < changes->len; i++) {
		const PsUpstreamChange *change = changes->pdata[i];
		cJSON *item = cJSON_CreateObject();
		cJSON_AddItemToArray(list, item);
		add_text(item, "how", ps_upstream_how_token(change->how));
		add_text(item, "kind", change->kind);
		add_text(item, "what", change->what);
		add_text(item, "field", change->field);
		add_text(item, "old", change->old_text);
		add_text(item, "new", change->new_text);
	}
}

/* What was done to the case, a line each. */
static void
print_changes(PsCli *cli, GPtrArray *changes)
{
	for (guint i = 0; i < changes->len; i++) {
		g_autofree char *text = ps_upstream_change_text(changes->pdata[i]);
		ps_cli_line(cli, "%s", text);
	}
}

static void
print_json(PsCli *cli, const PsUpstream *upstream, const PsUpstreamKept *kept, const char *case_id,
	   GPtrArray *changes)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();
	g_autofree char *number = case_number(cli, case_id);

	cJSON_AddStringToObject(object, "upstream_advisory", kept->id);
	cJSON_AddStringToObject(object, "tracking_id", upstream->tracking_id);
	cJSON_AddStringToObject(object, "version", upstream->version);
	cJSON_AddStringToObject(object, "publisher", upstream->publisher);
	cJSON_AddBoolToObject(object, "already", kept->already);
	cJSON_AddItemToObject(object, "replaces",
			      kept->replaces ? cJSON_CreateString(kept->replaces)
					     : cJSON_CreateNull());
	cJSON_AddBoolToObject(object, "older", kept->older);
	cJSON_AddNumberToObject(object, "findings", upstream->findings);
	cJSON_AddStringToObject(object, "hash", upstream->hash);
	cJSON_AddStringToObject(object, "signature", ps_verdict_token(upstream->verdict));
	cJSON_AddItemToObject(object, "case",
			      number ? cJSON_CreateString(number) : cJSON_CreateNull());
	add_products(cli, object, upstream);
	add_changes(object, changes);
	ps_cli_print_json(cli, object);
}

static void
tell(PsCli *cli, const PsUpstream *upstream, const PsUpstreamKept *kept)
{
	if (kept->already)
		ps_cli_note(cli, _("This very document was read in before; nothing was changed."));
	if (kept->older)
		ps_cli_note(cli,
			    _("A newer version of “%s” is here already; this one is kept as "
			      "an old one."),
			    upstream->tracking_id);
	if (kept->replaces)
		ps_cli_note(cli, _("It replaces version %s of “%s”."), kept->replaces,
			    upstream->tracking_id);
	if (upstream->findings > 0)
		ps_cli_note(cli,
			    ngettext("It breaks %u mandatory rule of the standard: %s",
				     "It breaks %u mandatory rules of the standard; the first: %s",
				     upstream->findings),
			    upstream->findings, upstream->first_finding);
	if (g_str_equal(upstream->hash, "good"))
		ps_cli_note(cli, _("The hash file beside it fits."));
	if (upstream->verdict != PS_VERDICT_NONE)
		ps_cli_note(cli, _("Signature beside it: %s (%s)."),
			    ps_verdict_text(upstream->verdict),
			    upstream->signer ? upstream->signer : "?");
	if (kept->left_out > 0)
		ps_cli_note(cli,
			    ngettext("%u product more is in the document; it is not listed here.",
				     "%u products more are in the document; they are not listed "
				     "here.",
				     kept->left_out),
			    kept->left_out);
}

/* A line a product: "exact", the product there, the release here, and why. */
static void
print_products(PsCli *cli, const PsUpstream *upstream)
{
	for (guint i = 0; i < upstream->products->len; i++) {
		const PsUpstreamProduct *product = upstream->products->pdata[i];
		for (guint j = 0; j < product->matches->len; j++) {
			const PsUpstreamMatch *match = product->matches->pdata[j];
			g_autofree char *label = ps_release_label(cli->store, match->release, NULL);
			ps_cli_row(cli, match->confidence, product->name, label ? label : "",
				   match->reason ? match->reason : "", NULL);
		}
		if (product->matches->len == 0)
			ps_cli_row(cli, "unmatched", product->name, "",
				   product->reason ? product->reason : "", NULL);
	}
}

static void
print_text(PsCli *cli, const PsUpstream *upstream, const PsUpstreamKept *kept, const char *case_id,
	   GPtrArray *changes)
{
	g_autofree char *number = case_number(cli, case_id);

	ps_cli_row(cli, kept->id, upstream->tracking_id, upstream->version, upstream->publisher,
		   number ? number : "", NULL);
	print_products(cli, upstream);
	print_changes(cli, changes);
	tell(cli, upstream, kept);
}

/* ---- import ---- */

static gboolean
may_be_kept(const PsUpstream *upstream, const Wishes *wishes, GError **error)
{
	gboolean bad_hash = g_str_equal(upstream->hash, "bad");

	if (wishes->unverified || (!bad_hash && upstream->verdict != PS_VERDICT_BAD))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INVALID,
		    bad_hash ? _("“%s” does not fit the hash file beside it: it was changed, or "
				 "did not arrive whole. Get it again; --unverified takes it as it "
				 "is.")
			     : _("The signature beside “%s” is bad: it was changed, or signed by "
				 "nobody. Get it again; --unverified takes it as it is."),
		    upstream->source);
	return FALSE;
}

/* The case that it bears on afterwards; *case_id may stay NULL. A version whose document has a case
 * goes into that one. */
static gboolean
make_case(PsCli *cli, const Wishes *wishes, const PsUpstreamKept *kept, GPtrArray *changes,
	  char **case_id, GError **error)
{
	*case_id = wishes->into ? ps_store_resolve(cli->store, "case", wishes->into, error)
				: g_strdup(kept->case_id);
	if (wishes->into && !*case_id)
		return FALSE;
	if (!wishes->into && !wishes->open_case)
		return TRUE;
	if (*case_id)
		return ps_upstream_into_case(cli->store, kept->id, *case_id, changes, error);
	*case_id = ps_upstream_open_case(cli->store, kept->id, changes, error);
	return *case_id != NULL;
}

static int
status_of(const GError *error)
{
	return g_error_matches(error, PS_ERROR, PS_ERROR_INVALID) ||
			       g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT) ||
			       g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND)
		       ? 1
		       : 2;
}

/* Every input gets its line. */
static int
refuse(PsCli *cli, const char *path, const GError *error)
{
	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		g_autofree char *file = g_utf8_make_valid(path, -1);
		cJSON_AddStringToObject(object, "file", file);
		cJSON_AddStringToObject(object, "error", error->message);
		ps_cli_print_json(cli, object);
	} else {
		ps_cli_complain(cli, error);
	}
	return status_of(error);
}

static int
import_one(PsCli *cli, const char *path, const Wishes *wishes)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsUpstream) upstream = ps_upstream_read_file(ps_cli_openpgp(cli), path, &error);
	PsUpstreamKept kept = {0};
	g_autofree char *case_id = NULL;
	g_autoptr(GPtrArray) changes = ps_upstream_changes_new();

	if (!upstream || !may_be_kept(upstream, wishes, &error) ||
	    !ps_upstream_keep(cli->store, upstream, NULL, &kept, &error))
		return refuse(cli, path, error);
	gboolean done = make_case(cli, wishes, &kept, changes, &case_id, &error);
	if (done) {
		g_autoptr(PsUpstream) loaded = ps_upstream_load(cli->store, kept.id, NULL);
		(cli->json ? print_json : print_text)(cli,
						      kept.already && loaded ? loaded : upstream,
						      &kept, case_id, changes);
	}
	ps_upstream_kept_clear(&kept);
	return done ? 0 : refuse(cli, path, error);
}

int
ps_csaf_run_import(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *into = NULL;
	Wishes wishes = {FALSE, FALSE, FALSE, NULL};
	const GOptionEntry entries[] = {
		{"case", 0, 0, G_OPTION_ARG_NONE, &wishes.open_case, NULL, NULL},
		{"upstream", 0, 0, G_OPTION_ARG_NONE, &wishes.upstream, NULL, NULL},
		{"into", 0, 0, G_OPTION_ARG_STRING, &into, NULL, NULL},
		{"unverified", 0, 0, G_OPTION_ARG_NONE, &wishes.unverified, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int worst = 0;

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc < 2)
		return ps_cli_usage(cli, error, _("Name the files to read in."));
	if (wishes.open_case + wishes.upstream + (into != NULL) > 1)
		return ps_cli_usage(cli, error,
				    _("--case, --upstream and --into are three different wishes."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autofree char *case_id = into ? ps_store_resolve(cli->store, "case", into, error) : NULL;
	if (into && !case_id)
		return 2;
	wishes.into = case_id;
	for (int i = 1; i < argc; i++) {
		int status = import_one(cli, argv[i], &wishes);
		worst = MAX(worst, status);
	}
	return worst;
}

/* ---- afterwards ---- */

int
ps_csaf_run_case(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc != 2 && argc != 3)
		return ps_cli_usage(cli, error,
				    _("Name an upstream advisory, and the case that it "
				      "is to go into if there is one."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autoptr(GPtrArray) changes = ps_upstream_changes_new();
	g_autofree char *id = argc == 3
				      ? ps_store_resolve(cli->store, "case", argv[2], error)
				      : ps_upstream_open_case(cli->store, argv[1], changes, error);
	if (!id || (argc == 3 && !ps_upstream_into_case(cli->store, argv[1], id, changes, error)))
		return 2;
	/* standard output is the case alone, for scripts */
	for (guint i = 0; i < changes->len; i++) {
		g_autofree char *text = ps_upstream_change_text(changes->pdata[i]);
		ps_cli_note(cli, "%s", text);
	}
	return ps_cli_print_record(cli, "case", id, error);
}

int
ps_csaf_run_match(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc != 3)
		return ps_cli_usage(cli, error,
				    _("Name a product of an upstream advisory and a "
				      "release, or “none”."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	const char *release = g_str_equal(argv[2], "none") ? NULL : argv[2];
	return ps_upstream_assign(cli->store, argv[1], release, error)
		       ? ps_cli_print_record(cli, "upstream_product", argv[1], error)
		       : 2;
}
