package org.obverse.plugins.example;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.random.RandomStream;

/** Draws z from N(0, spread² I) for every candidate, and ranks nothing. */
record PriorSampler(Settings settings) implements Sampler {
    /** The keys of {@code prior} in a plan. */
    record Settings(
            @Meaning("candidates per class, at least 1") int candidates,

            @Meaning("standard deviation of z, above 0; 1 is the prior, and less keeps images closer to the average")
            double spread)
            implements Checked {
        @Override
        public List<Problem> check() {
            return new Problems()
                    .atLeast(1, "candidates", candidates)
                    .positive("spread", spread)
                    .list();
        }
    }

    @Override
    public Candidates sample(StageContext context) {
        Generator generator = context.generator();
        int count = context.classes().size() * settings.candidates();
        FloatBuffer z = FloatBuffer.allocate(count * generator.latentSize());
        List<Integer> classes = new ArrayList<>();
        for (int wanted : context.classes()) {
            for (int candidate = 0; candidate < settings.candidates(); candidate++) {
                RandomStream random = context.random().child("class", wanted).child("candidate", candidate);
                for (int i = 0; i < generator.latentSize(); i++) {
                    z.put((float) (settings.spread() * random.gaussian()));
                }
                classes.add(wanted);
            }
        }
        NDArray latents = context.manager().create(z.flip(), new Shape(count, generator.latentSize()));
        return new Candidates(
                new LatentPoints(generator, generator.locate(latents)),
                classes,
                Collections.nCopies(count, Double.NaN),
                List.of());
    }
}
