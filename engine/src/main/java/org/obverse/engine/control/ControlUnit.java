package org.obverse.engine.control;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.obverse.api.attack.Candidates;
import org.obverse.api.event.UnitName;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.CutShortException;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.ControlLoan;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.product.CandidateForm;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.Movement;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.IngredientList;

/** Makes what is judged beside an attack: depends on what the control declared and on nothing else. */
public final class ControlUnit implements Unit<Found> {
    /** Of the artifact: what the control says that it is. */
    public static final String ROLE = "role";

    private final UnitName name;
    private final Equipment equipment;
    private final ControlUse use;
    private final Shape image;
    private final Execution execution;
    private final Ingredients ingredients;

    /**
     * @param image the shape of the data's images
     */
    public ControlUnit(UnitName name, Equipment equipment, ControlUse use, Shape image, Execution execution) {
        this.name = name;
        this.equipment = equipment;
        this.use = use;
        this.image = image;
        this.execution = execution;
        this.ingredients = use.addTo(IngredientList.of(equipment, use.slot())
                        .component("control", use.plan())
                        .value("classes", use.attack().classes())
                        .seed(use.seed(), use.slot())
                        .computed(execution)
                        .batch(execution))
                .ingredients();
    }

    /** Whether it works as long as the attack asked. */
    public boolean readsQueries() {
        return use.plan().requirements().reads().contains(Reading.QUERIES);
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return use.plan().name();
    }

    @Override
    public List<Input<?>> inputs() {
        return use.inputs();
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        return use.check(known, image, execution.batch());
    }

    @Override
    public Found perform(Inputs inputs, UnitContext context) {
        UnitLoan unit = UnitLoan.of(context, equipment.torch(), Equipment.stream(use.seed(), use.slot()));
        ControlLoan loan = use.loan(inputs, unit, equipment.torch());
        if (!use.needs().generator().isEmpty()
                && !use.attack().space().prepared().isEmpty()) {
            requireFit(loan.generator());
        }
        Candidates made = made(loan);
        requireClasses(made);
        Movement.requireNumbers(made);
        return new Found.Fresh(made, loan.stage().queries(), Map.of());
    }

    /** A generator that was prepared is known only now. */
    private void requireFit(Generator generator) {
        List<Problem> problems = use.fit(generator, image, execution.batch());
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private Candidates made(ControlLoan loan) {
        try {
            return use.made().candidates(loan);
        } catch (CutShortException e) {
            return loan.stage().found().orElseThrow(() -> e);
        }
    }

    /** Without one of a class, its figures would be of others than the attack's. */
    private void requireClasses(Candidates made) {
        if (!Set.copyOf(made.classes()).equals(Set.copyOf(use.attack().classes()))) {
            throw new IllegalStateException("control '%s' has candidates of the classes %s, and the attack is after %s"
                    .formatted(
                            component(),
                            Set.copyOf(made.classes()),
                            use.attack().classes()));
        }
    }

    @Override
    public Codec<Found> codec() {
        return new CandidateForm(
                use::opening,
                use.openers(),
                Map.of(ROLE, use.made().role().name().toLowerCase(Locale.ROOT)));
    }
}
