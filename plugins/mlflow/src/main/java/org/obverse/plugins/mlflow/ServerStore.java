package org.obverse.plugins.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tracks over <a href="https://mlflow.org/docs/latest/rest-api.html">MLflow's REST API 2.0</a>. */
final class ServerStore implements Store {
    private static final int PAGE = 1000;

    private final Server server;

    ServerStore(Server server) {
        this.server = server;
    }

    @Override
    public String name() {
        return server.address().toString();
    }

    @Override
    public boolean answers() throws InterruptedException {
        try {
            server.get("experiments/get-by-name", "experiment_name=Default");
            return true;
        } catch (RefusedException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String experiment(String name, long time) throws IOException, InterruptedException {
        try {
            JsonNode found = server.get(
                            "experiments/get-by-name",
                            "experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .path("experiment");
            if (found.path("lifecycle_stage").asString("active").equals("deleted")) {
                throw new RefusedException("the experiment '" + name + "' is deleted there; restore it, or give the run"
                        + " another name");
            }
            return required(found, "experiment_id");
        } catch (Server.MissingException e) {
            return required(server.post("experiments/create", Map.of("name", name)), "experiment_id");
        }
    }

    @Override
    public List<Run> runs(String experiment, String tag, String value) throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        Map<String, Object> query = new HashMap<>(Map.of(
                "experiment_ids",
                List.of(experiment),
                "filter",
                "tags.`" + tag + "` = " + quoted(value),
                "run_view_type",
                "ACTIVE_ONLY",
                "max_results",
                PAGE));
        String next = "";
        do {
            if (!next.isEmpty()) {
                query.put("page_token", next);
            }
            JsonNode page = server.post("runs/search", query);
            for (JsonNode run : page.path("runs")) {
                runs.add(run(run));
            }
            next = page.path("next_page_token").asString("");
        } while (!next.isEmpty());
        return runs;
    }

    /** MLflow's filters know no escapes. */
    private static String quoted(String value) throws RefusedException {
        if (value.contains("'") && value.contains("\"")) {
            throw new RefusedException("no run can be looked up by " + value + "; give the run another name");
        }
        return value.contains("'") ? '"' + value + '"' : "'" + value + "'";
    }

    @Override
    public Run create(String experiment, String name, Map<String, String> tags, long time)
            throws IOException, InterruptedException {
        return run(server.post(
                        "runs/create",
                        Map.of(
                                "experiment_id",
                                experiment,
                                "run_name",
                                name,
                                "start_time",
                                time,
                                "tags",
                                entries(tags)))
                .path("run"));
    }

    @Override
    public Run known(Run run) throws IOException, InterruptedException {
        return run(server.get("runs/get", "run_id=" + URLEncoder.encode(run.id(), StandardCharsets.UTF_8))
                .path("run"));
    }

    @Override
    public void update(Run run, Status status, long time) throws IOException, InterruptedException {
        Map<String, Object> update = new HashMap<>(Map.of("run_id", run.id(), "status", status.name()));
        if (status != Status.RUNNING) {
            update.put("end_time", time);
        }
        server.post("runs/update", update);
    }

    @Override
    public void log(Run run, List<Metric> metrics, Map<String, String> params, Map<String, String> tags)
            throws IOException, InterruptedException {
        server.post(
                "runs/log-batch",
                Map.of(
                        "run_id",
                        run.id(),
                        "metrics",
                        metrics.stream().map(ServerStore::entry).toList(),
                        "params",
                        entries(params),
                        "tags",
                        entries(tags)));
    }

    /** What JSON has no number for is a text in Protocol Buffers' JSON. */
    private static Map<String, Object> entry(Metric metric) {
        Object value = Double.isFinite(metric.value()) ? (Object) metric.value() : String.valueOf(metric.value());
        return Map.of("key", metric.key(), "value", value, "timestamp", metric.time(), "step", metric.step());
    }

    private static List<Map<String, String>> entries(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> Map.of("key", pair.getKey(), "value", pair.getValue()))
                .toList();
    }

    private static Run run(JsonNode run) throws IOException {
        JsonNode info = run.path("info");
        JsonNode data = run.path("data");
        Map<String, Long> steps = new HashMap<>();
        for (JsonNode metric : data.path("metrics")) {
            steps.put(required(metric, "key"), metric.path("step").asLong(0));
        }
        return new Run(
                required(info, "run_id"),
                required(info, "experiment_id"),
                info.path("run_name").asString(""),
                info.path("artifact_uri").asString(""),
                pairs(data.path("tags")),
                pairs(data.path("params")).keySet(),
                steps);
    }

    private static Map<String, String> pairs(JsonNode entries) throws IOException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            pairs.put(required(entry, "key"), entry.path("value").asString(""));
        }
        return pairs;
    }

    private static String required(JsonNode node, String field) throws IOException {
        String value = node.path(field).asString("");
        if (value.isEmpty()) {
            throw new RefusedException("the answer has no " + field + ": is it an MLflow server?");
        }
        return value;
    }

    /** Over the server's own proxy, or into its folder if it runs on this machine. */
    @Override
    public void attach(Run run, String name, byte[] content) throws IOException, InterruptedException {
        URI artifacts = URI.create(run.artifacts().replace(" ", "%20"));
        String scheme = String.valueOf(artifacts.getScheme());
        boolean isElsewhere = artifacts.getAuthority() != null
                && !artifacts.getAuthority().equals(server.address().getAuthority());
        if (scheme.equals("mlflow-artifacts") && !isElsewhere) {
            String folder = Arrays.stream(artifacts.getRawPath().split("/"))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("/"));
            server.put(folder + "/" + name, content);
        } else if (scheme.equals("file") && isOnThisMachine()) {
            Path file = Path.of(URI.create("file://" + artifacts.getRawPath())).resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, content);
        } else {
            throw new RefusedException("artifacts lie at '" + run.artifacts() + "', where only MLflow's own client"
                    + " writes, and stay behind; start the server with --serve-artifacts");
        }
    }

    private boolean isOnThisMachine() {
        String host = String.valueOf(server.address().getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
