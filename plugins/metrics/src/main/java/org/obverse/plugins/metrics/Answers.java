package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.tensor.Operators;

/** What a target says of an image. */
enum Answers {
    /** The predicted class; of equal logits ({@link Ties}) the first. */
    @JsonProperty("labels")
    LABELS("labels"),
    /** The softmax probabilities at temperature 1. */
    @JsonProperty("scores")
    SCORES("scores"),
    @JsonProperty("logits")
    LOGITS("logits");

    final String label;

    Answers(String label) {
        this.label = label;
    }

    /**
     * What is learnt from, where it is more than a label.
     *
     * @param logits of each image
     * @return float64 {@code [images, classes]}, in which a certain target's other probabilities are small and not 0
     */
    NDArray of(double[][] logits, NDManager manager) {
        double[] flat = Arrays.stream(logits).flatMapToDouble(Arrays::stream).toArray();
        NDArray all = manager.create(flat, new Shape(logits.length, logits[0].length));
        return this == SCORES ? all.logSoftmax(1).exp() : all;
    }

    /**
     * What a student of them minimises, in float64: cross-entropy with scores, {@code -Σ_k p_k log q_k}, and of logits the mean square of the
     * difference over the classes.
     */
    TeacherLoss loss(Operators operators) {
        return (student, answers) -> {
            NDArray said = operators.cast(student, DataType.FLOAT64);
            return this == SCORES
                    ? said.logSoftmax(1).mul(answers).sum(new int[] {1}).neg()
                    : said.sub(answers).square().mean(new int[] {1});
        };
    }
}
