package org.obverse.plugins.trapmid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.Optional;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.TrainingRecipe;

/** A training with traps. Before each step of the target, the discriminator takes one on the same images, then the triggers do. */
record TrapSession(
        TrapMid settings,
        Gradients gradients,
        Classifier target,
        Triggers triggers,
        Discriminator discriminator,
        TrainingRecipe recipe)
        implements Companion.Session {
    static TrapSession begin(TrapMid settings, Gradients gradients, Companion.Setting setting) {
        Classifier target = setting.target();
        Optional<Triggers> attached = Triggers.of(target.parameters());
        Parameters tensors = setting.parameters("discriminator");
        Classifier network = setting.architecture().build(target.input(), Discriminator.KINDS, tensors);
        return new TrapSession(
                settings,
                gradients,
                target,
                attached.orElseThrow(() -> new IllegalStateException("nothing was attached to the target")),
                new Discriminator(network, setting.optimizer(tensors.trainableList()), gradients),
                setting.recipe());
    }

    @Override
    public Batch before(Companion.Step step) {
        NDArray images = step.images();
        RandomStream random = step.random();
        long[] drawn =
                Triggers.labels(Math.toIntExact(images.getShape().get(0)), target.classes(), random.child("labels"));
        NDArray labels = images.getManager().create(drawn);
        NDArray targets = step.encode(labels);
        try (NDScope scope = new NDScope()) {
            discriminator.learn(
                    images,
                    triggers.poisoned(images, labels),
                    recipe.learningRate(step.epoch().index()),
                    random.child("discriminator"));
            triggers.descend(slope(step, labels, targets), settings.triggerStep());
        }
        return new Batch(triggers.poisoned(images, labels), targets);
    }

    /** Of {@code BCE(D(x'), 1) + ℓ(T(A(x')), t)} with respect to the triggers, D and the target T in evaluation mode. */
    private NDArray slope(Companion.Step step, NDArray labels, NDArray targets) {
        RandomStream random = step.random().child("slope");
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray variable = gradients.variable(triggers.values());
            NDArray poisoned = triggers.as(variable).poisoned(step.images(), labels);
            NDArray seen = step.augment(poisoned, random.child("augmentation"));
            NDArray logits = target.forward(seen, Pass.evaluation(random.child("target")))
                    .logits();
            NDArray trapped =
                    logits.logSoftmax(1).mul(targets).sum(new int[] {1}).mean().neg();
            NDArray loss = discriminator
                    .suspicion(poisoned, random.child("discriminator"))
                    .add(trapped);
            return gradients.of(loss, new NDList(variable)).head();
        }
    }
}
