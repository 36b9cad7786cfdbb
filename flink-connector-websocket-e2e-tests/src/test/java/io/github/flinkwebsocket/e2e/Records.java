package io.github.flinkwebsocket.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records that a job has written so far, in the order of its attempts. */
final class Records {

    /** One emitted record. */
    static final class Record {
        final String path;
        final long number;
        final long connection;

        /** Names job, subtask and attempt. */
        final String attempt;

        Record(String line, String attempt) {
            String[] parts = line.split(" ");
            path = parts[0];
            number = Long.parseLong(parts[1]);
            connection = Long.parseLong(parts[2]);
            this.attempt = attempt;
        }
    }

    private static final int TAIL_BYTES = 4096;

    private final Path folder;

    Records(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** All records of a path; those of the numbers job are in the order of emission. */
    List<Record> of(String path) {
        return files().stream()
                .flatMap(Records::read)
                .filter(record -> record.path.equals(path))
                .collect(Collectors.toList());
    }

    /** The numbers of a path, doubled ones doubled. */
    List<Long> numbers(String path) {
        return of(path).stream().map(record -> record.number).collect(Collectors.toList());
    }

    /** The numbers of a path by attempt, the first attempt first. */
    List<List<Long>> attempts(String path) {
        Map<String, List<Long>> attempts = new LinkedHashMap<>();
        of(path).forEach(
                        record ->
                                attempts.computeIfAbsent(record.attempt, a -> new ArrayList<>())
                                        .add(record.number));
        return List.copyOf(attempts.values());
    }

    /** The highest number of a path; 0 before the first. */
    long last(String path) {
        return of(path).stream().mapToLong(record -> record.number).max().orElse(0);
    }

    /** The highest number among the last records of each file; cheap. */
    long recent(String path) throws IOException {
        long recent = 0;
        for (Path file : files()) {
            try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "r")) {
                tail.seek(Math.max(0, tail.length() - TAIL_BYTES));
                byte[] bytes = new byte[(int) (tail.length() - tail.getFilePointer())];
                tail.readFully(bytes);
                String text = new String(bytes, StandardCharsets.UTF_8);
                // The first line of a tail is rarely whole, the last one not always.
                int begin = text.indexOf('\n') + 1;
                int end = text.lastIndexOf('\n') + 1;
                recent =
                        text.substring(Math.min(begin, end), end)
                                .lines()
                                .map(line -> new Record(line, ""))
                                .filter(record -> record.path.equals(path))
                                .mapToLong(record -> record.number)
                                .reduce(recent, Math::max);
            }
        }
        return recent;
    }

    /** Waits until a number, or a higher one, of a path has been emitted. */
    void await(String path, long number) {
        Await.until("number " + number + " of " + path, () -> last(path) >= number);
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            // Those that begin with a dot are not committed yet, where the sink commits.
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Record> read(Path file) {
        try {
            String text = Files.readString(file);
            // A record that is just being written has no line break yet.
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            String attempt = file.getFileName().toString();
            List<Record> records = new ArrayList<>();
            whole.lines().forEach(line -> records.add(new Record(line, attempt)));
            return records.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
