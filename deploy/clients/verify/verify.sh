#!/bin/sh
# 核验反馈单：只用 OpenSSL 3 和系统自带的命令，每一步的依据见 README.md。
# 用法：sh verify.sh 反馈单.pdf 平台公钥
set -eu
export LC_ALL=C
pdf=$1 key=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "核验未通过：$1" && exit 1; }

# 1. 印章是倒数第四行；早期的反馈单是最后一行
form=2 after=3
if tail -n 1 "$pdf" | grep -q '^%jieru-sheet 1 '; then form=1 after=0; fi
tail -n $((after + 1)) "$pdf" | head -n 1 >"$dir/seal"
grep -Eq "^%jieru-sheet $form [0-9a-f]{32} [0-9a-f]{64} [A-Za-z0-9+/]{85}[AQgw]==\$" "$dir/seal" || fail 文件没有平台的印章
read -r _ _ number digest signature <"$dir/seal"

# 2. 摘要：印章这一行以外全部字节的 SM3
lines=$(wc -l <"$pdf")
{ head -n $((lines - after - 1)) "$pdf" && tail -n "$after" "$pdf"; } | openssl dgst -sm3 -r | cut -c 1-64 >"$dir/sm3"
[ "$(cat "$dir/sm3")" = "$digest" ] || fail 内容已被改动

# 3. 被签名的文字：从 jieru-sheet 到摘要，不含 % 和换行
printf 'jieru-sheet %s %s %s' "$form" "$number" "$digest" >"$dir/text"

# 4. 签名：64 字节 r‖s 转为 OpenSSL 使用的 DER
hex=$(printf %s "$signature" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
r=$(printf %s "$hex" | cut -c 1-64) s=$(printf %s "$hex" | cut -c 65-128)
printf 'asn1=SEQUENCE:rs\n[rs]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "$r" "$s" >"$dir/rs"
openssl asn1parse -genconf "$dir/rs" -noout -out "$dir/der"

# 5. 公钥：65 字节 04‖X‖Y 前加 SM2 曲线的标识，即 SubjectPublicKeyInfo
{
	printf '\060\131\060\023\006\007\052\206\110\316\075\002\001\006\010\052\201\034\317\125\001\202\055\003\102\000'
	printf %s "$key" | openssl base64 -d -A
} | openssl pkey -pubin -inform DER -out "$dir/key" 2>/dev/null || fail 公钥格式有误

# 6. 验签：SM2 与 SM3，用户标识 1234567812345678
openssl pkeyutl -verify -pubin -inkey "$dir/key" -rawin -digest sm3 -pkeyopt distid:1234567812345678 \
	-in "$dir/text" -sigfile "$dir/der" >/dev/null || fail 签名不是由该公钥的平台作出
echo "核验通过，反馈单编号：$number"
