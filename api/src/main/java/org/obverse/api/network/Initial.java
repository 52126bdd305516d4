package org.obverse.api.network;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.obverse.api.random.RandomStream;

/** The distribution from which a fresh tensor is drawn. */
@FunctionalInterface
public interface Initial {
    /** The values in row-major order. */
    float[] values(Shape shape, RandomStream stream);

    static Initial constant(double value) {
        return (shape, stream) -> {
            float[] values = new float[Math.toIntExact(shape.size())];
            Arrays.fill(values, (float) value);
            return values;
        };
    }

    static Initial normal(double standardDeviation) {
        return (shape, stream) -> {
            float[] values = stream.gaussians(Math.toIntExact(shape.size()));
            for (int i = 0; i < values.length; i++) {
                values[i] *= (float) standardDeviation;
            }
            return values;
        };
    }

    /** Uniform on (-bound, bound). */
    static Initial uniform(double bound) {
        return (shape, stream) -> {
            float[] values = new float[Math.toIntExact(shape.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) stream.uniform(-bound, bound);
            }
            return values;
        };
    }
}
