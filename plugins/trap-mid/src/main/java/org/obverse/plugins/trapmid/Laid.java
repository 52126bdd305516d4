package org.obverse.plugins.trapmid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Classifier;

/** What the defense has laid, for those who look at it. */
final class Laid {
    private Laid() {}

    /**
     * @throws MetricFailedException if there are none
     */
    static Triggers triggers(Classifier target) throws MetricFailedException {
        return Triggers.of(target.parameters())
                .orElseThrow(() -> new MetricFailedException("target: it has no triggers; train it with the defense '"
                        + TrapMid.NAME + "', of a trap-weight above 0"));
    }

    /**
     * Pictures side by side.
     *
     * @param pictures {@code [k, C, H, W]}
     * @return {@code [C, H, k W]}
     */
    static NDArray row(NDArray pictures) {
        Shape shape = pictures.getShape();
        return pictures.transpose(1, 2, 0, 3).reshape(shape.get(1), shape.get(2), shape.get(0) * shape.get(3));
    }
}
