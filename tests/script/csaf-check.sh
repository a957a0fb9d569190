#!/bin/sh
# csaf check and csaf fix as other programs call them: many files, bad input, exit status, mending.
. "$SRCDIR/tests/script/tap.sh"

good=$SRCDIR/tests/fixtures/csaf/advisory.json
line='
'

# ---- one document ----
run "$PSIRTDESK" csaf check "$good"
expect 0 "a good document"
out_is "$good: ok" "says that it is good"
err_has 6.3.8 "says what was not run"

sed 's/"status": "final"/"status": "done"/; s/"version": "2"/"version": "9"/' "$good" >"$dir/bad.json"
run "$PSIRTDESK" csaf check "$dir/bad.json"
expect 1 "a wrong document"
out_has "$dir/bad.json: schema error /document/tracking/status “Status” can't be “done”" "the schema"
out_has "$dir/bad.json: 6.1.16 error /document/tracking/version " "a numbered test"
out_has "[csaf fix: Add revision 9 " "names the fix"
run "$PSIRTDESK" csaf check --json --tests mandatory "$dir/bad.json"
expect 1 "JSON of a wrong document"
out_has '"mandatory":[{"id":"6.1.16","path":"/document/tracking/version","message":' "JSON has the finding"
out_has '"fix":"Add revision 9 ' "JSON has the fix"
out_has '"not_run":["6.2.1",' "what was not asked for did not pass"
sed 's/"lang": "en-GB",//' "$good" >"$dir/plain.json"
run "$PSIRTDESK" csaf check --tests basic,recommended "$dir/plain.json"
expect 0 "warnings do not make it invalid"
out_has "6.2.12 warning /document/lang" "a list of words"
run "$PSIRTDESK" csaf check --tests schema "$dir/bad.json"
out_lacks 6.1.16 "the schema alone"
new=$SRCDIR/tests/fixtures/csaf/advisory-2-1.json
run "$PSIRTDESK" csaf check --json "$new"
expect 0 "a good document of CSAF 2.1"
out_has '"version":"2.1","schema":[],"mandatory":[],"optional":[],"informative":[],' "passes all of its tests"
sed 's/"timestamp": "2026-11-02/"timestamp": "2026-11-09/' "$new" >"$dir/times.json"
run "$PSIRTDESK" csaf check --tests consistent-date-times "$dir/times.json"
expect 1 "a set of the standard finds what it is for"
out_has "6.1.51 error /vulnerabilities/0/metrics/0/content/epss/timestamp" "times"
run "$PSIRTDESK" csaf check --tests consistent-revision-history,extensions "$dir/times.json"
expect 0 "and nothing else"
sed 's/"csaf_version": "2.0"/"csaf_version": "2.1"/' "$good" >"$dir/later.json"
run "$PSIRTDESK" csaf check "$dir/later.json"
expect 1 "a later version is judged by its own schema"
out_has "schema error /vulnerabilities/0/scores" "2.1 knows no scores"
run "$PSIRTDESK" csaf check - <"$good"
expect 0 "standard input"
run "$PSIRTDESK" csaf check --tests some "$good"
expect 64 "unknown choice of tests"
run "$PSIRTDESK" csaf check
expect 64 "no file"
run "$PSIRTDESK" csaf
expect 64 "no sub-command"

# ---- bad input: a sentence, 2, nothing on standard output ----
bad() { # NAME TEXT; the document is x.json
	run "$PSIRTDESK" csaf check "$dir/x.json"
	refused 2 "$2" "$1"
	run "$PSIRTDESK" --json csaf check "$dir/x.json"
	out_has "{\"file\":\"$dir/x.json\",\"error\":\"" "$1: JSON"
}
printf '{"document": {"a": 1,\n "a": 2}}' >"$dir/x.json"; bad "a key twice" "Line 2, column 2, at “/document/a”"
printf '{"a": [[[[' >"$dir/x.json"; bad "cut off" "the text ends"
printf '<html>' >"$dir/x.json"; bad "not JSON" "Line 1, column 1"
printf '{"document":{}} trailing' >"$dir/x.json"; bad "text behind the end" "Line 1, column 17"
printf '{"document": "\377\376"}' >"$dir/x.json"; bad "not UTF-8" "Line 1, column 15"
printf '{"document": "a\tb"}' >"$dir/x.json"; bad "a control character" "Line 1, column 16"
printf '{"document": "\\u0000"}' >"$dir/x.json"; bad "a zero" "Line 1"
printf '{"document": "\\ud800"}' >"$dir/x.json"; bad "half a character" "Line 1"
printf '' >"$dir/x.json"; bad "an empty file" "x.json” is empty"
printf '[]' >"$dir/x.json"; bad "a list" "not a CSAF document"
printf '42' >"$dir/x.json"; bad "a number" "not a CSAF document"
printf '{"bomFormat":"CycloneDX"}' >"$dir/x.json"; bad "an SBOM" "a CycloneDX document"
sed 's/"csaf_version": "2.0"/"csaf_version": "7.5"/' "$good" >"$dir/x.json"; bad "a version that is not known" "“7.5”"
head -c 200000 /dev/zero | tr '\0' '[' >"$dir/x.json"; bad "too deep" "levels inside each other"
# every value costs memory: their number has a bound
{
	printf '{"document":['
	head -c 12000000 /dev/zero | tr '\0' '1' | sed 's/1/1,/g'
	printf '1]}'
} >"$dir/x.json"; bad "too many values" "values"
rm -f "$dir/x.json"
truncate -s 70000000 "$dir/x.json"
run "$PSIRTDESK" csaf check "$dir/x.json"
refused 2 "$dir/x.json" "larger than 64 MB"
head -c 70000000 /dev/zero | tr '\0' ' ' >"$dir/x.json"
run "$PSIRTDESK" csaf check - <"$dir/x.json"
refused 2 "limit" "larger than 64 MB, from standard input"
rm "$dir/x.json"
run "$PSIRTDESK" csaf check "$dir/x.json"
refused 2 "$dir/x.json" "no such file"
mkdir "$dir/empty"
run "$PSIRTDESK" csaf check "$dir/empty"
refused 2 "holds no document" "an empty directory"
name=$(printf 'a\033[31mb.json')
printf '[]' >"$dir/$name"
run "$PSIRTDESK" csaf check "$dir/$name"
case $err in *"$(printf '\033')"*) false ;; *) true ;; esac
verdict $? "a hostile file name reaches no terminal"

# ---- values inside: findings, not trust ----
finds() { # TEST SED NAME
	sed "$2" "$good" >"$dir/x.json"
	run "$PSIRTDESK" csaf check "$dir/x.json"
	out_has "x.json: $1 " "$3"
}
finds 6.1.13 's|pkg:generic/example-gateway@2.0|pkg:maven/no-namespace@1|' "a purl that only looks like one"
finds schema 's|cpe:2.3:o:example:gateway:2.0|cpe:2.3:x:example|' "a CPE"
finds 6.1.12 's|"en-GB"|"en-ZY"|' "a language"
finds schema 's|026a37919b182ef7c63791e82c9645e2f897a3f0b73c7a6028c7febf62e93838|026a|' "a hash"
finds 6.1.9 's|"baseScore": 7.2|"baseScore": 9.9|' "a score"
finds 6.1.11 's|CWE-347|CWE-348|' "a weakness's name"

# ---- many ----
mkdir -p "$dir/many/a" "$dir/many/b"
for i in 1 2 3 4 5 6 7 8 9; do
	cp "$good" "$dir/many/a/$i.json"
	cp "$dir/bad.json" "$dir/many/b/$i.json"
done
printf '{"feed":{}}' >"$dir/many/b/feed.json"
printf 'text' >"$dir/many/b/readme.txt"
ln -s .. "$dir/many/b/up"
run "$PSIRTDESK" --json csaf check "$good" "$dir/none.json" "$dir/bad.json"
expect 2 "the worst file counts"
[ "$(wc -l <"$dir/out")" -eq 3 ]
verdict $? "every file gets its line"
run "$PSIRTDESK" --json csaf check "$dir/many" "$good"
expect 1 "a directory"
err_has "feed.json: This is a ROLIE feed" "a feed below it is passed over and named"
names=$(sed 's/","version.*//; s/^{"file":"//; s/.*many//' "$dir/out" | tr '\n' ' ')
[ "$names" = "/a/1.json /a/2.json /a/3.json /a/4.json /a/5.json /a/6.json /a/7.json /a/8.json /a/9.json /b/1.json /b/2.json /b/3.json /b/4.json /b/5.json /b/6.json /b/7.json /b/8.json /b/9.json $good " ]
verdict $? "in order of names, then the next input"
run sh -c '"$1" csaf check "$2" | head -1' sh "$PSIRTDESK" "$dir/many"
out_is "$dir/many/a/1.json: ok" "a reader that goes away"

# ---- the network, only when asked for ----
sed 's|https\{0,1\}://[^"]*|http://127.0.0.1:1/x|' "$good" >"$dir/x.json"
run "$PSIRTDESK" --json csaf check "$dir/x.json"
out_has '"not_run":["6.3.6","6.3.7","6.3.8"]' "offline by default"
run "$PSIRTDESK" -w "$dir/nowhere" --json csaf check --online "$dir/x.json"
expect 0 "what does not answer makes nothing invalid"
out_has '"not_run":["6.3.8"]' "--online: only the spelling is left"
out_has '{"id":"6.3.7","path":"/document/references/0/url","message":"“http://127.0.0.1:1/x” can' "--online: the own address"
out_has '{"id":"6.3.6","path":"/vulnerabilities/0/remediations/0/url","message":' "--online: other addresses"

# ---- Ctrl-C: lines that were printed are whole ----
mkfifo "$dir/never"
sleep 60 >"$dir/never" &
holder=$!
"$PSIRTDESK" csaf check "$good" "$dir/never" >"$dir/out" 2>"$dir/err" &
checker=$!
while ! grep -q ok "$dir/out" && kill -0 $checker 2>/dev/null; do :; done
kill -INT $checker
wait $checker
status=$?
kill $holder
out=$(cat "$dir/out")
err=$(cat "$dir/err")
expect 2 "Ctrl-C ends it"
err_has "Stopped" "Ctrl-C: says so"
out_is "$good: ok" "Ctrl-C: what was done is there"

# ---- fix ----
run "$PSIRTDESK" csaf fix "$good"
expect 0 "fix: a good document"
err_has "Nothing was mended" "fix: nothing to do"
sed 's|"baseScore": 7.2|"baseScore": 9.9|; s|"lang": "en-GB"|"lang": "en_GB"|' "$good" >"$dir/broken.json"
run "$PSIRTDESK" csaf fix "$dir/broken.json"
expect 0 "fix: mended is valid"
err_has "6.1.9 /vulnerabilities/0/scores/0/cvss_v3/baseScore: " "fix: names what was mended"
cp "$dir/out" "$dir/mended.json"
run "$PSIRTDESK" csaf check "$dir/mended.json"
out_is "$dir/mended.json: ok" "fix: the result passes every test"
run "$PSIRTDESK" csaf fix "$dir/broken.json" --test 6.1.9
expect 1 "fix: one test only"
out_has en_GB "fix: the rest stays"
run "$PSIRTDESK" csaf fix "$dir/plain.json"
out_lacks '"lang"' "fix: what is to be chosen is not done by itself"
err_has "yours to choose" "fix: but told"
run "$PSIRTDESK" csaf fix "$dir/plain.json" --test 6.2.12 --lang de
out_has '"lang": "de"' "fix: a choice that was made"
sed 's|exgw-2026-0001.json|other.html|' "$good" >"$dir/plain.json"
run "$PSIRTDESK" csaf fix "$dir/plain.json" --base-url https://example.com/csaf/white/2026/
out_has '"url": "https://example.com/csaf/white/2026/exgw-2026-0001.json"' "fix: the place of the document"
run "$PSIRTDESK" csaf fix "$dir/broken.json" --output "$dir/written.json"
expect 0 "fix: --output"
[ -z "$out" ] && cmp -s "$dir/written.json" "$dir/mended.json"
verdict $? "fix: the same in a file, nothing printed"
chmod 640 "$dir/broken.json"
run "$PSIRTDESK" csaf fix "$dir/broken.json" --in-place
[ "$(stat -c %a "$dir/broken.json")" = 640 ] && cmp -s "$dir/broken.json" "$dir/mended.json"
verdict $? "fix: --in-place keeps the permissions"
run "$PSIRTDESK" csaf fix - --in-place <"$good"
expect 64 "fix: standard input has no place"
run "$PSIRTDESK" csaf fix "$good" --test 6.9.9
expect 64 "fix: no such test"
run "$PSIRTDESK" csaf fix "$dir/none.json"
refused 2 "none.json" "fix: no such file"
run "$PSIRTDESK" csaf fix "$dir/empty"
expect 2 "fix: a directory"

# ---- directories ----
deep=$dir/deep
i=0
while [ $i -lt 70 ]; do
	deep=$deep/d
	i=$((i + 1))
done
mkdir -p "$deep"
run "$PSIRTDESK" csaf check "$dir/deep"
expect 2 "directories inside each other without end"
err_has "was not read: it lies in more than 64 others" "are not followed for ever, and told"

# ---- another language's letters ----
# Turkish has another lower case for I; LOCPATH shows the program a locale that need not be installed.
if localedef -i tr_TR -f UTF-8 "$dir/tr_TR.UTF-8" 2>/dev/null; then
	sed 's/EXGW-2026-0001/IGW-2026-I/; s|exgw-2026-0001.json|igw-2026-i.json|' "$good" >"$dir/igw-2026-i.json"
	run env LOCPATH="$dir" LC_ALL=tr_TR.UTF-8 "$PSIRTDESK" csaf check "$dir/igw-2026-i.json"
	out_is "$dir/igw-2026-i.json: ok" "the name of the file is the same in every locale"
fi

# ---- standard streams that are closed ----
run timeout 20 "$PSIRTDESK" csaf check - <&-
refused 2 "“-”" "standard input is closed: nothing else is read in its place"
run sh -c '"$1" csaf check "$2" >&-' - "$PSIRTDESK" "$good"
[ "$status" = 2 ]
verdict $? "standard output is closed"
err_has "could not be written" "and a sentence says so"
run "$PSIRTDESK" csaf check --tests "" "$good"
refused 64 "“”" "no word of --tests"

done_testing
