#!/bin/sh
# The program's tables against what is printed from them.
. "$SRCDIR/tests/script/tap.sh"

# ---- every command has usage, help and an example ----
commands=$("$PSIRTDESK" help --completion | sed -n 's/^	"") words="\(.*\)" ;;$/\1/p')
ok "there are commands" test -n "$commands"
for command in $commands; do
	run "$PSIRTDESK" "$command" --help
	expect 0 "$command --help"
	out_has "Usage: psirtdesk $command" "$command has a usage"
	out_has "Example:" "$command has an example"
	run "$PSIRTDESK" help "$command"
	expect 0 "help $command"
	case $command in
	*) run "$PSIRTDESK" -w "$dir/none" "$command" --no-such-option ;;
	esac
	refused 64 "no-such-option" "$command refuses an unknown option"
done

run "$PSIRTDESK" --help
expect 0 "--help"
run "$PSIRTDESK" --version
expect 0 "--version"
out_has "psirtdesk " "--version names the program"
run "$PSIRTDESK" knids
refused 64 "“kinds”" "a mistyped command is answered with a near one"
run "$PSIRTDESK" --jsno kinds
refused 64 "--jsno" "a mistyped global option"
run "$PSIRTDESK" qwertzuiop
refused 64 "psirtdesk help" "an unknown command"

# ---- manual page and completion ----
"$SRCDIR/doc/splice-manual.sh" "$PSIRTDESK" "$SRCDIR/doc/psirtdesk.1" >"$dir/manual"
ok "the manual page agrees with the tables (else: make update-manual)" \
	diff "$SRCDIR/doc/psirtdesk.1" "$dir/manual"
"$PSIRTDESK" help --completion >"$dir/completion"
ok "bash completion agrees with the table (else: make update-manual)" \
	diff "$SRCDIR/contrib/bash-completion/psirtdesk" "$dir/completion"
if command -v bash >/dev/null; then
	ok "bash completes a command" bash -c '. "$1"
		compopt() { :; }
		COMP_WORDS=(psirtdesk -w x --json kin) COMP_CWORD=4
		_psirtdesk
		[ "${COMPREPLY[*]}" = kinds ]' - "$dir/completion"
	ok "bash completes a sub-command" bash -c '. "$1"
		compopt() { :; }
		COMP_WORDS=(psirtdesk case aff) COMP_CWORD=2
		_psirtdesk
		[ "${COMPREPLY[*]}" = affect ]' - "$dir/completion"
fi

# ---- translations ----
listed=$(grep -v '^#' "$SRCDIR/po/POTFILES.in" | sort -u)
found=$(cd "$SRCDIR" && grep -lE '\bN?_\("' $(find src ui -name '*.c') | sort -u)
missing=$(printf '%s\n%s\n' "$listed" "$found" | sort | uniq -u | while read -r file; do
	printf '%s\n' "$found" | grep -qx "$file" && echo "$file"
done)
out=$missing
[ -z "$missing" ]
verdict $? "every file with texts is in po/POTFILES.in"
gone=$(printf '%s\n' "$listed" | while read -r file; do
	[ -f "$SRCDIR/$file" ] || echo "$file"
done)
out=$gone
[ -z "$gone" ]
verdict $? "every file of po/POTFILES.in is there"

done_testing
