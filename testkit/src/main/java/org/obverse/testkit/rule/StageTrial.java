package org.obverse.testkit.rule;

import ai.djl.ndarray.NDManager;
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
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.testkit.bench.Bench;

/** The context of one call, which remembers what the stage did. It lends no more than the engine's own. */
final class StageTrial implements StageContext {
    private final Bench bench;
    private final Requirements requirements;
    private final StageConditions conditions;
    private final NDManager manager;
    private final RandomStream random;
    private final Generator generator;
    private final Map<String, Classifier> networks;
    private final QueryLedger ledger;
    private final Course course;
    private Optional<Supplier<Candidates>> found = Optional.empty();

    /**
     * @param watched managers whose arrays are counted at every step
     */
    StageTrial(
            Bench bench,
            Requirements requirements,
            StageConditions conditions,
            NDManager manager,
            RandomStream random,
            Generator generator,
            Map<String, Classifier> networks,
            List<NDManager> watched) {
        this.bench = bench;
        this.requirements = requirements;
        this.conditions = conditions;
        this.manager = manager;
        this.random = random;
        this.generator = generator;
        this.networks = networks;
        this.course = new Course(conditions.patience(), watched);
        this.ledger = new QueryLedger(conditions.budget());
    }

    Map<String, Long> counted() {
        return ledger.counts();
    }

    /** What the stage left to be asked when its budget is spent. */
    Optional<Supplier<Candidates>> found() {
        return found;
    }

    Course course() {
        return course;
    }

    @Override
    public List<Integer> classes() {
        return conditions.classes();
    }

    @Override
    public List<Integer> allClasses() {
        return bench.classes();
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        Access asked = Access.of(access);
        if (asked != requirements.access()) {
            throw new IllegalArgumentException("the component declares %s access and asks for %s"
                    .formatted(requirements.access().label(), asked.label()));
        }
        TargetModel target =
                new TargetModel(bench.target(), List.of(), bench.torch().gradients());
        return access.cast(target.oracle(asked, ledger, random.child("target")));
    }

    @Override
    public Generator generator() {
        return generator;
    }

    @Override
    public Classifier network(String name) {
        Classifier network = networks.get(name);
        if (network == null) {
            throw new IllegalArgumentException(
                    "nothing prepared is called '" + name + "'; there are " + networks.keySet());
        }
        return network;
    }

    @Override
    public Images publicImages() {
        if (!requirements.data().contains(Part.PUBLIC)) {
            throw new IllegalArgumentException("the component did not declare that it reads public images");
        }
        return bench.data().images(Part.PUBLIC);
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public int batch() {
        return conditions.batch();
    }

    @Override
    public void onBudgetSpent(Supplier<Candidates> candidates) {
        found = Optional.of(candidates);
    }

    @Override
    public RandomStream random() {
        return random;
    }

    @Override
    public void checkpoint() {
        course.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        course.progress(done, total, figures);
    }
}
