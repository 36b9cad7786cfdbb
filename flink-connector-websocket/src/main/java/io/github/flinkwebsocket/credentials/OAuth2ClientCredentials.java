package io.github.flinkwebsocket.credentials;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.apache.flink.util.Preconditions.checkNotNull;

/**
 * An access token by OAuth2 client credentials (RFC 6749, section 4.4). The token is kept until a
 * tenth of its life, at most a minute, is left. Thread-safe: one fetches, the others wait for it.
 *
 * <p>Uses the JDK's blocking client, which leaves no thread behind.
 */
@Internal
final class OAuth2ClientCredentials implements CredentialProvider {

    private static final long serialVersionUID = 1L;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_ANSWER = 64 * 1024;
    private static final long MAX_MARGIN = TimeUnit.MINUTES.toNanos(1);
    private static final JsonFactory JSON = new JsonFactory();

    private final String tokenUrl;
    private final String clientId;
    private final String clientSecret;
    @Nullable private final String scope;

    // Guarded by this.
    @Nullable private transient String token;
    private transient long renewAt;
    private transient boolean neverExpires;

    OAuth2ClientCredentials(
            String tokenUrl, String clientId, String clientSecret, @Nullable String scope) {
        URI uri = URI.create(checkNotNull(tokenUrl, "The token URL must not be null."));
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "The token URL must begin with http:// or https://.");
        }
        this.tokenUrl = tokenUrl;
        this.clientId = checkNotNull(clientId, "The client's id must not be null.");
        this.clientSecret = checkNotNull(clientSecret, "The client's secret must not be null.");
        this.scope = scope;
    }

    @Override
    public synchronized Map<String, String> headers(boolean refresh) throws IOException {
        if (refresh || token == null || (!neverExpires && System.nanoTime() - renewAt >= 0)) {
            token = null;
            fetch();
        }
        return Map.of("Authorization", "Bearer " + token);
    }

    private void fetch() throws IOException {
        HttpURLConnection http = (HttpURLConnection) URI.create(tokenUrl).toURL().openConnection();
        try {
            http.setConnectTimeout(TIMEOUT_MILLIS);
            http.setReadTimeout(TIMEOUT_MILLIS);
            http.setInstanceFollowRedirects(false);
            http.setRequestMethod("POST");
            http.setRequestProperty("Connection", "close");
            http.setRequestProperty("Accept", "application/json");
            http.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            String pair = encode(clientId) + ":" + encode(clientSecret);
            http.setRequestProperty("Authorization", BasicCredentials.authorization(pair));
            http.setDoOutput(true);
            try (OutputStream out = http.getOutputStream()) {
                String form =
                        "grant_type=client_credentials"
                                + (scope == null ? "" : "&scope=" + encode(scope));
                out.write(form.getBytes(StandardCharsets.UTF_8));
            }
            int status = http.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException(this + " answered with status " + status);
            }
            try (InputStream in = http.getInputStream()) {
                read(in.readNBytes(MAX_ANSWER));
            }
        } finally {
            http.disconnect();
        }
    }

    private void read(byte[] answer) throws IOException {
        String newToken = null;
        long seconds = -1;
        try (JsonParser parser = JSON.createParser(answer)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(this + " did not answer with a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("access_token")) {
                    newToken = parser.getText();
                } else if (name.equals("expires_in")) {
                    seconds = parser.getValueAsLong(-1);
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            // Its message would quote the answer.
            throw new IOException(this + " did not answer with valid JSON");
        }
        if (newToken == null || newToken.isBlank()) {
            throw new IOException(this + " answered without an access_token");
        }
        long life = TimeUnit.SECONDS.toNanos(Math.max(0, seconds));
        token = newToken;
        neverExpires = seconds < 0;
        renewAt = System.nanoTime() + life - Math.min(MAX_MARGIN, life / 10);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The token endpoint's host and path, without secrets. */
    @Override
    public String toString() {
        URI uri = URI.create(tokenUrl);
        return "the token endpoint " + uri.getScheme() + "://" + uri.getHost() + uri.getPath();
    }
}
