#!/bin/sh
# The advisory's way from a case to a provider directory, by commands alone, judged by other
# people's tools: gpg, sha256sum, sha512sum, and python3-jsonschema with the official schemas.
# TAP; needs PSIRTDESK, SRCDIR, BUILDDIR and PSIRTDESK_SHARED from the makefile.
set -u

count=0
ok() { count=$((count + 1)); echo "ok $count - $1"; }
not_ok() { count=$((count + 1)); echo "not ok $count - $1"; failed=1; }
failed=0
# check NAME COMMAND…: the command must succeed
check() { what=$1; shift; if "$@" >"$tmp/out" 2>"$tmp/err"; then ok "$what"; else
	not_ok "$what"; sed 's/^/# /' "$tmp/out" "$tmp/err"; fi; }
# answer NAME STATUS COMMAND…: the command must end with that status
answer() { what=$1; wanted=$2; shift 2; "$@" >"$tmp/out" 2>"$tmp/err"; got=$?
	if [ $got -eq "$wanted" ]; then ok "$what"; else
	not_ok "$what (status $got, not $wanted)"; sed 's/^/# /' "$tmp/out" "$tmp/err"; fi; }
# says NAME TEXT: the last command said so
says() { if grep -q -e "$2" "$tmp/out" "$tmp/err"; then ok "$1"; else
	not_ok "$1"; sed 's/^/# /' "$tmp/out" "$tmp/err"; fi; }

command -v gpg >/dev/null || { echo "1..0 # SKIP gpg is not here"; exit 0; }

# A short name: the agent's socket has to fit into it.
tmp=$(mktemp -d /tmp/psXXXXXX)
GNUPGHOME=$tmp/g; export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
trap 'gpgconf --kill all >/dev/null 2>&1; rm -rf "$tmp"' EXIT
unset PSIRTDESK_NOW PSIRTDESK_WORKSPACE
ps() { "$PSIRTDESK" -w "$tmp/w" "$@"; }

for name in "Ada <ada@example.com>" "Team <psirt@example.com>"; do
	gpg --batch --quiet --no-auto-check-trustdb --passphrase '' --quick-generate-key "$name" ed25519 default 2y 2>"$tmp/err" ||
		{ sed 's/^/# /' "$tmp/err"; echo "1..0 # SKIP no key could be made"; exit 0; }
	key=$(gpg --batch --quiet --no-auto-check-trustdb --with-colons --list-keys "$name" | awk -F: '$1 == "fpr" {print $10; exit}')
	gpg --batch --quiet --no-auto-check-trustdb --passphrase '' --quick-add-key "$key" cv25519 encr 2y 2>"$tmp/err"
done
team=$key

check "init" ps init --recipient ada@example.com --recipient psirt@example.com --person Ada --gnupg-home "$GNUPGHOME"
ps config org.name "Example Gateways GmbH" >/dev/null
ps config org.namespace https://www.example.com >/dev/null
ps config org.contact "psirt@example.com" >/dev/null
ps config org.legal "This text comes without warranty." >/dev/null
ps config provider.signing_key "$team" >/dev/null

product=$(ps new product name="Edge Gateway" vendor="Example Gateways GmbH" family=Industrial model=EG-100 \
	cpe="cpe:2.3:h:example:edge_gateway:-:*:*:*:*:*:*:*")
old=$(ps new release product="$product" version=4.1 released_on=2026-01-10 purl="pkg:generic/edge-gateway@4.1")
new=$(ps new release product="$product" version=4.2 released_on=2026-06-01 \
	url="https://downloads.example.com/eg-4.2.bin" \
	sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08)
other=$(ps new release product="$product" version=3.9 released_on=2025-03-01)
case=$(ps case open title="Login can be bypassed" summary="Whoever reaches the web page can log in.")
answer "draft of an empty case" 0 ps advisory draft "$case"
answer "a second draft is refused" 1 ps advisory draft "$case"
answer "an empty draft falls short" 1 ps advisory check "$case"
says "check names the command that fills it" "case affect $case"
answer "an empty draft is not published" 1 ps advisory publish "$case"
answer "an empty draft is not approved" 1 ps advisory approve "$case"

flaw=$(ps list vulnerability case="$case" --json | tr ',{' '\n\n' | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1)
check "vulnerability" ps set vulnerability "$flaw" title="Login without password" cwe=CWE-287 cve=CVE-2026-12345 \
	description="The login page takes an empty password." exploited=no discovered_at=2026-10-01
check "affected" ps case affect "$case" "$old" known_affected
check "not affected" ps case affect "$case" "$other" known_not_affected justification=component_not_present \
	impact="Version 3.9 has no web page."
check "score 3.1" ps case score "$case" CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P
check "score 4.0" ps case score "$case" CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
check "decision" ps case decide "$case" vendor_fix reason="It can be fixed." fixed_in="$new" restart=machine
check "workaround" ps case decide "$case" workaround reason="Until then." details="Close port 443 to the outside."
check "participant" ps new participant case="$case" role=finder name="Rita Reporter" credit=yes organization="Rita's Lab"
check "reference" ps new reference case="$case" url=https://www.example.com/news/1 summary="Our news"
answer "without a public address it falls short" 1 ps advisory check "$case"
ps config provider.url https://www.example.com/csaf >/dev/null
check "now it can be published" ps advisory check "$case"

check "an item is moved to the end" ps advisory move "$case" /document/references/0 last
ps advisory export "$case" --format csaf >"$tmp/moved.json"
check "and stands there" python3 -c '
import json, sys
assert json.load(open(sys.argv[1]))["document"]["references"][-1]["category"] == "self"' "$tmp/moved.json"
check "and up again" ps advisory move "$case" /document/references/1 up
answer "which takes its edit back" 1 ps advisory reset "$case" /document/references
answer "a place that is none" 64 ps advisory move "$case" /document/references/0 sideways
answer "what is no item of a list" 2 ps advisory move "$case" /document/title first
check "an item is copied" ps advisory copy "$case" /document/notes/0
check "the copy is removed" ps advisory set "$case" /document/notes/1=
answer "where nothing may stand twice" 2 ps advisory copy "$case" /vulnerabilities/0/product_status/known_affected/0
says "it is said" "twice"
check "set a field" ps advisory set "$case" /document/aggregate_severity/text=High
answer "an unknown field is refused" 2 ps advisory set "$case" /document/titel=x
says "with what is allowed" "acknowledgments"
answer "a wrong choice is refused" 2 ps advisory set "$case" /vulnerabilities/0/remediations/0/category=magic
says "with the choices" "vendor_fix"
answer "a kept field is refused" 2 ps advisory set "$case" /document/tracking/version=7

for format in csaf text md html; do
	check "export $format" ps advisory export "$case" --format $format
	cp "$tmp/out" "$tmp/draft.$format"
	ps advisory export "$case" --format $format >"$tmp/again"
	check "export $format is the same each time" cmp "$tmp/draft.$format" "$tmp/again"
done

validate() { python3 "$SRCDIR/tests/script/validate-csaf.py" "$PSIRTDESK_SHARED/data/csaf/2.0/schema" "$@"; }
can_validate=no
if [ -d "$PSIRTDESK_SHARED/data/csaf/2.0/schema" ] && python3 -c 'import jsonschema' 2>/dev/null; then
	can_validate=yes
else
	echo "# the official schemas or python3-jsonschema are not here: no second opinion on validity"
fi
[ $can_validate = no ] || check "the draft is valid by the official schema" validate csaf "$tmp/draft.csaf"

ps case state "$case" em=PROPOSED >/dev/null 2>&1
check "an embargo begins" ps case state "$case" em=ACTIVE until=+3d
answer "the embargo stops it" 1 ps advisory publish "$case"
says "with how it is lifted" "--lift"
answer "within the embargo it is not armed" 1 ps advisory publish "$case" --at +1d
check "for a later time it is armed" ps advisory publish "$case" --at +7d
says "how it is cancelled" "advisory disarm"
check "what is armed is listed" ps advisory due --list
says "with its time" "$case"
check "nothing is due yet" ps advisory due
check "cancelled" ps advisory disarm "$case"
check "armed again" ps advisory publish "$case" --at +7d
check "an edit afterwards" ps advisory set "$case" /document/title="Another title"
says "makes it void, with a sentence" "that is void"
later=$(date -u -d '8 days' +%Y-%m-%dT%H:%M:%SZ)
answer "so it is not published when it is due" 1 env PSIRTDESK_NOW="$later" "$PSIRTDESK" -w "$tmp/w" advisory due
says "and that is said" "that is void"
check "the edit is taken back" ps advisory reset "$case" /document/title
answer "twice is a conflict" 1 ps advisory disarm "$case"
check "nothing was published" test ! -e "$tmp/w/provider/white/index.txt"
check "publish, lifted" ps advisory publish "$case" --lift "The news is out."
file=$(cat "$tmp/out")
dir=$(dirname "$file"); name=$(basename "$file"); white=$(dirname "$dir")
check "canonical name" test "$name" = "$(echo "$case" | tr 'A-Z' 'a-z').json"
check "folder of the year" test "$(basename "$dir")" = "$(date -u +%Y)"
check "folder of the label" test "$(basename "$white")" = white
check "sha256sum" sh -c "cd '$dir' && sha256sum -c '$name.sha256'"
check "sha512sum" sh -c "cd '$dir' && sha512sum -c '$name.sha512'"
check "gpg --verify" gpg --batch --verify "$file.asc" "$file"
check "a stranger's gpg, with the public key from the directory" sh -c "
	mkdir -m 700 '$tmp/s' && gpg --homedir '$tmp/s' --batch --quiet --import '$tmp/w/provider/openpgp/$team.asc' &&
	gpg --homedir '$tmp/s' --batch --verify '$file.asc' '$file'; status=\$?
	gpgconf --homedir '$tmp/s' --kill all; exit \$status"
check "index.txt" grep -qx "$(date -u +%Y)/$name" "$white/index.txt"
check "changes.csv" grep -q "^\"$(date -u +%Y)/$name\",\"" "$white/changes.csv"
check "the lift is kept" sh -c "'$PSIRTDESK' -w '$tmp/w' list advisory_version --json | grep -q 'The news is out'"
if [ $can_validate = yes ]; then
	check "the published file is valid" validate csaf "$file"
	check "the feed is valid" validate rolie "$white/csaf-feed-tlp-white.json"
	check "provider-metadata.json is valid" validate provider "$tmp/w/provider/provider-metadata.json"
fi
check "csaf check" ps csaf check "$file" --tests mandatory
check "provider check" ps provider check "$tmp/w/provider"
says "a trusted provider" csaf_trusted_provider
check "published again, nothing changes" ps advisory publish "$case"
says "and it says so" "Nothing changed"
answer "undo is refused after publishing" 1 ps undo

check "a change in the case" ps set vulnerability "$flaw" description="The login page takes any password."
check "the difference is told" ps advisory diff "$case"
says "with the texts" "The login page takes any password."
check "versions" ps advisory versions "$case"
says "with a proposed summary" "Texts revised."
cp "$file" "$tmp/first"
check "second version" ps advisory publish "$case" --summary "The description was corrected."
check "version 2 is there" grep -q '"version": "2"' "$file"
check "both revisions are told" grep -q "The description was corrected." "$file"
check "sha256sum of version 2" sh -c "cd '$dir' && sha256sum -c '$name.sha256'"
check "gpg --verify of version 2" gpg --batch --verify "$file.asc" "$file"
[ $can_validate = no ] || check "version 2 is valid" validate csaf "$file"
check "provider check of version 2" ps provider check "$tmp/w/provider"
check "version 1 can still be seen" ps advisory versions "$case" 1
cp "$tmp/out" "$tmp/v1"
check "as it was, byte for byte" cmp "$tmp/v1" "$tmp/first"
check "what changed between two versions" ps advisory diff "$case" 1 2 --json
says "by pointer" '"pointer":"/vulnerabilities/0/notes/0/text"'
answer "a version that is not there" 1 ps advisory diff "$case" 1 7

echo "tampered" >>"$file"
answer "a changed file is found" 1 ps provider check "$tmp/w/provider"
check "provider init mends it" ps provider init
check "mended" ps provider check "$tmp/w/provider"
rm -r "$tmp/w/provider"
check "provider init makes it again" ps provider init
check "made again" gpg --batch --verify "$file.asc" "$file"
check "provider init again changes nothing" ps provider init --json
says "zero changes" '"changed":0'
check "withdrawn without a reason" ps advisory withdraw "$case"
says "which is told" "No reason was given"
check "taken back" ps advisory withdraw "$case" --cancel
check "withdraw" ps advisory withdraw "$case" --reason "The flaw does not exist."
answer "twice is a conflict" 1 ps advisory withdraw "$case" --reason "Again."
check "called off" ps advisory withdraw "$case" --cancel
check "withdraw after all" ps advisory withdraw "$case" --reason "The flaw does not exist."
check "the withdrawal is valid CSAF" ps advisory check "$case"
check "it is published" ps advisory publish "$case"
check "and says so" grep -q "Reasoning for Withdrawal" "$file"
check "without products" sh -c "! grep -q product_tree '$file'"
[ $can_validate = no ] || check "it is valid by the official schema" validate csaf "$file"
check "csaf check of the withdrawal" ps csaf check "$file" --tests mandatory
check "as CSAF 2.1 it is of that profile" ps csaf convert "$file" --to 2.1
says "by name" '"csaf_withdrawn"'
cp "$tmp/out" "$tmp/withdrawn.json"
check "and passes its tests" ps csaf check "$tmp/withdrawn.json" --tests mandatory
answer "the advisory is over" 1 ps advisory set "$case" /document/title=More
check "provider check at the end" ps provider check "$tmp/w/provider"
check "the store is whole" ps verify

echo "1..$count"
exit $failed
