#!/bin/sh
# cvss as other programs call it: lines, JSON, exit status, bad input.
. "$SRCDIR/tests/script/tap.sh"

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

printf 'AV:N\000x\n' >"$dir/in"
run "$PSIRTDESK" --json cvss - <"$dir/in"
out_has '"vector":"AV:N�x"' "cvss: a NUL byte ends no line"

head -c 1000000 /dev/zero | tr '\0' A >"$dir/in"
printf '\n%s\n' $base >>"$dir/in"
run "$PSIRTDESK" cvss - <"$dir/in"
expect 1 "cvss: an endless line"
[ "$(wc -l <"$dir/out")" -eq 2 ] && [ "$(wc -c <"$dir/out")" -lt 10000 ]
verdict $? "cvss: it is one answer, cut"
run "$PSIRTDESK" cvss
expect 64 "cvss: no operand"

# ---- ssvc ----
run "$PSIRTDESK" ssvc
expect 0 "ssvc: lists its tables"
out_has "supplier  Supplier Patch Development Priority 1.0.0 (ssvc:DT_SP)" "ssvc: a table with its version"
run "$PSIRTDESK" ssvc supplier
out_has "or by its parts, which follow: A (Automatable), VD (Value Density)" "ssvc: a table explained"
run "$PSIRTDESK" ssvc supplier E=A automatable=yes VD=c ti=Total "Public Safety Impact=Significant"
expect 0 "ssvc: a decision"
out_is "Immediate
  E=A  Exploitation: Active
  U=S  Utility: Super Effective
    A=Y  Automatable: Yes
    VD=C  Value Density: Concentrated
  TI=T  Technical Impact: Total
  PSI=S  Public Safety Impact: Significant
by Supplier Patch Development Priority 1.0.0 (ssvc:DT_SP)" "ssvc: decision and path"
run "$PSIRTDESK" --json ssvc publish SINV=FR E=N PVA=L
expect 0 "ssvc: JSON"
[ "$(printf '%s' "$out" | json decision)" = "Do Not Publish" ] &&
	[ "$(printf '%s' "$out" | json version)" = 1.0.0 ] &&
	[ "$(printf '%s' "$out" | json path.2.key)" = PVA ]
verdict $? "ssvc: JSON has decision, version and path"
run "$PSIRTDESK" ssvc supplier E=A VD=C
expect 1 "ssvc: points are open"
out_has "no decision yet; still possible: Out-of-Cycle, Immediate" "ssvc: what can still come"
out_has "TI  Technical Impact  open: P (Partial), T (Total)" "ssvc: what is open"
run "$PSIRTDESK" ssvc supplier E=Q
refused 2 "Its values are N (None), P (Public PoC), A (Active)." "ssvc: no such value"
run "$PSIRTDESK" ssvc supplier Q=E
refused 2 "Its points are E (Exploitation), U (Utility)" "ssvc: no such point"
run "$PSIRTDESK" ssvc nothing E=A
refused 2 "There are: supplier, coordinator-triage, publish" "ssvc: no such table"
run "$PSIRTDESK" ssvc supplier U=L A=Y VD=C
refused 2 "(Automatable, Value Density) say something else" "ssvc: a point against its parts"
run "$PSIRTDESK" ssvc supplier E
expect 64 "ssvc: no value"
mkdir -p "$dir/own/ssvc"
sed '/"ssvc:A:2.0.0": "Y", "ssvc:VD:1.0.0": "D"/d' "$SRCDIR/data/ssvc/utility.json" >"$dir/own/ssvc/utility.json"
run "$PSIRTDESK" -w "$dir/own" ssvc utility A=Y VD=D
refused 2 "the first is A=Y, VD=D" "ssvc: an incomplete table of the workspace"
sed 's/"ssvc:U:1.0.1": "L"/"ssvc:U:1.0.1": "S"/' "$SRCDIR/data/ssvc/utility.json" >"$dir/own/ssvc/utility.json"
run "$PSIRTDESK" -w "$dir/own" ssvc utility A=N VD=D
[ "$(head -1 "$dir/out")" = "Super Effective" ]
verdict $? "ssvc: a table of the workspace takes the place of ours"

# ---- cwe ----
run "$PSIRTDESK" cwe sql injection
expect 0 "cwe: words"
[ "$(head -1 "$dir/out")" = "CWE-89${tab}Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')${tab}Allowed" ]
verdict $? "cwe: the best comes first"
run "$PSIRTDESK" --json cwe 20
out_is '{"id":"CWE-20","name":"Improper Input Validation","status":"Stable","deprecated":false,"usage":"Discouraged"}' "cwe: JSON of an id"
err_has "discourages" "cwe: what is discouraged is said"
run "$PSIRTDESK" cwe zzz
refused 1 "No weakness of the CWE list fits “zzz”" "cwe: nothing fits"
run "$PSIRTDESK" cwe
expect 64 "cwe: no words"

done_testing
