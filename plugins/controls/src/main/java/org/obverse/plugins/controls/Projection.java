package org.obverse.plugins.controls;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.plugin.Resources;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.Framing;
import org.obverse.inversion.LatentDescent;

/**
 * Private images that no model has seen ({@link HeldOut}), each as the generator comes nearest to it: what the prior could show of these
 * people if the search were told everything. What the attack shows of the generator's images is held against the private one. A descent of the mean squared difference of pixels in [-1, 1], from the average image, with
 * the rates of StyleGAN2's projector (Karras et al. 2020, app. D), without its noise and its perceptual distance.
 */
record Projection(ProjectionSettings settings, Resources resources) implements Control {
    @Override
    public Role role() {
        return Role.CEILING;
    }

    @Override
    public Candidates candidates(ControlContext context) {
        Images held = context.data().images(Part.TEST);
        List<HeldOut> chosen = HeldOut.of(context, "projection");
        Generator generator = context.generator();
        FramedImages framed = FramedImages.of(generator, new Framing(context.centerCrop(), 0), held.shape());
        NDArray whole = context.manager().create(new Shape(chosen.size()).addAll(generator.searchSpace()));
        for (int from = 0; from < chosen.size(); from += context.batch()) {
            List<HeldOut> batch = chosen.subList(from, Math.min(chosen.size(), from + context.batch()));
            try (NDScope scope = new NDScope()) {
                int[] images = batch.stream().mapToInt(HeldOut::image).toArray();
                NDArray found = nearest(held.read(context.manager(), images), framed, context);
                whole.set(new NDIndex().addSliceDim(from, from + batch.size()), found);
            }
            context.progress(from + batch.size(), chosen.size(), Map.of());
        }
        return new Candidates(
                new LatentPoints(generator, whole),
                chosen.stream().map(HeldOut::targetClass).toList(),
                Collections.nCopies(chosen.size(), Double.NaN),
                List.of());
    }

    /**
     * @param images {@code [N, 3, h, w]}
     * @return {@code [N, ...searchSpace]}
     */
    private NDArray nearest(NDArray images, FramedImages framed, ControlContext context) {
        LatentDescent descent = new LatentDescent(resources.gradients(), resources.training(), settings.descent());
        NDArray start = start(framed.generator(), images);
        NDArray found = descent.descend(
                start,
                (points, step) -> {
                    context.checkpoint();
                    NDArray drawn = framed.framed().apply(framed.generate().apply(points));
                    NDArray difference = drawn.sub(images)
                            .square()
                            .reshape(images.getShape().get(0), -1)
                            .mean(new int[] {1});
                    return new LatentDescent.Outcome(difference, difference);
                },
                (step, outcome, points) -> {});
        return found.broadcast(
                new Shape(images.getShape().get(0)).addAll(framed.generator().searchSpace()));
    }

    private NDArray start(Generator generator, NDArray images) {
        NDArray z = images.getManager().zeros(new Shape(images.getShape().get(0), generator.latentSize()));
        if (!(generator instanceof Mapped mapped)) {
            return generator.locate(z);
        }
        NDArray average = mapped.map(z, new Truncation(0, mapped.rows()));
        return settings.space() == ProjectionSettings.Space.W ? average.get(new NDIndex(":, 0:1")) : average;
    }
}
