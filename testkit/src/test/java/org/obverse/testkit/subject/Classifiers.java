package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.network.WeightUse;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;

/** A layer of tanh, which drops out in training, under a linear head. */
record Classifiers(Fault fault, double scale) implements ClassifierArchitecture {
    private static final int WIDTH = 8;

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        WRONG_TAP("taps-have-their-shapes"),
        COUNTS_IN_EVALUATION("evaluation-does-not-depend-on-recording"),
        DROPS_OUT_WHILE_RECORDING("evaluation-does-not-depend-on-recording-2"),
        STATISTICS_OF_THE_BATCH("samples-are-judged-alone"),
        WEIGHT_WITHOUT_GRADIENT("gradients-reach-images-and-weights"),
        TELLS_OF_ANOTHER_INPUT("told-weights-give-the-gradients-of-samples"),
        LEAKS_PER_PASS("nothing-is-left-open");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, ClassifierArchitecture> subjects() {
        return new Subjects<>(
                Kind.CLASSIFIER,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) -> new Classifiers(fault, weight));
    }

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        NDArray hidden = parameters.weight("hidden", new Shape(input.size(), WIDTH), Initial.normal(scale));
        NDArray head = parameters.weight("head", new Shape(classes, WIDTH), Initial.normal(1));
        NDArray passes = parameters.buffer("passes", new Shape(1), Initial.constant(0));
        if (fault == Fault.WEIGHT_WITHOUT_GRADIENT) {
            parameters.weight("idle", new Shape(WIDTH), Initial.normal(1));
        }
        return new Network(fault, input, classes, parameters, hidden, head, passes);
    }

    private record Network(
            Fault fault, Shape input, int classes, Parameters parameters, NDArray hidden, NDArray head, NDArray passes)
            implements Classifier {
        @Override
        public List<Tap> taps() {
            return List.of(new Tap(Tap.PENULTIMATE, new Shape(fault == Fault.WRONG_TAP ? WIDTH + 1 : WIDTH)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            if (pass.trains() || fault == Fault.COUNTS_IN_EVALUATION) {
                passes.addi(1);
            }
            if (fault == Fault.LEAKS_PER_PASS) {
                NDScope.unregister(parameters.manager().create(1f));
            }
            NDArray features =
                    centred(images).reshape(-1, input.size()).matMul(hidden).tanh();
            boolean recording = fault == Fault.DROPS_OUT_WHILE_RECORDING && images.hasGradient();
            NDArray kept = pass.trains() || recording ? features.mul(mask(features, pass)) : features;
            NDArray logits = kept.matMul(head.transpose());
            NDArray told = fault == Fault.TELLS_OF_ANOTHER_INPUT ? kept.mul(2) : kept;
            pass.tell(new WeightUse.Product(head, told, logits));
            return new Activations(logits, Map.of(Tap.PENULTIMATE, features));
        }

        private NDArray centred(NDArray images) {
            return fault == Fault.STATISTICS_OF_THE_BATCH
                    ? images.sub(images.mean(new int[] {0}, true).mul(0.5))
                    : images;
        }

        private static NDArray mask(NDArray features, Pass pass) {
            float[] values = new float[(int) features.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = pass.noise().uniform() < 0.25 ? 0 : 4 / 3f;
            }
            return features.getManager().create(values, features.getShape());
        }
    }
}
