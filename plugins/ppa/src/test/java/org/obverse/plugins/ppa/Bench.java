package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.generator.Mapped;
import org.obverse.api.network.Classifier;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Yaml;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

/** What the tests of all stages share: the small network as a target, and points around which to search. */
final class Bench {
    private Bench() {}

    /** The trained small network, for images of {@code side} pixels. */
    static SmallNet smallNet(Workbench bench, int side) {
        return new SmallNet(
                new Shape(3, side, side),
                bench.parameters(bench.fixture("small-net.safetensors").weights("sd.")),
                bench.operators());
    }

    static StageUnit unit(Workbench bench, Mapped generator, Classifier target, int batch, Integer... classes) {
        return StageUnit.of(bench, List.of(classes), generator)
                .withTarget(target)
                .withBatch(batch);
    }

    static NDArray points(Candidates candidates) {
        return ((LatentPoints) candidates.representation()).points();
    }

    static float[] values(Candidates candidates) {
        return points(candidates).toFloatArray();
    }

    /** What a plan with these keys gives. */
    static <C extends Record> C settings(C defaults, String keys) {
        Binder binder = new Binder();
        C settings = binder.bind(defaults, (Node.Mapping) Yaml.read(keys, "test"), "");
        if (!binder.problems().isEmpty()) {
            throw new IllegalArgumentException(binder.problems().toString());
        }
        return settings;
    }

    /** The largest absolute difference. */
    static double distance(NDArray expected, NDArray actual) {
        if (!expected.getShape().equals(actual.getShape())) {
            throw new AssertionError("expected " + expected.getShape() + ", found " + actual.getShape());
        }
        return expected.toType(DataType.FLOAT64, true)
                .sub(actual.toType(DataType.FLOAT64, true))
                .abs()
                .max()
                .getDouble();
    }
}
