package org.obverse.plugins.stylegan2;

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
import org.obverse.engine.weights.WeightFile;
import org.obverse.testkit.Workbench;

/** The bench, whose weights are files among the test's resources, opened as a run opens them. */
record PickleResources(Workbench bench) implements Resources {
    @Override
    public Gradients gradients() {
        return bench.gradients();
    }

    @Override
    public Operators operators() {
        return bench.operators();
    }

    @Override
    public Training training() {
        return bench.training();
    }

    @Override
    public RandomStream random() {
        return bench.random();
    }

    @Override
    public NDManager manager() {
        return bench.manager();
    }

    @Override
    public Workspace workspace() {
        return bench.workspace();
    }

    @Override
    public ParameterSource weights(String location) {
        return WeightFile.open(NetworkPickleTest.path(location), location).parameters();
    }

    @Override
    public ScriptedModule script(String location) {
        return bench.script(location);
    }

    @Override
    public <T> T create(Kind<T> kind, Use use) {
        return bench.create(kind, use);
    }
}
