package io.github.flinkwebsocket.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A network of its own for a server, with a cable to this machine that can be cut silently: no side
 * is told. Closing removes all of it.
 */
public final class NetworkNamespace implements AutoCloseable {

    private final String name = "fcw" + ProcessHandle.current().pid();
    private final String near = name + "a";
    private final String far = name + "b";
    private final String subnet =
            "10.213." + ProcessHandle.current().pid() / 60 % 256 + "."; // of four addresses
    private final long first = ProcessHandle.current().pid() % 60 * 4;
    private final Thread lastResort = new Thread(this::remove);

    /** Makes one; skips the test, with a message, where that is impossible. */
    public NetworkNamespace() {
        ExternalServer.assumeProgram("ip");
        ExternalServer.assumeProgram("nft");
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            run("ip", "netns", "add", name);
            run("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", name);
            run("ip", "address", "add", subnet + (first + 1) + "/30", "dev", near);
            run("ip", "link", "set", near, "up");
            run("ip", "-n", name, "address", "add", host() + "/30", "dev", far);
            run("ip", "-n", name, "link", "set", far, "up");
            cut();
            mend();
        } catch (IOException e) {
            close();
            assumeTrue(false, "no network namespace can be made here: " + e.getMessage());
        }
    }

    /** The address of the server. */
    public String host() {
        return subnet + (first + 2);
    }

    /** The command that runs another one in here. */
    public List<String> inside(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    /** From now on nothing comes in or goes out, and nobody is told. */
    public void cut() throws IOException {
        nft("add table inet cut");
        nft("add chain inet cut in { type filter hook input priority 0 ; policy drop ; }");
        nft("add chain inet cut out { type filter hook output priority 0 ; policy drop ; }");
    }

    public void mend() throws IOException {
        nft("delete table inet cut");
    }

    private void nft(String rule) throws IOException {
        run(inside(List.of("nft", rule)).toArray(new String[0]));
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IOException(
                        String.join(" ", command)
                                + ": "
                                + new String(output, StandardCharsets.UTF_8).trim());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void remove() {
        for (String[] command :
                List.of(
                        new String[] {"ip", "link", "delete", near},
                        new String[] {"ip", "netns", "delete", name})) {
            try {
                run(command);
            } catch (IOException e) {
                // It was not there: making it had failed.
            }
        }
    }
}
