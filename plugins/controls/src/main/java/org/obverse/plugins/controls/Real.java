package org.obverse.plugins.controls;

import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Private images that no model has seen, for each class as many as the attack delivered, drawn without replacement; all of a class that has
 * fewer.
 */
record Real() implements Control {
    @Override
    public Role role() {
        return Role.CEILING;
    }

    @Override
    public Candidates candidates(ControlContext context) {
        Images held = context.data().images(Part.TEST);
        ChosenImages chosen = new ChosenImages(held);
        for (int wanted : context.classes()) {
            int[] own = IntStream.range(0, held.size())
                    .filter(image -> held.label(image) == wanted)
                    .toArray();
            if (own.length == 0) {
                throw new InvalidConfigurationException(new Problem(
                        "controls",
                        "'real' finds no image of class %s (%d) in the part test of the data"
                                .formatted(context.data().classNames().get(wanted), wanted),
                        "hold out images of every attacked class, or drop the control"));
            }
            IntStream.of(context.random().child("class", wanted).permutation(own.length))
                    .limit(context.delivered(wanted))
                    .forEach(i -> chosen.add(own[i], wanted, Double.NaN));
        }
        return chosen.read(context);
    }
}
