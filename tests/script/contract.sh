#!/bin/sh
# Forms, output and exit statuses of the generic commands.
. "$SRCDIR/tests/script/tap.sh"
workspace=$dir/w

# ---- init ----
GNUPGHOME=$dir/g
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
mkdir -m 700 "$GNUPGHOME/private-keys-v1.d"
for who in ada ben; do
	gpg --batch --quiet --passphrase '' --quick-gen-key "$who <$who@example.com>" ed25519 cert,sign never 2>/dev/null
	key=$(gpg --batch --with-colons -k "$who@example.com" 2>/dev/null | awk -F: '/^fpr/ { print $10; exit }')
	gpg --batch --quiet --passphrase '' --quick-add-key "$key" cv25519 encr never 2>/dev/null
done

pd list case
refused 2 "psirtdesk -w $workspace init" "without a workspace: how to make one"
pd init </dev/null
refused 64 "at least two" "init without a recipient asks for two"
pd init --recipient nobody@example.com
refused 2 "nobody@example.com" "init with an unknown key"
ok "nothing is left of a failed init" test ! -e "$workspace"
pd init --recipient ada@example.com --person "Ada Lovell"
expect 0 "init with one recipient"
err_has "Only one key" "what is risked with one is said"
workspace=$dir/w2
pd init --recipient ada@example.com --recipient ben@example.com --person "Ada Lovell"
expect 0 "init with two recipients"
out_is "$workspace" "init prints the workspace"
[ -z "$err" ]
verdict $? "two recipients: no warning"
pd init --recipient ada@example.com
refused 1 "$workspace" "init again is refused"
ok "nobody else may look in" test "$(stat -c %a "$workspace" "$workspace/psirtdesk.db" | tr '\n' ' ')" = "700 600 "
pd person list
out_has "Ada Lovell" "who made it is a person"
PSIRTDESK_WORKSPACE=$workspace run "$PSIRTDESK" person list
out_has "Ada Lovell" "PSIRTDESK_WORKSPACE names the workspace"
XDG_DATA_HOME=$dir/none run "$PSIRTDESK" person list
refused 2 "$dir/none/psirtdesk" "else it lies in XDG_DATA_HOME"
run "$PSIRTDESK" person list -w "$workspace"
out_has "Ada Lovell" "global options may stand behind the command"

# ---- people and their keys ----
pd person keys
[ "$(printf '%s\n' "$out" | wc -l)" = 2 ]
verdict $? "two keys open it"
out_has "ben <ben@example.com>" "they are named"
pd person keys ben@example.com ada@example.com
expect 0 "person keys KEY…"
gpg --batch --quiet --passphrase '' --quick-gen-key "cleo <cleo@example.com>" ed25519 cert,sign never 2>/dev/null
pd person add Cleo fingerprint=cleo@example.com
refused 2 "cleo" "a key that can't be encrypted to"
key=$(gpg --batch --with-colons -k cleo@example.com 2>/dev/null | awk -F: '/^fpr/ { print $10; exit }')
gpg --batch --quiet --passphrase '' --quick-add-key "$key" cv25519 encr never 2>/dev/null
pd person add Cleo fingerprint=cleo@example.com role=analyst account=cleo
expect 0 "person add"
cleo=$(printf %s "$out" | cut -f1)
pd person keys
out_has "cleo <cleo@example.com>" "who is added with a key opens the workspace"
mkdir -m 700 "$dir/cleo" "$dir/cleo/private-keys-v1.d"
gpg --batch --quiet --armor --export-secret-keys cleo@example.com 2>/dev/null |
	GNUPGHOME=$dir/cleo gpg --batch --quiet --import 2>/dev/null
GNUPGHOME=$dir/cleo pd unlock
expect 0 "with that key alone it can be unlocked"
pd person keys ada@example.com ben@example.com
expect 0 "the key is taken out again"
GNUPGHOME=$dir/cleo pd unlock
expect 2 "then it can not"
GNUPGHOME=$dir/g
pd person role "$cleo" auditor
expect 0 "person role"
pd person role "$cleo" king
refused 2 "king" "a role that there is not"
pd verify
expect 0 "verify after that"
pd undo
pd person keys --json
[ "$(printf %s "$out" | json 0.user_id)" = "ada <ada@example.com>" ]
verdict $? "person keys --json"

# ---- kinds ----
pd kinds
expect 0 "kinds"
out_has "case	" "kinds lists case"
pd kinds case
out_has "title	text	required sealed" "kinds KIND tells type and marks"
pd kinds case --json
[ "$(printf %s "$out" | json fields.0.name)" = title ]
verdict $? "kinds KIND --json"
pd kinds nonsense
refused 1 "nonsense" "an unknown kind"

# ---- new, show, list ----
pd new product vendor="Example Works" name="Gateway 200"
expect 0 "new"
product=$out
pd new product vendor="Example Works" name="Camera" --json
[ "$(printf %s "$out" | json vendor)" = "Example Works" ]
verdict $? "new --json prints the record"
pd new case title="Login can be bypassed"
year=$(date -u +%Y)
out_is "PSIRT-$year-0001" "new prints the short number"
case=$out
pd new product vendor=x
refused 2 "name" "new without a required field names it"
pd new product vendor=x nonsense=y name=z
refused 2 "nonsense" "new with an unknown field names it"
pd new product vendor=x name
refused 64 "FIELD=VALUE" "new with a word that is no field"
pd new release product=nonsense version=1
refused 1 "nonsense" "new with a reference to nothing"
pd new release product="$product" version=1 support_end=tomorrow
refused 2 "tomorrow" "new with a date that is none"
pd new score case="$case" vector=CVSS:3.1/AV:N
refused 2 "" "new score with half a vector"
pd new score case="$case" vector=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H --json
[ "$(printf %s "$out" | json score) $(printf %s "$out" | json severity)" = "9.8 Critical" ]
verdict $? "new score computes score and severity"
printf 'First line.\nSecond line.\n' >"$dir/text"
pd set case "$case" summary=@"$dir/text"
expect 0 "FIELD=@FILE reads a file"
pd show case "$case" --json
[ "$(printf %s "$out" | json summary)" = "First line.
Second line." ]
verdict $? "the file's text is the value"
pd set case "$case" summary=@"$dir/none"
refused 2 "$dir/none" "a file that is not there"
printf 'from standard input' | pd set case "$case" summary=@-
pd show case "$case" --json
[ "$(printf %s "$out" | json summary)" = "from standard input" ]
verdict $? "FIELD=@- reads standard input"
pd set case "$case" summary=
pd show case "$case" --json
[ "$(printf %s "$out" | json summary)" = None ]
verdict $? "FIELD= clears"
pd show case "$case"
out_has "Title: Login can be bypassed" "show"
pd show case PSIRT-1999-0001
refused 1 "PSIRT-1999-0001" "show of nothing"
pd show case
refused 64 "" "show without an id"
pd show product "$(printf %.13s "$product")"
expect 0 "a unique prefix of an id is enough"
pd show product "$(printf %.4s "$product")"
refused 1 "" "a prefix of 4 characters is not"
pd list product
out_has "$product	Example Works Gateway 200" "list"
pd list product name=Camera
out_lacks "Gateway" "list FIELD=VALUE"
pd list product gateway
out_has "Gateway 200" "list WORDS"
out_lacks "Camera" "list WORDS leaves out others"
pd list product --json
[ "$(printf '%s\n' "$out" | wc -l)" = 2 ]
verdict $? "list --json prints an object a line"
pd list product --limit 1
[ "$(printf '%s\n' "$out" | wc -l)" = 1 ]
verdict $? "list --limit"
pd list product --order nonsense
refused 64 "nonsense" "list in an unknown order"
pd list nonsense
refused 64 "nonsense" "list of an unknown kind"
pd list case nonsenseword
expect 0 "list that finds nothing"
[ -z "$out" ]
verdict $? "an empty list prints nothing"
pd search bypassed
out_has "case	$case	Login can be bypassed" "search finds sealed words"
pd search bypassed --json
[ "$(printf %s "$out" | json 0.number)" = "$case" ]
verdict $? "search --json"
pd search
refused 64 "word" "search for nothing"

# ---- set, conflicts ----
pd set case "$case" tlp=GREEN --if tlp=AMBER
expect 0 "set --if that holds"
pd set case "$case" tlp=RED --if tlp=AMBER
refused 1 "“GREEN”" "a conflict names what is there"
err_has "“AMBER”" "and what was expected"
pd show case "$case" --json
[ "$(printf %s "$out" | json tlp)" = GREEN ]
verdict $? "nothing was set"
pd set case "$case" tlp=PURPLE
refused 2 "PURPLE" "a value that is no choice"
err_has "AMBER+STRICT" "the choices are named"
pd set case "$case" tlp=RED title=
expect 2 "a required field can't be cleared"
pd show case "$case" --json
[ "$(printf %s "$out" | json tlp)" = GREEN ]
verdict $? "all fields are set or none"
pd set case "$case" rm=CLOSED
refused 1 "VALID, INVALID" "an impossible state names those that are possible"
pd set case "$case"
refused 64 "" "set without a field"

# ---- delete, undo, log ----
pd delete product "$product"
expect 0 "delete"
pd show product "$product"
refused 1 "$product" "it is gone"
pd undo
expect 0 "undo"
pd show product "$product"
expect 0 "it is back"
pd new release product="$product" version=1.0
release=$out
pd delete product "$product"
refused 1 "Releases" "what others refer to is not deleted"
pd log "$case"
expect 0 "log RECORD"
out_has "Login can be bypassed" "the log tells what was"
pd log --limit 1 --json
[ "$(printf %s "$out" | json 0.kind)" = release ]
verdict $? "log --json"
pd log nonsense-record
refused 1 "nonsense-record" "log of nothing"

# ---- case ----
pd case open title="Second"
out_is "PSIRT-$year-0002" "case open prints the number"
pd case open
refused 2 "title" "case open without a title"
pd case state "$case" rm=VALID cs=F
out_is "$case rm=VALID em=NONE cs=VFdpxa" "case state"
pd case state "$case" em=ACTIVE
refused 1 "PROPOSED" "case state that is not possible"
pd case state "$case" em=
expect 2 "case state without a state"
pd case affect "$case" "$release" known_affected
expect 0 "case affect by id"
pd case affect "$case" "gateway 1.0" known_not_affected
expect 0 "case affect by words"
err_has "justification" "a hint about the justification"
pd list affected --json
[ "$(printf %s "$out" | json status)" = known_not_affected ]
verdict $? "the entry was changed, not doubled"
pd case affect "$case" "gateway 9.9" fixed
refused 1 "gateway 9.9" "an unknown release"
pd case affect "$case" "$release" perhaps
refused 2 "perhaps" "an unknown status"
pd case affect "$case"
refused 64 "" "case affect without a release"
pd case decide "$case" vendor_fix reason="It is small." fixed_in="gateway 1.0"
expect 0 "case decide"
pd case decide "$case" vendor_fix
refused 2 "reason" "case decide without a reason"
vector=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
pd case score "$case" CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MAV:P release="gateway 1.0"
refused 1 "no CVSS 4.0 score of the vulnerability itself yet" "case score of a release before the flaw's"
pd case score "$case" $vector reason.AV="Port 80" reason="All of it"
expect 0 "case score with reasons"
pd list score_reason --json
out_has '"metric":"AV"' "case score: the reason of a metric is kept"
pd case score "$case" $vector/MAV:P release="gateway 1.0"
out_is "$vector/MAV:P	6.8	Medium" "case score of a release"
pd case score "$case" CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H release="gateway 1.0"
refused 2 "Attack Vector (AV) is N in the score of the vulnerability and P here" "case score of a release: base metrics stay"
pd case score "$case" $vector reason.XX=1
refused 2 "“XX”, which is no metric of CVSS 3.1" "case score: a reason of no metric"
pd case ssvc "$case" supplier E=A A=Y VD=C TI=T PSI=S reason="In use" reason.E="Seen"
expect 0 "case ssvc"
out_has "Immediate" "case ssvc prints the decision"
pd list ssvc --json
out_has '"tree_version":"1.0.0","decision":"Immediate"' "case ssvc keeps decision and table version"
pd list ssvc_point --json
out_has '"key":"VD","version":"1.0.0","value":"C"' "case ssvc keeps the points"
pd case ssvc "$case" supplier E=A
refused 2 "Utility (U) has no value yet" "case ssvc of an open walk"
pd case ssvc "$case" supplier
expect 64 "case ssvc without points"
pd set ssvc "$(pd list ssvc --json; printf '%s' "$out" | json id)" decision=Defer
refused 1 "set by the program itself" "a decision is not edited by hand"
pd new vulnerability case="$case" cwe=CWE-1
refused 2 "“CWE-1” is no weakness" "a weakness that does not exist"
pd case task "$case" title="Reproduce" due=-1d
expect 0 "case task"
task=$out
pd clocks
expect 1 "clocks: something is overdue"
out_has "Reproduce" "the task is named"
pd clocks --json
[ "$(printf %s "$out" | json 0.clock)" = task ]
verdict $? "clocks --json"
pd clocks --ics
out_has "BEGIN:VCALENDAR" "clocks --ics"
out_lacks "Reproduce" "a calendar tells no titles"
pd clocks --due soon
refused 2 "soon" "clocks with a duration that is none"
pd case done "$task"
expect 0 "case done"
pd case done "$task"
refused 1 "" "it is done only once"
pd clocks
expect 0 "clocks: nothing is overdue"
pd case log "$case" "A note of “ours”."
expect 0 "case log"
pd case own "$case"
expect 0 "case own"
pd case signal "$case" kind=exploitation source="a customer"
expect 0 "case signal"
pd case signal "$case" kind=exploitation
refused 2 "source" "case signal without a source"
pd case timeline "$case"
out_has "Received" "case timeline"
pd case timeline "$case" --json
[ "$(printf %s "$out" | json 0.lane)" = facts ]
verdict $? "case timeline --json"
pd case fly "$case"
refused 64 "fly" "an unknown move"

# ---- settings ----
pd config clocks.acknowledge 24h
expect 0 "config KEY VALUE"
pd config clocks.acknowledge
out_is "24h" "config KEY"
pd config
out_has "clocks.acknowledge	24h" "config"
pd config nonsense.key
refused 1 "nonsense.key" "an unknown setting"
pd config clocks.acknowledge whenever
refused 2 "“clocks.acknowledge”" "a setting that makes no sense is refused"
pd config advisory.tlp_limit WHITE
refused 2 "CLEAR, GREEN, AMBER, AMBER+STRICT, RED" "… and what it takes is told"
sed -i 's/^acknowledge=.*/acknowledge=whenever/' "$workspace/config.ini"
pd clocks
refused 2 "clocks.acknowledge" "a setting that makes no sense is named where it is used"
pd config clocks.acknowledge ""
pd config clocks.acknowledge
out_is "48h" "an empty value goes back to the default"
cp "$workspace/config.ini" "$dir/config.ini"
echo "this is no setting" >>"$workspace/config.ini"
pd config org.name Else
refused 2 "config.ini" "a damaged file of settings is not written over"
cp "$dir/config.ini" "$workspace/config.ini"

# ---- confidence ----
pd unlock
expect 0 "unlock"
GNUPGHOME=$dir/empty
mkdir -m 700 "$GNUPGHOME"
pd list case
expect 0 "list without the key"
out_has "$case	(sealed)" "titles are sealed"
err_has "Sealed texts are not shown" "and it is said why"
pd show case "$case" --json
[ "$(printf %s "$out" | json sealed.0)" = title ]
verdict $? "JSON names what is sealed"
pd case log "$case" "x"
refused 2 "" "nothing is written without the key"
pd clocks
expect 0 "clocks run without the key"
pd unlock
refused 2 "" "unlock without the key"
GNUPGHOME=$dir/g
pd erase "$case" title reason="asked for"
expect 0 "erase"
pd show case "$case"
out_lacks "Login can be bypassed" "it is gone"
pd log "$case"
out_lacks "Login can be bypassed" "from the log too"
pd erase "$case" title
refused 64 "" "erase without a reason"

# ---- proof and safety ----
pd verify
expect 0 "verify"
pd verify --json
[ "$(printf %s "$out" | json ok)" = True ]
verdict $? "verify --json"
pd checkpoint
expect 0 "checkpoint"
pd backup "$dir/backup"
expect 0 "backup"
pd new product vendor=Later name=Later
pd restore "$dir/backup"
expect 0 "restore"
pd list product
out_lacks "Later" "restore brings back what was"
pd verify
expect 0 "verify after restore"
pd restore "$dir/none"
refused 2 "$dir/none" "restore from nothing"
printf 'no database at all, but long enough to look like one: %0200d' 1 >"$dir/rubbish"
pd restore "$dir/rubbish"
expect 2 "restore from rubbish"
pd verify
expect 0 "the workspace is whole after that"
pd backup "$dir/none/backup"
refused 2 "$dir/none" "backup to a place that is not there"
pd list product --readonly
expect 0 "--readonly reads"
pd new product vendor=x name=y --readonly
expect 2 "--readonly writes nothing"
printf 'x' | dd of="$workspace/psirtdesk.db" bs=1 seek=0 conv=notrunc 2>/dev/null
pd list product
refused 2 "" "a damaged database"
pd restore "$dir/backup"
expect 0 "restore into a damaged workspace"
pd list product
out_has "Gateway 200" "and it is whole again"

# ---- output ----
run sh -c '"$1" -w "$2" list product >/dev/full' - "$PSIRTDESK" "$workspace"
[ "$status" = 2 ]
verdict $? "a full disk is exit status 2"
err_has "could not be written" "and a sentence"
run sh -c '"$1" -w "$2" log | true' - "$PSIRTDESK" "$workspace"
[ -z "$err" ]
verdict $? "a reader that leaves early is no error"
bidi=$(printf '\342\200\256')
pd new product vendor="evil$bidi" name="$(printf '\033[31mred')"
pd list product
out_lacks "$(printf '\033')" "no escape reaches the terminal"
out_lacks "$bidi" "no bidi control reaches the terminal"
pd list product --json
out_lacks "$bidi" "nor in JSON"
out_has '\u202e' "where it is written as an escape"
pd case log "$case" -- "--json is not an option here"
expect 0 "what follows -- is no option"
pd doctor --json
case $status in 0 | 1) true ;; *) false ;; esac
verdict $? "doctor"
[ "$(printf %s "$out" | json 0.check)" = workspace ]
verdict $? "doctor --json"
pd actions
out_has "app.palette" "actions"
pd actions --json
[ -n "$(printf %s "$out" | json 0.id)" ]
verdict $? "actions --json"

done_testing
