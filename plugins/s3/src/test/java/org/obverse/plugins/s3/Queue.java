package org.obverse.plugins.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Passes one request at a time on to a server. S3Mock 5.2.0 looks whether a key is there, and then puts it, so that of several who put one
 * at once more than one may be told that it did; S3 does that in one step.
 */
record Queue(HttpServer door) implements AutoCloseable {
    /** What belongs to a connection, not to a request. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host", "connection", "content-length", "date", "expect", "transfer-encoding", "keep-alive", "upgrade");

    static Queue before(String url) throws IOException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // Without an executor of its own, a server answers on its one thread.
        door.createContext("/", exchange -> pass(exchange, client, url));
        door.start();
        return new Queue(door);
    }

    private static void pass(HttpExchange exchange, HttpClient client, String url) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + exchange.getRequestURI()));
        forEach(exchange.getRequestHeaders(), request::header);
        request.method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            forEach(response.headers().map(), exchange.getResponseHeaders()::add);
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void forEach(Map<String, List<String>> headers, BiConsumer<String, String> set) {
        headers.forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> set.accept(name, value));
            }
        });
    }

    String url() {
        return "http://localhost:" + door.getAddress().getPort();
    }

    @Override
    public void close() {
        door.stop(0);
    }
}
