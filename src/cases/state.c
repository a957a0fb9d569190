#include "config.h"

/* State machines of a case (Vultron protocol, CERT/CC). */

#include "cases/state.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

typedef struct {
	const char *machine, *from;
	const char *to; /* blank-separated */
	const char *text;
} State;

static const State states[] = {
	{"rm", "START", "RECEIVED", N_("nothing reported yet")},
	{"rm", "RECEIVED", "VALID INVALID", N_("received, to be validated")},
	{"rm", "INVALID", "VALID CLOSED", N_("not valid as reported")},
	{"rm", "VALID", "ACCEPTED DEFERRED", N_("valid, to be prioritised")},
	{"rm", "ACCEPTED", "DEFERRED CLOSED", N_("accepted, being worked on")},
	{"rm", "DEFERRED", "ACCEPTED CLOSED", N_("valid, but put off")},
	{"rm", "CLOSED", "", N_("closed")},
	{"em", "NONE", "PROPOSED", N_("no embargo")},
	{"em", "PROPOSED", "ACTIVE NONE", N_("embargo proposed")},
	{"em", "ACTIVE", "REVISE EXITED", N_("embargo in force")},
	{"em", "REVISE", "ACTIVE EXITED", N_("embargo in force, a change is proposed")},
	{"em", "EXITED", "", N_("embargo ended")},
};

static const State *
find_state(const char *machine, const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(states); i++)
		if (g_str_equal(states[i].machine, machine) &&
		    g_ascii_strcasecmp(states[i].from, name) == 0)
			return &states[i];
	return NULL;
}

/* ---- case state: six letters, each small or capital ---- */

#define CS_LETTERS "vfdpxa"
#define N_LETTERS 6

typedef struct {
	char letter;
	const char *needs;  /* must be capital before */
	const char *brings; /* become capital with it */
	const char *yes;    /* its meaning, for people */
} Letter;

static const Letter letters[] = {
	{'V', "", "", N_("vendor aware")},     {'F', "V", "", N_("fix ready")},
	{'D', "VF", "", N_("fix deployed")},   {'P', "", "V", N_("public aware")},
	{'X', "", "PV", N_("exploit public")}, {'A', "", "", N_("attacks observed")},
};

static int
letter_index(char c)
{
	const char *at = c ? strchr(CS_LETTERS, g_ascii_tolower(c)) : NULL;

	return at ? (int)(at - CS_LETTERS) : -1;
}

static gboolean
is_case_state(const char *text)
{
	if (strlen(text) != N_LETTERS)
		return FALSE;
	for (int i = 0; i < N_LETTERS; i++)
		if (letter_index(text[i]) != i)
			return FALSE;
	return TRUE;
}

static gboolean
has_letter(const char *state, char capital)
{
	return state[letter_index(capital)] == capital;
}

static gboolean
has_all(const char *state, const char *capitals)
{
	for (; *capitals; capitals++)
		if (!has_letter(state, *capitals))
			return FALSE;
	return TRUE;
}

gboolean
ps_case_state_valid(const char *cs)
{
	if (!is_case_state(cs))
		return FALSE;
	for (int i = 0; i < N_LETTERS; i++)
		if (has_letter(cs, letters[i].letter) && !has_all(cs, letters[i].needs))
			return FALSE;
	return TRUE;
}

static gboolean
refuse_cs(const char *from, const char *to, GError **error)
{
	g_auto(GStrv) moves = ps_state_moves("cs", from);
	g_autofree char *list = g_strjoinv(", ", moves);

	g_set_error(
		error, PS_ERROR, PS_ERROR_REFUSED,
		_("The case state can't go from “%s” to “%s”. F needs V, D needs F, and nothing "
		  "becomes unknown again; possible now: %s."),
		from, to, *list ? list : _("nothing"));
	return FALSE;
}

/* Which letters `to` asks for, as six letters. */
static char *
wanted_letters(const char *from, const char *to, GError **error)
{
	g_autofree char *wanted = g_strdup(from);

	if (is_case_state(to))
		return g_strdup(to);
	for (const char *p = to; *p; p++) {
		int i = letter_index(*p);
		if (i < 0 || *p != letters[i].letter) {
			g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
				    _("“%s” is no case state: write six letters as VFdPxa, or the "
				      "capitals to add, as FD."),
				    to);
			return NULL;
		}
		wanted[i] = *p;
	}
	return g_steal_pointer(&wanted);
}

static char *
move_cs(const char *from, const char *to, GError **error)
{
	g_autofree char *next = NULL;

	if (!is_case_state(from)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("“%s” is no case state."), from);
		return NULL;
	}
	if (!*to || !(next = wanted_letters(from, to, error))) {
		if (!*to)
			refuse_cs(from, to, error);
		return NULL;
	}
	for (int i = 0; i < N_LETTERS; i++)
		if (next[i] == letters[i].letter)
			for (const char *b = letters[i].brings; *b; b++)
				next[letter_index(*b)] = *b;
	gboolean legal = !g_str_equal(next, from);
	for (int i = 0; i < N_LETTERS; i++) {
		gboolean was = from[i] == letters[i].letter, is = next[i] == letters[i].letter;
		legal = legal && !(was && !is) && !(is && !has_all(next, letters[i].needs));
	}
	if (!legal)
		refuse_cs(from, to, error);
	return legal ? g_steal_pointer(&next) : NULL;
}

static char **
cs_moves(const char *from)
{
	GStrvBuilder *builder = g_strv_builder_new();

	for (int i = 0; i < N_LETTERS && is_case_state(from); i++) {
		char letter[2] = {letters[i].letter, '\0'};
		if (!has_letter(from, *letter) && has_all(from, letters[i].needs))
			g_strv_builder_add(builder, letter);
	}
	char **moves = g_strv_builder_end(builder);
	g_strv_builder_unref(builder);
	return moves;
}

static char *
cs_text(const char *state)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < N_LETTERS && is_case_state(state); i++)
		if (has_letter(state, letters[i].letter))
			g_string_append_printf(text, "%s%s", text->len ? ", " : "",
					       _(letters[i].yes));
	return g_strdup(text->len ? text->str : _("nothing known yet"));
}

/* ---- all three ---- */

char **
ps_state_moves(const char *machine, const char *from)
{
	if (g_str_equal(machine, "cs"))
		return cs_moves(from);
	const State *state = find_state(machine, from);
	return state && *state->to ? g_strsplit(state->to, " ", -1) : g_new0(char *, 1);
}

char *
ps_state_move(const char *machine, const char *from, const char *to, GError **error)
{
	if (g_str_equal(machine, "cs"))
		return move_cs(from, to, error);
	const State *target = find_state(machine, to);
	g_auto(GStrv) moves = ps_state_moves(machine, from);
	if (target && g_strv_contains((const char *const *)moves, target->from))
		return g_strdup(target->from);
	g_autofree char *list = g_strjoinv(", ", moves);
	if (!target)
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no state of “%s”. Possible now: %s."), to, machine,
			    *list ? list : _("nothing"));
	else
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("“%s” can't go from %s to %s. Possible now: %s."), machine, from,
			    target->from, *list ? list : _("nothing, this is its last state"));
	return NULL;
}

char *
ps_state_text(const char *machine, const char *name)
{
	if (g_str_equal(machine, "cs"))
		return cs_text(name);
	const State *state = find_state(machine, name);
	return g_strdup(state ? _(state->text) : name);
}
