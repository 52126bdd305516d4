package org.obverse.plugins.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * A private image that no model has seen.
 *
 * @param image within the part test
 */
record HeldOut(int image, int targetClass) {
    /**
     * For each class as many as the attack delivered, drawn without replacement; all of a class that has fewer.
     *
     * @param control whose they are, for messages
     */
    static List<HeldOut> of(ControlContext context, String control) {
        Images held = context.data().images(Part.TEST);
        List<HeldOut> chosen = new ArrayList<>();
        for (int wanted : context.classes()) {
            int[] own = IntStream.range(0, held.size())
                    .filter(image -> held.label(image) == wanted)
                    .toArray();
            if (own.length == 0) {
                throw new InvalidConfigurationException(new Problem(
                        "controls",
                        "'%s' finds no image of class %s (%d) in the part test of the data"
                                .formatted(control, context.data().classNames().get(wanted), wanted),
                        "hold out images of every attacked class, or drop the control"));
            }
            IntStream.of(context.random().child("class", wanted).permutation(own.length))
                    .limit(context.delivered(wanted))
                    .forEach(i -> chosen.add(new HeldOut(own[i], wanted)));
        }
        return chosen;
    }
}
