#include "config.h"

/* Vectors: what is taken has a canonical form that is taken too and scores the same; what is
 * refused has a sentence. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "scoring/cvss.h"

static void
check_taken(const PsCvss *cvss)
{
	char text[PS_CVSS_VECTOR_MAX];
	PsCvss again;
	PsCvssScores one, two;

	ps_cvss_format(cvss, text);
	if (!ps_cvss_parse(text, strlen(text), 0, &again, NULL) || !ps_cvss_score(cvss, &one) ||
	    !ps_cvss_score(&again, &two))
		abort();
	if (one.base != two.base || one.temporal != two.temporal ||
	    one.environmental != two.environmental || one.overall < 0 || one.overall > 100)
		abort();
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	PsCvss cvss;
	PsCvssProblem problem;

	if (ps_cvss_parse((const char *)data, size, 0, &cvss, &problem)) {
		check_taken(&cvss);
		return 0;
	}
	g_autofree char *sentence = ps_cvss_problem_text(&problem, text);
	if (!g_utf8_validate(sentence, -1, NULL) || !g_str_has_suffix(sentence, "."))
		abort();
	return 0;
}
