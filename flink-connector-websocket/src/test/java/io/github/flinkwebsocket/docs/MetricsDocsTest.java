package io.github.flinkwebsocket.docs;

import io.github.flinkwebsocket.metrics.ConnectorMetric;
import io.github.flinkwebsocket.metrics.ConnectorMetric.Scope;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Locale;

class MetricsDocsTest {

    @ParameterizedTest
    @EnumSource
    void tablesOfTheMetricsAreMadeFromTheCode(Scope scope) throws Exception {
        StringBuilder table =
                new StringBuilder("| Metric | Kind | What it says |\n|---|---|---|\n");
        for (ConnectorMetric metric : ConnectorMetric.values()) {
            if (metric.scope() == scope) {
                table.append(
                        String.format(
                                "| `%s` | %s | %s |%n",
                                metric.key(), metric.kind().label(), metric.description()));
            }
        }
        GeneratedDocs.check(
                "metrics.md",
                "metrics of the " + scope.name().toLowerCase(Locale.ROOT),
                table.toString());
    }
}
