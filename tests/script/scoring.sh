#!/bin/sh
# cvss and csaf check as other programs call them: lines, JSON, exit status, bad input.
. "$SRCDIR/tests/script/tap.sh"

good=$SRCDIR/tests/fixtures/csaf/advisory.json
base=CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
two=AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C
three=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
tab=$(printf '\t')
line='
'

# ---- cvss ----
run "$PSIRTDESK" cvss $base $two
expect 0 "cvss: vectors as operands"
out_is "$base${tab}9.3${tab}Critical$line$two${tab}6.4${tab}Medium" "cvss: a line a vector"

printf '%s\r\nnonsense\n\n%s/E:U' $three $base >"$dir/in"
run "$PSIRTDESK" cvss - <"$dir/in"
expect 1 "cvss: standard input with wrong lines"
out_is "$three${tab}9.8${tab}Critical${line}nonsense${tab}error${tab}“nonsense” at character 1 is not METRIC:VALUE.$line${tab}error${tab}The vector is empty.$line$base/E:U${tab}8.1${tab}High" \
	"cvss: each line gets its answer"

run "$PSIRTDESK" --json cvss $base/E:U/U:Red
expect 0 "cvss: JSON"
out_is "{\"vector\":\"$base/E:U/U:Red\",\"canonical\":\"$base/E:U/U:Red\",\"version\":\"4.0\",\"score\":8.1,\"severity\":\"High\",\"base\":9.3,\"temporal\":8.1,\"environmental\":8.1,\"macrovector\":\"000220\",\"nomenclature\":\"CVSS-BT\"}" \
	"cvss: JSON has every score of 4.0"
run "$PSIRTDESK" --json cvss $three/E:P/RL:O/E:X
expect 1 "cvss: JSON of a wrong vector"
out_is "{\"vector\":\"$three/E:P/RL:O/E:X\",\"error\":\"Exploit Code Maturity (E) is there twice, again at character 55.\"}" \
	"cvss: JSON names metric and place"

escape=$(printf '\033')
printf '\033]0;x\007\342\200\256\n' >"$dir/in"
run "$PSIRTDESK" cvss - <"$dir/in"
expect 1 "cvss: hostile text"
out_lacks "$escape" "cvss: no escape reaches the terminal"
run "$PSIRTDESK" --json cvss - <"$dir/in"
out_has '\u001b]0;x\u0007\u202e' "cvss: JSON keeps it as escapes"

head -c 1000000 /dev/zero | tr '\0' A >"$dir/in"
printf '\n%s\n' $base >>"$dir/in"
run "$PSIRTDESK" cvss - <"$dir/in"
expect 1 "cvss: an endless line"
[ "$(wc -l <"$dir/out")" -eq 2 ] && [ "$(wc -c <"$dir/out")" -lt 10000 ]
verdict $? "cvss: it is one answer, cut"
run "$PSIRTDESK" cvss
expect 64 "cvss: no operand"

# ---- csaf check ----
run "$PSIRTDESK" csaf check "$good"
expect 0 "csaf check: a good document"
out_is "$good: ok" "csaf check: says that it is good"
err_has 6.3.8 "csaf check: says what was not run"

sed 's/"status": "final"/"status": "done"/; s/"version": "2"/"version": "9"/' "$good" >"$dir/bad.json"
run "$PSIRTDESK" csaf check "$dir/bad.json"
expect 1 "csaf check: a wrong document"
out_has "$dir/bad.json: schema error /document/tracking/status “Status” can't be “done”" "csaf check: the schema"
out_has "$dir/bad.json: 6.1.16 error /document/tracking/version " "csaf check: a numbered test"
run "$PSIRTDESK" csaf check --json --tests mandatory "$dir/bad.json"
expect 1 "csaf check: JSON of a wrong document"
out_has '"mandatory":[{"id":"6.1.16","path":"/document/tracking/version","message":' "csaf check: JSON has the finding"
out_has '"not_run":["6.2.1",' "csaf check: what was not asked for did not pass"

printf '{"document": {"a": 1,\n "a": 2}}' >"$dir/twice.json"
run "$PSIRTDESK" csaf check "$dir/twice.json"
refused 2 "Line 2, column 2, at “/document/a”" "csaf check: not strict JSON"
printf '{"a": [[[[' >"$dir/cut.json"
run "$PSIRTDESK" csaf check "$dir/cut.json"
refused 2 "the text ends" "csaf check: cut off"
sed 's/"csaf_version": "2.0"/"csaf_version": "2.1"/' "$good" >"$dir/later.json"
run "$PSIRTDESK" csaf check "$dir/later.json"
refused 2 "CSAF 2.1" "csaf check: a later version"

run "$PSIRTDESK" --json csaf check "$good" "$dir/none.json" "$dir/bad.json"
expect 2 "csaf check: the worst file counts"
[ "$(wc -l <"$dir/out")" -eq 3 ]
verdict $? "csaf check: every file gets its line"
run "$PSIRTDESK" csaf check - <"$good"
expect 0 "csaf check: standard input"
run "$PSIRTDESK" csaf check --tests some "$good"
expect 64 "csaf check: unknown choice of tests"
run "$PSIRTDESK" csaf
expect 64 "csaf: no sub-command"

done_testing
