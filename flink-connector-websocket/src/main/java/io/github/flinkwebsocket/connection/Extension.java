package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.java_websocket.exceptions.InvalidHandshakeException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One extension in the header Sec-WebSocket-Extensions, with its parameters (RFC 6455, section
 * 9.1). Immutable; any thread.
 */
@Internal
final class Extension {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern NAME = Pattern.compile("[ \\t]*(" + TOKEN + ")[ \\t]*");

    /** A value in quotes must be a token as well, once its backslashes are gone. */
    private static final Pattern PARAMETER =
            Pattern.compile(
                    ";[ \\t]*(?<name>TOKEN)[ \\t]*(?:=[ \\t]*(?:(?<value>TOKEN)|\"(?<quoted>[^\"]+)\")[ \\t]*)?"
                            .replace("TOKEN", TOKEN));

    private final String name;
    private final Map<String, String> parameters;

    private Extension(String name, Map<String, String> parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    /**
     * The extensions of a header in their order.
     *
     * @param header its lines joined by commas
     * @throws InvalidHandshakeException if it is not well-formed, or a parameter is repeated; says
     *     of the extensions what is wrong with them
     */
    static List<Extension> parse(String header) throws InvalidHandshakeException {
        List<Extension> extensions = new ArrayList<>();
        Matcher names = NAME.matcher(header);
        Matcher parameters = PARAMETER.matcher(header);
        int at = 0;
        while (at < header.length()) {
            if (names.region(at, header.length()).lookingAt()) {
                at = names.end();
                Map<String, String> found = new LinkedHashMap<>();
                while (parameters.region(at, header.length()).lookingAt()) {
                    at = parameters.end();
                    add(found, parameters);
                }
                extensions.add(new Extension(names.group(1), found));
            }
            // Elements of a list may be empty, so there may be blanks before a comma.
            if (at < header.length() && ", \t".indexOf(header.charAt(at++)) < 0) {
                throw new InvalidHandshakeException("which are not well-formed");
            }
        }
        return extensions;
    }

    private static void add(Map<String, String> parameters, Matcher found)
            throws InvalidHandshakeException {
        String name = found.group("name");
        String value = found.group("value");
        String quoted = found.group("quoted");
        if (quoted != null) {
            value = quoted.replaceAll("\\\\(.)", "$1");
            if (!value.matches(TOKEN)) {
                throw new InvalidHandshakeException("which are not well-formed");
            }
        }
        if (parameters.putIfAbsent(name, value == null ? "" : value) != null) {
            throw new InvalidHandshakeException("which repeat the parameter '" + name + "'");
        }
    }

    String name() {
        return name;
    }

    /** Names and values; the value of one that has none is empty, which no other value can be. */
    Map<String, String> parameters() {
        return parameters;
    }
}
