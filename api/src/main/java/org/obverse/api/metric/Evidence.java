package org.obverse.api.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.network.Classifier;
import org.obverse.api.training.TrainingContext;

/** What metrics see and attacks never do: private data, evaluation models, and the finished candidates. */
public interface Evidence extends TrainingContext {
    Dataset data();

    /** The model that was attacked, without output filters. */
    Classifier target();

    /** Independent judges, in the order of the plan. */
    List<EvaluationModel> evaluationModels();

    /** What the attack delivered. */
    Candidates candidates();

    /** What the attack had before the selection. */
    Candidates unselected();

    /**
     * Images of candidates, as a judge sees them: drawn once, centre-cropped, resized to its input, neither clamped nor
     * quantised.
     *
     * @param rows of {@code candidates}
     * @return {@code [rows.length, ...input of the model]}
     */
    NDArray images(Candidates candidates, EvaluationModel model, int... rows);

    /** Real images at a judge's input size: made anew at it where they come from files, else resized. */
    Images images(Part part, EvaluationModel model);

    /** For arrays that live until the metric returns. */
    NDManager manager();

    /** No pass should take more images at once. */
    int batch();

    /**
     * A judge.
     *
     * @param name of its classifier component, which figures quote
     * @param crop side of the centre crop of reconstructions, in pixels, before they are resized; 0 crops nothing
     */
    record EvaluationModel(String name, Classifier classifier, int crop) {}
}
