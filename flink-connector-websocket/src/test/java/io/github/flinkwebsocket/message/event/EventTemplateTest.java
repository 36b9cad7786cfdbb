package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.MessageMetadata;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Messages;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventTemplateTest {

    private static final WebSocketMessage MESSAGE =
            new WebSocketMessage(
                    new byte[3],
                    true,
                    new Arrival(
                            Messages.CONNECTION.opened("v1.feed", Map.of("X-Node", "n7")), 1000),
                    5);

    private final WebSocketEvent event =
            Events.event(
                    "{'@timestamp':'2020-12-28T09:08:07.006Z','field':'text','outer':{'inner':'deep'},"
                            + "'list':['a',1.50],'number':1.10,'big':123456789012345678901234567,'yes':true,"
                            + "'nothing':null,'empty':'','a.b':'dot'}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no reference              | no reference",
                "%{field}                  | text",
                "a-%{field}-b-%{number}-c  | a-text-b-1.10-c",
                "%{[outer][inner]}         | deep",
                "%{[list][0]}              | a",
                "%{[list][-1]}             | 1.50",
                "%{number}                 | 1.10",
                "%{big}                    | 123456789012345678901234567",
                "%{yes}                    | true",
                "<%{empty}>                | <>",
                "%{a.b}                    | dot",
                "%{list}                   | a,1.50",
                "%{outer}                  | {\"inner\":\"deep\"}",
                "%{@timestamp}             | 2020-12-28T09:08:07.006Z",
                "%{@version}               | 1"
            })
    void referencesToFieldsBecomeTheirValues(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%{none}",
                "%{[outer][none]}",
                "%{nothing}",
                "%{",
                "%{}",
                "%{field",
                "%{[outer}",
                "%{{yyyy}}",
                "%field",
                "{field}",
                "%%{none}%",
                "%{[@metadata]}",
                "%{[@metadata][none]}",
                "%{[@metadata][position]}",
                "%{[@metadata][headers][none]}",
                "%{[@metadata][host][none]}",
                "%{@metadata}"
            })
    void whatLeadsNowhereStaysAsItIsWritten(String template) {
        assertThat(render(template)).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%{+yyyy.MM.dd}      | 2020.12.28",
                "%{+YYYY.MM.dd}      | 2020.12.28",
                "%{+yyyy-MM-dd'T'HH:mm:ss.SSS} | 2020-12-28T09:08:07.006",
                "%{+'Year' yyyy}     | Year 2020",
                "%{+EEE d MMM yy}    | Mon 28 Dec 20",
                "%{+xxxx-'W'ww-e}    | 2020-W53-1",
                "%{+xx}              | 20",
                "%{+HH ZZ}           | 09 +00:00",
                "%{+Z}               | +0000",
                "%{+%s}              | 1609146487",
                "logs-%{+yyyy}-%{field} | logs-2020-text"
            })
    void datePatternsShowTheTimeOfTheEvent(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    /** In java.time, Y is the year of the week: at the turn of the year it would be wrong. */
    @Test
    void capitalYIsTheYearAsInLogstash() {
        event.setTimestamp(Instant.parse("2021-01-01T00:00:00Z"));
        assertThat(render("%{+YYYY.MM.dd} %{+xxxx.ww}")).isEqualTo("2021.01.01 2020.53");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%{+}", "%{+b}", "%{+yyyy-'open}", "%{+{}"})
    void badDatePatternsAreRefused(String template) {
        assertThatIllegalArgumentException().isThrownBy(() -> EventTemplate.parse(template));
    }

    @ParameterizedTest
    @CsvSource({
        "host,              feed.example",
        "url,               wss://feed.example/stream",
        "feed-id,           feed",
        "split-id,          split",
        "receive-time,      1970-01-01T00:00:01.000Z",
        "event-time,        1970-01-01T00:00:01.000Z",
        "connection-number, 1",
        "message-number,    5",
        "text,              true",
        "size,              3",
        "subprotocol,       v1.feed"
    })
    void metadataOfTheMessageHasNames(String name, String expected) {
        assertThat(render("%{[@metadata][" + name + "]}")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Node", "x-node", "X-NODE"})
    void headersAreFoundInAnyCase(String name) {
        assertThat(render("%{[@metadata][headers][" + name + "]}")).isEqualTo("n7");
        assertThat(render("%{[@metadata][headers]}")).isEqualTo("{\"X-Node\":\"n7\"}");
    }

    /** So that new metadata do not become a value that JSON does not have. */
    @ParameterizedTest
    @EnumSource
    void allMetadataCanBeRendered(MessageMetadata metadata) {
        assertThat(render("%{[@metadata][" + metadata.key() + "]}")).isNotEmpty();
    }

    @Test
    void fieldsOfThePeerDoNotPassForMetadata() {
        event.toJson().putObject("@metadata").put("host", "forged").put("other", "x");
        assertThat(render("%{[@metadata][host]} %{[@metadata][other]}"))
                .isEqualTo("feed.example %{[@metadata][other]}");
    }

    @Test
    void valuesAreNotTemplatesThemselves() {
        event.set("field", "%{number}");
        assertThat(render("%{field}")).isEqualTo("%{number}");
    }

    private String render(String template) {
        return EventTemplate.parse(template)
                .render(
                        new TemplateScope() {
                            @Override
                            public JsonNode field(FieldReference reference) {
                                return reference.get(event.toJson());
                            }

                            @Override
                            public Instant timestamp() {
                                return event.getTimestamp();
                            }

                            @Override
                            public WebSocketMessage message() {
                                return MESSAGE;
                            }
                        });
    }
}
