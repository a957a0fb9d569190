#!/bin/sh
# Advisories from the case in full, and documents that come in, by commands alone: every profile is
# judged by our own tests and by the official schema; changes of the case; templates; reading in.
. "$SRCDIR/tests/script/tap.sh"
command -v gpg >/dev/null && command -v notmuch >/dev/null || skip_all "gpg or notmuch is not here"
workspace=$dir/w
fixture=$SRCDIR/tests/fixtures/upstream/nk-2026-007.json

schema=$PSIRTDESK_SHARED/data/csaf/2.0/schema
can_validate=no
if [ -d "$schema" ] && python3 -c 'import jsonschema' 2>/dev/null; then
	can_validate=yes
else
	echo "# the official schemas or python3-jsonschema are not here: no second opinion on validity"
fi
# The draft of $case as it stands, judged.
judge() { # NAME
	"$PSIRTDESK" -w "$workspace" advisory export "$case" >"$dir/draft.json"
	ok "$1: no mandatory finding" "$PSIRTDESK" csaf check --tests mandatory "$dir/draft.json"
	[ $can_validate = no ] ||
		ok "$1: valid by the official schema" python3 "$SRCDIR/tests/script/validate-csaf.py" "$schema" csaf "$dir/draft.json"
}
draft() { json "$1" <"$dir/draft.json"; }

pd init --demo
expect 0 "init --demo"

# ---- a case about a firmware that runs on devices ----
release() { "$PSIRTDESK" -w "$workspace" list release version="$1" | head -n 1 | cut -f 1; }
old=$(release 1.7.0)
new=$(release 1.8.1)
pd case open title="Hub: pairing without asking" summary="Whoever is near can pair."
case=$out
pd list vulnerability case="$case" --json
flaw=$(printf '%s\n' "$out" | head -n 1 | json id)
pd set vulnerability "$flaw" title="Pairing is never refused" cve=CVE-2026-20202 cwe=CWE-306 description="Pairing needs no key press." exploited=no
expect 0 "vulnerability"
pd case affect "$case" "$old" known_affected
pd case score "$case" CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:L/I:H/A:L
pd case decide "$case" vendor_fix reason="It can be fixed." fixed_in="$new" restart=machine entitlements="none"
pd new involvement case="$case" party=vendor status=in_progress date=2026-11-20T10:00:00Z summary="We are at it."
expect 0 "involvement"
pd new reference case="$case" url=https://www.example.org/pairing summary="How pairing works"

# ---- draft with the default template, and every profile ----
pd advisory draft "$case" --lang en_GB
refused 2 "“en_GB”" "a language that is none"
pd advisory draft "$case" --template Nobody
expect 1 "a template that is not there is refused"
err_has "Brannvik Systems" "… with those that are"
pd advisory draft "$case"
expect 0 "draft"
judge "csaf_security_advisory"
[ "$(draft product_tree.relationships.0.category)" = installed_on ]
verdict $? "firmware on a device is a product of its own"
[ "$(draft vulnerabilities.0.product_status.known_affected.0)" = "$(draft product_tree.relationships.0.full_product_name.product_id)" ]
verdict $? "… and has the status"
[ "$(draft vulnerabilities.0.involvements.0.party)" = vendor ]
verdict $? "involvement"
grep -q "firewall" "$dir/draft.json"
verdict $? "the template's note"
pd list advisory case="$case" --json
advisory=$(printf '%s\n' "$out" | head -n 1 | json id)
for profile in csaf_base csaf_vex csaf_informational_advisory csaf_security_incident_response csaf_security_advisory; do
	pd set advisory "$advisory" profile=$profile
	judge $profile
done

# ---- what changed since ----
pd advisory refresh "$case" --accept-all
expect 0 "accept all"
out_is "" "nothing is left"
pd set vulnerability "$flaw" title="Pairing is always granted"
pd set vulnerability "$flaw" description="Nobody is asked."
pd advisory refresh "$case"
out_has "- Pairing is never refused" "the old text"
out_has "+ Pairing is always granted" "the new text"
pd advisory refresh "$case" --json
[ "$(printf '%s\n' "$out" | json 0.change)" = changed ]
verdict $? "as JSON"
pd advisory refresh "$case" --accept /document/title
expect 1 "what did not change cannot be accepted"
pd advisory refresh "$case" --keep /vulnerabilities/0/title --accept-all
expect 0 "keep one, accept the other"
out_is "" "nothing is left then"
"$PSIRTDESK" -w "$workspace" advisory export "$case" >"$dir/draft.json"
[ "$(draft vulnerabilities.0.title)" = "Pairing is never refused" ]
verdict $? "what was kept stays"
grep -q "Nobody is asked." "$dir/draft.json"
verdict $? "what was accepted is there"
pd config advisory.follow no
pd set vulnerability "$flaw" description="Nobody is asked, ever."
"$PSIRTDESK" -w "$workspace" advisory export "$case" >"$dir/draft.json"
grep -q "asked, ever" "$dir/draft.json"
[ $? = 1 ]
verdict $? "advisory.follow=no: it waits"
pd advisory refresh "$case" --accept-all
"$PSIRTDESK" -w "$workspace" advisory export "$case" >"$dir/draft.json"
grep -q "asked, ever" "$dir/draft.json"
verdict $? "… until it is accepted"
pd config advisory.follow yes

# ---- documents that come in ----
pd new product name="Hub H1" vendor="Example Works"
product=$out
pd new release product="$product" version=1.0
pd new release product="$product" version=2.0 purl=pkg:generic/example/h1@2.0
cp "$fixture" "$dir/in.json"
sha256sum "$dir/in.json" >"$dir/in.json.sha256"
sed 's/unsigned/signed/' "$fixture" >"$dir/other.json"
cp "$dir/in.json.sha256" "$dir/other.json.sha256"
pd csaf import "$dir/other.json"
refused 1 "hash" "a document that does not fit its hash is refused"
echo '{"document": {}}' >"$dir/none.json"
pd csaf import "$dir/none.json"
refused 2 "no CSAF document" "what is no CSAF is refused"
pd csaf import "$dir/in.json" --case --upstream
expect 64 "two wishes at once are none"
pd csaf import "$dir/in.json"
expect 0 "import"
out_has "NK-2026-007" "its id"
out_has "likely	Example Works Hub H1 1.0	Example Works Hub H1 1.0" "matched by name and version"
out_has "exact	Example Works Hub H1 2.0	Example Works Hub H1 2.0" "matched by purl"
out_has "unmatched	Somebody Else Switch 7" "what is not ours is named"
err_has "hash file beside it fits" "the hash was compared"
upstream=$(printf '%s\n' "$out" | head -n 1 | cut -f 1)
pd csaf import "$dir/in.json" --json
[ "$(printf '%s\n' "$out" | json already)" = True ]
verdict $? "again: it says so"
pd csaf case "$upstream"
expect 0 "a case of it"
new_case=$out
pd csaf case "$upstream"
expect 1 "not twice"
pd list affected case="$new_case"
[ "$(printf '%s\n' "$out" | wc -l)" = 2 ]
verdict $? "the releases have their status"
pd list upstream_product upstream="$upstream" product_id=SW-7
row=$(printf '%s\n' "$out" | cut -f 1)
pd csaf match "$row" "$old"
expect 0 "the analyst's own match"
pd list affected case="$new_case"
[ "$(printf '%s\n' "$out" | wc -l)" = 3 ]
verdict $? "… gives the release its status"
sed 's/"version": "1"/"version": "2"/; s/"number": "1"/"number": "2"/' "$fixture" >"$dir/newer.json"
gpg --homedir "$workspace/gnupg" --batch --quiet --no-auto-check-trustdb --armor --detach-sign \
	--output "$dir/newer.json.asc" "$dir/newer.json" 2>/dev/null
sed 's/unsigned/signed/' "$dir/newer.json" >"$dir/forged.json"
cp "$dir/newer.json.asc" "$dir/forged.json.asc"
pd csaf import "$dir/forged.json"
refused 1 "signature" "a bad signature is refused"
echo nonsense >"$dir/forged.json.asc"
pd csaf import "$dir/forged.json"
refused 1 "signature" "a file that is no signature vouches for nothing"
pd csaf import "$dir/newer.json" --into PSIRT-1999-0001
refused 1 "PSIRT-1999-0001" "into a case that there is not"
pd csaf import --json "$dir/none.json" "$dir/in.json"
[ "$(printf '%s\n' "$out" | head -n 1 | json file)" = "$dir/none.json" ]
verdict $? "--json: a file that is refused has its line too"
expect 2 "… and the worst counts"
pd csaf import "$dir/newer.json"
err_has "Signature beside it: good" "a good signature is told"
err_has "replaces version 1" "a newer version replaces the older one"
out_has "$new_case" "… and belongs to its case"
sed 's/"\(Update to 2.0[^"]*\)"/"Update to 2.0 or newer."/' "$dir/newer.json" >"$dir/words.json"
sed -i 's/"version": *"2"/"version": "3"/; s/"number": *"2"/"number": "3"/' "$dir/words.json"
pd csaf import "$dir/words.json" --case --unverified
expect 0 "a newer version goes into the case that the older one was taken over into"
out_has "+ Decision: vendor_fix: Update to 2.0 or newer." "… its other words are told"
out_has "- Decision: vendor_fix: Update to 2.0." "… and what it does not say any more"
pd csaf import "$dir/words.json" --case --unverified --json
[ "$(printf '%s' "$out" | python3 -c 'import json,sys; print(json.load(sys.stdin)["changes"])')" = "[]" ]
verdict $? "… once"
pd case state "$new_case" rm=VALID
pd case next "$new_case"
out_has "propose" "a proposed remedy waits for an answer"
pd list decision case="$new_case" --json
proposal=$(printf '%s\n' "$out" | head -n 1 | json id)
pd case accept "$proposal"
expect 0 "… it is accepted"
pd case accept "$proposal"
err_has "is no proposal" "… once"

# ---- as an attachment, on the screen ----
sed 's/NK-2026-007/NK-2026-008/' "$fixture" >"$dir/attached.json"
{
	printf 'From: Partner <partner@netzkern.example.org>\nTo: psirt@brannvik.example\n'
	printf 'Subject: Advisory for the attention of your team\nMessage-ID: <nk-8@netzkern.example.org>\n'
	printf 'Date: Fri, 20 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n'
	printf 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease see.\n'
	printf '%s\n' '--b' 'Content-Type: application/json; name=nk.json' 'Content-Transfer-Encoding: base64' \
		'Content-Disposition: attachment; filename=nk.json' ''
	base64 "$dir/attached.json"
	printf '%s\n' '--b--'
} >"$dir/nk.eml"
pd inbox import "$dir/nk.eml"
expect 0 "the mail is there"
pd list mail message_id=nk-8@netzkern.example.org
mail=$(printf '%s\n' "$out" | cut -f 1)
for part in 1 2 3; do
	cat >"$dir/keys" <<EOF
action pane.open part $mail/$part
wait Type
save-screen $dir/part$part
EOF
	run "$PSIRTDESK" -w "$workspace" --script "$dir/keys"
done
part=$(grep -l "looks like a CSAF document" "$dir"/part? | sed 's/.*part//')
[ "$part" = 3 ]
verdict $? "only the attachment is offered"
cat >"$dir/keys" <<EOF
action pane.open part $mail/$part
wait looks like a CSAF document
key i
wait NK-2026-008
expect products are ours
EOF
ok "an attachment is taken in by one key" "$PSIRTDESK" -w "$workspace" --script "$dir/keys"
pd list upstream_advisory tracking_id=NK-2026-008
out_has "Netzkern Software" "it is kept"
done_testing
