#!/bin/sh
# Publishing where the disk is full or read-only, with a key that expired, with a clock that went back, by two at once, and
# killed in the middle: what the world sees changes as a whole or not at all. The disk is a small one in memory, in a mount
# namespace of its own.
. "$SRCDIR/tests/script/tap.sh"

if [ "${1:-}" != inside ]; then
	leave
	trap - EXIT
	if unshare -m true 2>/dev/null; then
		exec unshare -m sh "$0" inside
	elif unshare -Urm true 2>/dev/null; then
		exec unshare -Urm sh "$0" inside
	fi
	skip_all "no mount namespace can be made here"
fi

PSIRTDESK_NOW=2026-11-20T10:00:00Z
export PSIRTDESK_NOW
workspace=$dir/w
public=$dir/disk/public
mkdir "$dir/disk"
mount -t tmpfs -o size=400k tmpfs "$dir/disk" 2>/dev/null || skip_all "no tmpfs can be mounted here"
mkdir -m 700 "$dir/keys"

make_key() { # NAME EXPIRY
	gpg --homedir "$dir/keys" --batch --quiet --passphrase '' --faked-system-time 20261101T000000! --quick-generate-key "$1" \
		ed25519 sign "$2" 2>/dev/null
	gpg --homedir "$dir/keys" --list-keys --with-colons "$1" 2>/dev/null | awk -F: '/^fpr/ { print $10; exit }'
}
key=$(make_key 'Ada <ada@example.com>' never)
gpg --homedir "$dir/keys" --batch --quiet --passphrase '' --quick-add-key "$key" cv25519 encr never 2>/dev/null
old=$(gpg --homedir "$dir/keys" --batch --quiet --passphrase '' --faked-system-time 20200101T000000! --quick-generate-key \
	'Old <old@example.com>' ed25519 sign 30d 2>/dev/null
	gpg --homedir "$dir/keys" --list-keys --with-colons old@example.com 2>/dev/null | awk -F: '/^fpr/ { print $10; exit }')

# What the world sees, as one line.
seen() { (cd "$public" && find . -type f ! -path './.*.next/*' -exec sha256sum {} + | sort | sha256sum); }
versions() { "$PSIRTDESK" -w "$workspace" list advisory_version | wc -l; }
unchanged() { # NAME: as in $before, and as many versions as in $count
	[ "$(seen)" = "$before" ] && [ "$(versions)" = "$count" ]
	verdict $? "$1"
}
remember() { before=$(seen); count=$(versions); }
change() { ok "a change of the case" "$PSIRTDESK" -w "$workspace" set vulnerability "$flaw" description="$1"; }

"$PSIRTDESK" -w "$workspace" init --recipient "$key" --gnupg-home "$dir/keys" --person Ada >/dev/null 2>&1
pd config provider.dir "$public"
pd config org.name Example
pd config org.namespace https://www.example.com
pd config provider.url https://www.example.com/
pd config provider.signing_key "$key"
pd config advisory.review none
product=$("$PSIRTDESK" -w "$workspace" new product name=Gateway vendor=Example)
release=$("$PSIRTDESK" -w "$workspace" new release product="$product" version=1.0)
case=$("$PSIRTDESK" -w "$workspace" case open title=Flaw summary=Bad)
pd case affect "$case" "$release" known_affected
flaw=$("$PSIRTDESK" -w "$workspace" list vulnerability | cut -f1)
ok "a vulnerability" "$PSIRTDESK" -w "$workspace" set vulnerability "$flaw" title=Flaw description=One
pd case decide "$case" no_fix_planned reason=Old
pd advisory draft "$case"
pd advisory publish "$case"
expect 0 "the first version"
remember

change Two
dd if=/dev/zero of="$dir/disk/fill" bs=4k 2>/dev/null
pd advisory publish "$case"
expect 2 "a full disk is told"
unchanged "on the full disk nothing changed"
rm "$dir/disk/fill"

mount -o remount,bind,ro "$dir/disk"
pd advisory publish "$case"
expect 2 "a read-only disk is told"
err_has "$public" "it names the place"
unchanged "on the read-only disk nothing changed"
mount -o remount,bind,rw "$dir/disk"

pd config provider.signing_key "$old"
pd advisory publish "$case"
expect 2 "an expired key is told"
unchanged "with the expired key nothing changed"
pd config provider.signing_key "$key"

PSIRTDESK_NOW=2026-11-19T10:00:00Z pd advisory publish "$case"
expect 1 "a clock that went back is told"
err_has "clock" "and what to look at"
unchanged "with the wrong clock nothing changed"

# Two at once: one publishes, the other finds nothing to do or the place taken.
PSIRTDESK_NOW=2026-11-20T11:00:00Z
"$PSIRTDESK" -w "$workspace" advisory publish "$case" >/dev/null 2>"$dir/err1" & one=$!
"$PSIRTDESK" -w "$workspace" advisory publish "$case" >/dev/null 2>"$dir/err2" & two=$!
wait $one; first=$?
wait $two; second=$?
[ $first = 0 ] || [ $second = 0 ]
verdict $? "of two at once one publishes"
[ "$(versions)" = $((count + 1)) ]
verdict $? "and there is one version more"
ok "the directory is that of the workspace" "$PSIRTDESK" -w "$workspace" provider init
remember

# Killed somewhere in the middle, again and again: afterwards all of the old or all of the new.
step=0
for pause in 0.01 0.03 0.06 0.1 0.15 0.2; do
	step=$((step + 1))
	PSIRTDESK_NOW=2026-11-20T12:0$step:00Z
	"$PSIRTDESK" -w "$workspace" set vulnerability "$flaw" description="Step $step" >/dev/null
	timeout -s KILL $pause "$PSIRTDESK" -w "$workspace" advisory publish "$case" >/dev/null 2>&1
	(cd "$public/white/2026" && sha256sum -c --quiet ./*.sha256) >/dev/null 2>&1 || broken=$pause
done
[ -z "${broken:-}" ]
verdict $? "killed in the middle, document and hash fit each other"
pd provider init
expect 0 "what was interrupted is completed"
pd --json provider check "$public"
out_has '"number":18,"title":"Hashes","state":"met"' "hashes are right"
out_has '"number":19,"title":"Signatures","state":"met"' "signatures are right"
[ -z "$(find "$public" -name '.*.next' -o -name '.*.old')" ]
verdict $? "nothing lies aside"
pd verify
expect 0 "the workspace is whole"

echo '{}' >"$public/white/2026/$(cd "$public/white/2026" && ls ./*.json)"
echo theirs >"$public/white/2026/theirs.txt"
pd provider init
expect 0 "a tree that was edited by hand is mended"
err_has "had been changed by somebody" "the changed file is named"
err_has "theirs.txt” was not published by this workspace" "so is the file of others"
[ "$(cat "$public/white/2026/theirs.txt")" = theirs ]
verdict $? "which stays"
umount "$dir/disk"
done_testing
