package io.github.flinkwebsocket.benchmarks;

import javax.annotation.Nullable;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The command line; the script named run explains it. */
final class Options {

    final Path directory;
    List<Integer> sizes = List.of(200, 1024, 65536);
    Set<Row> rows = EnumSet.allOf(Row.class);
    List<String> parts = List.of("saturated", "paced", "idle");
    int rounds = 3;
    boolean quick;
    @Nullable Path markdown;
    @Nullable Path svg;

    Options(String[] args) {
        directory = Path.of(args[0]);
        boolean sizesGiven = false;
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--quick":
                    quick = true;
                    rounds = 1;
                    break;
                case "--sizes":
                    sizes =
                            values(args, ++i).stream()
                                    .map(Integer::valueOf)
                                    .collect(Collectors.toList());
                    sizesGiven = true;
                    break;
                case "--only":
                    rows =
                            values(args, ++i).stream()
                                    .map(Row::of)
                                    .collect(
                                            Collectors.toCollection(
                                                    () -> EnumSet.noneOf(Row.class)));
                    break;
                case "--parts":
                    parts = values(args, ++i);
                    break;
                case "--rounds":
                    rounds = Integer.parseInt(value(args, ++i));
                    break;
                case "--markdown":
                    markdown = Path.of(value(args, ++i));
                    break;
                case "--svg":
                    svg = Path.of(value(args, ++i));
                    break;
                default:
                    throw new IllegalArgumentException("unknown option '" + args[i] + "'");
            }
        }
        if (quick && !sizesGiven) {
            sizes = List.of(200);
        }
    }

    private static String value(String[] args, int at) {
        if (at == args.length) {
            throw new IllegalArgumentException("'" + args[at - 1] + "' needs a value");
        }
        return args[at];
    }

    private static List<String> values(String[] args, int at) {
        return Arrays.asList(value(args, at).split(","));
    }
}
