package io.github.flinkwebsocket.e2e;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class, and halts the process when its standard input ends. A parent that is
 * killed closes that pipe, so no child outlives its parent.
 */
public final class ChildMain {

    public static void main(String[] args) throws Throwable {
        Thread watch = new Thread(ChildMain::haltWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[0])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void haltWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent never writes.
            }
        } catch (IOException e) {
            // The same as the end.
        }
        Runtime.getRuntime().halt(1);
    }

    private ChildMain() {}
}
