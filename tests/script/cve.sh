#!/bin/sh
# The register of CVE ids and what leaves with them: requests, blocks, use, rejection; CSAF 2.1,
# OpenVEX and CVE records judged by the official schemas. TAP; see tap.sh.
. "${SRCDIR:-.}/tests/script/tap.sh"

command -v gpg >/dev/null || skip_all "gpg is not here"
workspace=$dir/w
run "$PSIRTDESK" -w "$workspace" init --demo
[ "$status" = 0 ] || skip_all "no demo workspace: $err"
id_of() { "$PSIRTDESK" -w "$workspace" "$@" --json | head -n 1 | json id; }
state_of() { "$PSIRTDESK" -w "$workspace" list cve_id "cve=$1" --json | json state; }
has_state() { # CVE STATE NAME
	[ "$(state_of "$1")" = "$2" ]
	verdict $? "$3"
}

pd config cve.cna "Example CNA"
pd cve list
out_is "" "the register begins empty"
pd cve request --case PSIRT-2026-0002
expect 0 "an id is asked for"
request=$(id_of cve list requested)
pd cve reserve CVE-2026-1000..1003 CVE-2026-999
refused 2 "no CVE id" "a bad id among good ones: nothing is entered"
pd cve reserve CVE-2026-1000..1003
out_has "CVE-2026-1003" "a block is entered"
pd cve reserve CVE-2026-1002
refused 1 "already" "an id is entered once"
pd cve reserve CVE-2026-1000..999999
refused 2 "no block" "a block has its limit"
pd cve reserve CVE-2026-20001 --request "$request"
expect 0 "a request is answered"
has_state CVE-2026-20001 reserved "… and is reserved"
pd cve use CVE-2026-7777
refused 1 "not in the register" "an unknown id can't be used"
pd cve assign PSIRT-2026-0002
out_is "CVE-2026-20001" "a case gets the id that is kept for it"
has_state CVE-2026-20001 used "… which is used now"
pd cve assign PSIRT-2026-0002
refused 1 "already" "a case gets one id"
pd cve assign PSIRT-2026-0001
out_is "CVE-2026-1000" "else the lowest free one"
flaw=$(id_of list vulnerability case=PSIRT-2026-0001)
pd set vulnerability "$flaw" cve=CVE-2026-1001
has_state CVE-2026-1001 used "an id set by hand is used"
has_state CVE-2026-1000 reserved "the one before it is given back"
pd cve reject CVE-2026-1003 --note "not needed"
expect 0 "an id is rejected"
pd cve assign PSIRT-2026-0003 --cve CVE-2026-1003
refused 1 "rejected" "a rejected id is never given out"
pd cve use CVE-2026-1003
refused 1 "never used again" "… nor used"
pd set cve_id "$request" state=rejected
refused 1 "set by the program" "the state moves by commands only"
pd cve reject CVE-2026-1001
expect 0 "a used id may be rejected"
pd advisory check PSIRT-2026-0001
expect 1 "an advisory with a rejected id falls short"
out_has "was rejected" "… and says so"
pd set vulnerability "$flaw" cve=CVE-2026-1000
pd cve list used
out_has "CVE-2026-1000	used	Example CNA	" "the list shows state, CNA and date"

pd config cve.org_id 0a1b2c3d
pd advisory export PSIRT-2026-0001 --format cve
refused 1 "no UUID" "a bad organisation id is refused"
pd config cve.org_id 0a1b2c3d-0000-4000-8000-00000000abcd
pd config cve.short_name example
for form in cve openvex; do
	pd advisory export PSIRT-2026-0001 --format $form
	expect 0 "export $form"
	cp "$dir/out" "$dir/$form.json"
	PSIRTDESK_NOW=2031-01-01T00:00:00Z LC_ALL=C TZ=Asia/Tokyo "$PSIRTDESK" -w "$workspace" advisory export PSIRT-2026-0001 \
		--format $form >"$dir/again" 2>"$dir/err"
	cmp -s "$dir/$form.json" "$dir/again"
	verdict $? "$form is the same at any time, in any locale"
done
[ "$(json cnaContainer.affected.0.versions.0.status <"$dir/cve.json")" = affected ]
verdict $? "the CVE record has versions with their status"
pd advisory export PSIRT-2026-0001 --format cve --cve CVE-2026-1
refused 1 "does not speak of" "another CVE id is refused"
pd advisory export PSIRT-2026-0001 --format csaf --csaf-version 3.0
expect 64 "a CSAF version that there is not"
pd set vulnerability "$flaw" exploited_at=2026-06-01T00:00:00Z exploitation_known_at=2026-06-03T00:00:00Z
pd case ssvc PSIRT-2026-0001 supplier E=A A=Y VD=C TI=T PSI=S
pd advisory export PSIRT-2026-0001 --csaf-version 2.1
expect 0 "export CSAF 2.1"
cp "$dir/out" "$dir/csaf.json"
out_has '"cvss_v4"' "CVSS 4.0 has its place"
out_has '"exploitation_date": "2026-06-01T00:00:00Z"' "the first exploitation has its date"
out_has '"ssvc_v2"' "the walk of SSVC has its place"
pd csaf check --tests mandatory "$dir/csaf.json"
expect 0 "it passes the tests of CSAF 2.1"

# An advisory in another language: the CVE program wants English beside it.
pd advisory set PSIRT-2026-0001 /document/lang=de
pd advisory export PSIRT-2026-0001 --format cve
refused 1 "description_en" "a record without English is refused, and the field is named"
pd set vulnerability "$flaw" description_en="An empty password is taken." title_en="Login without password"
pd advisory export PSIRT-2026-0001 --format cve
expect 0 "with English texts it is made"
cp "$dir/out" "$dir/cve-de.json"
[ "$(json cnaContainer.descriptions.0.lang <"$dir/cve-de.json")" = en ] &&
	[ "$(json cnaContainer.descriptions.1.lang <"$dir/cve-de.json")" = de ]
verdict $? "English stands first, the advisory's own text beside it"
[ "$(json cnaContainer.title <"$dir/cve-de.json")" = "Login without password" ]
verdict $? "the title is the English one"

shared=${PSIRTDESK_SHARED:-}/data
if [ -d "$shared/cve/schema" ] && python3 -c 'import jsonschema' 2>/dev/null; then
	ok "the CVE record fits the official schema" python3 "$SRCDIR/tests/script/validate-json.py" \
		"$shared/cve/schema/5.1_published_cna_container.json" "$dir/cve.json"
	ok "the one of a German advisory too" python3 "$SRCDIR/tests/script/validate-json.py" \
		"$shared/cve/schema/5.1_published_cna_container.json" "$dir/cve-de.json"
	ok "OpenVEX fits the official schema" python3 "$SRCDIR/tests/script/validate-json.py" \
		"$shared/vex/openvex/openvex_json_schema.json" "$dir/openvex.json"
	ok "CSAF 2.1 fits the official schema" python3 "$SRCDIR/tests/script/validate-csaf.py" \
		"$shared/csaf/2.1/schema" csaf-2.1 "$dir/csaf.json"
else
	echo "# the official schemas or python3-jsonschema are not here"
fi
done_testing
