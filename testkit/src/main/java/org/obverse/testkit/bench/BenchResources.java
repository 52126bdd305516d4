package org.obverse.testkit.bench;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.obverse.api.network.Initial;
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
import org.obverse.testkit.bench.ScriptedClassifier.Result;

/**
 * What the engine lends, and one thing more: a location {@code bench:NAME} stands for a weights file that has every tensor it
 * is asked for, drawn from the stream of that name; or for a {@link ScriptedClassifier} drawn from it, which returns a pair
 * if the name ends with {@value #PAIR}.
 */
record BenchResources(Resources engine) implements Resources {
    private static final String DRAWN = "bench:";
    private static final String PAIR = "pair";

    @Override
    public ParameterSource weights(String location) {
        if (!location.startsWith(DRAWN)) {
            return engine.weights(location);
        }
        return new RepeatedDraws(Bench.stream(location), initial -> Initial.normal(0.1));
    }

    @Override
    public ScriptedModule script(String location) {
        if (!location.startsWith(DRAWN)) {
            return engine.script(location);
        }
        Result result = location.endsWith(PAIR) ? Result.PAIR : Result.LOGITS;
        try {
            Path file = Files.createTempFile("obverse-bench", ".pt");
            try {
                ScriptedClassifier.drawn(Swatches.CLASSES, Bench.stream(location))
                        .write(file, result);
                return engine.script(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Gradients gradients() {
        return engine.gradients();
    }

    @Override
    public Operators operators() {
        return engine.operators();
    }

    @Override
    public Training training() {
        return engine.training();
    }

    @Override
    public RandomStream random() {
        return engine.random();
    }

    @Override
    public NDManager manager() {
        return engine.manager();
    }

    @Override
    public Workspace workspace() {
        return engine.workspace();
    }

    @Override
    public <T> T create(Kind<T> kind, Use use) {
        return engine.create(kind, use);
    }
}
