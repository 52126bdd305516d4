package org.obverse.api.plugin;

import ai.djl.ndarray.NDManager;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.training.Training;

/** What the engine lends to a component that it makes. All of it may be used from any thread. */
public interface Resources {
    Gradients gradients();

    Operators operators();

    Training training();

    /**
     * The component's own stream: of the plan's split seed for data sets, training seed for classifiers, generators and
     * defenses, attack seed for stages, evaluation seed for metrics. Draw from children of it.
     */
    RandomStream random();

    /** On the run's device. What is created from it lives until the component is closed. */
    NDManager manager();

    /** Files that the configuration names, and what it takes to read many of them. */
    Workspace workspace();

    /**
     * Opens a weights file: every tensor is read as a network asks for it by name.
     *
     * @param location a file, relative to the plan: a network pickle, or one of torch.save, npz or safetensors; or {@code
     *     builtin:NAME}, the resource {@code weights/NAME.safetensors} of the component's own jar
     * @throws InvalidConfigurationException if there is no such file, or it is truncated, damaged, or of no such format
     */
    ParameterSource weights(String location);

    /**
     * Loads a TorchScript program onto the run's device. It is run by libtorch, not by Python, with the user's rights.
     *
     * @param location a file, relative to the plan
     * @throws InvalidConfigurationException if there is no such file, or it is truncated or no TorchScript program
     */
    ScriptedModule script(String location);

    /**
     * Makes a component that the configuration names.
     *
     * @throws InvalidConfigurationException if there is none of that name or its settings are wrong
     */
    <T> T create(Kind<T> kind, Use use);
}
