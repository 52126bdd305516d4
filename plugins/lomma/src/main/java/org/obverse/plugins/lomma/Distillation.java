package org.obverse.plugins.lomma;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.Map;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.inversion.Agreement;

/** One surrogate's training. A tenth of the public images is kept back, on which its agreement with the target is told. */
final class Distillation {
    private static final int KEPT_BACK = 10;

    private final SurrogateSettings settings;
    private final Resources resources;
    private final double temperature;
    private final Answers answers;
    private final Images images;
    private final StageContext context;
    private final int learnt;
    private final int[] labels;

    Distillation(
            SurrogateSettings settings,
            Resources resources,
            double temperature,
            Answers answers,
            Images images,
            StageContext context) {
        this.settings = settings;
        this.resources = resources;
        this.temperature = temperature;
        this.answers = answers;
        this.images = images;
        this.context = context;
        this.learnt = learnt(images.size());
        this.labels = answers.labels();
    }

    private static int learnt(int images) {
        return images - Math.max(1, images / KEPT_BACK);
    }

    /** How many images there must be for a batch to be learnt from. */
    static int leastImages(int batch) {
        int images = batch;
        while (learnt(images) < batch) {
            images++;
        }
        return images;
    }

    /**
     * @param number of the surrogate, from 0
     * @return how far it agrees with the target in the end
     */
    Agreement teach(Classifier surrogate, int number) {
        RandomStream random = context.random().child("surrogate", number);
        int[] order = context.random().child("kept back").permutation(images.size());
        int[] lessons = Arrays.copyOf(order, learnt);
        int[] keptBack = Arrays.copyOfRange(order, learnt, order.length);
        surrogate.parameters().requireGradients(Requirement.TRAINABLE);
        NDList weights = surrogate.parameters().trainableList();
        int steps = learnt / settings.batch();
        Agreement agreement = new Agreement(0);
        try (ParameterOptimizer sgd = resources.training().sgd(weights, settings.momentum(), settings.weightDecay())) {
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                int[] shuffled = random.child("epoch", epoch).permutation(learnt);
                for (int step = 0; step < steps; step++) {
                    context.checkpoint();
                    int[] rows = new int[settings.batch()];
                    for (int i = 0; i < rows.length; i++) {
                        rows[i] = lessons[shuffled[step * settings.batch() + i]];
                    }
                    try (NDScope scope = new NDScope()) {
                        RandomStream noise =
                                random.child("pass").child("epoch", epoch).child("step", step);
                        sgd.step(gradient(surrogate, weights, Pass.training(noise), rows), settings.rate(epoch));
                    }
                }
                agreement = told(surrogate, number, epoch, keptBack);
            }
            return agreement;
        } finally {
            surrogate.parameters().freeze(name -> true);
            surrogate.parameters().requireGradients(Requirement.NONE);
        }
    }

    private NDList gradient(Classifier surrogate, NDList weights, Pass pass, int... rows) {
        Gradients gradients = resources.gradients();
        NDArray shown = images.read(context.manager(), rows);
        NDArray wanted = answers.soft(context.manager(), temperature, rows);
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray loss = divergence(wanted, surrogate.forward(shown, pass).logits(), temperature)
                    .mean();
            return gradients.of(loss, weights);
        }
    }

    /**
     * {@code KL(p ‖ softmax(l / τ))} of each row.
     *
     * @param wanted p, {@code [N, classes]}, without a graph
     * @param logits l
     */
    static NDArray divergence(NDArray wanted, NDArray logits, double temperature) {
        NDArray own = wanted.mul(wanted.maximum(1e-30).log());
        return own.sub(wanted.mul(logits.div(temperature).logSoftmax(1))).sum(new int[] {1});
    }

    private Agreement told(Classifier surrogate, int number, int epoch, int... keptBack) {
        Agreement agreement = Agreement.of(surrogate, images, keptBack, row -> labels[row], context);
        context.progress(
                (long) number * settings.epochs() + epoch + 1,
                (long) settings.count() * settings.epochs(),
                Map.of("agreement", agreement.share()));
        return agreement;
    }
}
