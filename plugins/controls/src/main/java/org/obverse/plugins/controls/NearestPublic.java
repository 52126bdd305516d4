package org.obverse.plugins.controls;

import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Images;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * For each class the public images with the highest log p_y, as many as the attack delivered, or all if there are fewer. The target is asked
 * about each public image once.
 */
record NearestPublic() implements Control {
    @Override
    public Role role() {
        return Role.NULL;
    }

    @Override
    public Candidates candidates(ControlContext context) {
        Images images = context.publicImages();
        if (images.size() == 0) {
            throw new InvalidConfigurationException(new Problem(
                    "controls",
                    "'nearest-public' finds no image in the part public of the data",
                    "name data with public images, or drop the control"));
        }
        ScoreOracle target = context.target(ScoreOracle.class);
        Map<Integer, Highest> nearest = new LinkedHashMap<>();
        context.classes().forEach(wanted -> nearest.put(wanted, new Highest(context.delivered(wanted))));
        context.onBudgetSpent(() -> found(images, nearest, context));
        for (int from = 0; from < images.size(); from += context.batch()) {
            context.checkpoint();
            int[] batch = Highest.range(from, Math.min(images.size(), from + context.batch()));
            try (NDScope scope = new NDScope()) {
                double[] scores =
                        target.logScores(images.read(context.manager(), batch)).toDoubleArray();
                nearest.forEach((wanted, highest) -> highest.add(scores, wanted, batch));
            }
            context.progress(from + batch.length, images.size(), Map.of());
        }
        return found(images, nearest, context);
    }

    private static Candidates found(Images images, Map<Integer, Highest> nearest, ControlContext context) {
        ChosenImages chosen = new ChosenImages(images);
        nearest.forEach((wanted, highest) ->
                highest.of(images.size()).forEach(one -> chosen.add(one.number(), wanted, one.score())));
        return chosen.read(context);
    }
}
