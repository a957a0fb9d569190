#!/bin/sh
# The whole line by commands alone: from an encrypted report in the inbox of the demo workspace to a
# signed advisory in the provider directory, judged by gpg and sha256sum; then backup, restore, undo.
. "$SRCDIR/tests/script/tap.sh"
command -v gpg >/dev/null && command -v notmuch >/dev/null || skip_all "gpg or notmuch is not here"
workspace=$dir/w

pd init --demo
expect 0 "init --demo"
pd config clocks.acknowledge 24h
expect 0 "our own policy: answer within a day"
gnupg=$workspace/gnupg

# ---- inbox: find it, read it ----
pd inbox sync
expect 0 "inbox sync"
pd inbox list tag:unread and subject:inside
expect 0 "inbox list with a query of notmuch"
mail=$(printf '%s\n' "$out" | cut -f1)
out_has "Another one, please see inside" "it finds the report"
pd inbox list 'date:nonsense..'
expect 2 "a query that notmuch does not understand"
pd inbox show "$mail"
expect 0 "inbox show decrypts and verifies"
out_has "factory.key" "the text was encrypted"
pd inbox show "$mail" --json
[ "$(printf %s "$out" | json verdict)" = good-known ]
verdict $? "the signature is good, of a known key"
pd inbox show nonsense-id
expect 1 "a mail that is not there"

# ---- case ----
pd clocks
late_before=$(printf '%s\n' "$out" | grep -c 'late by')
pd inbox case "$mail" title="IG200: broker accepts the certificate of the factory"
expect 0 "inbox case"
case=$(printf '%s\n' "$out" | sed -n 's/.*\(PSIRT-[0-9]*-[0-9]*\).*/\1/p' | head -1)
ok "it has a number" test -n "$case"
pd inbox case "$mail"
refused 1 "$case" "a second case of the same mail is refused"
pd list participant case="$case" --json
[ "$(printf %s "$out" | json address)" = ines@harborlight.example ]
verdict $? "the reporter came from the mail"
pd list report case="$case" --json
[ "$(printf %s "$out" | json encryption) $(printf %s "$out" | json verdict)" = "pgp-inline good-known" ]
verdict $? "the report keeps how it came"
pd list message case="$case"
out_has "Another one" "the message is filed"
pd show case "$case" --json
received=$(printf %s "$out" | json received_at)
[ "$received" != None ]
verdict $? "the case has the time of receipt"
pd clocks
out_has "$case	Acknowledge the report" "the desk asks for an acknowledgement"

# ---- reply ----
pd inbox reply "$mail" --template acknowledgement
expect 0 "inbox reply"
sent=$(ls "$workspace"/mail/outbox/new/* 2>/dev/null | head -1)
ok "the send command got a message" test -s "${sent:-/nonexistent}"
ok "it is encrypted" grep -q -- '-----BEGIN PGP MESSAGE-----' "$sent"
ok "its subject is hidden" grep -q '^Subject: \.\.\.' "$sent"
sed -n '/-----BEGIN PGP MESSAGE-----/,/-----END PGP MESSAGE-----/p' "$sent" >"$dir/sealed"
run gpg --homedir "$gnupg" --batch --status-fd 2 --decrypt "$dir/sealed"
expect 0 "the team can read it again"
out_has "$case" "it names the case"
err_has "GOODSIG" "it is signed"
pd show case "$case" --json
acknowledged=$(printf %s "$out" | json acknowledged_at)
[ "$acknowledged" != None ]
verdict $? "the case is acknowledged"
pd clocks
out_lacks "$case	Acknowledge the report" "the desk asks no more"
pd list message case="$case" direction=out
out_has "state=sent" "the answer is filed as sent"
pd undo
expect 1 "what was sent can't be undone"

# ---- affected, score, decision, task ----
pd case state "$case" rm=VALID
expect 0 "validated"
pd case state "$case" rm=ACCEPTED em=PROPOSED
expect 0 "accepted, an embargo is proposed"
pd case state "$case" em=ACTIVE until=+30d
expect 0 "the embargo is in force"
pd case affect "$case" "IG200 4.2.1" "IG200 4.2.0" known_affected
expect 0 "affected releases"
pd case affect "$case" "IG400 5.0.1" known_not_affected justification=component_not_present
expect 0 "a release that is not affected"
pd list product name="Fjordgate IG200" --json
pd new release product="$(printf %s "$out" | json id)" version=4.2.2 released_on=today url=https://download.brannvik.example/ig200/4.2.2
expect 0 "a new release"
pd case affect "$case" "IG200 4.2.2" fixed
expect 0 "the release with the fix"
pd new score case="$case" vector=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N reason="Every unit has the same key."
expect 0 "new score"
pd case score "$case" CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N
expect 0 "case score"
out_has "9.3	Critical" "CVSS 4.0 is scored"
pd clocks --all
out_has "$case	Fix or mitigate" "the fix is due by severity"
pd list vulnerability case="$case" --json
flaw=$(printf %s "$out" | json id)
pd set vulnerability "$flaw" title="Broker accepts a certificate that every unit has" cwe=CWE-321 \
	description="The message broker accepts a client certificate whose private key is part of the public firmware image."
expect 0 "the vulnerability is described"
pd set case "$case" summary="The message broker of the IG200 accepts a client certificate that is the same in every unit."
expect 0 "the case is summed up"
pd case decide "$case" vendor_fix reason="A new certificate for each unit." fixed_in="IG200 4.2.2" \
	details="Install firmware 4.2.2." url=https://download.brannvik.example/ig200/4.2.2
expect 0 "decision"
pd case task "$case" title="Tell the distributors" due=+2d
expect 0 "task"
pd case done "$out"
expect 0 "task done"
pd list participant case="$case" --json
pd set participant "$(printf %s "$out" | json id)" credit=yes credit_name="Ines Carvalho" organization="Harborlight Research"
expect 0 "credit"
pd case state "$case" cs=F
expect 0 "fix ready"
pd case timeline "$case"
out_has "Fix available" "timeline"

# ---- advisory ----
pd advisory draft "$case"
expect 0 "advisory draft"
pd advisory export "$case" --format text
expect 0 "advisory as text"
out_has "Broker accepts a certificate" "it says what is wrong"
out_has "4.2.2" "it says where it is fixed"
out_has "Ines Carvalho" "it credits the reporter"
pd advisory set "$case" /document/title="Fjordgate IG200: shared certificate"
expect 0 "advisory set"
pd advisory set "$case" /document/nonsense=x
expect 2 "a field that the standard does not have"
pd advisory check "$case"
expect 0 "advisory check"
pd advisory export "$case" --format csaf
printf '%s\n' "$out" >"$dir/draft.json"
run "$PSIRTDESK" csaf check "$dir/draft.json"
expect 0 "the draft passes the standard's tests"
pd advisory approve "$case"
expect 0 "advisory approve"
pd advisory publish "$case"
expect 1 "publishing within the embargo is refused"
err_has "embargo" "and it is said why"
number=$(printf %s "$case" | tr A-Z a-z)
ok "nothing lies in the directory" sh -c '! find "$1" -name "$2*" | grep -q .' - "$workspace/provider" "$number"
pd set case "$case" tlp=CLEAR
pd advisory publish "$case" --lift "The reporter and we agree to publish today."
expect 0 "lifted with a reason, it is published"
file=$(find "$workspace/provider" -name "$number.json")
ok "the file has its canonical name" test -s "$file"
ok "sha256sum agrees" sh -c 'cd "$(dirname "$1")" && sha256sum -c "$(basename "$1").sha256"' - "$file"
ok "sha512sum agrees" sh -c 'cd "$(dirname "$1")" && sha512sum -c "$(basename "$1").sha512"' - "$file"
mkdir -m 700 "$dir/public"
ok "the public key is beside it" sh -c 'gpg --homedir "$1" --batch --quiet --import "$2"/provider/openpgp/*.asc' - "$dir/public" "$workspace"
ok "a stranger can verify the signature" gpg --homedir "$dir/public" --batch --verify "$file.asc" "$file"
run "$PSIRTDESK" csaf check "$file"
expect 0 "the published file passes the standard's tests"
pd provider check "$workspace/provider"
expect 0 "the provider directory is whole"
pd show case "$case" --json
[ "$(printf %s "$out" | json em) $(printf %s "$out" | json cs)" = "EXITED VFdPxa" ]
verdict $? "the case left the embargo and is public"
pd list event case="$case" type=published
[ -n "$out" ]
verdict $? "the case log tells it"
pd undo
expect 1 "what was published can't be undone"

# ---- safety ----
pd verify
expect 0 "verify"
pd backup "$dir/backup"
expect 0 "backup"
pd case open title="After the backup"
later=$out
pd undo
expect 0 "undo"
pd show case "$later"
expect 1 "it is undone"
pd case open title="After the backup, again"
later=$out
pd restore "$dir/backup"
expect 0 "restore"
pd show case "$later"
expect 1 "what came after the backup is gone"
pd show case "$case"
out_has "IG200: broker accepts" "what came before is there"
pd verify
expect 0 "verify after restore"
pd provider check "$workspace/provider"
expect 0 "the provider directory is whole after restore"
pd inbox list
expect 0 "the inbox is there after restore"

done_testing
