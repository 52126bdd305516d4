package org.obverse.plugins.lomma;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.StageContext;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;

/**
 * A loss of the target and of networks that the attack prepared, such as surrogates (LOMMA; Nguyen et al., CVPR 2023): the mean of
 * {@code ℓ} over the surrogates and, with a weight of its own, the target. With weight 0 the target is not asked at all,
 * and what is told as the answer is the first network's; an optimizer with gradients needs white-box access all the same.
 */
final class Ensemble implements IdentityLoss {
    private final Settings settings;
    private final IdentityLoss loss;

    Ensemble(Settings settings, Resources resources) {
        this.settings = settings;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    /** Whom {@code ensemble} asks. */
    public record Settings(
            @Meaning("the loss of each network: an identity loss")
            Use loss,

            @Meaning("names of the prepared networks") List<String> networks,

            @Meaning("weight of the target beside networks of weight 1, 0 or more")
            double target)
            implements Checked {
        static final Settings DEFAULT = new Settings(Use.of("cross-entropy"), List.of("surrogate-0"), 1);

        public Settings {
            networks = List.copyOf(networks);
        }

        @Override
        public List<Problem> check() {
            return new Problems()
                    .require(!networks.isEmpty(), "networks", "it names none", "name at least one")
                    .notNegative("target", target)
                    .list();
        }
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        List<Objective> others = new ArrayList<>();
        for (String name : settings.networks()) {
            others.add(loss.begin(
                    new Prepared(network(name, context), context.random().child("network " + name)), context));
        }
        List<Objective> target = settings.target() > 0 ? List.of(loss.begin(model, context)) : List.of();
        return step -> {
            List<Assessment> said = others.stream().map(other -> other.at(step)).toList();
            NDArray total = said.get(0).losses();
            for (int i = 1; i < said.size(); i++) {
                total = total.add(said.get(i).losses());
            }
            NDArray logits = said.get(0).logits();
            for (Objective own : target) {
                Assessment assessed = own.at(step);
                total = total.add(assessed.losses().mul(settings.target()));
                logits = assessed.logits();
            }
            return new Assessment(total.div(said.size() + settings.target()), logits);
        };
    }

    private static Classifier network(String name, StageContext context) {
        try {
            return context.network(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    new Problem(
                            "networks",
                            String.valueOf(e.getMessage()),
                            "name networks that the attack prepares, such as those of attack.stages.prepare: { use: surrogates }"));
        }
    }

    /** A network of the attacker's own, which may be asked anything. */
    private record Prepared(Classifier network, RandomStream noise) implements WhiteBox {
        @Override
        public Activations forward(NDArray images) {
            return network.forward(images, Pass.evaluation(noise));
        }

        @Override
        public List<Tap> taps() {
            return network.taps();
        }

        @Override
        public NDArray logits(NDArray images) {
            return forward(images).logits();
        }

        @Override
        public NDArray logScores(NDArray images) {
            return logits(images).toType(DataType.FLOAT64, false).logSoftmax(1);
        }

        @Override
        public NDArray labels(NDArray images) {
            return logits(images).argMax(1);
        }

        @Override
        public Shape input() {
            return network.input();
        }

        @Override
        public int classes() {
            return network.classes();
        }
    }
}
