#!/bin/sh
# An advisory's second day by commands alone, on the demo workspace: scored and decided, drafted,
# mended, reviewed by a second person, published at a later minute, proved on the release day,
# exported in every form; then a second version after a change of the case, and the last one.
. "$SRCDIR/tests/script/tap.sh"
command -v gpg >/dev/null && command -v notmuch >/dev/null || skip_all "gpg or notmuch is not here"
workspace=$dir/w
case=PSIRT-2026-0002

# What people read names things; ids of records are for programs.
uuid='[0-9a-f]\{8\}-[0-9a-f]\{4\}-7[0-9a-f]\{3\}-'
names_only() { # NAME
	! printf '%s\n' "$out$err" | grep -q "$uuid"
	verdict $? "$1"
}
is_json() { # NAME: one value
	printf '%s' "$out" | python3 -c 'import json, sys; json.load(sys.stdin)' 2>"$dir/err"
	verdict $? "$1"
}
usage_of() { # WORDS…: used wrongly it is told how, and of nothing else
	run "$PSIRTDESK" -w "$workspace" "$@"
	[ "$status" = 64 ] && case $err in *"Usage: psirtdesk $1 $2"*) true ;; *) false ;; esac &&
		! printf '%s\n' "$err" | grep '^ \{7\}psirtdesk' | grep -qv "psirtdesk $1 $2"
	verdict $? "$1 $2: how it is used"
}

PSIRTDESK_NOW=2026-11-21T10:00:00Z
export PSIRTDESK_NOW
pd init --demo
expect 0 "init --demo"
gnupg=$workspace/gnupg
jonas=$("$PSIRTDESK" -w "$workspace" person list | sed -n 's/.*Jonas Aalto.*	\([0-9A-F]*\)$/\1/p')
pd config advisory.second_person yes
expect 0 "two pairs of eyes"

# ---- judged ----
pd case score "$case" CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N \
	reason="Anybody in the network." reason.AV="The port is open to the network."
expect 0 "a score with its reasons"
out_has "9.3	Critical" "it is scored"
pd case ssvc "$case" supplier E=P A=Y VD=D TI=T SI=N reason.E="A script is public."
expect 0 "an SSVC walk"
pd cwe stack-based buffer
out_has "CWE-121" "the weakness is found by words"
pd cve reserve CVE-2026-91000..91002 --cna "Example CNA"
expect 0 "a block of CVE ids"
pd cve assign "$case"
expect 0 "the case gets one"
pd cve list used
out_has "CVE-2026-91000" "the register says so"
pd case decide "$case" vendor_fix reason="The check is in 2.9.2." fixed_in="C5 2.9.2" details="Install 2.9.2."
if [ "$status" != 0 ]; then
	pd list product name="Skarv Cam C5" --json
	pd new release product="$(printf %s "$out" | json id)" version=2.9.2 released_on=today
	pd case affect "$case" "C5 2.9.2" fixed
	pd case decide "$case" vendor_fix reason="The check is in 2.9.2." fixed_in="C5 2.9.2" details="Install 2.9.2."
fi
expect 0 "decided"

# ---- drafted and mended ----
pd advisory draft "$case"
expect 0 "drafted"
pd advisory set "$case" /vulnerabilities/0/cwe/name=
pd advisory check "$case"
expect 1 "a finding stands in the way"
out_has "/vulnerabilities/0/cwe" "and names its place"
pd advisory reset "$case" /vulnerabilities/0/cwe/name
pd advisory check "$case"
expect 0 "taken back"

# ---- reviewed ----
pd advisory review "$case"
expect 0 "a review is asked for"
pd advisory approve "$case"
refused 1 "somebody else" "who wrote it does not approve"
pd advisory comment "$case" /document/title "Name the model."
expect 0 "a comment"
comment=$out
pd advisory reject "$case" --reason "The title says too little."
expect 0 "sent back"
pd advisory set "$case" /document/title="Skarv Cam C5: memory corruption in the RTSP service"
pd advisory resolve "$comment"
expect 0 "dealt with"
pd advisory review "$case"
expect 0 "asked for again"
approve() {
	pd advisory approval export "$case" "$dir/statement"
	rm -f "$dir/statement.asc"
	gpg --homedir "$gnupg" --batch --quiet --local-user "$jonas" --armor --detach-sign "$dir/statement"
	pd advisory approval import "$case" "$dir/statement.asc"
}
approve
expect 0 "Jonas approves"
err_has "Jonas Aalto approved version 1" "by name"
names_only "and no id"

# ---- published at its minute ----
pd set case "$case" tlp=CLEAR
pd case state "$case" em=EXITED
pd advisory review "$case" --status
[ "$status" = 0 ] || approve
pd advisory publish "$case" --at +2h
expect 0 "armed"
pd advisory due
expect 0 "nothing is due yet"
pd advisory versions "$case"
out_lacks "final" "and nothing is published"
PSIRTDESK_NOW=2026-11-21T12:00:00Z
pd advisory due
expect 0 "two hours later it is published"
file=$workspace/provider/white/2026/psirt-2026-0002.json
ok "signed" gpg --homedir "$gnupg" --batch --quiet --verify "$file.asc" "$file"
run "$PSIRTDESK" csaf check "$file"
expect 0 "and right by the standard's tests"

# ---- release day ----
pd advisory release "$case"
expect 1 "the release day has open steps"
pd advisory release "$case" --json
is_json "as JSON"
for step in update cve users reporter; do
	pd advisory release "$case" "$step" "Ticket 17"
	expect 0 "$step is proved"
done
pd advisory release "$case" receipt "I looked."
refused 1 "seen by itself" "what the program sees by itself is not said by hand"
pd advisory release "$case" receipt "No web server yet." --not-needed
expect 0 "but may be not needed"
pd advisory release "$case" push "Nothing to upload to." --not-needed
pd advisory release "$case" vendors "No other vendor." --not-needed
pd advisory release "$case"
expect 0 "nothing is open"
pd advisory release "$case" nonsense x
[ "$status" != 0 ]
verdict $? "a step that there is not"

# ---- every form ----
for format in csaf openvex cve; do
	pd advisory export "$case" --format "$format"
	expect 0 "export as $format"
	is_json "$format is JSON"
done
pd advisory export "$case" --csaf-version 2.1
expect 0 "export as CSAF 2.1"
printf '%s\n' "$out" >"$dir/2.1.json"
run "$PSIRTDESK" csaf check "$dir/2.1.json"
expect 0 "right by the tests of 2.1"
for format in text md html; do
	pd advisory export "$case" --format "$format"
	expect 0 "export as $format"
	out_has "CVE-2026-91000" "$format names the CVE id"
	names_only "$format names what it is about"
done

# ---- a second version ----
PSIRTDESK_NOW=2026-12-15T09:00:00Z
pd case affect "$case" "C5 2.8.0" fixed
expect 0 "an older release is found to be fixed"
pd advisory refresh "$case" --json
expect 0 "the case changed"
is_json "as JSON"
pd advisory refresh "$case" --accept-all
expect 0 "accepted"
pd advisory diff "$case"
expect 0 "what changed"
out_has "Fixed: “Brannvik Systems Skarv Cam C5 2.8.0”" "the product by its name, and its status"
names_only "no ids"
pd advisory publish "$case"
refused 1 "review" "version 2 needs its own review"
pd advisory review "$case"
approve
expect 0 "Jonas approves version 2"
pd advisory publish "$case" --summary "2.8.0 has the fix." --interim
expect 0 "published"
pd advisory versions "$case"
out_has "2.8.0 has the fix." "the versions say what changed"
pd advisory diff "$case" 1 2 --json
expect 0 "the difference of two versions"
pd advisory versions "$case" 1
is_json "the first version can still be read"

# ---- the end ----
pd advisory withdraw "$case" --reason "The finding was wrong."
expect 0 "withdrawn"
approve
pd advisory publish "$case" --summary "Withdrawn."
expect 0 "the last version is published"
pd provider check "$workspace/provider"
expect 0 "the provider directory is whole"
pd verify
expect 0 "the store is whole"

# ---- used wrongly ----
usage_of advisory draft
usage_of advisory publish
usage_of advisory withdraw
usage_of case ssvc
usage_of case score
usage_of csaf convert
usage_of csaf match
usage_of cve reserve
usage_of provider check
pd provider check "$SRCDIR/README"
refused 2 "Not a directory" "provider check of a file says what is wrong with it"

# ---- locked, and on read-only media ----
pd --readonly advisory publish "$case"
[ "$status" = 1 ] || [ "$status" = 2 ]
verdict $? "a read-only workspace publishes nothing"
pd --readonly advisory versions "$case"
expect 0 "but is read"

done_testing
