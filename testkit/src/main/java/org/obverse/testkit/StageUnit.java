package org.obverse.testkit;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.lend.UndeclaredGenerator;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;

/**
 * One unit of work for a stage under test: the engine's own context, and a memory of what the stage did. Say first
 * what the unit has, then hand it to the stage.
 *
 * <pre>{@code
 * StageUnit unit = StageUnit.of(BENCH, List.of(0, 3), generator).withTarget(classifier).withBudget(500);
 * Candidates found = new MyOptimizer(settings).optimize(start, unit);
 * assertEquals(500, unit.queries());
 * }</pre>
 */
public final class StageUnit implements StageContext, UnitLoan.Watch {
    private static final String NAME = "the stage under test";

    private final Workbench bench;
    private final List<Integer> classes;
    private final List<Long> progressed = new ArrayList<>();
    private final Map<String, Classifier> networks = new HashMap<>();
    private Optional<Generator> generator = Optional.empty();
    private Optional<Classifier> target = Optional.empty();
    private Optional<Images> images = Optional.empty();
    private QueryLedger ledger = new QueryLedger(Long.MAX_VALUE);
    private int batch = 100;
    private long seed = 11;
    private Optional<StageLoan> loan = Optional.empty();
    private int checkpoints;

    private StageUnit(Workbench bench, List<Integer> classes) {
        this.bench = bench;
        this.classes = classes;
    }

    /** A unit of some classes, without a generator: for a preparer. */
    public static StageUnit of(Workbench bench, List<Integer> classes) {
        return new StageUnit(bench, List.copyOf(classes));
    }

    /** A unit of some classes that searches a generator. */
    public static StageUnit of(Workbench bench, List<Integer> classes, Generator generator) {
        StageUnit unit = of(bench, classes);
        unit.generator = Optional.of(generator);
        return unit;
    }

    /** The target, at every access that is asked for. */
    public StageUnit withTarget(Classifier classifier) {
        target = Optional.of(classifier);
        return this;
    }

    public StageUnit withPublicImages(Images shown) {
        images = Optional.of(shown);
        return this;
    }

    /** A network that a preparer made. */
    public StageUnit withNetwork(String name, Classifier network) {
        networks.put(name, network);
        return this;
    }

    public StageUnit withBatch(int size) {
        batch = size;
        return this;
    }

    /** The most images that the target answers for. */
    public StageUnit withBudget(long queries) {
        ledger = new QueryLedger(queries);
        return this;
    }

    /** Of the stage's stream. */
    public StageUnit withSeed(long another) {
        seed = another;
        return this;
    }

    /** Asks the stage, which a spent budget has ended, for what it has, as the engine would. */
    public Candidates foundWhenSpent() {
        return loan().found().orElseThrow(() -> new IllegalStateException("the stage left nothing to be asked"));
    }

    public int checkpoints() {
        return checkpoints;
    }

    /** What {@code done} was in each report of progress. */
    public List<Long> progressed() {
        return List.copyOf(progressed);
    }

    /** Images that the target was asked about. */
    public long queries() {
        return ledger.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** The engine's own context; it is made when the stage first asks for something. */
    private StageLoan loan() {
        StageLoan known = loan.orElseGet(() -> lend(declared()));
        loan = Optional.of(known);
        return known;
    }

    private Requirements declared() {
        Requirements all = Requirements.none().data(Part.PUBLIC);
        for (String name : networks.keySet()) {
            all = all.network(name, name);
        }
        return all;
    }

    private StageLoan lend(Requirements requirements) {
        StageLoan.Surroundings surroundings = new StageLoan.Surroundings(
                NAME,
                Needs.of(List.of(requirements)),
                classes,
                () -> new TargetModel(have(target, "target"), List.of(), bench.gradients()),
                generator.orElse(new UndeclaredGenerator(NAME)),
                networks,
                () -> have(images, "public images"));
        UnitLoan unit = new UnitLoan(bench.stream(seed), bench.manager(), () -> batch, this);
        return new StageLoan(surroundings, unit, classes, ledger);
    }

    private static <T> T have(Optional<T> part, String name) {
        return part.orElseThrow(() -> new IllegalArgumentException("this unit has no " + name));
    }

    @Override
    public List<Integer> classes() {
        return loan().classes();
    }

    @Override
    public List<Integer> allClasses() {
        return loan().allClasses();
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        return lend(Requirements.none().access(access)).target(access);
    }

    @Override
    public Generator generator() {
        return loan().generator();
    }

    @Override
    public Classifier network(String name) {
        return loan().network(name);
    }

    @Override
    public Images publicImages() {
        return loan().publicImages();
    }

    @Override
    public NDManager manager() {
        return loan().manager();
    }

    @Override
    public int batch() {
        return loan().batch();
    }

    @Override
    public void onBudgetSpent(Supplier<Candidates> candidates) {
        loan().onBudgetSpent(candidates);
    }

    @Override
    public RandomStream random() {
        return loan().random();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        progressed.add(done);
    }

    @Override
    public void checkpoint() {
        checkpoints++;
    }
}
