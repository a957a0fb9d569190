#!/bin/sh
# csaf check beside the validator that web editors use (npm: @secvisogram/csaf-validator-lib), in one
# run on this machine: a directory of documents, one ordinary document, one of 20 MB. Not a part of
# any other target: it needs node, npm and the npm registry, and installs into a temporary directory.
#
#   tests/bench/compare-validator.sh PSIRTDESK [DOCUMENTS [COUNT]]
#
# DOCUMENTS: a directory of CSAF 2.0 documents (default: our fixture); COUNT: how many documents are
# made of them by copying (default: 2383). All tests are run but those that need the network or a
# word list (6.3.6, 6.3.7, 6.3.8). The machine should be idle; on a busy one compare processor time.
set -eu

[ $# -ge 1 ] || { sed -n '6p' "$0" >&2; exit 64; }
program=$1
documents=${2:-$(dirname "$0")/../fixtures/csaf}
count=${3:-2383}
case $program in */*) ;; *) program=$(command -v "$program") ;; esac
program=$(realpath "$program")
documents=$(realpath "$documents")

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
npm install --no-audit --no-fund --loglevel=error @secvisogram/csaf-validator-lib >/dev/null

cat >prepare.mjs <<'NODE'
// Copies of the documents, and one large VEX document of the first.
import fs from 'node:fs'
import path from 'node:path'

const [from, count] = process.argv.slice(2)
const sources = []
function collect(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) collect(name)
    else if (name.endsWith('.json')) {
      const text = fs.readFileSync(name, 'utf8')
      try {
        if (JSON.parse(text).document?.csaf_version === '2.0') sources.push(text)
      } catch {}
    }
  }
}
collect(from)
fs.mkdirSync('many')
for (let i = 0; i < count; i++)
  fs.writeFileSync(`many/${String(i).padStart(5, '0')}.json`, sources[i % sources.length])

const large = JSON.parse(sources[0])
const ids = Array.from({ length: 500 }, (_, i) => `BULK-${String(i).padStart(4, '0')}`)
large.product_tree ??= {}
large.product_tree.full_product_names = (large.product_tree.full_product_names ?? []).concat(
  ids.map((id) => ({ name: id, product_id: id })))
const one = { notes: [{ category: 'description', text: 'x' }], product_status: { fixed: ids } }
const copies = Math.ceil((20 << 20) / JSON.stringify(one).length)
large.vulnerabilities = Array.from({ length: copies },
  (_, i) => ({ cve: `CVE-2025-${10000 + i}`, ...one }))
fs.writeFileSync('large.json', JSON.stringify(large))
console.log(sources.length)
NODE

cat >theirs.mjs <<'NODE'
// Prints: documents, invalid ones, milliseconds in tests, megabytes.
import fs from 'node:fs'
import path from 'node:path'
import * as schema from '@secvisogram/csaf-validator-lib/schemaTests.js'
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js'
import * as optional from '@secvisogram/csaf-validator-lib/optionalTests.js'
import * as informative from '@secvisogram/csaf-validator-lib/informativeTests.js'
import validate from '@secvisogram/csaf-validator-lib/validate.js'

const left = ['informativeTest_6_3_6', 'informativeTest_6_3_7', 'informativeTest_6_3_8']
const tests = [
  schema.csaf_2_0_strict,
  ...Object.values(mandatory),
  ...Object.values(optional),
  ...Object.entries(informative).filter(([name]) => !left.includes(name)).map(([, test]) => test),
]
const [what] = process.argv.slice(2)
const files = fs.statSync(what).isDirectory()
  ? fs.readdirSync(what).map((name) => path.join(what, name)) : [what]
let invalid = 0
const start = performance.now()
for (const file of files) {
  const result = await validate(tests, JSON.parse(fs.readFileSync(file, 'utf8')))
  if (!result.isValid) invalid++
}
console.log(files.length, invalid, Math.round(performance.now() - start),
  Math.round(process.resourceUsage().maxRSS / 1024))
NODE

sources=$(node prepare.mjs "$documents" "$count")
ls many | head -1 >first
first=many/$(cat first)

# Runs a command; wall, processor time (milliseconds) and memory (megabytes) of the whole process.
# bash and python are not needed; GNU time is, for anything but the wall.
measure() {
	begin=$(date +%s%N)
	if [ -x /usr/bin/time ]; then
		/usr/bin/time -f '%U %S %M' -o usage "$@" >result 2>/dev/null || true
	else
		"$@" >result 2>/dev/null || true
		echo '0 0 0' >usage
	fi
	end=$(date +%s%N)
	wall=$(((end - begin) / 1000000))
	[ "$wall" -gt 0 ] || wall=1
	cpu=$(tail -1 usage | awk '{ print int(($1 + $2) * 1000) }')
	[ "$cpu" -gt 0 ] || cpu=1
	memory=$(tail -1 usage | awk '{ print int($3 / 1024) }')
}

line() { # NAME, WHAT
	measure "$program" csaf check --json "$2"
	ours=$wall ours_cpu=$cpu ours_memory=$memory
	# the better of two: a busy machine disturbs the short one most
	measure "$program" csaf check --json "$2"
	[ "$wall" -ge "$ours" ] || ours=$wall
	[ "$cpu" -ge "$ours_cpu" ] || ours_cpu=$cpu
	measure node theirs.mjs "$2"
	read -r _ _ inner _ <result || inner=0
	echo "$1"
	echo "  theirs: $wall ms ($inner ms of it in tests), $cpu ms of processors, $memory MB"
	echo "  ours:   $ours ms, $ours_cpu ms of processors, $ours_memory MB"
	echo "  ratio:  $((wall / ours)) in time ($((inner / ours)) against their tests alone), $((cpu / ours_cpu)) in processors"
}

echo "load before: $(cut -d' ' -f1-3 /proc/loadavg), processors: $(nproc)"
line "$count documents, made of $sources, $(du -sm --apparent-size many | cut -f1) MB" many
line "one ordinary document ($(wc -c <"$first") bytes)" "$first"
line "one large document ($(($(wc -c <large.json) >> 20)) MB)" large.json
