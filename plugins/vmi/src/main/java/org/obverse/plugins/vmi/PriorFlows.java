package org.obverse.plugins.vmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.random.RandomStream;

/** Every class begins with flows that do nothing, so that q is the prior. The target is not asked. */
record PriorFlows(FlowSettings settings) implements Sampler, Preflight, Representation.Opener {
    static final String NAME = "prior-flows";

    @Override
    public List<Problem> check(Setting setting) {
        Generator generator = setting.generator();
        Problems problems = new Problems()
                .require(
                        settings.depth() == 0 || generator.latentSize() > 1,
                        "depth",
                        "a step couples coordinates, and z has one",
                        "use 0, a Gaussian");
        if (settings.layers() > 0) {
            int rows = generator instanceof Mapped mapped ? mapped.rows() : 0;
            problems.require(
                    settings.layers() <= rows,
                    "layers",
                    "the generator has " + rows + " rows of style vectors",
                    "use at most " + rows + ", or 0 for one flow over z");
        }
        return problems.list();
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return Posteriors.open(variables, generator, settings);
    }

    @Override
    public Candidates sample(StageContext context) {
        Generator generator = context.generator();
        int flows = Math.max(1, settings.layers());
        FlowShape shape = new FlowShape(generator.latentSize(), settings.depth(), settings.hidden());
        List<Integer> classes = new ArrayList<>();
        List<RandomStream> streams = new ArrayList<>();
        for (int wanted : context.classes()) {
            for (int candidate = 0; candidate < settings.candidates(); candidate++) {
                classes.add(wanted);
                RandomStream own = context.random().child("class", wanted).child("candidate", candidate);
                for (int flow = 0; flow < flows; flow++) {
                    streams.add(own.child("flow", flow));
                }
            }
        }
        FloatBuffer parameters = FloatBuffer.allocate(streams.size() * shape.parameters());
        streams.forEach(stream -> parameters.put(Flow.initial(shape, stream)));
        NDArray all = context.manager().create(parameters.flip(), new Shape(classes.size(), flows, shape.parameters()));
        NDList orders = new NDList();
        if (shape.depth() > 0) {
            LongBuffer permutations = LongBuffer.allocate(streams.size() * shape.depth() * shape.size());
            streams.forEach(stream -> permutations.put(Flow.permutations(shape, stream)));
            orders.add(context.manager()
                    .create(permutations.flip(), new Shape(classes.size(), flows, shape.depth(), shape.size())));
        }
        return new Candidates(
                new Posteriors(generator, settings, all, orders),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }
}
