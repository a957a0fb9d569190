#!/bin/sh
# csaf convert and csaf render: refusals, streams, exit statuses, and the converter's test cases
# where they are. TAP; see tap.sh.
. "${SRCDIR:-.}/tests/script/tap.sh"

cat >"$dir/simple.json" <<'END'
{"document":{"category":"csaf_base","csaf_version":"2.0","title":"ID-1: A <b>thing</b>","publisher":
{"category":"vendor","name":"Example","namespace":"https://www.example.com"},"tracking":{"current_release_date":
"2024-02-01t10:00:00z","id":"ID-1","initial_release_date":"2024-02-01T10:00:00Z","revision_history":[{"date":
"2024-02-01T10:00:00Z","number":"1","summary":"First."}],"status":"final","version":"1"}},"vulnerabilities":[{"cwe":
{"id":"CWE-79","name":"Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting') "},"notes":
[{"category":"description","text":"Text."}],"release_date":"2024-01-01T00:00:00Z"}]}
END

run "$PSIRTDESK" csaf convert "$dir/simple.json" --to 2.1
expect 0 "a document is converted"
err_has "warning /document/distribution/tlp/label There is no TLP label; the default TLP has been set" "the default label is told"
cp "$dir/out" "$dir/new.json"
[ "$(json document.title <"$dir/new.json")" = "A <b>thing</b>" ]
verdict $? "the tracking id leaves the title"
[ "$(json document.tracking.current_release_date <"$dir/new.json")" = "2024-02-01T10:00:00Z" ]
verdict $? "dates are in capitals"
[ "$(json vulnerabilities.0.cwes.0.version <"$dir/new.json")" = "4.13" ]
verdict $? "a weakness is of the release that was newest then"
[ "$(json vulnerabilities.0.disclosure_date <"$dir/new.json")" = "2024-01-01T00:00:00Z" ]
verdict $? "the release date is the disclosure date"
run "$PSIRTDESK" csaf convert - --to 2.1 <"$dir/simple.json"
cmp -s "$dir/out" "$dir/new.json"
verdict $? "standard input gives the same bytes"
run "$PSIRTDESK" csaf convert "$dir/new.json" --to 2.1
refused 2 "This is CSAF 2.1 already" "a 2.1 document is refused"
echo '{"document": 7}' >"$dir/bad.json"
run "$PSIRTDESK" csaf convert "$dir/bad.json" --to 2.1
refused 2 "no CSAF 2.0 document" "another document is refused"
echo '{"document": {"csaf_version": "2.0", "tracking": []}}' >"$dir/bad.json"
run "$PSIRTDESK" csaf convert "$dir/bad.json" --to 2.1
refused 2 "fits the schema of CSAF 2.0" "a document against the schema is refused"
echo '{"document": ' >"$dir/bad.json"
run "$PSIRTDESK" csaf convert "$dir/bad.json" --to 2.1
refused 2 "Line 2" "broken JSON is refused with its line"
run "$PSIRTDESK" csaf convert "$dir/none.json" --to 2.1
refused 2 "none.json" "a file that is not there is refused"
run "$PSIRTDESK" csaf convert "$dir/simple.json"
expect 64 "the version must be said"
run "$PSIRTDESK" csaf convert "$dir/simple.json" --to 2.0
expect 64 "there is only one version to convert to"

for format in text md html; do
	run "$PSIRTDESK" csaf render "$dir/new.json" --format $format
	expect 0 "a 2.1 document is rendered as $format"
	out_has "CWE-79" "… with its weakness"
	[ $format = text ] || out_lacks "<b>thing" "… and no markup of its own"
done
run "$PSIRTDESK" csaf render "$dir/new.json" --format pdf
expect 64 "a format that there is not"
run "$PSIRTDESK" csaf render "$dir/bad.json"
expect 2 "broken JSON is not rendered"

# Thirty branches inside each other, with hashes of files below them.
branch='{"category":"product_family","name":"Family","branches":['
product='{"category":"product_version","name":"1","product":{"name":"Example 1","product_id":"P",
"product_identification_helper":{"hashes":[{"filename":"f","file_hashes":[{"algorithm":"sha256","value":
"0000000000000000000000000000000000000000000000000000000000000000"}]}]}}}'
begin= end=
while [ ${#end} -lt 87 ]; do
	begin=$begin$branch
	end=']}'$end' '
done
sed "s/},\"vulnerabilities\":/},\"product_tree\":{\"branches\":[@]},\"vulnerabilities\":/" "$dir/simple.json" |
	awk -v inside="$begin$product$end" 'BEGIN { gsub(/&/, "\\\\&", inside) } { sub(/@/, inside) } 1' >"$dir/deep.json"
run "$PSIRTDESK" csaf convert "$dir/deep.json" --to 2.1
expect 0 "a deep tree of branches is converted"
out_has 'file_hashes' "… down to its end"
run "$PSIRTDESK" csaf render "$dir/deep.json" --format text
expect 0 "a deep tree of branches is rendered"
out_has 'Example 1' "… down to its end"

shared=${PSIRTDESK_SHARED:-}/data/csaf
if [ -d "$shared/convert-20-21" ] && python3 -c 'import jsonschema' 2>/dev/null; then
	ok "the converter's test cases, and the official schema over the results" \
		python3 "$SRCDIR/tests/script/convert-cases.py" "$PSIRTDESK" "$shared/convert-20-21" "$shared/2.1/schema"
else
	echo "# the converter's test cases or python3-jsonschema are not here"
fi
done_testing
