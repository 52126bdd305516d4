package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** A classifier that counts the images it sees, whoever shows them. */
public final class CountedClassifier implements Classifier {
    private final Classifier classifier;
    private final AtomicLong images = new AtomicLong();
    private final AtomicLong passes = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();

    public CountedClassifier(Classifier classifier) {
        this.classifier = classifier;
    }

    /** Images seen since the beginning. */
    public long images() {
        return images.get();
    }

    /** Images of the largest pass since this was last asked. */
    public long largestSince() {
        return largest.getAndSet(0);
    }

    /** Passes made since the beginning. */
    public long passes() {
        return passes.get();
    }

    @Override
    public Shape input() {
        return classifier.input();
    }

    @Override
    public int classes() {
        return classifier.classes();
    }

    @Override
    public List<Tap> taps() {
        return classifier.taps();
    }

    @Override
    public Parameters parameters() {
        return classifier.parameters();
    }

    @Override
    public boolean isDifferentiable() {
        return classifier.isDifferentiable();
    }

    @Override
    public Activations forward(NDArray shown, Pass pass) {
        passes.incrementAndGet();
        largest.accumulateAndGet(shown.getShape().get(0), Math::max);
        images.addAndGet(shown.getShape().get(0));
        return classifier.forward(shown, pass);
    }
}
