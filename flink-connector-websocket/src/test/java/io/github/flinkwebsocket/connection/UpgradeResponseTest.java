package io.github.flinkwebsocket.connection;

import org.java_websocket.exceptions.InvalidHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@link UpgradeResponse}: what it makes of the bytes of an answer. */
class UpgradeResponseTest {

    @Test
    void readsStatusReasonHeadersAndBody() throws Exception {
        UpgradeResponse response =
                parse(
                        "HTTP/1.1 401 Not you\r\n"
                                + "WWW-Authenticate:Basic\r\n"
                                + "set-cookie: a=1\r\n"
                                + "Set-Cookie:   b=2  \r\n"
                                + "Content-Length: 4\r\n"
                                + "\r\n"
                                + "güt");
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.reason()).isEqualTo("Not you");
        assertThat(response.header("www-authenticate")).isEqualTo("Basic");
        assertThat(response.header("absent")).isNull();
        assertThat(response.headers().get("SET-COOKIE")).isEqualTo(List.of("a=1", "b=2"));
        assertThat(response.header("Set-Cookie")).isEqualTo("a=1");
        assertThat(response.body()).isEqualTo("güt");
        assertThat(response.isComplete(response.headLength() + 4)).isTrue();
    }

    @Test
    void waitsForTheEndOfTheHeaders() throws Exception {
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
        for (int i = 0; i < head.length(); i++) {
            assertThat(parse(head.substring(0, i))).as("after %d bytes", i).isNull();
        }
        assertThat(parse(head)).isNotNull();
    }

    @Test
    void leavesTheBytesBehindTheHeadersAlone() throws Exception {
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
        assertThat(parse(head + "\u0081\u0000").headLength()).isEqualTo(head.length());
    }

    @Test
    void readsOnlyItsPartOfTheBuffer() throws Exception {
        byte[] bytes = ascii("xxHTTP/1.1 404 Gone\r\n\r\nbodyyy");
        UpgradeResponse response = UpgradeResponse.parse(bytes, 2, bytes.length - 2);
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 101\r\n\r\n", "HTTP/1.1 101 \r\n\r\n"})
    void acceptsAStatusWithoutReasonPhrase(String head) throws Exception {
        assertThat(parse(head).status()).isEqualTo(101);
        assertThat(parse(head).reason()).isEmpty();
    }

    @Test
    void acceptsBareLineFeeds() throws Exception {
        UpgradeResponse response = parse("HTTP/1.1 503 Busy\nRetry-After: 3\n\nlater");
        assertThat(response.header("Retry-After")).isEqualTo("3");
        assertThat(response.body()).isEqualTo("later");
    }

    @Test
    void skipsLinesThatAreNoHeaders() throws Exception {
        UpgradeResponse response = parse("HTTP/1.1 200 OK\r\nnonsense\r\n: none\r\nA: b\r\n\r\n");
        assertThat(response.headers()).containsOnlyKeys("A");
    }

    @Test
    void understandsARefusalInTheOldVersion() throws Exception {
        assertThat(parse("HTTP/1.0 404 Not Found\r\n\r\n").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.0 101 Switching Protocols\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "x",
                "\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 99\r\n\r\n",
                "HTTP/1.1 1010 x\r\n\r\n",
                "HTTP/1.1 \r\n\r\n"
            })
    void refusesWhatIsNotHttp(String answer) {
        assertThatThrownBy(() -> parse(answer))
                .isInstanceOf(InvalidHandshakeException.class)
                .hasMessage("the server did not answer with HTTP/1.1");
    }

    @Test
    void noticesTheWrongProtocolAtItsFirstByte() {
        assertThatThrownBy(() -> parse("\u0015")).isInstanceOf(InvalidHandshakeException.class);
    }

    @Test
    void refusesHeadersWithoutEnd() throws Exception {
        String endless = "HTTP/1.1 101 x\r\nA: " + "a".repeat(UpgradeResponse.MAX_HEAD);
        assertThat(parse(endless.substring(0, UpgradeResponse.MAX_HEAD - 1))).isNull();
        assertThatThrownBy(() -> parse(endless.substring(0, UpgradeResponse.MAX_HEAD)))
                .isInstanceOf(InvalidHandshakeException.class)
                .hasMessageContaining("longer than 65536 bytes");
    }

    @Test
    void keepsTheBeginningOfALongBody() throws Exception {
        UpgradeResponse response = parse("HTTP/1.1 500 x\r\n\r\n" + "b".repeat(10_000));
        assertThat(response.body()).isEqualTo("b".repeat(UpgradeResponse.MAX_BODY));
    }

    @Test
    void isCompleteWhenContentLengthHasArrived() throws Exception {
        UpgradeResponse response = parse("HTTP/1.1 401 x\r\nContent-Length: 10\r\n\r\n12345");
        assertThat(response.isComplete(response.headLength() + 9)).isFalse();
        assertThat(response.isComplete(response.headLength() + 10)).isTrue();
    }

    @Test
    void isCompleteWhenAllThatIsKeptHasArrived() throws Exception {
        for (String header : List.of("Content-Length: 999999999", "Content-Length: x", "A: b")) {
            UpgradeResponse response = parse("HTTP/1.1 401 x\r\n" + header + "\r\n\r\n");
            int head = response.headLength();
            assertThat(response.isComplete(head + UpgradeResponse.MAX_BODY - 1)).isFalse();
            assertThat(response.isComplete(head + UpgradeResponse.MAX_BODY)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "204 No Content\r\n",
                "204 x\r\nContent-Length: 5\r\n",
                "304 Not Modified\r\nContent-Length: 5\r\n",
                "304 x\r\nTransfer-Encoding: chunked\r\n",
                "302 Found\r\nLocation: /target\r\n",
                "308 x\r\nLocation:\r\nContent-Length: 5\r\n",
                "401 x\r\nContent-Length: 0\r\n",
                "401 x\r\nContent-Length: 0\r\nContent-Length: 0\r\n"
            })
    void isCompleteWithItsHeadersIfNothingElseMatters(String answer) throws Exception {
        assertThat(complete("HTTP/1.1 " + answer + "\r\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 x\r\n",
                "302 Found\r\n",
                "401 x\r\nConnection: keep-alive\r\n",
                "401 x\r\nContent-Length: 0\r\nContent-Length: 1\r\n",
                "401 x\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n"
            })
    void isNotCompleteWithItsHeadersIfABodyMayCome(String answer) throws Exception {
        assertThat(complete("HTTP/1.1 " + answer + "\r\n")).isFalse();
    }

    @Test
    void tellsInterimAnswersFromFinalOnes() throws Exception {
        for (int status : new int[] {100, 102, 103, 199}) {
            assertThat(parse("HTTP/1.1 " + status + "\r\n\r\n").isInterim()).isTrue();
        }
        for (int status : new int[] {101, 200, 404, 503}) {
            assertThat(parse("HTTP/1.1 " + status + "\r\n\r\n").isInterim()).isFalse();
        }
    }

    @Test
    void isCompleteWhenTheLastChunkHasArrived() throws Exception {
        String head = "HTTP/1.1 401 x\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(complete(head + "5\r\nhello\r\n")).isFalse();
        assertThat(complete(head + "5\r\nhello\r\n0\r\n\r\n")).isTrue();
        assertThat(complete(head + "0\r\n\r\n")).isTrue();
    }

    @Test
    void isNotCompleteWhenAChunkOnlyLooksLikeTheLastOne() throws Exception {
        String head = "HTTP/1.1 401 x\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(complete(head + "10\r\n\r\n")).isFalse();
    }

    @Test
    void showsTheTextOfAChunkedBody() throws Exception {
        String head = "HTTP/1.1 401 x\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(parse(head + "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n").body())
                .isEqualTo("hello world");
        assertThat(parse(head + "A\r\nhel").body()).isEqualTo("hel");
        assertThat(parse(head + "5\r\nhello\r\nno size\r\n").body()).isEqualTo("hello");
    }

    @Test
    void saysInTheErrorWhatTheServerSaid() throws Exception {
        UpgradeResponse response =
                parse("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n  come again\r\n");
        assertThat(new UpgradeRefusedException(response, words -> words))
                .hasMessage(
                        "the server refused the upgrade with status 503 Busy, Retry-After: 7:"
                                + " come again");
    }

    @Test
    void saysInTheErrorWhatHeadersExplain() throws Exception {
        assertRefusal(
                "401 Unauthorized\r\nWWW-Authenticate: Bearer error=\"invalid_token\","
                        + " error_description=\"The access token expired\"\r\n"
                        + "WWW-Authenticate: Basic\r\n",
                "status 401 Unauthorized, WWW-Authenticate: Bearer error=\"invalid_token\","
                        + " error_description=\"The access token expired\", Basic");
        assertRefusal(
                "302 Found\r\nLocation: https://me:s3cret@other.example/a?token=s3cret\r\n",
                "status 302 Found, Location: https://***@other.example/a?***");
        assertRefusal(
                "426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8, 7\r\n",
                "status 426 Upgrade Required, Upgrade: websocket, Sec-WebSocket-Version: 8, 7");
        assertRefusal("404 No\r\nUpgrade: h2c\r\n", "status 404 No");
        assertRefusal(
                "401 x\r\nWWW-Authenticate: " + "a".repeat(1000) + "\r\n",
                "status 401 x, WWW-Authenticate: " + "a".repeat(297) + "...");
    }

    @Test
    void masksWhatHeadersRepeatBeforeItIsCut() throws Exception {
        String value = "a".repeat(295) + "s3cret";
        UpgradeResponse response =
                parse("HTTP/1.1 401 x\r\nWWW-Authenticate: " + value + "\r\n\r\n");
        assertThat(new UpgradeRefusedException(response, words -> words.replace("s3cret", "***")))
                .hasMessageEndingWith("aaa***")
                .hasMessageNotContaining("s3");
    }

    private static void assertRefusal(String answer, String message) throws Exception {
        UpgradeResponse response = parse("HTTP/1.1 " + answer + "\r\n");
        assertThat(new UpgradeRefusedException(response, words -> words))
                .hasMessage("the server refused the upgrade with " + message);
    }

    private static boolean complete(String answer) throws Exception {
        return parse(answer).isComplete(ascii(answer).length);
    }

    private static UpgradeResponse parse(String answer) throws InvalidHandshakeException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        return UpgradeResponse.parse(bytes, 0, bytes.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
