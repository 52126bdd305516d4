package org.obverse.plugins.controls;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Preflight;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.Framing;
import org.obverse.inversion.LatentDescent;

/**
 * Private images that no model has seen ({@link HeldOut}), each as the generator comes nearest to it: what the prior could show of these
 * people if the search were told everything. What the attack shows of the generator's images is held against the private one. A descent of the mean squared difference of pixels in [-1, 1], or of the
 * {@linkplain FeatureDistance distance} that a network sees, from the average image, with the rates of StyleGAN2's projector (Karras et al. 2020, app. D), without its noise.
 *
 * @param features the network; empty for pixels
 */
record Projection(ProjectionSettings settings, List<ClassifierArchitecture> features, Resources resources)
        implements Control, Preflight {
    /** Of the network, whose head nobody looks at. */
    private static final int CLASSES = 2;

    static Projection of(ProjectionSettings settings, Resources resources) {
        return new Projection(
                settings,
                settings.features().stream()
                        .map(use -> resources.create(Kind.CLASSIFIER, use))
                        .toList(),
                resources);
    }

    @Override
    public Role role() {
        return Role.CEILING;
    }

    /** That the network takes such images, and shows what it sees. */
    @Override
    public List<Problem> check(Setting setting) {
        try (NDManager looking = resources.manager().newSubManager()) {
            return networks(setting.input(), looking).stream()
                    .filter(network -> !FeatureDistance.sees(network))
                    .map(network -> new Problem(
                            "features.0",
                            "it shows none of its activations, which projection compares",
                            "name another classifier, such as small-resnet"))
                    .toList();
        } catch (InvalidConfigurationException e) {
            return e.problems().stream()
                    .map(problem -> problem.under("features.0"))
                    .toList();
        }
    }

    private List<Classifier> networks(Shape input, NDManager manager) {
        ParameterSource weights = ParameterSource.fresh(resources.random().child("features"));
        return features.stream()
                .map(architecture -> architecture.build(input, CLASSES, new Parameters(manager, weights)))
                .toList();
    }

    @Override
    public Candidates candidates(ControlContext context) {
        Images held = context.data().images(Part.TEST);
        List<HeldOut> chosen = HeldOut.of(context, "projection");
        Generator generator = context.generator();
        FramedImages framed = FramedImages.of(generator, new Framing(context.centerCrop(), 0), held.shape());
        List<Classifier> networks = networks(held.shape(), context.manager());
        NDArray whole = context.manager().create(new Shape(chosen.size()).addAll(generator.searchSpace()));
        for (int from = 0; from < chosen.size(); from += context.batch()) {
            List<HeldOut> batch = chosen.subList(from, Math.min(chosen.size(), from + context.batch()));
            try (NDScope scope = new NDScope()) {
                int[] images = batch.stream().mapToInt(HeldOut::image).toArray();
                NDArray found = nearest(held.read(context.manager(), images), framed, networks, context);
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
    private NDArray nearest(NDArray images, FramedImages framed, List<Classifier> networks, ControlContext context) {
        UnaryOperator<NDArray> distance = distance(images, networks);
        LatentDescent descent = new LatentDescent(resources.gradients(), resources.training(), settings.descent());
        NDArray start = start(framed.generator(), images);
        NDArray found = descent.descend(
                start,
                (points, step) -> {
                    context.checkpoint();
                    NDArray difference = distance.apply(
                            framed.framed().apply(framed.generate().apply(points)));
                    return new LatentDescent.Outcome(difference, difference);
                },
                (step, outcome, points) -> {});
        return found.broadcast(
                new Shape(images.getShape().get(0)).addAll(framed.generator().searchSpace()));
    }

    /** From images to {@code [N]}. */
    private UnaryOperator<NDArray> distance(NDArray images, List<Classifier> networks) {
        if (networks.isEmpty()) {
            return drawn -> drawn.sub(images)
                    .square()
                    .reshape(images.getShape().get(0), -1)
                    .mean(new int[] {1});
        }
        return FeatureDistance.from(images, networks.get(0), resources.random().child("noise"))::of;
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
