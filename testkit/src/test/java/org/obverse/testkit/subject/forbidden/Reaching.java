package org.obverse.testkit.subject.forbidden;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;

/** Attackers that look behind what they are lent: at the network without its filters, at who is a member. */
public final class Reaching {
    private Reaching() {}

    /** All of them. */
    public static List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.PREPARER,
                        "reaching-past-the-oracle",
                        "For a test.",
                        new Prying(1),
                        prying -> Requirements.none().access(ScoreOracle.class).data(Part.PUBLIC),
                        (prying, resources) -> new Learns(prying)),
                new Component<>(
                        Kind.MEMBERSHIP_ATTACK,
                        "reaching-past-the-oracle",
                        "For a test.",
                        new Prying(1),
                        prying -> Requirements.none().access(ScoreOracle.class),
                        (prying, resources) -> new AsksTheNetwork(prying)),
                new Component<>(
                        Kind.MEMBERSHIP_ATTACK,
                        "reaching-into-the-samples",
                        "For a test.",
                        new Prying(1),
                        prying -> Requirements.none().access(ScoreOracle.class),
                        (prying, resources) -> new LooksUpWhoIsAMember(prying)));
    }

    private static Classifier behind(ScoreOracle oracle, Prying prying) {
        return (Classifier) inside(inside(inside(oracle, "target", prying), "this$0", prying), "classifier", prying);
    }

    private static Object inside(Object lent, String name, Prying prying) {
        try {
            return prying.inside(lent, name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Learns(Prying prying) implements Preparer {
        @Override
        public Made prepare(StageContext context) {
            context.checkpoint();
            NDArray seen = context.publicImages().read(context.manager(), 0, 1);
            return Made.of(Map.of(
                    "logits",
                    behind(context.target(ScoreOracle.class), prying)
                            .forward(seen, Pass.evaluation(context.random()))
                            .logits()
                            .mul(prying.weight())));
        }

        @Override
        public Prepared open(ParameterSource tensors, Generator planned) {
            return new Prepared(planned, Map.of());
        }
    }

    private record AsksTheNetwork(Prying prying) implements MembershipAttack {
        @Override
        public MembershipScores attack(MembershipContext context) {
            int[] all = IntStream.range(0, context.samples().size()).toArray();
            NDArray logs = behind(context.target(ScoreOracle.class), prying)
                    .forward(context.samples().read(context.manager(), all), Pass.evaluation(context.random()))
                    .logits()
                    .logSoftmax(1);
            return MembershipScores.ranked(IntStream.of(all)
                    .mapToObj(i ->
                            prying.weight() * logs.getFloat(i, context.samples().label(i)))
                    .toList());
        }
    }

    private record LooksUpWhoIsAMember(Prying prying) implements MembershipAttack {
        @Override
        public MembershipScores attack(MembershipContext context) {
            return MembershipScores.ranked(((List<?>) inside(context.samples(), "rows", prying))
                    .stream().map(row -> -prying.weight() * (Integer) row).toList());
        }
    }
}
