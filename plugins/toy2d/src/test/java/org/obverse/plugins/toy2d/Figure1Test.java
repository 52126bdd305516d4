package org.obverse.plugins.toy2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Part;
import org.obverse.api.defense.Defense;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.Component;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.EpochStore;
import org.obverse.plugins.smoothing.Course;
import org.obverse.plugins.smoothing.LabelSmoothing;
import org.obverse.plugins.smoothing.LabelSmoothingPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.toy2d.Blobs;

/** Figure 1 of the paper from nothing but seeds: data, first weights, the engine's trainer, the attack, the figures. */
class Figure1Test {
    private static final Blobs BLOBS = Blobs.draw(17, 500, 1.6);

    /** The notebook's, but for the order within the full batch, which moves losses by less than 1e-5. */
    private static final TrainingRecipe RECIPE = new TrainingRecipe(
            TrainingRecipe.Method.SGD,
            1e-3,
            0.9,
            0.999,
            0.9,
            0,
            5000,
            500,
            TrainingRecipe.Decay.STEPS,
            List.of(),
            0,
            0,
            Augmentation.NONE);

    @ParameterizedTest
    @EnumSource
    void losses_steps_and_distance_are_the_references(Reference reference) throws Exception {
        Classifier target = Reference.classifier(ParameterSource.fresh(Reference.BENCH.stream(1)));
        StageUnit stage = Reference.stage(target, 2);

        assertArrayEquals(reference.losses(), train(target, reference, stage), 1e-4f);

        Candidates start = new StartSampler(StartPoint.DEFAULT).sample(stage);
        Candidates found = new DescentOptimizer(Descent.DEFAULT, Reference.BENCH).optimize(start, stage);
        Row figures = new RouteMetric(RouteSettings.DEFAULT)
                .measure(new PlaneEvidence(Reference.BENCH, BLOBS, target, found))
                .tables()
                .get(0)
                .rows()
                .get(0);

        assertEquals(reference.steps(), figures.values().get(0), 1);
        assertEquals(1, figures.values().get(1), "the route reaches the confidence");
        assertEquals(reference.distance(), figures.values().get(2), 1e-3);
    }

    private static float[] train(Classifier target, Reference reference, StageUnit stage) {
        Composition defense = new Composition(smoothing(reference.alpha()).parts(), 0);
        List<EpochFigures> epochs = new ClassifierTrainer(TorchRuntime.start())
                .train(target, BLOBS.images(Part.TRAINING), RECIPE, defense, stage, EpochStore.NONE);
        float[] losses = new float[epochs.size()];
        for (int epoch = 0; epoch < losses.length; epoch++) {
            losses[epoch] = (float) epochs.get(epoch).loss();
        }
        return losses;
    }

    @SuppressWarnings("unchecked")
    private static Defense smoothing(double alpha) {
        Component<LabelSmoothing, Defense> component = (Component<LabelSmoothing, Defense>)
                new LabelSmoothingPlugin().components().get(0);
        return component.factory().create(new LabelSmoothing(alpha, Course.CONSTANT), Reference.BENCH);
    }
}
