package org.obverse.engine.plan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.defense.LabelEncoder;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.defense.ParameterPolicy;
import org.obverse.api.defense.Schedule;
import org.obverse.api.network.Activations;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;

/** Parts of defenses that change nothing. */
final class FixtureDefenses {
    private FixtureDefenses() {}

    /** Strength 0 before an absolute epoch, alpha from it on. */
    record Smoothing(double alpha, int from) implements LabelEncoder {
        @Override
        public NDArray encode(NDArray labels, int classes, Epoch epoch) {
            return labels;
        }

        @Override
        public Schedule schedule() {
            return new Step(alpha, from);
        }
    }

    record Step(double finalValue, int from) implements Schedule {
        @Override
        public double value(Epoch epoch) {
            return epoch.index() >= from ? finalValue : 0;
        }
    }

    record Tapping(String tap) implements LossTerm {
        @Override
        public Set<String> taps() {
            return Set.of(tap);
        }

        @Override
        public double weight() {
            return 1;
        }

        @Override
        public Role role() {
            return Role.BESIDE_CROSS_ENTROPY;
        }

        @Override
        public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
            return targets;
        }
    }

    record Replacing(double weight) implements LossTerm {
        @Override
        public Set<String> taps() {
            return Set.of();
        }

        @Override
        public Role role() {
            return Role.INSTEAD_OF_CROSS_ENTROPY;
        }

        @Override
        public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
            return targets;
        }
    }

    record Bounding() implements GradientPolicy.OfSamples {
        @Override
        public NDArray factors(NDArray norms) {
            return norms;
        }

        @Override
        public NDList combine(NDList sum, double expected, RandomStream random) {
            return sum;
        }

        @Override
        public Map<String, Double> figures(double rate, long steps) {
            return Map.of();
        }
    }

    /** Pictures of others in each, or pictures as they are. */
    record Mixing(double share) implements DataTransform {
        @Override
        public Batch transform(Batch batch, Epoch epoch, RandomStream random) {
            return batch;
        }

        @Override
        public boolean mixesSamples() {
            return share > 0;
        }
    }

    /** A term of the batch. */
    record Coupling(double weight) implements LossTerm {
        @Override
        public Set<String> taps() {
            return Set.of();
        }

        @Override
        public Role role() {
            return Role.BESIDE_CROSS_ENTROPY;
        }

        @Override
        public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
            return targets.sum();
        }

        @Override
        public boolean mixesSamples() {
            return true;
        }
    }

    /** All but weights of a beginning stay as a file has them. */
    record Transferring(String only) implements ParameterPolicy {
        @Override
        public boolean trains(String weight, Epoch epoch) {
            return weight.startsWith(only);
        }

        @Override
        public boolean needsPretrained() {
            return true;
        }

        @Override
        public List<Problem> check(Set<String> weights) {
            return only.equals("unknown") ? List.of(new Problem("tap", "unknown", "name " + weights)) : List.of();
        }
    }

    /** A companion that is never begun. */
    record Appending(double weight) implements Companion {
        @Override
        public Session begin(Setting setting) {
            throw new IllegalStateException("nothing is trained here");
        }
    }

    record Choosing() implements CheckpointPolicy {
        @Override
        public double validation() {
            return 0;
        }

        @Override
        public Verdict judge(Epoch epoch, double accuracy) {
            return Verdict.CONTINUE;
        }
    }

    record Rounding() implements OutputFilter {
        @Override
        public Access limit() {
            return Access.LABELS;
        }

        @Override
        public NDArray filter(NDArray logits, RandomStream noise) {
            return logits;
        }
    }
}
