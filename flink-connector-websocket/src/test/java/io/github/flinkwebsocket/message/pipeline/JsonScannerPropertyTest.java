package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.testing.Parts;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** The scanner against Jackson's parser, and against anything that may arrive. */
class JsonScannerPropertyTest {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Property(tries = 500)
    void elementsOfAnArrayAreThoseThatAParserFinds(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            JsonNode element = value(random, 4);
            if (!element.isNull()) {
                array.add(element);
            }
        }
        Parts parts = Parts.ofRecords("/*").text(spaced(array, random));
        assertThat(parts.failures).isEmpty();
        assertThat(parts.texts).hasSize(array.size());
        for (int i = 0; i < array.size(); i++) {
            assertThat(MAPPER.readTree(parts.texts.get(i))).isEqualTo(array.get(i));
        }
    }

    @Property(tries = 500)
    void fieldOfAnObjectIsTheOneThatAParserFinds(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(text(random), value(random, 4));
        }
        for (String name : (Iterable<String>) object::fieldNames) {
            String pointer = "/" + name.replace("~", "~0").replace("/", "~1");
            if (name.equals("*") || object.get(name).isNull()) {
                continue;
            }
            Parts parts = Parts.ofRecords(pointer).text(spaced(object, random));
            assertThat(parts.failures).isEmpty();
            assertThat(parts.texts).hasSize(1);
            assertThat(MAPPER.readTree(parts.texts.get(0))).isEqualTo(object.get(name));
        }
    }

    @Property(tries = 1000)
    void anyBytesGiveRecordsOrFailures(@ForAll @Size(max = 60) byte[] bytes) {
        assertHarmless(bytes);
    }

    @Property(tries = 1000)
    void damagedJsonGivesRecordsOrFailures(
            @ForAll long seed,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 10_000) Integer> places,
            @ForAll @Size(min = 4, max = 4) byte[] damage)
            throws Exception {
        Random random = new Random(seed);
        byte[] bytes =
                spaced(NODES.arrayNode().add(value(random, 4)), random)
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < places.size(); i++) {
            bytes[places.get(i) % bytes.length] = damage[i];
        }
        assertHarmless(bytes);
    }

    private static void assertHarmless(byte[] bytes) {
        for (String pointer : List.of("/*", "/a", "/0/*/b")) {
            assertThatCode(() -> Parts.ofRecords(pointer).binary(bytes)).doesNotThrowAnyException();
        }
    }

    private static JsonNode value(Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0:
                return NODES.textNode(text(random));
            case 1:
                return NODES.numberNode(random.nextInt());
            case 2:
                return NODES.numberNode(BigDecimal.valueOf(random.nextInt(), 5));
            case 3:
                return NODES.booleanNode(random.nextBoolean());
            case 4:
                return NODES.nullNode();
            case 5:
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                return array;
            default:
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(random), value(random, depth - 1));
                }
                return object;
        }
    }

    /** Made of what is hard to tell from the structure around it. */
    private static String text(Random random) {
        String pieces = "{}[],:\"\\/ \n*~0aä€x";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces.charAt(random.nextInt(pieces.length())));
        }
        return text.toString();
    }

    /** The JSON text, some of it with blanks and line ends. */
    private static String spaced(JsonNode node, Random random) throws Exception {
        return random.nextBoolean()
                ? node.toString()
                : " " + MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\r\n";
    }
}
