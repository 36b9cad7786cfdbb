package io.github.flinkwebsocket.e2e;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Appends every record as a line to a file of the attempt, unbuffered, so that it is there even
 * after the process is killed. Runs on the task thread.
 *
 * <p>The names of the files sort as the attempts began: time, job, subtask, attempt.
 */
final class RecordFiles extends RichMapFunction<String, String> {

    private static final long serialVersionUID = 1L;

    private final String folder;
    private transient OutputStream out;

    RecordFiles(String folder) {
        this.folder = folder;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        Path dir = Files.createDirectories(Path.of(folder));
        String name =
                String.format(
                        "%d_%s_%d_%d.txt",
                        System.currentTimeMillis(),
                        getRuntimeContext().getJobInfo().getJobId(),
                        getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                        getRuntimeContext().getTaskInfo().getAttemptNumber());
        out = new FileOutputStream(dir.resolve(name).toFile());
    }

    @Override
    public String map(String record) throws Exception {
        out.write((record + "\n").getBytes(StandardCharsets.UTF_8));
        return record;
    }

    @Override
    public void close() throws Exception {
        if (out != null) {
            out.close();
        }
    }
}
