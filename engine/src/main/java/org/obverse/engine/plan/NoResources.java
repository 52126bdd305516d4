package org.obverse.engine.plan;

import ai.djl.ndarray.NDManager;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.plugin.Workspace;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.training.Training;

/**
 * What the factory of an attack is given: an attack is a recipe, made while the plan is read.
 *
 * @param subject the attack, for the message
 */
record NoResources(String subject) implements Resources {
    @Override
    public Gradients gradients() {
        throw refusal();
    }

    @Override
    public Operators operators() {
        throw refusal();
    }

    @Override
    public Training training() {
        throw refusal();
    }

    @Override
    public RandomStream random() {
        throw refusal();
    }

    @Override
    public NDManager manager() {
        throw refusal();
    }

    @Override
    public Workspace workspace() {
        throw refusal();
    }

    @Override
    public ParameterSource weights(String location) {
        throw refusal();
    }

    @Override
    public ScriptedModule script(String location) {
        throw refusal();
    }

    @Override
    public <T> T create(Kind<T> kind, Use use) {
        throw refusal();
    }

    private IllegalStateException refusal() {
        return new IllegalStateException(
                subject + " asks for resources; an attack only names its stages, whose factories are given them");
    }
}
