package org.obverse.plugins.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.obverse.plugins.mlflow.Store.RefusedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tracking server as HTTP sees it: requests with a time limit, answers as JSON. It is not followed to other places. */
final class Server {
    static final JsonMapper JSON = JsonMapper.shared();
    /** Status codes that say "later" (RFC 9110, RFC 6585). */
    private static final List<Integer> LATER = List.of(408, 425, 429);

    private final URI address;
    private final List<String> credentials;
    private final Duration limit;
    private final HttpClient client;

    Server(URI address, List<String> credentials) {
        this(address, credentials, Duration.ofSeconds(10));
    }

    /**
     * @param credentials a token, or a name and a password; none if empty
     * @param limit of one request
     */
    Server(URI address, List<String> credentials, Duration limit) {
        this.address = address;
        this.credentials = credentials;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build();
    }

    URI address() {
        return address;
    }

    JsonNode get(String path, String query) throws IOException, InterruptedException {
        return send(request("/api/2.0/mlflow/" + path + "?" + query).GET());
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request("/api/2.0/mlflow/" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /**
     * @param path of the artifact, percent-encoded
     */
    void put(String path, byte[] content) throws IOException, InterruptedException {
        send(request("/api/2.0/mlflow-artifacts/artifacts/" + path)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(content)));
    }

    private HttpRequest.Builder request(String path) {
        String base = address.toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path));
        if (credentials.size() == 1) {
            request.header("Authorization", "Bearer " + credentials.get(0));
        } else if (credentials.size() == 2) {
            byte[] both = String.join(":", credentials).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
        }
        return request;
    }

    /** The limit holds for the whole answer: the client's own ends with the answer's headers. */
    private JsonNode send(HttpRequest.Builder built) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(built.build(), BodyHandlers.ofString());
        try {
            return read(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit.toMillis() + " ms", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static JsonNode read(HttpResponse<String> answer) throws IOException {
        int code = answer.statusCode();
        if (code >= 200 && code < 300) {
            try {
                return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
            } catch (JacksonException e) {
                throw new RefusedException("HTTP " + code + ", but the answer is no JSON: is it an MLflow server?");
            }
        }
        String said = "HTTP " + code + " " + Limits.cut(answer.body().strip().replaceAll("\\s+", " "), 300);
        if (code >= 500 || LATER.contains(code)) {
            throw new IOException(said);
        }
        throw code == 404 ? new MissingException(said) : new RefusedException(said);
    }

    /** There is no such thing. */
    static final class MissingException extends RefusedException {
        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }
}
