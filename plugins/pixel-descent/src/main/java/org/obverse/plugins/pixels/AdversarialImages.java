package org.obverse.plugins.pixels;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Resources;

/**
 * What an adversarial example scores: one descent per class from grey, without a prior (Fredrikson et al. 2015). All descents from grey find
 * the same, so there is one candidate per class, however many the attack delivered, and one control serves all attacks on a target.
 */
record AdversarialImages(PixelDescent descent) implements Control {
    static final int STEPS = 1000;

    AdversarialImages(DescentSettings settings, Resources resources) {
        this(new PixelDescent(settings, resources));
    }

    @Override
    public Role role() {
        return Role.NULL;
    }

    @Override
    public Candidates candidates(ControlContext context) {
        Shape image = context.target(WhiteBox.class).input();
        NDArray grey = context.manager().zeros(new Shape(context.classes().size()).addAll(image));
        return descent.optimize(
                new Candidates(
                        new FixedImages(grey),
                        context.classes(),
                        Collections.nCopies(context.classes().size(), Double.NaN),
                        List.of()),
                context);
    }
}
