package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.testing.Messages;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.IOException;
import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

/** No number changes on its way from the message through the network to an operator. */
class EventNumbersPropertyTest {

    private final WebSocketEventSerializer serializer = new WebSocketEventSerializer();

    @Property(tries = 2000)
    void noNumberLosesPrecision(@ForAll("numbers") String number) throws IOException {
        WebSocketEvent event =
                Events.decode(
                                WebSocketEventSchema.json(),
                                Messages.text("{\"n\":" + number + "}"),
                                ErrorPolicy.FAIL)
                        .get(0);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(serializer.copy(event), out);
        JsonNode read =
                serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())).get("n");
        assertThat(read.decimalValue()).isEqualTo(new BigDecimal(number));
        assertThat(new BigDecimal(EventJson.write(read))).isEqualTo(new BigDecimal(number));
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> sign = Arbitraries.of("", "-");
        Arbitrary<String> whole =
                Arbitraries.strings()
                        .numeric()
                        .ofMinLength(1)
                        .ofMaxLength(60)
                        .map(digits -> digits.replaceFirst("^0+(?=.)", ""));
        Arbitrary<String> fraction =
                Arbitraries.strings()
                        .numeric()
                        .ofMaxLength(60)
                        .map(digits -> digits.isEmpty() ? "" : "." + digits);
        Arbitrary<String> exponent =
                Arbitraries.integers()
                        .between(-5000, 5000)
                        .map(power -> "e" + power)
                        .injectNull(0.6)
                        .map(power -> power == null ? "" : power);
        return Combinators.combine(sign, whole, fraction, exponent)
                .as((s, w, f, e) -> s + w + f + e);
    }
}
