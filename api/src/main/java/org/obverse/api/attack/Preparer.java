package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;

/**
 * The stage that trains what the search needs, once for all attacked classes.
 *
 * <p>A preparer that declares access to the target is called once per target: its result is keyed by the target's
 * fingerprint, so what was made against one model cannot be used against another. One that declares none never learns
 * anything of the target, and all targets share its result.
 *
 * <p>A preparer that declares that it needs a generator, with {@code Requirements.generator}, works with the plan's and
 * may pass it on. One that declares none makes the attack's generator, and the plan need not have one.
 */
public interface Preparer {
    /** Trains; called once. */
    Made prepare(StageContext context);

    /**
     * Builds networks from the tensors of what {@link #prepare} returned, in this run or in an earlier one.
     *
     * @param planned the plan's generator; if the component did not declare that it needs one, every call of it throws
     *     an {@link IllegalArgumentException}
     */
    Prepared open(ParameterSource tensors, Generator planned);

    /**
     * What was made.
     *
     * @param tensors of everything, by names of its own
     * @param figures what there is to be told of it, with names of their own and finite values; the terminal, the report and its exports
     *     show them
     */
    record Made(Map<String, NDArray> tensors, List<Figure> figures) {
        public Made {
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
            figures = List.copyOf(figures);
            Set<String> names = new HashSet<>();
            for (Figure figure : figures) {
                if (!Double.isFinite(figure.value()) || !names.add(figure.name())) {
                    throw new IllegalArgumentException(
                            "the figure '" + figure.name() + "' is told twice, or is not finite: " + figures);
                }
            }
        }

        /** Without figures. */
        public static Made of(Map<String, NDArray> tensors) {
            return new Made(tensors, List.of());
        }
    }

    /**
     * A number that says how good something is that was prepared.
     *
     * @param name such as {@code agreement of surrogate-0}
     * @param unit as that of a metric's figure, such as {@code fraction}
     * @param least below it what was prepared is of no use, which is told as a warning; negative infinity if no value is too low
     */
    record Figure(String name, double value, String unit, double least) {
        /** One of which no value is too low. */
        public static Figure of(String name, double value, String unit) {
            return new Figure(name, value, unit, Double.NEGATIVE_INFINITY);
        }

        @JsonIgnore
        public boolean isTooLow() {
            return value < least;
        }
    }

    /**
     * What later stages see.
     *
     * @param generator in place of the plan's; the plan's own if that was declared and none was made
     * @param networks surrogates and the like, by name: exactly those that it declared with {@code Requirements.prepares}
     */
    record Prepared(Generator generator, Map<String, Classifier> networks) {}
}
