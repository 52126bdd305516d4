package org.obverse.plugins.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A tracking server in memory that holds every request against the description of MLflow's REST API
 * (https://mlflow.org/docs/latest/rest-api.html, "Create Experiment" to "Search Runs", and the fields' limits under "Data
 * Structures"). What breaks it is in {@link #violations} and answered as MLflow answers it.
 */
final class TrackingServer implements AutoCloseable {
    /** What happens to the next requests. */
    enum Mood {
        ANSWERS,
        FAILS,
        HANGS,
        /** Sends a head that promises more than follows. */
        HANGS_UP
    }

    /** A run as it was told. */
    static final class Told {
        final String id;
        final String experiment;
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, String> params = new TreeMap<>();
        final List<JsonNode> metrics = Collections.synchronizedList(new ArrayList<>());
        final Map<String, byte[]> artifacts = new TreeMap<>();
        volatile String status = "RUNNING";
        volatile long ended;

        Told(String id, String experiment) {
            this.id = id;
            this.experiment = experiment;
        }

        List<Double> values(String key) {
            return metrics.stream()
                    .filter(metric -> metric.path("key").asString().equals(key))
                    .map(metric -> metric.path("value"))
                    .map(value -> value.isString() ? Double.valueOf(value.asString()) : value.asDouble())
                    .toList();
        }

        List<Long> steps(String key) {
            return metrics.stream()
                    .filter(metric -> metric.path("key").asString().equals(key))
                    .map(metric -> metric.path("step").asLong())
                    .toList();
        }
    }

    final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final Map<String, String> experiments = Collections.synchronizedMap(new LinkedHashMap<>());
    final Map<String, Told> runs = Collections.synchronizedMap(new LinkedHashMap<>());
    volatile Mood mood = Mood.ANSWERS;
    volatile String artifactRoot = "mlflow-artifacts:/";
    volatile String authorization = "";
    volatile int pageSize = 1000;
    /** Counted down by each request that is hung or failed. */
    /** The next metrics are kept, and answered as if they were not. */
    volatile boolean hearsAndFails;

    volatile CountDownLatch troubled = new CountDownLatch(1);

    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private HttpServer server;

    TrackingServer() {
        server = begin(0);
        port = server.getAddress().getPort();
    }

    private HttpServer begin(int onPort) {
        try {
            HttpServer begun = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
            begun.setExecutor(threads);
            begun.createContext("/", this::handle);
            begun.start();
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void die() {
        server.stop(0);
    }

    void comeBack() {
        server = begin(port);
    }

    Told run(String cell) {
        return runs.values().stream()
                .filter(run -> cell.equals(run.tags.get("obverse.cell")))
                .findFirst()
                .orElseThrow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + path);
            switch (mood) {
                case FAILS -> {
                    troubled.countDown();
                    answer(exchange, 500, "{\"error_code\": \"INTERNAL_ERROR\", \"message\": \"no disk\"}");
                }
                case HANGS -> {
                    troubled.countDown();
                    released.await();
                }
                case HANGS_UP -> {
                    troubled.countDown();
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    released.await();
                }
                case ANSWERS -> {
                    if (!authorization.isEmpty()
                            && !authorization.equals(
                                    exchange.getRequestHeaders().getFirst("Authorization"))) {
                        answer(exchange, 401, "You are not authenticated");
                    } else {
                        serve(exchange, path, body);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, String path, byte[] body) throws IOException {
        String artifacts = "/api/2.0/mlflow-artifacts/artifacts/";
        try {
            if (path.startsWith(artifacts)) {
                require(exchange.getRequestMethod().equals("PUT"), "artifacts are PUT");
                artifact(path.substring(artifacts.length()), body);
                answer(exchange, 200, "{}");
                return;
            }
            String endpoint = path.replaceFirst("^/api/2.0/mlflow/", "");
            boolean reads = Set.of("experiments/get-by-name", "runs/get").contains(endpoint);
            require(exchange.getRequestMethod().equals(reads ? "GET" : "POST"), "the method of " + endpoint);
            if (!reads) {
                require(
                        "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type")),
                        "the content type");
                require(body.length <= 1_000_000, "at most 1 MB a request");
            }
            JsonNode json = reads ? Server.JSON.createObjectNode() : Server.JSON.readTree(body);
            String answer = switch (endpoint) {
                case "experiments/get-by-name" ->
                    experiment(exchange.getRequestURI().getRawQuery());
                case "experiments/create" -> newExperiment(json);
                case "runs/create" -> newRun(json);
                case "runs/get" -> got(exchange.getRequestURI().getRawQuery());
                case "runs/update" -> update(json);
                case "runs/search" -> search(json);
                case "runs/log-batch" -> log(json);
                default -> throw new Violation("no such endpoint " + endpoint);
            };
            boolean fails = hearsAndFails && !json.path("metrics").isEmpty();
            hearsAndFails &= !fails;
            answer(exchange, fails ? 500 : 200, answer);
        } catch (Missing e) {
            answer(
                    exchange,
                    404,
                    "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"" + e.getMessage() + "\"}");
        } catch (Violation e) {
            violations.add(path + ": " + e.getMessage());
            answer(exchange, 400, "{\"error_code\": \"INVALID_PARAMETER_VALUE\"}");
        }
    }

    private String experiment(String query) {
        require(query.startsWith("experiment_name="), "experiment_name is required");
        String name = URLDecoder.decode(query.substring("experiment_name=".length()), StandardCharsets.UTF_8);
        if (!experiments.containsKey(name)) {
            throw new Missing("no experiment " + name.replace("\"", ""));
        }
        return write(Map.of(
                "experiment",
                Map.of("experiment_id", experiments.get(name), "name", name, "lifecycle_stage", "active")));
    }

    private String newExperiment(JsonNode json) {
        only(json, "name", "artifact_location", "tags");
        String name = text(json, "name");
        require(name.length() <= 500, "an experiment's name has 500 characters at most");
        require(!experiments.containsKey(name), "RESOURCE_ALREADY_EXISTS");
        String id = String.valueOf(experiments.size() + 1);
        experiments.put(name, id);
        return write(Map.of("experiment_id", id));
    }

    private String newRun(JsonNode json) {
        only(json, "experiment_id", "run_name", "start_time", "tags", "user_id");
        String experiment = text(json, "experiment_id");
        require(experiments.containsValue(experiment), "the experiment exists");
        require(json.path("start_time").isIntegralNumber(), "start_time is INT64");
        Told run = new Told("%032x".formatted(runs.size() + 1), experiment);
        tags(run, json.path("tags"));
        runs.put(run.id, run);
        return write(Map.of("run", shown(run)));
    }

    private String got(String query) {
        require(query.startsWith("run_id="), "run_id is required");
        Told run = runs.get(query.substring("run_id=".length()));
        if (run == null) {
            throw new Missing("no such run");
        }
        return write(Map.of("run", shown(run)));
    }

    private String update(JsonNode json) {
        only(json, "run_id", "status", "end_time", "run_name");
        Told run = told(json);
        String status = text(json, "status");
        require(Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED").contains(status), "a status: " + status);
        require(!json.has("end_time") || json.path("end_time").isIntegralNumber(), "end_time is INT64");
        run.status = status;
        run.ended = json.path("end_time").asLong(0);
        return write(Map.of("run_info", Map.of("run_id", run.id, "status", status)));
    }

    /** Of the filters only equality of one tag. */
    private String search(JsonNode json) {
        only(json, "experiment_ids", "filter", "run_view_type", "max_results", "order_by", "page_token");
        require(json.path("experiment_ids").isArray(), "experiment_ids is an array");
        require(json.path("max_results").asInt(1000) <= 50_000, "max_results is 50000 at most");
        require(Set.of("ACTIVE_ONLY", "DELETED_ONLY", "ALL").contains(text(json, "run_view_type")), "run_view_type");
        var filter =
                Pattern.compile("tags\\.`([^`]+)` = (?:'([^']*)'|\"([^\"]*)\")").matcher(text(json, "filter"));
        require(filter.matches(), "a filter: " + text(json, "filter"));
        String value = filter.group(2) == null ? filter.group(3) : filter.group(2);
        List<Told> found = runs.values().stream()
                .filter(run -> json.path("experiment_ids")
                        .valueStream()
                        .anyMatch(id -> id.asString().equals(run.experiment)))
                .filter(run -> value.equals(run.tags.get(filter.group(1))))
                .toList();
        int from = json.path("page_token").asString("").isEmpty() ? 0 : Integer.parseInt(text(json, "page_token"));
        int to = Math.min(
                found.size(), from + Math.min(pageSize, json.path("max_results").asInt(1000)));
        Map<String, Object> page = new TreeMap<>();
        page.put("runs", found.subList(from, to).stream().map(this::shown).toList());
        if (to < found.size()) {
            page.put("next_page_token", String.valueOf(to));
        }
        return write(page);
    }

    private String log(JsonNode json) {
        only(json, "run_id", "metrics", "params", "tags");
        Told run = told(json);
        JsonNode metrics = json.path("metrics");
        JsonNode params = json.path("params");
        require(metrics.size() <= 1000, "at most 1000 metrics, not " + metrics.size());
        require(params.size() <= 100, "at most 100 params, not " + params.size());
        require(metrics.size() + params.size() + json.path("tags").size() <= 1000, "at most 1000 items");
        for (JsonNode metric : metrics) {
            only(metric, "key", "value", "timestamp", "step");
            name(text(metric, "key"));
            JsonNode value = metric.path("value");
            require(
                    value.isNumber() || Set.of("NaN", "Infinity", "-Infinity").contains(value.asString()),
                    "value is DOUBLE: " + value);
            require(metric.path("timestamp").asLong(-1) >= 0, "timestamp is INT64");
            require(metric.path("step").isIntegralNumber(), "step is INT64");
        }
        Set<String> keys = new HashSet<>();
        for (JsonNode param : params) {
            only(param, "key", "value");
            String key = name(text(param, "key"));
            String value = text(param, "value");
            require(keys.add(key), "a param once a request: " + key);
            require(value.length() <= 6000, "a param has 6000 characters at most");
            require(value.equals(run.params.getOrDefault(key, value)), "a param does not change: " + key);
            run.params.put(key, value);
        }
        metrics.forEach(run.metrics::add);
        tags(run, json.path("tags"));
        return "{}";
    }

    private static void tags(Told run, JsonNode tags) {
        require(tags.size() <= 100, "at most 100 tags");
        for (JsonNode tag : tags) {
            only(tag, "key", "value");
            require(text(tag, "value").length() <= 5000, "a tag has 5000 characters at most");
            run.tags.put(name(text(tag, "key")), text(tag, "value"));
        }
    }

    private void artifact(String path, byte[] body) {
        String[] parts = path.split("/", 4);
        require(parts.length == 4 && parts[2].equals("artifacts"), "EXPERIMENT/RUN/artifacts/PATH: " + path);
        require(
                List.of(parts[3].split("/", -1)).stream().noneMatch(Set.of("", ".", "..")::contains),
                "a path: " + path);
        Told run = runs.get(parts[1]);
        require(run != null && run.experiment.equals(parts[0]), "a known run: " + path);
        if (run != null) {
            run.artifacts.put(parts[3], body);
        }
    }

    private Told told(JsonNode json) {
        Told run = runs.get(text(json, "run_id"));
        if (run == null) {
            throw new Violation("a known run");
        }
        return run;
    }

    /** Without values of params, as nobody asks for them. */
    private Map<String, Object> shown(Told run) {
        Map<String, JsonNode> latest = new TreeMap<>();
        run.metrics.forEach(metric -> latest.put(metric.path("key").asString(), metric));
        return Map.of(
                "info",
                Map.of(
                        "run_id",
                        run.id,
                        "experiment_id",
                        run.experiment,
                        "status",
                        run.status,
                        "artifact_uri",
                        artifactRoot + run.experiment + "/" + run.id + "/artifacts",
                        "lifecycle_stage",
                        "active"),
                "data",
                Map.of("metrics", List.copyOf(latest.values()), "params", pairs(run.params), "tags", pairs(run.tags)));
    }

    private static List<Map<String, String>> pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(pair -> Map.of("key", pair.getKey(), "value", pair.getValue()))
                .toList();
    }

    private static String name(String name) {
        require(name.matches("[/\\w.\\- ]+"), "permitted characters: " + name);
        require(name.length() <= 250, "a name has 250 characters at most");
        require(
                Path.of(name).normalize().toString().equals(name) && !name.startsWith("/"),
                "a name that is its own path: " + name);
        return name;
    }

    private static String text(JsonNode json, String field) {
        require(
                json.path(field).isString() && !json.path(field).asString().isEmpty(),
                field + " is required, a STRING");
        return json.path(field).asString();
    }

    private static void only(JsonNode json, String... fields) {
        json.propertyNames().forEach(field -> require(List.of(fields).contains(field), "no field " + field));
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new Violation(rule);
        }
    }

    private static String write(Object value) {
        return Server.JSON.writeValueAsString(value);
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Violation(String rule) {
            super(rule);
        }
    }

    private static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String what) {
            super(what);
        }
    }
}
