#ifndef PS_SCORING_CVSS_MACROVECTOR_H
#define PS_SCORING_CVSS_MACROVECTOR_H

#include <glib.h>

#define PS_CVSS_NO_MACROVECTOR 255

/* Tenths, by the levels of EQ1 … EQ6. */
extern const guint8 ps_cvss_macrovector_scores[3][2][3][3][3][2];

#endif
