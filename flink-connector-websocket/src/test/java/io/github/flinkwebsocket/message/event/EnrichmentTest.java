package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.EnrichmentSettings;
import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.source.WebSocketSource;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static io.github.flinkwebsocket.message.event.Events.json;
import static io.github.flinkwebsocket.testing.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

class EnrichmentTest {

    private final Map<String, String> fields = new LinkedHashMap<>();

    @Test
    void addsFieldsWhoseNamesAndValuesReferToTheEvent() throws IOException {
        fields.put("from", "%{[@metadata][host]}");
        fields.put("day", "%{+yyyy.MM.dd}");
        fields.put("by-%{kind}", "%{[price][eur]}");
        WebSocketEvent event = decorate("{'kind':'trade','price':{'eur':1.10}}");
        assertThat(event.get("from")).isEqualTo(json("'feed.example'"));
        assertThat(event.get("day")).isEqualTo(json("'1970.01.01'"));
        assertThat(event.get("by-trade")).isEqualTo(json("'1.10'"));
    }

    @Test
    void aReferenceMakesTheNesting() throws IOException {
        fields.put("[a][b]", "x");
        fields.put("[a][c]", "y");
        assertThat(decorate("{}").get("a")).isEqualTo(json("{'b':'x','c':'y'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'a':'old'}       | ['old','new']",
                "{'a':5}           | [5,'new']",
                "{'a':['x','y']}   | ['x','y','new']",
                "{'a':{'b':1}}     | [{'b':1},'new']",
                "{'a':null}        | ['new']",
                "{}                | 'new'"
            })
    void aFieldThatExistsBecomesAnArray(String before, String after) throws IOException {
        fields.put("a", "new");
        assertThat(decorate(before).get("a")).isEqualTo(json(after));
    }

    @Test
    void laterFieldsSeeEarlierOnesAndTagsSeeAll() throws IOException {
        fields.put("a", "1");
        fields.put("b", "%{a}2-%{type}");
        WebSocketEvent event =
                decorate(
                        "{}",
                        options -> {
                            options.set(WebSocketOptions.TAGS, List.of("%{b}", "x", "%{none}"));
                            options.set(WebSocketOptions.TYPE, "t");
                        });
        assertThat(event.get("b")).isEqualTo(json("'12-t'"));
        assertThat(event.getTags()).containsExactly("12-t", "x", "%{none}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                    | ['a','b']",
                "{'tags':'z'}          | ['z','a','b']",
                "{'tags':['b','z']}    | ['b','z','a']",
                "{'tags':null}         | ['a','b']",
                "{'tags':7}            | [7,'a','b']"
            })
    void tagsAreAddedOnceAndBecomeAnArray(String before, String after) throws IOException {
        assertThat(
                        decorate(before, o -> o.set(WebSocketOptions.TAGS, List.of("a", "b", "a")))
                                .get("tags"))
                .isEqualTo(json(after));
    }

    @Test
    void typeIsSetWhereThereIsNone() throws IOException {
        Consumer<Configuration> type = options -> options.set(WebSocketOptions.TYPE, "%{x}");
        assertThat(decorate("{'x':1}", type).getType()).isEqualTo("%{x}");
        assertThat(decorate("{'type':'own'}", type).getType()).isEqualTo("own");
        assertThat(decorate("{'type':null}", type).get("type")).isEqualTo(json("null"));
    }

    @Test
    void failureEventsAreEnrichedToo() throws IOException {
        fields.put("from", "%{message}");
        WebSocketEvent event =
                Events.decode(
                                WebSocketEventSchema.json()
                                        .withEnrichment(
                                                settings(o -> o.set(WebSocketOptions.TYPE, "t"))),
                                text("bad"),
                                ErrorPolicy.EMIT)
                        .get(0);
        assertThat(event.get("from")).isEqualTo(json("'bad'"));
        assertThat(event.getType()).isEqualTo("t");
        assertThat(event.getTags()).containsExactly("_jsonparsefailure");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@timestamp", "[@timestamp]", "@version", "[@metadata][x]", "[a", "a[b]"})
    void fieldsThatCannotBeSetAreRefusedWhereTheSourceIsBuilt(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                WebSocketSource.<WebSocketEvent>builder()
                                        .setUrls("ws://feed.example")
                                        .setDeserializer(WebSocketEventSchema.json())
                                        .addField(name, "x")
                                        .build())
                .withMessageStartingWith("The option 'add-field' has the value '" + name + "'; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@timestamp", "@version", "[@metadata][x]", "[a", "", "[number][x]"})
    void fieldsThatTurnOutNotToBeSettableLeaveATag(String name) throws IOException {
        fields.put("%{name}", "x");
        WebSocketEvent event = decorate("{'name':'" + name + "','number':5}");
        assertThat(event.getTags()).containsExactly("_addfieldfailure");
        assertThat(event.getTimestamp()).isEqualTo(Events.RECEIVED);
        assertThat(event.get("@version")).isEqualTo(json("'1'"));
    }

    @Test
    void peerCannotNestAnEventWithoutBound() throws IOException {
        fields.put("%{name}", "x");
        WebSocketEvent event = decorate("{'name':'" + "[a]".repeat(100_000) + "'}");
        assertThat(event.getTags()).containsExactly("_addfieldfailure");
        assertThat(event.has("a")).isFalse();
    }

    @Test
    void badDatePatternsAreRefusedWhereTheSourceIsBuilt() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                WebSocketSource.<WebSocketEvent>builder()
                                        .setUrls("ws://feed.example")
                                        .setDeserializer(WebSocketEventSchema.json())
                                        .addField("day", "%{+yyyy-b}")
                                        .build())
                .withMessageStartingWith("The option 'add-field' has the value '%{+yyyy-b}'; ");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Enrichment.of(
                                        settings(
                                                o ->
                                                        o.set(
                                                                WebSocketOptions.TAGS,
                                                                List.of("%{+}")))))
                .withMessage(
                        "The option 'tags' has the value '%{+}'; the pattern of the date is empty.");
    }

    @Test
    void travelsWithTheJob() throws Exception {
        fields.put("day", "%{+yyyy}");
        Enrichment enrichment = InstantiationUtil.clone(Enrichment.of(settings(o -> {})));
        assertThat(enrichment.fields(text("{}"))).containsExactly(entry("day", "1970"));
    }

    // ------------------------------------------------------------------ without events

    @Test
    void rendersForRecordsThatAreNoEvents() {
        fields.put("from", "%{[@metadata][host]}");
        fields.put("%{kind}", "%{[price][eur]} %{@timestamp} %{+yyyy}");
        Enrichment enrichment =
                Enrichment.of(
                        settings(
                                o -> {
                                    o.set(WebSocketOptions.TAGS, List.of("%{kind}", "x", "trade"));
                                    o.set(WebSocketOptions.TYPE, "t");
                                }));
        WebSocketMessage message = text("{\"kind\":\"trade\",\"price\":{\"eur\":1.10}}");
        assertThat(enrichment.fields(message))
                .containsExactly(
                        entry("from", "feed.example"),
                        entry("trade", "1.10 1970-01-01T00:00:01.000Z 1970"));
        assertThat(enrichment.tags(message)).containsExactly("trade", "x");
        assertThat(enrichment.type()).isEqualTo("t");
        assertThat(enrichment.tags(text("{\"kind\":\"quote\"}")))
                .containsExactly("quote", "x", "trade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bad", "[1]", "{\"a\":", "5"})
    void referencesStayWhereTheRecordIsNotAnObject(String record) {
        fields.put("a", "%{kind} %{[@metadata][host]}");
        assertThat(Enrichment.of(settings(o -> {})).fields(text(record)))
                .containsExactly(entry("a", "%{kind} feed.example"));
    }

    // ------------------------------------------------------------------ helpers

    private EnrichmentSettings settings(Consumer<Configuration> options) {
        return Events.settings(
                config -> {
                    config.set(WebSocketOptions.ADD_FIELD, fields);
                    options.accept(config);
                });
    }

    private WebSocketEvent decorate(String json) throws IOException {
        return decorate(json, options -> {});
    }

    private WebSocketEvent decorate(String json, Consumer<Configuration> options)
            throws IOException {
        return Events.decode(
                        WebSocketEventSchema.json().withEnrichment(settings(options)),
                        text(json.replace('\'', '"')),
                        ErrorPolicy.FAIL)
                .get(0);
    }
}
