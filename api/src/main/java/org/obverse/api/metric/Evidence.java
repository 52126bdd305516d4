package org.obverse.api.metric;

import ai.djl.ndarray.NDManager;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.network.Classifier;
import org.obverse.api.training.TrainingContext;

/** What every metric sees and attacks never do: private data. Used on the thread that called the metric. */
public interface Evidence extends TrainingContext {
    /**
     * The data that the target was trained on. Its images throw {@link IllegalArgumentException} for a part that the metric did not
     * declare with {@link org.obverse.api.plugin.Requirements#data}.
     */
    Dataset data();

    /**
     * Real images at a model's input size: made anew at it where they come from files, else resized.
     *
     * @throws IllegalArgumentException if the metric did not declare that it reads this part
     */
    Images images(Part part, EvaluationModel model);

    /** For arrays that live until the metric returns. */
    NDManager manager();

    /** No pass should take more images at once. */
    int batch();

    /**
     * A model that judges.
     *
     * @param name in the plan, which figures quote
     * @param crop side of the centre crop of reconstructions, in pixels, before they are resized; 0 crops nothing
     */
    record EvaluationModel(String name, Classifier classifier, int crop) {}
}
