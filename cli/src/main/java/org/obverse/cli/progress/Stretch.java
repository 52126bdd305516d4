package org.obverse.cli.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;

/** The units of a study that fill the same slot, seen as one piece of work. */
final class Stretch {
    private static final Set<String> STAGES = Set.of("sample", "optimize", "select");
    private static final String METRIC = "metric";

    private final String slot;
    private final List<UnitName> units = new ArrayList<>();
    private final Map<UnitName, Double> shares = new HashMap<>();
    private final Map<UnitName, Long> counts = new HashMap<>();
    private final Map<String, Double> figures = new TreeMap<>();
    private final Set<UnitName> settled = new HashSet<>();
    private Optional<UnitName> latest = Optional.empty();
    private String position = "";
    private long began;
    private double before;
    private boolean running;

    Stretch(String slot) {
        this.slot = slot;
    }

    void add(UnitName unit) {
        units.add(unit);
    }

    void begin(UnitName unit, long now) {
        turnTo(unit);
        if (!running) {
            running = true;
            began = now;
            before = share();
        }
    }

    /** Stages sum up their units; of others the latest is shown. */
    private void turnTo(UnitName unit) {
        if (!isStage() && !latest.equals(Optional.of(unit))) {
            latest = Optional.of(unit);
            position = "";
            figures.clear();
        }
    }

    void progress(Progress.OfUnit progress) {
        turnTo(progress.unit());
        shares.put(
                progress.unit(), progress.total() > 0 ? Math.min(1, (double) progress.done() / progress.total()) : 0);
        counts.put(progress.unit(), progress.done());
        position = progress.done() + "/" + progress.total();
        figures.putAll(progress.figures());
    }

    /** Finished, or failed. */
    void settle(UnitName unit) {
        settled.add(unit);
        shares.put(unit, 1.0);
    }

    /** What is done of it is lost. */
    void retreat(UnitName unit) {
        shares.remove(unit);
        counts.remove(unit);
        position = "";
        figures.clear();
    }

    boolean isRunning() {
        return running && settled.size() < units.size();
    }

    private double share() {
        double sum = shares.values().stream().mapToDouble(share -> share).sum();
        return sum / units.size();
    }

    /** Such as {@code optimize 103/250 classes, loss 0.213, 312 images/s, 0:32 left}. */
    String text(long now) {
        List<String> parts = new ArrayList<>();
        parts.add(
                isStage()
                        ? slot + " " + classes()
                        : latest.map(UnitName::toString).orElse(slot) + (position.isEmpty() ? "" : " " + position));
        figures.forEach((name, value) -> parts.add(name + " " + Figures.shortest(value)));
        double seconds = (now - began) / 1e9;
        long images = counts.values().stream().mapToLong(count -> count).sum();
        if (isStage() && seconds > 1 && images > 0) {
            parts.add(Math.round(images / seconds) + " images/s");
        }
        if (!slot.equals(METRIC)) {
            parts.addAll(Figures.left(seconds, (share() - before) / (1 - before)));
        }
        return String.join(", ", parts);
    }

    private boolean isStage() {
        return STAGES.contains(slot);
    }

    private String classes() {
        int all = units.stream().mapToInt(unit -> unit.classes().size()).sum();
        double done = units.stream()
                .mapToDouble(unit -> unit.classes().size() * shares.getOrDefault(unit, 0.0))
                .sum();
        return (int) done + "/" + all + " classes";
    }
}
