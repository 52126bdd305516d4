package org.obverse.plugins.lomma;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.SearchStep.Candidate;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

class EnsembleTest {
    private static final Workbench BENCH =
            Workbench.of(EnsembleTest.class).with(new IdentityLossesPlugin()).with(new LommaPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_loss_is_the_weighted_mean_over_target_and_networks() {
        // The loss is the negative logit of class 0: -1 times what a network multiplies the pixel 2 by.
        assertEquals(-2 * (3 + 5 + 7) / 3.0, loss(Map.of("target", 1), unit()), 1e-6);
        assertEquals(-2 * (0.5 * 3 + 5 + 7) / 2.5, loss(Map.of("target", 0.5), unit()), 1e-6);
        assertEquals(-2 * (3 + 5 + 5) / 3.0, loss(Map.of("networks", List.of("a", "a")), unit()), 1e-6);
    }

    @Test
    void without_weight_the_target_is_asked_nothing() {
        StageUnit unit = unit();

        assertEquals(-2 * (5 + 7) / 2.0, loss(Map.of("target", 0), unit), 1e-6);
        assertEquals(0, unit.queries());
    }

    private static StageUnit unit() {
        return StageUnit.of(BENCH, List.of(0))
                .withTarget(times(3))
                .withNetwork("a", times(5))
                .withNetwork("b", times(7));
    }

    private static double loss(Map<String, Object> changed, StageUnit unit) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("loss", Map.of("use", "logit"), "networks", List.of("a", "b")));
        settings.putAll(changed);
        IdentityLoss loss = BENCH.create(Kind.IDENTITY_LOSS, new Use("ensemble", settings));
        NDArray pixel = BENCH.manager().create(new float[] {2}, new Shape(1, 1, 1, 1));
        SearchStep step = new SearchStep(
                0, List.of(new Candidate(0, 0, BENCH.stream(1))), pixel, images -> images, DataType.FLOAT64);
        return loss.begin(unit.target(WhiteBox.class), unit).at(step).losses().getDouble(0);
    }

    private static Classifier times(double factor) {
        return new Times(BENCH.parameters(1), factor);
    }

    /** Logits that are multiples of the only pixel. */
    private record Times(Parameters parameters, double factor) implements Classifier {
        @Override
        public Shape input() {
            return new Shape(1, 1, 1);
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<Tap> taps() {
            return List.of(new Tap(Tap.PENULTIMATE, new Shape(1)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray pixel = images.reshape(-1, 1);
            return new Activations(pixel.mul(factor).concat(pixel.mul(0), 1), Map.of(Tap.PENULTIMATE, pixel));
        }
    }
}
