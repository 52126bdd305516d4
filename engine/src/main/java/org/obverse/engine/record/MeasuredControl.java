package org.obverse.engine.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.control.Control.Role;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.engine.record.Score.Measured;

/**
 * What metrics found of a control: figures to be shown beside those of the attack, never among them.
 *
 * @param name of the control
 * @param candidates that it delivered
 * @param queries how many images it asked the target about, by kind of question
 * @param scores one per metric that is done, under the names that the attack's scores have
 */
public record MeasuredControl(String name, Role role, int candidates, Map<String, Long> queries, List<Score> scores) {
    public MeasuredControl {
        queries = Collections.unmodifiableMap(new LinkedHashMap<>(queries));
        scores = List.copyOf(scores);
    }

    /** For rows of tables, such as {@code null: best-of-n}. */
    public String label() {
        return (role == Role.NULL ? "null: " : "ceiling: ") + name;
    }

    /**
     * A figure, if it was measured.
     *
     * @param metric as {@link Score#metric} names it
     */
    public Optional<Double> figure(String metric, String figure) {
        return scores.stream()
                .filter(score -> score.metric().equals(metric))
                .filter(Measured.class::isInstance)
                .flatMap(score -> ((Measured) score).figures().stream())
                .filter(found -> found.name().equals(figure))
                .map(Figure::value)
                .findFirst();
    }

    MeasuredControl withoutPictures() {
        return new MeasuredControl(
                name,
                role,
                candidates,
                queries,
                scores.stream().map(Score::withoutPictures).toList());
    }
}
