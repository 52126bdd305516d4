package org.obverse.plugins.mlflow;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A study as MLflow is told of it: one run per cell. Taken from the view of the run once, as it is planned. */
record StudyPlan(String name, Path folder, List<PlannedCell> cells) {
    static final String STUDY = "obverse.run";
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /**
     * A cell.
     *
     * @param labels the first part of its units' metrics: the slot, a metric's component too, and a number where several are alike
     */
    record PlannedCell(String name, String plan, Map<UnitName, String> labels) {}

    static StudyPlan of(RunFact.Planned fact, RunView run) {
        Map<UnitName, String> components = new HashMap<>();
        fact.units().forEach(unit -> components.put(unit.unit(), unit.component()));
        List<PlannedCell> cells = new ArrayList<>();
        for (RunView.Cell cell : run.cells()) {
            cells.add(new PlannedCell(cell.name(), cell.plan(), labels(cell.units(), components)));
        }
        return new StudyPlan(run.name(), run.folder().toAbsolutePath().normalize(), cells);
    }

    /** Numbers within the cell, so that the runs of two cells can be compared. */
    private static Map<UnitName, String> labels(List<UnitName> units, Map<UnitName, String> components) {
        Map<String, List<UnitName>> alike = new LinkedHashMap<>();
        for (UnitName unit : units) {
            String label = unit.slot().startsWith("metric")
                    ? unit.slot() + "/" + components.getOrDefault(unit, "")
                    : unit.slot();
            alike.computeIfAbsent(label, any -> new ArrayList<>()).add(unit);
        }
        Map<UnitName, String> labels = new LinkedHashMap<>();
        alike.forEach((label, same) -> {
            for (int i = 0; i < same.size(); i++) {
                labels.put(same.get(i), same.size() == 1 ? label : label + "/" + i);
            }
        });
        return labels;
    }

    /** What a cell's run is found by again: the study, its folder, the cell and its plan. */
    Map<String, String> identity(PlannedCell cell) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(STUDY, Limits.cut(name, Limits.TAG));
        tags.put("obverse.folder", Limits.cut(folder.toString(), Limits.TAG));
        tags.put("obverse.cell", Limits.cut(cell.name(), Limits.TAG));
        tags.put("obverse.plan", hash(cell.plan()));
        return tags;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A plan's keys, dotted, with what they hold; what is empty is written as in a plan. */
    static Map<String, String> params(String plan) {
        Map<String, String> params = new LinkedHashMap<>();
        flatten("", YAML.readTree(plan), params);
        return params;
    }

    private static void flatten(String key, JsonNode node, Map<String, String> params) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(entry -> flatten(join(key, entry.getKey()), entry.getValue(), params));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isContainer()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(join(key, String.valueOf(i)), node.get(i), params);
            }
        } else if (!key.isEmpty()) {
            String text = node.isString() && !node.asString().isEmpty() ? node.asString() : node.toString();
            params.put(Limits.name(key), Limits.cut(text, Limits.PARAM));
        }
    }

    private static String join(String key, String next) {
        return key.isEmpty() ? next : key + "." + next;
    }
}
