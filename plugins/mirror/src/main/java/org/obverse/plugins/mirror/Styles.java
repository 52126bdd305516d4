package org.obverse.plugins.mirror;

import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.generator.Mapped;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Starts that are style vectors. */
final class Styles {
    private Styles() {}

    /**
     * @param component that needs them
     * @throws InvalidConfigurationException if they are something else
     */
    static LatentPoints of(Candidates start, String component) {
        if (start.representation() instanceof LatentPoints points && points.generator() instanceof Mapped) {
            return points;
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'%s' searches style vectors, but the stage before gave '%s'"
                        .formatted(component, start.representation().form()),
                "choose a sampler of style vectors, such as 'ranked-pool'"));
    }
}
