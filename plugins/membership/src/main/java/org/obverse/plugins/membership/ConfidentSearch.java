package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;

/**
 * Looks for the smallest change of each image with which a model is confident in a class: projected gradient ascent (Madry et al. 2018)
 * within a ball, whose radius is halved into place. What it finds bounds the true distance from above. It climbs the scaled logit, whose
 * gradient has the direction of the cross-entropy's, {@code ∇ log p = (1 − p) ∇φ}, and does not vanish where the model is certain.
 */
final class ConfidentSearch {
    private static final double STEP = 2.5;
    private static final double TINY = 1e-30;

    private final Classifier model;
    private final Resources resources;
    private final Settings settings;
    private final RandomStream noise;
    private final Runnable checkpoint;

    /**
     * @param cap the largest radius that is tried
     * @param halvings of the interval that holds the radius, so that it is found to within {@code cap / 2^halvings}
     * @param steps of the ascent within each ball
     * @param restarts how often it begins anew at another point of the ball, the same of all images but for the radius
     * @param range whether changed images stay within [-1, 1]
     */
    record Settings(Norm norm, double cap, int halvings, int steps, int restarts, Range range) {}

    /** Where changed images may lie. */
    enum Range {
        IMAGES,
        FREE
    }

    /**
     * What was found of one image.
     *
     * @param distance 0 if the model is confident in its class already; the cap if nothing was found
     * @param isCensored if nothing was found
     */
    record Found(double distance, boolean isCensored) {}

    /**
     * @param noise for models that are random at inference; the same in each ball
     * @param checkpoint passed before each step
     */
    ConfidentSearch(Classifier model, Resources resources, Settings settings, RandomStream noise, Runnable checkpoint) {
        this.model = model;
        this.resources = resources;
        this.settings = settings;
        this.noise = noise;
        this.checkpoint = checkpoint;
    }

    /**
     * Of a batch of images.
     *
     * @param images {@code [N, ...input]}
     * @param labels int64 {@code [N]}
     * @param level the scaled logit at which the model counts as confident
     */
    List<Found> of(NDArray images, NDArray labels, double level) {
        int count = Math.toIntExact(images.getShape().get(0));
        Confidence confidence = Confidence.of(model, resources.operators(), noise, images);
        double[] low = new double[count];
        double[] high = new double[count];
        Arrays.fill(high, settings.cap());
        boolean[] already = reached(confidence, images, labels, level, new double[count]);
        boolean[] possible = reached(confidence, images, labels, level, high);
        for (int halving = 0; halving < settings.halvings(); halving++) {
            double[] middle = new double[count];
            Arrays.setAll(middle, i -> (low[i] + high[i]) / 2);
            boolean[] reached = reached(confidence, images, labels, level, middle);
            for (int i = 0; i < count; i++) {
                (reached[i] ? high : low)[i] = middle[i];
                possible[i] |= reached[i];
            }
        }
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double distance = possible[i] ? high[i] : settings.cap();
                    return new Found(already[i] ? 0 : distance, !already[i] && !possible[i]);
                })
                .toList();
    }

    /** Of which images the ascent becomes confident within the radius. */
    private boolean[] reached(Confidence confidence, NDArray images, NDArray labels, double level, double... radius) {
        boolean isPoint = Arrays.stream(radius).allMatch(r -> r == 0);
        boolean[] reached = new boolean[radius.length];
        for (int start = 0; start <= (isPoint ? 0 : settings.restarts()); start++) {
            boolean[] from = climbed(confidence, images, labels, level, start, isPoint ? 0 : settings.steps(), radius);
            for (int i = 0; i < reached.length; i++) {
                reached[i] |= from[i];
            }
        }
        return reached;
    }

    private boolean[] climbed(
            Confidence confidence,
            NDArray images,
            NDArray labels,
            double level,
            int start,
            int steps,
            double... radius) {
        try (NDScope whole = new NDScope()) {
            NDArray bound = perImage(images, radius);
            NDArray point = start == 0
                    ? images.duplicate()
                    : clipped(images.add(offset(images, start).mul(bound)));
            NDArray done = images.getManager().zeros(new Shape(radius.length), DataType.BOOLEAN);
            for (int step = 0; step <= steps; step++) {
                checkpoint.run();
                try (NDScope scope = new NDScope()) {
                    NDArray leaf = resources.gradients().variable(point);
                    NDArray sure;
                    NDArray total;
                    try (Gradients.Recording recording = resources.gradients().recording()) {
                        sure = confidence.of(leaf, labels, noise.child("step", step));
                        total = sure.sum();
                    }
                    NDArray better = done.logicalOr(sure.gte(level));
                    NDScope.unregister(better);
                    done.close();
                    done = better;
                    if (step == steps || done.all().getBoolean()) {
                        break;
                    }
                    NDArray gradient =
                            resources.gradients().of(total, new NDList(leaf)).head();
                    NDArray moved = moved(images, point, gradient, bound);
                    NDScope.unregister(moved);
                    point.close();
                    point = moved;
                }
            }
            boolean[] reached = done.toBooleanArray();
            done.close();
            point.close();
            return reached;
        }
    }

    /** A point of the unit ball, {@code [1, ...input]}, drawn evenly. */
    private NDArray offset(NDArray images, int start) {
        RandomStream random = noise.child("start", start);
        int size = Math.toIntExact(images.size() / images.getShape().get(0));
        double[] drawn = new double[size];
        if (settings.norm() == Norm.INFINITY) {
            Arrays.setAll(drawn, i -> 2 * random.uniform() - 1);
        } else {
            Arrays.setAll(drawn, i -> random.gaussian());
            double length = Math.sqrt(Arrays.stream(drawn).map(x -> x * x).sum());
            double within = Math.pow(random.uniform(), 1.0 / size) / length;
            Arrays.setAll(drawn, i -> drawn[i] * within);
        }
        Shape shape = images.getShape();
        return images.getManager()
                .create(drawn, new Shape(1).addAll(shape.slice(1)))
                .toType(images.getDataType(), false);
    }

    private NDArray moved(NDArray images, NDArray point, NDArray gradient, NDArray bound) {
        NDArray direction = settings.norm() == Norm.INFINITY
                ? gradient.sign()
                : gradient.div(NDArrays.maximum(lengths(gradient), TINY));
        NDArray change =
                point.add(direction.mul(bound).mul(STEP / settings.steps())).sub(images);
        NDArray within = settings.norm() == Norm.INFINITY
                ? NDArrays.minimum(NDArrays.maximum(change, bound.neg()), bound)
                : change.mul(NDArrays.minimum(bound.div(NDArrays.maximum(lengths(change), TINY)), 1));
        return clipped(images.add(within));
    }

    private NDArray clipped(NDArray changed) {
        return settings.range() == Range.IMAGES ? changed.clip(-1, 1) : changed;
    }

    private static NDArray lengths(NDArray x) {
        NDArray flat = x.reshape(x.getShape().get(0), -1);
        return flat.square().sum(new int[] {1}).sqrt().reshape(perImage(x));
    }

    private static NDArray perImage(NDArray images, double... values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return images.getManager().create(narrow).reshape(perImage(images));
    }

    private static Shape perImage(NDArray images) {
        long[] shape = new long[images.getShape().dimension()];
        Arrays.fill(shape, 1);
        shape[0] = images.getShape().get(0);
        return new Shape(shape);
    }
}
