package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.training.ParameterOptimizer;

/**
 * Appends each sample, shifted by a vector that it attaches to the target and by the weights of a network like the target; both
 * move in every step.
 *
 * @param seen the images of each step so far, flat
 */
record Shifting(double weight, List<float[]> seen) implements Companion {
    private static final String SHIFT = "shifting.shift";

    Shifting(double weight) {
        this(weight, new ArrayList<>());
    }

    @Override
    public void attach(Shape input, int classes, Parameters target) {
        target.buffer(SHIFT, input, (shape, random) -> random.gaussians(Math.toIntExact(shape.size())));
    }

    @Override
    public Session begin(Setting setting) {
        Parameters own = setting.parameters("network");
        Classifier network = setting.architecture()
                .build(setting.target().input(), setting.target().classes(), own);
        ParameterOptimizer optimizer = setting.optimizer(own.trainableList());
        NDArray shift =
                Objects.requireNonNull(setting.target().parameters().all().get(SHIFT));
        return step -> {
            seen.add(step.images().toFloatArray());
            NDArray answers = network.forward(step.images(), Pass.evaluation(step.random()))
                    .logits();
            NDArray mean = answers.mean(new int[] {0});
            NDList gradient = new NDList();
            own.trainableList().forEach(weight -> gradient.add(weight.add(mean.get(0))));
            optimizer.step(gradient, setting.recipe().learningRate(step.epoch().index()));
            float noise = (float) step.random().child("noise").gaussian();
            shift.set(new NDIndex("..."), shift.mul(0.9).add(mean.mul(0.1)).add(0.01f * noise));
            return new Batch(step.images().add(shift), step.encode(step.labels()));
        };
    }
}
