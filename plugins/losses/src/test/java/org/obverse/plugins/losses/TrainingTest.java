package org.obverse.plugins.losses;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
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

/** What each does to the certainty of the built-in network. */
class TrainingTest {
    private static final Workbench BENCH = bench();
    private static final SmallTraining TRAINING = new SmallTraining(BENCH);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void penalty_focal_loss_and_disturbed_labels_leave_the_network_less_certain_and_a_reward_more() {
        double plain = entropy(List.of());

        assertTrue(entropy(List.of(new NegativeEntropy(0.5))) > 2 * plain, "penalty");
        assertTrue(entropy(List.of(new NegativeEntropy(-0.5))) < 0.8 * plain, "reward");
        assertTrue(entropy(List.of(new FocalLoss(Focal.DEFAULT))) > 2 * plain, "focal loss");
        assertTrue(entropy(List.of(new DisturbedLabels(0.3))) > 2 * plain, "disturbed labels");
    }

    /** Of the scores of the training images, in nats per image. */
    private static double entropy(List<DefensePart> parts) {
        Classifier network = TRAINING.train(BENCH.create(Kind.CLASSIFIER, Use.of("small-resnet")), parts);
        NDArray all = TRAINING.all();
        Activations activations = network.forward(all, Pass.evaluation(BENCH.stream(9)));
        return -new NegativeEntropy(1)
                .loss(all, new Activations(activations.logits(), Map.of()), all, all)
                .mean()
                .getFloat();
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
