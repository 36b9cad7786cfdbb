package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.credentials.BasicCredentials;
import io.github.flinkwebsocket.feed.ConnectionSettings;
import io.github.flinkwebsocket.feed.HttpHeaders;
import io.github.flinkwebsocket.feed.LooksSecret;
import io.github.flinkwebsocket.feed.MessageSecrets;
import io.github.flinkwebsocket.feed.PrintableText;
import io.github.flinkwebsocket.feed.ProxySettings;
import io.github.flinkwebsocket.feed.Redaction;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that a peer is sent in one attempt and must not be shown, to be taken out of its words, which
 * may repeat it. Every word of a server or a proxy passes {@link #harmless} before a log, an
 * exception or a metric has it. Thread-safe.
 */
@Internal
final class SentSecrets {

    static final SentSecrets NONE = new SentSecrets(Set.of(), Set.of(), List.of());

    /** Such as Basic or Bearer, before the credentials. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9-]* +(?=\\S)");

    private static final Pattern BETWEEN_VALUES = Pattern.compile("[\\s;,]+");

    private final Set<String> values;
    private final Set<String> wholes;
    private final List<String> messages;

    /** Made when they are needed first, which for most connections is never. */
    @Nullable private volatile List<Secret> secrets;

    /** More is not looked at, since looking takes time. */
    private static final int MAX_WORDS = 128 * 1024;

    /** Letters and digits mixed, as no word is. */
    private static final Pattern LIKE_A_KEY = Pattern.compile("(?=.*[0-9])(?=.*[A-Za-z]).{6,}");

    private SentSecrets(Set<String> values, Set<String> wholes, List<String> messages) {
        this.values = values;
        this.wholes = wholes;
        this.messages = messages;
    }

    /**
     * @param headers those of the upgrade request, credentials among them
     * @param messages what is sent when the connection is open
     */
    static SentSecrets of(
            URI uri,
            Map<String, String> headers,
            ConnectionSettings settings,
            List<String> messages) {
        Set<String> values = new LinkedHashSet<>(Redaction.secrets(uri));
        Set<String> wholes = new LinkedHashSet<>(messages);
        String query = uri.getRawQuery();
        if (query != null) {
            wholes.add(query.length() < Secret.MIN_LENGTH ? "?" + query : query);
            for (String parameter : query.split("&")) {
                String value = parameter.substring(parameter.indexOf('=') + 1);
                if (value.length() < parameter.length() && !value.isEmpty()) {
                    wholes.add(parameter);
                }
                if (LIKE_A_KEY.matcher(value).matches()) {
                    values.add(value);
                }
            }
        }
        addHeaders(settings.headers(), values, wholes);
        addHeaders(headers, values, wholes);
        ProxySettings proxy = settings.proxy();
        if (proxy != null && proxy.username() != null) {
            String pair = proxy.username() + ":" + proxy.password();
            values.add(proxy.password());
            addHeaders(
                    Map.of("Proxy-Authorization", BasicCredentials.authorization(pair)),
                    values,
                    wholes);
        }
        for (String subprotocol : settings.subprotocols()) {
            if (LooksSecret.subprotocol(subprotocol)) {
                values.add(subprotocol);
                Arrays.stream(subprotocol.split("\\."))
                        .filter(LooksSecret::subprotocol)
                        .forEach(values::add);
            }
        }
        return new SentSecrets(values, wholes, messages);
    }

    private static void addHeaders(
            Map<String, String> headers, Set<String> values, Set<String> wholes) {
        headers.forEach(
                (name, value) -> {
                    if (!HttpHeaders.isHarmless(name)) {
                        wholes.add(value);
                        addCredentials(value, values);
                    }
                });
    }

    private static void addCredentials(String header, Set<String> values) {
        Matcher scheme = SCHEME.matcher(header);
        String credentials = scheme.lookingAt() ? header.substring(scheme.end()) : header;
        values.add(credentials);
        for (String value : BETWEEN_VALUES.split(credentials)) {
            // Of a cookie, or of a parameter of credentials.
            values.add(value.substring(value.indexOf('=', 1) + 1).replace("\"", ""));
        }
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                byte[] decoded = Base64.getDecoder().decode(credentials);
                String pair = new String(decoded, StandardCharsets.UTF_8);
                values.add(pair);
                values.add(pair.substring(pair.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                // It is not Base64, so it holds nothing but itself.
            }
        }
    }

    /**
     * The words of a peer as they may be shown: with *** in the place of each secret, whatever its
     * encoding, and with escapes in the place of what can't be seen.
     */
    String harmless(String peersWords) {
        String words = PrintableText.cut(peersWords, MAX_WORDS);
        BitSet secret = new BitSet();
        for (int i = 0; i < words.length(); i++) {
            for (Secret known : known()) {
                int end = known.endIn(words, i);
                if (end > 0) {
                    secret.set(i, end);
                }
            }
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < words.length(); ) {
            int begin = secret.nextSetBit(i);
            shown.append(words, i, begin < 0 ? words.length() : begin);
            i = begin < 0 ? words.length() : secret.nextClearBit(begin);
            shown.append(begin < 0 ? "" : "***");
        }
        return PrintableText.escape(shown.toString());
    }

    /** The same, with its end left out if it is longer than this. */
    String harmless(String words, int max) {
        return PrintableText.cut(harmless(words), max);
    }

    private List<Secret> known() {
        List<Secret> known = secrets;
        if (known == null) {
            Set<String> parts = new LinkedHashSet<>(values);
            messages.forEach(message -> parts.addAll(MessageSecrets.in(message)));
            Set<String> encoded = new LinkedHashSet<>(parts);
            parts.forEach(part -> addBase64(part, encoded));
            known =
                    encoded.stream()
                            .filter(text -> text.length() >= Secret.MIN_LENGTH)
                            .map(text -> new Secret(text, true))
                            .collect(Collectors.toList());
            for (String whole : wholes) {
                if (whole.strip().length() >= Secret.MIN_LENGTH) {
                    known.add(new Secret(whole.strip(), false));
                }
            }
            secrets = known;
        }
        return known;
    }

    /** As it looks in Base64: alone, and where it begins at each of the bytes of a group. */
    private static void addBase64(String secret, Set<String> encoded) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < Secret.MIN_LENGTH) {
            return;
        }
        encoded.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String text = Base64.getEncoder().encodeToString(shifted);
            // Characters that depend on the bytes around it are none of its own.
            encoded.add(text.substring((before * 8 + 5) / 6, shifted.length * 8 / 6));
        }
    }
}
