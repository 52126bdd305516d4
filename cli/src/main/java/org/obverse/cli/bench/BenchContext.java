package org.obverse.cli.bench;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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

/** A stage's surroundings, without a run: notes when each step was finished. */
final class BenchContext implements StageContext {
    private final Generator generator;
    private final TargetModel target;
    private final NDManager manager;
    private final RandomStream random;
    private final int batch;
    private final List<Long> stepEnds = new ArrayList<>();

    BenchContext(Generator generator, TargetModel target, NDManager manager, RandomStream random, int batch) {
        this.generator = generator;
        this.target = target;
        this.manager = manager;
        this.random = random;
        this.batch = batch;
    }

    /** In nanoseconds of {@link System#nanoTime}, one per step. */
    List<Long> stepEnds() {
        return List.copyOf(stepEnds);
    }

    @Override
    public List<Integer> classes() {
        return List.of(0);
    }

    @Override
    public List<Integer> allClasses() {
        return classes();
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        return access.cast(target.oracle(Access.of(access), new QueryLedger(Long.MAX_VALUE), random));
    }

    @Override
    public Generator generator() {
        return generator;
    }

    @Override
    public Classifier network(String name) {
        throw new IllegalArgumentException("the benchmark prepares no network '" + name + "'");
    }

    @Override
    public Images publicImages() {
        throw new IllegalArgumentException("the benchmark has no images");
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void onBudgetSpent(Supplier<Candidates> found) {}

    @Override
    public RandomStream random() {
        return random;
    }

    @Override
    public void checkpoint() {}

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        stepEnds.add(System.nanoTime());
    }
}
