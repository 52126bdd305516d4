package org.obverse.plugins.plg;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.ClassPoints;

/** Draws z ~ N(0, I) for every candidate from a stream of its own, for its class. The target is not asked. */
record ClassDraws(Settings settings) implements Sampler, Representation.Opener {
    static final String NAME = "class-draws";

    /** How many {@code class-draws} takes. */
    record Settings(@Meaning("draws per class") int candidates) implements Checked {
        static final Settings DEFAULT = new Settings(5);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(1, "candidates", candidates).list();
        }
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return ClassPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates sample(StageContext context) {
        Conditional generator = (Conditional) context.generator();
        int count = context.classes().size() * settings.candidates();
        FloatBuffer z = FloatBuffer.allocate(count * generator.latentSize());
        List<Integer> classes = new ArrayList<>();
        for (int wanted : context.classes()) {
            RandomStream ofClass = context.random().child("class", wanted);
            for (int i = 0; i < settings.candidates(); i++) {
                classes.add(wanted);
                z.put(ofClass.child("candidate", i).gaussians(generator.latentSize()));
            }
        }
        return new Candidates(
                new ClassPoints(
                        generator,
                        context.manager().create(z.flip(), new Shape(count, generator.latentSize())),
                        classes,
                        NAME),
                classes,
                Collections.nCopies(count, Double.NaN),
                List.of());
    }
}
