package io.github.flinkwebsocket.examples;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What the command line of the demo says. Immutable. */
final class DemoArguments {

    /** What to show. */
    enum Command {
        MARKET,
        FEED,
        SQL,
        SERVER
    }

    private static final int MAX_PORT = 65535;

    private Command command = Command.MARKET;
    private boolean help;
    @Nullable private String url;
    @Nullable private String file;
    private final List<String> openMessages = new ArrayList<>();
    private int seconds;
    private int port;

    /**
     * Reads the command line, other than {@code feed ...}, which is that of {@link FeedJob}.
     *
     * @throws IllegalArgumentException if it is wrong; says what and what would be right
     */
    static DemoArguments parse(String... args) {
        DemoArguments parsed = new DemoArguments();
        for (int i = 0; i < args.length; i++) {
            if (i == 0 && !args[0].startsWith("-")) {
                parsed.command = command(args[0]);
            } else if (args[i].equals("-h") || args[i].equals("--help")) {
                parsed.help = true;
            } else if (parsed.command == Command.SQL && i == 1 && !args[i].startsWith("-")) {
                parsed.file = args[i];
            } else {
                parsed.read(args[i], args, i + 1);
                i++;
            }
        }
        parsed.check();
        return parsed;
    }

    private static Command command(String name) {
        switch (name) {
            case "sql":
                return Command.SQL;
            case "server":
                return Command.SERVER;
            default:
                throw new IllegalArgumentException(
                        "unknown command '" + name + "'; ./demo --help shows all");
        }
    }

    private void read(String option, String[] args, int next) {
        if (option.equals("--url") && command == Command.MARKET) {
            once(url == null, option);
            url = value(args, next);
        } else if (option.equals("--open-message") && command == Command.MARKET) {
            openMessages.add(value(args, next));
        } else if (option.equals("--seconds")) {
            once(seconds == 0, option);
            seconds = number(option, value(args, next), 999_999_999);
        } else if (option.equals("--port") && command == Command.SERVER) {
            once(port == 0, option);
            port = number(option, value(args, next), MAX_PORT);
        } else {
            throw new IllegalArgumentException(
                    "unknown option '" + option + "'; ./demo --help shows all");
        }
    }

    private void check() {
        if (!help && url == null && !openMessages.isEmpty()) {
            throw new IllegalArgumentException("--open-message needs --url");
        }
        if (url != null) {
            command = Command.FEED;
        }
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

    private static int number(String option, String value, int highest) {
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number > 0 && number <= highest) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                String.format(
                        "%s needs a whole number from 1 to %d, not '%s'", option, highest, value));
    }

    Command command() {
        return command;
    }

    boolean help() {
        return help;
    }

    /** The feed to read, or null. */
    @Nullable
    String url() {
        return url;
    }

    List<String> openMessages() {
        return openMessages;
    }

    /** The SQL to run, or null for that of the examples. */
    @Nullable
    String file() {
        return file;
    }

    /** When to end; 0 for never. */
    int seconds() {
        return seconds;
    }

    /** Where the server is to listen. */
    int port() {
        return port == 0 ? MarketDataServer.USUAL_PORT : port;
    }
}
