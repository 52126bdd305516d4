package org.obverse.plugins.controls;

import org.obverse.api.attack.Candidates;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Part;

/** Private images that no model has seen; see {@link HeldOut}. */
record Real() implements Control {
    @Override
    public Role role() {
        return Role.CEILING;
    }

    @Override
    public Candidates candidates(ControlContext context) {
        ChosenImages chosen = new ChosenImages(context.data().images(Part.TEST));
        HeldOut.of(context, "real").forEach(held -> chosen.add(held.image(), held.targetClass(), Double.NaN));
        return chosen.read(context);
    }
}
