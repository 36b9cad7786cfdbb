package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Feeds in files. */
class ConfigFileTest {

    private static final String PROPERTIES =
            String.join(
                    "\n",
                    "# a feed",
                    "url = wss://a.example/?key=${KEY}",
                    "url = wss://b.example/;c",
                    "open-messages = {\"op\":\"login\",\"key\":\"${KEY}\"}",
                    "open-messages = {\"op\":\"subscribe\"}",
                    "message.record = /data/*",
                    "message.event-time = /data/*/ts",
                    "http-headers.X-Version = 1.10",
                    "http-headers.Origin = https://a.example",
                    "bounded.close-codes = 1000",
                    "bounded.close-codes = 4000",
                    "permessage-deflate = true");

    private static final String FLAT_YAML =
            String.join(
                    "\n",
                    "# a feed",
                    "url: [\"wss://a.example/?key=${KEY}\", wss://b.example/;c]",
                    "open-messages:",
                    "  - '{\"op\":\"login\",\"key\":\"${KEY}\"}'",
                    "  - '{\"op\":\"subscribe\"}'",
                    "message.record: /data/*",
                    "message.event-time: /data/*/ts",
                    "http-headers.X-Version: 1.10",
                    "http-headers.Origin: https://a.example",
                    "bounded.close-codes: [1000, 4000]",
                    "permessage-deflate: true");

    private static final String NESTED_YAML =
            String.join(
                    "\n",
                    "url:",
                    "  - wss://a.example/?key=${KEY}",
                    "  - wss://b.example/;c",
                    "open-messages:",
                    "  - '{\"op\":\"login\",\"key\":\"${KEY}\"}'",
                    "  - '{\"op\":\"subscribe\"}'",
                    "message:",
                    "  record: /data/*",
                    "  event-time: /data/*/ts",
                    "http-headers:",
                    "  X-Version: 1.10",
                    "  Origin: https://a.example",
                    "bounded:",
                    "  close-codes: [1000, 4000]",
                    "permessage-deflate: true");

    @TempDir Path folder;

    @Test
    void propertiesAndBothFormsOfYamlAreTheSameFeed() throws Exception {
        Configuration properties = read("feed.properties", PROPERTIES);
        Configuration flat = read("flat.yaml", FLAT_YAML);
        Configuration nested = read("nested.yml", NESTED_YAML);

        assertThat(flat).isEqualTo(properties);
        assertThat(nested).isEqualTo(properties);
        assertThat(bytes(flat)).isEqualTo(bytes(properties)).isEqualTo(bytes(nested));
        assertThat(properties.get(WebSocketOptions.URL)).contains("wss://a.example/?key=k3y");
        assertThat(properties.get(WebSocketOptions.HTTP_HEADERS))
                .containsEntry("X-Version", "1.10");
    }

    @Test
    void theFilesOfTheDocumentationAreTheSameFeed() throws Exception {
        String page = Files.readString(Path.of("../docs/examples.md")).replace("FEED_KEY", "KEY");
        Configuration yaml = read("feed.yaml", block(page, "yaml"));

        assertThat(yaml).isEqualTo(read("feed.properties", block(page, "properties")));
        assertThat(Feed.of(yaml).endpoints()).hasSize(1);
    }

    /** The first block of code in this language. */
    private static String block(String page, String language) {
        int start = page.indexOf("```" + language) + 3 + language.length();
        return page.substring(start, page.indexOf("```", start));
    }

    @Test
    void refusesAnUnknownOption() {
        assertRefused("a.yaml", "url: ws://a/\nspeed: 9", "there is no option 'speed'");
        assertRefused("b.yaml", "message:\n  speed: 9", "there is no option 'message.speed'");
        assertRefused("c.properties", "speed=9", "there is no option 'speed'");
    }

    @Test
    void refusesMapsOfListsAndListsOfMaps() {
        assertRefused("a.yaml", "url: [[ws://a/]]", "'url' must be a text or a list of texts");
        assertRefused("b.yaml", "- url", "it must be a mapping of options to values");
    }

    @Test
    void saysWhereYamlIsBrokenAndDoesNotQuoteIt() {
        assertRefused("a.yaml", "auth:\n  token: s3cret\n password: s3cret", "at line 3, column 2");
        assertRefused("b.yaml", "url: ws://a/\nurl: ws://s3cret/", "duplicate key url");
    }

    @Test
    void refusesABrokenEscape() {
        assertRefused("a.properties", "url=\\uXYZW", "Malformed");
    }

    @Test
    void refusesOtherFiles() {
        assertRefused("feed.txt", "", "its name must end with .properties, .yaml or .yml");
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.yaml")))
                .hasMessage(
                        "There is no file " + folder.resolve("none.yaml") + " that can be read.");
    }

    private Configuration read(String name, String text) throws IOException {
        return ConfigFile.read(write(name, text))
                .toConfiguration(new Variables(Map.of("KEY", "k3y")));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static byte[] bytes(Configuration config) throws IOException {
        return InstantiationUtil.serializeObject(Feed.of(config));
    }

    private void assertRefused(String name, String text, String reason) {
        assertThatThrownBy(() -> read(name, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(folder.resolve(name) + ": ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }
}
