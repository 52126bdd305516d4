package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.attack.StageContext;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.bench.Bench;
import org.obverse.testkit.bench.GivenParameters;

/** Stages of an attack, performed one after another on a bench for all of its classes. */
final class Recipe {
    static final Map<Stage, Kind<?>> KINDS = Map.of(
            Stage.PREPARE, Kind.PREPARER,
            Stage.SAMPLE, Kind.SAMPLER,
            Stage.OPTIMIZE, Kind.OPTIMIZER,
            Stage.SELECT, Kind.SELECTOR);

    private final Bench bench;
    private final Notes notes;
    private final Preparer.Prepared prepared;
    private final Optional<Candidates> found;

    /**
     * @param stages those to be performed; with the settings that the notes give their components
     */
    Recipe(Bench bench, Notes notes, Map<Stage, Use> stages) {
        this.bench = bench;
        this.notes = notes;
        this.prepared = prepare(stages);
        this.found = find(stages);
    }

    /** The networks that later stages see. */
    Preparer.Prepared prepared() {
        return prepared;
    }

    /** What the last stage found; nothing if none searched. */
    Optional<Candidates> found() {
        return found;
    }

    private Preparer.Prepared prepare(Map<Stage, Use> stages) {
        Preparer.Prepared planned = new Preparer.Prepared(bench.generator(), Map.of());
        Use use = stages.get(Stage.PREPARE);
        if (use == null) {
            return planned;
        }
        PlannedComponent<Preparer> chosen = bench.components().choose(Kind.PREPARER, notes.settled("preparer", use));
        Preparer preparer = chosen.create(bench.resources(chosen.plugin(), bench.manager()));
        Map<String, NDArray> tensors = preparer.prepare(
                        StageTrial.of(bench, chosen, Stage.PREPARE, conditions(), bench.manager(), planned)
                                .context())
                .tensors();
        return preparer.open(new GivenParameters(tensors), bench.generator());
    }

    private StageConditions conditions() {
        return StageConditions.usual(bench.classes());
    }

    private Optional<Candidates> find(Map<Stage, Use> stages) {
        Optional<Candidates> last = Optional.empty();
        for (Stage stage : List.of(Stage.SAMPLE, Stage.OPTIMIZE, Stage.SELECT)) {
            Use use = stages.get(stage);
            if (use != null) {
                Kind<?> kind = KINDS.getOrDefault(stage, Kind.SAMPLER);
                PlannedComponent<?> chosen = bench.components().choose(kind, notes.settled(kind.name(), use));
                Object made = chosen.create(bench.resources(chosen.plugin(), bench.manager()));
                last = Optional.of(perform(
                        made,
                        last,
                        StageTrial.of(bench, chosen, stage, conditions(), bench.manager(), prepared)
                                .context()));
            }
        }
        return last;
    }

    /** Calls a sampler, an optimizer or a selector. */
    static Candidates perform(Object stage, Optional<Candidates> given, StageContext context) {
        if (stage instanceof Sampler sampler) {
            return sampler.sample(context);
        }
        if (stage instanceof Optimizer optimizer) {
            return optimizer.optimize(given.orElseThrow(), context);
        }
        return ((Selector) stage).select(given.orElseThrow(), context);
    }
}
