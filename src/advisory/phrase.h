#ifndef PS_ADVISORY_PHRASE_H
#define PS_ADVISORY_PHRASE_H

/* The fixed words that an advisory needs beside what people wrote: headings, labels, short
 * sentences. They are in the document's language, which is a field of the document and has nothing
 * to do with the language of the screen; so they do not pass gettext. */

#include <glib.h>

/* name, English, German */
#define PS_PHRASES(X)                                                                              \
	X(INITIAL_VERSION, "Initial version.", "Erste Fassung.")                                   \
	X(DRAFT_SUMMARY, "Changes since version %s.", "Änderungen seit Version %s.")               \
	X(CHANGE_PRODUCTS_ADDED, "Products added", "Produkte hinzugefügt")                         \
	X(CHANGE_PRODUCTS_REMOVED, "Products removed", "Produkte entfernt")                        \
	X(CHANGE_PRODUCTS, "Details of products changed", "Angaben zu Produkten geändert")         \
	X(CHANGE_FLAWS_ADDED, "Vulnerabilities added", "Schwachstellen hinzugefügt")               \
	X(CHANGE_FLAWS_REMOVED, "Vulnerabilities removed", "Schwachstellen entfernt")              \
	X(CHANGE_STATUS, "Product status changed", "Produktstatus geändert")                       \
	X(CHANGE_SCORES, "Scores changed", "Bewertung geändert")                                   \
	X(CHANGE_REMEDIATIONS, "Remedies changed", "Abhilfe geändert")                             \
	X(CHANGE_TEXTS, "Texts revised", "Texte überarbeitet")                                     \
	X(CHANGE_SPELLING, "Spelling corrected", "Rechtschreibung berichtigt")                     \
	X(CHANGE_REFERENCES, "References changed", "Verweise geändert")                            \
	X(CHANGE_THANKS, "Acknowledgments changed", "Danksagung geändert")                         \
	X(CHANGE_OTHER, "Further details changed", "Weitere Angaben geändert")                     \
	X(CHANGE_NOTHING, "No change of content.", "Keine inhaltliche Änderung.")                  \
	X(WITHDRAWN, "Withdrawn", "Zurückgezogen")                                                 \
	X(SUPERSEDED, "Superseded", "Ersetzt")                                                     \
	X(WITHDRAWN_SUMMARY, "This advisory was withdrawn.", "Diese Meldung wurde zurückgezogen.") \
	X(SUPERSEDED_SUMMARY, "This advisory was superseded by %s.",                               \
	  "Diese Meldung wurde durch %s ersetzt.")                                                 \
	X(REASON_WITHDRAWN, "Reasoning for Withdrawal", "Begründung für die Zurückziehung")        \
	X(REASON_SUPERSEDED, "Reasoning for Supersession", "Begründung für die Ersetzung")         \
	X(SUPERSEDING, "Superseding Document", "Ersetzendes Dokument")                             \
	X(ENDED_TEXT, "The document was about: %s", "Das Dokument handelte von: %s")               \
	X(AMBER_STRICT,                                                                            \
	  "TLP:AMBER+STRICT. Share with members of your own organisation who need to know it, "    \
	  "and with nobody else.",                                                                 \
	  "TLP:AMBER+STRICT. Nur innerhalb der eigenen Organisation an Personen weitergeben, die " \
	  "es wissen müssen, und an niemanden sonst.")                                             \
	X(SUMMARY, "Summary", "Zusammenfassung")                                                   \
	X(LEGAL, "Terms of use", "Nutzungsbedingungen")                                            \
	X(DESCRIPTION, "Description", "Beschreibung")                                              \
	X(CVSS4_TITLE, "CVSS 4.0", "CVSS 4.0")                                                     \
	X(CVSS4_TEXT,                                                                              \
	  "CVSS 4.0 rates this vulnerability %s (%s): %s. This format has no field for CVSS 4.0, " \
	  "so it is given here as text.",                                                          \
	  "CVSS 4.0 bewertet diese Schwachstelle mit %s (%s): %s. Dieses Format hat kein Feld "    \
	  "für "                                                                                  \
	  "CVSS 4.0, darum steht es hier als Text.")                                               \
	X(ANONYMOUS, "Reported by somebody who wishes to stay anonymous.",                         \
	  "Gemeldet von jemandem, der anonym bleiben möchte.")                                     \
	X(CREDIT_REPORT, "finding and reporting the vulnerability",                                \
	  "das Finden und Melden der Schwachstelle")                                               \
	X(CREDIT_COORDINATION, "coordinating the disclosure",                                      \
	  "die Koordination der Veröffentlichung")                                                 \
	X(CREDIT_OTHER, "contributing to this advisory", "den Beitrag zu dieser Meldung")          \
	X(SELF_REFERENCE, "This advisory in CSAF format", "Diese Meldung im CSAF-Format")          \
	X(UPDATE_TO, "Update to %s or later.", "Auf %s oder neuer aktualisieren.")                 \
	X(FIX_PLANNED, "A fix is being prepared.", "Eine Korrektur ist in Arbeit.")                \
	X(FIX_PLANNED_BY, "A fix is being prepared; it is expected by %s.",                        \
	  "Eine Korrektur ist in Arbeit; sie wird bis %s erwartet.")                               \
	X(NO_FIX_PLANNED, "No fix is planned.", "Eine Korrektur ist nicht geplant.")               \
	X(NONE_AVAILABLE, "There is no fix at present.", "Zurzeit gibt es keine Korrektur.")       \
	X(EXPLOIT_NO, "No exploitation of this vulnerability is known.",                           \
	  "Es ist nicht bekannt, dass diese Schwachstelle ausgenutzt wird.")                       \
	X(EXPLOIT_POC, "Code that shows the exploitation is public.",                              \
	  "Code, der die Ausnutzung zeigt, ist öffentlich.")                                       \
	X(EXPLOIT_ACTIVE, "This vulnerability is being exploited.",                                \
	  "Diese Schwachstelle wird ausgenutzt.")                                                  \
	X(OVERVIEW, "Overview", "Überblick")                                                       \
	X(IDENTIFIER, "Identifier", "Kennung")                                                     \
	X(VERSION, "Version", "Version")                                                           \
	X(STATUS, "Status", "Status")                                                              \
	X(PUBLISHED, "Published", "Veröffentlicht")                                                \
	X(UPDATED, "Updated", "Aktualisiert")                                                      \
	X(TLP, "Distribution", "Weitergabe")                                                       \
	X(SEVERITY, "Severity", "Schweregrad")                                                     \
	X(PUBLISHER, "Publisher", "Herausgeber")                                                   \
	X(CONTACT, "Contact", "Kontakt")                                                           \
	X(AUTHORITY, "Authority", "Zuständigkeit")                                                 \
	X(ALIASES, "Also known as", "Auch bekannt als")                                            \
	X(LANGUAGE, "Language", "Sprache")                                                         \
	X(VULNERABILITIES, "Vulnerabilities", "Schwachstellen")                                    \
	X(VULNERABILITY, "Vulnerability", "Schwachstelle")                                         \
	X(PRODUCTS, "Products", "Produkte")                                                        \
	X(PRODUCT, "Product", "Produkt")                                                           \
	X(AFFECTED_PRODUCTS, "Product status", "Produktstatus")                                    \
	X(WEAKNESS, "Weakness", "Schwäche")                                                        \
	X(DISCOVERED, "Discovered", "Entdeckt")                                                    \
	X(RELEASED, "Became public", "Öffentlich seit")                                            \
	X(IDS, "Tracked as", "Geführt als")                                                        \
	X(SCORES, "Scores", "Bewertung")                                                           \
	X(SCORE, "Score", "Wert")                                                                  \
	X(VECTOR, "Vector", "Vektor")                                                              \
	X(REMEDIATIONS, "What to do", "Was zu tun ist")                                            \
	X(RESTART, "Restart", "Neustart")                                                          \
	X(LINK, "Link", "Verweis")                                                                 \
	X(DATE, "Date", "Datum")                                                                   \
	X(APPLIES_TO, "Applies to", "Gilt für")                                                    \
	X(THREATS, "Threats and impact", "Bedrohung und Auswirkung")                               \
	X(ENTITLEMENTS, "Needs", "Voraussetzung")                                                  \
	X(INVOLVEMENTS, "Parties", "Beteiligte")                                                   \
	X(ACKNOWLEDGMENTS, "Thanks", "Dank")                                                       \
	X(THANKS_LEAD, "We thank for their help:", "Wir danken für die Unterstützung:")            \
	X(FOR, "for", "für")                                                                       \
	X(FROM, "from", "von")                                                                     \
	X(REFERENCES, "References", "Verweise")                                                    \
	X(REVISIONS, "Revision history", "Änderungsverlauf")                                       \
	X(NOTE_SUMMARY, "Summary", "Zusammenfassung")                                              \
	X(NOTE_DESCRIPTION, "Description", "Beschreibung")                                         \
	X(NOTE_DETAILS, "Details", "Einzelheiten")                                                 \
	X(NOTE_FAQ, "Questions and answers", "Fragen und Antworten")                               \
	X(NOTE_GENERAL, "General", "Allgemeines")                                                  \
	X(NOTE_LEGAL, "Terms of use", "Nutzungsbedingungen")                                       \
	X(NOTE_OTHER, "Note", "Hinweis")                                                           \
	X(AUDIENCE, "For", "Für")                                                                  \
	X(FIRST_AFFECTED, "First affected", "Zuerst betroffen")                                    \
	X(KNOWN_AFFECTED, "Affected", "Betroffen")                                                 \
	X(LAST_AFFECTED, "Last affected", "Zuletzt betroffen")                                     \
	X(KNOWN_NOT_AFFECTED, "Not affected", "Nicht betroffen")                                   \
	X(FIRST_FIXED, "First fixed", "Zuerst korrigiert")                                         \
	X(FIXED, "Fixed", "Korrigiert")                                                            \
	X(RECOMMENDED, "Recommended", "Empfohlen")                                                 \
	X(UNDER_INVESTIGATION, "Under investigation", "In Untersuchung")                           \
	X(VENDOR_FIX, "Fix from the manufacturer", "Korrektur des Herstellers")                    \
	X(WORKAROUND, "Workaround", "Umgehung")                                                    \
	X(MITIGATION, "Mitigation", "Abschwächung")                                                \
	X(FIX_NONE_PLANNED, "No fix planned", "Keine Korrektur geplant")                           \
	X(FIX_NONE_AVAILABLE, "No fix available", "Keine Korrektur verfügbar")                     \
	X(EXPLOIT_STATUS, "Exploitation", "Ausnutzung")                                            \
	X(ALL_VERSIONS, "all versions", "alle Versionen")                                          \
	X(CONTRADICTION,                                                                           \
	  "The document gives the score %s, which contradicts its vector; shown is what the "      \
	  "vector gives.",                                                                         \
	  "Das Dokument nennt den Wert %s, der seinem Vektor widerspricht; gezeigt wird, was der " \
	  "Vektor ergibt.")                                                                        \
	X(SOURCE, "Source", "Quelle")                                                              \
	X(EXPLOITED_SINCE, "First exploited", "Zuerst ausgenutzt")                                 \
	X(LICENSE, "Licence", "Lizenz")                                                            \
	X(OPTIONAL_PATCH, "Optional patch", "Freiwillige Korrektur")                               \
	X(FIX_IS_PLANNED, "Fix planned", "Korrektur geplant")                                      \
	X(STATUS_UNKNOWN, "Unknown", "Unbekannt")                                                  \
	X(IMPACT, "Impact", "Auswirkung")                                                          \
	X(TARGET_SET, "Targets", "Ziele")                                                          \
	X(COMPONENT_NOT_PRESENT, "The vulnerable component is not in the product.",                \
	  "Die verwundbare Komponente ist im Produkt nicht enthalten.")                            \
	X(CODE_NOT_PRESENT, "The vulnerable code is not in the product.",                          \
	  "Der verwundbare Code ist im Produkt nicht enthalten.")                                  \
	X(CODE_NOT_REACHED, "The vulnerable code is never executed.",                              \
	  "Der verwundbare Code wird nie ausgeführt.")                                             \
	X(CODE_NOT_CONTROLLED, "An attacker cannot control the vulnerable code.",                  \
	  "Ein Angreifer kann den verwundbaren Code nicht beeinflussen.")                          \
	X(MITIGATIONS_EXIST, "Protections that are built in prevent the exploitation.",            \
	  "Eingebaute Schutzmaßnahmen verhindern die Ausnutzung.")                                 \
	X(RESTART_NONE, "none", "keiner")                                                          \
	X(RESTART_CONNECTED, "all connected components", "alle verbundenen Komponenten")           \
	X(RESTART_DEPENDENCIES, "the component and what depends on it",                            \
	  "die Komponente und was von ihr abhängt")                                                \
	X(RESTART_MACHINE, "the machine", "das Gerät")                                             \
	X(RESTART_PARENT, "the parent process", "der übergeordnete Prozess")                       \
	X(RESTART_SERVICE, "the service", "der Dienst")                                            \
	X(RESTART_SYSTEM, "the whole system", "das gesamte System")                                \
	X(RESTART_COMPONENT, "the component", "die Komponente")                                    \
	X(RESTART_ZONE, "the security zone", "die Sicherheitszone")                                \
	X(STATUS_DRAFT, "draft", "Entwurf")                                                        \
	X(STATUS_INTERIM, "interim, updates will follow", "vorläufig, Aktualisierungen folgen")    \
	X(STATUS_FINAL, "final", "endgültig")                                                      \
	X(NONE, "None", "Keiner")                                                                  \
	X(LOW, "Low", "Niedrig")                                                                   \
	X(MEDIUM, "Medium", "Mittel")                                                              \
	X(HIGH, "High", "Hoch")                                                                    \
	X(CRITICAL, "Critical", "Kritisch")                                                        \
	X(GENERATED, "Made with %s.", "Erstellt mit %s.")                                          \
	X(INSTALLED_ON, "%s installed on %s", "%s installiert auf %s")                             \
	X(INSTALLED_WITH, "%s installed with %s", "%s installiert mit %s")                         \
	X(DEFAULT_COMPONENT_OF, "%s as a part of %s", "%s als Bestandteil von %s")                 \
	X(OPTIONAL_COMPONENT_OF, "%s as an option of %s", "%s als Option von %s")                  \
	X(EXTERNAL_COMPONENT_OF, "%s used with %s", "%s verwendet mit %s")                         \
	X(REASONS_TITLE, "Reasons of the CVSS %s score", "Gründe der CVSS-%s-Bewertung")           \
	X(CVSS4_TITLE_OF, "CVSS 4.0 of %s", "CVSS 4.0 von %s")                                     \
	X(GROUP, "%u products", "%u Produkte")                                                     \
	X(CONTENTS, "Contents", "Inhalt")                                                          \
	X(GROUPS, "Product groups", "Produktgruppen")                                              \
	X(IDENTIFIERS, "Identifiers", "Kennzeichen")                                               \
	X(MODEL_NUMBER, "model number", "Modellnummer")                                            \
	X(SERIAL_NUMBER, "serial number", "Seriennummer")                                          \
	X(SKU, "SKU", "Artikelnummer")                                                             \
	X(BASE_SCORE, "Base score", "Basiswert")                                                   \
	X(PERCENTILE, "percentile", "Perzentil")                                                   \
	X(SHARING_GROUP, "Sharing group", "Empfängerkreis")                                        \
	X(SCALE, "Scale", "Skala")                                                                 \
	X(UNTITLED, "Security advisory", "Sicherheitsmeldung")

typedef enum {
#define X(name, english, german) PS_PHRASE_##name,
	PS_PHRASES(X)
#undef X
		PS_PHRASE_COUNT
} PsPhrase;

/* `lang`: BCP 47 tag; what we have no words for, and NULL, gives English. */
const char *ps_phrase(const char *lang, PsPhrase phrase);
/* A token of the standard ("known_affected", "vendor_fix", "HIGH") as a phrase; NULL when it is
 * none that we know. */
const char *ps_phrase_token(const char *lang, const char *token);

#endif
