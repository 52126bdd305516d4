package org.obverse.plugins.rlb;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.PriorPoints;

/** Draws from the prior, z, of which the target is asked nothing. */
final class PriorDraws implements Sampler, Representation.Opener {
    static final String NAME = "prior-draws";

    /** How many there are. */
    public record Settings(@Meaning("draws per class") int candidates) implements Checked {
        public static final Settings DEFAULT = new Settings(1);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(1, "candidates", candidates).list();
        }
    }

    private final Settings settings;

    PriorDraws(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return PriorPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates sample(StageContext context) {
        Generator generator = context.generator();
        List<Integer> classes = new ArrayList<>();
        List<float[]> points = new ArrayList<>();
        for (int wanted : context.classes()) {
            for (int i = 0; i < settings.candidates(); i++) {
                context.checkpoint();
                classes.add(wanted);
                points.add(context.random()
                        .child("class", wanted)
                        .child("candidate", i)
                        .gaussians(generator.latentSize()));
            }
        }
        return new Candidates(
                PriorPoints.of(generator, points, NAME, context.manager()),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }
}
