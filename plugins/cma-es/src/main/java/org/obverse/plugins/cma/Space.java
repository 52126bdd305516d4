package org.obverse.plugins.cma;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.inversion.Certainties;
import org.obverse.inversion.PriorPoints;
import org.obverse.inversion.StyleBox;

/** What is searched, in coordinates of which each is about standard normal over the prior. */
sealed interface Space {
    /** The point of the generator at some coordinates. */
    float[] point(double... coordinates);

    /** The coordinates of one. */
    double[] coordinates(float... point);

    /**
     * The point that a generator takes.
     *
     * @param points {@code [N, length]}
     */
    NDArray located(NDArray points);

    /** The candidates at some points. */
    Representation found(List<float[]> points, StageContext context);

    /** The points of the starts. */
    List<float[]> starts();

    Generator generator();

    /** z. */
    record Prior(PriorPoints start) implements Space {
        @Override
        public float[] point(double... coordinates) {
            float[] z = new float[coordinates.length];
            for (int i = 0; i < z.length; i++) {
                z[i] = (float) coordinates[i];
            }
            return z;
        }

        @Override
        public double[] coordinates(float... point) {
            double[] z = new double[point.length];
            for (int i = 0; i < z.length; i++) {
                z[i] = point[i];
            }
            return z;
        }

        @Override
        public NDArray located(NDArray points) {
            return generator().locate(points);
        }

        @Override
        public Representation found(List<float[]> points, StageContext context) {
            return PriorPoints.of(generator(), points, CmaEs.NAME, context.manager());
        }

        @Override
        public List<float[]> starts() {
            return Certainties.rows(start.z());
        }

        @Override
        public Generator generator() {
            return start.generator();
        }
    }

    /** One style for all rows, before the mapping network's last nonlinearity, from the middle of the box in deviations. */
    record Styles(LatentPoints start, StyleBox box) implements Space {
        @Override
        public float[] point(double... coordinates) {
            float[] w = new float[coordinates.length];
            for (int j = 0; j < w.length; j++) {
                w[j] = (float) StyleBox.toW(box.mean(j) + box.deviation(j) * coordinates[j]);
            }
            return w;
        }

        @Override
        public double[] coordinates(float... point) {
            double[] x = new double[point.length];
            for (int j = 0; j < x.length; j++) {
                x[j] = box.deviation(j) == 0 ? 0 : (StyleBox.toP(point[j]) - box.mean(j)) / box.deviation(j);
            }
            return x;
        }

        @Override
        public NDArray located(NDArray points) {
            return points.expandDims(1);
        }

        @Override
        public Representation found(List<float[]> points, StageContext context) {
            return new LatentPoints(generator(), located(Certainties.array(points, context.manager())));
        }

        @Override
        public List<float[]> starts() {
            return Certainties.rows(start.points().get(":,0"));
        }

        @Override
        public Generator generator() {
            return start.generator();
        }
    }

    /** Styles if the starts are points of a mapped generator, or else z. */
    static Space of(Representation start, EvolutionSettings settings, StageContext context) {
        if (start instanceof LatentPoints points && points.generator() instanceof Mapped mapped) {
            return new Styles(
                    points,
                    StyleBox.of(
                            mapped, settings.box(), context.random().child("box"), context.manager(), context.batch()));
        }
        return new Prior(PriorPoints.of(start, context, CmaEs.NAME, "ranked-pool"));
    }
}
