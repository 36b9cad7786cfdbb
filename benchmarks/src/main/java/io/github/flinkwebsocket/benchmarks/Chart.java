package io.github.flinkwebsocket.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A bar chart as SVG: µs a message of the saturated rows with 200 bytes. */
final class Chart {

    private static final int LABEL = 260;
    private static final int BAR = 420;
    private static final int LINE = 28;
    private static final int TOP = 44;

    static String svg(Results results) {
        List<Row> rows = new ArrayList<>();
        double most = 0;
        for (Row row : Row.values()) {
            double micros = results.micros(Case.saturated(row, 200));
            if (!Double.isNaN(micros)) {
                rows.add(row);
                most = Math.max(most, micros);
            }
        }
        int width = LABEL + BAR + 80;
        int height = TOP + rows.size() * LINE + 8;
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                                + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\""
                                + " font-size=\"14\">%n",
                        width, height));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        svg.append(
                "<text x=\"12\" y=\"26\" font-weight=\"bold\">µs of CPU per message of 200 bytes,"
                        + " as many as possible</text>\n");
        int y = TOP;
        for (Row row : rows) {
            double micros = results.micros(Case.saturated(row, 200));
            boolean ours = row == Row.CONNECTION || row == Row.SOURCE || row == Row.SOURCE_ROWS;
            long length = Math.max(1, Math.round(BAR * micros / most));
            svg.append(
                    String.format(
                            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                            LABEL - 10, y + 16, row.title));
            svg.append(
                    String.format(
                            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" fill=\"%s\"/>%n",
                            LABEL, y, length, ours ? "#1f6f8b" : "#b0b7bd"));
            svg.append(
                    String.format(
                            "<text x=\"%d\" y=\"%d\">%s</text>%n",
                            LABEL + length + 8, y + 16, Report.format("%.3f", micros)));
            y += LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    private Chart() {}
}
