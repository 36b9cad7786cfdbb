package io.github.flinkwebsocket.testing;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compiles Java code that is text, for Java 11 and with the class path of the tests. */
public final class JavaCode {

    /**
     * @param folder takes the class files
     * @param files the code by the name of the class
     * @return what the compiler calls an error
     */
    public static List<Diagnostic<? extends JavaFileObject>> compile(
            Path folder, Map<String, String> files) throws IOException {
        List<JavaFileObject> sources =
                files.entrySet().stream()
                        .map(file -> new Source(file.getKey(), file.getValue()))
                        .collect(Collectors.toList());
        List<String> options =
                List.of(
                        "-proc:none",
                        "--release",
                        "11",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString());
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(null, manager, found, options, null, sources).call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.toList());
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    private JavaCode() {}
}
