import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as Map (sorted by name), List, String, Boolean, null and {@link Digits}. Numbers keep the
 * digits they were written with (12.50 stays 12.50); Gson and others would change them.
 */
final class Json {
    /** A number as it was written. */
    record Digits(String text) {}

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** IllegalArgumentException when it is no JSON. */
    static Object parse(String text) {
        try {
            Json reader = new Json(text);
            Object value = reader.value();
            if (reader.at != text.length()) throw reader.wrong();
            return value;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("the JSON ends too early", e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        if (parse(text) instanceof Map<?, ?> map) return (Map<String, Object>) map;
        throw new IllegalArgumentException("not a JSON object");
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("no JSON at character " + at);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private boolean next(char c) {
        blanks();
        if (text.charAt(at) != c) return false;
        at++;
        return true;
    }

    private Object value() {
        blanks();
        char c = text.charAt(at);
        Object value = c == '{' ? members() : c == '[' ? elements() : c == '"' ? string() : word();
        blanks();
        return value;
    }

    private Map<String, Object> members() {
        Map<String, Object> map = new TreeMap<>();
        at++;
        if (next('}')) return map;
        do {
            blanks();
            if (text.charAt(at) != '"') throw wrong();
            String name = string();
            if (!next(':')) throw wrong();
            map.put(name, value());
        } while (next(','));
        if (!next('}')) throw wrong();
        return map;
    }

    private List<Object> elements() {
        List<Object> list = new ArrayList<>();
        at++;
        if (next(']')) return list;
        do {
            list.add(value());
        } while (next(','));
        if (!next(']')) throw wrong();
        return list;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            int letter = "bfnrt\"\\/".indexOf(text.charAt(++at));
            if (letter >= 0) {
                out.append("\b\f\n\r\t\"\\/".charAt(letter));
            } else if (text.charAt(at) == 'u') {
                out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                at += 4;
            } else {
                throw wrong();
            }
        }
        at++;
        return out.toString();
    }

    private Object word() {
        int from = at;
        while (at < text.length() && " \t\r\n,]}".indexOf(text.charAt(at)) < 0) at++;
        String word = text.substring(from, at);
        return switch (word) {
            case "null" -> null;
            case "true", "false" -> Boolean.valueOf(word);
            default -> {
                Double.parseDouble(word);
                yield new Digits(word);
            }
        };
    }

    // sample: canonical
    static boolean isEmpty(Object value) {
        if (value instanceof Map<?, ?> map) return map.values().stream().allMatch(Json::isEmpty);
        if (value instanceof List<?> list) return list.stream().allMatch(Json::isEmpty);
        return value == null || value.equals("");
    }

    /** Compact JSON: names sorted at every depth, empties left out, Chinese as it is. */
    static String canonical(Object value) {
        StringBuilder out = new StringBuilder();
        if (value instanceof Map<?, ?> map) {
            new TreeMap<>(map).forEach((name, v) -> {
                if (!isEmpty(v)) out.append(out.isEmpty() ? "" : ",").append(quoted((String) name)).append(':').append(canonical(v));
            });
            return "{" + out + "}";
        }
        if (value instanceof List<?> list) {
            for (Object v : list)
                if (!isEmpty(v)) out.append(out.isEmpty() ? "" : ",").append(canonical(v));
            return "[" + out + "]";
        }
        if (value instanceof Digits number) return number.text();
        return value instanceof String s ? quoted(s) : String.valueOf(value);
    }
    // end of sample

    private static String quoted(String s) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            int special = "\b\f\n\r\t\"\\".indexOf(c);
            if (special >= 0) out.append('\\').append("bfnrt\"\\".charAt(special));
            else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }
}
