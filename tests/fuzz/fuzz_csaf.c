#include "config.h"

/* Schema check, all tests, quick fixes and the editor's rows over any JSON: no finding without a
 * place and a sentence that is safe to show, no fix without a title, every fix can be applied to
 * the document that it was made for. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "advisory/csaf-fix.h"
#include "advisory/csaf-tree.h"

static void
try_fix(const cJSON *document, const PsCsafFinding *finding)
{
	g_autoptr(PsCsafFix) fix = ps_csaf_fix(document, finding, NULL);

	if (!fix)
		return;
	g_autoptr(cJSON) copy = cJSON_Duplicate(document, TRUE);
	g_auto(GStrv) pairs = ps_csaf_fix_pairs(fix);
	if (!*fix->title || !g_utf8_validate(fix->title, -1, NULL) ||
	    g_strv_length(pairs) != 2 * fix->edits->len || !ps_csaf_fix_apply(copy, fix))
		abort();
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(cJSON) document = ps_json_parse((const char *)data, size, &ps_csaf_limits, NULL);
	g_autoptr(PsCsafReport) report =
		document ? ps_csaf_check(document, PS_CSAF_ALL, NULL, NULL) : NULL;

	if (!report)
		return 0;
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (!*finding->message || !g_utf8_validate(finding->message, -1, NULL) ||
		    (*finding->pointer && *finding->pointer != '/'))
			abort();
		try_fix(document, finding);
	}
	g_autoptr(GPtrArray) rows = ps_csaf_tree(document, report, PS_CSAF_TREE_ABSENT);
	if (rows->len == 0)
		abort();
	return 0;
}
