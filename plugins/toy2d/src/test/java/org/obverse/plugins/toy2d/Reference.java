package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.toy2d.PerceptronArchitecture;
import org.obverse.toy2d.Plane;

/** What the authors' notebook yields for one smoothing factor. */
enum Reference {
    HARD("a0", 0),
    POSITIVE("p05", 0.05),
    NEGATIVE("m05", -0.05);

    static final Workbench BENCH = Workbench.of(Reference.class);

    private static final Fixture FIXTURE = BENCH.fixture("toy2d.safetensors");

    private final String prefix;
    private final double alpha;

    Reference(String prefix, double alpha) {
        this.prefix = prefix;
        this.alpha = alpha;
    }

    double alpha() {
        return alpha;
    }

    Classifier trained() {
        return classifier(FIXTURE.weights(prefix + ".final."));
    }

    static Classifier classifier(ParameterSource weights) {
        return new PerceptronArchitecture(42, BENCH.operators()).build(Plane.SHAPE, 3, BENCH.parameters(weights));
    }

    /** A stage on the plane outside of a run. */
    static StageUnit stage(Classifier target, Integer... classes) {
        return StageUnit.of(BENCH, List.of(classes), new PlaneGenerator()).withTarget(target);
    }

    /** The training loss of each of 5000 steps. */
    float[] losses() {
        return tensor("loss_trace").toFloatArray();
    }

    /** {@code [steps + 2, 2]}: the start, and where each step led. */
    NDArray route() {
        return tensor("route_points");
    }

    int steps() {
        return Math.toIntExact(tensor("steps").getLong());
    }

    double distance() {
        return tensor("closest_dist").getDouble();
    }

    private NDArray tensor(String name) {
        return FIXTURE.get(prefix + "." + name);
    }
}
