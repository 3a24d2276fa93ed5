#!/bin/sh
# make.sh TRIM OUT: every character of the captcha alphabet as each of these voices of espeak-ng
# (Debian) says it, one voice after the other, as handlers/account/captcha_sound.c reads them. TRIM
# is the program of trim.c. Made with each build, and kept nowhere: each release sounds another way
# when the voices do.
set -eu
trim=$1 out=$2
alphabet=2346789ACEFHKMNPRTUXY # CAPTCHA_ALPHABET of handlers/account/captcha_picture.h

: >"$out.new"
# voice, words a minute, pitch
while read -r voice speed pitch; do
	for c in $(echo "$alphabet" | sed 's/./& /g'); do
		espeak-ng -v "$voice" -s "$speed" -p "$pitch" --stdout "$c" | "$trim" >>"$out.new"
	done
done <<-VOICES
	en-us+m1 118 45
	en-us+m3 132 35
	en-us+m7 124 60
	en-us+f1 120 50
	en-us+f2 130 62
	en-us+f4 114 40
	en-us+Annie 122 50
	en-us+Michael 128 45
	en-gb+m2 120 50
	en-gb+m4 128 40
	en-gb+f3 124 55
	en-gb+f5 118 48
	en-gb+Linda 130 50
	en-gb+Andy 122 52
	en-gb-scotland+m6 120 45
	en-gb-scotland+f2 128 58
	en-gb-x-rp+m5 118 55
	en-gb-x-rp+f1 126 46
	en-029+m3 122 50
	en-029+f3 130 60
	en-gb-x-gbclan+m7 124 42
	en-gb-x-gbclan+f4 120 54
	en-us+Alicia 126 50
	en-gb+Paul 120 48
VOICES
mv "$out.new" "$out"
