#include "config.h"

#include "advisory/phrase.h"

#include <string.h>

static const char *const english[PS_PHRASE_COUNT] = {
#define X(name, en, de) [PS_PHRASE_##name] = (en),
	PS_PHRASES(X)
#undef X
};

static const char *const german[PS_PHRASE_COUNT] = {
#define X(name, en, de) [PS_PHRASE_##name] = (de),
	PS_PHRASES(X)
#undef X
};

static const struct {
	const char *token;
	PsPhrase phrase;
} tokens[] = {
	{"first_affected", PS_PHRASE_FIRST_AFFECTED},
	{"known_affected", PS_PHRASE_KNOWN_AFFECTED},
	{"last_affected", PS_PHRASE_LAST_AFFECTED},
	{"known_not_affected", PS_PHRASE_KNOWN_NOT_AFFECTED},
	{"first_fixed", PS_PHRASE_FIRST_FIXED},
	{"fixed", PS_PHRASE_FIXED},
	{"recommended", PS_PHRASE_RECOMMENDED},
	{"under_investigation", PS_PHRASE_UNDER_INVESTIGATION},
	{"vendor_fix", PS_PHRASE_VENDOR_FIX},
	{"workaround", PS_PHRASE_WORKAROUND},
	{"mitigation", PS_PHRASE_MITIGATION},
	{"no_fix_planned", PS_PHRASE_FIX_NONE_PLANNED},
	{"none_available", PS_PHRASE_FIX_NONE_AVAILABLE},
	{"optional_patch", PS_PHRASE_OPTIONAL_PATCH},
	{"fix_planned", PS_PHRASE_FIX_IS_PLANNED},
	{"unknown", PS_PHRASE_STATUS_UNKNOWN},
	{"exploit_status", PS_PHRASE_EXPLOIT_STATUS},
	{"impact", PS_PHRASE_IMPACT},
	{"target_set", PS_PHRASE_TARGET_SET},
	{"component_not_present", PS_PHRASE_COMPONENT_NOT_PRESENT},
	{"vulnerable_code_not_present", PS_PHRASE_CODE_NOT_PRESENT},
	{"vulnerable_code_not_in_execute_path", PS_PHRASE_CODE_NOT_REACHED},
	{"vulnerable_code_cannot_be_controlled_by_adversary", PS_PHRASE_CODE_NOT_CONTROLLED},
	{"inline_mitigations_already_exist", PS_PHRASE_MITIGATIONS_EXIST},
	{"none", PS_PHRASE_RESTART_NONE},
	{"connected", PS_PHRASE_RESTART_CONNECTED},
	{"dependencies", PS_PHRASE_RESTART_DEPENDENCIES},
	{"machine", PS_PHRASE_RESTART_MACHINE},
	{"parent", PS_PHRASE_RESTART_PARENT},
	{"service", PS_PHRASE_RESTART_SERVICE},
	{"system", PS_PHRASE_RESTART_SYSTEM},
	{"vulnerable_component", PS_PHRASE_RESTART_COMPONENT},
	{"zone", PS_PHRASE_RESTART_ZONE},
	{"draft", PS_PHRASE_STATUS_DRAFT},
	{"interim", PS_PHRASE_STATUS_INTERIM},
	{"final", PS_PHRASE_STATUS_FINAL},
	{"summary", PS_PHRASE_NOTE_SUMMARY},
	{"description", PS_PHRASE_NOTE_DESCRIPTION},
	{"details", PS_PHRASE_NOTE_DETAILS},
	{"faq", PS_PHRASE_NOTE_FAQ},
	{"general", PS_PHRASE_NOTE_GENERAL},
	{"legal_disclaimer", PS_PHRASE_NOTE_LEGAL},
	{"other", PS_PHRASE_NOTE_OTHER},
	{"NONE", PS_PHRASE_NONE},
	{"LOW", PS_PHRASE_LOW},
	{"MEDIUM", PS_PHRASE_MEDIUM},
	{"HIGH", PS_PHRASE_HIGH},
	{"CRITICAL", PS_PHRASE_CRITICAL},
};

static gboolean
is_german(const char *lang)
{
	return lang && g_ascii_strncasecmp(lang, "de", 2) == 0 &&
	       (lang[2] == '\0' || lang[2] == '-');
}

const char *
ps_phrase(const char *lang, PsPhrase phrase)
{
	return is_german(lang) ? german[phrase] : english[phrase];
}

const char *
ps_phrase_token(const char *lang, const char *token)
{
	for (gsize i = 0; token && i < G_N_ELEMENTS(tokens); i++)
		if (g_str_equal(tokens[i].token, token))
			return ps_phrase(lang, tokens[i].phrase);
	return NULL;
}
