package io.github.flinkwebsocket.credentials;

import org.apache.flink.util.InstantiationUtil;

import com.sun.net.httpserver.HttpServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CredentialProviderTest {

    @TempDir Path folder;

    // ------------------------------------------------------------------ fixed, file, environment

    @Test
    void basicSendsUserNameAndPassword() throws IOException {
        assertThat(CredentialProvider.basic("Aladdin", "open sesame").headers(false))
                .isEqualTo(Map.of("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    }

    @Test
    void userNameWithAColonIsRefused() {
        assertThatThrownBy(() -> CredentialProvider.basic("a:b", "c"))
                .hasMessageContaining("must not contain a colon");
    }

    @Test
    void nullIsRefusedWhereTheSourceIsBuilt() {
        String url = "https://u.example/t";
        List<ThrowingCallable> calls =
                List.of(
                        () -> CredentialProvider.basic(null, "c"),
                        () -> CredentialProvider.basic("a", null),
                        () -> CredentialProvider.bearer(null),
                        () -> CredentialProvider.bearerFromFile(null),
                        () -> CredentialProvider.bearerFromEnvironment(null),
                        () -> CredentialProvider.header(null, "v"),
                        () -> CredentialProvider.oauth2(null, "id", "secret", null),
                        () -> CredentialProvider.oauth2(url, null, "secret", null),
                        () -> CredentialProvider.oauth2(url, "id", null, null));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageEndingWith("must not be null.");
        }
    }

    @Test
    void tokenOfAFileIsReadAnewForEveryAttempt() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        CredentialProvider provider = CredentialProvider.bearerFromFile(file.toString());
        assertThat(provider.headers(false)).containsEntry("Authorization", "Bearer first");

        Files.writeString(file, "second\n");
        assertThat(provider.headers(false)).containsEntry("Authorization", "Bearer second");
    }

    @Test
    void headerOfAFileHoldsTheSecretAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "s3cret");
        assertThat(CredentialProvider.headerFromFile("X-API-Key", file.toString()).headers(false))
                .isEqualTo(Map.of("X-API-Key", "s3cret"));
    }

    @Test
    void fileThatCannotBeUsedIsNamedButNotShown() throws IOException {
        Path file = folder.resolve("token");
        CredentialProvider provider = CredentialProvider.bearerFromFile(file.toString());
        assertThatThrownBy(() -> provider.headers(false))
                .hasMessage(
                        "the file '" + file + "' does not exist or can't be read on this machine");
        Files.writeString(file, " \n");
        assertThatThrownBy(() -> provider.headers(false)).hasMessageEndingWith("is empty");
        Files.writeString(file, "s3cret\ns3cret");
        assertThatThrownBy(() -> provider.headers(false))
                .hasMessageEndingWith("has more than one line, or control characters")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void environmentVariableIsReadWhereTheReaderRuns() throws IOException {
        assertThat(CredentialProvider.headerFromEnvironment("X-Path", "PATH").headers(false))
                .isEqualTo(Map.of("X-Path", System.getenv("PATH").strip()));
        assertThatThrownBy(
                        () -> CredentialProvider.bearerFromEnvironment("NO_SUCH_V").headers(false))
                .hasMessage("the environment variable 'NO_SUCH_V' is not set on this machine");
    }

    @Test
    void travelWithTheJobAndShowNoSecret() throws Exception {
        for (CredentialProvider provider :
                List.of(
                        CredentialProvider.basic("user", "s3cret"),
                        CredentialProvider.bearer("s3cret"),
                        CredentialProvider.header("X-Key", "s3cret"),
                        CredentialProvider.oauth2(
                                "https://u.example/t?k=s3cret", "id", "s3cret", null))) {
            assertThat(InstantiationUtil.clone(provider).toString())
                    .isEqualTo(provider.toString())
                    .doesNotContain("s3cret");
        }
    }

    // ------------------------------------------------------------------ OAuth2

    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "{\"access_token\":\"t1\",\"expires_in\":3600}";

    @BeforeEach
    void startTokenEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/token",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    synchronized (requests) {
                        requests.add(
                                exchange.getRequestMethod()
                                        + " "
                                        + exchange.getRequestHeaders().getFirst("Authorization")
                                        + " "
                                        + body);
                    }
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopTokenEndpoint() {
        server.stop(0);
    }

    private CredentialProvider oauth2(String scope) {
        return CredentialProvider.oauth2(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/token",
                "id",
                "s3cret",
                scope);
    }

    @Test
    void oauth2AsksByClientCredentialsAndKeepsTheToken() throws IOException {
        CredentialProvider provider = oauth2("read write");
        assertThat(provider.headers(false)).containsEntry("Authorization", "Bearer t1");
        answer = "{\"access_token\":\"t2\",\"expires_in\":3600}";
        assertThat(provider.headers(false)).containsEntry("Authorization", "Bearer t1");
        assertThat(requests)
                .containsExactly(
                        "POST Basic aWQ6czNjcmV0"
                                + " grant_type=client_credentials&scope=read+write");
    }

    @Test
    void oauth2FetchesAnewWhenTheTokenWasRefused() throws IOException {
        CredentialProvider provider = oauth2(null);
        provider.headers(false);
        answer = "{\"access_token\":\"t2\",\"expires_in\":3600}";
        assertThat(provider.headers(true)).containsEntry("Authorization", "Bearer t2");
        assertThat(provider.headers(false)).containsEntry("Authorization", "Bearer t2");
        assertThat(requests).hasSize(2);
    }

    @Test
    void oauth2FetchesAnewWhenTheTokenHasExpired() throws IOException {
        answer = "{\"token_type\":{\"x\":[1]},\"access_token\":\"t1\",\"expires_in\":0}";
        CredentialProvider provider = oauth2(null);
        provider.headers(false);
        answer = "{\"access_token\":\"t2\"}";
        assertThat(provider.headers(false)).containsEntry("Authorization", "Bearer t2");
        // Without expires_in it is kept.
        provider.headers(false);
        assertThat(requests).hasSize(2);
    }

    @Test
    void oauth2SaysWhatIsWrongWithoutSecrets() {
        CredentialProvider provider = oauth2(null);
        status = 401;
        assertThatThrownBy(() -> provider.headers(false))
                .isInstanceOf(IOException.class)
                .hasMessage("the token endpoint http://127.0.0.1/token answered with status 401");
        status = 200;
        for (String wrong :
                List.of("s3cret", "[]", "{\"error\":\"s3cret\"}", "{\"access_token\":")) {
            answer = wrong;
            assertThatThrownBy(() -> provider.headers(false))
                    .as(wrong)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the token endpoint http://127.0.0.1/token ")
                    .hasMessageNotContaining("s3cret");
        }
    }
}
