package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.TableSources;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.util.ExceptionUtils;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketDynamicTableFactoryTest {

    private static final Column A = Column.physical("a", DataTypes.INT());

    // ---------------------------------------------------------------- options

    @Test
    void flinkFindsTheFactory() {
        assertThat(
                        FactoryUtil.discoverFactory(
                                getClass().getClassLoader(),
                                WebSocketDynamicTableFactory.class,
                                "websocket"))
                .isInstanceOf(WebSocketDynamicTableFactory.class);
    }

    @Test
    void urlAndFormatAreEnough() {
        assertThat(TableSources.of(Map.of())).isInstanceOf(WebSocketDynamicTableSource.class);
    }

    @Test
    void optionsAreThoseOfTheConnectorAndThreeOfFlink() {
        WebSocketDynamicTableFactory factory = new WebSocketDynamicTableFactory();
        assertThat(keys(factory.requiredOptions())).containsExactlyInAnyOrder("url", "format");
        assertThat(
                        Stream.concat(
                                keys(factory.requiredOptions()).stream(),
                                keys(factory.optionalOptions()).stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        WebSocketOptions.all().stream().map(ConfigOption::key),
                                        Stream.of("format", "scan.parallelism"))
                                .collect(Collectors.toList()));
    }

    @Test
    void restoredPlansTakeNewOptionsUnlessTheJobWouldBeAnother() {
        assertThat(keys(new WebSocketDynamicTableFactory().forwardOptions()))
                .contains("url", "auth.token", "error-policy")
                .doesNotContain("scan.parallelism", "bounded.messages", "format");
    }

    private static Set<String> keys(Set<ConfigOption<?>> options) {
        return options.stream().map(ConfigOption::key).collect(Collectors.toSet());
    }

    @Test
    void optionsOfTheFormatAreKnown() {
        assertThat(TableSources.of(Map.of("json.ignore-parse-errors", "true"))).isNotNull();
        assertThat(TableSources.of(Map.of("json.decode.json-parser.enabled", "false"))).isNotNull();
        assertThatThrownBy(() -> TableSources.of(Map.of("json.ignore-parse-error", "true")))
                .hasStackTraceContaining("json.ignore-parse-error");
    }

    // ---------------------------------------------------------------- what is refused

    @Test
    void missingOptionsAreNamed() {
        assertRefused(Map.of("url", ""), "'url'", "a URL must not be empty");
        assertThatThrownBy(
                        () ->
                                FactoryUtil.validateFactoryOptions(
                                        new WebSocketDynamicTableFactory(), new Configuration()))
                .hasMessageContaining("Missing required options are:\n\nformat\nurl");
    }

    @Test
    void theInnermostCauseNamesTheOptionBecauseTheSqlClientShowsNoOther() {
        assertThatThrownBy(() -> TableSources.of(Map.of("ping-interval", "abc")))
                .rootCause()
                .hasMessageContainingAll("'ping-interval'", "'abc'", "a number");
        assertThatThrownBy(() -> TableSources.of(Map.of("scan.parallelism", "two")))
                .rootCause()
                .hasMessageContainingAll("'scan.parallelism'", "'two'");
    }

    @Test
    void unknownOptionsAreNamed() {
        assertRefused(
                Map.of("ping-intervall", "1 s"), "Unsupported options:\n\nping-intervall", "url");
    }

    @Test
    void wrongValuesAreNamedWithWhatIsAllowed() {
        assertRefused(Map.of("ping-interval", "soon"), "'soon'", "'ping-interval'");
        assertRefused(Map.of("error-policy", "log"), "'log'", "[fail, skip, emit]");
        assertRefused(Map.of("url", "http://a.example/"), "'http://a.example/'", "'ws' or 'wss'");
        assertRefused(Map.of("scan.parallelism", "x"), "'x'", "'scan.parallelism'");
        assertRefused(Map.of("format", "xml-ish"), "'xml-ish'");
    }

    @Test
    void contradictionsAreRefused() {
        assertRefused(Map.of("ping-interval", "2 min"), "shorter than 'read-timeout'");
        assertRefused(
                Map.of("position.pointer", "/seq"), "'position.pointer'", "without ${position}");
        assertRefused(
                Map.of("http-headers", "A:b", "http-headers.C", "d"),
                "the option 'http-headers' and the option 'http-headers.C'");
        assertRefused(
                Map.of("add-field", "a:b", "add-field.c", "d"),
                "the option 'add-field' and the option 'add-field.c'");
    }

    @Test
    void positionsThatNothingReadsAreRefusedWhereTheQueryIsPlanned() {
        Map<String, String> options =
                Map.of("open-messages", "${position}", "initial-open-messages", "all");
        assertThatThrownBy(() -> TableSources.provider(TableSources.of(options)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("set the option 'position.pointer'");
    }

    private static void assertRefused(Map<String, String> options, String... texts) {
        assertThatThrownBy(() -> TableSources.of(options))
                .isInstanceOf(ValidationException.class)
                .satisfies(e -> assertThat(ExceptionUtils.stringifyException(e)).contains(texts));
    }

    // ---------------------------------------------------------------- columns

    @Test
    void emitNeedsAColumnThatTellsErrors() {
        Map<String, String> emit = Map.of("error-policy", "emit");
        assertThatThrownBy(() -> TableSources.of(ResolvedSchema.of(A), emit))
                .hasStackTraceContaining("must have a metadata column 'error' or 'raw-payload'");
        for (String key : List.of("error", "raw-payload")) {
            Column column = Column.metadata("why", DataTypes.BYTES(), key, true);
            assertThat(TableSources.of(ResolvedSchema.of(A, column), emit)).isNotNull();
        }
    }

    @Test
    void emitNeedsColumnsThatMayBeNull() {
        ResolvedSchema schema =
                ResolvedSchema.of(
                        A,
                        Column.physical("b", DataTypes.INT().notNull()),
                        Column.metadata("host", DataTypes.STRING().notNull(), null, true),
                        Column.metadata("error", DataTypes.STRING(), null, true));
        assertThatThrownBy(() -> TableSources.of(schema, Map.of("error-policy", "emit")))
                .hasStackTraceContaining("must not be NOT NULL or part of a primary key: [b]");
        assertThat(TableSources.of(schema, Map.of("error-policy", "skip"))).isNotNull();
    }

    @Test
    void metadataThatMayBeNullIsNotReadAsNotNull() {
        ResolvedSchema schema =
                ResolvedSchema.of(
                        A,
                        Column.metadata("host", DataTypes.STRING().notNull(), null, true),
                        Column.metadata("at", DataTypes.STRING().notNull(), "position", true));
        assertThatThrownBy(() -> TableSources.of(schema, Map.of()))
                .hasStackTraceContaining(
                        "The column 'at' is NOT NULL, but its metadata 'position' may be null.");
    }

    /** Or Flink 1.20 says that this is a bug of Flink. */
    @Test
    void changesAreReadInParallelByPrimaryKeyOnly() {
        Map<String, String> options = Map.of("format", "debezium-json", "scan.parallelism", "2");
        assertThatThrownBy(() -> TableSources.of(options))
                .hasStackTraceContaining(
                        "The option 'scan.parallelism' has the value '2'; for the changes of the format"
                                + " 'debezium-json' the table needs a PRIMARY KEY");
        ResolvedSchema keyed =
                new ResolvedSchema(
                        List.of(Column.physical("a", DataTypes.INT().notNull())),
                        List.of(),
                        UniqueConstraint.primaryKey("pk", List.of("a")));
        assertThat(TableSources.of(keyed, options)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"add-field,fields", "tags,tags", "type,type"})
    void enrichmentNeedsItsColumn(String optionAndColumn) {
        String option = optionAndColumn.split(",")[0];
        String column = optionAndColumn.split(",")[1];
        assertThatThrownBy(() -> TableSources.of(ResolvedSchema.of(A), Map.of(option, "a:b")))
                .hasStackTraceContaining(
                        "The option '"
                                + option
                                + "' has no use without the metadata column '"
                                + column
                                + "'");
    }

    // ---------------------------------------------------------------- secrets

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http-headers",
                "http-headers.X-Api-Key",
                "tls.ca-password",
                "tls.key-password",
                "proxy.password",
                "auth.password",
                "auth.token",
                "auth.oauth2.client-secret"
            })
    void secretsHaveNamesThatFlinkMasks(String key) {
        assertThat(GlobalConfiguration.isSensitive(key)).isTrue();
        assertThatThrownBy(() -> TableSources.of(Map.of(key, "s3cret", "ping-interval", "x")))
                .hasMessageContaining("'" + key + "'='******'")
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth.tokn=s3cret",
                "my-pass=s3cret",
                "proxy.pasword=s3cret",
                "http-header.X-Key=s3cret",
                "tls.key-pasword=s3cret",
                "cookie=0123456789abcdefs3cret"
            })
    void valuesOfMisspeltSecretsAreNotShown(String option) {
        String[] parts = option.split("=", 2);
        assertRefusedInSilence(Map.of(parts[0], parts[1]), "Unsupported options:", parts[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open-messages={\"key\":\"s3cret\"}; '",
                "open-messages='{\"key\":\"s3cret\"}",
                "open-messages={\"op\":\"a\"};{\"op\":\"login\",\"args\":[\"s3cret\"]};'",
                "url=http://me:s3cret@a.example/",
                "url=wss://a.example/?token=s3cret%zz",
                "subprotocols=v1;token s3cret"
            })
    void valuesThatFlinkDoesNotMaskAreNotShownEither(String option) {
        String[] parts = option.split("=", 2);
        assertRefusedInSilence(Map.of(parts[0], parts[1]), "'" + parts[0] + "'");
    }

    /** The planner asks in its own order. */
    private static void assertRefusedInSilence(Map<String, String> options, String... texts) {
        DynamicTableSource refused = TableSources.of(options);
        for (ThrowingCallable asked :
                List.<ThrowingCallable>of(
                        () -> TableSources.provider(refused),
                        () -> ((ScanTableSource) refused.copy()).getChangelogMode(),
                        ((SupportsReadingMetadata) refused)::listReadableMetadata)) {
            assertThatThrownBy(asked)
                    .isInstanceOf(ValidationException.class)
                    .hasNoCause()
                    .satisfies(
                            e ->
                                    assertThat(ExceptionUtils.stringifyException(e))
                                            .contains(texts)
                                            .doesNotContain("s3cret"));
        }
    }

    /** Documented: nothing secret belongs there. */
    @Test
    void flinkShowsUrlsAndMessages() {
        for (String key : List.of("url", "initial-url", "open-messages", "auth.username")) {
            assertThat(GlobalConfiguration.isSensitive(key)).isFalse();
        }
    }
}
