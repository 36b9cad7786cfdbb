package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.testing.JavaCode;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Java code in a string, compiled and run. */
final class CompiledCode implements AutoCloseable {

    private static final String CLASS = "Generated";

    private final URLClassLoader loader;

    /**
     * @param folder an empty one
     * @param imports what stands before the class
     * @param statements the body of a method that gives the variable {@code result}
     */
    CompiledCode(Path folder, String imports, String statements) throws IOException {
        String code =
                String.format(
                        "%spublic class %s {\npublic static Object run() {\n%sreturn result;\n}\n}\n",
                        imports, CLASS, statements);
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(code))
                .as("no encoding can break it")
                .isTrue();
        assertThat(JavaCode.compile(folder, Map.of(CLASS, code))).isEmpty();
        loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, CompiledCode.class.getClassLoader());
    }

    /** What the statements made. */
    Object run() throws Exception {
        return loader.loadClass(CLASS).getMethod("run").invoke(null);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
