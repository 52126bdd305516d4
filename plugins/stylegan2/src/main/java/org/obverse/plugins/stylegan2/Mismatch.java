package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/**
 * Which keys of a configuration its weights contradict, by the names of their tensors, then by shapes that tell one key, then by
 * the arguments that a network pickle stores.
 */
record Mismatch(StyleGan2 settings, Resources resources) {
    private static final String GENERATOR = "generator";
    /** Arguments of a generator in a network pickle. */
    private static final String LATENT_SIZE = "z_dim";

    private static final String CLAMP = "synthesis_kwargs.conv_clamp";

    /** A refusal by key, or the same one if no key can be blamed. */
    InvalidConfigurationException explain(InvalidConfigurationException refused) {
        if (settings.weights().isEmpty()) {
            return refused;
        }
        try (NDManager trial = resources.manager().newSubManager()) {
            List<Problem> problems = new Trial(trial, resources.weights(settings.weights())).problems();
            if (problems.isEmpty()) {
                return refused;
            }
            InvalidConfigurationException explained = new InvalidConfigurationException(
                    problems.stream().map(problem -> problem.under(GENERATOR)).toList());
            explained.addSuppressed(refused);
            return explained;
        } catch (InvalidConfigurationException unreadable) {
            refused.addSuppressed(unreadable);
            return refused;
        }
    }

    /** No tensor tells the bound of activations, but a network pickle does: without the argument there is none. */
    static List<Problem> clamp(StyleGan2 settings, Map<String, String> said) {
        if (!said.containsKey(LATENT_SIZE)) {
            return List.of();
        }
        String stored = said.getOrDefault(CLAMP, "");
        double bound = stored.matches("\\d+(\\.\\d*)?") ? Double.parseDouble(stored) : 0;
        return bound == settings.convClamp()
                ? List.of()
                : List.of(new Problem(
                        "conv-clamp",
                        "the weights were made with %s, and the plan says %s"
                                .formatted(bound == 0 ? "no bound" : stored, settings.convClamp()),
                        "use " + (bound == 0 ? "0" : stored)));
    }

    private final class Trial {
        private final NDManager manager;
        private final ParameterSource source;
        private final Set<String> names;
        private final List<Problem> problems = new ArrayList<>();

        Trial(NDManager manager, ParameterSource source) {
            this.manager = manager;
            this.source = source;
            this.names = source.names();
        }

        List<Problem> problems() {
            int side = Dimensions.SMALLEST;
            while (names.contains(colors(2 * side))) {
                side *= 2;
            }
            compare("resolution", settings.resolution(), side);
            int layers = 0;
            while (names.contains(Networks.MAPPING + ".fc" + layers + ".weight")) {
                layers++;
            }
            compare("mapping-layers", settings.mappingLayers(), layers);
            mapping();
            channels(side);
            problems.addAll(clamp(settings, source.metadata()));
            if (problems.isEmpty() && settings.discriminator() == Critic.INCLUDED) {
                long widest = settings.dimensions().channels(side);
                probe("discriminator", Discriminator.PREFIX + "b" + side + ".fromrgb.weight", widest, 3, 1, 1);
            }
            return problems;
        }

        /** Later shapes depend on earlier keys, so the first one that differs ends the comparison. */
        private void mapping() {
            long style = settings.styleSize();
            boolean conditional = names.contains(Networks.MAPPING + ".embed.weight");
            if (conditional != settings.conditions() > 0) {
                problems.add(new Problem(
                        "conditions",
                        "the weights are of a generator with" + (conditional ? "" : "out")
                                + " conditions, and the plan says " + settings.conditions(),
                        conditional ? "give their number" : "use 0"));
            } else if (probe("style-size", Networks.MAPPING + ".w_avg", style)
                    && (!conditional
                            || probe("conditions", Networks.MAPPING + ".embed.weight", style, settings.conditions()))) {
                long inputs = settings.latentSize() + (conditional ? style : 0);
                probe("latent-size", Networks.MAPPING + ".fc0.weight", style, inputs);
            }
        }

        /** The smallest layers have the most channels; where they agree, it is the base that differs. */
        private void channels(int side) {
            Dimensions dimensions = settings.dimensions();
            boolean same = true;
            for (int s = Dimensions.SMALLEST; same && s <= side; s *= 2) {
                boolean most = s == Dimensions.SMALLEST && dimensions.channels(s) == settings.channelMax();
                same = probe(most ? "channel-max" : "channel-base", colors(s), 3, dimensions.channels(s), 1, 1);
            }
        }

        private static String colors(int side) {
            return "synthesis.b" + side + ".torgb.weight";
        }

        private void compare(String key, int planned, int stored) {
            if (planned != stored) {
                problems.add(new Problem(
                        key,
                        "the weights were made with " + stored + ", and the plan says " + planned,
                        "use " + stored));
            }
        }

        private boolean probe(String key, String tensor, long... shape) {
            try {
                source.tensor(manager, tensor, new Shape(shape), Initial.constant(0))
                        .close();
                return true;
            } catch (InvalidConfigurationException e) {
                Problem found = e.problems().get(0);
                problems.add(new Problem(key, found.message(), found.wayOut()));
                return false;
            }
        }
    }
}
