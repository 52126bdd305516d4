package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Operators;

/** The cross-entropy, weighted. */
record IdentityLosses(Fault fault, double weight, Resources resources) implements IdentityLoss {
    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        DRAWS_FROM_THE_GENERATOR("is-readied-with-what-it-declares"),
        LOOKS_AT_PUBLIC_IMAGES("is-readied-with-what-it-declares-2"),
        ONE_FOR_ALL("every-candidate-has-a-loss"),
        FAR_AWAY("every-candidate-has-a-loss-2"),
        MEAN_OF_THE_BATCH("candidates-stand-alone"),
        READIED_BY_BATCH("candidates-stand-alone-2"),
        GRADIENT_OF_HALF("gradient-agrees-with-differences"),
        LEAKS_PER_STEP("nothing-is-left-open");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, IdentityLoss> subjects() {
        return new Subjects<>(
                Kind.IDENTITY_LOSS, List.of(Fault.values()), fault -> Requirements.none(), IdentityLosses::new);
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        if (fault == Fault.DRAWS_FROM_THE_GENERATOR) {
            context.generator();
        }
        if (fault == Fault.LOOKS_AT_PUBLIC_IMAGES) {
            context.publicImages();
        }
        double factor = fault == Fault.READIED_BY_BATCH
                ? 1 + context.random().child("batch", context.batch()).uniform()
                : 1;
        return step -> {
            Assessment assessed = assess(model, step);
            return new Assessment(assessed.losses().mul(factor), assessed.logits());
        };
    }

    private Assessment assess(WhiteBox model, SearchStep step) {
        Operators operators = resources.operators();
        if (fault == Fault.LEAKS_PER_STEP) {
            NDScope.unregister(resources.manager().create(1f));
        }
        NDArray logits = model.forward(step.images()).logits();
        NDArray precise = operators.cast(logits, DataType.FLOAT64);
        NDArray wanted = step.targets().oneHot(model.classes(), DataType.FLOAT64);
        NDArray losses = precise.logSoftmax(1).mul(wanted).sum(new int[] {1}).mul(-weight);
        return new Assessment(faulty(losses), logits);
    }

    private NDArray faulty(NDArray losses) {
        return switch (fault) {
            case ONE_FOR_ALL -> losses.sum().reshape(1);
            case FAR_AWAY -> losses.add(Double.POSITIVE_INFINITY);
            case MEAN_OF_THE_BATCH -> losses.add(losses.mean());
            case GRADIENT_OF_HALF ->
                losses.add(losses.getManager().create(losses.toDoubleArray(), losses.getShape()))
                        .mul(0.5);
            default -> losses;
        };
    }
}
