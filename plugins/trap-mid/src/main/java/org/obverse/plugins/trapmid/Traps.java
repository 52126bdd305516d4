package org.obverse.plugins.trapmid;

import ai.djl.ndarray.types.Shape;
import org.obverse.api.defense.Companion;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Gradients;

/** A trigger per class, kept with the target, and a network that tells poisoned images from others (Liu and Chen 2024, arXiv 2411.08460). */
record Traps(TrapMid settings, Gradients gradients) implements Companion {
    @Override
    public double weight() {
        return settings.trapWeight();
    }

    @Override
    public void attach(Shape input, int classes, Parameters target) {
        Triggers.attach(input, classes, settings.strength(), target);
    }

    @Override
    public Session begin(Setting setting) {
        return TrapSession.begin(settings, gradients, setting);
    }
}
