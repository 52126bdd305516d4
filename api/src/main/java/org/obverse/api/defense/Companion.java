package org.obverse.api.defense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.ParameterOptimizer;
import org.obverse.api.training.TrainingRecipe;

/**
 * Networks and other tensors of a defense's own that learn beside the target, batch by batch, and samples that it adds to each
 * batch, as Trap-MID does (Liu and Chen 2024, arXiv 2411.08460). At most one per target, and none beside {@link
 * GradientPolicy.OfSamples} or transforms that mix samples: the engine refuses these.
 *
 * <p>The target makes one pass over the batch and what is appended, so that layers with batch statistics see the mixture. With β
 * for {@link #weight} its loss is {@code (1 - β)} times what it is without this part, of the batch's own rows, plus β times the
 * cross-entropy of the appended ones.
 */
public non-sealed interface Companion extends DefensePart {
    /** β in [0, 1); with 0 nothing is begun or attached, and the target is trained to the bit as without this part. */
    double weight();

    /**
     * Takes what stays with the target as buffers of it: they are stored and lent with its tensors, and follow its best epoch.
     * Called whenever the target is built, after its own tensors were taken.
     *
     * @param input the shape of one image
     * @param target of which names begin with that of the defense
     */
    default void attach(Shape input, int classes, Parameters target) {}

    /** Called once per training, before its first batch and when it goes on from an earlier epoch. */
    Session begin(Setting setting);

    /** A training that has begun. All that it remembers is in tensors of the {@link Setting}, or attached to the target. */
    interface Session {
        /**
         * Called before each step of the target, while nothing is recorded. It may train its own tensors, and changes those of the
         * target that it attached and no others.
         *
         * @return at least one sample to be appended, not augmented, with its targets {@code [M, classes]}; how the target is shown it
         *     is as with the batch: the recipe's augmentation, then the data transforms
         */
        Batch before(Step step);
    }

    /** What a companion is lent for a training. */
    interface Setting {
        /** The target, with what was attached among its parameters; passes in evaluation mode change nothing of it. */
        Classifier target();

        /** That of the target, as the model transforms left it. */
        ClassifierArchitecture architecture();

        TrainingRecipe recipe();

        /**
         * Tensors of the companion's own, fresh at first. They are stored with the unfinished training and are back when it goes
         * on; their weights take part in gradients.
         *
         * @param name of the network, once per training; a letter, then letters, digits and hyphens
         */
        Parameters parameters(String name);

        /**
         * An optimizer by the recipe, whose learning rate each step gives. Its moments are stored as the tensors are; the engine
         * closes it.
         *
         * @param variables of {@link #parameters}
         */
        ParameterOptimizer optimizer(NDList variables);
    }

    /** One batch, before the target learns from it. */
    interface Step {
        /** {@code [N, ...input]} in [-1, 1], neither augmented nor transformed. */
        NDArray images();

        /** int64 {@code [N]}. */
        NDArray labels();

        Epoch epoch();

        /** Of this step and of the companion alone. */
        RandomStream random();

        /**
         * Labels as the target is taught them, by a label encoder or the recipe's smoothing.
         *
         * @param labels int64 {@code [M]}
         * @return {@code [M, classes]}
         */
        NDArray encode(NDArray labels);

        /**
         * Images as the recipe's augmentation makes them, each by draws of its own; part of the graph if the thread is recording.
         *
         * @param images {@code [M, ...input]} in [-1, 1]
         */
        NDArray augment(NDArray images, RandomStream draws);
    }
}
