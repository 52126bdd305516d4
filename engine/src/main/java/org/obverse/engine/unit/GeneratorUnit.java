package org.obverse.engine.unit;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.common.base.Suppliers;
import java.util.List;
import java.util.function.Supplier;
import org.obverse.api.data.Part;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.graph.Provisional;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.GeneratorNetwork;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.NoTensors;
import org.obverse.engine.random.Midpoints;

/** The plan's generator: trained from public images, or opened once from its file. */
public final class GeneratorUnit implements Provisional<GeneratorNetwork> {
    public static final String SLOT = "generator";

    private final UnitName name;
    private final Equipment equipment;
    private final PlanChecks checks;
    private final Maker maker;
    private final Prior prior;
    private final List<Input<?>> inputs;
    private final Ingredients ingredients;
    private final Supplier<GeneratorNetwork.Opened> loaded = Suppliers.memoize(this::load);

    /**
     * The generator as a plan names it.
     *
     * @param seed of its training
     * @param data whose public images train it
     * @param image shape of these images
     */
    public record Prior(
            PlannedComponent<GeneratorArchitecture> chosen,
            GeneratorArchitecture architecture,
            long seed,
            Input<MeasuredData> data,
            Shape image) {
        /** Whether the run makes its weights. */
        public boolean isTrained() {
            return architecture instanceof TrainableGenerator
                    && architecture.weights().isEmpty();
        }
    }

    public GeneratorUnit(
            UnitName name, Equipment equipment, PlanChecks checks, Maker maker, Prior prior, Execution execution) {
        this.name = name;
        this.equipment = equipment;
        this.checks = checks;
        this.maker = maker;
        this.prior = prior;
        this.inputs = prior.isTrained() ? List.of(prior.data()) : List.of();
        IngredientList list = IngredientList.of(equipment, SLOT).component(SLOT, prior.chosen());
        this.ingredients = (prior.isTrained() ? list.seed(prior.seed(), SLOT).computed(execution) : list).ingredients();
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return prior.chosen().name();
    }

    @Override
    public List<Input<?>> inputs() {
        return inputs;
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        try {
            Generator made = maker.ask(
                    SLOT,
                    prior.chosen(),
                    prior.chosen().subject(),
                    () -> prior.isTrained() ? untrained(known) : loaded.get().generator());
            known.tell(this, made);
            return prior.isTrained() ? checks.channels(made, prior.image()) : List.of();
        } catch (InvalidConfigurationException e) {
            List<Problem> located = checks.located(SLOT, e.problems());
            throw e.isMissing()
                    ? InvalidConfigurationException.missing(located)
                    : new InvalidConfigurationException(located);
        }
    }

    /** Built once to learn what it will be able to do. */
    private Generator untrained(Known known) {
        NDManager trial = known.own(equipment.manager().newSubManager());
        return prior.architecture().build(new Parameters(trial, ParameterSource.fresh(new Midpoints())));
    }

    private GeneratorNetwork.Opened load() {
        String location = prior.architecture().weights();
        ParameterSource source = location.isEmpty()
                ? new NoTensors(prior.chosen().name())
                : equipment.resources(prior.chosen(), 0, "weights").weights(location);
        return GeneratorNetwork.build(prior.architecture(), source, equipment.manager());
    }

    @Override
    public GeneratorNetwork perform(Inputs opened, UnitContext context) {
        if (!(prior.architecture() instanceof TrainableGenerator trainable) || !prior.isTrained()) {
            GeneratorNetwork network = loaded.get();
            UnitLoan.of(context, equipment.torch(), Equipment.stream(prior.seed(), SLOT));
            return network;
        }
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(prior.seed(), SLOT));
        Parameters tensors = fresh(loan);
        trainable.train(tensors, opened.get(prior.data()).images().plain().images(Part.PUBLIC), loan);
        return new GeneratorNetwork.Fresh(tensors.all());
    }

    private static Parameters fresh(UnitLoan loan) {
        return new Parameters(
                loan.manager(), ParameterSource.fresh(loan.random().child("initial")));
    }

    /** As it is before the first step, or from its file. */
    @Override
    public GeneratorNetwork provisional(Inputs inputs, UnitContext context) {
        if (!prior.isTrained()) {
            return loaded.get();
        }
        Parameters tensors = fresh(UnitLoan.of(context, equipment.torch(), Equipment.stream(prior.seed(), SLOT)));
        prior.architecture().build(tensors);
        return new GeneratorNetwork.Fresh(tensors.all());
    }

    @Override
    public Length length(Inputs inputs) {
        return Length.UNKNOWN;
    }

    @Override
    public Codec<GeneratorNetwork> codec() {
        GeneratorNetwork.Form stored = new GeneratorNetwork.Form(equipment.torch(), prior.architecture());
        return prior.isTrained()
                ? stored
                : new Codec<>() {
                    @Override
                    public Content encode(GeneratorNetwork product) {
                        return stored.encode(product);
                    }

                    @Override
                    public Summary summary(GeneratorNetwork product) {
                        return Summary.NONE;
                    }

                    @Override
                    public GeneratorNetwork decode(Artifact artifact, Inputs none, Lifetime lifetime) {
                        return loaded.get();
                    }
                };
    }
}
