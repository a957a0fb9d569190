#include "config.h"

#include "advisory/upstream.h"

#include <string.h>

#include "advisory/build.h"
#include "advisory/csaf-check.h"
#include "advisory/upstream-internal.h"
#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"

#define SIDE_FILE_BYTES ((gsize)1024 * 1024)
#define LINE_BYTES 500

/* ---- reading ---- */

char *
ps_upstream_line(const char *text)
{
	if (!text || !*text || !g_utf8_validate(text, -1, NULL))
		return NULL;
	char *line = g_strdelimit(g_strdup(text), "\r\n\t\v\f", ' ');
	if (strlen(line) > LINE_BYTES) {
		const char *end = g_utf8_find_prev_char(line, line + LINE_BYTES);
		line[end ? end - line : 0] = '\0';
	}
	g_strstrip(line);
	if (!*line)
		g_clear_pointer(&line, g_free);
	return line;
}

/* WHITE and CLEAR are the same, AMBER+STRICT exists in 2.1 only. */
static const char *
tlp_of(const cJSON *document)
{
	const char *label =
		ps_json_text(ps_json_at(document, "/document/distribution/tlp"), "label");

	if (g_strcmp0(label, "AMBER+STRICT") == 0)
		return "AMBER+STRICT";
	return g_strcmp0(label, "CLEAR") == 0 ? "CLEAR" : ps_tlp_from_csaf(label);
}

static gboolean
read_head(PsUpstream *upstream, GError **error)
{
	const cJSON *head = ps_json_at(upstream->document, "/document");
	const cJSON *tracking = ps_json_at(upstream->document, "/document/tracking");
	const cJSON *publisher = ps_json_at(upstream->document, "/document/publisher");
	const char *released = ps_json_text(tracking, "current_release_date");

	upstream->csaf_version = ps_json_text(head, "csaf_version");
	upstream->title = ps_json_text(head, "title");
	upstream->category = ps_json_text(head, "category");
	upstream->tracking_id = ps_json_text(tracking, "id");
	upstream->version = ps_json_text(tracking, "version");
	upstream->status = ps_json_text(tracking, "status");
	upstream->publisher = ps_json_text(publisher, "name");
	upstream->namespace = ps_json_text(publisher, "namespace");
	upstream->tlp = tlp_of(upstream->document);
	upstream->released_at = PS_NO_TIME;
	if (released)
		ps_utc_parse(released, &upstream->released_at, NULL);
	if (upstream->csaf_version && upstream->title && upstream->tracking_id &&
	    upstream->version && upstream->publisher && upstream->namespace)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” is no CSAF document: CSAF version, title, tracking id, version or "
		      "publisher is missing. “psirtdesk csaf check” tells more."),
		    upstream->source);
	return FALSE;
}

static gboolean
judge(PsUpstream *upstream, GError **error)
{
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(upstream->document, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY, NULL, error);

	if (!report)
		return FALSE;
	upstream->findings = ps_csaf_report_count(report, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY);
	if (upstream->findings > 0) {
		const PsCsafFinding *first = report->findings->pdata[0];
		upstream->first_finding =
			g_strdup_printf("%s %s: %s", first->test, first->pointer, first->message);
	}
	return TRUE;
}

static gboolean
parse_bytes(PsUpstream *upstream, GError **error)
{
	g_autoptr(GError) problem = NULL;
	gsize length;
	const char *text = g_bytes_get_data(upstream->bytes, &length);

	upstream->document = ps_json_parse(text ? text : "", length, &ps_csaf_limits, &problem);
	if (upstream->document)
		return read_head(upstream, error);
	g_set_error(error, PS_ERROR, problem->code, "“%s”: %s", upstream->source, problem->message);
	return FALSE;
}

PsUpstream *
ps_upstream_read(GBytes *bytes, const char *source, GError **error)
{
	g_autoptr(PsUpstream) upstream = g_new0(PsUpstream, 1);

	upstream->bytes = g_bytes_ref(bytes);
	upstream->source = g_strdup(source);
	upstream->hash = "none";
	upstream->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
	if (!parse_bytes(upstream, error) || !judge(upstream, error))
		return NULL;
	upstream->products = ps_upstream_products(upstream->document);
	upstream->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = upstream->products->len; i > 0; i--) {
		PsUpstreamProduct *product = upstream->products->pdata[i - 1];
		g_hash_table_insert(upstream->by_id, product->product_id, product);
	}
	return g_steal_pointer(&upstream);
}

void
ps_upstream_free(PsUpstream *upstream)
{
	if (!upstream)
		return;
	g_clear_pointer(&upstream->bytes, g_bytes_unref);
	g_clear_pointer(&upstream->by_id, g_hash_table_unref);
	g_clear_pointer(&upstream->products, g_ptr_array_unref);
	cJSON_Delete(upstream->document);
	g_free(upstream->sha256);
	g_free(upstream->source);
	g_free(upstream->first_finding);
	g_free(upstream->signer);
	g_free(upstream);
}

gboolean
ps_upstream_is_likely(const char *text, gsize length)
{
	g_autofree char *begin = g_strndup(text, MIN(length, (gsize)64 * 1024));

	return length > 0 && strchr("{ \t\r\n", *begin) && strstr(begin, "\"document\"") &&
	       (strstr(begin, "\"csaf_version\"") || strstr(begin, "\"tracking\""));
}

/* ---- what lies beside a file: CSAF 2.0 requirements 18 and 19 of section 7.1 ---- */

static void
check_hash(PsUpstream *upstream, const char *path)
{
	static const struct {
		const char *suffix;
		GChecksumType type;
	} kinds[] = {{".sha512", G_CHECKSUM_SHA512}, {".sha256", G_CHECKSUM_SHA256}};

	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *file = g_strconcat(path, kinds[i].suffix, NULL);
		g_autofree char *text = g_file_test(file, G_FILE_TEST_IS_REGULAR)
						? ps_file_read(file, SIDE_FILE_BYTES, NULL, NULL)
						: NULL;
		if (!text)
			continue;
		g_autofree char *sum = g_compute_checksum_for_bytes(kinds[i].type, upstream->bytes);
		gboolean good = g_ascii_strncasecmp(text, sum, strlen(sum)) == 0 &&
				!g_ascii_isxdigit(text[strlen(sum)]);
		/* one that does not fit is enough */
		if (!good || g_str_equal(upstream->hash, "none"))
			upstream->hash = good ? "good" : "bad";
	}
}

static gboolean
check_signature(PsUpstream *upstream, PsOpenpgp *openpgp, const char *path, GError **error)
{
	g_autofree char *file = g_strconcat(path, ".asc", NULL);
	gsize length;
	char *text = g_file_test(file, G_FILE_TEST_IS_REGULAR)
			     ? ps_file_read(file, SIDE_FILE_BYTES, &length, NULL)
			     : NULL;

	if (!text)
		return TRUE;
	g_autoptr(GError) wrong = NULL;
	g_autoptr(GBytes) signature = g_bytes_new_take(text, length);
	g_autoptr(GPtrArray) signatures =
		ps_openpgp_verify(openpgp, upstream->bytes, signature, NULL, &wrong);
	if (!signatures && !g_error_matches(wrong, PS_ERROR, PS_ERROR_INPUT)) {
		g_propagate_prefixed_error(error, g_steal_pointer(&wrong), "“%s”: ", file);
		return FALSE;
	}
	if (!signatures) {
		upstream->verdict = PS_VERDICT_BAD;
		return TRUE;
	}
	/* a file that says nothing of this document vouches for nothing */
	upstream->verdict = signatures->len > 0 ? PS_VERDICT_NONE : PS_VERDICT_BAD;
	for (guint i = 0; i < signatures->len; i++) {
		const PsSignature *one = signatures->pdata[i];
		if (one->verdict < upstream->verdict)
			continue;
		upstream->verdict = one->verdict;
		g_free(upstream->signer);
		upstream->signer = g_strdup(one->fingerprint);
	}
	return TRUE;
}

PsUpstream *
ps_upstream_read_file(PsOpenpgp *openpgp, const char *path, GError **error)
{
	gsize length;
	char *text = ps_file_read(path, ps_csaf_limits.bytes, &length, error);

	if (!text)
		return NULL;
	g_autoptr(GBytes) bytes = g_bytes_new_take(text, length);
	g_autoptr(PsUpstream) upstream = ps_upstream_read(bytes, path, error);
	if (!upstream || g_str_equal(path, "-"))
		return g_steal_pointer(&upstream);
	check_hash(upstream, path);
	if (openpgp && !check_signature(upstream, openpgp, path, error))
		return NULL;
	return g_steal_pointer(&upstream);
}
