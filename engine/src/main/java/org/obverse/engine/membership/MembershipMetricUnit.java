package org.obverse.engine.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.event.UnitName;
import org.obverse.api.metric.MembershipEvidence.Attacked;
import org.obverse.api.metric.MembershipMetric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.JudgedMembership;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.product.MetricResult;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.MetricUse;

/** Judges what membership attacks said. */
public final class MembershipMetricUnit implements Unit<MetricResult> {
    private final UnitName name;
    private final Equipment equipment;
    private final MetricUse use;
    private final MembershipMetric metric;
    private final Input<MembershipGame> game;
    private final List<NamedScores> attacks;
    private final Ingredients ingredients;

    /** What an attack said, by its name in figures. */
    public record NamedScores(String attack, Input<Scored> scores) {}

    public MembershipMetricUnit(
            UnitName name,
            Equipment equipment,
            MetricUse use,
            MembershipMetric metric,
            Input<MembershipGame> game,
            List<NamedScores> attacks) {
        this.name = name;
        this.equipment = equipment;
        this.use = use;
        this.metric = metric;
        this.game = game;
        this.attacks = List.copyOf(attacks);
        this.ingredients = use.ingredients(equipment)
                .value("attacks", attacks.stream().map(NamedScores::attack).toList())
                .ingredients();
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
        List<Input<?>> inputs = new ArrayList<>(List.of(use.data(), game));
        attacks.forEach(attack -> inputs.add(attack.scores()));
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
    public MetricResult perform(Inputs inputs, UnitContext context) {
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(use.seed(), use.role()));
        MembershipGame played = inputs.get(game);
        Images samples = played.images(inputs.get(use.data()).images().plain()).samples();
        List<Attacked> judged =
                attacks.stream().map(attack -> judged(attack, played, inputs)).toList();
        try {
            return new MetricResult.Measured(metric.measure(new JudgedMembership(
                    loan,
                    use.data(inputs, equipment),
                    judged,
                    classes(samples, played::isMember),
                    classes(samples, sample -> !played.isMember(sample)))));
        } catch (MetricFailedException e) {
            return new MetricResult.Undefined(String.valueOf(e.getMessage()));
        }
    }

    private static Attacked judged(NamedScores attack, MembershipGame game, Inputs inputs) {
        Scored scored = inputs.get(attack.scores());
        List<Double> members = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (int i = 0; i < game.samples().size(); i++) {
            (game.isMember(i) ? members : others).add(scored.scores().scores().get(i));
        }
        return new Attacked(attack.attack(), members, others, scored.scores().threshold());
    }

    private static List<Integer> classes(Images samples, IntPredicate side) {
        return IntStream.range(0, samples.size())
                .filter(side)
                .mapToObj(samples::label)
                .toList();
    }

    @Override
    public Codec<MetricResult> codec() {
        return new MetricResult.Form(equipment.torch().manager());
    }
}
