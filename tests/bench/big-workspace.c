#include "config.h"

#include "tests/bench/big-workspace.h"

#include "base/utc.h"

#define CASES_A_TRANSACTION 250

static const char *const titles[] = {
	"Buffer overflow in the log parser",    "Missing authentication of the update service",
	"Path traversal in the file upload",    "Weak random numbers in session tokens",
	"Command injection in the diagnostics", "Hard-coded key in the firmware image",
};

static const struct {
	const char *vector, *score, *severity;
} scores[] = {
	{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8", "Critical"},
	{"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N", "6.5", "Medium"},
	{"CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "7.8", "High"},
};

static gboolean
make_children(PsTxn *txn, const char *id, int i, const char *received, const char *acknowledged,
	      GError **error)
{
	g_autofree char *address = g_strdup_printf("reporter%d@example.org", i % 997);
	g_autofree char *report = ps_txn_newv(txn, "report", error, "case", id, "received_at",
					      received, "channel", "email", "reporter_address",
					      address, "acknowledged_at", acknowledged, NULL);
	g_autofree char *flaw = report ? ps_txn_newv(txn, "vulnerability", error, "case", id, "cwe",
						     "CWE-787", NULL)
				       : NULL;
	g_autofree char *score =
		flaw ? ps_txn_newv(txn, "score", error, "case", id, "vulnerability", flaw,
				   "version", "3.1", "vector", scores[i % 3].vector, "score",
				   scores[i % 3].score, "severity", scores[i % 3].severity,
				   "source", "ours", NULL)
		     : NULL;
	g_autofree char *task =
		score ? ps_txn_newv(txn, "task", error, "case", id, "title",
				    "Reproduce on the bench", "due_at", received, NULL)
		      : NULL;

	return task != NULL;
}

static gboolean
make_case(PsTxn *txn, int i, gint64 start, GError **error)
{
	g_autofree char *received = ps_utc_format(start + i * PS_HOUR_MS);
	g_autofree char *acknowledged =
		i % 20 ? ps_utc_format(start + (i + 5) * PS_HOUR_MS) : g_strdup("");
	g_autofree char *title =
		g_strdup_printf("%s (%d)", titles[(gsize)i % G_N_ELEMENTS(titles)], i);
	g_autofree char *id =
		ps_txn_newv(txn, "case", error, "title", title, "rm", i % 3 ? "ACCEPTED" : "CLOSED",
			    "em", "NONE", "cs", "Vfdpxa", "tlp", "AMBER", "received_at", received,
			    "acknowledged_at", acknowledged, NULL);

	return id && make_children(txn, id, i, received, acknowledged, error);
}

gboolean
bench_make_cases(PsStore *store, int count, GError **error)
{
	gint64 start = ps_now_ms() - count * PS_HOUR_MS;

	for (int i = 0; i < count;) {
		g_autoptr(PsTxn) txn = ps_txn_begin(store, "bench", error);
		if (!txn)
			return FALSE;
		for (int n = 0; n < CASES_A_TRANSACTION && i < count; n++, i++)
			if (!make_case(txn, i, start, error))
				return FALSE;
		if (!ps_txn_commit(txn, error))
			return FALSE;
	}
	return TRUE;
}
