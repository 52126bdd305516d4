package org.obverse.plugins.example;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Workbench;

/** One unit of work for a stage that asks nobody: neither the target nor public images. */
record Unit(Workbench bench, Generator generator, long seed, List<Integer> classes) implements StageContext {
    @Override
    public List<Integer> allClasses() {
        return classes;
    }

    @Override
    public RandomStream random() {
        return bench.stream(seed);
    }

    @Override
    public NDManager manager() {
        return bench.manager();
    }

    @Override
    public int batch() {
        return 100;
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        throw new IllegalArgumentException("the stage did not declare that it asks the target");
    }

    @Override
    public Classifier network(String name) {
        throw new IllegalArgumentException("nothing was prepared");
    }

    @Override
    public Images publicImages() {
        throw new IllegalArgumentException("the stage did not declare that it reads public images");
    }

    @Override
    public void emit(Candidates candidates) {}

    @Override
    public void checkpoint() {}

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {}
}
