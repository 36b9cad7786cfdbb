package io.github.flinkwebsocket.connection;

import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Hosts with several addresses. */
@Timeout(60)
class AddressesTest {

    private static SocketConnector connector() {
        String url = "ws://feed.example/";
        return new SocketConnector(URI.create(url), Feeds.of(url).connection());
    }

    @Test
    void theNextOneIsTriedWhenOneRefuses() throws Exception {
        SocketConnector connector = connector();
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.awaitEof())) {
            connector.connect(addresses("127.0.0.9", "127.0.0.8", "127.0.0.1"), server.port());
            assertThat(connector.socket().getInetAddress())
                    .isEqualTo(InetAddress.getByName("127.0.0.1"));
            connector.close();
        }
    }

    @Test
    void allAreNamedIfNoneAnswers() throws Exception {
        assertThatThrownBy(() -> connector().connect(addresses("127.0.0.9", "127.0.0.8"), 1))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("127.0.0.9: Connection refused")
                .hasMessageContaining("127.0.0.8: Connection refused");
        assertThatThrownBy(() -> connector().connect(addresses("127.0.0.9"), 1))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Connection refused");
    }

    @Test
    void anAddressIsToldFromANameWithoutAskingANameServer() {
        assertThat(Hosts.literal("127.0.0.1")).containsExactly(127, 0, 0, 1);
        assertThat(Hosts.literal("[::1]")).hasSize(16).endsWith((byte) 1);
        assertThat(Hosts.literal("::1")).hasSize(16);
        for (String name : new String[] {"feed.example", "1.2.3", "300.1.1.1", "abc", "a:b"}) {
            assertThat(Hosts.literal(name)).as(name).isNull();
        }
    }

    private static InetAddress[] addresses(String... texts) throws Exception {
        InetAddress[] addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            addresses[i] = InetAddress.getByName(texts[i]);
        }
        return addresses;
    }
}
