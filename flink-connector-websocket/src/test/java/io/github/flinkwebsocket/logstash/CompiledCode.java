package io.github.flinkwebsocket.logstash;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
        Path file = folder.resolve(CLASS + ".java");
        String code =
                String.format(
                        "%spublic class %s {\npublic static Object run() {\n%sreturn result;\n}\n}\n",
                        imports, CLASS, statements);
        // ASCII, so that an encoding can't break it.
        Files.write(file, code.getBytes(StandardCharsets.US_ASCII));
        compile(folder, file);
        loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, CompiledCode.class.getClassLoader());
    }

    private static void compile(Path folder, Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled =
                    compiler.getTask(
                                    errors,
                                    manager,
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "--release",
                                            "11",
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            "-d",
                                            folder.toString()),
                                    null,
                                    manager.getJavaFileObjects(file))
                            .call();
            assertThat(compiled).as(errors.toString()).isTrue();
        }
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
