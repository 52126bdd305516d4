package org.obverse.plugins.gmi;

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
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.PriorPoints;

/** Draws z ~ N(0, I) for every candidate from a stream of its own. The target is not asked. */
record PriorDraws(Settings settings) implements Sampler, Representation.Opener {
    static final String NAME = "prior-draws";

    /** How many {@code prior-draws} takes. */
    record Settings(@Meaning("draws per class") int candidates) implements Checked {
        static final Settings DEFAULT = new Settings(5);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(1, "candidates", candidates).list();
        }
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return PriorPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates sample(StageContext context) {
        Generator generator = context.generator();
        List<Integer> classes = new ArrayList<>();
        List<float[]> z = new ArrayList<>();
        for (int wanted : context.classes()) {
            RandomStream ofClass = context.random().child("class", wanted);
            for (int i = 0; i < settings.candidates(); i++) {
                classes.add(wanted);
                z.add(ofClass.child("candidate", i).gaussians(generator.latentSize()));
            }
        }
        return new Candidates(
                PriorPoints.of(generator, z, NAME, context.manager()),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }
}
