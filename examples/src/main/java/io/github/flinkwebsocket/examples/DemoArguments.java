package io.github.flinkwebsocket.examples;

import java.util.ArrayList;
import java.util.List;

/** What the command line of the demo says. Immutable. */
final class DemoArguments {

    private boolean help;
    private String url;
    private final List<String> openMessages = new ArrayList<>();
    private int seconds;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is wrong; says what and what would be right
     */
    static DemoArguments parse(String... args) {
        DemoArguments parsed = new DemoArguments();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "-h":
                case "--help":
                    parsed.help = true;
                    break;
                case "--url":
                    once(parsed.url == null, args[i]);
                    parsed.url = value(args, ++i);
                    break;
                case "--open-message":
                    parsed.openMessages.add(value(args, ++i));
                    break;
                case "--seconds":
                    once(parsed.seconds == 0, args[i]);
                    parsed.seconds = positive(args[i], value(args, ++i));
                    break;
                default:
                    throw new IllegalArgumentException(
                            "unknown option '" + args[i] + "'; ./demo --help shows all");
            }
        }
        if (!parsed.help && parsed.url == null && !parsed.openMessages.isEmpty()) {
            throw new IllegalArgumentException("--open-message needs --url");
        }
        return parsed;
    }

    private static void once(boolean first, String option) {
        if (!first) {
            throw new IllegalArgumentException(option + " is given twice");
        }
    }

    private static String value(String[] args, int i) {
        if (i == args.length) {
            throw new IllegalArgumentException(args[i - 1] + " needs a value");
        }
        return args[i];
    }

    private static int positive(String option, String value) {
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                option + " needs a whole number from 1, not '" + value + "'");
    }

    boolean help() {
        return help;
    }

    /** The feed to read, or null for the market data server. */
    String url() {
        return url;
    }

    List<String> openMessages() {
        return openMessages;
    }

    /** When to end; 0 for never. */
    int seconds() {
        return seconds;
    }
}
