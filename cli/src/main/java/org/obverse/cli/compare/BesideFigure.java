package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.cli.figure.Estimate;

/**
 * What stands below an attack's figure of two sides.
 *
 * @param label such as {@code null: best-of-n}
 * @param baseline of the first side; undefined if it has none
 * @param other of the second; likewise
 */
public record BesideFigure(String label, Estimate baseline, Estimate other) {
    static List<BesideFigure> of(Map<String, Estimate> baseline, Map<String, Estimate> other) {
        Set<String> labels = new LinkedHashSet<>(baseline.keySet());
        labels.addAll(other.keySet());
        labels.remove(ControlFigures.NORMALISED);
        List<String> rows = new ArrayList<>(labels);
        if (baseline.containsKey(ControlFigures.NORMALISED) || other.containsKey(ControlFigures.NORMALISED)) {
            rows.add(ControlFigures.NORMALISED);
        }
        return rows.stream()
                .map(label -> new BesideFigure(
                        label, baseline.getOrDefault(label, Estimate.NONE), other.getOrDefault(label, Estimate.NONE)))
                .toList();
    }
}
