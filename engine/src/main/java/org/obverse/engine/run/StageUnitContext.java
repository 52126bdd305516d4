package org.obverse.engine.run;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** What a stage is given for one unit. */
final class StageUnitContext implements StageContext {
    private final UnitContext context;
    private final RunParts parts;
    private final Requirements requirements;
    private final QueryLedger ledger;
    private Optional<Candidates> emitted = Optional.empty();

    StageUnitContext(UnitContext context, RunParts parts, Requirements requirements, QueryLedger ledger) {
        this.context = context;
        this.parts = parts;
        this.requirements = requirements;
        this.ledger = ledger;
    }

    /** What the stage emitted last. */
    Optional<Candidates> emitted() {
        return emitted;
    }

    @Override
    public List<Integer> classes() {
        return context.unit().classes();
    }

    @Override
    public List<Integer> allClasses() {
        return parts.classes();
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        Access asked = Access.of(access);
        if (asked != requirements.access()) {
            throw new IllegalArgumentException("component '%s' declares %s access and asks for %s"
                    .formatted(context.unit().component(), requirements.access().label(), asked.label()));
        }
        RandomStream noise = random().child("target", classes().get(0));
        return access.cast(parts.networks().target().oracle(asked, ledger, noise));
    }

    @Override
    public Generator generator() {
        if (context.unit().slot() == Slot.PREPARE && requirements.generator().isEmpty()) {
            throw new UndeclaredGenerator(context.unit().component()).refusal();
        }
        return parts.networks().searched();
    }

    @Override
    public Classifier network(String name) {
        Classifier network = parts.networks().prepared().get(name);
        if (network == null) {
            throw new IllegalArgumentException("nothing prepared is called '" + name + "'; there are "
                    + parts.networks().prepared().keySet());
        }
        return network;
    }

    @Override
    public Images publicImages() {
        if (!requirements.data().contains(Part.PUBLIC)) {
            throw new IllegalArgumentException("component '%s' did not declare that it reads public images"
                    .formatted(context.unit().component()));
        }
        return parts.data().plain().images(Part.PUBLIC);
    }

    @Override
    public NDManager manager() {
        return context.manager();
    }

    @Override
    public int batch() {
        return context.portion().ask();
    }

    @Override
    public void emit(Candidates candidates) {
        emitted = Optional.of(candidates);
    }

    @Override
    public RandomStream random() {
        return context.random();
    }

    @Override
    public void checkpoint() {
        context.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        context.progress(done, total, figures);
    }
}
