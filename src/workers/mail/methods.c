#include "config.h"

#include "workers/mail/methods.h"

#include "base/i18n.h"
#include "workers/mail/compose.h"
#include "workers/mail/gpg.h"
#include "workers/mail/index.h"
#include "workers/mail/open.h"

#define PLAIN_MAX ((gsize)64 << 20)

static gboolean
missing(const char *argument, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("The request lacks “%s”."), argument);
	return FALSE;
}

static gboolean
serve_decrypt(PsWork *work, GError **error)
{
	PsPlain plain;
	gboolean done = ps_gpg_decrypt(work, work->input, PLAIN_MAX, &plain, error);

	if (done) {
		cJSON *meta = cJSON_CreateObject();
		ps_add_text(meta, "algorithm", plain.algorithm);
		cJSON_AddBoolToObject(meta, "no_integrity", plain.no_integrity);
		cJSON_AddItemToObject(meta, "recipients", g_steal_pointer(&plain.recipients));
		cJSON_AddItemToObject(meta, "signatures", g_steal_pointer(&plain.signatures));
		done = ps_work_meta(work, meta, error);
		if (done)
			ps_work_data(work, plain.plain);
	}
	ps_plain_clear(&plain);
	return done;
}

static gboolean
serve_encrypt(PsWork *work, GError **error)
{
	const cJSON *keys = cJSON_GetObjectItemCaseSensitive(work->arguments, "fingerprints");
	g_autoptr(GBytes) out =
		ps_gpg_encrypt(work, work->input, keys, ps_work_text(work, "sign_with"), error);

	if (!out)
		return FALSE;
	ps_work_data(work, out);
	return TRUE;
}

static gboolean
serve_sign(PsWork *work, GError **error)
{
	const char *fingerprint = ps_work_text(work, "fingerprint");
	gboolean clear = g_strcmp0(ps_work_text(work, "mode"), "clear") == 0;

	if (!fingerprint)
		return missing("fingerprint", error);
	g_autoptr(GBytes) out =
		ps_gpg_sign(work, work->input, fingerprint,
			    clear ? GPGME_SIG_MODE_CLEAR : GPGME_SIG_MODE_DETACH, NULL, error);
	if (!out)
		return FALSE;
	ps_work_data(work, out);
	return TRUE;
}

/* The input is the data, with the detached signature behind it when there is one: the argument
 * "data" says how many bytes the data has. */
static gboolean
serve_verify(PsWork *work, GError **error)
{
	gsize length = g_bytes_get_size(work->input);
	gint64 data_length = ps_work_number(work, "data", -1);
	g_autoptr(GBytes) data = NULL, signature = NULL, text = NULL;

	if (data_length > (gint64)length)
		return missing("data", error);
	if (data_length >= 0) {
		data = g_bytes_new_from_bytes(work->input, 0, (gsize)data_length);
		signature = g_bytes_new_from_bytes(work->input, (gsize)data_length,
						   length - (gsize)data_length);
	} else {
		data = g_bytes_ref(work->input);
	}
	cJSON *signatures = ps_gpg_verify(work, data, signature, &text, error);
	if (!signatures)
		return FALSE;
	cJSON *meta = cJSON_CreateObject();
	cJSON_AddItemToObject(meta, "signatures", signatures);
	if (!ps_work_meta(work, meta, error))
		return FALSE;
	if (text)
		ps_work_data(work, text);
	return TRUE;
}

static const PsMethod methods[] = {
	{"keys", 20, ps_gpg_list_keys},
	{"import-keys", 20, ps_gpg_import_keys},
	{"export-key", 20, ps_gpg_export_key},
	{"decrypt", 30, serve_decrypt},
	{"encrypt", 30, serve_encrypt},
	{"sign", 30, serve_sign},
	{"verify", 30, serve_verify},
	{"compose", 30, ps_serve_compose},
	{"open", 30, ps_serve_open},
	{"part", 30, ps_serve_part},
	{"headers", 10, ps_serve_headers},
	{"raw", 10, ps_serve_raw},
	{"index-info", 10, ps_serve_index_info},
	{"index-page", 60, ps_serve_index_page},
	{"index-search", 30, ps_serve_index_search},
	{"index-gone", 30, ps_serve_index_gone},
	{"index-paths", 10, ps_serve_index_paths},
};

const PsMethod *
ps_mail_methods(gsize *count)
{
	*count = G_N_ELEMENTS(methods);
	return methods;
}
