package org.obverse.engine.plan;

import org.obverse.api.training.TrainingRecipe;

/** Where a classifier's weights come from. */
public sealed interface Origin {
    /** The run trains it. */
    record Trained(TrainingRecipe recipe) implements Origin {}

    /**
     * A file has them.
     *
     * @param location a weights file, as {@code Resources.weights} takes it
     */
    record Loaded(String location) implements Origin {}

    /** The component brings them: its configuration is {@link org.obverse.api.network.Finished}. */
    record Own() implements Origin {}
}
