#!/bin/sh
# What the demo workspace promises, and that it leaves nothing elsewhere.
. "$SRCDIR/tests/script/tap.sh"
command -v gpg >/dev/null && command -v notmuch >/dev/null || skip_all "gpg or notmuch is not here"
workspace=$dir/w

pd init --demo
expect 0 "init --demo"
out_is "$workspace" "it prints the workspace"
[ -z "$err" ]
verdict $? "without a word"
[ -z "$(find "$HOME" -mindepth 1)" ]
verdict $? "nothing was written to the user's home"
ok "no agent is left" sh -c '! gpgconf --homedir "$1" --list-dirs agent-socket | xargs test -S' - "$workspace/gnupg"
ok "nobody else may look in" test "$(stat -c %a "$workspace")" = 700
pd init --demo
refused 1 "$workspace" "a second time is refused"
mkdir "$dir/full"
touch "$dir/full/file"
run "$PSIRTDESK" -w "$dir/full" init --demo
refused 1 "not empty" "a directory that holds something is refused"
ok "and left as it is" test -f "$dir/full/file"
run "$PSIRTDESK" -w "$dir/x" init --demo --recipient x
refused 64 "--demo" "--demo goes alone"
"$PSIRTDESK" -w "$dir/stopped" init --demo >/dev/null 2>"$dir/why" &
pid=$!
while [ ! -d "$dir/stopped/gnupg" ] && kill -0 $pid 2>/dev/null; do :; done
kill -TERM $pid
wait $pid
status=$? out= err=$(cat "$dir/why")
refused 2 "Stopped" "it can be stopped"
ok "nothing is left then" test ! -e "$dir/stopped"
long=$dir/$(printf 'a%.0s' $(seq 1 100))
run "$PSIRTDESK" -w "$long" init --demo
if [ "$status" != 0 ]; then
	err_has "90" "too long a path is refused with its bound"
	ok "nothing is left of it" test ! -e "$long"
fi

# ---- registry ----
pd list product
[ "$(printf '%s\n' "$out" | wc -l)" -ge 4 ]
verdict $? "products"
for line in "Industrial gateways" "Cameras" "Home hubs"; do
	out_has "$line" "product line: $line"
done
pd list release
[ "$(printf '%s\n' "$out" | wc -l)" -ge 10 ]
verdict $? "releases"
pd list component
[ "$(printf '%s\n' "$out" | wc -l)" -ge 36 ]
verdict $? "components"
pd list part
[ "$(printf '%s\n' "$out" | wc -l)" -ge 5 ]
verdict $? "hardware parts"

# ---- mail: every kind of verdict, nothing hostile on the terminal ----
pd inbox list --limit 100
mails=$(printf '%s\n' "$out" | cut -f1)
[ "$(printf '%s\n' "$mails" | wc -l)" -ge 20 ]
verdict $? "about twenty messages"
pd inbox show hostile@mail.example
expect 0 "the hostile message opens"
for bytes in '\033' '\007' '\010' '\302\233' '\342\200\256' '\342\201\246' '\342\200\213' '\302\255' '\363\240\201\201'; do
	out_lacks "$(printf "$bytes")" "it brings no $bytes to the terminal"
done
pd inbox show hostile@mail.example --json
out_lacks "$(printf '\342\200\256')" "nor does JSON"
verdict_of() { # MESSAGE-ID ENCRYPTION VERDICT
	pd inbox show "$1@mail.example" --json
	[ "$status $(printf %s "$out" | json encryption) $(printf %s "$out" | json verdict)" = "0 $2 $3" ]
	verdict $? "$1: $2, $3"
}
verdict_of ig200-login-1 pgp-mime good-known
verdict_of c5-rtsp-1 pgp-mime good-unverified
verdict_of ig200-mqtt pgp-inline good-known
verdict_of old-key pgp-mime none
verdict_of bad-signature none bad
verdict_of cert-tls none good-known
verdict_of missing-signer none key-missing
verdict_of h1-pairing none none
verdict_of smime smime none
pd inbox show old-key@mail.example
out_has "key" "a message for an unknown key says so"
pd inbox show html-only@mail.example
out_has "Skarv C5" "HTML is shown as text"
out_lacks "<b>" "without its tags"
pd inbox show broken-mime@mail.example
expect 0 "a broken message opens"
pd inbox show attachments@mail.example --part 2
expect 0 "a part can be had"

# ---- cases ----
pd list case
[ "$(printf '%s\n' "$out" | wc -l)" = 7 ]
verdict $? "seven cases"
pd list case rm=CLOSED
out_has "IG200" "a finished one"
pd list advisory
out_has "state=published" "with a published advisory"
pd provider check "$workspace/provider"
expect 0 "the provider directory is whole"
pd list case em=ACTIVE
out_has "Skarv" "one in remediation, under embargo"
pd clocks
expect 1 "something is overdue"
out_has "Acknowledge the report" "a report that was not acknowledged"
pd clocks --due 1d
out_has "Validate the report" "something is due today"
pd verify
expect 0 "the log is whole"
pd doctor
expect 0 "doctor finds nothing wrong"

done_testing
