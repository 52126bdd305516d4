package org.obverse.engine.plan;

import org.obverse.api.plugin.Meaning;

/** The seeds of a run, one per purpose, so that changing one leaves the other draws as they are. */
public record Seeds(
        @Meaning(
                "which samples a data set draws, how it splits them, and which classes are attacked if random ones are")
        long split,

        @Meaning("initial weights, order and augmentation when targets and the generator are trained")
        long training,

        @Meaning("every draw of the attack") long attack,

        @Meaning(
                "initial weights, order and augmentation when evaluation models are trained, and every draw of the metrics")
        long evaluation) {
    public static final Seeds DEFAULT = new Seeds(1, 1, 1, 1);
}
