#include "config.h"

/* Hashes, signatures and keys: CSAF 2.0 sections 7.1.18 to 7.1.20. The keys that lie in the
 * directory are put into a key ring of their own; the user's is neither asked nor changed. */

#include "advisory/inspect.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"

#define DAY_MS ((gint64)24 * 3600 * 1000)
#define EXPIRY_MS (30 * DAY_MS)
#define EXPIRY_SOON_MS (90 * DAY_MS)
#define KEY_LIMIT (4 * 1024 * 1024)

/* ---- 18 ---- */

/* 1: right; 0: there is none; -1: wrong, and said */
static int
judge_hash(PsInspection *inspection, const PsCsafFile *file, const char *suffix, const char *right)
{
	g_autofree char *path = g_strconcat(file->path, suffix, NULL);

	if (!g_hash_table_contains(inspection->there, path))
		return 0;
	g_autofree char *text = ps_inspect_text(inspection, path);
	gsize digits = text ? strspn(text, "0123456789abcdefABCDEF") : 0;
	/* The hash comes first; what follows it is parted by a blank. */
	if (digits != strlen(right) || g_ascii_strncasecmp(text, right, digits) != 0) {
		ps_inspect_fail(inspection, 18, path, _("this is not the hash of “%s”."),
				file->name);
		return -1;
	}
	if (g_str_equal(file->version, "2.1") && strcspn(text, "ABCDEF") < digits) {
		ps_inspect_fail(inspection, 18, path,
				_("the hash has capital letters; CSAF 2.1 wants small ones."));
		return -1;
	}
	if (text[digits] && !strchr(" \r\n", text[digits])) {
		ps_inspect_fail(inspection, 18, path,
				_("between hash and file name there has to be a blank."));
		return -1;
	}
	return 1;
}

static void
judge_hashes(PsInspection *inspection)
{
	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		int one = judge_hash(inspection, file, ".sha256", file->sha256);
		int other = judge_hash(inspection, file, ".sha512", file->sha512);
		if (one == 0 && other == 0)
			ps_inspect_fail(inspection, 18, file->path,
					_("there is no .sha256 or .sha512 file."));
	}
}

/* ---- 20 ---- */

static gboolean
is_key_file(const char *text)
{
	return text && strstr(text, "-----BEGIN PGP PUBLIC KEY BLOCK-----");
}

/* The fingerprints of the keys in the directory, upper case; each maps to its file. */
static GHashTable *
import_keys(PsInspection *inspection, PsOpenpgp *openpgp)
{
	GHashTable *keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < inspection->files->len; i++) {
		const char *path = inspection->files->pdata[i];
		if (g_str_has_suffix(path, ".json.asc") ||
		    !(g_str_has_suffix(path, ".asc") || g_str_has_suffix(path, ".key")))
			continue;
		g_autofree char *whole = g_build_filename(inspection->dir, path, NULL);
		gsize length;
		g_autofree char *text = ps_file_read(whole, KEY_LIMIT, &length, NULL);
		if (!is_key_file(text))
			continue;
		g_autoptr(GBytes) bytes = g_bytes_new(text, length);
		g_autoptr(GError) problem = NULL;
		PsKeyImport import = {0};
		if (!ps_openpgp_import(openpgp, bytes, FALSE, &import, &problem))
			ps_inspect_fail(inspection, 20, path, "%s", problem->message);
		for (char **one = import.fingerprints; one && *one; one++)
			g_hash_table_replace(keys, g_ascii_strup(*one, -1), (gpointer)path);
		ps_key_import_clear(&import);
	}
	return keys;
}

/* CSAF section 7.1.19: a signature must be good for 30 days, and better for 90. */
static void
judge_expiry(PsInspection *inspection, PsOpenpgp *openpgp, const char *fingerprint,
	     const char *path)
{
	g_autoptr(PsKey) key = ps_openpgp_find_key(openpgp, fingerprint, NULL);
	gint64 now = ps_now_ms();

	if (!key || key->expires == PS_NO_TIME || key->expires > now + EXPIRY_SOON_MS)
		return;
	g_autofree char *date = ps_utc_format(key->expires);
	if (key->expires <= now)
		ps_inspect_fail(inspection, 19, path,
				_("the key expired on %.10s; prolong it, or sign with another."),
				date);
	else if (key->expires <= now + EXPIRY_MS)
		ps_inspect_fail(
			inspection, 19, path,
			_("the key expires on %.10s, less than 30 days from now; prolong it."),
			date);
	else
		ps_inspect_warn(
			inspection, 19, path,
			_("the key expires on %.10s, less than 90 days from now; prolong it."),
			date);
}

static void
judge_named_keys(PsInspection *inspection, PsOpenpgp *openpgp, GHashTable *keys,
		 const PsJsonFile *metadata)
{
	const cJSON *key;

	cJSON_ArrayForEach (key, ps_json_at(metadata->root, "/public_openpgp_keys")) {
		const char *fingerprint = ps_json_text(key, "fingerprint");
		g_autofree char *upper = g_ascii_strup(fingerprint ? fingerprint : "", -1);
		if (fingerprint && g_hash_table_contains(keys, upper))
			judge_expiry(inspection, openpgp, upper, g_hash_table_lookup(keys, upper));
		else if (fingerprint)
			ps_inspect_fail(inspection, 20, metadata->path,
					_("the key “%s” is named, but does not lie here."),
					fingerprint);
	}
}

static void
judge_keys(PsInspection *inspection, PsOpenpgp *openpgp, GHashTable *keys)
{
	if (g_hash_table_size(keys) == 0)
		ps_inspect_fail(inspection, 20, NULL,
				_("there is no public key in the directory."));
	for (guint i = 0; i < inspection->metadata->len; i++)
		judge_named_keys(inspection, openpgp, keys, inspection->metadata->pdata[i]);
}

/* ---- 19 ---- */

static GBytes *
read_bytes(const PsInspection *inspection, const char *path)
{
	g_autofree char *whole = g_build_filename(inspection->dir, path, NULL);
	gsize length;
	char *text = ps_file_read(whole, 64 * 1024 * 1024, &length, NULL);

	return text ? g_bytes_new_take(text, length) : NULL;
}

static const char *
verdict_sentence(const PsSignature *signature)
{
	if (signature->verdict == PS_VERDICT_BAD)
		return _("the signature is bad: the document was changed after signing.");
	if (signature->verdict == PS_VERDICT_KEY_MISSING)
		return _("the signature was made with a key that does not lie here.");
	return NULL;
}

static gboolean
judge_signature(PsInspection *inspection, PsOpenpgp *openpgp, const PsCsafFile *file,
		GError **error)
{
	g_autofree char *path = g_strconcat(file->path, ".asc", NULL);
	g_autoptr(GError) problem = NULL;

	if (!g_hash_table_contains(inspection->there, path)) {
		ps_inspect_fail(inspection, 19, file->path, _("there is no signature (.asc)."));
		return TRUE;
	}
	g_autoptr(GBytes) data = read_bytes(inspection, file->path);
	g_autoptr(GBytes) signature = read_bytes(inspection, path);
	g_autoptr(GPtrArray) signatures =
		data && signature ? ps_openpgp_verify(openpgp, data, signature, NULL, &problem)
				  : NULL;
	if (problem && g_error_matches(problem, PS_ERROR, PS_ERROR_WORKER)) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return FALSE;
	}
	if (!signatures || signatures->len == 0)
		ps_inspect_fail(inspection, 19, path, "%s",
				problem ? problem->message : _("this is no signature."));
	for (guint i = 0; signatures && i < signatures->len; i++) {
		const char *sentence = verdict_sentence(signatures->pdata[i]);
		if (sentence)
			ps_inspect_fail(inspection, 19, path, "%s", sentence);
	}
	return TRUE;
}

static gboolean
judge_signatures(PsInspection *inspection, PsOpenpgp *openpgp, GError **error)
{
	for (guint i = 0; i < inspection->documents->len; i++) {
		ps_progress_set(inspection->progress, i, inspection->documents->len,
				_("Verifying signatures"));
		if (ps_progress_cancelled(inspection->progress, error) ||
		    !judge_signature(inspection, openpgp, inspection->documents->pdata[i], error))
			return FALSE;
	}
	return TRUE;
}

gboolean
ps_inspect_proof(PsInspection *inspection, GError **error)
{
	g_autofree char *home = ps_dir_private(error);

	judge_hashes(inspection);
	if (!home)
		return FALSE;
	g_autoptr(PsOpenpgp) openpgp = ps_openpgp_new(home);
	g_autoptr(GHashTable) keys = import_keys(inspection, openpgp);
	judge_keys(inspection, openpgp, keys);
	gboolean done = judge_signatures(inspection, openpgp, error);
	g_clear_pointer(&openpgp, ps_openpgp_free);
	ps_dir_remove(home, NULL);
	return done;
}
