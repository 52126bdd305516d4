package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.data.Images;
import org.obverse.api.random.RandomStream;

/** Points around one centre per class, on the axes. */
record Clouds(int classes, int perClass, RandomStream random) implements Images {
    @Override
    public int size() {
        return classes * perClass;
    }

    @Override
    public Shape shape() {
        return new Shape(classes);
    }

    @Override
    public int label(int index) {
        return index % classes;
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        float[] values = new float[indices.length * classes];
        for (int i = 0; i < indices.length; i++) {
            RandomStream sample = random.child("sample", indices[i]);
            for (int j = 0; j < classes; j++) {
                values[i * classes + j] = (float) (0.3 * sample.gaussian() + (j == label(indices[i]) ? 1 : 0));
            }
        }
        return manager.create(values, new Shape(indices.length, classes));
    }
}
