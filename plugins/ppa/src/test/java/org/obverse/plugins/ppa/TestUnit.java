package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
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
    private final List<Integer> classes;
    private final int batch;
    private final Generator generator;
    private final Classifier classifier;
    private final Workbench bench;
    private final QueryLedger ledger;
    private final List<Long> progress = new ArrayList<>();
    private Optional<Candidates> emitted = Optional.empty();
    private int emissions;
    private int checkpoints;

    TestUnit(
            Workbench bench,
            Generator generator,
            Classifier classifier,
            int batch,
            long budget,
            List<Integer> classes) {
        this.bench = bench;
        this.generator = generator;
        this.classifier = classifier;
        this.batch = batch;
        this.classes = classes;
        this.ledger = new QueryLedger(budget);
    }

    Candidates lastEmitted() {
        return emitted.orElseThrow();
    }

    int emissions() {
        return emissions;
    }

    List<Long> progressed() {
        return progress;
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
        TargetModel target = new TargetModel(classifier, List.of(), bench.gradients());
        return access.cast(target.oracle(Access.of(access), ledger, bench.stream(5)));
    }

    @Override
    public Generator generator() {
        return generator;
    }

    @Override
    public Classifier network(String name) {
        throw new IllegalArgumentException("no attack here prepares a network: " + name);
    }

    @Override
    public Images publicImages() {
        throw new IllegalArgumentException("no stage here reads public images");
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
        emissions++;
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        progress.add(done);
    }

    @Override
    public RandomStream random() {
        return bench.stream(11);
    }

    @Override
    public void checkpoint() {
        checkpoints++;
    }
}
