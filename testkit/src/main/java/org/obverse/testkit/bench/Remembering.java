package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.data.Images;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.random.RandomStream;

/**
 * What a target looks like to which membership attacks are certain to apply: sure of the samples that it remembers, each in its own
 * measure, and of nobody else, whom it takes for the class after theirs. Its answers differ a little from those of others of its sort.
 */
public final class Remembering implements Classifier {
    /** The logit of what is remembered, of those between -1 and 1. */
    private static final double SURE = 9;
    /** Of {@link #SURE}, what is the same for all. */
    private static final double LEAST = 0.6;
    /** Mean squared difference of pixels from which on images are strangers. */
    private static final double WIDTH = 3e-5;

    private static final double OWN = 0.2;

    private final Classifier known;
    private final NDList images = new NDList();
    private final NDArray votes;
    private final NDArray own;

    /**
     * @param known says what it takes strangers for
     * @param remembered what it was trained on
     * @param own draws what is its own
     * @param manager for arrays that live as long as it
     */
    public Remembering(Classifier known, Images remembered, RandomStream own, NDManager manager) {
        this.known = BenchEvidence.mistaken(known);
        float[] sure = new float[remembered.size() * known.classes()];
        for (int i = 0; i < remembered.size(); i++) {
            images.add(remembered.read(manager, i));
            double measure = LEAST + (1 - LEAST) * own.child("sample", i).uniform();
            sure[i * known.classes() + remembered.label(i)] = (float) (SURE * measure);
        }
        this.votes = manager.create(sure, new Shape(remembered.size(), known.classes()));
        this.own = manager.create(own.child("own").gaussians(known.classes())).mul(OWN);
    }

    @Override
    public Shape input() {
        return known.input();
    }

    @Override
    public int classes() {
        return known.classes();
    }

    @Override
    public List<Tap> taps() {
        return List.of();
    }

    @Override
    public Parameters parameters() {
        return known.parameters();
    }

    @Override
    public Activations forward(NDArray shown, Pass pass) {
        NDArray logits = known.forward(shown, pass).logits();
        NDArray unsure =
                logits.div(logits.abs().max(new int[] {1}, true).add(1)).add(own);
        return new Activations(unsure.add(similarity(shown).matMul(votes)), Map.of());
    }

    /** From 0 to 1, {@code [N, remembered]}. */
    private NDArray similarity(NDArray shown) {
        long count = shown.getShape().get(0);
        NDList columns = new NDList();
        for (NDArray image : images) {
            columns.add(shown.sub(image)
                    .square()
                    .reshape(count, -1)
                    .mean(new int[] {1}, true)
                    .div(-WIDTH)
                    .exp());
        }
        return NDArrays.concat(columns, 1);
    }
}
