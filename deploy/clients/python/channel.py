"""Envelopes of the mobile-payment platform, as a channel makes and opens them."""
import base64
import json
import time

import sm


# sample: keys
class Keys:
    """KEYS.json: the values of the 反馈单, as printed there."""

    def __init__(self, values):
        self.app_id = values["appId"]  # 应用ID
        self.app_secret = values["appSecret"]  # 数字密钥
        private = base64.b64decode(values["channelPrivateKey"], validate=True)  # 渠道私钥
        public = base64.b64decode(values["platformPublicKey"], validate=True)  # 平台公钥
        # Java tools write 33 bytes, the first of them 00; some leave the 04 of a public key out
        self.private = sm.private_key(private[1:] if len(private) == 33 and private[0] == 0 else private)
        self.platform = sm.public_key(public if len(public) == 65 else b"\4" + public)
# end of sample


class Number(str):
    """A number as it was written: 12.50 stays 12.50."""


def parse(text):
    return json.loads(text, parse_int=Number, parse_float=Number)


# sample: canonical
def is_empty(value):
    if isinstance(value, (dict, list)):
        return all(is_empty(v) for v in (value.values() if isinstance(value, dict) else value))
    return value is None or value == ""


def canonical(value):
    """Compact JSON: names sorted at every depth, empties left out, Chinese as it is."""
    if isinstance(value, dict):
        return "{" + ",".join(canonical(k) + ":" + canonical(value[k]) for k in sorted(value) if not is_empty(value[k])) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(v) for v in value if not is_empty(v)) + "]"
    if isinstance(value, Number):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
# end of sample


# sample: sign_string
def sign_string(envelope, data, app_secret):
    """All fields but these three, and data in clear; then &key=数字密钥."""
    fields = {k: v for k, v in envelope.items() if k not in ("signData", "encData", "extra")}
    if data is not None:
        fields["data"] = data
    text = lambda v: str(v) if isinstance(v, str) else canonical(v)
    return "&".join(f"{k}={text(fields[k])}" for k in sorted(fields) if not is_empty(fields[k])) + "&key=" + app_secret
# end of sample


# sample: sm4_key
def sm4_key(app_id, app_secret):
    """The first 16 characters of the upper-case hex, as 16 bytes; not the bytes it stands for."""
    c = sm.sm4(app_id[:16].encode(), app_secret.encode(), encrypt=True)
    return c.hex().upper()[:16].encode()
# end of sample


# sample: envelope
def seal(keys, data):
    """data: a dict. Signed in clear, then encrypted; data itself is not sent."""
    envelope = {
        "appId": keys.app_id,
        "version": "2.0.1",
        "timestamp": str(int(time.time() * 1000)),
        "encType": "SM4",
        "signType": "SM2",
    }
    signature = sm.sign(keys.private, sign_string(envelope, data, keys.app_secret).encode("utf-8"))
    cipher = sm.sm4(sm4_key(keys.app_id, keys.app_secret), canonical(data).encode("utf-8"), encrypt=True)
    envelope["encData"] = cipher.hex().upper()
    envelope["signData"] = base64.b64encode(signature).decode()
    return json.dumps(envelope, ensure_ascii=False)
# end of sample


def open_envelope(keys, text):
    """The platform's answer -> (its fields, data or None). ValueError unless the platform signed it."""
    envelope = parse(text)
    data = None
    if "encData" in envelope:
        clear = sm.sm4(sm4_key(keys.app_id, keys.app_secret), bytes.fromhex(envelope["encData"]), encrypt=False)
        data = parse(clear.decode("utf-8"))
    signature = base64.b64decode(envelope.get("signData", ""), validate=True)
    if not sm.verify(keys.platform, sign_string(envelope, data, keys.app_secret).encode("utf-8"), signature):
        raise ValueError("the signature is not the platform's")
    return envelope, data
