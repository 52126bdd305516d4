package org.obverse.cli.view;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the page of one run to browsers on this machine: on the loopback interface alone, under a random token that only who
 * reads the terminal knows, and under no other name than the machine's own, so that no page from elsewhere can look at it.
 *
 * <pre>
 * /TOKEN/                      the page
 * /TOKEN/state.json            a {@link Snapshot}
 * /TOKEN/pictures/SHA256.png   a picture that the snapshot names
 * </pre>
 *
 * Everything else is not found; it can only be read.
 */
public final class ViewServer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int TOKEN_BYTES = 24;
    private static final int THREADS = 4;
    /** The page asks each second. */
    private static final int LAST_LOOK_SECONDS = 2;

    private static final String HTML = "text/html; charset=utf-8";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final LiveView view;
    private final ViewPage page = new ViewPage();
    private final String token = token();
    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch endSeen = new CountDownLatch(1);
    private volatile boolean watched;

    /**
     * @throws UncheckedIOException if the machine has no loopback interface or no free port
     */
    public ViewServer(LiveView view) {
        this.view = view;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the live view cannot be served on 127.0.0.1", e);
        }
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "live view");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static String token() {
        byte[] drawn = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /** Of the page; whoever knows it may look. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + token + "/");
    }

    private static final class Answer {
        private final int code;
        private final String type;
        private final byte[] body;

        Answer(int code, String type, byte[] body) {
            this.code = code;
            this.type = type;
            this.body = body;
        }

        static Answer of(int code, String text) {
            return new Answer(code, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answerTo(exchange);
            Map.of(
                            "Content-Type", answer.type,
                            "Content-Security-Policy", page.policy(),
                            "Cache-Control", "no-store",
                            "Referrer-Policy", "no-referrer",
                            "X-Content-Type-Options", "nosniff",
                            "Cross-Origin-Resource-Policy", "same-origin")
                    .forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.code, answer.body.length);
            exchange.getResponseBody().write(answer.body);
        }
    }

    private Answer answerTo(HttpExchange exchange) {
        if (!isOwnName(exchange.getRequestHeaders().getFirst("Host"))) {
            return Answer.of(
                    403, "This page is served under the address that the program printed, and under no other name.");
        }
        Optional<String> file = file(exchange.getRequestURI().getPath());
        if (file.isEmpty()) {
            return Answer.of(404, "Use the whole address that the program printed.");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            return Answer.of(405, "This page can only be read.");
        }
        return file(exchange, file.get());
    }

    private Answer file(HttpExchange exchange, String file) {
        if (file.isEmpty()) {
            return new Answer(200, HTML, page.bytes());
        }
        if (file.equals("state.json")) {
            return state(exchange);
        }
        String folder = "pictures/";
        return (file.startsWith(folder) ? view.picture(file.substring(folder.length())) : Optional.<byte[]>empty())
                .map(png -> new Answer(200, "image/png", png))
                .orElse(Answer.of(404, "There is no such file, or not any more."));
    }

    private Answer state(HttpExchange exchange) {
        watched = true;
        boolean isLast = view.isOver();
        byte[] json = JSON.writeValueAsBytes(view.snapshot());
        if (isLast) {
            exchange.getResponseHeaders().set("Connection", "close");
            endSeen.countDown();
        }
        return new Answer(200, "application/json", json);
    }

    /** A name of somebody else's that was made to lead here is not answered (DNS rebinding). */
    private boolean isOwnName(String host) {
        int port = server.getAddress().getPort();
        String asked = String.valueOf(host).toLowerCase(Locale.ROOT);
        return asked.equals("127.0.0.1:" + port) || asked.equals("localhost:" + port);
    }

    /** What is asked for below the token; nothing if the token is another one. */
    private Optional<String> file(String path) {
        String[] parts = path.split("/", 3);
        return parts.length == 3
                        && parts[0].isEmpty()
                        && MessageDigest.isEqual(
                                parts[1].getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))
                ? Optional.of(parts[2])
                : Optional.empty();
    }

    /** Ends the view; a page that is open may see the end of the run before. */
    @Override
    public void close() {
        try {
            if (watched && view.isOver()) {
                endSeen.await(LAST_LOOK_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.stop(watched ? 1 : 0);
            threads.shutdownNow();
        }
    }
}
