package org.obverse.plugins.identity;

import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class IdentityLossesPlugin implements Plugin {
    /** Nothing to be set. */
    public record Configuration() {}

    @Override
    public String id() {
        return "identity-losses";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                ofLogits(
                        "poincare",
                        "The Poincaré distance of the normalised logits from the class's corner, which does not see how"
                                + " certain the target is (Struppek et al., ICML 2022).",
                        LogitLoss.POINCARE),
                new Component<>(
                        Kind.IDENTITY_LOSS,
                        "cross-entropy",
                        "The negative logarithm of the class's score. Its gradient vanishes as the target grows certain,"
                                + " later at a higher temperature.",
                        CrossEntropySettings.DEFAULT,
                        (settings, resources) -> new LossOfLogits(
                                (logits, targets, operators) -> LogitLoss.CROSS_ENTROPY.perSample(
                                        logits.div(settings.temperature()), targets, operators),
                                resources.operators())),
                ofLogits(
                        "max-margin",
                        "The strongest other logit minus the class's own (Yuan et al., AAAI 2023). Unbounded below.",
                        LogitLoss.MAX_MARGIN),
                ofLogits(
                        "logit",
                        "The negative logit of the class (Nguyen et al., CVPR 2023, without its regulariser). Unbounded below.",
                        LogitLoss.LOGIT));
    }

    private static Component<Configuration, IdentityLoss> ofLogits(String name, String summary, LogitLoss loss) {
        return new Component<>(
                Kind.IDENTITY_LOSS,
                name,
                summary,
                new Configuration(),
                (configuration, resources) -> new LossOfLogits(loss::perSample, resources.operators()));
    }
}
