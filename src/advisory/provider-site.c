#include "config.h"

/* What the provider directory shows beside the advisories: pages, ROLIE service and category
 * documents, the well-known files with security.txt and the Web Key Directory.
 *
 * The web server's "/.well-known/" is to show the folder ".well-known" here; the rest is below
 * provider.url. */

#include "advisory/provider-internal.h"

#include <string.h>

#include "advisory/pages.h"
#include "base/error.h"
#include "base/file.h"
#include "base/utc.h"

#define DAY_MS ((gint64)24 * 3600 * 1000)
#define VALID_DAYS 365
#define RENEW_DAYS                                                                                 \
	60 /* CSAF asks for more than 30 of what is signed; RFC 9116 for under a year              \
	    */
#define SECURITY_TXT ".well-known/security.txt"

static gboolean
write_text(PsProvider *provider, const char *name, const char *text, guint *changed, GError **error)
{
	return text && ps_provider_write(provider, name, text, strlen(text), changed, error);
}

static gboolean
write_pages(PsProvider *provider, const PsSite *site, guint *changed, GError **error)
{
	g_autofree char *policy = ps_site_policy(site, error);
	g_autofree char *thanks = policy ? ps_site_acknowledgments(site, error) : NULL;
	g_autofree char *categories = thanks ? ps_site_categories(site, error) : NULL;
	g_autofree char *service = ps_site_service(site);

	return categories && write_text(provider, "policy.html", policy, changed, error) &&
	       write_text(provider, "acknowledgments.html", thanks, changed, error) &&
	       write_text(provider, "category-csaf.json", categories, changed, error) &&
	       write_text(provider, "service.json", service, changed, error);
}

/* ---- security.txt ---- */

/* The text inside a clear-signed message, and the Expires in it. NULL: there is none. */
static char *
signed_text(const char *message, gint64 *expires)
{
	const char *body = strstr(message, "\n\n"),
		   *end = body ? strstr(body, "\n-----BEGIN PGP SIGNATURE-----") : NULL,
		   *field = body ? strstr(body, "\nExpires: ") : NULL;

	if (!end || !field || field > end)
		return NULL;
	const char *value = field + strlen("\nExpires: ");
	g_autofree char *date = g_strndup(value, strcspn(value, "\n"));
	if (!ps_utc_parse(date, expires, NULL))
		return NULL;
	g_autofree char *text = g_strndup(body + 2, (gsize)(end - body - 2));
	return g_strconcat(text, "\n", NULL);
}

/* A signature is never the same twice, so what is there stays while it says the same and lasts. */
static gboolean
is_still_right(const PsProvider *provider, const PsSite *site)
{
	g_autofree char *path = g_build_filename(provider->dir, SECURITY_TXT, NULL);
	g_autofree char *there = NULL;
	gint64 expires = 0;

	if (!g_file_get_contents(path, &there, NULL, NULL))
		return FALSE;
	g_autofree char *said = signed_text(there, &expires);
	if (!said || expires < ps_now_ms() + RENEW_DAYS * DAY_MS)
		return FALSE;
	g_autofree char *wanted = ps_site_security_txt(site, expires);
	return g_strcmp0(said, wanted) == 0;
}

static gboolean
write_security_txt(PsProvider *provider, const PsSite *site, guint *changed, GError **error)
{
	gint64 today = ps_now_ms() / DAY_MS * DAY_MS;
	g_autofree char *text = ps_site_security_txt(site, today + (VALID_DAYS - 1) * DAY_MS);

	if (!text || is_still_right(provider, site))
		return TRUE;
	g_autoptr(GBytes) plain = g_bytes_new(text, strlen(text));
	g_autoptr(GBytes) signed_bytes =
		ps_openpgp_sign(provider->openpgp, plain, provider->signing_key, PS_SIGN_CLEAR,
				error);
	if (!signed_bytes)
		return FALSE;
	gsize length;
	const void *data = g_bytes_get_data(signed_bytes, &length);
	return ps_provider_write(provider, SECURITY_TXT, data, length, changed, error);
}

/* ---- Web Key Directory ---- */

static gboolean
write_wkd_files(PsProvider *provider, const char *folder, const char *name, GBytes *key,
		guint *changed, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s/hu/%s", folder, name),
			*policy = g_strdup_printf("%s/policy", folder);
	gsize length;
	const void *data = g_bytes_get_data(key, &length);

	return ps_provider_write(provider, path, data, length, changed, error) &&
	       ps_provider_write(provider, policy, "", 0, changed, error);
}

/* The direct method, and the advanced one for a host openpgpkey.DOMAIN. */
static gboolean
write_wkd(PsProvider *provider, guint *changed, GError **error)
{
	g_autofree char *from = ps_store_config(provider->store, "mail.from"),
			*set = ps_store_config(provider->store, "mail.key"), *local = NULL,
			*domain = NULL;

	if (!from || !set || !ps_wkd_address(from, &local, &domain))
		return TRUE;
	g_autoptr(PsKey) found = ps_openpgp_find_key(provider->openpgp, set, error);
	g_autoptr(GBytes) armoured =
		found ? ps_openpgp_export(provider->openpgp, found->fingerprint, error) : NULL;
	g_autoptr(GBytes) key = armoured ? ps_dearmor(armoured) : NULL;
	if (!key)
		return FALSE;
	g_autofree char *name = ps_wkd_name(local),
			*advanced = g_strdup_printf(".well-known/openpgpkey/%s", domain),
			*asc = g_strdup_printf("openpgp/%s.asc", found->fingerprint);
	gsize length;
	const void *data = g_bytes_get_data(armoured, &length);
	return ps_provider_write(provider, asc, data, length, changed, error) &&
	       write_wkd_files(provider, ".well-known/openpgpkey", name, key, changed, error) &&
	       write_wkd_files(provider, advanced, name, key, changed, error);
}

gboolean
ps_provider_site(PsProvider *provider, const PsPicture *picture, const char *metadata,
		 guint *changed, GError **error)
{
	const PsDistribution *used[PS_DISTRIBUTIONS];
	PsSite site = {.store = provider->store,
		       .dir = provider->dir,
		       .url = provider->url,
		       .publisher = provider->publisher,
		       .signing_key = provider->signing_key,
		       .picture = picture};

	g_autoptr(PsPicture) other = NULL;

	if (ps_provider_distributions(provider, used) > 1) {
		other = ps_picture_load(provider->store, &ps_distribution_2_1, error);
		if (!other)
			return FALSE;
		site.other = other;
	}
	return write_pages(provider, &site, changed, error) &&
	       write_wkd(provider, changed, error) &&
	       write_security_txt(provider, &site, changed, error) &&
	       write_text(provider, ".well-known/csaf/provider-metadata.json", metadata, changed,
			  error);
}
