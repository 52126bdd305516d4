package org.obverse.engine.lend;

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
import org.obverse.api.random.RandomStream;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;

/** What a stage is lent for one unit: no more than its component declared. */
public final class StageLoan implements StageContext {
    private final Surroundings surroundings;
    private final UnitLoan unit;
    private final List<Integer> classes;
    private final QueryLedger ledger;
    private Optional<Supplier<Candidates>> left = Optional.empty();

    /**
     * Around a stage, whatever unit it works on.
     *
     * @param component the name of the stage's component
     * @param needs what it and the components in its configuration declared
     * @param allClasses that are attacked, in the order of the request
     * @param target the model that the stage asks; not called if it declared no access
     * @param generator that was prepared, or else the plan's
     * @param networks that were prepared, by name
     * @param publicImages not called if it did not declare that it reads them
     */
    public record Surroundings(
            String component,
            Needs needs,
            List<Integer> allClasses,
            Supplier<TargetModel> target,
            Generator generator,
            Map<String, Classifier> networks,
            Supplier<Images> publicImages) {}

    /**
     * @param classes that the unit is for
     * @param ledger counts what the unit asks of the target
     */
    public StageLoan(Surroundings surroundings, UnitLoan unit, List<Integer> classes, QueryLedger ledger) {
        this.surroundings = surroundings;
        this.unit = unit;
        this.classes = List.copyOf(classes);
        this.ledger = ledger;
    }

    /**
     * What the stage left for the case that its budget is spent, asked for now; nothing if it left no way to it. To be called at
     * most once, when the stage was ended.
     */
    public Optional<Candidates> found() {
        return left.map(Supplier::get);
    }

    /** Images that the target was asked about, by kind of question. */
    public Map<String, Long> queries() {
        return ledger.counts();
    }

    @Override
    public List<Integer> classes() {
        return classes;
    }

    @Override
    public List<Integer> allClasses() {
        return surroundings.allClasses();
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        Access asked = new DeclaredAccess(
                        surroundings.component(), surroundings.needs().asks())
                .of(access);
        RandomStream noise = random().child("target", classes.get(0));
        return access.cast(surroundings.target().get().oracle(asked, ledger, noise));
    }

    @Override
    public Generator generator() {
        if (surroundings.generator() instanceof UndeclaredGenerator undeclared) {
            throw undeclared.refusal();
        }
        return surroundings.generator();
    }

    @Override
    public Classifier network(String name) {
        if (!surroundings.needs().looksAt(name)) {
            throw new IllegalArgumentException("component '%s' did not declare that it looks at the network '%s'"
                    .formatted(surroundings.component(), name));
        }
        Classifier network = surroundings.networks().get(name);
        if (network == null) {
            throw new IllegalArgumentException("nothing prepared is called '" + name + "'; there are "
                    + surroundings.networks().keySet());
        }
        return new LentClassifier(network, manager());
    }

    @Override
    public Images publicImages() {
        if (!surroundings.needs().data().contains(Part.PUBLIC)) {
            throw new IllegalArgumentException(
                    "component '%s' did not declare that it reads public images".formatted(surroundings.component()));
        }
        return surroundings.publicImages().get();
    }

    @Override
    public NDManager manager() {
        return unit.manager();
    }

    @Override
    public int batch() {
        return unit.batch().getAsInt();
    }

    @Override
    public void onBudgetSpent(Supplier<Candidates> found) {
        left = Optional.of(found);
    }

    @Override
    public RandomStream random() {
        return unit.random();
    }

    @Override
    public void checkpoint() {
        unit.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        unit.progress(done, total, figures);
    }
}
