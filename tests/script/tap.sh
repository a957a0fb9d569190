# TAP from sh, for the tests beside this file. To be sourced; needs $PSIRTDESK, $SRCDIR and $BUILDDIR.
#
# run COMMAND …        keeps standard output, standard error and exit status in $out, $err, $status
# expect STATUS NAME   the last run ended so
# out_is TEXT NAME, out_has TEXT NAME, out_lacks TEXT NAME, err_has TEXT NAME
# ok NAME COMMAND …    the command succeeds
# done_testing         prints the plan; to be called last
set -u

tests=0
failed=0
# Short, because an agent's socket lies below it.
dir=$(mktemp -d /tmp/psXXXXXX)
HOME=$dir/home
mkdir "$HOME"
LC_ALL=C.UTF-8
TZ=UTC
export HOME LC_ALL TZ
unset GNUPGHOME XDG_DATA_HOME XDG_CONFIG_HOME XDG_RUNTIME_DIR PSIRTDESK_WORKSPACE PSIRTDESK_NOW LANGUAGE

leave() {
	find "$dir" -maxdepth 3 -name private-keys-v1.d 2>/dev/null | while read -r keys; do
		gpgconf --homedir "$(dirname "$keys")" --kill all 2>/dev/null
	done
	rm -rf "$dir"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

verdict() { # NAME, with $? of what was asked
	if [ "$1" = 0 ]; then
		tests=$((tests + 1))
		echo "ok $tests - $2"
	else
		tests=$((tests + 1))
		failed=$((failed + 1))
		echo "not ok $tests - $2"
		echo "# status ${status:-}"
		printf '%s\n' "${out:-}" | head -20 | sed 's/^/# out: /'
		printf '%s\n' "${err:-}" | head -20 | sed 's/^/# err: /'
	fi
}

run() {
	"$@" >"$dir/out" 2>"$dir/err"
	status=$?
	out=$(cat "$dir/out")
	err=$(cat "$dir/err")
}

pd() { run "$PSIRTDESK" -w "$workspace" "$@"; }

expect() {
	[ "$status" = "$1" ]
	verdict $? "$2"
}

# A refusal: exit status, a sentence that holds TEXT, and nothing on standard output.
refused() { # STATUS TEXT NAME
	[ "$status" = "$1" ] && [ -z "$out" ] && case $err in "psirtdesk: "*"$2"*) true ;; *) false ;; esac
	verdict $? "$3"
}

out_is() {
	[ "$out" = "$1" ]
	verdict $? "$2"
}

out_has() {
	case $out in *"$1"*) true ;; *) false ;; esac
	verdict $? "$2"
}

out_lacks() {
	case $out in *"$1"*) false ;; *) true ;; esac
	verdict $? "$2"
}

err_has() {
	case $err in *"$1"*) true ;; *) false ;; esac
	verdict $? "$2"
}

ok() {
	name=$1
	shift
	run "$@"
	verdict $status "$name"
}

# The value of a member of a JSON object on standard input; NAME or NAME.NAME.
json() {
	python3 -c 'import json, sys
value = json.load(sys.stdin)
for step in sys.argv[1].split("."):
    value = value[int(step)] if isinstance(value, list) else value[step]
print(value)' "$1"
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

done_testing() {
	echo "1..$tests"
	[ "$failed" = 0 ]
	exit
}
