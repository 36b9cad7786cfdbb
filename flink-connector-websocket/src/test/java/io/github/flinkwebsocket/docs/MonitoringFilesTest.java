package io.github.flinkwebsocket.docs;

import io.github.flinkwebsocket.metrics.ConnectorMetric;
import io.github.flinkwebsocket.metrics.ConnectorMetric.Scope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be said of the files in {@code monitoring/} without Prometheus: they use only metrics
 * that exist, and all that say that something is wrong. That they work is tested on a real cluster.
 */
class MonitoringFilesTest {

    private static final Path MONITORING = GeneratedDocs.docs().resolveSibling("monitoring");
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final Map<Scope, String> PREFIXES =
            Map.of(
                    Scope.READER,
                    OPERATOR,
                    Scope.FEED,
                    OPERATOR + "websocket_feed_",
                    Scope.SPLIT,
                    OPERATOR + "websocket_feed_split_");
    private static final Pattern METRIC = Pattern.compile("flink_(task|job)manager_\\w+");

    /** What Flink itself registers. */
    private static final List<String> FLINKS =
            List.of(OPERATOR + "numLateRecordsDropped", "flink_jobmanager_job_numRestarts");

    private static final Pattern INCREASE =
            Pattern.compile("\\bincrease\\((flink_[^\\[]+)\\[([^\\]]+)\\]\\)");
    private static final int GRID_WIDTH = 24;

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "grafana-dashboard.json"})
    void useOnlyMetricsThatAreDeclared(String file) throws Exception {
        Set<String> declared =
                Stream.of(ConnectorMetric.values())
                        .filter(metric -> PREFIXES.containsKey(metric.scope()))
                        .map(metric -> PREFIXES.get(metric.scope()) + metric.key())
                        .collect(Collectors.toSet());
        declared.addAll(FLINKS);
        assertThat(declared).containsAll(metricsIn(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "grafana-dashboard.json"})
    void watchWhateverMayBeWrong(String file) throws Exception {
        List<ConnectorMetric> bad =
                List.of(
                        ConnectorMetric.CONNECTION_STATE,
                        ConnectorMetric.RECONNECTS,
                        ConnectorMetric.GAPS,
                        ConnectorMetric.MESSAGES_DROPPED,
                        ConnectorMetric.TIME_SINCE_LAST_MESSAGE,
                        ConnectorMetric.RECORDS_IN_ERRORS,
                        ConnectorMetric.FETCH_EVENT_TIME_LAG,
                        ConnectorMetric.MAILBOX_USAGE);
        assertThat(metricsIn(file))
                .containsAll(
                        bad.stream()
                                .map(metric -> PREFIXES.get(metric.scope()) + metric.key())
                                .collect(Collectors.toList()))
                .contains(OPERATOR + "numLateRecordsDropped");
    }

    /** For increase() the first value of a series is no increase, and each attempt has its own. */
    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "grafana-dashboard.json"})
    void countASeriesThatIsNewFromItsBeginning(String file) throws Exception {
        String text = Files.readString(MONITORING.resolve(file));
        List<MatchResult> increases = INCREASE.matcher(text).results().collect(Collectors.toList());
        assertThat(increases).isNotEmpty();
        for (MatchResult increase : increases) {
            String series = increase.group(1);
            String range = increase.group(2);
            assertThat(text.replaceAll("\\s+", " "))
                    .contains(
                            String.format(
                                    "(max_over_time(%1$s[%2$s]) unless"
                                            + " present_over_time(%1$s[1h] offset %2$s)) or"
                                            + " increase(%1$s[%2$s])",
                                    series, range));
        }
    }

    @Test
    void panelsOfTheDashboardDoNotOverlapAndUseItsDataSource() throws Exception {
        JsonNode dashboard =
                new ObjectMapper().readTree(MONITORING.resolve("grafana-dashboard.json").toFile());
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            String title = panel.get("title").asText();
            assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
            assertUsesTheVariable(panel.get("datasource"), title);
            panel.get("targets")
                    .forEach(target -> assertUsesTheVariable(target.get("datasource"), title));
            JsonNode at = panel.get("gridPos");
            int right = at.get("x").asInt() + at.get("w").asInt();
            int bottom = at.get("y").asInt() + at.get("h").asInt();
            assertThat(right).as(title).isLessThanOrEqualTo(GRID_WIDTH);
            for (int x = at.get("x").asInt(); x < right; x++) {
                for (int y = at.get("y").asInt(); y < bottom; y++) {
                    assertThat(cells.add(x + "," + y)).as(title).isTrue();
                }
            }
        }
    }

    private static void assertUsesTheVariable(JsonNode dataSource, String title) {
        assertThat(dataSource.get("type").asText()).as(title).isEqualTo("prometheus");
        assertThat(dataSource.get("uid").asText()).as(title).isEqualTo("${datasource}");
    }

    private static Set<String> metricsIn(String file) throws IOException {
        Matcher matcher = METRIC.matcher(Files.readString(MONITORING.resolve(file)));
        return matcher.results().map(result -> result.group()).collect(Collectors.toSet());
    }
}
