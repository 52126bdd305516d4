package org.obverse.engine.unit;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.obverse.api.attack.Preparer;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.StoredParameters;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.lend.UndeclaredGenerator;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.product.PreparedNetworks;
import org.obverse.engine.target.QueryLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains what the search needs. It depends on what it may ask and on nothing else, so that targets share what was made
 * without asking them.
 */
public final class PrepareUnit implements Unit<PreparedNetworks> {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareUnit.class);

    private final UnitName name;
    private final Equipment equipment;
    private final StageUse use;
    private final SearchSpace space;
    private final Shape image;
    private final long seed;
    private final Execution execution;
    private final Ingredients ingredients;

    /**
     * @param space the plan's generator, if the preparer declares that it works with it
     * @param image the shape of the data's images
     * @param seed of the attack
     */
    public PrepareUnit(
            UnitName name,
            Equipment equipment,
            StageUse use,
            SearchSpace space,
            Shape image,
            long seed,
            Execution execution) {
        this.name = name;
        this.equipment = equipment;
        this.use = use;
        this.space = space;
        this.image = image;
        this.seed = seed;
        this.execution = execution;
        this.ingredients = use.addTo(IngredientList.of(equipment, slot())
                        .component(slot(), use.plan().component())
                        .value("classes", use.allClasses())
                        .seed(seed, slot())
                        .computed(execution)
                        .batch(execution))
                .ingredients();
    }

    private String slot() {
        return use.plan().stage().label();
    }

    private Preparer preparer() {
        return (Preparer) use.made();
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
        inputs.addAll(space.inputs());
        return List.copyOf(inputs);
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        List<Problem> problems = new ArrayList<>(use.taps(known));
        Optional<Generator> planned =
                space.planned().isEmpty() ? Optional.of(new UndeclaredGenerator(component())) : space.known(known);
        planned.ifPresent(generator -> {
            if (!space.planned().isEmpty()) {
                problems.addAll(use.checks().generator(use.plan(), generator, image));
            }
            problems.addAll(use.preflight(generator, image, execution.batch()));
        });
        return problems;
    }

    /** Without a budget: what is half-made is no result. */
    @Override
    public PreparedNetworks perform(Inputs inputs, UnitContext context) {
        UnitLoan unit = UnitLoan.of(context, equipment.torch(), Equipment.stream(seed, slot()));
        QueryLedger ledger = new QueryLedger(Long.MAX_VALUE);
        StageLoan loan =
                new StageLoan(use.surroundings(inputs, space, equipment.torch()), unit, use.allClasses(), ledger);
        Preparer.Made made = preparer().prepare(loan);
        made.figures().stream()
                .filter(Preparer.Figure::isTooLow)
                .forEach(figure -> LOG.warn(
                        "{} by '{}' is of little use: {} is {}, at least {} is wanted",
                        name,
                        component(),
                        figure.name(),
                        figure.value(),
                        figure.least()));
        return new PreparedNetworks.Fresh(made, ledger.counts());
    }

    private Preparer.Prepared open(ParameterSource tensors, Inputs inputs) {
        Generator planned = space.generator(inputs, component());
        Preparer.Prepared made = preparer().open(tensors, planned);
        if (planned instanceof UndeclaredGenerator undeclared && made.generator() == planned) {
            throw undeclared.refusal();
        }
        if (!made.networks().keySet().equals(use.needs().prepares())) {
            throw new IllegalArgumentException("component '%s' declares that it prepares the networks %s, and makes %s"
                    .formatted(
                            component(),
                            new TreeSet<>(use.needs().prepares()),
                            new TreeSet<>(made.networks().keySet())));
        }
        return made;
    }

    @Override
    public Codec<PreparedNetworks> codec() {
        return new Codec<>() {
            @Override
            public Content encode(PreparedNetworks product) {
                return PreparedNetworks.stored((PreparedNetworks.Fresh) product);
            }

            @Override
            public Summary summary(PreparedNetworks product) {
                PreparedNetworks.Fresh fresh = (PreparedNetworks.Fresh) product;
                Map<String, Double> figures = new LinkedHashMap<>();
                fresh.made().figures().forEach(figure -> figures.put(figure.name(), figure.value()));
                return new Summary(figures, fresh.queries(), List.of());
            }

            /** The preparer attaches its networks to the manager that its factory was given. */
            @Override
            public PreparedNetworks decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
                TensorFile file = artifact.tensors();
                return new PreparedNetworks.Opened(open(new StoredParameters(component(), file), inputs), file);
            }
        };
    }
}
