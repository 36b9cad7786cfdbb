package io.github.flinkwebsocket.e2e;

import io.github.flinkwebsocket.metrics.ConnectorMetric;
import io.github.flinkwebsocket.metrics.ConnectorMetric.Kind;
import io.github.flinkwebsocket.metrics.ConnectorMetric.Scope;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in monitoring/ works, with a real Flink and a real Prometheus. */
class MonitoringITCase extends NumbersScenario {

    private static final Path DASHBOARD =
            PrometheusServer.MONITORING.resolve("grafana-dashboard.json");
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final Map<Scope, String> PREFIXES =
            Map.of(
                    Scope.READER,
                    OPERATOR,
                    Scope.FEED,
                    OPERATOR + "websocket_feed_",
                    Scope.SPLIT,
                    OPERATOR + "websocket_feed_split_");
    private static final Pattern METRIC = Pattern.compile("flink_\\w+");

    /** What only jobs with windows have, and this one has none. */
    private static final String OF_WINDOWS = OPERATOR + "numLateRecordsDropped";

    /** One for each process, and some that another program may take. */
    private static final int PORTS = 6;

    @Test
    void rulesAndConfigurationAreValid() throws Exception {
        promtool("check", "config", PrometheusServer.MONITORING.resolve("prometheus.yml"));
    }

    @Test
    void eachAlertFiresWhenItShouldAndNotBefore() throws Exception {
        promtool("test", "rules", Path.of("src", "test", "monitoring", "alerts-test.yml"));
    }

    /** The gap of a restart, which the new attempt has counted before it is first scraped. */
    @ParameterizedTest
    @ValueSource(strings = {"Gaps A", "Gaps, drops, late rows A"})
    void panelsShowTheGapOfARestart(String panel, @TempDir Path folder) throws Exception {
        String gaps = PREFIXES.get(Scope.SPLIT) + "gaps";
        String series = "{ series: '%s{task_attempt_num=\"%d\"}', values: '%s' }";
        Path test = folder.resolve("panel-test.yml");
        Files.write(
                test,
                List.of(
                        "evaluation_interval: 5s",
                        "tests:",
                        "  - interval: 5s",
                        "    input_series:",
                        "      - " + String.format(series, gaps, 0, "0x20 stale"),
                        "      - " + String.format(series, gaps, 1, "_x22 1x20"),
                        "    promql_expr_test:",
                        "      - eval_time: 115s",
                        "        expr: '" + new Dashboard(DASHBOARD).queries().get(panel) + "'",
                        "        exp_samples: [{ value: 1 }]"));
        promtool("test", "rules", test);
    }

    private static void promtool(String verb, String what, Path file) throws Exception {
        Process promtool =
                new ProcessBuilder(
                                PrometheusServer.assumeProgram("promtool"),
                                verb,
                                what,
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String output =
                new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void metricsDashboardAndAlertsFitTogether(FlinkVersion version) throws Exception {
        PrometheusServer.assumeProgram("prometheus");
        List<Integer> ports = PrometheusServer.freePorts(PORTS);
        FlinkHome home = FlinkHome.create(version);
        switchReporterOn(home, ports);
        try (FlinkCluster cluster = FlinkCluster.start(home);
                PrometheusServer prometheus =
                        PrometheusServer.start(home.folder().resolve("prometheus"), ports)) {
            List<String> args = live("/a");
            args.addAll(List.of("--option", "id=market"));
            Job job = cluster.run(1, args).awaitRunning();
            server.awaitOpen("/a");
            keepSending("/a");
            awaitProgress("/a");

            assertEveryMetricArrives(prometheus);
            assertEveryPanelHasData(prometheus);
            assertEveryAlertIsEvaluated(prometheus);

            server.close();
            awaitAlert(prometheus, "WebSocketConnectionDown");
            Await.until(
                    "Flink tells why",
                    () -> job.metricTexts(".lastFailure").toString().contains("refused"));
        }
    }

    /** As flink-config.yaml says, but on ports of our own. */
    private static void switchReporterOn(FlinkHome home, List<Integer> ports) throws Exception {
        String range = ports.get(0) + "-" + ports.get(ports.size() - 1);
        for (String line :
                Files.readAllLines(PrometheusServer.MONITORING.resolve("flink-config.yaml"))) {
            if (!line.startsWith("#")) {
                String[] setting = line.split(": ", 2);
                home.set(setting[0], setting[0].endsWith(".port") ? range : setting[1]);
            }
        }
    }

    /** Text too, but Flink's reporter makes a 0 of it. */
    private static void assertEveryMetricArrives(PrometheusServer prometheus) throws Exception {
        for (ConnectorMetric metric : ConnectorMetric.values()) {
            if (PREFIXES.containsKey(metric.scope())) {
                String name = PREFIXES.get(metric.scope()) + metric.key();
                assertHasData(prometheus, metric.name(), name);
                if (metric.kind() == Kind.GAUGE_TEXT) {
                    assertThat(value(prometheus, name)).as(name).isEqualTo("0");
                }
            }
        }
        Await.until(
                "messages are counted",
                () ->
                        Double.parseDouble(
                                        value(
                                                prometheus,
                                                PREFIXES.get(Scope.SPLIT) + "messagesReceived"))
                                > 0);
        JsonNode labels =
                prometheus.query(PREFIXES.get(Scope.SPLIT) + "connects").get(0).get("metric");
        assertThat(labels.get("feed").asText()).isEqualTo("market");
        assertThat(labels.get("split").asText()).startsWith("127_0_0_1_");
        assertThat(labels.get("job_name").asText()).isEqualTo("Numbers");
    }

    private static String value(PrometheusServer prometheus, String query) throws Exception {
        return prometheus.query(query).get(0).get("value").get(1).asText();
    }

    private static void assertEveryPanelHasData(PrometheusServer prometheus) throws Exception {
        Dashboard dashboard = new Dashboard(DASHBOARD);
        for (Map.Entry<String, String> query : dashboard.queries().entrySet()) {
            if (!query.getValue().contains(OF_WINDOWS)) {
                assertHasData(prometheus, query.getKey(), query.getValue());
            }
        }
        for (Map.Entry<String, String> label : dashboard.labels().entrySet()) {
            assertThat(prometheus.labelValues(label.getValue(), label.getKey()))
                    .as(label.getKey())
                    .hasSize(1);
        }
    }

    /** Rules that compare have no result while all is well, so their series are looked for. */
    private static void assertEveryAlertIsEvaluated(PrometheusServer prometheus) throws Exception {
        Await.until(
                "all rules are evaluated",
                () -> prometheus.rules().noneMatch(rule -> health(rule).equals("unknown")));
        for (JsonNode rule : prometheus.rules().collect(Collectors.toList())) {
            assertThat(health(rule)).as(rule.toString()).isEqualTo("ok");
            assertThat(rule.get("state").asText()).as(rule.toString()).isIn("inactive", "pending");
            Set<String> metrics =
                    METRIC.matcher(rule.get("query").asText())
                            .results()
                            .map(match -> match.group())
                            .collect(Collectors.toSet());
            assertThat(metrics).isNotEmpty();
            metrics.removeIf(metric -> metric.equals(OF_WINDOWS));
            for (String metric : metrics) {
                assertHasData(prometheus, rule.get("name").asText(), metric);
            }
        }
    }

    private static String health(JsonNode rule) {
        return rule.get("health").asText();
    }

    private static void assertHasData(PrometheusServer prometheus, String what, String query) {
        Await.until(what + ": data for " + query, () -> prometheus.query(query).size() > 0);
    }

    private static void awaitAlert(PrometheusServer prometheus, String name) throws Exception {
        Await.until(
                name + " fires",
                () ->
                        prometheus
                                .rules()
                                .filter(rule -> rule.get("name").asText().equals(name))
                                .anyMatch(rule -> rule.get("state").asText().equals("firing")));
    }
}
