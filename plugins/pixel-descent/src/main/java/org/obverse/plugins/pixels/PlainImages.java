package org.obverse.plugins.pixels;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.random.RandomStream;

/** Images that know nothing of faces or of the target, whose input size alone is read: it is asked nothing. */
record PlainImages(StartSettings settings) implements Sampler {
    static final String NAME = "plain-images";

    @Override
    public Candidates sample(StageContext context) {
        Shape image = context.target(LabelOracle.class).input();
        List<Integer> classes = new ArrayList<>();
        FloatBuffer pixels = FloatBuffer.allocate(Math.toIntExact(image.size())
                * settings.candidates()
                * context.classes().size());
        for (int wanted : context.classes()) {
            for (int candidate = 0; candidate < settings.candidates(); candidate++) {
                RandomStream random = context.random().child("class", wanted).child("candidate", candidate);
                pixels.put(settings.start().image(image, random));
                classes.add(wanted);
            }
        }
        NDArray images = context.manager().create(pixels.flip(), new Shape(classes.size()).addAll(image));
        return new Candidates(
                new FixedImages(images), classes, Collections.nCopies(classes.size(), Double.NaN), List.of());
    }
}
