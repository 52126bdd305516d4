package org.obverse.api.generator;

import org.obverse.api.data.Images;
import org.obverse.api.network.Parameters;
import org.obverse.api.training.TrainingContext;

/** A generator whose weights can be made from public images. */
public interface TrainableGenerator extends GeneratorArchitecture {
    /**
     * Trains from the initial values.
     *
     * @param parameters an empty set to take fresh tensors from; holds the finished weights on return
     * @param images public images; the private ones are out of reach
     */
    void train(Parameters parameters, Images images, TrainingContext context);
}
