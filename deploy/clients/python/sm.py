"""SM2 signatures and SM4-ECB by OpenSSL 3 (libcrypto), through ctypes: nothing to install."""
import ctypes
import ctypes.util
from ctypes import byref, c_char_p, c_int, c_size_t, c_void_p

USER_ID = b"1234567812345678"  # OpenSSL's default is empty


def _load():
    for name in ("libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll", ctypes.util.find_library("crypto")):
        try:
            return ctypes.CDLL(name)
        except (OSError, TypeError):
            continue
    raise OSError("OpenSSL 3 (libcrypto) is needed")


_crypto = _load()


def _function(name, result, *arguments):
    function = getattr(_crypto, name)
    function.restype = result
    function.argtypes = arguments
    return function


_p, _pp, _size = c_void_p, ctypes.POINTER(c_void_p), ctypes.POINTER(c_size_t)
_read_private = _function("d2i_AutoPrivateKey", _p, _pp, ctypes.POINTER(c_char_p), ctypes.c_long)
_read_public = _function("d2i_PUBKEY", _p, _pp, ctypes.POINTER(c_char_p), ctypes.c_long)
_is_a = _function("EVP_PKEY_is_a", c_int, _p, c_char_p)
_free_key = _function("EVP_PKEY_free", None, _p)
_new_key_context = _function("EVP_PKEY_CTX_new", _p, _p, _p)
_free_key_context = _function("EVP_PKEY_CTX_free", None, _p)
_set_id = _function("EVP_PKEY_CTX_set1_id", c_int, _p, c_char_p, c_int)
_new_digest = _function("EVP_MD_CTX_new", _p)
_free_digest = _function("EVP_MD_CTX_free", None, _p)
_set_key_context = _function("EVP_MD_CTX_set_pkey_ctx", None, _p, _p)
_sm3 = _function("EVP_sm3", _p)
_sign_init = _function("EVP_DigestSignInit", c_int, _p, _pp, _p, _p, _p)
_sign = _function("EVP_DigestSign", c_int, _p, c_char_p, _size, c_char_p, c_size_t)
_verify_init = _function("EVP_DigestVerifyInit", c_int, _p, _pp, _p, _p, _p)
_verify = _function("EVP_DigestVerify", c_int, _p, c_char_p, c_size_t, c_char_p, c_size_t)
_sm4_ecb = _function("EVP_sm4_ecb", _p)
_new_cipher = _function("EVP_CIPHER_CTX_new", _p)
_free_cipher = _function("EVP_CIPHER_CTX_free", None, _p)
_cipher_init = _function("EVP_CipherInit_ex", c_int, _p, _p, _p, c_char_p, c_char_p, c_int)
_cipher_update = _function("EVP_CipherUpdate", c_int, _p, c_char_p, ctypes.POINTER(c_int), c_char_p, c_int)
_cipher_final = _function("EVP_CipherFinal_ex", c_int, _p, c_char_p, ctypes.POINTER(c_int))


def _read_key(reader, der):
    key = reader(None, byref(c_char_p(der)), len(der))
    if not key or not _is_a(key, b"SM2"):  # a key of type EC would sign ECDSA
        raise ValueError("not an SM2 key")
    return key


def private_key(d):
    """32 bytes -> a key that can sign. SEC1 around them: a bare number could not."""
    return _read_key(_read_private, bytes.fromhex("30310201010420") + d + bytes.fromhex("a00a06082a811ccf5501822d"))


def public_key(point):
    """65 bytes 04, X, Y -> a key that can verify."""
    return _read_key(_read_public, bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200") + point)


def _digest(key, init):
    digest, context = _new_digest(), _new_key_context(key, None)
    _set_id(context, USER_ID, len(USER_ID))
    _set_key_context(digest, context)
    if init(digest, None, _sm3(), None, key) != 1:
        raise ValueError("SM2 is not available")
    return digest, context


def _integers(der):
    """r and s of SEQUENCE { INTEGER r, INTEGER s }."""
    r_end = 4 + der[3]
    return int.from_bytes(der[4:r_end], "big"), int.from_bytes(der[r_end + 2:], "big")


def _to_der(signature):
    def integer(number):
        number = number.lstrip(b"\0")
        number = b"\0" + number if not number or number[0] & 0x80 else number
        return bytes([2, len(number)]) + number

    body = integer(signature[:32]) + integer(signature[32:])
    return bytes([0x30, len(body)]) + body


# sample: sign
def sign(key, message):
    """r and s, 32 bytes each, of SM3-with-SM2 over the bytes."""
    digest, context = _digest(key, _sign_init)  # sets USER_ID = b"1234567812345678"
    der, size = ctypes.create_string_buffer(80), c_size_t(80)
    good = _sign(digest, der, byref(size), message, len(message))
    _free_digest(digest)
    _free_key_context(context)
    if good != 1:
        raise ValueError("cannot sign")
    r, s = _integers(der.raw[:size.value])  # OpenSSL answers DER
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")
# end of sample


# sample: verify
def verify(key, message, signature):
    """Did this key sign the bytes? signature: 64 bytes; key: 平台公钥."""
    if len(signature) != 64:
        return False
    digest, context = _digest(key, _verify_init)
    der = _to_der(signature)
    good = _verify(digest, der, len(der), message, len(message))
    _free_digest(digest)
    _free_key_context(context)
    return good == 1
# end of sample


# sample: cipher
def sm4(key, text, encrypt):
    """SM4-ECB with PKCS#7 padding. key: 16 bytes. ValueError when it cannot be decrypted."""
    context = _new_cipher()
    out = ctypes.create_string_buffer(len(text) + 32)
    size, rest = c_int(0), c_int(0)
    good = (
        _cipher_init(context, _sm4_ecb(), None, key, None, int(encrypt)) == 1
        and _cipher_update(context, out, byref(size), text, len(text)) == 1
        and _cipher_final(context, ctypes.cast(ctypes.addressof(out) + size.value, c_char_p), byref(rest)) == 1
    )
    _free_cipher(context)
    if not good:
        raise ValueError("cannot be decrypted")
    return out.raw[:size.value + rest.value]
# end of sample
