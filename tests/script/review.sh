#!/bin/sh
# Two people and one advisory: who wrote it does not approve it. The second person's approval is a
# signature made on another machine, with nothing but gpg.
. "$SRCDIR/tests/script/tap.sh"

command -v gpg >/dev/null || { echo "1..0 # SKIP gpg is not here"; exit 0; }

workspace=$dir/w
GNUPGHOME=$dir/g
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME" "$dir/b"

key() { # NAME: a new key without passphrase in $GNUPGHOME
	gpg --batch --quiet --no-auto-check-trustdb --passphrase '' --quick-generate-key "$1" ed25519 default 2y 2>/dev/null
	fpr=$(gpg --batch --quiet --no-auto-check-trustdb --with-colons --list-keys "$1" | awk -F: '$1 == "fpr" {print $10; exit}')
	gpg --batch --quiet --no-auto-check-trustdb --passphrase '' --quick-add-key "$fpr" cv25519 encr 2y 2>/dev/null
	echo "$fpr"
}

ada=$(key "Ada <ada@example.com>")
# Ben's secret key is on Ben's machine only.
ben=$(GNUPGHOME=$dir/b key "Ben <ben@example.com>")
stranger=$(GNUPGHOME=$dir/b key "Stranger <who@example.org>")
gpg --homedir "$dir/b" --batch --quiet --export "$ben" "$stranger" | gpg --batch --quiet --import 2>/dev/null
sign() { # KEY FILE
	rm -f "$2.asc"
	gpg --homedir "$dir/b" --batch --quiet --local-user "$1" --armor --detach-sign "$2"
}

pd init --recipient ada@example.com --person Ada --gnupg-home "$GNUPGHOME"
expect 0 "a workspace"
pd config org.name "Example Gateways GmbH"
pd config org.namespace https://www.example.com
pd config provider.url https://www.example.com/csaf
pd config provider.signing_key "$ada"
pd new product name="Edge Gateway" vendor="Example Gateways GmbH"
product=$out
pd new release product="$product" version=4.1
release=$out
pd case open title="Login can be bypassed" summary="Whoever reaches it can log in."
case=$out
pd list vulnerability case="$case" --json
flaw=$(printf '%s' "$out" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p' | head -1)
pd set vulnerability "$flaw" description="An empty password is taken." cve=CVE-2026-12345
pd case affect "$case" "$release" known_affected
pd case decide "$case" workaround reason="Close the port." public="Close the port."
pd advisory draft "$case"
expect 0 "a draft"

# ---- one person ----
pd advisory review "$case" --status
expect 0 "alone, nobody else is needed"
out_has "no second person is needed" "and that is said"

# ---- two people ----
pd person add name=Ben email=ben@example.com account=nobody-of-this-name fingerprint="$ben"
expect 0 "Ben works here too"
pd advisory review "$case" --status
expect 1 "now the approval of somebody else is needed"
out_has "Ada" "and the author is named"
pd advisory publish "$case"
refused 1 "ask for a review" "nothing is published without it"
pd advisory approve "$case"
refused 1 "somebody else has to approve it" "the author does not approve"
pd advisory review "$case"
expect 0 "Ada asks for a review"
pd advisory review "$case"
expect 1 "once is enough"
pd advisory comment "$case" /document/title "Say which product."
expect 0 "a comment"
comment=$out
pd advisory comments "$case" --json
out_has '"text":"Say which product."' "is listed"
pd advisory comment "$case" /document/nothing "x"
refused 2 "/document/nothing" "a comment needs a place"
pd advisory reject "$case" --reason "Not yet."
expect 0 "sent back"
pd advisory reject "$case"
refused 1 "nothing to send back" "once"
pd set case "$case" title="Edge Gateway: login can be bypassed"
pd advisory resolve "$comment"
expect 0 "dealt with"
pd advisory comments "$case"
out_has "Not yet." "what is open stays"
out_lacks "which product" "what is resolved goes"

pd advisory approval export "$case" "$dir/statement"
expect 0 "the statement is written"
ok "it names the document by its hash" grep -q "^sha256: $("$PSIRTDESK" -w "$workspace" advisory approval document "$case" | sha256sum | cut -d' ' -f1)\$" "$dir/statement"
run cat "$dir/statement"
statement=$out
pd advisory approval statement "$case"
out_is "$statement" "the same is printed"
sign "$stranger" "$dir/statement"
pd advisory approval import "$case" "$dir/statement.asc"
refused 1 "nobody who works here" "a stranger's signature does not count"
gpg --batch --quiet --local-user "$ada" --armor --output "$dir/own.asc" --detach-sign "$dir/statement"
pd advisory approval import "$case" "$dir/own.asc"
refused 1 "somebody else has to approve it" "nor does the author's"
echo rubbish >"$dir/rubbish"
pd advisory approval import "$case" "$dir/rubbish"
[ "$status" != 0 ]
verdict $? "nor rubbish"
pd advisory approval import "$case" "$dir/nothing"
refused 2 "nothing" "a file that is not there"
sign "$ben" "$dir/statement"
pd advisory approval import "$case" "$dir/statement.asc"
expect 0 "Ben's signature is an approval"
err_has "Ben approved version 1" "and that is said"
pd advisory review "$case" --status --json
out_has '"alone":false' "it is of a second person"
pd advisory approval export "$case" "$dir/again"
ok "it travels on as a file" gpg --batch --quiet --verify "$dir/again.asc" "$dir/again"

pd advisory set "$case" /document/aggregate_severity/text=High
expect 0 "an edit afterwards"
pd advisory publish "$case"
refused 1 "void" "makes it void"
pd advisory approval import "$case" "$dir/statement.asc"
refused 1 "changed since" "and the old signature does not fit any more"
pd advisory approval export "$case" "$dir/statement"
sign "$ben" "$dir/statement"
pd advisory approval import "$case" "$dir/statement.asc"
expect 0 "signed again"
pd advisory publish "$case"
expect 0 "published"
pd list event case="$case"
out_has "Ben approved version 1" "the case log tells who approved"
pd advisory versions "$case" --json
out_has '"approval":"Ben"' "and so does the version"

# ---- a setting ----
pd config advisory.second_person no
pd advisory set "$case" /document/aggregate_severity/text=Critical
pd advisory approve "$case"
expect 0 "a team of one may approve"
err_has "no second person looked at it" "and the record says so"
pd advisory publish "$case"
expect 0 "published too"
pd advisory versions "$case"
out_has "alone: Ada" "with what the record says"
pd verify
expect 0 "the store is whole"
done_testing
