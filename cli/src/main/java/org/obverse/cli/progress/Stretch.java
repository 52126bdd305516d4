package org.obverse.cli.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.obverse.engine.run.Slot;
import org.obverse.engine.run.Unit;

/** The units of one cell that fill the same slot, seen as one piece of work. */
final class Stretch {
    private final Slot slot;
    private final List<Unit> units = new ArrayList<>();
    private final Map<String, Double> shares = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Double> figures = new TreeMap<>();
    private final Set<String> finished = new HashSet<>();
    private String latest = "";
    private String position = "";
    private long began;
    private boolean running;

    Stretch(Slot slot) {
        this.slot = slot;
    }

    void add(Unit unit) {
        units.add(unit);
    }

    void begin(String unit, long now) {
        turnTo(unit);
        if (!running) {
            running = true;
            began = now;
        }
    }

    /** Stages sum up their units; of others the latest is shown. */
    private void turnTo(String unit) {
        if (!isStage() && !unit.equals(latest)) {
            latest = unit;
            position = "";
            figures.clear();
        }
    }

    void progress(Unit unit, long done, long total, Map<String, Double> current) {
        turnTo(unit.id());
        shares.put(unit.id(), total > 0 ? Math.min(1, (double) done / total) : 0);
        counts.put(unit.id(), done);
        position = done + "/" + total;
        figures.putAll(current);
    }

    void finish(String unit) {
        finished.add(unit);
        shares.put(unit, 1.0);
    }

    boolean isRunning() {
        return running && finished.size() < units.size();
    }

    private double share() {
        double sum = shares.values().stream().mapToDouble(share -> share).sum();
        return sum / units.size();
    }

    /** Such as {@code optimize 103/250 classes, loss 0.213, 312 images/s, 0:32 left}. */
    String text(long now) {
        List<String> parts = new ArrayList<>();
        parts.add(isStage() ? label() + " " + classes() : latest + (position.isEmpty() ? "" : " " + position));
        figures.forEach((name, value) -> parts.add(name + " " + Figures.shortest(value)));
        double seconds = (now - began) / 1e9;
        long images = counts.values().stream().mapToLong(count -> count).sum();
        if (isStage() && seconds > 1 && images > 0) {
            parts.add(Math.round(images / seconds) + " images/s");
        }
        if (slot != Slot.METRIC) {
            parts.addAll(Figures.left(seconds, share()));
        }
        return String.join(", ", parts);
    }

    private boolean isStage() {
        return switch (slot) {
            case SAMPLE, OPTIMIZE, SELECT -> true;
            default -> false;
        };
    }

    private String label() {
        return slot.name().toLowerCase(Locale.ROOT);
    }

    private String classes() {
        int all = units.stream().mapToInt(unit -> unit.classes().size()).sum();
        double done = units.stream()
                .mapToDouble(unit -> unit.classes().size() * shares.getOrDefault(unit.id(), 0.0))
                .sum();
        return (int) done + "/" + all + " classes";
    }
}
