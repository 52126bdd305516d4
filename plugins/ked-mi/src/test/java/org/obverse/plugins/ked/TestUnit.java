package org.obverse.plugins.ked;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Preparer;
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
    private final Optional<Preparer.Prepared> prepared;
    private final Images images;
    private final int batch;
    private final List<Integer> classes;
    private final QueryLedger ledger;
    private Optional<Candidates> emitted = Optional.empty();
    private int checkpoints;

    private TestUnit(
            Workbench bench,
            Classifier target,
            Optional<Preparer.Prepared> prepared,
            Images images,
            int batch,
            long budget,
            List<Integer> classes) {
        this.bench = bench;
        this.target = target;
        this.prepared = prepared;
        this.images = images;
        this.batch = batch;
        this.classes = classes;
        this.ledger = new QueryLedger(budget);
    }

    /** A unit that prepares. */
    static TestUnit preparing(Workbench bench, Classifier target, Images images) {
        return new TestUnit(bench, target, Optional.empty(), images, 7, Long.MAX_VALUE, List.of(0, 1));
    }

    /** A unit of a later stage. */
    static TestUnit searching(
            Workbench bench,
            Classifier target,
            Preparer.Prepared prepared,
            int batch,
            long budget,
            Integer... classes) {
        return new TestUnit(bench, target, Optional.of(prepared), new Stripes(0, 32), batch, budget, List.of(classes));
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
        return prepared.orElseThrow().generator();
    }

    @Override
    public Classifier network(String name) {
        return Objects.requireNonNull(prepared.orElseThrow().networks().get(name), name);
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
