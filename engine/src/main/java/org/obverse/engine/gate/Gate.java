package org.obverse.engine.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.product.MetricResult;

/**
 * Stands before a metric: what would prove nothing is not measured, unless the plan accepts that.
 *
 * @param accepted by the plan
 * @param study what is against all of the study and is accepted
 */
public record Gate(Set<Ground> accepted, List<Objection> study) {
    public Gate {
        accepted = Set.copyOf(accepted);
        study = List.copyOf(study);
    }

    /** That of a metric which judges no attack: of all that can be accepted, too few images alone are against it. */
    public Gate ofImagesAlone() {
        Set<Ground> few = accepted.contains(Ground.TOO_FEW_SAMPLES) ? Set.of(Ground.TOO_FEW_SAMPLES) : Set.of();
        return new Gate(few, List.of());
    }

    /** A metric at work. */
    @FunctionalInterface
    public interface Measuring {
        Measurement measure() throws MetricFailedException;
    }

    /** Those that the plan does not accept. */
    public List<Objection> open(List<Objection> objections) {
        return objections.stream()
                .filter(objection -> !accepted.contains(objection.ground()))
                .toList();
    }

    /** What becomes of a metric with all this against it. */
    public MetricResult pass(List<Objection> objections, Measuring metric) {
        List<Objection> open = open(objections);
        if (!open.isEmpty()) {
            return new MetricResult.Refused(open);
        }
        List<Objection> all = new ArrayList<>(study);
        all.addAll(objections);
        try {
            return new MetricResult.Measured(metric.measure(), all);
        } catch (MetricFailedException e) {
            return new MetricResult.Undefined(String.valueOf(e.getMessage()));
        }
    }

    /** What a result depends on: the names of what is accepted, and what that is in this study; empty if nothing is. */
    public String text() {
        return accepted.stream().map(Ground::label).sorted().collect(Collectors.joining(", "))
                + study.stream().map(Objection::finding).collect(Collectors.joining());
    }
}
