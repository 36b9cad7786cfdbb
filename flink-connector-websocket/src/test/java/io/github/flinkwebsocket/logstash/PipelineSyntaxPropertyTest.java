package io.github.flinkwebsocket.logstash;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for any pipeline file, however it is laid out, and whatever is in it. */
class PipelineSyntaxPropertyTest {

    /** The tokens of a file, with one blank between each. */
    private static final String FILE =
            "input { stdin { } websocket { url => 'wss://feed.example/' codec => json { target =>"
                    + " \"doc\" } add_field => { 'a' => \"%{b}\" c => 1 } tags => [ 'x#}' , y , \"${V}\""
                    + " ] type => t } websocket { 'url' => \"ws://b/\" enable_metric => false"
                    + " add_field => [ 'a' , -1.5 ] } if [a][b] == 'c' or ! ( [d] in [ \"e\" , 'f' ]"
                    + " ) { beats { port => 1 } } else if [g] =~ /{h/ { } else { x { } } } filter {"
                    + " if [i] { drop { } } } output { y { z => { a => [ { b => c { } } ] } } }";

    private static final Map<String, String> ENVIRONMENT = Map.of("V", "v");

    @Property(tries = 300)
    void blanksCommentsAndLineEndsBetweenTokensMeanNothing(
            @ForAll @Size(min = 1, max = 200) List<@From("separators") String> separators) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        for (String token : FILE.split(" ")) {
            text.append(token).append(separators.get(i++ % separators.size()));
        }
        assertThat(describe(text.toString())).isEqualTo(describe(FILE));
    }

    @Provide
    Arbitrary<String> separators() {
        return Arbitraries.of(" ", "\t", "\n", "\r\n", "\n\n", " #\n", " # } \" ' / [\r\n")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 1000)
    void damagedFileIsReadOrRefusedWithItsPlace(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 10_000) Integer> places,
            @ForAll("damage") String damage) {
        StringBuilder text = new StringBuilder(FILE);
        for (int i = 0; i < places.size(); i++) {
            int at = places.get(i) % text.length();
            text.setCharAt(at, damage.charAt(i % damage.length()));
        }
        assertHarmless(text.toString());
    }

    @Property(tries = 300)
    void anyPartOfAFileIsReadOrRefusedWithItsPlace(
            @ForAll @IntRange(min = 0, max = 600) int length) {
        assertHarmless(FILE.substring(0, Math.min(length, FILE.length())));
    }

    @Provide
    Arbitrary<String> damage() {
        return Arbitraries.strings()
                .withChars(" \n{}[]()=>#\"'\\/,$aif1\u0000\uD83D")
                .ofMinLength(1);
    }

    private static void assertHarmless(String text) {
        try {
            assertThat(Pipelines.parse(text, ENVIRONMENT)).isNotNull();
        } catch (LogstashSyntaxException e) {
            assertThat(e.getLine()).isBetween(1, (int) text.lines().count() + 1);
            assertThat(e.getColumn()).isBetween(1, text.length() + 1);
            assertThat(e.getReason()).endsWith(".");
        }
    }

    private static List<String> describe(String text) {
        List<LogstashInput> inputs = Pipelines.parse(text, ENVIRONMENT);
        assertThat(inputs).hasSize(2);
        return inputs.stream()
                .map(
                        input ->
                                input.options()
                                        + input.codec()
                                        + input.codecSettings()
                                        + input.toJava())
                .collect(Collectors.toList());
    }
}
