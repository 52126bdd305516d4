package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * A program as a function of the data's images.
 *
 * @param input the shape of one image, {@code [C, H, W]}
 * @param classes of the data
 */
record Program(
        TorchScriptConfiguration settings,
        Shape input,
        int classes,
        Normalisation normalisation,
        ScriptedModule module) {
    /**
     * The tensor that the configuration chooses.
     *
     * @param images {@code [N, C, H, W]} in [-1, 1]
     * @throws IllegalArgumentException if the program fails, in libtorch's words
     * @throws InvalidConfigurationException if its result has no such tensor
     */
    NDArray logits(NDArray images) {
        return answer(normalisation.apply(images));
    }

    /** The same of images as the program takes them, float32. */
    NDArray answer(NDArray prepared) {
        return new Output(settings).of(module.forward(new NDList(prepared)));
    }

    InvalidConfigurationException refused(String message, String wayOut) {
        return new InvalidConfigurationException(new Problem(settings.file(), message, wayOut));
    }
}
