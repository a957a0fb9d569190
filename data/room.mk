# Files of this room.
nobase_dist_pkgdata_DATA += data/themes/dark.ini data/themes/light.ini data/themes/mono.ini data/keys/emacs.ini
