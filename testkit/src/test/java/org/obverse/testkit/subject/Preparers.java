package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.oracle.LogitOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;

/** Learns how sure the target is of public images. */
record Preparers(Fault fault, double weight, Resources resources, List<ScoreOracle> kept) implements Preparer {
    private static final int STEPS = 4;

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        DECLARES_A_NETWORK("makes-the-networks-that-it-declares"),
        ASKS_FOR_MORE_THAN_DECLARED("works-at-its-access"),
        KEEPS_THE_FIRST_ORACLE("queries-are-counted"),
        WANTS_PRIVATE_IMAGES("sees-only-filtered-answers"),
        NEVER_LOOKS_UP("checkpoints-are-obeyed"),
        LEAKS_PER_CALL("nothing-is-left-open");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    private static Requirements making(Fault fault, Requirements needs) {
        return fault == Fault.DECLARES_A_NETWORK ? needs.prepares("surrogate") : needs;
    }

    static Subjects<Fault, Preparer> subjects() {
        List<ScoreOracle> kept = new ArrayList<>();
        return new Subjects<>(
                Kind.PREPARER,
                List.of(Fault.values()),
                fault -> making(fault, Subjects.needing(fault == Fault.WANTS_PRIVATE_IMAGES))
                        .access(ScoreOracle.class)
                        .data(Part.PUBLIC),
                (fault, weight, resources) -> new Preparers(fault, weight, resources, kept));
    }

    @Override
    public Made prepare(StageContext context) {
        if (fault == Fault.LEAKS_PER_CALL) {
            NDScope.unregister(resources.manager().create(1f));
        }
        ScoreOracle target = oracle(context);
        Images images = context.publicImages();
        NDArray sum = context.manager().zeros(new ai.djl.ndarray.types.Shape(target.classes()));
        for (int step = 0; step < STEPS; step++) {
            if (fault != Fault.NEVER_LOOKS_UP) {
                context.checkpoint();
            }
            try (NDScope scope = new NDScope()) {
                NDArray seen = images.read(context.manager(), step, images.size() - 1 - step);
                sum.addi(target.logScores(seen).sum(new int[] {0}).toType(DataType.FLOAT32, false));
            }
            context.progress(step + 1L, STEPS, Map.of());
        }
        return Made.of(Map.of("confidence", sum.mul(weight)));
    }

    private ScoreOracle oracle(StageContext context) {
        if (fault == Fault.ASKS_FOR_MORE_THAN_DECLARED) {
            return context.target(LogitOracle.class);
        }
        if (fault != Fault.KEEPS_THE_FIRST_ORACLE) {
            return context.target(ScoreOracle.class);
        }
        if (kept.isEmpty()) {
            kept.add(context.target(ScoreOracle.class));
        }
        return kept.get(0);
    }

    @Override
    public Prepared open(ParameterSource tensors, Generator planned) {
        return new Prepared(planned, Map.of());
    }
}
