package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Residual;
import org.obverse.api.network.ShortcutScale;
import org.obverse.api.network.Tapped;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Bodies of stages, some of residual blocks.
 *
 * @param staged the architecture with that body
 */
record ResidualArchitecture(StagedArchitecture staged, ResidualBody body) implements Headed, Tapped, Residual {
    /** An architecture with the facets that its body allows. */
    static ClassifierArchitecture orPlain(StagedArchitecture staged) {
        Design.BodyPlan body = staged.design().body();
        if (body instanceof ResidualBody residual) {
            return new ResidualArchitecture(staged, residual);
        }
        return body instanceof DenseBody dense ? new DenseArchitecture(staged, dense) : staged;
    }

    @Override
    public List<String> residualStages() {
        return body.stages().stream().map(ResidualBody.Blocks::stage).toList();
    }

    @Override
    public ResidualArchitecture scaled(String stage, Shortcuts which, ShortcutScale scale) {
        ResidualBody.Blocks blocks = body.stages().stream()
                .filter(one -> one.stage().equals(stage))
                .findFirst()
                .orElseThrow(() -> refused(
                        "it has no stage '" + stage + "' with shortcuts",
                        "name one of: " + String.join(", ", residualStages())));
        if (which == Shortcuts.IDENTITIES && blocks.identities() == 0) {
            throw refused(
                    "the only shortcut of '" + stage + "' changes channels or extent, so that none would be scaled",
                    "scale all shortcuts of the stage, or those of another one");
        }
        if (body.shortcuts().scalings().containsKey(stage)) {
            throw refused("the shortcuts of '" + stage + "' are scaled already", "scale those of a stage once");
        }
        ScaledShortcuts shortcuts = body.shortcuts().with(stage, new ScaledShortcuts.Scaling(which, scale));
        ResidualBody scaled = new ResidualBody(body.stages(), body.plan(), shortcuts);
        List<String> spare =
                which == Shortcuts.ALL && scale == ShortcutScale.NONE ? List.of(blocks.projection()) : List.of();
        return new ResidualArchitecture(staged.redesigned(staged.design().withBody(scaled, spare)), scaled);
    }

    private InvalidConfigurationException refused(String what, String wayOut) {
        return new InvalidConfigurationException(new Problem(staged.design().name(), what, wayOut));
    }

    @Override
    public ResidualArchitecture changed(Map<String, Change> changes) {
        return new ResidualArchitecture(staged.changed(changes), body);
    }

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        return staged.build(input, classes, parameters);
    }

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters, Head.Architecture head) {
        return staged.build(input, classes, parameters, head);
    }
}
