package org.obverse.plugins.brep;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** One unit of work at a bench: the engine's own target and ledger, and a memory of what the stage reported. */
final class TestUnit implements StageContext {
    private final Workbench bench;
    private final Classifier target;
    private final Generator generator;
    private final Images images;
    private final int batch;
    private final List<Integer> classes;
    private final QueryLedger ledger;
    private Optional<Candidates> emitted = Optional.empty();
    private int checkpoints;

    TestUnit(
            Workbench bench,
            Classifier target,
            Generator generator,
            Images images,
            int batch,
            long budget,
            List<Integer> classes) {
        this.bench = bench;
        this.target = target;
        this.generator = generator;
        this.images = images;
        this.batch = batch;
        this.classes = classes;
        this.ledger = new QueryLedger(budget);
    }

    Candidates lastEmitted() {
        return emitted.orElseThrow();
    }

    int checkpoints() {
        return checkpoints;
    }

    /** Images that the target was asked about. */
    long queries() {
        return ledger.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public List<Integer> classes() {
        return classes;
    }

    @Override
    public List<Integer> allClasses() {
        return classes;
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        TargetModel model = new TargetModel(target, List.of(), bench.gradients());
        return access.cast(model.oracle(Access.of(access), ledger, bench.stream(5)));
    }

    @Override
    public Generator generator() {
        return generator;
    }

    @Override
    public Classifier network(String name) {
        throw new IllegalArgumentException("nothing is called " + name);
    }

    @Override
    public Images publicImages() {
        return images;
    }

    @Override
    public NDManager manager() {
        return bench.manager();
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void emit(Candidates candidates) {
        emitted = Optional.of(candidates);
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {}

    @Override
    public RandomStream random() {
        return bench.stream(11);
    }

    @Override
    public void checkpoint() {
        checkpoints++;
    }
}
