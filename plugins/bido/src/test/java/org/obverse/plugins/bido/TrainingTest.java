package org.obverse.plugins.bido;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Use;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.SmallTraining;
import org.obverse.testkit.Workbench;

/** What the term does to a training of the built-in network, whose last batches have one sample. */
class TrainingTest {
    private static final Workbench BENCH = bench();
    private static final SmallTraining TRAINING = new SmallTraining(BENCH);
    private static final List<String> STAGES = List.of("stage1", "stage2", "stage3");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hsic", "coco"})
    void the_weights_move_what_they_weigh(String measure) {
        boolean hsic = measure.equals("hsic");
        double inputWeight = hsic ? 4 : 100;
        double labelWeight = hsic ? 1 : 100;
        Classifier plain = train(List.of());

        Classifier forgetful = train(defense(hsic, inputWeight, 0));
        assertTrue(dependence(forgetful, hsic, 1, 0) < 0.8 * dependence(plain, hsic, 1, 0), "less of the images");
        Classifier clustered = train(defense(hsic, 0, labelWeight));
        assertTrue(dependence(clustered, hsic, 0, 1) < 1.2 * dependence(plain, hsic, 0, 1), "more of the labels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hsic", "coco"})
    void with_weights_of_0_training_has_the_bytes_of_one_without_the_defense(String measure) {
        float[][] plain = SmallTraining.weights(train(List.of()));

        assertArrayEquals(plain, SmallTraining.weights(train(defense(measure.equals("hsic"), 0, 0))));
        assertFalse(Arrays.deepEquals(plain, SmallTraining.weights(train(defense(measure.equals("hsic"), 0.01, 0)))));
    }

    private static List<DefensePart> defense(boolean hsic, double inputWeight, double labelWeight) {
        return hsic
                ? new BidoHsic(STAGES, inputWeight, labelWeight, 5, 1e-2)
                        .defense(BENCH.operators())
                        .parts()
                : new BidoCoco(STAGES, inputWeight, labelWeight, 5, Norm.SPECTRAL)
                        .defense(BENCH.operators())
                        .parts();
    }

    /** The term itself over all images at once. */
    private static double dependence(Classifier network, boolean hsic, double inputWeight, double labelWeight) {
        BilateralDependency term =
                (BilateralDependency) defense(hsic, inputWeight, labelWeight).get(0);
        NDArray all = TRAINING.all();
        NDArray labels = TRAINING.labels();
        Activations activations = network.forward(all, Pass.evaluation(BENCH.stream(9)));
        return term.loss(all, activations, labels.oneHot(SmallTraining.CLASSES), labels)
                .getFloat();
    }

    private static Classifier train(List<DefensePart> parts) {
        return TRAINING.train(BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet")), parts);
    }

    private static Workbench bench() {
        Workbench bench = Workbench.of(TrainingTest.class);
        Plugin classifiers = new ClassifiersPlugin();
        for (var component : classifiers.components()) {
            bench = bench.with(component);
        }
        return bench;
    }
}
