import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/** Envelopes of the mobile-payment platform, as a channel makes and opens them. Bouncy Castle 1.70 or newer. */
final class Channel {
    static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    static final ECDomainParameters CURVE = curve();

    final String appId, appSecret;
    final ECPrivateKeyParameters own;
    final ECPublicKeyParameters platform;

    private static ECDomainParameters curve() {
        X9ECParameters x9 = GMNamedCurves.getByName("sm2p256v1");
        return new ECDomainParameters(x9.getCurve(), x9.getG(), x9.getN(), x9.getH());
    }

    // sample: keys
    /** KEYS.json: the values of the 反馈单, as printed there. */
    Channel(Map<String, Object> keys) {
        appId = (String) keys.get("appId"); // 应用ID
        appSecret = (String) keys.get("appSecret"); // 数字密钥
        byte[] d = Base64.getDecoder().decode((String) keys.get("channelPrivateKey")); // 渠道私钥
        byte[] point = Base64.getDecoder().decode((String) keys.get("platformPublicKey")); // 平台公钥
        if (point.length == 64) { // some leave the 04 out
            byte[] whole = new byte[65];
            whole[0] = 4;
            System.arraycopy(point, 0, whole, 1, 64);
            point = whole;
        }
        // 32 bytes, or 33 with a leading 00 as BigInteger.toByteArray() writes them: both are one number
        own = new ECPrivateKeyParameters(new java.math.BigInteger(1, d), CURVE);
        platform = new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), CURVE);
    }
    // end of sample

    // sample: sign_string
    /** All fields but these three, and data in clear, sorted by name; then &key=数字密钥. */
    static String signString(Map<String, Object> envelope, Object data, String appSecret) {
        Map<String, Object> fields = new TreeMap<>(envelope);
        fields.keySet().removeAll(java.util.List.of("signData", "encData", "extra"));
        fields.put("data", data);
        StringBuilder out = new StringBuilder();
        fields.forEach((name, value) -> {
            if (Json.isEmpty(value)) return;
            out.append(out.isEmpty() ? "" : "&").append(name).append('=');
            out.append(value instanceof String s ? s : Json.canonical(value));
        });
        return out.append("&key=").append(appSecret).toString();
    }
    // end of sample

    // sample: sm4_key
    /** The first 16 characters of the upper-case hex, as 16 bytes; not the bytes it stands for. */
    static byte[] sm4Key(String appId, String appSecret) {
        byte[] c = sm4(appId.substring(0, 16).getBytes(StandardCharsets.US_ASCII), appSecret.getBytes(StandardCharsets.US_ASCII), true);
        return HexFormat.of().withUpperCase().formatHex(c).substring(0, 16).getBytes(StandardCharsets.US_ASCII);
    }
    // end of sample

    // sample: cipher
    /** SM4-ECB with PKCS#7 padding, which is this class's default. */
    static byte[] sm4(byte[] key, byte[] in, boolean encrypt) {
        PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(new SM4Engine());
        cipher.init(encrypt, new KeyParameter(key));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int size = cipher.processBytes(in, 0, in.length, out, 0);
        try {
            return Arrays.copyOf(out, size + cipher.doFinal(out, size));
        } catch (CryptoException e) {
            throw new IllegalArgumentException("cannot be decrypted", e);
        }
    }
    // end of sample

    // sample: sign
    /** r and s, 32 bytes each (PlainDSAEncoding; the default is DER), of SM3-with-SM2 over the text in UTF-8. */
    static byte[] sign(ECPrivateKeyParameters key, String text) throws CryptoException {
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(true, new ParametersWithID(key, USER_ID)); // "1234567812345678"
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes, 0, bytes.length);
        return signer.generateSignature();
    }
    // end of sample

    // sample: verify
    /** Did this key sign the text? key: 平台公钥. */
    static boolean verify(ECPublicKeyParameters key, String text, byte[] signature) {
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(false, new ParametersWithID(key, USER_ID));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes, 0, bytes.length);
        return signer.verifySignature(signature);
    }
    // end of sample

    // sample: envelope
    /** Signed in clear, then encrypted; data itself is not sent. */
    String seal(Map<String, Object> data) throws CryptoException {
        Map<String, Object> envelope = new TreeMap<>();
        envelope.put("appId", appId);
        envelope.put("version", "2.0.1");
        envelope.put("timestamp", String.valueOf(System.currentTimeMillis()));
        envelope.put("encType", "SM4");
        envelope.put("signType", "SM2");
        byte[] signature = sign(own, signString(envelope, data, appSecret));
        byte[] cipher = sm4(sm4Key(appId, appSecret), Json.canonical(data).getBytes(StandardCharsets.UTF_8), true);
        envelope.put("encData", HexFormat.of().withUpperCase().formatHex(cipher));
        envelope.put("signData", Base64.getEncoder().encodeToString(signature));
        return Json.canonical(envelope);
    }
    // end of sample

    record Answer(Map<String, Object> envelope, Object data) {}

    /** IllegalArgumentException unless the platform signed it. */
    Answer open(String text) {
        Map<String, Object> envelope = Json.object(text);
        Object data = null;
        if (envelope.get("encData") instanceof String encData)
            data = Json.parse(new String(sm4(sm4Key(appId, appSecret), HexFormat.of().parseHex(encData), false), StandardCharsets.UTF_8));
        byte[] signature = Base64.getDecoder().decode(String.valueOf(envelope.getOrDefault("signData", "")));
        if (signature.length != 64 || !verify(platform, signString(envelope, data, appSecret), signature))
            throw new IllegalArgumentException("the signature is not the platform's");
        return new Answer(envelope, data);
    }
}
