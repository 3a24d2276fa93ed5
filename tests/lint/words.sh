#!/bin/sh
# fcgi/ would serve any other portal unchanged, its words included: what it is called here - who
# applies, for what, by which ways - is said above it. In code, texts and comments alike.
cd "$(dirname "$0")/../.." || exit 2
bad=0

# whole words; in names, too, where _ parts them
words='units?|institutions?|operators?|bureaus?|regions?|officers?|applicants?|applications?'
words="$words|acceptances?|feedback|hospitals?|pharmac(y|ies)|insurances?|certifications?|credentials?"
words="$words|sms|totp|tus|captchas?|clamd|kannel|aliyun|tencent|sandbox|selftest|handlers|sql/.*"
texts='单位|机构|医保|医院|药店|经办|区划|申请|验收|反馈|审核|资质|授权|渠道|密钥|动态口令|短信|图形'

# what others named: media types, Pango's measure, handlers of signals
theirs='s/application\/[a-z]//g; s/pango_units//g'

# forbid PATTERN FOLDER...
forbid() {
	pattern=$1
	shift
	for file in $(find "$@" -type f \( -name '*.[ch]' -o -name '*.def' \) | sort); do
		found=$(sed "$theirs" "$file" | grep -niE -- "$pattern") || continue
		echo "$found" | sed "s|^|$file:|"
		bad=1
	done
}

forbid "(^|[^[:alpha:]])($words)([^[:alpha:]]|\$)|$texts" fcgi
# nor the numbers of its rules
for file in $(find fcgi -type f | sort); do
	grep -nHE '(^|[ (])(A|M|ACC)-[0-9]+([^0-9]|$)' "$file" && bad=1
done
# a workbook has sheets of its own
forbid '(^|[^[:alpha:]])sheets?([^[:alpha:]]|$)' fcgi/base fcgi/http fcgi/crypto fcgi/store fcgi/paper
[ $bad = 0 ] || echo 'fcgi/ knows no domain: these words belong above it'
exit $bad
