package org.obverse.plugins.mlflow;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Tracks in the layout of MLflow's file store, which {@code mlflow ui --backend-store-uri FOLDER} opens:
 *
 * <pre>
 * EXPERIMENT/meta.yaml            name and state
 * EXPERIMENT/RUN/meta.yaml        name, state, times
 * EXPERIMENT/RUN/metrics/KEY      a line "time value step" for each value
 * EXPERIMENT/RUN/params/KEY       the value
 * EXPERIMENT/RUN/tags/KEY         the value
 * EXPERIMENT/RUN/artifacts/       files
 * </pre>
 */
final class FolderStore implements Store {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .build();
    private static final String META = "meta.yaml";
    private static final String ACTIVE = "active";
    private static final int LOCAL = 4;

    private final Path root;

    FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public boolean answers() {
        return Files.isWritable(root);
    }

    /** A new folder gets the experiment 0 too, which MLflow expects. */
    @Override
    public String experiment(String name, long time) throws IOException {
        if (!Files.isDirectory(root)) {
            make("0", "Default", time);
        }
        for (Path folder : folders(root)) {
            Map<String, Object> meta = meta(folder);
            if (name.equals(meta.get("name")) && ACTIVE.equals(meta.get("lifecycle_stage"))) {
                return String.valueOf(meta.get("experiment_id"));
            }
        }
        String id = new BigInteger(hash(name, time).substring(0, 14), 16).toString();
        make(id, name, time);
        return id;
    }

    private void make(String id, String name, long time) throws IOException {
        Path folder = Files.createDirectories(root.resolve(id));
        Map<String, Object> meta = new TreeMap<>();
        meta.put("artifact_location", address(folder));
        meta.put("creation_time", time);
        meta.put("experiment_id", id);
        meta.put("last_update_time", time);
        meta.put("lifecycle_stage", ACTIVE);
        meta.put("name", name);
        write(folder, meta);
    }

    @Override
    public List<Run> runs(String experiment, String tag, String value) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (Path folder : folders(root.resolve(experiment))) {
            Map<String, Object> meta = meta(folder);
            Path told = folder.resolve("tags").resolve(tag);
            if (ACTIVE.equals(meta.get("lifecycle_stage"))
                    && Files.isRegularFile(told)
                    && Files.readString(told).equals(value)) {
                runs.add(run(folder, meta));
            }
        }
        return runs;
    }

    private static Run run(Path folder, Map<String, Object> meta) throws IOException {
        Map<String, Long> steps = new LinkedHashMap<>();
        for (String key : keys(folder.resolve("metrics"))) {
            lastStep(folder.resolve("metrics").resolve(key)).ifPresent(step -> steps.put(key, step));
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (String key : keys(folder.resolve("tags"))) {
            tags.put(key, Files.readString(folder.resolve("tags").resolve(key)));
        }
        return new Run(
                String.valueOf(meta.get("run_id")),
                String.valueOf(meta.get("experiment_id")),
                String.valueOf(meta.get("run_name")),
                String.valueOf(meta.get("artifact_uri")),
                tags,
                keys(folder.resolve("params")),
                steps);
    }

    /** What a kill left of the last line is cut off. */
    private static Optional<Long> lastStep(Path metric) throws IOException {
        String text = Files.readString(metric);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (whole.length() < text.length()) {
            Files.writeString(metric, whole);
        }
        return whole.lines().reduce((earlier, later) -> later).map(line -> Long.valueOf(line.split(" ", -1)[2]));
    }

    private static Set<String> keys(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public Run create(String experiment, String name, Map<String, String> tags, long time) throws IOException {
        String id = hash(experiment + name + tags, time).substring(0, 32);
        Path folder = root.resolve(experiment).resolve(id);
        for (String part : List.of("artifacts", "metrics", "params", "tags")) {
            Files.createDirectories(folder.resolve(part));
        }
        Run run = new Run(id, experiment, name, address(folder.resolve("artifacts")), tags, Set.of(), Map.of());
        log(run, List.of(), Map.of(), tags);
        Map<String, Object> meta = new TreeMap<>();
        meta.put("artifact_uri", run.artifacts());
        meta.put("end_time", null);
        meta.put("entry_point_name", "");
        meta.put("experiment_id", experiment);
        meta.put("lifecycle_stage", ACTIVE);
        meta.put("run_id", id);
        meta.put("run_name", name);
        meta.put("run_uuid", id);
        meta.put("source_name", "");
        meta.put("source_type", LOCAL);
        meta.put("source_version", "");
        meta.put("start_time", time);
        meta.put("status", Status.RUNNING.number);
        meta.put("tags", List.of());
        meta.put("user_id", "");
        write(folder, meta);
        return run;
    }

    @Override
    public Run known(Run run) throws IOException {
        return run(folder(run), meta(folder(run)));
    }

    @Override
    public void update(Run run, Status status, long time) throws IOException {
        Map<String, Object> meta = new TreeMap<>(meta(folder(run)));
        meta.put("status", status.number);
        meta.put("end_time", status == Status.RUNNING ? null : time);
        write(folder(run), meta);
    }

    @Override
    public void log(Run run, List<Metric> metrics, Map<String, String> params, Map<String, String> tags)
            throws IOException {
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            lines.computeIfAbsent(metric.key(), key -> new StringBuilder())
                    .append("%d %s %d\n".formatted(metric.time(), metric.value(), metric.step()));
        }
        for (Map.Entry<String, StringBuilder> metric : lines.entrySet()) {
            Path file = file(run, "metrics", metric.getKey());
            Files.writeString(file, metric.getValue(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        for (Map.Entry<String, String> param : params.entrySet()) {
            Files.writeString(file(run, "params", param.getKey()), param.getValue());
        }
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            Files.writeString(file(run, "tags", tag.getKey()), tag.getValue());
        }
    }

    @Override
    public void attach(Run run, String name, byte[] content) throws IOException {
        Files.write(file(run, "artifacts", name), content);
    }

    private Path file(Run run, String part, String key) throws IOException {
        Path file = folder(run).resolve(part).resolve(key);
        Files.createDirectories(file.resolveSibling(""));
        return file;
    }

    private Path folder(Run run) {
        return root.resolve(run.experiment()).resolve(run.id());
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(folder -> Files.isRegularFile(folder.resolve(META)))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Object> meta(Path folder) throws IOException {
        Path file = folder.resolve(META);
        try {
            Map<String, Object> meta = new TreeMap<>();
            YAML.readTree(Files.readString(file))
                    .properties()
                    .forEach(entry -> meta.put(entry.getKey(), YAML.treeToValue(entry.getValue(), Object.class)));
            return meta;
        } catch (JacksonException e) {
            throw new RefusedException(file + " is damaged: " + e.getOriginalMessage());
        }
    }

    private static void write(Path folder, Map<String, Object> meta) throws IOException {
        Path written = Files.writeString(folder.resolve(META + ".new"), YAML.writeValueAsString(meta));
        Files.move(written, folder.resolve(META), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Without a slash at the end, as MLflow appends to it. */
    private static String address(Path folder) {
        String uri = folder.toUri().toString();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private static String hash(String text, long time) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((text + "\n" + time).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
