package org.obverse.plugins.losses;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;

/** The table of contents of this jar. */
public final class LossesPlugin implements Plugin {
    @Override
    public String id() {
        return "losses";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                defense(
                        Focal.NAME,
                        "Trains with the focal loss in place of the cross-entropy, which asks less of samples that are"
                                + " recognised already (Lin et al. 2017, arXiv 1708.02002; Mukhoti et al. 2020, arXiv"
                                + " 2002.09437).",
                        Focal.DEFAULT,
                        configuration -> false,
                        FocalLoss::new),
                defense(
                        "confidence-penalty",
                        "Trains with a penalty on certain scores, or with a reward for them (Pereyra et al. 2017, arXiv"
                                + " 1701.06548).",
                        ConfidencePenalty.DEFAULT,
                        configuration -> configuration.weight() == 0,
                        configuration -> new NegativeEntropy(configuration.weight())),
                defense(
                        "disturb-label",
                        "Trains with some labels drawn at random, others in every epoch: label smoothing in expectation"
                                + " (Xie et al. 2016, arXiv 1605.00055).",
                        DisturbLabel.DEFAULT,
                        configuration -> configuration.share() == 0,
                        configuration -> new DisturbedLabels(configuration.share())),
                defense(
                        Distillation.NAME,
                        "Trains on the softened answers of another target of the plan in place of the labels (Hinton et al."
                                + " 2015, arXiv 1503.02531).",
                        Distillation.DEFAULT,
                        configuration -> false,
                        DistillationLoss::new));
    }

    private static <C extends Record> Component<C, Defense> defense(
            String name, String description, C defaults, Predicate<C> isIdle, Function<C, DefensePart> part) {
        return new Component<>(
                Kind.DEFENSE,
                name,
                description,
                defaults,
                configuration ->
                        isIdle.test(configuration) ? Requirements.none().trait(Trait.IDLE) : Requirements.none(),
                (configuration, resources) -> () -> List.of(part.apply(configuration)));
    }
}
