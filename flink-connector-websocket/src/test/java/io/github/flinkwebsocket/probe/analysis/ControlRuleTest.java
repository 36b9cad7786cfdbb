package io.github.flinkwebsocket.probe.analysis;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** What is taken for a control message, and by what. */
class ControlRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{}",
                "{\"event\":\"subscribed\",\"channel\":\"trades\"}|event = subscribed",
                "{\"type\":\"ERROR\",\"message\":\"no\"}|type = ERROR",
                "{\"type\":\"session_welcome\"}|type = session_welcome",
                "{\"metadata\":{\"message_type\":\"session_keepalive\"},\"payload\":{}}"
                        + "|message_type = session_keepalive",
                "{\"op\":\"login\",\"code\":0}|op = login",
                "{\"result\":null,\"id\":1}|id and result",
                "{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"error\":{\"code\":1}}|id and error",
                "{\"error\":\"bad\"}|error",
                "{\"ping\":1772000005000}|ping",
                "{\"id\":\"1\",\"status\":\"ok\",\"subbed\":\"x\"}|subbed",
                "{\"id\":1,\"connect\":{\"client\":\"c\"}}|connect",
                "[{\"T\":\"success\"}]|T = success",
                "[17,\"hb\"]|hb",
                "[\"EOSE\",\"sub\"]|EOSE",
                "[null,\"2\",\"phoenix\",\"phx_reply\",{\"status\":\"ok\"}]|phx_reply",
                "{\"id\":1,\"method\":\"public/heartbeat\",\"code\":0}|method = public/heartbeat",
                "{\"id\":1,\"method\":\"subscribe\",\"code\":0}|method = subscribe",
                "{\"channel\":\"status\",\"data\":[{\"system\":\"online\"}]}|channel = status",
                "{\"channel\":\"subscriptionResponse\",\"data\":{}}|channel = subscriptionResponse",
                "{\"channel\":\"spot.pong\",\"event\":\"\",\"result\":null}|channel = spot.pong",
                "{\"status\":\"UP\"}|status"
            })
    void isControl(String json, String sign) {
        assertThat(sign(json)).isEqualTo(sign);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"e\":\"trade\",\"s\":\"BTC\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{}}",
                "{\"method\":\"eth_subscription\",\"params\":{}}",
                "{\"type\":\"message\",\"text\":\"ping\"}",
                "{\"type\":\"update\",\"data\":[]}",
                "{\"type\":\"status\",\"battery\":7}",
                "{\"id\":-1,\"method\":\"subscribe\",\"result\":{\"data\":[{\"p\":1}]}}",
                "{\"id\":7,\"result\":\"home win\",\"data\":{}}",
                "{\"id\":7,\"status\":\"ok\",\"temp\":3}",
                "[{\"T\":\"success\"},{\"T\":\"t\"}]",
                "[17,\"te\",[1]]",
                "[]"
            })
    void isData(String json) {
        assertThat(sign(json)).isNull();
    }

    private static String sign(String json) {
        return ControlRule.sign(JsonValues.readOne(json.getBytes(StandardCharsets.UTF_8)));
    }
}
