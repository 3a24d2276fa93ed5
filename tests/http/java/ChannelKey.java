import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.jcajce.provider.asymmetric.util.ECUtil;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A fresh pair made with Bouncy Castle and what its programmers make of it, "name TAB text" a line. Argument: the challenge. */
final class ChannelKey {
    private static final String ID = "1234567812345678";

    private static void say(String name, String text) {
        System.out.println(name + "\t" + text);
    }

    private static void say(String name, byte[] bytes) {
        say(name, Base64.getEncoder().encodeToString(bytes));
    }

    private static byte[] sign(CipherParameters key, String id, byte[] text) throws Exception {
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
        signer.init(true, id == null ? key : new ParametersWithID(key, id.getBytes(StandardCharsets.US_ASCII)));
        signer.update(text, 0, text.length);
        return signer.generateSignature();
    }

    public static void main(String[] args) throws Exception {
        BouncyCastleProvider bc = new BouncyCastleProvider();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", bc);
        generator.initialize(new ECGenParameterSpec("sm2p256v1"), new SecureRandom());
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey q = (ECPublicKey) pair.getPublic();
        ECPrivateKey d = (ECPrivateKey) pair.getPrivate();
        byte[] challenge = args[0].getBytes(StandardCharsets.UTF_8);
        ECPrivateKeyParameters key = (ECPrivateKeyParameters) ECUtil.generatePrivateKeyParameter(d);
        ParametersWithRandom random = new ParametersWithRandom(key, new SecureRandom());

        say("public:getEncoded", q.getEncoded());
        say("public:getQ", q.getQ().getEncoded(false));
        say("public:getQ, compressed", q.getQ().getEncoded(true));
        say("public:hex", HexFormat.of().formatHex(q.getQ().getEncoded(false)));
        say("public:x and y", "X: " + q.getQ().getAffineXCoord() + " Y: " + q.getQ().getAffineYCoord());
        say("private:getEncoded", d.getEncoded());
        say("private:getD", d.getD().toByteArray());
        say("private:getD, hex", d.getD().toString(16));
        say("private:getD, decimal", d.getD().toString());
        say("good:SM2Signer", sign(random, null, challenge));
        say("good:SM2Signer, id", sign(random, ID, challenge));

        Signature jca = Signature.getInstance("SM3withSM2", bc);
        jca.initSign(d);
        jca.update(challenge);
        say("bad:DER", jca.sign());
        say("bad:用户标识为空", sign(random, "", challenge));
        say("bad:十六进制文本", sign(random, "31323334353637383132333435363738", challenge));
        say("bad:换行", sign(random, ID, (args[0] + System.lineSeparator()).getBytes(StandardCharsets.UTF_8)));
        say("bad:Base64 解码", sign(random, ID, Base64.getMimeDecoder().decode(args[0] + "====".substring(args[0].replaceAll("[^A-Za-z0-9+/]", "").length() % 4))));
        say("bad:UTF-16", sign(random, ID, args[0].getBytes(StandardCharsets.UTF_16LE)));
        SM3Digest digest = new SM3Digest();
        byte[] sum = new byte[32];
        digest.update(challenge, 0, challenge.length);
        digest.doFinal(sum, 0);
        say("bad:摘要再次", sign(random, ID, sum));
        ECDSASigner ecdsa = new ECDSASigner();
        ecdsa.init(true, random);
        java.math.BigInteger[] rs = ecdsa.generateSignature(sum);
        say("bad:ECDSA", PlainDSAEncoding.INSTANCE.encode(key.getParameters().getN(), rs[0], rs[1]));
    }
}
