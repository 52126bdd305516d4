package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.testkit.Workbench;

/**
 * A stage on the plane outside of a run.
 *
 * @param emitted what the stage emitted, in order
 */
record PlaneStage(Workbench bench, Classifier classifier, List<Integer> classes, List<Candidates> emitted)
        implements StageContext {
    PlaneStage(Workbench bench, Classifier classifier, Integer... classes) {
        this(bench, classifier, List.of(classes), new ArrayList<>());
    }

    @Override
    public List<Integer> allClasses() {
        return classes;
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        return access.cast(new TargetModel(classifier, List.of(), bench.gradients())
                .oracle(Access.of(access), new QueryLedger(Long.MAX_VALUE), bench.stream(2)));
    }

    @Override
    public Generator generator() {
        return new PlaneGenerator();
    }

    @Override
    public Classifier network(String name) {
        throw new IllegalArgumentException("nothing was prepared");
    }

    @Override
    public Images publicImages() {
        throw new IllegalArgumentException("the plane has no public images");
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
    public RandomStream random() {
        return bench.stream(1);
    }

    @Override
    public void checkpoint() {}

    @Override
    public void emit(Candidates candidates) {
        emitted.add(candidates);
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {}
}
