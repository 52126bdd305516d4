package org.obverse.plugins.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Adobe's S3Mock in a process of its own, with empty buckets. */
record Server(Process process, String url) implements AutoCloseable {
    static Server start(Path folder, String buckets) throws IOException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                Path.of("target", "s3mock.jar").toString(),
                "--server.port=0",
                "--http.port=" + port);
        builder.environment().put("COM_ADOBE_TESTING_S3MOCK_STORE_INITIAL_BUCKETS", buckets);
        builder.environment().put("COM_ADOBE_TESTING_S3MOCK_STORE_ROOT", folder.toString());
        Process process = builder.redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.contains("Started S3MockApplication")) {
                Thread listening = new Thread(() -> lines.lines().forEach(more -> {}));
                listening.setDaemon(true);
                listening.start();
                return new Server(process, "http://localhost:" + port);
            }
        }
        throw new IOException("the server did not start: " + String.join(System.lineSeparator(), said));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
