package io.github.flinkwebsocket.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A ZooKeeper of one process, out of Flink's own jars, on a free port of 127.0.0.1. */
final class ZooKeeper implements AutoCloseable {

    private final int port = FlinkCluster.freePort();
    private final Process process;

    ZooKeeper(FlinkHome home) throws IOException {
        Path data = Files.createDirectories(home.folder().resolve("zookeeper"));
        Path config =
                Files.write(
                        home.conf().resolve("zoo.cfg"),
                        List.of(
                                "tickTime=500",
                                "dataDir=" + data,
                                "clientPort=" + port,
                                "clientPortAddress=127.0.0.1",
                                "admin.enableServer=false"));
        process =
                new ProcessRunner(home)
                        .start(
                                "zookeeper",
                                List.of("-Xmx128m"),
                                "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                                List.of("--zkConfigFile", config.toString(), "--peerId", "1"));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    Process process() {
        return process;
    }

    void awaitStarted() {
        Await.until(
                "ZooKeeper listens",
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("ZooKeeper has ended.");
                    }
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
    }

    @Override
    public void close() {
        ProcessRunner.kill(process);
    }
}
