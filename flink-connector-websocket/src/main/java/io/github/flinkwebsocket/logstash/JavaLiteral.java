package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.Internal;

/** Writes a text as a Java string literal, in ASCII, whatever it contains. Any thread. */
@Internal
final class JavaLiteral {

    private static final String SPECIAL = "\"\\\n\r\t\b\f";
    private static final String LETTERS = "\"\\nrtbf";

    static String of(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int special = SPECIAL.indexOf(c);
            if (special >= 0) {
                literal.append('\\').append(LETTERS.charAt(special));
            } else if (c >= ' ' && c <= '~') {
                literal.append(c);
            } else {
                literal.append(String.format("\\u%04x", (int) c));
            }
        }
        return literal.append('"').toString();
    }

    private JavaLiteral() {}
}
