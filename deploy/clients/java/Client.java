import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Client KEYS.json call ADDRESS SERVICE   data from standard input to the platform; prints its answer
 * Client KEYS.json seal                   an envelope for each line of data
 * Client KEYS.json open                   the data of each line, an answer of the platform
 */
final class Client {
    private static Object call(Channel channel, String address, String service, String line) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.replaceAll("/$", "") + "/" + service))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(channel.seal(Json.object(line)), StandardCharsets.UTF_8))
            .build();
        HttpResponse<String> response = HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        Channel.Answer answer = channel.open(response.body());
        if (!Boolean.TRUE.equals(answer.envelope().get("success")))
            throw new IllegalStateException(answer.envelope().get("code") + ": " + answer.envelope().get("message"));
        return answer.data();
    }

    private static void run(String[] arguments) throws Exception {
        Channel channel = new Channel(Json.object(Files.readString(Path.of(arguments[0]))));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null; )
            out.println(switch (arguments[1]) {
                case "seal" -> channel.seal(Json.object(line));
                case "open" -> Json.canonical(channel.open(line).data());
                default -> Json.canonical(call(channel, arguments[2], arguments[3], line));
            });
        out.flush();
    }

    public static void main(String[] arguments) {
        if (arguments.length != 2 && arguments.length != 4) {
            System.err.println("usage: Client KEYS.json call ADDRESS SERVICE | seal | open");
            System.exit(2);
        }
        try {
            run(arguments);
        } catch (Exception e) {
            new PrintStream(System.err, true, StandardCharsets.UTF_8).println("client: " + e.getMessage());
            System.exit(1);
        }
    }
}
