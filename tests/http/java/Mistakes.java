import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.BlockCipherPadding;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.paddings.ZeroBytePadding;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSAEncoding;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * Envelopes made with Bouncy Castle, each with one mistake: "name TAB envelope" a line. Arguments:
 * KEYS.json. Standard input: the data, one object. What it does right is the sample client's.
 */
final class Mistakes {
    interface Maker {
        byte[] make(byte[] in) throws Exception;
    }

    private final Channel channel;
    private final Map<String, Object> data;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Map<String, Object> head = new TreeMap<>();
    /* the right way, as pieces to be exchanged */
    private UnaryOperator<String> text;
    private Maker bytes, sign, encrypt;
    private java.util.function.Function<byte[], String> enc, signed;
    private String clear;
    private byte[] sm4Key;

    private Mistakes(Channel channel, Map<String, Object> data) {
        this.channel = channel;
        this.data = data;
        reset();
    }

    private void reset() {
        head.clear();
        head.putAll(Map.of("appId", channel.appId, "version", "2.0.1", "timestamp", String.valueOf(System.currentTimeMillis()), "encType", "SM4", "signType", "SM2"));
        text = s -> s;
        bytes = in -> in;
        sign = in -> sm2(channel.own, in, Channel.USER_ID, PlainDSAEncoding.INSTANCE);
        encrypt = in -> Channel.sm4(sm4Key, in, true);
        enc = HexFormat.of().withUpperCase()::formatHex;
        signed = Base64.getEncoder()::encodeToString;
        clear = Json.canonical(data);
        sm4Key = Channel.sm4Key(channel.appId, channel.appSecret);
    }

    private String envelope() throws Exception {
        byte[] message = bytes.make(text.apply(Channel.signString(head, data, channel.appSecret)).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> all = new TreeMap<>(head);
        all.put("signData", signed.apply(sign.make(message)));
        all.put("encData", enc.apply(encrypt.make(clear.getBytes(StandardCharsets.UTF_8))));
        return Json.canonical(all);
    }

    private void say(String mistake) throws Exception {
        out.println(mistake + "\t" + envelope());
        reset();
    }

    private static byte[] sm2(ECPrivateKeyParameters key, byte[] in, byte[] id, DSAEncoding encoding) throws Exception {
        SM2Signer signer = new SM2Signer(encoding);
        signer.init(true, id == null ? key : new ParametersWithID(key, id));
        signer.update(in, 0, in.length);
        return signer.generateSignature();
    }

    private static byte[] sm3(byte[] in) {
        SM3Digest digest = new SM3Digest();
        digest.update(in, 0, in.length);
        byte[] made = new byte[32];
        digest.doFinal(made, 0);
        return made;
    }

    /** GB/T 32918.2 over a digest, as libraries without Z do it. */
    private byte[] withoutZ(byte[] in) throws Exception {
        BigInteger n = Channel.CURVE.getN(), e = new BigInteger(1, sm3(in)), d = channel.own.getD();
        BigInteger k = new BigInteger(255, new SecureRandom());
        BigInteger r = e.add(Channel.CURVE.getG().multiply(k).normalize().getAffineXCoord().toBigInteger()).mod(n);
        BigInteger s = d.add(BigInteger.ONE).modInverse(n).multiply(k.subtract(r.multiply(d))).mod(n);
        return PlainDSAEncoding.INSTANCE.encode(n, r, s);
    }

    private byte[] ecdsa(byte[] in, DSAEncoding encoding) throws Exception {
        ECDSASigner signer = new ECDSASigner();
        signer.init(true, channel.own);
        BigInteger[] pair = signer.generateSignature(sm3(in));
        return encoding.encode(Channel.CURVE.getN(), pair[0], pair[1]);
    }

    /** BigInteger.toByteArray(): 31 bytes when small, 33 when the first bit is set. */
    private byte[] unpadded(byte[] in, int rSize, int sSize) throws Exception {
        for (;;) {
            byte[] made = sm2(channel.own, in, Channel.USER_ID, PlainDSAEncoding.INSTANCE);
            byte[] r = new BigInteger(1, Arrays.copyOf(made, 32)).toByteArray();
            byte[] s = new BigInteger(1, Arrays.copyOfRange(made, 32, 64)).toByteArray();
            if (r.length == rSize && s.length == sSize) {
                byte[] all = Arrays.copyOf(r, r.length + s.length);
                System.arraycopy(s, 0, all, r.length, s.length);
                return all;
            }
        }
    }

    private byte[] cipher(BlockCipher mode, BlockCipherPadding padding, CipherParameters parameters, byte[] in) throws Exception {
        PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(mode, padding);
        cipher.init(true, parameters);
        byte[] made = new byte[cipher.getOutputSize(in.length)];
        int size = cipher.processBytes(in, 0, in.length, made, 0);
        return Arrays.copyOf(made, size + cipher.doFinal(made, size));
    }

    private byte[] sm2Encrypt(byte[] in, SM2Engine.Mode mode) throws Exception {
        SM2Engine engine = new SM2Engine(mode);
        engine.init(true, new ParametersWithRandom(channel.platform, new SecureRandom()));
        return engine.processBlock(in, 0, in.length);
    }

    private void signatures() throws Exception {
        say("none");
        sign = in -> sm2(channel.own, in, null, PlainDSAEncoding.INSTANCE); // its default id is the right one
        say("none");
        sign = in -> sm2(channel.own, in, Channel.USER_ID, StandardDSAEncoding.INSTANCE);
        say("sign_der");
        signed = made -> Base64.getEncoder().encodeToString(HexFormat.of().formatHex(made).getBytes());
        say("sign_hex_base64");
        signed = HexFormat.of()::formatHex;
        say("sign_hex");
        signed = made -> Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encodeToString(made);
        say("sign_base64_form");
        signed = Base64.getUrlEncoder().withoutPadding()::encodeToString;
        say("sign_base64_form");
        sign = this::withoutZ;
        say("sign_without_z");
        sign = in -> sm2(channel.own, in, new byte[0], PlainDSAEncoding.INSTANCE);
        say("user_id_empty");
        sign = in -> sm2(channel.own, in, channel.appId.getBytes(), PlainDSAEncoding.INSTANCE);
        say("user_id_other");
        sign = in -> ecdsa(in, PlainDSAEncoding.INSTANCE);
        say("sign_ecdsa");
        for (int[] sizes : new int[][] {{31, 32}, {32, 31}, {31, 33}, {33, 31}, {33, 32}, {32, 33}, {33, 33}}) {
            sign = in -> unpadded(in, sizes[0], sizes[1]);
            say("sign_not_padded");
        }
        bytes = Mistakes::sm3;
        say("sign_digest_again");
        byte[] java = new byte[33]; // as BigInteger.toByteArray() gives a key whose first bit is set
        System.arraycopy(PlainDSAEncoding.INSTANCE.encode(Channel.CURVE.getN(), channel.own.getD(), BigInteger.ONE), 0, java, 1, 32);
        sign = in -> sm2(new ECPrivateKeyParameters(new BigInteger(1, Arrays.copyOf(java, 32)), Channel.CURVE), in, Channel.USER_ID, PlainDSAEncoding.INSTANCE);
        say("private_key_33_bytes");
    }

    private void ciphers() throws Exception {
        byte[] c = Channel.sm4(channel.appId.substring(0, 16).getBytes(), channel.appSecret.getBytes(), true);
        sm4Key = Arrays.copyOf(Base64.getEncoder().encode(c), 16);
        say("sm4_key_base64");
        sm4Key = Arrays.copyOf(c, 16);
        say("sm4_key_raw_bytes");
        sm4Key = Arrays.copyOf(channel.appSecret.getBytes(), 16);
        say("sm4_key_app_secret");
        sm4Key = HexFormat.of().formatHex(c).substring(0, 16).getBytes();
        say("sm4_key_lower_case");
        enc = HexFormat.of()::formatHex;
        say("enc_data_lower_case");
        enc = Base64.getEncoder()::encodeToString;
        say("enc_data_base64");
        encrypt = in -> cipher(new CBCBlockCipher(new SM4Engine()), new PKCS7Padding(), new ParametersWithIV(new KeyParameter(sm4Key), new byte[16]), in);
        say("sm4_mode");
        encrypt = in -> cipher(new SM4Engine(), new ZeroBytePadding(), new KeyParameter(sm4Key), in);
        say("sm4_padding");
        encrypt = in -> sm2Encrypt(in, SM2Engine.Mode.C1C2C3);
        say("enc_data_sm2");
        encrypt = in -> sm2Encrypt(in, SM2Engine.Mode.C1C3C2);
        say("enc_data_sm2");
        encrypt = in -> Channel.sm4(sm4Key, new String(in, StandardCharsets.UTF_8).getBytes(Charset.forName("GBK")), true);
        say("not_utf8");
    }

    private void strings() throws Exception {
        bytes = in -> new String(in, StandardCharsets.UTF_8).getBytes(Charset.forName("GBK"));
        say("not_utf8");
        text = s -> s.replace(clear, data.toString().replaceAll("Digits\\[text=(.*?)\\]", "$1"));
        say("data_not_json_text");
        text = s -> s.replace("=" + clear, "=" + clear.replace(":3", ":3.0"));
        say("numbers_rewritten");
        text = s -> s.replace("=" + clear, "=" + clear.replace(":3", ":\"3\""));
        say("numbers_quoted_first");
        text = s -> s.replace("'", "\\u0027").replace("R&D", "R\\u0026D");
        say("json_escapes");
        text = s -> s.replace("\":", "\": ").replace(",\"", ", \"");
        say("json_spaces");
        text = s -> s.replaceFirst("data=.*\\}&", "");
        say("signed_after_encryption");
        text = s -> s.replaceFirst("&key=.*$", "");
        say("sign_key_missing");
        text = s -> s.replaceFirst("&key=.*$", "&key=" + new String(sm4Key));
        say("sign_key_wrong");
        text = s -> s + "\n";
        say("sign_newline");
        text = s -> s.replaceFirst("^(.*?)&(data=.*\\})&(.*)(&key=.*)$", "$1&$3&$2$4");
        say("fields_unsorted");
        clear = "{\"z\":1,\"a\":{\"y\":2,\"b\":3}}";
        text = s -> s.replaceFirst("data=.*\\}&", "data=" + clear + "&");
        say("nested_unsorted");
        clear = "{\"a\":\"\",\"b\":null,\"c\":1}";
        text = s -> s.replaceFirst("data=.*\\}&", "data=" + clear + "&");
        say("empties_kept");
        head.put("timestamp", "1577808000000");
        say("timestamp_far_off");
        out.println("data_left_in\t" + envelope().replaceFirst("^\\{", "{\"data\":" + clear.replace("\\", "\\\\").replace("$", "\\$") + ","));
    }

    public static void main(String[] arguments) throws Exception {
        Channel channel = new Channel(Json.object(Files.readString(Path.of(arguments[0]))));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Mistakes mistakes = new Mistakes(channel, Json.object(in.readLine()));
        mistakes.signatures();
        mistakes.ciphers();
        mistakes.strings();
    }
}
