#!/bin/sh
# usage: splice-manual.sh PROGRAM MANUAL: prints the manual with the sections that PROGRAM prints
# from its tables ("help --manual SECTION") between their begin and end lines.
set -eu
program=$1
manual=$2
while IFS= read -r line; do
	case $line in
	'.\" begin '*)
		section=${line#'.\" begin '}
		printf '%s\n' "$line"
		LC_ALL=C.UTF-8 LANGUAGE= "$program" help --manual "$section"
		skip=yes
		;;
	'.\" end '*)
		printf '%s\n' "$line"
		skip=
		;;
	*)
		[ -n "${skip:-}" ] || printf '%s\n' "$line"
		;;
	esac
done <"$manual"
