package org.obverse.engine.plan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.training.TrainingContext;

/** Data and networks that have shapes and names, which is all that checks look at. */
final class FixtureNetworks {
    private static final Shape IMAGE = new Shape(3, 32, 24);

    private FixtureNetworks() {}

    /** Data without public images. */
    record Squares(int classes) implements Dataset {
        @Override
        public List<String> classNames() {
            return Dataset.numbered(classes());
        }

        @Override
        public Shape shape() {
            return IMAGE;
        }

        @Override
        public Set<Part> parts() {
            return Set.of(Part.TRAINING, Part.POOL, Part.TEST);
        }

        @Override
        public Images images(Part part) {
            return new NoImages();
        }
    }

    record NoImages() implements Images {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public Shape shape() {
            return IMAGE;
        }

        @Override
        public int label(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            throw new IndexOutOfBoundsException("there are no images");
        }
    }

    record Linear(int classes) implements Classifier {
        @Override
        public Shape input() {
            return IMAGE;
        }

        @Override
        public List<Tap> taps() {
            return List.of(new Tap(Tap.PENULTIMATE, new Shape(8)), new Tap("early", new Shape(8)));
        }

        @Override
        public Parameters parameters() {
            throw new IllegalStateException("it has none");
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            throw new IllegalStateException("it computes nothing");
        }
    }

    record Blobs(String weights) implements GeneratorArchitecture {
        @Override
        public Generator build(Parameters parameters) {
            return new Plain();
        }
    }

    /** Blobs that are drawn after public images. */
    record DrawnBlobs(String weights) implements TrainableGenerator {
        @Override
        public Generator build(Parameters parameters) {
            return new Plain();
        }

        @Override
        public void train(Parameters parameters, Images images, TrainingContext context) {
            throw new UnsupportedOperationException("checks train nothing");
        }
    }

    record Plain() implements Generator {
        @Override
        public int latentSize() {
            return 4;
        }

        @Override
        public Shape image() {
            return IMAGE;
        }

        @Override
        public Shape searchSpace() {
            return new Shape(4);
        }

        @Override
        public NDArray locate(NDArray z) {
            return z;
        }

        @Override
        public NDArray generate(NDArray points) {
            throw new IllegalStateException("it computes nothing");
        }
    }

    record Styled() implements Mapped {
        @Override
        public int latentSize() {
            return 4;
        }

        @Override
        public Shape image() {
            return IMAGE;
        }

        @Override
        public Shape searchSpace() {
            return new Shape(2, 4);
        }

        @Override
        public NDArray locate(NDArray z) {
            return z;
        }

        @Override
        public int rows() {
            return 2;
        }

        @Override
        public int styleSize() {
            return 4;
        }

        @Override
        public NDArray map(NDArray z, Truncation truncation) {
            return z;
        }

        @Override
        public NDArray generate(NDArray points) {
            throw new IllegalStateException("it computes nothing");
        }
    }
}
