package org.obverse.plugins.identity;

import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.network.Activations;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Requirements;

/** Public images that a loss measures the model on: so many of them, the same in every unit of an attack. */
final class PublicSample {
    static final String KEY = "images";

    private PublicSample() {}

    /** What a loss needs that looks at so many, which its key {@link #KEY} says. */
    static Requirements of(int count, Requirements others) {
        return others.data(Part.PUBLIC, KEY, count);
    }

    /**
     * Shows the sample to the model, batch by batch.
     *
     * @param count of images, of which there are as many, as the loss declared
     * @param look at what the model says of a batch; the arrays are released after it
     */
    static void show(int count, WhiteBox model, StageContext context, Consumer<Activations> look) {
        Images images = context.publicImages();
        Objects.checkFromToIndex(0, count, images.size());
        int[] chosen = Arrays.copyOf(context.random().child("public images").permutation(images.size()), count);
        for (int from = 0; from < count; from += context.batch()) {
            context.checkpoint();
            int[] rows = Arrays.copyOfRange(chosen, from, Math.min(count, from + context.batch()));
            try (NDScope scope = new NDScope()) {
                look.accept(model.forward(images.read(context.manager(), rows)));
            }
        }
    }
}
