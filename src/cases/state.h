#ifndef PS_CASES_STATE_H
#define PS_CASES_STATE_H

/* The three state machines of a case, after the Vultron protocol of CERT/CC: report management
 * (RM), embargo management (EM) and case state (CS). Pure functions over tables. */

#include <glib.h>

/* `machine`: "rm", "em" or "cs".
 *
 * For rm and em the moves of the tables only. For cs, `to` is either six letters ("VFdPxa") or the
 * capitals to add ("FD"); letters only ever go from small to capital, F needs V, D needs F; P
 * brings V along and X brings P, as the public tells the vendor and an exploit tells the public.
 * Gives the new state (new string); a move that is not possible is PS_ERROR_REFUSED with what is
 * possible from here, rubbish is PS_ERROR_INPUT. Staying where one is, is PS_ERROR_REFUSED too. */
char *ps_state_move(const char *machine, const char *from, const char *to, GError **error);

/* Where one may go from here: NULL-terminated; for cs the capitals that can be added. Free with
 * g_strfreev(). */
char **ps_state_moves(const char *machine, const char *from);

/* Six letters in their order, F only with V, D only with F. */
gboolean ps_case_state_valid(const char *cs);

/* The state's meaning in words, translated: "valid", "fix ready, not deployed, …". New string. */
char *ps_state_text(const char *machine, const char *state);

#endif
