package org.obverse.engine.unit;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.event.UnitName;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.CutShortException;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.product.CandidateForm;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.Movement;
import org.obverse.engine.product.StoredCandidates.Way;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.engine.target.QueryLedger;

/** Samples, optimizes or selects candidates of some classes: candidates in, candidates out. */
public final class SearchUnit implements Unit<Found> {
    private final UnitName name;
    private final Equipment equipment;
    private final StageUse use;
    private final Search search;
    private final Execution execution;
    private final Ingredients ingredients;
    private boolean fits;

    /**
     * What is searched, and from where.
     *
     * @param starts of the stage before, those of the unit's classes among them; none when it samples
     * @param openers of representations, by form
     * @param image the shape of the data's images
     * @param seed of the attack
     */
    public record Search(
            SearchSpace space,
            List<Input<Found>> starts,
            Map<String, Representation.Opener> openers,
            Shape image,
            long seed) {}

    public SearchUnit(UnitName name, Equipment equipment, StageUse use, Search search, Execution execution) {
        this.name = name;
        this.equipment = equipment;
        this.use = use;
        this.search = search;
        this.execution = execution;
        IngredientList list = IngredientList.of(equipment, slot())
                .component(slot(), use.plan().component())
                .value("classes", name.classes())
                .seed(search.seed(), slot())
                .computed(execution)
                .batch(execution);
        if (!use.requirements().coupling().isEmpty()) {
            list.value("coupled with classes", use.allClasses());
        }
        this.ingredients = use.addTo(list).ingredients();
    }

    private String slot() {
        return use.plan().stage().label();
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return use.component();
    }

    @Override
    public List<Input<?>> inputs() {
        List<Input<?>> inputs = new ArrayList<>();
        if (use.readsData()) {
            inputs.add(use.data());
        }
        if (use.asksTarget()) {
            inputs.add(use.target().model());
        }
        inputs.addAll(search.space().inputs());
        inputs.addAll(search.starts());
        return List.copyOf(inputs);
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        List<Problem> problems = new ArrayList<>(use.taps(known));
        search.space().known(known).ifPresent(generator -> {
            problems.addAll(use.checks().generator(use.plan(), generator, search.image()));
            problems.addAll(use.preflight(generator, search.image(), execution.batch()));
            fits = true;
        });
        return problems;
    }

    /** A generator that was prepared is known only now. */
    private void requireFit(Generator generator) {
        if (!fits
                && !(search.space().prepared().isEmpty()
                        && search.space().planned().isEmpty())) {
            List<Problem> problems = new ArrayList<>(use.checks().prepared(use.plan(), generator));
            problems.addAll(use.preflight(generator, search.image(), execution.batch()));
            if (!problems.isEmpty()) {
                throw new InvalidConfigurationException(problems);
            }
        }
    }

    @Override
    public Found perform(Inputs inputs, UnitContext context) {
        UnitLoan unit = UnitLoan.of(context, equipment.torch(), Equipment.stream(search.seed(), slot()));
        StageLoan.Surroundings surroundings = use.surroundings(inputs, search.space(), equipment.torch());
        requireFit(surroundings.generator());
        StageLoan loan = new StageLoan(surroundings, unit, name.classes(), ledger());
        List<Candidates> start = use.plan().stage() == Stage.SAMPLE ? List.of() : List.of(start(inputs, loan));
        Candidates found = found(start, loan);
        Movement.requireNumbers(found);
        Map<String, Double> figures = new LinkedHashMap<>();
        if (use.plan().stage() == Stage.OPTIMIZE) {
            Movement.share(start.get(0), found, name.toString()).ifPresent(share -> figures.put(Movement.MOVED, share));
        } else if (use.needs().access().grants(Access.SCORES)) {
            Movement.tied(found).ifPresent(share -> figures.put(Movement.TIED, share));
        }
        return new Found.Fresh(found, loan.queries(), figures);
    }

    private Candidates found(List<Candidates> start, StageLoan loan) {
        try {
            return search(start, loan);
        } catch (BudgetSpentException | CutShortException e) {
            return loan.found()
                    .orElseThrow(() -> new IllegalStateException(
                            "stage '" + slot() + "' had no candidates when " + e.getMessage(), e));
        }
    }

    /** What may be asked is not checked where nothing is: then it must be nothing. */
    private QueryLedger ledger() {
        return use.needs().isOnSurrogates() ? QueryLedger.closed(component()) : new QueryLedger(budget());
    }

    /** Of all the unit's classes together. */
    private long budget() {
        long perClass = use.target().plan().budget().getOrDefault(use.plan().stage(), Long.MAX_VALUE);
        long classes = name.classes().size();
        return perClass > Long.MAX_VALUE / classes ? perClass : perClass * classes;
    }

    private Candidates search(List<Candidates> start, StageLoan loan) {
        return switch (use.plan().stage()) {
            case SAMPLE -> ((Sampler) use.made()).sample(loan);
            case OPTIMIZE -> ((Optimizer) use.made()).optimize(start.get(0), loan);
            case SELECT -> ((Selector) use.made()).select(start.get(0), loan);
            case PREPARE -> throw new IllegalArgumentException("preparing finds no candidates");
        };
    }

    /** The candidates of the unit's classes, from the stage before. */
    private Candidates start(Inputs inputs, StageLoan loan) {
        return Found.read(
                search.starts().stream().map(inputs::get).toList(), name.classes(), loan.manager(), Way.LEFT_OUT);
    }

    @Override
    public Codec<Found> codec() {
        return new CandidateForm(inputs -> search.space().generator(inputs, component()), search.openers());
    }
}
