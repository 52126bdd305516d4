package org.obverse.engine.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.obverse.api.control.Control.Role;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.control.ControlUnit;
import org.obverse.engine.control.ControlUse;
import org.obverse.engine.product.ProductForm;
import org.obverse.engine.record.Score.Subject;
import org.obverse.engine.record.StudyEvents.Made;
import org.obverse.engine.unit.MetricUse;

/**
 * Reads what became of the controls of one cell.
 *
 * @param plan of the cell
 * @param artifact of a finished unit
 * @param scorer opens what a metric said
 */
record ControlReader(Node plan, StudyEvents events, Function<Made, Artifact> artifact, Scorer scorer) {
    /** Opens what a metric said. */
    interface Scorer {
        Score score(String metric, Subject subject, Artifact artifact);
    }

    /**
     * @param units of the cell by their printed names, in their order, finished or not
     */
    List<MeasuredControl> read(Collection<String> units) {
        List<MeasuredControl> controls = new ArrayList<>();
        for (String unit : units) {
            events.made(unit)
                    .filter(made -> made.slot().startsWith(ControlUse.SLOT))
                    .ifPresent(made -> controls.add(control(made, units)));
        }
        return controls;
    }

    private MeasuredControl control(Made made, Collection<String> units) {
        Artifact candidates = artifact.apply(made);
        return new MeasuredControl(
                made.component(),
                Role.valueOf(ProductForm.text(candidates, ControlUnit.ROLE).toUpperCase(Locale.ROOT)),
                made.summary().figures().getOrDefault("candidates", 0.0).intValue(),
                made.summary().queries(),
                scores(MetricUse.OF_CONTROL + made.component() + "/", units));
    }

    private List<Score> scores(String slot, Collection<String> units) {
        Map<String, Deque<String>> names = names();
        List<Score> scores = new ArrayList<>();
        for (String unit : units) {
            if (unit.startsWith(slot)) {
                String component = events.component(unit);
                Deque<String> left = names.computeIfAbsent(component, any -> new ArrayDeque<>());
                String name = left.isEmpty() ? component : left.remove();
                events.made(unit)
                        .ifPresent(made -> scores.add(scorer.score(name, Subject.ATTACK, artifact.apply(made))));
            }
        }
        return scores;
    }

    /** As the attack's scores are called; those of an earlier stage are not measured of controls. */
    private Map<String, Deque<String>> names() {
        Map<String, Integer> seen = new HashMap<>();
        Map<String, Deque<String>> names = new LinkedHashMap<>();
        List<Node> metrics =
                plan.child("metrics").orElse(Node.nothing()) instanceof Sequence listed ? listed.items() : List.of();
        for (Node metric : metrics) {
            String component =
                    metric.child("use").map(use -> String.valueOf(use.plain())).orElse("");
            int number = seen.merge(component, 1, Integer::sum);
            if (metric.child("of").isEmpty()) {
                names.computeIfAbsent(component, any -> new ArrayDeque<>())
                        .add(component + (number == 1 ? "" : "/" + number));
            }
        }
        return names;
    }
}
