package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.random.RandomStream;

/**
 * Images that the bench's generator could have made. A class is a latent: its samples are the image of that latent under
 * a little noise; public images are those of draws from the prior. Nothing depends on the seed but the noise and the
 * public latents.
 */
final class Swatches implements Dataset {
    static final int CLASSES = 4;
    private static final double NOISE = 0.1;

    private final CosineGenerator generator;
    private final RandomStream random;
    private final NDManager manager;

    Swatches(Shape image, RandomStream random, NDManager manager) {
        this.generator = new CosineGenerator(image, CLASSES, manager);
        this.random = random;
        this.manager = manager;
    }

    /** The latents of the classes, {@code [CLASSES, latent size]}: corners of a cube, far apart and likely. */
    static NDArray latents(NDManager manager) {
        float[] values = new float[CLASSES * CosineGenerator.LATENT_SIZE];
        for (int c = 0; c < CLASSES; c++) {
            for (int i = 0; i < CosineGenerator.LATENT_SIZE; i++) {
                values[c * CosineGenerator.LATENT_SIZE + i] = (Integer.bitCount(i & (c + 1)) % 2 == 0) ? 1.2f : -1.2f;
            }
        }
        return manager.create(values, new Shape(CLASSES, CosineGenerator.LATENT_SIZE));
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    @Override
    public List<String> classNames() {
        return Dataset.numbered(classes());
    }

    @Override
    public Shape shape() {
        return generator.image();
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.values());
    }

    @Override
    public Images images(Part part) {
        return switch (part) {
            case TRAINING -> new Samples(part, 0, 12);
            case POOL -> new Samples(part, 0, 16);
            case TEST -> new Samples(part, 16, 22);
            case PUBLIC -> new Samples(part, 0, 12);
        };
    }

    /** The samples of every class whose numbers are in a range. */
    private final class Samples implements Images {
        private final Part part;
        private final int from;
        private final int perClass;

        Samples(Part part, int from, int to) {
            this.part = part;
            this.from = from;
            this.perClass = to - from;
        }

        @Override
        public int size() {
            return CLASSES * perClass;
        }

        @Override
        public Shape shape() {
            return generator.image();
        }

        @Override
        public int label(int index) {
            return part == Part.PUBLIC ? -1 : index / perClass;
        }

        @Override
        public NDArray read(NDManager reader, int... indices) {
            int length = CosineGenerator.LATENT_SIZE;
            float[] z = new float[indices.length * length];
            float[] classLatents = latents(manager).toFloatArray();
            for (int i = 0; i < indices.length; i++) {
                float[] noise = stream(indices[i]).gaussians(length);
                for (int k = 0; k < length; k++) {
                    z[i * length + k] = part == Part.PUBLIC
                            ? noise[k]
                            : classLatents[label(indices[i]) * length + k] + (float) NOISE * noise[k];
                }
            }
            NDArray latents = reader.create(z, new Shape(indices.length, length));
            return generator.generate(generator.locate(latents));
        }

        private RandomStream stream(int index) {
            return part == Part.PUBLIC
                    ? random.child("public", index)
                    : random.child("class", label(index)).child("sample", from + index % perClass);
        }
    }
}
