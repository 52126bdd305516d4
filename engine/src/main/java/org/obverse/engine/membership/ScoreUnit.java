package org.obverse.engine.membership;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.obverse.api.event.UnitName;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.configuration.CanonicalJson;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.MembershipLoan;
import org.obverse.engine.lend.MembershipLoan.Reference;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.MembershipPlan;
import org.obverse.engine.product.Network;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.TrainingView;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.IngredientList;
import org.obverse.engine.unit.TrainedClassifier.Course;

/** Asks one membership attack about the samples of a game. */
public final class ScoreUnit implements Unit<Scored> {
    public static final String SLOT = "membership";

    private final UnitName name;
    private final Equipment equipment;
    private final MembershipUse use;
    private final Ingredients ingredients;

    public ScoreUnit(UnitName name, Equipment equipment, MembershipUse use) {
        this.name = name;
        this.equipment = equipment;
        this.use = use;
        IngredientList list = IngredientList.of(equipment, SLOT)
                .component("attack", use.chosen())
                .seed(use.seeds().attack(), role())
                .components("filter", use.target().filtered())
                .value("access", use.target().plan().access().label())
                .value("budget", use.keys().budget())
                .computed(use.execution())
                .batch(use.execution());
        if (reads(Reading.TRAINING)) {
            use.course()
                    .forEach(course -> list.value("training", CanonicalJson.of(Node.of(course.recipe())))
                            .components("defense", course.defenses()));
        }
        this.ingredients = list.ingredients();
    }

    private boolean reads(Reading reading) {
        return requirements().reads().contains(reading);
    }

    private Requirements requirements() {
        return use.chosen().requirements();
    }

    /** All attacks of a name draw the same. */
    private String role() {
        return SLOT + "/" + use.chosen().name();
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return use.chosen().name();
    }

    @Override
    public List<Input<?>> inputs() {
        List<Input<?>> inputs = new ArrayList<>(List.of(use.data(), use.game()));
        if (requirements().access() != Access.NONE || reads(Reading.TRAINING)) {
            inputs.add(use.target().model());
        }
        if (reads(Reading.TRAINING)) {
            inputs.addAll(use.teacher());
        }
        inputs.addAll(use.references());
        return List.copyOf(inputs);
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        return List.of();
    }

    @Override
    public Scored perform(Inputs inputs, UnitContext context) {
        UnitLoan unit = UnitLoan.of(
                context, equipment.torch(), Equipment.stream(use.seeds().attack(), role()));
        MembershipGame game = inputs.get(use.game());
        long budget = use.keys().budget();
        MembershipLoan loan = new MembershipLoan(
                new MembershipLoan.Surroundings(
                        component(),
                        requirements(),
                        () -> behindFilters(inputs.get(use.target().model())),
                        () -> references(inputs, game),
                        () -> new TrainingView(
                                course().recipe(),
                                composition(inputs, unit),
                                inputs.get(use.target().model()).classifier().classes())::of),
                game.images(inputs.get(use.data()).images().plain()),
                unit,
                new QueryLedger(budget == 0 ? Long.MAX_VALUE : budget));
        return new Scored(scores(loan, game), loan.queries());
    }

    private MembershipScores scores(MembershipLoan loan, MembershipGame game) {
        MembershipScores scores;
        try {
            scores = use.made().attack(loan);
        } catch (BudgetSpentException e) {
            throw new InvalidConfigurationException(new Problem(
                    MembershipPlan.SECTION + ".budget",
                    "'%s' wanted to ask about more than %d images, and a part of the scores is none"
                            .formatted(component(), use.keys().budget()),
                    "allow more, or score fewer samples"));
        }
        if (scores.scores().size() != game.samples().size()
                || !scores.scores().stream().allMatch(Double::isFinite)) {
            throw new IllegalStateException("the attack '%s' gave %d scores, %d of them numbers, to %d samples"
                    .formatted(
                            component(),
                            scores.scores().size(),
                            scores.scores().stream().filter(Double::isFinite).count(),
                            game.samples().size()));
        }
        return scores;
    }

    private Composition composition(Inputs inputs, UnitLoan unit) {
        Composition own = course().composition();
        return use.teacher().stream()
                .findFirst()
                .map(by ->
                        own.taughtBy(inputs.get(by).classifier(), unit.random().child("teacher")))
                .orElse(own);
    }

    private Course course() {
        return use.course().get(0);
    }

    private TargetModel behindFilters(Network network) {
        return new TargetModel(
                network.classifier(), use.target().filters(), equipment.torch().gradients());
    }

    private List<Reference> references(Inputs inputs, MembershipGame game) {
        List<ReferencePart> parts = ReferencePart.all(use.keys(), use.seeds(), use.held());
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < use.references().size(); i++) {
            BitSet rows = parts.get(i).rows(game.training(), game.test());
            references.add(new Reference(
                    behindFilters(inputs.get(use.references().get(i))),
                    sample -> rows.get(game.samples().get(sample))));
        }
        return references;
    }

    @Override
    public Codec<Scored> codec() {
        return new Scored.Form(equipment.torch().manager());
    }
}
