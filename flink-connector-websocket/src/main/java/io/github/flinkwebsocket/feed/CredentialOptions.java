package io.github.flinkwebsocket.feed;

import io.github.flinkwebsocket.credentials.CredentialProvider;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the credentials that the {@code auth.*} options describe. Runs where the source is built.
 */
@Internal
final class CredentialOptions {

    private static final List<ConfigOption<String>> OAUTH2 =
            List.of(
                    WebSocketOptions.AUTH_OAUTH2_TOKEN_URL,
                    WebSocketOptions.AUTH_OAUTH2_CLIENT_ID,
                    WebSocketOptions.AUTH_OAUTH2_CLIENT_SECRET);

    private final ReadableConfig config;

    private CredentialOptions(ReadableConfig config) {
        this.config = config;
    }

    /** Null if no option asks for any. */
    @Nullable
    static CredentialProvider read(ReadableConfig config) {
        return new CredentialOptions(config).read();
    }

    @Nullable
    private CredentialProvider read() {
        List<String> kinds =
                Stream.of(
                                WebSocketOptions.AUTH_USERNAME,
                                WebSocketOptions.AUTH_TOKEN,
                                WebSocketOptions.AUTH_TOKEN_FILE,
                                WebSocketOptions.AUTH_TOKEN_ENV,
                                WebSocketOptions.AUTH_OAUTH2_TOKEN_URL)
                        .filter(option -> get(option) != null)
                        .map(ConfigOption::key)
                        .collect(Collectors.toList());
        if (kinds.size() > 1) {
            throw new IllegalArgumentException(
                    "Only one kind of credentials can be used, but these options are set: "
                            + kinds
                            + ".");
        }
        requireTogether(List.of(WebSocketOptions.AUTH_USERNAME, WebSocketOptions.AUTH_PASSWORD));
        requireTogether(OAUTH2);
        require(WebSocketOptions.AUTH_OAUTH2_SCOPE, "auth.oauth2.token-url", hasOAuth2());
        boolean token = kinds.size() == 1 && kinds.get(0).startsWith("auth.token");
        require(
                WebSocketOptions.AUTH_HEADER,
                "auth.token, auth.token-file or auth.token-env",
                token);
        if (kinds.isEmpty()) {
            return null;
        }
        return token ? tokenCredentials() : hasOAuth2() ? oauth2() : basic();
    }

    private CredentialProvider basic() {
        return CredentialProvider.basic(
                get(WebSocketOptions.AUTH_USERNAME), get(WebSocketOptions.AUTH_PASSWORD));
    }

    private CredentialProvider tokenCredentials() {
        String header = get(WebSocketOptions.AUTH_HEADER);
        String file = get(WebSocketOptions.AUTH_TOKEN_FILE);
        String variable = get(WebSocketOptions.AUTH_TOKEN_ENV);
        if (header != null) {
            HttpHeaders.checkName(WebSocketOptions.AUTH_HEADER, header);
        }
        if (file != null) {
            return header == null
                    ? CredentialProvider.bearerFromFile(file)
                    : CredentialProvider.headerFromFile(header, file);
        }
        if (variable != null) {
            return header == null
                    ? CredentialProvider.bearerFromEnvironment(variable)
                    : CredentialProvider.headerFromEnvironment(header, variable);
        }
        String token = get(WebSocketOptions.AUTH_TOKEN);
        if (!HttpHeaders.isValue(token.strip())) {
            throw InvalidOption.value(
                    WebSocketOptions.AUTH_TOKEN, "***", "it " + HttpHeaders.VALUE_RULE);
        }
        return header == null
                ? CredentialProvider.bearer(token)
                : CredentialProvider.header(header, token);
    }

    private CredentialProvider oauth2() {
        String url = get(WebSocketOptions.AUTH_OAUTH2_TOKEN_URL);
        if (!url.matches("https?://[^\\s@]+")) {
            throw InvalidOption.value(
                    WebSocketOptions.AUTH_OAUTH2_TOKEN_URL,
                    Redaction.url(url),
                    "it must be an http:// or https:// URL without user info");
        }
        return CredentialProvider.oauth2(
                url,
                get(WebSocketOptions.AUTH_OAUTH2_CLIENT_ID),
                get(WebSocketOptions.AUTH_OAUTH2_CLIENT_SECRET),
                get(WebSocketOptions.AUTH_OAUTH2_SCOPE));
    }

    private boolean hasOAuth2() {
        return get(WebSocketOptions.AUTH_OAUTH2_TOKEN_URL) != null;
    }

    private void require(ConfigOption<String> option, String other, boolean present) {
        if (get(option) != null && !present) {
            // Some write the whole header, with the secret, into 'auth.header'.
            String shown = HttpHeaders.isToken(get(option)) ? get(option) : "***";
            throw InvalidOption.value(option, shown, "it has no use without " + other);
        }
    }

    private void requireTogether(List<ConfigOption<String>> options) {
        List<String> missing =
                options.stream()
                        .filter(option -> get(option) == null)
                        .map(ConfigOption::key)
                        .collect(Collectors.toList());
        if (!missing.isEmpty() && missing.size() < options.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "The options %s must be set together; missing: %s.",
                            options.stream().map(ConfigOption::key).collect(Collectors.toList()),
                            missing));
        }
    }

    @Nullable
    private String get(ConfigOption<String> option) {
        return config.getOptional(option).orElse(null);
    }
}
