package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How texts become options. */
class FeedOptionsTest {

    private final FeedOptions options = new FeedOptions();

    @Test
    void everyOptionIsKnownAndTakenForWhatItIs() throws Exception {
        for (Field field : WebSocketOptions.class.getFields()) {
            ConfigOption<?> option = (ConfigOption<?>) field.get(null);
            Type type = field.getGenericType();
            boolean map = type.getTypeName().contains("Map<");
            boolean texts = type.getTypeName().contains("List<java.lang.String>");
            boolean numbers = type.getTypeName().contains("List<java.lang.Integer>");

            assertThat(FeedOptions.isKnown(option.key() + (map ? ".x" : ""))).isTrue();
            assertThat(FeedOptions.isKnown(option.key())).isEqualTo(!map);
            assertThat(FeedOptions.MAPS.stream().anyMatch(option::equals)).isEqualTo(map);
            assertThat(FeedOptions.TEXT_LISTS.stream().anyMatch(option::equals)).isEqualTo(texts);
            assertThat(FeedOptions.NUMBER_LISTS.stream().anyMatch(option::equals))
                    .isEqualTo(numbers);
        }
    }

    @Test
    void unknownNamesAreUnknown() {
        assertThat(List.of("speed", "", "http-headers.", "url.x", "ping-interval.x"))
                .noneMatch(FeedOptions::isKnown);
    }

    @Test
    void everyValueOfAListOfTextsIsOneEntry() {
        options.add("url", "ws://a/?x=1;y=2");
        options.add("url", "ws://b/");
        options.add("open-messages", "[1;2], 'three'");

        Configuration config = config();
        assertThat(config.get(WebSocketOptions.URL)).containsExactly("ws://a/?x=1;y=2", "ws://b/");
        assertThat(config.get(WebSocketOptions.OPEN_MESSAGES)).containsExactly("[1;2], 'three'");
    }

    @Test
    void numbersMayBeSeveralValuesOrOne() {
        options.add("bounded.close-codes", "1000");
        options.add("bounded.close-codes", "4001");
        options.add("retry.fatal-statuses", "400;401");

        Configuration config = config();
        assertThat(config.get(WebSocketOptions.BOUNDED_CLOSE_CODES)).containsExactly(1000, 4001);
        assertThat(config.get(WebSocketOptions.RETRY_FATAL_STATUSES)).containsExactly(400, 401);
    }

    @Test
    void entriesOfMapsKeepTheirNamesOrderAndValues() {
        options.add("add-field.[b][c]", "x:y,z");
        options.add("add-field.a", "%{b}");
        options.add("http-headers.X-Key", "k");

        Configuration config = config();
        assertThat(config.get(WebSocketOptions.ADD_FIELD))
                .containsExactly(Map.entry("[b][c]", "x:y,z"), Map.entry("a", "%{b}"));
        assertThat(config.get(WebSocketOptions.HTTP_HEADERS)).isEqualTo(Map.of("X-Key", "k"));
    }

    @Test
    void anOptionThatIsNoListTakesOneValue() {
        options.add("ping-interval", "1 s");
        options.add("ping-interval", "2 s");

        assertThatThrownBy(this::config)
                .hasMessage("The option 'ping-interval' has several values; it takes one.");
    }

    @Test
    void aValueOfTheWrongFormIsToldWithItsOption() {
        options.add("mailbox.overflow", "blok");

        assertThatThrownBy(this::config)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mailbox.overflow")
                .hasMessageContaining("drop-oldest");
    }

    @Test
    void aVariableIsNotShownInTheError() {
        options.add("ping-interval", "${SECRET}");

        assertThatThrownBy(() -> options.toConfiguration(new Variables(Map.of("SECRET", "s3cret"))))
                .hasMessageContaining("ping-interval")
                .hasMessageContaining("${SECRET}")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void whatReplacesCountsAlone() {
        options.add("url", "ws://a/");
        options.add("ping-interval", "1 s");
        FeedOptions stronger = new FeedOptions();
        stronger.add("url", "ws://b/");
        options.replaceBy(stronger);

        assertThat(config().get(WebSocketOptions.URL)).containsExactly("ws://b/");
        assertThat(config().get(WebSocketOptions.PING_INTERVAL)).hasSeconds(1);
    }

    private Configuration config() {
        return options.toConfiguration(new Variables(Map.of()));
    }
}
