package org.obverse.plugins.controls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.random.RandomStream;
import org.obverse.plugins.controls.PriorDraws.Draw;

/** The first draws of the generator's prior for each class. What was prepared against the target is the attack's generator like any other. */
record Prior(PriorSettings settings) implements Control {
    @Override
    public Role role() {
        return Role.NULL;
    }

    @Override
    public Candidates candidates(ControlContext context) {
        List<Draw> draws = new ArrayList<>();
        List<Integer> classes = new ArrayList<>();
        for (int wanted : context.classes()) {
            RandomStream ofClass = context.random().child("class", wanted);
            for (int i = 0; i < context.delivered(wanted); i++) {
                draws.add(new Draw(ofClass.child("candidate", i), wanted));
                classes.add(wanted);
            }
        }
        return new Candidates(
                new PriorDraws(context.generator(), settings.truncationPsi()).kept(draws, context),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }
}
