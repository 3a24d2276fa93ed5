import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * Verifies sheets with Bouncy Castle, by deploy/clients/verify/README.md alone. Arguments: the
 * platform's key in base64, then files; a line of "true" or "false" for each.
 */
final class Seal {
    private static final int LINE = 1 + "jieru-sheet 2 ".length() + 32 + 1 + 64 + 1 + 88 + 1;

    /* Bytes behind the fourth line feed from the end, which is the seal's. */
    private static int tail(byte[] file) {
        int at = file.length;
        for (int lines = 0; lines < 4 && at > 0;)
            if (file[--at] == '\n')
                lines++;
        return file.length - at - 1;
    }

    private static boolean verifies(byte[] file, byte[] key) {
        int end = file.length - tail(file);
        if (end < LINE)
            return false;
        String[] seal = new String(file, end - LINE, LINE - 1, StandardCharsets.ISO_8859_1).split(" ");
        if (seal.length != 5 || !seal[0].equals("%jieru-sheet") || !seal[1].equals("2") || file[end - 1] != '\n')
            return false;
        SM3Digest sm3 = new SM3Digest();
        sm3.update(file, 0, end - LINE);
        sm3.update(file, end, file.length - end);
        byte[] digest = new byte[32];
        sm3.doFinal(digest, 0);
        if (!HexFormat.of().formatHex(digest).equals(seal[3]))
            return false;
        X9ECParameters curve = GMNamedCurves.getByName("sm2p256v1");
        ECDomainParameters domain = new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN());
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
        signer.init(false, new ParametersWithID(new ECPublicKeyParameters(curve.getCurve().decodePoint(key), domain),
            "1234567812345678".getBytes(StandardCharsets.US_ASCII)));
        byte[] text = ("jieru-sheet 2 " + seal[2] + " " + seal[3]).getBytes(StandardCharsets.US_ASCII);
        signer.update(text, 0, text.length);
        return seal[4].matches("[A-Za-z0-9+/]{85}[AQgw]==") && signer.verifySignature(Base64.getDecoder().decode(seal[4]));
    }

    public static void main(String[] args) throws Exception {
        byte[] key = Base64.getDecoder().decode(args[0]);
        for (String name : Arrays.copyOfRange(args, 1, args.length))
            System.out.println(verifies(Files.readAllBytes(Path.of(name)), key));
    }
}
