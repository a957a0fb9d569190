#!/bin/sh
# A full disk: named as such, nothing lost, nothing half-written, and what is there can be read. The disk is a small one in
# memory, in a mount namespace of its own.
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

mkdir "$dir/disk"
mount -t tmpfs -o size=4m tmpfs "$dir/disk" 2>/dev/null || skip_all "no tmpfs can be mounted here"
workspace=$dir/disk/w
mkdir -m 700 "$dir/keys"
gpg --homedir "$dir/keys" --batch --quiet --passphrase '' --quick-generate-key 'Ada <ada@example.com>' ed25519 sign never 2>/dev/null
key=$(gpg --homedir "$dir/keys" --list-keys --with-colons 2>/dev/null | awk -F: '/^fpr/ { print $10; exit }')
gpg --homedir "$dir/keys" --batch --quiet --passphrase '' --quick-add-key "$key" cv25519 encr never 2>/dev/null

ok "a workspace on the small disk" "$PSIRTDESK" -w "$workspace" init --recipient "$key" --gnupg-home "$dir/keys" --person Ada
pd case open title=Before
expect 0 "a case while there is room"
# Blocks first, then the bytes that are left of the last one.
dd if=/dev/zero of="$dir/disk/fill" bs=64k 2>/dev/null
dd if=/dev/zero of="$dir/disk/rest" bs=1k 2>/dev/null
pd case open title=During
refused 2 "is full" "on the full disk it says so and what to do"
pd list case
out_has "Before" "what is there can be read"
out_lacks "During" "nothing is half there"
rm "$dir/disk/fill" "$dir/disk/rest"
pd case open title=After
expect 0 "with room again work goes on"
pd verify
expect 0 "the workspace is whole"
umount "$dir/disk"
done_testing
