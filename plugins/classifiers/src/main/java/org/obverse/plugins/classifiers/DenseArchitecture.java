package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Residual;
import org.obverse.api.network.ShortcutScale;
import org.obverse.api.network.Tapped;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Bodies of dense blocks. Their shortcuts are concatenations, so that a stage has them or has none (Koh et al. 2024, RoLSS): without, each
 * layer sees only what the one before it makes, and the stage leaves as many channels as one layer does.
 *
 * @param staged the architecture with that body
 */
record DenseArchitecture(StagedArchitecture staged, DenseBody body) implements Headed, Tapped, Residual {
    @Override
    public List<String> residualStages() {
        return body.stages();
    }

    /** All concatenations are the identity, so {@code which} makes no difference. */
    @Override
    public DenseArchitecture scaled(String stage, Shortcuts which, ShortcutScale scale) {
        if (!body.stages().contains(stage)) {
            throw refused(
                    "it has no stage '" + stage + "' with shortcuts",
                    "name one of: " + String.join(", ", residualStages()));
        }
        if (body.chained().contains(stage)) {
            throw refused("the shortcuts of '" + stage + "' are left out already", "leave out those of a stage once");
        }
        if (scale != ShortcutScale.NONE) {
            throw refused(
                    "its shortcuts are concatenations, which can be left out and not scaled",
                    "leave them out from the start, or use a network that adds its shortcuts");
        }
        if (staged.beginning() instanceof Beginning.Pretrained pretrained) {
            throw refused(
                    "without the concatenations of '" + stage + "' its layers are narrower than those of "
                            + pretrained.location(),
                    "train it from random values, without 'pretrained'");
        }
        Set<String> chained = new TreeSet<>(body.chained());
        chained.add(stage);
        DenseBody left = new DenseBody(body.network(), Set.copyOf(chained));
        return new DenseArchitecture(staged.redesigned(staged.design().withBody(left, List.of())), left);
    }

    private InvalidConfigurationException refused(String what, String wayOut) {
        return new InvalidConfigurationException(new Problem(staged.design().name(), what, wayOut));
    }

    @Override
    public DenseArchitecture changed(Map<String, Change> changes) {
        return new DenseArchitecture(staged.changed(changes), body);
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
